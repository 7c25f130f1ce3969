//! One board as the bus knows it: its doors, its silence, and when to look again. Never sends anything.

use std::collections::VecDeque;

use vestibule_protocols::Millis;

use super::Output;
use crate::families::{State, To};
use crate::wiring::{CheckedBoard, CheckedPoint};
use crate::{DeviceError, DeviceHealth, Profile, Report};

/// So many questions in a row without answer make a board silent.
const SILENT_AFTER: u32 = 3;
/// How often a silent board is asked.
const SILENT_RETRY_MS: u64 = 10_000;
/// How soon a board that failed once or twice is asked again while nothing moves on it.
const RETRY_MS: u64 = 500;
/// How long a door that is expected to move is looked at often.
const EXPECT_MS: u64 = 10_000;

/// One door.
#[derive(Debug)]
pub(super) struct Door {
    pub point: CheckedPoint,
    /// As last reported; `None` before the first reading since the line was opened.
    pub open: Option<bool>,
    /// The same of its occupancy sensor, if it has one.
    pub occupied: Option<bool>,
    /// Somebody said it would move until then.
    pub expected_until: Option<Millis>,
    /// Pulses sent for it whose outcome is not known yet.
    pub awaited: u32,
}

/// When a board wants to be asked, and whether a door may be moving on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub is_urgent: bool,
    pub due: Millis,
}

#[derive(Debug)]
pub(super) struct Board {
    pub address: u8,
    pub profile: Profile,
    pub doors: Vec<Door>,
    /// Asked at least once since the line was opened.
    pub was_asked: bool,
    /// Its last question failed: a late answer may be on its way, so it must first answer a probe.
    pub is_suspect: bool,
    /// It answers, and will not tell its doors.
    pub refusal: Option<u16>,
    /// It is to be asked what runs on it: nobody did since it answers.
    pub is_unknown: bool,
    /// How it answers, for pages.
    pub health: DeviceHealth,
    /// Pulses wait until then: no question is left whose answer could not be an old one.
    pub rests_until: Millis,
    /// A reading that is not believed yet, and when it was asked for.
    unconfirmed: Option<(State, Millis)>,
    asked_at: Option<Millis>,
    hinted: bool,
    failures: u32,
    retry_at: Millis,
    probe: u8,
}

impl Board {
    pub fn new(checked: CheckedBoard) -> Self {
        let door = |point| Door { point, open: None, occupied: None, expected_until: None, awaited: 0 };
        Self {
            address: checked.address,
            profile: checked.profile,
            doors: checked.points.into_iter().map(door).collect(),
            was_asked: false,
            is_suspect: false,
            refusal: None,
            is_unknown: true,
            health: DeviceHealth::default(),
            rests_until: Millis(0),
            unconfirmed: None,
            asked_at: None,
            hinted: false,
            failures: 0,
            retry_at: Millis(0),
            probe: 0,
        }
    }

    /// Where a question goes.
    pub fn to(&self) -> To<'_> {
        To { address: self.address, profile: &self.profile }
    }

    /// The line is new: every door is to be read and reported as if for the first time.
    pub fn forget(&mut self) {
        self.was_asked = false;
        self.is_unknown = true;
        self.hinted = true;
        self.unconfirmed = None;
        for door in &mut self.doors {
            (door.open, door.occupied) = (None, None);
        }
    }

    /// Look at this board as soon as the line is free.
    pub fn hint(&mut self) {
        self.hinted = true;
    }

    /// A door of this board is expected to move. False if it is not on this board.
    pub fn expect(&mut self, point: u32, now: Millis) -> bool {
        let Some(door) = self.doors.iter_mut().find(|door| door.point.point == point) else { return false };
        door.expected_until = Some(now.plus(EXPECT_MS));
        true
    }

    /// When this board wants to be asked.
    pub fn turn(&self, now: Millis) -> Turn {
        let asked_at = self.asked_at.unwrap_or(Millis(0));
        let is_moving = self.is_moving(now);
        let due = match (self.hinted, self.failures) {
            (true, _) => asked_at,
            (false, 1..) => self.retry_at,
            (false, 0) if is_moving => asked_at.plus(self.profile.poll_moving_ms),
            (false, 0) => asked_at.plus(self.profile.poll_idle_ms),
        };
        let is_urgent = self.hinted || (is_moving && self.failures == 0);
        Turn { is_urgent, due }
    }

    /// The next probe of `count`: each turn another than the last, which is what tells late answers from new ones.
    pub fn next_probe(&mut self, count: u8) -> u8 {
        self.probe = self.probe % count + 1;
        self.probe
    }

    /// Asked for its doors, or told to open one.
    pub fn on_asked(&mut self, now: Millis) {
        self.asked_at = Some(now);
        self.hinted = false;
    }

    /// Put off although nothing was asked: no question is left whose answer could not be an old one before `earliest`.
    pub fn put_off(&mut self, now: Millis, earliest: Millis) {
        self.was_asked = true;
        self.hinted = false;
        self.failures = self.failures.max(1);
        self.retry_at = if earliest > now { earliest } else { now.plus(RETRY_MS) };
    }

    pub fn on_answer(&mut self, outputs: &mut VecDeque<Output>) {
        if self.failures >= SILENT_AFTER {
            outputs.push_back(Output::Report(Report::BoardBack { board: self.address }));
            self.is_unknown = true;
        }
        // Whatever was counted before: the counters outlive a driver, which begins without failures.
        self.health.is_back();
        self.failures = 0;
        self.is_suspect = false;
    }

    pub fn on_failure(&mut self, error: DeviceError, now: Millis, outputs: &mut VecDeque<Output>) {
        self.health.failed(error);
        self.was_asked = true;
        self.is_suspect = true;
        self.hinted = false;
        self.unconfirmed = None;
        self.failures = self.failures.saturating_add(1);
        if self.failures == SILENT_AFTER {
            outputs.push_back(Output::Report(Report::BoardSilent { board: self.address }));
        }
        if self.failures >= SILENT_AFTER {
            self.health.is_away(error);
        }
        let wait = match self.failures {
            0..SILENT_AFTER if self.is_moving(now) => self.profile.poll_moving_ms,
            0..SILENT_AFTER => RETRY_MS,
            _ => SILENT_RETRY_MS,
        };
        self.retry_at = now.plus(wait);
    }

    /// It will not tell its doors: as good as silent, though nothing of it can come late.
    pub fn on_refusal(&mut self, code: u16, now: Millis, outputs: &mut VecDeque<Output>) {
        self.on_failure(DeviceError::Vendor { code }, now, outputs);
        self.is_suspect = false;
        self.refusal = Some(code);
    }

    /// Takes a reading of all doors, asked for at a moment, and reports what is new. If it has to be read twice, that is
    /// when the one before said the same. Returns from when on what is believed was so.
    pub fn on_state(
        &mut self,
        state: State,
        (asked_at, twice): (Millis, bool),
        outputs: &mut VecDeque<Output>,
    ) -> Option<Millis> {
        self.was_asked = true;
        self.refusal = None;
        let before = self.unconfirmed.replace((state, asked_at));
        if !twice {
            self.believe(state, outputs);
            return Some(asked_at);
        }
        match before {
            Some((same, since)) if same == state => {
                self.believe(state, outputs);
                Some(since)
            }
            Some(_) | None => {
                self.hint();
                None
            }
        }
    }

    fn believe(&mut self, state: State, outputs: &mut VecDeque<Output>) {
        for door in &mut self.doors {
            let CheckedPoint { point, lock, contact, polarity } = door.point;
            let open = polarity.door_is_open(state.contact(contact));
            if door.open != Some(open) {
                // A first reading is no movement: it ends no expectation.
                if door.open.is_some() {
                    door.expected_until = None;
                }
                door.open = Some(open);
                outputs.push_back(Output::Report(Report::DoorSeen { point, open }));
            }
            let occupied = state.is_occupied(lock);
            if let Some(occupied) = occupied.filter(|_| occupied != door.occupied) {
                door.occupied = Some(occupied);
                outputs.push_back(Output::Report(Report::OccupancySeen { point, occupied }));
            }
        }
    }

    /// A door moves or may.
    pub fn is_moving(&self, now: Millis) -> bool {
        let moves = |door: &Door| {
            door.awaited > 0
                || door.open == Some(true)
                || door.expected_until.is_some_and(|until| now < until)
        };
        self.doors.iter().any(moves)
    }
}
