#![allow(clippy::unwrap_used)]

use super::*;

fn board(options: BoardOptions) -> LockBoards {
    let mut line = LockBoards::new();
    line.add_board(options);
    line
}

fn ask(line: &mut LockBoards, request: &[u8], now: u64) -> Option<Vec<u8>> {
    line.receive(request, now);
    line.next_output(now)
}

const UNLOCK_1: [u8; 5] = [0x8A, 0x01, 0x01, 0x11, 0x9B];
const READ_1: [u8; 5] = [0x80, 0x01, 0x01, 0x33, 0xB3];
const READ_ALL: [u8; 5] = [0x80, 0x01, 0x00, 0x33, 0xB2];

#[test]
fn published_vectors_are_answered_as_published() {
    let mut line = board(BoardOptions::instant(1, 8));
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap(), [0x80, 0x01, 0x01, 0x11, 0x91]);
    assert_eq!(ask(&mut line, &UNLOCK_1, 0).unwrap(), [0x8A, 0x01, 0x01, 0x00, 0x8A]);
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap(), [0x80, 0x01, 0x01, 0x00, 0x80]);
    for lock in 2..=8 {
        line.pull_open(1, lock, 0);
    }
    assert_eq!(ask(&mut line, &READ_ALL, 0).unwrap(), [0x80, 0x01, 0x00, 0x00, 0x00, 0x33, 0xB2]);
    assert_eq!(line.coil_pulses(), [CoilPulse { at: 0, board: 1, lock: 1, pulse_ms: 0 }]);
}

#[test]
fn a_door_springs_after_its_time_and_cannot_be_shut_against_the_coil() {
    let mut line = board(BoardOptions::lifelike(1, 24));
    line.receive(&UNLOCK_1, 0);
    assert_eq!(line.next_output(14), None);
    assert_eq!(line.next_output(15).unwrap(), [0x8A, 0x01, 0x01, 0x11, 0x9B], "still shut when it answers");
    assert_eq!(line.next_deadline(), Some(120));
    assert!(!line.door(1, 1).unwrap().ajar);
    assert_eq!(line.next_output(120), None);
    assert!(line.door(1, 1).unwrap().ajar);
    assert!(!line.push_shut(1, 1, 299));
    assert!(line.push_shut(1, 1, 300));
    assert!(!line.door(1, 1).unwrap().ajar);
    assert!(line.pull_open(1, 1, 400));
    assert!(line.door(1, 1).unwrap().forced);
}

#[test]
fn status_bytes_are_in_the_order_of_the_board() {
    let mut small = board(BoardOptions::instant(1, 24));
    small.pull_open(1, 1, 0);
    assert_eq!(ask(&mut small, &READ_ALL, 0).unwrap()[2..5], [0xFF, 0xFF, 0xFE]);
    let mut large = board(BoardOptions::instant(1, 50));
    large.pull_open(1, 1, 0);
    assert_eq!(ask(&mut large, &READ_ALL, 0).unwrap()[2..9], [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x03]);
}

#[test]
fn noise_and_wrong_checksums_move_nothing() {
    let mut line = board(BoardOptions::instant(1, 24));
    assert_eq!(ask(&mut line, &[0x8A, 0x01, 0x01, 0x11, 0x9A], 0), None);
    assert_eq!(ask(&mut line, &[0x8A, 0x02, 0x01, 0x11, 0x98], 100), None, "another board's");
    assert_eq!(ask(&mut line, &[0x8A, 0x01, 0x19, 0x11, 0x83], 200), None, "lock 25 of 24");
    assert!(line.coil_pulses().is_empty());
    assert!(ask(&mut line, &[&[0xFF, 0x8A][..], &READ_1].concat(), 300).is_some());
}

#[test]
fn open_all_fires_every_coil_in_turn() {
    let mut line = board(BoardOptions::lifelike(1, 8));
    line.receive(&[0x8A, 0x01, 0x00, 0x11, 0x9A], 0);
    let times: Vec<u64> = line.coil_pulses().iter().map(|pulse| pulse.at).collect();
    assert_eq!(times, [0, 300, 600, 900, 1200, 1500, 1800, 2100]);
}

#[test]
fn each_fault_does_what_it_says() {
    let mut line = board(BoardOptions::instant(1, 24));
    line.door_faults(1, 1).jammed = true;
    ask(&mut line, &UNLOCK_1, 0);
    assert!(!line.door(1, 1).unwrap().ajar);
    assert_eq!(line.coil_pulses().len(), 1);
    *line.door_faults(1, 1) = DoorFaults { wrong_polarity: true, ..DoorFaults::default() };
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap()[3], 0x00);
    line.door_faults(1, 1).stuck_sensor = Some(true);
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap()[3], 0x11);
    line.board_faults(1).garbage_prefix = true;
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap()[..5], [0xFA, 0xFD, 0x99, 0x99, 0x80]);
    *line.board_faults(1) = BoardFaults { garbled: true, slow_ms: 70, ..BoardFaults::default() };
    assert_eq!(ask(&mut line, &READ_1, 0), None);
    assert_eq!(line.next_output(70).unwrap()[4], 0x91 ^ 0x5A);
    *line.board_faults(1) = BoardFaults { silent: true, ..BoardFaults::default() };
    assert_eq!(ask(&mut line, &UNLOCK_1, 100), None);
    assert_eq!(line.coil_pulses().len(), 1, "a dead board fires no coil");
    *line.board_faults(1) = BoardFaults { unsolicited: true, ..BoardFaults::default() };
    *line.door_faults(1, 1) = DoorFaults::default();
    line.pull_open(1, 1, 200);
    assert_eq!(line.next_output(200).unwrap(), [0x81, 0x01, 0x01, 0x00, 0x81]);
    line.set_unplugged(true);
    assert_eq!(ask(&mut line, &READ_1, 300), None);
}

#[test]
fn two_boards_on_one_address_both_fire_and_talk_over_each_other() {
    let mut line = board(BoardOptions::instant(1, 24));
    line.add_board(BoardOptions::instant(1, 24));
    assert_eq!(ask(&mut line, &UNLOCK_1, 0).unwrap().len(), 10);
    assert_eq!(line.coil_pulses().len(), 2);
}

fn speaking(firmware: Firmware, options: BoardOptions) -> LockBoards {
    let mut line = LockBoards::speaking(firmware);
    line.add_board(options);
    line
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

/// Question, and answer if there is one, of a board with every door shut unless said otherwise.
fn talk(line: &mut LockBoards, script: &[(&str, &str)]) {
    for (question, answer) in script {
        let said = ask(line, &bytes(question), 0).unwrap_or_default();
        assert_eq!(said, bytes(answer), "to {question}");
    }
}

#[test]
fn published_vectors_of_the_other_families_are_answered_as_published() {
    let mut kerong = speaking(Firmware::KerongCu, BoardOptions::instant(0, 16));
    talk(
        &mut kerong,
        &[
            ("02 00 30 03 35", "02 00 35 FF FF 00 00 03 38"),
            ("02 00 31 03 36", ""),
            ("02 00 32 03 37", "02 00 35 FE FF 00 00 03 37"),
            ("02 00 30 03 36", ""),
        ],
    );
    kerong.set_occupied(0, 9, true);
    talk(&mut kerong, &[("02 00 30 03 35", "02 00 35 FE FF 00 01 03 38")]);
    assert_eq!(kerong.coil_pulses().len(), 1);

    let mut wkly = speaking(Firmware::Wkly, BoardOptions::instant(0, 24));
    talk(&mut wkly, &[("57 4B 4C 59 09 00 82 01 83", "57 4B 4C 59 0B 00 82 00 01 00 81")]);
    for lock in 1..=24 {
        wkly.pull_open(0, lock, 0);
    }
    let all_open = format!("57 4B 4C 59 22 00 84 00 18{} B7", " 00".repeat(24));
    talk(
        &mut wkly,
        &[
            ("57 4B 4C 59 09 00 83 01 82", "57 4B 4C 59 0B 00 83 00 01 00 80"),
            ("57 4B 4C 59 08 00 84 85", &all_open),
            ("57 4B 4C 59 08 00 84 86", ""),
        ],
    );
    wkly.board_faults(0).unsolicited = true;
    assert!(wkly.push_shut(0, 1, 0));
    assert_eq!(wkly.next_output(0).unwrap(), bytes("57 4B 4C 59 0A 00 85 01 01 86"));

    let mut winnsen = speaking(Firmware::Winnsen, BoardOptions::instant(1, 12));
    talk(
        &mut winnsen,
        &[
            ("90 06 05 01 05 03", "90 07 85 01 05 01 03"),
            ("90 07 02 01 FF 0F 03", "90 07 82 01 10 00 03"),
            ("90 07 02 02 FF 0F 03", ""),
            ("90 06 05 01 0D 03", "90 07 85 01 0D 00 03"),
        ],
    );
}

#[test]
fn relay_boards_do_what_the_wiki_says_in_both_framings() {
    let mut line = speaking(Firmware::ModbusRtu, BoardOptions::instant(1, 8));
    talk(
        &mut line,
        &[
            ("01 02 00 00 00 08 79 CC", "01 02 01 FF E1 C8"),
            ("01 05 02 00 00 07 8D B0", "01 05 02 00 00 07 8D B0"),
            ("01 02 00 00 00 08 79 CC", "01 02 01 FE 20 08"),
            ("01 01 00 00 00 08 3D CC", "01 01 01 01 90 48"),
            ("01 05 00 00 00 00 CD CA", "01 05 00 00 00 00 CD CA"),
            ("01 01 00 00 00 08 3D CC", "01 01 01 00 51 88"),
            ("01 05 00 FF FF 00 BC 0A", "01 05 00 FF FF 00 BC 0A"),
            ("01 01 00 00 00 08 3D CC", "01 01 01 FF 11 C8"),
            ("01 05 00 FF 00 00 FD FA", "01 05 00 FF 00 00 FD FA"),
            ("01 0F 00 00 00 08 01 FF BE D5", "01 0F 00 00 00 08 54 0D"),
            ("01 06 10 00 00 01 4C CA", "01 06 10 00 00 01 4C CA"),
            ("01 02 00 00 00 08 79 CD", ""),
        ],
    );
    assert_eq!(line.coil_pulses()[0], CoilPulse { at: 0, board: 1, lock: 1, pulse_ms: 700 });
    assert_eq!(line.mode(1, 1), Some(1));
    let mut line = speaking(Firmware::ModbusTcp, BoardOptions::instant(1, 8));
    talk(
        &mut line,
        &[
            ("12 34 00 00 00 06 01 01 00 00 00 08", "12 34 00 00 00 04 01 01 01 00"),
            ("12 35 00 00 00 06 01 02 00 00 00 09", "12 35 00 00 00 03 01 82 02"),
            ("12 36 00 00 00 06 01 07 00 00 00 09", "12 36 00 00 00 03 01 87 01"),
        ],
    );
}

#[test]
fn swapped_cables_open_and_tell_of_each_others_doors() {
    let mut line = board(BoardOptions::instant(1, 8));
    line.swap_cables(1, 1, 2);
    line.receive(&UNLOCK_1, 0);
    assert!(line.door(1, 2).unwrap().ajar && !line.door(1, 1).unwrap().ajar);
    line.next_output(0);
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap()[3], 0x00, "channel 1 tells of door 2");
    assert!(line.push_shut(1, 2, 0));
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap()[3], 0x11);
    line.cable(1, 1).coil = None;
    line.receive(&UNLOCK_1, 0);
    assert!((1..=8).all(|door| !line.door(1, door).unwrap().ajar), "a coil that is not connected");
    line.next_output(0);
    line.cable(1, 1).contact = None;
    assert_eq!(ask(&mut line, &READ_1, 0).unwrap()[3], 0x00, "a contact that is not connected");
}
