//! What is true at one kiosk, read off the committed state: who is there, which door is meant, what goes where.
//!
//! Owns: the choice of what a kiosk may see at all: its own visits and the doors in its sight. Never: a name, a code, or
//! anything of another visit.

use super::draft::Next;
use super::room::RoomSight;
use super::wall::Wall;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::code::token::SiteTag;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::custody::{Custodian, Parcel};
use vestibule_core::evidence::photo::{sees_all_that_lies, sees_piles};
use vestibule_core::opening::{Opening, OpeningPurpose, Progress};
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Closure, Service, Size};
use vestibule_core::place::room::label_and_room;
use vestibule_core::time::{Civil, civil};
use vestibule_core::visit::deposit::foresee;
use vestibule_core::visit::guest::came_in;
use vestibule_core::visit::walk::{asked_about, patience};
use vestibule_core::visit::{Turn, Visit, Visitor};
use vestibule_core::{
    BankId, CompartmentId, KioskId, OpeningId, ParcelId, PersonId, PhotoId, Site, Timestamp, UnitId, VisitId,
};

/// A place, by what is written on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A door's number.
    Door(String),
    /// A shelf's label, and its room where there are several.
    Shelf(String),
    /// The desk.
    Desk,
    /// A drop place's name.
    Area(String),
    /// The courier takes it back.
    TakeBack,
}

/// How far a door is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoorStep {
    /// Unlocking, the first try.
    Opening,
    /// It did not spring; which try this is.
    Jammed(u8),
    /// It is open.
    Open,
}

/// What a door is open for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoorUse {
    /// A parcel goes in.
    Deposit,
    /// An earlier deposit is looked at.
    Mend,
    /// A resident collects.
    Collect,
    /// A resident looks once more.
    LookAgain,
}

/// The door a visit is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Which opening: a new one is a new door for the eye.
    pub opening: OpeningId,
    /// The number on it.
    pub label: String,
    /// How far.
    pub step: DoorStep,
    /// What for.
    pub use_: DoorUse,
    /// What was said that will happen when it closes.
    pub turn: Option<Turn>,
    /// It has been open for too long.
    pub held: bool,
    /// A bigger one exists at this site.
    pub bigger_exists: bool,
    /// Where it hangs.
    pub wall: Wall,
    /// What goes in or comes out.
    pub parcels: Vec<ParcelId>,
}

/// A parcel of a courier's visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub parcel: ParcelId,
    /// Its unit, if named.
    pub unit: Option<UnitId>,
    /// The one person it is for, if it is for one alone.
    pub alone: Option<PersonId>,
    /// Where it goes or is.
    pub spot: Option<Spot>,
    /// It can still be put right.
    pub mendable: bool,
    /// What it is, where that matters.
    pub class: Option<ParcelClass>,
}

/// A courier's visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourierFacts {
    /// Which.
    pub visit: VisitId,
    /// The company.
    pub carrier: String,
    /// They have no code: they leave what they brought, unscanned, and do nothing else.
    pub guest: bool,
    /// The door it is at.
    pub door: Option<Door>,
    /// In hand, in order.
    pub in_hand: Vec<Item>,
    /// Put somewhere, in order; those brought to the desk are among them.
    pub done: Vec<Item>,
    /// On its way when their visit before ended: are they there?
    pub asked: Vec<Item>,
    /// The site was restarted and nobody has touched the screen since.
    pub resting: bool,
}

impl CourierFacts {
    /// No further parcel can be described before a door closes.
    pub fn hands_full(&self) -> bool {
        self.in_hand.len() >= 2
    }
}

/// Something that waits elsewhere than behind a door here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub parcel: ParcelId,
    /// Where.
    pub spot: Spot,
    /// The bank, if it is behind a door out of sight.
    pub bank: Option<BankId>,
    /// The wall that door hangs in.
    pub wall: Option<Wall>,
    /// The company that brought it.
    pub carrier: Option<String>,
}

/// A resident's visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentFacts {
    /// Which.
    pub visit: VisitId,
    /// The door it is at.
    pub door: Option<Door>,
    /// Doors opened so far.
    pub opened: usize,
    /// Numbers of doors here that have not been opened yet.
    pub to_open: Vec<String>,
    /// Parcels on shelves and in drop places: taken with a tap.
    pub to_take: Vec<Waiting>,
    /// Parcels they looked for in this visit and did not find, where each should lie.
    pub missed: Vec<Waiting>,
    /// At the desk or in banks out of sight.
    pub elsewhere: Vec<Waiting>,
    /// Doors here that were opened, or did not open, and still hold something.
    pub left: Vec<String>,
    /// Of those, doors that would not open.
    pub stuck: Vec<String>,
    /// Doors that may be opened once more.
    pub again: Vec<(CompartmentId, String)>,
    /// Parcels collected in this visit.
    pub collected: usize,
    /// The site was restarted and nobody has touched the screen since.
    pub resting: bool,
}

/// One size, as the kiosk offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeFacts {
    /// Which.
    pub size: Size,
    /// There is a door of this size in sight; else it says how big a parcel for other places is.
    pub is_door: bool,
    /// Of the smallest compartment of this size in sight, mm; of a usual parcel of this size, where there is none.
    pub width_mm: u32,
    /// The same, mm.
    pub height_mm: u32,
    /// Where the next parcel would go, were it of this size.
    pub goes: Goes,
}

/// Where a parcel of a size would go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goes {
    /// Behind a door of its size; so many are free.
    Free(usize),
    /// Behind a bigger door.
    BiggerDoor,
    /// Not behind a door.
    Elsewhere(Spot),
}

/// What is true at one kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Which.
    pub kiosk: KioskId,
    /// Marks this site's codes.
    pub tag: SiteTag,
    /// A courier's visit.
    pub courier: Option<CourierFacts>,
    /// A resident's visit; in front of a courier's.
    pub resident: Option<ResidentFacts>,
    /// Rooms in which a shelf is meant for who is in front.
    pub rooms: Vec<RoomSight>,
    /// Doors in sight that stand open and nobody here is at.
    pub left_open: Vec<String>,
    /// Sizes in sight, and where the next parcel would go by what is known of it; none without a courier.
    pub sizes: Vec<SizeFacts>,
    /// Digits of a PIN with its check digit.
    pub pin_digits: u8,
    /// IANA name.
    pub zone: String,
    /// Site time.
    pub now: Timestamp,
    /// The building's clock.
    pub clock: Civil,
    /// A lock board in sight does not answer.
    pub board_silent: bool,
    /// Whether it stands at a door one walks through.
    pub stands_at_door: bool,
    /// Somebody was let in to here without a code, and has left nothing yet.
    pub may_drop: bool,
    /// Whether doors of compartments are in its sight.
    pub has_doors: bool,
    /// No camera sees what is carried away from one of the shelves: the screen's own may.
    pub looks_itself: bool,
    /// No camera sees every pile that is put down without a scan: the screen's own may.
    pub looks_at_piles: bool,
    /// A camera sees every pile that is put down without a scan.
    pub sees_piles: bool,
    /// How long the visit in front goes on without a touch, s.
    pub patience: u32,
    /// The newest photo of each parcel that waits on a shelf for the resident, where they may see it.
    pub photos: BTreeMap<ParcelId, PhotoId>,
}

/// A courier's stay in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Parcels put somewhere.
    pub parcels: u32,
    /// Different doors.
    pub doors: u32,
    /// By other place.
    pub others: BTreeMap<Spot, u32>,
}

impl Tally {
    /// Counts a visit's parcels.
    pub fn of(done: &[Item]) -> Self {
        let mut tally = Self { parcels: done.len() as u32, ..Self::default() };
        let mut doors = BTreeSet::new();
        for spot in done.iter().filter_map(|item| item.spot.as_ref()) {
            match spot {
                Spot::Door(label) => {
                    doors.insert(label);
                }
                Spot::Shelf(_) | Spot::Desk | Spot::Area(_) | Spot::TakeBack => {
                    *tally.others.entry(spot.clone()).or_default() += 1;
                }
            }
        }
        tally.doors = doors.len() as u32;
        tally
    }
}

impl Facts {
    /// What is true there now, for a courier who says this of the next parcel. None: no such kiosk.
    pub fn of(site: &Site, now: Timestamp, (kiosk, next): (KioskId, &Next)) -> Option<Self> {
        let known = site.layout.kiosks.get(&kiosk)?;
        let banks = &known.banks;
        let eye = Eye { site, now, banks };
        let courier = site.visits.courier_at(kiosk);
        let resident = site.visits.resident_at(kiosk);
        let here: Vec<VisitId> = courier.iter().chain(&resident).map(|(id, _)| *id).collect();
        Some(Self {
            kiosk,
            tag: site.tag?,
            courier: courier.map(|(id, visit)| eye.courier(id, visit)),
            resident: resident.and_then(|(id, visit)| eye.resident(id, visit)),
            rooms: resident.or(courier).map_or_else(Vec::new, |(_, visit)| RoomSight::of_visit(site, visit)),
            left_open: eye.left_open(&here),
            sizes: courier.map_or_else(Vec::new, |(id, _)| eye.sizes(id, next)),
            pin_digits: site.policy.pin_length.random_digits() as u8 + 1,
            zone: site.policy.zone.name().to_owned(),
            now,
            clock: civil(now, &site.policy.zone),
            stands_at_door: !known.doors.is_empty(),
            may_drop: came_in(site, kiosk).is_some(),
            has_doors: site.compartments.all.values().any(|c| known.banks.contains(&c.bank)),
            looks_itself: !sees_all_that_lies(site, kiosk),
            looks_at_piles: !sees_piles(site, kiosk),
            sees_piles: sees_piles(site, kiosk),
            patience: resident.or(courier).map_or(0, |(_, visit)| (patience(site, visit).0 / 1_000) as u32),
            photos: BTreeMap::new(),
            board_silent: banks.iter().any(|bank| site.layout.silent.contains(bank)),
        })
    }

    /// The visit in front.
    pub fn visit(&self) -> Option<VisitId> {
        self.resident.as_ref().map(|r| r.visit).or(self.courier.as_ref().map(|c| c.visit))
    }

    /// All visits here.
    pub fn visits(&self) -> impl Iterator<Item = VisitId> {
        self.resident.iter().map(|r| r.visit).chain(self.courier.iter().map(|c| c.visit))
    }
}

/// Where a parcel waits. None: it is not known, or no longer here.
pub fn whereabouts(site: &Site, parcel: ParcelId) -> Option<Spot> {
    let place = match site.custody.get(parcel)? {
        Parcel { custodian: Custodian::Compartment(c), .. } => Place::Compartment(*c),
        Parcel { custodian: Custodian::Shelf(shelf), .. } => Place::Shelf(*shelf),
        Parcel { custodian: Custodian::CommonArea(area), .. } => Place::Area(*area),
        Parcel { custodian: Custodian::Staff(_), .. } => Place::Desk,
        Parcel { custodian: Custodian::Courier(_), planned, .. } => (*planned)?,
        Parcel {
            custodian:
                Custodian::Recipient(_)
                | Custodian::Carrier(_)
                | Custodian::Missing { .. }
                | Custodian::WrittenOff,
            ..
        } => return None,
    };
    Some(spot(site, place))
}

/// A place by what is written on it.
pub fn spot(site: &Site, place: Place) -> Spot {
    match place {
        Place::Compartment(c) => Spot::Door(label(site, c)),
        Place::Shelf(shelf) => Spot::Shelf(label_and_room(site, shelf).unwrap_or_default()),
        Place::Desk => Spot::Desk,
        Place::Area(area) => Spot::Area(site.layout.areas.get(&area).cloned().unwrap_or_default()),
        Place::TakeBack => Spot::TakeBack,
    }
}

fn label(site: &Site, compartment: CompartmentId) -> String {
    site.compartments.get(compartment).map(|c| c.spec.label.clone()).unwrap_or_default()
}

/// The state as one kiosk sees it.
struct Eye<'a> {
    site: &'a Site,
    now: Timestamp,
    banks: &'a BTreeSet<BankId>,
}

impl Eye<'_> {
    fn in_sight(&self, compartment: CompartmentId) -> bool {
        self.site.compartments.get(compartment).is_some_and(|c| self.banks.contains(&c.bank))
    }

    fn courier(&self, id: VisitId, visit: &Visit) -> CourierFacts {
        let carrier = match visit.visitor {
            Visitor::Courier { carrier, .. } => self.site.layout.carriers.get(&carrier).cloned(),
            Visitor::Resident { .. } | Visitor::Guest { .. } => None,
        };
        CourierFacts {
            guest: matches!(visit.visitor, Visitor::Guest { .. }),
            visit: id,
            carrier: carrier.unwrap_or_default(),
            door: self.door(id),
            in_hand: visit.carrying.iter().filter_map(|parcel| self.item(*parcel)).collect(),
            done: visit.deposits.iter().filter_map(|parcel| self.item(*parcel)).collect(),
            asked: asked_about(self.site, id, self.now).into_iter().filter_map(|p| self.item(p)).collect(),
            resting: visit.resting,
        }
    }

    fn item(&self, parcel: ParcelId) -> Option<Item> {
        let facts = self.site.custody.get(parcel)?;
        let arrived = facts.arrived.unwrap_or(facts.since);
        let alone = facts.entitlement.as_ref().filter(|e| e.persons.len() == 1).map(|e| e.persons[0]);
        Some(Item {
            parcel,
            unit: facts.unit,
            alone,
            spot: whereabouts(self.site, parcel),
            mendable: facts.custodian.is_waiting_place()
                && facts.drop.is_none()
                && self.now - arrived < self.site.policy.fix_within,
            class: facts.class(),
        })
    }

    fn door(&self, id: VisitId) -> Option<Door> {
        let (opening, facts) = self.site.openings.of_visit(id)?;
        let c = self.site.compartments.get(facts.compartment)?;
        let (use_, parcels) = purpose(facts)?;
        Some(Door {
            opening,
            label: c.spec.label.clone(),
            step: step(facts),
            use_,
            turn: facts.turn,
            held: matches!(c.closure, Closure::Open { held: true, .. }),
            bigger_exists: self
                .site
                .compartments
                .all
                .values()
                .any(|other| self.banks.contains(&other.bank) && other.spec.size > c.spec.size),
            wall: Wall::of(self.site, facts.compartment)?,
            parcels,
        })
    }

    fn resident(&self, id: VisitId, visit: &Visit) -> Option<ResidentFacts> {
        let Visitor::Resident { person, .. } = visit.visitor else { return None };
        let door = self.door(id);
        let at = self.site.openings.of_visit(id).map(|(_, opening)| opening.compartment);
        let mut facts = ResidentFacts {
            visit: id,
            door,
            opened: visit.opened.len(),
            to_open: Vec::new(),
            to_take: Vec::new(),
            missed: visit.missed.iter().filter_map(|(parcel, place)| self.missed(*parcel, *place)).collect(),
            elsewhere: Vec::new(),
            left: Vec::new(),
            stuck: Vec::new(),
            again: self.again(person),
            collected: visit.collected.len(),
            resting: visit.resting,
        };
        let mut seen = BTreeSet::new();
        for (parcel, waiting) in self.site.custody.waiting_for(person) {
            match waiting.custodian {
                Custodian::Compartment(c) if Some(c) == at => {}
                Custodian::Compartment(c) if self.in_sight(c) => {
                    if seen.insert(c) {
                        self.behind_a_door(c, visit, &mut facts);
                    }
                }
                Custodian::Shelf(_) | Custodian::CommonArea(_) => {
                    facts.to_take.extend(self.waiting(parcel, waiting))
                }
                _ => facts.elsewhere.extend(self.waiting(parcel, waiting)),
            }
        }
        Some(facts)
    }

    fn behind_a_door(&self, compartment: CompartmentId, visit: &Visit, facts: &mut ResidentFacts) {
        let number = label(self.site, compartment);
        let in_check = self.site.compartments.get(compartment).is_some_and(|c| c.service == Service::Check);
        let turned = visit.turns.contains_key(&compartment);
        if !visit.opened.contains(&compartment) {
            facts.to_open.push(number);
        } else if in_check && !turned {
            facts.stuck.push(number);
        } else {
            facts.left.push(number);
        }
    }

    fn waiting(&self, parcel: ParcelId, waiting: &Parcel) -> Option<Waiting> {
        let wall = match waiting.custodian {
            Custodian::Compartment(c) => Wall::of(self.site, c),
            _ => None,
        };
        Some(Waiting {
            parcel,
            spot: whereabouts(self.site, parcel)?,
            bank: wall.as_ref().map(|w| w.bank),
            wall,
            carrier: self.company(waiting),
        })
    }

    fn missed(&self, parcel: ParcelId, place: Place) -> Option<Waiting> {
        let carrier = self.company(self.site.custody.get(parcel)?);
        Some(Waiting { parcel, spot: spot(self.site, place), bank: None, wall: None, carrier })
    }

    fn company(&self, parcel: &Parcel) -> Option<String> {
        parcel.carrier.and_then(|carrier| self.site.layout.carriers.get(&carrier).cloned())
    }

    fn again(&self, person: PersonId) -> Vec<(CompartmentId, String)> {
        let within = |at: Timestamp| self.now - at < self.site.policy.grace;
        let graces = self.site.graces.iter().filter(|(c, g)| {
            let free =
                self.site.compartments.get(**c).is_some_and(|c| c.parcels.is_empty() && c.held_for.is_none());
            g.person == person && within(g.at) && self.in_sight(**c) && free
        });
        graces.map(|(c, _)| (*c, label(self.site, *c))).collect()
    }

    fn left_open(&self, here: &[VisitId]) -> Vec<String> {
        let of_somebody_here = |c: CompartmentId| {
            self.site.openings.live.values().any(|o| {
                o.compartment == c
                    && !o.is_unknown()
                    && o.purpose.visit().is_some_and(|visit| here.contains(&visit))
            })
        };
        let open = self.site.compartments.open.iter().copied();
        open.filter(|c| self.in_sight(*c) && !of_somebody_here(*c)).map(|c| label(self.site, c)).collect()
    }

    /// Each size in sight; where no door is, every size.
    fn sizes(&self, visit: VisitId, next: &Next) -> Vec<SizeFacts> {
        let seen: Vec<_> =
            self.site.compartments.all.values().filter(|c| self.banks.contains(&c.bank)).collect();
        let measures = |size: Size| {
            let of_size = seen.iter().filter(|c| c.spec.size == size).map(|c| &c.spec);
            let smallest = of_size.min_by_key(|spec| spec.width_mm * spec.height_mm)?;
            Some((smallest.width_mm, smallest.height_mm))
        };
        let facts = |size: Size| {
            let (width_mm, height_mm) =
                if seen.is_empty() { size.usual_parcel_mm() } else { measures(size)? };
            let goes = self.goes(visit, (next, size));
            Some(SizeFacts { size, is_door: !seen.is_empty(), width_mm, height_mm, goes })
        };
        Size::ALL.into_iter().filter_map(facts).collect()
    }

    /// The rule that chooses is asked; a page that guessed would name another place.
    fn goes(&self, visit: VisitId, (next, size): (&Next, Size)) -> Goes {
        let Ok((place, free)) = foresee(self.site, visit, &next.described(size), self.now) else {
            return Goes::Elsewhere(Spot::TakeBack);
        };
        match place {
            Place::Compartment(c) if self.site.compartments.get(c).is_some_and(|c| c.spec.size == size) => {
                Goes::Free(free)
            }
            Place::Compartment(_) => Goes::BiggerDoor,
            place @ (Place::Shelf(_) | Place::Desk | Place::Area(_) | Place::TakeBack) => {
                Goes::Elsewhere(spot(self.site, place))
            }
        }
    }
}

fn step(opening: &Opening) -> DoorStep {
    match opening.progress {
        Progress::Open => DoorStep::Open,
        Progress::Pulsed { .. } if opening.attempt <= 1 => DoorStep::Opening,
        Progress::Pulsed { .. } => DoorStep::Jammed(opening.attempt),
        Progress::Again { .. } | Progress::Unknown => DoorStep::Jammed(opening.attempt + 1),
    }
}

fn purpose(opening: &Opening) -> Option<(DoorUse, Vec<ParcelId>)> {
    match &opening.purpose {
        OpeningPurpose::Deposit { parcel, .. } => Some((DoorUse::Deposit, vec![*parcel])),
        OpeningPurpose::FixDeposit { parcel, .. } => Some((DoorUse::Mend, vec![*parcel])),
        OpeningPurpose::Collect { parcels, .. } => Some((DoorUse::Collect, parcels.clone())),
        OpeningPurpose::Reopen { .. } => Some((DoorUse::LookAgain, Vec::new())),
        OpeningPurpose::StaffOpen { .. }
        | OpeningPurpose::StaffRemove { .. }
        | OpeningPurpose::StaffPlace { .. } => None,
    }
}
