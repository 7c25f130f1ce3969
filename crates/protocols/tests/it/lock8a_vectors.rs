//! The byte vectors that vendors and independent drivers published.

use vestibule_protocols::lock8a::{
    Answer, BoardAddress, Contact, FrameError, LockNumber, Request, StatusBytes, StatusOrder, decode_answer,
    find_answer, find_changes,
};

use crate::bytes;

fn board(number: u8) -> BoardAddress {
    BoardAddress::new(number).unwrap()
}

fn lock(number: u8) -> LockNumber {
    LockNumber::new(number).unwrap()
}

fn unlock(number: u8) -> Request {
    Request::UnlockOne { board: board(1), lock: lock(number) }
}

#[test]
fn requests_are_the_published_bytes() {
    let table = [
        (1, "8A 01 01 11 9B"),
        (2, "8A 01 02 11 98"),
        (3, "8A 01 03 11 99"),
        (4, "8A 01 04 11 9E"),
        (5, "8A 01 05 11 9F"),
        (6, "8A 01 06 11 9C"),
        (7, "8A 01 07 11 9D"),
        (8, "8A 01 08 11 92"),
        (9, "8A 01 09 11 93"),
        (10, "8A 01 0A 11 90"),
        (11, "8A 01 0B 11 91"),
        (12, "8A 01 0C 11 96"),
    ];
    for (number, hex) in table {
        assert_eq!(unlock(number).encode().to_vec(), bytes(hex), "unlock {number}");
    }
    assert_eq!(
        Request::ReadOne { board: board(1), lock: lock(1) }.encode().to_vec(),
        bytes("80 01 01 33 B3")
    );
    assert_eq!(Request::ReadAll { board: board(1) }.encode().to_vec(), bytes("80 01 00 33 B2"));
}

#[test]
fn unlock_answers_are_the_published_bytes() {
    let answers = [
        "8A0101008A",
        "8A01020089",
        "8A01030088",
        "8A0104008F",
        "8A0105008E",
        "8A0106008D",
        "8A0107008C",
        "8A01080083",
        "8A01090082",
        "8A010A0081",
        "8A010B0080",
        "8A010C0087",
    ];
    for (number, hex) in (1..).zip(answers) {
        let expected = Answer::Unlock { board: board(1), lock: lock(number), contact: Contact::Open };
        assert_eq!(decode_answer(&bytes(hex)), Ok(expected), "{hex}");
        assert_eq!(find_answer(&bytes(hex), unlock(number), 0), Ok(Some(expected)), "{hex}");
    }
    let closed = Answer::Unlock { board: board(1), lock: lock(1), contact: Contact::Closed };
    assert_eq!(decode_answer(&bytes("8A 01 01 11 9B")), Ok(closed));
}

#[test]
fn state_and_change_answers_are_the_published_bytes() {
    let one = |contact| Answer::StateOne { board: board(1), lock: lock(1), contact };
    assert_eq!(decode_answer(&bytes("80 01 01 11 91")), Ok(one(Contact::Closed)));
    assert_eq!(decode_answer(&bytes("80 01 01 00 80")), Ok(one(Contact::Open)));
    let changed = |contact| Answer::Changed { board: board(1), lock: lock(1), contact };
    assert_eq!(decode_answer(&bytes("81 01 01 00 81")), Ok(changed(Contact::Open)));
    assert_eq!(decode_answer(&bytes("81 01 01 11 90")), Ok(changed(Contact::Closed)));
    assert_eq!(decode_answer(&bytes("82 01 01 11 93")), Ok(changed(Contact::Closed)));
}

#[test]
fn a_board_of_8_locks_answers_3_status_bytes() {
    let capture = bytes("80 01 00 00 00 33 B2");
    let Ok(Answer::StateAll { board: from, status }) = decode_answer(&capture) else { panic!("not a state") };
    assert_eq!((from, status.as_slice()), (board(1), &[0, 0, 0][..]));
    for number in 1..=8 {
        assert_eq!(status.contact(lock(number), StatusOrder::LastIsLow), Some(Contact::Open));
    }
    let found = find_answer(&capture, Request::ReadAll { board: board(1) }, 1);
    assert_eq!(found, Ok(Some(Answer::StateAll { board: board(1), status })));
}

#[test]
fn a_board_of_24_locks_has_lock_1_in_the_last_status_byte() {
    let status = StatusBytes::new(&[0x80, 0x02, 0x01]).unwrap();
    let closed: Vec<u8> = (1..=24)
        .filter(|number| status.contact(lock(*number), StatusOrder::LastIsLow) == Some(Contact::Closed))
        .collect();
    assert_eq!(closed, [1, 10, 24]);
    assert_eq!(status.contact(lock(25), StatusOrder::LastIsLow), None);
}

#[test]
fn a_board_of_50_locks_answers_11_bytes_with_lock_1_in_the_first() {
    // Channel 26 = byte 4, bit 1, as its author measured.
    let frame = bytes("80 01 00 00 00 02 00 00 00 33 B0");
    let Ok(Some(Answer::StateAll { status, .. })) =
        find_answer(&frame, Request::ReadAll { board: board(1) }, 7)
    else {
        panic!("not a state")
    };
    let closed: Vec<u8> = (1..=50)
        .filter(|number| status.contact(lock(*number), StatusOrder::FirstIsLow) == Some(Contact::Closed))
        .collect();
    assert_eq!(closed, [26]);
}

#[test]
fn the_published_frame_with_a_wrong_checksum_is_refused() {
    let wrong = bytes("8A 01 01 11 9A");
    assert_eq!(decode_answer(&wrong), Err(FrameError::Checksum { found: 0x9A, expected: 0x9B }));
    assert_eq!(find_answer(&wrong, unlock(1), 0), Ok(None));
    assert_eq!(decode_answer(&bytes("80 01 00 99 18")), Err(FrameError::Contact(0x99)), "published noise");
}

#[test]
fn garbage_before_between_and_after_is_skipped() {
    let read_all = Request::ReadAll { board: board(1) };
    for hex in [
        "FA FD 99 99 80 01 00 00 00 33 B2",
        "80 8A 80 01 00 00 00 33 B2 FF",
        "81 01 01 11 90 80 01 00 00 00 33 B2",
    ] {
        let found = find_answer(&bytes(hex), read_all, 3).unwrap();
        assert!(found.is_some_and(|answer| answer.answers(read_all)), "{hex}");
    }
    assert_eq!(find_changes(&bytes("FA 81 01 01 11 90 99")).collect::<Vec<_>>(), [board(1)]);
}

#[test]
fn an_answer_to_another_question_is_none_to_this() {
    for hex in
        ["80 02 00 00 00 33 B1", "80 01 01 00 80", "80 01 00 33 B2", "8A 01 01 00 8A", "80 01 00 00 33 B2"]
    {
        assert_eq!(find_answer(&bytes(hex), Request::ReadAll { board: board(1) }, 3), Ok(None), "{hex}");
    }
    for hex in ["8A 01 02 00 89", "8A 02 01 00 89", "80 01 01 00 80"] {
        assert_eq!(find_answer(&bytes(hex), unlock(1), 0), Ok(None), "{hex}");
    }
}

#[test]
fn two_different_answers_are_a_conflict() {
    let both = bytes("80 01 01 11 91 80 01 01 00 80");
    assert!(find_answer(&both, Request::ReadOne { board: board(1), lock: lock(1) }, 0).is_err());
    let twice = bytes("80 01 01 11 91 80 01 01 11 91");
    assert!(find_answer(&twice, Request::ReadOne { board: board(1), lock: lock(1) }, 0).unwrap().is_some());
}
