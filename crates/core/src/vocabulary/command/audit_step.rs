//! What is asked of an audit: the steps of a walk from place to place.

use crate::custody::audit::{AuditPlace, AuditScope, Settlement};
use crate::ids::*;
use serde::{Deserialize, Serialize};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditStep {
    /// Begins a walk.
    Begin {
        /// Over which places.
        scope: AuditScope,
    },
    /// Opens one compartment of the walk to look into it; the door opened before must be shut.
    Open {
        /// Which walk.
        audit: AuditId,
        /// Which.
        compartment: CompartmentId,
    },
    /// Says what was seen at a place.
    Look {
        /// Which walk.
        audit: AuditId,
        /// Where.
        place: AuditPlace,
        /// Every parcel that was seen.
        seen: Vec<ParcelId>,
        /// Those that were looked for and not seen.
        absent: Vec<ParcelId>,
        /// How many things nobody knows.
        unknown: u16,
    },
    /// Passes a place over.
    Skip {
        /// Which walk.
        audit: AuditId,
        /// Which place.
        place: AuditPlace,
    },
    /// Stops for a while, or goes on.
    Pause {
        /// Which walk.
        audit: AuditId,
        /// Stops; else goes on.
        pause: bool,
    },
    /// Says what becomes of a difference.
    Settle {
        /// Which walk.
        audit: AuditId,
        /// Of which parcel.
        parcel: ParcelId,
        /// What.
        how: Settlement,
    },
    /// Ends the walk; every difference has a word.
    End {
        /// Which walk.
        audit: AuditId,
    },
    /// Gives the walk up; what it found stays in its report, and nothing else comes of it.
    Abandon {
        /// Which walk.
        audit: AuditId,
    },
}
