//! What this program may say to a board. Never a frame that pulses more than one lock or holds a coil.

use super::{BoardAddress, LockNumber, checksum};

/// One question or order to one board. There is deliberately no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// `80 AA LL 33 BCC`: the contact of one lock.
    ReadOne {
        /// The board asked.
        board: BoardAddress,
        /// The lock asked about.
        lock: LockNumber,
    },
    /// `80 AA 00 33 BCC`: the contacts of all locks of one board.
    ReadAll {
        /// The board asked.
        board: BoardAddress,
    },
    /// `8A AA LL 11 BCC`: energise one coil for the board's own pulse time.
    UnlockOne {
        /// The board told.
        board: BoardAddress,
        /// The lock whose coil is pulsed.
        lock: LockNumber,
    },
}

impl Request {
    /// The five bytes on the bus.
    #[must_use]
    pub fn encode(self) -> [u8; 5] {
        let (header, lock, order) = match self {
            Request::ReadOne { lock, .. } => (0x80, lock.get(), 0x33),
            Request::ReadAll { .. } => (0x80, 0x00, 0x33),
            Request::UnlockOne { lock, .. } => (0x8A, lock.get(), 0x11),
        };
        let body = [header, self.board().get(), lock, order];
        [body[0], body[1], body[2], body[3], checksum(&body)]
    }

    /// The board this is for.
    #[must_use]
    pub fn board(self) -> BoardAddress {
        match self {
            Request::ReadOne { board, .. }
            | Request::ReadAll { board }
            | Request::UnlockOne { board, .. } => board,
        }
    }
}
