//! A courier's parcels: registered, given a place, put behind a door, fixed.

use super::{Turn, Visit, Visitor, walk};
use crate::custody::class::{self, ParcelClass};
use crate::custody::label::LabelMark;
use crate::custody::{Assurance, Custodian, Entitlement};
use crate::evidence::{PhotoReason, photo};
use crate::ids::*;
use crate::opening::{OpeningPurpose, Progress};
use crate::place::Place;
use crate::place::allocation::{self, Target, Wanted};
use crate::place::compartment::Size;
use crate::place::shelf::{Bulk, scanned};
use crate::planted::is_planted;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{Fix, LabelClaim, ParcelWords, Proof, PutDown, PutTo, RecipientChoice};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::BTreeSet;

/// Parcels a courier may hold at once: one at an open door and one addressed ahead.
const CARRYING_MOST: usize = 2;

/// A courier's live visit, or why not.
pub(crate) fn courier_visit(site: &Site, visit: VisitId) -> Result<(&Visit, CarrierId), Refusal> {
    let v = site.visits.get(visit)?;
    match v.visitor {
        Visitor::Courier { carrier, .. } => Ok((v, carrier)),
        Visitor::Resident { .. } | Visitor::Guest { .. } => Err(Refusal::NotYours),
    }
}

/// The live visit of a courier or of whoever else brings something, with the company if it is known; or why not.
pub(crate) fn bringing_visit(site: &Site, visit: VisitId) -> Result<(&Visit, Option<CarrierId>), Refusal> {
    let v = site.visits.get(visit)?;
    match v.visitor {
        Visitor::Courier { carrier, .. } => Ok((v, Some(carrier))),
        Visitor::Guest { .. } => Ok((v, None)),
        Visitor::Resident { .. } => Err(Refusal::NotYours),
    }
}

/// One look-up in the directory is counted.
pub(crate) fn look_up(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    let (v, _) = courier_visit(d.site, visit)?;
    if v.look_ups_left() == 0 {
        return Err(Refusal::TooManyLookUps);
    }
    d.push(Event::LookedUp { visit });
    Ok(Answer::Done)
}

/// Who may collect, from what was said.
pub(crate) fn resolve(
    site: &Site,
    choice: &RecipientChoice,
) -> Result<(Option<UnitId>, Option<Entitlement>), Refusal> {
    match choice {
        RecipientChoice::Unknown => Ok((None, None)),
        RecipientChoice::Household { unit, addressee } => {
            if !site.directory.units.contains_key(unit) {
                return Err(Refusal::NotFound);
            }
            Ok((Some(*unit), site.directory.entitlement(*unit, *addressee, site.policy.sharing)))
        }
    }
}

/// The mark of a label that is not a parcel's of today once more.
pub(crate) fn new_label(
    d: &Decider<'_>,
    label: Option<LabelClaim>,
    carrier: Option<CarrierId>,
) -> Result<Option<LabelMark>, Refusal> {
    let Some(LabelClaim { mark, another }) = label else { return Ok(None) };
    let known = d.site.custody.came_today(mark, carrier, (d.now(), &d.site.policy.zone));
    match known.filter(|_| !another && !is_planted("scanned-twice-is-two")) {
        Some(parcel) => Err(Refusal::AlreadyHere { parcel }),
        None => Ok(Some(mark)),
    }
}

/// The next parcel.
pub(crate) fn deposit(d: &mut Decider<'_>, visit: VisitId, words: &ParcelWords) -> Result<Answer, Refusal> {
    let (v, carrier) = courier_visit(d.site, visit)?;
    if d.site.disk_low {
        return Err(Refusal::DiskLow);
    }
    if is_code_dead(d.site, v, d.ctx.now) {
        return Err(Refusal::CodeDead);
    }
    if v.carrying.len() >= CARRYING_MOST {
        return Err(Refusal::QueueFull);
    }
    let (kiosk, visitor) = (v.kiosk, v.visitor);
    let label = new_label(d, words.label, Some(carrier))?;
    let (unit, entitlement) = resolve(d.site, &words.recipient)?;
    if let Some(proof) = &words.together {
        same_code(d, kiosk, visitor, proof)?;
    }
    let parcel = d.site.counters.next_parcel();
    let unassigned = entitlement.is_none();
    d.push(Event::ParcelRegistered {
        parcel,
        custodian: Custodian::Courier(visit),
        carrier: Some(carrier),
        unit,
        entitlement,
        size: words.size,
        heavy: words.heavy,
        label,
    });
    if words.class.is_some() {
        class::said(d, Actor::Visit(visit), parcel, words.class);
    }
    if unassigned {
        d.raise(TaskKind::Assign { parcel });
    }
    let banks = banks_of(d.site, kiosk);
    plan(d, parcel, &banks, (words.reach, words.together.is_some()));
    super::doors::settle(d, visit);
    let opening = d
        .site
        .openings
        .of_visit(visit)
        .filter(|(_, o)| o.purpose.incoming() == Some(parcel))
        .map(|(id, _)| id);
    // The place may have changed since it was chosen: its board fell silent.
    let place = d.site.custody.get(parcel).and_then(|p| p.planned);
    Ok(Answer::Parcel { parcel, place, opening })
}

/// Whether the code the courier came with was ended since.
pub(crate) fn is_code_dead(site: &Site, visit: &Visit, now: crate::Timestamp) -> bool {
    match visit.visitor {
        Visitor::Courier { credential, .. } => {
            site.credentials.courier.all.get(&credential).is_none_or(|code| code.is_dead(now))
        }
        Visitor::Guest { .. } => false,
        Visitor::Resident { .. } => true,
    }
}

pub(crate) fn banks_of(site: &Site, kiosk: KioskId) -> BTreeSet<BankId> {
    site.layout.kiosks.get(&kiosk).map(|k| k.banks.clone()).unwrap_or_default()
}

/// Chooses a place and records it; a compartment is held for the parcel from now on.
pub(crate) fn plan(
    d: &mut Decider<'_>,
    parcel: ParcelId,
    banks: &BTreeSet<BankId>,
    (reach, together): (bool, bool),
) -> Place {
    let place = choose(d.site, parcel, banks, (reach, together), d.ctx.now);
    d.push(Event::PlacePlanned { parcel, place });
    place
}

/// What is known of a parcel that a courier is about to deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// The unit it is for, if one is known.
    pub unit: Option<UnitId>,
    /// The smallest compartment size it fits.
    pub size: Size,
    /// Heavy goes low.
    pub heavy: bool,
    /// The recipient asked for a latch within reach.
    pub reach: bool,
    /// What it is, where that matters; None: a usual parcel.
    pub class: Option<ParcelClass>,
}

/// Where [`deposit`] would send a parcel of this visit now, and how many free compartments of just its size would take it.
/// Nothing is changed or held.
///
/// # Errors
/// The visit is over or no courier's.
pub fn foresee(
    site: &Site,
    visit: VisitId,
    described: &Described,
    now: crate::Timestamp,
) -> Result<(Place, usize), Refusal> {
    let (v, carrier) = bringing_visit(site, visit)?;
    let Described { unit, size, heavy, reach, class } = *described;
    let (banks, visit) = (banks_of(site, v.kiosk), Some(visit));
    let wanted = Wanted { banks: &banks, size, heavy, reach, unit, carrier, class, pile: 1, visit };
    Ok((allocation::place_for(site, &wanted, false, now), allocation::free_of_size(site, &wanted)))
}

fn choose(
    site: &Site,
    parcel: ParcelId,
    banks: &BTreeSet<BankId>,
    (reach, together): (bool, bool),
    now: crate::Timestamp,
) -> Place {
    let Some(facts) = site.custody.get(parcel) else { return Place::TakeBack };
    let (unit, carrier, class) = (facts.unit, facts.carrier, facts.class());
    let beside = facts.entitlement.as_ref().filter(|_| together && !facts.too_big).zip(facts.visit);
    if let Some(c) = beside.and_then(|(e, visit)| allocation::together_with(site, visit, (e, class), banks)) {
        return Place::Compartment(c);
    }
    let pile = super::quick_drop::together(site, parcel);
    let (size, heavy, visit) = (facts.size, facts.heavy, facts.visit);
    let wanted = Wanted { banks, size, heavy, reach, unit, carrier, class, pile, visit };
    allocation::place_for(site, &wanted, facts.too_big, now)
}

/// Opens the door that is held for the first parcel the courier carries, if its turn has come.
pub(crate) fn open_next(d: &mut Decider<'_>, visit: VisitId) {
    let in_hand = d.site.visits.live.get(&visit).and_then(|v| v.carrying.first());
    let Some(parcel) = in_hand.copied() else { return };
    if !matches!(d.site.custody.get(parcel).and_then(|p| p.planned), Some(Place::Compartment(_))) {
        return;
    }
    if matches!(open_held(d, visit, parcel), Err(Refusal::BoardSilent | Refusal::NotInService)) {
        super::doors::replan(d, visit, parcel);
        let _ = open_held(d, visit, parcel);
    }
}

/// The door held for a parcel. A refusal of the breaker, or because staff look into it, passes: the clock tries again.
fn open_held(d: &mut Decider<'_>, visit: VisitId, parcel: ParcelId) -> Result<OpeningId, Refusal> {
    let target = Target::held(d.site, parcel).ok_or(Refusal::NotInService)?;
    d.open(target.compartment(), OpeningPurpose::Deposit { visit, parcel }, Actor::Visit(visit))
}

/// The open door of this courier's visit.
fn open_door(site: &Site, visit: VisitId) -> Result<(OpeningId, CompartmentId), Refusal> {
    bringing_visit(site, visit)?;
    match site.openings.of_visit(visit) {
        Some((id, opening)) if opening.progress == Progress::Open => Ok((id, opening.compartment)),
        _ => Err(Refusal::NoDoorOpen),
    }
}

/// *Bigger door*, *Not left here*.
pub(crate) fn turn(d: &mut Decider<'_>, visit: VisitId, turn: Turn) -> Result<Answer, Refusal> {
    let (id, compartment) = open_door(d.site, visit)?;
    let parcel = match d.site.openings.get(id).map(|o| &o.purpose) {
        Some(OpeningPurpose::Deposit { parcel, .. } | OpeningPurpose::FixDeposit { parcel, .. }) => *parcel,
        _ => return Err(Refusal::NoDoorOpen),
    };
    if turn == Turn::BiggerDoor && is_nowhere_bigger(d, parcel, compartment) {
        return Err(Refusal::NoRoom);
    }
    d.push(Event::Turned { visit, compartment, turn });
    Ok(Answer::Done)
}

/// Whether what does not fit here fits nowhere else.
fn is_nowhere_bigger(d: &Decider<'_>, parcel: ParcelId, compartment: CompartmentId) -> bool {
    let Some(facts) = d.site.custody.get(parcel) else { return false };
    let here = d.site.compartments.get(compartment).map_or(facts.size, |c| c.spec.size);
    let (heavy, class) = (facts.heavy, facts.class());
    let pile = super::quick_drop::together(d.site, parcel);
    let bulk = Bulk {
        size: facts.size,
        too_big: true,
        heavy,
        reach: false,
        class,
        unit: facts.unit,
        carrier: facts.carrier,
        pile,
        visit: facts.visit,
    };
    here.bigger().is_none() && allocation::elsewhere(d.site, bulk, d.ctx.now) == Place::TakeBack
}

/// *Something is inside*: check, task, photo, another door when this one closes.
pub(crate) fn something_inside(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    let (_, compartment) = open_door(d.site, visit)?;
    d.push(Event::Turned { visit, compartment, turn: Turn::SomethingInside });
    d.send_to_check(compartment);
    photo::of_compartment(d, compartment, PhotoReason::SomethingInside, Vec::new());
    Ok(Answer::Done)
}

/// *Open again*: only while the door has not been open; once it has shut the code is asked again (*Fix*).
pub(crate) fn open_again(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    d.site.visits.get(visit)?;
    let Some((id, opening)) = d.site.openings.of_visit(visit) else { return open_in_doubt(d, visit) };
    let compartment = opening.compartment;
    match opening.progress {
        Progress::Open => Ok(Answer::Opening { opening: id, compartment }),
        Progress::Again { .. } => {
            super::doors::attempt_again(d, id);
            Ok(Answer::Opening { opening: id, compartment })
        }
        Progress::Pulsed { .. } | Progress::Unknown => Err(Refusal::OpeningInProgress),
    }
}

/// Nobody knows whether the door of the parcel in hand opened: the same compartment once more.
fn open_in_doubt(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    let parcel = *d.site.visits.get(visit)?.carrying.first().ok_or(Refusal::DoorHasShut)?;
    let target = Target::in_doubt(d.site, visit, parcel).ok_or(Refusal::DoorHasShut)?;
    let compartment = target.compartment();
    let opening = d.open(compartment, OpeningPurpose::Deposit { visit, parcel }, Actor::Visit(visit))?;
    d.push(Event::VisitContinued { visit });
    Ok(Answer::Opening { opening, compartment })
}

/// *Fix*: opens an earlier deposit of this visit again, or gives it to somebody else. The code is asked again.
pub(crate) fn fix(
    d: &mut Decider<'_>,
    visit: VisitId,
    parcel: ParcelId,
    (fix, proof): (&Fix, &Proof),
) -> Result<Answer, Refusal> {
    let (v, _) = courier_visit(d.site, visit)?;
    let (kiosk, visitor) = (v.kiosk, v.visitor);
    if !v.deposits.contains(&parcel) {
        return Err(Refusal::NotYours);
    }
    let facts = d.site.custody.get(parcel).ok_or(Refusal::TooLate)?;
    let arrived = facts.arrived.unwrap_or(facts.since);
    let at_the_desk = facts.custodian == Custodian::Courier(visit) && matches!(fix, Fix::Readdress(_));
    // What lies with a parcel of a pile is anybody's: staff put that right.
    let fixable = (facts.custodian.is_waiting_place() || at_the_desk) && facts.drop.is_none();
    if d.now() - arrived >= d.site.policy.fix_within || !fixable {
        return Err(Refusal::TooLate);
    }
    same_code(d, kiosk, visitor, proof)?;
    match fix {
        Fix::Readdress(choice) => {
            crate::site::desk::correct_recipient(d, parcel, choice, Actor::Visit(visit))
        }
        Fix::Reopen => {
            if let Some((_, opening)) = d.site.openings.of_visit(visit) {
                return Err(Refusal::DoorOpen { compartment: opening.compartment });
            }
            let target = Target::own_visit(d.site, visit, parcel).ok_or(Refusal::WrongCustody)?;
            let compartment = target.compartment();
            let opening =
                d.open(compartment, OpeningPurpose::FixDeposit { visit, parcel }, Actor::Visit(visit))?;
            Ok(Answer::Opening { opening, compartment })
        }
    }
}

fn same_code(d: &mut Decider<'_>, kiosk: KioskId, visitor: Visitor, proof: &Proof) -> Result<(), Refusal> {
    let right = super::admission::prove(d, kiosk, crate::credential::budget::Purpose::Deliver, proof)?;
    match (right, visitor) {
        _ if is_planted("fix-without-the-code") => Ok(()),
        (
            crate::credential::Right::Deliver { credential: given, .. },
            Visitor::Courier { credential, .. },
        ) if given == credential => Ok(()),
        _ => Err(Refusal::NotYours),
    }
}

/// The courier put a parcel down: where the screen said, or onto a shelf whose label they scanned, which becomes the one that is
/// planned. Or they came back with one that an earlier visit had on its way.
pub(crate) fn put_down(d: &mut Decider<'_>, put: &PutDown) -> Result<Answer, Refusal> {
    let PutDown { visit, parcel, to, is_pictured } = *put;
    walk::may_put_down(d, visit, parcel)?;
    match to {
        PutTo::There => {}
        PutTo::Shelf { shelf, reach } => {
            scanned::instead(d.site, visit, (parcel, shelf, reach), d.ctx.now)?;
            walk::take_up(d, visit, parcel);
            let place = Place::Shelf(shelf);
            if d.site.custody.get(parcel).and_then(|known| known.planned) != Some(place) {
                d.push(Event::PlacePlanned { parcel, place });
            }
        }
        PutTo::InHand => return keep_in_hand(d, visit, parcel),
    }
    put_there(d, visit, parcel, is_pictured)
}

/// What they had on its way is in their hands, and the screen says once more where it goes.
fn keep_in_hand(d: &mut Decider<'_>, visit: VisitId, parcel: ParcelId) -> Result<Answer, Refusal> {
    let (v, _) = bringing_visit(d.site, visit)?;
    if !v.carrying.contains(&parcel) && v.carrying.len() >= CARRYING_MOST {
        return Err(Refusal::QueueFull);
    }
    walk::take_up(d, visit, parcel);
    d.push(Event::VisitContinued { visit });
    super::doors::settle(d, visit);
    Ok(Answer::Done)
}

fn put_there(
    d: &mut Decider<'_>,
    visit: VisitId,
    parcel: ParcelId,
    is_pictured: bool,
) -> Result<Answer, Refusal> {
    let (v, carrier) = bringing_visit(d.site, visit)?;
    let (kiosk, by) = (v.kiosk, Actor::Visit(visit));
    let planned = d.site.custody.get(parcel).and_then(|p| p.planned);
    let to = match planned {
        Some(Place::Shelf(shelf)) => Custodian::Shelf(shelf),
        Some(Place::Area(area)) => Custodian::CommonArea(area),
        Some(Place::TakeBack) => Custodian::Carrier(carrier),
        // Staff custody begins when staff accept, never by a courier's tap.
        Some(Place::Desk) => {
            d.push(Event::VisitContinued { visit });
            for parcel in super::quick_drop::in_hand(d.site, parcel, visit) {
                d.raise(TaskKind::Accept { parcel });
            }
            super::doors::settle(d, visit);
            return Ok(Answer::Done);
        }
        Some(Place::Compartment(_)) | None => return Err(Refusal::WrongCustody),
    };
    d.push(Event::VisitContinued { visit });
    walk::take_up(d, visit, parcel);
    if let Some(place @ (Place::Shelf(_) | Place::Area(_))) = planned {
        let parcels = super::quick_drop::in_hand(d.site, parcel, visit);
        photo::arrival::put_down(d, (kiosk, visit), (parcels, place), is_pictured);
    }
    d.transfer(parcel, to, by, Assurance::CourierWord);
    // A pile is a task of its own.
    let is_one = d.site.custody.get(parcel).is_some_and(|p| p.drop.is_none());
    if matches!(to, Custodian::CommonArea(_)) && is_one {
        d.raise(TaskKind::Accept { parcel });
    }
    super::doors::settle(d, visit);
    Ok(Answer::Done)
}
