//! The drawing of the bank: a number is never another compartment's, a compartment that is needed keeps its door and number.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::Custodian;
use vestibule_core::place::compartment::CompartmentSpec;
use vestibule_core::{CompartmentId, Event, OpeningId, ParcelId, Site};

/// What was drawn, and what keeps a door where it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawings {
    version: u32,
    /// What hangs, with the number on its door.
    hangs: BTreeMap<CompartmentId, String>,
    /// Whose each number is or was.
    bearers: BTreeMap<String, CompartmentId>,
    /// Every compartment there ever was.
    ever: BTreeSet<CompartmentId>,
    inside: BTreeMap<ParcelId, CompartmentId>,
    in_check: BTreeSet<CompartmentId>,
    at_work: BTreeMap<OpeningId, CompartmentId>,
}

impl Drawings {
    pub(super) fn hears(&mut self, event: &Event) {
        match event {
            Event::BankInstalled { compartments, .. } => self.drawn(1, compartments),
            Event::BankChanged { version, compartments, .. } => self.drawn(*version, compartments),
            Event::CustodyTransferred { parcel, to: Custodian::Compartment(c), .. } => {
                self.inside.insert(*parcel, *c);
            }
            Event::CustodyTransferred { parcel, .. } => drop(self.inside.remove(parcel)),
            Event::CompartmentToCheck { compartment } => drop(self.in_check.insert(*compartment)),
            Event::CompartmentChecked { compartment, .. }
            | Event::CompartmentServiceSet { compartment, .. } => {
                self.in_check.remove(compartment);
            }
            Event::OpeningAuthorised { opening, compartment, .. } => {
                self.at_work.insert(*opening, *compartment);
            }
            Event::NotOpened { opening } | Event::OpeningUnknown { opening } => {
                self.at_work.remove(opening);
            }
            Event::CompartmentClosed { compartment } => self.at_work.retain(|_, at| at != compartment),
            _ => {}
        }
    }

    fn drawn(&mut self, version: u32, compartments: &[(CompartmentId, CompartmentSpec)]) {
        assert_eq!(version, self.version + 1, "a drawing is left out, or told twice");
        self.version = version;
        let drawn: BTreeMap<_, _> = compartments.iter().map(|(id, spec)| (*id, spec.label.clone())).collect();
        assert_eq!(drawn.len(), compartments.len(), "a compartment hangs twice");
        for (id, label) in &drawn {
            let bearer = self.bearers.insert(label.clone(), *id);
            assert!(bearer.is_none_or(|of| of == *id), "number {label} of {bearer:?} was given to {id}");
            let is_new = self.ever.insert(*id);
            assert!(is_new || self.hangs.contains_key(id), "compartment {id} was gone and hangs again");
        }
        for (id, label) in &self.hangs {
            let stays = drawn.get(id) == Some(label);
            let filled = self.inside.values().any(|at| at == id);
            let moving = self.at_work.values().any(|at| at == id);
            assert!(stays || !filled, "{id} is not empty and lost its door or its number");
            assert!(stays || !moving, "{id} was being opened and lost its door or its number");
            assert!(stays || !self.in_check.contains(id), "nobody is sure of {id}, and it is gone");
        }
        self.hangs = drawn;
    }

    pub(super) fn is_empty(&self, compartment: CompartmentId) -> bool {
        !self.inside.values().any(|at| *at == compartment)
    }

    pub(super) fn hangs(&self, compartment: CompartmentId) -> bool {
        self.hangs.contains_key(&compartment)
    }

    pub(super) fn agrees(&self, site: &Site) {
        let believed = site.compartments.all.iter().map(|(id, c)| (id, &c.spec.label));
        assert!(believed.eq(self.hangs.iter()), "the site draws another bank than the ledger");
        for (parcel, at) in &self.inside {
            assert!(self.hangs.contains_key(at), "I3: parcel {parcel} is in {at}, which hangs nowhere");
        }
    }
}
