//! What the pulses of a test say together, and the map that follows from them. Knows nothing of who asked and when.

use super::{Channel, Channels, Tried, WhatOpened, WiringMap};
use crate::ids::*;
use std::collections::{BTreeMap, BTreeSet};

/// What cannot be put right by a map: somebody has to look at the wires, or to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WiringFault {
    /// The pulse opened nothing: coil, wire or supply.
    NothingOpens,
    /// One pulse opened several doors.
    SeveralOpen,
    /// Another lock opens the same door.
    SameDoor(CompartmentId),
    /// The door opened and no contact moved.
    NoContact,
    /// The contact that moved is on another board than the lock; it is taken for this compartment's.
    ContactElsewhere(CompartmentId),
    /// Another door moves the same contact; it is taken for this compartment's.
    SameContact(CompartmentId),
    /// More than one contact moved.
    SeveralContacts,
}

/// What a test has found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// The true channel of each door that was found.
    pub bound: Channels,
    /// By the compartment the pulsed lock was taken for.
    pub faults: BTreeMap<CompartmentId, WiringFault>,
    /// Pairs of doors whose locks are swapped.
    pub swapped: Vec<(CompartmentId, CompartmentId)>,
    /// Every lock that misses opens the door so many numbers further on.
    pub shifted: Option<i64>,
    /// Doors whose contact is the other way round than the map says.
    pub turned: BTreeSet<CompartmentId>,
    /// Doors whose contact is on another input than their lock's.
    pub contact_apart: BTreeSet<CompartmentId>,
    /// All of these sit at the same place of another status byte: the board sends its bytes in the other order.
    pub other_status_order: bool,
}

/// The map that follows from a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// A lock for each compartment, as far as there is one.
    pub channels: Channels,
    /// Those whose lock is not made sure of.
    pub unproven: BTreeSet<CompartmentId>,
}

/// What the pulses say together. `channels` is the map they were pulsed by.
pub fn diagnose(channels: &Channels, tried: &BTreeMap<CompartmentId, Tried>) -> Diagnosis {
    let mut found = Diagnosis::default();
    let mut openers: BTreeMap<CompartmentId, Vec<CompartmentId>> = BTreeMap::new();
    for (pulsed, outcome) in tried {
        match outcome.opened {
            WhatOpened::Door(door) => {
                openers.entry(door).or_default().push(*pulsed);
                bind(&mut found, channels, (*pulsed, door), outcome);
            }
            WhatOpened::Nothing => drop(found.faults.insert(*pulsed, WiringFault::NothingOpens)),
            WhatOpened::Several => drop(found.faults.insert(*pulsed, WiringFault::SeveralOpen)),
        }
    }
    for (door, pulsed) in openers.iter().filter(|(_, pulsed)| pulsed.len() > 1) {
        found.bound.remove(door);
        for one in pulsed {
            found.faults.insert(*one, WiringFault::SameDoor(*door));
        }
    }
    part_contacts(&mut found, &openers);
    name_the_mix_up(&mut found, tried);
    found
}

/// One lock, one door, one contact: that door's channel. Anything else is a fault.
fn bind(
    found: &mut Diagnosis,
    channels: &Channels,
    (pulsed, door): (CompartmentId, CompartmentId),
    outcome: &Tried,
) {
    let Some(lock) = channels.get(&pulsed) else { return };
    let fault = match outcome.moved[..] {
        [] => WiringFault::NoContact,
        [(taken_for, shows_opening)] => match channels.get(&taken_for) {
            Some(seen) if seen.board == lock.board => {
                let reversed = seen.reversed == shows_opening;
                found.bound.insert(door, Channel { contact: seen.contact, reversed, ..*lock });
                return;
            }
            Some(_) | None => WiringFault::ContactElsewhere(taken_for),
        },
        [..] => WiringFault::SeveralContacts,
    };
    found.faults.insert(pulsed, fault);
}

/// Two doors cannot be told apart by one contact.
fn part_contacts(found: &mut Diagnosis, openers: &BTreeMap<CompartmentId, Vec<CompartmentId>>) {
    let mut doors_of: BTreeMap<(u8, u8), Vec<CompartmentId>> = BTreeMap::new();
    for (door, channel) in &found.bound {
        doors_of.entry((channel.board, channel.contact)).or_default().push(*door);
    }
    for doors in doors_of.values().filter(|doors| doors.len() > 1) {
        for door in doors {
            found.bound.remove(door);
            for pulsed in openers.get(door).into_iter().flatten() {
                let other = doors.iter().find(|other| *other != door).unwrap_or(door);
                found.faults.insert(*pulsed, WiringFault::SameContact(*other));
            }
        }
    }
}

/// Swapped pairs, the row that was begun one too far on, contacts that are not where they were taken to be.
fn name_the_mix_up(found: &mut Diagnosis, tried: &BTreeMap<CompartmentId, Tried>) {
    let opens = |pulsed: &CompartmentId| match tried.get(pulsed)?.opened {
        WhatOpened::Door(door) if door != *pulsed => Some(door),
        WhatOpened::Door(_) | WhatOpened::Nothing | WhatOpened::Several => None,
    };
    let missing: Vec<(CompartmentId, CompartmentId)> =
        tried.keys().filter_map(|pulsed| Some((*pulsed, opens(pulsed)?))).collect();
    for (pulsed, door) in &missing {
        if pulsed < door && opens(door) == Some(*pulsed) {
            found.swapped.push((*pulsed, *door));
        }
    }
    let step = |(pulsed, door): &(CompartmentId, CompartmentId)| i64::from(door.0) - i64::from(pulsed.0);
    if let [first, second, others @ ..] = &missing[..]
        && step(first) == step(second)
        && others.iter().filter(|one| step(one) != step(first)).count() <= 1
    {
        found.shifted = Some(step(first));
    }
    for (door, channel) in &found.bound {
        if channel.contact != channel.lock {
            found.contact_apart.insert(*door);
        }
        let shown = tried.values().find(|outcome| outcome.opened == WhatOpened::Door(*door));
        if shown.is_some_and(|outcome| matches!(outcome.moved[..], [(_, false)])) {
            found.turned.insert(*door);
        }
    }
    let apart = |door: &CompartmentId| found.bound[door];
    found.other_status_order = found.contact_apart.len() >= 2
        && found.contact_apart.iter().map(apart).all(|channel| channel.contact % 8 == channel.lock % 8);
}

/// The map of all doors: those found on their true locks, those nobody tried as they were, and the rest on the locks that are
/// left, so that each can be tried again.
///
/// # Errors
/// A compartment nobody tried, though its door or its contact turned out to be another lock's: half a swap is no map.
pub fn settle(before: &WiringMap, tried: &BTreeMap<CompartmentId, Tried>) -> Result<Settled, CompartmentId> {
    let bound = diagnose(&before.channels, tried).bound;
    if crate::planted::is_planted("wiring-keeps-half-a-swap") {
        let channels = before.channels.clone().into_iter().chain(bound).collect();
        return Ok(Settled { channels, unproven: before.unproven.clone() });
    }
    let opened: BTreeSet<CompartmentId> = tried
        .values()
        .filter_map(|outcome| match outcome.opened {
            WhatOpened::Door(door) => Some(door),
            WhatOpened::Nothing | WhatOpened::Several => None,
        })
        .collect();
    let seen: BTreeSet<(u8, u8)> = bound.values().map(|channel| (channel.board, channel.contact)).collect();
    let mut settled = Settled { channels: bound, unproven: BTreeSet::new() };
    for (compartment, channel) in before.channels.iter().filter(|(id, _)| !tried.contains_key(id)) {
        if opened.contains(compartment) || seen.contains(&(channel.board, channel.contact)) {
            return Err(*compartment);
        }
        settled.channels.insert(*compartment, *channel);
        if before.unproven.contains(compartment) {
            settled.unproven.insert(*compartment);
        }
    }
    give_what_is_left(&mut settled, before, tried);
    Ok(settled)
}

/// Locks and contacts that no door was found on, for the compartments that were tried and have none: its own if it is left.
fn give_what_is_left(settled: &mut Settled, before: &WiringMap, tried: &BTreeMap<CompartmentId, Tried>) {
    let lock = |channel: &Channel| (channel.board, channel.lock);
    let contact = |channel: &Channel| (channel.board, channel.contact);
    let (mut locks, mut contacts): (Vec<Channel>, Vec<Channel>) = (Vec::new(), Vec::new());
    for channel in before.channels.values() {
        if !settled.channels.values().any(|other| lock(other) == lock(channel)) {
            locks.push(*channel);
        }
        if !settled.channels.values().any(|other| contact(other) == contact(channel)) {
            contacts.push(*channel);
        }
    }
    let mut without: Vec<CompartmentId> =
        tried.keys().copied().filter(|id| !settled.channels.contains_key(id)).collect();
    // Who keeps the own lock chooses before who takes what is left over.
    let keeps_own = |id: &CompartmentId| {
        before.channels.get(id).is_some_and(|own| locks.iter().any(|free| lock(free) == lock(own)))
    };
    without.sort_by_key(|id| (!keeps_own(id), *id));
    for compartment in without {
        let own = before.channels.get(&compartment);
        let own_lock = own.and_then(|own| locks.iter().position(|free| lock(free) == lock(own)));
        let Some(at) = own_lock.or((!locks.is_empty()).then_some(0)) else { continue };
        let given = locks.remove(at);
        let same_place = contacts.iter().position(|free| contact(free) == contact(&given));
        let Some(at) = same_place.or_else(|| contacts.iter().position(|free| free.board == given.board))
        else {
            continue;
        };
        let Channel { contact, reversed, .. } = contacts.remove(at);
        settled.channels.insert(compartment, Channel { contact, reversed, ..given });
        settled.unproven.insert(compartment);
    }
}
