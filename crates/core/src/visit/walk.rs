//! Whoever is sent to a shelf or drop place walks away from the screen, and comes back to it.
//!
//! Owns: how long a visit goes on without a touch, and what whoever came back too late had on its way. The same code given again, or
//! the same entry, says that it is there; nobody else does, and until then staff are asked for it.

use super::{Visit, Visitor, deposit, quick_drop};
use crate::custody::{Assurance, Custodian};
use crate::ids::*;
use crate::place::Place;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A visit whose visitor is sent away from the screen goes on for so long without a touch: with a mattress to the far end of a room
/// and back.
pub const WALKS: Span = Span::minutes(3);

/// So long a courier who comes back is asked about what they had on its way. Later it is somebody else who has the same code.
pub const ASKED_FOR: Span = Span::hours(4);

/// What an ended visit left on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Whose it was: by which code, or by which entry.
    pub visitor: Visitor,
    /// The parcels whose custodian that visit still is.
    pub parcels: BTreeSet<ParcelId>,
}

/// How long a visit goes on without a touch.
pub fn patience(site: &Site, visit: &Visit) -> Span {
    let usual = site.policy.idle_after;
    if is_sent_away(site, visit) { usual.max(WALKS) } else { usual }
}

/// Whether there is nothing to do at the screen and something away from it: the parcel in hand goes to a shelf or drop place, or all
/// that still waits for them lies there. A door in sight that would open keeps nobody's visit open.
pub fn is_sent_away(site: &Site, visit: &Visit) -> bool {
    match visit.visitor {
        Visitor::Courier { .. } | Visitor::Guest { .. } => {
            visit.carrying.first().is_some_and(|parcel| on_its_way(site, *parcel))
        }
        Visitor::Resident { person, .. } => {
            let banks = deposit::banks_of(site, visit.kiosk);
            let in_sight = |c| site.compartments.get(c).is_some_and(|c| banks.contains(&c.bank));
            let waits = || site.custody.waiting_for(person).map(|(_, parcel)| parcel.custodian);
            let behind_a_door = waits().any(|at| matches!(at, Custodian::Compartment(c) if in_sight(c)));
            !behind_a_door && waits().any(|at| at.lies_at().is_some())
        }
    }
}

/// It goes to a place without a lock.
pub(super) fn on_its_way(site: &Site, parcel: ParcelId) -> bool {
    let planned = site.custody.get(parcel).and_then(|known| known.planned);
    matches!(planned, Some(Place::Shelf(_) | Place::Area(_)))
}

/// What earlier visits of the same visitor had on its way to a shelf or drop place and nobody has taken over: does it lie there? Of a
/// pile, the parcel that leads. By number.
pub fn asked_about(site: &Site, visit: VisitId, now: Timestamp) -> Vec<ParcelId> {
    let Some(visitor) = site.visits.live.get(&visit).map(|v| v.visitor) else { return Vec::new() };
    let recent = |parcel: &ParcelId| {
        site.custody.get(*parcel).is_some_and(|known| now - known.since < ASKED_FOR)
            && on_its_way(site, *parcel)
    };
    let parcels: BTreeSet<_> = site.visits.left_by(visitor).filter(recent).collect();
    parcels.into_iter().collect()
}

/// Whether a visit may say where a parcel is: it is in their hands, or they are asked about it.
pub(crate) fn may_put_down(d: &Decider<'_>, visit: VisitId, parcel: ParcelId) -> Result<(), Refusal> {
    let (v, _) = deposit::bringing_visit(d.site, visit)?;
    let is_theirs = v.carrying.contains(&parcel) || asked_about(d.site, visit, d.ctx.now).contains(&parcel);
    is_theirs.then_some(()).ok_or(Refusal::NotYours)
}

/// A parcel they are asked about is this visit's from now on, with those of its pile, and staff are asked for it no more.
pub(crate) fn take_up(d: &mut Decider<'_>, visit: VisitId, parcel: ParcelId) {
    let Some(known) = d.site.custody.get(parcel) else { return };
    let (Custodian::Courier(before), Some(place)) = (known.custodian, known.planned) else { return };
    if before == visit {
        return;
    }
    let by = Actor::Visit(visit);
    d.transfer(parcel, Custodian::Courier(visit), by, Assurance::CourierWord);
    d.push(Event::PlacePlanned { parcel, place });
    for parcel in quick_drop::in_hand(d.site, parcel, visit) {
        d.done(&TaskKind::Accept { parcel }, by);
    }
}
