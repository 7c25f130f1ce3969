//! The knobs of everything that is simulated: each turns one fault of one device on or off.
//!
//! Owns: which knob of the page is which fault of which simulator. Never: what the product makes of it.

use super::building::BOARD;
use super::cameras::Cameras;
use super::entrances::Entrances;
use super::plan::{PACKAGE_ROOM, STREET_DOOR};
use super::world::World;
use std::sync::Arc;
use std::time::Duration;
use vestibule_simulators::cameras::{CameraServer, CutShort, Huge};
use vestibule_simulators::doors::{DoorServer, Spoilt};
use vestibule_simulators::lock_boards::{Line, LineFault};
use vestibule_site::web::demo::{Faults, Knob, MachineKind, MachineSight};

/// The first lock of a board.
const FIRST: u8 = 1;
/// Longer than any board is waited for.
const TOO_LATE_MS: u64 = 400;
/// Longer than a still is waited for.
const THINKS: Duration = Duration::from_secs(5);
/// A byte each.
const DRIPS: Duration = Duration::from_millis(400);
const BOUNCES_MS: u64 = 400;
/// Ten minutes.
const AHEAD_MS: i64 = 600_000;
/// Where a device that sends us elsewhere sends us.
const ELSEWHERE: &str = "http://192.0.2.1/";
/// For so many questions a reader is busy.
const BUSY_FOR: u32 = 40;
/// NAK 9: cannot be carried out.
const REFUSED: u8 = 9;

/// Everything that is simulated.
pub struct Knobs {
    pub world: Arc<World>,
    pub cameras: Arc<Cameras>,
    pub entrances: Arc<Entrances>,
}

/// One of them.
enum Machine<'a> {
    Board { name: &'static str, has_plug: bool, line: &'a Line },
    Street(&'a DoorServer),
    Room,
    Camera { name: String, server: &'a CameraServer },
}

impl Knobs {
    /// Not every building has boards or an intercom.
    fn all(&self) -> impl Iterator<Item = Machine<'_>> {
        let boards =
            self.world.boards().map(|(name, has_plug, line)| Machine::Board { name, has_plug, line });
        let street = self.entrances.street.as_ref().map(Machine::Street);
        let cameras = self.cameras.servers().map(|(name, server)| Machine::Camera { name, server });
        boards.chain(street).chain([Machine::Room]).chain(cameras)
    }

    fn sight(&self, machine: Machine<'_>) -> MachineSight {
        let (name, kind, knobs) = match machine {
            Machine::Board { name, has_plug, line } => {
                (name.to_owned(), MachineKind::Board, board_knobs(line, has_plug))
            }
            Machine::Street(street) => (STREET_DOOR.to_owned(), MachineKind::Door, self.street_knobs(street)),
            Machine::Room => (PACKAGE_ROOM.to_owned(), MachineKind::Reader, self.room_knobs()),
            Machine::Camera { name, server } => (name, MachineKind::Camera, camera_knobs(server)),
        };
        MachineSight { name, kind, knobs }
    }
}

impl Faults for Knobs {
    fn machines(&self) -> Vec<MachineSight> {
        self.all().map(|machine| self.sight(machine)).collect()
    }

    fn turn(&self, machine: usize, knob: Knob, on: bool) {
        match self.all().nth(machine) {
            Some(Machine::Board { line, .. }) => turn_board(line, knob, on),
            Some(Machine::Street(street)) => self.turn_street(street, knob, on),
            Some(Machine::Room) => self.turn_room(knob, on),
            Some(Machine::Camera { server, .. }) => turn_camera(server, knob, on),
            None => {}
        }
        self.world.moved();
    }
}

fn board_knobs(line: &Line, has_plug: bool) -> Vec<(Knob, bool)> {
    line.with(|boards, _| {
        let (faults, door) = (*boards.board_faults(BOARD), *boards.door_faults(BOARD, FIRST));
        let (fault, is_ajar) = (boards.line_fault(), boards.door(BOARD, FIRST).is_some_and(|door| door.ajar));
        let plug = has_plug.then(|| (Knob::Unplugged, boards.is_unplugged()));
        let knobs = [
            (Knob::Silent, faults.silent),
            (Knob::Late, faults.slow_ms > 0),
            (Knob::Garbled, faults.garbled),
            (Knob::Noise, faults.garbage_prefix),
            (Knob::OtherAddress, faults.answers_as.is_some()),
            (Knob::Reboots, faults.reboots_at_pulse),
            (Knob::SwappedWires, fault == LineFault::SwappedWires),
            (Knob::OtherSpeed, fault == LineFault::WrongBaud),
            (Knob::Chatter, fault == LineFault::Chatter),
            (Knob::Jammed, door.jammed),
            (Knob::Bounces, door.bounces_ms > 0),
            (Knob::StuckContact, door.stuck_sensor.is_some()),
            (Knob::Forced, is_ajar),
        ];
        plug.into_iter().chain(knobs).collect()
    })
}

fn turn_board(line: &Line, knob: Knob, on: bool) {
    let ms = |ms| if on { ms } else { 0 };
    let line_fault = |fault| if on { fault } else { LineFault::None };
    line.with(|boards, now| match knob {
        Knob::Unplugged => boards.set_unplugged(on),
        Knob::Silent => boards.board_faults(BOARD).silent = on,
        Knob::Late => boards.board_faults(BOARD).slow_ms = ms(TOO_LATE_MS),
        Knob::Garbled => boards.board_faults(BOARD).garbled = on,
        Knob::Noise => boards.board_faults(BOARD).garbage_prefix = on,
        Knob::OtherAddress => boards.board_faults(BOARD).answers_as = on.then_some(BOARD + 1),
        Knob::Reboots => boards.board_faults(BOARD).reboots_at_pulse = on,
        Knob::SwappedWires => boards.set_line_fault(line_fault(LineFault::SwappedWires)),
        Knob::OtherSpeed => boards.set_line_fault(line_fault(LineFault::WrongBaud)),
        Knob::Chatter => boards.set_line_fault(line_fault(LineFault::Chatter)),
        Knob::Jammed => boards.door_faults(BOARD, FIRST).jammed = on,
        Knob::Bounces => boards.door_faults(BOARD, FIRST).bounces_ms = ms(BOUNCES_MS),
        Knob::StuckContact => boards.door_faults(BOARD, FIRST).stuck_sensor = on.then_some(true),
        Knob::Forced if on => drop(boards.pull_open(BOARD, FIRST, now)),
        Knob::Forced => drop(boards.push_shut(BOARD, FIRST, now)),
        _ => {}
    });
}

impl Knobs {
    fn street_knobs(&self, street: &DoorServer) -> Vec<(Knob, bool)> {
        let faults = street.faults();
        vec![
            (Knob::Silent, faults.silent),
            (Knob::Drips, faults.drips.is_some()),
            (Knob::Garbled, faults.garbled),
            (Knob::SaysAPage, faults.spoilt == Some(Spoilt::Page)),
            (Knob::Empty, faults.spoilt == Some(Spoilt::Empty)),
            (Knob::Huge, faults.spoilt == Some(Spoilt::Huge)),
            (Knob::Half, faults.spoilt == Some(Spoilt::Half)),
            (Knob::Redirects, faults.sends_to.is_some()),
            (Knob::SaysNo, faults.says_no),
            (Knob::Blocked, faults.refuses_with.is_some()),
            (Knob::BasicAlone, faults.offers_basic_alone),
            (Knob::ClockAhead, faults.clock_wrong_ms != 0),
            (Knob::Bistable, faults.bistable),
            (Knob::NoContact, faults.contact_broken),
            (Knob::Forced, self.entrances.is_forced(STREET_DOOR)),
            (Knob::HeldOpen, self.entrances.is_held(STREET_DOOR)),
        ]
    }

    fn turn_street(&self, street: &DoorServer, knob: Knob, on: bool) {
        let spoilt = |spoilt| on.then_some(spoilt);
        match knob {
            Knob::HeldOpen => self.entrances.hold(STREET_DOOR, on),
            Knob::Forced if on => self.entrances.force(STREET_DOOR),
            Knob::Forced => self.entrances.shut(STREET_DOOR),
            _ => street.set_faults(|faults| match knob {
                Knob::Silent => faults.silent = on,
                Knob::Drips => faults.drips = on.then_some(DRIPS),
                Knob::Garbled => faults.garbled = on,
                Knob::SaysAPage => faults.spoilt = spoilt(Spoilt::Page),
                Knob::Empty => faults.spoilt = spoilt(Spoilt::Empty),
                Knob::Huge => faults.spoilt = spoilt(Spoilt::Huge),
                Knob::Half => faults.spoilt = spoilt(Spoilt::Half),
                Knob::Redirects => faults.sends_to = on.then(|| ELSEWHERE.to_owned()),
                Knob::SaysNo => faults.says_no = on,
                Knob::Blocked => faults.refuses_with = on.then_some(423),
                Knob::BasicAlone => faults.offers_basic_alone = on,
                Knob::ClockAhead => faults.clock_wrong_ms = if on { AHEAD_MS } else { 0 },
                Knob::Bistable => faults.bistable = on,
                Knob::NoContact => faults.contact_broken = on,
                _ => {}
            }),
        }
    }

    fn room_knobs(&self) -> Vec<(Knob, bool)> {
        let forced = self.entrances.is_forced(PACKAGE_ROOM);
        let held = self.entrances.is_held(PACKAGE_ROOM);
        self.entrances.room.with(0, |reader, _| {
            let faults = &reader.faults;
            vec![
                (Knob::Silent, faults.silent),
                (Knob::LosesAnswer, faults.loses_answers > 0),
                (Knob::Noise, faults.noise),
                (Knob::FlipsABit, faults.flips_a_bit),
                (Knob::Busy, faults.busy > 0),
                (Knob::PlainOnly, faults.plain_only),
                (Knob::LosesPower, faults.loses_power),
                (Knob::RefusesRelay, faults.refuses_output.is_some()),
                (Knob::NoContact, faults.no_inputs),
                (Knob::Tampered, reader.is_tampered()),
                (Knob::Forced, forced),
                (Knob::HeldOpen, held),
            ]
        })
    }

    fn turn_room(&self, knob: Knob, on: bool) {
        match knob {
            Knob::HeldOpen => self.entrances.hold(PACKAGE_ROOM, on),
            Knob::Forced if on => self.entrances.force(PACKAGE_ROOM),
            Knob::Forced => self.entrances.shut(PACKAGE_ROOM),
            _ => self.entrances.room.with(0, |reader, _| match knob {
                Knob::Silent => reader.faults.silent = on,
                Knob::LosesAnswer => reader.faults.loses_answers = u32::from(on),
                Knob::Noise => reader.faults.noise = on,
                Knob::FlipsABit => reader.faults.flips_a_bit = on,
                Knob::Busy => reader.faults.busy = if on { BUSY_FOR } else { 0 },
                Knob::PlainOnly => reader.faults.plain_only = on,
                Knob::LosesPower => reader.faults.loses_power = on,
                Knob::RefusesRelay => reader.faults.refuses_output = on.then_some(REFUSED),
                Knob::NoContact => reader.faults.no_inputs = on,
                Knob::Tampered => reader.set_tampered(on),
                _ => {}
            }),
        }
    }
}

fn camera_knobs(server: &CameraServer) -> Vec<(Knob, bool)> {
    let faults = server.faults();
    vec![
        (Knob::Silent, faults.silent),
        (Knob::Late, faults.thinks.is_some()),
        (Knob::Drips, faults.drips.is_some()),
        (Knob::Garbled, faults.garbled),
        (Knob::SaysAPage, faults.says_a_page),
        (Knob::Huge, faults.huge.is_some()),
        (Knob::Empty, faults.empty),
        (Knob::Half, faults.cut_short.is_some()),
        (Knob::Redirects, faults.sends_to.is_some()),
        (Knob::Blocked, faults.refuses_with.is_some()),
        (Knob::BasicAlone, faults.offers_basic_alone),
        (Knob::ClockAhead, faults.clock_wrong_ms != 0),
    ]
}

fn turn_camera(server: &CameraServer, knob: Knob, on: bool) {
    server.set_faults(|faults| match knob {
        Knob::Silent => faults.silent = on,
        Knob::Late => faults.thinks = on.then_some(THINKS),
        Knob::Drips => faults.drips = on.then_some(DRIPS),
        Knob::Garbled => faults.garbled = on,
        Knob::SaysAPage => faults.says_a_page = on,
        Knob::Huge => faults.huge = on.then_some(Huge::Unannounced),
        Knob::Empty => faults.empty = on,
        Knob::Half => faults.cut_short = on.then_some(CutShort::Picture),
        Knob::Redirects => faults.sends_to = on.then(|| ELSEWHERE.to_owned()),
        Knob::Blocked => faults.refuses_with = on.then_some(423),
        Knob::BasicAlone => faults.offers_basic_alone = on,
        Knob::ClockAhead => faults.clock_wrong_ms = if on { AHEAD_MS } else { 0 },
        _ => {}
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::building::{Hardware, hung};
    use crate::demo::plan::{Building, Plan};
    use crate::demo::{facts, seed};
    use std::path::Path;
    use vestibule_site::assembly::{Assembled, SitePlace};
    use vestibule_site::service::Ahead;
    use vestibule_site::web::demo::PassageAct;

    async fn knobs_of(folder: &Path, plan: Plan) -> (Assembled, Knobs) {
        let place = folder.join("demo");
        let keepsake = seed::ensure(&place, Some(0), plan).unwrap();
        let site =
            Assembled::open(&SitePlace { folder: place.clone(), head_file: None, site: None }).unwrap();
        let entrances = Entrances::start(&place, plan).await.unwrap();
        let around = (Arc::clone(&entrances), Ahead::default());
        let world = World::start(&site, &place, (facts(&keepsake, None), plan), around).await.unwrap();
        let cameras = Cameras::start(&site).await.unwrap();
        (site, Knobs { world, cameras, entrances })
    }

    fn turned(knobs: &Knobs, machine: usize) -> Vec<Knob> {
        let sight = knobs.machines().remove(machine);
        sight.knobs.iter().filter(|(_, is_on)| *is_on).map(|(knob, _)| *knob).collect()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn every_knob_of_every_device_turns_both_ways_in_every_building() {
        let court = Plan { hardware: Hardware::All, ..Plan::default() };
        let room = Plan { building: Building::Room, ..Plan::default() };
        for (plan, streets) in [(court, 1), (room, 0)] {
            let folder = tempfile::tempdir().unwrap();
            let (site, knobs) = knobs_of(folder.path(), plan).await;
            let machines = knobs.machines();
            let count = |kind| machines.iter().filter(|machine| machine.kind == kind).count();
            assert_eq!(count(MachineKind::Board), hung(plan).len());
            assert_eq!((count(MachineKind::Door), count(MachineKind::Reader)), (streets, 1));
            assert_eq!(count(MachineKind::Camera), hung(plan).len() + 2, "one at a door, one in the room");
            for (number, machine) in machines.iter().enumerate() {
                for (knob, was_on) in &machine.knobs {
                    assert!(!was_on, "{} begins with {knob:?}", machine.name);
                    for on in [true, false] {
                        knobs.turn(number, *knob, on);
                        let wanted: Vec<Knob> = on.then_some(*knob).into_iter().collect();
                        let turned = turned(&knobs, number);
                        assert_eq!(turned, wanted, "{}: {knob:?} was turned {on}", machine.name);
                    }
                }
            }
            knobs.turn(machines.len(), Knob::Silent, true);
            site.stop().await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_forced_door_is_shut_by_hand_unless_it_is_held() {
        let folder = tempfile::tempdir().unwrap();
        let (site, knobs) = knobs_of(folder.path(), Plan::default()).await;
        let first = knobs.world.boards().count();
        for passage in [0, 1] {
            let machine = first + passage;
            let stands_open = || knobs.entrances.sights()[passage].open;
            knobs.entrances.act(passage, PassageAct::PullOpen);
            assert!(!stands_open(), "a locked door stays shut");
            knobs.turn(machine, Knob::Forced, true);
            knobs.turn(machine, Knob::HeldOpen, true);
            knobs.entrances.act(passage, PassageAct::PushShut);
            assert!(stands_open());
            assert_eq!(turned(&knobs, machine), [Knob::Forced, Knob::HeldOpen]);
            knobs.turn(machine, Knob::HeldOpen, false);
            knobs.entrances.act(passage, PassageAct::PushShut);
            assert!(!stands_open());
            assert!(turned(&knobs, machine).is_empty());
        }
        site.stop().await;
    }
}
