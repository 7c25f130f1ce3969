//! What this program may say to a board. Never a frame that unlocks more than one lock or speaks to more than one board.

use super::checksum;
use crate::number::checked_number;

checked_number! {
    /// The bus address of a board. The sixteenth, 15, is left out: `F0` is taken for "every board" by some firmware.
    BoardAddress(u8), "board", 0 to 14
}

checked_number! {
    /// A lock of one board, as printed beside its connector; one less on the bus.
    LockNumber(u8), "lock", 1 to 16
}

/// One question or order to one board. There is deliberately no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// `02 ADDR 30 03 SUM`: the locks and occupancy sensors of one board.
    ReadAll {
        /// The board asked.
        board: BoardAddress,
    },
    /// `02 ADDR 31 03 SUM`: energise one coil for the board's own pulse time.
    Unlock {
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
        let (lock_bits, command) = match self {
            Request::ReadAll { .. } => (0, 0x30),
            Request::Unlock { lock, .. } => (lock.get() - 1, 0x31),
        };
        let body = [0x02, self.board().get() << 4 | lock_bits, command, 0x03];
        [body[0], body[1], body[2], body[3], checksum(&body)]
    }

    /// The board this is for.
    #[must_use]
    pub fn board(self) -> BoardAddress {
        match self {
            Request::ReadAll { board } | Request::Unlock { board, .. } => board,
        }
    }
}
