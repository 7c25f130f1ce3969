//! What a scanner or keyboard wedge sent, made into something the kiosk can act on.
//!
//! Owns: telling our own tokens and the labels of shelves from parcel labels, whose bytes [`vestibule_intake::symbol`] reads.
//! Never: trusts a byte of it.

use vestibule_core::ShelfId;
use vestibule_core::code::shelf_code;
use vestibule_core::code::token::{self, SiteTag, TokenKind, TokenProblem};
pub use vestibule_intake::Label;
use vestibule_intake::symbol::{self, SCAN_MOST, Unread};
use vestibule_intake::tracking::without_symbology;
use vestibule_intake::{Gathered, Problem};

/// What was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// One of this site's own codes; its text is normal and its check character holds.
    Token(TokenKind, TokenText),
    /// The label of a shelf.
    Shelf(ShelfId),
    /// One of another building's codes.
    OtherBuilding,
    /// It begins like one of ours and is damaged: dirt, or a scanner set to a foreign keyboard; which labels show as well.
    Damaged,
    /// A parcel's label.
    Label(Box<Label>),
    /// More than one label, or more than one of our codes, in one look.
    Several,
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

/// Reads a scan.
pub fn read(scan: &str, tag: SiteTag) -> Scan {
    if scan.len() > SCAN_MOST {
        return Scan::TooLong;
    }
    let scan = scan.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if let Some(ours) = read_ours(without_symbology(scan).1, tag) {
        return ours;
    }
    if scan.contains('\u{fffd}') {
        return Scan::Damaged;
    }
    match symbol::read(scan) {
        Ok(label) => Scan::Label(Box::new(label)),
        Err(Unread::TooLong) => Scan::TooLong,
        Err(Unread::ForeignKeyboard) => Scan::Damaged,
        Err(Unread::Damaged | Unread::NotALabel) => Scan::Unreadable,
    }
}

/// A code that this program printed, here or in another building.
fn read_ours(scan: &str, tag: SiteTag) -> Option<Scan> {
    let problem = match (token::read(scan, tag), shelf_code::read(scan, tag)) {
        (Ok((kind, text)), _) => return Some(Scan::Token(kind, TokenText(text))),
        (Err(_), Ok(shelf)) => return Some(Scan::Shelf(shelf)),
        (Err(TokenProblem::NotAToken), Err(problem)) | (Err(problem), Err(_)) => problem,
    };
    match problem {
        TokenProblem::OtherSite => Some(Scan::OtherBuilding),
        TokenProblem::Damaged => Some(Scan::Damaged),
        TokenProblem::NotAToken => None,
    }
}

/// Reads what a camera saw at one look: a code of ours before any label beside it, all symbols of a label as one, and the label of a
/// shelf where no parcel lies before it.
pub fn look(seen: &Gathered, tag: SiteTag) -> Scan {
    let mut rest = Gathered { symbols: Vec::new(), damaged: seen.damaged };
    let (mut ours, mut shelves, mut spoilt) = (Vec::new(), Vec::new(), None);
    for symbol in &seen.symbols {
        match read(&symbol.scan(), tag) {
            token @ Scan::Token(..) if ours.contains(&token) => {}
            token @ Scan::Token(..) => ours.push(token),
            shelf @ Scan::Shelf(_) if shelves.contains(&shelf) => {}
            shelf @ Scan::Shelf(_) => shelves.push(shelf),
            // It would pass for a number that nobody described.
            of_ours @ (Scan::OtherBuilding | Scan::Damaged) => spoilt = Some(of_ours),
            Scan::Label(_) | Scan::Several | Scan::TooLong | Scan::Unreadable => rest.add(symbol.clone()),
        }
    }
    match (ours.pop(), ours.is_empty(), rest.label()) {
        (Some(token), true, _) => token,
        (Some(_), false, _) | (None, _, Err(Problem::SeveralLabels)) => Scan::Several,
        (None, _, Ok(label)) => Scan::Label(Box::new(label)),
        (None, _, Err(Problem::NoSymbol | Problem::Damaged | Problem::WebAddress | Problem::NoLabel)) => {
            match shelves.as_slice() {
                [] => spoilt.unwrap_or(Scan::Unreadable),
                [Scan::Shelf(shelf)] => Scan::Shelf(*shelf),
                _ => Scan::Several,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::given::symbols::{post, posted};
    use proptest::prelude::*;
    use vestibule_core::code::token::draw_token;
    use vestibule_core::code::{Draw, Seed};
    use vestibule_intake::Carrier;
    use vestibule_intake::symbol::TRACKING_MOST;

    fn tag(text: &str) -> SiteTag {
        SiteTag::try_from(text.to_owned()).unwrap()
    }

    fn label(scan: &str) -> Label {
        match read(scan, tag("M7")) {
            Scan::Label(label) => *label,
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
    fn the_label_of_a_shelf_is_none_of_a_parcel() {
        let code = |shelf| shelf_code::shelf_code(ShelfId(shelf), tag("M7"));
        assert_eq!(read(&format!("]Q1{}\r", code(7).to_lowercase()), tag("M7")), Scan::Shelf(ShelfId(7)));
        assert_eq!(read(&code(7), tag("K2")), Scan::OtherBuilding);
        let damaged = format!("{}0", &code(7)[..11]);
        assert_eq!(read(&damaged, tag("M7")), Scan::Damaged);
        let shelf = code(7);
        let beside = seen(&[("QRCode", "]Q1", &shelf), ("Code128", "]C0", "1Z999AA10123456784")]);
        assert!(matches!(beside, Scan::Label(_)), "a parcel before its shelf is the parcel");
        assert_eq!(seen(&[("QRCode", "]Q1", &shelf), ("QRCode", "]Q1", &shelf)]), Scan::Shelf(ShelfId(7)));
        assert_eq!(seen(&[("QRCode", "]Q1", &shelf), ("QRCode", "]Q1", &code(8))]), Scan::Several);
        let card = draw_token(&mut Draw::new(Seed([4; 32])), TokenKind::Card, tag("M7"));
        let held_up = seen(&[("QRCode", "]Q1", &shelf), ("QRCode", "]Q1", card.expose())]);
        assert!(matches!(held_up, Scan::Token(TokenKind::Card, _)));
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
        let digits = ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç'];
        let in_french = |c: char| c.to_digit(10).map_or(c, |digit| digits[digit as usize]);
        let french: String = ours.expose().chars().map(in_french).collect();
        for scan in [german, french] {
            if scan != ours.expose() {
                assert_eq!(read(&scan, tag("M7")), Scan::Damaged, "{scan}");
            }
        }
        for label in
            ["1Z\u{fffd}99AA10123456784", "1Y999AA10123456784", "ü=:01+0210001+840", "&W(R_ç\"ç à\"(è(-è&éè"]
        {
            assert_eq!(read(label, tag("M7")), Scan::Damaged, "{label}");
        }
    }

    #[test]
    fn tracking_numbers_become_plain() {
        assert_eq!(label("]C11z 999 aa1 01 2345 6784").tracking, "1Z999AA10123456784");
        assert_eq!(label("1Z999AA10123456784").carrier, Some(Carrier::Ups));
        assert_eq!(label("TBA000000000000").carrier, Some(Carrier::Amazon));
        let postal = label("]C142043949\u{1d}9205590164917312345677");
        assert_eq!(
            (postal.tracking.as_str(), postal.carrier),
            ("9205590164917312345677", Some(Carrier::Usps))
        );
        assert_eq!(label("0073-9380-0054-9297").carrier, None, "digits alone prove no company");
    }

    const FEDEX: &str = "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}019\u{1d}1234567890120201\u{1d}FDE\u{1d}1\u{1d}326\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}12 Lake Street\u{1d}NEW YORK\u{1d}NY\u{1d}MARIA ALVAREZ\u{1e}06\u{1d}10ZGH006\u{1d}14ZAPT 3B\u{1e}\u{4}";

    fn seen(symbols: &[(&str, &str, &str)]) -> Scan {
        look(&posted(&post(symbols)).unwrap(), tag("M7"))
    }

    #[test]
    fn one_look_is_one_label_or_one_code_of_ours() {
        let code = |kind, seed| draw_token(&mut Draw::new(Seed([seed; 32])), kind, tag("M7"));
        let card = code(TokenKind::Card, 4);
        let label = ("PDF417", "]L2", FEDEX);
        let Scan::Label(both) = seen(&[("Code128", "]C0", "123456789012"), label]) else { panic!("a label") };
        assert_eq!(both.recipient.addressed_to(), Some("MARIA ALVAREZ"));
        let beside = seen(&[label, ("QRCode", "]Q1", card.expose())]);
        assert!(matches!(beside, Scan::Token(TokenKind::Card, _)), "who holds a code up means the code");
        let other = code(TokenKind::Pickup, 5);
        assert_eq!(
            seen(&[("QRCode", "]Q1", card.expose()), ("QRCode", "]Q1", other.expose())]),
            Scan::Several
        );
        assert_eq!(seen(&[label, ("Code128", "]C0", "1Z999AA10123456784")]), Scan::Several);
        assert_eq!(
            look(&posted(&post(&[("QRCode", "-", card.expose())])).unwrap(), tag("K2")),
            Scan::OtherBuilding
        );
        assert_eq!(seen(&[("QRCode", "-", "https://example.com/app")]), Scan::Unreadable);
        assert_eq!(seen(&[]), Scan::Unreadable);
    }

    #[test]
    fn a_2d_label_names_its_recipient() {
        let scan = FEDEX;
        let label = label(scan);
        assert_eq!(label.tracking, "123456789012");
        assert_eq!(label.recipient.addressed_to(), Some("MARIA ALVAREZ"));
        assert!(label.recipient.address_lines().eq(["APT 3B", "12 Lake Street"]));
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
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn nothing_unprintable_leaves_a_scan(scan in "\\PC{0,80}|[\\x00-\\x7f]{0,200}|(1Z|VP|\\[\\)>\x1e01\x1d)[\\x00-\\x7f]{0,60}") {
            if let Scan::Label(label) = read(&scan, tag("M7")) {
                prop_assert!(label.tracking.len() <= TRACKING_MOST);
                prop_assert!(label.tracking.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()));
                let mut lines = label.recipient.addressed_to().into_iter().chain(label.recipient.address_lines());
                prop_assert!(lines.all(|line| !line.chars().any(char::is_control)));
            }
        }
    }
}
