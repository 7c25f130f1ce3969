//! Parcels of a class: what must not lie open is not laid on a shelf, and what has waited for its time is asked for, once and not before.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::{ClassTimes, ParcelClass};
use vestibule_core::{Actor, Event, ParcelId, Timestamp};

/// What was said of parcels, and what was asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Classes {
    times: ClassTimes,
    of: BTreeMap<ParcelId, ParcelClass>,
    /// Parcels that have not ended: since when they are known, and where they are.
    known: BTreeMap<ParcelId, (Timestamp, Custodian)>,
    late: BTreeSet<ParcelId>,
}

impl Classes {
    pub(super) fn hears(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::PolicySet { policy } => self.times = policy.classes,
            Event::ParcelRegistered { parcel, custodian, .. } => {
                self.known.insert(*parcel, (now, *custodian));
            }
            Event::ParcelClassified { parcel, class, .. } => {
                self.late.remove(parcel);
                self.of.remove(parcel);
                self.of.extend(class.map(|class| (*parcel, class)));
            }
            Event::ParcelLate { parcel } => {
                let over = self.is_over_at(*parcel).is_some_and(|until| until <= now);
                assert!(over && self.late.insert(*parcel), "{parcel} is asked for before its time, or twice");
            }
            Event::CustodyTransferred { parcel, to, .. } if to.is_final() => {
                self.known.remove(parcel);
                self.of.remove(parcel);
                self.late.remove(parcel);
            }
            Event::CustodyTransferred { parcel, to, by, .. } => {
                let class = self.of.get(parcel).filter(|_| matches!(by, Actor::Staff(_)));
                let hides = matches!(class, Some(ParcelClass::Medicine | ParcelClass::Signature));
                let lies_open = matches!(to, Custodian::Shelf(_) | Custodian::CommonArea(_));
                assert!(!(hides && lies_open), "{class:?} {parcel} was laid open");
                if let Some((_, at)) = self.known.get_mut(parcel) {
                    *at = *to;
                }
            }
            _ => {}
        }
    }

    /// When the time of a parcel's class is over.
    fn is_over_at(&self, parcel: ParcelId) -> Option<Timestamp> {
        let (since, _) = self.known.get(&parcel)?;
        Some(*since + self.times.wait(*self.of.get(&parcel)?))
    }

    /// What waited for its time was asked for.
    pub(super) fn is_over(&self, now: Timestamp) {
        for (parcel, class) in &self.of {
            let missing = |(_, at): &(Timestamp, Custodian)| matches!(at, Custodian::Missing { .. });
            let waits = self.known.get(parcel).is_some_and(|known| !missing(known));
            let over = self.is_over_at(*parcel).is_some_and(|until| until <= now);
            assert!(!(waits && over) || self.late.contains(parcel), "{class:?} {parcel} waits for ever");
        }
    }
}
