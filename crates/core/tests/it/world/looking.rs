//! What is so in the world, and the story of how it came to be.

use super::World;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Service;
use vestibule_core::task::TaskKind;
use vestibule_core::visit::VisitEnd;
use vestibule_core::*;

impl World {
    pub fn custodian(&self, parcel: ParcelId) -> Custodian {
        self.site.custody.get(parcel).expect("a live parcel").custodian
    }

    pub fn planned(&self, parcel: ParcelId) -> Option<Place> {
        self.site.custody.get(parcel).and_then(|p| p.planned)
    }

    pub fn service(&self, door: CompartmentId) -> Service {
        self.site.compartments.get(door).unwrap().service
    }

    pub fn has_task(&self, what: &TaskKind) -> bool {
        self.site.tasks.find(what).is_some()
    }

    /// How the last change of custody of a parcel is known.
    pub fn assurance(&self, parcel: ParcelId) -> Assurance {
        let last = self.log.iter().rev().find_map(|event| match event {
            Event::CustodyTransferred { parcel: p, assurance, .. } if *p == parcel => Some(*assurance),
            _ => None,
        });
        last.expect("it changed hands")
    }

    pub fn ended(&self, visit: VisitId) -> Option<VisitEnd> {
        self.log.iter().rev().find_map(|event| match event {
            Event::VisitEnded { visit: v, how } if *v == visit => Some(*how),
            _ => None,
        })
    }

    pub fn misses(&self) -> usize {
        self.site.credentials.budgets.misses_in_a_day(Purpose::PickUp, self.now)
    }

    /// From here on the story is told.
    pub fn story_begins(&mut self) {
        self.told = self.log.len();
    }

    /// What happened since, one line an event, without touches.
    pub fn story(&mut self) -> String {
        let since = self.told;
        self.told = self.log.len();
        self.snapshot();
        self.log[since..].iter().filter_map(crate::tale::line).collect::<Vec<_>>().join("\n")
    }
}
