//! Codes that are over: they open nothing, and whoever tries one is told so and guesses nothing.

use crate::code::CodeHash;
use crate::directory::KeypadNumber;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// Digits of a dead code are not drawn again for the same selector, and a dead code is recognised, for so long.
pub const DEAD_CODE_REMEMBERED: Span = Span::days(90);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Dead {
    digits: CodeHash,
    token: CodeHash,
    at: Timestamp,
}

/// Those of one kind of code; of each selector so many, the newest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DeadCodes {
    by_selector: BTreeMap<KeypadNumber, VecDeque<Dead>>,
    tokens: BTreeMap<CodeHash, Timestamp>,
}

impl DeadCodes {
    /// Whether these digits were a code of this selector.
    pub(super) fn had_digits(&self, selector: &KeypadNumber, digits: CodeHash, now: Timestamp) -> bool {
        let mut dead = self.by_selector.get(selector).into_iter().flatten();
        dead.any(|dead| dead.digits == digits && now - dead.at < DEAD_CODE_REMEMBERED)
    }

    /// Whether this token was one.
    pub(super) fn had_token(&self, token: CodeHash, now: Timestamp) -> bool {
        self.tokens.get(&token).is_some_and(|at| now - *at < DEAD_CODE_REMEMBERED)
    }

    /// A token without digits is over.
    pub(super) fn remember_token(&mut self, token: CodeHash, now: Timestamp) {
        self.tokens.insert(token, now);
    }

    /// A code is over; `most` are remembered of its selector.
    pub(super) fn remember(
        &mut self,
        (selector, digits, token): (KeypadNumber, CodeHash, CodeHash),
        most: usize,
        now: Timestamp,
    ) {
        self.tokens.insert(token, now);
        let dead = self.by_selector.entry(selector).or_default();
        dead.push_back(Dead { digits, token, at: now });
        // In the order of time: the surplus and the old ones are in front.
        let surplus = dead.len().saturating_sub(most);
        let old = dead.partition_point(|dead| now - dead.at >= DEAD_CODE_REMEMBERED);
        for forgotten in dead.drain(..surplus.max(old)) {
            self.tokens.remove(&forgotten.token);
        }
    }
}
