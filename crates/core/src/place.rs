//! Places a parcel can be put: compartments, shelves, the desk, drop places.

pub mod allocation;
pub mod compartment;
pub mod key;
pub mod layout;
pub mod near;
pub mod opening;
pub mod room;
pub mod shelf;
pub mod wiring;

use crate::ids::*;
use serde::{Deserialize, Serialize};

/// Where a parcel is to go, in the order tried: compartment, shelf, desk in its hours, drop place, back to the carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A compartment, held for it.
    Compartment(CompartmentId),
    /// A labelled shelf.
    Shelf(ShelfId),
    /// The staff desk; it becomes theirs only when they accept it.
    Desk,
    /// A named drop place.
    Area(AreaId),
    /// The courier takes it back.
    TakeBack,
}
