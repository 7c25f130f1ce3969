//! Doors that open without a pulse: by a key that was announced for them and their time, in a test with nothing inside, or by force.
//! How many openings one announcement is good for is not judged: the first within its time is by key, what comes after may be.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::{CompartmentId, Event, Site, Span, StaffId, Timestamp};

const WITHIN: Span = Span::minutes(10);
/// A door that was opened in time and bounces may show open once more.
const BOUNCES_WITHIN: Span = Span::minutes(11);

/// Somebody said that they open a door with the key.
#[derive(Clone, Copy, Debug)]
struct Announced {
    staff: StaffId,
    at: Timestamp,
    used: bool,
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
                self.announced.insert(*compartment, Announced { staff: *staff, at: now, used: false });
            }
            Event::CompartmentOpened { compartment, opening: None, key } => {
                let holds =
                    |said: &Announced| now - said.at < if said.used { BOUNCES_WITHIN } else { WITHIN };
                let said = self.announced.get_mut(compartment).filter(|said| holds(said));
                match (key, said) {
                    (Some(staff), Some(said)) => {
                        assert_eq!(*staff, said.staff, "I11: another one's key opened {compartment}");
                        said.used = true;
                    }
                    (Some(_), None) => {
                        panic!("I11: {compartment} was forced, and a key nobody announced hides it")
                    }
                    (None, Some(said)) if !said.used => {
                        panic!("{compartment} was opened with the key as announced, and is called forced")
                    }
                    (None, _) if moves_freely(*compartment) => {}
                    (None, _) => drop(self.due.insert(*compartment)),
                }
            }
            // Whether an opening by its lock uses the announcement up is not judged either.
            Event::CompartmentOpened { compartment, .. } => {
                if let Some(said) = self.announced.get_mut(compartment) {
                    said.used = true;
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
