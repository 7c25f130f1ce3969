//! The words that stand at a block and say whose it is.

use super::vote::edits;

/// Whose block begins here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// The recipient's.
    To,
    /// The sender's.
    From,
}

/// In plain letters, without spaces; English and Spanish.
const TO: [&str; 12] = [
    "SHIPTO",
    "DELIVERTO",
    "DELIVERYTO",
    "SENDTO",
    "MAILTO",
    "CONSIGNEE",
    "RECIPIENT",
    "ADDRESSEE",
    "RECEIVER",
    "DESTINATARIO",
    "ENTREGARA",
    "ENVIARA",
];
const FROM: [&str; 9] = [
    "SHIPFROM",
    "SHIPPER",
    "SENTFROM",
    "SENDER",
    "RETURNADDRESS",
    "RETURNTO",
    "IFUNDELIVEREDRETURNTO",
    "REMITENTE",
    "FROM",
];
/// Too short to be found inside a word: they count alone or before a colon.
const SHORT_TO: [&str; 2] = ["TO", "PARA"];
const SHORT_FROM: [&str; 2] = ["FROM", "DE"];
/// From so many letters on, one may be misread.
const FORGIVING_LEAST: usize = 6;

/// The marker with which a line begins, and what stands behind it on the line.
pub fn begins(line: &str) -> Option<(Marker, String)> {
    let letters: Vec<(usize, char)> = line
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .flat_map(|(at, c)| c.to_uppercase().map(move |c| (at, letter(c))))
        .collect();
    let plain: String = letters.iter().map(|(_, c)| *c).collect();
    let rest = |count: usize| -> String {
        let from = letters.get(count).map_or(line.len(), |(at, _)| *at);
        line[from..].trim().to_owned()
    };
    let long = FROM.iter().map(|word| (Marker::From, word)).chain(TO.iter().map(|word| (Marker::To, word)));
    for (marker, word) in long {
        // A family may be called Fromm: before letters a space or a colon ends the short word.
        let ends = word.len() > 4 || ends_after(line, &letters, word.len());
        // Somebody may be called Sanders: a misread marker stands alone.
        let is_alone = letters.len() == word.len() || colon_after(line, &letters, word.len());
        if (ends && plain.starts_with(word)) || (is_alone && starts_nearly(&plain, word)) {
            return Some((marker, rest(word.len())));
        }
    }
    if is_nearly_from(&plain) {
        return Some((Marker::From, String::new()));
    }
    if is_nearly_ship_to(&plain) {
        return Some((Marker::To, String::new()));
    }
    let short = SHORT_TO.iter().map(|word| (Marker::To, word));
    for (marker, word) in short.chain(SHORT_FROM.iter().map(|word| (Marker::From, word))) {
        let ends = plain.len() == word.len() || colon_after(line, &letters, word.len());
        if plain.starts_with(word) && ends {
            return Some((marker, rest(word.len())));
        }
    }
    None
}

/// As read in a word.
const fn letter(c: char) -> char {
    match c {
        '0' => 'O',
        '1' | '|' => 'I',
        '5' => 'S',
        '8' => 'B',
        '7' => 'T',
        other => other,
    }
}

fn between<'a>(line: &'a str, letters: &[(usize, char)], count: usize) -> Option<&'a str> {
    let (last, c) = letters.get(count.checked_sub(1)?)?;
    let start = last + c.len_utf8().min(line.len() - last);
    let end = letters.get(count).map_or(line.len(), |(at, _)| *at);
    line.get(start.min(end)..end)
}

fn ends_after(line: &str, letters: &[(usize, char)], count: usize) -> bool {
    letters.len() == count || between(line, letters, count).is_some_and(|gap| !gap.is_empty())
}

fn colon_after(line: &str, letters: &[(usize, char)], count: usize) -> bool {
    between(line, letters, count).is_some_and(|gap| gap.contains([':', ';', '.']))
}

fn starts_nearly(plain: &str, word: &str) -> bool {
    let wrong = plain.bytes().zip(word.bytes()).filter(|(a, b)| a != b).count();
    word.len() >= FORGIVING_LEAST && plain.len() >= word.len() && wrong <= 1
}

/// A whole line that is the sender's marker but for a letter.
fn is_nearly_from(plain: &str) -> bool {
    let (plain, word): (Vec<char>, Vec<char>) =
        (plain.chars().collect(), FROM[FROM.len() - 1].chars().collect());
    plain.len() == word.len() && edits(&plain, &word) <= 1
}

/// A whole line that is the commonest marker but for a letter or two, with as many letters or one fewer.
fn is_nearly_ship_to(plain: &str) -> bool {
    let (plain, word): (Vec<char>, Vec<char>) = (plain.chars().collect(), TO[0].chars().collect());
    (5..=6).contains(&plain.len()) && plain.ends_with(&['O']) && edits(&plain, &word) <= 2
}
