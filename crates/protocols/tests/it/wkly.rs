//! WKLY boards: published vectors, and what holds for all inputs.

use proptest::prelude::*;
use vestibule_protocols::wkly::{
    BoardAddress, Door, Frame, LockNumber, Order, Outcome, Request, checksum, decode, decode_for_people,
};

use crate::{bytes, hex_of, lock_states};

fn board(number: u8) -> BoardAddress {
    BoardAddress::new(number).unwrap()
}

fn lock(number: u8) -> LockNumber {
    LockNumber::new(number).unwrap()
}

/// A frame with this address, command and data.
fn sealed(address: u8, command: u8, data: &[u8]) -> Vec<u8> {
    let mut frame = b"WKLY".to_vec();
    frame.extend([u8::try_from(8 + data.len()).unwrap(), address, command]);
    frame.extend(data);
    frame.push(checksum(&frame));
    frame
}

#[test]
fn requests_are_the_published_bytes() {
    let (board, lock) = (board(0), lock(1));
    assert_eq!(Request::Unlock { board, lock }.encode(), bytes("57 4B 4C 59 09 00 82 01 83"));
    assert_eq!(Request::ReadOne { board, lock }.encode(), bytes("57 4B 4C 59 09 00 83 01 82"));
    assert_eq!(Request::ReadAll { board }.encode(), bytes("57 4B 4C 59 08 00 84 85"));
}

#[test]
fn the_published_frames_are_named() {
    let table = [
        ("57 4B 4C 59 09 00 82 01 83", "unlock", Some(1), None),
        ("57 4B 4C 59 0B 00 82 00 01 00 81", "unlock_answer", Some(1), Some("open")),
        ("57 4B 4C 59 09 00 83 01 82", "read_one", Some(1), None),
        ("57 4B 4C 59 0B 00 83 00 01 00 80", "state_one", Some(1), Some("open")),
        ("57 4B 4C 59 08 00 84 85", "read_all", None, None),
        ("57 4B 4C 59 0C 00 80 03 01 02 03 86", "unlock_several", None, None),
        ("57 4B 4C 59 09 00 80 00 80", "unlock_several_answer", None, None),
        ("57 4B 4C 59 09 00 81 01 80", "flash", Some(1), None),
        ("57 4B 4C 59 0A 00 81 00 01 83", "flash_answer", Some(1), None),
        ("57 4B 4C 59 08 00 86 87", "unlock_all", None, None),
        ("57 4B 4C 59 09 00 86 00 86", "unlock_all_answer", None, None),
        ("57 4B 4C 59 0A 00 85 01 01 86", "changed", Some(1), Some("closed")),
        ("57 4B 4C 59 0A 00 85 02 00 84", "changed", Some(2), Some("open")),
    ];
    for (hex, kind, lock, state) in table {
        let decoded = decode_for_people(hex, None);
        assert_eq!(decoded.error, None, "{hex}");
        assert_eq!((decoded.kind, decoded.board, decoded.lock), (Some(kind), Some(0), lock), "{hex}");
        let found = decoded.channels.as_ref().and_then(|states| states.get(&lock?).copied());
        assert_eq!(found, state, "{hex}");
    }
    let [hold, hold_answer] =
        [sealed(3, 0x88, &[7]), sealed(3, 0x89, &[0xFF, 7])].map(|frame| decode(&frame).unwrap());
    assert_eq!(hold, Frame::One { board: board(3), order: Order::HoldOn, lock: lock(7) });
    let (order, outcome) = (Order::HoldOff, Outcome::Failed);
    assert_eq!(hold_answer, Frame::OneAnswer { board: board(3), order, lock: lock(7), outcome, door: None });
    let in_turn = decode(&sealed(3, 0x87, &[2, 9, 8])).unwrap();
    let locks = vec![lock(9), lock(8)];
    assert_eq!(in_turn, Frame::UnlockSeveral { board: board(3), is_in_turn: true, locks });
}

#[test]
fn a_board_of_24_locks_answers_24_doors() {
    let published = [bytes("57 4B 4C 59 22 00 84 00 18"), vec![0; 24], bytes("B7")].concat();
    let decoded = decode_for_people(&hex_of(&published), None);
    assert_eq!(lock_states(&decoded, "open"), (1..=24).collect::<Vec<u8>>());
    let frame = decode(&published).unwrap();
    assert!(frame.answers(Request::ReadAll { board: board(0) }));
    assert!(!frame.answers(Request::ReadAll { board: board(1) }));
    let decoded = decode_for_people(&hex_of(&sealed(5, 0x84, &[0, 3, 1, 0, 1])), None);
    assert_eq!(lock_states(&decoded, "open"), [2]);
    assert_eq!(decode_for_people(&hex_of(&published), Some(8)).channels.unwrap().len(), 8);
}

#[test]
fn an_answer_to_another_question_is_none_to_this() {
    let unlocked = decode(&bytes("57 4B 4C 59 0B 00 82 00 01 00 81")).unwrap();
    let (zero, one) = (board(0), lock(1));
    assert!(unlocked.answers(Request::Unlock { board: zero, lock: one }));
    assert!(!unlocked.answers(Request::Unlock { board: zero, lock: lock(2) }));
    assert!(!unlocked.answers(Request::Unlock { board: board(1), lock: one }));
    assert!(!unlocked.answers(Request::ReadOne { board: zero, lock: one }));
    let read = decode(&bytes("57 4B 4C 59 0B 00 83 00 01 00 80")).unwrap();
    assert!(read.answers(Request::ReadOne { board: zero, lock: one }));
    let changed = decode(&bytes("57 4B 4C 59 0A 00 85 01 01 86")).unwrap();
    assert_eq!(changed, Frame::Changed { board: zero, lock: one, door: Door::Closed });
    assert!(!changed.answers(Request::ReadOne { board: zero, lock: one }));
}

#[test]
fn no_request_opens_more_than_one_lock_or_speaks_to_more_than_one_board() {
    let mut count = 0;
    for board in (0..=u8::MAX).filter_map(|number| BoardAddress::new(number).ok()) {
        let read = Request::ReadAll { board };
        assert_eq!(decode(&read.encode()), Ok(Frame::ReadAll { board }));
        count += 1;
        for lock in (0..=u8::MAX).filter_map(|number| LockNumber::new(number).ok()) {
            let unlock = Request::Unlock { board, lock };
            assert_eq!(decode(&unlock.encode()), Ok(Frame::One { board, order: Order::Unlock, lock }));
            let read = Request::ReadOne { board, lock };
            assert_eq!(decode(&read.encode()), Ok(Frame::One { board, order: Order::Read, lock }));
            assert_eq!((unlock.board(), read.board()), (board, board));
            assert!(board.get() <= 31 && (1..=50).contains(&lock.get()));
            count += 2;
        }
    }
    assert_eq!(count, 32 * (50 * 2 + 1));
}

#[test]
fn a_bad_frame_says_what_is_wrong_and_what_was_expected() {
    let table = [
        (String::new(), "no bytes"),
        ("57 4B 4C 59 0A 00 85 02 00 86".to_owned(), "checksum is 86, expected 84"),
        ("57 4B 4C 58 08 00 84 85".to_owned(), "does not start with 57 4B 4C 59"),
        ("57 4B 4C 59 08 00".to_owned(), "the shortest frame has 8"),
        ("57 4B 4C 59 09 00 84 85".to_owned(), "length byte is 09, which is 9 bytes; this has 8"),
        (hex_of(&sealed(32, 0x84, &[])), "board 32 does not exist: expected 0 to 31"),
        (hex_of(&sealed(0, 0x82, &[0])), "lock 0 does not exist: expected 1 to 50"),
        (hex_of(&sealed(0, 0x8A, &[0])), "command is 8A: expected 80 to 89"),
        (hex_of(&sealed(0, 0x82, &[0, 1])), "command 82 with 2 data bytes"),
        (hex_of(&sealed(0, 0x80, &[3, 1])), "count is 3, but 1 follow"),
        (hex_of(&sealed(0, 0x83, &[2, 1, 0])), "result is 02"),
        (hex_of(&sealed(0, 0x83, &[0, 1, 2])), "door byte is 02"),
    ];
    for (hex, expected) in table {
        let decoded = decode_for_people(&hex, None);
        let error = decoded.error.unwrap_or_default();
        assert!(!decoded.valid && error.contains(expected), "{hex}: {error:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_flipped_bit_is_always_found(address in 0u8..=31, lock in 1u8..=50, state in 0u8..=1, bit in 0usize..88) {
        let mut frame = sealed(address, 0x83, &[0, lock, state]);
        prop_assert!(decode(&frame).is_ok());
        frame[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(decode(&frame).is_err());
    }

    #[test]
    fn garbage_is_never_a_panic(noise in prop::collection::vec(any::<u8>(), 0..24), address in 0u8..=33, command in 0x7Fu8..=0x8B, data in prop::collection::vec(0u8..=4, 0..8), channels: Option<u8>) {
        for bytes in [noise, sealed(address, command, &data)] {
            let decoded = decode_for_people(&hex_of(&bytes), channels);
            prop_assert_eq!(decoded.valid, decoded.error.is_none());
            prop_assert_eq!(decoded.valid, decoded.kind.is_some());
        }
    }
}
