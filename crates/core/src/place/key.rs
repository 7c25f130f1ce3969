//! Doors that somebody opens with a mechanical key, past the board: said before, or explained after. A contact cannot tell a
//! key from a crowbar; what nobody says is forced, and stays so.

use crate::ids::*;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who says that they open a door with the key does it within this time.
pub const KEY_WITHIN: Span = Span::minutes(10);

/// Somebody is about to open a door with the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAnnounced {
    /// Who.
    pub staff: StaffId,
    /// No opening from then on is theirs.
    pub until: Timestamp,
}

/// What is known of keys in doors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyOpenings {
    /// Who said that they open what; some of it may be over.
    pub announced: BTreeMap<CompartmentId, KeyAnnounced>,
    /// Since when a door counts as forced. A look inside does not end that, an explanation does.
    pub unexplained: BTreeMap<CompartmentId, Timestamp>,
}

impl KeyOpenings {
    /// Who opens a compartment with the key about now.
    pub fn announced_now(&self, compartment: CompartmentId, now: Timestamp) -> Option<KeyAnnounced> {
        self.announced.get(&compartment).copied().filter(|announced| now < announced.until)
    }

    /// The compartment is in no drawing any more.
    pub(crate) fn forget(&mut self, compartment: CompartmentId) {
        self.announced.remove(&compartment);
        self.unexplained.remove(&compartment);
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::KeyAnnounced { compartment, staff, until, .. } => {
                self.announced.retain(|_, announced| now < announced.until);
                self.announced.insert(*compartment, KeyAnnounced { staff: *staff, until: *until });
            }
            Event::CompartmentForced { compartment } => {
                self.unexplained.insert(*compartment, now);
            }
            Event::ForceExplained { compartment, .. } => {
                self.unexplained.remove(compartment);
            }
            _ => {}
        }
    }
}
