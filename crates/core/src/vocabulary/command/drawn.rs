//! Banks and rooms as a whole, as somebody draws them anew.

use crate::ids::*;
use crate::place::compartment::{CompartmentSpec, Size};
use crate::place::room::{RoomPlan, ShelfPlace};
use serde::{Deserialize, Serialize};

/// A new drawing of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnRoom {
    /// Which; None: a new one.
    #[serde(default)]
    pub room: Option<RoomId>,
    /// The drawing that whoever asks began with, counted from 1; of no account for a new room.
    #[serde(default)]
    pub was: u32,
    /// The room with racks and zones.
    pub plan: RoomPlan,
    /// Every shelf it has from now on.
    pub shelves: Vec<DrawnShelf>,
}

/// A shelf in a new drawing. Its label says which it is: one that is there, one that was, or a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnShelf {
    /// What is written on it.
    pub label: String,
    /// Where it is.
    pub place: ShelfPlace,
    /// What it takes from now on; None: what its measures let it, or as staff said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes: Option<ShelfTakes>,
}

/// What a drawn shelf takes, as staff say it with the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelfTakes {
    /// The largest parcel.
    pub largest: Size,
    /// How many parcels, from 1; None: nobody counted.
    #[serde(default)]
    pub holds: Option<u16>,
}

/// One compartment in a new drawing of a bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnCompartment {
    /// Which one of the bank it is; None: a new one.
    #[serde(default)]
    pub compartment: Option<CompartmentId>,
    /// As it hangs from now on.
    pub spec: CompartmentSpec,
}
