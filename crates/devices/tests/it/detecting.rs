//! Boards nobody described, found over real streams: a pseudo-terminal and TCP on loopback.

use vestibule_devices::detect::{LineFinding, LineToDetect, LineWarning, detect};
use vestibule_devices::{Family, Framing};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LineFault, serve_pty, serve_tcp};

use crate::kind::{KERONG_CU, Kind, LOCK8A, MODBUS_RTU, MODBUS_TCP, WINNSEN, WKLY};
use crate::world::profiles;

fn line_of(kind: Kind, addresses: &[u8]) -> Line {
    let mut boards = kind.line();
    addresses.iter().for_each(|address| boards.add_board(BoardOptions::instant(*address, kind.channels)));
    Line::new(boards)
}

async fn look(line: &LineToDetect) -> LineFinding {
    detect(line, &profiles(), 2, |_| {}).await
}

async fn on_serial(kind: Kind, line: &Line) -> LineFinding {
    let (path, board) = serve_pty(line.clone()).unwrap();
    let baud = u32::try_from(kind.baud).unwrap();
    let finding = look(&LineToDetect::Serial { path, bauds: vec![baud] }).await;
    board.abort();
    finding
}

fn family_of(kind: Kind) -> Family {
    profiles().get(kind.profile).unwrap().family
}

fn is_sound(finding: &LineFinding) -> bool {
    let is_right = |warning: &LineWarning| matches!(warning, LineWarning::LeftOut { .. });
    finding.error.is_none() && finding.warnings.iter().all(is_right)
}

async fn serial_story(kind: Kind) {
    let line = line_of(kind, &[2]);
    let finding = on_serial(kind, &line).await;
    let baud = u32::try_from(kind.baud).unwrap();
    assert!(is_sound(&finding) && finding.baud == Some(baud), "{finding:?}");
    let [board] = &finding.boards[..] else { panic!("one board, but {finding:?}") };
    assert_eq!((board.address, board.family, board.framing), (2, family_of(kind), Framing::Rtu));
    assert!(board.profiles.iter().any(|name| name == kind.profile), "{board:?}");
    assert_eq!(line.with(|boards, _| boards.coil_pulses().len()), 0);
}

#[tokio::test]
async fn dt_01_over_a_serial_port() {
    tokio::join!(
        serial_story(LOCK8A),
        serial_story(KERONG_CU),
        serial_story(WKLY),
        serial_story(WINNSEN),
        serial_story(MODBUS_RTU),
    );
}

async fn tcp_story(kind: Kind, profile: &str, framing: Framing) {
    let line = line_of(kind, &[1]);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let board = tokio::spawn(serve_tcp(line.clone(), listener));
    let finding = look(&LineToDetect::Tcp { address }).await;
    assert!(is_sound(&finding) && finding.baud.is_none(), "{finding:?}");
    assert_eq!((finding.boards[0].family, finding.boards[0].framing), (family_of(kind), framing));
    assert_eq!(finding.boards[0].profiles[0], profile, "made for a network comes first");
    assert_eq!(line.with(|boards, _| boards.coil_pulses().len()), 0);
    board.abort();
}

#[tokio::test]
async fn dt_02_over_tcp() {
    tokio::join!(
        tcp_story(LOCK8A, "shuoming-2024a1-24", Framing::Rtu),
        tcp_story(KERONG_CU, "kerong-ncu16l", Framing::Rtu),
        tcp_story(MODBUS_RTU, "waveshare-poe-eth-relay-b-rtu", Framing::Rtu),
        tcp_story(MODBUS_TCP, "waveshare-poe-eth-relay-b", Framing::Tcp),
    );
}

#[tokio::test]
async fn dt_03_a_shared_address_and_swapped_wires_are_named() {
    let clash = line_of(KERONG_CU, &[2, 2]);
    let finding = on_serial(KERONG_CU, &clash).await;
    let shared = LineWarning::SharedAddress { address: 2, family: Family::KerongCu, baud: Some(19_200) };
    assert_eq!((finding.boards.len(), &finding.warnings[..]), (0, &[shared][..]));
    let swapped = line_of(KERONG_CU, &[1]);
    swapped.with(|boards, _| boards.set_line_fault(LineFault::SwappedBiasedWires));
    let (path, board) = serve_pty(swapped).unwrap();
    let line = LineToDetect::Serial { path, bauds: vec![19_200] };
    let finding = detect(&line, &profiles(), 5, |_| {}).await;
    board.abort();
    assert_eq!((finding.boards.len(), &finding.warnings[..]), (0, &[LineWarning::OnlyGarbage][..]));
}

#[tokio::test]
async fn dt_04_a_port_that_is_not_there_is_said() {
    let finding = look(&LineToDetect::serial("/dev/there-is-no-such-port".into())).await;
    assert!(finding.error.is_some() && finding.asked == 0, "{finding:?}");
}

#[tokio::test]
async fn dt_05_it_says_how_far_it_is() {
    let line = line_of(KERONG_CU, &[2]);
    let (path, board) = serve_pty(line).unwrap();
    let mut steps = Vec::new();
    let found = detect(&LineToDetect::serial(path), &profiles(), 2, |progress| steps.push(progress)).await;
    board.abort();
    assert_eq!(found.baud, Some(19_200), "the usual speed of each family comes first");
    assert!(steps.windows(2).all(|pair| pair[0].done <= pair[1].done), "{steps:?}");
    // Four families have 9600 as their usual speed; each of their addresses is done with before that of the fifth answers.
    let (first, last) = (steps.first().unwrap(), steps.last().unwrap());
    assert_eq!((first.done, first.family, first.baud), (1, Family::Lock8a, Some(9_600)), "{steps:?}");
    assert_eq!((last.family, last.baud), (Family::KerongCu, Some(19_200)), "{steps:?}");
    let families: std::collections::BTreeSet<String> =
        steps.iter().map(|step| format!("{:?}", step.family)).collect();
    assert_eq!(families.len(), 5, "{steps:?}");
    assert!(last.done > 8 && steps.iter().all(|step| step.done <= step.of), "{steps:?}");
}
