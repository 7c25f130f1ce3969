//! Which lock opens which door: every opening by the map that holds, no lock forgotten or twice, nothing kept that nobody saw, one
//! lock at a time and once.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::place::Place;
use vestibule_core::place::wiring::{Channel, WhatOpened, WiringHash};
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::{Actor, BankId, CompartmentId, Event, OpeningId, Site};

/// The map of the one bank, and its test.
#[derive(Clone, Debug, Default)]
pub(super) struct Wirings {
    version: u32,
    hash: Option<WiringHash>,
    channels: BTreeMap<CompartmentId, Channel>,
    unproven: BTreeSet<CompartmentId>,
    spare: Vec<Channel>,
    is_tested: bool,
    /// What a person said of each lock that was pulsed.
    said: BTreeMap<CompartmentId, WhatOpened>,
    /// Pulses of which nothing is known yet.
    out: BTreeSet<OpeningId>,
    /// Openings of tests, and whether their pulse was not even sent.
    tests: BTreeMap<OpeningId, bool>,
}

/// A map as the ledger tells it.
struct Told<'a> {
    channels: &'a [(CompartmentId, Channel)],
    unproven: &'a [CompartmentId],
    spare: &'a [Channel],
    by: Actor,
}

fn lock(channel: &Channel) -> (u8, u8) {
    (channel.board, channel.lock)
}

impl Wirings {
    pub(super) fn hears(&mut self, event: &Event) {
        match event {
            Event::WiringSet { version, hash, channels, unproven, spare, by, .. } => {
                assert_eq!(*version, self.version + 1, "a map is left out, or told twice");
                (self.version, self.hash) = (*version, Some(*hash));
                self.mapped(&Told { channels, unproven, spare, by: *by });
            }
            Event::WiringTestBegan { anew, .. } => {
                self.is_tested = true;
                if *anew {
                    self.said.clear();
                }
            }
            Event::WiringTestStopped { .. } => self.is_tested = false,
            Event::WiringTried { pulsed, opened, .. } => {
                assert!(self.is_tested, "{pulsed} was tried outside of a test");
                self.said.insert(*pulsed, *opened);
            }
            Event::PlacePlanned { parcel, place: Place::Compartment(c) } => {
                assert!(!self.is_tested, "the bank is tested, and parcel {parcel} is sent to {c}");
            }
            Event::OpeningAuthorised { opening, compartment, purpose, wiring, .. } => {
                assert_eq!(*wiring, self.hash, "I1: {compartment} is pulsed by another map than holds");
                let tests =
                    matches!(purpose, OpeningPurpose::StaffOpen { reason: StaffReason::WiringTest, .. });
                self.may_pulse((*opening, *compartment), tests);
                self.out.insert(*opening);
            }
            Event::OpeningAttempted { opening, .. } => {
                if let Some(was_not_sent) = self.tests.get_mut(opening) {
                    let again = std::mem::take(was_not_sent);
                    assert!(again, "a test pulses each lock once, and {opening} was pulsed again");
                }
                self.out.insert(*opening);
            }
            Event::PulseFailed { opening, outcome, .. } => {
                if let Some(was_not_sent) = self.tests.get_mut(opening) {
                    *was_not_sent = *outcome == PulseOutcome::NotSent;
                }
                self.out.remove(opening);
            }
            Event::CompartmentOpened { opening: Some(opening), .. }
            | Event::NotOpened { opening }
            | Event::OpeningUnknown { opening } => drop(self.out.remove(opening)),
            _ => {}
        }
    }

    fn may_pulse(&mut self, (opening, compartment): (OpeningId, CompartmentId), tests: bool) {
        let is_known = self.hash.is_none() || self.channels.contains_key(&compartment);
        assert!(is_known, "{compartment} is on no lock and is pulsed");
        if tests {
            assert!(self.is_tested, "{compartment} is pulsed for a test that nobody began");
            assert!(self.out.is_empty(), "a test pulses one lock at a time: {:?} are out", self.out);
            self.tests.insert(opening, false);
        } else {
            assert!(!self.unproven.contains(&compartment), "nobody is sure of the lock of {compartment}");
        }
    }

    /// The next map. Staff's may move a lock to the door that it was seen to open, and lose none.
    fn mapped(&mut self, told: &Told<'_>) {
        let channels: BTreeMap<_, _> = told.channels.iter().copied().collect();
        let unproven: BTreeSet<_> = told.unproven.iter().copied().collect();
        let all: Vec<_> = channels.values().chain(told.spare).map(lock).collect();
        let locks: BTreeSet<_> = all.iter().copied().collect();
        assert_eq!(all.len(), locks.len(), "half a swap: one lock is on two doors of {channels:?}");
        let contacts: BTreeSet<_> = channels.values().map(|c| (c.board, c.contact)).collect();
        assert_eq!(contacts.len(), channels.len(), "half a swap: one contact is at two doors");
        if let Actor::Staff(_) = told.by {
            let before: BTreeSet<_> = self.channels.values().chain(&self.spare).map(lock).collect();
            assert_eq!(before, locks, "a lock is forgotten, or comes from nowhere");
            for (id, channel) in channels.iter().filter(|(id, _)| !unproven.contains(id)) {
                self.was_seen(*id, channel);
            }
        }
        (self.channels, self.unproven, self.spare) = (channels, unproven, told.spare.to_vec());
        self.said.clear();
        self.is_tested = false;
    }

    /// What is sure of now was so before, or somebody saw that lock open that door.
    fn was_seen(&self, compartment: CompartmentId, channel: &Channel) {
        let own = self.channels.get(&compartment).map(lock) == Some(lock(channel));
        let is_as_before = own && !self.unproven.contains(&compartment);
        let pulsed = self.channels.iter().find(|(_, c)| lock(c) == lock(channel)).map(|(id, _)| *id);
        let seen = pulsed.and_then(|id| self.said.get(&id)) == Some(&WhatOpened::Door(compartment));
        assert!(is_as_before || seen, "nobody saw lock {} open {compartment}: {:?}", channel.lock, self.said);
    }

    pub(super) fn is_tested(&self) -> bool {
        self.is_tested
    }

    pub(super) fn agrees(&self, site: &Site) {
        let bank = BankId(1);
        assert_eq!(site.wiring.is_tested(bank), self.is_tested, "whether the bank is tested");
        let Some(map) = site.wiring.maps.get(&bank) else {
            return assert!(self.hash.is_none(), "the map is gone");
        };
        let same = map.version == self.version
            && map.channels == self.channels
            && map.unproven == self.unproven
            && map.spare == self.spare;
        assert!(same && Some(map.hash) == self.hash, "the site goes by another map than the ledger: {map:?}");
    }
}
