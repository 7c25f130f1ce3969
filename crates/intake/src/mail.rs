//! Tracking numbers in a text: in the message of a carrier that somebody forwards, or in a list that somebody pastes.
//!
//! ```text
//! news       whether the message says that they are still on their way, and when it was sent
//! ```
//! Owns finding them and the limits of what is looked at. In a list every line is meant as a number; in a message only what is
//! proven counts: numbers of orders and telephones stand beside them. Never says that anything was delivered.

pub mod news;

use crate::carrier::Carrier;
use crate::symbol::tracking_number;
use crate::tracking::{Check, plain, recognise};

/// Of a longer text the rest is not looked at, in bytes.
pub const TEXT_MOST: usize = 128 << 10;
/// So many numbers are taken from one text.
pub const NUMBERS_MOST: usize = 50;
/// A number printed in groups has no more letters and digits than this.
const RUN_MOST: usize = 34;
/// So many groups.
const GROUPS_MOST: usize = 12;
/// So far before a number a word may stand that says what it is, in bytes.
const NEAR: usize = 120;
/// What is said before a number that is a tracking number, in lower case.
const SAID_BEFORE: [&str; 4] = ["track", "seguimiento", "rastreo", "gu\u{ed}a"];

/// A number that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Capitals and digits.
    pub number: String,
    /// The company that its form proves, or that the text names.
    pub carrier: Option<Carrier>,
}

/// What a pasted list came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The numbers, each once, in the order of the list.
    pub found: Vec<Found>,
    /// What is no number.
    pub others: Vec<String>,
    /// There were more than are taken at once.
    pub more: bool,
}

/// Reads a list: a number a line, or several with commas or semicolons between them.
pub fn in_list(text: &str) -> Listed {
    let mut listed = Listed::default();
    for part in looked_at(text).split(['\n', '\r', ',', ';', '\t']).map(str::trim) {
        if part.is_empty() {
            continue;
        }
        if listed.found.len() + listed.others.len() >= NUMBERS_MOST {
            listed.more = true;
            break;
        }
        match tracking_number(part) {
            Some((number, carrier)) => add(&mut listed.found, Found { number, carrier }),
            None => listed.others.push(part.chars().take(RUN_MOST).collect()),
        }
    }
    listed
}

/// Finds the numbers of a message, each once.
pub fn in_message(text: &str) -> Vec<Found> {
    let text = unfolded(looked_at(text));
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_start(&text, at) {
        if found.len() >= NUMBERS_MOST {
            break;
        }
        at = match number_at(&text, start, &lower) {
            Some((number, end)) => {
                add(&mut found, number);
                end
            }
            None => end_of_word(&text, start),
        };
    }
    found
}

fn add(found: &mut Vec<Found>, number: Found) {
    if found.iter().all(|known| known.number != number.number) {
        found.push(number);
    }
}

fn looked_at(text: &str) -> &str {
    let mut end = text.len().min(TEXT_MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Lines that mail folded, and the equals signs it wrote otherwise (RFC 2045, 6.7).
fn unfolded(text: &str) -> String {
    text.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=").replace("=20", " ")
}

/// The next word with a digit in it.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let start = at + rest.find(|c: char| c.is_ascii_alphanumeric())?;
        let end = end_of_word(text, start);
        if text[start..end].bytes().any(|byte| byte.is_ascii_digit()) {
            return Some(start);
        }
        at = end;
    }
}

fn end_of_word(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    start + rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
}

/// The longest run of groups from here that is a number: groups stand one blank or dash apart.
fn number_at(text: &str, start: usize, lower: &str) -> Option<(Found, usize)> {
    let mut ends = Vec::new();
    let mut end = end_of_word(text, start);
    while ends.len() < GROUPS_MOST && end - start <= RUN_MOST + GROUPS_MOST {
        ends.push(end);
        let next = end + 1;
        let is_joined = matches!(text.as_bytes().get(end), Some(b' ' | b'-'))
            && text.as_bytes().get(next).is_some_and(u8::is_ascii_alphanumeric);
        if !is_joined {
            break;
        }
        end = end_of_word(text, next);
    }
    let is_number = |end: &usize| number(&text[start..*end], (lower, start)).map(|found| (found, *end));
    ends.iter().rev().find_map(is_number)
}

fn number(run: &str, (lower, at): (&str, usize)) -> Option<Found> {
    let read = recognise(run);
    if !(8..=RUN_MOST).contains(&read.normalized.len()) {
        return None;
    }
    if let Some(carrier) = read.proven() {
        return Some(Found { number: read.number().to_owned(), carrier: Some(carrier) });
    }
    let checked = read.candidates.iter().filter(|candidate| candidate.check == Check::Ok);
    let named = checked.map(|candidate| candidate.carrier).find(|carrier| names(lower, *carrier))?;
    let is_whole = run.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ' || byte == b'-');
    (is_whole && is_said(lower, at)).then(|| Found { number: plain(run), carrier: Some(named) })
}

/// Whether the text names the company.
fn names(lower: &str, carrier: Carrier) -> bool {
    let name = carrier.name().map(str::to_lowercase);
    name.is_some_and(|name| name.split(' ').next().is_some_and(|word| word.len() > 2 && lower.contains(word)))
}

/// Whether a word shortly before says that a tracking number follows. Lower case moves a place by a few bytes at most.
fn is_said(lower: &str, at: usize) -> bool {
    let mut from = at.min(lower.len()).saturating_sub(NEAR);
    while !lower.is_char_boundary(from) {
        from += 1;
    }
    let mut to = at.min(lower.len());
    while !lower.is_char_boundary(to) {
        to -= 1;
    }
    let before = lower.get(from..to).unwrap_or_default();
    SAID_BEFORE.iter().any(|word| before.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(text: &str) -> Vec<String> {
        in_message(text).into_iter().map(|found| found.number).collect()
    }

    #[test]
    fn a_list_is_taken_line_by_line_and_what_is_no_number_is_said() {
        let listed = in_list("1Z999AA10123456784\n 1z 999 aa1 01 2345 6784 ;776632517510, hello\n\n");
        let found: Vec<&str> = listed.found.iter().map(|found| found.number.as_str()).collect();
        assert_eq!(found, ["1Z999AA10123456784", "776632517510"]);
        assert_eq!(listed.found[0].carrier, Some(Carrier::Ups));
        assert_eq!((listed.others, listed.more), (vec!["hello".to_owned()], false));
        assert!(in_list(&"776632517510\nx\n".repeat(NUMBERS_MOST)).more);
    }

    #[test]
    fn a_message_gives_what_is_proven_and_not_its_order_and_telephone_numbers() {
        let text = "Hi Rosa,\nyour order 114-3941689-8772232 was delivered. Call 1-800-742-5877.\n\
                    Tracking number: 1Z 999 AA1 01 2345 6784.\nDate: 2026-11-27 14:02";
        assert_eq!(numbers(text), ["1Z999AA10123456784"]);
    }

    #[test]
    fn digits_alone_need_their_company_and_a_word_before_them() {
        let number = "776632517510";
        assert_eq!(recognise(number).proven(), None, "digits alone prove nobody");
        assert_eq!(numbers(&format!("FedEx\nTracking # {number}")), [number]);
        assert_eq!(numbers(&format!("FedEx\nInvoice {number}")), [""; 0]);
        assert_eq!(numbers(&format!("Tracking # {number}")), [""; 0], "of whom?");
        assert_eq!(numbers("FedEx Tracking # 776632517511"), [""; 0], "its check digit does not hold");
    }

    #[test]
    fn what_mail_folded_and_wrote_otherwise_is_read() {
        let text = "<a href=3D\"https://example.com/t?n=3D1Z999AA101234=\r\n56784&x=3D1\">";
        assert_eq!(numbers(text), ["1Z999AA10123456784"]);
    }

    #[test]
    fn the_same_number_counts_once_and_there_is_an_end() {
        assert_eq!(numbers(&"1Z999AA10123456784 and ".repeat(90)).len(), 1);
        let long = "9".repeat(TEXT_MOST * 2);
        assert_eq!(numbers(&long), [""; 0]);
        let late = format!("{}1Z999AA10123456784", "x ".repeat(TEXT_MOST));
        assert_eq!(numbers(&late), [""; 0], "the end of a text that is too long is not looked at");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn anything_is_read_without_harm(text in "\\PC{0,300}|([A-Z0-9]{1,9}[ \\-\n=]){0,60}") {
            prop_assert!(in_message(&text).len() <= NUMBERS_MOST);
            let listed = in_list(&text);
            prop_assert!(listed.found.len() + listed.others.len() <= NUMBERS_MOST);
        }
    }
}
