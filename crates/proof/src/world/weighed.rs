//! Rules that need neither courier nor open door to be weighed: banks drawn anew, tests of wiring, keys, claims of deliveries, classes,
//! photos, piles. Each is weighed again from the ledger alone, by what the design says of it, and compared with what the site believes.

mod claims;
mod classes;
mod drawings;
mod keys;
mod photos;
mod piles;
#[cfg(test)]
mod tests;
mod wirings;

use claims::Claims;
use classes::Classes;
use drawings::Drawings;
use keys::Keys;
use photos::Photos;
use piles::Piles;
use vestibule_core::{CompartmentId, Event, Site, Timestamp};
use wirings::Wirings;

/// What was read of them so far.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    drawings: Drawings,
    wirings: Wirings,
    keys: Keys,
    claims: Claims,
    classes: Classes,
    photos: Photos,
    piles: Piles,
}

impl Weighed {
    /// One event of the ledger.
    pub fn hears(&mut self, event: &Event, at: Timestamp) {
        self.drawings.hears(event);
        self.wirings.hears(event);
        let moves_freely = |door| self.wirings.is_tested() && self.drawings.is_empty(door);
        self.keys.hears(event, at, &moves_freely);
        self.claims.hears(event, at);
        self.classes.hears(event, at);
        self.photos.hears(event, at);
        self.piles.hears(event, at);
    }

    /// After a step: nothing is owed, and the site believes the same.
    pub fn agrees(&self, site: &Site) {
        self.drawings.agrees(site);
        self.wirings.agrees(site);
        self.keys.agrees(site);
        self.claims.agrees();
        self.photos.agrees(site);
        self.piles.agrees(site);
    }

    /// At the end of a run: what was due by now has come.
    pub fn is_over(&self, site: &Site, now: Timestamp) {
        self.claims.is_over(site, now);
        self.classes.is_over(now);
        self.photos.is_over(now);
        self.piles.is_over(site, now);
    }

    /// Whether a compartment is in the drawing.
    pub fn hangs(&self, compartment: CompartmentId) -> bool {
        self.drawings.hangs(compartment)
    }

    /// Whether somebody stands before the bank and tests it.
    pub fn is_tested(&self) -> bool {
        self.wirings.is_tested()
    }
}
