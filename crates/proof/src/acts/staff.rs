//! Staff at their desk.

use crate::world::{STAFF, World, moving_in};
use vestibule_core::custody::Custodian;
use vestibule_core::directory::Leavers;
use vestibule_core::place::compartment::Service;
use vestibule_core::vocabulary::command::{HandOverTo, StaffReason};
use vestibule_core::*;

impl World {
    /// Staff look into what is in check, and say what they find there: mostly what is believed.
    pub(super) fn checks(&mut self) {
        let all = &self.site().compartments.all;
        let in_check: Vec<_> =
            all.iter().filter(|(_, c)| c.service == Service::Check).map(|(id, _)| *id).collect();
        let Some(compartment) = self.chance.pick(&in_check) else { return };
        if self.line.is_ajar(compartment) {
            self.shuts_this(compartment, true);
            self.run(2_500);
        }
        let mut found = self.parcels(|at| at == Custodian::Compartment(compartment));
        if self.chance.once_in(6) {
            found.pop();
        }
        self.answer(STAFF, Command::ResolveCheck { compartment, found });
    }

    pub(super) fn moves(&mut self) {
        let staff = Custodian::Staff(StaffId(1));
        match self.chance.below(4) {
            0 => {
                let here = |at| {
                    matches!(at, Custodian::Courier(_) | Custodian::Shelf(_) | Custodian::Missing { .. })
                };
                let parcels = self.parcels(here);
                let Some(parcel) = self.chance.pick(&parcels) else { return };
                self.answer(STAFF, Command::AcceptAtDesk { parcel });
            }
            1 => {
                let parcels = self.parcels(|at| matches!(at, Custodian::Compartment(_)));
                let Some(parcel) = self.chance.pick(&parcels) else { return };
                self.answer(STAFF, Command::StaffRemove { parcel, reason: StaffReason::Inspect });
            }
            2 => {
                let compartment = CompartmentId(u32::try_from(self.chance.below(6)).expect("small") + 1);
                self.answer(STAFF, Command::StaffOpen { compartment, reason: StaffReason::Inspect });
            }
            _ => {
                let parcels = self.parcels(|at| at == staff);
                let Some(parcel) = self.chance.pick(&parcels) else { return };
                self.answer(STAFF, Command::PlaceFromDesk { parcel, banks: vec![], reach: false });
            }
        }
        self.run(700);
    }

    /// A stolen session opens one door after the other: the breaker stops it.
    pub(super) fn storms(&mut self) {
        for number in 0..14 {
            let compartment = CompartmentId(number % 6 + 1);
            self.answer(STAFF, Command::StaffOpen { compartment, reason: StaffReason::Inspect });
            self.run(900);
            if self.line.is_ajar(compartment) {
                self.shuts_this(compartment, true);
            }
        }
        self.run(2_500);
    }

    pub(super) fn hands_over(&mut self) {
        let parcels = self.parcels(|at| at == Custodian::Staff(StaffId(1)));
        let Some(parcel) = self.chance.pick(&parcels) else { return };
        let theirs: Vec<_> = self.model.things[&parcel].people.iter().copied().collect();
        let anybody = PersonId(u32::try_from(self.chance.below(6)).expect("small") + 1);
        let person = if self.chance.once_in(6) { Some(anybody) } else { self.chance.pick(&theirs) };
        let to = HandOverTo::Person(person.unwrap_or(anybody));
        self.answer(STAFF, Command::HandOver { parcels: vec![parcel], to });
    }

    pub(super) fn codes(&mut self) {
        let person = PersonId(u32::try_from(self.chance.below(6)).expect("small") + 1);
        match self.chance.below(5) {
            0 => drop(self.answer(STAFF, Command::IssueCard { person })),
            1 => drop(self.answer(STAFF, Command::LiftPauses)),
            2 => {
                let cards: Vec<_> = self
                    .letters
                    .held
                    .iter()
                    .filter(|c| c.selector.is_empty())
                    .filter_map(|c| c.credential)
                    .collect();
                let Some(credential) = self.chance.pick(&cards) else { return };
                self.answer(STAFF, Command::RevokeCard { credential });
            }
            _ => drop(self.answer(STAFF, Command::RevealCode { person })),
        }
    }

    pub(super) fn moves_house(&mut self) {
        let unit = u32::try_from(self.chance.below(4)).expect("small") + 1;
        let counters = self.site().counters.clone();
        let (tenancy, person) = (counters.next_tenancy().0, counters.next_person().0);
        let leavers = if self.chance.once_in(2) { Leavers::Keep } else { Leavers::Lose };
        let changes = moving_in(unit, tenancy, &[person], leavers);
        self.answer(STAFF, Command::ChangeDirectory { changes });
    }
}
