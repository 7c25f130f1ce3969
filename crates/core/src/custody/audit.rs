//! A walk from place to place to see that what is recorded lies there: an audit.
//!
//! Owns: the walks that are under way, what was seen at each place, and what differs. Staff begin one over a bank, some shelves, the
//! desk or the whole site ([`rules`]), look into one place after the other and say what they saw. Life goes on meanwhile: a look is
//! compared with custody at its own moment, and a difference stands only as long as custody has not moved since. None changes
//! custody by itself; somebody says what becomes of each.

pub(crate) mod rules;
pub mod walked;

use super::label::LabelMark;
use super::{Custodian, Custody};
use crate::ids::*;
use crate::place::shelf::scanned;
use crate::site::Site;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A walk that nobody goes on with ends by itself after so long.
pub const RESTS: Span = Span::hours(4);
/// One that was paused waits so long.
pub const PAUSED_RESTS: Span = Span::hours(24);

/// A place that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditPlace {
    /// A compartment, once its door is open.
    Compartment(CompartmentId),
    /// A shelf.
    Shelf(ShelfId),
    /// A drop place.
    Area(AreaId),
    /// The desk: all that staff accepted.
    Desk,
}

impl AuditPlace {
    /// Whether what is in this custody is recorded here.
    pub fn holds(self, custodian: Custodian) -> bool {
        match (self, custodian) {
            (Self::Compartment(place), Custodian::Compartment(at)) => place == at,
            (Self::Shelf(place), Custodian::Shelf(at)) => place == at,
            (Self::Area(place), Custodian::CommonArea(at)) => place == at,
            (Self::Desk, Custodian::Staff(_)) => true,
            _ => false,
        }
    }

    /// Whether it is still there: a bank may have been drawn anew meanwhile.
    pub fn exists(self, site: &Site) -> bool {
        match self {
            Self::Compartment(id) => site.compartments.get(id).is_some(),
            Self::Shelf(id) => site.layout.shelves.contains_key(&id),
            Self::Area(id) => site.layout.areas.contains_key(&id),
            Self::Desk => true,
        }
    }

    /// The parcels recorded here, oldest number first.
    pub fn recorded(self, custody: &Custody) -> Vec<ParcelId> {
        let here = custody.parcels.iter().filter(|(_, parcel)| self.holds(parcel.custodian));
        here.map(|(id, _)| *id).collect()
    }
}

/// The parcel that a label means to whoever stands at a place. Carriers use numbers again: one that is recorded here comes first, then
/// one that is not at its end, then the newest. None: no parcel has it.
pub fn meant(custody: &Custody, place: AuditPlace, label: LabelMark) -> Option<ParcelId> {
    let alike = custody.parcels.iter().filter(|(_, known)| known.label == Some(label));
    let best =
        alike.max_by_key(|(id, known)| (place.holds(known.custodian), !known.custodian.is_final(), **id));
    best.map(|(id, _)| *id)
}

/// What an audit goes over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditScope {
    /// All places of the site.
    Everything,
    /// The compartments of one bank.
    Bank(BankId),
    /// These shelves: a room, a rack.
    Shelves(Vec<ShelfId>),
    /// What staff accepted.
    Desk,
}

/// Why a place was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// A courier or resident is at it, or a parcel is on its way there.
    InUse,
    /// Its lock board does not answer.
    BoardSilent,
    /// Its bank's wiring is being tested.
    BeingTested,
    /// No lock is known for it.
    NoLock,
    /// Its door did not open, or nobody knows whether it did.
    DidNotOpen,
    /// Whoever walks passed it over.
    Staff,
}

impl SkipReason {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::InUse, Self::BoardSilent, Self::BeingTested, Self::NoLock, Self::DidNotOpen, Self::Staff];

    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::InUse => "in_use",
            Self::BoardSilent => "board_silent",
            Self::BeingTested => "being_tested",
            Self::NoLock => "no_lock",
            Self::DidNotOpen => "did_not_open",
            Self::Staff => "staff",
        }
    }
}

/// What becomes of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// It is not there and nobody knows where it is.
    Missing,
    /// The record follows: it is where it was seen.
    Moved,
    /// Whoever walks takes it along.
    Taken,
    /// It was carried back to where it is recorded.
    PutBack,
    /// Nothing yet: the report names it.
    Left,
}

impl Settlement {
    /// All of them, the likeliest of each kind of difference first.
    pub const ALL: [Self; 5] = [Self::Missing, Self::Moved, Self::Taken, Self::PutBack, Self::Left];

    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Moved => "moved",
            Self::Taken => "taken",
            Self::PutBack => "put_back",
            Self::Left => "left",
        }
    }

    /// The settlement of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.word() == word)
    }
}

/// How an audit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditEnd {
    /// By whoever walked; each difference has somebody's word.
    Finished,
    /// Given up.
    Abandoned,
    /// Nobody went on with it.
    Lapsed,
}

impl AuditEnd {
    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Abandoned => "abandoned",
            Self::Lapsed => "lapsed",
        }
    }
}

/// What was seen at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// When somebody looked.
    pub at: Timestamp,
    /// Recorded here or on their way here, and seen.
    pub here: Vec<ParcelId>,
    /// Recorded here, and not seen.
    pub absent: Vec<ParcelId>,
    /// Seen here, and recorded elsewhere.
    pub astray: Vec<ParcelId>,
    /// So many things that nobody knows.
    pub unknown: u16,
}

impl Finding {
    /// Whether nothing at all was seen.
    fn found_nothing(&self) -> bool {
        self.here.is_empty() && self.astray.is_empty() && self.unknown == 0
    }
}

/// How far a place is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopState {
    /// Nobody was there.
    Waiting,
    /// Somebody looked.
    Looked(Finding),
    /// Passed over.
    Skipped(SkipReason),
}

/// One place of a walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Which.
    pub place: AuditPlace,
    /// How far.
    pub state: StopState,
}

/// What is not as it is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Recorded at a place and not seen there.
    Absent {
        /// Which.
        parcel: ParcelId,
        /// Where it should be.
        place: AuditPlace,
    },
    /// Seen at a place and recorded elsewhere.
    Astray {
        /// Which.
        parcel: ParcelId,
        /// Where it was seen.
        place: AuditPlace,
        /// What is recorded.
        recorded: Custodian,
    },
}

impl Difference {
    /// Of which parcel.
    pub fn parcel(self) -> ParcelId {
        match self {
            Self::Absent { parcel, .. } | Self::Astray { parcel, .. } => parcel,
        }
    }

    /// At which place.
    pub fn place(self) -> AuditPlace {
        match self {
            Self::Absent { place, .. } | Self::Astray { place, .. } => place,
        }
    }

    /// Whether this may become of it, as far as its custody goes. One that is collected, returned or written off by the record stays
    /// so: who has it by that is asked first.
    pub fn may_be_settled(self, how: Settlement) -> bool {
        match (self, how) {
            (_, Settlement::Left) => true,
            (Self::Absent { .. }, how) => how == Settlement::Missing,
            (Self::Astray { .. }, Settlement::Missing) => false,
            (Self::Astray { recorded, .. }, Settlement::Moved | Settlement::Taken) => !recorded.is_final(),
            (Self::Astray { recorded, .. }, Settlement::PutBack) => recorded.lies_open(),
        }
    }
}

/// A walk that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// What it goes over.
    pub scope: AuditScope,
    /// When it began.
    pub began: Timestamp,
    /// Who began it.
    pub by: Actor,
    /// When somebody last did something for it.
    pub touched: Timestamp,
    /// Stopped for a while.
    pub paused: bool,
    /// Its places in the order of the walk.
    pub stops: Vec<Stop>,
    /// The door it opened last. None: it has opened none, or that one was taken out of service while it stood open.
    pub door: Option<(CompartmentId, OpeningId)>,
    /// Compartments whose door it has had open, and when it was so last: when it opened, and once it is shut, when that was. A walk
    /// that an older program began names none: its doors are opened anew.
    #[serde(default)]
    pub last_open: BTreeMap<CompartmentId, Timestamp>,
    /// What became of differences.
    pub settled: BTreeMap<ParcelId, Settlement>,
}

impl Audit {
    /// How far a place is; None: it is not one of this walk's.
    pub fn stop(&self, place: AuditPlace) -> Option<&StopState> {
        self.stops.iter().find(|stop| stop.place == place).map(|stop| &stop.state)
    }

    /// The place that the label of a shelf leads to.
    ///
    /// # Errors
    /// The shelf is out of service, or no place of this walk.
    pub fn at_shelf(&self, site: &Site, shelf: ShelfId) -> Result<AuditPlace, Refusal> {
        scanned::there(site, shelf)?;
        let place = AuditPlace::Shelf(shelf);
        if self.stop(place).is_some() {
            return Ok(place);
        }
        Err(Refusal::ShelfNotWalked { label: site.layout.shelves.get(&shelf).cloned().unwrap_or_default() })
    }

    /// Places nobody looked at or passed over, in the order of the walk.
    pub fn waiting(&self, site: &Site) -> Vec<AuditPlace> {
        let waits = |stop: &&Stop| stop.state == StopState::Waiting && stop.place.exists(site);
        self.stops.iter().filter(waits).map(|stop| stop.place).collect()
    }

    /// What differs and has nobody's word, in the order of the walk. What moved since it was looked at is no difference: a resident
    /// who takes a parcel from a shelf says so a moment later.
    pub fn differences(&self, custody: &Custody) -> Vec<Difference> {
        let seen = self.last_seen();
        // Where it was before it moved says nothing of where it is now.
        let seen_since = |parcel: &ParcelId| {
            let known = custody.get(*parcel);
            seen.get(parcel).zip(known).is_some_and(|((at, _), known)| *at >= known.since)
        };
        let mut differences = Vec::new();
        for (place, finding) in self.findings() {
            let stands = |parcel: &&ParcelId| {
                let unmoved = custody.get(**parcel).is_some_and(|known| known.since <= finding.at);
                unmoved && !self.settled.contains_key(*parcel)
            };
            for parcel in finding.absent.iter().filter(stands).filter(|parcel| !seen_since(parcel)) {
                if custody.get(*parcel).is_some_and(|known| place.holds(known.custodian)) {
                    differences.push(Difference::Absent { parcel: *parcel, place });
                }
            }
            let here_last = |parcel: &&ParcelId| seen.get(*parcel).is_some_and(|(_, at)| *at == place);
            for parcel in finding.astray.iter().filter(stands).filter(here_last) {
                if let Some(recorded) = custody.get(*parcel).map(|known| known.custodian)
                    && !place.holds(recorded)
                {
                    differences.push(Difference::Astray { parcel: *parcel, place, recorded });
                }
            }
        }
        differences
    }

    /// Where each parcel was seen last.
    fn last_seen(&self) -> BTreeMap<ParcelId, (Timestamp, AuditPlace)> {
        let mut seen: BTreeMap<ParcelId, (Timestamp, AuditPlace)> = BTreeMap::new();
        for (place, finding) in self.findings() {
            for parcel in finding.here.iter().chain(&finding.astray) {
                let last = seen.entry(*parcel).or_insert((finding.at, place));
                if finding.at >= last.0 {
                    *last = (finding.at, place);
                }
            }
        }
        seen
    }

    /// What was seen, place by place.
    pub fn findings(&self) -> impl Iterator<Item = (AuditPlace, &Finding)> {
        self.stops.iter().filter_map(|stop| match &stop.state {
            StopState::Looked(finding) => Some((stop.place, finding)),
            StopState::Waiting | StopState::Skipped(_) => None,
        })
    }

    /// What is said of a parcel anew wants a new word on what becomes of it.
    fn looked(&mut self, place: AuditPlace, finding: Finding) {
        for parcel in finding.absent.iter().chain(&finding.astray) {
            self.settled.remove(parcel);
        }
        if let Some(stop) = self.stops.iter_mut().find(|stop| stop.place == place) {
            stop.state = StopState::Looked(finding);
        }
    }

    /// What was seen stays, until somebody looks again.
    fn unless_looked(&mut self, place: AuditPlace, state: StopState) {
        let stop = self.stops.iter_mut().find(|stop| stop.place == place);
        if let Some(stop) = stop.filter(|stop| !matches!(stop.state, StopState::Looked(_))) {
            stop.state = state;
        }
    }

    fn lapses(&self) -> Timestamp {
        self.touched + if self.paused { PAUSED_RESTS } else { RESTS }
    }
}

/// All walks that are under way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audits {
    /// By number.
    pub live: BTreeMap<AuditId, Audit>,
}

impl Audits {
    /// One of them.
    pub fn get(&self, audit: AuditId) -> Option<&Audit> {
        self.live.get(&audit)
    }

    /// The walk that a place is part of.
    pub fn over(&self, place: AuditPlace) -> Option<AuditId> {
        self.live.iter().find(|(_, audit)| audit.stop(place).is_some()).map(|(id, _)| *id)
    }

    /// When the first of them ends by itself.
    pub fn next(&self) -> Option<Timestamp> {
        self.live.values().map(Audit::lapses).min()
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::AuditBegan { audit, scope, places, by } => {
                let stops = places.iter().map(|place| Stop { place: *place, state: StopState::Waiting });
                let walk = Audit {
                    scope: scope.clone(),
                    began: now,
                    by: *by,
                    touched: now,
                    paused: false,
                    stops: stops.collect(),
                    door: None,
                    last_open: BTreeMap::new(),
                    settled: BTreeMap::new(),
                };
                self.live.insert(*audit, walk);
            }
            Event::AuditDoorOpens { audit, compartment, opening, .. } => self.with(*audit, now, |walk| {
                walk.door = Some((*compartment, *opening));
                walk.unless_looked(AuditPlace::Compartment(*compartment), StopState::Waiting);
            }),
            Event::CompartmentOpened { compartment, opening: Some(opening), .. } => {
                let door = Some((*compartment, *opening));
                for walk in self.live.values_mut().filter(|walk| walk.door == door) {
                    walk.last_open.insert(*compartment, now);
                }
            }
            Event::AuditLooked { audit, place, here, absent, astray, unknown, .. } => {
                let (here, absent, astray) = (here.clone(), absent.clone(), astray.clone());
                let finding = Finding { at: now, here, absent, astray, unknown: *unknown };
                self.with(*audit, now, |walk| walk.looked(*place, finding));
            }
            Event::AuditSkipped { audit, place, why, .. } => {
                self.with(*audit, now, |walk| walk.unless_looked(*place, StopState::Skipped(*why)));
            }
            Event::AuditPaused { audit, paused, .. } => {
                self.with(*audit, now, |walk| walk.paused = *paused);
            }
            Event::AuditSettled { audit, parcel, how, .. } => {
                self.with(*audit, now, |walk| {
                    walk.settled.insert(*parcel, *how);
                });
            }
            Event::AuditEnded { audit, .. } => drop(self.live.remove(audit)),
            _ => {}
        }
    }

    /// The door of an opening was read shut.
    pub(crate) fn shut(&mut self, door: (CompartmentId, OpeningId), now: Timestamp) {
        for walk in self.live.values_mut().filter(|walk| walk.door == Some(door)) {
            walk.last_open.insert(door.0, now);
        }
    }

    /// Whether whoever walks has looked behind the door since it opened and found nothing.
    pub(crate) fn saw_empty(&self, door: (CompartmentId, OpeningId), opened: Timestamp) -> bool {
        let looks = self.live.values().filter(|walk| walk.door == Some(door));
        let looks = looks.filter_map(|walk| walk.stop(AuditPlace::Compartment(door.0)));
        let is_empty = |look: &StopState| match look {
            StopState::Looked(finding) => finding.at >= opened && finding.found_nothing(),
            StopState::Waiting | StopState::Skipped(_) => false,
        };
        looks.into_iter().any(is_empty)
    }

    /// Nobody knows any more how the door of an opening stands.
    pub(crate) fn not_waited_for(&mut self, door: (CompartmentId, OpeningId)) {
        for walk in self.live.values_mut().filter(|walk| walk.door == Some(door)) {
            walk.door = None;
        }
    }

    fn with(&mut self, audit: AuditId, now: Timestamp, change: impl FnOnce(&mut Audit)) {
        if let Some(walk) = self.live.get_mut(&audit) {
            walk.touched = now;
            change(walk);
        }
    }
}
