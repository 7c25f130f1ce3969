//! What a scanner or keyboard wedge sent, made into something the kiosk can act on.
//!
//! Owns: the limits on a scan, telling our own tokens from parcel labels, the plain form of a tracking number, and the
//! few carriers a number's shape proves. Never: trusts a byte of it, or guesses a carrier from digits alone (random
//! digits fit several carriers' check digits).

use vestibule_core::code::token::{self, SiteTag, TokenKind, TokenProblem};

/// The longest scan that is read, in bytes; a 2D label holds less.
pub const SCAN_MOST: usize = 2_048;
/// The longest tracking number that is kept, in characters.
pub const TRACKING_MOST: usize = 48;
const TRACKING_LEAST: usize = 6;
const LINE_MOST: usize = 60;
const GROUP: char = '\u{1d}';
const RECORD: char = '\u{1e}';

/// What was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// One of this site's own codes; its text is normal and its check character holds.
    Token(TokenKind, TokenText),
    /// One of another building's codes.
    OtherBuilding,
    /// It begins like one of ours and is damaged: dirt, or a scanner set to a foreign keyboard.
    Damaged,
    /// A parcel's label.
    Label(Label),
    /// Too long.
    TooLong,
    /// Nothing that could be used.
    Unreadable,
}

/// A token's text. Opens something: shown nowhere, not even in traces.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenText(String);

impl TokenText {
    /// For hashing, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for TokenText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenText(..)")
    }
}

/// What a parcel's label says; all of it a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// Its number in plain form: capitals and digits.
    pub tracking: String,
    /// The company, where the number's shape leaves no doubt.
    pub carrier: Option<&'static str>,
    /// Family name first or last, as printed; only 2D labels have it.
    pub addressed_to: Option<String>,
    /// Lines in which an apartment may stand, likeliest first.
    pub address: Vec<String>,
}

/// Reads a scan.
pub fn read(scan: &str, tag: SiteTag) -> Scan {
    if scan.len() > SCAN_MOST {
        return Scan::TooLong;
    }
    let scan = without_symbology(scan.trim_matches(|c: char| c.is_whitespace() || c == '\0'));
    match token::read(scan, tag) {
        Ok((kind, text)) => return Scan::Token(kind, TokenText(text)),
        Err(TokenProblem::OtherSite) => return Scan::OtherBuilding,
        Err(TokenProblem::Damaged) => return Scan::Damaged,
        Err(TokenProblem::NotAToken) => {}
    }
    if scan.contains('\u{fffd}') {
        return Scan::Damaged;
    }
    match fedex(scan).or_else(|| plain_label(scan)) {
        Some(label) => Scan::Label(label),
        None => Scan::Unreadable,
    }
}

/// Drops an AIM symbology identifier (`]C1` and the like) that some scanners send in front.
fn without_symbology(scan: &str) -> &str {
    match scan.as_bytes() {
        [b']', letter, modifier, ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            &scan[3..]
        }
        _ => scan,
    }
}

fn plain_label(scan: &str) -> Option<Label> {
    let tracking = tracking_number(scan)?;
    let carrier = carrier_of(&tracking);
    Some(Label { tracking, carrier, ..Label::default() })
}

/// The plain form of a tracking number: spaces, hyphens, control characters gone, capitals; the destination in front of
/// a US postal number dropped. None unless it is 6 to 48 letters and digits with at least four digits among them.
pub fn tracking_number(text: &str) -> Option<String> {
    let text = text.rsplit(GROUP).find(|part| !part.is_empty()).unwrap_or(text);
    let plain: String = text
        .chars()
        .filter(|c| !(c.is_whitespace() || c.is_control() || *c == '-'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let fits = (TRACKING_LEAST..=TRACKING_MOST).contains(&plain.len());
    (fits && digits >= 4 && plain.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(plain)
}

/// The company, where the shape of the number is nobody else's.
pub fn carrier_of(tracking: &str) -> Option<&'static str> {
    let bytes = tracking.as_bytes();
    let digits_from = |from: usize| bytes.len() > from && bytes[from..].iter().all(u8::is_ascii_digit);
    match bytes {
        [b'1', b'Z', ..] if bytes.len() == 18 => Some("UPS"),
        [b'T', b'B', b'A' | b'C' | b'M', ..] if bytes.len() == 15 && digits_from(3) => Some("Amazon"),
        [b'9', b'2'..=b'5', ..] if bytes.len() == 22 && digits_from(0) => Some("USPS"),
        [b'1', b'L', b'S', ..] if bytes.len() >= 15 => Some("OnTrac"),
        [b'J', b'J', b'D', ..] if digits_from(3) => Some("DHL"),
        _ => None,
    }
}

/// The 2D label of one large carrier names the recipient: fields split by GS in an ISO 15434 envelope
/// (field 4 number, 5 `FDE` or `FDEG`, 12 street, 15 name; `14Z` address line 2). Read only if the whole envelope is there.
fn fedex(scan: &str) -> Option<Label> {
    let body = scan.strip_prefix("[)>")?.strip_prefix(RECORD)?.strip_prefix("01")?.strip_prefix(GROUP)?;
    let mut segments = body.split(RECORD);
    let fields: Vec<&str> = segments.next()?.split(GROUP).collect();
    if fields.len() < 15 || !matches!(fields[4], "FDE" | "FDEG") {
        return None;
    }
    let digits: String = fields[3].chars().take_while(char::is_ascii_digit).take(12).collect();
    let second_line = segments
        .filter(|segment| segment.starts_with("06"))
        .flat_map(|segment| segment.split(GROUP))
        .find_map(|field| field.strip_prefix("14Z"));
    Some(Label {
        tracking: tracking_number(&digits)?,
        carrier: Some("FedEx"),
        addressed_to: printable(fields[14]),
        address: [second_line, Some(fields[11])].into_iter().flatten().filter_map(printable).collect(),
    })
}

/// A line of a label or of somebody's typing: printable, trimmed, at most 60 characters.
pub fn printable(text: &str) -> Option<String> {
    let line: String = text.chars().filter(|c| !c.is_control() && *c != '\u{fffd}').take(LINE_MOST).collect();
    let line = line.trim();
    line.chars().any(char::is_alphanumeric).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use vestibule_core::code::token::draw_token;
    use vestibule_core::code::{Draw, Seed};

    fn tag(text: &str) -> SiteTag {
        SiteTag::try_from(text.to_owned()).unwrap()
    }

    fn label(scan: &str) -> Label {
        match read(scan, tag("M7")) {
            Scan::Label(label) => label,
            other => panic!("{scan:?} is {other:?}"),
        }
    }

    #[test]
    fn our_own_codes_are_told_from_labels_and_from_other_buildings() {
        let mut draw = Draw::new(Seed([4; 32]));
        let ours = draw_token(&mut draw, TokenKind::Pickup, tag("M7"));
        let scan = read(&format!("]Q3{}\r\n", ours.expose().to_lowercase()), tag("M7"));
        assert!(matches!(&scan, Scan::Token(TokenKind::Pickup, text) if text.expose() == ours.expose()));
        assert!(!format!("{scan:?}").contains(ours.expose()), "a token is never traced");
        assert_eq!(read(ours.expose(), tag("K2")), Scan::OtherBuilding);
    }

    #[test]
    fn a_foreign_keyboard_shows_itself() {
        let mut draw = Draw::new(Seed([5; 32]));
        let ours = draw_token(&mut draw, TokenKind::Card, tag("M7"));
        // A German layout swaps Y and Z; a French one turns digits into punctuation.
        let german: String = ours
            .expose()
            .chars()
            .map(|c| {
                if c == 'Y' {
                    'Z'
                } else if c == 'Z' {
                    'Y'
                } else {
                    c
                }
            })
            .collect();
        let french: String =
            ours.expose().chars().map(|c| if c.is_ascii_digit() { '&' } else { c }).collect();
        for scan in [german, french] {
            if scan != ours.expose() {
                assert_eq!(read(&scan, tag("M7")), Scan::Damaged, "{scan}");
            }
        }
        assert_eq!(read("1Z\u{fffd}99AA10123456784", tag("M7")), Scan::Damaged);
    }

    #[test]
    fn tracking_numbers_become_plain() {
        assert_eq!(label("]C11z 999 aa1 01 2345 6784").tracking, "1Z999AA10123456784");
        assert_eq!(label("1Z999AA10123456784").carrier, Some("UPS"));
        assert_eq!(label("TBA000000000000").carrier, Some("Amazon"));
        let postal = label("]C142043949\u{1d}9205590164917312345671");
        assert_eq!((postal.tracking.as_str(), postal.carrier), ("9205590164917312345671", Some("USPS")));
        assert_eq!(label("0073-9380-0054-9297").carrier, None, "digits alone prove no company");
    }

    #[test]
    fn a_2d_label_names_its_recipient() {
        let scan = "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}019\u{1d}1234567890120201\u{1d}FDE\u{1d}1\u{1d}326\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}12 Lake Street\u{1d}NEW YORK\u{1d}NY\u{1d}MARIA ALVAREZ\u{1e}06\u{1d}10ZGH006\u{1d}14ZAPT 3B\u{1e}\u{4}";
        let label = label(scan);
        assert_eq!(label.tracking, "123456789012");
        assert_eq!(label.addressed_to.as_deref(), Some("MARIA ALVAREZ"));
        assert_eq!(label.address, ["APT 3B", "12 Lake Street"]);
        assert_eq!(read(&scan[..60], tag("M7")), Scan::Unreadable, "half an envelope counts for nothing");
    }

    #[test]
    fn hostile_scans_come_to_nothing() {
        let long = "9".repeat(SCAN_MOST + 1);
        assert_eq!(read(&long, tag("M7")), Scan::TooLong);
        for scan in [
            "",
            " ",
            "\0\0\0",
            "%",
            "*",
            "'; DROP TABLE parcel;--",
            "<script>alert(1)</script>",
            "]",
            "]C1",
            "../../etc/passwd",
            "https://example.com/1234",
        ] {
            assert_eq!(read(scan, tag("M7")), Scan::Unreadable, "{scan:?}");
        }
        assert_eq!(printable("  O'Brien\u{7}\u{1b}[31m "), Some("O'Brien[31m".to_owned()));
        assert_eq!(printable("\u{1d} -- "), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn nothing_unprintable_leaves_a_scan(scan in "\\PC{0,80}|[\\x00-\\x7f]{0,200}|(1Z|VP|\\[\\)>\x1e01\x1d)[\\x00-\\x7f]{0,60}") {
            if let Scan::Label(label) = read(&scan, tag("M7")) {
                prop_assert!(label.tracking.len() <= TRACKING_MOST);
                prop_assert!(label.tracking.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()));
                prop_assert!(label.addressed_to.iter().chain(&label.address).all(|line| !line.chars().any(char::is_control)));
            }
        }
    }
}
