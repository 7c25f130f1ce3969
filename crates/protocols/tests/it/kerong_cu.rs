//! Kerong CU12 and CU16: published vectors, and what holds for all inputs.

use proptest::prelude::*;
use vestibule_protocols::kerong_cu::{
    BoardAddress, Frame, FrameError, LockNumber, Request, State, checksum, decode, decode_for_people,
};

use crate::{bytes, hex_of, lock_states};

fn every_request() -> impl Iterator<Item = Request> {
    let boards = (0..=u8::MAX).filter_map(|number| BoardAddress::new(number).ok());
    boards.flat_map(|board| {
        let locks = (0..=u8::MAX).filter_map(|number| LockNumber::new(number).ok());
        locks.map(move |lock| Request::Unlock { board, lock }).chain([Request::ReadAll { board }])
    })
}

#[test]
fn the_published_frames_are_named() {
    let state = State { locks: [0xFF, 0xFF], occupied: [0, 0] };
    let table = [
        ("02 00 30 03 35", Frame::ReadAll { board: 0 }),
        ("02 00 31 03 36", Frame::Unlock { board: 0, lock: 1 }),
        ("02 00 32 03 37", Frame::ReadAll { board: 0 }),
        ("02 00 33 03 38", Frame::UnlockAll { board: 0 }),
        ("02 00 35 FF FF 00 00 03 38", Frame::StateAll { board: 0, state }),
        ("02 F0 32 03 27", Frame::ReadEveryBoard),
        ("02 20 37 00 1E 03 7A", Frame::SetPulse { board: 2, pulse_ms: 300 }),
        ("02 00 37 03 3C", Frame::ReadPulse { board: 0 }),
        ("02 00 39 05 03 43", Frame::SetDelay { board: 0, delay_s: 5 }),
        ("02 00 40 01 03 46", Frame::SetBaud { board: 0, choice: 1 }),
        ("F5 B6 00 00 5F 0A", Frame::ReadVersion { board: 0 }),
    ];
    for (hex, frame) in table {
        assert_eq!(decode(&bytes(hex)), Ok(frame), "{hex}");
        assert!(decode_for_people(hex, None).valid, "{hex}");
    }
    let state = State { locks: [0, 1], occupied: [0, 0] };
    assert_eq!(decode(&bytes("02 02 35 00 01 00 00 03 3D")), Ok(Frame::StateAll { board: 0, state }));
    assert_eq!(decode(&bytes("02 05 33 03 3D")), Err(FrameError::LockInBoardAddress(5)));
}

#[test]
fn requests_are_the_published_bytes() {
    let (board, lock) = (BoardAddress::new(0).unwrap(), LockNumber::new(1).unwrap());
    assert_eq!(Request::ReadAll { board }.encode().to_vec(), bytes("02 00 30 03 35"));
    assert_eq!(Request::Unlock { board, lock }.encode().to_vec(), bytes("02 00 31 03 36"));
}

#[test]
fn no_request_opens_more_than_one_lock_or_speaks_to_more_than_one_board() {
    let mut count = 0;
    for request in every_request() {
        let frame = decode(&request.encode()).unwrap();
        let expected = match request {
            Request::ReadAll { board } => Frame::ReadAll { board: board.get() },
            Request::Unlock { board, lock } => Frame::Unlock { board: board.get(), lock: lock.get() },
        };
        assert_eq!(frame, expected);
        assert_ne!(request.encode()[1] >> 4, 0x0F, "{request:?}: F0 is every board");
        count += 1;
    }
    assert_eq!(count, 15 * (16 + 1));
}

#[test]
fn a_state_lists_locks_from_1_and_answers_its_own_board_only() {
    let hex = "02 10 35 FE 7F 02 00 03 C9";
    let decoded = decode_for_people(hex, None);
    assert_eq!((decoded.kind, decoded.board, decoded.lock), (Some("state_all"), Some(1), None));
    assert_eq!(lock_states(&decoded, "open"), [1, 16]);
    assert_eq!(decoded.channels.unwrap().len(), 16);
    assert!(decoded.note.unwrap().ends_with("in 2"));
    assert_eq!(decode_for_people(hex, Some(12)).channels.unwrap().len(), 12);
    let frame = decode(&bytes(hex)).unwrap();
    let [zero, one] = [0, 1].map(|number| BoardAddress::new(number).unwrap());
    assert!(
        frame.answers(Request::ReadAll { board: one }) && !frame.answers(Request::ReadAll { board: zero })
    );
    assert!(!frame.answers(Request::Unlock { board: one, lock: LockNumber::new(1).unwrap() }));
}

#[test]
fn a_bad_frame_says_what_is_wrong_and_what_was_expected() {
    let table = [
        ("", "no bytes"),
        ("02 00 31 03", "the shortest frame has 5"),
        ("02 00 31 03 37", "checksum is 37, expected 36"),
        ("02 00 31 04 37", "byte before the checksum is 04, expected 03"),
        ("03 00 31 03 37", "starts with 03: expected 02"),
        ("02 00 34 03 39", "command is 34: expected 30"),
        ("02 00 35 FF FF 00 03 38", "command 35 has 9 bytes; this has 8"),
        ("02 05 33 03 3D", "low half is a lock"),
        ("02 00 39 FB 03 39", "delay in seconds is 251, expected 0 to 250"),
        ("F5 B6 00 00 5E 09", "version question"),
    ];
    for (hex, expected) in table {
        let decoded = decode_for_people(hex, None);
        let error = decoded.error.unwrap_or_default();
        assert!(!decoded.valid && error.contains(expected), "{hex}: {error:?}");
    }
    assert!(decode_for_people("02 00 30 03 35", Some(17)).error.unwrap().contains("17 channels"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_flipped_bit_is_always_found(board in 0u8..=15, locks: [u8; 2], occupied: [u8; 2], bit in 0usize..72) {
        let mut frame = vec![0x02, board << 4, 0x35, locks[0], locks[1], occupied[0], occupied[1], 0x03];
        frame.push(checksum(&frame));
        let expected = Frame::StateAll { board, state: State { locks, occupied } };
        prop_assert_eq!(decode(&frame), Ok(expected));
        frame[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(decode(&frame).is_err());
    }

    #[test]
    fn garbage_is_never_a_panic(noise in prop::collection::vec(prop_oneof![any::<u8>(), Just(0x02), Just(0x03), Just(0x35), Just(0xF5)], 0..24), channels: Option<u8>, sealed: bool) {
        let mut noise = noise;
        if sealed {
            noise.push(checksum(&noise));
        }
        let decoded = decode_for_people(&hex_of(&noise), channels);
        prop_assert_eq!(decoded.valid, decoded.error.is_none());
        prop_assert_eq!(decoded.valid, decoded.kind.is_some());
    }
}
