//! A bus, a line of simulated boards and a wire between them, with a clock moved by hand.

use std::collections::VecDeque;

use vestibule_devices::{
    BoardWiring, Bus, BusHealth, BusWiring, Input, Millis, Output, PointWiring, Profile, Profiles,
    PulseIntent, Report,
};
use vestibule_simulators::lock_boards::{BoardOptions, LockBoards};

use crate::kind::Kind;

/// What closing and opening a port takes.
const REOPEN_MS: u64 = 2;

#[derive(Debug, Clone)]
pub struct Intent {
    pub opening: u64,
    pub attempt: u8,
    pub point: u32,
    pub not_after: Millis,
}

impl PulseIntent for Intent {
    fn opening(&self) -> u64 {
        self.opening
    }
    fn attempt(&self) -> u8 {
        self.attempt
    }
    fn point(&self) -> u32 {
        self.point
    }
    fn not_after(&self) -> Millis {
        self.not_after
    }
}

/// The number of a door: its board, then its lock.
pub fn point(board: u8, lock: u8) -> u32 {
    u32::from(board) * 100 + u32::from(lock)
}

/// Every lock of each board wired, as `(address, profile, channels)` says.
pub fn wiring(boards: &[(u8, &str, u8)]) -> BusWiring {
    let board = |(address, profile, channels): &(u8, &str, u8)| BoardWiring {
        address: *address,
        profile: (*profile).to_owned(),
        points: (1..=*channels)
            .map(|lock| PointWiring { point: point(*address, lock), lock, contact: None, polarity: None })
            .collect(),
    };
    BusWiring { boards: boards.iter().map(board).collect() }
}

pub fn profiles() -> Profiles {
    static BUILT_IN: std::sync::OnceLock<Profiles> = std::sync::OnceLock::new();
    BUILT_IN.get_or_init(|| Profiles::built_in().unwrap()).clone()
}

pub struct World {
    pub kind: Kind,
    pub bus: Bus<Intent>,
    pub health: BusHealth,
    pub boards: LockBoards,
    pub now: u64,
    pub reports: Vec<(u64, Report)>,
    /// What the bus handed to the line, and when.
    pub sent: Vec<(u64, Vec<u8>)>,
    to_boards: VecDeque<(u64, Vec<u8>)>,
    to_bus: VecDeque<(u64, Vec<u8>)>,
    reopened_at: Option<u64>,
    openings: u64,
}

impl World {
    /// Lifelike boards of the kind at these addresses; everything read once.
    pub fn started(kind: Kind, addresses: &[u8]) -> Self {
        let mut world = Self::new(kind, addresses);
        world.run_for(1_500);
        world.reports.clear();
        world
    }

    /// The same, a moment before its line is opened.
    pub fn new(kind: Kind, addresses: &[u8]) -> Self {
        let boards: Vec<_> =
            addresses.iter().map(|address| (*address, kind.profile, kind.channels)).collect();
        let options: Vec<_> = addresses.iter().map(|address| kind.lifelike(*address)).collect();
        Self::of(kind, &wiring(&boards), &options)
    }

    /// Boards of the kind as wired.
    pub fn of(kind: Kind, wiring: &BusWiring, boards: &[BoardOptions]) -> Self {
        let mut line = kind.line();
        boards.iter().for_each(|options| line.add_board(*options));
        let health = BusHealth::of(wiring);
        Self {
            kind,
            bus: Bus::new(wiring, &profiles()).unwrap().counting_in(&health),
            health,
            boards: line,
            now: 0,
            reports: Vec::new(),
            sent: Vec::new(),
            to_boards: VecDeque::new(),
            to_bus: VecDeque::new(),
            reopened_at: Some(0),
            openings: 0,
        }
    }

    /// Asks for a pulse with ten seconds to live; returns its opening.
    pub fn pulse(&mut self, point: u32) -> u64 {
        self.pulse_within(point, 10_000)
    }

    pub fn pulse_within(&mut self, point: u32, ms: u64) -> u64 {
        self.openings += 1;
        let not_after = Millis(self.now + ms);
        self.input(Input::Pulse(Intent { opening: self.openings, attempt: 1, point, not_after }));
        self.openings
    }

    pub fn expect(&mut self, point: u32) {
        self.input(Input::Expect { point });
    }

    /// Its line is to be given up.
    pub fn finish(&mut self) {
        self.input(Input::Finish);
    }

    pub fn push_shut(&mut self, board: u8, lock: u8) {
        assert!(self.boards.push_shut(board, lock, self.now));
        self.hear_boards();
    }

    pub fn pull_open(&mut self, board: u8, lock: u8) {
        self.boards.pull_open(board, lock, self.now);
        self.hear_boards();
    }

    pub fn unplug(&mut self) {
        self.boards.set_unplugged(true);
        self.to_boards.clear();
        self.to_bus.clear();
        self.input(Input::TransportLost);
        self.reopened_at = Some(self.now + 50);
    }

    /// Another driver takes the line over and counts where the one before did, as when the bank's map changes.
    pub fn drive_anew(&mut self, wiring: &BusWiring) {
        self.bus = Bus::new(wiring, &profiles()).unwrap().counting_in(&self.health);
        self.to_boards.clear();
        self.to_bus.clear();
        self.reopened_at = Some(self.now + REOPEN_MS);
    }

    pub fn plug_in(&mut self) {
        self.boards.set_unplugged(false);
    }

    /// Bytes on the line from nowhere.
    pub fn noise(&mut self, bytes: &[u8]) {
        self.input(Input::Received(bytes));
    }

    pub fn run_for(&mut self, ms: u64) {
        self.run_until(self.now + ms);
    }

    fn run_until(&mut self, end: u64) {
        let mut standing_still = 0;
        loop {
            let next = self.next_moment().unwrap_or(end);
            if next > end {
                self.now = end;
                return;
            }
            standing_still = if next <= self.now { standing_still + 1 } else { 0 };
            assert!(standing_still < 200, "a half asks for the same moment for ever");
            self.now = self.now.max(next);
            self.step();
            if self.now == end && self.next_moment().is_none_or(|next| next > end) {
                return;
            }
        }
    }

    /// Runs until such a report comes; panics after `ms`. Returns how long it took.
    pub fn run_to(&mut self, ms: u64, wanted: &Report) -> u64 {
        let (start, known) = (self.now, self.reports.len());
        while self.now < start + ms {
            if self.reports[known..].iter().any(|(_, report)| report == wanted) {
                return self.now - start;
            }
            self.run_for(1);
        }
        panic!("no {wanted:?} within {ms} ms, but {:?}", &self.reports[known..]);
    }

    pub fn seen(&self) -> Vec<Report> {
        self.reports.iter().map(|(_, report)| report.clone()).collect()
    }

    pub fn count(&self, wanted: impl Fn(&Report) -> bool) -> usize {
        self.reports.iter().filter(|(_, report)| wanted(report)).count()
    }

    /// How many doors were told of.
    pub fn doors_told(&self) -> usize {
        self.count(|report| matches!(report, Report::DoorSeen { .. }))
    }

    /// When the boards were told to unlock something.
    pub fn unlocks_sent(&self) -> Vec<u64> {
        self.sent.iter().filter(|(_, bytes)| self.kind.is_unlock(bytes)).map(|(at, _)| *at).collect()
    }

    fn next_moment(&self) -> Option<u64> {
        let wires = [self.to_boards.front(), self.to_bus.front()].into_iter().flatten().map(|(at, _)| *at);
        let halves = self.bus.next_deadline().map(|at| at.0).into_iter().chain(self.boards.next_deadline());
        wires.chain(halves).chain(self.reopened_at).min()
    }

    fn step(&mut self) {
        if self.reopened_at.is_some_and(|at| at <= self.now) {
            if self.boards.is_unplugged() {
                self.reopened_at = Some(self.now + 50);
                self.input(Input::TransportLost);
            } else {
                self.reopened_at = None;
                self.input(Input::TransportOpened);
            }
        }
        while let Some((_, bytes)) = self.to_boards.pop_front_if(|(at, _)| *at <= self.now) {
            self.boards.receive(&bytes, self.now);
        }
        self.hear_boards();
        while let Some((_, bytes)) = self.to_bus.pop_front_if(|(at, _)| *at <= self.now) {
            self.input(Input::Received(&bytes));
        }
        self.input(Input::Deadline);
    }

    fn hear_boards(&mut self) {
        while let Some(bytes) = self.boards.next_output(self.now) {
            self.to_bus.push_back((self.now + self.kind.wire_ms(&bytes), bytes));
        }
    }

    fn input(&mut self, input: Input<'_, Intent>) {
        self.bus.handle(input, Millis(self.now));
        while let Some(output) = self.bus.poll_output() {
            match output {
                Output::Transmit(bytes) => {
                    self.sent.push((self.now, bytes.clone()));
                    self.to_boards.push_back((self.now + self.kind.wire_ms(&bytes), bytes));
                }
                Output::Reopen => self.reopened_at = Some(self.now + REOPEN_MS),
                Output::Report(report) => self.reports.push((self.now, report)),
            }
        }
    }
}

/// A profile made for one test.
pub fn profile(text: &str) -> Result<Profile, vestibule_devices::ProfileError> {
    Profile::parse("test", text)
}
