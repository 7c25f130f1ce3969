//! Codes for the keypad: random digits and a check digit, drawn here, hashed under the pepper.

use super::{CodeHash, CodeHasher, Draw, Secret, damm};
use crate::directory::KeypadNumber;
use serde::{Deserialize, Serialize};

/// How many random digits a pickup PIN has; a check digit follows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinLength {
    /// 6 random digits.
    Six,
    /// 8 random digits, the default: about 7e-5 wrong openings a site-year under a permanent attack (threat model).
    Eight,
    /// 10 random digits, for the `high` profile.
    Ten,
}

impl PinLength {
    /// Random digits, without the check digit.
    pub fn random_digits(self) -> usize {
        match self {
            Self::Six => 6,
            Self::Eight => 8,
            Self::Ten => 10,
        }
    }
}

/// Digits of a courier code's selector.
pub const COURIER_SELECTOR_DIGITS: usize = 3;
/// Random digits of a courier code, without selector and check digit.
pub const COURIER_RANDOM_DIGITS: usize = 6;

/// Draws a PIN: random digits and their check digit.
pub fn draw_pin(draw: &mut Draw, length: PinLength) -> Secret {
    Secret::new(with_check(draw.digits(length.random_digits())))
}

/// Random digits of a courier code or pass that also opens a door.
pub const DOOR_RANDOM_DIGITS: usize = 8;
/// Digits of a code for doors: selector, random digits and the check digit.
pub const DOOR_CODE_DIGITS: usize = COURIER_SELECTOR_DIGITS + DOOR_RANDOM_DIGITS + 1;

/// A unit's number and a PIN in keys without `*` between them, where nothing else can be meant: a code for doors ends with a check
/// digit of its own. `pin_digits`: with the check digit.
pub fn number_and_pin(keys: &str, pin_digits: usize) -> Option<(&str, &str)> {
    let may_be = keys.len() <= DOOR_CODE_DIGITS && keys.bytes().all(|key| key.is_ascii_digit());
    let (number, pin) = keys.split_at(keys.len().checked_sub(pin_digits).filter(|_| may_be)?);
    // A number that is its own check digit's leaves both readings open.
    let is_one = KeypadNumber::new(number).is_ok() && damm::is_valid(pin) && !damm::is_valid(keys);
    is_one.then_some((number, pin))
}

/// Draws a courier code or pass for a selector: selector, random digits (more where it opens a door), check digit over all of them.
pub fn draw_courier_code(draw: &mut Draw, selector: &str, opens_doors: bool) -> Secret {
    let count = if opens_doors { DOOR_RANDOM_DIGITS } else { COURIER_RANDOM_DIGITS };
    Secret::new(with_check(format!("{selector}{}", draw.digits(count))))
}

fn with_check(digits: String) -> String {
    let check = damm::check_digit(&digits).expect("only digits were drawn");
    digits + &check.to_string()
}

/// The hash of a PIN typed after a unit's keypad number.
pub fn pin_hash(hasher: &dyn CodeHasher, keypad_number: &str, pin: &str) -> CodeHash {
    hasher.hash("pin", &format!("{keypad_number}/{pin}"))
}

/// The hash of a courier code typed at the keypad.
pub fn courier_hash(hasher: &dyn CodeHasher, digits: &str) -> CodeHash {
    hasher.hash("courier", digits)
}

/// The hash of a QR token in its normal form.
pub fn token_hash(hasher: &dyn CodeHasher, token: &str) -> CodeHash {
    hasher.hash("token", token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_its_check(digits: &str) -> String {
        let checked = (0..10).map(|check| format!("{digits}{check}"));
        checked.into_iter().find(|text| damm::is_valid(text)).expect("each number has a check digit")
    }

    #[test]
    fn a_number_with_a_pin_behind_it_is_read_without_a_star_where_nothing_else_can_be_meant() {
        let pin = with_its_check("48291390");
        let mut both = 0;
        for number in 100..1_000 {
            let (keys, number) = (format!("{number}{pin}"), number.to_string());
            match number_and_pin(&keys, 9) {
                Some(read) => assert_eq!(read, (number.as_str(), pin.as_str())),
                None => both += 1,
            }
            assert_eq!(number_and_pin(&keys, 9).is_none(), damm::is_valid(&number), "{number}");
        }
        assert_eq!(both, 90, "one number in ten could be a code as well");
        assert_eq!(
            number_and_pin(&format!("7{pin}"), 9),
            Some(("7", pin.as_str())),
            "a short one ends with #"
        );
    }

    #[test]
    fn a_code_for_doors_stays_one_and_a_typo_in_it_is_no_pin() {
        let code = with_its_check("41712345678");
        assert_eq!(number_and_pin(&code, 9), None);
        let typo = format!("{}{}", &code[..11], (code.as_bytes()[11] - b'0' + 1) % 10);
        let is_pin = damm::is_valid(&typo[3..]);
        assert_eq!(number_and_pin(&typo, 9).is_some(), is_pin, "but where its end is a whole PIN");
        for other in ["", "48291390", "1234567890123456", "VPM7", "12*48291390", "\u{e9}48291390\u{e9}"] {
            assert_eq!(number_and_pin(other, 9), None, "{other}");
        }
    }
}
