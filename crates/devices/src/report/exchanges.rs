//! The last exchanges with a device, for whoever looks for a fault. In memory alone, and only so many.
//!
//! What is kept holds no secret by its form: frames of lock boards, which know no key and no person; of a question over HTTP or RTSP
//! the method and the path, neither query nor header nor body; of a frame to or from a reader its kind, since in the others are keys,
//! cards and PINs.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError, TryLockError};

use vestibule_protocols::Millis;
use vestibule_protocols::osdp::{CommandKind, ReplyKind};

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
    /// A question over HTTP or RTSP.
    Http {
        /// Such as `GET`; `RTP` for the wait for a picture that was asked for by `PLAY`.
        method: String,
        /// Without its query; None: the path may hold a secret.
        path: Option<String>,
        /// Such as 200; None: nothing that is an answer came.
        status: Option<u16>,
        /// What came after the head of the answer, in bytes; None: nothing that is an answer came.
        bytes: Option<usize>,
    },
    /// Frames of OSDP, by their kinds alone.
    Kinds {
        /// The address of the reader.
        reader: u8,
        /// The command.
        sent: CommandKind,
        /// The reply; None: nothing that is one came.
        heard: Option<ReplyKind>,
    },
}

impl Said {
    /// Whether it is how a reader answers several times a second while nothing happens.
    fn is_routine(&self) -> bool {
        let Said::Kinds { sent, heard, .. } = self else { return false };
        matches!(
            (*sent, *heard),
            (CommandKind::Poll, Some(ReplyKind::Ack))
                | (CommandKind::Lstat, Some(ReplyKind::Lstatr))
                | (CommandKind::Istat, Some(ReplyKind::Istatr))
        )
    }
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
    /// Asks what runs on it.
    Identify,
    /// Opens a lock.
    Unlock,
}

/// The last of them, the newest at the end.
#[derive(Debug, Default)]
pub(super) struct ExchangeLog(Mutex<VecDeque<Exchange>>);

impl ExchangeLog {
    /// Of a reader's routine the newest of each kind is kept, or nothing else would be. Never waits: while somebody reads, one is
    /// left out.
    pub(super) fn note(&self, exchange: Exchange) {
        let mut kept = match self.0.try_lock() {
            Ok(kept) => kept,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        if exchange.said.is_routine() {
            kept.retain(|before| before.said != exchange.said);
        }
        if kept.len() == EXCHANGES_KEPT {
            kept.pop_front();
        }
        kept.push_back(exchange);
    }

    pub(super) fn look(&self) -> Vec<Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// The path of a target, without what is asked for there: passwords stand in queries. None: it names values in the path itself, as
/// some cameras do with user and password.
pub(crate) fn path_of(target: &str) -> Option<String> {
    let path = target.split(['?', '#', ';']).next().unwrap_or_default();
    let names_values = path.contains(['=', '@', '&']) || path.to_ascii_lowercase().contains("%3d");
    (!names_values).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_kept_and_the_oldest_go() {
        let log = ExchangeLog::default();
        let one = |at| Exchange {
            at: Millis(at),
            said: Said::Http { method: "GET".to_owned(), path: None, status: Some(200), bytes: Some(7) },
            took_ms: 3,
            error: None,
        };
        (0..80).for_each(|at| log.note(one(at)));
        let kept: Vec<u64> = log.look().iter().map(|exchange| exchange.at.0).collect();
        assert_eq!(kept, (30..80).collect::<Vec<_>>());
    }

    #[test]
    fn a_path_has_no_query() {
        let shown = |target| path_of(target).unwrap_or_default();
        assert_eq!(shown("/fcgi/do?action=OpenDoor&UserName=a&Password=secret"), "/fcgi/do");
        assert_eq!(shown("/rpc#pw"), "/rpc");
        assert_eq!(shown("/api/switch/ctrl"), "/api/switch/ctrl");
        for secret in ["/user=admin_password=x_channel=1.sdp", "/user%3Dadmin", "http://a:b@c/d"] {
            assert_eq!(path_of(secret), None, "{secret}");
        }
    }

    #[test]
    fn the_routine_of_a_reader_is_kept_once_and_all_else_each_time() {
        let log = ExchangeLog::default();
        let mut at = 0;
        let mut note = |sent, heard| {
            at += 1;
            let said = Said::Kinds { reader: 5, sent, heard };
            log.note(Exchange { at: Millis(at), said, took_ms: 3, error: None });
        };
        (0..100).for_each(|_| note(CommandKind::Poll, Some(ReplyKind::Ack)));
        (0..2).for_each(|_| note(CommandKind::Poll, Some(ReplyKind::Raw)));
        for _ in 0..100 {
            note(CommandKind::Poll, Some(ReplyKind::Ack));
            note(CommandKind::Lstat, Some(ReplyKind::Lstatr));
        }
        (0..3).for_each(|_| note(CommandKind::Poll, None));
        let kept: Vec<u64> = log.look().iter().map(|exchange| exchange.at.0).collect();
        assert_eq!(kept, [101, 102, 301, 302, 303, 304, 305]);
    }
}
