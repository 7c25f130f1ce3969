//! Doors one walks through, as their controllers really talk: 2N, DoorBird, Akuvox, Hikvision, Shelly, ONVIF, and a gate of no known
//! make.
//!
//! [`DoorDevice`] holds all meaning: a question and a time in, an answer out. [`DoorServer`] is the same behind tokio, on a TCP port.
//! Questions are understood from the vendors' papers alone: nothing here uses the code it is there to test.

mod faults;
mod leaf;
mod makes;
mod onvif;
mod server;

pub use faults::{DoorDeviceFaults, Spoilt};
pub use leaf::{Leaf, Release};
pub use makes::DoorMake;
pub use server::{DoorOptions, DoorServer};

pub use crate::http::{Asked, HttpAccount, Question, Scheme, TrueClock};
use crate::http::{AuthorisationFaults, Gate, Reply, TurnsAway, calendar};

/// One controller: what it is, whom it knows, and its doors.
#[derive(Debug)]
pub struct DoorDevice {
    make: DoorMake,
    gate: Gate,
    leaves: Vec<Leaf>,
    faults: DoorDeviceFaults,
    asked: Vec<Asked>,
}

impl DoorDevice {
    /// A controller whose doors are shut and locked.
    pub fn new(options: &DoorOptions) -> Self {
        Self {
            make: options.make,
            gate: Gate::new(options.account.clone(), options.schemes.clone()),
            leaves: options.leaves.clone(),
            faults: DoorDeviceFaults::default(),
            asked: Vec::new(),
        }
    }

    /// How it misbehaves.
    pub fn faults(&mut self) -> &mut DoorDeviceFaults {
        &mut self.faults
    }

    /// What it was asked, oldest first.
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// A door by what the device calls its lock.
    pub fn leaf(&self, relay: &str) -> Option<&Leaf> {
        self.leaves.iter().find(|leaf| leaf.relay == relay)
    }

    /// Pulls a door open or pushes it shut. False if it is locked, or not there.
    pub fn move_door(&mut self, relay: &str, open: bool, now_ms: i64) -> bool {
        self.leaf_mut(relay).is_some_and(|leaf| leaf.move_to(open, now_ms))
    }

    /// Somebody inside turns the handle and opens a door. False if it is not there.
    pub fn go_out(&mut self, relay: &str) -> bool {
        self.leaf_mut(relay).map(Leaf::go_out).is_some()
    }

    /// Breaks a door open although it is locked. False if it is not there.
    pub fn force_door(&mut self, relay: &str) -> bool {
        self.leaf_mut(relay).map(|leaf| leaf.open = true).is_some()
    }

    /// Answers one question.
    pub fn answer(&mut self, question: &Question, now_ms: i64) -> Reply {
        let chosen = self.choose(question, now_ms);
        let mut reply = self.faults.spoil(chosen);
        reply.header("Date", &calendar::http_date(self.clock(now_ms)));
        self.asked.push(Asked::of(question, reply.status));
        reply
    }

    fn choose(&mut self, question: &Question, now_ms: i64) -> Reply {
        let DoorDeviceFaults { offers_basic_alone, nonces_grow_old, .. } = self.faults;
        let turns = TurnsAway {
            to: self.faults.sends_to.as_deref(),
            is_open: self.make.is_open(question),
            authorisation: AuthorisationFaults { offers_basic_alone, nonces_grow_old },
            with: self.faults.refuses_with,
        };
        match self.gate.turn_away(question, &turns) {
            Some(turned_away) => turned_away,
            None => makes::answer(self, question, now_ms),
        }
    }

    fn leaf_mut(&mut self, relay: &str) -> Option<&mut Leaf> {
        self.leaves.iter_mut().find(|leaf| leaf.relay == relay)
    }

    /// The device's own clock.
    fn clock(&self, now_ms: i64) -> i64 {
        now_ms + self.faults.clock_wrong_ms
    }
}
