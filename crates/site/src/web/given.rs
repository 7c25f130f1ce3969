//! What is given at the border: codes, in [`symbols`] and [`pictures`] the labels of parcels, in [`feeds`] and [`deliveries`]
//! what carriers say they delivered.
//!
//! Codes as they are given at a kiosk, by scanner, keypad or program: made into a proof at the border.
//!
//! Owns: telling tokens from digits, check characters, the keyed hash. Never: keeps, traces or compares a code.

pub mod deliveries;
pub mod feeds;
pub mod pictures;
pub mod symbols;

use vestibule_core::Refusal;
use vestibule_core::code::token::{SiteTag, TokenProblem, read};
use vestibule_core::code::{CodeHasher, damm, pin};
use vestibule_core::directory::KeypadNumber;
use vestibule_core::vocabulary::command::Proof;

/// A code in plain text. No Debug: it opens something.
pub enum Given<'a> {
    /// A scan, or a courier's digits.
    Code(&'a str),
    /// A unit's keypad number and the PIN typed after it.
    Digits {
        /// The keypad number.
        selector: &'a str,
        /// The PIN; spaces are ignored.
        digits: &'a str,
    },
}

/// The proof of a code.
///
/// # Errors
/// What is wrong with its form; nothing is counted for that.
pub fn proof(given: &Given<'_>, hasher: &dyn CodeHasher, tag: SiteTag) -> Result<Proof, Refusal> {
    match given {
        Given::Code(code) => match read(code, tag) {
            Ok((_, token)) => Ok(Proof::Token(pin::token_hash(hasher, &token))),
            Err(TokenProblem::NotAToken) => courier(&plain(code), hasher),
            Err(TokenProblem::Damaged) => Err(Refusal::Mistyped),
            Err(TokenProblem::OtherSite) => {
                Err(Refusal::Invalid { why: "this code is of another building".to_owned() })
            }
        },
        Given::Digits { selector, digits } => {
            let (selector, digits) = (plain(selector), plain(digits));
            let number = KeypadNumber::new(&selector).map_err(|_| Refusal::WrongCode)?;
            let hash = pin::pin_hash(hasher, number.digits(), &digits);
            Ok(Proof::Digits { selector: number, check_ok: damm::is_valid(&digits), hash })
        }
    }
}

fn courier(digits: &str, hasher: &dyn CodeHasher) -> Result<Proof, Refusal> {
    let selector = digits.get(..pin::COURIER_SELECTOR_DIGITS).ok_or(Refusal::Mistyped)?;
    let selector = KeypadNumber::new(selector).map_err(|_| Refusal::WrongCode)?;
    let hash = pin::courier_hash(hasher, digits);
    Ok(Proof::Digits { selector, check_ok: damm::is_valid(digits), hash })
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Keys;
    use vestibule_core::code::token::{TokenKind, draw_token};
    use vestibule_core::code::{Draw, Seed};

    fn tag(text: &str) -> SiteTag {
        SiteTag::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn scans_and_digits_become_proofs_and_typos_are_told_apart() {
        let keys = Keys::generate();
        let token = draw_token(&mut Draw::new(Seed([7; 32])), TokenKind::Pickup, tag("M7"));
        let scan = Given::Code(token.expose());
        assert!(matches!(proof(&scan, &keys, tag("M7")), Ok(Proof::Token(_))));
        assert!(matches!(proof(&scan, &keys, tag("K2")), Err(Refusal::Invalid { .. })));
        let given = proof(&Given::Digits { selector: "1202", digits: "57 24" }, &keys, tag("M7"));
        let Ok(Proof::Digits { check_ok: true, hash, .. }) = given else {
            panic!("5724 has its check digit")
        };
        assert_eq!(hash, pin::pin_hash(&keys, "1202", "5724"));
        let wrong = proof(&Given::Digits { selector: "1202", digits: "5725" }, &keys, tag("M7"));
        assert!(matches!(wrong, Ok(Proof::Digits { check_ok: false, .. })));
        assert!(matches!(proof(&Given::Code("*"), &keys, tag("M7")), Err(Refusal::Mistyped)));
    }

    #[test]
    fn a_couriers_digits_name_their_selector() {
        let keys = Keys::generate();
        let Ok(Proof::Digits { selector, .. }) = proof(&Given::Code("123 456 7890"), &keys, tag("M7")) else {
            panic!("digits")
        };
        assert_eq!(selector.digits(), "123");
    }
}
