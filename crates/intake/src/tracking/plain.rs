//! The plain form of a number as typed, printed in groups, or scanned.

/// Capitals, with spaces, dashes and control characters gone. What else stands there stays, and fits no number.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_uppercase());
        } else if !is_between(c) {
            plain.push(c);
        }
    }
    plain
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '-' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}')
}

/// Splits an AIM symbology identifier off (`]C1` and the like), which some scanners send in front.
pub fn without_symbology(text: &str) -> (Option<&str>, &str) {
    match text.as_bytes() {
        [b']', letter, modifier, ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            (Some(&text[1..3]), &text[3..])
        }
        _ => (None, text),
    }
}
