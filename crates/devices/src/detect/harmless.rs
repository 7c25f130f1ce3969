//! Keeps a question of one family from being an order in the language of another: nobody knows yet which of them listens.

use vestibule_protocols::{Decoded, kerong_cu, lock8a, modbus, winnsen, wkly};

type Reading = fn(&str, Option<u8>) -> Decoded;

const FAMILIES: [Reading; 5] = [
    lock8a::decode_for_people,
    kerong_cu::decode_for_people,
    wkly::decode_for_people,
    winnsen::decode_for_people,
    modbus::decode_for_people,
];

/// Frames that change nothing. All others unlock, switch or set something.
const QUIET: [&str; 11] = [
    "firmware_query",
    "state_one",
    "state_all",
    "changed",
    "relays",
    "inputs",
    "registers",
    "modes",
    "identity",
    "refusal",
    "unlock_answer",
];

/// No family has a shorter frame.
const SHORTEST: usize = 5;

/// Whether no board of any family finds an order in these bytes, wherever in them it begins to listen.
pub(super) fn is_harmless(bytes: &[u8]) -> bool {
    let words: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    let starts = 0..words.len();
    starts.flat_map(|start| (start + SHORTEST..=words.len()).map(move |end| (start, end))).all(
        |(start, end)| {
            let here = words[start..end].join(" ");
            FAMILIES.iter().all(|read| read(&here, None).kind.is_none_or(is_quiet))
        },
    )
}

fn is_quiet(kind: &str) -> bool {
    kind.starts_with("read_") || QUIET.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_unlocks_elsewhere_is_known() {
        // Reads all doors of Winnsen's station 149, and opens several locks of an 8A/80 board.
        assert!(!is_harmless(&[0x90, 0x07, 0x02, 0x95, 0xFF, 0xFF, 0x03]));
        assert!(is_harmless(&[0x90, 0x07, 0x02, 0x01, 0xFF, 0xFF, 0x03]));
        assert!(!is_harmless(&[0x8A, 0x01, 0x01, 0x11, 0x9B]));
        assert!(!is_harmless(&[0x00, 0x02, 0x00, 0x31, 0x03, 0x36]), "an order in the middle is one too");
    }
}
