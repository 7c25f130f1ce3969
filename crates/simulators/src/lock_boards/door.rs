//! One compartment door: latch, spring, coil and feedback contact. Moves by physics and people, never by protocol.

/// How a lock's feedback contact is wired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wiring {
    /// Short-circuited while the door is shut.
    #[default]
    ShortWhenShut,
    /// Short-circuited while the door is ajar.
    ShortWhenAjar,
}

/// What may be wrong with one lock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoorFaults {
    /// The coil fires and the latch stays caught: something presses on the door.
    pub jammed: bool,
    /// The contact is wired the other way round than the rest of the board.
    pub wrong_polarity: bool,
    /// The contact reads this whatever the door does (true = short-circuited).
    pub stuck_sensor: Option<bool>,
    /// The contact bounces for so many milliseconds after the door moved.
    pub bounces_ms: u64,
}

/// A bouncing contact changes its mind this often.
const BOUNCE_MS: u64 = 7;

/// The state of one door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoorModel {
    /// The door stands open, if only a finger's breadth.
    pub ajar: bool,
    /// It was opened by hand while latched.
    pub forced: bool,
    /// While before this moment the coil holds the latch back.
    pub coil_until: u64,
    /// When the spring will have pushed the unlatched door ajar.
    pub springs_at: Option<u64>,
    /// When it moved last.
    pub moved_at: u64,
}

impl DoorModel {
    /// The coil fires.
    pub(super) fn pulse(&mut self, now: u64, pulse_ms: u64, spring_ms: u64, faults: DoorFaults) {
        self.coil_until = now.saturating_add(pulse_ms);
        if !faults.jammed && !self.ajar {
            self.springs_at = Some(now + spring_ms);
        }
    }

    /// The coil is off.
    pub(super) fn release(&mut self, now: u64) {
        self.coil_until = self.coil_until.min(now);
    }

    /// Lets time pass; true if the door moved.
    pub(super) fn settle(&mut self, now: u64) -> bool {
        let springs = self.springs_at.is_some_and(|at| at <= now);
        if springs {
            self.moved_at = self.springs_at.take().unwrap_or(now);
            self.ajar = true;
        }
        springs
    }

    /// A hand pushes the door shut. False if the coil still holds the latch back and the door springs open again.
    pub(super) fn push_shut(&mut self, now: u64) -> bool {
        if now < self.coil_until {
            return false;
        }
        *self = DoorModel { coil_until: self.coil_until, moved_at: now, ..DoorModel::default() };
        true
    }

    /// A hand pulls the door open. True if that took force.
    pub(super) fn pull_open(&mut self, now: u64) -> bool {
        if self.ajar {
            return false;
        }
        self.forced = self.springs_at.take().is_none();
        self.ajar = true;
        self.moved_at = now;
        self.forced
    }

    /// The feedback contact: true = short-circuited.
    pub(super) fn contact(&self, wiring: Wiring, faults: DoorFaults, now: u64) -> bool {
        let since = now.saturating_sub(self.moved_at);
        let bounced = since < faults.bounces_ms && (since / BOUNCE_MS).is_multiple_of(2);
        let wired = match wiring {
            Wiring::ShortWhenShut => self.ajar == bounced,
            Wiring::ShortWhenAjar => self.ajar != bounced,
        };
        faults.stuck_sensor.unwrap_or(wired != faults.wrong_polarity)
    }
}
