//! What staff do: look in with a reason, accept, correct, place, hand over, give back, write off, check.

use super::decider::Decider;
use crate::credential::Right;
use crate::custody::class::{self, ParcelClass};
use crate::custody::delivered::{again, rules as claims};
use crate::custody::label::LabelMark;
use crate::custody::{Assurance, Custodian, Parcel, missed};
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::notice::{self, NoticeKind};
use crate::opening::OpeningPurpose;
use crate::place::Place;
use crate::place::allocation::{self, Wanted};
use crate::place::compartment::Service;
use crate::place::shelf::scanned;
use crate::site::{Site, people};
use crate::task::TaskKind;
use crate::visit::{admission, deposit, quick_drop};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{HandOverTo, ParcelWords, Proof, RecipientChoice, StaffReason};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// The member of staff who asks.
pub(crate) fn staff(actor: Actor) -> Result<StaffId, Refusal> {
    match actor {
        Actor::Staff(staff) => Ok(staff),
        Actor::Site
        | Actor::Kiosk(_)
        | Actor::Visit(_)
        | Actor::Console
        | Actor::Device
        | Actor::Door(_)
        | Actor::Person(_) => Err(Refusal::NotYours),
    }
}

fn in_staff_custody(site: &Site, parcel: ParcelId) -> Result<(), Refusal> {
    match site.custody.get(parcel).ok_or(Refusal::NotFound)?.custodian {
        Custodian::Staff(_) => Ok(()),
        _ => Err(Refusal::WrongCustody),
    }
}

/// Opens one compartment; nothing else changes.
pub(crate) fn open(
    d: &mut Decider<'_>,
    actor: Actor,
    compartment: CompartmentId,
    reason: StaffReason,
) -> Result<Answer, Refusal> {
    let staff = staff(actor)?;
    if reason == StaffReason::WiringTest {
        return Err(Refusal::Invalid {
            why: "a wiring test has a page of its own, which asks what opened".to_owned(),
        });
    }
    if reason == StaffReason::Audit {
        return Err(Refusal::Invalid {
            why: "an audit has a page of its own, which asks what is inside".to_owned(),
        });
    }
    let opening = d.open(compartment, OpeningPurpose::StaffOpen { staff, reason }, actor)?;
    Ok(Answer::Opening { opening, compartment })
}

/// Opens a compartment to take one parcel out.
pub(crate) fn remove(
    d: &mut Decider<'_>,
    actor: Actor,
    parcel: ParcelId,
    reason: StaffReason,
) -> Result<Answer, Refusal> {
    let staff = staff(actor)?;
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    match facts.custodian {
        Custodian::Compartment(compartment) => {
            let opening =
                d.open(compartment, OpeningPurpose::StaffRemove { staff, parcel, reason }, actor)?;
            Ok(Answer::Opening { opening, compartment })
        }
        Custodian::Shelf(_) | Custodian::CommonArea(_) => accept(d, actor, parcel),
        _ => Err(Refusal::WrongCustody),
    }
}

/// Takes a compartment out of service, or back.
pub(crate) fn set_service(
    d: &mut Decider<'_>,
    actor: Actor,
    compartment: CompartmentId,
    (in_service, reason): (bool, StaffReason),
) -> Result<Answer, Refusal> {
    let c = d.site.compartments.get(compartment).ok_or(Refusal::NotFound)?;
    if !in_service && !c.parcels.is_empty() {
        return Err(Refusal::Occupied { parcels: c.parcels.iter().copied().collect() });
    }
    let to_check = d.site.tasks.find(&TaskKind::Check { compartment }).is_some();
    let is_unproven = d.site.wiring.maps.get(&c.bank).is_some_and(|map| map.unproven.contains(&compartment));
    if in_service && (c.service == Service::Check || to_check || is_unproven) {
        return Err(Refusal::NotInService);
    }
    d.push(Event::CompartmentServiceSet { compartment, in_service, reason, by: actor });
    if in_service {
        d.done(&TaskKind::Jammed { compartment }, actor);
    }
    Ok(Answer::Done)
}

/// Staff looked: the parcels named are inside, the others the site believed could be are not.
pub(crate) fn resolve_check(
    d: &mut Decider<'_>,
    actor: Actor,
    compartment: CompartmentId,
    found: &[ParcelId],
) -> Result<Answer, Refusal> {
    let c = d.site.compartments.get(compartment).ok_or(Refusal::NotFound)?;
    if c.is_open() {
        return Err(Refusal::DoorOpen { compartment });
    }
    let believed: Vec<_> = c.parcels.iter().copied().collect();
    for parcel in found {
        let custodian = d.site.custody.get(*parcel).ok_or(Refusal::NotFound)?.custodian;
        let possible = matches!(custodian, Custodian::Compartment(x) if x == compartment)
            || matches!(custodian, Custodian::Courier(_) | Custodian::Missing { .. });
        if !possible {
            return Err(Refusal::WrongCustody);
        }
    }
    let mut entitlements = found.iter().filter_map(|id| d.site.custody.get(*id)).map(|p| &p.entitlement);
    let first = entitlements.next();
    if entitlements.any(|other| Some(other) != first) {
        // Only equal entitlement shares a compartment: staff take one of them out first.
        return Err(Refusal::NotEntitled);
    }
    for parcel in found {
        d.transfer(*parcel, Custodian::Compartment(compartment), actor, Assurance::StaffWord);
        d.done(&TaskKind::Missing { parcel: *parcel }, actor);
        d.done(&TaskKind::Accept { parcel: *parcel }, actor);
    }
    for parcel in believed.into_iter().filter(|parcel| !found.contains(parcel)) {
        let now = d.now();
        missed::search_for(d, parcel, (actor, Assurance::StaffWord), now);
    }
    d.push(Event::CompartmentChecked { compartment, by: actor });
    for task in [TaskKind::Check { compartment }, TaskKind::Forced { compartment }] {
        d.done(&task, actor);
    }
    Ok(Answer::Done)
}

/// A parcel taken at the desk that no courier visit registered.
pub(crate) fn intake(
    d: &mut Decider<'_>,
    actor: Actor,
    carrier: Option<CarrierId>,
    words: &ParcelWords,
) -> Result<Answer, Refusal> {
    let staff = staff(actor)?;
    if carrier.is_some_and(|carrier| !d.site.layout.carriers.contains_key(&carrier)) {
        return Err(Refusal::NotFound);
    }
    let label = deposit::new_label(d, words.label, carrier)?;
    let (unit, entitlement) = deposit::resolve(d.site, &words.recipient)?;
    let people = entitlement.as_ref().map_or(Vec::new(), |e| e.persons.clone());
    let parcel = d.site.counters.next_parcel();
    d.push(Event::ParcelRegistered {
        parcel,
        custodian: Custodian::Carrier(carrier),
        carrier,
        unit,
        entitlement,
        size: words.size,
        heavy: words.heavy,
        label,
    });
    if words.class.is_some() {
        class::said(d, actor, parcel, words.class);
    }
    d.transfer(parcel, Custodian::Staff(staff), actor, Assurance::StaffWord);
    at_desk(d, PhotoReason::Intake, vec![parcel]);
    for person in people {
        notice::tell(d, person, NoticeKind::Arrived, vec![parcel]);
    }
    Ok(Answer::Parcel { parcel, place: Some(Place::Desk), opening: None })
}

/// A photo of the desk.
pub(crate) fn at_desk(d: &mut Decider<'_>, reason: PhotoReason, parcels: Vec<ParcelId>) {
    let subject = PhotoSubject { parcels, ..PhotoSubject::default() };
    photo::ask(d, photo::Spot::Desk, (reason, PhotoMoment::Now), subject);
}

/// Whether staff may take it as it is: what lies behind a door is taken out first.
pub(crate) fn is_acceptable(custodian: Custodian) -> bool {
    matches!(
        custodian,
        Custodian::Courier(_) | Custodian::Shelf(_) | Custodian::CommonArea(_) | Custodian::Missing { .. }
    )
}

/// Staff accept a parcel left for them.
pub(crate) fn accept(d: &mut Decider<'_>, actor: Actor, parcel: ParcelId) -> Result<Answer, Refusal> {
    let staff = staff(actor)?;
    let custodian = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?.custodian;
    if !is_acceptable(custodian) {
        return Err(Refusal::WrongCustody);
    }
    let was_waiting = custodian.is_waiting_place();
    d.transfer(parcel, Custodian::Staff(staff), actor, Assurance::StaffWord);
    for task in [TaskKind::Accept { parcel }, TaskKind::Missing { parcel }] {
        d.done(&task, actor);
    }
    let what = if was_waiting { NoticeKind::Moved } else { NoticeKind::Arrived };
    for person in notice::people_of(d.site, parcel) {
        notice::tell(d, person, what, vec![parcel]);
    }
    Ok(Answer::Done)
}

/// Corrects for whom a parcel is. Who was told wrongly keeps no code for it; who is right is told.
pub(crate) fn correct_recipient(
    d: &mut Decider<'_>,
    parcel: ParcelId,
    choice: &RecipientChoice,
    by: Actor,
) -> Result<Answer, Refusal> {
    readdress(d, parcel, (choice, None), by)?;
    again::readdressed(d, parcel);
    tell_of_arrival(d, parcel);
    Ok(Answer::Done)
}

/// Says for whom a parcel is, with its number where that was read. Who is right is not told yet.
pub(crate) fn readdress(
    d: &mut Decider<'_>,
    parcel: ParcelId,
    (choice, label): (&RecipientChoice, Option<LabelMark>),
    by: Actor,
) -> Result<(), Refusal> {
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    if facts.custodian.is_final() {
        return Err(Refusal::TooLate);
    }
    let shares_a_door = match facts.custodian {
        Custodian::Compartment(c) => d.site.compartments.get(c).is_some_and(|c| c.parcels.len() > 1),
        _ => false,
    };
    let drop = facts.drop;
    let (unit, entitlement) = deposit::resolve(d.site, choice)?;
    if shares_a_door && entitlement != facts.entitlement {
        // Its neighbours behind the same door are for others: staff take it out first.
        return Err(Refusal::NotEntitled);
    }
    let before = notice::people_of(d.site, parcel);
    let is_nobodys = entitlement.is_none();
    d.push(Event::RecipientCorrected { parcel, unit, entitlement, by, label });
    for person in before {
        notice::end_codes_without_use(d, person);
    }
    if is_nobodys {
        d.raise(TaskKind::Assign { parcel });
        return Ok(());
    }
    d.done(&TaskKind::Assign { parcel }, by);
    d.done_not_theirs(parcel, by);
    if let Some(drop) = drop {
        quick_drop::end_sorted(d, drop, by);
    }
    Ok(())
}

/// Tells those a parcel waits for that it does. What its courier's visit still tells them at its end is not told twice.
pub(crate) fn tell_of_arrival(d: &mut Decider<'_>, parcel: ParcelId) {
    let Some(facts) = d.site.custody.get(parcel) else { return };
    let (custodian, visit) = (facts.custodian, facts.visit);
    // Nothing is due at the end of a visit for what staff have.
    let is_told_later = !matches!(custodian, Custodian::Staff(_))
        && visit.is_some_and(|visit| d.site.visits.get(visit).is_ok());
    if custodian.is_waiting_place() && !is_told_later {
        for person in notice::people_of(d.site, parcel) {
            notice::tell(d, person, NoticeKind::Arrived, vec![parcel]);
        }
    }
}

/// Puts a parcel in staff custody into a free compartment.
pub(crate) fn place(
    d: &mut Decider<'_>,
    actor: Actor,
    parcel: ParcelId,
    (banks, reach): (&[BankId], bool),
) -> Result<Answer, Refusal> {
    let staff = staff(actor)?;
    in_staff_custody(d.site, parcel)?;
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    let class = facts.class();
    if class.is_some_and(|class| !class.may_lie_behind_a_door()) {
        return Err(Refusal::NotForThisClass);
    }
    let banks = if banks.is_empty() {
        d.site.layout.banks.keys().copied().collect()
    } else {
        banks.iter().copied().collect()
    };
    let (size, heavy, unit, carrier) = (facts.size, facts.heavy, facts.unit, facts.carrier);
    let wanted = Wanted { banks: &banks, size, heavy, reach, unit, carrier, class, pile: 1, visit: None };
    let compartment = allocation::compartment_for(d.site, &wanted, d.ctx.now).ok_or(Refusal::NoRoom)?;
    d.site.openings.admits(
        d.site.compartments.get(compartment).ok_or(Refusal::NotFound)?.bank,
        d.site.policy.breaker_per_minute,
        d.ctx.now,
    )?;
    d.push(Event::PlacePlanned { parcel, place: Place::Compartment(compartment) });
    let opening = d.open(compartment, OpeningPurpose::StaffPlace { staff, parcel }, actor)?;
    Ok(Answer::Opening { opening, compartment })
}

/// Whether a shelf is there, and what is of this class may lie open on it.
pub(crate) fn may_lie_on(site: &Site, shelf: ShelfId, class: Option<ParcelClass>) -> Result<(), Refusal> {
    scanned::there(site, shelf)?;
    let is_wrong = class.is_some_and(|class| !class.may_lie_open());
    if is_wrong && !crate::planted::is_planted("medicine-on-a-shelf") {
        return Err(Refusal::NotForThisClass);
    }
    Ok(())
}

/// Puts a parcel in staff custody, or from another shelf, onto a shelf. Staff see what fits: limits are not theirs. What must not
/// lie open is refused to them too.
pub(crate) fn shelve(
    d: &mut Decider<'_>,
    actor: Actor,
    parcel: ParcelId,
    shelf: ShelfId,
) -> Result<Answer, Refusal> {
    staff(actor)?;
    let custodian = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?.custodian;
    if custodian == Custodian::Shelf(shelf) || scanned::staff_may_shelve(custodian) != Some(false) {
        return Err(Refusal::WrongCustody);
    }
    may_lie_on(d.site, shelf, d.site.custody.get(parcel).and_then(|facts| facts.class()))?;
    d.transfer(parcel, Custodian::Shelf(shelf), actor, Assurance::StaffWord);
    for person in notice::people_of(d.site, parcel) {
        notice::tell(d, person, NoticeKind::Moved, vec![parcel]);
    }
    Ok(Answer::Done)
}

/// Who stands at the desk: by the code shown, or by staff's word.
fn receiver(site: &Site, to: &HandOverTo, now: crate::Timestamp) -> Result<(PersonId, Assurance), Refusal> {
    match to {
        HandOverTo::Person(person) | HandOverTo::Signed(person)
            if site.directory.persons.contains_key(person) =>
        {
            Ok((*person, Assurance::StaffWord))
        }
        HandOverTo::Person(_) | HandOverTo::Signed(_) => Err(Refusal::NotFound),
        HandOverTo::Shown(Proof::Token(token)) => match admission::by_token(site, *token, now)? {
            Right::PickUp { person, .. } => Ok((person, Assurance::RecipientWord)),
            Right::Deliver { .. } => Err(Refusal::OtherPurpose),
        },
        HandOverTo::Shown(Proof::Digits { check_ok: false, .. }) => Err(Refusal::Mistyped),
        HandOverTo::Shown(Proof::Digits { selector, hash, .. }) => {
            let code = site.credentials.pickup.by_digits(selector, *hash).ok_or(Refusal::WrongCode)?;
            let person = site.credentials.pickup.live.get(&code).ok_or(Refusal::WrongCode)?.person;
            Ok((person, Assurance::RecipientWord))
        }
    }
}

/// Hands parcels in staff custody to a person who may have them.
pub(crate) fn hand_over(
    d: &mut Decider<'_>,
    actor: Actor,
    parcels: &[ParcelId],
    to: &HandOverTo,
) -> Result<Answer, Refusal> {
    staff(actor)?;
    let (person, assurance) = receiver(d.site, to, d.ctx.now)?;
    if parcels.is_empty() {
        return Ok(Answer::Person(person));
    }
    for parcel in parcels {
        in_staff_custody(d.site, *parcel)?;
        let is_theirs = d.site.custody.get(*parcel).is_some_and(|p| p.is_for(person));
        if !is_theirs || !d.site.directory.may_still_collect(person, d.ctx.now) {
            return Err(Refusal::NotEntitled);
        }
        let class = d.site.custody.get(*parcel).and_then(|p| p.class());
        if class == Some(ParcelClass::Signature) && matches!(to, HandOverTo::Person(_)) {
            return Err(Refusal::SignatureNeeded);
        }
    }
    for parcel in parcels {
        d.transfer(*parcel, Custodian::Recipient(person), actor, assurance);
        d.done(&TaskKind::Overdue { parcel: *parcel }, actor);
        notice::after_collection(d, *parcel, person);
    }
    at_desk(d, PhotoReason::HandOver, parcels.to_vec());
    notice::tell(d, person, NoticeKind::HandedOver, parcels.to_vec());
    Ok(Answer::Person(person))
}

/// Gives a parcel in staff custody back to a carrier.
pub(crate) fn give_back(
    d: &mut Decider<'_>,
    actor: Actor,
    parcel: ParcelId,
    carrier: CarrierId,
) -> Result<Answer, Refusal> {
    staff(actor)?;
    in_staff_custody(d.site, parcel)?;
    if !d.site.layout.carriers.contains_key(&carrier) {
        return Err(Refusal::NotFound);
    }
    end_parcel(d, actor, parcel, (Custodian::Carrier(Some(carrier)), NoticeKind::Returned));
    Ok(Answer::Done)
}

/// Ends the search for a missing parcel, or disposes of one in staff custody.
pub(crate) fn write_off(d: &mut Decider<'_>, actor: Actor, parcel: ParcelId) -> Result<Answer, Refusal> {
    staff(actor)?;
    match d.site.custody.get(parcel).ok_or(Refusal::NotFound)?.custodian {
        Custodian::Staff(_) | Custodian::Missing { .. } | Custodian::Courier(_) => {
            end_parcel(d, actor, parcel, (Custodian::WrittenOff, NoticeKind::WrittenOff));
            Ok(Answer::Done)
        }
        _ => Err(Refusal::WrongCustody),
    }
}

fn end_parcel(d: &mut Decider<'_>, actor: Actor, parcel: ParcelId, (to, told): (Custodian, NoticeKind)) {
    let people = notice::people_of(d.site, parcel);
    d.transfer(parcel, to, actor, Assurance::StaffWord);
    for task in [
        TaskKind::Missing { parcel },
        TaskKind::Overdue { parcel },
        TaskKind::Assign { parcel },
        TaskKind::Accept { parcel },
    ] {
        d.done(&task, actor);
    }
    for person in people {
        notice::end_codes_without_use(d, person);
        notice::tell(d, person, told, vec![parcel]);
    }
}

/// A missing parcel turned up: it is in staff custody now.
pub(crate) fn turned_up(d: &mut Decider<'_>, actor: Actor, parcel: ParcelId) -> Result<Answer, Refusal> {
    match d.site.custody.get(parcel).ok_or(Refusal::NotFound)?.custodian {
        Custodian::Missing { .. } => accept(d, actor, parcel),
        _ => Err(Refusal::WrongCustody),
    }
}

impl Site {
    /// Whether staff may say that a task is done. One that a fact keeps open ends with the fact.
    pub fn may_be_ended(&self, what: &TaskKind) -> bool {
        let custody_is = |parcel: &ParcelId, is: fn(&Self, &Parcel) -> bool| {
            self.custody.get(*parcel).is_some_and(|facts| is(self, facts))
        };
        let stays = match what {
            TaskKind::Check { compartment } | TaskKind::Forced { compartment } => {
                // Taken out of service it is still to be looked into.
                self.compartments.get(*compartment).is_some_and(|c| c.service != Service::In)
            }
            TaskKind::HeldOpen { compartment } => {
                self.compartments.get(*compartment).is_some_and(|c| c.is_open())
            }
            TaskKind::Assign { parcel } => {
                custody_is(parcel, |site, p| !p.custodian.is_final() && people::is_lost(site, p))
            }
            // On no other list: nobody would look for it any more.
            TaskKind::Accept { parcel } => {
                custody_is(parcel, |_, p| matches!(p.custodian, Custodian::Courier(_)))
            }
            TaskKind::Missing { parcel } => {
                custody_is(parcel, |_, p| matches!(p.custodian, Custodian::Missing { .. }))
            }
            TaskKind::Misplaced { parcel } => {
                custody_is(parcel, |_, p| p.class().is_some_and(|class| !class.may_be_with(p.custodian)))
            }
            TaskKind::BoardSilent { bank } => self.layout.silent.contains(bank),
            TaskKind::LineSilent { banks } => !banks.is_disjoint(&self.layout.silent),
            TaskKind::CameraSilent { camera } => self.evidence.cameras.get(camera).is_some_and(|c| c.silent),
            TaskKind::DiskLow => self.disk_low,
            TaskKind::DoorHeldOpen { point } => {
                self.access.points.get(point).is_some_and(|p| p.stands_open())
            }
            TaskKind::DoorSilent { point } => self.access.points.get(point).is_some_and(|p| p.silent),
            TaskKind::DoorTampered { point } => self.access.points.get(point).is_some_and(|p| p.tampered),
            TaskKind::Ringing { ring, .. } => self.access.rings.contains_key(ring),
            TaskKind::Sort { drop } | TaskKind::SortLate { drop } => self.drops.open.contains_key(drop),
            TaskKind::Unscanned { claim } => claims::is_due(self, *claim),
            _ => false,
        };
        !stays
    }
}

/// A task staff say is done.
pub(crate) fn complete_task(d: &mut Decider<'_>, actor: Actor, task: TaskId) -> Result<Answer, Refusal> {
    let what = &d.site.tasks.open.get(&task).ok_or(Refusal::NotFound)?.what;
    if !d.site.may_be_ended(what) {
        return Err(Refusal::Invalid {
            why: "this task ends by itself when what it is about has been dealt with".to_owned(),
        });
    }
    d.push(Event::TaskDone { task, by: actor });
    Ok(Answer::Done)
}

/// Tells a person again of all that waits, with a fresh code.
pub(crate) fn notify_again(d: &mut Decider<'_>, person: PersonId) -> Result<Answer, Refusal> {
    let waiting: Vec<_> = d.site.custody.waiting_for(person).map(|(id, _)| id).collect();
    if waiting.is_empty() || !d.site.directory.may_still_collect(person, d.ctx.now) {
        return Err(Refusal::NothingWaits);
    }
    notice::tell(d, person, NoticeKind::NewCode, waiting);
    d.done(&TaskKind::BadAddress { person }, Actor::Site);
    Ok(Answer::Done)
}
