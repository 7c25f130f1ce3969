//! Codes for the keypad: random digits and a check digit, drawn here, hashed under the pepper.

use super::{CodeHash, CodeHasher, Draw, Secret, damm};
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
