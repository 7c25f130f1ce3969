//! Pulses that were sent and whose outcome is not known yet. Decides it from door states alone.

use vestibule_protocols::Millis;

use crate::{PulseResult, Report};

/// How long after the open window a door may remain unseen before its pulse is called unknown.
const UNSEEN_MS: u64 = 1_000;

#[derive(Debug)]
pub(super) struct Watch {
    pub opening: u64,
    pub attempt: u8,
    /// Index of the board, and of the door on it.
    pub place: (usize, usize),
    /// From then on, a closed door has stayed closed.
    pub until: Millis,
}

impl Watch {
    /// What a reading asked for at `asked_at` proves.
    pub fn judge(&self, open: Option<bool>, asked_at: Millis) -> Option<PulseResult> {
        match open {
            Some(true) => Some(PulseResult::Opened),
            Some(false) if asked_at >= self.until => Some(PulseResult::StillClosed),
            Some(false) | None => None,
        }
    }

    /// When it is given up.
    pub fn given_up_at(&self) -> Millis {
        self.until.plus(UNSEEN_MS)
    }

    pub fn report(&self, outcome: PulseResult) -> Report {
        Report::PulseOutcome { opening: self.opening, attempt: self.attempt, outcome }
    }
}
