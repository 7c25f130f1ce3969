//! What time brings at doors: releases nobody used, doors that stay open, people who are not seen to leave, rings nobody
//! answers, and what a start does to entries under way.

use super::Access;
use super::afterwards;
use super::entry::{CONTACT_LATE, Entry, EntryEnd, Progress, Suspicion, UNUSED_MOST};
use super::passage::{self, Closure};
use super::point::AccessPoint;
use super::{ring, watched};
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;

/// A door that is open to all round the clock is reported after a day, in minutes: doors are built to be shut.
const HELD_AT_LAST: i64 = 24 * 60;

/// Everything that is due by now.
pub(crate) fn tick(d: &mut Decider<'_>) {
    lapse(d);
    stands_open(d);
    not_seen_leaving(d);
    watched::take_stills(d);
    afterwards::judge(d);
    ring::lapse(d);
}

/// When `tick` has something to do at the earliest.
pub(crate) fn next_deadline(site: &Site) -> Option<Timestamp> {
    let access = &site.access;
    let entries = access.entries.iter().filter_map(|(id, e)| match e.progress {
        Progress::Released { until } | Progress::Unknown { until } => Some(until + CONTACT_LATE),
        Progress::Inside { .. } => leaves_at_last(site, *id),
        Progress::Open => None,
    });
    let doors = access.points.iter().filter_map(|(id, p)| match p.closure {
        Closure::Open { since, held_at, long, held, .. } => {
            let long_at = long_at(site, p, since).filter(|_| !long && access.is_entry_open_at(*id));
            long_at.into_iter().chain((!held).then_some(held_at)).min()
        }
        Closure::Closed | Closure::Unknown => None,
    });
    let awaited = access.awaited.values().filter_map(|awaited| afterwards::judged_at(site, awaited));
    entries
        .chain(doors)
        .chain(awaited)
        .chain(watched::next_still(site))
        .chain(access.rings.values().map(|ring| ring.until))
        .min()
}

/// Who is inside is expected out by then; a courier at work at a kiosk has the visit's time.
fn leaves_at_last(site: &Site, id: EntryId) -> Option<Timestamp> {
    let entry = site.access.entries.get(&id)?;
    let Progress::Inside { since } = entry.progress else { return None };
    (!entry.is_at_kiosk(site)).then(|| since + site.access.policy.inside_at_most)
}

/// Releases after which the door was not seen to open.
fn lapse(d: &mut Decider<'_>) {
    let now = d.now();
    let lapsed: Vec<_> = d
        .site
        .access
        .entries
        .iter()
        .filter_map(|(id, e)| match e.progress {
            Progress::Released { until } if until + CONTACT_LATE <= now => Some((*id, e.point, false)),
            Progress::Unknown { until } if until + CONTACT_LATE <= now => Some((*id, e.point, true)),
            Progress::Released { .. }
            | Progress::Unknown { .. }
            | Progress::Open
            | Progress::Inside { .. } => None,
        })
        .collect();
    for (id, point, unknown) in lapsed {
        if unknown {
            d.push(Event::EntryEnded { entry: id, how: EntryEnd::Unknown });
        } else {
            not_opened(d, (id, point));
        }
    }
}

/// Nobody went in. Three in a row: staff look at lock and contact.
pub(crate) fn not_opened(d: &mut Decider<'_>, (id, point): (EntryId, AccessPointId)) {
    d.push(Event::EntryEnded { entry: id, how: EntryEnd::NotOpened });
    if d.site.access.points.get(&point).is_some_and(|p| p.unused >= UNUSED_MOST) {
        d.raise(TaskKind::LookAtDoor { point });
    }
}

/// Doors that stay open: others may have followed whom they were opened for; then they are held open.
fn stands_open(d: &mut Decider<'_>) {
    let now = d.now();
    let open: Vec<_> = d
        .site
        .access
        .points
        .iter()
        .filter_map(|(id, p)| match p.closure {
            Closure::Open { since, held_at, long, held, .. } => {
                let is_long = long_at(d.site, p, since).is_some_and(|at| now >= at);
                Some((*id, !long && is_long, !held && now >= held_at))
            }
            Closure::Closed | Closure::Unknown => None,
        })
        .collect();
    for (point, long, held) in open {
        let through = d.site.access.entries_at(point, |e| e.progress == Progress::Open);
        if long {
            watched::followed(d, point, &through, Suspicion::OpenLong);
        }
        if held {
            d.push(Event::PassageHeldOpen { point });
            d.raise(TaskKind::DoorHeldOpen { point });
            photo::ask(
                d,
                photo::Spot::Door(point),
                (PhotoReason::HeldOpen, PhotoMoment::Now),
                PhotoSubject::of_entries(&through),
            );
        }
    }
}

/// When a door that has been open since then has stood open long enough for others to follow. None: anybody may walk in then.
fn long_at(site: &Site, p: &AccessPoint, since: Timestamp) -> Option<Timestamp> {
    let (access, zone) = (&site.access, &site.policy.zone);
    let at = since + access.policy.long_after;
    (!p.is_open_to_all(&access.holidays, at, zone)).then_some(at)
}

/// When a door that opens now is held open: after the policy's time, but not before its open hours are over.
pub(super) fn held_open_at(site: &Site, p: &AccessPoint, now: Timestamp) -> Timestamp {
    let (access, zone) = (&site.access, &site.policy.zone);
    let first = now + access.policy.held_open_after;
    let minutes = (0..HELD_AT_LAST).map(|minute| first + Span::minutes(minute));
    let mut closed = minutes.filter(|at| !p.is_open_to_all(&access.holidays, *at, zone));
    closed.next().unwrap_or(first + Span::minutes(HELD_AT_LAST))
}

/// Who went in and was not seen to leave in time.
fn not_seen_leaving(d: &mut Decider<'_>) {
    let now = d.now();
    let over: Vec<_> = d
        .site
        .access
        .entries
        .keys()
        .filter(|id| leaves_at_last(d.site, **id).is_some_and(|at| at <= now))
        .copied()
        .collect();
    for entry in over {
        let sees_exits = d.site.access.door_of(entry).is_some_and(|p| p.spec.sees_exits());
        end(d, entry, if sees_exits { EntryEnd::NotSeenLeaving } else { EntryEnd::Passed });
    }
}

/// Ends an entry of somebody who went in, and says what was not as it should be.
pub(crate) fn end(d: &mut Decider<'_>, id: EntryId, how: EntryEnd) {
    let access = &d.site.access;
    let Some((entry, p)) = access.entries.get(&id).zip(access.door_of(id)) else { return };
    let point = entry.point;
    // Who is at work at a kiosk with a parcel in hand says there where it is; the visit asks until they do.
    let carries =
        entry.visit.and_then(|visit| d.site.visits.get(visit).ok()).is_some_and(|v| !v.carrying.is_empty());
    let left_nothing = entry.deposits == 0 && !carries;
    let (no_deposit, unseen) =
        (entry.expects_deposit(p) && left_nothing, entry.leaves_unseen(p) && left_nothing);
    if how == EntryEnd::NotSeenLeaving {
        passage::suspect(d, id, Suspicion::NoExit);
        d.raise(TaskKind::StillInside { entry: id, point });
    }
    match how {
        // They are out within the time, and may be at the van: more is to come, or nothing.
        EntryEnd::Left if no_deposit => {
            d.push(Event::DepositAwaited { entry: id, until: d.ctx.now + afterwards::SECOND_LOAD });
        }
        _ if no_deposit => afterwards::left_nothing(d, (id, point)),
        _ => {}
    }
    if unseen {
        d.raise(TaskKind::LookWhatWasLeft { entry: id, point });
    }
    d.push(Event::EntryEnded { entry: id, how });
}

/// The process started: no release is replayed; what has no outcome is unknown.
pub(crate) fn started(d: &mut Decider<'_>) {
    let under_way = |e: &&Entry| matches!(e.progress, Progress::Released { .. });
    let open_ended: Vec<_> =
        d.site.access.entries.iter().filter(|(_, e)| under_way(e)).map(|(id, e)| (*id, e.point)).collect();
    for entry in open_ended {
        passage::unknown(d, entry);
    }
}

impl Access {
    /// Whether somebody's entry is at this open door.
    fn is_entry_open_at(&self, point: AccessPointId) -> bool {
        self.entries.values().any(|e| e.point == point && e.progress == Progress::Open)
    }
}
