//! Somebody without a code: where they ring, to whom they come, and on which bell.

use crate::ids::*;
use serde::{Deserialize, Serialize};

/// Which bell was rung.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bell {
    /// That of the screen at the door: whoever rings stands there.
    #[default]
    AtDoor,
    /// The page of the door's label, on a phone: whoever rings may be anywhere, so that it asks and never lets in.
    Phone,
}

impl Bell {
    /// Whether it hangs at the door.
    pub fn is_at_door(&self) -> bool {
        *self == Self::AtDoor
    }
}

/// What somebody without a code asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// At which door.
    pub point: AccessPointId,
    /// To whom they come; None: the desk, for a parcel of the house or a name that nobody here has.
    pub unit: Option<UnitId>,
    /// On which bell.
    pub bell: Bell,
}
