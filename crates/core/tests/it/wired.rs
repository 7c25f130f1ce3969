//! A bank of locks, contacts and doors that somebody wired, and a person with a phone before it who tests the wiring.
//!
//! Knows nothing of maps and diagnoses: it has coils that open doors, contacts that sit at doors, and eyes.

use crate::world::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::place::wiring::{Channel, WhatOpened};
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{StaffReason, WiringStep};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

pub const BANK: BankId = BankId(1);
/// Doors, coils and contacts of the bank, from 1.
pub const DOORS: u8 = 8;

/// What hangs on the wall. Door n is compartment n.
#[derive(Debug, Clone)]
pub struct Wires {
    /// The doors each coil opens.
    pub coils: BTreeMap<u8, Vec<u8>>,
    /// The door each contact sits at; one that is cut sits at none.
    pub contacts: BTreeMap<u8, u8>,
    /// Contacts that are the other way round.
    pub turned: BTreeSet<u8>,
    ajar: BTreeSet<u8>,
}

/// A mistake of whoever wired it.
#[derive(Debug, Clone)]
pub enum Mistake {
    /// Two cables, each with its coil and contact, are swapped.
    Swap(u8, u8),
    /// The row of cables was begun so many doors too far on.
    Shift(u8),
    /// Two coil wires are swapped; the contacts are right.
    SwapCoils(u8, u8),
    /// Two contact wires are swapped; the coils are right.
    SwapContacts(u8, u8),
    /// The second coil hangs on the first one's door too.
    Duplicate(u8, u8),
    /// A coil opens a second door besides its own.
    Bridge(u8, u8),
    /// A coil is not connected.
    Dead(u8),
    /// A contact is not connected.
    Cut(u8),
    /// A contact is the other way round.
    Turn(u8),
    /// All are.
    TurnAll,
}

impl Wires {
    /// As drawn.
    pub fn right() -> Self {
        Self {
            coils: (1..=DOORS).map(|n| (n, vec![n])).collect(),
            contacts: (1..=DOORS).map(|n| (n, n)).collect(),
            turned: BTreeSet::new(),
            ajar: BTreeSet::new(),
        }
    }

    fn swap<T>(of: &mut BTreeMap<u8, T>, one: u8, other: u8) {
        let (a, b) = (of.remove(&one), of.remove(&other));
        of.extend(b.map(|b| (one, b)));
        if one != other {
            of.extend(a.map(|a| (other, a)));
        } else {
            of.extend(a.map(|a| (one, a)));
        }
    }

    /// Makes a mistake.
    pub fn make(&mut self, mistake: &Mistake) {
        match *mistake {
            Mistake::Swap(a, b) => {
                Self::swap(&mut self.coils, a, b);
                Self::swap(&mut self.contacts, a, b);
            }
            Mistake::Shift(by) => {
                let moved = |n: u8| (n - 1 + by) % DOORS + 1;
                self.coils = (1..=DOORS).map(|n| (n, self.coils[&moved(n)].clone())).collect();
                let contacts =
                    (1..=DOORS).filter_map(|n| self.contacts.get(&moved(n)).map(|door| (n, *door)));
                self.contacts = contacts.collect();
            }
            Mistake::SwapCoils(a, b) => Self::swap(&mut self.coils, a, b),
            Mistake::SwapContacts(a, b) => Self::swap(&mut self.contacts, a, b),
            Mistake::Duplicate(a, b) => {
                let doors = self.coils[&a].clone();
                self.coils.insert(b, doors);
            }
            Mistake::Bridge(a, b) => {
                let doors: BTreeSet<u8> = self.coils[&a].iter().copied().chain([b]).collect();
                self.coils.insert(a, doors.into_iter().collect());
            }
            Mistake::Dead(a) => drop(self.coils.insert(a, vec![])),
            Mistake::Cut(a) => drop(self.contacts.remove(&a)),
            Mistake::Turn(a) => drop(self.turned.insert(a)),
            Mistake::TurnAll => self.turned.extend(1..=DOORS),
        }
    }

    /// What an input reads as, for a board that takes all contacts for straight ones.
    fn reads_open(&self, contact: u8) -> bool {
        let ajar = self.contacts.get(&contact).is_some_and(|door| self.ajar.contains(door));
        ajar != self.turned.contains(&contact)
    }
}

/// The site, the wall, and what the line last told of each compartment.
pub struct Bench {
    pub w: World,
    pub wires: Wires,
    told: BTreeMap<CompartmentId, (Channel, bool)>,
}

impl Bench {
    /// A site whose configuration says that lock n is compartment n.
    pub fn new(wires: Wires) -> Self {
        let mut w = World::with_policy(Policy { breaker_per_minute: 10_000, ..Policy::default() });
        let channels: Vec<_> = (1..=DOORS).map(|n| (c(n.into()), straight(n))).collect();
        w.ok(Actor::Console, Command::Wiring { bank: BANK, step: WiringStep::Declare { channels } });
        let mut bench = Self { w, wires, told: BTreeMap::new() };
        bench.look();
        bench
    }

    /// The line tells what it reads, by the map that holds: each contact once, then when it changes.
    pub fn look(&mut self) {
        let map = self.w.site.wiring.maps[&BANK].channels.clone();
        self.told.retain(|compartment, (channel, _)| map.get(compartment) == Some(channel));
        for (compartment, channel) in map {
            let open = self.wires.reads_open(channel.contact) != channel.reversed;
            if self.told.insert(compartment, (channel, open)) != Some((channel, open)) {
                self.w.see(Observation::DoorSeen { compartment, open });
            }
        }
    }

    /// Sends what was asked for last to the wall; which doors sprang open.
    fn pulse(&mut self) -> BTreeSet<u8> {
        let (opening, attempt, compartment) = *self.w.pulses.last().expect("a pulse was asked for");
        let channel = self.w.site.wiring.maps[&BANK].channels[&compartment];
        let doors: BTreeSet<u8> = self.wires.coils[&channel.lock].iter().copied().collect();
        let sprang: BTreeSet<u8> = doors.difference(&self.wires.ajar).copied().collect();
        self.wires.ajar.extend(doors);
        self.look();
        let seen = self.told[&compartment].1;
        let outcome = if seen { PulseOutcome::Opened } else { PulseOutcome::StillClosed };
        self.w.see(Observation::Pulse { opening, attempt, outcome });
        sprang
    }

    /// A hand shuts every door.
    pub fn shut_all(&mut self) {
        self.wires.ajar.clear();
        self.look();
        self.w.seconds(2);
    }

    pub fn step(&mut self, step: WiringStep) -> Result<Answer, Refusal> {
        self.w.ask(STAFF, Command::Wiring { bank: BANK, step })
    }

    /// Tries one lock, says what sprang open, shuts it.
    pub fn tries(&mut self, compartment: CompartmentId) {
        self.step(WiringStep::Try { compartment, told: true }).unwrap();
        let sprang: Vec<u8> = self.pulse().into_iter().collect();
        let opened = match sprang[..] {
            [] => WhatOpened::Nothing,
            [door] => WhatOpened::Door(c(door.into())),
            [..] => WhatOpened::Several,
        };
        self.step(WiringStep::Say { opened }).unwrap();
        self.shut_all();
    }

    /// The whole test, as the page leads through it: every lock, and those a refusal asks for.
    pub fn tests_all(&mut self, order: &[CompartmentId]) -> Result<Answer, Refusal> {
        self.step(WiringStep::Begin { told: true, anew: false })?;
        order.iter().for_each(|compartment| self.tries(*compartment));
        let mut kept = self.step(WiringStep::Keep);
        for _ in 0..DOORS {
            let Err(Refusal::TryToo { compartment }) = kept else { break };
            self.tries(compartment);
            kept = self.step(WiringStep::Keep);
        }
        self.look();
        kept
    }

    /// Opens each compartment as staff do on any day; those that opened. Each opened its own door and no other, was read
    /// open and then shut, and nothing was taken for force.
    pub fn every_opening_opens_its_own(&mut self) -> BTreeSet<CompartmentId> {
        let mut opened = BTreeSet::new();
        for compartment in (1..=u32::from(DOORS)).map(c) {
            let open = Command::StaffOpen { compartment, reason: StaffReason::Inspect };
            match self.w.ask(STAFF, open) {
                Ok(_) => {
                    let sprang = self.pulse();
                    let own = u8::try_from(compartment.0).expect("few doors");
                    assert_eq!(sprang, BTreeSet::from([own]), "compartment {compartment}");
                    assert!(self.w.site.compartments.get(compartment).unwrap().is_open());
                    self.shut_all();
                    assert!(!self.w.site.compartments.get(compartment).unwrap().is_open());
                    assert!(!self.w.has_task(&TaskKind::Forced { compartment }));
                    opened.insert(compartment);
                }
                Err(refusal) => assert_eq!(refusal, Refusal::NotInService, "compartment {compartment}"),
            }
        }
        opened
    }
}

fn straight(n: u8) -> Channel {
    Channel { board: 1, lock: n, contact: n, reversed: false }
}

fn mistake() -> impl Strategy<Value = Mistake> {
    let n = || 1..=DOORS;
    prop_oneof![
        4 => (n(), n()).prop_map(|(a, b)| Mistake::Swap(a, b)),
        2 => (1..DOORS).prop_map(Mistake::Shift),
        2 => (n(), n()).prop_map(|(a, b)| Mistake::SwapCoils(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Mistake::SwapContacts(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Mistake::Duplicate(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Mistake::Bridge(a, b)),
        1 => n().prop_map(Mistake::Dead),
        1 => n().prop_map(Mistake::Cut),
        2 => n().prop_map(Mistake::Turn),
        1 => Just(Mistake::TurnAll),
    ]
}

fn order() -> impl Strategy<Value = Vec<CompartmentId>> {
    let all: Vec<u32> = (1..=u32::from(DOORS)).collect();
    // Some of them, in any order: the rest is asked for where it matters.
    (Just(all).prop_shuffle(), 1..=usize::from(DOORS))
        .prop_map(|(all, first)| all.into_iter().take(first).map(c).collect())
}

/// Whether every door has one coil of its own and one contact: only numbers were mixed up.
fn is_mixed_up_only(wires: &Wires) -> bool {
    let of_coils: BTreeSet<_> = wires.coils.values().filter(|doors| doors.len() == 1).collect();
    let of_contacts: BTreeSet<_> = wires.contacts.values().collect();
    of_coils.len() == usize::from(DOORS) && of_contacts.len() == usize::from(DOORS)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was wired wrong: the test of all locks ends in a map by which every opening opens its own compartment. What
    /// cannot be put right by a map is refused from then on, by name.
    #[test]
    fn however_it_was_wired_every_opening_opens_its_own_compartment_in_the_end(
        mistakes in prop::collection::vec(mistake(), 0..5),
        start in 0..usize::from(DOORS),
    ) {
        let mut wires = Wires::right();
        mistakes.iter().for_each(|mistake| wires.make(mistake));
        let mut bench = Bench::new(wires.clone());
        let mut all: Vec<_> = (1..=u32::from(DOORS)).map(c).collect();
        all.rotate_left(start);
        bench.tests_all(&all).unwrap();
        let opened = bench.every_opening_opens_its_own();
        if is_mixed_up_only(&wires) {
            prop_assert_eq!(opened.len(), usize::from(DOORS), "all are found: {:?}", wires);
        }
    }

    /// Who tests only some locks of a mixed-up bank keeps no half of a swap: either the others were asked for, or they are
    /// those that were not touched by it.
    #[test]
    fn what_was_tried_opens_its_own_though_the_rest_was_not(
        mistakes in prop::collection::vec(mistake(), 0..4),
        order in order(),
    ) {
        let mut wires = Wires::right();
        mistakes.iter().for_each(|mistake| wires.make(mistake));
        let mut bench = Bench::new(wires.clone());
        bench.tests_all(&order).unwrap();
        let map = bench.w.site.wiring.maps[&BANK].clone();
        for compartment in &order {
            let Some(channel) = map.channels.get(compartment) else { continue };
            if map.may_pulse(*compartment, false) {
                let own = u8::try_from(compartment.0).unwrap();
                prop_assert_eq!(&wires.coils[&channel.lock], &vec![own]);
                prop_assert_eq!(wires.contacts.get(&channel.contact), Some(&own));
            }
        }
    }
}
