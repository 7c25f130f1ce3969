//! The export line: bytes survive, one spelling an event, every falsified line is found at its line.

use proptest::prelude::*;
use vestibule_ledger::{LineError, Sealed, decode_line, encode_line};

use crate::ledgers::{any_ledger, site};

fn lines(ledger: &[Sealed]) -> Vec<String> {
    ledger.iter().map(|event| encode_line(&event.envelope, &event.hash)).collect()
}

/// The number of lines that are good, reading from the first.
fn good_lines<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> usize {
    let mut verifier = vestibule_ledger::Verifier::new(site());
    let mut holds = |line: &[u8]| {
        let Ok(text) = std::str::from_utf8(line) else { return false };
        decode_line(text).is_ok_and(|(event, hash)| verifier.push(event.view(), &hash).is_ok())
    };
    lines.into_iter().take_while(|line| holds(line)).count()
}

fn one_line() -> String {
    let page = include_str!("../../../../docs/ledger.md");
    page.lines().find(|line| line.starts_with("{\"export\"")).expect("the page has an export").to_owned()
}

#[test]
fn another_spelling_of_a_good_line_is_refused() {
    let good = one_line();
    decode_line(&good).expect("the line is good");
    let respelled = [
        format!(" {good}"),
        format!("{good}\n"),
        good.replacen(':', ": ", 1),
        good.replacen("maple", "m\\u0061ple", 1),
        good.replacen("\"epoch\":1,\"seq\":1", "\"seq\":1,\"epoch\":1", 1),
    ];
    for line in respelled {
        assert!(matches!(decode_line(&line), Err(LineError::NotCanonical)), "{line}");
    }
}

#[test]
fn a_line_that_is_no_event_says_why() {
    let good = one_line();
    let json = |line: String| assert!(matches!(decode_line(&line), Err(LineError::Json(_))), "{line}");
    json(String::new());
    json(good[..good.len() - 1].to_owned());
    json(format!("{good}{good}"));
    json(good.replacen("\"seq\":1", "\"seq\":1.0", 1));
    json(good.replacen("\"seq\":1", "\"seq\":-1", 1));
    json(good.replacen("\"seq\":1", "\"seq\":1,\"seq\":2", 1));
    json(good.replacen("\"seq\":1", "\"seq\":1,\"note\":\"x\"", 1));
    json(good.replacen("\"seq\":1,", "", 1));
    let form = good.replacen("\"export\":1", "\"export\":2", 1);
    assert!(matches!(decode_line(&form), Err(LineError::Form { found: 2 })));
    let key = good.replacen("maple-court", "Maple Court", 1);
    assert!(matches!(decode_line(&key), Err(LineError::Site(_))));
    for (from, to, name) in [
        ("\"7b22", "\"7B22", "payload"),
        ("\"7b22", "\"b22", "payload"),
        ("\"ea13", "\"ea1", "prev_hash"),
        ("\"a4ce", "\"4ce", "hash"),
    ] {
        let line = good.replacen(from, to, 1);
        assert!(matches!(decode_line(&line), Err(LineError::Hex { field }) if field == name), "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_event_survives_its_line(ledger in any_ledger(1..4)) {
        for event in ledger {
            let line = encode_line(&event.envelope, &event.hash);
            prop_assert!(!line.contains(['\n', '\r']));
            prop_assert_eq!(decode_line(&line).expect("a good line"), (event.envelope, event.hash));
        }
    }

    #[test]
    fn any_flipped_bit_in_a_file_is_found_in_its_line(ledger in any_ledger(1..6), line: usize, byte: usize, bit in 0_u32..8) {
        let mut file: Vec<Vec<u8>> = lines(&ledger).into_iter().map(String::into_bytes).collect();
        let line = line % file.len();
        let byte = byte % file[line].len();
        file[line][byte] ^= 1 << bit;
        prop_assert_eq!(good_lines(file.iter().map(Vec::as_slice)), line);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in ".{0,60}") {
        prop_assert!(decode_line(&text).is_err());
    }
}
