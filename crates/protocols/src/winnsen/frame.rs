//! Every frame of the family, both ways, read from its bytes. Owns the shape, which is all there is: nothing here can
//! tell a flipped bit in a number from the number meant.

use thiserror::Error;

use super::{LockNumber, Request, Station};
use crate::OutOfRange;

const START: u8 = 0x90;
const END: u8 = 0x03;

/// A frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// `05`: pulses one coil.
    Unlock {
        /// The board told.
        station: Station,
        /// The lock.
        lock: LockNumber,
    },
    /// `85`, on some boards `A5`: what became of "unlock".
    UnlockAnswer {
        /// Who answers.
        station: Station,
        /// The lock.
        lock: LockNumber,
        /// In words of that firmware.
        result: UnlockResult,
    },
    /// `02`: asks for the doors in the mask.
    ReadAll {
        /// The board asked.
        station: Station,
        /// The locks asked about, the lowest bit is lock 1.
        mask: u16,
    },
    /// `82`, on some boards `A2`: the doors.
    StateAll {
        /// Who answers.
        station: Station,
        /// Bit 1 is an open door; the lowest bit is lock 1. A door that was not asked about reads 0.
        open: u16,
    },
}

/// What a board says of an unlock. Never proof of an open door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockResult {
    /// `01`.
    Opened,
    /// `00`.
    Failed,
    /// `02`, one vendor's firmware: the coil must cool down first.
    CoolingDown,
}

impl Frame {
    /// Whether this is what `request` asks for: same board, same lock.
    #[must_use]
    pub fn answers(self, request: Request) -> bool {
        match (request, self) {
            (Request::ReadAll { station, .. }, Frame::StateAll { station: from, .. }) => station == from,
            (Request::Unlock { station, lock }, Frame::UnlockAnswer { station: from, lock: of, .. }) => {
                (station, lock) == (from, of)
            }
            (Request::ReadAll { .. } | Request::Unlock { .. }, _) => false,
        }
    }

    /// Whether this state says the same as the one read before it. Only then is either to be believed.
    #[must_use]
    pub fn confirms(self, before: Frame) -> bool {
        match self {
            Frame::StateAll { .. } => self == before,
            Frame::Unlock { .. } | Frame::UnlockAnswer { .. } | Frame::ReadAll { .. } => false,
        }
    }
}

/// Why some bytes are not a frame of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Nothing came.
    #[error("no bytes: expected a frame such as 90 06 05 01 05 03")]
    Empty,
    /// The first byte starts no frame.
    #[error("starts with {0:02X}: expected 90")]
    Header(u8),
    /// Too short to say what it is.
    #[error("{0} bytes: the shortest frame has 6")]
    Short(usize),
    /// The length byte does not say how many bytes came.
    #[error("length byte is {declared:02X}; this has {found} bytes")]
    DeclaredLength {
        /// The length byte.
        declared: u8,
        /// How many came.
        found: usize,
    },
    /// No frame with this function has so many bytes.
    #[error("a frame with function {function:02X} has {expected} bytes; this has {found}")]
    Length {
        /// The function byte.
        function: u8,
        /// How many it should have.
        expected: usize,
        /// How many came.
        found: usize,
    },
    /// The family has no such function.
    #[error("function is {0:02X}: expected 02, 05, 82, 85, A2 or A5")]
    Function(u8),
    /// The last byte is not `03`.
    #[error("last byte is {0:02X}, expected 03")]
    End(u8),
    /// The result of an unlock is none of the known.
    #[error("result is {0:02X}: expected 00 (failed), 01 (opened) or 02 (cooling down)")]
    Result(u8),
    /// A question about no lock at all.
    #[error("the mask is 0000: it asks about no lock")]
    EmptyMask,
    /// A station or lock number the family does not have.
    #[error(transparent)]
    Number(#[from] OutOfRange),
}

/// Reads exactly one frame, from its first to its last byte.
pub fn decode(bytes: &[u8]) -> Result<Frame, FrameError> {
    match *bytes {
        [] => Err(FrameError::Empty),
        [START, declared, function, station, ref data @ .., end] if !data.is_empty() => {
            check_length(function, bytes.len())?;
            if usize::from(declared) != bytes.len() {
                return Err(FrameError::DeclaredLength { declared, found: bytes.len() });
            }
            if end != END {
                return Err(FrameError::End(end));
            }
            decode_function(function, Station::new(station)?, data)
        }
        [START, ..] => Err(FrameError::Short(bytes.len())),
        [other, ..] => Err(FrameError::Header(other)),
    }
}

fn check_length(function: u8, found: usize) -> Result<(), FrameError> {
    let expected = match function {
        0x05 => 6,
        0x02 | 0x82 | 0x85 | 0xA2 | 0xA5 => 7,
        other => return Err(FrameError::Function(other)),
    };
    if found == expected { Ok(()) } else { Err(FrameError::Length { function, expected, found }) }
}

fn decode_function(function: u8, station: Station, data: &[u8]) -> Result<Frame, FrameError> {
    match (function, data) {
        (0x05, [lock]) => Ok(Frame::Unlock { station, lock: LockNumber::new(*lock)? }),
        (0x85 | 0xA5, [lock, result]) => {
            let (lock, result) = (LockNumber::new(*lock)?, unlock_result(*result)?);
            Ok(Frame::UnlockAnswer { station, lock, result })
        }
        (0x02, [0, 0]) => Err(FrameError::EmptyMask),
        (0x02, [low, high]) => Ok(Frame::ReadAll { station, mask: u16::from_le_bytes([*low, *high]) }),
        (0x82 | 0xA2, [low, high]) => {
            Ok(Frame::StateAll { station, open: u16::from_le_bytes([*low, *high]) })
        }
        (other, _) => Err(FrameError::Function(other)),
    }
}

fn unlock_result(byte: u8) -> Result<UnlockResult, FrameError> {
    match byte {
        0x00 => Ok(UnlockResult::Failed),
        0x01 => Ok(UnlockResult::Opened),
        0x02 => Ok(UnlockResult::CoolingDown),
        other => Err(FrameError::Result(other)),
    }
}
