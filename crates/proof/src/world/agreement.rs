//! After each step the model and the system agree.

use super::World;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::{Event, Span};

impl World {
    /// Model and site are of one mind, and the site's own invariants hold.
    pub fn agrees(&mut self) {
        let Some(process) = &self.process else { return };
        let site = process.writer.site();
        let broken = site.check_invariants();
        assert!(broken.is_empty(), "{broken:?}");
        self.ledger.passages.is_settled();
        self.ledger.weighed.agrees(site);
        for (id, thing) in &self.model.things {
            match site.custody.get(*id) {
                Some(parcel) => assert_eq!(parcel.custodian, thing.at, "I3: parcel {id}"),
                None => assert!(
                    thing.at.is_final() && self.model.now - thing.since >= Span::days(1),
                    "I3: parcel {id} is gone: {thing:?}"
                ),
            }
        }
        assert!(
            site.custody.parcels.keys().all(|id| self.model.things.contains_key(id)),
            "I3: a parcel from nowhere"
        );
        for person in self.model.households.values().flatten() {
            let waits = site.custody.waiting_for(*person).next().is_some();
            assert_eq!(waits, self.model.has_anything(*person), "I5: what waits for {person}");
        }
        for event in &self.last {
            if let Event::PickupCodeEnded { credential } = event {
                let lives = site.credentials.pickup.live.contains_key(credential);
                assert!(!lives, "I5: code {credential} is over and lives");
            }
        }
        let misses = site.credentials.budgets.misses_in_a_day(Purpose::PickUp, self.model.now);
        assert_eq!(misses, self.model.misses(), "I9: guesses are counted once and forgotten after a day");
        self.model
            .things
            .retain(|_, thing| !thing.at.is_final() || self.model.now - thing.since < Span::days(2));
    }
}
