//! What was carried out of a room lately: for as long as a compartment may be opened once more, its person may come in once more.
//!
//! Owns: who carried what from which shelf or drop place, for the time of the grace. Never: gives a parcel; a room is all it opens.

use super::Custodian;
use crate::ids::*;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// One person, at one shelf or drop place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Who.
    pub person: PersonId,
    /// From which shelf or drop place.
    pub from: Custodian,
    /// When, the last time.
    pub at: Timestamp,
}

/// All of them, the oldest first: once for each person and place, and none that was over when the newest came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedOut(VecDeque<Carried>);

impl CarriedOut {
    /// The shelves and drop places from which this person took something less than a grace ago.
    pub fn by(
        &self,
        person: PersonId,
        (grace, now): (Span, Timestamp),
    ) -> impl Iterator<Item = Custodian> + '_ {
        let lately = move |carried: &&Carried| carried.person == person && now - carried.at < grace;
        self.0.iter().filter(lately).map(|carried| carried.from)
    }

    pub(crate) fn evolve(&mut self, event: &Event, (grace, now): (Span, Timestamp)) {
        // What staff say was taken, nobody carried out just now.
        let Event::CustodyTransferred { from, to: Custodian::Recipient(person), by: Actor::Visit(_), .. } =
            event
        else {
            return;
        };
        if from.lies_at().is_none() {
            return;
        }
        let is_over = |carried: &Carried| now - carried.at >= grace;
        self.0.retain(|carried| (carried.person, carried.from) != (*person, *from) && !is_over(carried));
        self.0.push_back(Carried { person: *person, from: *from, at: now });
    }
}
