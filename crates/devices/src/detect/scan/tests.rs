use super::*;
use vestibule_simulators::lock_boards::{BoardOptions, Firmware, LineFault, LockBoards};

/// A family, how it is framed, what its boards are, and what is guessed of 24, 16 or 8 locks.
const KINDS: [(crate::Family, Framing, Firmware, u8); 6] = [
    (crate::Family::Lock8a, Framing::Rtu, Firmware::Lock8a, 24),
    (crate::Family::KerongCu, Framing::Rtu, Firmware::KerongCu, 16),
    (crate::Family::Wkly, Framing::Rtu, Firmware::Wkly, 24),
    (crate::Family::Winnsen, Framing::Rtu, Firmware::Winnsen, 16),
    (crate::Family::Modbus, Framing::Rtu, Firmware::ModbusRtu, 8),
    (crate::Family::Modbus, Framing::Tcp, Firmware::ModbusTcp, 8),
];

struct Scanned {
    found: Found,
    sent: Vec<Vec<u8>>,
    took_ms: u64,
}

fn plan(profiles: &Profiles, (family, framing): (crate::Family, Framing), last_address: u8) -> Plan<'_> {
    Plan { profiles, family, framing, last_address, baud: Some(9_600) }
}

/// Scans a line whose wire takes no time, with a clock moved by hand.
fn scanned(language: (crate::Family, Framing), last_address: u8, line: &mut LockBoards) -> Scanned {
    let profiles = Profiles::built_in().unwrap();
    let mut scan = plan(&profiles, language, last_address).scan().unwrap();
    let (mut now, mut sent) = (0, Vec::new());
    scan.handle(ScanInput::Opened, Millis(now));
    while !scan.is_done() {
        while let Some(output) = scan.poll_output() {
            match output {
                ScanOutput::Transmit(bytes) => {
                    line.receive(&bytes, now);
                    sent.push(bytes);
                }
                ScanOutput::Reopen => scan.handle(ScanInput::Opened, Millis(now)),
            }
        }
        while let Some(bytes) = line.next_output(now) {
            scan.handle(ScanInput::Received(&bytes), Millis(now));
        }
        let next =
            scan.next_deadline(Millis(now)).into_iter().map(|at| at.0).chain(line.next_deadline()).min();
        now = now.max(next.expect("a scan that is not done waits for something"));
        scan.handle(ScanInput::Deadline, Millis(now));
        assert!(now < 600_000, "a scan ends");
    }
    Scanned { found: scan.found(), sent, took_ms: now }
}

fn line_of(firmware: Firmware, boards: &[(u8, u8)]) -> LockBoards {
    let mut line = LockBoards::speaking(firmware);
    for (address, channels) in boards {
        line.add_board(BoardOptions::lifelike(*address, *channels));
    }
    line
}

#[test]
fn boards_of_every_family_are_found_with_their_contacts() {
    for (family, framing, firmware, channels) in KINDS {
        let mut line = line_of(firmware, &[(2, channels), (5, channels)]);
        line.pull_open(5, 3, 0);
        let scanned = scanned((family, framing), 6, &mut line);
        let found = &scanned.found.boards;
        let addresses: Vec<u8> = found.iter().map(|board| board.address).collect();
        assert_eq!((addresses, &scanned.found.warnings), (vec![2, 5], &Vec::new()), "{firmware:?}");
        let board = &found[1];
        assert_eq!((board.family, board.framing, board.channels), (family, framing, channels));
        let open: Vec<usize> =
            (1..).zip(&board.contacts).filter(|(_, shut)| !**shut).map(|(n, _)| n).collect();
        assert_eq!(open, [3], "{firmware:?}");
        let profiles = Profiles::built_in().unwrap();
        assert_eq!(profiles.get(&board.profiles[0]).unwrap().channels, channels, "{:?}", board.profiles);
        assert!(line.coil_pulses().is_empty());
    }
}

#[test]
fn the_size_of_a_board_limits_the_guess() {
    let guess = |firmware, language, channels| {
        scanned(language, 1, &mut line_of(firmware, &[(1, channels)])).found.boards[0].clone()
    };
    let fifty = guess(Firmware::Lock8a, (crate::Family::Lock8a, Framing::Rtu), 50);
    assert_eq!((fifty.channels, fifty.profiles[0].as_str()), (50, "generic-lock8a-50"));
    let sixteen = guess(Firmware::ModbusRtu, (crate::Family::Modbus, Framing::Rtu), 16);
    assert_eq!(sixteen.channels, 16, "a bigger relay board is asked again");
}

#[test]
fn two_boards_on_one_address_are_told_apart_from_silence() {
    for (family, framing, firmware, channels) in KINDS {
        let mut line = line_of(firmware, &[(3, channels), (3, channels)]);
        let found = scanned((family, framing), 6, &mut line).found;
        let shared = LineWarning::SharedAddress { address: 3, family, baud: Some(9_600) };
        assert_eq!((found.boards, found.warnings), (vec![], vec![shared]), "{firmware:?}");
    }
}

#[test]
fn swapped_wires_are_only_garbage_and_soon_given_up() {
    for (family, framing, firmware, channels) in KINDS {
        let mut line = line_of(firmware, &[(1, channels)]);
        line.set_line_fault(LineFault::SwappedBiasedWires);
        let scanned = scanned((family, framing), 8, &mut line);
        let Scanned { found, took_ms, .. } = scanned;
        assert_eq!((found.boards, found.warnings), (vec![], vec![LineWarning::OnlyGarbage]), "{firmware:?}");
        assert!(took_ms < 4_000, "{took_ms}");
    }
}

#[test]
fn a_line_that_chatters_without_a_gap_is_given_up_and_nothing_is_asked_into_it() {
    for (family, framing, firmware, channels) in KINDS {
        let mut line = line_of(firmware, &[(1, channels)]);
        line.set_line_fault(LineFault::Chatter);
        let Scanned { found, sent, took_ms } = scanned((family, framing), 8, &mut line);
        assert_eq!((found.boards, found.warnings), (vec![], vec![LineWarning::OnlyGarbage]), "{firmware:?}");
        assert!(sent.is_empty() && took_ms < 1_000, "{sent:?} in {took_ms} ms");
    }
}

#[test]
fn what_is_heard_is_kept_only_while_a_question_is_out() {
    let profiles = Profiles::built_in().unwrap();
    let language = (crate::Family::Wkly, Framing::Rtu);
    let plan = plan(&profiles, language, 1);
    let mut known = profiles.names().filter_map(|name| profiles.get(name));
    let profile = known.find(|profile| profile.family == plan.family).unwrap();
    let mut scan = Scan::<Wkly>::new(&plan, profile);
    scan.handle(ScanInput::Opened, Millis(0));
    for now in 1..200 {
        scan.handle(ScanInput::Received(&[0x55]), Millis(now));
    }
    assert!(scan.heard.is_empty() && scan.flight.is_none(), "{} bytes", scan.heard.len());
}

#[test]
fn a_silent_line_says_nothing_and_warns_of_nothing() {
    for (family, framing, firmware, _) in KINDS {
        let found = scanned((family, framing), 4, &mut line_of(firmware, &[])).found;
        assert_eq!((found.boards, found.warnings), (vec![], vec![]), "{firmware:?}");
    }
}

/// The simulators read every order of their families, and share no code with what asks.
#[test]
fn dt_06_no_question_moves_anything_on_a_board_of_any_family() {
    let mut asked: Vec<Vec<u8>> = Vec::new();
    let mut left_out = Vec::new();
    for (family, framing, firmware, _) in KINDS {
        let scanned = scanned((family, framing), u8::MAX, &mut line_of(firmware, &[]));
        asked.extend(scanned.sent);
        left_out.extend(scanned.found.warnings);
    }
    // A relay board that is found is asked more.
    let boards: Vec<(u8, u8)> = (1..=247).map(|address| (address, 50)).collect();
    let relays = (crate::Family::Modbus, Framing::Rtu);
    asked.extend(scanned(relays, u8::MAX, &mut line_of(Firmware::ModbusRtu, &boards)).sent);
    asked.dedup();
    let station = LineWarning::LeftOut { address: 149, family: crate::Family::Winnsen };
    assert_eq!(left_out, [station], "its question opens several locks of an 8A/80 board");
    for listener in KINDS.map(|kind| kind.2) {
        let boards: Vec<(u8, u8)> =
            (0..=u8::MAX).map(|address| (address, if address < 32 { 50 } else { 8 })).collect();
        let mut line = line_of(listener, &boards);
        for lock in [1, 50] {
            line.set_mode(1, lock, 7);
        }
        // A question waits for the answer to the one before, or for the time that would take.
        for (turn, bytes) in (0..).zip(&asked) {
            line.receive(bytes, turn * 100);
        }
        assert_eq!(line.coil_pulses(), &[], "{listener:?}");
        assert_eq!((line.mode(1, 1), line.mode(1, 50)), (Some(7), Some(7)), "{listener:?}");
    }
}
