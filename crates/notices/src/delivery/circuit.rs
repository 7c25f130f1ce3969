//! Whether a server is being spared: after a failure of the server itself, one message probes it and the
//! others wait.

use super::pause_ms;

/// A server that does not answer costs one connection attempt: asked at least every minute, so that mail
/// flows soon after it is back.
pub(super) const DOWN_LONGEST_MS: u64 = 60 * 1000;
/// A server that refuses us counts failed logins: asked at least every five minutes.
pub(super) const REFUSES_LONGEST_MS: u64 = 5 * 60 * 1000;
const FIRST_PROBE_MS: u64 = 4 * 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Circuit {
    Closed,
    Open { failures: u32, probe_at_ms: u64 },
}

impl Circuit {
    pub(super) fn is_closed(self) -> bool {
        self.probe_at().is_none()
    }

    /// When the next probe may start; None while messages flow.
    pub(super) fn probe_at(self) -> Option<u64> {
        match self {
            Circuit::Closed => None,
            Circuit::Open { probe_at_ms, .. } => Some(probe_at_ms),
        }
    }

    pub(super) fn failed(&mut self, now_ms: u64, longest_ms: u64, seed: u64) {
        let failures = match *self {
            Circuit::Closed => 1,
            // Several tries that were under way when the server went down are one failure.
            Circuit::Open { failures, probe_at_ms } if now_ms < probe_at_ms => failures,
            Circuit::Open { failures, .. } => failures.saturating_add(1),
        };
        let pause = pause_ms(seed, failures, FIRST_PROBE_MS, longest_ms);
        *self = Circuit::Open { failures, probe_at_ms: now_ms.saturating_add(pause) };
    }

    pub(super) fn probe_now(&mut self, now_ms: u64) {
        match self {
            Circuit::Closed => {}
            Circuit::Open { failures, probe_at_ms } => {
                *failures = 0;
                *probe_at_ms = (*probe_at_ms).min(now_ms);
            }
        }
    }
}
