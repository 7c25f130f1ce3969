//! A compartment in the new drawing of a bank.

use crate::ids::*;
use crate::place::compartment::CompartmentSpec;
use serde::{Deserialize, Serialize};

/// One compartment of a new drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnCompartment {
    /// Which one of the bank it is; None: a new one.
    #[serde(default)]
    pub compartment: Option<CompartmentId>,
    /// As it hangs from now on.
    pub spec: CompartmentSpec,
}
