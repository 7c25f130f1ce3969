//! Codes as typed or scanned, turned into what the rules compare: a selector, whether the check digit holds, a keyed hash.
//!
//! Owns: the split of digits. Never: keeps, returns or traces a digit.

use super::intake::TokenText;
use vestibule_core::code::{CodeHasher, damm, pin};
use vestibule_core::directory::KeypadNumber;
use vestibule_core::vocabulary::command::Proof;

/// More digits than any code has.
const DIGITS_MOST: usize = 20;
/// With selector and check digit; more random ones where the code also opens a door.
const COURIER_DIGITS: [usize; 2] =
    [pin::COURIER_SELECTOR_DIGITS + pin::COURIER_RANDOM_DIGITS + 1, pin::DOOR_CODE_DIGITS];

/// A courier's digits. None: they cannot be a code.
pub fn courier(hasher: &dyn CodeHasher, typed: &str) -> Option<Proof> {
    let digits = digits(typed)?;
    let selector = KeypadNumber::new(digits.get(..pin::COURIER_SELECTOR_DIGITS)?).ok()?;
    let check_ok = COURIER_DIGITS.contains(&digits.len()) && damm::is_valid(&digits);
    Some(Proof::Digits { selector, check_ok, hash: pin::courier_hash(hasher, &digits) })
}

/// A resident's keypad number and PIN of `length` digits. None: they cannot be a code.
pub fn resident(hasher: &dyn CodeHasher, (selector, typed): (&str, &str), length: usize) -> Option<Proof> {
    let selector = KeypadNumber::new(&digits(selector)?).ok()?;
    let pin = digits(typed)?;
    let check_ok = pin.len() == length && damm::is_valid(&pin);
    let hash = pin::pin_hash(hasher, selector.digits(), &pin);
    Some(Proof::Digits { selector, check_ok, hash })
}

/// A scanned code.
pub fn token(hasher: &dyn CodeHasher, token: &TokenText) -> Proof {
    Proof::Token(pin::token_hash(hasher, token.expose()))
}

fn digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !(c.is_whitespace() || *c == '-')).collect();
    let fits =
        !digits.is_empty() && digits.len() <= DIGITS_MOST && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Keys;

    fn keys() -> Keys {
        Keys::from_bytes(&[7; 64]).unwrap()
    }

    fn check(proof: Option<Proof>) -> Option<(String, bool)> {
        match proof? {
            Proof::Digits { selector, check_ok, .. } => Some((selector.digits().to_owned(), check_ok)),
            Proof::Token(_) => None,
        }
    }

    #[test]
    fn digits_are_split_and_checked() {
        let good = format!("482913905{}", damm::check_digit("482913905").unwrap());
        assert_eq!(check(courier(&keys(), &good)), Some(("482".into(), true)));
        assert_eq!(
            check(courier(&keys(), &format!("{} {}", &good[..3], &good[3..]))),
            Some(("482".into(), true))
        );
        let mut swapped = good.clone().into_bytes();
        swapped.swap(4, 5);
        assert_eq!(
            check(courier(&keys(), std::str::from_utf8(&swapped).unwrap())),
            Some(("482".into(), false))
        );
        assert_eq!(
            check(courier(&keys(), &good[..9])),
            Some(("482".into(), false)),
            "one digit short is a typo"
        );
        let pin = format!("48291390{}", damm::check_digit("48291390").unwrap());
        assert_eq!(check(resident(&keys(), ("1202", &pin), 9)), Some(("1202".into(), true)));
        assert_eq!(check(resident(&keys(), ("1202", &pin), 7)), Some(("1202".into(), false)));
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in ["", "12", "48a", "٤٨٢٩١٣٩٠٥٧", "482913905748291390574", "%", "'; --"] {
            assert!(courier(&keys(), typed).is_none(), "{typed}");
        }
        assert!(resident(&keys(), ("", "123"), 9).is_none());
        assert!(resident(&keys(), ("123456789", "123"), 9).is_none());
    }
}
