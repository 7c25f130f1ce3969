//! Labels on their way to the rules: symbols as a page's own reader posts them, and the claim a number becomes.
//!
//! Symbols are a line a symbol, `PDF417 ]L2 5b293e..`, with `-` where it has no identifier.
//!
//! Never: trusts a byte of it; what counts and what it means is `vestibule_intake`'s.

use vestibule_core::code::CodeHasher;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::vocabulary::command::LabelClaim;
use vestibule_intake::symbol::{SCAN_MOST, tracking_number};
use vestibule_intake::tracking::without_symbology;
use vestibule_intake::{Gathered, Symbol, gathered::SYMBOLS_MOST};

/// Longer names of formats and identifiers there are none.
const WORD_MOST: usize = 24;

/// What was seen at one look. None: this is not what our pages send.
pub fn posted(lines: &str) -> Option<Gathered> {
    let mut seen = Gathered::default();
    for line in lines.lines().filter(|line| !line.is_empty()).take(SYMBOLS_MOST) {
        seen.add(symbol(line)?);
    }
    Some(seen)
}

/// What the rules may know of a number as it was read or typed. None: it is no number, so no second scan of it can be told.
pub fn claim(hasher: &dyn CodeHasher, number: &str, another: bool) -> Option<LabelClaim> {
    let (plain, _) = tracking_number(number)?;
    Some(LabelClaim { mark: LabelMark::of(hasher, &plain), another })
}

/// What was typed or scanned, or else seen by a camera at one look, as it reads: for what is no label of a parcel.
pub fn texts(scan: &str, symbols: &str) -> Vec<String> {
    if !scan.is_empty() {
        return vec![without_symbology(scan).1.to_owned()];
    }
    posted(symbols).map_or_else(Vec::new, |seen| seen.symbols.iter().map(Symbol::text).collect())
}

fn symbol(line: &str) -> Option<Symbol> {
    let mut words = line.split(' ');
    let (format, identifier, bytes) = (words.next()?, words.next()?, words.next()?);
    let plain =
        |word: &str| (1..=WORD_MOST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_graphic());
    let whole = words.next().is_none() && plain(format) && plain(identifier) && bytes.len() <= 2 * SCAN_MOST;
    let identifier = if identifier == "-" { "" } else { identifier };
    let bytes = whole.then(|| from_hex(bytes)).flatten()?;
    Some(Symbol { format: format.to_owned(), identifier: identifier.to_owned(), bytes })
}

/// Bytes from their hexadecimal digits. None: they are none.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// As a page would post them.
#[cfg(test)]
pub fn post(symbols: &[(&str, &str, &str)]) -> String {
    let line = |(format, identifier, text): &(&str, &str, &str)| {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("{format} {identifier} {hex}")
    };
    symbols.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_arrive_as_they_were_read() {
        let lines = post(&[("Code128", "]C1", "420439\u{1d}9205590164917312345677"), ("QRCode", "-", "x")]);
        let seen = posted(&format!("{lines}\n")).unwrap();
        assert_eq!((seen.symbols[0].identifier.as_str(), seen.symbols[1].identifier.as_str()), ("]C1", ""));
        assert_eq!(seen.symbols[0].text(), "420439\u{1d}9205590164917312345677");
        assert_eq!(posted("").map(|seen| seen.symbols.len()), Some(0));
    }

    #[test]
    fn what_was_typed_comes_before_what_was_seen() {
        let lines = post(&[("QRCode", "]Q1", "A1"), ("Code128", "]C0", "123456789012")]);
        assert_eq!(texts("", &lines), ["A1", "123456789012"]);
        assert_eq!(texts("]Q1VSM70000007S", &lines), ["VSM70000007S"]);
        assert!(texts("", "").is_empty() && texts("", "nothing of ours").is_empty());
    }

    #[test]
    fn one_number_is_one_claim_however_it_is_written() {
        let keys = crate::keys::Keys::generate();
        let mark = |number: &str| claim(&keys, number, false).map(|claim| claim.mark);
        assert_eq!(mark("1z 999 aa1 01 2345 6784"), mark("1Z999AA10123456784"));
        assert_ne!(mark("1Z999AA10123456784"), mark("1Z999AA10123456793"));
        assert_eq!(mark("from the florist"), None);
    }

    #[test]
    fn what_no_page_of_ours_sends_is_refused() {
        let long = format!("QRCode - {}", "00".repeat(SCAN_MOST + 1));
        for lines in
            ["QRCode", "QRCode -", "QRCode - 0", "QRCode - 0g", "QRCode - 00 00", " - 00", "é - 00", &long]
        {
            assert_eq!(posted(lines), None, "{lines:.40}");
        }
        let many = "QRCode - 00\n".repeat(10_000);
        assert_eq!(posted(&many).map(|seen| seen.symbols.len()), Some(1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn anything_is_read_without_harm(lines in "\\PC{0,200}|([A-Za-z0-9]{1,9} ([\\-]|][A-Z][0-9]) [0-9a-f]{0,40}\n){0,30}") {
            if let Some(seen) = posted(&lines) {
                prop_assert!(seen.symbols.len() <= SYMBOLS_MOST);
            }
        }
    }
}
