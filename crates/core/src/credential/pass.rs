//! Passes: codes for doors alone, for a visitor or one delivery, with weekday windows and an end. Each door they name opens once,
//! the others soon after the first.

use super::courier::DoorGrant;
use super::dead::DeadCodes;
use crate::code::CodeHash;
use crate::directory::KeypadNumber;
use crate::ids::*;
use crate::time::{Span, Timestamp, WeekWindow};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Once a pass opened its first door it opens the others within this time: long enough for the way from the entrance to a room.
pub const OTHER_DOORS_WITHIN: Span = Span::minutes(15);
/// At most so many ended passes are remembered a selector, newest last: memory is bounded by the number of selectors.
const DEAD_PASSES_A_SELECTOR: usize = 16;

/// Whom a pass is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassKind {
    /// Somebody who comes to see somebody.
    Visitor,
    /// Somebody who brings something, once.
    Delivery,
}

/// One pass that can still be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Whom it is for.
    pub kind: PassKind,
    /// The unit it is for, if one.
    pub unit: Option<UnitId>,
    /// The first three digits.
    pub selector: KeypadNumber,
    /// Keyed hash of the digits.
    pub digits: CodeHash,
    /// Keyed hash of the token.
    pub token: CodeHash,
    /// When it holds.
    pub windows: Vec<WeekWindow>,
    /// When it ends.
    pub expires: Timestamp,
    /// The doors it opens, each once.
    pub doors: Vec<DoorGrant>,
    /// Those of them it has opened.
    pub spent: BTreeSet<AccessPointId>,
}

impl Pass {
    /// Whether it has still to open another door than this one.
    pub fn opens_besides(&self, point: AccessPointId) -> bool {
        self.doors.iter().any(|door| door.point != point && !self.spent.contains(&door.point))
    }
}

/// All passes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passes {
    /// Live ones by number.
    pub live: BTreeMap<CredentialId, Pass>,
    /// Live ones by the keyed hash of the token.
    pub by_token: BTreeMap<CodeHash, CredentialId>,
    /// Live ones by selector: a selector belongs to one code or pass at a time.
    pub by_selector: BTreeMap<KeypadNumber, CredentialId>,
    by_end: BTreeSet<(Timestamp, CredentialId)>,
    dead: DeadCodes,
}

impl Passes {
    /// When the next one ends by itself.
    pub fn first_end(&self) -> Option<Timestamp> {
        self.by_end.first().map(|(at, _)| *at)
    }

    /// Those whose time is over.
    pub fn over_by(&self, now: Timestamp) -> Vec<CredentialId> {
        self.by_end.iter().take_while(|(at, _)| *at <= now).map(|(_, id)| *id).collect()
    }

    /// Whether this token was a pass within the last 90 days.
    pub fn was_alive(&self, token: CodeHash, now: Timestamp) -> bool {
        self.dead.had_token(token, now)
    }

    /// Whether these digits were a pass of this selector within the last 90 days.
    pub fn digits_were_alive(&self, selector: &KeypadNumber, digits: CodeHash, now: Timestamp) -> bool {
        self.dead.had_digits(selector, digits, now)
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::PassIssued {
                credential,
                pass,
                unit,
                selector,
                digits,
                token,
                windows,
                expires,
                doors,
            } => {
                self.by_token.insert(*token, *credential);
                self.by_selector.insert(selector.clone(), *credential);
                self.by_end.insert((*expires, *credential));
                let pass = Pass {
                    kind: *pass,
                    unit: *unit,
                    selector: selector.clone(),
                    digits: *digits,
                    token: *token,
                    windows: windows.clone(),
                    expires: *expires,
                    doors: doors.clone(),
                    spent: BTreeSet::new(),
                };
                self.live.insert(*credential, pass);
            }
            Event::AccessPointRemoved { point, .. } => {
                self.live.values_mut().for_each(|pass| pass.doors.retain(|door| door.point != *point));
            }
            Event::PassSpent { credential, point, until, .. } => {
                let Some(pass) = self.live.get_mut(credential) else { return };
                pass.spent.insert(*point);
                self.by_end.remove(&(pass.expires, *credential));
                pass.expires = *until;
                self.by_end.insert((*until, *credential));
            }
            Event::PassEnded { credential, .. } => {
                let Some(over) = self.live.remove(credential) else { return };
                self.by_token.remove(&over.token);
                self.by_selector.remove(&over.selector);
                self.by_end.remove(&(over.expires, *credential));
                self.dead.remember((over.selector, over.digits, over.token), DEAD_PASSES_A_SELECTOR, now);
            }
            _ => {}
        }
    }
}
