//! Piles and places: couriers who will not scan, staff who find out whose a parcel is, what lies on a shelf, and what is kept for a
//! class.

use crate::world::{DOORS, K1, STAFF, World};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::Place;
use vestibule_core::vocabulary::command::{RecipientChoice, StaffReason};
use vestibule_core::*;

impl World {
    /// A courier says how many there are and puts them where the screen says.
    pub(super) fn drops_a_pile(&mut self) {
        let Some(visit) = self.a_courier_at_work() else { return };
        let parcels = self.chance.pick(&[1_u16, 2, 2, 3, 5]).expect("some");
        let asked = self.answer(Actor::Visit(visit), Command::QuickDrop { visit, parcels });
        let Some(Ok(Answer::Parcel { parcel, .. })) = asked else { return };
        self.run(900);
        match self.planned_for(parcel).filter(|door| self.line.is_ajar(*door)) {
            Some(door) => {
                self.run(600);
                self.shuts_this(door, true);
                self.run(700);
            }
            None => drop(self.answer(Actor::Visit(visit), Command::PutElsewhere { visit, parcel })),
        }
        if !self.chance.once_in(4) {
            self.answer(Actor::Visit(visit), Command::Finish { visit });
        }
    }

    /// A courier who comes, or one who is there already.
    fn a_courier_at_work(&mut self) -> Option<VisitId> {
        let proof = self.letters.couriers.last()?.clone().scanned(self.keys());
        let come = self.answer(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof });
        if let Some(Ok(Answer::Visit { visit })) = come {
            return Some(visit);
        }
        let here = self.visits(true);
        self.chance.pick(&here)
    }

    /// Staff see from the picture whose one of a pile is, or take it out first where others lie with it.
    pub(super) fn sorts(&mut self) {
        let nobodys = self.model.things.iter().filter(|(_, thing)| {
            let waits =
                matches!(thing.at, Custodian::Compartment(_) | Custodian::Shelf(_) | Custodian::Staff(_));
            waits && thing.people.is_empty()
        });
        let nobodys: Vec<_> = nobodys.map(|(id, thing)| (*id, thing.at)).collect();
        let Some((parcel, at)) = self.chance.pick(&nobodys) else { return };
        match at {
            Custodian::Compartment(door) if self.chance.once_in(2) => {
                self.answer(STAFF, Command::StaffRemove { parcel, reason: StaffReason::Inspect });
                self.run(900);
                if self.line.is_ajar(door) {
                    self.run(600);
                    self.shuts_this(door, true);
                    self.run(700);
                }
            }
            Custodian::Shelf(_) if self.chance.once_in(3) => {
                self.answer(STAFF, Command::AcceptAtDesk { parcel });
            }
            _ => {
                let unit = UnitId(self.chance.pick(&[1, 2, 3]).expect("some"));
                let recipient = RecipientChoice::Household { unit, addressee: None };
                self.answer(STAFF, Command::CorrectRecipient { parcel, recipient });
            }
        }
    }

    /// Staff lay what they have on a shelf, or on another one.
    pub(super) fn shelves(&mut self) {
        let movable = self.parcels(|at| matches!(at, Custodian::Staff(_) | Custodian::Shelf(_)));
        let Some(parcel) = self.chance.pick(&movable) else { return };
        let shelf = self.chance.pick(&[ShelfId(1), ShelfId(2)]).expect("two");
        self.answer(STAFF, Command::Shelve { parcel, shelf });
    }

    /// Staff say of what class a parcel is, or keep a place for one. Most places are for all.
    pub(super) fn classifies(&mut self) {
        let class = ParcelClass::ALL.into_iter().nth(usize::try_from(self.chance.below(8)).expect("small"));
        if self.chance.once_in(2) {
            let all = self.parcels(|at| !at.is_final());
            let Some(parcel) = self.chance.pick(&all) else { return };
            self.answer(STAFF, Command::Classify { parcel, class });
            return;
        }
        let number = u8::try_from(self.chance.below(DOORS.into())).expect("small");
        let door = self.line.door(number + 1);
        let place = if self.chance.once_in(4) { Place::Shelf(ShelfId(2)) } else { Place::Compartment(door) };
        self.answer(STAFF, Command::KeepPlaceFor { place, class });
    }
}
