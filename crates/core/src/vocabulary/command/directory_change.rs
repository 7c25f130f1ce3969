//! What a change of the directory may be: units, tenancies and people as numbers.

use crate::directory::{KeypadNumber, Leavers, Sharing};
use crate::ids::*;
use serde::{Deserialize, Serialize};

/// A change of the directory, ids and rights only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryChange {
    /// A new unit with the number typed at the keypad.
    AddUnit {
        /// Its id, as given by a dry run against the same state.
        unit: UnitId,
        /// Digits only, unique in the site.
        keypad: KeypadNumber,
    },
    /// People move into a unit: a new tenancy begins, an earlier one ends.
    BeginTenancy {
        /// The new tenancy's id.
        tenancy: TenancyId,
        /// Where.
        unit: UnitId,
        /// What becomes of parcels that wait for the people of the earlier tenancy.
        leavers: Leavers,
    },
    /// A person joins the tenancy that is current in the unit.
    Join {
        /// The person's id.
        person: PersonId,
        /// The tenancy joined.
        tenancy: TenancyId,
    },
    /// A person moves out.
    Leave {
        /// Who.
        person: PersonId,
        /// What becomes of parcels that wait.
        leavers: Leavers,
    },
    /// Who may collect what comes for this person's household from now on.
    Share {
        /// Whose wish it is.
        person: PersonId,
        /// None follows the site's policy.
        sharing: Option<Sharing>,
    },
}
