//! Why some bytes are not a frame of the family, in words for people.

use thiserror::Error;

use crate::OutOfRange;

/// Why some bytes are not a frame of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Nothing came.
    #[error("no bytes: expected a frame such as 57 4B 4C 59 08 00 84 85")]
    Empty,
    /// The bytes do not start as every frame does.
    #[error("does not start with 57 4B 4C 59 (WKLY)")]
    Header,
    /// Too short to say what it is.
    #[error("{0} bytes: the shortest frame has 8")]
    Short(usize),
    /// The length byte does not say how many bytes came.
    #[error("length byte is {declared:02X}, which is {declared} bytes; this has {found}")]
    DeclaredLength {
        /// The length byte.
        declared: u8,
        /// How many came.
        found: usize,
    },
    /// The last byte is not the exclusive or of the others.
    #[error("checksum is {found:02X}, expected {expected:02X} (exclusive or of the bytes before it)")]
    Checksum {
        /// The last byte that came.
        found: u8,
        /// What it should be.
        expected: u8,
    },
    /// The family has no such command.
    #[error("command is {0:02X}: expected 80 to 89")]
    Command(u8),
    /// Neither the question nor the answer of this command has so many data bytes.
    #[error(
        "command {command:02X} with {found} data bytes: neither the question nor the answer is that long"
    )]
    Length {
        /// The command byte.
        command: u8,
        /// How many data bytes came.
        found: usize,
    },
    /// The count in front of a list is not how many follow.
    #[error("count is {declared}, but {found} follow")]
    Count {
        /// The count byte.
        declared: u8,
        /// How many came.
        found: usize,
    },
    /// The result is none of the known.
    #[error("result is {0:02X}: expected 00 (done), FF or 01 (failed)")]
    Outcome(u8),
    /// The door byte is neither `00` nor `01`.
    #[error("door byte is {0:02X}, expected 00 (open) or 01 (closed)")]
    Door(u8),
    /// A board or lock number the family does not have.
    #[error(transparent)]
    Number(#[from] OutOfRange),
}
