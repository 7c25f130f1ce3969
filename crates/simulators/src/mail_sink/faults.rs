//! The ways a mail server fails its clients, to be switched on and off while it runs.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What goes wrong; by default nothing. Addresses are compared in lower case.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// Recipients refused for good (550 5.1.1).
    pub refused: BTreeSet<String>,
    /// Recipients put off (451 4.7.1), and how many times still.
    pub greylisted: BTreeMap<String, u32>,
    /// Every recipient is refused because we may not relay (554 5.7.1).
    pub no_relay: bool,
    /// Every greeting and command is answered 421 and the connection closed.
    pub refuse_all: bool,
    /// The connection is dropped without a word.
    pub drop_at: Option<DropAt>,
    /// Each reply waits this long.
    pub reply_delay: Option<Duration>,
}

/// Where a connection is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropAt {
    /// Before the greeting.
    Greeting,
    /// At MAIL.
    Sender,
    /// When the whole message is there; it is lost.
    Content,
    /// When the whole message is there and kept: only the answer is lost.
    AfterContent,
}

impl Faults {
    pub(super) fn is_refused(&self, address: &str) -> bool {
        self.refused.contains(&address.to_lowercase())
    }

    /// Uses up one refusal.
    pub(super) fn take_greylisting(&mut self, address: &str) -> bool {
        match self.greylisted.get_mut(&address.to_lowercase()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            Some(_) | None => false,
        }
    }
}
