//! Every frame of the family, both ways, read from its bytes. Owns shape and checksum; never decides when a frame has
//! ended. Question and answer carry the same command and differ in the length of their data alone.

use super::{BoardAddress, FrameError, LockNumber, Request, checksum};

const START: &[u8] = b"WKLY";
/// Start, length, address, command and checksum.
const SHORTEST: usize = 8;

/// A frame: from whom or to whom, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// `80` pulses several coils at once, `87` one after another.
    UnlockSeveral {
        /// The board told.
        board: BoardAddress,
        /// Whether one after another.
        is_in_turn: bool,
        /// The locks.
        locks: Vec<LockNumber>,
    },
    /// `86`: pulses all coils, one after another.
    UnlockAll {
        /// The board told.
        board: BoardAddress,
    },
    /// The answer to `80`, `86` or `87`.
    ManyAnswer {
        /// Who answers.
        board: BoardAddress,
        /// The command answered: `80`, `86` or `87`.
        command: u8,
        /// What became of it.
        outcome: Outcome,
    },
    /// `81`, `82`, `83`, `88`, `89`: something about one lock.
    One {
        /// The board told.
        board: BoardAddress,
        /// What shall be done.
        order: Order,
        /// The lock.
        lock: LockNumber,
    },
    /// The answer to an order about one lock.
    OneAnswer {
        /// Who answers.
        board: BoardAddress,
        /// What was to be done.
        order: Order,
        /// The lock.
        lock: LockNumber,
        /// What became of it.
        outcome: Outcome,
        /// The door, in answers to `82` and `83`.
        door: Option<Door>,
    },
    /// `84`: asks for all doors.
    ReadAll {
        /// The board asked.
        board: BoardAddress,
    },
    /// The answer to `84`.
    StateAll {
        /// Who answers.
        board: BoardAddress,
        /// What became of the question.
        outcome: Outcome,
        /// The doors of locks 1, 2 and so on.
        doors: Vec<Door>,
    },
    /// `85`: sent unasked when a door moved. A hint to ask, never a fact.
    Changed {
        /// Who speaks.
        board: BoardAddress,
        /// The lock whose door moved.
        lock: LockNumber,
        /// How it stands.
        door: Door,
    },
}

/// What can be asked of one lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `81`: flash its lamp.
    Flash,
    /// `82`: pulse its coil.
    Unlock,
    /// `83`: read its door.
    Read,
    /// `88`: keep it open.
    HoldOn,
    /// `89`: keep it open no longer.
    HoldOff,
}

/// What a board says of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `00`.
    Done,
    /// `FF`, in one text `01`.
    Failed,
}

/// A door as the board reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// `00`.
    Open,
    /// `01`.
    Closed,
}

impl Frame {
    /// Whether this is what `request` asks for: same board, same lock, same command.
    #[must_use]
    pub fn answers(&self, request: Request) -> bool {
        match (request, self) {
            (Request::ReadAll { board }, Frame::StateAll { board: from, .. }) => board == *from,
            (Request::Unlock { board, lock }, Frame::OneAnswer { board: from, order, lock: of, .. }) => {
                (board, Order::Unlock, lock) == (*from, *order, *of)
            }
            (Request::ReadOne { board, lock }, Frame::OneAnswer { board: from, order, lock: of, .. }) => {
                (board, Order::Read, lock) == (*from, *order, *of)
            }
            (Request::Unlock { .. } | Request::ReadOne { .. } | Request::ReadAll { .. }, _) => false,
        }
    }
}

/// Reads exactly one frame, from its first to its last byte.
pub fn decode(bytes: &[u8]) -> Result<Frame, FrameError> {
    if bytes.is_empty() {
        return Err(FrameError::Empty);
    }
    let rest = bytes.strip_prefix(START).ok_or(FrameError::Header)?;
    let [declared, board, command, data @ .., found] = rest else {
        return Err(FrameError::Short(bytes.len()));
    };
    if usize::from(*declared) != bytes.len() || bytes.len() < SHORTEST {
        return Err(FrameError::DeclaredLength { declared: *declared, found: bytes.len() });
    }
    let expected = checksum(&bytes[..bytes.len() - 1]);
    if *found != expected {
        return Err(FrameError::Checksum { found: *found, expected });
    }
    decode_command(BoardAddress::new(*board)?, *command, data)
}

fn decode_command(board: BoardAddress, command: u8, data: &[u8]) -> Result<Frame, FrameError> {
    let length = || FrameError::Length { command, found: data.len() };
    match (command, data) {
        (0x80 | 0x87, [_, _, ..]) => {
            let locks = counted(data)?.iter().map(|lock| LockNumber::new(*lock)).collect::<Result<_, _>>()?;
            Ok(Frame::UnlockSeveral { board, is_in_turn: command == 0x87, locks })
        }
        (0x86, []) => Ok(Frame::UnlockAll { board }),
        (0x80 | 0x86 | 0x87, [result]) => {
            Ok(Frame::ManyAnswer { board, command, outcome: outcome(*result)? })
        }
        (0x80 | 0x86 | 0x87, _) => Err(length()),
        (0x84, []) => Ok(Frame::ReadAll { board }),
        (0x84, [result, doors @ ..]) => {
            let doors = counted(doors)?.iter().map(|byte| door(*byte)).collect::<Result<_, _>>()?;
            Ok(Frame::StateAll { board, outcome: outcome(*result)?, doors })
        }
        (0x85, [lock, state]) => {
            Ok(Frame::Changed { board, lock: LockNumber::new(*lock)?, door: door(*state)? })
        }
        (0x85, _) => Err(length()),
        (0x81, _) => decode_one(board, Order::Flash, data, length()),
        (0x82, _) => decode_one(board, Order::Unlock, data, length()),
        (0x83, _) => decode_one(board, Order::Read, data, length()),
        (0x88, _) => decode_one(board, Order::HoldOn, data, length()),
        (0x89, _) => decode_one(board, Order::HoldOff, data, length()),
        (other, _) => Err(FrameError::Command(other)),
    }
}

fn decode_one(
    board: BoardAddress,
    order: Order,
    data: &[u8],
    wrong_length: FrameError,
) -> Result<Frame, FrameError> {
    let has_door = matches!(order, Order::Unlock | Order::Read);
    let (result, lock, state) = match *data {
        [lock] => return Ok(Frame::One { board, order, lock: LockNumber::new(lock)? }),
        [result, lock] if !has_door => (result, lock, None),
        [result, lock, state] if has_door => (result, lock, Some(door(state)?)),
        _ => return Err(wrong_length),
    };
    let (outcome, lock) = (outcome(result)?, LockNumber::new(lock)?);
    Ok(Frame::OneAnswer { board, order, lock, outcome, door: state })
}

/// What follows a count, if it is as many.
fn counted(data: &[u8]) -> Result<&[u8], FrameError> {
    let (declared, rest) = data.split_first().map_or((0, data), |(count, rest)| (*count, rest));
    if usize::from(declared) == rest.len() {
        Ok(rest)
    } else {
        Err(FrameError::Count { declared, found: rest.len() })
    }
}

fn outcome(byte: u8) -> Result<Outcome, FrameError> {
    match byte {
        0x00 => Ok(Outcome::Done),
        0x01 | 0xFF => Ok(Outcome::Failed),
        other => Err(FrameError::Outcome(other)),
    }
}

fn door(byte: u8) -> Result<Door, FrameError> {
    match byte {
        0x00 => Ok(Door::Open),
        0x01 => Ok(Door::Closed),
        other => Err(FrameError::Door(other)),
    }
}
