//! What is asked of a bank's wiring: by the machine what the configuration says, by staff the steps of a test.

use crate::ids::*;
use crate::place::wiring::{Channel, WhatOpened};
use serde::{Deserialize, Serialize};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WiringStep {
    /// What the configuration file says of its locks; for the machine itself.
    Declare {
        /// The lock of each compartment.
        channels: Vec<(CompartmentId, Channel)>,
    },
    /// Begins to find out which lock opens which door, or goes on with it.
    Begin {
        /// Whoever asks knows what lies in the bank: a wrong wire may open any of its doors.
        told: bool,
        /// What was found before is not used.
        anew: bool,
    },
    /// In a test, pulses the lock taken for a compartment's, once.
    Try {
        /// The compartment.
        compartment: CompartmentId,
        /// Whoever asks knows what lies in it.
        told: bool,
    },
    /// Which door opened when the lock was pulsed.
    Say {
        /// What a person saw.
        opened: WhatOpened,
    },
    /// Makes what the test found the bank's map, and ends the test.
    Keep,
    /// Stops the test; the map stays as it was, and what was found waits for who goes on.
    Stop,
}
