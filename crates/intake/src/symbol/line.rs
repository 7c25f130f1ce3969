//! Single lines out of hostile text.

const LINE_MOST: usize = 60;

/// A line of a label or of somebody's typing: control characters gone, trimmed, at most 60 characters. None without a
/// letter or digit.
pub fn printable(text: &str) -> Option<String> {
    let line: String = text.chars().filter(|c| is_printable(*c)).take(LINE_MOST).collect();
    let line = line.trim();
    line.chars().any(char::is_alphanumeric).then(|| line.to_owned())
}

/// All of it could have been printed on a label.
pub fn is_clean(text: &str) -> bool {
    text.chars().all(is_printable)
}

fn is_printable(c: char) -> bool {
    // Marks that turn the direction of what follows would let a label rewrite the page around it.
    !(c.is_control()
        || matches!(c, '\u{fffd}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// A postal code without its spaces and dashes: digits in the countries that have only those.
pub fn postal(text: &str, country: &str) -> Option<String> {
    let code: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits_only = matches!(country, "840" | "484");
    let fits = |byte: u8| byte.is_ascii_digit() || (!digits_only && byte.is_ascii_uppercase());
    let length = if digits_only { matches!(code.len(), 5 | 9) } else { (3..=10).contains(&code.len()) };
    (length && code.bytes().all(fits)).then_some(code)
}

/// A three-digit country.
pub fn is_country(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}
