//! The same driver over real streams: in memory, TCP on loopback, and a pseudo-terminal.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use vestibule_devices::{
    Bus, BusLinks, Clock, Connect, Connection, DeviceError, PulseResult, Report, TransportConfig, run_bus,
};
use vestibule_simulators::lock_boards::{BoardOptions, Firmware, Line, serve_pty, serve_stream, serve_tcp};

use crate::kind::{KERONG_CU, Kind, LOCK8A, MODBUS_RTU, MODBUS_TCP, WINNSEN, WKLY};
use crate::lb_openings::{door, not_sent, outcome};
use crate::world::{Intent, point, profiles, wiring};

/// Nothing here takes this long unless it is broken.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Running {
    clock: Clock,
    pulses: mpsc::Sender<Intent>,
    _expects: mpsc::Sender<u32>,
    reports: mpsc::Receiver<Report>,
    finishing: watch::Sender<bool>,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    pub fn start(transport: TransportConfig, profile: &str, channels: u8) -> Self {
        let bus = Bus::new(&wiring(&[(1, profile, channels)]), &profiles()).unwrap();
        bus.check_transport(&transport).unwrap();
        let clock = Clock::start();
        let (pulses, pulse_receiver) = mpsc::channel(8);
        let (expects, expect_receiver) = mpsc::channel(8);
        let (report_sender, reports) = mpsc::channel(4);
        let (finishing, finish) = watch::channel(false);
        let (stop, shutdown) = watch::channel(false);
        let links = BusLinks {
            clock,
            pulses: pulse_receiver,
            expects: expect_receiver,
            reports: report_sender,
            finish,
            shutdown,
        };
        let task = tokio::spawn(run_bus(transport, bus, links));
        Self { clock, pulses, _expects: expects, reports, finishing, stop, task }
    }

    pub async fn pulse(&self, opening: u64, lock: u8) {
        let not_after = self.clock.now().plus(10_000);
        self.pulses.send(Intent { opening, attempt: 1, point: point(1, lock), not_after }).await.unwrap();
    }

    pub async fn wait_for(&mut self, wanted: &Report) {
        let arrives = async { while self.reports.recv().await.expect("the bus runs") != *wanted {} };
        tokio::time::timeout(PATIENCE, arrives).await.unwrap_or_else(|_| panic!("no {wanted:?}"));
    }

    pub async fn stop(self) {
        self.stop.send(true).unwrap();
        tokio::time::timeout(PATIENCE, self.task).await.expect("it stops").unwrap();
    }
}

fn instant_line(kind: Kind) -> Line {
    let mut boards = kind.line();
    boards.add_board(BoardOptions::instant(1, kind.channels));
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
    running.wait_for(&door(1, 8, false)).await;
    running.pulse(1, 5).await;
    running.wait_for(&Report::PulseSent { opening: 1, attempt: 1 }).await;
    running.wait_for(&outcome(1, PulseResult::Opened)).await;
    // A hand that pushes until the latch catches.
    let pushed = async {
        while !line.push_shut(1, 5) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, pushed).await.expect("the coil lets go");
    running.wait_for(&door(1, 5, false)).await;
    assert_eq!(line.with(|boards, _| boards.coil_pulses().len()), 1);
}

/// Over a stream in memory.
async fn in_memory_story(kind: Kind, profile: &str) {
    let line = instant_line(kind);
    let mut running = Running::start(in_memory(&line), profile, kind.channels);
    open_and_shut(&mut running, &line).await;
    running.stop().await;
}

/// Over TCP, to the moment the board's network plug is pulled.
async fn tcp_story(kind: Kind, profile: &str) {
    let line = instant_line(kind);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let board = tokio::spawn(serve_tcp(line.clone(), listener));
    let mut running = Running::start(TransportConfig::Tcp { address }, profile, kind.channels);
    open_and_shut(&mut running, &line).await;
    line.with(|boards, _| boards.set_unplugged(true));
    running.wait_for(&Report::BusLost).await;
    running.stop().await;
    board.abort();
}

/// Over a serial port, to the moment its adapter is pulled.
async fn serial_story(kind: Kind) {
    let line = instant_line(kind);
    let (path, board) = serve_pty(line.clone()).unwrap();
    let baud = u32::try_from(kind.baud).unwrap();
    let mut running = Running::start(TransportConfig::Serial { path, baud }, kind.profile, kind.channels);
    open_and_shut(&mut running, &line).await;
    board.abort();
    running.wait_for(&Report::BusLost).await;
    running.stop().await;
}

#[tokio::test]
async fn lb_30_over_a_stream_in_memory() {
    tokio::join!(
        in_memory_story(LOCK8A, "bench-lock8a-24"),
        in_memory_story(KERONG_CU, KERONG_CU.profile),
        in_memory_story(WKLY, WKLY.profile),
        in_memory_story(WINNSEN, WINNSEN.profile),
        in_memory_story(MODBUS_RTU, MODBUS_RTU.profile),
        in_memory_story(MODBUS_TCP, MODBUS_TCP.profile),
    );
}

#[tokio::test]
async fn lb_31_over_tcp() {
    tokio::join!(
        tcp_story(LOCK8A, LOCK8A.profile),
        tcp_story(KERONG_CU, "kerong-ncu16l"),
        tcp_story(WKLY, WKLY.profile),
        tcp_story(WINNSEN, WINNSEN.profile),
        tcp_story(MODBUS_RTU, "waveshare-poe-eth-relay-b-rtu"),
        tcp_story(MODBUS_TCP, MODBUS_TCP.profile),
    );
}

#[tokio::test]
async fn lb_32_over_a_serial_port() {
    tokio::join!(
        serial_story(LOCK8A),
        serial_story(KERONG_CU),
        serial_story(WKLY),
        serial_story(WINNSEN),
        serial_story(MODBUS_RTU),
    );
}

#[test]
fn lb_35_frames_of_modbus_tcp_are_not_sent_on_a_serial_line() {
    let bus = Bus::<Intent>::new(&wiring(&[(1, MODBUS_TCP.profile, 8)]), &profiles()).unwrap();
    assert_eq!(MODBUS_TCP.firmware, Firmware::ModbusTcp);
    let serial = TransportConfig::Serial { path: "/dev/ttyUSB0".into(), baud: 9600 };
    assert!(bus.check_transport(&serial).unwrap_err().to_string().contains("framing = \"rtu\""));
    assert_eq!(bus.check_transport(&TransportConfig::Tcp { address: "10.0.0.9:502".into() }), Ok(()));
}

#[tokio::test]
async fn lb_33_a_line_that_comes_back_is_used_again_and_nothing_is_pulsed_late() {
    let line = instant_line(LOCK8A);
    line.with(|boards, _| boards.set_unplugged(true));
    let mut running = Running::start(in_memory(&line), "bench-lock8a-24", 24);
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
    let line = instant_line(LOCK8A);
    line.with(|boards, _| boards.board_faults(1).silent = true);
    let mut running = Running::start(in_memory(&line), "bench-lock8a-24", 24);
    running.wait_for(&Report::BoardSilent { board: 1 }).await;
    line.with(|boards, _| boards.board_faults(1).silent = false);
    line.pull_open(1, 3); // tells of itself, so it need not be waited for
    running.wait_for(&Report::BoardBack { board: 1 }).await;
    running.wait_for(&door(1, 3, true)).await;
    running.stop().await;
}

#[tokio::test]
async fn lb_38_a_line_is_free_for_another_when_its_pulses_have_their_outcomes() {
    let line = instant_line(LOCK8A);
    let mut running = Running::start(in_memory(&line), "bench-lock8a-24", 24);
    running.wait_for(&door(1, 24, false)).await;
    running.pulse(1, 5).await;
    running.wait_for(&Report::PulseSent { opening: 1, attempt: 1 }).await;
    running.finishing.send(true).unwrap();
    running.wait_for(&outcome(1, PulseResult::Opened)).await;
    let Running { mut reports, task, pulses, .. } = running;
    let ends = async { while reports.recv().await.is_some() {} };
    tokio::time::timeout(PATIENCE, ends).await.expect("nothing more is reported");
    tokio::time::timeout(PATIENCE, task).await.expect("it ends").unwrap();
    assert!(pulses.is_closed(), "nobody takes a pulse");
    let mut running = Running::start(in_memory(&line), "bench-lock8a-24", 24);
    running.wait_for(&door(1, 5, true)).await;
    assert_eq!(line.with(|boards, _| boards.coil_pulses().len()), 1);
    running.stop().await;
}
