//! The people of one property, who go on whatever happens to the program: couriers deposit, residents collect, staff act.
//!
//! Every request and every moment at an open door may be the one at which the program is killed; which one, and how many
//! microseconds later, is drawn from the seed.

use super::books::{Books, Known, Meanwhile, Tally, Truth};
use super::client::{Answer, Ask};
use super::life::{Life, is_well};
use super::property::{HOMES, Property, found, json_ask, write_config};
use super::wall::Wall;
use crate::process::until;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// At most so many requests and door moments between two kills.
const STEPS_A_LIFE: u64 = 8;
/// A kill comes at most so long after the request it hits was sent: a request takes about as long.
const LATER_MICROS: u64 = 5_000;
/// `check`, `verify` and every parcel ever, each so many kills. Odd, so that the kills of a test reach it.
const LOOKED_THROUGH_EVERY: u64 = 97;
/// A person gives up after so many doors: something is wrong then.
const DOORS_AT_MOST: usize = 12;

/// One property with everybody in it.
pub struct Street {
    seed: u64,
    chance: u64,
    wall: Wall,
    life: Life,
    config: PathBuf,
    property: Property,
    books: Books,
    tally: Tally,
    /// Steps until the next kill.
    steps: u64,
    /// Parcels that the act going on moves.
    moving: Vec<u64>,
    folder: TempDir,
}

impl Street {
    pub fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let wall = Wall::hang();
        let config = write_config(folder.path(), wall.address);
        let mut life = Life::begin(&config);
        let property = found(&mut life);
        let (books, tally, moving) = (Books::default(), Tally::default(), Vec::new());
        let mut street =
            Self { seed, chance: seed, wall, life, config, property, books, tally, steps: 0, moving, folder };
        street.steps = 1 + street.draw(STEPS_A_LIFE);
        street
    }

    pub fn kills(&self) -> u64 {
        self.tally.kills
    }

    /// Somebody does something.
    pub fn act(&mut self) {
        let before = self.tally.kills;
        match self.draw(8) {
            0..=2 => self.courier_visits(),
            3..=5 => self.resident_collects(),
            6 => self.staff_take_in(),
            _ => self.staff_end_one(),
        }
        if self.tally.kills > before {
            self.staff_look_through();
        }
        self.moving.clear();
        self.books.compare(&self.newest(), &Meanwhile::default(), false);
    }

    /// The last look through everything; what the run came to.
    pub fn close(mut self) -> Tally {
        self.steps = u64::MAX;
        self.staff_look_through();
        self.look_through_everything(&Meanwhile::default());
        self.tally.pulses = self.wall.pulses().iter().sum();
        self.tally.parcels = self.books.parcels.len() as u64;
        self.tally
    }

    fn courier_visits(&mut self) {
        let badge = json!({ "code": self.property.badge });
        let visit = self.at_kiosk("/kiosk/log-in", &badge).json()["visit"].as_u64().expect("a visit");
        for _ in 0..=self.draw(2) {
            if !self.deposit(visit) {
                break;
            }
        }
        self.at_kiosk(&format!("/visits/{visit}/finish"), &json!({}));
    }

    /// False: the bank is full.
    fn deposit(&mut self, visit: u64) -> bool {
        let unit = self.home();
        let tracking = self.label();
        let body = json!({ "unit": unit, "size": "m", "tracking": tracking });
        let answer = self.at_kiosk(&format!("/visits/{visit}/deposit"), &body);
        let answer = granted(&answer);
        let parcel = answer["parcel"].as_u64().expect("a parcel");
        self.books.registered(&tracking, Known { parcel, unit, truth: Truth::Courier, in_doubt: false });
        self.moving.push(parcel);
        for _ in 0..DOORS_AT_MOST {
            if let Some(door) = self.next_door("courier") {
                let others = self.books.inside(door).iter().any(|known| known.parcel != parcel);
                assert!(!others, "{self}: door {door} opens to a courier and is not empty");
                self.books.of(parcel).truth = Truth::Inside(door);
                self.shut(door);
            }
            let state = self.state();
            if !state["courier"]["carrying"].as_array().is_some_and(|c| c.contains(&parcel.into())) {
                return true;
            }
            if answer["place"].get("compartment").is_none() {
                // No room: the courier takes it back.
                self.at_kiosk(&format!("/visits/{visit}/put-elsewhere"), &json!({ "parcel": parcel }));
                return false;
            }
            self.at_kiosk(&format!("/visits/{visit}/open-again"), &json!({}));
        }
        panic!("{self}: no door for parcel {parcel}: {}", self.state());
    }

    fn resident_collects(&mut self) {
        let unit = self.home();
        let waiting = self.books.waiting(unit);
        if waiting.is_empty() {
            return;
        }
        self.moving.extend(waiting);
        for _ in 0..DOORS_AT_MOST {
            let card = json!({ "code": self.property.cards[unit as usize - 1] });
            let visit = granted(&self.at_kiosk("/kiosk/pick-up", &card))["visit"].as_u64();
            while let Some(door) = self.next_door("resident") {
                for known in self.books.inside(door) {
                    assert_eq!(known.unit, unit, "{self}: door {door} opens to a stranger");
                    self.books.of(known.parcel).truth = Truth::Recipient;
                }
                self.shut(door);
            }
            self.at_kiosk(&format!("/visits/{}/finish", visit.expect("a visit")), &json!({}));
            if self.books.waiting(unit).is_empty() {
                return;
            }
        }
        panic!("{self}: the household of unit {unit} does not get its parcels: {}", self.state());
    }

    fn staff_take_in(&mut self) {
        let (ask, tracking, unit) = self.intake();
        let answer = self.ask(ask);
        self.taken_in(&answer, &tracking, unit);
    }

    fn intake(&mut self) -> (Ask, String, u32) {
        let (unit, tracking) = (self.home(), self.label());
        let body = json!({ "unit": unit, "size": "s", "tracking": tracking, "carrier": 1 });
        (self.keyed("/parcels", &self.property.staff.clone(), &body), tracking, unit)
    }

    fn taken_in(&mut self, answer: &Answer, tracking: &str, unit: u32) {
        let parcel = granted(answer)["parcel"].as_u64().expect("a parcel");
        self.books.registered(tracking, Known { parcel, unit, truth: Truth::Desk, in_doubt: false });
    }

    /// Hands over, gives back or writes off a parcel at the desk.
    fn staff_end_one(&mut self) {
        let choice = self.draw(1 << 20);
        let Some(known) = self.books.at_desk(choice) else { return };
        self.moving.push(known.parcel);
        let (act, body, truth) = match self.draw(3) {
            0 => ("hand-over", json!({ "person": known.unit }), Truth::Recipient),
            1 => ("give-back", json!({ "carrier": 1, "reason": "refused" }), Truth::GivenBack),
            _ => ("write-off", json!({ "reason": "damaged" }), Truth::WrittenOff),
        };
        let staff = self.property.staff.clone();
        let ask = self.keyed(&format!("/parcels/{}/{act}", known.parcel), &staff, &body);
        granted(&self.ask(ask));
        self.books.of(known.parcel).truth = truth;
    }

    /// Staff look behind every door the site is not sure of, and say what they see.
    fn staff_look_through(&mut self) {
        let staff = self.property.staff.clone();
        let look = json_ask("GET", "/api/v1/compartments", &staff, &json!({}));
        let unsure = |c: &Value| (c["service"] == "check").then(|| c["compartment"].as_u64()).flatten();
        let compartments = look.answered(self.life.address).json();
        let unsure: Vec<u64> = compartments.as_array().expect("a list").iter().filter_map(unsure).collect();
        for door in unsure {
            let inside = self.books.inside(u8::try_from(door).expect("a small bank"));
            let found: Vec<_> = inside.iter().map(|known| known.parcel).collect();
            let ask = self.keyed(&format!("/compartments/{door}/check"), &staff, &json!({ "found": found }));
            granted(&self.ask(ask));
        }
    }

    /// Waits until a door stands open, or the person's screen shows that none will.
    fn next_door(&self, who: &str) -> Option<u8> {
        until("a door opens or none will", || match self.wall.ajar() {
            Some(door) => Some(Some(door)),
            None => {
                let state = self.state();
                let over =
                    state[who]["door"].is_null() && state["open_doors"].as_array().is_some_and(Vec::is_empty);
                // Asked once more: it may have sprung open between the two looks.
                (over && self.wall.ajar().is_none()).then_some(None)
            }
        })
    }

    fn shut(&mut self, door: u8) {
        if self.is_due() {
            self.die(None, Some(door));
        }
        let mut is_pushed = false;
        until("the door is seen shut", || {
            let is_seen_open = !self.state()["open_doors"].as_array().is_some_and(Vec::is_empty);
            match self.wall.ajar() {
                // The next one opens by itself.
                Some(ajar) if is_pushed && ajar != door => Some(()),
                Some(ajar) => {
                    assert_eq!(ajar, door, "{self}: another door opened");
                    // No hand is so quick that a board is not asked meanwhile; a machine with much to do is so slow.
                    if is_seen_open {
                        self.wall.push_shut(door);
                        is_pushed = true;
                    }
                    None
                }
                None => (!is_seen_open).then_some(()),
            }
        });
    }

    fn state(&self) -> Value {
        json_ask("GET", "/api/v1/kiosk/state", &self.property.kiosk, &json!({}))
            .answered(self.life.address)
            .json()
    }

    fn at_kiosk(&mut self, path: &str, body: &Value) -> Answer {
        let kiosk = self.property.kiosk.clone();
        let ask = self.keyed(path, &kiosk, body);
        self.ask(ask)
    }

    fn keyed(&mut self, path: &str, bearer: &str, body: &Value) -> Ask {
        let key = format!("k{:016x}", self.draw(u64::MAX));
        Ask { key, ..json_ask("POST", &format!("/api/v1{path}"), bearer, body) }
    }

    /// Asks until there is an answer, over the death of the program if its time has come.
    fn ask(&mut self, ask: Ask) -> Answer {
        let answer = if self.is_due() {
            self.die(Some(ask), None).expect("it was asked")
        } else {
            ask.answered(self.life.address)
        };
        self.tally.acknowledged += u64::from(answer.code == 200);
        answer
    }

    fn is_due(&mut self) -> bool {
        self.steps -= 1;
        self.steps == 0
    }

    /// SIGKILL while a request and, most times, one of staff are on their way; a new life; both are asked again.
    /// `door`: one that somebody pushes shut, half the times while no program is there to see it.
    fn die(&mut self, ask: Option<Ask>, door: Option<u8>) -> Option<Answer> {
        let desk = (self.draw(4) > 0).then(|| self.intake());
        let later = Duration::from_micros(self.draw(LATER_MICROS));
        let sent = ask.as_ref().map(|ask| ask.send(self.life.address).expect("the program listens"));
        let desk_sent =
            desk.as_ref().map(|(ask, ..)| ask.send(self.life.address).expect("the program listens"));
        let since = Instant::now();
        while since.elapsed() < later {
            std::hint::spin_loop();
        }
        self.life.kill();
        let first = [sent, desk_sent].map(|sent| sent.map(|sent| sent.answer()));
        self.tally.kills += 1;
        self.tally.in_flight += u64::from(first.iter().any(|first| matches!(first, Some(None))));
        self.wall.until_quiet();
        if let Some(door) = door.filter(|_| self.draw(2) == 0) {
            self.wall.push_shut(door);
        }
        for parcel in self.moving.clone() {
            self.books.of(parcel).in_doubt = true;
        }
        self.live_again();
        let [first, first_desk] = first;
        if let Some((ask, tracking, unit)) = desk {
            let answer = self.again(&ask, first_desk.flatten());
            self.taken_in(&answer, &tracking, unit);
            self.tally.acknowledged += 1;
        }
        let asked = ask.as_ref().map_or("", |ask| &ask.body);
        let meanwhile = Meanwhile { moving: &self.moving, asked };
        self.books.compare(&self.newest(), &meanwhile, false);
        if self.tally.kills.is_multiple_of(LOOKED_THROUGH_EVERY) {
            self.look_through_everything(&meanwhile);
        }
        self.steps = 1 + self.draw(STEPS_A_LIFE);
        ask.map(|ask| self.again(&ask, first.flatten()))
    }

    /// A start pulses nothing.
    fn live_again(&mut self) {
        let before = self.wall.pulses();
        self.life = Life::begin(&self.config);
        self.life.until_ready();
        assert_eq!(self.wall.pulses(), before, "{self}: a start pulsed");
    }

    /// The same request with the same key. What was answered before is answered again.
    fn again(&mut self, ask: &Ask, first: Option<Answer>) -> Answer {
        let answer = ask.answered(self.life.address);
        if answer.code != 200 {
            let refused = first.is_none_or(|first| first.code != 200);
            assert!(refused, "{self}: {ask:?} was granted, and is now {} {}", answer.code, answer.body);
            return answer;
        }
        let mut now = answer.json();
        let repeated = now["repeated"].take();
        self.tally.repeated += u64::from(repeated == true);
        if let Some(first) = first.filter(|first| first.code == 200) {
            let mut before = first.json();
            before["repeated"].take();
            assert_eq!(repeated, true, "{self}: it was answered, and is done once more: {ask:?}");
            assert_eq!(before, now, "{self}: another answer to {ask:?}");
        }
        answer
    }

    fn look_through_everything(&self, meanwhile: &Meanwhile<'_>) {
        let mut listed = self.newest();
        while let Some(oldest) = listed.last().filter(|_| listed.len().is_multiple_of(200)) {
            let more = self.parcels(&format!("&before={}", oldest["parcel"]));
            if more.is_empty() {
                break;
            }
            listed.extend(more);
        }
        self.books.compare(&listed, meanwhile, true);
        is_well(&self.folder.path().join("data"));
        let attempts = super::life::attempts(&self.folder.path().join("data"));
        for (lock, pulses) in self.wall.pulses().iter().enumerate() {
            let recorded = attempts.get(&lock).copied().unwrap_or(0);
            assert!(
                *pulses <= recorded,
                "{self}: lock {lock} was pulsed {pulses} times, recorded {recorded}"
            );
        }
    }

    fn newest(&self) -> Vec<Value> {
        self.parcels("")
    }

    fn parcels(&self, more: &str) -> Vec<Value> {
        let ask =
            json_ask("GET", &format!("/api/v1/parcels?limit=200{more}"), &self.property.staff, &json!({}));
        ask.answered(self.life.address).json()["parcels"].as_array().expect("a list").clone()
    }

    fn home(&mut self) -> u32 {
        1 + u32::try_from(self.draw(u64::from(HOMES))).expect("few homes")
    }

    fn label(&mut self) -> String {
        format!("T{:016x}", self.draw(u64::MAX))
    }

    /// A number below `below` (splitmix64).
    fn draw(&mut self, below: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.chance;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below
    }
}

impl std::fmt::Display for Street {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "seed {} after {} kills", self.seed, self.tally.kills)
    }
}

fn granted(answer: &Answer) -> Value {
    assert_eq!(answer.code, 200, "{}", answer.body);
    answer.json()
}
