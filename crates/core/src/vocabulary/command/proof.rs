//! What somebody shows to be let at something.

use crate::code::CodeHash;
use crate::directory::KeypadNumber;
use serde::{Deserialize, Serialize};

/// A code as it was given at a kiosk or reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A scanned token of the right shape for this site.
    Token(CodeHash),
    /// Typed digits. `selector` is the unit's keypad number or a courier code's first three digits.
    Digits {
        /// Whose code it claims to be.
        selector: KeypadNumber,
        /// Whether the check digit holds; if not, it is a typo and costs nothing.
        check_ok: bool,
        /// Keyed hash of the digits.
        hash: CodeHash,
    },
}
