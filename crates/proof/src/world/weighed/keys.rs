//! Doors that open without a pulse: by a key that was announced for them and their time, in a test with nothing inside, or by force.
//! An announcement is good for one opening, until that door is shut and has bounced.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::{CompartmentId, Event, Site, Span, StaffId, Timestamp};

const WITHIN: Span = Span::minutes(10);
/// A door that was shut may still show open for so long.
const BOUNCES: Span = Span::seconds(2);

/// Where in its one opening a key is.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Said(Timestamp),
    Open,
    Shut(Timestamp),
}

/// Somebody said that they open a door with the key.
#[derive(Clone, Copy, Debug)]
struct Announced {
    staff: StaffId,
    turn: Turn,
}

impl Announced {
    fn holds(&self, now: Timestamp) -> bool {
        match self.turn {
            Turn::Said(at) => now - at < WITHIN,
            Turn::Open => true,
            Turn::Shut(at) => now - at < BOUNCES,
        }
    }
}

/// What was said of keys, and what nobody explained.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    announced: BTreeMap<CompartmentId, Announced>,
    unexplained: BTreeSet<CompartmentId>,
    /// Opened by itself, and not yet called forced.
    due: BTreeSet<CompartmentId>,
}

impl Keys {
    pub(super) fn hears(
        &mut self,
        event: &Event,
        now: Timestamp,
        moves_freely: &dyn Fn(CompartmentId) -> bool,
    ) {
        match event {
            Event::KeyAnnounced { compartment, staff, .. } => {
                self.announced.insert(*compartment, Announced { staff: *staff, turn: Turn::Said(now) });
            }
            Event::CompartmentOpened { compartment, opening: None, key } => {
                let said = self.announced.get_mut(compartment).filter(|said| said.holds(now));
                match (key, said) {
                    (Some(staff), Some(said)) => {
                        assert_eq!(*staff, said.staff, "I11: another one's key opened {compartment}");
                        if let Turn::Said(_) = said.turn {
                            said.turn = Turn::Open;
                        }
                    }
                    (Some(_), None) => {
                        panic!("I11: {compartment} was forced, and a key nobody announced hides it")
                    }
                    (None, Some(_)) => {
                        panic!("{compartment} was opened with the key as announced, and is called forced")
                    }
                    (None, _) if moves_freely(*compartment) => {}
                    (None, _) => drop(self.due.insert(*compartment)),
                }
            }
            // Once: what bounces on and on makes no more time for itself.
            Event::CompartmentClosed { compartment } => {
                if let Some(said) =
                    self.announced.get_mut(compartment).filter(|said| matches!(said.turn, Turn::Open))
                {
                    said.turn = Turn::Shut(now);
                }
            }
            Event::CompartmentForced { compartment } => {
                self.due.remove(compartment);
                self.unexplained.insert(*compartment);
            }
            Event::ForceExplained { compartment, .. } => {
                assert!(self.unexplained.remove(compartment), "{compartment} was explained and never forced");
            }
            Event::BankChanged { compartments, .. } => {
                let hangs = |id: &CompartmentId| compartments.iter().any(|(drawn, _)| drawn == id);
                self.announced.retain(|id, _| hangs(id));
                self.unexplained.retain(hangs);
            }
            _ => {}
        }
    }

    pub(super) fn agrees(&self, site: &Site) {
        assert!(self.due.is_empty(), "I11: {:?} opened by themselves and nobody was told", self.due);
        let believed = site.key_openings.unexplained.keys();
        assert!(believed.eq(self.unexplained.iter()), "which doors nobody explained: {:?}", self.unexplained);
    }
}
