//! Why some bytes are not a frame, in words for people.

use thiserror::Error;

/// Why some bytes are not a frame of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Nothing came.
    #[error("no bytes: expected a frame such as 01 02 00 00 00 08 79 CC")]
    Empty,
    /// Too short for the transport.
    #[error("{found} bytes: the shortest frame has {shortest}")]
    Short {
        /// How many came.
        found: usize,
        /// How many the shortest has.
        shortest: usize,
    },
    /// The last two bytes are not the CRC of the others.
    #[error(
        "checksum is {:02X} {:02X}, expected {:02X} {:02X} (CRC-16/MODBUS, low byte first)",
        found.to_le_bytes()[0], found.to_le_bytes()[1], expected.to_le_bytes()[0], expected.to_le_bytes()[1]
    )]
    Checksum {
        /// The CRC that came.
        found: u16,
        /// What it should be.
        expected: u16,
    },
    /// The third and fourth byte of a TCP frame are not zero.
    #[error("protocol number is {0:04X}, expected 0000")]
    Protocol(u16),
    /// The length of a TCP frame is not what follows it.
    #[error("length says that {declared} bytes follow; {found} do")]
    DeclaredLength {
        /// What the header says.
        declared: u16,
        /// How many came.
        found: usize,
    },
    /// A function this family does not use.
    #[error("function is {0:02X}: expected 01, 02, 03, 05, 06, 0F or 2B, or one of them + 80 for a refusal")]
    Function(u8),
    /// Neither the question nor the answer of this function has so many bytes, or its count is wrong.
    #[error(
        "function {function:02X} with {found} data bytes: neither a question nor an answer of that length"
    )]
    Length {
        /// The function.
        function: u8,
        /// How many data bytes came after it.
        found: usize,
    },
    /// A question about nothing or too much.
    #[error("count is {found}, expected 1 to {last}")]
    Count {
        /// The count that came.
        found: u16,
        /// The highest allowed.
        last: u16,
    },
    /// A coil is set to something that does not exist.
    #[error("value is {0:04X}: expected FF00 (on), 0000 (off) or 5500 (toggle)")]
    CoilValue(u16),
    /// The time of a pulse is out of range.
    #[error("pulse time is {0:04X}: expected 0001 to 7FFF tenths of a second")]
    PulseValue(u16),
    /// A refusal without a reason.
    #[error("refusal with code 00: expected 01 or more")]
    RefusalCode,
}
