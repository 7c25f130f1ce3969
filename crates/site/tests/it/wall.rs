//! A site in process with its real parts: the writer's thread, the production driver against simulated boards, mail over
//! SMTP to a sink. Only the site's clock is moved by hand.
//!
//! Every story ends with [`Wall::end`]: all promises hold, the ledger replays to the live state, nothing was traced as an
//! error, and no code that was ever alive is found anywhere but with its owner (I15).

mod aftermath;
mod ground;
mod people;

use crate::traces;
use ground::profiles;
pub use ground::{Code, Ground};
use people::revealed;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use vestibule_core::custody::Custodian;
use vestibule_core::directory::{KeypadNumber, Leavers, Sharing};
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{DirectoryChange, ParcelWords, Proof, RecipientChoice};
use vestibule_core::*;
use vestibule_notices::Language;
use vestibule_simulators::lock_boards::LockBoards;
use vestibule_site::directory::fold;
use vestibule_site::handle::{Outcome, Request, SiteHandle};
use vestibule_site::keys::Keys;
use vestibule_site::rows::{PersonRow, Row};
use vestibule_site::runners::devices::DeviceBoard;
use vestibule_site::runners::{bus, messages};
use vestibule_site::service;
use vestibule_site::store::StoreError;
use vestibule_site::web::problem::{Facts, refusal_words};

/// Monday 2026-03-02 09:00 UTC.
pub const MONDAY: i64 = 1_772_442_000_000;
/// The board of the bank and its doors: 1 to 3 small, 4 and 5 medium, 6 large.
pub const BOARD: u8 = 1;
pub const DOORS: [Size; 6] = [Size::S, Size::S, Size::S, Size::M, Size::M, Size::L];
pub const K1: KioskId = KioskId(1);
pub const K2: KioskId = KioskId(2);
pub const STAFF: Actor = Actor::Staff(StaffId(1));
/// Name, keypad number of the unit, unit, language. Dan and Eve share 304 and nothing else.
pub const PEOPLE: [(&str, &str, u32, &str); 5] = [
    ("ana", "302", 1, "en"),
    ("ben", "302", 1, "en"),
    ("cleo", "303", 2, "es"),
    ("dan", "304", 3, "en"),
    ("eve", "304", 3, "en"),
];
/// What is not there within this time never comes.
const PATIENCE: Duration = Duration::from_secs(8);
const LINK: &str = "https://maple.example/l/";

pub fn person(name: &str) -> PersonId {
    let at = PEOPLE.iter().position(|p| p.0 == name).expect("a known name");
    PersonId(u32::try_from(at).expect("few") + 1)
}

pub fn c(number: u32) -> CompartmentId {
    CompartmentId(number)
}

/// The running site.
pub struct Wall {
    pub ground: Ground,
    pub site: SiteHandle,
    shutdown: watch::Sender<bool>,
    runners: Vec<JoinHandle<()>>,
    ended: oneshot::Receiver<Result<(), StoreError>>,
}

impl Wall {
    /// A new site: bank, two kiosks, three households, a carrier with a code, one member of staff; all doors read.
    pub async fn new() -> Self {
        Self::with_wiring(|_| {}).await
    }

    /// The same, with something changed on the line before the site sees it first.
    pub async fn with_wiring(change: impl FnOnce(&mut Ground)) -> Self {
        traces::keep();
        let mut ground = Ground::new().await;
        change(&mut ground);
        let mut wall = Self::start(ground).await;
        wall.found().await;
        // A bus tells of each door once: it starts when there is a bank to tell of.
        let wall = wall.restart(|_| {}).await;
        wall.until("every door was read", |site, _| {
            site.compartments
                .all
                .values()
                .all(|c| c.closure != place::compartment::Closure::Unknown)
                .then_some(())
        })
        .await;
        wall
    }

    /// Starts the site on its ground, new or as it was left.
    pub async fn start(ground: Ground) -> Self {
        let clock = ground.clock.clone();
        let clocks: service::ReadClocks = Arc::new(move || clock.read());
        let running = service::start(ground.options(), Arc::clone(&ground.keys), clocks).expect("it starts");
        assert_eq!(running.broken_invariants, [""; 0], "promises broken at start");
        let (shutdown, stopping) = watch::channel(false);
        let (intents, pulses) = mpsc::channel(64);
        running.routes.register(BankId(1), intents);
        let profiles = profiles();
        let surroundings = bus::BusSurroundings {
            profiles: &profiles,
            clock: ground.clock.bus,
            site: running.handle.clone(),
            devices: DeviceBoard::new(ground.clock.bus),
            finish: watch::channel(false).1,
            shutdown: stopping.clone(),
        };
        let start = bus::BusStart {
            name: "wall".to_owned(),
            transport: ground.connect(),
            wiring: ground.wiring(),
            banks: BTreeMap::from([(BOARD, BankId(1))]),
        };
        let bus = bus::start(start, &surroundings, pulses).expect("a good wiring");
        let messages = messages::start(messages::MessageStart {
            site: running.handle.clone(),
            keys: Arc::clone(&ground.keys),
            smtp: Some(ground.sender()),
            public_url: Some("https://maple.example".to_owned()),
            texts: None,
            photos: None,
            shutdown: stopping,
        });
        Self { ground, site: running.handle, shutdown, runners: vec![bus, messages], ended: running.ended }
    }

    /// The site is gone; its ground stays.
    pub async fn stop(mut self) -> Ground {
        self.stop_runners().await;
        let Self { ground, site, ended, .. } = self;
        site.stop().await;
        drop(site);
        timeout(PATIENCE, ended)
            .await
            .expect("the writer ends")
            .expect("and says so")
            .expect("the disk works");
        ground
    }

    async fn stop_runners(&mut self) {
        self.shutdown.send_replace(true);
        for runner in self.runners.drain(..) {
            timeout(PATIENCE, runner).await.expect("a runner stops").expect("a runner does not panic");
        }
    }

    /// Stops, lets something happen while nobody watches, starts again.
    pub async fn restart(self, meanwhile: impl FnOnce(&mut Ground)) -> Self {
        let mut ground = self.stop().await;
        meanwhile(&mut ground);
        Self::start(ground).await
    }

    async fn found(&mut self) {
        self.ok(Actor::Console, Command::Found { policy: Policy::default() }).await;
        self.ok(Actor::Console, Command::EnrolStaff).await;
        let compartments = (1..).zip(DOORS).map(|(n, size)| spec(n, size)).collect();
        self.ok(Actor::Console, Command::InstallBank { compartments }).await;
        for _ in [K1, K2] {
            let outcome = self
                .outcome(Request::new(Actor::Console, Command::PairKiosk { banks: vec![BankId(1)] }))
                .await;
            self.ground.remember(&revealed(&outcome));
        }
        self.ok(Actor::Console, Command::NameCarrier { name: "UPS".to_owned() }).await;
        self.move_in().await;
        let courier = self.issue_courier(Span::days(30)).await;
        self.ground.courier = Some(courier);
    }

    async fn move_in(&mut self) {
        let mut changes = Vec::new();
        let mut rows = Vec::new();
        for (_, keypad, unit, _) in PEOPLE {
            let unit = UnitId(unit);
            let added = DirectoryChange::AddUnit { unit, keypad: number(keypad) };
            if changes.contains(&added) {
                continue;
            }
            let tenancy = TenancyId(unit.0);
            changes.extend([added, DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep }]);
            let (building, label, keypad) = (String::new(), keypad.to_owned(), keypad.to_owned());
            rows.push(Row::Unit { unit, building, folded: label.clone(), label, keypad });
        }
        for (name, _, unit, language) in PEOPLE {
            changes.push(DirectoryChange::Join { person: person(name), tenancy: TenancyId(unit) });
            rows.push(Row::Person(Box::new(self.person_row(name, &format!("{name}@example.org"), language))));
        }
        for name in ["dan", "eve"] {
            changes.push(DirectoryChange::Share { person: person(name), sharing: Some(Sharing::Private) });
        }
        rows.push(Row::BankName { bank: BankId(1), name: "Lobby".into(), building: String::new() });
        let request =
            Request::new(Actor::Console, Command::ChangeDirectory { changes }).with_rows(move |_| rows);
        assert_eq!(self.outcome(request).await.answer, Ok(Answer::Done));
    }

    pub fn person_row(&self, name: &str, email: &str, language: &str) -> PersonRow {
        let unit = PEOPLE.iter().find(|p| p.0 == name).expect("a known name").2;
        PersonRow {
            person: person(name),
            tenancy: TenancyId(unit),
            unit: UnitId(unit),
            first_name: name.to_owned(),
            last_name: "Alvarez".to_owned(),
            folded: fold::person(name, "Alvarez"),
            email: Some(email.to_owned()),
            phone: None,
            language: language.to_owned(),
            external_id: None,
            reach: false,
            hidden: false,
        }
    }

    // -- asking

    pub async fn outcome(&self, request: Request) -> Outcome {
        let outcome = self.site.ask(request).await.expect("the site runs");
        let said = serde_json::to_string(&outcome.answer).expect("plain data");
        self.ground.said.lock().expect("held briefly").push(said);
        outcome
    }

    pub async fn ask(&self, actor: Actor, command: Command) -> Result<Answer, Refusal> {
        self.outcome(Request::new(actor, command)).await.answer
    }

    pub async fn ok(&self, actor: Actor, command: Command) -> Answer {
        let shown = format!("{command:?}");
        self.ask(actor, command).await.unwrap_or_else(|refusal| panic!("{shown} was refused: {refusal:?}"))
    }

    /// What a refused person reads, in both languages; the English one is given back.
    pub async fn words(&self, refusal: &Refusal) -> String {
        let facts = Facts::of(&self.site, refusal).await;
        let [english, spanish] = [Language::En, Language::Es].map(|l| refusal_words(l, refusal, &facts));
        assert!(spanish.len() > 10 && spanish != english, "{refusal:?}: {spanish}");
        self.ground.said.lock().expect("held briefly").extend([english.clone(), spanish]);
        english
    }

    /// Refused, in words that contain this.
    pub async fn refused(&self, actor: Actor, command: Command, word: &str) -> Refusal {
        let shown = format!("{command:?}");
        let refusal = self.ask(actor, command).await.expect_err(&shown);
        let words = self.words(&refusal).await;
        assert!(words.contains(word), "{shown}: {words}");
        refusal
    }

    /// Waits until the state shows something.
    pub async fn until<T: Send + 'static>(
        &self,
        what: &str,
        look: impl Fn(&Site, Timestamp) -> Option<T> + Send + Sync + 'static,
    ) -> T {
        let look = Arc::new(look);
        let mut changes = self.site.changes();
        let found = timeout(PATIENCE, async {
            loop {
                changes.borrow_and_update();
                let look = Arc::clone(&look);
                if let Some(found) = self.site.read(move |site, now| look(site, now)).await.expect("runs") {
                    return found;
                }
                changes.changed().await.expect("runs");
            }
        });
        match found.await {
            Ok(found) => found,
            Err(_) => panic!("never: {what}\n{}", self.tale().await),
        }
    }

    pub async fn read<T: Send + 'static>(&self, look: impl FnOnce(&Site) -> T + Send + 'static) -> T {
        self.site.read(move |site, _| look(site)).await.expect("the site runs")
    }

    pub async fn now(&self) -> Timestamp {
        self.site.now()
    }

    /// The last events, for the message of a failed test.
    pub async fn tale(&self) -> String {
        let query = "SELECT seq || ' ' || actor || ' ' || CAST(payload AS TEXT) FROM event ORDER BY seq DESC LIMIT 25";
        let lines: Vec<String> = self
            .site
            .query(move |c| c.prepare(query)?.query_map([], |row| row.get(0))?.collect())
            .await
            .expect("reads");
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// How many events of a kind there are.
    pub async fn count(&self, kind: &'static str) -> u64 {
        self.site
            .query(move |c| {
                c.query_row("SELECT count(*) FROM event WHERE kind = ?1", [kind], |row| row.get(0))
            })
            .await
            .expect("reads")
    }

    // -- time

    /// The writer is told that somebody is there: it looks at its clock.
    pub async fn nudge(&self) {
        let nobody = Command::Continue { visit: VisitId(u64::MAX) };
        assert_eq!(self.ask(Actor::Site, nobody).await, Err(Refusal::VisitOver));
    }

    /// Time passes, from one deadline to the next.
    pub async fn pass(&self, span: Span) {
        let until = self.now().await + span;
        for _ in 0..2_000 {
            let (now, next) = self.site.read(|site, now| (now, site.next_deadline())).await.expect("runs");
            if now >= until {
                return;
            }
            let at = next.map_or(until, |next| next.min(until)).max(now + Span(1));
            self.ground.clock.forward(at - now);
            self.nudge().await;
        }
        panic!("two thousand deadlines within {span:?}");
    }

    // -- doors

    /// Waits until a door is seen open.
    pub async fn open(&self, door: CompartmentId) {
        self.until("the door is open", move |site, _| site.compartments.get(door)?.is_open().then_some(()))
            .await;
    }

    /// Waits until a door is seen shut.
    pub async fn closed(&self, door: CompartmentId) {
        self.until("the door is shut", move |site, _| {
            (site.compartments.get(door)?.closure == place::compartment::Closure::Closed).then_some(())
        })
        .await;
    }

    /// A hand shuts a door.
    pub async fn shut(&self, door: CompartmentId) {
        assert!(self.ground.line.push_shut(BOARD, lock(door)), "the coil holds the latch");
        self.closed(door).await;
    }

    /// How often the coil of a door was pulsed.
    pub fn pulses(&self, door: CompartmentId) -> usize {
        self.ground
            .line
            .with(|boards, _| boards.coil_pulses().iter().filter(|p| p.lock == lock(door)).count())
    }

    /// Waits until the line itself shows something.
    pub async fn until_line(&self, what: &str, look: impl Fn(&LockBoards) -> bool) {
        let seen = async {
            let settled = |boards: &mut LockBoards, now| {
                boards.receive(&[], now);
                look(boards)
            };
            let mut looks = tokio::time::interval(Duration::from_millis(1));
            while !self.ground.line.with(settled) {
                looks.tick().await;
            }
        };
        timeout(PATIENCE, seen).await.unwrap_or_else(|_| panic!("never: {what}"));
    }
}

fn spec(n: u32, size: Size) -> CompartmentSpec {
    CompartmentSpec {
        label: n.to_string(),
        size,
        column: n,
        width_mm: 400,
        height_mm: 200,
        bottom_mm: 100,
        occupancy_sensor: false,
        inside_release: false,
    }
}

pub fn lock(door: CompartmentId) -> u8 {
    u8::try_from(door.0).expect("few")
}

pub fn number(digits: &str) -> KeypadNumber {
    KeypadNumber::new(digits).expect("digits")
}

pub fn words_for(name: &str, size: Size) -> ParcelWords {
    let unit = UnitId(PEOPLE.iter().find(|p| p.0 == name).expect("a known name").2);
    let recipient = RecipientChoice::Household { unit, addressee: Some(person(name)) };
    ParcelWords { recipient, size, heavy: false, reach: false, together: None, label: None, class: None }
}
