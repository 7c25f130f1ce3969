//! The lock boards on their line: physical, so they outlive every process. The bus that talks to them dies with it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::OnceLock;
use vestibule_core::place::wiring::{WiringHash, WiringMap};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::{BankId, CompartmentId, Observation, OpeningId};
use vestibule_devices::{
    BoardWiring, Bus, BusWiring, Input, Millis, Output, PointWiring, Profiles, PulseIntent, Report,
};
use vestibule_simulators::lock_boards::{BoardOptions, LockBoards};
use vestibule_site::runners::bus::banks::BankWatch;
use vestibule_site::store::DurableIntent;

/// The address of the one board.
pub const BOARD: u8 = 1;
const CHANNELS: u8 = 24;
const PROFILE: &str = "shuoming-2024a1-24";
/// One way on the wire: five to seven bytes at 9600 baud.
const WIRE_MS: u64 = 7;
/// What closing and opening a port takes.
const REOPEN_MS: u64 = 20;
/// A line that cannot be opened is tried again.
const RETRY_MS: u64 = 500;

/// The profiles of the product, read once: that takes longer than a start.
fn profiles() -> &'static Profiles {
    static BUILT_IN: OnceLock<Profiles> = OnceLock::new();
    BUILT_IN.get_or_init(|| Profiles::built_in().expect("built in"))
}

/// The process's half: the production bus and what its reports mean.
pub struct BusHalf {
    bus: Bus<DurableIntent>,
    watch: BankWatch,
    to_bus: VecDeque<(u64, Vec<u8>)>,
    reopened_at: Option<u64>,
    /// The map it runs by.
    hash: Option<WiringHash>,
    /// The bus by the map that holds since, and its map: it takes over when this one has come to its end.
    next: Option<(BusWiring, Option<WiringHash>)>,
    /// What came for the next map meanwhile.
    waiting: VecDeque<DurableIntent>,
}

/// The one board with its doors by a map; without one each door is on the lock of its own number.
fn wired(map: Option<&WiringMap>, doors: u8) -> BusWiring {
    let point =
        |point: u32, lock: u8, contact: Option<u8>| PointWiring { point, lock, contact, polarity: None };
    let points = match map {
        Some(map) => {
            let wired = map.channels.iter();
            wired.map(|(id, channel)| point(id.0, channel.lock, Some(channel.contact))).collect()
        }
        None => (1..=doors).map(|lock| point(lock.into(), lock, None)).collect(),
    };
    BusWiring { boards: vec![BoardWiring { address: BOARD, profile: PROFILE.to_owned(), points }] }
}

/// What the line brought to the process.
#[derive(Debug)]
pub enum Heard {
    /// For the writer.
    Observation(Observation),
    /// An order to pulse was handed to the line.
    Sent {
        /// Of the intent.
        opening: u64,
        /// Of the intent.
        attempt: u8,
    },
}

impl BusHalf {
    /// Of the one bank, by its map.
    pub fn new(map: Option<&WiringMap>, doors: u8, now: u64) -> Self {
        Self::of(&wired(map, doors), map.map(|map| map.hash), now)
    }

    fn of(wiring: &BusWiring, hash: Option<WiringHash>, now: u64) -> Self {
        Self {
            bus: Bus::new(wiring, profiles()).expect("a good wiring"),
            watch: BankWatch::new(wiring, &BTreeMap::from([(BOARD, BankId(1))])),
            to_bus: VecDeque::new(),
            reopened_at: Some(now),
            hash,
            next: None,
            waiting: VecDeque::new(),
        }
    }

    /// Another map holds: what was pulsed has its outcome first, as in the runner, and then the doors are read anew.
    pub fn rewires(&mut self, line: &mut Line, map: Option<&WiringMap>, doors: u8, now: u64) -> Vec<Heard> {
        let hash = map.map(|map| map.hash);
        if self.next.as_ref().map_or(self.hash, |(_, hash)| *hash) == hash {
            return Vec::new();
        }
        self.next = Some((wired(map, doors), hash));
        let mut heard = self.input(line, Input::Finish, now);
        heard.extend(self.takes_over(line, now));
        heard
    }

    /// The next bus takes over once no coil is on and no pulse is without its outcome.
    fn takes_over(&mut self, line: &mut Line, now: u64) -> Vec<Heard> {
        let Some((wiring, hash)) = self.next.take_if(|_| self.bus.is_finished()) else { return Vec::new() };
        let waiting = std::mem::take(&mut self.waiting);
        // Its line is closed and opened.
        *self = Self::of(&wiring, hash, now + REOPEN_MS);
        waiting.into_iter().flat_map(|intent| self.pulse(line, intent, now)).collect()
    }

    /// A pulse that is recorded. By another map than it was recorded with it is not sent.
    pub fn pulse(&mut self, line: &mut Line, intent: DurableIntent, now: u64) -> Vec<Heard> {
        match &self.next {
            Some((_, hash)) if *hash == intent.wiring() => {
                self.waiting.push_back(intent);
                Vec::new()
            }
            None if self.hash == intent.wiring() => self.input(line, Input::Pulse(intent), now),
            Some(_) | None => {
                let (opening, attempt) = (OpeningId(intent.opening()), intent.attempt());
                let outcome = PulseOutcome::NotSent;
                vec![Heard::Observation(Observation::Pulse { opening, attempt, outcome })]
            }
        }
    }

    /// A door is about to move.
    pub fn expect(&mut self, line: &mut Line, point: u32, now: u64) -> Vec<Heard> {
        self.input(line, Input::Expect { point }, now)
    }

    /// When something is to be done at the latest.
    pub fn next_moment(&self) -> Option<u64> {
        let wire = self.to_bus.front().map(|(at, _)| *at);
        wire.into_iter().chain(self.bus.next_deadline().map(|at| at.0)).chain(self.reopened_at).min()
    }

    /// Everything that is due.
    pub fn step(&mut self, line: &mut Line, now: u64) -> Vec<Heard> {
        let mut heard = Vec::new();
        if self.reopened_at.is_some_and(|at| at <= now) {
            if line.boards.is_unplugged() {
                self.reopened_at = Some(now + RETRY_MS);
                heard.extend(self.input(line, Input::TransportLost, now));
            } else {
                self.reopened_at = None;
                heard.extend(self.input(line, Input::TransportOpened, now));
            }
        } else if self.reopened_at.is_none() && line.boards.is_unplugged() {
            self.to_bus.clear();
            self.reopened_at = Some(now + RETRY_MS);
            heard.extend(self.input(line, Input::TransportLost, now));
        }
        line.step(now);
        while let Some(bytes) = line.boards.next_output(now) {
            self.to_bus.push_back((now + WIRE_MS, bytes));
        }
        while let Some((_, bytes)) = self.to_bus.pop_front_if(|(at, _)| *at <= now) {
            heard.extend(self.input(line, Input::Received(&bytes), now));
        }
        heard.extend(self.input(line, Input::Deadline, now));
        heard.extend(self.takes_over(line, now));
        heard
    }

    fn input(&mut self, line: &mut Line, input: Input<'_, DurableIntent>, now: u64) -> Vec<Heard> {
        self.bus.handle(input, Millis(now));
        let mut heard = Vec::new();
        while let Some(output) = self.bus.poll_output() {
            match output {
                Output::Transmit(bytes) => line.to_boards.push_back((now + WIRE_MS, bytes)),
                Output::Reopen => self.reopened_at = Some(now + REOPEN_MS),
                Output::Report(report) => {
                    if let Report::PulseSent { opening, attempt } = report {
                        heard.push(Heard::Sent { opening, attempt });
                    }
                    heard.extend(self.watch.interpret(&report).into_iter().map(Heard::Observation));
                }
            }
        }
        heard
    }
}

/// Boards, doors and the wire to them.
pub struct Line {
    /// The boards as they really talk.
    pub boards: LockBoards,
    to_boards: VecDeque<(u64, Vec<u8>)>,
    pulses_seen: usize,
    /// The lock of each door that hangs where another one hung before.
    hangs: BTreeMap<CompartmentId, u8>,
}

impl Default for Line {
    fn default() -> Self {
        let mut boards = LockBoards::new();
        boards.add_board(BoardOptions::lifelike(BOARD, CHANNELS));
        Self { boards, to_boards: VecDeque::new(), pulses_seen: 0, hangs: BTreeMap::new() }
    }
}

impl Line {
    /// When bytes reach the boards or a board has something to do.
    pub fn next_moment(&self) -> Option<u64> {
        let wire = self.to_boards.front().map(|(at, _)| *at);
        wire.into_iter().chain(self.boards.next_deadline()).min()
    }

    /// What is due at the boards, with or without a process.
    pub fn step(&mut self, now: u64) {
        while let Some((_, bytes)) = self.to_boards.pop_front_if(|(at, _)| *at <= now) {
            self.boards.receive(&bytes, now);
        }
        self.boards.receive(&[], now);
    }

    /// Coils energised since the last look: lock, when, for how long.
    pub fn new_pulses(&mut self) -> Vec<(u8, u64, u64)> {
        let all = self.boards.coil_pulses();
        let fresh =
            all[self.pulses_seen..].iter().map(|pulse| (pulse.lock, pulse.at, pulse.pulse_ms)).collect();
        self.pulses_seen = all.len();
        fresh
    }

    /// Whether a door stands open.
    pub fn is_ajar(&self, compartment: CompartmentId) -> bool {
        self.boards.door(BOARD, self.lock(compartment)).is_some_and(|door| door.ajar)
    }

    /// The lock of a compartment; of one that hangs nowhere it is one without a door.
    pub fn lock(&self, compartment: CompartmentId) -> u8 {
        let own = u8::try_from(compartment.0).ok().filter(|own| self.door(*own) == compartment);
        self.hangs.get(&compartment).copied().or(own).map_or(CHANNELS, |lock| lock.min(CHANNELS))
    }

    /// The door that hangs at a lock.
    pub fn door(&self, lock: u8) -> CompartmentId {
        let rehung = self.hangs.iter().find(|(_, at)| **at == lock).map(|(id, _)| *id);
        rehung.unwrap_or(CompartmentId(lock.into()))
    }

    /// The bank was drawn anew: a door that comes hangs where one went.
    pub fn rehang(&mut self, drawn: &[CompartmentId], doors: u8) {
        let mut free: VecDeque<u8> = (1..=doors).filter(|lock| !drawn.contains(&self.door(*lock))).collect();
        for id in drawn {
            if (1..=doors).any(|lock| self.door(lock) == *id) {
                continue;
            }
            if let Some(lock) = free.pop_front() {
                self.hangs.retain(|_, at| *at != lock);
                self.hangs.insert(*id, lock);
            }
        }
    }
}
