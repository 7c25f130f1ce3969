//! Cameras as they really talk, with a scene before them: a fixed picture address, ONVIF, 2N, DoorBird, Hikvision, a stream.
//!
//! [`CameraDevice`] holds all meaning: a question and a time in, an answer out. [`CameraServer`] is the same behind tokio, on a TCP
//! port. Questions are understood from the vendors' papers alone: nothing here uses the code it is there to test.

mod faults;
mod h264;
mod lettering;
mod makes;
mod onvif;
mod scene;
mod server;
mod stream;

use std::collections::VecDeque;

pub use faults::{CameraFaults, CutShort, Huge};
pub use makes::CameraMake;
pub use scene::{DoorLook, PARCEL, PARCEL_NEAR, Scene, SceneDoor, is_parcel};
pub use server::{CameraOptions, CameraServer};

pub use crate::http::{Asked, HttpAccount, Question, Scheme, TrueClock};
use crate::http::{AuthorisationFaults, Gate, Reply, TurnsAway, calendar};

/// How long a camera with a buffer remembers, in ms.
const REMEMBERS_MS: i64 = 40_000;

/// One camera: what it is, whom it knows, what it sees and has seen.
#[derive(Debug)]
pub struct CameraDevice {
    make: CameraMake,
    gate: Gate,
    /// Widths and heights in pixels it can make.
    sizes: Vec<(u16, u16)>,
    faults: CameraFaults,
    /// Since when which scene was before it, by the true clock; the first one since ever.
    seen: VecDeque<(i64, Scene)>,
    /// When it was switched on, by the true clock.
    on_since_ms: i64,
    asked: Vec<Asked>,
}

impl CameraDevice {
    /// A camera switched on at this moment of the true clock, Unix time in ms.
    pub fn new(options: &CameraOptions, now_ms: i64) -> Self {
        Self {
            make: options.make,
            gate: Gate::new(options.account.clone(), options.schemes.clone()),
            sizes: options.sizes.clone(),
            faults: CameraFaults::default(),
            seen: VecDeque::from([(i64::MIN, options.scene.clone())]),
            on_since_ms: now_ms,
            asked: Vec::new(),
        }
    }

    /// Puts another scene before it.
    pub fn set_scene(&mut self, scene: Scene, now_ms: i64) {
        self.seen.push_back((now_ms, scene));
        // What began before the memory reaches back still shows at its beginning.
        while self.seen.get(1).is_some_and(|(since_ms, _)| *since_ms < now_ms - REMEMBERS_MS) {
            self.seen.pop_front();
        }
    }

    /// What is before it now.
    pub fn scene(&self) -> &Scene {
        &self.seen.back().expect("there is always a scene").1
    }

    /// How it misbehaves.
    pub fn faults(&mut self) -> &mut CameraFaults {
        &mut self.faults
    }

    /// What it was asked, oldest first.
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// Answers one question.
    pub fn answer(&mut self, question: &Question, now_ms: i64) -> Reply {
        let mut reply = self.choose(question, now_ms).answering(question);
        reply.header("Date", &calendar::http_date(self.clock(now_ms)));
        self.asked.push(Asked::of(question, reply.status));
        reply
    }

    fn choose(&mut self, question: &Question, now_ms: i64) -> Reply {
        let CameraFaults { offers_basic_alone, nonces_grow_old, .. } = self.faults;
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

    /// The camera's own clock.
    fn clock(&self, now_ms: i64) -> i64 {
        now_ms + self.faults.clock_wrong_ms
    }

    /// The picture of a moment of the true clock, spoilt as the faults say.
    fn picture(&self, moment_ms: i64, (width, height): (u16, u16)) -> Reply {
        if self.faults.says_a_page {
            let page = "<!DOCTYPE html><html><body>Please log in</body></html>";
            return Reply::new(200, "text/html", page.into());
        }
        let scene = self.seen.iter().rev().find(|(since_ms, _)| *since_ms <= moment_ms);
        let scene = scene.map_or_else(|| self.scene(), |(_, scene)| scene);
        let bytes = scene.jpeg(self.clock(moment_ms), width, height);
        self.faults.spoil(Reply::new(200, "image/jpeg", bytes))
    }
}
