//! What a bus tells the site. Facts only: what they mean is the site's to say.

pub(crate) mod exchanges;
pub(crate) mod firmware;
pub(crate) mod health;
pub(crate) mod identity;
pub(crate) mod keeper;

use crate::DeviceError;

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A door's state: its first reading after a start or reconnect, then every change.
    DoorSeen {
        /// As named in the wiring.
        point: u32,
        /// Whether it stands open.
        open: bool,
    },
    /// What an occupancy sensor shows: its first reading after a start or reconnect, then every change. A board reports all its
    /// sensors, fitted or not.
    OccupancySeen {
        /// As named in the wiring.
        point: u32,
        /// Whether something is inside.
        occupied: bool,
    },
    /// The order to pulse was handed to the line.
    PulseSent {
        /// Of the intent.
        opening: u64,
        /// Of the intent.
        attempt: u8,
    },
    /// The order was not handed to the line and never will be.
    PulseNotSent {
        /// Of the intent.
        opening: u64,
        /// Of the intent.
        attempt: u8,
        /// Why.
        error: DeviceError,
    },
    /// What later door states say about a pulse that was sent.
    PulseOutcome {
        /// Of the intent.
        opening: u64,
        /// Of the intent.
        attempt: u8,
        /// What was seen.
        outcome: PulseResult,
    },
    /// A board gave no answer three times. It is asked again now and then.
    BoardSilent {
        /// Its bus address.
        board: u8,
    },
    /// A silent board answers again.
    BoardBack {
        /// Its bus address.
        board: u8,
    },
    /// The line cannot be opened or broke off.
    BusLost,
    /// The line is open again.
    BusBack,
}

/// What became of a pulse, as door states show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PulseResult {
    /// The door was seen open.
    Opened,
    /// The door was seen closed when it had had time to open.
    StillClosed,
    /// The door could not be seen in time.
    Unknown,
}
