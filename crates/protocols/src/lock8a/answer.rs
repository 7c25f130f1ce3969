//! What a board may say, found in whatever bytes came. Owns shape and checksum; never decides when a frame has
//! ended: the quiet gap does, and that is the session's business.

use thiserror::Error;

use super::{BoardAddress, Contact, LockNumber, Request, StatusBytes, checksum};
use crate::OutOfRange;
use crate::session::{Conflict, find_one};

const ONE_LEN: usize = 5;
/// Header, address, 2 to 7 status bytes, `33`, checksum.
const ALL_MIN_LEN: usize = 4 + StatusBytes::MIN;
const ALL_MAX_LEN: usize = 4 + StatusBytes::MAX;

/// A frame that comes from a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `8A AA LL ST BCC`: the board heard "unlock". It proves nothing about the door.
    Unlock {
        /// Who answers.
        board: BoardAddress,
        /// The lock that was to be pulsed.
        lock: LockNumber,
        /// Its contact at some moment around the pulse.
        contact: Contact,
    },
    /// `80 AA LL ST BCC`: the contact of one lock.
    StateOne {
        /// Who answers.
        board: BoardAddress,
        /// The lock asked about.
        lock: LockNumber,
        /// Its contact now.
        contact: Contact,
    },
    /// `80 AA S.. 33 BCC`: the contacts of all locks.
    StateAll {
        /// Who answers.
        board: BoardAddress,
        /// The status bytes as they came.
        status: StatusBytes,
    },
    /// `81` or `82 AA LL ST BCC`: sent unasked by some firmware. A hint to ask, never a fact.
    Changed {
        /// Who speaks.
        board: BoardAddress,
        /// The lock that moved.
        lock: LockNumber,
        /// Its contact, in words of that firmware.
        contact: Contact,
    },
}

impl Answer {
    /// The board that speaks.
    #[must_use]
    pub fn board(self) -> BoardAddress {
        match self {
            Answer::Unlock { board, .. }
            | Answer::StateOne { board, .. }
            | Answer::StateAll { board, .. }
            | Answer::Changed { board, .. } => board,
        }
    }

    /// Whether this is what `request` asks for: same board, same lock, same form.
    #[must_use]
    pub fn answers(self, request: Request) -> bool {
        match (request, self) {
            (Request::UnlockOne { board, lock }, Answer::Unlock { board: b, lock: l, .. }) => {
                (board, lock) == (b, l)
            }
            (Request::ReadOne { board, lock }, Answer::StateOne { board: b, lock: l, .. }) => {
                (board, lock) == (b, l)
            }
            (Request::ReadAll { board }, Answer::StateAll { board: b, .. }) => board == b,
            (Request::UnlockOne { .. } | Request::ReadOne { .. } | Request::ReadAll { .. }, _) => false,
        }
    }
}

/// Why some bytes are not a frame from a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// No known frame has this many bytes after this header.
    #[error("{0} bytes: no frame from a board is that long")]
    Length(usize),
    /// The first byte starts no frame from a board.
    #[error("starts with {0:02X}: expected 80, 81, 82 or 8A")]
    Header(u8),
    /// The last byte is not the exclusive or of the others.
    #[error("checksum is {found:02X}, expected {expected:02X}")]
    Checksum {
        /// The last byte that came.
        found: u8,
        /// What it should be.
        expected: u8,
    },
    /// The contact byte is neither `00` nor `11`.
    #[error("contact byte is {0:02X}, expected 00 (open) or 11 (closed)")]
    Contact(u8),
    /// The byte before the checksum of a read-all answer is not `33`.
    #[error("byte before the checksum is {0:02X}, expected 33")]
    Trailer(u8),
    /// A board or lock number the family does not have.
    #[error(transparent)]
    Number(#[from] OutOfRange),
}

/// Reads exactly one frame from a board, from its first to its last byte.
pub fn decode_answer(bytes: &[u8]) -> Result<Answer, FrameError> {
    let [header, middle @ .., found] = bytes else { return Err(FrameError::Length(bytes.len())) };
    match header {
        0x8A | 0x81 | 0x82 if bytes.len() != ONE_LEN => return Err(FrameError::Length(bytes.len())),
        0x80 if !(ONE_LEN..=ALL_MAX_LEN).contains(&bytes.len()) => {
            return Err(FrameError::Length(bytes.len()));
        }
        0x8A | 0x81 | 0x82 | 0x80 => {}
        other => return Err(FrameError::Header(*other)),
    }
    let expected = checksum(&bytes[..bytes.len() - 1]);
    if *found != expected {
        return Err(FrameError::Checksum { found: *found, expected });
    }
    match middle {
        [board, lock, contact] => decode_one(*header, *board, *lock, *contact),
        [board, status @ .., trailer] => decode_all(*board, status, *trailer),
        _ => Err(FrameError::Length(bytes.len())),
    }
}

fn decode_one(header: u8, board: u8, lock: u8, contact: u8) -> Result<Answer, FrameError> {
    let board = BoardAddress::new(board)?;
    let contact = match contact {
        0x11 => Contact::Closed,
        0x00 => Contact::Open,
        other => return Err(FrameError::Contact(other)),
    };
    let lock = LockNumber::new(lock)?;
    Ok(match header {
        0x8A => Answer::Unlock { board, lock, contact },
        0x80 => Answer::StateOne { board, lock, contact },
        _ => Answer::Changed { board, lock, contact },
    })
}

fn decode_all(board: u8, status: &[u8], trailer: u8) -> Result<Answer, FrameError> {
    let board = BoardAddress::new(board)?;
    if trailer != 0x33 {
        return Err(FrameError::Trailer(trailer));
    }
    let status = StatusBytes::new(status).ok_or(FrameError::Length(status.len() + 4))?;
    Ok(Answer::StateAll { board, status })
}

/// Finds the answer to `request` anywhere in `bytes`: noise before, between and after is skipped.
///
/// `status_bytes_min` is how many status bytes a read-all answer must have to cover the board's locks; more are
/// welcome, and the number never serves to find the end of a frame. `Ok(None)`: not there, or not yet whole.
pub fn find_answer(
    bytes: &[u8],
    request: Request,
    status_bytes_min: usize,
) -> Result<Option<Answer>, Conflict> {
    let lengths = match request {
        Request::ReadOne { .. } | Request::UnlockOne { .. } => ONE_LEN..=ONE_LEN,
        Request::ReadAll { .. } => ALL_MIN_LEN.max(4 + status_bytes_min)..=ALL_MAX_LEN,
    };
    find_one(bytes, |here| {
        // Longest first: the head of a long answer may look like a short one, never the other way round.
        lengths.clone().rev().find_map(|length| {
            let answer = decode_answer(here.get(..length)?).ok()?;
            answer.answers(request).then_some((answer, length))
        })
    })
}

/// The boards that sent an unasked `81` or `82` frame somewhere in `bytes`.
pub fn find_changes(bytes: &[u8]) -> impl Iterator<Item = BoardAddress> + '_ {
    bytes.windows(ONE_LEN).filter_map(|window| match decode_answer(window) {
        Ok(Answer::Changed { board, .. }) => Some(board),
        Ok(Answer::Unlock { .. } | Answer::StateOne { .. } | Answer::StateAll { .. }) | Err(_) => None,
    })
}
