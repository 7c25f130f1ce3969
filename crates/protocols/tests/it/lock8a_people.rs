//! `bus decode`: any frame of the family explained, and what is wrong with the others.

use vestibule_protocols::Decoded;
use vestibule_protocols::lock8a::decode_for_people;

/// `kind board lock open-locks` on one line, or the error.
fn summary(hex: &str, channels: Option<u8>) -> String {
    let Decoded { valid, kind, board, lock, channels, error, .. } = decode_for_people(hex, channels);
    assert_eq!(valid, error.is_none(), "{hex}");
    if let Some(error) = error {
        return error;
    }
    let states = channels.map(|map| {
        let open: Vec<u8> =
            map.iter().filter(|(_, state)| **state == "open").map(|(lock, _)| *lock).collect();
        format!(" {} locks, open {open:?}", map.len())
    });
    let lock = lock.map(|lock| format!(" lock {lock}")).unwrap_or_default();
    format!("{} board {}{lock}{}", kind.unwrap(), board.unwrap(), states.unwrap_or_default())
}

#[test]
fn every_published_form_is_named() {
    let table = [
        ("8A 01 01 11 9B", "unlock board 1 lock 1"),
        ("8A 01 01 00 8A", "unlock_answer board 1 lock 1 1 locks, open [1]"),
        ("8A 01 0C 00 87", "unlock_answer board 1 lock 12 1 locks, open [12]"),
        ("8A 01 01 11 05 9E", "unlock_timed board 1 lock 1"),
        ("8A 01 00 11 9A", "unlock_all board 1"),
        ("80 01 01 33 B3", "read_one board 1 lock 1"),
        ("80 01 00 33 B2", "read_all board 1"),
        ("80 01 01 11 91", "state_one board 1 lock 1 1 locks, open []"),
        ("80 01 01 00 80", "state_one board 1 lock 1 1 locks, open [1]"),
        ("90 01 02 02 02 93", "unlock_several board 1"),
        ("9A 01 01 11 8B", "hold_on board 1 lock 1"),
        ("9B 01 01 11 8A", "hold_off board 1 lock 1"),
        ("82 01 00 22 A1", "firmware_query board 1"),
        ("81 01 01 00 81", "changed board 1 lock 1 1 locks, open [1]"),
        ("81 01 01 11 90", "changed board 1 lock 1 1 locks, open []"),
        ("82 01 01 11 93", "changed board 1 lock 1 1 locks, open []"),
        ("80 01 FF FF FE 33 4C", "state_all board 1 24 locks, open [1]"),
        ("80 01 FE FF FF FF FF FF FF 33 4C", "state_all board 1 50 locks, open [1]"),
    ];
    for (hex, expected) in table {
        assert_eq!(summary(hex, None), expected, "{hex}");
    }
}

#[test]
fn channels_say_how_many_locks_are_listed() {
    assert_eq!(
        summary("80 01 00 00 00 33 B2", Some(8)),
        "state_all board 1 8 locks, open [1, 2, 3, 4, 5, 6, 7, 8]"
    );
    assert_eq!(summary("80 01 00 00 00 33 B2", Some(50)), "the frame carries 24 locks, expected 50");
    assert_eq!(summary("80 01 09 33 BB", Some(8)), "lock 9 on a board of 8: expected 1 to 8");
    assert_eq!(summary("80 01 00 33 B2", Some(0)), "0 channels: expected 1 to 50");
    assert_eq!(summary("80 01 00 33 B2", Some(51)), "51 channels: expected 1 to 50");
}

#[test]
fn hexadecimal_may_be_written_in_any_usual_way() {
    for hex in
        ["8a0101009B", "8A:01:01:11:9b", " 0x8A 0x01 0X01,0x11\t0x9B\n", "0x8A0101119B", "8A-01-01-11-9B"]
    {
        let decoded = decode_for_people(hex, None);
        assert_eq!(decoded.valid, hex != "8a0101009B", "{hex}: {decoded:?}");
    }
}

#[test]
fn a_bad_frame_says_what_is_wrong_and_what_was_expected() {
    let table = [
        ("8A 01 01 11 9A", "checksum is 9A, expected 9B"),
        ("", "no bytes: expected a frame"),
        ("8A 01 01 11", "has 5 bytes, 6 with a pulse time; this has 4"),
        ("8A 01 01 11 9G", "'G' in \"9G\" is not hexadecimal"),
        ("8A 1", "\"1\" has 1 digits: expected two for each byte"),
        ("0x", "expected two for each byte"),
        ("80 01 00 99 18", "fourth byte is 99, expected 00 (contact open) or 11 (contact closed)"),
        ("8A 00 01 11 9A", "board 0 does not exist: expected 1 to 31"),
        ("8A 20 01 11 BA", "board 32 does not exist: expected 1 to 31"),
        ("80 01 33 33 81", "lock 51 does not exist: expected 1 to 50"),
        ("80 01 00 00 00 34 B5", "byte before the checksum is 34, expected 33"),
        ("8A 01 01 11 0A 91", "pulse time is 0A, expected 01 to 09 seconds"),
        ("9A 01 01 12 88", "fourth byte is 12, expected 11"),
        ("02 00 30 03 35", "starts with 02: expected 80"),
    ];
    for (hex, expected) in table {
        let decoded = decode_for_people(hex, None);
        let error = decoded.error.clone().unwrap_or_default();
        assert!(!decoded.valid && error.contains(expected), "{hex}: {error:?}");
        assert_eq!(Decoded { error: decoded.error.clone(), ..Decoded::default() }, decoded, "{hex}");
    }
}

#[test]
fn noise_in_front_is_skipped_and_told() {
    let decoded = decode_for_people("FA FD 99 99 80 01 00 00 00 33 B2", Some(8));
    assert_eq!(decoded.kind, Some("state_all"));
    assert!(decoded.note.unwrap().contains("4 bytes of noise"));
}

#[test]
fn an_unlock_that_could_be_an_answer_says_so() {
    let decoded = decode_for_people("8A 01 01 11 9B", None);
    assert_eq!((decoded.kind, decoded.channels), (Some("unlock"), None));
    assert!(decoded.note.unwrap().contains("same bytes"));
}
