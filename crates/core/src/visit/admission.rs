//! Who may begin a visit: proofs against credentials and budgets.

use super::{Visitor, walk};
use crate::access;
use crate::code::CodeHash;
use crate::credential::budget::{Keypad, Purpose};
use crate::credential::{Credentials, Right};
use crate::directory::KeypadNumber;
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::notice::{self, NoticeKind};
use crate::place::Place;
use crate::planted::is_planted;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::Proof;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::BTreeSet;

/// A courier identifies at a kiosk.
pub(crate) fn courier(d: &mut Decider<'_>, kiosk: KioskId, proof: &Proof) -> Result<Answer, Refusal> {
    known_kiosk(d.site, kiosk)?;
    let right = prove(d, kiosk, Purpose::Deliver, proof)?;
    let Right::Deliver { credential, carrier } = right else { return Err(Refusal::OtherPurpose) };
    if d.site.disk_low {
        return Err(Refusal::DiskLow);
    }
    if let Some((visit, current)) = d.site.visits.courier_at(kiosk) {
        if matches!(current.visitor, Visitor::Courier { credential: c, .. } if c == credential) {
            d.push(Event::VisitContinued { visit });
            return Ok(Answer::Visit { visit });
        }
        return Err(Refusal::KioskBusy);
    }
    end_idle_resident(d, kiosk)?;
    accept(d, kiosk, Purpose::Deliver, credential);
    let visit = begin_bringing(d, kiosk, Visitor::Courier { credential, carrier });
    access::admission::joined(d, visit, credential);
    Ok(Answer::Visit { visit })
}

/// Whoever brings something is at a kiosk from now on, and is seen there.
pub(super) fn begin_bringing(d: &mut Decider<'_>, kiosk: KioskId, visitor: Visitor) -> VisitId {
    let visit = d.site.counters.next_visit();
    d.push(Event::VisitBegan { visit, kiosk, visitor });
    let subject = PhotoSubject { visit: Some(visit), ..PhotoSubject::default() };
    photo::ask(d, photo::Spot::Kiosk(kiosk), (PhotoReason::CourierLogIn, PhotoMoment::Now), subject);
    visit
}

/// A resident shows a code or card: begins the visit and queues what opens here.
pub(crate) fn resident(d: &mut Decider<'_>, kiosk: KioskId, proof: &Proof) -> Result<Answer, Refusal> {
    known_kiosk(d.site, kiosk)?;
    let right = prove(d, kiosk, Purpose::PickUp, proof)?;
    let right = match right {
        Right::Deliver { credential, .. } if is_planted("courier-code-collects") => {
            Right::PickUp { credential, person: PersonId(1), card: false }
        }
        right => right,
    };
    let Right::PickUp { credential, person, card } = right else { return Err(Refusal::OtherPurpose) };
    cut_in(d.site, kiosk)?;
    let away = who_walked_away(d.site, kiosk, person)?;
    if let Some((visit, _)) = d.site.visits.resident_at(kiosk).filter(|_| away.is_none()) {
        accept(d, kiosk, Purpose::PickUp, credential);
        d.push(Event::VisitContinued { visit });
        // The same code again is a tap on the next door; that nothing opens is no reason to refuse it.
        let _ = super::collection::next_door(d, visit);
        return Ok(what_waits(d.site, kiosk, visit, person));
    }
    let grace = d.site.policy.grace;
    let can_reopen = || d.site.graces.values().any(|g| g.person == person && d.ctx.now - g.at < grace);
    if d.site.custody.waiting_for(person).next().is_none() && !can_reopen() {
        accept(d, kiosk, Purpose::PickUp, credential);
        return Err(Refusal::NothingWaits);
    }
    if let Some(away) = away {
        super::lifecycle::end(d, away, super::VisitEnd::Idle);
    }
    accept(d, kiosk, Purpose::PickUp, credential);
    let visit = d.site.counters.next_visit();
    d.push(Event::VisitBegan { visit, kiosk, visitor: Visitor::Resident { credential, person } });
    if card {
        notice::tell(d, person, NoticeKind::CardUsed, Vec::new());
    }
    Ok(what_waits(d.site, kiosk, visit, person))
}

/// The compartments that will open here, those elsewhere, and what lies on shelves.
fn what_waits(site: &Site, kiosk: KioskId, visit: VisitId, person: PersonId) -> Answer {
    let banks = site.layout.kiosks.get(&kiosk).map(|k| k.banks.clone()).unwrap_or_default();
    let mut here = BTreeSet::new();
    let mut elsewhere = BTreeSet::new();
    let mut places = Vec::new();
    for (id, parcel) in site.custody.waiting_for(person) {
        match parcel.custodian {
            crate::custody::Custodian::Compartment(c) => {
                let in_sight = site.compartments.get(c).is_some_and(|c| banks.contains(&c.bank));
                if in_sight {
                    here.insert(c)
                } else {
                    elsewhere.insert(c)
                };
            }
            _ => places.push(id),
        }
    }
    Answer::PickUp {
        visit,
        here: here.into_iter().collect(),
        elsewhere: elsewhere.into_iter().collect(),
        places,
    }
}

pub(super) fn known_kiosk(site: &Site, kiosk: KioskId) -> Result<(), Refusal> {
    site.layout.kiosks.contains_key(&kiosk).then_some(()).ok_or(Refusal::KioskUnknown)
}

/// A resident may cut in between two parcels of a courier: not while the courier's door is open or about to open.
fn cut_in(site: &Site, kiosk: KioskId) -> Result<(), Refusal> {
    match site.visits.courier_at(kiosk).and_then(|(visit, _)| site.openings.of_visit(visit)) {
        Some((_, opening)) => Err(Refusal::DoorOpen { compartment: opening.compartment }),
        None => Ok(()),
    }
}

/// The visit of another resident here whom the screen has sent to a shelf: whoever shows a code meanwhile does not wait for them.
fn who_walked_away(site: &Site, kiosk: KioskId, person: PersonId) -> Result<Option<VisitId>, Refusal> {
    let Some((visit, current)) = site.visits.resident_at(kiosk) else { return Ok(None) };
    if current.person() == Some(person) {
        return Ok(None);
    }
    let is_away = walk::is_sent_away(site, current) && site.openings.of_visit(visit).is_none();
    if is_away { Ok(Some(visit)) } else { Err(Refusal::KioskBusy) }
}

/// A resident who has walked away does not hold up a courier; one who is at a door does.
pub(super) fn end_idle_resident(d: &mut Decider<'_>, kiosk: KioskId) -> Result<(), Refusal> {
    let Some((visit, _)) = d.site.visits.resident_at(kiosk) else { return Ok(()) };
    match d.site.openings.of_visit(visit) {
        Some((_, opening)) => Err(Refusal::DoorOpen { compartment: opening.compartment }),
        None => {
            super::lifecycle::end(d, visit, super::VisitEnd::Finished);
            Ok(())
        }
    }
}

fn accept(d: &mut Decider<'_>, kiosk: KioskId, purpose: Purpose, credential: CredentialId) {
    d.push(Event::CodeAccepted { kiosk, purpose, credential });
}

/// What a proof lets its holder do. Wrong digits cost budget; a typo, a dead code and any scan cost nothing. Whoever is refused
/// is photographed.
pub(crate) fn prove(
    d: &mut Decider<'_>,
    kiosk: KioskId,
    purpose: Purpose,
    proof: &Proof,
) -> Result<Right, Refusal> {
    let right = weigh(d, kiosk, purpose, proof);
    if let Err(refusal) = &right {
        photo::denied(d, kiosk, refusal);
    }
    right
}

fn weigh(d: &mut Decider<'_>, kiosk: KioskId, purpose: Purpose, proof: &Proof) -> Result<Right, Refusal> {
    match proof {
        Proof::Token(token) => by_token(d.site, *token, d.ctx.now),
        Proof::Digits { check_ok: false, .. } => Err(Refusal::Mistyped),
        Proof::Digits { selector, hash, .. } => {
            d.site.credentials.budgets.admits(purpose, Keypad::Kiosk(kiosk), selector, d.ctx.now)?;
            match by_digits(d.site, purpose, (selector, *hash), d.ctx.now) {
                Err(Refusal::WrongCode) => {
                    miss(d, Keypad::Kiosk(kiosk), purpose, selector);
                    Err(Refusal::WrongCode)
                }
                other => other,
            }
        }
    }
}

/// Counts a wrong guess, with the pauses it brings.
pub(crate) fn miss(d: &mut Decider<'_>, keypad: Keypad, purpose: Purpose, selector: &KeypadNumber) {
    let (events, attack) =
        d.site.credentials.budgets.miss(purpose, keypad, selector, (d.site.policy.guesses, d.ctx.now));
    for event in events.into_iter().filter(|_| !is_planted("guesses-cost-nothing")) {
        d.push(event);
    }
    if attack {
        d.raise(match keypad {
            Keypad::Kiosk(kiosk) => TaskKind::Guessing { kiosk },
            Keypad::Door(point) => TaskKind::GuessingAtDoor { point },
        });
    }
}

/// What a token is. Also used at the desk, where a resident shows a notice.
pub(crate) fn by_token(site: &Site, token: CodeHash, now: Timestamp) -> Result<Right, Refusal> {
    let Credentials { courier, pickup, card_by_token, cards, .. } = &site.credentials;
    if let Some(credential) = courier.by_badge.get(&token) {
        return courier_right(site, *credential, now);
    }
    if let Some(card) = card_by_token.get(&token).and_then(|id| cards.get(id).map(|card| (*id, card))) {
        return resident_right(site, card.0, card.1.person, (true, now));
    }
    if site.credentials.passes.by_token.contains_key(&token) {
        return Err(Refusal::OtherPurpose);
    }
    match pickup.by_token.get(&token).and_then(|id| pickup.live.get(id).map(|code| (*id, code))) {
        Some((credential, code)) => resident_right(site, credential, code.person, (false, now)),
        None if pickup.token_was_alive(token, now) => Err(Refusal::CodeDead),
        None => Err(Refusal::WrongCode),
    }
}

fn by_digits(
    site: &Site,
    purpose: Purpose,
    (selector, hash): (&KeypadNumber, CodeHash),
    now: Timestamp,
) -> Result<Right, Refusal> {
    match purpose {
        Purpose::Enter | Purpose::EnterToCollect => Err(Refusal::OtherPurpose),
        Purpose::Deliver => {
            let codes = &site.credentials.courier;
            let of_selector =
                codes.by_selector.get(selector).and_then(|id| codes.all.get(id).map(|code| (*id, code)));
            match of_selector {
                Some((credential, code)) if code.digits == hash => courier_right(site, credential, now),
                _ => Err(Refusal::WrongCode),
            }
        }
        Purpose::PickUp => match site.credentials.pickup.by_digits(selector, hash) {
            Some(credential) => match site.credentials.pickup.live.get(&credential) {
                Some(code) => resident_right(site, credential, code.person, (false, now)),
                None => Err(Refusal::WrongCode),
            },
            None if site.credentials.pickup.was_alive(selector, hash, now) => Err(Refusal::CodeDead),
            None => Err(Refusal::WrongCode),
        },
    }
}

fn courier_right(site: &Site, credential: CredentialId, now: Timestamp) -> Result<Right, Refusal> {
    let code = site.credentials.courier.all.get(&credential).ok_or(Refusal::WrongCode)?;
    if code.is_dead(now) {
        return Err(Refusal::CodeDead);
    }
    if !code.holds_at(now, &site.policy.zone) {
        return Err(Refusal::OutsideHours);
    }
    Ok(Right::Deliver { credential, carrier: code.carrier })
}

fn resident_right(
    site: &Site,
    credential: CredentialId,
    person: PersonId,
    (card, now): (bool, Timestamp),
) -> Result<Right, Refusal> {
    if site.directory.may_still_collect(person, now) {
        Ok(Right::PickUp { credential, person, card })
    } else {
        Err(Refusal::CodeDead)
    }
}

/// Where a parcel's place is, in words for the summary: used by views.
pub fn place_of(site: &Site, parcel: ParcelId) -> Option<Place> {
    use crate::custody::Custodian;
    match site.custody.get(parcel)?.custodian {
        Custodian::Compartment(c) => Some(Place::Compartment(c)),
        Custodian::Shelf(s) => Some(Place::Shelf(s)),
        Custodian::CommonArea(a) => Some(Place::Area(a)),
        Custodian::Staff(_) => Some(Place::Desk),
        Custodian::Courier(_) => site.custody.get(parcel)?.planned,
        Custodian::Recipient(_)
        | Custodian::Carrier(_)
        | Custodian::Missing { .. }
        | Custodian::WrittenOff => None,
    }
}
