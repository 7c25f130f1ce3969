//! A bank of locks that outlives the program: simulated boards behind a TCP port of the test, and the hands at their doors.

use crate::process::until;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_stream};

const BOARD: u8 = 1;
/// Compartments of the one bank; compartment n hangs on lock n.
pub const LOCKS: u8 = 24;

/// The bank as it hangs.
pub struct Wall {
    line: Line,
    pub address: SocketAddr,
    /// Connections being served.
    live: watch::Receiver<usize>,
    _runtime: Runtime,
}

impl Wall {
    pub fn hang() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let mut boards = LockBoards::new();
        boards.add_board(BoardOptions::instant(BOARD, LOCKS));
        boards.board_faults(BOARD).unsolicited = true;
        let line = Line::new(boards);
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let (count, live) = watch::channel(0);
        runtime.spawn(accept(listener, line.clone(), count));
        Self { line, address, live, _runtime: runtime }
    }

    /// Waits until everything a dead program sent has arrived.
    pub fn until_quiet(&self) {
        until("the line of the dead program is drained", || (*self.live.borrow() == 0).then_some(()));
    }

    /// The one door that stands open.
    pub fn ajar(&self) -> Option<u8> {
        let ajar = |lock: &u8| self.line.door(BOARD, *lock).is_some_and(|door| door.ajar);
        let open: Vec<_> = (1..=LOCKS).filter(ajar).collect();
        assert!(open.len() <= 1, "people shut each door before the next opens, yet these are open: {open:?}");
        open.first().copied()
    }

    pub fn push_shut(&self, lock: u8) {
        until("the latch catches", || self.line.push_shut(BOARD, lock).then_some(()));
    }

    /// Coils energised so far, by lock from 1.
    pub fn pulses(&self) -> Vec<u64> {
        self.line.with(|boards, _| {
            let mut by_lock = vec![0; usize::from(LOCKS) + 1];
            boards.coil_pulses().iter().for_each(|pulse| by_lock[usize::from(pulse.lock)] += 1);
            by_lock
        })
    }
}

async fn accept(listener: TcpListener, line: Line, live: watch::Sender<usize>) {
    while let Ok((stream, _)) = listener.accept().await {
        // Fails only if the master is gone already, which serving it finds out.
        let _ = stream.set_nodelay(true);
        live.send_modify(|count| *count += 1);
        let (line, live) = (line.clone(), live.clone());
        tokio::spawn(async move {
            let _ = serve_stream(line, stream).await;
            live.send_modify(|count| *count -= 1);
        });
    }
}
