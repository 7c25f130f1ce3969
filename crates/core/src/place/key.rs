//! Doors that somebody opens with a mechanical key, past the board: said before, or explained after. A contact cannot tell a
//! key from a crowbar; what nobody says is forced, and stays so. What is said before covers one opening, until the door is shut.

use crate::ids::*;
use crate::planted::is_planted;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who says that they open a door with the key does it within this time.
pub const KEY_WITHIN: Span = Span::minutes(10);

/// For so long after the door was shut its contact may still bounce: that is the same opening.
pub const KEY_BOUNCES: Span = Span::seconds(2);

/// Somebody is about to open a door with the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAnnounced {
    /// Who.
    pub staff: StaffId,
    /// No opening from then on is theirs.
    pub until: Timestamp,
    /// What has become of it.
    #[serde(default)]
    pub turn: KeyTurn,
}

/// Where in its one opening an announced key is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyTurn {
    /// The door is still to be opened.
    #[default]
    Awaited,
    /// It stands open.
    Open,
    /// It was shut: from the end of the bouncing on nothing is theirs.
    Shut,
}

impl KeyAnnounced {
    fn explains(&self, now: Timestamp) -> bool {
        self.turn == KeyTurn::Open || now < self.until || is_planted("key-hides-a-forced-door")
    }
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
    /// Who is about to open a compartment with the key: they said so, and have not opened it yet.
    pub fn announced_now(&self, compartment: CompartmentId, now: Timestamp) -> Option<KeyAnnounced> {
        let announced = self.announced.get(&compartment).copied();
        announced.filter(|announced| announced.turn == KeyTurn::Awaited && now < announced.until)
    }

    /// Whose the opening of a compartment is that is seen now, if it is anybody's.
    pub(crate) fn holder(&self, compartment: CompartmentId, now: Timestamp) -> Option<StaffId> {
        let announced = self.announced.get(&compartment).filter(|announced| announced.explains(now));
        announced.map(|announced| announced.staff)
    }

    /// The announcement of a compartment, if it is this far.
    fn at_turn(&mut self, compartment: CompartmentId, turn: KeyTurn) -> Option<&mut KeyAnnounced> {
        self.announced.get_mut(&compartment).filter(|announced| announced.turn == turn)
    }

    /// The compartment is in no drawing any more.
    pub(crate) fn forget(&mut self, compartment: CompartmentId) {
        self.announced.remove(&compartment);
        self.unexplained.remove(&compartment);
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::KeyAnnounced { compartment, staff, until, .. } => {
                self.announced.retain(|_, announced| announced.explains(now));
                let announced = KeyAnnounced { staff: *staff, until: *until, turn: KeyTurn::Awaited };
                self.announced.insert(*compartment, announced);
            }
            Event::CompartmentOpened { compartment, key: Some(_), .. } => {
                if let Some(announced) = self.at_turn(*compartment, KeyTurn::Awaited) {
                    announced.turn = KeyTurn::Open;
                }
            }
            // Once: a contact that bounces on and on makes no more time for itself.
            Event::CompartmentClosed { compartment } => {
                if let Some(announced) = self.at_turn(*compartment, KeyTurn::Open) {
                    (announced.turn, announced.until) = (KeyTurn::Shut, now + KEY_BOUNCES);
                }
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
