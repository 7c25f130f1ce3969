//! An independent model of who has each parcel and what may open, written from DESIGN alone: sets and maps, no rules shared
//! with the core. It sees what people and doors do, and which door was pulsed for what; it says where each parcel must be,
//! and objects to any opening that no rule allows. The proof plays whole sites against the same model.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::custody::delivered::ClaimEnd;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::place::Place;
use vestibule_core::time::{Zone, civil};
use vestibule_core::visit::{Turn, VisitEnd, Visitor};
use vestibule_core::vocabulary::command::{LabelClaim, StaffReason};
use vestibule_core::*;

/// For whom; whether the code was shown again, and the label.
type To = (UnitId, Option<PersonId>);
type How = (bool, Option<LabelClaim>);

/// A parcel as the model sees it.
#[derive(Debug, Clone)]
pub struct Thing {
    pub at: Custodian,
    pub people: BTreeSet<PersonId>,
    pub visit: Option<VisitId>,
    pub told: Option<Place>,
    pub since: Timestamp,
    /// The visit's own code was given again, to put it behind a door that had shut.
    beside: bool,
    arrived: Option<Timestamp>,
    label: Option<LabelMark>,
    came: Timestamp,
}

/// An opening as the model sees it.
#[derive(Debug, Clone)]
struct Try {
    id: OpeningId,
    what: OpeningPurpose,
    pulses: u8,
    waiting: bool,
    turn: Option<Turn>,
    opened: Option<Timestamp>,
    over: bool,
}

#[derive(Debug, Clone, Default)]
struct Door {
    open: bool,
    check: bool,
    attempt: Option<Try>,
    emptied: Option<(PersonId, Timestamp)>,
}

#[derive(Clone, Default)]
pub struct Model {
    pub now: Timestamp,
    pub things: BTreeMap<ParcelId, Thing>,
    doors: BTreeMap<CompartmentId, Door>,
    pub households: BTreeMap<UnitId, BTreeSet<PersonId>>,
    pub private: BTreeSet<PersonId>,
    /// Who lost their parcels when they left.
    pub lost: BTreeSet<PersonId>,
    visits: BTreeMap<VisitId, Visitor>,
    misses: VecDeque<Timestamp>,
    last_collected: BTreeMap<PersonId, Timestamp>,
    disowned: BTreeSet<(ParcelId, PersonId)>,
    classes: BTreeMap<ParcelId, ParcelClass>,
    kept: BTreeMap<Place, ParcelClass>,
    /// Parcels nobody scanned that go through a door in one hand.
    piles: Vec<BTreeSet<ParcelId>>,
}

/// A test of the wiring: a contact that says open may be the other way round.
fn tests_wiring(what: &OpeningPurpose) -> bool {
    matches!(what, OpeningPurpose::StaffOpen { reason: StaffReason::WiringTest, .. })
}

impl Model {
    pub fn at(now: Timestamp) -> Self {
        Self { now, ..Self::default() }
    }

    fn door(&mut self, c: CompartmentId) -> &mut Door {
        self.doors.entry(c).or_default()
    }

    fn inside(&self, c: CompartmentId) -> Vec<ParcelId> {
        self.things.iter().filter(|(_, t)| t.at == Custodian::Compartment(c)).map(|(id, _)| *id).collect()
    }

    /// What a person may take out of a compartment.
    fn theirs(&self, person: PersonId, c: CompartmentId) -> Vec<ParcelId> {
        let is_theirs = |id: &ParcelId| {
            self.things[id].people.contains(&person) && !self.disowned.contains(&(*id, person))
        };
        self.inside(c).into_iter().filter(is_theirs).collect()
    }

    /// The compartments a living code of this person opens.
    pub fn opens_for(&self, person: PersonId) -> BTreeSet<CompartmentId> {
        let inside = |t: &Thing| if let Custodian::Compartment(c) = t.at { Some(c) } else { None };
        let may = |c: &CompartmentId| !self.lost.contains(&person) && !self.theirs(person, *c).is_empty();
        self.things.values().filter_map(inside).filter(may).collect()
    }

    /// Compartments nothing can be opened in now: open, or somebody is at it.
    pub fn busy(&self) -> BTreeSet<CompartmentId> {
        let busy = |d: &Door| d.open || d.attempt.as_ref().is_some_and(|a| a.waiting);
        self.doors.iter().filter(|(_, d)| busy(d)).map(|(c, _)| *c).collect()
    }

    pub fn has_anything(&self, person: PersonId) -> bool {
        use Custodian::{CommonArea, Compartment, Shelf, Staff};
        self.things.iter().any(|(id, t)| {
            matches!(t.at, Compartment(_) | Shelf(_) | CommonArea(_) | Staff(_))
                && t.people.contains(&person)
                && !self.disowned.contains(&(*id, person))
        })
    }

    pub fn is_open(&self, c: CompartmentId) -> bool {
        self.doors.get(&c).is_some_and(|door| door.open)
    }

    /// When a person last collected something.
    pub fn collected_at(&self, person: PersonId) -> Option<Timestamp> {
        self.last_collected.get(&person).copied()
    }

    pub fn misses(&self) -> usize {
        self.misses.iter().filter(|at| self.now - **at < Span::days(1)).count()
    }

    // -- what people do

    /// A courier brings a parcel. Two parcels of one day bear one number only if somebody said so.
    pub fn registered(&mut self, parcel: ParcelId, visit: VisitId, to: To, (beside, label): How) {
        self.reads(label, None);
        let household = self.households.get(&to.0).cloned().unwrap_or_default();
        let alone = to.1.filter(|p| self.private.contains(p) && household.contains(p));
        let people = alone.map_or(household, |p| BTreeSet::from([p]));
        let at = Custodian::Courier(visit);
        let (since, label, visit, told, arrived) = (self.now, label.map(|l| l.mark), Some(visit), None, None);
        let thing = Thing { at, people, visit, told, since, beside, arrived, label, came: since };
        self.things.insert(parcel, thing);
    }

    /// What bears a number that came on that day already (UTC; all of one company), but for what a carrier took back, is
    /// another parcel only if somebody says so; who does not is told which one it is.
    pub fn reads(&self, label: Option<LabelClaim>, told: Option<ParcelId>) {
        let Some(LabelClaim { mark, another }) = label else { return assert_eq!(told, None) };
        let day = |at| civil(at, &Zone::utc()).date;
        let is_today = |t: &Thing| day(t.came) == day(self.now) && !matches!(t.at, Custodian::Carrier(_));
        let bears = |id: &ParcelId| self.things[id].label == Some(mark) && is_today(&self.things[id]);
        let twice: BTreeSet<_> = self.things.keys().copied().filter(bears).collect();
        let right = told.map_or(another || twice.is_empty(), |told| !another && twice.contains(&told));
        assert!(right, "a number known of {twice:?} was answered with {told:?}");
    }

    pub fn moves(&mut self, parcel: ParcelId, to: Custodian) {
        let now = self.now;
        let Some(thing) = self.things.get_mut(&parcel) else { return };
        if let (Custodian::Recipient(person), from) = (to, thing.at) {
            if thing.people.contains(&person) {
                self.last_collected.insert(person, now);
            }
            if let Custodian::Compartment(c) = from {
                self.doors.entry(c).or_default().emptied = Some((person, now));
            }
        }
        let thing = self.things.get_mut(&parcel).expect("looked at above");
        (thing.at, thing.since) = (to, now);
        thing.arrived.get_or_insert(now);
    }

    /// A parcel, and those of its pile that the same courier still has.
    pub fn in_one_hand(&self, parcel: ParcelId) -> BTreeSet<ParcelId> {
        let hands = |id: &ParcelId| {
            self.things.get(id).map(|t| t.at).filter(|at| matches!(at, Custodian::Courier(_)))
        };
        let pile = self.piles.iter().find(|pile| pile.contains(&parcel)).into_iter().flatten().copied();
        let with_it = |id: &ParcelId| *id == parcel || hands(id).is_some() && hands(id) == hands(&parcel);
        pile.chain([parcel]).filter(with_it).collect()
    }

    /// A courier puts it there, and with it what else of its pile they hold.
    pub fn put(&mut self, parcel: ParcelId, to: Custodian) {
        self.in_one_hand(parcel).into_iter().for_each(|one| self.moves(one, to));
    }

    pub fn said(&mut self, visit: VisitId, turn: Turn) {
        let at = self.doors.iter().find(|(_, d)| {
            d.open && d.attempt.as_ref().is_some_and(|a| !a.over && a.what.visit() == Some(visit))
        });
        let Some(c) = at.map(|(c, _)| *c) else { return };
        let what = self.doors[&c].attempt.as_ref().expect("found by it").what.clone();
        let door = self.door(c);
        door.attempt.as_mut().expect("found by it").turn = Some(turn);
        door.check |= matches!(turn, Turn::SomethingInside | Turn::NotMine | Turn::WasEmpty);
        if let OpeningPurpose::Collect { person, parcels, .. } = what {
            for parcel in parcels {
                match turn {
                    Turn::NotMine => drop(self.disowned.insert((parcel, person))),
                    Turn::WasEmpty => self.moves(parcel, Custodian::Missing { last_known: Some(c) }),
                    _ => {}
                }
            }
        }
    }

    pub fn missed(&mut self) {
        self.misses.push_back(self.now);
    }

    pub fn took_from_shelf(&mut self, visit: VisitId, parcel: ParcelId) {
        let Some(Visitor::Resident { person, .. }) = self.visits.get(&visit).copied() else {
            panic!("who took {parcel} is no resident")
        };
        assert!(self.things[&parcel].people.contains(&person) && !self.lost.contains(&person));
        self.moves(parcel, Custodian::Recipient(person));
    }

    /// Staff looked into a compartment and found these.
    pub fn looked_into(&mut self, c: CompartmentId, found: &[ParcelId]) {
        for parcel in self.inside(c).into_iter().filter(|parcel| !found.contains(parcel)) {
            self.moves(parcel, Custodian::Missing { last_known: Some(c) });
        }
        for parcel in found {
            if self.things[parcel].at != Custodian::Compartment(c) {
                self.moves(*parcel, Custodian::Compartment(c));
            }
        }
        let door = self.door(c);
        door.check = false;
        if door.attempt.as_ref().is_some_and(|a| !a.waiting && a.opened.is_none()) {
            door.attempt = None;
        }
    }

    // -- what doors do

    /// A door stands open. Somebody may have said before that they open it, or stand before it and test it.
    pub fn opened(&mut self, c: CompartmentId, is_explained: bool) {
        let now = self.now;
        let door = self.door(c);
        door.open = true;
        match &mut door.attempt {
            Some(attempt) => {
                attempt.waiting = false;
                attempt.opened = Some(now);
            }
            None => door.check |= !is_explained,
        }
    }

    pub fn shut(&mut self, c: CompartmentId) {
        let door = self.door(c);
        door.open = false;
        // In a test a door may stand open before its lock is pulsed: it is shut, and the lock is still to be tried.
        let Some(attempt) = door.attempt.take_if(|a| a.opened.is_some()) else { return };
        // A door may stand open for longer than what became of its parcel is remembered.
        let thing = |parcel: &ParcelId| self.things.get(parcel);
        let is_in = |parcel| thing(parcel).is_some_and(|t| t.at == Custodian::Compartment(c));
        let told_here = |t: &Thing| t.told == Some(Place::Compartment(c));
        match (&attempt.what, attempt.turn) {
            (OpeningPurpose::Deposit { visit, parcel }, turn) => {
                let is_theirs = |t: &Thing| t.at == Custodian::Courier(*visit) && told_here(t);
                match turn {
                    _ if !thing(parcel).is_some_and(is_theirs) => {}
                    None => self.put(*parcel, Custodian::Compartment(c)),
                    Some(Turn::NotLeftHere) => self.put(*parcel, Custodian::Carrier(Some(CarrierId(1)))),
                    Some(_) => {}
                }
            }
            (OpeningPurpose::FixDeposit { visit, parcel }, turn) if is_in(parcel) => match turn {
                Some(Turn::NotLeftHere) => self.moves(*parcel, Custodian::Carrier(Some(CarrierId(1)))),
                Some(Turn::BiggerDoor | Turn::SomethingInside) => {
                    self.moves(*parcel, Custodian::Courier(*visit));
                }
                _ => {}
            },
            (OpeningPurpose::Collect { .. }, None) => self.collected(c, &attempt),
            (OpeningPurpose::StaffRemove { staff, parcel, .. }, _) if is_in(parcel) => {
                self.moves(*parcel, Custodian::Staff(*staff));
            }
            (OpeningPurpose::StaffPlace { parcel, .. }, _)
                if thing(parcel).is_some_and(|t| told_here(t) && matches!(t.at, Custodian::Staff(_))) =>
            {
                self.moves(*parcel, Custodian::Compartment(c));
            }
            _ => {}
        }
    }

    fn collected(&mut self, c: CompartmentId, attempt: &Try) {
        let OpeningPurpose::Collect { person, parcels, .. } = &attempt.what else { return };
        for parcel in parcels {
            let is_here = |t: &Thing| t.at == Custodian::Compartment(c);
            if !attempt.over && self.things.get(parcel).is_some_and(is_here) {
                self.moves(*parcel, Custodian::Recipient(*person));
            }
        }
    }

    /// Ten minutes with the door open collect as well.
    pub fn clock(&mut self, now: Timestamp) {
        self.now = now;
        let due: Vec<_> = self.doors.iter().filter_map(|(c, d)| Some((*c, d.attempt.clone()?))).collect();
        for (c, attempt) in due {
            let long = attempt.opened.is_some_and(|at| now - at >= Span::minutes(10));
            if long && attempt.turn.is_none() && matches!(attempt.what, OpeningPurpose::Collect { .. }) {
                self.collected(c, &attempt);
                self.door(c).attempt.as_mut().expect("cloned from it").over = true;
            }
        }
    }

    // -- what is told and what is pulsed: followed where it is a choice, objected to where it breaks a rule

    pub fn hears(&mut self, event: &Event) {
        match event {
            Event::VisitBegan { visit, visitor, .. } => drop(self.visits.insert(*visit, *visitor)),
            Event::VisitEnded { visit, how } => self.left(*visit, *how),
            Event::ParcelClassified { parcel, class: Some(class), .. } => {
                self.classes.insert(*parcel, *class);
            }
            Event::ParcelClassified { parcel, class: None, .. } => drop(self.classes.remove(parcel)),
            Event::PlaceKeptFor { place, class: Some(class) } => drop(self.kept.insert(*place, *class)),
            Event::PlaceKeptFor { place, class: None } => drop(self.kept.remove(place)),
            Event::PlacePlanned { parcel, place } => {
                self.may_lie(*parcel, *place);
                self.things.get_mut(parcel).expect("a known parcel").told = Some(*place);
            }
            Event::OpeningAuthorised { opening, compartment, purpose, .. } => {
                self.may_open(*compartment, purpose);
                let id = *opening;
                let attempt = Try {
                    id,
                    what: purpose.clone(),
                    pulses: 1,
                    waiting: true,
                    turn: None,
                    opened: None,
                    over: false,
                };
                self.door(*compartment).attempt = Some(attempt);
            }
            Event::OpeningAttempted { opening, attempt, .. } => {
                let mut going_on = self.doors.values_mut().filter_map(|d| d.attempt.as_mut());
                let found = going_on.find(|a| a.id == *opening).expect("one that is going on");
                found.pulses += 1;
                assert_eq!(found.pulses, *attempt, "attempts are counted");
                assert!(found.pulses <= 3 && found.waiting, "I2: {found:?}");
            }
            Event::NotOpened { opening } | Event::OpeningUnknown { opening } => {
                let gone = matches!(event, Event::NotOpened { .. });
                for door in self.doors.values_mut() {
                    if door.attempt.as_ref().is_some_and(|a| a.id == *opening) {
                        let attempt = door.attempt.as_mut().expect("just seen");
                        attempt.waiting = false;
                        // One pulse of a test that opens nothing is what the test is to find out.
                        let tests = tests_wiring(&attempt.what);
                        assert!(!door.open || tests, "the door is open: it is known that it opened");
                        door.check |= !(tests && gone);
                        if gone {
                            door.attempt = None;
                        }
                    }
                }
            }
            Event::PausesLifted { .. } => self.misses.clear(),
            Event::CompartmentToCheck { compartment } => self.door(*compartment).check = true,
            Event::CompartmentChecked { compartment, .. } => self.door(*compartment).check = false,
            Event::ClaimEnded { label, how: ClaimEnd::Found { parcel }, .. } => {
                let found = self.things.get_mut(parcel).expect("a known parcel");
                assert_eq!(*found.label.get_or_insert(*label), *label, "{parcel} bears another number");
            }
            Event::ParcelsDropped { parcels, .. } => {
                self.piles.retain(|pile| pile.iter().any(|id| self.things.contains_key(id)));
                self.piles.push(parcels.iter().copied().collect());
            }
            _ => {}
        }
    }

    /// Medicine lies behind a door or is in somebody's hands, what wants a signature is in hands alone, and a place that is kept
    /// for a class is offered to nothing else.
    fn may_lie(&self, parcel: ParcelId, place: Place) {
        let class = self.classes.get(&parcel);
        let (behind, open) =
            (matches!(place, Place::Compartment(_)), matches!(place, Place::Shelf(_) | Place::Area(_)));
        let may = match class {
            Some(ParcelClass::Medicine) => !open,
            Some(ParcelClass::Signature) => !open && !behind,
            Some(ParcelClass::Meal | ParcelClass::Chilled) | None => true,
        };
        let kept = self.kept.get(&place);
        assert!(may && (kept.is_none() || kept == class), "{parcel}, {class:?}, must not lie at {place:?}");
    }

    fn left(&mut self, visit: VisitId, _: VisitEnd) {
        self.visits.remove(&visit);
        let back = |t: &Thing| t.at == Custodian::Courier(visit) && t.told == Some(Place::TakeBack);
        let back: Vec<_> = self.things.iter().filter(|(_, t)| back(t)).map(|(id, _)| *id).collect();
        for parcel in back {
            self.put(parcel, Custodian::Carrier(Some(CarrierId(1))));
        }
    }

    fn may_open(&mut self, c: CompartmentId, what: &OpeningPurpose) {
        let now = self.now;
        let door = self.door(c).clone();
        let may_be_open = tests_wiring(what);
        assert!(!door.open || may_be_open, "{c}: a door that is open is not opened: {what:?}");
        assert!(door.attempt.as_ref().is_none_or(|a| !a.waiting), "{c}: two openings at once: {what:?}");
        if let Some(visit) = what.visit() {
            assert!(self.visits.contains_key(&visit), "an opening of a visit that is over: {what:?}");
            let mut attempts = self.doors.values().filter_map(|d| d.attempt.as_ref());
            let other = attempts.any(|a| a.what.visit() == Some(visit) && a.waiting);
            assert!(!other, "two doors of one visit: {what:?}");
        }
        let inside = self.inside(c);
        match what {
            OpeningPurpose::Deposit { visit, parcel } => {
                let thing = &self.things[parcel];
                assert_eq!(thing.at, Custodian::Courier(*visit), "only what the courier has is deposited");
                let shares = inside.iter().all(|id| {
                    thing.beside
                        && self.things[id].visit == Some(*visit)
                        && self.things[id].people == thing.people
                        && !thing.people.is_empty()
                });
                assert!(shares, "I4: {c} holds {inside:?}");
                let again = door.attempt.is_some_and(|a| a.what == *what);
                assert!(!door.check || again, "I4: {c} is to be checked");
            }
            OpeningPurpose::FixDeposit { visit, parcel } => {
                let thing = &self.things[parcel];
                let young = thing.arrived.is_some_and(|at| now - at < Span::minutes(30));
                assert!(
                    thing.visit == Some(*visit) && inside.contains(parcel) && young,
                    "I5: fix of {thing:?}"
                );
            }
            OpeningPurpose::Collect { visit, person, parcels, .. } => {
                assert!(matches!(self.visits[visit], Visitor::Resident { person: p, .. } if p == *person));
                assert!(!self.lost.contains(person), "I5: who lost it opens nothing");
                assert!(!parcels.is_empty(), "I5: nothing of theirs in {c}");
                assert_eq!(self.theirs(*person, c), *parcels, "I5: {c} for {person}");
            }
            OpeningPurpose::Reopen { person, .. } => {
                let mine = door.emptied.is_some_and(|(p, at)| p == *person && now - at < Span::minutes(10));
                assert!(mine && inside.is_empty(), "I5: {c} opened again for {person}");
            }
            OpeningPurpose::StaffPlace { .. } => assert!(inside.is_empty() && !door.check, "I4: {c}"),
            OpeningPurpose::StaffOpen { .. } | OpeningPurpose::StaffRemove { .. } => {}
        }
    }
}
