//! What was walked today: which places somebody looked at, when last and who.
//!
//! Owns: what a choice of places is told before a walk over it begins. Never: forbids a second walk on the same day.

use super::rules::places_of;
use super::{AuditPlace, AuditScope};
use crate::ids::*;
use crate::site::Site;
use crate::time::{Timestamp, civil};
use crate::vocabulary::event::Event;
use std::collections::BTreeMap;

/// When somebody looked, and who.
pub type Look = (Timestamp, Actor);

/// The last look at each place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looks(BTreeMap<AuditPlace, Look>);

impl Looks {
    /// What an event of a walk tells; events come in any order.
    pub fn note(&mut self, event: &Event, at: Timestamp) {
        if let Event::AuditLooked { place, by, .. } = event {
            let last = self.0.entry(*place).or_insert((at, *by));
            *last = (*last).max((at, *by));
        }
    }
}

/// How the places of a choice stand on the day of the building's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walked {
    /// Nobody looked at any of them.
    No,
    /// A walk that goes on has one of them: no other can begin there. With the last look, where each of them was looked at.
    UnderWay {
        /// Which walk.
        audit: AuditId,
        /// The last look.
        through: Option<Look>,
    },
    /// Some were looked at in walks that are over.
    Today {
        /// How many.
        looked: usize,
        /// Of how many.
        all: usize,
        /// The last look.
        last: Look,
    },
}

/// How the places of a choice stand at `now`.
pub fn walked(site: &Site, scope: &AuditScope, looks: &Looks, now: Timestamp) -> Walked {
    let places = places_of(site, scope).unwrap_or_default();
    let zone = &site.policy.zone;
    let is_today = |look: &Look| civil(look.0, zone).date == civil(now, zone).date;
    let today = places.iter().filter_map(|place| looks.0.get(place).copied()).filter(is_today);
    let today: Vec<Look> = today.collect();
    let (looked, all, last) = (today.len(), places.len(), today.into_iter().max());
    if let Some(audit) = places.iter().find_map(|place| site.audits.over(*place)) {
        return Walked::UnderWay { audit, through: last.filter(|_| looked == all) };
    }
    last.map_or(Walked::No, |last| Walked::Today { looked, all, last })
}
