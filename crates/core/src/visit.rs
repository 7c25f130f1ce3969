//! A visit: a courier's or resident's whole stay at one kiosk. Not longer than an hour; over after half a minute without a touch,
//! or three where it sends its visitor away from the screen.

pub mod admission;
pub mod collection;
pub mod deposit;
pub mod doors;
pub mod guest;
pub mod lifecycle;
pub mod quick_drop;
pub mod walk;

use crate::custody::Custodian;
use crate::ids::*;
use crate::place::Place;
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Who is at the kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visitor {
    /// A courier, by which code, of which company.
    Courier {
        /// The code or badge.
        credential: CredentialId,
        /// The company.
        carrier: CarrierId,
    },
    /// A resident, by which code or card.
    Resident {
        /// The code or card.
        credential: CredentialId,
        /// Who.
        person: PersonId,
    },
    /// Somebody who came in without a code, to leave what they brought.
    Guest {
        /// How they came in.
        entry: EntryId,
    },
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitEnd {
    /// They said so, or nothing was left to do.
    Finished,
    /// Nobody touched the screen.
    Idle,
    /// An hour was over.
    TooLong,
    /// Power came back too late.
    Restart,
}

/// What somebody says at an open door; happens when it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Courier: too small, a bigger one please.
    BiggerDoor,
    /// Courier: I keep the parcel.
    NotLeftHere,
    /// Courier: it is not empty.
    SomethingInside,
    /// Resident: something stays inside.
    LeaveInside,
    /// Resident: it is not mine.
    NotMine,
    /// Resident: it was empty.
    WasEmpty,
}

/// One visit that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Where.
    pub kiosk: KioskId,
    /// Who.
    pub visitor: Visitor,
    /// Since when.
    pub began: Timestamp,
    /// The last touch or door.
    pub touched: Timestamp,
    /// Look-ups so far.
    pub look_ups: u32,
    /// Parcels put somewhere in this visit, in order.
    pub deposits: Vec<ParcelId>,
    /// Parcels registered and not yet placed, in order: at most one at a door and one behind it.
    pub carrying: Vec<ParcelId>,
    /// Of `deposits`, those that staff are asked for and have not taken yet.
    pub left: BTreeSet<ParcelId>,
    /// What was said at each open door.
    pub turns: BTreeMap<CompartmentId, Turn>,
    /// Compartments a resident's code still has to open here, in order.
    pub next: VecDeque<CompartmentId>,
    /// Compartments opened in this visit, for *open again* within the grace.
    pub opened: BTreeSet<CompartmentId>,
    /// Parcels collected in this visit, in order.
    pub collected: Vec<ParcelId>,
    /// Parcels a resident looked for in this visit and did not find, with where each should lie.
    pub missed: BTreeMap<ParcelId, Place>,
    /// It survived a restart and nobody has touched the screen since: no door opens by itself.
    pub resting: bool,
}

/// The visits that are not over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visits {
    /// By number.
    pub live: BTreeMap<VisitId, Visit>,
    /// What visits that are over left on its way, by visit; those that left nothing are not here.
    pub left: BTreeMap<VisitId, walk::Left>,
    by_kiosk: BTreeMap<KioskId, BTreeSet<VisitId>>,
}

impl Visits {
    /// A live visit.
    ///
    /// # Errors
    /// [`Refusal::VisitOver`].
    pub fn get(&self, visit: VisitId) -> Result<&Visit, Refusal> {
        self.live.get(&visit).ok_or(Refusal::VisitOver)
    }

    /// The visit at a kiosk of a courier, or of whoever else brings something.
    pub fn courier_at(&self, kiosk: KioskId) -> Option<(VisitId, &Visit)> {
        self.at(kiosk, |visitor| matches!(visitor, Visitor::Courier { .. } | Visitor::Guest { .. }))
    }

    /// The resident's visit at a kiosk.
    pub fn resident_at(&self, kiosk: KioskId) -> Option<(VisitId, &Visit)> {
        self.at(kiosk, |visitor| matches!(visitor, Visitor::Resident { .. }))
    }

    /// What visits of theirs that are over left on its way, and nobody has taken over.
    pub(crate) fn left_by(&self, visitor: Visitor) -> impl Iterator<Item = ParcelId> + '_ {
        let theirs = self.left.values().filter(move |left| left.visitor == visitor);
        theirs.flat_map(|left| left.parcels.iter().copied())
    }

    fn at(&self, kiosk: KioskId, which: impl Fn(&Visitor) -> bool) -> Option<(VisitId, &Visit)> {
        self.by_kiosk
            .get(&kiosk)?
            .iter()
            .filter_map(|id| self.live.get(id).map(|visit| (*id, visit)))
            .find(|(_, visit)| which(&visit.visitor))
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::VisitBegan { visit, kiosk, visitor } => {
                self.live.insert(*visit, Visit::new(*kiosk, *visitor, now));
                self.by_kiosk.entry(*kiosk).or_default().insert(*visit);
            }
            Event::VisitEnded { visit, .. } => self.ended(*visit),
            Event::VisitContinued { visit } => self.with(*visit, now, |v| v.resting = false),
            Event::LookedUp { visit } => self.with(*visit, now, |v| {
                v.look_ups += 1;
                v.resting = false;
            }),
            Event::SiteStarted { .. } => {
                for visit in self.live.values_mut() {
                    visit.resting = true;
                }
            }
            Event::TaskRaised { what: TaskKind::Accept { parcel }, .. } => self.left_for_staff(*parcel),
            Event::Turned { visit, compartment, turn } => self.with(*visit, now, |v| {
                v.turns.insert(*compartment, *turn);
            }),
            Event::ParcelRegistered { parcel, custodian: Custodian::Courier(visit), .. } => {
                self.with(*visit, now, |v| {
                    v.carrying.push(*parcel);
                    v.resting = false;
                });
            }
            Event::CustodyTransferred { parcel, from, to, by, .. } => {
                self.transferred(*parcel, (*from, *to), now);
                self.looked_for(*parcel, (*from, *to, *by), now);
            }
            _ => {}
        }
    }

    fn ended(&mut self, visit: VisitId) {
        let Some(over) = self.live.remove(&visit) else { return };
        let at_kiosk = self.by_kiosk.entry(over.kiosk).or_default();
        at_kiosk.remove(&visit);
        if at_kiosk.is_empty() {
            self.by_kiosk.remove(&over.kiosk);
        }
        let parcels: BTreeSet<_> = over.carrying.into_iter().chain(over.left).collect();
        if !parcels.is_empty() {
            self.left.insert(visit, walk::Left { visitor: over.visitor, parcels });
        }
    }

    fn transferred(&mut self, parcel: ParcelId, (from, to): (Custodian, Custodian), now: Timestamp) {
        if let Custodian::Courier(visit) = from {
            self.no_longer_left(visit, parcel);
            self.with(visit, now, |v| {
                v.carrying.retain(|other| *other != parcel);
                v.left.remove(&parcel);
                if to.is_waiting_place() && !v.deposits.contains(&parcel) {
                    v.deposits.push(parcel);
                }
            });
        }
        if let Custodian::Courier(visit) = to {
            self.with(visit, now, |v| {
                v.deposits.retain(|other| *other != parcel);
                v.carrying.push(parcel);
            });
        } else if to.is_final() {
            for visit in self.live.values_mut() {
                visit.deposits.retain(|other| *other != parcel);
            }
        }
        if let Custodian::Recipient(person) = to {
            for visit in self.live.values_mut() {
                if matches!(visit.visitor, Visitor::Resident { person: p, .. } if p == person) {
                    visit.collected.push(parcel);
                    visit.touched = now;
                }
            }
        }
    }

    /// It is where it is by this, or not where whoever is at a kiosk looked.
    fn looked_for(
        &mut self,
        parcel: ParcelId,
        (from, to, by): (Custodian, Custodian, Actor),
        now: Timestamp,
    ) {
        for visit in self.live.values_mut() {
            visit.missed.remove(&parcel);
        }
        if let (Custodian::Missing { .. }, Some(place), Actor::Visit(visit)) = (to, from.lies_at(), by) {
            self.with(visit, now, |v| {
                v.missed.insert(parcel, place);
            });
        }
    }

    /// Staff are asked for it: it is no longer in the courier's hands, though not yet anybody else's.
    fn left_for_staff(&mut self, parcel: ParcelId) {
        for visit in self.live.values_mut().filter(|v| v.carrying.contains(&parcel)) {
            visit.carrying.retain(|other| *other != parcel);
            visit.deposits.push(parcel);
            visit.left.insert(parcel);
        }
    }

    fn no_longer_left(&mut self, visit: VisitId, parcel: ParcelId) {
        let Some(left) = self.left.get_mut(&visit) else { return };
        left.parcels.remove(&parcel);
        if left.parcels.is_empty() {
            self.left.remove(&visit);
        }
    }

    pub(crate) fn with(&mut self, visit: VisitId, now: Timestamp, change: impl FnOnce(&mut Visit)) {
        if let Some(visit) = self.live.get_mut(&visit) {
            visit.touched = now;
            change(visit);
        }
    }
}

impl Visit {
    fn new(kiosk: KioskId, visitor: Visitor, now: Timestamp) -> Self {
        Self {
            kiosk,
            visitor,
            began: now,
            touched: now,
            look_ups: 0,
            deposits: Vec::new(),
            carrying: Vec::new(),
            left: BTreeSet::new(),
            turns: BTreeMap::new(),
            next: VecDeque::new(),
            opened: BTreeSet::new(),
            collected: Vec::new(),
            missed: BTreeMap::new(),
            resting: false,
        }
    }

    /// Whether it is a courier's, or that of whoever else brings something.
    pub fn is_courier(&self) -> bool {
        matches!(self.visitor, Visitor::Courier { .. } | Visitor::Guest { .. })
    }

    /// Whose it is, if a resident's.
    pub fn person(&self) -> Option<PersonId> {
        match self.visitor {
            Visitor::Resident { person, .. } => Some(person),
            Visitor::Courier { .. } | Visitor::Guest { .. } => None,
        }
    }

    /// Look-ups this visit may still make: three a deposit and ten.
    pub fn look_ups_left(&self) -> u32 {
        (3 * self.deposits.len() as u32 + 10).saturating_sub(self.look_ups)
    }
}
