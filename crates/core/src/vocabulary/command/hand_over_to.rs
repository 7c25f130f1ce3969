//! To whom staff hand a parcel at the desk, and on what.

use super::Proof;
use crate::ids::*;
use serde::{Deserialize, Serialize};

/// To whom staff hand a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOverTo {
    /// Who showed this notice, PIN or card at the desk.
    Shown(Proof),
    /// A person staff know, with a reason kept beside it.
    Person(PersonId),
    /// A person staff know, who signed for it on paper or on the carrier's device.
    Signed(PersonId),
}
