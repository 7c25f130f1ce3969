//! What this program may say to a board. The family has no frame for several locks or all boards, and none is made up.

use crate::number::checked_number;

checked_number! {
    /// The station number of a board, as set on its DIP switches.
    Station(u8), "station", 1 to 255
}

checked_number! {
    /// A lock of one board, as printed beside its connector.
    LockNumber(u8), "lock", 1 to 16
}

/// One question or order to one board. There is deliberately no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// `90 07 02 ST MASKLO MASKHI 03`: the doors of locks 1 to `last`.
    ReadAll {
        /// The board asked.
        station: Station,
        /// The last lock asked about.
        last: LockNumber,
    },
    /// `90 06 05 ST LOCK 03`: energise one coil for the board's own pulse time.
    Unlock {
        /// The board told.
        station: Station,
        /// The lock whose coil is pulsed.
        lock: LockNumber,
    },
}

impl Request {
    /// The bytes on the bus.
    #[must_use]
    pub fn encode(self) -> Vec<u8> {
        match self {
            Request::ReadAll { station, last } => {
                let [low, high] = (u16::MAX >> (16 - last.get())).to_le_bytes();
                vec![0x90, 0x07, 0x02, station.get(), low, high, 0x03]
            }
            Request::Unlock { station, lock } => vec![0x90, 0x06, 0x05, station.get(), lock.get(), 0x03],
        }
    }

    /// The board this is for.
    #[must_use]
    pub fn station(self) -> Station {
        match self {
            Request::ReadAll { station, .. } | Request::Unlock { station, .. } => station,
        }
    }
}
