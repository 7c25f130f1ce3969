//! Issuing and ending credentials: courier codes, cards, kiosk tokens, a code revealed at the desk.

use super::decider::Decider;
use crate::access::setup;
use crate::code::pin::{self, COURIER_SELECTOR_DIGITS};
use crate::code::token::{TokenKind, draw_token};
use crate::credential::courier::DoorGrant;
use crate::credential::pass::PassKind;
use crate::directory::KeypadNumber;
use crate::ids::*;
use crate::notice;
use crate::site::Site;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp, WeekWindow};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

fn invalid(why: &str) -> Refusal {
    Refusal::Invalid { why: why.to_owned() }
}

/// Issues a courier code and its badge; both are revealed once.
pub(crate) fn courier_code(
    d: &mut Decider<'_>,
    carrier: CarrierId,
    (windows, expires, doors): (&[WeekWindow], Timestamp, &[DoorGrant]),
) -> Result<Answer, Refusal> {
    let tag = d.site.tag.ok_or_else(|| invalid("the site is not set up yet"))?;
    if !d.site.layout.carriers.contains_key(&carrier) {
        return Err(Refusal::NotFound);
    }
    if windows.is_empty() || !windows.iter().all(WeekWindow::is_sound) {
        return Err(invalid("a courier code needs at least one weekday and hours within the day"));
    }
    if expires <= d.now() {
        return Err(invalid("the code would already be over; choose a later end"));
    }
    setup::known_doors(d.site, doors)?;
    let selector = free_selector(d)?;
    let digits = pin::draw_courier_code(&mut d.draw, selector.digits(), !doors.is_empty());
    let badge = draw_token(&mut d.draw, TokenKind::Courier, tag);
    let credential = d.site.counters.next_credential();
    d.push(Event::CourierCodeIssued {
        credential,
        carrier,
        selector,
        digits: pin::courier_hash(d.ctx.hasher, digits.expose()),
        badge: pin::token_hash(d.ctx.hasher, badge.expose()),
        windows: windows.to_vec(),
        expires,
        doors: doors.to_vec(),
    });
    d.reveal(Some(credential), Some(digits), badge);
    Ok(Answer::Credential { credential })
}

/// Three digits no live code begins with. A selector is used again only when its code is over.
fn free_selector(d: &mut Decider<'_>) -> Result<KeypadNumber, Refusal> {
    let now = d.now();
    let start: u32 = d.draw.digits(COURIER_SELECTOR_DIGITS).parse().unwrap_or(0);
    for step in 0..1_000 {
        let digits = format!("{:03}", (start + step) % 1_000);
        let selector = KeypadNumber::new(&digits).map_err(|why| invalid(&why))?;
        if is_free(d.site, &selector, now) {
            return Ok(selector);
        }
    }
    Err(invalid("a thousand courier codes and passes are live; end some first"))
}

fn is_free(site: &Site, selector: &KeypadNumber, now: Timestamp) -> bool {
    let codes = &site.credentials.courier;
    let is_a_pass = site.credentials.passes.by_selector.contains_key(selector);
    !is_a_pass
        && codes
            .by_selector
            .get(selector)
            .and_then(|id| codes.all.get(id))
            .is_none_or(|code| code.is_dead(now))
}

/// Ends a courier code, at once or later (rotation overlaps for two weeks).
pub(crate) fn revoke_courier_code(
    d: &mut Decider<'_>,
    credential: CredentialId,
    at: Timestamp,
) -> Result<Answer, Refusal> {
    let code = d.site.credentials.courier.all.get(&credential).ok_or(Refusal::NotFound)?;
    if code.is_dead(d.ctx.now) {
        // A later end would bring it back to life.
        return Err(Refusal::CodeDead);
    }
    d.push(Event::CourierCodeRevoked { credential, at });
    Ok(Answer::Done)
}

/// The longest a pass lasts: one that is forgotten does not stay for ever.
const PASS_AT_MOST: Span = Span::days(90);

/// Issues a single-use pass for doors; revealed once.
pub(crate) fn pass(
    d: &mut Decider<'_>,
    (kind, unit): (PassKind, Option<UnitId>),
    (windows, expires, doors): (&[WeekWindow], Timestamp, &[DoorGrant]),
) -> Result<Answer, Refusal> {
    let tag = d.site.tag.ok_or_else(|| invalid("the site is not set up yet"))?;
    if unit.is_some_and(|unit| !d.site.directory.units.contains_key(&unit)) {
        return Err(Refusal::NotFound);
    }
    if windows.is_empty() || !windows.iter().all(WeekWindow::is_sound) {
        return Err(invalid("a pass needs at least one weekday and hours within the day"));
    }
    if expires <= d.now() || expires - d.now() > PASS_AT_MOST {
        return Err(invalid("a pass ends later than now and within 90 days"));
    }
    if doors.is_empty() {
        return Err(invalid("a pass opens at least one door; choose it"));
    }
    setup::known_doors(d.site, doors)?;
    let selector = free_selector(d)?;
    let digits = pin::draw_courier_code(&mut d.draw, selector.digits(), true);
    let token = draw_token(&mut d.draw, TokenKind::Pass, tag);
    let credential = d.site.counters.next_credential();
    d.push(Event::PassIssued {
        credential,
        pass: kind,
        unit,
        selector,
        digits: pin::courier_hash(d.ctx.hasher, digits.expose()),
        token: pin::token_hash(d.ctx.hasher, token.expose()),
        windows: windows.to_vec(),
        expires,
        doors: doors.to_vec(),
    });
    d.reveal(Some(credential), Some(digits), token);
    Ok(Answer::Credential { credential })
}

/// Ends a pass.
pub(crate) fn revoke_pass(d: &mut Decider<'_>, credential: CredentialId) -> Result<Answer, Refusal> {
    if !d.site.credentials.passes.live.contains_key(&credential) {
        return Err(Refusal::NotFound);
    }
    d.push(Event::PassEnded { credential, entry: None });
    Ok(Answer::Done)
}

/// Issues a resident's card; an earlier one dies.
pub(crate) fn card(d: &mut Decider<'_>, person: PersonId) -> Result<Answer, Refusal> {
    let tag = d.site.tag.ok_or_else(|| invalid("the site is not set up yet"))?;
    if d.site.directory.persons.get(&person).is_none_or(|p| p.left.is_some()) {
        return Err(Refusal::NotFound);
    }
    if let Some(credential) = d.site.credentials.card_of(person) {
        d.push(Event::CardRevoked { credential });
    }
    let token = draw_token(&mut d.draw, TokenKind::Card, tag);
    let credential = d.site.counters.next_credential();
    d.push(Event::CardIssued { credential, person, token: pin::token_hash(d.ctx.hasher, token.expose()) });
    d.reveal(Some(credential), None, token);
    Ok(Answer::Credential { credential })
}

/// Ends a card.
pub(crate) fn revoke_card(d: &mut Decider<'_>, credential: CredentialId) -> Result<Answer, Refusal> {
    if !d.site.credentials.cards.contains_key(&credential) {
        return Err(Refusal::NotFound);
    }
    d.push(Event::CardRevoked { credential });
    Ok(Answer::Done)
}

/// A fresh pickup code for somebody staff tell in person.
pub(crate) fn reveal(d: &mut Decider<'_>, person: PersonId) -> Result<Answer, Refusal> {
    if d.site.custody.waiting_for(person).next().is_none()
        || !d.site.directory.may_still_collect(person, d.ctx.now)
    {
        return Err(Refusal::NothingWaits);
    }
    let credential = notice::issue_pickup_code(d, person, None).ok_or(Refusal::NotFound)?;
    d.done(&TaskKind::Tell { person }, Actor::Site);
    Ok(Answer::Credential { credential })
}

/// Staff end all pauses.
pub(crate) fn lift_pauses(d: &mut Decider<'_>, by: Actor) -> Result<Answer, Refusal> {
    d.push(Event::PausesLifted { by });
    let kiosks: Vec<_> = d.site.layout.kiosks.keys().copied().collect();
    for kiosk in kiosks {
        d.done(&TaskKind::Guessing { kiosk }, by);
    }
    let points: Vec<_> = d.site.access.points.keys().copied().collect();
    for point in points {
        d.done(&TaskKind::GuessingAtDoor { point }, by);
    }
    Ok(Answer::Done)
}

/// Pairs a kiosk; its token is revealed once.
pub(crate) fn pair_kiosk(d: &mut Decider<'_>, banks: &[BankId]) -> Result<Answer, Refusal> {
    let tag = d.site.tag.ok_or_else(|| invalid("the site is not set up yet"))?;
    super::commission::known_banks(d.site, banks)?;
    let token = draw_token(&mut d.draw, TokenKind::Kiosk, tag);
    let kiosk = d.site.counters.next_kiosk();
    d.push(Event::KioskPaired {
        kiosk,
        token: pin::token_hash(d.ctx.hasher, token.expose()),
        banks: banks.to_vec(),
    });
    d.reveal(None, None, token);
    Ok(Answer::Kiosk(kiosk))
}
