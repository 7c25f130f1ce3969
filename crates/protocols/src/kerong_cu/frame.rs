//! Every frame of the family, both ways, read from its bytes. Owns shape and checksum; never decides when a frame has
//! ended, and never says what a bit means for a door: that is the wiring's business.

use thiserror::Error;

use super::{Request, checksum};

const START: u8 = 0x02;
const END: u8 = 0x03;
const VERSION_START: u8 = 0xF5;

/// A frame. Boards go by their bus address 0 to 15, locks count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// `30` or `32`: asks for the state of one board.
    ReadAll {
        /// The board asked.
        board: u8,
    },
    /// `32` to `F0`: asks every board on the bus. One source only.
    ReadEveryBoard,
    /// `31`: pulses one coil.
    Unlock {
        /// The board told.
        board: u8,
        /// The lock, from 1.
        lock: u8,
    },
    /// `33`: pulses all coils of a board. One source only.
    UnlockAll {
        /// The board told.
        board: u8,
    },
    /// `35`: the state of one board.
    StateAll {
        /// Who answers.
        board: u8,
        /// What it sees.
        state: State,
    },
    /// `37` without a value: asks for the pulse time. One source only.
    ReadPulse {
        /// The board asked.
        board: u8,
    },
    /// `37` with a value: the pulse time. One source only.
    SetPulse {
        /// The board told.
        board: u8,
        /// The pulse in milliseconds, 0 to 60000.
        pulse_ms: u16,
    },
    /// `39`: how long the board waits before it unlocks. One source only.
    SetDelay {
        /// The board told.
        board: u8,
        /// The delay in seconds, 0 to 250.
        delay_s: u8,
    },
    /// `40`: the speed of the line. One source only.
    SetBaud {
        /// The board told.
        board: u8,
        /// 0 to 3.
        choice: u8,
    },
    /// `F5 B6 ADDR 00 5F SUM`: asks for the version. One source only.
    ReadVersion {
        /// The board asked.
        board: u8,
    },
}

/// The locks and occupancy sensors of one board, as they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Locks 1 to 8 and 9 to 16, the lowest bit first. 1 is closed for most boards; the wiring decides.
    pub locks: [u8; 2],
    /// Occupancy sensors 1 to 8 and 9 to 16; 1 means that something is inside.
    pub occupied: [u8; 2],
}

impl Frame {
    /// Whether this is what `request` asks for. Nothing answers "unlock": what comes after it proves nothing.
    #[must_use]
    pub fn answers(self, request: Request) -> bool {
        match (request, self) {
            (Request::ReadAll { board }, Frame::StateAll { board: from, .. }) => board.get() == from,
            (Request::ReadAll { .. } | Request::Unlock { .. }, _) => false,
        }
    }
}

/// Why some bytes are not a frame of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Nothing came.
    #[error("no bytes: expected a frame such as 02 00 30 03 35")]
    Empty,
    /// The first byte starts no frame.
    #[error("starts with {0:02X}: expected 02, or F5 B6 for the version")]
    Header(u8),
    /// Too short to say what it is.
    #[error("{0} bytes: the shortest frame has 5")]
    Short(usize),
    /// No frame with this command has so many bytes.
    #[error("a frame with command {command:02X} has {expected} bytes; this has {found}")]
    Length {
        /// The command byte.
        command: u8,
        /// In words.
        expected: &'static str,
        /// How many came.
        found: usize,
    },
    /// The family has no such command.
    #[error("command is {0:02X}: expected 30, 31, 32, 33, 35, 37, 39 or 40")]
    Command(u8),
    /// The last byte is not the sum of the others.
    #[error("checksum is {found:02X}, expected {expected:02X} (sum of the bytes before it)")]
    Checksum {
        /// The last byte that came.
        found: u8,
        /// What it should be.
        expected: u8,
    },
    /// The byte before the checksum is not `03`.
    #[error("byte before the checksum is {0:02X}, expected 03")]
    End(u8),
    /// An order to a whole board names a lock.
    #[error("address is {0:02X}: its low half is a lock, expected 0 for a whole board")]
    LockInBoardAddress(u8),
    /// A setting outside its range.
    #[error("{what} is {found}, expected 0 to {last}")]
    Setting {
        /// What is set.
        what: &'static str,
        /// The value that came.
        found: u16,
        /// The highest allowed.
        last: u16,
    },
    /// The version question is not the known one.
    #[error("not the version question: expected F5 B6 ADDR 00 5F SUM")]
    Version,
}

/// Reads exactly one frame, from its first to its last byte.
pub fn decode(bytes: &[u8]) -> Result<Frame, FrameError> {
    match *bytes {
        [] => Err(FrameError::Empty),
        [VERSION_START, ..] => decode_version(bytes),
        [START, address, command, ref data @ .., end, found] => {
            check_length(command, bytes.len())?;
            check_sum(bytes, found)?;
            if end != END {
                return Err(FrameError::End(end));
            }
            decode_command(address, command, data)
        }
        [START, ..] => Err(FrameError::Short(bytes.len())),
        [other, ..] => Err(FrameError::Header(other)),
    }
}

fn check_length(command: u8, found: usize) -> Result<(), FrameError> {
    let (lengths, expected): (&[usize], _) = match command {
        0x30..=0x33 => (&[5], "5"),
        0x35 => (&[9], "9"),
        0x37 => (&[5, 7], "5 or 7"),
        0x39 | 0x40 => (&[6], "6"),
        other => return Err(FrameError::Command(other)),
    };
    if lengths.contains(&found) { Ok(()) } else { Err(FrameError::Length { command, expected, found }) }
}

fn check_sum(bytes: &[u8], found: u8) -> Result<(), FrameError> {
    let expected = checksum(&bytes[..bytes.len() - 1]);
    if found == expected { Ok(()) } else { Err(FrameError::Checksum { found, expected }) }
}

fn decode_command(address: u8, command: u8, data: &[u8]) -> Result<Frame, FrameError> {
    let board = address >> 4;
    match (command, data) {
        (0x31, []) => return Ok(Frame::Unlock { board, lock: (address & 0x0F) + 1 }),
        (0x32, []) if address == 0xF0 => return Ok(Frame::ReadEveryBoard),
        // A published state names a lock too; it says nothing there.
        (0x30 | 0x32 | 0x35, _) => {}
        _ if address & 0x0F != 0 => return Err(FrameError::LockInBoardAddress(address)),
        _ => {}
    }
    match *data {
        [] if command == 0x33 => Ok(Frame::UnlockAll { board }),
        [] if command == 0x37 => Ok(Frame::ReadPulse { board }),
        [] => Ok(Frame::ReadAll { board }),
        [delay_s] if command == 0x39 => {
            setting("delay in seconds", u16::from(delay_s), 250)?;
            Ok(Frame::SetDelay { board, delay_s })
        }
        [choice] => {
            setting("baud choice", u16::from(choice), 3)?;
            Ok(Frame::SetBaud { board, choice })
        }
        [high, low] => {
            let tens_ms = u16::from_be_bytes([high, low]);
            setting("pulse in units of 10 ms", tens_ms, 6000)?;
            Ok(Frame::SetPulse { board, pulse_ms: tens_ms * 10 })
        }
        [low, high, occupied_low, occupied_high] => {
            let state = State { locks: [low, high], occupied: [occupied_low, occupied_high] };
            Ok(Frame::StateAll { board, state })
        }
        _ => Err(FrameError::Command(command)),
    }
}

fn setting(what: &'static str, found: u16, last: u16) -> Result<(), FrameError> {
    if found <= last { Ok(()) } else { Err(FrameError::Setting { what, found, last }) }
}

fn decode_version(bytes: &[u8]) -> Result<Frame, FrameError> {
    let [VERSION_START, 0xB6, address, 0x00, 0x5F, found] = *bytes else { return Err(FrameError::Version) };
    check_sum(bytes, found)?;
    if address & 0x0F != 0 {
        return Err(FrameError::LockInBoardAddress(address));
    }
    Ok(Frame::ReadVersion { board: address >> 4 })
}
