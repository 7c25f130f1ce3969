//! Keypad numbers: digits alone, unique in the site, as near to the label as digits get, and never changed later.

use serde::Serialize;
use std::collections::BTreeSet;

/// Numbers of labels that say nothing in digits begin here.
const FREE_FROM: u32 = 9_001;
const LONGEST: usize = 8;

/// Why a unit has the keypad number it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeypadReason {
    /// It is the label.
    Label,
    /// The label with its letter as two digits: B is 02.
    Letter,
    /// The digits of the label.
    Digits,
    /// Another unit has the near number: the building's number goes in front.
    Building,
    /// The label says nothing in digits, or all near numbers are taken: the next free one.
    Free,
}

impl KeypadReason {
    /// In words, for the dry run.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Label => "the label itself",
            Self::Letter => "the letter as two digits (A = 01, B = 02)",
            Self::Digits => "the digits of the label",
            Self::Building => "another apartment has the near number: the building's number goes in front",
            Self::Free => "the label cannot be typed: the next free number",
        }
    }
}

/// Gives numbers, one unit after the other.
pub(super) struct Numbers {
    taken: BTreeSet<String>,
    next_free: u32,
}

impl Numbers {
    /// With the numbers that are taken.
    pub fn new(taken: impl Iterator<Item = String>) -> Self {
        Self { taken: taken.collect(), next_free: FREE_FROM }
    }

    /// A number for a folded label in the n-th building. Labels that are digits must come first, so that 1202 is not
    /// taken by 12B.
    pub fn give(&mut self, label: &str, building: usize) -> (String, KeypadReason) {
        if let Some((near, reason)) = near(label) {
            let with_building = format!("{}{near}", building + 1);
            if self.take(&near) {
                return (near, reason);
            }
            if with_building.len() <= LONGEST && self.take(&with_building) {
                return (with_building, KeypadReason::Building);
            }
        }
        loop {
            let free = self.next_free.to_string();
            self.next_free += 1;
            if self.take(&free) {
                return (free, KeypadReason::Free);
            }
        }
    }

    fn take(&mut self, number: &str) -> bool {
        self.taken.insert(number.to_owned())
    }
}

/// Whether a folded label can be typed as it is.
pub(super) fn is_typeable(label: &str) -> bool {
    (1..=LONGEST).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit())
}

fn near(label: &str) -> Option<(String, KeypadReason)> {
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    let letters: Vec<char> = label.chars().filter(char::is_ascii_uppercase).collect();
    let others = label.chars().count() - digits.len() - letters.len();
    let (number, reason) = match letters.as_slice() {
        [] if others == 0 => (digits, KeypadReason::Label),
        [] => (digits, KeypadReason::Digits),
        [letter] if others == 0 && !digits.is_empty() => {
            let place = u32::from(*letter) - u32::from('A') + 1;
            let behind = label.ends_with(*letter);
            let in_front = label.starts_with(*letter);
            let number = if behind { format!("{digits}{place:02}") } else { format!("{place}{digits:0>2}") };
            if !behind && !in_front {
                return None;
            }
            (number, KeypadReason::Letter)
        }
        _ => return None,
    };
    is_typeable(&number).then_some((number, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_near_the_label_and_unique() {
        let mut numbers = Numbers::new(["77".to_owned()].into_iter());
        let mut give = |label: &str, building| {
            let (number, reason) = numbers.give(label, building);
            (number, reason)
        };
        use KeypadReason::*;
        for (label, building, number, reason) in [
            ("101", 0, "101", Label),
            ("101", 1, "2101", Building),
            ("77", 0, "177", Building),
            ("12B", 0, "1202", Letter),
            ("B5", 0, "205", Letter),
            ("1-12", 0, "112", Digits),
            ("11-2", 0, "1112", Building),
            ("PH1", 0, "9001", Free),
            ("9002", 0, "9002", Label),
            ("GARDEN", 0, "9003", Free),
            ("123456789", 0, "9004", Free),
            ("ÁTICO", 0, "9005", Free),
            ("1B2", 0, "9006", Free),
        ] {
            assert_eq!(give(label, building), (number.to_owned(), reason), "{label}");
        }
    }
}
