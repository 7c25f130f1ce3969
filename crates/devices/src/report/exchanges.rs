//! The last exchanges with a device, for whoever looks for a fault. In memory alone, and only so many.
//!
//! What is kept holds no secret by its form: frames of lock boards, which know no key and no person, and of a question over HTTP the
//! method and the path, neither query nor header nor body. Readers are not in it: what they are told includes their keys.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError, TryLockError};

use vestibule_protocols::Millis;

use crate::DeviceError;

/// So many are kept of a device.
pub const EXCHANGES_KEPT: usize = 50;
/// No answer of a board is longer; of noise no more is kept. In bytes.
pub const HEARD_MAX: usize = 256;

/// A question, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When it was asked, on the clock of the driver.
    pub at: Millis,
    /// What was said.
    pub said: Said,
    /// How long it took, in ms.
    pub took_ms: u64,
    /// Why it came to nothing; None: it did not.
    pub error: Option<DeviceError>,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Frames on a line.
    Frames {
        /// The address of the board.
        board: u8,
        /// What for.
        purpose: FramePurpose,
        /// The question.
        sent: Vec<u8>,
        /// All that was heard until it was answered or given up.
        heard: Vec<u8>,
    },
    /// A question over HTTP.
    Http {
        /// Such as `GET`.
        method: String,
        /// Without its query; None: the path is the configuration's own and may be a secret.
        path: Option<String>,
        /// Such as 200; None: nothing that is an answer came.
        status: Option<u16>,
    },
}

/// What a frame to a board is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FramePurpose {
    /// Sets the board up.
    Prepare,
    /// Reads its doors.
    Look,
    /// Finds out whether it answers in order again.
    Probe,
    /// Opens a lock.
    Unlock,
}

/// The last of them, the newest at the end.
#[derive(Debug, Default)]
pub(super) struct ExchangeLog(Mutex<VecDeque<Exchange>>);

impl ExchangeLog {
    /// Never waits: while somebody reads, one is left out.
    pub(super) fn note(&self, exchange: Exchange) {
        let mut kept = match self.0.try_lock() {
            Ok(kept) => kept,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        if kept.len() == EXCHANGES_KEPT {
            kept.pop_front();
        }
        kept.push_back(exchange);
    }

    pub(super) fn look(&self) -> Vec<Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// The path of a target, without what is asked for there: passwords stand in queries.
pub(crate) fn path_of(target: &str) -> String {
    target.split(['?', '#']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_kept_and_the_oldest_go() {
        let log = ExchangeLog::default();
        let one = |at| Exchange {
            at: Millis(at),
            said: Said::Http { method: "GET".to_owned(), path: None, status: Some(200) },
            took_ms: 3,
            error: None,
        };
        (0..80).for_each(|at| log.note(one(at)));
        let kept: Vec<u64> = log.look().iter().map(|exchange| exchange.at.0).collect();
        assert_eq!(kept, (30..80).collect::<Vec<_>>());
    }

    #[test]
    fn a_path_has_no_query() {
        assert_eq!(path_of("/fcgi/do?action=OpenDoor&UserName=a&Password=secret"), "/fcgi/do");
        assert_eq!(path_of("/rpc#pw"), "/rpc");
        assert_eq!(path_of("/api/switch/ctrl"), "/api/switch/ctrl");
    }
}
