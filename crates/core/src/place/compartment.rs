//! A compartment: four separate axes (closure, occupancy, service, opening), and its designation. Never one enum of all.

use crate::custody::class::ParcelClass;
use crate::ids::*;
use crate::place::Place;
use crate::time::Timestamp;
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The sizes a bank is built of, smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Small.
    S,
    /// Medium.
    M,
    /// Large.
    L,
    /// Extra large.
    XL,
}

impl Size {
    /// All of them, smallest first.
    pub const ALL: [Self; 4] = [Self::S, Self::M, Self::L, Self::XL];

    /// The next size up, if there is one.
    pub fn bigger(self) -> Option<Self> {
        Self::ALL.into_iter().find(|size| *size > self)
    }
    /// Height of a usual compartment of this size, mm: what the editor of banks begins with, about what makers of lockers sell.
    pub fn usual_height_mm(self) -> u32 {
        match self {
            Self::S => 150,
            Self::M => 250,
            Self::L => 500,
            Self::XL => 750,
        }
    }
    /// About how big a usual parcel of this size is: width and height, mm.
    pub fn usual_parcel_mm(self) -> (u32, u32) {
        match self {
            Self::S => (300, 120),
            Self::M => (400, 260),
            Self::L => (500, 450),
            Self::XL => (650, 800),
        }
    }
    /// The largest size that an open place takes, by its clear height and its depth in mm: it is as high as a usual compartment of
    /// that size, which all parcels of it fit, and as deep as a usual parcel of it is wide. S is taken by any.
    pub fn fitting(height_mm: u32, depth_mm: u32) -> Self {
        let fits = |size: &Self| height_mm >= size.usual_height_mm() && depth_mm >= size.usual_parcel_mm().0;
        Self::ALL.into_iter().rev().find(fits).unwrap_or(Self::S)
    }
}

/// Latches from this height are within everybody's reach, mm above the floor (2010 ADA 308; EN 301 549 8.3).
pub const REACH_FROM_MM: u32 = 380;
/// Latches up to this height are within everybody's reach, mm above the floor.
pub const REACH_TO_MM: u32 = 1220;

/// Of a space that a child can be shut in, each side measures at least this much, mm (16 CFR 1750.3, written for refrigerators).
pub const SPACE_FROM_MM: u32 = 203;
/// And it holds at least this much, cubic mm (the same: two cubic feet).
pub const SPACE_FROM_MM3: u64 = 56_600_000;
/// How deep a compartment is taken to be, mm: banks do not say, and few are deeper.
pub const DEPTH_MM: u32 = 600;
/// A small child does not climb over what is as high as this, mm (48 inches; CPSC publication 362, of fences around pools).
pub const CLIMBS_UP_TO_MM: u32 = 1219;

/// A compartment as it hangs on the wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompartmentSpec {
    /// The number on its door; unique in the site.
    pub label: String,
    /// Its size.
    pub size: Size,
    /// Column from the left, from 0.
    pub column: u32,
    /// Width in mm.
    pub width_mm: u32,
    /// Height in mm.
    pub height_mm: u32,
    /// Lower edge above the floor in mm.
    pub bottom_mm: u32,
    /// Whether it has an occupancy sensor.
    pub occupancy_sensor: bool,
    /// Somebody made sure that it can be opened from inside, or that nobody fits in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inside_release: bool,
}

impl CompartmentSpec {
    /// Whether it is large and low: a child can climb in and be shut in.
    pub fn may_shut_a_child_in(&self) -> bool {
        let holds = u64::from(self.width_mm) * u64::from(self.height_mm) * u64::from(DEPTH_MM);
        self.width_mm.min(self.height_mm) >= SPACE_FROM_MM
            && holds >= SPACE_FROM_MM3
            && self.bottom_mm < CLIMBS_UP_TO_MM
    }
    /// Height of the latch above the floor in mm: the middle of the door.
    pub fn latch_mm(&self) -> u32 {
        self.bottom_mm + self.height_mm / 2
    }
    /// Whether everybody can reach the latch.
    pub fn is_reachable(&self) -> bool {
        (REACH_FROM_MM..=REACH_TO_MM).contains(&self.latch_mm())
    }
}

/// Whose a compartment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Designation {
    /// The unit.
    pub unit: UnitId,
    /// `only` that unit's, or that unit's `first` and others' when all else is full.
    pub only: bool,
}

/// The door contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closure {
    /// Not read yet.
    Unknown,
    /// Shut.
    Closed,
    /// Open since.
    Open {
        /// Since when.
        since: Timestamp,
        /// Whether it was reported as held open.
        held: bool,
        /// Whether an opening or a key explains it.
        explained: bool,
    },
}

/// What is believed to be inside. Parcels themselves are in [`crate::custody`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emptiness {
    /// Known empty: never used, seen empty by a sensor or by staff.
    Empty,
    /// Emptied on somebody's word; offered last for a day.
    Believed {
        /// When.
        since: Timestamp,
    },
    /// Not empty, by custody or by sensor.
    Filled,
}

/// Whether it may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Yes.
    In,
    /// Nobody is sure what is inside: staff look first.
    Check,
    /// Taken out by staff.
    Out,
}

/// One compartment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compartment {
    /// Its bank.
    pub bank: BankId,
    /// As it hangs.
    pub spec: CompartmentSpec,
    /// Whose, if somebody's.
    pub designation: Option<Designation>,
    /// The class of parcels it is kept for; None: the usual ones, and those of a class that may lie here.
    pub kept_for: Option<ParcelClass>,
    /// Axis 1: the door contact.
    pub closure: Closure,
    /// Axis 2: occupancy as believed without parcels in custody.
    pub emptiness: Emptiness,
    /// Axis 3: service.
    pub service: Service,
    /// Axis 4: the opening in progress.
    pub opening: Option<OpeningId>,
    /// Parcels whose custody is here.
    pub parcels: BTreeSet<ParcelId>,
    /// A parcel this place is held for.
    pub held_for: Option<ParcelId>,
}

impl Compartment {
    /// Whether the door contact shows open.
    pub fn is_open(&self) -> bool {
        matches!(self.closure, Closure::Open { .. })
    }

    /// Whether nothing is inside as far as anybody knows.
    pub fn is_empty(&self) -> bool {
        self.parcels.is_empty() && self.emptiness != Emptiness::Filled
    }

    /// Whether a parcel of this class may be put in, as far as its class goes.
    pub fn takes(&self, class: Option<ParcelClass>) -> bool {
        match self.kept_for {
            Some(kept) => Some(kept) == class,
            None => class.is_none_or(ParcelClass::may_lie_behind_a_door),
        }
    }

    /// Whether its sensor sees something that nobody answers for.
    pub fn holds_what_nobody_knows(&self) -> bool {
        self.parcels.is_empty() && self.emptiness == Emptiness::Filled
    }
}

/// All compartments of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compartments {
    /// By number.
    pub all: BTreeMap<CompartmentId, Compartment>,
    /// Those whose door is open.
    pub open: BTreeSet<CompartmentId>,
}

impl Compartments {
    /// One of them.
    pub fn get(&self, id: CompartmentId) -> Option<&Compartment> {
        self.all.get(&id)
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::BankInstalled { bank, compartments } => {
                for (id, spec) in compartments {
                    self.all.insert(*id, Compartment::new(*bank, spec.clone()));
                }
            }
            Event::BankChanged { bank, compartments, .. } => self.redrawn(*bank, compartments),
            Event::CompartmentDesignated { compartment, designation } => {
                self.with(*compartment, |c| c.designation = *designation);
            }
            Event::PlaceKeptFor { place: Place::Compartment(compartment), class } => {
                self.with(*compartment, |c| c.kept_for = *class);
            }
            Event::CompartmentServiceSet { compartment, in_service, .. } => {
                self.with(*compartment, |c| c.service = if *in_service { Service::In } else { Service::Out });
            }
            Event::CompartmentToCheck { compartment } => {
                self.with(*compartment, |c| c.service = Service::Check);
            }
            Event::CompartmentChecked { compartment, .. } => self.with(*compartment, |c| {
                if c.service == Service::Check {
                    c.service = Service::In;
                }
                if c.parcels.is_empty() {
                    c.emptiness = Emptiness::Empty;
                }
            }),
            Event::OccupancySeen { compartment, occupied } => self.with(*compartment, |c| {
                c.emptiness = if *occupied { Emptiness::Filled } else { Emptiness::Empty };
            }),
            Event::CompartmentOpened { compartment, opening, key } => {
                self.opened(*compartment, opening.is_some() || key.is_some(), now);
                if key.is_some() {
                    self.may_have_been_used(*compartment, now);
                }
            }
            Event::ForceExplained { compartment, .. } => self.with(*compartment, |c| {
                if let Closure::Open { explained, .. } = &mut c.closure {
                    *explained = true;
                }
            }),
            Event::CompartmentClosed { compartment } => {
                self.open.remove(compartment);
                self.with(*compartment, |c| c.closure = Closure::Closed);
            }
            Event::CompartmentHeldOpen { compartment } => self.with(*compartment, |c| {
                if let Closure::Open { held, .. } = &mut c.closure {
                    *held = true;
                }
            }),
            _ => {}
        }
    }

    /// What is drawn no more is gone; what stays keeps its axes.
    fn redrawn(&mut self, bank: BankId, drawn: &[(CompartmentId, CompartmentSpec)]) {
        let stays = |id: &CompartmentId| drawn.iter().any(|(other, _)| other == id);
        self.all.retain(|id, c| c.bank != bank || stays(id));
        let all = &self.all;
        self.open.retain(|id| all.contains_key(id));
        for (id, spec) in drawn {
            let drawn = self.all.entry(*id).or_insert_with(|| Compartment::new(bank, spec.clone()));
            drawn.spec.clone_from(spec);
        }
    }

    fn opened(&mut self, id: CompartmentId, explained: bool, now: Timestamp) {
        self.open.insert(id);
        self.with(id, |c| c.closure = Closure::Open { since: now, held: false, explained });
    }

    /// Its contact is another from now on.
    pub(crate) fn unread(&mut self, id: CompartmentId) {
        self.open.remove(&id);
        self.with(id, |c| c.closure = Closure::Unknown);
    }

    pub(crate) fn opening_begun(&mut self, id: CompartmentId, opening: OpeningId) {
        self.with(id, |c| c.opening = Some(opening));
    }

    pub(crate) fn opening_over(&mut self, id: CompartmentId) {
        self.with(id, |c| c.opening = None);
    }

    pub(crate) fn put(&mut self, id: CompartmentId, parcel: ParcelId) {
        self.with(id, |c| {
            c.parcels.insert(parcel);
            c.emptiness = Emptiness::Filled;
            if c.held_for == Some(parcel) {
                c.held_for = None;
            }
        });
    }

    pub(crate) fn hold(&mut self, id: CompartmentId, parcel: ParcelId) {
        self.with(id, |c| c.held_for = Some(parcel));
    }

    pub(crate) fn release_hold(&mut self, id: CompartmentId) {
        self.with(id, |c| c.held_for = None);
    }

    /// Its door was open and has closed, or was opened with a key: without a sensor its emptiness is somebody's word from now on.
    pub(crate) fn may_have_been_used(&mut self, id: CompartmentId, now: Timestamp) {
        self.with(id, |c| {
            if c.parcels.is_empty() && !c.spec.occupancy_sensor {
                c.emptiness = Emptiness::Believed { since: now };
            }
        });
    }

    /// Staff looked behind its open door and it is shut again. A sensor knows better.
    pub(crate) fn was_seen_empty(&mut self, id: CompartmentId) {
        self.with(id, |c| {
            if c.parcels.is_empty() && !c.spec.occupancy_sensor {
                c.emptiness = Emptiness::Empty;
            }
        });
    }

    pub(crate) fn take(&mut self, id: CompartmentId, parcel: ParcelId, now: Timestamp) {
        self.with(id, |c| {
            c.parcels.remove(&parcel);
            if c.parcels.is_empty() && !c.spec.occupancy_sensor {
                c.emptiness = Emptiness::Believed { since: now };
            }
        });
    }

    fn with(&mut self, id: CompartmentId, change: impl FnOnce(&mut Compartment)) {
        if let Some(compartment) = self.all.get_mut(&id) {
            change(compartment);
        }
    }
}

impl Compartment {
    fn new(bank: BankId, spec: CompartmentSpec) -> Self {
        Self {
            bank,
            spec,
            designation: None,
            kept_for: None,
            closure: Closure::Unknown,
            emptiness: Emptiness::Empty,
            service: Service::In,
            opening: None,
            parcels: BTreeSet::new(),
            held_for: None,
        }
    }
}
