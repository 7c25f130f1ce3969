//! The same driver over real streams: in memory, TCP on loopback, and a pseudo-terminal.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use vestibule_devices::{
    Bus, BusLinks, Clock, Connect, Connection, DeviceError, PulseResult, Report, TransportConfig, run_bus,
};
use vestibule_simulators::lock8a_board::{
    BoardOptions, Line, Lock8aBoards, serve_pty, serve_stream, serve_tcp,
};

use crate::lb_openings::{door, not_sent, outcome};
use crate::world::{Intent, point, profiles, wiring};

/// Nothing here takes this long unless it is broken.
const PATIENCE: Duration = Duration::from_secs(20);

struct Running {
    clock: Clock,
    pulses: mpsc::Sender<Intent>,
    _expects: mpsc::Sender<u32>,
    reports: mpsc::Receiver<Report>,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    fn start(transport: TransportConfig, profile: &str) -> Self {
        let bus = Bus::new(&wiring(&[(1, profile, 24)]), &profiles()).unwrap();
        let clock = Clock::start();
        let (pulses, pulse_receiver) = mpsc::channel(8);
        let (expects, expect_receiver) = mpsc::channel(8);
        let (report_sender, reports) = mpsc::channel(4);
        let (stop, shutdown) = watch::channel(false);
        let links = BusLinks {
            clock,
            pulses: pulse_receiver,
            expects: expect_receiver,
            reports: report_sender,
            shutdown,
        };
        let task = tokio::spawn(run_bus(transport, bus, links));
        Self { clock, pulses, _expects: expects, reports, stop, task }
    }

    async fn pulse(&self, opening: u64, lock: u8) {
        let not_after = self.clock.now().plus(10_000);
        self.pulses.send(Intent { opening, attempt: 1, point: point(1, lock), not_after }).await.unwrap();
    }

    async fn wait_for(&mut self, wanted: &Report) {
        let arrives = async { while self.reports.recv().await.expect("the bus runs") != *wanted {} };
        tokio::time::timeout(PATIENCE, arrives).await.unwrap_or_else(|_| panic!("no {wanted:?}"));
    }

    async fn stop(self) {
        self.stop.send(true).unwrap();
        tokio::time::timeout(PATIENCE, self.task).await.expect("it stops").unwrap();
    }
}

fn instant_line() -> Line {
    let mut boards = Lock8aBoards::new();
    boards.add_board(BoardOptions::instant(1, 24));
    boards.board_faults(1).unsolicited = true;
    Line::new(boards)
}

fn in_memory(line: &Line) -> TransportConfig {
    let line = line.clone();
    let connect: Connect = Arc::new(move || {
        if line.with(|boards, _| boards.is_unplugged()) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let (near, far) = tokio::io::duplex(256);
        tokio::spawn(serve_stream(line.clone(), far));
        Ok(Box::new(near) as Box<dyn Connection>)
    });
    TransportConfig::InMemory(connect)
}

/// The whole story of one opening.
async fn open_and_shut(running: &mut Running, line: &Line) {
    running.wait_for(&door(1, 24, false)).await;
    running.pulse(1, 5).await;
    running.wait_for(&Report::PulseSent { opening: 1, attempt: 1 }).await;
    running.wait_for(&outcome(1, PulseResult::Opened)).await;
    assert!(line.push_shut(1, 5));
    running.wait_for(&door(1, 5, false)).await;
    assert_eq!(line.with(|boards, _| boards.coil_pulses().len()), 1);
}

#[tokio::test]
async fn lb_30_over_a_stream_in_memory() {
    let line = instant_line();
    let mut running = Running::start(in_memory(&line), "bench-lock8a-24");
    open_and_shut(&mut running, &line).await;
    running.stop().await;
}

#[tokio::test]
async fn lb_31_over_tcp() {
    let line = instant_line();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let board = tokio::spawn(serve_tcp(line.clone(), listener));
    let mut running = Running::start(TransportConfig::Tcp { address }, "shuoming-2024a1-24");
    open_and_shut(&mut running, &line).await;
    line.with(|boards, _| boards.set_unplugged(true));
    running.wait_for(&Report::BusLost).await;
    running.stop().await;
    board.abort();
}

#[tokio::test]
async fn lb_32_over_a_serial_port() {
    let line = instant_line();
    let (path, board) = serve_pty(line.clone()).unwrap();
    let mut running = Running::start(TransportConfig::Serial { path, baud: 9600 }, "shuoming-2024a1-24");
    open_and_shut(&mut running, &line).await;
    board.abort();
    running.wait_for(&Report::BusLost).await;
    running.stop().await;
}

#[tokio::test]
async fn lb_33_a_line_that_comes_back_is_used_again_and_nothing_is_pulsed_late() {
    let line = instant_line();
    line.with(|boards, _| boards.set_unplugged(true));
    let mut running = Running::start(in_memory(&line), "bench-lock8a-24");
    running.wait_for(&Report::BusLost).await;
    running.pulse(1, 1).await;
    running.wait_for(&not_sent(1, DeviceError::Timeout)).await;
    line.with(|boards, _| boards.set_unplugged(false));
    running.wait_for(&Report::BusBack).await;
    running.wait_for(&door(1, 24, false)).await;
    running.pulse(2, 2).await;
    running.wait_for(&outcome(2, PulseResult::Opened)).await;
    assert_eq!(line.with(|boards, _| boards.coil_pulses().len()), 1);
    running.stop().await;
}

#[tokio::test]
async fn lb_34_a_silent_board_costs_reopenings_but_not_the_bus() {
    let line = instant_line();
    line.with(|boards, _| boards.board_faults(1).silent = true);
    let mut running = Running::start(in_memory(&line), "bench-lock8a-24");
    running.wait_for(&Report::BoardSilent { board: 1 }).await;
    line.with(|boards, _| boards.board_faults(1).silent = false);
    line.pull_open(1, 3); // tells of itself, so it need not be waited for
    running.wait_for(&Report::BoardBack { board: 1 }).await;
    running.wait_for(&door(1, 3, true)).await;
    running.stop().await;
}
