//! Doors one walks through: who may pass, what each passage is, and what doors tell that nobody asked for.
//!
//! An entry is one passage. It is written down before the one release it may have (I1, I2), and every opening is an
//! entry's, an exit's, that of open hours, or an alarm (I11). A code opens the doors it is for and no other (I5). Nothing
//! here keeps anybody in: locks are free from inside without a program.

pub mod admission;
pub mod afterwards;
pub mod clock;
pub mod entry;
pub mod passage;
pub mod point;
pub mod policy;
pub mod reader;
pub mod removal;
pub mod ring;
pub mod setup;
pub mod suspects;
pub mod watched;

use crate::credential::budget::HOLDER_DENIALS;
use crate::custody::Custodian;
use crate::ids::*;
use crate::task::TaskKind;
use crate::time::{Date, Span, Timestamp};
use crate::vocabulary::command::Rung;
use crate::vocabulary::event::Event;
use crate::vocabulary::observation::ReleaseOutcome;
use afterwards::Awaited;
use entry::{Entry, EntryEnd, Progress, Suspicion};
use passage::{Closure, OpenedBy};
use point::{AccessPoint, PointSpec};
use policy::DoorPolicy;
use ring::{Lately, Ring};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

const DAY: Span = Span::days(1);

/// All doors of the site and what happens at them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The site's choices.
    pub policy: DoorPolicy,
    /// Days on which no schedule opens a door.
    pub holidays: BTreeSet<Date>,
    /// Access points.
    pub points: BTreeMap<AccessPointId, AccessPoint>,
    /// What those that were taken down were called: stories and entries go on naming them.
    pub gone: BTreeMap<AccessPointId, String>,
    /// Entries that are not over.
    pub entries: BTreeMap<EntryId, Entry>,
    /// When stills of a room were asked for last, by the door that leads there; while somebody is inside a start counts as one.
    pub stills: BTreeMap<AccessPointId, Timestamp>,
    /// Entries that are over and whose deposit may still come.
    pub awaited: BTreeMap<EntryId, Awaited>,
    /// Rings that wait for an answer.
    pub rings: BTreeMap<RingId, Ring>,
    /// Who came without a code in the last hour.
    pub lately: Lately,
    /// When the holder of a credential was denied in the last day, at most as often as staff need to hear of it.
    denied: BTreeMap<CredentialId, VecDeque<Timestamp>>,
}

impl Access {
    /// The door of an entry.
    pub fn door_of(&self, entry: EntryId) -> Option<&AccessPoint> {
        self.entries.get(&entry).and_then(|e| self.points.get(&e.point))
    }

    /// The entries at a door that are so far, oldest first.
    pub fn entries_at(&self, point: AccessPointId, is: impl Fn(&Entry) -> bool) -> Vec<EntryId> {
        self.entries.iter().filter(|(_, e)| e.point == point && is(e)).map(|(id, _)| *id).collect()
    }

    /// How often the holder of a credential was denied within a day, as far as it is counted.
    pub fn denials(&self, credential: CredentialId, now: Timestamp) -> usize {
        self.denied.get(&credential).map_or(0, |times| times.iter().filter(|at| now - **at < DAY).count())
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        self.lately.evolve(event, now);
        self.ways_lost(event, now);
        match event {
            Event::DoorPolicySet { policy } => self.policy = (**policy).clone(),
            Event::HolidaysSet { days } => self.holidays = days.iter().copied().collect(),
            Event::AccessPointInstalled { point, spec } => {
                self.points.insert(*point, AccessPoint::new((**spec).clone(), now));
            }
            Event::AccessPointRemoved { point, .. } => self.removed(*point),
            Event::EntryDenied { credential: Some(credential), .. } => self.was_denied(*credential, now),
            Event::TaskRaised { task, what: TaskKind::StillInside { point, .. } } => {
                if let Some(point) = self.points.get_mut(point) {
                    point.looked_for.insert(*task);
                }
            }
            Event::TaskDone { task, .. } => self.found(*task),
            Event::RingBegan { ring, point, unit, bell, asked, until } if self.points.contains_key(point) => {
                let (rung, asked) = (Rung { point: *point, unit: *unit, bell: *bell }, asked.clone());
                self.rings.insert(*ring, Ring { rung, asked, until: *until });
            }
            Event::RingAnswered { ring, .. } | Event::RingLapsed { ring } => {
                self.rings.remove(ring);
            }
            _ => self.evolve_entries(event, now),
        }
        if let Some(point) = point_of(event).and_then(|point| self.points.get_mut(&point)) {
            point.evolve(event, now);
        }
    }

    fn evolve_entries(&mut self, event: &Event, now: Timestamp) {
        match event {
            // Of a door that is not there nothing is kept: no contact would ever end it.
            Event::EntryBegan { point, .. } if !self.points.contains_key(point) => {}
            Event::EntryBegan { entry, point, entrant, by, release } => {
                self.entries.insert(*entry, Entry::new((*point, entrant.clone(), *by), *release, now));
            }
            Event::EntryReleased { entry, outcome: ReleaseOutcome::Taken } => self.taken(*entry, now),
            Event::EntryUnknown { entry } => self.with(*entry, |e| {
                if let Progress::Released { until } = e.progress {
                    e.progress = Progress::Unknown { until };
                }
            }),
            Event::EntryJoined { entry, visit } => self.with(*entry, |e| e.visit = Some(*visit)),
            Event::RoomWatched { point, entries } => self.watched(*point, entries, now),
            Event::SiteStarted { .. } => {
                self.started(now);
                self.points.values_mut().for_each(|point| point.comings.uncounted(now));
            }
            Event::DepositAwaited { entry, until } => self.deposit_awaited(*entry, *until),
            Event::EntrySuspected { entry, what: Suspicion::NoDeposit, .. } => {
                self.awaited.remove(entry);
            }
            Event::EntrySuspected { entry, what: Suspicion::OpenLong, .. } => self.stood_open_long(*entry),
            Event::EntryEnded { entry, how } => self.ended(*entry, *how, now),
            Event::PassageOpened { point, why, .. } => self.opened(*point, why),
            Event::PassageExplained { point } => self.one_went_out(*point),
            Event::PassageClosed { point } | Event::PassageUnreadable { point } => self.went_in(*point, now),
            Event::AccessPointChanged { point, spec } if self.gets_or_loses_contact(*point, spec) => {
                self.went_in(*point, now);
            }
            Event::CustodyTransferred { from: Custodian::Courier(visit), to, .. }
                if to.is_waiting_place() =>
            {
                for entry in self.entries.values_mut().filter(|e| e.visit == Some(*visit)) {
                    entry.deposits += 1;
                }
                self.awaited.retain(|_, awaited| awaited.entry.visit != Some(*visit));
            }
            _ => {}
        }
    }

    fn opened(&mut self, point: AccessPointId, why: &OpenedBy) {
        match why {
            OpenedBy::Entries { entries } => {
                for id in entries {
                    self.with(*id, |e| e.progress = Progress::Open);
                }
            }
            OpenedBy::Exit => self.one_went_out(point),
            OpenedBy::OpenHours | OpenedBy::Nothing => {}
        }
    }

    /// A door that leads to a place no more may have led somebody there: the others cannot tell of everybody.
    fn ways_lost(&mut self, event: &Event, now: Timestamp) {
        let (point, left) = match event {
            Event::AccessPointChanged { point, spec } => (*point, Some(spec.as_ref())),
            Event::AccessPointRemoved { point, .. } => (*point, None),
            _ => return,
        };
        let Some(was) = self.points.get(&point).map(|p| p.spec.clone()) else { return };
        let shelves: BTreeSet<_> =
            was.shelves.into_iter().filter(|id| left.is_none_or(|spec| !spec.shelves.contains(id))).collect();
        let areas: BTreeSet<_> =
            was.areas.into_iter().filter(|id| left.is_none_or(|spec| !spec.areas.contains(id))).collect();
        for p in self.points.values_mut() {
            if !p.spec.shelves.is_disjoint(&shelves) || !p.spec.areas.is_disjoint(&areas) {
                p.comings.uncounted(now);
            }
        }
    }

    /// Nothing waits at a door that is no more.
    fn removed(&mut self, point: AccessPointId) {
        if let Some(gone) = self.points.remove(&point) {
            self.gone.insert(point, gone.spec.label);
        }
        self.entries.retain(|_, entry| entry.point != point);
        self.rings.retain(|_, ring| ring.rung.point != point);
        self.stills.remove(&point);
    }

    fn one_went_out(&mut self, point: AccessPointId) {
        if self.is_anybody_inside(point)
            && let Some(point) = self.points.get_mut(&point)
        {
            point.exits += 1;
        }
    }

    /// Whether anybody is believed to be behind this door.
    fn is_anybody_inside(&self, point: AccessPointId) -> bool {
        self.points.get(&point).is_some_and(|p| !p.looked_for.is_empty())
            || self.entries.values().any(|e| e.point == point && e.is_inside())
    }

    fn deposit_awaited(&mut self, id: EntryId, until: Timestamp) {
        if let Some(entry) = self.entries.get(&id).cloned() {
            self.awaited.insert(id, Awaited { entry, until });
        }
    }

    /// Whom this task was about is no longer looked for.
    fn found(&mut self, task: TaskId) {
        let points = self.points.iter_mut();
        let found: Vec<_> = points.filter_map(|(id, p)| p.looked_for.remove(&task).then_some(*id)).collect();
        found.into_iter().for_each(|point| self.nobody_left_to_leave(point));
    }

    /// Where nobody is believed inside any more, the next who go in are counted anew.
    fn nobody_left_to_leave(&mut self, point: AccessPointId) {
        if !self.is_anybody_inside(point)
            && let Some(point) = self.points.get_mut(&point)
        {
            point.exits = 0;
        }
    }

    fn gets_or_loses_contact(&self, point: AccessPointId, spec: &PointSpec) -> bool {
        self.points.get(&point).is_some_and(|known| known.spec.contact != spec.contact)
    }

    /// Who stood in the door is in, as far as anybody sees.
    fn went_in(&mut self, point: AccessPointId, now: Timestamp) {
        let through = |e: &&mut Entry| e.point == point && e.progress == Progress::Open;
        for entry in self.entries.values_mut().filter(through) {
            entry.progress = Progress::Inside { since: now };
        }
    }

    /// The device took the release: the lock falls back its hold from now. A door that cannot be seen has let them in.
    fn taken(&mut self, id: EntryId, now: Timestamp) {
        let has_contact = self.door_of(id).is_some_and(|p| p.spec.contact);
        self.with(id, |e| match (e.release, has_contact) {
            (Some(release), true) => e.progress = Progress::Released { until: now + release.hold },
            _ => e.progress = Progress::Inside { since: now },
        });
    }

    fn stood_open_long(&mut self, entry: EntryId) {
        let point = self.entries.get(&entry).map(|e| e.point);
        if let Some(Closure::Open { long, .. }) =
            point.and_then(|point| self.points.get_mut(&point)).map(|p| &mut p.closure)
        {
            *long = true;
        }
    }

    fn ended(&mut self, entry: EntryId, how: EntryEnd, now: Timestamp) {
        let Some(over) = self.entries.remove(&entry) else { return };
        if let Some(point) = self.points.get_mut(&over.point) {
            point.comings.ended((entry, &over), how, (now, self.policy.inside_at_most));
            if how == EntryEnd::Left {
                point.exits = point.exits.saturating_sub(1);
            }
        }
        self.nobody_left_to_leave(over.point);
    }

    fn was_denied(&mut self, credential: CredentialId, now: Timestamp) {
        self.denied.retain(|_, times| times.back().is_some_and(|at| now - *at < DAY));
        let times = self.denied.entry(credential).or_default();
        times.push_back(now);
        if times.len() > HOLDER_DENIALS {
            times.pop_front();
        }
    }

    fn with(&mut self, id: EntryId, change: impl FnOnce(&mut Entry)) {
        let over = self.awaited.get_mut(&id).map(|awaited| &mut awaited.entry);
        if let Some(entry) = self.entries.get_mut(&id).or(over) {
            change(entry);
        }
    }
}

/// The door an event is about.
fn point_of(event: &Event) -> Option<AccessPointId> {
    match event {
        Event::AccessPointChanged { point, .. }
        | Event::DoorModeSet { point, .. }
        | Event::DoorNightSet { point, .. }
        | Event::DoorLabelRenewed { point, .. }
        | Event::EntryBegan { point, .. }
        | Event::EntryDenied { point, .. }
        | Event::PassageOpened { point, .. }
        | Event::PassageClosed { point }
        | Event::PassageUnreadable { point }
        | Event::PassageStillOpen { point }
        | Event::PassageExplained { point }
        | Event::PassageHeldOpen { point }
        | Event::ExitRequested { point }
        | Event::DoorAnswers { point, .. }
        | Event::ReaderAwaited { point, .. }
        | Event::ReaderKeySet { point }
        | Event::DoorTampered { point, .. } => Some(*point),
        _ => None,
    }
}
