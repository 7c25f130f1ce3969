//! Parcels nobody scanned: each known and in the hands of who brought it, one task until each is somebody's or with staff.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::Custodian;
use vestibule_core::task::TaskKind;
use vestibule_core::{DropId, Event, ParcelId, Site, Span, Timestamp};

const SORTED_WITHIN: Span = Span::minutes(4 * 60);

#[derive(Clone, Debug)]
struct Pile {
    unsorted: BTreeSet<ParcelId>,
    since: Timestamp,
    late: bool,
}

/// The piles that nobody has sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Piles {
    open: BTreeMap<DropId, Pile>,
    /// Whose hands each new parcel is in; forgotten with the next thing that becomes of it.
    brought: BTreeMap<ParcelId, Custodian>,
}

impl Piles {
    pub(super) fn hears(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::ParcelRegistered { parcel, custodian, .. } => {
                self.brought.insert(*parcel, *custodian);
            }
            Event::ParcelsDropped { drop, parcels } => {
                let hands: Vec<_> = parcels.iter().map(|parcel| self.brought.get(parcel)).collect();
                let in_one =
                    hands.iter().all(|of| matches!(of, Some(Custodian::Courier(_))) && *of == hands[0]);
                assert!(in_one && !parcels.is_empty(), "I3: pile {drop} is in {hands:?}");
                let unsorted = parcels.iter().copied().collect();
                self.open.insert(*drop, Pile { unsorted, since: now, late: false });
            }
            Event::DropLate { drop } => {
                let pile = self.open.get_mut(drop).expect("a pile that is not sorted");
                assert!(!pile.late && now - pile.since >= SORTED_WITHIN, "pile {drop} is late: {pile:?}");
                pile.late = true;
            }
            Event::RecipientCorrected { parcel, entitlement: Some(_), .. } => self.sorted(*parcel),
            Event::CustodyTransferred { parcel, to, .. } => {
                self.brought.remove(parcel);
                if to.is_final() || matches!(to, Custodian::Staff(_)) {
                    self.sorted(*parcel);
                }
            }
            _ => {}
        }
    }

    fn sorted(&mut self, parcel: ParcelId) {
        for pile in self.open.values_mut() {
            pile.unsorted.remove(&parcel);
        }
        self.open.retain(|_, pile| !pile.unsorted.is_empty());
    }

    pub(super) fn agrees(&self, site: &Site) {
        let believed = site.drops.open.iter().map(|(id, pile)| (id, &pile.unsorted));
        let told = self.open.iter().map(|(id, pile)| (id, &pile.unsorted));
        assert!(believed.eq(told), "the piles that wait: {:?}", self.open);
        for drop in self.open.keys() {
            let asked = site.tasks.find(&TaskKind::Sort { drop: *drop }).is_some();
            assert!(asked, "pile {drop} waits and is nobody's task");
        }
    }

    pub(super) fn is_over(&self, site: &Site, now: Timestamp) {
        for (drop, pile) in &self.open {
            let late = now - pile.since >= SORTED_WITHIN;
            let asked = site.tasks.find(&TaskKind::SortLate { drop: *drop }).is_some();
            assert_eq!((pile.late, asked), (late, late), "pile {drop} is asked for again: {pile:?}");
        }
    }
}
