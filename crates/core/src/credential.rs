//! Everything that proves a right at a kiosk: courier codes, pickup codes, resident cards, and the budgets of guesses.
//!
//! A code opens only what it is for. A courier's opens empty compartments and those of its own visit; a pickup code and
//! a card open what waits for their person; spent, expired or revoked they open nothing.

pub mod budget;
pub mod courier;
mod dead;
pub mod pass;
pub mod pickup;

use crate::code::CodeHash;
use crate::directory::KeypadNumber;
use crate::ids::*;
use crate::time::Timestamp;
use crate::vocabulary::event::Event;
use budget::Budgets;
use courier::CourierCodes;
use pass::Passes;
use pickup::PickupCodes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A resident's printed card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Whose.
    pub person: PersonId,
    /// Keyed hash of its token.
    pub token: CodeHash,
}

/// All credentials of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// Courier codes and badges.
    pub courier: CourierCodes,
    /// Pickup codes.
    pub pickup: PickupCodes,
    /// Passes for doors.
    pub passes: Passes,
    /// Cards.
    pub cards: BTreeMap<CredentialId, Card>,
    /// Card by the keyed hash of its token.
    pub card_by_token: BTreeMap<CodeHash, CredentialId>,
    /// Misses and pauses.
    pub budgets: Budgets,
}

/// What a credential lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Deposit for a company.
    Deliver {
        /// Which credential.
        credential: CredentialId,
        /// Of which company.
        carrier: CarrierId,
    },
    /// Collect what waits for a person.
    PickUp {
        /// Which credential.
        credential: CredentialId,
        /// Whose.
        person: PersonId,
        /// Whether it is a card.
        card: bool,
    },
}

impl Credentials {
    /// The live card of a person.
    pub fn card_of(&self, person: PersonId) -> Option<CredentialId> {
        self.cards.iter().find(|(_, card)| card.person == person).map(|(id, _)| *id)
    }

    /// The courier code (true) or live pass (false) these digits are. Both are compared whichever it is.
    pub(crate) fn by_door_digits(
        &self,
        selector: &KeypadNumber,
        digits: CodeHash,
    ) -> Option<(CredentialId, bool)> {
        let code = self.courier.by_selector.get(selector);
        let code = code.filter(|id| self.courier.all.get(id).is_some_and(|code| code.digits == digits));
        let pass = self.passes.by_selector.get(selector);
        let pass = pass.filter(|id| self.passes.live.get(id).is_some_and(|pass| pass.digits == digits));
        code.map(|id| (*id, true)).or(pass.map(|id| (*id, false)))
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        self.courier.evolve(event);
        self.pickup.evolve(event, now);
        self.passes.evolve(event, now);
        self.budgets.evolve(event, now);
        match event {
            Event::CardIssued { credential, person, token } => {
                self.card_by_token.insert(*token, *credential);
                self.cards.insert(*credential, Card { person: *person, token: *token });
            }
            Event::CardRevoked { credential } => {
                if let Some(card) = self.cards.remove(credential) {
                    self.card_by_token.remove(&card.token);
                    self.pickup.remember_dead_token(card.token, now);
                }
            }
            _ => {}
        }
    }
}
