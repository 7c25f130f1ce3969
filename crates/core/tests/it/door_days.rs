//! Random days at the doors: couriers, visitors, residents, vandals, people going out, power cuts. Whatever happens, a door
//! is released for who may pass, once an entry, and an opening is explained or alarms.

use crate::street::*;
use crate::world::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::access::entry::Entrant;
use vestibule_core::access::passage::OpenedBy;
use vestibule_core::access::point::DoorMode;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

/// Monday to Friday, 8 to 18.
const OFFICE: WeekWindow = WeekWindow { days: 0b001_1111, from: 8 * 60, to: 18 * 60 };
const DOORS: [AccessPointId; 3] = [FRONT, ROOM, BANK_ROOM];
const WAITS: [i64; 10] = [1, 1, 3, 3, 8, 25, 70, 700, 7_200, 30_000];

#[derive(Debug, Clone)]
enum Act {
    Shows(u8, u8, bool),
    Guesses(u8, u8),
    Rings(u8, u8),
    Answers(bool),
    Staff(u8),
    WalksIn(u8),
    Outcome(u8, u8),
    Opens(u8),
    Shuts(u8),
    AsksOut(u8),
    LogsIn(u8),
    Mode(u8, u8),
    Waits(u8),
    Restarts,
}

fn act() -> impl Strategy<Value = Act> {
    use Act::*;
    let n = any::<u8>;
    prop_oneof![
        30 => (n(), n(), any::<bool>()).prop_map(|(a, b, c)| Shows(a, b, c)),
        3 => (n(), n()).prop_map(|(a, b)| Guesses(a, b)),
        4 => (n(), n()).prop_map(|(a, b)| Rings(a, b)),
        4 => any::<bool>().prop_map(Answers),
        2 => n().prop_map(Staff),
        6 => n().prop_map(WalksIn),
        12 => (n(), n()).prop_map(|(a, b)| Outcome(a, b)),
        25 => n().prop_map(Opens),
        25 => n().prop_map(Shuts),
        20 => n().prop_map(AsksOut),
        6 => n().prop_map(LogsIn),
        4 => (n(), n()).prop_map(|(a, b)| Mode(a, b)),
        30 => n().prop_map(Waits),
        1 => Just(Restarts),
    ]
}

#[derive(Clone)]
struct Day {
    w: World,
    /// Codes and passes with the doors they name and whether they hold in office hours only, as they were ordered.
    codes: Vec<(Code, BTreeSet<AccessPointId>, bool)>,
}

impl Day {
    fn new() -> Self {
        let mut w = World::with_doors();
        w.camera_inside(ROOM);
        let always = || vec![WeekWindow::ALWAYS];
        let codes = vec![
            (w.courier_for(&[FRONT, ROOM], always()), BTreeSet::from([FRONT, ROOM]), false),
            (w.courier_for(&[FRONT, BANK_ROOM], vec![OFFICE]), BTreeSet::from([FRONT, BANK_ROOM]), true),
            (w.pass_for(&[ROOM], always()), BTreeSet::from([ROOM]), false),
            (w.pass_for(&[FRONT, BANK_ROOM], vec![OFFICE]), BTreeSet::from([FRONT, BANK_ROOM]), true),
        ];
        Self { w, codes }
    }

    fn does(&mut self, act: &Act) {
        let door = |n: u8| DOORS[usize::from(n) % DOORS.len()];
        let w = &mut self.w;
        match *act {
            Act::Shows(n, at, scanned) => {
                let code = self.codes[usize::from(n) % self.codes.len()].0.clone();
                let _ = if scanned { w.scans_at(door(at), &code) } else { w.types_at(door(at), &code) };
            }
            Act::Guesses(n, at) => {
                for more in 0..5 {
                    let selector = format!("{:03}", u16::from(n) * 3 + more);
                    let _ = w.shows(door(at), Purpose::Enter, wrong(&selector));
                }
            }
            Act::Rings(n, at) => {
                let (point, unit) = (door(at), UnitId(u32::from(n) % 4 + 1));
                let _ = w.ask(Actor::Door(point), Command::RingForEntry(rung_at(point, unit)));
            }
            Act::Answers(let_in) => {
                if let Some(ring) = w.site.access.rings.keys().next().copied() {
                    let _ = w.ask(STAFF, Command::AnswerEntry { ring, let_in, link: None });
                }
            }
            Act::Staff(at) => {
                let reason = StaffReason::HelpCourier;
                let _ = w.ask(STAFF, Command::LetInOnce { point: door(at), reason });
            }
            Act::WalksIn(at) => {
                let point = door(at);
                let _ = w.ask(Actor::Door(point), Command::WalkIn { point });
            }
            Act::Outcome(n, how) => {
                let awaited: Vec<_> = w.site.access.entries.keys().copied().collect();
                if !awaited.is_empty() {
                    use ReleaseOutcome::{NotTaken, Taken, Unknown};
                    let outcome = [Taken, Taken, Taken, NotTaken, Unknown][usize::from(how) % 5];
                    w.release(awaited[usize::from(n) % awaited.len()], outcome);
                }
            }
            Act::Opens(at) => w.passage(door(at), true),
            Act::Shuts(at) => w.passage(door(at), false),
            Act::AsksOut(at) if at < 100 => w.see(Observation::ExitRequested { point: door(at) }),
            Act::AsksOut(at) => w.leaves_by(door(at)),
            Act::LogsIn(n) => {
                let code = self.codes[usize::from(n) % 2].0.clone();
                let _ = w.log_in(K2, &code);
            }
            Act::Mode(at, n) => {
                let mode = [DoorMode::Locked, DoorMode::Scheduled, DoorMode::ClosedToCouriers];
                w.mode(door(at), mode[usize::from(n) % 3], vec![OFFICE]);
            }
            Act::Waits(n) => w.seconds(WAITS[usize::from(n) % WAITS.len()]),
            Act::Restarts => w.restart(),
        }
        self.holds();
    }

    /// What must be true of the step that was just taken.
    fn holds(&self) {
        let w = &self.w;
        let in_office = OFFICE.contains(&time::civil(w.now, &w.site.policy.zone));
        for event in &w.last {
            match event {
                Event::EntryBegan { point, entrant, .. } => {
                    let Some(credential) = entrant.credential() else { continue };
                    let (_, doors, office) =
                        self.codes.iter().find(|(code, ..)| code.credential == Some(credential)).unwrap();
                    assert!(doors.contains(point), "I5: {credential} opened door {point}");
                    assert!(in_office || !office, "I5: {credential} opened a door outside its hours");
                    assert!(
                        w.site.access.points[point].mode != DoorMode::ClosedToCouriers,
                        "a door closed to couriers let one in"
                    );
                }
                Event::RoomWatched { point, entries } => {
                    let is_in = |e: &EntryId| w.site.access.entries[e].has_come_in();
                    assert!(*point == ROOM && !entries.is_empty() && entries.iter().all(is_in));
                    let stills = |e: &EntryId| w.site.access.entries[e].stills;
                    assert!(entries.iter().any(|e| stills(e) <= 30), "stills without an end: {entries:?}");
                }
                Event::PassageOpened { point, why: OpenedBy::Nothing, .. } => {
                    let alarms = w.last.contains(&Event::PassageForced { point: *point });
                    assert_eq!(alarms, *point != FRONT, "I11: nothing explains that door {point} opened");
                }
                _ => {}
            }
        }
        let began = |event: &&Event| matches!(event, Event::EntryBegan { release: Some(_), .. });
        assert_eq!(w.releases.len(), w.log.iter().filter(began).count(), "I1: a release is recorded");
        let entries: BTreeSet<_> = w.releases.iter().map(|(entry, ..)| *entry).collect();
        assert_eq!(entries.len(), w.releases.len(), "I2: an entry is released once");
    }

    /// A pass let in once at a door; nobody is left at one.
    fn ends(&mut self) {
        for door in DOORS {
            self.w.passage(door, false);
        }
        self.w.wait(Span::hours(3));
        let access = &self.w.site.access;
        assert!(access.entries.is_empty() && access.rings.is_empty(), "{:?}", access.entries);
        assert!(access.awaited.is_empty(), "{:?}", access.awaited);
        let (mut at, mut went_in) = (BTreeMap::new(), BTreeSet::new());
        for event in &self.w.log {
            match event {
                Event::EntryBegan { entry, point, .. } => drop(at.insert(*entry, *point)),
                Event::PassSpent { credential, entry, .. }
                | Event::PassEnded { credential, entry: Some(entry) } => {
                    let twice = format!("a pass lets in once at a door: {event:?}");
                    assert!(went_in.insert((*credential, at[entry])), "{twice}");
                }
                _ => {}
            }
        }
    }
}

/// The days must be full of life, or they prove nothing.
const LIFE: &[(&str, usize)] = &[
    ("entry-began", 300),
    ("Pass", 20),
    ("Rang", 10),
    ("OpenHours", 4),
    ("entry-denied", 200),
    ("entry-unknown", 10),
    ("entry-joined", 5),
    ("passage-forced", 100),
    ("passage-held-open", 50),
    ("room-watched", 100),
    ("pass-ended", 30),
    ("door-paused", 5),
    ("Left", 20),
    ("NotSeenLeaving", 10),
    ("NotOpened", 50),
    ("SecondCode", 10),
    ("TwoDoors", 5),
    ("OpenLong", 20),
    ("NoDeposit", 20),
];

fn what_happened(event: &Event) -> Vec<String> {
    let more = match event {
        Event::EntryBegan { entrant, .. } => match entrant {
            Entrant::Pass { .. } => "Pass".to_owned(),
            other => format!("{other:?}").split(' ').next().unwrap_or_default().to_owned(),
        },
        Event::EntryEnded { how, .. } => format!("{how:?}"),
        Event::EntrySuspected { what, .. } => format!("{what:?}"),
        _ => return vec![event.kind().to_owned()],
    };
    vec![event.kind().to_owned(), more]
}

#[test]
fn doors_hold_on_random_days() {
    let config =
        Config { cases: 60, failure_persistence: None, max_shrink_iters: 1_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let first = Day::new();
    let lived = RefCell::new(BTreeMap::<String, usize>::new());
    let outcome = runner.run(&prop::collection::vec(act(), 20..160), |acts| {
        let mut day = first.clone();
        for act in &acts {
            day.does(act);
        }
        day.ends();
        for what in day.w.log.iter().flat_map(what_happened) {
            *lived.borrow_mut().entry(what).or_default() += 1;
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
