//! Programs nobody here wrote, at the other end of the line: PyPI pymodbus as a relay board for our driver, Debian mbpoll as
//! a master for our simulator; those that play cameras are in `peer_cameras`, the one for the bytes of slips in `escpos_peer`. Where they are not installed the tests
//! say so and are skipped, but never where `CI` is set. `VESTIBULE_PEERS` names the folder that `cargo xtask test` makes: a
//! Python environment, with lighttpd unpacked in it.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tokio::net::TcpListener;
use vestibule_devices::{PulseResult, Report, TransportConfig};
use vestibule_simulators::lock_boards::{BoardOptions, Line, serve_pty, serve_tcp};

use crate::kind::{Kind, MODBUS_RTU, MODBUS_TCP};
use crate::lb_openings::{door, outcome};
use crate::lb_transports::Running;

/// None, loudly, if the peer is not there and need not be.
pub fn present(peer: &str, command: Option<Command>) -> Option<Command> {
    let is_there = command.filter(|command| {
        let mut probe = Command::new(command.get_program());
        probe.args(command.get_args()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        probe.status().is_ok_and(|status| status.success())
    });
    if is_there.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{peer} is not installed, and CI may not go without it");
        eprintln!("SKIPPED: {peer} is not installed; `cargo xtask test` installs it");
    }
    is_there
}

/// Where `cargo xtask test` puts peers.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("VESTIBULE_PEERS").map(PathBuf::from)
}

/// A device of `tests/peers`, played in Python with this module; ends with this.
pub struct Played {
    process: Child,
    /// What it printed first: where it is reached.
    pub reached: String,
}

/// Python, if it has this module.
pub fn python(module: &str) -> Option<Command> {
    let python = folder().map(|folder| folder.join("bin").join("python"));
    let probe = python.map(|python| {
        let mut command = Command::new(python);
        command.args(["-c", &format!("import {module}")]);
        command
    });
    present(module, probe).map(|found| Command::new(found.get_program()))
}

/// A program of `tests/peers`.
pub fn script(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(name)
}

impl Played {
    pub fn start(module: &str, program: &str, arguments: &[&str]) -> Option<Self> {
        let mut python = python(module)?;
        python.arg(script(program)).args(arguments);
        python.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = python.spawn().unwrap();
        let mut reached = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut reached).unwrap();
        Some(Self { process, reached: reached.trim().to_owned() })
    }
}

impl Drop for Played {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A door of a board played by pymodbus is read, opened and read shut.
async fn drive(transport: TransportConfig, profile: &str) {
    let mut running = Running::start(transport, profile, 8);
    running.wait_for(&door(1, 8, false)).await;
    running.pulse(1, 3).await;
    running.wait_for(&Report::PulseSent { opening: 1, attempt: 1 }).await;
    running.wait_for(&door(1, 3, true)).await;
    running.wait_for(&outcome(1, PulseResult::Opened)).await;
    running.wait_for(&door(1, 3, false)).await;
    running.stop().await;
}

#[tokio::test]
async fn pymodbus_is_driven_over_tcp() {
    let Some(peer) = Played::start("pymodbus", "relay_board.py", &["tcp"]) else { return };
    drive(TransportConfig::Tcp { address: peer.reached.clone() }, MODBUS_TCP.profile).await;
}

#[tokio::test]
async fn pymodbus_is_driven_with_rtu_over_tcp() {
    let Some(peer) = Played::start("pymodbus", "relay_board.py", &["rtu-over-tcp"]) else { return };
    drive(TransportConfig::Tcp { address: peer.reached.clone() }, "waveshare-poe-eth-relay-b-rtu").await;
}

#[tokio::test]
async fn pymodbus_is_driven_on_a_serial_line() {
    let Some(peer) = Played::start("pymodbus", "relay_board.py", &["rtu"]) else { return };
    let transport = TransportConfig::Serial { path: peer.reached.clone().into(), baud: 9_600 };
    drive(transport, MODBUS_RTU.profile).await;
}

/// Doors 1 to 8 with 2 open, as mbpoll prints them.
const DOORS: [(u8, u8); 8] = [(1, 1), (2, 0), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1)];

fn line(kind: Kind) -> Line {
    let mut boards = kind.line();
    boards.add_board(BoardOptions::instant(1, 8));
    boards.pull_open(1, 2, 0);
    Line::new(boards)
}

/// mbpoll reads the doors of a simulated board, then switches relay 5 on, which opens its door.
async fn polled_by_mbpoll(line: Line, mode: Vec<String>) {
    let ask = |what: Vec<&'static str>, value: Option<&'static str>| {
        let mode = mode.clone();
        async move {
            let run = move || {
                let mut mbpoll = Command::new("mbpoll");
                mbpoll.args(&mode[1..]).args(["-a", "1", "-1", "-q"]).args(what).arg(&mode[0]).args(value);
                mbpoll.output().unwrap()
            };
            let output = tokio::task::spawn_blocking(run).await.unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{text} {}", String::from_utf8_lossy(&output.stderr));
            text
        }
    };
    let doors = ask(vec!["-t", "1", "-r", "1", "-c", "8"], None).await;
    for (input, state) in DOORS {
        let found = doors.lines().find(|line| line.starts_with(&format!("[{input}]")));
        assert!(found.is_some_and(|line| line.trim_end().ends_with(&state.to_string())), "{doors}");
    }
    ask(vec!["-t", "0", "-r", "5"], Some("1")).await;
    assert!(line.door(1, 5).unwrap().ajar);
    let relays = ask(vec!["-t", "0", "-r", "1", "-c", "8"], None).await;
    let fifth = relays.lines().find(|line| line.starts_with("[5]"));
    assert!(fifth.is_some_and(|line| line.trim_end().ends_with('1')), "{relays}");
}

fn mbpoll() -> Option<Command> {
    let mut command = Command::new("mbpoll");
    command.arg("-V");
    present("mbpoll", Some(command))
}

#[tokio::test]
async fn mbpoll_reads_and_switches_our_simulated_board_over_tcp() {
    if mbpoll().is_none() {
        return;
    }
    let line = line(MODBUS_TCP);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let board = tokio::spawn(serve_tcp(line.clone(), listener));
    let mode = ["127.0.0.1", "-m", "tcp", "-p", &port].map(str::to_owned);
    polled_by_mbpoll(line, mode.to_vec()).await;
    board.abort();
}

#[tokio::test]
async fn mbpoll_reads_and_switches_our_simulated_board_on_a_serial_line() {
    if mbpoll().is_none() {
        return;
    }
    let line = line(MODBUS_RTU);
    let (path, board) = serve_pty(line.clone()).unwrap();
    let path = path.to_string_lossy().into_owned();
    let mode = [path.as_str(), "-m", "rtu", "-b", "9600", "-P", "none"].map(str::to_owned);
    polled_by_mbpoll(line, mode.to_vec()).await;
    board.abort();
}
