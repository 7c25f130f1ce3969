//! Random days at a small site: people, doors, power cuts and vandals, against the independent model.

mod acts;

use crate::model::Model;
use crate::world::*;
use acts::{Act, act};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::directory::Leavers;
use vestibule_core::opening::Progress;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::policy::Policy;
use vestibule_core::visit::{Turn, Visitor};
use vestibule_core::vocabulary::command::{
    CheckOut, DirectoryChange, Fix, LabelClaim, LookedFor, Proof, PutDown, PutTo, RecipientChoice,
    StaffReason,
};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

/// Seconds that pass at once: mostly few, now and then a night.
const WAITS: [i64; 16] = [1, 2, 2, 2, 5, 5, 10, 16, 20, 25, 31, 65, 130, 660, 1900, 90_000];

/// Few numbers, so that many a one comes twice; some parcels have no label.
fn label(n: u8, another: bool) -> Option<LabelClaim> {
    let number = ["1Z999AA10123456784", "TBA000000000001", "123456789012"].get(usize::from(n) % 7)?;
    Some(LabelClaim { mark: LabelMark::of(&Pepper, number), another })
}

#[derive(Clone)]
struct Day {
    w: World,
    m: Model,
    courier: [Code; 2],
    cards: Vec<(PersonId, Code)>,
    tenancies: u32,
    people: u32,
}

fn pick<T: Clone>(all: &[T], n: u8) -> Option<T> {
    if all.is_empty() { None } else { Some(all[usize::from(n) % all.len()].clone()) }
}

impl Day {
    fn new() -> Self {
        let policy = Policy { breaker_per_minute: 10_000, ..Policy::default() };
        let mut w = World::build(policy, bank_one().into_iter().take(5).collect());
        for label in ["A1", "B1"] {
            w.ok(STAFF, Command::InstallShelf { label: label.to_owned() });
        }
        let class = Some(ParcelClass::Chilled);
        w.ok(STAFF, Command::KeepPlaceFor { place: Place::Compartment(c(2)), class });
        // Kiosk 2 sees the first bank too; kiosk 3 sees everything and is used by probes alone.
        w.ok(STAFF, Command::SetKioskBanks { kiosk: K2, banks: vec![BankId(1)] });
        w.ok(STAFF, Command::SetKioskBanks { kiosk: K3, banks: vec![BankId(1), BankId(2)] });
        let courier = [w.ups(), w.ups()];
        let mut m = Model::at(w.now);
        for (number, name, _) in PEOPLE {
            m.households.entry(unit(number)).or_default().insert(person(name));
        }
        m.private.extend([person("dan"), person("eve")]);
        m.hears(&Event::PlaceKeptFor { place: Place::Compartment(c(2)), class });
        Self { w, m, courier, cards: Vec::new(), tenancies: 5, people: 7 }
    }

    /// The model hears what the last step told, then both must agree.
    fn hear(&mut self) {
        for event in std::mem::take(&mut self.w.last) {
            self.m.hears(&event);
        }
    }

    fn ask(&mut self, visit: VisitId, command: Command) -> Result<Answer, Refusal> {
        self.w.ask(Actor::Visit(visit), command)
    }

    fn visits(&self, courier: bool) -> Vec<VisitId> {
        self.w.site.visits.live.iter().filter(|(_, v)| v.is_courier() == courier).map(|(id, _)| *id).collect()
    }

    fn doors(&self, open: bool) -> Vec<CompartmentId> {
        let all = &self.w.site.compartments.all;
        all.iter().filter(|(_, d)| d.is_open() == open).map(|(id, _)| *id).collect()
    }

    fn pulsed(&self) -> Vec<(OpeningId, u8, CompartmentId)> {
        let live = self.w.site.openings.live.iter();
        live.filter(|(_, o)| matches!(o.progress, Progress::Pulsed { .. }))
            .map(|(id, o)| (*id, o.attempt, o.compartment))
            .collect()
    }

    fn parcels(&self, which: impl Fn(Custodian) -> bool) -> Vec<ParcelId> {
        self.m.things.iter().filter(|(_, t)| which(t.at)).map(|(id, _)| *id).collect()
    }

    fn codes(&self) -> Vec<(PersonId, Code)> {
        let sent = self
            .w
            .inbox
            .iter()
            .flat_map(|(p, notes)| notes.iter().filter_map(|n| Some((*p, n.code.clone()?))));
        sent.chain(self.cards.iter().cloned()).collect()
    }

    fn does(&mut self, act: &Act) {
        match *act {
            Act::CourierComes(n) => {
                let kiosk = [K1, K2][usize::from(n) % 2];
                if self.w.site.visits.courier_at(kiosk).is_some() && n > 20 {
                    self.brings(n, n, (n & 4 == 0, n & 8 == 0));
                    return self.hear();
                }
                let code = self.courier[usize::from(n / 2) % 2].clone();
                let _ = self.w.log_in(kiosk, &code);
            }
            Act::Brings(n, to, together, private) => self.brings(n, to, (together, private)),
            Act::Says(n, what) => self.says(n, what),
            Act::Elsewhere(n) => self.puts_elsewhere(n),
            Act::Leaves(n) => {
                if let Some(visit) = pick(&[self.visits(true), self.visits(false)].concat(), n) {
                    let _ = self.ask(visit, Command::Finish { visit });
                }
            }
            Act::Touches(n) => {
                if let Some(visit) = pick(&[self.visits(true), self.visits(false)].concat(), n) {
                    let _ = self.ask(visit, Command::Continue { visit });
                }
            }
            Act::OpensAgain(n) => {
                if let Some(visit) = pick(&self.visits(true), n) {
                    let _ = self.ask(visit, Command::OpenAgain { visit });
                }
            }
            Act::Fixes(n) => self.fixes(n),
            Act::Springs(_) | Act::Shuts(_) | Act::Fails(..) | Act::Forces(_) => self.door_moves(act),
            Act::Scans(..) | Act::Types(_) | Act::Next(_) | Act::Reopens(..) | Act::TakesFromShelf(_) => {
                self.resident(act)
            }
            Act::Guesses(n) => {
                let selector = ["101", "102", "999"][usize::from(n) % 3];
                if self.w.pick_up(K1, wrong(selector)) == Err(Refusal::WrongCode) {
                    self.m.missed();
                }
            }
            Act::StaffChecks(_)
            | Act::StaffAccepts(_)
            | Act::StaffPlaces(_)
            | Act::StaffRemoves(_)
            | Act::StaffHandsOver(_) => {
                self.staff(act);
            }
            Act::Card(n) => {
                let person = PersonId(u32::from(n) % 6 + 1);
                if self.w.ask(STAFF, Command::IssueCard { person }).is_ok() {
                    let card = self.w.revealed.take().unwrap();
                    self.cards.push((person, card));
                }
            }
            Act::MovesOut(n, lose) => self.moves_out(n, lose),
            Act::Waits(n) => self.waits(WAITS[usize::from(n) % WAITS.len()]),
            Act::Restarts => self.w.restart(),
            Act::Probes(n) => {
                if let Some((person, code)) = pick(&self.codes(), n) {
                    self.probe(person, &code);
                }
                return;
            }
        }
        self.hear();
    }

    fn brings(&mut self, n: u8, to: u8, (together, private): (bool, bool)) {
        let Some(visit) = pick(&self.visits(true), n) else { return };
        let unit = UnitId([1, 1, 2, 2, 3, 3, 3, 4, 5][usize::from(to) % 9]);
        let household: Vec<_> = self.m.households.get(&unit).into_iter().flatten().copied().collect();
        let addressee = pick(&household, to).filter(|_| private);
        let recipient = RecipientChoice::Household { unit, addressee };
        let size = [Size::S, Size::S, Size::S, Size::M, Size::L][usize::from(to / 56)];
        let words = vestibule_core::vocabulary::command::ParcelWords {
            together: together.then(|| self.code_of(visit)),
            recipient,
            label: label(to, private),
            class: ParcelClass::ALL.get(usize::from(n) % 11).copied(),
            ..World::words("101", size)
        };
        match self.w.try_parcel(visit, words.clone()) {
            Ok(parcel) => {
                self.m.registered(parcel, visit, (unit, addressee), (together, words.label));
            }
            Err(Refusal::AlreadyHere { parcel }) => self.m.reads(words.label, Some(parcel)),
            Err(_) => {}
        }
    }

    fn says(&mut self, n: u8, what: u8) {
        let open = self.w.site.openings.live.values().filter(|o| o.progress == Progress::Open);
        let at_doors: Vec<_> = open.filter_map(|o| o.purpose.visit()).collect();
        let Some(visit) = pick(&at_doors, n) else { return };
        let is_courier = self.visits(true).contains(&visit);
        let (turn, command) = match what % 3 + if is_courier { 0 } else { 3 } {
            0 => (Turn::BiggerDoor, Command::BiggerDoor { visit }),
            1 => (Turn::NotLeftHere, Command::NotLeftHere { visit }),
            2 => (Turn::SomethingInside, Command::SomethingInside { visit }),
            3 => (Turn::LeaveInside, Command::LeaveInside { visit }),
            4 => (Turn::NotMine, Command::NotMine { visit }),
            _ => (Turn::WasEmpty, Command::WasEmpty { visit }),
        };
        if self.ask(visit, command).is_ok() {
            self.m.said(visit, turn);
        }
    }

    fn puts_elsewhere(&mut self, n: u8) {
        let Some(visit) = pick(&self.visits(true), n) else { return };
        let told = |p: &ParcelId| self.m.things[p].told;
        let hand = self.parcels(|at| at == Custodian::Courier(visit));
        let Some(parcel) = hand.into_iter().find(|p| !matches!(told(p), Some(Place::Compartment(_)) | None))
        else {
            return;
        };
        let told = self.m.things[&parcel].told;
        if let Some(Place::Shelf(_)) = told
            && n.is_multiple_of(3)
        {
            let shelf = ShelfId(1 + u32::from(n / 3 % 2));
            let choice =
                PutDown { to: PutTo::Shelf { shelf, reach: false }, ..PutDown::there(visit, parcel) };
            if self.ask(visit, Command::PutDown(choice)).is_ok() {
                self.m.put(parcel, Custodian::Shelf(shelf));
            }
            return;
        }
        if self.ask(visit, Command::PutElsewhere { visit, parcel }).is_ok() {
            match told {
                Some(Place::Shelf(shelf)) => self.m.put(parcel, Custodian::Shelf(shelf)),
                Some(Place::TakeBack) => self.m.put(parcel, Custodian::Carrier(Some(CarrierId(1)))),
                other => panic!("no desk and no drop place here: {other:?}"),
            }
        }
    }

    /// The code a courier came with, given again.
    fn code_of(&self, visit: VisitId) -> Proof {
        let Visitor::Courier { credential, .. } = self.w.site.visits.live[&visit].visitor else {
            panic!("{visit} is no courier's")
        };
        self.courier.iter().find(|code| code.credential == Some(credential)).unwrap().scanned()
    }

    fn fixes(&mut self, n: u8) {
        let Some(visit) = pick(&self.visits(true), n) else { return };
        let Some(parcel) = pick(&self.w.site.visits.live[&visit].deposits.clone(), n / 4) else { return };
        let proof = self.code_of(visit);
        let _ = self.ask(visit, Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof });
    }

    fn door_moves(&mut self, act: &Act) {
        match *act {
            Act::Springs(n) | Act::Shuts(n) if self.pulsed().is_empty() || matches!(act, Act::Shuts(_)) => {
                if let Some(door) = pick(&self.doors(true), n) {
                    assert!(self.m.is_open(door), "{door} stands open for the site alone");
                    self.m.shut(door);
                    self.w.shuts(door);
                }
            }
            Act::Springs(n) | Act::Shuts(n) => {
                let unknown =
                    self.w.site.openings.live.values().filter(|o| o.is_unknown()).map(|o| o.compartment);
                let late: Vec<_> = unknown.filter(|_| n == 255).collect();
                let ready =
                    self.pulsed().into_iter().map(|(_, _, door)| door).chain(late).collect::<Vec<_>>();
                if let Some(door) = pick(&ready, n) {
                    self.m.opened(door, false);
                    self.w.opens(door);
                }
            }
            Act::Fails(n, how) => {
                if let Some((opening, attempt, _)) = pick(&self.pulsed(), n) {
                    use PulseOutcome::{NotSent, StillClosed, Unknown};
                    let outcome = [StillClosed, StillClosed, NotSent, Unknown][usize::from(how) % 4];
                    self.w.see(Observation::Pulse { opening, attempt, outcome });
                }
            }
            Act::Forces(n) => {
                let shut = self.doors(false);
                let idle =
                    |door: &CompartmentId| self.w.site.compartments.get(*door).unwrap().opening.is_none();
                if let Some(door) = pick(&shut.into_iter().filter(idle).collect::<Vec<_>>(), n) {
                    self.m.opened(door, false);
                    self.w.opens(door);
                }
            }
            _ => unreachable!("a door"),
        }
    }

    fn resident(&mut self, act: &Act) {
        match *act {
            Act::Scans(n, kiosk) => {
                let codes = self.codes();
                let useful = |p: &PersonId| self.m.has_anything(*p) && n < 220;
                let useful: Vec<_> = codes.iter().filter(|(p, _)| useful(p)).cloned().collect();
                let among = if useful.is_empty() { codes } else { useful };
                if let Some((_, code)) = pick(&among, n) {
                    let _ = self.w.pick_up([K1, K2][usize::from(kiosk) % 2], code.scanned());
                }
            }
            Act::Types(n) => {
                let typed: Vec<_> =
                    self.codes().into_iter().filter(|(_, code)| !code.digits.is_empty()).collect();
                if let Some((_, code)) = pick(&typed, n) {
                    let _ = self.w.pick_up(K1, code.typed());
                }
            }
            Act::Next(n) => {
                if let Some(visit) = pick(&self.visits(false), n) {
                    let _ = self.ask(visit, Command::NextDoor { visit });
                }
            }
            Act::Reopens(n, door) => {
                if let Some(visit) = pick(&self.visits(false), n) {
                    let graces: Vec<_> = self.w.site.graces.keys().copied().collect();
                    let compartment =
                        pick(&graces, door).filter(|_| door < 200).unwrap_or(c(u32::from(door) % 7 + 1));
                    let _ = self.ask(visit, Command::Reopen { visit, compartment });
                }
            }
            Act::TakesFromShelf(n) => {
                let Some(visit) = pick(&self.visits(false), n) else { return };
                let shelf = |at| matches!(at, Custodian::Shelf(_));
                let missing = |at| matches!(at, Custodian::Missing { .. });
                let Some(parcel) = pick(&self.parcels(|at| shelf(at) || missing(at)), n / 4) else { return };
                let looked = LookedFor { parcel, visit: Some(visit) };
                if n % 8 == 7 && shelf(self.w.custodian(parcel)) {
                    if self.ask(visit, Command::NotThere(looked)).is_ok() {
                        self.m.moves(parcel, Custodian::Missing { last_known: None });
                    }
                    return;
                }
                if self.ask(visit, Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) }).is_ok() {
                    self.m.took_from_shelf(visit, parcel);
                }
            }
            _ => unreachable!("a resident"),
        }
    }

    fn staff(&mut self, act: &Act) {
        let staff = StaffId(1);
        match *act {
            Act::StaffChecks(n) => {
                let is_in_check = |id: &CompartmentId| self.w.service(*id) == Service::Check;
                let in_check: Vec<_> =
                    self.w.site.compartments.all.keys().copied().filter(is_in_check).collect();
                let Some(compartment) = pick(&in_check, n) else { return };
                let inside = self.parcels(|at| at == Custodian::Compartment(compartment));
                let found: Vec<_> = inside.iter().copied().skip(usize::from(n > 200)).collect();
                if self.w.ask(STAFF, Command::ResolveCheck { compartment, found: found.clone() }).is_ok() {
                    self.m.looked_into(compartment, &found);
                }
            }
            Act::StaffAccepts(n) => {
                let here = |at| {
                    matches!(at, Custodian::Courier(_) | Custodian::Shelf(_) | Custodian::Missing { .. })
                };
                let Some(parcel) = pick(&self.parcels(here), n) else { return };
                self.w.ok(STAFF, Command::AcceptAtDesk { parcel });
                self.m.moves(parcel, Custodian::Staff(staff));
            }
            Act::StaffPlaces(n) => {
                let Some(parcel) = pick(&self.parcels(|at| at == Custodian::Staff(staff)), n) else { return };
                let _ = self.w.ask(STAFF, Command::PlaceFromDesk { parcel, banks: vec![], reach: false });
            }
            Act::StaffRemoves(n) => {
                let Some(parcel) = pick(&self.parcels(|at| matches!(at, Custodian::Compartment(_))), n)
                else {
                    return;
                };
                let _ = self.w.ask(STAFF, Command::StaffRemove { parcel, reason: StaffReason::Inspect });
            }
            Act::StaffHandsOver(n) => {
                let Some(parcel) = pick(&self.parcels(|at| at == Custodian::Staff(staff)), n) else { return };
                let theirs: Vec<_> = self.m.things[&parcel].people.iter().copied().collect();
                let person = pick(&theirs, n).filter(|_| n < 200).unwrap_or(PersonId(u32::from(n) % 6 + 1));
                let to = vestibule_core::vocabulary::command::HandOverTo::Person(person);
                if self.w.ask(STAFF, Command::HandOver { parcels: vec![parcel], to }).is_ok() {
                    assert!(self.m.things[&parcel].people.contains(&person));
                    self.m.moves(parcel, Custodian::Recipient(person));
                }
            }
            _ => unreachable!("staff"),
        }
    }

    fn moves_out(&mut self, n: u8, lose: bool) {
        let unit = UnitId(u32::from(n) % 4 + 1);
        let (tenancy, person) = (TenancyId(self.tenancies), PersonId(self.people));
        let leavers = if lose { Leavers::Lose } else { Leavers::Keep };
        let changes = vec![
            DirectoryChange::BeginTenancy { tenancy, unit, leavers },
            DirectoryChange::Join { person, tenancy },
        ];
        self.w.ok(STAFF, Command::ChangeDirectory { changes });
        let gone = self.m.households.insert(unit, BTreeSet::from([person])).unwrap_or_default();
        if lose {
            self.m.lost.extend(gone);
        }
        self.tenancies += 1;
        self.people += 1;
    }

    /// Time passes in the site's own steps, so that the model hears each in its order.
    fn waits(&mut self, seconds: i64) {
        let until = self.w.now + Span::seconds(seconds);
        loop {
            let next = self.w.site.next_deadline().filter(|next| *next <= until);
            let at = next.unwrap_or(until).max(self.w.now);
            let spins = next.is_some() && at == self.w.now;
            self.w.now = at;
            self.m.clock(at);
            self.w.step(Input::Tick).unwrap();
            self.hear();
            assert!(!spins || self.w.site.next_deadline() != next, "the clock spins at {at:?}");
            if next.is_none() {
                return;
            }
        }
    }

    /// Tries a code on a copy of the site at a kiosk nobody else uses: it opens what the model says, or nothing.
    fn probe(&self, person: PersonId, code: &Code) {
        let mut site = self.w.site.clone();
        let mut opened = BTreeSet::new();
        let ctx = Context { now: self.w.now, seed: vestibule_core::code::Seed([9; 32]), hasher: &Pepper };
        let proof = code.scanned();
        let command = Command::PickUp { kiosk: K3, proof };
        let first = site.apply(&Input::Command { actor: Actor::Kiosk(K3), command }, &ctx);
        let refused = first.answer.as_ref().err().cloned();
        let mut events = first.events;
        while let Some(door) = events.iter().find_map(|event| match event {
            Event::OpeningAuthorised { compartment, .. } => Some(*compartment),
            _ => None,
        }) {
            assert!(opened.insert(door), "{door} is opened twice for one code");
            events.clear();
            for open in [true, false] {
                let seen = Observation::DoorSeen { compartment: door, open };
                events.extend(site.apply(&Input::Observation(seen), &ctx).events);
            }
        }
        let may = &self.m.opens_for(person) - &self.m.busy();
        assert!(opened.is_subset(&may), "I5: {person}'s code opened {opened:?}, may open {may:?}");
        let live = self.w.site.credentials.pickup.live.contains_key(&code.credential.unwrap());
        if live && !self.m.lost.contains(&person) && refused.is_none() {
            assert_eq!(opened, may, "{person}'s living code opens all that is theirs");
        }
        let long_ago = self.m.collected_at(person).is_some_and(|at| self.w.now - at > Span::minutes(10));
        if !self.m.has_anything(person) && long_ago && !live {
            assert!(refused.is_some(), "a code that covers nothing is refused");
        }
    }

    fn agrees(&self) {
        let site = &self.w.site;
        for (id, thing) in &self.m.things {
            match site.custody.get(*id) {
                Some(parcel) => assert_eq!(parcel.custodian, thing.at, "parcel {id}"),
                None => {
                    assert!(
                        thing.at.is_final() && self.w.now - thing.since >= Span::days(1),
                        "parcel {id} is gone: {thing:?}"
                    );
                }
            }
        }
        assert!(site.custody.parcels.keys().all(|id| self.m.things.contains_key(id)));
        assert_eq!(
            self.w.misses(),
            self.m.misses(),
            "I9: guesses are counted once and forgotten after a day"
        );
        for person in (1..self.people).map(PersonId) {
            let waits = self.m.has_anything(person);
            assert_eq!(site.custody.waiting_for(person).next().is_some(), waits, "what waits for {person}");
            let live = site.credentials.pickup.of_person(person).len();
            assert!(
                live == 0 || !self.m.lost.contains(&person),
                "I5: {person} lost it and holds {live} codes"
            );
        }
    }
}

/// The days must be full of life, or they prove nothing.
const LIFE: &[(&str, usize)] = &[
    ("Courier to Compartment", 100),
    ("Compartment to Recipient", 50),
    ("Compartment to Staff", 10),
    ("Compartment to Missing Some", 2),
    ("Staff to Compartment", 10),
    ("Staff to Recipient", 10),
    ("Courier to Shelf", 10),
    ("Courier to Carrier Some", 5),
    ("FixDeposit", 10),
    ("Reopen", 10),
    ("BiggerDoor", 5),
    ("NotMine", 2),
    ("WasEmpty", 2),
    ("opening-attempted", 10),
    ("opening-unknown", 50),
    ("compartment-forced", 20),
    ("pickup-code-ended", 50),
    ("site-started", 20),
    ("code-missed", 50),
];

fn what_happened(event: &Event) -> String {
    let debug = match event {
        Event::CustodyTransferred { from, to, .. } => format!("{from:?} to {to:?}"),
        Event::OpeningAuthorised { purpose, .. } => format!("{purpose:?}"),
        Event::Turned { turn, .. } => format!("{turn:?}"),
        other => return other.kind().to_owned(),
    };
    let words: Vec<_> =
        debug.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&&str| word.starts_with(char::is_uppercase) && !word.ends_with("Id");
    let names: Vec<_> = words.iter().filter(|word| **word == "to" || is_name(word)).copied().collect();
    names.join(" ")
}

#[test]
fn site_and_model_agree_on_random_days() {
    let config =
        Config { cases: 90, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let days = prop::collection::vec(act(), 20..220);
    let first = Day::new();
    let lived = RefCell::new(BTreeMap::<String, usize>::new());
    let outcome = runner.run(&days, |acts| {
        let mut day = first.clone();
        for act in &acts {
            day.does(act);
            day.agrees();
        }
        for (person, code) in day.codes() {
            day.probe(person, &code);
        }
        for event in &day.w.log {
            *lived.borrow_mut().entry(what_happened(event)).or_default() += 1;
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let lived = lived.into_inner();
    for (what, least) in LIFE {
        let count = lived.get(*what).copied().unwrap_or(0);
        assert!(count >= *least, "only {count} x {what} in all these days: {lived:#?}");
    }
}
