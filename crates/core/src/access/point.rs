//! Access points: what each door is, where it leads, and how it stands by mode, schedule and calendar.

use crate::access::passage::{Closure, OpenedBy};
use crate::access::policy::DoorNight;
use crate::access::reader::NewReader;
use crate::access::suspects::Comings;
use crate::ids::*;
use crate::place::Place;
use crate::time::{Date, Span, Timestamp, WeekWindow, Zone, within_workdays};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};

/// An exit request explains an opening that comes so much later.
pub const EXIT_WITHIN: Span = Span::seconds(10);
/// The same credential denied again within this time at the same door for the same reason is one event: a reader repeats.
pub const REPEATED: Span = Span::seconds(5);
/// So many denials are kept to know a repeat by.
const DENIALS_KEPT: usize = 16;
const MINUTE: Span = Span::minutes(1);

/// What kind of passage it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    /// From the street into the building.
    BuildingEntrance,
    /// Into a package room.
    RoomDoor,
    /// Into a room in which a bank hangs.
    BankRoom,
}

/// What an access point is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointSpec {
    /// What people call it, 1 to 40 characters.
    pub label: String,
    /// What kind of passage.
    pub kind: PointKind,
    /// A contact tells whether it stands open.
    pub contact: bool,
    /// A contact of the button or handle inside tells that somebody goes out. The lock is free from inside with or without.
    pub request_to_exit: bool,
    /// Something reads codes at it: a reader, a keypad, a kiosk.
    pub reader: bool,
    /// The banks behind it.
    pub banks: BTreeSet<BankId>,
    /// The shelves behind it.
    pub shelves: BTreeSet<ShelfId>,
    /// The drop places behind it.
    pub areas: BTreeSet<AreaId>,
}

impl PointSpec {
    /// Whether it leads into a room in which parcels lie.
    pub fn is_room(&self) -> bool {
        matches!(self.kind, PointKind::RoomDoor | PointKind::BankRoom)
    }

    /// Whether who went in is seen to leave.
    pub fn sees_exits(&self) -> bool {
        self.is_room() && self.contact && self.request_to_exit
    }

    /// Whether it leads to what lies there.
    pub fn leads_to(&self, place: Place) -> bool {
        match place {
            Place::Shelf(shelf) => self.shelves.contains(&shelf),
            Place::Area(area) => self.areas.contains(&area),
            Place::Compartment(_) | Place::Desk | Place::TakeBack => false,
        }
    }

    /// Whether a courier who goes in is expected to leave a parcel behind it.
    pub fn expects_deposits(&self) -> bool {
        self.is_room() || !(self.banks.is_empty() && self.shelves.is_empty() && self.areas.is_empty())
    }
}

/// How staff want a door to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorMode {
    /// Locked; codes open it.
    Locked,
    /// Anyone may walk in in its hours; locked at other times and on holidays.
    Scheduled,
    /// Locked, and couriers' codes and passes do not open it.
    ClosedToCouriers,
}

/// A denial that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Denied {
    credential: CredentialId,
    /// The code of the refusal.
    why: String,
    at: Timestamp,
}

/// One access point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPoint {
    /// What it is.
    pub spec: PointSpec,
    /// How staff want it to stand.
    pub mode: DoorMode,
    /// The hours of a scheduled door.
    pub hours: Vec<WeekWindow>,
    /// Its own night; None: the site's.
    pub night: Option<DoorNight>,
    /// What its contact shows.
    pub closure: Closure,
    /// What its contact showed when it was read last, of one that cannot be read now.
    pub last_read: Closure,
    /// Its controller does not answer.
    pub silent: bool,
    /// Its case is open.
    pub tampered: bool,
    /// When somebody inside last asked to leave.
    pub exit_asked: Option<Timestamp>,
    /// Exits of those believed inside, while it is not known which of them left.
    pub exits: u32,
    /// The tasks about those who were not seen to leave in time.
    pub looked_for: BTreeSet<TaskId>,
    /// Who was denied here lately, the last at the end; at most [`DENIALS_KEPT`].
    denied: VecDeque<Denied>,
    /// Releases in a row after which the door was not seen to open.
    pub unused: u32,
    /// Who went in lately.
    pub comings: Comings,
    /// The new reader that was waited for last.
    #[serde(default)]
    pub new_reader: Option<NewReader>,
    /// How often its label for phones was renewed: each one before rings no more.
    pub label_renewed: u32,
    recent: VecDeque<Timestamp>,
}

impl AccessPoint {
    pub(crate) fn new(spec: PointSpec, now: Timestamp) -> Self {
        Self {
            spec,
            mode: DoorMode::Locked,
            hours: Vec::new(),
            night: None,
            closure: Closure::Unknown,
            last_read: Closure::Unknown,
            silent: false,
            tampered: false,
            exit_asked: None,
            exits: 0,
            looked_for: BTreeSet::new(),
            denied: VecDeque::new(),
            unused: 0,
            comings: Comings::since(now),
            new_reader: None,
            label_renewed: 0,
            recent: VecDeque::new(),
        }
    }

    /// Whether anyone may walk in at this time.
    pub fn is_open_to_all(&self, holidays: &BTreeSet<Date>, now: Timestamp, zone: &Zone) -> bool {
        self.mode == DoorMode::Scheduled && within_workdays(&self.hours, holidays, now, zone)
    }

    /// Whether its contact shows it open.
    pub fn stands_open(&self) -> bool {
        matches!(self.closure, Closure::Open { .. })
    }

    /// Whether it stood open when its contact was read last.
    pub fn stood_open(&self) -> bool {
        matches!(self.last_read, Closure::Open { .. })
    }

    /// Whether the same was denied here for the same reason just now: a reader repeats what is held to it.
    pub fn denied_just_now(&self, credential: CredentialId, why: &str, now: Timestamp) -> bool {
        let mut just_now = self.denied.iter().filter(|denied| now - denied.at < REPEATED);
        just_now.any(|denied| denied.credential == credential && denied.why == why)
    }

    /// Whether somebody inside asked to leave just now.
    pub fn exit_is_due(&self, now: Timestamp) -> bool {
        self.exit_asked.is_some_and(|at| now - at <= EXIT_WITHIN)
    }

    /// Whether one more release in this minute is within `most`.
    pub fn admits_release(&self, most: u32, now: Timestamp) -> bool {
        self.recent.iter().filter(|at| now - **at < MINUTE).count() < most as usize
    }

    /// Whether everybody who comes in by it is counted now.
    pub(super) fn counts(&self) -> bool {
        let is_told =
            matches!(self.closure, Closure::Closed | Closure::Open { long: false, held: false, .. });
        is_told && !self.silent && self.mode != DoorMode::Scheduled
    }

    /// Folds an event of this door in. By a door that did not count before it or does not after it, anybody may have come in.
    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        let counted = self.counts();
        self.apply(event, now);
        if !(counted && self.counts()) {
            self.comings.uncounted(now);
        }
    }

    fn apply(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::AccessPointChanged { spec, .. } => self.changed(spec, now),
            Event::DoorModeSet { mode, hours, .. } => {
                self.mode = *mode;
                self.hours.clone_from(hours);
            }
            Event::DoorNightSet { night, .. } => self.night.clone_from(night),
            Event::EntryBegan { release: Some(_), .. } => {
                self.recent.retain(|at| now - *at < MINUTE);
                self.recent.push_back(now);
                self.unused += 1;
            }
            Event::PassageOpened { why, held_at, .. } => self.opened(why, *held_at, now),
            Event::PassageClosed { .. } => self.closure = Closure::Closed,
            Event::PassageUnreadable { .. } => {
                self.last_read = std::mem::replace(&mut self.closure, Closure::Unknown);
            }
            Event::PassageStillOpen { .. } if self.stood_open() => self.closure = self.last_read,
            Event::PassageExplained { .. } => {
                self.exit_asked = None;
                if let Closure::Open { since, unclaimed, .. } = &mut self.closure {
                    *unclaimed = false;
                    self.comings.explained(*since);
                }
            }
            Event::PassageHeldOpen { .. } => {
                if let Closure::Open { held, .. } = &mut self.closure {
                    *held = true;
                }
            }
            Event::ExitRequested { .. } => self.exit_asked = Some(now),
            Event::EntryDenied { credential: Some(credential), why, .. } => {
                self.denied.retain(|denied| now - denied.at < REPEATED);
                if self.denied.len() == DENIALS_KEPT {
                    self.denied.pop_front();
                }
                self.denied.push_back(Denied { credential: *credential, why: why.clone(), at: now });
            }
            Event::DoorAnswers { answers, .. } => self.silent = !answers,
            Event::DoorTampered { tampered, .. } => self.tampered = *tampered,
            Event::DoorLabelRenewed { .. } => self.label_renewed += 1,
            Event::ReaderAwaited { by, until, .. } => {
                self.new_reader = Some(NewReader { by: *by, until: *until, key_set: None });
            }
            Event::ReaderKeySet { .. } => {
                if let Some(reader) = &mut self.new_reader {
                    reader.key_set = Some(now);
                }
            }
            _ => {}
        }
    }

    fn changed(&mut self, spec: &PointSpec, now: Timestamp) {
        // A contact that stays tells only when it changes: how the door stands is known from before.
        if self.spec.contact != spec.contact {
            (self.closure, self.last_read) = (Closure::Unknown, Closure::Unknown);
        }
        // What it did not tell before nobody has counted.
        if (self.spec.contact, self.spec.request_to_exit) != (spec.contact, spec.request_to_exit) {
            self.comings.uncounted(now);
        }
        self.spec = spec.clone();
    }

    fn opened(&mut self, why: &OpenedBy, held_at: Timestamp, now: Timestamp) {
        let unclaimed = matches!(why, OpenedBy::OpenHours | OpenedBy::Nothing);
        self.closure = Closure::Open { since: now, held_at, long: false, held: false, unclaimed };
        match why {
            OpenedBy::Entries { .. } => self.unused = 0,
            // One request explains one opening.
            OpenedBy::Exit => self.exit_asked = None,
            // Where nothing tells that somebody goes out, most such openings are people going out.
            OpenedBy::Nothing if self.spec.request_to_exit => self.comings.unexplained(now),
            OpenedBy::OpenHours | OpenedBy::Nothing => {}
        }
    }
}
