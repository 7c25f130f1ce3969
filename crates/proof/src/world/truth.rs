//! Where parcels really are, which no sensor tells: compared with what the site believes while everybody is honest and
//! nothing has failed.

use crate::model::Model;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::visit::Turn;
use vestibule_core::*;

/// Hands and insides.
#[derive(Clone, Default)]
pub struct Truth {
    inside: BTreeMap<CompartmentId, BTreeSet<ParcelId>>,
    purposes: BTreeMap<CompartmentId, (OpeningPurpose, Option<Turn>)>,
    /// Compartments where truth and belief may differ: something failed, or somebody was not honest.
    doubted: BTreeSet<CompartmentId>,
    busy: BTreeSet<CompartmentId>,
}

impl Truth {
    /// Something failed: of what is going on nobody can be sure.
    pub fn trouble(&mut self) {
        self.doubted.extend(self.busy.iter().copied());
    }

    /// Somebody did what nobody asked for.
    pub fn mischief(&mut self, compartment: CompartmentId) {
        self.doubted.insert(compartment);
    }

    /// A hand shuts a door and does what the screen said, or not.
    pub fn shut(&mut self, compartment: CompartmentId, honest: bool, model: &Model) {
        let Some((purpose, turn)) = self.purposes.get(&compartment).cloned() else {
            self.doubted.insert(compartment);
            return;
        };
        if !honest {
            self.doubted.insert(compartment);
            return;
        }
        let inside = self.inside.entry(compartment).or_default();
        // Staff may have taken it out of the courier's hand meanwhile.
        let in_hand = |parcel, of| model.things.get(&parcel).is_some_and(|thing| thing.at == of);
        match (purpose, turn) {
            (OpeningPurpose::Deposit { visit, parcel }, None) => {
                if in_hand(parcel, custody::Custodian::Courier(visit)) {
                    inside.extend(model.in_one_hand(parcel));
                }
            }
            (OpeningPurpose::StaffPlace { staff, parcel }, _) => {
                if in_hand(parcel, custody::Custodian::Staff(staff)) {
                    inside.insert(parcel);
                }
            }
            (OpeningPurpose::FixDeposit { parcel, .. }, Some(_))
            | (OpeningPurpose::StaffRemove { parcel, .. }, _) => {
                inside.remove(&parcel);
            }
            (OpeningPurpose::Collect { parcels, .. }, None) => {
                inside.retain(|parcel| !parcels.contains(parcel));
            }
            (OpeningPurpose::Collect { .. }, Some(_)) => drop(self.doubted.insert(compartment)),
            (OpeningPurpose::Deposit { .. }, Some(_))
            | (OpeningPurpose::FixDeposit { .. }, None)
            | (OpeningPurpose::Reopen { .. } | OpeningPurpose::StaffOpen { .. }, _) => {}
        }
    }

    /// Staff looked: what they saw is so.
    fn looked(&mut self, compartment: CompartmentId, model: &Model) {
        let inside =
            model.things.iter().filter(|(_, t)| t.at == custody::Custodian::Compartment(compartment));
        self.inside.insert(compartment, inside.map(|(id, _)| *id).collect());
        self.doubted.remove(&compartment);
    }

    /// What the ledger says: the people at the doors see it on their screens.
    pub fn hears(&mut self, events: &[Event], model: &Model) {
        for event in events {
            match event {
                Event::OpeningAuthorised { compartment, purpose, .. } => {
                    self.may_open(*compartment, purpose, model);
                    self.purposes.insert(*compartment, (purpose.clone(), None));
                    self.busy.insert(*compartment);
                }
                Event::Turned { compartment, turn, .. } => {
                    if let Some(purpose) = self.purposes.get_mut(compartment) {
                        purpose.1 = Some(*turn);
                    }
                }
                Event::CompartmentToCheck { compartment } | Event::CompartmentHeldOpen { compartment } => {
                    self.doubted.insert(*compartment);
                }
                Event::CompartmentClosed { compartment } => {
                    self.busy.remove(compartment);
                }
                Event::CompartmentChecked { compartment, .. } => self.looked(*compartment, model),
                Event::BankChanged { compartments, .. } => {
                    let hangs = |id: &CompartmentId| compartments.iter().any(|(drawn, _)| drawn == id);
                    self.inside.retain(|id, _| hangs(id));
                    self.doubted.retain(hangs);
                }
                _ => {}
            }
        }
    }

    /// What stands behind the door when it springs open.
    fn may_open(&mut self, compartment: CompartmentId, purpose: &OpeningPurpose, model: &Model) {
        if self.doubted.contains(&compartment) {
            return;
        }
        let inside = self.inside.get(&compartment).cloned().unwrap_or_default();
        match purpose {
            OpeningPurpose::Deposit { visit, parcel } => {
                let own = |id: &ParcelId| {
                    id == parcel || model.things.get(id).is_some_and(|thing| thing.visit == Some(*visit))
                };
                assert!(
                    inside.iter().all(own),
                    "wrong opening: {compartment} holds {inside:?}, a courier is sent there"
                );
            }
            OpeningPurpose::Collect { person, parcels, .. } => {
                for id in &inside {
                    let theirs = model.things.get(id).is_some_and(|thing| thing.people.contains(person));
                    assert!(theirs, "wrong opening: {compartment} holds {id}, which is not {person}'s");
                }
                assert!(
                    parcels.iter().all(|id| inside.contains(id)),
                    "wrong opening: {parcels:?} are not in {compartment}, which holds {inside:?}"
                );
            }
            _ => {}
        }
    }
}
