//! What cameras are asked for while an entry is under way: the photo at the opening, stills of a room at intervals while
//! somebody is inside, and a look at what may be somebody who follows another in.
//!
//! Owns: when stills of each room were asked for last. What was not taken in its time, as while the power was off, is not taken later.

use super::Access;
use super::entry::{Entry, Progress, Suspicion};
use super::passage::{self, Closure};
use super::point::AccessPoint;
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;

/// Who comes in stands in the room so long after.
pub const FIRST_STILL_AFTER: Span = Span::seconds(5);
/// Stills asked for because of one entry: whoever stays longer, or is not seen to leave, fills no disk.
pub const STILLS_MOST: u32 = 30;

/// The door is open for these, or was released and shows nothing.
pub(super) fn opened(
    d: &mut Decider<'_>,
    point: AccessPointId,
    (entries, moment): (&[EntryId], PhotoMoment),
) {
    let subject = PhotoSubject::of_entries(entries);
    photo::ask(d, photo::Spot::Door(point), (PhotoReason::Opened, moment), subject);
}

/// Somebody may have followed these in, or come in with them: a photo shows it, and where parcels lie open staff look at it.
pub(super) fn followed(d: &mut Decider<'_>, point: AccessPointId, entries: &[EntryId], what: Suspicion) {
    let Some(first) = entries.first().copied() else { return };
    for entry in entries {
        passage::suspect(d, *entry, what);
    }
    let subject = PhotoSubject::of_entries(entries);
    photo::ask(d, photo::Spot::Door(point), (PhotoReason::Followed, PhotoMoment::Now), subject);
    if d.site.access.points.get(&point).is_some_and(|p| p.spec.is_room()) {
        d.raise(TaskKind::Followed { entry: first, point });
    }
}

/// Whether stills are taken of the room behind this door while somebody is in it.
pub fn is_watched(site: &Site, point: AccessPointId) -> bool {
    let is_room = site.access.points.get(&point).is_some_and(|p| p.spec.is_room());
    is_room && site.access.policy.still_every.is_some() && photo::sees_room(site, point)
}

/// When the next still of any room is due.
pub(super) fn next_still(site: &Site) -> Option<Timestamp> {
    photo::rooms_in_sight(site).into_iter().filter_map(|point| still_due(site, point)).min()
}

/// When a room is to be seen next. One that nobody is in, or in which everybody has been seen often enough, is not.
fn still_due(site: &Site, point: AccessPointId) -> Option<Timestamp> {
    let access = &site.access;
    let every = access.policy.still_every.filter(|_| !site.disk_low)?;
    let p = access.points.get(&point).filter(|p| p.spec.is_room())?;
    let is_wanted = |e: &&Entry| e.point == point && e.stills < STILLS_MOST;
    let first = access.entries.values().filter(is_wanted).filter_map(|e| wanted_at(e, p)).min()?;
    Some(access.stills.get(&point).map_or(first, |last| first.max(*last + every)))
}

fn wanted_at(entry: &Entry, point: &AccessPoint) -> Option<Timestamp> {
    let since = match (entry.progress, point.closure) {
        (Progress::Inside { since }, _) | (Progress::Open, Closure::Open { since, .. }) => since,
        (Progress::Open, Closure::Closed | Closure::Unknown)
        | (Progress::Released { .. } | Progress::Unknown { .. }, _) => return None,
    };
    Some(if entry.stills == 0 { since + FIRST_STILL_AFTER } else { since })
}

/// One still of each room that is due, however many are inside and however long it has been due.
pub(super) fn take_stills(d: &mut Decider<'_>) {
    let now = d.now();
    for point in photo::rooms_in_sight(d.site) {
        if still_due(d.site, point).is_none_or(|at| at > now) {
            continue;
        }
        let entries = d.site.access.entries_at(point, Entry::has_come_in);
        d.push(Event::RoomWatched { point, entries: entries.clone() });
        photo::of_room(d, point, &PhotoSubject::of_entries(&entries));
    }
}

impl Access {
    pub(super) fn watched(&mut self, point: AccessPointId, entries: &[EntryId], now: Timestamp) {
        self.stills.insert(point, now);
        for entry in entries {
            self.with(*entry, |e| e.stills = e.stills.saturating_add(1));
        }
    }

    /// What would have been taken before the start is not caught up.
    pub(super) fn started(&mut self, now: Timestamp) {
        let occupied: Vec<_> = self.entries.values().filter(|e| e.has_come_in()).map(|e| e.point).collect();
        self.stills.extend(occupied.into_iter().map(|point| (point, now)));
    }
}
