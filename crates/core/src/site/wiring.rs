//! The wiring of banks: what the configuration says, and the test that finds out what is true.
//!
//! While a bank is tested it takes no parcels, and a door of an empty compartment that moves is no alarm: somebody stands
//! before it, and its contact may be wired the wrong way round. Each pulse is an ordinary opening by staff.

use super::decider::Decider;
use crate::ids::*;
use crate::opening::{OpeningPurpose, Progress};
use crate::place::compartment::{Compartment, Service};
use crate::place::wiring::diagnosis::{Settled, settle};
use crate::place::wiring::{Channel, Channels, TEST_RESTS, Tried, WhatOpened, WiringMap, hash_of};
use crate::site::Site;
use crate::task::TaskKind;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{StaffReason, WiringStep};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Decides one step. `may_ask` has seen to it that it is staff or the machine.
pub(crate) fn decide(
    d: &mut Decider<'_>,
    actor: Actor,
    bank: BankId,
    step: &WiringStep,
) -> Result<Answer, Refusal> {
    if !d.site.layout.banks.contains_key(&bank) {
        return Err(Refusal::NotFound);
    }
    match step {
        WiringStep::Declare { channels } => declare(d, actor, bank, channels),
        WiringStep::Begin { told, anew } => begin(d, actor, bank, (*told, *anew)),
        WiringStep::Try { compartment, told } => try_lock(d, actor, (bank, *compartment), *told),
        WiringStep::Say { opened } => say(d, actor, bank, *opened),
        WiringStep::Keep => keep(d, actor, bank),
        WiringStep::Stop => stop(d, actor, bank),
    }
}

impl Site {
    /// Whether a pulse of a bank is on its way, or the next of the same opening is.
    pub fn pulse_is_out(&self, bank: BankId) -> bool {
        let mut openings = of_bank(self, bank).filter_map(|(_, c)| self.openings.get(c.opening?));
        openings.any(|opening| matches!(opening.progress, Progress::Pulsed { .. } | Progress::Again { .. }))
    }

    /// Whether a door may move without an alarm: nothing is known to be inside, and its bank is being tested.
    pub(crate) fn may_move_in_test(&self, compartment: CompartmentId) -> bool {
        self.compartments
            .get(compartment)
            .is_some_and(|c| self.wiring.is_tested(c.bank) && c.parcels.is_empty() && c.held_for.is_none())
    }
}

fn of_bank(site: &Site, bank: BankId) -> impl Iterator<Item = (CompartmentId, &Compartment)> {
    let ids = site.layout.banks.get(&bank).into_iter().flatten();
    ids.filter_map(|id| Some((*id, site.compartments.get(*id)?)))
}

/// No door of the bank is on its way or waits to be shut.
fn at_rest(site: &Site, bank: BankId) -> Result<(), Refusal> {
    no_pulse_is_out(site, bank)?;
    let stands_open = |c: &Compartment| {
        c.opening.and_then(|id| site.openings.get(id)).is_some_and(|o| o.progress == Progress::Open)
    };
    let Some((taken_for, _)) = of_bank(site, bank).find(|(_, c)| stands_open(c)) else { return Ok(()) };
    // By the door that somebody saw open, where the lock has already been spoken of.
    let tried = site.wiring.tests.get(&bank).and_then(|test| test.tried.get(&taken_for));
    let compartment = match tried.map(|tried| tried.opened) {
        Some(WhatOpened::Door(door)) => door,
        Some(WhatOpened::Nothing | WhatOpened::Several) | None => taken_for,
    };
    Err(Refusal::DoorOpen { compartment })
}

/// What the pulse before has moved is known.
fn no_pulse_is_out(site: &Site, bank: BankId) -> Result<(), Refusal> {
    if site.pulse_is_out(bank) { Err(Refusal::OpeningInProgress) } else { Ok(()) }
}

fn under_way(site: &Site, bank: BankId) -> Result<(), Refusal> {
    if site.wiring.is_tested(bank) { Ok(()) } else { Err(Refusal::NotTested) }
}

/// What the configuration file says. A tested map stands until the file says something else. The file may go on naming a
/// door that was taken out of the drawing: its lock is spare.
fn declare(
    d: &mut Decider<'_>,
    actor: Actor,
    bank: BankId,
    channels: &[(CompartmentId, Channel)],
) -> Result<Answer, Refusal> {
    if !matches!(actor, Actor::Console | Actor::Site) {
        return Err(Refusal::NotYours);
    }
    let said: Channels = channels.iter().copied().collect();
    let hangs: BTreeSet<_> = of_bank(d.site, bank).map(|(id, _)| id).collect();
    let is_gone = |id: &CompartmentId| d.site.layout.gone.get(id).is_some_and(|gone| gone.bank == bank);
    let is_known = |id: &CompartmentId| hangs.contains(id) || is_gone(id);
    if said.len() != channels.len() || !said.keys().all(is_known) {
        return Err(Refusal::NotFound);
    }
    one_lock_each(&said)?;
    let configured = hash_of(bank, &said, &BTreeSet::new());
    let before = d.site.wiring.maps.get(&bank);
    if before.is_some_and(|map| map.configured == configured) {
        return Ok(Answer::Done);
    }
    let (channels, gone): (Channels, Channels) = said.into_iter().partition(|(id, _)| hangs.contains(id));
    let waited = before.map(|map| map.unproven.iter().filter(|id| !map.channels.contains_key(id)));
    let waited: Vec<CompartmentId> = waited.into_iter().flatten().copied().collect();
    let (found, unproven): (Vec<_>, Vec<_>) = waited.into_iter().partition(|id| channels.contains_key(id));
    let hash = hash_of(bank, &channels, &unproven.iter().copied().collect());
    let version = before.map_or(1, |map| map.version + 1);
    let (channels, spare) = (channels.into_iter().collect(), gone.into_values().collect());
    d.push(Event::WiringSet { bank, version, hash, channels, unproven, spare, configured, by: actor });
    for compartment in found {
        put_in_service(d, compartment, true, actor);
    }
    Ok(Answer::Done)
}

fn one_lock_each(map: &Channels) -> Result<(), Refusal> {
    let (mut locks, mut contacts) = (BTreeSet::new(), BTreeSet::new());
    for Channel { board, lock, contact, .. } in map.values() {
        if !locks.insert((board, lock)) || !contacts.insert((board, contact)) {
            let why = format!("two compartments are on lock {lock} of board {board}");
            return Err(Refusal::Invalid { why });
        }
    }
    Ok(())
}

fn begin(
    d: &mut Decider<'_>,
    actor: Actor,
    bank: BankId,
    (told, anew): (bool, bool),
) -> Result<Answer, Refusal> {
    let map = d.site.wiring.maps.get(&bank).ok_or(Refusal::NotFound)?.clone();
    at_rest(d.site, bank)?;
    let parcels: Vec<ParcelId> = of_bank(d.site, bank).flat_map(|(_, c)| c.parcels.iter().copied()).collect();
    if !told && !parcels.is_empty() {
        return Err(Refusal::Occupied { parcels });
    }
    lend_spare_locks(d, bank, &map, actor);
    if anew || !d.site.wiring.is_tested(bank) {
        d.push(Event::WiringTestBegan { bank, anew, by: actor });
    }
    Ok(Answer::Done)
}

/// Doors that wait for a lock are taken for those on the spare locks, one each, until the test has found out.
fn lend_spare_locks(d: &mut Decider<'_>, bank: BankId, map: &WiringMap, by: Actor) {
    let mut channels = map.channels.clone();
    let mut spare = map.spare.iter().copied();
    let waits = map.unproven.iter().filter(|id| !map.channels.contains_key(id));
    channels.extend(waits.copied().zip(spare.by_ref()));
    if channels.len() == map.channels.len() {
        return;
    }
    let (spare, unproven) = (spare.collect(), map.unproven.clone());
    set_map(d, (bank, map), (channels, unproven, spare), by);
}

/// The map of a bank that follows on `before`.
pub(super) fn set_map(
    d: &mut Decider<'_>,
    (bank, before): (BankId, &WiringMap),
    (channels, unproven, spare): (Channels, BTreeSet<CompartmentId>, Vec<Channel>),
    by: Actor,
) {
    let (version, configured) = (before.version + 1, before.configured);
    let hash = hash_of(bank, &channels, &unproven);
    let (channels, unproven) = (channels.into_iter().collect(), unproven.into_iter().collect());
    d.push(Event::WiringSet { bank, version, hash, channels, unproven, spare, configured, by });
}

/// Pulses one lock once. Nothing with a parcel inside is popped without being told.
fn try_lock(
    d: &mut Decider<'_>,
    actor: Actor,
    (bank, compartment): (BankId, CompartmentId),
    told: bool,
) -> Result<Answer, Refusal> {
    let Actor::Staff(staff) = actor else { return Err(Refusal::NotYours) };
    under_way(d.site, bank)?;
    let c = d.site.compartments.get(compartment).filter(|c| c.bank == bank).ok_or(Refusal::NotFound)?;
    if !told && !c.parcels.is_empty() {
        return Err(Refusal::Occupied { parcels: c.parcels.iter().copied().collect() });
    }
    no_pulse_is_out(d.site, bank)?;
    if c.held_for.is_some() {
        return Err(Refusal::OpeningInProgress);
    }
    let purpose = OpeningPurpose::StaffOpen { staff, reason: StaffReason::WiringTest };
    let opening = d.open(compartment, purpose, actor)?;
    Ok(Answer::Opening { opening, compartment })
}

fn say(d: &mut Decider<'_>, actor: Actor, bank: BankId, opened: WhatOpened) -> Result<Answer, Refusal> {
    under_way(d.site, bank)?;
    let test = d.site.wiring.tests.get(&bank).ok_or(Refusal::NotTested)?;
    let pulsed = test.pulsed.ok_or(Refusal::NoDoorOpen)?;
    let moved = test.moved.iter().map(|(id, opens)| (*id, *opens)).collect();
    let door = match opened {
        WhatOpened::Door(door) => Some(door),
        WhatOpened::Nothing | WhatOpened::Several => None,
    };
    if door.is_some_and(|door| d.site.compartments.get(door).is_none_or(|c| c.bank != bank)) {
        return Err(Refusal::NotFound);
    }
    // A contact may still be on its way.
    no_pulse_is_out(d.site, bank)?;
    d.push(Event::WiringTried { bank, pulsed, opened, moved, by: actor });
    // A parcel that nobody meant to show stood open: somebody looks that it is there.
    let bared = door.filter(|door| *door != pulsed);
    if let Some(door) =
        bared.filter(|door| d.site.compartments.get(*door).is_some_and(|c| !c.parcels.is_empty()))
    {
        d.send_to_check(door);
    }
    Ok(Answer::Done)
}

fn stop(d: &mut Decider<'_>, actor: Actor, bank: BankId) -> Result<Answer, Refusal> {
    under_way(d.site, bank)?;
    d.push(Event::WiringTestStopped { bank, by: actor });
    Ok(Answer::Done)
}

/// Makes what was found the map of the bank. What nobody could put right is out of service.
fn keep(d: &mut Decider<'_>, actor: Actor, bank: BankId) -> Result<Answer, Refusal> {
    under_way(d.site, bank)?;
    at_rest(d.site, bank)?;
    let before = d.site.wiring.maps.get(&bank).ok_or(Refusal::NotFound)?.clone();
    let tried = d.site.wiring.tests.get(&bank).map(|test| test.tried.clone()).unwrap_or_default();
    if tried.is_empty() {
        return Err(Refusal::NothingTried);
    }
    let settled = settle(&before, &tried).map_err(|compartment| Refusal::TryToo { compartment })?;
    let touched: BTreeSet<CompartmentId> = tried.keys().chain(settled.channels.keys()).copied().collect();
    let touched =
        touched.into_iter().filter(|id| tried.contains_key(id) || !before.channels.contains_key(id));
    let is_proven = |id: &CompartmentId| settled.channels.contains_key(id) && !settled.unproven.contains(id);
    let (proven, without): (Vec<CompartmentId>, Vec<CompartmentId>) = touched.partition(is_proven);
    let full = without.iter().filter_map(|id| d.site.compartments.get(*id)).find(|c| !c.parcels.is_empty());
    if let Some(full) = full {
        return Err(Refusal::Occupied { parcels: full.parcels.iter().copied().collect() });
    }
    doors_are_shut(d.site, &before.channels, &settled)?;
    set_map(d, (bank, &before), with_other_spares(&before, &tried, settled), actor);
    for compartment in proven {
        seen_by_the_installer(d, compartment, actor);
        if before.unproven.contains(&compartment) {
            put_in_service(d, compartment, true, actor);
        }
    }
    for compartment in without {
        put_in_service(d, compartment, false, actor);
    }
    Ok(Answer::Done)
}

/// What is kept of a test. Doors that still wait for a lock go on waiting; one that was tried on a lock which opened nothing
/// gets the next spare one, to be tried on that.
fn with_other_spares(
    before: &WiringMap,
    tried: &BTreeMap<CompartmentId, Tried>,
    settled: Settled,
) -> (Channels, BTreeSet<CompartmentId>, Vec<Channel>) {
    let Settled { mut channels, mut unproven } = settled;
    let mut spare: VecDeque<Channel> = before.spare.iter().copied().collect();
    unproven.extend(before.unproven.iter().chain(tried.keys()).filter(|id| !channels.contains_key(id)));
    let nothing = tried.iter().filter(|(_, outcome)| outcome.opened == WhatOpened::Nothing).map(|(id, _)| id);
    for compartment in nothing.filter(|id| before.unproven.contains(id)) {
        let Some(channel) = channels.get_mut(compartment).filter(|_| !spare.is_empty()) else { continue };
        spare.push_back(*channel);
        *channel = spare.pop_front().unwrap_or(*channel);
    }
    (channels, unproven, spare.into())
}

fn put_in_service(d: &mut Decider<'_>, compartment: CompartmentId, in_service: bool, by: Actor) {
    let Some(service) = d.site.compartments.get(compartment).map(|c| c.service) else { return };
    if (service == Service::Out) == in_service {
        let reason = StaffReason::WiringTest;
        d.push(Event::CompartmentServiceSet { compartment, in_service, reason, by });
    }
}

/// A contact that is another door's from now on is read anew, and a door that stood open meanwhile would look forced. Each was
/// read in words of the old map.
fn doors_are_shut(site: &Site, old: &Channels, new: &Settled) -> Result<(), Refusal> {
    for (compartment, channel) in &new.channels {
        if old.get(compartment) == Some(channel) || new.unproven.contains(compartment) {
            continue;
        }
        let same = |other: &Channel| (other.board, other.contact) == (channel.board, channel.contact);
        let Some((read_as, was)) = old.iter().find(|(_, other)| same(other)) else { continue };
        let said_open = site.compartments.get(*read_as).is_some_and(Compartment::is_open);
        if said_open != (was.reversed != channel.reversed) {
            return Err(Refusal::DoorOpen { compartment: *compartment });
        }
    }
    Ok(())
}

/// Somebody stood before the open compartment: what was doubtful of it for its wiring's sake is not any more.
fn seen_by_the_installer(d: &mut Decider<'_>, compartment: CompartmentId, by: Actor) {
    if !d.site.compartments.get(compartment).is_some_and(|c| c.parcels.is_empty()) {
        return;
    }
    d.push(Event::CompartmentChecked { compartment, by });
    let tasks = [
        TaskKind::Check { compartment },
        TaskKind::Forced { compartment },
        TaskKind::HeldOpen { compartment },
        TaskKind::Jammed { compartment },
    ];
    for task in tasks {
        d.done(&task, by);
    }
}

/// A test nobody goes on with stops.
pub(crate) fn end_stale(d: &mut Decider<'_>) {
    let now = d.now();
    let tests: &BTreeMap<_, _> = &d.site.wiring.tests;
    let stale = tests.iter().filter(|(_, test)| test.under_way && test.touched + TEST_RESTS <= now);
    let stale: Vec<BankId> = stale.map(|(bank, _)| *bank).collect();
    for bank in stale {
        d.push(Event::WiringTestStopped { bank, by: Actor::Site });
    }
}
