//! The spine: every parcel has exactly one custodian. It leaves one and enters one, and the ledger says how we know.

pub mod audit;
pub mod carried_out;
pub mod class;
pub mod delivered;
pub mod history;
pub mod label;
pub(crate) mod missed;

use crate::custody::audit::Settlement;
use crate::custody::delivered::ClaimEnd;
use crate::evidence::{PhotoHash, PhotoReason};
use crate::ids::*;
use crate::place::Place;
use crate::place::compartment::Size;
use crate::time::{Timestamp, Zone, civil};
use crate::vocabulary::event::Event;
use class::clock::ClassClock;
use class::{Classed, ParcelClass};
use label::LabelMark;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Who answers for a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Custodian {
    /// The courier of a visit.
    Courier(VisitId),
    /// A compartment.
    Compartment(CompartmentId),
    /// A shelf.
    Shelf(ShelfId),
    /// A drop place.
    CommonArea(AreaId),
    /// A member of staff who accepted it.
    Staff(StaffId),
    /// A person who collected it.
    Recipient(PersonId),
    /// A company; None: whoever brought it, unnamed.
    Carrier(Option<CarrierId>),
    /// Nobody knows.
    Missing {
        /// Where it was believed to be.
        last_known: Option<CompartmentId>,
    },
    /// Given up.
    WrittenOff,
}

impl Custodian {
    /// Whether the parcel waits here for its recipient.
    pub fn is_waiting_place(self) -> bool {
        matches!(self, Self::Compartment(_) | Self::Shelf(_) | Self::CommonArea(_) | Self::Staff(_))
    }
    /// Whether the parcel can be carried back here without a lock.
    pub fn lies_open(self) -> bool {
        matches!(self, Self::Shelf(_) | Self::CommonArea(_) | Self::Staff(_))
    }
    /// The shelf or drop place where it lies without a lock.
    pub fn lies_at(self) -> Option<Place> {
        match self {
            Self::Shelf(shelf) => Some(Place::Shelf(shelf)),
            Self::CommonArea(area) => Some(Place::Area(area)),
            _ => None,
        }
    }
    /// Whether nothing more will happen to it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Recipient(_) | Self::Carrier(_) | Self::WrittenOff)
    }
}

/// How we know that custody changed. Never made to look better than it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// An occupancy sensor changed.
    Sensor,
    /// The door closed.
    DoorClosed,
    /// A photo shows it.
    Photo,
    /// Staff say so.
    StaffWord,
    /// The courier said so, or a door closed without the courier.
    CourierWord,
    /// The recipient scanned its label.
    RecipientScan,
    /// The recipient said so.
    RecipientWord,
}

/// Who may collect a parcel, fixed when it is deposited. A later tenant never inherits it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entitlement {
    /// The household it came for.
    pub tenancy: TenancyId,
    /// Its persons who may collect it, ascending.
    pub persons: Vec<PersonId>,
}

/// Why a parcel goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// Kept too long.
    Overdue,
    /// Nobody here of that name.
    Unknown,
    /// The recipient does not want it.
    Refused,
    /// Sent out by a resident.
    Outgoing,
}

/// A parcel that is live, or ended less than a day ago.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Who answers for it.
    pub custodian: Custodian,
    /// Since when.
    pub since: Timestamp,
    /// When it was last known to be there: it came, or a walk found it. None: a walk found it elsewhere.
    pub last_seen: Option<Timestamp>,
    /// When it became known.
    pub registered: Timestamp,
    /// The mark of the number on its label.
    pub label: Option<LabelMark>,
    /// Who brought it.
    pub carrier: Option<CarrierId>,
    /// The unit named.
    pub unit: Option<UnitId>,
    /// Who may collect it; None: to be assigned.
    pub entitlement: Option<Entitlement>,
    /// Its size.
    pub size: Size,
    /// Whether it is heavy.
    pub heavy: bool,
    /// It did not fit into the biggest compartment.
    pub too_big: bool,
    /// Where it is to go.
    pub planned: Option<Place>,
    /// The courier's visit that brought it; the last of those that had it in hand.
    pub visit: Option<VisitId>,
    /// When it was put where its recipient can find it.
    pub arrived: Option<Timestamp>,
    /// Persons who said it is not theirs.
    pub disowned: BTreeSet<PersonId>,
    /// Whether it waits longer than the hold.
    pub overdue: bool,
    /// Its class, and how far the time of that is; None: a usual parcel.
    pub classed: Option<Classed>,
    /// With what it was put down without a scan.
    pub drop: Option<DropId>,
    /// Photos of its way in and out, oldest first; the newest [`PHOTOS_AT_HAND`] of them.
    pub photos: VecDeque<ParcelPhoto>,
}

/// So many photos of a parcel stay at hand while it is live.
pub const PHOTOS_AT_HAND: usize = 16;

/// A photo of a parcel, to be named where its custody changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelPhoto {
    /// Its name.
    pub hash: PhotoHash,
    /// Why it was taken.
    pub reason: PhotoReason,
    /// When it was recorded.
    pub at: Timestamp,
}

impl Parcel {
    /// A parcel of which nothing is known but who has it and how big it is.
    fn new(custodian: Custodian, size: Size, now: Timestamp) -> Self {
        Self {
            custodian,
            since: now,
            last_seen: Some(now),
            registered: now,
            label: None,
            carrier: None,
            unit: None,
            entitlement: None,
            size,
            heavy: false,
            too_big: false,
            planned: None,
            visit: if let Custodian::Courier(visit) = custodian { Some(visit) } else { None },
            arrived: None,
            disowned: BTreeSet::new(),
            overdue: false,
            classed: None,
            drop: None,
            photos: VecDeque::new(),
        }
    }

    /// Its class; None: a usual parcel.
    pub fn class(&self) -> Option<ParcelClass> {
        self.classed.map(|classed| classed.class)
    }

    /// Whether this person's codes are for it.
    pub fn is_for(&self, person: PersonId) -> bool {
        self.entitlement.as_ref().is_some_and(|e| e.persons.contains(&person))
            && (!self.disowned.contains(&person) || crate::planted::is_planted("disowned-opens"))
    }

    /// The photos that show its going to `to`, taken since it came to where it is.
    fn photos_of(&self, to: Custodian) -> Vec<String> {
        let shows = |photo: &&ParcelPhoto| {
            let is_of = match to {
                Custodian::Recipient(_) => photo.reason.is_departure(),
                _ => to.is_waiting_place() && photo.reason.is_arrival(),
            };
            is_of && photo.at >= self.since
        };
        self.photos.iter().filter(shows).map(|photo| photo.hash.to_string()).collect()
    }
}

/// All parcels that are live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    /// By number.
    pub parcels: BTreeMap<ParcelId, Parcel>,
    /// What waits for each person.
    pub waiting: BTreeMap<PersonId, BTreeSet<ParcelId>>,
    /// When each waiting parcel arrived, oldest first, until it is overdue.
    pub holds: BTreeSet<(Timestamp, ParcelId)>,
    /// The moments of those that have a class.
    pub class_clock: ClassClock,
    /// When each ended, oldest first.
    pub ended: BTreeSet<(Timestamp, ParcelId)>,
}

impl Custody {
    /// One of them.
    pub fn get(&self, parcel: ParcelId) -> Option<&Parcel> {
        self.parcels.get(&parcel)
    }

    /// The parcels that wait for a person, oldest number first.
    pub fn waiting_for(&self, person: PersonId) -> impl Iterator<Item = (ParcelId, &Parcel)> {
        self.waiting
            .get(&person)
            .into_iter()
            .flatten()
            .filter_map(|id| self.parcels.get(id).map(|parcel| (*id, parcel)))
            .filter(move |(_, parcel)| parcel.is_for(person))
    }

    /// The parcel whose label bore this number and which came on the same day of the building's calendar: scanned again, it is
    /// asked about instead of registered a second time. A company nobody named may be any. What its carrier took back may
    /// come again.
    pub fn came_today(
        &self,
        label: LabelMark,
        carrier: Option<CarrierId>,
        (now, zone): (Timestamp, &Zone),
    ) -> Option<ParcelId> {
        let today = civil(now, zone).date;
        let is_it = |parcel: &Parcel| {
            let company = parcel.carrier.is_none() || carrier.is_none() || parcel.carrier == carrier;
            let is_back = matches!(parcel.custodian, Custodian::Carrier(_));
            company && !is_back && civil(parcel.registered, zone).date == today
        };
        let alike = self.parcels.iter().rev().filter(|(_, parcel)| parcel.label == Some(label));
        alike.filter(|(_, parcel)| is_it(parcel)).map(|(id, _)| *id).next()
    }

    /// The event that moves a parcel from where it is. None if it is there already or unknown.
    pub fn transfer(
        &self,
        parcel: ParcelId,
        to: Custodian,
        by: Actor,
        assurance: Assurance,
    ) -> Option<Event> {
        let known = self.parcels.get(&parcel)?;
        let from = known.custodian;
        (from != to).then(|| {
            let evidence = known.photos_of(to);
            Event::CustodyTransferred { parcel, from, to, by, assurance, evidence }
        })
    }

    /// It did not fit into a compartment of this size.
    pub(crate) fn grew(&mut self, parcel: ParcelId, tried: Size) {
        self.with(parcel, |p| match tried.bigger() {
            Some(bigger) => p.size = bigger,
            None => p.too_big = true,
        });
    }

    /// No place is meant for it any more.
    pub(crate) fn unplan(&mut self, parcel: ParcelId) {
        self.with(parcel, |p| p.planned = None);
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::ParcelRegistered { parcel, custodian, carrier, unit, entitlement, size, heavy, label } => {
                let (carrier, unit, entitlement) = (*carrier, *unit, entitlement.clone());
                let known = Parcel {
                    carrier,
                    unit,
                    entitlement,
                    heavy: *heavy,
                    label: *label,
                    ..Parcel::new(*custodian, *size, now)
                };
                self.parcels.insert(*parcel, known);
            }
            Event::PlacePlanned { parcel, place } => self.with(*parcel, |p| p.planned = Some(*place)),
            Event::RecipientCorrected { parcel, unit, entitlement, label, .. } => {
                self.unindex(*parcel);
                self.with(*parcel, |p| {
                    p.unit = *unit;
                    p.entitlement.clone_from(entitlement);
                    p.disowned.clear();
                    p.label = label.or(p.label);
                });
                self.index(*parcel);
            }
            Event::ParcelDisowned { parcel, person } => {
                self.with(*parcel, |p| {
                    p.disowned.insert(*person);
                });
            }
            Event::CustodyTransferred { parcel, to, .. } => self.moved(*parcel, *to, now),
            Event::ParcelOverdue { parcel } => {
                self.with(*parcel, |p| p.overdue = true);
                if let Some(arrived) = self.parcels.get(parcel).and_then(|p| p.arrived) {
                    self.holds.remove(&(arrived, *parcel));
                }
            }
            Event::PhotoTaken { asked, hash, .. } => {
                let photo = ParcelPhoto { hash: *hash, reason: asked.reason, at: now };
                for parcel in &asked.subject.parcels {
                    self.with(*parcel, |p| {
                        p.photos.push_back(photo);
                        if p.photos.len() > PHOTOS_AT_HAND {
                            p.photos.pop_front();
                        }
                    });
                }
            }
            Event::ParcelFiled { parcel } => {
                self.unindex(*parcel);
                if let Some(gone) = self.parcels.remove(parcel) {
                    self.ended.remove(&(gone.since, *parcel));
                }
            }
            _ => self.said(event, now),
        }
    }

    /// What was said of parcels, wherever they are.
    fn said(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::ParcelsDropped { drop, parcels } => {
                for parcel in parcels {
                    self.with(*parcel, |p| p.drop = Some(*drop));
                }
            }
            Event::ClaimEnded { label, how: ClaimEnd::Found { parcel }, .. } => {
                self.with(*parcel, |p| {
                    p.label.get_or_insert(*label);
                });
            }
            Event::ParcelClassified { parcel, class, .. } => {
                self.timed(*parcel, |p| p.classed = class.map(Classed::new));
            }
            Event::ParcelReminded { parcel } => {
                self.timed(*parcel, |p| p.classed.iter_mut().for_each(|classed| classed.reminded = true));
            }
            Event::ParcelLate { parcel } => {
                self.timed(*parcel, |p| p.classed.iter_mut().for_each(|classed| classed.late = true));
            }
            Event::AuditLooked { here, astray, .. } => {
                self.seen(here, Some(now));
                self.seen(astray, None);
            }
            Event::AuditSettled { parcel, how: Settlement::PutBack, .. } => self.seen(&[*parcel], Some(now)),
            _ => {}
        }
    }

    /// Somebody who walks saw these where they are recorded, or elsewhere.
    fn seen(&mut self, parcels: &[ParcelId], there: Option<Timestamp>) {
        for parcel in parcels {
            self.with(*parcel, |p| p.last_seen = there);
        }
    }

    fn moved(&mut self, id: ParcelId, to: Custodian, now: Timestamp) {
        self.unindex(id);
        let Some(parcel) = self.parcels.get_mut(&id) else { return };
        self.ended.remove(&(parcel.since, id));
        if let Some(arrived) = parcel.arrived.filter(|_| !to.is_waiting_place()) {
            self.holds.remove(&(arrived, id));
        }
        parcel.custodian = to;
        parcel.since = now;
        if let Custodian::Courier(visit) = to {
            parcel.visit = Some(visit);
        }
        parcel.last_seen = Some(now);
        parcel.planned = None;
        if to.is_waiting_place() {
            let arrived = *parcel.arrived.get_or_insert(now);
            if !parcel.overdue {
                self.holds.insert((arrived, id));
            }
        }
        if to.is_final() {
            self.ended.insert((now, id));
        }
        self.timed(id, |_| {});
        self.index(id);
    }

    /// Changes a parcel, and what the clock of its class knows of it.
    fn timed(&mut self, id: ParcelId, change: impl FnOnce(&mut Parcel)) {
        let Some(parcel) = self.parcels.get_mut(&id) else { return };
        self.class_clock.forget(id, parcel);
        change(parcel);
        self.class_clock.note(id, parcel);
    }

    fn index(&mut self, id: ParcelId) {
        let Some(parcel) = self.parcels.get(&id).filter(|p| p.custodian.is_waiting_place()) else { return };
        for person in parcel.entitlement.iter().flat_map(|e| &e.persons) {
            self.waiting.entry(*person).or_default().insert(id);
        }
    }

    fn unindex(&mut self, id: ParcelId) {
        let Some(parcel) = self.parcels.get(&id) else { return };
        for person in parcel.entitlement.iter().flat_map(|e| &e.persons) {
            if let Some(waiting) = self.waiting.get_mut(person) {
                waiting.remove(&id);
                if waiting.is_empty() {
                    self.waiting.remove(person);
                }
            }
        }
    }

    fn with(&mut self, id: ParcelId, change: impl FnOnce(&mut Parcel)) {
        if let Some(parcel) = self.parcels.get_mut(&id) {
            change(parcel);
        }
    }
}
