//! Exhaustive crash points: each workflow is played once to count its disk calls, then once for every call with the power
//! going at it; after each the site starts, people go on, and everything must hold.

use crate::disk::Fault;
use crate::hunt::{Total, watched};
use crate::process;
use crate::vfs;
use crate::world::{Code, Founded, K1, STAFF, World, moving_in, nothing};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::directory::Leavers;
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{
    ClaimHouse, Fix, HandOverTo, LabelClaim, ParcelWords, RecipientChoice, StaffReason, WiringStep,
};
use vestibule_core::*;

/// One workflow: what comes before it, then itself.
#[derive(Clone, Copy)]
pub struct Workflow {
    /// Its name.
    pub name: &'static str,
    before: fn(&mut World),
    itself: fn(&mut World),
    from_nothing: bool,
}

/// Every workflow that exists.
pub const WORKFLOWS: [Workflow; 16] = [
    workflow("founding", |_| {}, World::found),
    workflow("deposit", |_| {}, |w| brings(w, 1, Size::S)),
    workflow("bigger door", |_| {}, bigger_door),
    workflow("undo", |_| {}, undo),
    workflow("look again", |_| {}, look_again),
    workflow("collect", |w| brings(w, 1, Size::S), collect),
    workflow("open again", |w| brings(w, 1, Size::S), open_again),
    workflow("hand over", |w| brings(w, 2, Size::M), hand_over),
    workflow("import", |w| brings(w, 1, Size::S), import),
    workflow("code death", two_deposits, code_death),
    workflow("backup", two_deposits, backup),
    workflow("redraw", World::furnishes, redraw),
    workflow("wiring test", World::furnishes, wiring_test),
    workflow("quick drop", World::furnishes, quick_drop),
    workflow("claim", World::furnishes, claim),
    workflow("key", World::furnishes, key),
];

const fn workflow(name: &'static str, before: fn(&mut World), itself: fn(&mut World)) -> Workflow {
    Workflow {
        name,
        before,
        itself,
        from_nothing: name.len() == "founding".len() && name.as_bytes()[0] == b'f',
    }
}

/// What the crash points of one workflow came to.
pub struct Crashed {
    /// Which.
    pub name: &'static str,
    /// Its disk calls, each of which was a crash.
    pub points: u64,
    /// Counted over all of them.
    pub total: Total,
}

/// Plays a workflow under a seed and crashes it at every call, and at every `stride`th where that is enough. Each begins on
/// a copy of the disk as what comes before the workflow left it.
pub fn crash_everywhere(workflow: Workflow, seed: u64, stride: u64, founded: &Founded) -> Crashed {
    let mut total = Total::default();
    let mut points = 0;
    match ground(workflow, seed, founded) {
        Err(words) => total.violations.push((seed, format!("before {}: {words}", workflow.name))),
        Ok(ground) => {
            let calls = play(workflow, (seed, None), &ground, &mut total);
            for call in (1..=calls).step_by(usize::try_from(stride).unwrap_or(1)) {
                if !total.violations.is_empty() {
                    break;
                }
                play(workflow, (seed, Some(call)), &ground, &mut total);
                points += 1;
            }
        }
    }
    Crashed { name: workflow.name, points, total }
}

fn ground(workflow: Workflow, seed: u64, founded: &Founded) -> Result<Founded, String> {
    if workflow.from_nothing {
        return Ok(nothing());
    }
    let mut world = World::new(seed, founded);
    let outcome = watched(|| {
        world.start();
        world.run(1_000);
        (workflow.before)(&mut world);
    });
    outcome.map(|()| world.left())
}

fn play(workflow: Workflow, (seed, crash): (u64, Option<u64>), ground: &Founded, total: &mut Total) -> u64 {
    let mut world = World::new(seed, ground);
    let begun = world.now_ms;
    let mut calls = 0;
    let outcome = watched(|| {
        if !workflow.from_nothing {
            world.start();
            world.run(1_000);
        }
        let before = vfs::disk(|disk| disk.tally.calls);
        if let Some(call) = crash {
            vfs::disk(|disk| disk.arm(call, Fault::PowerCut));
        }
        (workflow.itself)(&mut world);
        calls = vfs::disk(|disk| disk.tally.calls) - before;
        world.ends();
    });
    world.leaves_no_process();
    total.count(world.counted, vfs::disk(|disk| disk.tally), world.now_ms - begun);
    if let Err(words) = outcome {
        total.violations.push((seed, format!("{} at call {crash:?}: {words}", workflow.name)));
    }
    calls
}

fn words(unit: u32, size: Size) -> ParcelWords {
    let recipient = RecipientChoice::Household { unit: UnitId(unit), addressee: None };
    ParcelWords { recipient, size, heavy: false, reach: false, together: None, label: None, class: None }
}

fn comes(world: &mut World) -> Option<VisitId> {
    let proof = world.letters.couriers.first()?.scanned(world.keys());
    match world.insist(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof }) {
        Ok(Answer::Visit { visit }) => Some(visit),
        _ => None,
    }
}

/// A parcel whose door has opened, if all goes well.
fn at_door(world: &mut World, unit: u32, size: Size) -> Option<(VisitId, ParcelId, CompartmentId)> {
    let visit = comes(world)?;
    let asked = world.insist(Actor::Visit(visit), Command::Deposit { visit, words: words(unit, size) });
    let Ok(Answer::Parcel { parcel, .. }) = asked else { return None };
    let door = springs(world)?;
    Some((visit, parcel, door))
}

/// The door that springs open, if one does while somebody waits for it.
fn springs(world: &mut World) -> Option<CompartmentId> {
    (0..6).find_map(|_| {
        world.run(900);
        world.ajar().first().copied()
    })
}

fn deposit(world: &mut World, unit: u32, size: Size) -> Option<(VisitId, ParcelId, CompartmentId)> {
    let (visit, parcel, door) = at_door(world, unit, size)?;
    shut(world, door);
    let _ = world.insist(Actor::Visit(visit), Command::Finish { visit });
    world.run(2_000);
    Some((visit, parcel, door))
}

pub(crate) fn brings(world: &mut World, unit: u32, size: Size) {
    let _ = deposit(world, unit, size);
    // The mail arrives.
    world.skip(Span::minutes(2));
}

fn shut(world: &mut World, door: CompartmentId) {
    world.run(600);
    world.shuts_this(door, true);
    world.run(700);
}

fn two_deposits(world: &mut World) {
    brings(world, 1, Size::S);
    brings(world, 2, Size::S);
}

fn bigger_door(world: &mut World) {
    let Some((visit, _, door)) = at_door(world, 1, Size::S) else { return };
    let _ = world.insist(Actor::Visit(visit), Command::BiggerDoor { visit });
    shut(world, door);
    if let Some(door) = springs(world) {
        shut(world, door);
    }
    let _ = world.insist(Actor::Visit(visit), Command::Finish { visit });
}

fn undo(world: &mut World) {
    let Some((visit, _, door)) = at_door(world, 3, Size::S) else { return };
    let _ = world.insist(Actor::Visit(visit), Command::NotLeftHere { visit });
    shut(world, door);
    let _ = world.insist(Actor::Visit(visit), Command::Finish { visit });
}

fn look_again(world: &mut World) {
    let Some((visit, parcel, door)) = at_door(world, 3, Size::S) else { return };
    shut(world, door);
    let proof = world.letters.couriers[0].scanned(world.keys());
    let _ = world.insist(Actor::Visit(visit), Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof });
    if let Some(door) = springs(world) {
        let _ = world.insist(Actor::Visit(visit), Command::NotLeftHere { visit });
        shut(world, door);
    }
}

fn a_code(world: &World) -> Option<Code> {
    world.letters.held.iter().rev().find(|code| code.person == Some(PersonId(1))).cloned()
}

fn begins(world: &mut World) -> Option<VisitId> {
    let proof = a_code(world)?.scanned(world.keys());
    match world.insist(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof }) {
        Ok(Answer::PickUp { visit, .. }) => Some(visit),
        _ => None,
    }
}

fn collect(world: &mut World) {
    let Some(visit) = begins(world) else { return };
    if let Some(door) = springs(world) {
        shut(world, door);
    }
    let _ = world.insist(Actor::Visit(visit), Command::Finish { visit });
}

fn open_again(world: &mut World) {
    let Some(visit) = begins(world) else { return };
    let Some(door) = springs(world) else { return };
    shut(world, door);
    let _ = world.insist(Actor::Visit(visit), Command::Reopen { visit, compartment: door });
    if let Some(door) = springs(world) {
        shut(world, door);
    }
}

fn hand_over(world: &mut World) {
    let parcel = world.model.things.iter().find(|(_, thing)| matches!(thing.at, Custodian::Compartment(_)));
    let Some(parcel) = parcel.map(|(id, _)| *id) else { return };
    let _ = world.insist(STAFF, Command::StaffRemove { parcel, reason: StaffReason::HelpCourier });
    if let Some(door) = springs(world) {
        shut(world, door);
    }
    let to = HandOverTo::Person(PersonId(3));
    let _ = world.insist(STAFF, Command::HandOver { parcels: vec![parcel], to });
}

fn import(world: &mut World) {
    let changes = [moving_in(1, 5, &[7, 8], Leavers::Keep), moving_in(4, 6, &[9], Leavers::Lose)].concat();
    let _ = world.insist(STAFF, Command::ChangeDirectory { changes });
    deposit(world, 1, Size::S);
}

fn code_death(world: &mut World) {
    collect(world);
    world.skip(Span::minutes(11));
    if let Some(proof) = a_code(world).map(|code| code.scanned(world.keys())) {
        let _ = world.insist(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof });
    }
}

/// Another process copies the database while the site works, as a backup does, and moves its log on the way.
fn backup(world: &mut World) {
    for truncates in [false, true] {
        if process::copied().is_err() | process::checkpoint(truncates).is_err() {
            world.dead_by_another();
        }
        let _ = world.insist(STAFF, Command::NameCarrier { name: "DHL".to_owned() });
    }
}

/// A door goes, another one comes in its place, and a test finds its lock.
fn redraw(world: &mut World) {
    world.replaces(0);
    pulses_and_says(world, &[1]);
}

fn wiring_test(world: &mut World) {
    pulses_and_says(world, &[2, 3]);
}

fn pulses_and_says(world: &mut World, locks: &[u8]) {
    world.wires(WiringStep::Begin { told: true, anew: true });
    world.run(600);
    for lock in locks {
        let door = world.line.door(*lock);
        world.tries_lock(door, None);
    }
    world.wires(WiringStep::Keep);
    world.run(600);
}

fn quick_drop(world: &mut World) {
    let Some(visit) = comes(world) else { return };
    let asked = world.insist(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 2 });
    let Ok(Answer::Parcel { parcel, .. }) = asked else { return };
    match springs(world) {
        Some(door) => shut(world, door),
        None => drop(world.insist(Actor::Visit(visit), Command::PutElsewhere { visit, parcel })),
    }
    let recipient = RecipientChoice::Household { unit: UnitId(1), addressee: None };
    let _ = world.insist(STAFF, Command::CorrectRecipient { parcel, recipient });
    let _ = world.insist(Actor::Visit(visit), Command::Finish { visit });
}

/// One number is claimed before it comes, one after, one never comes.
fn claim(world: &mut World) {
    let ups = Some(CarrierId(1));
    for number in [3, 5] {
        world.claims_delivery((number, ups), None, ClaimHouse::Ours);
    }
    let Some(visit) = comes(world) else { return };
    for number in [3, 4] {
        let mark = LabelMark::of(&**world.keys(), &format!("TBA{number:012}"));
        let label = Some(LabelClaim { mark, another: false });
        let words = ParcelWords { label, ..words(1, Size::S) };
        let _ = world.insist(Actor::Visit(visit), Command::Deposit { visit, words });
        if let Some(door) = springs(world) {
            shut(world, door);
        }
    }
    let _ = world.insist(Actor::Visit(visit), Command::Finish { visit });
    world.claims_delivery((4, ups), None, ClaimHouse::Ours);
    world.skip(Span::hours(3));
}

/// One door is opened with the key as announced, one by somebody who explains it afterwards.
fn key(world: &mut World) {
    let [announced, forced] = [2, 3].map(|lock| world.line.door(lock));
    let reason = StaffReason::Maintenance;
    let _ = world.insist(STAFF, Command::AnnounceKey { compartment: announced, reason });
    for door in [announced, forced] {
        world.pulls_open(door);
        world.push_shut(door);
        world.run(2_600);
    }
    world.mischief(forced);
    let (compartment, holder) = (forced, StaffId(1));
    let _ = world.insist(STAFF, Command::ExplainForced { compartment, holder, reason });
}

/// The disk comes back as it was a while ago (F9): a new epoch begins, old codes open nothing, and what waits can be
/// collected with new ones.
pub fn an_old_disk_comes_back(seed: u64, founded: &Founded) -> Total {
    let mut total = Total::default();
    let mut world = World::new(seed, founded);
    let outcome = watched(|| {
        world.start();
        deposit(&mut world, 1, Size::S);
        world.skip(Span::minutes(2));
        let old = vfs::disk(|disk| disk.clone());
        collect(&mut world);
        deposit(&mut world, 2, Size::S);
        world.skip(Span::minutes(2));
        world.rolls_back(old);
    });
    world.leaves_no_process();
    total.count(world.counted, vfs::disk(|disk| disk.tally), 0);
    if let Err(words) = outcome {
        total.violations.push((seed, format!("an old disk: {words}")));
    }
    total
}
