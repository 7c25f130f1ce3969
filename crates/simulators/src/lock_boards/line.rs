//! The tokio half: moves bytes and time between a line of boards and a stream. Decides nothing.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::boards::LockBoards;
use super::door::DoorModel;

/// One line of boards, shared between the stream that talks to it and the hands that move its doors.
#[derive(Clone, Debug)]
pub struct Line {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    boards: Mutex<LockBoards>,
    moved: Notify,
    started: Instant,
    /// Counts the streams served: a line has one master, the newest.
    master: AtomicU64,
}

impl Line {
    /// Puts the boards into real time.
    pub fn new(boards: LockBoards) -> Self {
        let inner = Inner {
            boards: Mutex::new(boards),
            moved: Notify::new(),
            started: Instant::now(),
            master: AtomicU64::new(0),
        };
        Self { inner: Arc::new(inner) }
    }

    /// A hand pushes a door shut. False if the coil still holds its latch back.
    pub fn push_shut(&self, board: u8, lock: u8) -> bool {
        self.with(|boards, now| boards.push_shut(board, lock, now))
    }

    /// A hand pulls a door open. True if that took force.
    pub fn pull_open(&self, board: u8, lock: u8) -> bool {
        self.with(|boards, now| boards.pull_open(board, lock, now))
    }

    /// A door as it stands.
    pub fn door(&self, board: u8, lock: u8) -> Option<DoorModel> {
        self.lock().door(board, lock)
    }

    /// Anything else, with the line's own time: fault knobs, coil pulses.
    pub fn with<T>(&self, act: impl FnOnce(&mut LockBoards, u64) -> T) -> T {
        let now = self.now();
        let result = act(&mut self.lock(), now);
        self.inner.moved.notify_waiters();
        result
    }

    fn lock(&self) -> MutexGuard<'_, LockBoards> {
        self.inner.boards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.inner.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Talks on `stream` until it ends, the plug is pulled, or a newer stream takes the line.
pub async fn serve_stream<S>(line: Line, mut stream: S) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let me = line.inner.master.fetch_add(1, Ordering::SeqCst) + 1;
    line.inner.moved.notify_waiters();
    let mut buffer = [0u8; 256];
    loop {
        // Registered before looking, so that no move falls between looking and waiting.
        let moved = line.inner.moved.notified();
        tokio::pin!(moved);
        moved.as_mut().enable();
        if line.inner.master.load(Ordering::SeqCst) != me || line.lock().is_unplugged() {
            return Ok(());
        }
        let output = line.lock().next_output(line.now());
        if let Some(bytes) = output {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            continue;
        }
        let deadline = line.lock().next_deadline().map(|at| line.inner.started + Duration::from_millis(at));
        tokio::select! {
            count = stream.read(&mut buffer) => match count? {
                0 => return Ok(()),
                count => line.lock().receive(&buffer[..count], line.now()),
            },
            () = moved => {}
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => {}
        }
    }
}

/// Accepts masters on `listener`, as a serial server does; ends only with an error of the listener.
pub async fn serve_tcp(line: Line, listener: TcpListener) -> io::Result<()> {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                // Fails only if the master is gone already, which serving it finds out.
                let _ = stream.set_nodelay(true);
                connections.spawn(serve_stream(line.clone(), stream));
            }
            Some(ended) = connections.join_next() => tracing::trace!(?ended, "a master left"),
        }
    }
}
