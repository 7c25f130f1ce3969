//! Board addresses and lock numbers, checked. Never holds a number that a board reads as "everybody" or "all locks".

use thiserror::Error;

/// A number that no board or lock of the family has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{what} {number} does not exist: expected 1 to {last}")]
pub struct OutOfRange {
    /// "board" or "lock".
    pub what: &'static str,
    /// The number that was given.
    pub number: u8,
    /// The highest number allowed.
    pub last: u8,
}

/// The bus address of a board, 1 to 31, as set on its DIP switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoardAddress(u8);

impl BoardAddress {
    /// The highest address: five DIP switches. (Some texts say 32; no switch can be set so.)
    pub const LAST: u8 = 31;

    /// The address `number`, or an error outside 1 to 31.
    pub fn new(number: u8) -> Result<Self, OutOfRange> {
        match number {
            1..=Self::LAST => Ok(Self(number)),
            _ => Err(OutOfRange { what: "board", number, last: Self::LAST }),
        }
    }

    /// The number on the bus.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A lock of one board, 1 to 50, as printed beside its connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LockNumber(u8);

impl LockNumber {
    /// The highest lock of the largest board of the family.
    pub const LAST: u8 = 50;

    /// The lock `number`, or an error outside 1 to 50. Zero would mean "all locks" on the bus.
    pub fn new(number: u8) -> Result<Self, OutOfRange> {
        match number {
            1..=Self::LAST => Ok(Self(number)),
            _ => Err(OutOfRange { what: "lock", number, last: Self::LAST }),
        }
    }

    /// The number on the bus.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}
