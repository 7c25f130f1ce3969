//! The one clock a bus and its users share: only ever grows, says nothing of the time of day. Beside it the time of day, for
//! devices that want to be told it.

use std::time::SystemTime;

use tokio::time::Instant;
use vestibule_protocols::Millis;

/// Monotonic milliseconds since it was started. Copies agree with each other.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Instant,
}

impl Clock {
    /// Starts counting at zero.
    #[must_use]
    pub fn start() -> Self {
        Self { started: Instant::now() }
    }

    /// Milliseconds since the start.
    #[must_use]
    pub fn now(&self) -> Millis {
        Millis(u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    /// The instant at which [`Clock::now`] reaches `moment`, at most a day ahead.
    pub(crate) fn instant(&self, moment: Millis) -> Instant {
        const DAY_MS: u64 = 24 * 60 * 60 * 1000;
        let reached = moment.min(self.now().plus(DAY_MS));
        self.started + std::time::Duration::from_millis(reached.0)
    }
}

/// The time of day, Unix time in ms.
pub(crate) fn unix_now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
