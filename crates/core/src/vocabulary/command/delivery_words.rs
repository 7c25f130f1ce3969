//! What is said of a delivery nobody scanned, and what staff do about it.

use super::RecipientChoice;
use crate::custody::delivered::{ClaimSource, Explanation};
use crate::custody::label::LabelMark;
use crate::ids::*;
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
