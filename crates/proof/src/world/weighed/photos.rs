//! How long photos are kept: not less than their time, not against a hold, and gone once.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::evidence::retention::{Country, PhotosKept};
use vestibule_core::evidence::{Held, InView, PhotoGone};
use vestibule_core::{Actor, EntryId, Event, ParcelId, PhotoId, Site, Span, Timestamp};

#[derive(Clone, Debug)]
struct Taken {
    at: Timestamp,
    in_view: InView,
    parcels: Vec<ParcelId>,
    entries: Vec<EntryId>,
}

/// How long photos are kept in a country, where a site says nothing else.
fn usual(country: Country) -> PhotosKept {
    let people = match country {
        Country::Us => Span::days(30),
        Country::Eu => Span::days(8),
        Country::De => Span::days(3),
    };
    PhotosKept { people, parcels: Span::days(30) }
}

/// What was taken, held and erased.
#[derive(Clone, Debug, Default)]
pub(super) struct Photos {
    kept: PhotosKept,
    taken: BTreeMap<PhotoId, Taken>,
    gone: BTreeSet<PhotoId>,
    ended: BTreeMap<ParcelId, Timestamp>,
    holds: BTreeMap<Held, Timestamp>,
}

impl Photos {
    pub(super) fn hears(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::PolicySet { policy } => {
                self.kept = policy.photos.unwrap_or_else(|| usual(policy.country));
            }
            Event::PhotoTaken { photo, asked, in_view, .. } => {
                let (parcels, entries) = (asked.subject.parcels.clone(), asked.subject.entries().collect());
                let taken = Taken { at: now, in_view: *in_view, parcels, entries };
                let before = self.taken.insert(*photo, taken);
                assert!(before.is_none(), "photo {photo} was taken twice");
            }
            Event::CustodyTransferred { parcel, to, .. } if to.is_final() => {
                self.ended.insert(*parcel, now);
            }
            Event::EvidenceHeld { what, until, .. } => {
                assert!(*until > now, "{what:?} is held until a time that is over");
                self.holds.insert(*what, *until);
            }
            Event::EvidenceReleased { what, by } => {
                let until = self.holds.remove(what);
                let may = *by != Actor::Site || until.is_some_and(|until| until <= now);
                assert!(may, "the hold of {what:?} ended by itself before {until:?}");
            }
            Event::PhotoErased { photo, why } => {
                if *why == PhotoGone::Over {
                    self.may_go(*photo, now);
                }
                assert!(self.gone.insert(*photo), "photo {photo} was erased twice");
            }
            _ => {}
        }
    }

    fn may_go(&self, photo: PhotoId, now: Timestamp) {
        let taken = self.taken.get(&photo).unwrap_or_else(|| panic!("photo {photo} was never taken"));
        let of_parcels = taken.parcels.iter().map(|parcel| Held::Parcel(*parcel));
        let of_entries = taken.entries.iter().map(|entry| Held::Entry(*entry));
        let held =
            of_parcels.chain(of_entries).chain([Held::Photo(photo)]).find(|what| self.is_held(what, now));
        assert!(held.is_none(), "photo {photo} is erased, and {held:?} is held");
        let until = match taken.in_view {
            InView::People => Some(taken.at + self.kept.people),
            InView::ParcelsOnly => {
                let ended = taken.parcels.iter().map(|parcel| self.ended.get(parcel).copied());
                let last = ended.collect::<Option<Vec<_>>>();
                last.map(|all| all.into_iter().max().unwrap_or(taken.at) + self.kept.parcels)
            }
        };
        assert!(until.is_some_and(|until| until <= now), "photo {photo} is erased before {until:?}");
    }

    fn is_held(&self, what: &Held, now: Timestamp) -> bool {
        self.holds.get(what).is_some_and(|until| *until > now)
    }

    pub(super) fn agrees(&self, site: &Site) {
        let believed = site.evidence.holds.iter().map(|(what, hold)| (what, &hold.until));
        assert!(believed.eq(self.holds.iter()), "what is held: {:?}", self.holds);
    }

    /// No hold outlives its day.
    pub(super) fn is_over(&self, now: Timestamp) {
        let over = self.holds.iter().find(|(_, until)| **until <= now);
        assert!(over.is_none(), "{over:?} is over and holds");
    }
}
