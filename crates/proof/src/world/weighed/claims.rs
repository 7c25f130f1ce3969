//! What carriers say they delivered: met by a parcel of that number and that company about that time, and by no other; due when its
//! time is over; said twice it is one.

use std::collections::BTreeMap;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::delivered::ClaimEnd;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::task::TaskKind;
use vestibule_core::{Actor, CarrierId, ClaimId, Event, ParcelId, Site, Span, Timestamp};

/// More time does not lie between what is said and what came.
const WINDOW: Span = Span::days(14);

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Until(Timestamp),
    Due,
    Met,
    Found,
    Explained(Timestamp),
}

#[derive(Clone, Copy, Debug)]
struct Claim {
    label: LabelMark,
    carrier: Option<CarrierId>,
    at: Timestamp,
    stands: Stands,
}

impl Claim {
    fn is_open(&self) -> bool {
        matches!(self.stands, Stands::Until(_) | Stands::Due)
    }
}

#[derive(Clone, Copy, Debug)]
struct Came {
    label: LabelMark,
    carrier: Option<CarrierId>,
    registered: Timestamp,
    arrived: Option<Timestamp>,
}

/// What was said, and what came.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims {
    said: BTreeMap<ClaimId, Claim>,
    came: BTreeMap<ParcelId, Came>,
}

/// Whether two companies can be one: who named none may mean any. No carrier of a run hands on what it has.
fn agree(one: Option<CarrierId>, other: Option<CarrierId>) -> bool {
    one.is_none() || other.is_none() || one == other
}

fn is_near(one: Timestamp, other: Timestamp) -> bool {
    (one - other).0.abs() <= WINDOW.0
}

fn fits(claim: &Claim, came: &Came) -> bool {
    let about_then = came.arrived.is_some_and(|arrived| is_near(arrived, claim.at));
    claim.label == came.label && agree(claim.carrier, came.carrier) && about_then
}

impl Claims {
    pub(super) fn hears(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::DeliveryClaimed { claim, label, carrier, at, until, .. } => {
                let new = Claim { label: *label, carrier: *carrier, at: *at, stands: Stands::Until(*until) };
                let same = |old: &Claim| {
                    let is_over = matches!(old.stands, Stands::Explained(ended) if ended < new.at);
                    old.label == new.label
                        && agree(old.carrier, new.carrier)
                        && is_near(old.at, new.at)
                        && !is_over
                };
                // What ended and is older than all that is listened to may be forgotten.
                self.said.retain(|_, old| now - old.at < WINDOW || old.is_open());
                let twice = self.said.iter().find(|(_, old)| same(old));
                assert!(twice.is_none(), "claim {claim} says again what {twice:?} said");
                self.said.insert(*claim, new);
            }
            Event::ClaimMet { claim, parcel } => {
                let came = self.came.get(parcel);
                let claim = self.said.get_mut(claim).expect("a claim that was made");
                assert!(came.is_some_and(|came| fits(claim, came)), "{claim:?} is met by {parcel}: {came:?}");
                claim.stands = Stands::Met;
            }
            Event::ClaimDue { claim } => {
                let claim = self.said.get_mut(claim).expect("a claim that was made");
                let is_so = matches!(claim.stands, Stands::Until(until) if until <= now);
                assert!(is_so, "{claim:?} is due before its time");
                claim.stands = Stands::Due;
            }
            Event::ClaimUnmet { claim, parcel, .. } => {
                let came = self.came.get(parcel);
                let claim = self.said.get_mut(claim).expect("a claim that was made");
                let is_gone = came.is_none_or(|came| came.arrived.is_none());
                assert!(claim.stands == Stands::Met && is_gone, "{claim:?} was met by {parcel}: {came:?}");
                claim.stands = Stands::Due;
            }
            Event::CarrierAsked { claim, until, .. } => {
                self.said.get_mut(claim).expect("a claim that was made").stands = Stands::Until(*until);
            }
            Event::ClaimEnded { claim, how, .. } => {
                let stands = match how {
                    ClaimEnd::Found { .. } => Stands::Found,
                    ClaimEnd::Explained { .. } => Stands::Explained(now),
                };
                self.said.get_mut(claim).expect("a claim that was made").stands = stands;
            }
            _ => self.sees(event, now),
        }
    }

    /// What parcels came, and where they are.
    fn sees(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::ParcelRegistered { parcel, label: Some(label), carrier, .. } => {
                self.came.retain(|_, came| now - came.registered < WINDOW);
                let came = Came { label: *label, carrier: *carrier, registered: now, arrived: None };
                self.came.insert(*parcel, came);
            }
            Event::CustodyTransferred {
                parcel,
                to:
                    Custodian::Compartment(_)
                    | Custodian::Shelf(_)
                    | Custodian::CommonArea(_)
                    | Custodian::Staff(_),
                ..
            } => {
                if let Some(came) = self.came.get_mut(parcel) {
                    came.arrived.get_or_insert(now);
                }
            }
            // What its courier has again, or took away, has not come; what staff give back had.
            Event::CustodyTransferred { parcel, to, by, .. }
                if matches!(to, Custodian::Courier(_))
                    || (matches!(to, Custodian::Carrier(_)) && !matches!(by, Actor::Staff(_))) =>
            {
                if let Some(came) = self.came.get_mut(parcel) {
                    came.arrived = None;
                }
            }
            _ => {}
        }
    }

    /// What came is not asked for.
    pub(super) fn agrees(&self) {
        for (id, claim) in self.said.iter().filter(|(_, claim)| claim.is_open()) {
            let here = self.came.iter().find(|(_, came)| fits(claim, came));
            assert!(here.is_none(), "claim {id} is open and {here:?} came");
        }
    }

    /// Whose time is over is asked for.
    pub(super) fn is_over(&self, site: &Site, now: Timestamp) {
        for (id, claim) in &self.said {
            let late = matches!(claim.stands, Stands::Until(until) if until <= now);
            assert!(!late, "claim {id} is over and nobody was asked: {claim:?}");
            let asked = site.tasks.find(&TaskKind::Unscanned { claim: *id }).is_some();
            assert_eq!(asked, claim.stands == Stands::Due, "whether staff look for claim {id}: {claim:?}");
        }
    }
}
