//! A new reader at a door, which is let in with the public key for some minutes and given its own.
//!
//! For that time whoever is on its line is taken for the reader: staff begin it, it ends by itself, and the ledger knows of it. The
//! key is none of its business.

use crate::ids::*;
use crate::site::decider::Decider;
use crate::time::{Span, Timestamp};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// So long a new reader is let in.
pub const READER_WITHIN: Span = Span::minutes(5);

/// A new reader that was waited for last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReader {
    /// Who began it.
    pub by: Actor,
    /// Nobody is let in from then on.
    pub until: Timestamp,
    /// When it was given its own key; None: it was not.
    pub key_set: Option<Timestamp>,
}

impl NewReader {
    /// Whether a reader is still let in.
    pub fn is_awaited(&self, now: Timestamp) -> bool {
        self.key_set.is_none() && now < self.until
    }
}

/// Staff put up a new reader. Said again it begins anew.
pub(crate) fn await_new(d: &mut Decider<'_>, by: Actor, point: AccessPointId) -> Result<Answer, Refusal> {
    let known = d.site.access.points.get(&point).ok_or(Refusal::NotFound)?;
    if !known.spec.reader {
        return Err(Refusal::Invalid { why: "nothing reads codes at this door".to_owned() });
    }
    d.push(Event::ReaderAwaited { point, by, until: d.now() + READER_WITHIN });
    Ok(Answer::Done)
}

/// The line says that a reader was given its own key. Recorded also where nobody waited for one.
pub(crate) fn key_set(d: &mut Decider<'_>, point: AccessPointId) {
    if d.site.access.points.contains_key(&point) {
        d.push(Event::ReaderKeySet { point });
    }
}
