//! Pickup codes: one code collects everything its person is entitled to. Spent per parcel, not per scan.

use super::dead::DeadCodes;
use crate::code::CodeHash;
use crate::directory::KeypadNumber;
use crate::ids::*;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// At most so many live codes a person: one dies when one more is issued.
pub const LIVE_CODES_A_PERSON: usize = 2;
/// At most so many dead codes are remembered a selector, newest first: memory is bounded by the number of units.
const DEAD_CODES_A_SELECTOR: usize = 64;

/// One live pickup code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupCode {
    /// Whose.
    pub person: PersonId,
    /// Typed before the digits.
    pub selector: KeypadNumber,
    /// Keyed hash of the digits.
    pub digits: CodeHash,
    /// Keyed hash of the token.
    pub token: CodeHash,
    /// A notice carries it to its owner. One that was shown to staff may never have been seen: the power can fail between
    /// the record and the screen.
    pub by_notice: bool,
}

/// All pickup codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupCodes {
    /// Live ones by number.
    pub live: BTreeMap<CredentialId, PickupCode>,
    /// Live ones by the keyed hash of the token.
    pub by_token: BTreeMap<CodeHash, CredentialId>,
    /// Live ones of each person, oldest first.
    pub by_person: BTreeMap<PersonId, Vec<CredentialId>>,
    /// Live ones of each selector.
    pub by_selector: BTreeMap<KeypadNumber, Vec<CredentialId>>,
    /// Codes that collected something and are in their grace, by when.
    pub in_grace: BTreeMap<CredentialId, Timestamp>,
    grace_by_time: BTreeSet<(Timestamp, CredentialId)>,
    dead: DeadCodes,
}

impl PickupCodes {
    /// The live code these digits are, behind this selector. Compares every live code of the selector.
    pub fn by_digits(&self, selector: &KeypadNumber, digits: CodeHash) -> Option<CredentialId> {
        let of_selector = self.by_selector.get(selector).map_or(&[][..], Vec::as_slice);
        let mut found = None;
        for id in of_selector {
            if self.live.get(id).is_some_and(|code| code.digits == digits) {
                found = Some(*id);
            }
        }
        found
    }

    /// Whether these digits were a code of this selector within the last 90 days.
    pub fn was_alive(&self, selector: &KeypadNumber, digits: CodeHash, now: Timestamp) -> bool {
        self.dead.had_digits(selector, digits, now)
    }

    /// Whether this token was alive within the last 90 days.
    pub fn token_was_alive(&self, token: CodeHash, now: Timestamp) -> bool {
        self.dead.had_token(token, now)
    }

    /// The live codes of a person, oldest first.
    pub fn of_person(&self, person: PersonId) -> &[CredentialId] {
        self.by_person.get(&person).map_or(&[], Vec::as_slice)
    }

    /// When the earliest grace began.
    pub fn first_grace(&self) -> Option<Timestamp> {
        self.grace_by_time.first().map(|(at, _)| *at)
    }

    /// Codes whose grace is over, by number.
    pub fn grace_over(&self, grace: Span, now: Timestamp) -> BTreeSet<CredentialId> {
        self.grace_by_time.iter().take_while(|(began, _)| now - *began >= grace).map(|(_, id)| *id).collect()
    }

    /// Whether a live code of theirs came to them by a notice.
    pub fn has_by_notice(&self, person: PersonId) -> bool {
        self.of_person(person).iter().any(|id| self.live.get(id).is_some_and(|code| code.by_notice))
    }

    /// The live code of a person that makes room for one more: for one that is shown to staff the one shown before, which may
    /// never have been seen; else the oldest.
    pub fn surplus(&self, person: PersonId, by_notice: bool) -> Option<CredentialId> {
        let theirs = self.of_person(person);
        let was_shown = |id: &&CredentialId| self.live.get(id).is_some_and(|code| !code.by_notice);
        let shown = theirs.iter().find(was_shown).filter(|_| !by_notice);
        shown.or(theirs.first()).copied().filter(|_| theirs.len() >= LIVE_CODES_A_PERSON)
    }

    pub(crate) fn remember_dead_token(&mut self, token: CodeHash, now: Timestamp) {
        self.dead.remember_token(token, now);
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::PickupCodeIssued { credential, person, selector, digits, token } => {
                self.by_token.insert(*token, *credential);
                self.by_person.entry(*person).or_default().push(*credential);
                self.by_selector.entry(selector.clone()).or_default().push(*credential);
                let code = PickupCode {
                    person: *person,
                    selector: selector.clone(),
                    digits: *digits,
                    token: *token,
                    by_notice: false,
                };
                self.live.insert(*credential, code);
            }
            Event::NoticeRequested { credential: Some(credential), .. } => {
                if let Some(code) = self.live.get_mut(credential) {
                    code.by_notice = true;
                }
            }
            Event::PickupCodeEnded { credential } => self.ended(*credential, now),
            Event::CustodyTransferred { to: crate::custody::Custodian::Recipient(person), .. } => {
                for id in self.by_person.get(person).into_iter().flatten() {
                    if let Some(earlier) = self.in_grace.insert(*id, now) {
                        self.grace_by_time.remove(&(earlier, *id));
                    }
                    self.grace_by_time.insert((now, *id));
                }
            }
            _ => {}
        }
    }

    fn ended(&mut self, id: CredentialId, now: Timestamp) {
        if crate::planted::is_planted("spent-code-lives") {
            return;
        }
        if let Some(began) = self.in_grace.remove(&id) {
            self.grace_by_time.remove(&(began, id));
        }
        let Some(code) = self.live.remove(&id) else { return };
        self.by_token.remove(&code.token);
        forget(&mut self.by_person, &code.person, id);
        forget(&mut self.by_selector, &code.selector, id);
        self.dead.remember((code.selector, code.digits, code.token), DEAD_CODES_A_SELECTOR, now);
    }
}

fn forget<K: Ord + Clone>(index: &mut BTreeMap<K, Vec<CredentialId>>, key: &K, id: CredentialId) {
    let ids = index.entry(key.clone()).or_default();
    ids.retain(|other| *other != id);
    if ids.is_empty() {
        index.remove(key);
    }
}
