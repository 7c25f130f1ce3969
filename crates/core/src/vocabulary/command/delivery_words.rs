//! What is said of a delivery nobody scanned, and what staff do about it.

use super::{LabelClaim, RecipientChoice};
use crate::custody::delivered::{ClaimSource, Explanation};
use crate::custody::label::LabelMark;
use crate::evidence::PhotoHash;
use crate::ids::*;
use crate::place::compartment::Size;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Where it was delivered, as far as that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimHouse {
    /// At one of the site's addresses, or nothing was said.
    Ours,
    /// At another address.
    Another,
}

/// That something was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryWords {
    /// The mark of its number.
    pub label: LabelMark,
    /// The company, if it is one of the site's.
    pub carrier: Option<CarrierId>,
    /// When; None: just now.
    pub at: Option<Timestamp>,
    /// By what way it became known.
    pub source: ClaimSource,
    /// For whom, if that was said.
    pub unit: Option<UnitId>,
    /// Where.
    pub house: ClaimHouse,
}

/// What staff do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStep {
    /// It is this parcel.
    Here {
        /// Which: of a drop, at the desk, anywhere in custody.
        parcel: ParcelId,
        /// Whose it is, where that is said with it.
        recipient: Option<RecipientChoice>,
    },
    /// The carrier is written to.
    AskCarrier,
    /// It is not here.
    Explain {
        /// Why.
        why: Explanation,
    },
}

/// What staff say of a parcel nobody scanned, once they found it by a photo or by what a carrier says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptionWords {
    /// Which it is.
    pub found: Unscanned,
    /// For whom.
    pub recipient: RecipientChoice,
    /// Its label, if it was read. Where a claim is named the number is that one's.
    pub label: Option<LabelClaim>,
    /// The claim it was looked for under.
    pub claim: Option<ClaimId>,
    /// The photos it was found by, at most [`crate::custody::PHOTOS_AT_HAND`]: named where its custody changes.
    pub photos: Vec<PhotoHash>,
}

/// A parcel nobody scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unscanned {
    /// One of a drop that is not sorted.
    Dropped {
        /// Which.
        parcel: ParcelId,
        /// Where it is put; None: it stays where it lies.
        put: Option<PutAway>,
    },
    /// One the site knew nothing of.
    Unknown {
        /// From which company, if that is known; else the claim's.
        carrier: Option<CarrierId>,
        /// The smallest compartment size it fits.
        size: Size,
        /// Where it is put.
        put: PutAway,
    },
}

/// Where staff put what they adopt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PutAway {
    /// It is kept at the desk.
    Desk,
    /// Onto this shelf.
    Shelf(ShelfId),
}
