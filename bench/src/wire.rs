//! A simulated board on a stream in memory, seen from the border between it and the production bus driver.
//!
//! Owns: the moment an order to unlock is handed to the line; the person, who pushes a door shut as soon as the bus has
//! read it open; the word that the bus has read it shut. Never: talks to the writer. The driver does.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use vestibule_devices::TransportConfig;
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_stream};

/// Address of the one board of each line.
pub const BOARD: u8 = 1;
/// Locks of a board.
pub const LOCKS: u8 = 24;
/// How often a person pushes a door whose latch does not catch yet.
const PUSHED_EVERY: Duration = Duration::from_millis(50);
/// `80 AA S1 S2 S3 33 BCC`: the state of all locks.
const STATUS_LENGTH: usize = 7;

/// How fast the board and the person are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// No artificial waits; the board tells of door changes unasked.
    Instant,
    /// As real boards: 300 ms pulses, 15 ms answers, no unasked word.
    Lifelike,
}

/// One line as the bench watches it.
pub struct Wire {
    line: Line,
    seen: Mutex<Seen>,
    changed: Notify,
}

#[derive(Default)]
struct Seen {
    unlocked: VecDeque<Instant>,
    pushed: VecDeque<Instant>,
    shut: VecDeque<Instant>,
    open_locks: u32,
    tail: Vec<u8>,
}

/// One opening, as it went.
pub struct Movement {
    /// The order to unlock was handed to the line.
    pub unlocked: Instant,
    /// The person pushed the door shut.
    pub pushed: Instant,
    /// The driver had read it shut.
    pub shut: Instant,
}

impl Wire {
    /// A board with all doors shut.
    pub fn new(pace: Pace) -> Arc<Self> {
        let mut boards = LockBoards::new();
        boards.add_board(match pace {
            Pace::Instant => BoardOptions::instant(BOARD, LOCKS),
            Pace::Lifelike => BoardOptions::lifelike(BOARD, LOCKS),
        });
        boards.board_faults(BOARD).unsolicited = pace == Pace::Instant;
        Arc::new(Self { line: Line::new(boards), seen: Mutex::default(), changed: Notify::new() })
    }

    /// How the production driver reaches the board.
    pub fn transport(self: &Arc<Self>, pace: Pace) -> TransportConfig {
        let wire = Arc::clone(self);
        TransportConfig::InMemory(Arc::new(move || match pace {
            Pace::Instant => {
                Ok(Box::new(Tapped { stream: AtOnce::new(&wire.line), wire: Arc::clone(&wire) }))
            }
            Pace::Lifelike => {
                let (driver, board) = tokio::io::duplex(4096);
                tokio::spawn(serve_stream(wire.line.clone(), board));
                Ok(Box::new(Tapped { stream: driver, wire: Arc::clone(&wire) }))
            }
        }))
    }

    /// Waits until the next opening is over: unlocked, open, pushed shut, read shut.
    pub async fn moved(&self) -> Movement {
        loop {
            let changed = self.changed.notified();
            if let Some(movement) = self.seen().take() {
                return movement;
            }
            changed.await;
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("nothing panics while it looks")
    }

    fn wrote(&self, bytes: &[u8]) {
        if matches!(bytes, [0x8A, _, lock, 0x11, _] if *lock != 0) {
            self.seen().unlocked.push_back(Instant::now());
        }
    }

    fn read(self: &Arc<Self>, bytes: &[u8]) {
        let (opened, shut) = {
            let mut seen = self.seen();
            let before = seen.open_locks;
            seen.take_frames(bytes);
            (seen.open_locks & !before, before & !seen.open_locks)
        };
        for lock in (1..=LOCKS).filter(|lock| opened & bit(*lock) != 0) {
            self.push_shut(lock);
        }
        if shut != 0 {
            let now = Instant::now();
            self.seen().shut.extend((0..shut.count_ones()).map(|_| now));
            self.changed.notify_one();
        }
    }

    /// The person pushes until the latch catches: not while the coil still holds it back.
    fn push_shut(self: &Arc<Self>, lock: u8) {
        if self.pushes(lock) {
            return;
        }
        let wire = Arc::clone(self);
        tokio::spawn(async move {
            while !wire.pushes(lock) {
                tokio::time::sleep(PUSHED_EVERY).await;
            }
        });
    }

    /// One push, noted before it so that nothing can have read the door shut earlier.
    fn pushes(&self, lock: u8) -> bool {
        let at = Instant::now();
        self.seen().pushed.push_back(at);
        let is_shut = self.line.push_shut(BOARD, lock);
        if !is_shut {
            self.seen().pushed.pop_back();
        }
        is_shut
    }
}

impl Seen {
    fn take(&mut self) -> Option<Movement> {
        let shut = self.shut.pop_front()?;
        Some(Movement { unlocked: self.unlocked.pop_front()?, pushed: self.pushed.pop_front()?, shut })
    }

    /// Takes the states of all locks out of what the board said; everything else passes.
    fn take_frames(&mut self, bytes: &[u8]) {
        self.tail.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(frame) = self.tail.get(at..at + STATUS_LENGTH) {
            let is_right = frame.iter().fold(0, |sum, byte| sum ^ byte) == 0;
            if let ([0x80, _, high, middle, low, 0x33, _], true) = (frame, is_right) {
                self.open_locks = !u32::from_be_bytes([0, *high, *middle, *low]) & 0x00FF_FFFF;
                at += STATUS_LENGTH;
            } else {
                at += 1;
            }
        }
        self.tail.drain(..at);
    }
}

fn bit(lock: u8) -> u32 {
    1 << (lock - 1)
}

/// A board that has answered before the driver's write returns: no task of the bench stands between them, so that what is
/// measured is the site.
struct AtOnce {
    line: Line,
    /// What the board said and nobody has read.
    said: Vec<u8>,
}

impl AtOnce {
    fn new(line: &Line) -> Self {
        Self { line: line.clone(), said: Vec::new() }
    }
}

impl AsyncRead for AtOnce {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let Self { line, said } = self.get_mut();
        // A door is moved by the hand that reads, so nothing is said between two reads.
        line.with(|boards, now| {
            while let Some(bytes) = boards.next_output(now) {
                said.extend(bytes);
            }
        });
        if said.is_empty() {
            return Poll::Pending;
        }
        let count = said.len().min(into.remaining());
        into.put_slice(&said[..count]);
        said.drain(..count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for AtOnce {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.line.with(|boards, now| boards.receive(bytes, now));
        Poll::Ready(Ok(bytes.len()))
    }
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// The driver's end of the line.
struct Tapped<S> {
    stream: S,
    wire: Arc<Wire>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Tapped<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let me = self.get_mut();
        let before = into.filled().len();
        let polled = Pin::new(&mut me.stream).poll_read(cx, into);
        if polled.is_ready() {
            me.wire.read(&into.filled()[before..]);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tapped<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let me = self.get_mut();
        let polled = Pin::new(&mut me.stream).poll_write(cx, bytes);
        if polled.is_ready() {
            me.wire.wrote(bytes);
        }
        polled
    }
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
