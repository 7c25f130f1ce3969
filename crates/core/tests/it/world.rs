//! One site with its people, doors and clock, told what happens in short words.
//!
//! After every step the world checks what must always hold: no invariant is broken, replaying the events gives the live
//! state, the state survives being written as JSON, no code leaks into an event or answer, and the clock never spins.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::BTreeMap;
use vestibule_core::code::{CodeHash, CodeHasher, Seed, pin};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::directory::{KeypadNumber, Leavers, Sharing};
use vestibule_core::evidence::{CameraPlace, InView, PhotoAsked, PhotoMoment};
use vestibule_core::notice::NoticeKind;
use vestibule_core::opening::Progress;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{CompartmentSpec, Service, Size};
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::time::{WeekWindow, Zone};
use vestibule_core::visit::deposit::{self, Described};
use vestibule_core::visit::{VisitEnd, Visitor};
use vestibule_core::vocabulary::command::{DirectoryChange, ParcelWords, Proof, RecipientChoice};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

/// HMAC-SHA256 as the shell computes it.
pub struct Pepper;

impl CodeHasher for Pepper {
    fn hash(&self, purpose: &str, text: &str) -> CodeHash {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"a pepper for tests").expect("any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        CodeHash(mac.finalize().into_bytes().into())
    }
}

/// A code as its owner holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    pub credential: Option<CredentialId>,
    pub selector: String,
    pub digits: String,
    pub token: String,
}

impl Code {
    pub fn scanned(&self) -> Proof {
        Proof::Token(pin::token_hash(&Pepper, &self.token))
    }
    pub fn typed(&self) -> Proof {
        typed(&self.selector, pin::pin_hash(&Pepper, &self.selector, &self.digits))
    }
    pub fn typed_by_courier(&self) -> Proof {
        typed(&self.digits[..3], pin::courier_hash(&Pepper, &self.digits))
    }
}

fn typed(selector: &str, hash: CodeHash) -> Proof {
    Proof::Digits { selector: KeypadNumber::new(selector).unwrap(), check_ok: true, hash }
}

/// Digits nobody was given.
pub fn wrong(selector: &str) -> Proof {
    typed(selector, CodeHash([0xAB; 32]))
}

/// What one person was told.
#[derive(Clone)]
pub struct Note {
    pub what: NoticeKind,
    pub parcels: Vec<ParcelId>,
    pub code: Option<Code>,
}

#[derive(Clone)]
pub struct World {
    pub site: Site,
    pub now: Timestamp,
    /// Every event since the beginning.
    pub log: Vec<Event>,
    /// Events of the last step.
    pub last: Vec<Event>,
    /// Notices of each person, oldest first.
    pub inbox: BTreeMap<PersonId, Vec<Note>>,
    /// Pulses asked for: opening, attempt, compartment.
    pub pulses: Vec<(OpeningId, u8, CompartmentId)>,
    /// Doors released: entry, door, how long.
    pub releases: Vec<(EntryId, AccessPointId, Span)>,
    /// Photos asked for, oldest first.
    pub photos: Vec<(PhotoAsked, PhotoMoment)>,
    pub revealed: Option<Code>,
    /// Every courier code that was issued.
    pub couriers: Vec<Code>,
    pub secrets: Vec<String>,
    shadow: Site,
    steps: u64,
    told: usize,
}

pub const STAFF: Actor = Actor::Staff(StaffId(1));
pub const K1: KioskId = KioskId(1);
pub const K2: KioskId = KioskId(2);
pub const K3: KioskId = KioskId(3);
/// Monday 2026-11-23 08:00 in New York.
pub const MONDAY_8: Timestamp = Timestamp(1_795_438_800_000);

/// People by name: unit, person.
pub const PEOPLE: [(&str, &str, u32); 6] = [
    ("101", "ana", 1),
    ("101", "ben", 2),
    ("102", "cleo", 3),
    ("103", "dan", 4),
    ("103", "eve", 5),
    ("104", "fay", 6),
];

pub fn person(name: &str) -> PersonId {
    PersonId(PEOPLE.iter().find(|p| p.1 == name).expect("a known name").2)
}

pub fn unit(number: &str) -> UnitId {
    UnitId(number.parse::<u32>().unwrap() - 100)
}

pub fn c(number: u32) -> CompartmentId {
    CompartmentId(number)
}

fn spec(label: u32, size: Size, bottom_mm: u32) -> CompartmentSpec {
    let (width_mm, height_mm) = (400, 200);
    CompartmentSpec {
        label: label.to_string(),
        size,
        column: label,
        width_mm,
        height_mm,
        bottom_mm,
        occupancy_sensor: false,
        inside_release: false,
    }
}

/// Doors 1..=8 in sight of kiosks 1 and 3, doors 9 and 10 in sight of kiosk 2. Doors 3 and 6 are within reach.
pub fn bank_one() -> Vec<CompartmentSpec> {
    use Size::*;
    let low = [
        (1, S, 100),
        (2, S, 1300),
        (3, S, 600),
        (4, M, 100),
        (5, M, 1300),
        (6, M, 600),
        (7, L, 100),
        (8, XL, 100),
    ];
    low.into_iter().map(|(label, size, bottom)| spec(label, size, bottom)).collect()
}

impl World {
    /// The usual site: two banks, three kiosks, four households, two carriers; no shelf, desk or drop place.
    pub fn new() -> Self {
        Self::with_policy(Policy { zone: Zone::new("America/New_York").unwrap(), ..Policy::default() })
    }

    pub fn with_policy(policy: Policy) -> Self {
        Self::build(policy, bank_one())
    }

    pub fn build(policy: Policy, bank: Vec<CompartmentSpec>) -> Self {
        let mut w = Self::empty();
        w.ok(Actor::Console, Command::Found { policy });
        w.ok(STAFF, Command::EnrolStaff);
        let first = bank.len() as u32 + 1;
        w.ok(STAFF, Command::InstallBank { compartments: bank });
        w.ok(
            STAFF,
            Command::InstallBank {
                compartments: vec![spec(first, Size::S, 600), spec(first + 1, Size::S, 100)],
            },
        );
        for banks in [vec![BankId(1)], vec![BankId(2)], vec![BankId(1)]] {
            w.ok(STAFF, Command::PairKiosk { banks });
        }
        for bank in [BankId(1), BankId(2)] {
            w.ok(STAFF, Command::InstallCamera { at: CameraPlace::Bank(bank), in_view: InView::People });
        }
        for name in ["UPS", "FedEx"] {
            w.ok(STAFF, Command::NameCarrier { name: name.to_owned() });
        }
        for compartment in 1..=first + 1 {
            w.see(Observation::DoorSeen { compartment: c(compartment), open: false });
        }
        w.move_in();
        w
    }

    pub fn empty() -> Self {
        Self {
            site: Site::default(),
            now: MONDAY_8,
            log: Vec::new(),
            last: Vec::new(),
            inbox: BTreeMap::new(),
            pulses: Vec::new(),
            releases: Vec::new(),
            photos: Vec::new(),
            revealed: None,
            couriers: Vec::new(),
            secrets: Vec::new(),
            shadow: Site::default(),
            steps: 0,
            told: 0,
        }
    }

    fn move_in(&mut self) {
        let mut changes = Vec::new();
        for n in 1..=5 {
            let keypad = KeypadNumber::new(&(100 + n).to_string()).unwrap();
            changes.push(DirectoryChange::AddUnit { unit: UnitId(n), keypad });
        }
        for n in 1..=4 {
            changes.push(DirectoryChange::BeginTenancy {
                tenancy: TenancyId(n),
                unit: UnitId(n),
                leavers: Leavers::Keep,
            });
        }
        for (number, name, _) in PEOPLE {
            changes.push(DirectoryChange::Join { person: person(name), tenancy: TenancyId(unit(number).0) });
        }
        for name in ["dan", "eve"] {
            changes.push(DirectoryChange::Share { person: person(name), sharing: Some(Sharing::Private) });
        }
        self.ok(STAFF, Command::ChangeDirectory { changes });
    }

    // -- the one step

    pub fn step(&mut self, input: Input) -> Result<Answer, Refusal> {
        self.steps += 1;
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.steps.to_be_bytes());
        let decision = self.site.apply(&input, &Context { now: self.now, seed: Seed(seed), hasher: &Pepper });
        for event in &decision.events {
            self.shadow.evolve(event, self.now);
            for effect in self.site.effects(event) {
                match effect {
                    Effect::Unlock { opening, attempt, compartment, .. } => {
                        self.pulses.push((opening, attempt, compartment));
                    }
                    Effect::Release { entry, point, hold, .. } => self.releases.push((entry, point, hold)),
                    Effect::Notify { .. } | Effect::ForgetCode { .. } | Effect::TakePhoto { .. } => {}
                }
            }
        }
        self.photos.extend(decision.photos.iter().filter_map(|effect| match effect {
            Effect::TakePhoto { asked, moment } => Some(((**asked).clone(), *moment)),
            _ => None,
        }));
        self.receive(&decision);
        let said = serde_json::to_string(&(&decision.events, &decision.answer)).unwrap();
        self.check(&input, &said);
        self.log.extend(decision.events.iter().cloned());
        self.last = decision.events;
        decision.answer
    }

    fn receive(&mut self, decision: &Decision) {
        let mut codes = BTreeMap::new();
        for issued in &decision.secrets {
            let selector = issued.credential.and_then(|id| self.site.credentials.pickup.live.get(&id));
            let code = Code {
                credential: issued.credential,
                selector: selector.map(|code| code.selector.digits().to_owned()).unwrap_or_default(),
                digits: issued.digits.as_ref().map(|d| d.expose().to_owned()).unwrap_or_default(),
                token: issued.token.expose().to_owned(),
            };
            self.secrets
                .extend([code.digits.clone(), code.token.clone()].into_iter().filter(|s| !s.is_empty()));
            match issued.notice {
                Some(notice) => drop(codes.insert(notice, code)),
                None => self.revealed = Some(code),
            }
        }
        for event in &decision.events {
            if let Event::NoticeRequested { notice, person, what, parcels, .. } = event {
                let note = Note { what: *what, parcels: parcels.clone(), code: codes.remove(notice) };
                self.inbox.entry(*person).or_default().push(note);
            }
        }
        assert!(codes.is_empty(), "a code was issued for a notice that was never requested");
    }

    fn check(&self, input: &Input, said: &str) {
        let broken = self.site.check_invariants();
        assert!(broken.is_empty(), "{broken:#?}\nafter {input:?}: {said}");
        assert!(self.shadow == self.site, "replaying the events gives another state after {input:?}: {said}");
        for secret in &self.secrets {
            assert!(!said.contains(secret.as_str()), "a live code leaked after {input:?}: {said}");
        }
    }

    /// The state written as JSON reads back as itself and holds no code.
    pub fn snapshot(&self) {
        let json = serde_json::to_string(&self.site).unwrap();
        assert!(
            serde_json::from_str::<Site>(&json).unwrap() == self.site,
            "the snapshot reads back as another state"
        );
        for secret in &self.secrets {
            assert!(!json.contains(secret.as_str()), "the snapshot holds a live code");
        }
    }

    pub fn ask(&mut self, actor: Actor, command: Command) -> Result<Answer, Refusal> {
        self.step(Input::Command { actor, command })
    }

    pub fn ok(&mut self, actor: Actor, command: Command) -> Answer {
        let shown = format!("{command:?}");
        self.ask(actor, command).unwrap_or_else(|refusal| panic!("{shown} was refused: {refusal:?}"))
    }

    /// Staff are refused each of these, in what state and with which code; a refusal records nothing.
    pub fn refuses(&mut self, table: Vec<(&str, Command, &str)>) {
        for (state, command, code) in table {
            let before = self.site.clone();
            let answer = self.ask(STAFF, command);
            assert_eq!(answer.map_err(|refusal| refusal.code()), Err(code), "{state}");
            assert!(self.last.is_empty() && self.site == before, "{state}: a refusal records nothing");
        }
    }

    pub fn see(&mut self, observation: Observation) {
        self.step(Input::Observation(observation)).unwrap();
    }

    /// Time passes: the clock ticks whenever the site asked for it, and at the end.
    pub fn wait(&mut self, span: Span) {
        let until = self.now + span;
        let mut at_once = 0;
        while let Some(next) = self.site.next_deadline().filter(|next| *next <= until) {
            at_once = if next > self.now { 0 } else { at_once + 1 };
            assert!(at_once < 2, "the clock spins: a tick at {:?} leaves the deadline {next:?}", self.now);
            self.now = self.now.max(next);
            self.step(Input::Tick).unwrap();
        }
        self.now = until;
        self.step(Input::Tick).unwrap();
    }

    pub fn seconds(&mut self, n: i64) {
        self.wait(Span::seconds(n));
    }

    pub fn minutes(&mut self, n: i64) {
        self.wait(Span::minutes(n));
    }

    pub fn restart(&mut self) {
        self.snapshot();
        let pulses = (self.pulses.len(), self.releases.len());
        self.see(Observation::Started { boot: 2 });
        assert_eq!((self.pulses.len(), self.releases.len()), pulses, "a start pulses and releases nothing");
    }

    // -- couriers

    pub fn issue_courier(&mut self, carrier: u32, windows: Vec<WeekWindow>, expires: Timestamp) -> Code {
        let carrier = CarrierId(carrier);
        self.ok(STAFF, Command::IssueCourierCode { carrier, windows, expires, doors: vec![] });
        let code = self.revealed.take().unwrap();
        self.couriers.push(code.clone());
        code
    }

    pub fn ups(&mut self) -> Code {
        self.issue_courier(1, vec![WeekWindow::ALWAYS], self.now + Span::days(365))
    }

    pub fn log_in(&mut self, kiosk: KioskId, code: &Code) -> Result<VisitId, Refusal> {
        match self.ask(Actor::Kiosk(kiosk), Command::CourierLogIn { kiosk, proof: code.scanned() })? {
            Answer::Visit { visit } => Ok(visit),
            other => panic!("{other:?}"),
        }
    }

    pub fn courier(&mut self) -> VisitId {
        let code = self.ups();
        self.log_in(K1, &code).unwrap()
    }

    pub fn words(number: &str, size: Size) -> ParcelWords {
        let recipient = if number == "?" {
            RecipientChoice::Unknown
        } else {
            RecipientChoice::Household { unit: unit(number), addressee: None }
        };
        ParcelWords { recipient, size, heavy: false, reach: false, together: None, label: None, class: None }
    }

    /// The code a courier came with, given again.
    pub fn code_of_visit(&self, visit: VisitId) -> Proof {
        let Visitor::Courier { credential, .. } = self.site.visits.live[&visit].visitor else {
            panic!("{visit} is no courier's")
        };
        self.couriers.iter().find(|code| code.credential == Some(credential)).unwrap().scanned()
    }

    /// Words for one person of a unit.
    pub fn words_for(name: &str) -> ParcelWords {
        let number = PEOPLE.iter().find(|p| p.1 == name).unwrap().0;
        let recipient = RecipientChoice::Household { unit: unit(number), addressee: Some(person(name)) };
        ParcelWords { recipient, ..Self::words(number, Size::S) }
    }

    pub fn try_parcel(&mut self, visit: VisitId, words: ParcelWords) -> Result<ParcelId, Refusal> {
        let foreseen = self.foreseen(visit, &words).filter(|_| words.together.is_none());
        match self.ask(Actor::Visit(visit), Command::Deposit { visit, words })? {
            Answer::Parcel { parcel, place, .. } => {
                let planned = self.site.custody.get(parcel).unwrap().planned;
                assert_eq!(place, planned, "the answer names the place the parcel goes to");
                let chosen = self.last.iter().find_map(|event| match event {
                    Event::PlacePlanned { parcel: of, place } if *of == parcel => Some(*place),
                    _ => None,
                });
                assert!(foreseen.is_none() || foreseen == chosen, "foreseen {foreseen:?}, chosen {chosen:?}");
                Ok(parcel)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Where a page would say that it goes.
    pub fn foreseen(&self, visit: VisitId, words: &ParcelWords) -> Option<Place> {
        let unit = match words.recipient {
            RecipientChoice::Household { unit, .. } => Some(unit),
            RecipientChoice::Unknown => None,
        };
        let ParcelWords { size, heavy, reach, class, .. } = *words;
        let described = Described { unit, size, heavy, reach, class };
        deposit::foresee(&self.site, visit, &described, self.now).ok().map(|(place, _)| place)
    }

    pub fn parcel_with(&mut self, visit: VisitId, words: ParcelWords) -> ParcelId {
        self.try_parcel(visit, words).unwrap()
    }

    pub fn parcel(&mut self, visit: VisitId, number: &str, size: Size) -> ParcelId {
        self.parcel_with(visit, Self::words(number, size))
    }

    /// Registers a parcel, its door opens and shuts; which compartment it is in.
    pub fn put(&mut self, visit: VisitId, number: &str, size: Size) -> (ParcelId, CompartmentId) {
        self.put_with(visit, Self::words(number, size))
    }

    pub fn put_with(&mut self, visit: VisitId, words: ParcelWords) -> (ParcelId, CompartmentId) {
        let parcel = self.parcel_with(visit, words);
        let door = self.door_of(visit).expect("its door opens");
        self.opens(door);
        self.shuts(door);
        assert_eq!(self.custodian(parcel), Custodian::Compartment(door));
        (parcel, door)
    }

    pub fn finish(&mut self, visit: VisitId) {
        self.ok(Actor::Visit(visit), Command::Finish { visit });
    }

    /// A courier brings one small parcel for each unit named and leaves.
    pub fn delivered(&mut self, numbers: &[&str]) -> Vec<(ParcelId, CompartmentId)> {
        let visit = self.courier();
        let put = numbers.iter().map(|number| self.put(visit, number, Size::S)).collect();
        self.finish(visit);
        put
    }

    // -- residents

    pub fn code_of(&self, name: &str) -> Code {
        let notes = self.inbox.get(&person(name)).expect("was told something");
        notes.iter().rev().find_map(|note| note.code.clone()).expect("was sent a code")
    }

    pub fn notes(&self, name: &str) -> Vec<NoticeKind> {
        self.inbox.get(&person(name)).map_or(Vec::new(), |notes| notes.iter().map(|note| note.what).collect())
    }

    pub fn pick_up(&mut self, kiosk: KioskId, proof: Proof) -> Result<VisitId, Refusal> {
        match self.ask(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof })? {
            Answer::PickUp { visit, .. } => Ok(visit),
            other => panic!("{other:?}"),
        }
    }

    pub fn scans(&mut self, kiosk: KioskId, name: &str) -> Result<VisitId, Refusal> {
        let proof = self.code_of(name).scanned();
        self.pick_up(kiosk, proof)
    }

    /// Takes out everything the visit's doors show, one door after the other.
    pub fn takes_all(&mut self, visit: VisitId) -> Vec<CompartmentId> {
        let mut doors = Vec::new();
        while let Some(door) = self.door_of(visit) {
            self.opens(door);
            self.shuts(door);
            doors.push(door);
        }
        doors
    }

    // -- doors

    /// The door a visit stands at.
    pub fn door_of(&self, visit: VisitId) -> Option<CompartmentId> {
        self.site.openings.of_visit(visit).map(|(_, opening)| opening.compartment)
    }

    pub fn opens(&mut self, door: CompartmentId) {
        let pulsed = self.pulsed(door);
        match pulsed {
            Some((opening, attempt)) => {
                self.see(Observation::Pulse { opening, attempt, outcome: PulseOutcome::Opened });
            }
            None => self.see(Observation::DoorSeen { compartment: door, open: true }),
        }
        assert!(self.site.compartments.get(door).unwrap().is_open());
    }

    pub fn shuts(&mut self, door: CompartmentId) {
        self.see(Observation::DoorSeen { compartment: door, open: false });
    }

    pub fn pulse_ends(&mut self, door: CompartmentId, outcome: PulseOutcome) {
        let (opening, attempt) = self.pulsed(door).expect("a pulse is on its way");
        self.see(Observation::Pulse { opening, attempt, outcome });
    }

    fn pulsed(&self, door: CompartmentId) -> Option<(OpeningId, u8)> {
        let opening = self.site.compartments.get(door)?.opening?;
        let facts = self.site.openings.get(opening)?;
        matches!(facts.progress, Progress::Pulsed { .. }).then_some((opening, facts.attempt))
    }

    /// The door jams: three pulses, nothing moves.
    pub fn jams(&mut self, door: CompartmentId) {
        for attempt in 1..=3 {
            self.pulse_ends(door, PulseOutcome::StillClosed);
            if attempt < 3 {
                self.seconds(2);
            }
        }
    }

    // -- looking

    pub fn custodian(&self, parcel: ParcelId) -> Custodian {
        self.site.custody.get(parcel).expect("a live parcel").custodian
    }

    pub fn planned(&self, parcel: ParcelId) -> Option<Place> {
        self.site.custody.get(parcel).and_then(|p| p.planned)
    }

    pub fn service(&self, door: CompartmentId) -> Service {
        self.site.compartments.get(door).unwrap().service
    }

    pub fn has_task(&self, what: &TaskKind) -> bool {
        self.site.tasks.find(what).is_some()
    }

    /// How the last change of custody of a parcel is known.
    pub fn assurance(&self, parcel: ParcelId) -> Assurance {
        let last = self.log.iter().rev().find_map(|event| match event {
            Event::CustodyTransferred { parcel: p, assurance, .. } if *p == parcel => Some(*assurance),
            _ => None,
        });
        last.expect("it changed hands")
    }

    pub fn ended(&self, visit: VisitId) -> Option<VisitEnd> {
        self.log.iter().rev().find_map(|event| match event {
            Event::VisitEnded { visit: v, how } if *v == visit => Some(*how),
            _ => None,
        })
    }

    pub fn misses(&self) -> usize {
        self.site.credentials.budgets.misses_in_a_day(Purpose::PickUp, self.now)
    }

    /// From here on the story is told.
    pub fn story_begins(&mut self) {
        self.told = self.log.len();
    }

    /// What happened since, one line an event, without touches.
    pub fn story(&mut self) -> String {
        let since = self.told;
        self.told = self.log.len();
        self.snapshot();
        self.log[since..].iter().filter_map(crate::tale::line).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.snapshot();
        }
    }
}
