//! What holds for all inputs: numbers are checked, nothing dangerous can be said, garbage is harmless.

use proptest::prelude::*;
use vestibule_protocols::Millis;
use vestibule_protocols::lock8a::{
    Answer, BoardAddress, Contact, LockNumber, Request, Session, SessionEvent, SessionInput, StatusBytes,
    StatusOrder, Timing, checksum, decode_answer, decode_for_people, find_answer, find_changes,
};

fn every_request() -> impl Iterator<Item = Request> {
    let boards = (0..=u8::MAX).filter_map(|number| BoardAddress::new(number).ok());
    boards.flat_map(|board| {
        let locks = (0..=u8::MAX).filter_map(|number| LockNumber::new(number).ok());
        let one = locks
            .flat_map(move |lock| [Request::ReadOne { board, lock }, Request::UnlockOne { board, lock }]);
        one.chain([Request::ReadAll { board }])
    })
}

#[test]
fn exactly_the_real_numbers_are_accepted() {
    for number in 0..=u8::MAX {
        assert_eq!(BoardAddress::new(number).is_ok(), (1..=31).contains(&number), "board {number}");
        assert_eq!(LockNumber::new(number).is_ok(), (1..=50).contains(&number), "lock {number}");
    }
}

#[test]
fn no_request_opens_more_than_one_lock_or_speaks_to_more_than_one_board() {
    let mut count = 0;
    for request in every_request() {
        let [header, board, lock, order, sum] = request.encode();
        assert!((1..=31).contains(&board), "{request:?}");
        assert_eq!(sum, header ^ board ^ lock ^ order, "{request:?}");
        match header {
            0x8A => assert!((1..=50).contains(&lock) && order == 0x11, "{request:?}"),
            0x80 => assert!(lock <= 50 && order == 0x33, "{request:?}"),
            _ => panic!("{request:?} starts with {header:02X}"),
        }
        count += 1;
    }
    assert_eq!(count, 31 * (50 * 2 + 1));
}

#[test]
fn every_request_reads_back_as_itself_for_people() {
    for request in every_request() {
        let hex: String = request.encode().iter().map(|byte| format!("{byte:02X} ")).collect();
        let decoded = decode_for_people(&hex, None);
        let expected = match request {
            Request::ReadOne { board, lock } => ("read_one", board.get(), Some(lock.get())),
            Request::ReadAll { board } => ("read_all", board.get(), None),
            Request::UnlockOne { board, lock } => ("unlock", board.get(), Some(lock.get())),
        };
        assert_eq!((decoded.kind.unwrap(), decoded.board.unwrap(), decoded.lock), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn status_bytes_round_trip(board in 1u8..=31, status in prop::collection::vec(any::<u8>(), 2..=7), noise in prop::collection::vec(0xA0u8..=0xFF, 0..8)) {
        let board = BoardAddress::new(board).unwrap();
        let mut frame = vec![0x80, board.get()];
        frame.extend(&status);
        frame.push(0x33);
        frame.push(checksum(&frame));
        let expected = Answer::StateAll { board, status: StatusBytes::new(&status).unwrap() };
        prop_assert_eq!(decode_answer(&frame), Ok(expected));
        let noisy = [noise, frame].concat();
        prop_assert_eq!(find_answer(&noisy, Request::ReadAll { board }, status.len()), Ok(Some(expected)));
        let both = StatusBytes::new(&status).unwrap();
        let mirrored: Vec<u8> = status.iter().rev().copied().collect();
        let mirrored = StatusBytes::new(&mirrored).unwrap();
        for lock in (1..=50).map(|number| LockNumber::new(number).unwrap()) {
            prop_assert_eq!(both.contact(lock, StatusOrder::FirstIsLow), mirrored.contact(lock, StatusOrder::LastIsLow));
        }
    }

    #[test]
    fn one_flipped_bit_is_always_found(board in 1u8..=31, lock in 1u8..=50, closed: bool, bit in 0usize..40) {
        let mut frame = vec![0x80, board, lock, if closed { 0x11 } else { 0x00 }];
        frame.push(checksum(&frame));
        let contact = if closed { Contact::Closed } else { Contact::Open };
        let expected = Answer::StateOne { board: BoardAddress::new(board).unwrap(), lock: LockNumber::new(lock).unwrap(), contact };
        prop_assert_eq!(decode_answer(&frame), Ok(expected));
        frame[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(decode_answer(&frame).is_err());
    }

    #[test]
    fn garbage_is_never_a_panic(noise in prop::collection::vec(prop_oneof![any::<u8>(), Just(0x80), Just(0x8A), Just(0x81), Just(0x33), Just(0x01)], 0..64), text in ".{0,40}", channels: Option<u8>) {
        let board = BoardAddress::new(1).unwrap();
        let _ = decode_answer(&noise);
        let _ = find_answer(&noise, Request::ReadAll { board }, 3);
        let _ = find_changes(&noise).count();
        let hex: String = noise.iter().map(|byte| format!("{byte:02x}")).collect();
        for decoded in [decode_for_people(&hex, channels), decode_for_people(&text, channels)] {
            prop_assert_eq!(decoded.valid, decoded.kind.is_some());
            prop_assert_eq!(decoded.valid, decoded.error.is_none());
        }
    }

    /// Whatever comes at whatever time, a question gets exactly one end, and in time.
    #[test]
    fn a_session_always_comes_to_an_end(steps in prop::collection::vec((0u64..120, prop::collection::vec(any::<u8>(), 0..12)), 1..40)) {
        let board = BoardAddress::new(1).unwrap();
        let mut session = Session::new(Timing::new(250, 5).unwrap());
        let mut now = Millis(0);
        session.handle(SessionInput::Opened, now);
        let mut asked: Option<Millis> = None;
        for (wait, noise) in steps {
            now = now.plus(wait);
            session.handle(SessionInput::Received(&noise), now);
            while let Some(event) = session.poll_event() {
                match event {
                    SessionEvent::Answered { .. } | SessionEvent::Failed { .. } => prop_assert!(asked.take().is_some()),
                    SessionEvent::ReopenWanted => session.handle(SessionInput::Opened, now),
                    SessionEvent::Sent { .. } | SessionEvent::Changed { .. } | SessionEvent::Noise => {}
                }
            }
            prop_assert!(asked.is_none_or(|at| now.since(at) < 250));
            if session.is_ready(now) {
                prop_assert!(asked.is_none());
                let lock = LockNumber::new((now.0 % 50) as u8 + 1).unwrap();
                if session.begin(Request::ReadOne { board, lock }, 0, now).is_ok() {
                    prop_assert!(session.poll_transmit().is_some());
                    asked = Some(now);
                }
            }
        }
    }
}
