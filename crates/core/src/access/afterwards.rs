//! What is still to come of entries that are over: a parcel of a second load, and somebody who leaves later than they were
//! expected to.

use super::clock;
use super::entry::{Entry, EntryEnd, Suspicion};
use super::passage;
use crate::ids::*;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::visit::Visitor;
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};

/// A courier who leaves a room and has put nothing anywhere may be at the van for the rest: until so long after they left,
/// what they deposit by the same code is that of the entry. Then staff hear that nothing was left.
pub const SECOND_LOAD: Span = Span::minutes(10);

/// An entry that is over and whose deposit may still come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// As it was when they left.
    pub entry: Entry,
    /// It is judged then, unless they are inside again or at work at a kiosk.
    pub until: Timestamp,
}

/// When it is to be judged whether something was left: a courier who is busy again is not judged.
pub(super) fn judged_at(site: &Site, awaited: &Awaited) -> Option<Timestamp> {
    let busy = awaited.entry.entrant.credential().is_some_and(|credential| is_busy(site, credential));
    (!busy).then_some(awaited.until)
}

/// Whether the holder of a courier code is at a door, inside, or at work at a kiosk.
fn is_busy(site: &Site, credential: CredentialId) -> bool {
    let enters = |e: &Entry| e.entrant.credential() == Some(credential);
    site.access.entries.values().any(enters) || at_work(site, credential).is_some()
}

/// The visit of a courier who is at work at a kiosk with this code: what they take through a door is left in that visit.
pub(super) fn at_work(site: &Site, credential: CredentialId) -> Option<VisitId> {
    let is_theirs =
        |visitor: &Visitor| matches!(visitor, Visitor::Courier { credential: c, .. } if *c == credential);
    site.visits.live.iter().find(|(_, visit)| is_theirs(&visit.visitor)).map(|(id, _)| *id)
}

/// Couriers who have left, and have had the time to fetch what else they had.
pub(super) fn judge(d: &mut Decider<'_>) {
    let now = d.now();
    let is_due = |awaited: &Awaited| judged_at(d.site, awaited).is_some_and(|at| at <= now);
    let due: Vec<_> = d
        .site
        .access
        .awaited
        .iter()
        .filter(|(_, awaited)| is_due(awaited))
        .map(|(id, awaited)| (*id, awaited.entry.point))
        .collect();
    for entry in due {
        left_nothing(d, entry);
    }
}

/// No parcel of this entry was put anywhere.
pub(super) fn left_nothing(d: &mut Decider<'_>, (entry, point): (EntryId, AccessPointId)) {
    passage::suspect(d, entry, Suspicion::NoDeposit);
    if d.site.access.points.get(&point).is_some_and(|p| p.spec.is_room()) {
        d.raise(TaskKind::NoDeposit { entry, point });
    }
}

/// Somebody went out. Who, is known only if one is believed inside. Those whose entries are under way are out once as many have
/// left as they are; those who were not seen to leave in time are out too once as many have left as all of them together.
pub(super) fn somebody_left(d: &mut Decider<'_>, point: AccessPointId) {
    let Some(p) = d.site.access.points.get(&point).filter(|p| p.spec.sees_exits()) else { return };
    let (exits, looked_for) = (p.exits as usize, p.looked_for.clone());
    let inside = d.site.access.entries_at(point, Entry::is_inside);
    let all = exits >= inside.len() + looked_for.len();
    if exits >= inside.len() {
        for entry in inside {
            clock::end(d, entry, EntryEnd::Left);
        }
    }
    if all {
        for task in looked_for {
            d.push(Event::TaskDone { task, by: Actor::Device });
        }
    }
}
