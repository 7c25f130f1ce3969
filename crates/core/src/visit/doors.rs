//! What doors tell: openings that work or jam, doors that close and what that commits, doors nobody can explain.

use super::{Turn, collection, deposit, quick_drop};
use crate::custody::audit::rules as audit;
use crate::custody::{Assurance, Custodian};
use crate::evidence::{PhotoMoment, PhotoReason, photo};
use crate::ids::*;
use crate::notice;
use crate::opening::{ATTEMPTS, Opening, OpeningPurpose, Progress};
use crate::place::Place;
use crate::place::compartment::{Closure, Compartment};
use crate::planted::is_planted;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::vocabulary::command::StaffReason;
use crate::vocabulary::event::Event;
use crate::vocabulary::observation::PulseOutcome;

/// A door contact was read.
pub(crate) fn seen(d: &mut Decider<'_>, compartment: CompartmentId, open: bool) {
    let Some(c) = d.site.compartments.get(compartment) else { return };
    match (c.closure, open) {
        (Closure::Open { .. }, true) | (Closure::Closed, false) => {}
        (Closure::Unknown | Closure::Closed, true) => opened(d, compartment),
        (Closure::Unknown, false) => read_shut(d, compartment),
        (Closure::Open { .. }, false) => closed(d, compartment, Shut::Seen),
    }
}

/// How it is known that a door was shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shut {
    /// The contact that saw it open saw it shut.
    Seen,
    /// It was read shut by another contact: when and by whom, nobody saw.
    Unseen,
}

/// A door that was not read yet is shut. If it was open for somebody when its contact became another, that is over too.
fn read_shut(d: &mut Decider<'_>, compartment: CompartmentId) {
    let opening = d.site.compartments.get(compartment).and_then(|c| c.opening);
    let was_open = opening.and_then(|id| d.site.openings.get(id)).is_some_and(|o| o.opened.is_some());
    if was_open {
        return closed(d, compartment, Shut::Unseen);
    }
    d.push(Event::CompartmentClosed { compartment });
    d.done(&TaskKind::HeldOpen { compartment }, Actor::Device);
}

fn opened(d: &mut Decider<'_>, compartment: CompartmentId) {
    let opening = d.site.compartments.get(compartment).and_then(|c| c.opening);
    let key = d.site.key_openings.holder(compartment, d.now()).filter(|_| opening.is_none());
    d.push(Event::CompartmentOpened { compartment, opening, key });
    let purpose = opening.and_then(|id| d.site.openings.get(id)).map(|o| o.purpose.clone());
    if is_planted("commits-on-opening") {
        let incoming = purpose.iter().filter_map(OpeningPurpose::incoming);
        let to = Custodian::Compartment(compartment);
        incoming.for_each(|parcel| d.transfer(parcel, to, Actor::Device, Assurance::DoorClosed));
    }
    if let Some((id, opening)) = opening.and_then(|id| d.site.openings.get(id).cloned().map(|o| (id, o))) {
        photo::at_door(d, id, &opening, PhotoMoment::DoorOpened);
    }
    if let Some(visit) = purpose.and_then(|purpose| purpose.visit()) {
        touched_by_door(d, visit);
    }
    let is_explained = opening.is_some() || key.is_some() || d.site.may_move_in_test(compartment);
    if !is_explained && !is_planted("forced-door-says-nothing") {
        d.push(Event::CompartmentForced { compartment });
        d.send_to_check(compartment);
        d.raise(TaskKind::Forced { compartment });
        let inside = d.site.compartments.get(compartment).map(|c| c.parcels.iter().copied().collect());
        photo::of_compartment(d, compartment, PhotoReason::Forced, inside.unwrap_or_default());
    }
}

fn closed(d: &mut Decider<'_>, compartment: CompartmentId, shut: Shut) {
    let opening = d.site.compartments.get(compartment).and_then(|c| c.opening);
    let opening = opening.and_then(|id| Some((id, d.site.openings.get(id)?.clone())));
    d.push(Event::CompartmentClosed { compartment });
    d.done(&TaskKind::HeldOpen { compartment }, Actor::Device);
    let Some((id, mut opening)) = opening else { return };
    opening.doubtful |= shut == Shut::Unseen;
    photo::at_door(d, id, &opening, PhotoMoment::DoorShut);
    if let Some(visit) = opening.purpose.visit() {
        touched_by_door(d, visit);
    }
    commit(d, &opening);
    if d.site.compartments.get(compartment).is_some_and(Compartment::holds_what_nobody_knows) {
        d.send_to_check(compartment);
    }
    if opening.doubtful {
        ask_about(d, &opening);
    }
    if let Some(visit) = opening.purpose.visit() {
        settle(d, visit);
        if d.site.visits.get(visit).is_err() {
            notice::send_due(d, Some(visit));
        }
    }
}

/// A door that moves keeps its visit going; after a restart only a touch does, since anybody may have moved it.
fn touched_by_door(d: &mut Decider<'_>, visit: VisitId) {
    if d.site.visits.get(visit).is_ok_and(|v| !v.resting) {
        d.push(Event::VisitContinued { visit });
    }
}

/// What the closing of a door means for custody.
fn commit(d: &mut Decider<'_>, opening: &Opening) {
    let compartment = opening.compartment;
    let turn = opening.turn;
    let assurance = if opening.doubtful { Assurance::CourierWord } else { Assurance::DoorClosed };
    match &opening.purpose {
        OpeningPurpose::Deposit { visit, parcel } => {
            deposited(d, (*visit, *parcel), compartment, (turn, assurance))
        }
        OpeningPurpose::FixDeposit { visit, parcel } => {
            if is_in(d, *parcel, compartment) {
                fixed(d, *visit, *parcel, turn);
            }
        }
        OpeningPurpose::Collect { person, parcels, .. } => {
            if !opening.committed && turn.is_none() {
                collected(d, parcels, *person, opening);
            }
        }
        OpeningPurpose::Reopen { .. } | OpeningPurpose::StaffOpen { .. } => {}
        OpeningPurpose::StaffRemove { staff, parcel, .. } => {
            if is_in(d, *parcel, compartment) {
                staff_moved(d, *staff, *parcel, Custodian::Staff(*staff));
            }
        }
        OpeningPurpose::StaffPlace { staff, parcel } => {
            let meant_for_here = d.site.custody.get(*parcel).is_some_and(|p| {
                matches!(p.custodian, Custodian::Staff(_))
                    && p.planned == Some(Place::Compartment(compartment))
            });
            if meant_for_here {
                staff_moved(d, *staff, *parcel, Custodian::Compartment(compartment));
            } else {
                // Said of it meanwhile: handed over, say. It may have been put in before, and nobody has seen.
                d.send_to_check(compartment);
            }
        }
    }
}

/// Whether a parcel is still where it was when the door opened: meanwhile anything may have been said of it.
fn is_in(d: &Decider<'_>, parcel: ParcelId, compartment: CompartmentId) -> bool {
    d.site.custody.get(parcel).is_some_and(|p| p.custodian == Custodian::Compartment(compartment))
}

fn staff_moved(d: &mut Decider<'_>, staff: StaffId, parcel: ParcelId, to: Custodian) {
    d.transfer(parcel, to, Actor::Staff(staff), Assurance::StaffWord);
    for person in notice::people_of(d.site, parcel) {
        notice::tell(d, person, notice::NoticeKind::Moved, vec![parcel]);
    }
}

fn deposited(
    d: &mut Decider<'_>,
    (visit, parcel): (VisitId, ParcelId),
    compartment: CompartmentId,
    (turn, assurance): (Option<Turn>, Assurance),
) {
    let by = Actor::Visit(visit);
    // Meanwhile it may have been given another place: then it is somewhere else, unless it was put in before.
    let is_for_here = d.site.custody.get(parcel).is_some_and(|p| {
        p.custodian == Custodian::Courier(visit) && p.planned == Some(Place::Compartment(compartment))
    });
    if !is_for_here {
        ask_for_what_was_left(d, visit, parcel);
        return d.send_to_check(compartment);
    }
    let in_hand = quick_drop::in_hand(d.site, parcel, visit);
    match turn {
        Some(Turn::BiggerDoor | Turn::SomethingInside) => replan(d, visit, parcel),
        Some(Turn::NotLeftHere) => {
            let carrier = d.site.custody.get(parcel).and_then(|p| p.carrier);
            d.transfer(parcel, Custodian::Carrier(carrier), by, Assurance::CourierWord);
            d.done(&TaskKind::Assign { parcel }, by);
        }
        Some(Turn::LeaveInside | Turn::NotMine | Turn::WasEmpty) | None => {
            d.transfer(parcel, Custodian::Compartment(compartment), by, assurance);
            in_hand.into_iter().for_each(|parcel| d.done(&TaskKind::Accept { parcel }, by));
        }
    }
}

/// No door awaits a parcel any more: if its courier is gone as well, staff are asked for it and for each of its pile.
fn ask_for_what_was_left(d: &mut Decider<'_>, visit: VisitId, parcel: ParcelId) {
    if d.site.visits.get(visit).is_ok() {
        return;
    }
    for parcel in quick_drop::in_hand(d.site, parcel, visit) {
        if d.site.custody.get(parcel).is_some_and(|p| p.custodian == Custodian::Courier(visit)) {
            d.raise(TaskKind::Accept { parcel });
        }
    }
}

/// Another place for a parcel the courier still holds.
pub(crate) fn replan(d: &mut Decider<'_>, visit: VisitId, parcel: ParcelId) {
    let Some(kiosk) = d.site.visits.get(visit).ok().map(|v| v.kiosk) else {
        return ask_for_what_was_left(d, visit, parcel);
    };
    let banks = deposit::banks_of(d.site, kiosk);
    // Nobody records who asked for reach: a place within reach is replaced by one within reach, if there is one.
    let within_reach = match d.site.custody.get(parcel).and_then(|p| p.planned) {
        Some(Place::Compartment(c)) => d.site.compartments.get(c).is_some_and(|c| c.spec.is_reachable()),
        Some(Place::Shelf(_) | Place::Desk | Place::Area(_) | Place::TakeBack) | None => false,
    };
    deposit::plan(d, parcel, &banks, (within_reach, false));
}

fn fixed(d: &mut Decider<'_>, visit: VisitId, parcel: ParcelId, turn: Option<Turn>) {
    let by = Actor::Visit(visit);
    match turn {
        Some(Turn::NotLeftHere) => {
            let carrier = d.site.custody.get(parcel).and_then(|p| p.carrier);
            d.transfer(parcel, Custodian::Carrier(carrier), by, Assurance::CourierWord);
            d.done(&TaskKind::Assign { parcel }, by);
            for person in notice::people_of(d.site, parcel) {
                notice::end_codes_without_use(d, person);
            }
        }
        Some(Turn::BiggerDoor | Turn::SomethingInside) => {
            d.transfer(parcel, Custodian::Courier(visit), by, Assurance::CourierWord);
            replan(d, visit, parcel);
        }
        Some(Turn::LeaveInside | Turn::NotMine | Turn::WasEmpty) | None => {}
    }
}

/// The parcels of an open compartment are collected: on closing, or after ten minutes.
pub(crate) fn collected(d: &mut Decider<'_>, parcels: &[ParcelId], person: PersonId, opening: &Opening) {
    let by = opening.purpose.visit().map_or(Actor::Site, Actor::Visit);
    let assurance = if opening.doubtful { Assurance::RecipientWord } else { Assurance::DoorClosed };
    for parcel in parcels {
        let still_here = d
            .site
            .custody
            .get(*parcel)
            .is_some_and(|p| p.custodian == Custodian::Compartment(opening.compartment));
        if still_here {
            d.transfer(*parcel, Custodian::Recipient(person), by, assurance);
            d.done(&TaskKind::Overdue { parcel: *parcel }, by);
            notice::after_collection(d, *parcel, person);
        }
    }
}

/// A door left open earlier that closes while another courier is at work: somebody else may have used it.
fn ask_about(d: &mut Decider<'_>, opening: &Opening) {
    let compartment = opening.compartment;
    let bank = d.site.compartments.get(compartment).map(|c| c.bank);
    let other_courier = d.site.visits.live.iter().any(|(id, v)| {
        let sees =
            d.site.layout.kiosks.get(&v.kiosk).zip(bank).is_some_and(|(k, bank)| k.banks.contains(&bank));
        sees && Some(*id) != opening.purpose.visit() && v.is_courier()
    });
    if other_courier {
        d.send_to_check(compartment);
    }
}

/// What became of a pulse.
pub(crate) fn pulse(d: &mut Decider<'_>, id: OpeningId, attempt: u8, outcome: PulseOutcome) {
    let Some(opening) = d.site.openings.get(id).cloned() else { return };
    if opening.attempt != attempt || !matches!(opening.progress, Progress::Pulsed { .. }) {
        return;
    }
    let tests_wiring =
        matches!(opening.purpose, OpeningPurpose::StaffOpen { reason: StaffReason::WiringTest, .. });
    let said_open = d.site.compartments.get(opening.compartment).is_some_and(Compartment::is_open);
    // What was never sent did nothing that a person could say: it is tried again as any other.
    let was_not_sent = outcome == PulseOutcome::NotSent && attempt < ATTEMPTS;
    let is_all = tests_wiring && !was_not_sent && (outcome != PulseOutcome::Opened || said_open);
    if is_all && !is_planted("wiring-pulses-twice") {
        // One pulse; what it did a person says. A contact that said open before tells nothing of it.
        d.push(Event::NotOpened { opening: id });
        return;
    }
    match outcome {
        PulseOutcome::Opened => opened(d, opening.compartment),
        PulseOutcome::StillClosed | PulseOutcome::NotSent => {
            d.push(Event::PulseFailed { opening: id, attempt, outcome });
            if attempt >= ATTEMPTS + u8::from(is_planted("four-pulses")) {
                give_up(d, id, opening);
            }
        }
        PulseOutcome::Unknown => unknown(d, id),
    }
}

/// The next of at most three pulses.
pub(crate) fn attempt_again(d: &mut Decider<'_>, id: OpeningId) {
    let Some(attempt) = d
        .site
        .openings
        .get(id)
        .map(|o| o.attempt + 1)
        .filter(|n| *n <= ATTEMPTS + u8::from(is_planted("four-pulses")))
    else {
        return;
    };
    let not_after = d.now() + d.site.policy.pulse_within;
    d.push(Event::OpeningAttempted { opening: id, attempt, not_after });
}

/// Three pulses and the door is shut: check, task; a courier gets another door, a resident keeps the code and gets help.
fn give_up(d: &mut Decider<'_>, id: OpeningId, opening: Opening) {
    d.push(Event::NotOpened { opening: id });
    audit::did_not_open(d, id);
    d.send_to_check(opening.compartment);
    d.raise(TaskKind::Jammed { compartment: opening.compartment });
    if let OpeningPurpose::Deposit { visit, parcel } = opening.purpose {
        replan(d, visit, parcel);
    }
    if let Some(visit) = opening.purpose.visit() {
        settle(d, visit);
    }
}

/// Nobody knows whether it opened: check; the code stays good for this compartment.
pub(crate) fn unknown(d: &mut Decider<'_>, id: OpeningId) {
    let Some(opening) = d.site.openings.get(id).cloned() else { return };
    d.push(Event::OpeningUnknown { opening: id });
    audit::did_not_open(d, id);
    if !is_planted("freed-before-the-outcome") {
        d.send_to_check(opening.compartment);
    }
    if let OpeningPurpose::Deposit { visit, parcel } = opening.purpose {
        ask_for_what_was_left(d, visit, parcel);
    }
}

/// What follows by itself in a visit once no door of it is open: the next parcel's door, the next collection, the end.
pub(crate) fn settle(d: &mut Decider<'_>, visit: VisitId) {
    let Ok(v) = d.site.visits.get(visit) else { return };
    if v.resting || (d.site.openings.of_visit(visit).is_some() && !is_planted("two-doors-a-visit")) {
        return;
    }
    if v.is_courier() {
        deposit::open_next(d, visit);
    } else {
        // Nothing more here, or the breaker: the visit stays until a tap or half a minute, a door may be wanted again.
        let _ = collection::open_next(d, visit);
    }
}
