//! What courier or staff say of a parcel.

use super::Proof;
use crate::custody::class::ParcelClass;
use crate::custody::label::LabelMark;
use crate::ids::*;
use crate::place::compartment::Size;
use serde::{Deserialize, Serialize};

/// For whom a parcel is, as said by courier or staff. The shell fills in what the directory knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientChoice {
    /// The household of a unit; `addressee` where one person is meant.
    Household {
        /// The unit named.
        unit: UnitId,
        /// The person named, if one was.
        addressee: Option<PersonId>,
    },
    /// Nobody knows yet: a place *to be assigned* and a task.
    Unknown,
}

/// What the label of a parcel says, as far as the rules may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelClaim {
    /// The mark of its number.
    pub mark: LabelMark,
    /// Asked, they said that it is another parcel with the number of one that came today.
    pub another: bool,
}

/// A recipient carries a parcel away from where it lay without a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckOut {
    /// Which.
    pub parcel: ParcelId,
    /// Its label was scanned; else a tap says so.
    pub is_scanned: bool,
    /// The screen took a picture of what is carried out, which is recorded next.
    pub is_pictured: bool,
}

impl CheckOut {
    /// By a tap, without a picture of the screen's own.
    pub fn by_tap(parcel: ParcelId) -> Self {
        Self { parcel, is_scanned: false, is_pictured: false }
    }

    /// By a scan of its label.
    pub fn by_scan(parcel: ParcelId) -> Self {
        Self { is_scanned: true, ..Self::by_tap(parcel) }
    }
}

/// A parcel that was looked for where it should lie without a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedFor {
    /// Which.
    pub parcel: ParcelId,
    /// The resident's visit in which it was; None: staff looked.
    pub visit: Option<VisitId>,
}

/// A parcel that a courier carried to a shelf or drop place: one in their hands, or one that an earlier visit with the same code had
/// on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutDown {
    /// By whom.
    pub visit: VisitId,
    /// Which parcel.
    pub parcel: ParcelId,
    /// Where it is now.
    pub to: PutTo,
    /// The screen took a picture with the press, which is recorded next.
    pub is_pictured: bool,
}

/// Where a courier says that a parcel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PutTo {
    /// Where the screen said.
    There,
    /// On the shelf whose label they scanned: the one the screen said, or another.
    Shelf {
        /// Which.
        shelf: ShelfId,
        /// The recipient asked for a height within reach; comes from the directory and is not recorded.
        reach: bool,
    },
    /// Not put down yet: they have it with them.
    InHand,
}

impl PutDown {
    /// Where the screen said, without a picture of the screen's own.
    pub fn there(visit: VisitId, parcel: ParcelId) -> Self {
        Self { visit, parcel, to: PutTo::There, is_pictured: false }
    }
}

/// What courier or staff say of a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelWords {
    /// For whom.
    pub recipient: RecipientChoice,
    /// The smallest compartment size it fits.
    pub size: Size,
    /// Heavy goes low.
    pub heavy: bool,
    /// The recipient asked for a latch within reach; comes from the directory and is not recorded.
    pub reach: bool,
    /// Put it with the parcel of the same entitlement this visit deposited just before. That door has shut, so the
    /// courier's code is given again: whoever comes next to an open visit opens nothing with a parcel in it.
    #[serde(default)]
    pub together: Option<Proof>,
    /// Its label, if one was read or typed.
    pub label: Option<LabelClaim>,
    /// What it is, where that matters; None: a usual parcel.
    #[serde(default)]
    pub class: Option<ParcelClass>,
}
