//! Whose a parcel is that nobody scanned. A resident says that one is theirs and staff confirm it: nobody takes a parcel by a
//! picture. Staff say it at once, from the photo or from what a carrier says.
//!
//! What residents see is off unless the policy says for how long such pictures are shown. Shown is the parcel alone, to those who
//! live in the building where it was put down.

use super::rules;
use crate::custody::class::ParcelClass;
use crate::custody::label::LabelMark;
use crate::custody::{Assurance, Custodian, PHOTOS_AT_HAND};
use crate::evidence::{InView, PhotoAsked, PhotoHash, PhotoReason};
use crate::ids::*;
use crate::place::Place;
use crate::place::compartment::Size;
use crate::site::decider::Decider;
use crate::site::{Site, desk};
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::visit::deposit;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{AdoptionWords, PutAway, Unscanned};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// Whether the page behind a link shows drops: not once its code has ended, for whoever has it then may not be whom it was sent to.
pub fn is_shown_behind(code_ended: Option<Timestamp>) -> bool {
    code_ended.is_none()
}

/// Whether a person is shown a drop that nobody has sorted. `same_building`: it was put down in theirs.
pub fn is_shown(
    site: &Site,
    (person, drop): (PersonId, DropId),
    same_building: bool,
    now: Timestamp,
) -> bool {
    let lives_here = site.directory.persons.get(&person).is_some_and(|known| known.left.is_none());
    let lately = |since: Timestamp| now - since < site.policy.claims.drops_shown;
    lives_here && same_building && site.drops.open.get(&drop).is_some_and(|pile| lately(pile.since))
}

/// Whether a photo may be shown for that: it was taken of the drop, and nobody is ever in view of its camera.
pub fn shows_parcels_alone(asked: &PhotoAsked, in_view: InView) -> bool {
    asked.reason == PhotoReason::QuickDrop && in_view == InView::ParcelsOnly
}

/// One of a drop is theirs, a person says.
pub(crate) fn ask(
    d: &mut Decider<'_>,
    by: Actor,
    drop: DropId,
    same_building: bool,
) -> Result<Answer, Refusal> {
    let Actor::Person(person) = by else { return Err(Refusal::NotYours) };
    if !is_shown(d.site, (person, drop), same_building, d.ctx.now) {
        return Err(Refusal::NotFound);
    }
    if !d.site.drops.open.get(&drop).is_some_and(|pile| pile.asked.contains(&person)) {
        d.push(Event::DropAskedFor { drop, person });
        d.raise(TaskKind::OneIsTheirs { drop, person });
    }
    Ok(Answer::Done)
}

/// Staff adopt a parcel nobody scanned. In one step it is for whom they say, bears its number, ends what carriers say of that
/// number, and lies where they put it; its people are told once. Where a part of it is refused nothing changes.
pub(crate) fn adopt(d: &mut Decider<'_>, by: Actor, words: &AdoptionWords) -> Result<Answer, Refusal> {
    let staff = desk::staff(by)?;
    if words.photos.len() > PHOTOS_AT_HAND {
        return Err(Refusal::Invalid { why: format!("at most {PHOTOS_AT_HAND} photos of one parcel") });
    }
    match words.found {
        Unscanned::Dropped { parcel, put } => dropped(d, staff, words, (parcel, put)),
        Unscanned::Unknown { carrier, size, put } => unknown(d, staff, words, (carrier, size, put)),
    }
}

/// One of a drop, which is known since it was put down.
fn dropped(
    d: &mut Decider<'_>,
    staff: StaffId,
    words: &AdoptionWords,
    (parcel, put): (ParcelId, Option<PutAway>),
) -> Result<Answer, Refusal> {
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    let waits =
        |drop: DropId| d.site.drops.open.get(&drop).is_some_and(|pile| pile.unsorted.contains(&parcel));
    let (lies, carrier, class) = (facts.custodian, facts.carrier, facts.class());
    let put = put.filter(|put| !matches!(put, PutAway::Shelf(shelf) if lies == Custodian::Shelf(*shelf)));
    if !facts.drop.is_some_and(waits) || (put.is_some() && !desk::is_acceptable(lies)) {
        return Err(Refusal::WrongCustody);
    }
    may_be_put(d.site, put, class)?;
    let (label, _) = label_of(d, words, carrier)?;
    let by = Actor::Staff(staff);
    desk::readdress(d, parcel, (&words.recipient, label), by)?;
    rules::found(d, by, parcel, words.claim);
    let place = put.map(|put| put_away(d, staff, (parcel, put), &words.photos));
    desk::tell_of_arrival(d, parcel);
    Ok(Answer::Parcel { parcel, place, opening: None })
}

/// One the site knew nothing of.
fn unknown(
    d: &mut Decider<'_>,
    staff: StaffId,
    words: &AdoptionWords,
    (carrier, size, put): (Option<CarrierId>, Size, PutAway),
) -> Result<Answer, Refusal> {
    let (label, carrier) = label_of(d, words, carrier)?;
    if carrier.is_some_and(|carrier| !d.site.layout.carriers.contains_key(&carrier)) {
        return Err(Refusal::NotFound);
    }
    may_be_put(d.site, Some(put), None)?;
    let (unit, entitlement) = deposit::resolve(d.site, &words.recipient)?;
    let (parcel, is_nobodys) = (d.site.counters.next_parcel(), entitlement.is_none());
    let custodian = Custodian::Carrier(carrier);
    let heavy = false;
    d.push(Event::ParcelRegistered { parcel, custodian, carrier, unit, entitlement, size, heavy, label });
    rules::found(d, Actor::Staff(staff), parcel, words.claim);
    let place = put_away(d, staff, (parcel, put), &words.photos);
    if put == PutAway::Desk {
        desk::at_desk(d, PhotoReason::Intake, vec![parcel]);
    }
    if is_nobodys {
        d.raise(TaskKind::Assign { parcel });
    }
    desk::tell_of_arrival(d, parcel);
    Ok(Answer::Parcel { parcel, place: Some(place), opening: None })
}

/// Its number and its company: those of the claim it was looked for under, else what was read.
fn label_of(
    d: &Decider<'_>,
    words: &AdoptionWords,
    carrier: Option<CarrierId>,
) -> Result<(Option<LabelMark>, Option<CarrierId>), Refusal> {
    match words.claim {
        Some(claim) => {
            let claim = rules::open(d.site, claim)?;
            Ok((Some(claim.label), carrier.or(claim.carrier)))
        }
        None => Ok((deposit::new_label(d, words.label, carrier)?, carrier)),
    }
}

fn may_be_put(site: &Site, put: Option<PutAway>, class: Option<ParcelClass>) -> Result<(), Refusal> {
    match put {
        Some(PutAway::Shelf(shelf)) => desk::may_lie_on(site, shelf, class),
        Some(PutAway::Desk) | None => Ok(()),
    }
}

/// Into the hands of staff, by the photos it was found by, and from there to where they put it.
fn put_away(
    d: &mut Decider<'_>,
    staff: StaffId,
    (parcel, put): (ParcelId, PutAway),
    photos: &[PhotoHash],
) -> Place {
    let by = Actor::Staff(staff);
    d.transfer_shown(parcel, Custodian::Staff(staff), (by, Assurance::StaffWord), photos);
    for task in [TaskKind::Accept { parcel }, TaskKind::Missing { parcel }] {
        d.done(&task, by);
    }
    match put {
        PutAway::Desk => Place::Desk,
        PutAway::Shelf(shelf) => {
            d.transfer(parcel, Custodian::Shelf(shelf), by, Assurance::StaffWord);
            Place::Shelf(shelf)
        }
    }
}
