//! The way out with the program killed: it dies right after it has ordered a release, and nothing at the doors waits for it.

use super::client::Answer;
use super::life::{Life, is_well};
use super::property::{Property, found, json_ask, write_config};
use super::wall::Wall;
use crate::process::until;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::readers::{OsdpReader, ReaderLine, ReaderOptions, serve_readers_tcp};

const RELAY: &str = "1";
/// The reader's inputs.
const CONTACT: usize = 0;
const HANDLE: usize = 1;
const KEY: [u8; 16] = *b"\x94\x4b\x8e\xdd\xcb\xaa\x2b\x5f\xe2\xb0\x14\x8d\x1b\x2f\x95\xc9";
const KEY_DIGITS: &str = "944b8eddcbaa2b5fe2b0148d1b2f95c9";
/// Longer than any device may hold a door released, in ms.
const LONG: i64 = 60_000;
const STREET: u32 = 1;
const ROOM: u32 = 2;

/// Two doors that outlive the program: an intercom at the street, whose clock the test moves, and a reader at the room.
struct Doors {
    street: DoorServer,
    room: ReaderLine,
    clock: Arc<AtomicI64>,
    reader: String,
    _runtime: Runtime,
}

impl Doors {
    fn hang() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let clock = Arc::new(AtomicI64::new(1_790_000_000_000));
        let shown = Arc::clone(&clock);
        let options = DoorOptions {
            make: DoorMake::TwoN,
            leaves: vec![Leaf::new(RELAY, "input1")],
            clock: Arc::new(move || shown.load(Ordering::Relaxed)),
            ..DoorOptions::default()
        };
        let street = runtime.block_on(DoorServer::start(options)).unwrap();
        let options = ReaderOptions { key: Some(KEY), ..ReaderOptions::default() };
        let room = ReaderLine::new(vec![OsdpReader::new(options)]);
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let reader = listener.local_addr().unwrap().to_string();
        runtime.spawn(serve_readers_tcp(room.clone(), listener));
        Self { street, room, clock, reader, _runtime: runtime }
    }

    /// As they stand in the configuration file.
    fn add_to(&self, config: &Path) {
        std::fs::write(config.with_file_name("room.key"), KEY_DIGITS).unwrap();
        let mut text = std::fs::read_to_string(config).unwrap();
        write!(
            text,
            "[[doors]]\nname = \"Street\"\npassage = [{{ name = \"Street door\", kind = \"building_entrance\" }}]\n\
             [doors.device]\nkind = \"2n\"\nurl = \"{}\"\n\
             door = [{{ name = \"Street door\", relay = \"{RELAY}\", contact = \"input1\" }}]\n\
             [[doors]]\nname = \"Room\"\npassage = [{{ name = \"Package room\", kind = \"room_door\" }}]\n\
             [doors.device]\nkind = \"osdp\"\ntcp = {{ addr = \"{}\" }}\n\
             reader = [{{ door = \"Package room\", address = 0, key_file = \"room.key\", \
             contact = {{ input = {CONTACT} }}, exit_button = {HANDLE} }}]\n",
            self.street.url(),
            self.reader
        )
        .unwrap();
        std::fs::write(config, text).unwrap();
    }

    fn street_releases(&self) -> usize {
        self.street.leaf(RELAY).unwrap().releases.len()
    }

    fn room_releases(&self) -> usize {
        self.room.with(0, |reader, _| reader.relayed().len())
    }

    /// Time passes at the devices; the program is not there to see it.
    fn street_waits(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    fn is_room_released(&self, later_ms: u64) -> bool {
        self.room.with(0, |reader, now_ms| reader.is_on(0, now_ms + later_ms))
    }
}

fn let_in(life: &Life, property: &Property, door: u32) -> super::client::Sent {
    let path = format!("/api/v1/doors/{door}/let-in");
    let asked = json_ask("POST", &path, &property.staff, &json!({ "reason": "inspect" }));
    asked.send(life.address).expect("it is asked")
}

fn look(life: &Life, property: &Property, path: &str) -> Value {
    let Answer { code, body } = json_ask("GET", path, &property.staff, &Value::Null).answered(life.address);
    assert_eq!(code, 200, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

fn doors_are_read(life: &Life, property: &Property) {
    until("both doors are read shut", || {
        let doors = look(life, property, "/api/v1/doors");
        let is_shut = |door: &Value| door["stands_open"] == json!(false) && door["silent"] == json!(false);
        doors.as_array().unwrap().iter().all(is_shut).then_some(())
    });
}

#[test]
fn locks_fall_back_by_themselves_and_whoever_is_inside_gets_out_though_the_program_is_dead() {
    let folder = tempfile::tempdir().unwrap();
    let (wall, doors) = (Wall::hang(), Doors::hang());
    let config = write_config(folder.path(), wall.address);
    doors.add_to(&config);
    let mut life = Life::begin(&config);
    let property = found(&mut life);
    doors_are_read(&life, &property);

    let (street, room) = (let_in(&life, &property, STREET), let_in(&life, &property, ROOM));
    until("the street's lock is released", || (doors.street_releases() == 1).then_some(()));
    until("the room's lock is released", || (doors.room_releases() == 1).then_some(()));
    life.kill();
    drop((street, room));

    // Each device was told for how long, and holds no longer, whoever is or is not there to say so.
    let release = doors.street.leaf(RELAY).unwrap().releases[0];
    assert!(release.for_ms.is_some_and(|ms| ms < LONG), "{release:?}");
    let relayed = doors.room.with(0, |reader, _| reader.relayed()[0]);
    assert!(relayed.for_ms.is_some_and(|ms| i64::try_from(ms).unwrap() < LONG), "{relayed:?}");
    assert!(doors.street.is_released(RELAY), "whoever was let in goes in");
    assert!(doors.street.move_door(RELAY, true) && doors.street.move_door(RELAY, false));
    doors.street_waits(LONG);
    assert!(!doors.street.is_released(RELAY) && !doors.street.move_door(RELAY, true), "then it is locked");
    assert!(!doors.is_room_released(LONG.unsigned_abs()), "and so is the room");

    // From inside the lock is free, with nobody to ask.
    assert!(doors.street.go_out(RELAY) && doors.street.leaf(RELAY).unwrap().open);
    assert!(doors.street.move_door(RELAY, false), "shut behind them");
    for (input, active) in [(HANDLE, true), (CONTACT, true), (HANDLE, false), (CONTACT, false)] {
        doors.room.with(0, |reader, _| reader.set_input(input, active));
    }

    // A start releases nothing, and what nobody knows of is said to be so.
    let life = Life::begin(&config);
    doors_are_read(&life, &property);
    assert_eq!((doors.street_releases(), doors.room_releases()), (1, 1), "no release is repeated");
    let entries = look(&life, &property, "/api/v1/entries");
    assert_eq!(entries.as_array().map(Vec::len), Some(2), "both entries are in the ledger: {entries}");
    let orders = doors.street.asked();
    let is_order = |line: &&str| line.contains("switch/ctrl");
    let ordered = orders.iter().map(|asked| asked.line.as_str()).filter(is_order).count();
    assert_eq!(ordered, 1, "nothing was ever asked of the lock but the one release: {orders:?}");
    drop(life);
    is_well(&folder.path().join("data"));
}

#[test]
fn a_door_that_was_opened_from_inside_while_the_program_was_dead_is_told_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (wall, doors) = (Wall::hang(), Doors::hang());
    let config = write_config(folder.path(), wall.address);
    doors.add_to(&config);
    let mut life = Life::begin(&config);
    let property = found(&mut life);
    doors_are_read(&life, &property);
    life.kill();

    // Nobody was let in, and nothing answers: from inside both doors open all the same, and stay open.
    assert!(doors.street.go_out(RELAY) && doors.street.leaf(RELAY).unwrap().open);
    for (input, active) in [(HANDLE, true), (CONTACT, true), (HANDLE, false)] {
        doors.room.with(0, |reader, _| reader.set_input(input, active));
    }

    let life = Life::begin(&config);
    until("both doors are read open", || {
        let all = look(&life, &property, "/api/v1/doors");
        all.as_array().unwrap().iter().all(|door| door["stands_open"] == json!(true)).then_some(())
    });
    // The room tells who goes out, and nobody saw this: it counts as forced until staff have looked. The street door tells no
    // exits, so its opening is in the ledger and no alarm.
    let tasks = until("staff are asked about the room", || {
        let tasks = look(&life, &property, "/api/v1/tasks").to_string();
        tasks.contains("door_forced").then_some(tasks)
    });
    assert_eq!(tasks.matches("door_forced").count(), 1, "{tasks}");
    assert!(tasks.contains(&format!("\"point\":{ROOM}")), "{tasks}");
    assert_eq!((doors.street_releases(), doors.room_releases()), (0, 0), "nobody was let in, then or now");
    drop(life);
    is_well(&folder.path().join("data"));
}
