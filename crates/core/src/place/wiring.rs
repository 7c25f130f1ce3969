//! Which lock of which board opens which compartment: the map of each bank in numbered versions, and the test that
//! corrects it. A test pops one door at a time; a person says which one opened, the contacts say what they saw
//! ([`diagnosis`]).
//!
//! The map is an event, so the ledger chains it and each checkpoint signs it with the site's key; every opening names the
//! hash of the map it was pulsed by.

pub mod diagnosis;

use crate::ids::*;
use crate::opening::OpeningPurpose;
use crate::place::compartment::{Closure, Compartments};
use crate::time::{Span, Timestamp};
use crate::vocabulary::command::StaffReason;
use crate::vocabulary::event::Event;
use diagnosis::Diagnosis;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

/// A test nobody goes on with ends by itself: the bank is not offered meanwhile.
pub const TEST_RESTS: Span = Span::minutes(60);

/// One lock, and the contact of the door it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Channel {
    /// The board's address on its line.
    pub board: u8,
    /// As printed on the board, from 1.
    pub lock: u8,
    /// On which of the board's inputs the contact is, counted as its locks are: the lock's own number unless somebody wired it
    /// otherwise, or the board sends its status bytes in another order.
    pub contact: u8,
    /// The contact is closed while the door is open.
    pub reversed: bool,
}

/// SHA-256 of a map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WiringHash(pub [u8; 32]);

impl fmt::Display for WiringHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for WiringHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WiringHash({self})")
    }
}

impl Serialize for WiringHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WiringHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As a code's hash is written: 64 hexadecimal digits.
        Ok(Self(crate::code::CodeHash::deserialize(deserializer)?.0))
    }
}

/// Channels by the compartment they are for.
pub type Channels = BTreeMap<CompartmentId, Channel>;

/// The hash of a map: of one line for the bank, one for each compartment with a lock in the order of their numbers, then one
/// for each that waits for a lock. Spare locks open nothing and are not in it.
pub fn hash_of(bank: BankId, channels: &Channels, unproven: &BTreeSet<CompartmentId>) -> WiringHash {
    let mut text = format!("vestibule/wiring/1\nbank {bank}\n");
    for (compartment, Channel { board, lock, contact, reversed }) in channels {
        let wired = if *reversed { "reversed" } else { "straight" };
        let proven = if unproven.contains(compartment) { " unproven" } else { "" };
        let _ = writeln!(text, "{compartment} {board} {lock} {contact} {wired}{proven}");
    }
    for compartment in unproven.iter().filter(|id| !channels.contains_key(id)) {
        let _ = writeln!(text, "{compartment} none");
    }
    WiringHash(Sha256::digest(text.as_bytes()).into())
}

/// The map of one bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WiringMap {
    /// Counts the maps of the bank, from 1.
    pub version: u32,
    /// Of the rest.
    pub hash: WiringHash,
    /// The lock of each compartment that has one.
    pub channels: Channels,
    /// Those whose lock a test could not make sure of, and those that no lock is known for since the bank was drawn anew.
    pub unproven: BTreeSet<CompartmentId>,
    /// Locks of doors that are drawn no more, in the order in which a test tries them.
    pub spare: Vec<Channel>,
    /// The hash of what the configuration file says; while that stays, a tested map stands.
    pub configured: WiringHash,
    /// Those whose lock or contact the map before had otherwise.
    pub changed: BTreeSet<CompartmentId>,
    /// Found out by a test at the wall; else what the configuration file says.
    pub tested: bool,
}

impl WiringMap {
    /// Whether the lock of a compartment may be pulsed. One that is not made sure of is for a test alone.
    pub fn may_pulse(&self, compartment: CompartmentId, in_test: bool) -> bool {
        self.channels.contains_key(&compartment) && (in_test || !self.unproven.contains(&compartment))
    }
}

/// What a person saw when one lock was pulsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhatOpened {
    /// This door.
    Door(CompartmentId),
    /// No door.
    Nothing,
    /// More than one.
    Several,
}

/// What one pulse came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// What a person saw.
    pub opened: WhatOpened,
    /// The contacts that moved, each by the compartment it is taken for, and whether it first showed its door opening.
    pub moved: Vec<(CompartmentId, bool)>,
}

/// A test, under way or stopped for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WiringTest {
    /// Somebody stands before the bank; else what was found waits.
    pub under_way: bool,
    /// When somebody last did something for it.
    pub touched: Timestamp,
    /// The compartment whose lock, as far as the map knows, was pulsed and not yet spoken of.
    pub pulsed: Option<CompartmentId>,
    /// The contacts that moved since.
    pub moved: BTreeMap<CompartmentId, bool>,
    /// Contacts that moved and have not moved back: a door that is shut later tells nothing of the next lock.
    pub away: BTreeSet<CompartmentId>,
    /// By the compartment the pulsed lock was taken for.
    pub tried: BTreeMap<CompartmentId, Tried>,
}

/// The maps of all banks, and their tests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wiring {
    /// By bank.
    pub maps: BTreeMap<BankId, WiringMap>,
    /// By bank.
    pub tests: BTreeMap<BankId, WiringTest>,
}

impl Wiring {
    /// The hash of a bank's map.
    pub fn hash(&self, bank: BankId) -> Option<WiringHash> {
        self.maps.get(&bank).map(|map| map.hash)
    }

    /// What the test of a bank has found so far.
    pub fn diagnosis(&self, bank: BankId) -> Option<Diagnosis> {
        Some(diagnosis::diagnose(&self.maps.get(&bank)?.channels, &self.tests.get(&bank)?.tried))
    }

    /// Whether somebody stands before the bank and tests it.
    pub fn is_tested(&self, bank: BankId) -> bool {
        self.tests.get(&bank).is_some_and(|test| test.under_way)
    }

    /// `compartments` are as they were before the event.
    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp, compartments: &Compartments) {
        match event {
            Event::WiringSet { bank, version, hash, channels, unproven, spare, configured, by } => {
                let channels: Channels = channels.iter().copied().collect();
                let before = self.maps.get(bank).map_or(&channels, |map| &map.channels);
                let ids = before.keys().chain(channels.keys()).copied();
                let ids = ids.filter(|id| compartments.get(*id).is_some());
                let changed = ids.filter(|id| before.get(id) != channels.get(id)).collect();
                let map = WiringMap {
                    version: *version,
                    hash: *hash,
                    changed,
                    channels,
                    unproven: unproven.iter().copied().collect(),
                    spare: spare.clone(),
                    configured: *configured,
                    tested: matches!(by, Actor::Staff(_)),
                };
                self.maps.insert(*bank, map);
                self.tests.remove(bank);
            }
            Event::WiringTestBegan { bank, anew, .. } => self.began(*bank, *anew, now),
            Event::WiringTestStopped { bank, .. } => {
                if let Some(test) = self.tests.get_mut(bank) {
                    (test.under_way, test.pulsed) = (false, None);
                    test.moved.clear();
                    test.away.clear();
                }
            }
            Event::WiringTried { bank, pulsed, opened, moved, .. } => {
                if let Some(test) = self.tests.get_mut(bank) {
                    (test.touched, test.pulsed) = (now, None);
                    test.moved.clear();
                    test.tried.insert(*pulsed, Tried { opened: *opened, moved: moved.clone() });
                }
            }
            Event::OpeningAuthorised {
                compartment,
                purpose: OpeningPurpose::StaffOpen { reason: StaffReason::WiringTest, .. },
                ..
            } => {
                if let Some(test) = self.test_of(*compartment, compartments) {
                    test.touched = now;
                    test.pulsed = Some(*compartment);
                    test.moved.clear();
                }
            }
            Event::OpeningUnknown { opening } => self.pulse_is_unknown(*opening, compartments),
            Event::CompartmentOpened { compartment, .. } => self.moved(*compartment, true, compartments),
            Event::CompartmentClosed { compartment } => self.moved(*compartment, false, compartments),
            _ => {}
        }
    }

    fn began(&mut self, bank: BankId, anew: bool, now: Timestamp) {
        let before = self.tests.remove(&bank).filter(|_| !anew);
        let tried = before.map(|test| test.tried).unwrap_or_default();
        let (moved, away) = (BTreeMap::new(), BTreeSet::new());
        let test = WiringTest { under_way: true, touched: now, pulsed: None, moved, away, tried };
        self.tests.insert(bank, test);
    }

    /// Nobody knows whether the lock was pulsed: that nothing opened would tell nothing of it. It is to be tried again.
    fn pulse_is_unknown(&mut self, opening: OpeningId, compartments: &Compartments) {
        let is_of =
            |pulsed: CompartmentId| compartments.get(pulsed).is_some_and(|c| c.opening == Some(opening));
        for test in self.tests.values_mut().filter(|test| test.pulsed.is_some_and(is_of)) {
            test.pulsed = None;
            test.moved.clear();
        }
    }

    /// A contact moved. The first reading of one is no movement.
    fn moved(&mut self, compartment: CompartmentId, opens: bool, compartments: &Compartments) {
        let moves = match compartments.get(compartment).map(|c| c.closure) {
            Some(Closure::Open { .. }) => !opens,
            Some(Closure::Closed) => opens,
            Some(Closure::Unknown) | None => false,
        };
        if let Some(test) = self.test_of(compartment, compartments).filter(|_| moves)
            && !test.away.remove(&compartment)
        {
            test.away.insert(compartment);
            if test.pulsed.is_some() {
                test.moved.entry(compartment).or_insert(opens);
            }
        }
    }

    fn test_of(
        &mut self,
        compartment: CompartmentId,
        compartments: &Compartments,
    ) -> Option<&mut WiringTest> {
        self.tests.get_mut(&compartments.get(compartment)?.bank)
    }
}
