//! Beginning an audit, opening one door after the other, saying what was seen, and what becomes of each difference.

use super::{
    Audit, AuditEnd, AuditPlace, AuditScope, Difference, Finding, Settlement, SkipReason, StopState,
};
use crate::custody::{Assurance, Custodian, missed};
use crate::ids::*;
use crate::notice::{self, NoticeKind};
use crate::opening::{OpeningPurpose, Progress};
use crate::place::Place;
use crate::place::compartment::Compartment;
use crate::place::room::as_walked;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::site::desk;
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::visit::quick_drop;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{AuditStep, StaffReason};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// One step, by a member of staff. Whoever is signed in may go on with what another began.
pub(crate) fn decide(d: &mut Decider<'_>, by: Actor, step: &AuditStep) -> Result<Answer, Refusal> {
    let staff = desk::staff(by)?;
    match step {
        AuditStep::Begin { scope } => begin(d, by, scope),
        AuditStep::Open { audit, compartment } => open(d, staff, *audit, *compartment),
        AuditStep::Look { audit, place, seen, absent, unknown } => {
            look(d, by, (*audit, *place), (seen, absent, *unknown))
        }
        AuditStep::Skip { audit, place } => {
            on_the_walk(d.site, *audit, *place)?;
            no_door_is_out(d.site, *audit, staff)?;
            skip(d, by, (*audit, *place), SkipReason::Staff);
            Ok(Answer::Done)
        }
        AuditStep::Pause { audit, pause } => {
            if under_way(d.site, *audit)?.paused != *pause {
                no_door_is_out(d.site, *audit, staff)?;
                d.push(Event::AuditPaused { audit: *audit, paused: *pause, by });
            }
            Ok(Answer::Done)
        }
        AuditStep::Settle { audit, parcel, how } => settle(d, staff, (*audit, *parcel), *how),
        AuditStep::End { audit } => end(d, staff, *audit),
        AuditStep::Abandon { audit } => {
            under_way(d.site, *audit)?;
            no_door_is_out(d.site, *audit, staff)?;
            d.push(Event::AuditEnded { audit: *audit, how: AuditEnd::Abandoned, by });
            Ok(Answer::Done)
        }
    }
}

fn under_way(site: &Site, audit: AuditId) -> Result<&Audit, Refusal> {
    site.audits.get(audit).ok_or(Refusal::AuditOver)
}

/// The place is one of a walk that goes on.
fn on_the_walk(site: &Site, audit: AuditId, place: AuditPlace) -> Result<&Audit, Refusal> {
    let walk = under_way(site, audit)?;
    if walk.paused {
        return Err(Refusal::AuditPaused);
    }
    if walk.stop(place).is_none() || !place.exists(site) {
        return Err(Refusal::NotFound);
    }
    Ok(walk)
}

/// No door of this walk, and none that this member of staff opened in any, is open or on its way. One that nobody knows anything
/// of does not hold a walk up: its compartment is to be checked. Nor does one whose contact sticks, once it is out of service.
fn no_door_is_out(site: &Site, audit: AuditId, staff: StaffId) -> Result<(), Refusal> {
    let of_walk = site.audits.get(audit).and_then(|walk| walk.door).map(|(_, opening)| opening);
    let is_ours = |id: OpeningId, purpose: &OpeningPurpose| {
        let theirs = OpeningPurpose::StaffOpen { staff, reason: StaffReason::Audit };
        of_walk == Some(id) || *purpose == theirs
    };
    let mut out = site.openings.live.iter().filter(|(id, o)| !o.is_unknown() && is_ours(**id, &o.purpose));
    match out.next() {
        None => Ok(()),
        Some((_, opening)) if opening.progress == Progress::Open => {
            Err(Refusal::DoorOpen { compartment: opening.compartment })
        }
        Some(_) => Err(Refusal::OpeningInProgress),
    }
}

fn begin(d: &mut Decider<'_>, by: Actor, scope: &AuditScope) -> Result<Answer, Refusal> {
    let places = places_of(d.site, scope)?;
    if places.is_empty() {
        return Err(Refusal::Invalid { why: "there is no place in that choice to look at".to_owned() });
    }
    if let Some(audit) = places.iter().find_map(|place| d.site.audits.over(*place)) {
        return Err(Refusal::AuditUnderWay { audit });
    }
    let audit = d.site.counters.next_audit();
    d.push(Event::AuditBegan { audit, scope: scope.clone(), places, by });
    Ok(Answer::Audit(audit))
}

/// The places in the order they are walked: each bank column by column from the left and from the top down, then shelves room by
/// room, drop places, the desk.
pub(super) fn places_of(site: &Site, scope: &AuditScope) -> Result<Vec<AuditPlace>, Refusal> {
    match scope {
        AuditScope::Bank(bank) => of_bank(site, *bank).ok_or(Refusal::NotFound),
        AuditScope::Shelves(shelves) => {
            if shelves.iter().any(|shelf| !site.layout.shelves.contains_key(shelf)) {
                return Err(Refusal::NotFound);
            }
            let shelves: BTreeSet<ShelfId> = shelves.iter().copied().collect();
            Ok(of_shelves(site, shelves))
        }
        AuditScope::Desk => Ok(vec![AuditPlace::Desk]),
        AuditScope::Everything => {
            let mut places: Vec<AuditPlace> =
                site.layout.banks.keys().filter_map(|bank| of_bank(site, *bank)).flatten().collect();
            places.extend(of_shelves(site, site.layout.shelves.keys().copied()));
            places.extend(site.layout.areas.keys().map(|area| AuditPlace::Area(*area)));
            let has_desk = !site.layout.desk_hours.is_empty();
            if has_desk || !AuditPlace::Desk.recorded(&site.custody).is_empty() {
                places.push(AuditPlace::Desk);
            }
            Ok(places)
        }
    }
}

fn of_bank(site: &Site, bank: BankId) -> Option<Vec<AuditPlace>> {
    let mut doors = site.layout.banks.get(&bank)?.clone();
    doors.sort_by_key(|id| {
        let hangs = site.compartments.get(*id).map(|c| (c.spec.column, Reverse(c.spec.bottom_mm)));
        (hangs, *id)
    });
    Some(doors.into_iter().map(AuditPlace::Compartment).collect())
}

fn of_shelves(site: &Site, shelves: impl IntoIterator<Item = ShelfId>) -> Vec<AuditPlace> {
    as_walked(site, shelves).into_iter().map(AuditPlace::Shelf).collect()
}

fn skip(d: &mut Decider<'_>, by: Actor, (audit, place): (AuditId, AuditPlace), why: SkipReason) {
    let known = d.site.audits.get(audit).and_then(|walk| walk.stop(place));
    let may = |known: &StopState| *known != StopState::Skipped(why) && !matches!(known, StopState::Looked(_));
    if known.is_some_and(may) {
        d.push(Event::AuditSkipped { audit, place, why, by });
    }
}

/// Opens one compartment, by an ordinary opening. One that is in use or cannot be opened now is passed over, and that is said.
fn open(
    d: &mut Decider<'_>,
    staff: StaffId,
    audit: AuditId,
    compartment: CompartmentId,
) -> Result<Answer, Refusal> {
    let (by, place) = (Actor::Staff(staff), AuditPlace::Compartment(compartment));
    on_the_walk(d.site, audit, place)?;
    no_door_is_out(d.site, audit, staff)?;
    let c = d.site.compartments.get(compartment).ok_or(Refusal::NotFound)?;
    // One that is held for a parcel whose courier has left, or whose door did not open for staff, is looked into as any other.
    let is_promised = c.held_for.is_some_and(|parcel| is_in_a_visit(d.site, parcel));
    let is_tested = d.site.wiring.is_tested(c.bank);
    let why = if is_promised {
        SkipReason::InUse
    } else if is_tested {
        SkipReason::BeingTested
    } else {
        let purpose = OpeningPurpose::StaffOpen { staff, reason: StaffReason::Audit };
        match d.open(compartment, purpose, by) {
            Ok(opening) => {
                d.push(Event::AuditDoorOpens { audit, compartment, opening, by });
                return Ok(Answer::Opening { opening, compartment });
            }
            Err(Refusal::OpeningInProgress) => SkipReason::InUse,
            Err(Refusal::BoardSilent) => SkipReason::BoardSilent,
            Err(Refusal::NotInService) => SkipReason::NoLock,
            // Open already: look inside. Too many openings in a minute: wait. Both are for who walks.
            Err(refusal) => return Err(refusal),
        }
    };
    skip(d, by, (audit, place), why);
    Ok(Answer::Done)
}

/// The opening of a walk came to nothing: three pulses and a shut door, or nobody knows.
pub(crate) fn did_not_open(d: &mut Decider<'_>, opening: OpeningId) {
    let walks = d.site.audits.live.iter();
    let of_walk = walks.filter_map(|(audit, walk)| Some((*audit, walk.door?)));
    let door = of_walk.filter(|(_, (_, id))| *id == opening).map(|(audit, (door, _))| (audit, door)).next();
    if let Some((audit, compartment)) = door {
        skip(d, Actor::Device, (audit, AuditPlace::Compartment(compartment)), SkipReason::DidNotOpen);
    }
}

/// What was seen at a place, and what was looked for there and not seen. Parcels nobody spoke of came or went meanwhile.
fn look(
    d: &mut Decider<'_>,
    by: Actor,
    (audit, place): (AuditId, AuditPlace),
    (seen, absent, unknown): (&[ParcelId], &[ParcelId], u16),
) -> Result<Answer, Refusal> {
    let walk = on_the_walk(d.site, audit, place)?;
    let looked_until = looked_until(d.site, walk, place)?;
    let finding = compared(d.site, (place, looked_until), (seen, absent, unknown), d.ctx.now)?;
    let Finding { here, absent, astray, unknown, .. } = finding;
    let is_doubtful = unknown > 0 || !astray.is_empty();
    d.push(Event::AuditLooked { audit, place, here, absent, astray, unknown, by });
    if let AuditPlace::Compartment(compartment) = place
        && is_doubtful
    {
        // Something lies in there that is not recorded there: no courier is sent to it.
        d.send_to_check(compartment);
    }
    Ok(Answer::Done)
}

/// Until when whoever walks could see what is at a place: behind a door that is shut again, until it was.
fn looked_until(site: &Site, walk: &Audit, place: AuditPlace) -> Result<Option<Timestamp>, Refusal> {
    match place {
        AuditPlace::Compartment(id) if !site.compartments.get(id).is_some_and(Compartment::is_open) => {
            walk.last_open.get(&id).copied().map(Some).ok_or(Refusal::NoDoorOpen)
        }
        AuditPlace::Compartment(_) | AuditPlace::Shelf(_) | AuditPlace::Area(_) | AuditPlace::Desk => {
            Ok(None)
        }
    }
}

/// What was said, compared with custody at this moment. What came after a door was shut nobody has missed behind it.
fn compared(
    site: &Site,
    (place, looked_until): (AuditPlace, Option<Timestamp>),
    (seen, absent, unknown): (&[ParcelId], &[ParcelId], u16),
    at: Timestamp,
) -> Result<Finding, Refusal> {
    let seen: BTreeSet<ParcelId> = seen.iter().copied().collect();
    let absent: BTreeSet<ParcelId> = absent.iter().copied().collect();
    if seen.iter().chain(&absent).any(|parcel| site.custody.get(*parcel).is_none()) {
        return Err(Refusal::NotFound);
    }
    if !seen.is_disjoint(&absent) {
        return Err(Refusal::Invalid { why: "a parcel is there or it is not; say one of both".to_owned() });
    }
    let is_recorded =
        |parcel: &ParcelId| site.custody.get(*parcel).is_some_and(|known| place.holds(known.custodian));
    let is_here = |parcel: &ParcelId| is_recorded(parcel) || is_on_its_way(site, place, *parcel);
    let (here, astray) = seen.into_iter().partition(is_here);
    let was_looked_for = |parcel: &ParcelId| {
        let since = site.custody.get(*parcel).map(|known| known.since);
        is_recorded(parcel) && looked_until.is_none_or(|until| since.is_some_and(|since| since <= until))
    };
    let absent = absent.into_iter().filter(was_looked_for).collect();
    Ok(Finding { at, here, absent, astray, unknown })
}

/// A courier is still at work and says where it lies in a moment, or a door is open for it here, whose closing puts it in though
/// the visit is over. One that somebody put down and walked off from is on its way nowhere.
fn is_on_its_way(site: &Site, place: AuditPlace, parcel: ParcelId) -> bool {
    let goes_in = matches!(place, AuditPlace::Compartment(here) if goes_in(site, here, parcel));
    goes_in || is_in_a_visit(site, parcel)
}

fn is_in_a_visit(site: &Site, parcel: ParcelId) -> bool {
    let custodian = site.custody.get(parcel).map(|known| known.custodian);
    matches!(custodian, Some(Custodian::Courier(visit)) if site.visits.get(visit).is_ok())
}

/// An opening that somebody knows of is under way for it, or for the first of its pile.
fn goes_in(site: &Site, here: CompartmentId, parcel: ParcelId) -> bool {
    let opening = site.compartments.get(here).and_then(|c| site.openings.get(c.opening?));
    let Some(purpose) = opening.filter(|opening| !opening.is_unknown()).map(|opening| &opening.purpose)
    else {
        return false;
    };
    let is_for_here = |first: &ParcelId| {
        site.custody.get(*first).is_some_and(|known| known.planned == Some(Place::Compartment(here)))
    };
    purpose.incoming().filter(is_for_here).is_some_and(|first| {
        let with_it = purpose.visit().map(|visit| quick_drop::in_hand(site, first, visit));
        first == parcel || with_it.is_some_and(|pile| pile.contains(&parcel))
    })
}

/// What becomes of a difference, by the word of whoever walks.
fn settle(
    d: &mut Decider<'_>,
    staff: StaffId,
    (audit, parcel): (AuditId, ParcelId),
    how: Settlement,
) -> Result<Answer, Refusal> {
    let by = Actor::Staff(staff);
    let walk = under_way(d.site, audit)?;
    if walk.settled.get(&parcel) == Some(&how) {
        return Ok(Answer::Done);
    }
    let differences = walk.differences(&d.site.custody);
    let difference = differences.into_iter().find(|difference| difference.parcel() == parcel);
    let difference = difference.ok_or(Refusal::NoDifference)?;
    if !difference.may_be_settled(how) {
        return Err(Refusal::WrongCustody);
    }
    let place = difference.place();
    match (how, difference) {
        (Settlement::Missing, _) => {
            let looked = looked_at(walk, place).unwrap_or(d.ctx.now);
            missed::missed(d, parcel, (by, Assurance::StaffWord), looked);
        }
        (Settlement::Moved, Difference::Astray { recorded, .. }) => {
            let to = follows(d.site, (parcel, place), staff)?;
            enters(d, by, (audit, parcel), (recorded, to));
        }
        (Settlement::Taken, Difference::Astray { recorded, .. }) => {
            enters(d, by, (audit, parcel), (recorded, Custodian::Staff(staff)));
        }
        (Settlement::Left | Settlement::PutBack, _)
        | (Settlement::Moved | Settlement::Taken, Difference::Absent { .. }) => {}
    }
    d.push(Event::AuditSettled { audit, parcel, place, how, by });
    Ok(Answer::Done)
}

/// When whoever walks looked at a place.
fn looked_at(walk: &Audit, place: AuditPlace) -> Option<Timestamp> {
    walk.findings().find(|(at, _)| *at == place).map(|(_, finding)| finding.at)
}

/// The custody a parcel is in where it was seen, if it may be there.
fn follows(
    site: &Site,
    (parcel, place): (ParcelId, AuditPlace),
    staff: StaffId,
) -> Result<Custodian, Refusal> {
    if !place.exists(site) {
        return Err(Refusal::NotFound);
    }
    let to = match place {
        AuditPlace::Shelf(shelf) => Custodian::Shelf(shelf),
        AuditPlace::Area(area) => Custodian::CommonArea(area),
        AuditPlace::Desk => Custodian::Staff(staff),
        AuditPlace::Compartment(compartment) => {
            shares(site, parcel, compartment)?;
            Custodian::Compartment(compartment)
        }
    };
    let class = site.custody.get(parcel).and_then(|known| known.class());
    if class.is_some_and(|class| !class.may_be_with(to)) {
        return Err(Refusal::NotForThisClass);
    }
    Ok(to)
}

/// Only equal entitlement shares a compartment: staff take one of them out first.
fn shares(site: &Site, parcel: ParcelId, compartment: CompartmentId) -> Result<(), Refusal> {
    let c = site.compartments.get(compartment).ok_or(Refusal::NotFound)?;
    if c.held_for.is_some_and(|held| held != parcel) {
        return Err(Refusal::OpeningInProgress);
    }
    let of = |parcel: ParcelId| site.custody.get(parcel).map(|known| &known.entitlement);
    if c.parcels.iter().any(|other| of(*other) != of(parcel)) {
        return Err(Refusal::NotEntitled);
    }
    Ok(())
}

/// A parcel that turned up elsewhere: its people are told where it waits now. The compartment that should hold it is looked into
/// before it is offered, unless this walk has found it without the parcel.
fn enters(
    d: &mut Decider<'_>,
    by: Actor,
    (audit, parcel): (AuditId, ParcelId),
    (recorded, to): (Custodian, Custodian),
) {
    let seen_without = |compartment| {
        let stop = d.site.audits.get(audit).and_then(|walk| walk.stop(AuditPlace::Compartment(compartment)));
        matches!(stop, Some(StopState::Looked(finding)) if finding.absent.contains(&parcel))
    };
    let doubted = match recorded {
        Custodian::Compartment(compartment) if !seen_without(compartment) => Some(compartment),
        _ => None,
    };
    d.transfer(parcel, to, by, Assurance::StaffWord);
    for task in [TaskKind::Accept { parcel }, TaskKind::Missing { parcel }] {
        d.done(&task, by);
    }
    let what = if recorded.is_waiting_place() { NoticeKind::Moved } else { NoticeKind::Arrived };
    for person in notice::people_of(d.site, parcel) {
        notice::tell(d, person, what, vec![parcel]);
    }
    if let Some(compartment) = doubted {
        d.send_to_check(compartment);
    }
}

/// Ends with a word on each difference; places nobody looked at are named in the report.
fn end(d: &mut Decider<'_>, staff: StaffId, audit: AuditId) -> Result<Answer, Refusal> {
    let walk = under_way(d.site, audit)?;
    let open = walk.differences(&d.site.custody);
    no_door_is_out(d.site, audit, staff)?;
    if !open.is_empty() {
        return Err(Refusal::AuditUnsettled { parcels: open.into_iter().map(Difference::parcel).collect() });
    }
    d.push(Event::AuditEnded { audit, how: AuditEnd::Finished, by: Actor::Staff(staff) });
    Ok(Answer::Done)
}

/// A walk nobody goes on with ends, and staff are told: what it found waits in its report.
pub(crate) fn end_stale(d: &mut Decider<'_>) {
    let now = d.now();
    let stale = d.site.audits.live.iter().filter(|(_, walk)| walk.lapses() <= now);
    let stale: Vec<AuditId> = stale.map(|(audit, _)| *audit).collect();
    for audit in stale {
        d.push(Event::AuditEnded { audit, how: AuditEnd::Lapsed, by: Actor::Site });
        d.raise(TaskKind::AuditLeft { audit });
    }
}
