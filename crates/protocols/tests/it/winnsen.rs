//! Winnsen boards: published vectors, and what holds for all inputs.

use proptest::prelude::*;
use vestibule_protocols::winnsen::{
    Frame, FrameError, LockNumber, Request, Station, UnlockResult, decode, decode_for_people,
};

use crate::{bytes, hex_of, lock_states};

fn station(number: u8) -> Station {
    Station::new(number).unwrap()
}

fn lock(number: u8) -> LockNumber {
    LockNumber::new(number).unwrap()
}

#[test]
fn the_published_frames_are_named_and_written() {
    let unlock = Request::Unlock { station: station(1), lock: lock(5) };
    assert_eq!(unlock.encode(), bytes("90 06 05 01 05 03"));
    let read = Request::ReadAll { station: station(2), last: lock(12) };
    assert_eq!(read.encode(), bytes("90 07 02 02 FF 0F 03"));
    assert_eq!(decode(&read.encode()), Ok(Frame::ReadAll { station: station(2), mask: 0x0FFF }));
    let opened = Frame::UnlockAnswer { station: station(1), lock: lock(5), result: UnlockResult::Opened };
    for hex in ["90 07 85 01 05 01 03", "90 07 A5 01 05 01 03"] {
        assert_eq!(decode(&bytes(hex)), Ok(opened), "{hex}");
        assert!(opened.answers(unlock) && !opened.answers(read));
        let decoded = decode_for_people(hex, None);
        assert_eq!((decoded.kind, decoded.board, decoded.lock), (Some("unlock_answer"), Some(1), Some(5)));
        assert_eq!(lock_states(&decoded, "open"), [5]);
    }
    assert!(!opened.answers(Request::Unlock { station: station(1), lock: lock(4) }));
    let failed = decode_for_people("90 07 85 01 05 00 03", None);
    assert_eq!(lock_states(&failed, "closed"), [5]);
    assert_eq!(decode_for_people("90 07 85 01 05 02 03", None).channels, None);
}

#[test]
fn a_state_has_bit_1_for_open_and_is_believed_when_read_twice() {
    for hex in ["90 07 82 02 01 80 03", "90 07 A2 02 01 80 03"] {
        let decoded = decode_for_people(hex, None);
        assert_eq!((decoded.kind, decoded.board), (Some("state_all"), Some(2)));
        assert_eq!(lock_states(&decoded, "open"), [1, 16]);
        assert_eq!(lock_states(&decoded, "closed").len(), 14);
    }
    let [first, same, other] = ["90 07 82 02 01 80 03", "90 07 82 02 01 80 03", "90 07 82 02 01 00 03"]
        .map(|hex| decode(&bytes(hex)).unwrap());
    assert!(same.confirms(first) && !other.confirms(first));
    let unlock = decode(&bytes("90 06 05 01 05 03")).unwrap();
    assert!(!unlock.confirms(unlock));
    assert!(first.answers(Request::ReadAll { station: station(2), last: lock(16) }));
    assert!(!first.answers(Request::ReadAll { station: station(3), last: lock(16) }));
}

#[test]
fn no_request_opens_more_than_one_lock_or_speaks_to_more_than_one_board() {
    let mut count = 0;
    for station in (0..=u8::MAX).filter_map(|number| Station::new(number).ok()) {
        for lock in (0..=u8::MAX).filter_map(|number| LockNumber::new(number).ok()) {
            assert!(station.get() != 0 && (1..=16).contains(&lock.get()));
            let unlock = Request::Unlock { station, lock };
            assert_eq!(unlock.encode().len(), 6);
            assert_eq!(decode(&unlock.encode()), Ok(Frame::Unlock { station, lock }));
            let read = Request::ReadAll { station, last: lock };
            let mask = u16::try_from((1u32 << lock.get()) - 1).unwrap();
            assert_eq!(decode(&read.encode()), Ok(Frame::ReadAll { station, mask }));
            assert_eq!((unlock.station(), read.station()), (station, station));
            count += 2;
        }
    }
    assert_eq!(count, 255 * 16 * 2);
}

#[test]
fn a_bad_frame_says_what_is_wrong_and_what_was_expected() {
    let table = [
        ("", "no bytes"),
        ("90 06 05 01", "the shortest frame has 6"),
        ("91 06 05 01 05 03", "starts with 91: expected 90"),
        ("90 07 05 01 05 03", "length byte is 07; this has 6 bytes"),
        ("90 06 85 01 05 03", "function 85 has 7 bytes; this has 6"),
        ("90 06 05 01 05 04", "last byte is 04, expected 03"),
        ("90 06 06 01 05 03", "function is 06: expected 02"),
        ("90 06 05 00 05 03", "station 0 does not exist: expected 1 to 255"),
        ("90 06 05 01 11 03", "lock 17 does not exist: expected 1 to 16"),
        ("90 06 05 01 00 03", "lock 0 does not exist"),
        ("90 07 85 01 05 03 03", "result is 03"),
        ("90 07 02 01 00 00 03", "asks about no lock"),
    ];
    for (hex, expected) in table {
        let decoded = decode_for_people(hex, None);
        let error = decoded.error.unwrap_or_default();
        assert!(!decoded.valid && error.contains(expected), "{hex}: {error:?}");
    }
    assert_eq!(decode(&[0x90]), Err(FrameError::Short(1)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbage_is_never_a_panic_and_no_state_confirms_another(noise in prop::collection::vec(prop_oneof![any::<u8>(), Just(0x90), Just(0x07), Just(0x82), Just(0x03)], 0..12), channels: Option<u8>, state: u16, bit in 0usize..56) {
        let decoded = decode_for_people(&hex_of(&noise), channels);
        prop_assert_eq!(decoded.valid, decoded.error.is_none());
        prop_assert_eq!(decoded.valid, decoded.kind.is_some());
        let [low, high] = state.to_le_bytes();
        let mut frame = vec![0x90, 0x07, 0x82, 0x01, low, high, 0x03];
        let first = decode(&frame).unwrap();
        frame[bit / 8] ^= 1 << (bit % 8);
        // `82` and `A2` are one bit apart and mean the same.
        let is_same = (bit / 8, bit % 8) == (2, 5);
        prop_assert_eq!(decode(&frame).is_ok_and(|second| second.confirms(first)), is_same);
    }
}
