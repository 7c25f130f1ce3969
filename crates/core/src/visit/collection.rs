//! A resident's collection: one compartment after the other, said to be theirs by the code, collected when the door closes.

use super::{Turn, Visit, Visitor};
use crate::custody::{Assurance, Custodian, Parcel, label::LabelMark, missed};
use crate::evidence::{PhotoReason, photo};
use crate::ids::*;
use crate::notice;
use crate::opening::{OpeningPurpose, Progress};
use crate::place::{Place, compartment::Compartment};
use crate::planted::is_planted;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::CheckOut;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

fn resident_visit(site: &Site, visit: VisitId) -> Result<(&Visit, CredentialId, PersonId), Refusal> {
    let v = site.visits.get(visit)?;
    match v.visitor {
        Visitor::Resident { credential, person } => Ok((v, credential, person)),
        Visitor::Courier { .. } | Visitor::Guest { .. } => Err(Refusal::NotYours),
    }
}

/// The next compartment in sight that holds something for the visit's person.
fn next_compartment(site: &Site, visit: VisitId, once_more: bool) -> Option<CompartmentId> {
    let (v, _, person) = resident_visit(site, visit).ok()?;
    let banks = &site.layout.kiosks.get(&v.kiosk)?.banks;
    site.custody
        .waiting_for(person)
        .filter_map(|(_, parcel)| match parcel.custodian {
            Custodian::Compartment(c) => Some(c),
            _ => None,
        })
        .filter(|c| once_more || !v.opened.contains(c))
        .find(|c| {
            site.compartments
                .get(*c)
                .is_some_and(|c| banks.contains(&c.bank) && !is_being_opened(site, c) && !c.is_open())
        })
}

/// Whether an opening goes on; one that nobody knows anything of does not count, its code is good for another.
fn is_being_opened(site: &Site, c: &Compartment) -> bool {
    c.opening.and_then(|id| site.openings.get(id)).is_some_and(|o| !o.is_unknown())
}

/// Opens the next compartment, if there is one.
pub(crate) fn open_next(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    open_one(d, visit, false)
}

/// Opens the next compartment; by a tap also one that was opened in this visit and still holds something.
fn open_one(d: &mut Decider<'_>, visit: VisitId, by_tap: bool) -> Result<Answer, Refusal> {
    let (_, credential, person) = resident_visit(d.site, visit)?;
    still_entitled(d, visit)?;
    let once_more = || by_tap.then(|| next_compartment(d.site, visit, true)).flatten();
    let anything = || {
        let full =
            |(_, c): &(&CompartmentId, &Compartment)| !c.is_empty() && c.opening.is_none() && !c.is_open();
        d.site
            .compartments
            .all
            .iter()
            .find(full)
            .map(|(id, _)| *id)
            .filter(|_| is_planted("everything-opens"))
    };
    let compartment = next_compartment(d.site, visit, false)
        .or_else(once_more)
        .or_else(anything)
        .ok_or(Refusal::NothingWaits)?;
    let parcels = d
        .site
        .custody
        .waiting_for(person)
        .filter(|(_, p)| p.custodian == Custodian::Compartment(compartment))
        .map(|(id, _)| id)
        .collect();
    let purpose = OpeningPurpose::Collect { visit, credential, person, parcels };
    let opening = d.open(compartment, purpose, Actor::Visit(visit))?;
    Ok(Answer::Opening { opening, compartment })
}

/// *Next door*, by a tap.
pub(crate) fn next_door(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    resident_visit(d.site, visit)?;
    match d.site.openings.of_visit(visit) {
        Some((_, opening)) if opening.progress != Progress::Open => Err(Refusal::OpeningInProgress),
        Some((_, opening)) => Err(Refusal::DoorOpen { compartment: opening.compartment }),
        None => open_one(d, visit, true),
    }
}

/// The code or card the visit began with still lives, and its person may still collect.
fn still_entitled(d: &Decider<'_>, visit: VisitId) -> Result<(), Refusal> {
    let (_, credential, person) = resident_visit(d.site, visit)?;
    let codes = &d.site.credentials;
    let lives = codes.pickup.live.contains_key(&credential) || codes.cards.contains_key(&credential);
    if lives && d.site.directory.may_still_collect(person, d.ctx.now) {
        Ok(())
    } else {
        Err(Refusal::CodeDead)
    }
}

fn open_collection(site: &Site, visit: VisitId) -> Result<(CompartmentId, PersonId, Vec<ParcelId>), Refusal> {
    resident_visit(site, visit)?;
    match site.openings.of_visit(visit) {
        Some((_, opening)) if opening.progress == Progress::Open && !opening.committed => {
            match &opening.purpose {
                OpeningPurpose::Collect { person, parcels, .. } => {
                    Ok((opening.compartment, *person, parcels.clone()))
                }
                _ => Err(Refusal::NoDoorOpen),
            }
        }
        _ => Err(Refusal::NoDoorOpen),
    }
}

/// *Left something inside*: nothing of this compartment is collected, the code lives on.
pub(crate) fn leave_inside(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    let (compartment, ..) = open_collection(d.site, visit)?;
    d.push(Event::Turned { visit, compartment, turn: Turn::LeaveInside });
    Ok(Answer::Done)
}

/// *Not mine*: stays inside, to check, this person's codes no longer open it, its visit's neighbours are suspects.
pub(crate) fn not_mine(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    let (compartment, person, parcels) = open_collection(d.site, visit)?;
    d.push(Event::Turned { visit, compartment, turn: Turn::NotMine });
    for parcel in parcels.iter().copied() {
        let suspects = neighbours(d.site, parcel);
        d.push(Event::ParcelDisowned { parcel, person });
        d.raise(TaskKind::NotTheirs { parcel, suspects });
    }
    notice::end_codes_without_use(d, person);
    d.send_to_check(compartment);
    photo::of_compartment(d, compartment, PhotoReason::Doubted, parcels);
    Ok(Answer::Done)
}

fn neighbours(site: &Site, parcel: ParcelId) -> Vec<ParcelId> {
    let Some(visit) = site.custody.get(parcel).and_then(|p| p.visit) else { return Vec::new() };
    let of_visit = site.custody.parcels.iter().filter(|(id, p)| p.visit == Some(visit) && **id != parcel);
    of_visit.map(|(id, _)| *id).collect()
}

/// *It was empty*: the parcels are missing, staff search.
pub(crate) fn was_empty(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    let (compartment, _, parcels) = open_collection(d.site, visit)?;
    d.push(Event::Turned { visit, compartment, turn: Turn::WasEmpty });
    let now = d.now();
    for parcel in parcels.iter().copied() {
        missed::missed(d, parcel, (Actor::Visit(visit), Assurance::RecipientWord), now);
    }
    d.send_to_check(compartment);
    photo::of_compartment(d, compartment, PhotoReason::Doubted, parcels);
    Ok(Answer::Done)
}

/// *Open again* within the grace: a compartment collected from in this visit, or in the last one of the same code.
pub(crate) fn reopen(
    d: &mut Decider<'_>,
    visit: VisitId,
    compartment: CompartmentId,
) -> Result<Answer, Refusal> {
    let (v, _, person) = resident_visit(d.site, visit)?;
    still_entitled(d, visit)?;
    if let Some((_, opening)) = d.site.openings.of_visit(visit) {
        return Err(Refusal::DoorOpen { compartment: opening.compartment });
    }
    let emptied = d
        .site
        .graces
        .get(&compartment)
        .filter(|g| g.person == person || is_planted("reopened-by-a-stranger"))
        .filter(|g| d.ctx.now - g.at < d.site.policy.grace);
    let in_sight = d.site.layout.kiosks.get(&v.kiosk).zip(d.site.compartments.get(compartment));
    let may = emptied.is_some()
        && in_sight
            .is_some_and(|(k, c)| k.banks.contains(&c.bank) && c.parcels.is_empty() && c.held_for.is_none());
    if !may {
        return Err(Refusal::TooLate);
    }
    let opening = d.open(compartment, OpeningPurpose::Reopen { visit, person }, Actor::Visit(visit))?;
    Ok(Answer::Opening { opening, compartment })
}

/// The parcel with this label that the visit's person may carry away from a shelf or drop place.
pub fn on_a_shelf(site: &Site, visit: VisitId, label: LabelMark) -> Option<ParcelId> {
    let (_, _, person) = resident_visit(site, visit).ok()?;
    let mut theirs = site.custody.waiting_for(person);
    let lies_open = |(_, p): &(ParcelId, &Parcel)| p.label == Some(label) && p.custodian.lies_at().is_some();
    theirs.find(lies_open).or_else(|| found_after_all(site, visit, label)).map(|(id, _)| id)
}

/// One that was not there when they looked first.
fn found_after_all(site: &Site, visit: VisitId, label: LabelMark) -> Option<(ParcelId, &Parcel)> {
    let missed = site.visits.get(visit).ok()?.missed.keys();
    let mut known = missed.filter_map(|id| site.custody.get(*id).map(|parcel| (*id, parcel)));
    known.find(|(_, parcel)| parcel.label == Some(label))
}

/// Whether somebody at a kiosk may say that a parcel is not where it should lie: it is for them.
pub(crate) fn may_look_for(d: &Decider<'_>, visit: VisitId, parcel: ParcelId) -> Result<(), Refusal> {
    let (v, _, person) = resident_visit(d.site, visit)?;
    if v.missed.contains_key(&parcel) {
        return Ok(());
    }
    still_entitled(d, visit)?;
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    if facts.is_for(person) { Ok(()) } else { Err(Refusal::NotEntitled) }
}

/// Where a parcel lies that the visit's person may carry away. One that they looked for in vain in this visit may be found after all,
/// though the code it was for has ended with that.
fn may_take(d: &Decider<'_>, visit: VisitId, parcel: ParcelId) -> Result<Place, Refusal> {
    let (v, _, person) = resident_visit(d.site, visit)?;
    let missed = v.missed.get(&parcel).copied();
    if missed.is_none() {
        still_entitled(d, visit)?;
    } else if !d.site.directory.may_still_collect(person, d.ctx.now) {
        return Err(Refusal::CodeDead);
    }
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    if !facts.is_for(person) {
        return Err(Refusal::NotEntitled);
    }
    facts.custodian.lies_at().or(missed).ok_or(Refusal::WrongCustody)
}

/// The resident took a parcel from a shelf or drop place: a scan of its label, or their word. Photographed where it can be; nothing
/// waits for that.
pub(crate) fn take_from_shelf(d: &mut Decider<'_>, visit: VisitId, out: CheckOut) -> Result<Answer, Refusal> {
    let (v, _, person) = resident_visit(d.site, visit)?;
    let (kiosk, parcel) = (v.kiosk, out.parcel);
    let place = may_take(d, visit, parcel)?;
    photo::checked_out(d, (kiosk, visit), (parcel, place), out.is_pictured);
    let known_by = if out.is_scanned { Assurance::RecipientScan } else { Assurance::RecipientWord };
    d.transfer(parcel, Custodian::Recipient(person), Actor::Visit(visit), known_by);
    notice::after_collection(d, parcel, person);
    for task in [TaskKind::Accept { parcel }, TaskKind::Overdue { parcel }, TaskKind::Missing { parcel }] {
        d.done(&task, Actor::Visit(visit));
    }
    Ok(Answer::Done)
}
