//! Checked numbers: what a board, lock or other part of a frame may be called. Never a number that a board reads as
//! "everybody" or "all".

use thiserror::Error;

/// A number that no board or lock of the family has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{what} {number} does not exist: expected {first} to {last}")]
pub struct OutOfRange {
    /// "board", "lock" or what else is numbered.
    pub what: &'static str,
    /// The number that was given.
    pub number: u16,
    /// The lowest number allowed.
    pub first: u16,
    /// The highest number allowed.
    pub last: u16,
}

/// A type that holds `$first` to `$last` of an unsigned integer and nothing else.
macro_rules! checked_number {
    ($(#[$doc:meta])* $name:ident($int:ty), $what:literal, $first:literal to $last:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($int);

        impl $name {
            /// The lowest number.
            pub const FIRST: $int = $first;
            /// The highest number.
            pub const LAST: $int = $last;

            #[doc = concat!("The ", $what, " `number`, or an error outside ", $first, " to ", $last, ".")]
            pub fn new(number: $int) -> Result<Self, $crate::OutOfRange> {
                if (Self::FIRST..=Self::LAST).contains(&number) {
                    return Ok(Self(number));
                }
                Err($crate::OutOfRange {
                    what: $what,
                    number: u16::from(number),
                    first: u16::from(Self::FIRST),
                    last: u16::from(Self::LAST),
                })
            }

            /// The number itself.
            #[must_use]
            pub fn get(self) -> $int {
                self.0
            }
        }
    };
}

pub(crate) use checked_number;
