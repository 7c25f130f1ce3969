//! What an intake rested on: what the label said, whom it was found to mean, and how a person confirmed it.
//!
//! Owns the closed lists and their stable words, which tables and files keep. Never: where it is kept, or for how long.

use crate::matching::Decision;
use crate::symbol::Label;

/// Raw symbols kept of one parcel, at most.
pub const SYMBOLS_MOST: usize = 4;

/// How the recipient of a parcel came to be the one it was taken in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confirmed {
    /// Filled in by itself; a person saw it and said yes.
    Suggested,
    /// Another one of those offered beside it.
    Alternate,
    /// One of those offered, where none was filled in.
    Offered,
    /// The apartment was typed.
    Typed,
    /// The apartment's own barcode was scanned.
    Scanned,
    /// Found by the letters of a name.
    Letters,
    /// The same as the parcel before.
    SameAgain,
    /// Nobody knew.
    Unknown,
}

impl Confirmed {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Suggested,
        Self::Alternate,
        Self::Offered,
        Self::Typed,
        Self::Scanned,
        Self::Letters,
        Self::SameAgain,
        Self::Unknown,
    ];

    /// The stable word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Alternate => "alternate",
            Self::Offered => "offered",
            Self::Typed => "typed",
            Self::Scanned => "scanned",
            Self::Letters => "letters",
            Self::SameAgain => "same_again",
            Self::Unknown => "unknown",
        }
    }

    /// The one of a stable word.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    /// Whether the label's name may be remembered for whoever was confirmed: somebody looked at both. *The same again* was
    /// pressed for speed, and who is unknown has no name here.
    pub const fn teaches(self) -> bool {
        !matches!(self, Self::SameAgain | Self::Unknown)
    }
}

impl Decision {
    /// The one of a stable word.
    pub fn of(code: &str) -> Option<Self> {
        [Self::Auto, Self::Ask, Self::None].into_iter().find(|known| known.code() == code)
    }
}

/// Whom a label names and where, as the matcher is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// The name: the person, or else the company.
    pub name: Option<String>,
    /// The apartment, without its designator.
    pub unit: Option<String>,
}

impl Sought {
    /// What a label says of it; empty for a bare number.
    pub fn of(label: &Label) -> Self {
        let recipient = &label.recipient;
        Self { name: recipient.addressed_to().map(str::to_owned), unit: recipient.unit() }
    }

    /// Nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.unit.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbol;

    #[test]
    fn words_are_stable_and_read_back() {
        for confirmed in Confirmed::ALL {
            assert_eq!(Confirmed::of(confirmed.code()), Some(confirmed));
        }
        assert_eq!(Confirmed::of("guessed"), None);
        for decision in [Decision::Auto, Decision::Ask, Decision::None] {
            assert_eq!(Decision::of(decision.code()), Some(decision));
        }
    }

    #[test]
    fn only_a_look_at_the_label_teaches() {
        let teaching: Vec<_> = Confirmed::ALL.into_iter().filter(|how| how.teaches()).collect();
        assert_eq!(teaching.len(), 6);
        assert!(!Confirmed::SameAgain.teaches() && !Confirmed::Unknown.teaches());
    }

    #[test]
    fn a_2d_label_says_name_and_apartment() {
        let scan = "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}019\u{1d}1234567890120201\u{1d}FDE\u{1d}1\u{1d}326\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}12 Lake Street\u{1d}NEW YORK\u{1d}NY\u{1d}MARIA ALVAREZ\u{1e}06\u{1d}10ZGH006\u{1d}14ZAPT 3B\u{1e}\u{4}";
        let sought = Sought::of(&symbol::read(scan).unwrap());
        assert_eq!((sought.name.as_deref(), sought.unit.as_deref()), (Some("MARIA ALVAREZ"), Some("3B")));
        assert!(Sought::of(&symbol::read("1Z999AA10123456784").unwrap()).is_empty());
    }
}
