//! What this program may say to a board. Never a frame that pulses more than one lock or keeps one open.

use super::checksum;
use crate::number::checked_number;

checked_number! {
    /// The bus address of a board.
    BoardAddress(u8), "board", 0 to 31
}

checked_number! {
    /// A lock of one board, as printed beside its connector. No board with more than 50 is known.
    LockNumber(u8), "lock", 1 to 50
}

/// One question or order to one board. There is deliberately no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// `82`: energise one coil for the board's own pulse time.
    Unlock {
        /// The board told.
        board: BoardAddress,
        /// The lock whose coil is pulsed.
        lock: LockNumber,
    },
    /// `83`: the door of one lock.
    ReadOne {
        /// The board asked.
        board: BoardAddress,
        /// The lock asked about.
        lock: LockNumber,
    },
    /// `84`: the doors of all locks of one board.
    ReadAll {
        /// The board asked.
        board: BoardAddress,
    },
}

impl Request {
    /// The bytes on the bus.
    #[must_use]
    pub fn encode(self) -> Vec<u8> {
        let (length, command, lock) = match self {
            Request::Unlock { lock, .. } => (9, 0x82, Some(lock)),
            Request::ReadOne { lock, .. } => (9, 0x83, Some(lock)),
            Request::ReadAll { .. } => (8, 0x84, None),
        };
        let mut frame = b"WKLY".to_vec();
        frame.extend([length, self.board().get(), command]);
        frame.extend(lock.map(LockNumber::get));
        frame.push(checksum(&frame));
        frame
    }

    /// The board this is for.
    #[must_use]
    pub fn board(self) -> BoardAddress {
        match self {
            Request::Unlock { board, .. } | Request::ReadOne { board, .. } | Request::ReadAll { board } => {
                board
            }
        }
    }
}
