//! Saying that something was delivered, and what becomes of it.

use super::{AHEAD_AT_MOST, ClaimEnd, DeliveryClaim, MOST_A_DAY, Standing, Unmet, WINDOW, again};
use crate::custody::label::LabelMark;
use crate::ids::*;
use crate::planted::is_planted;
use crate::site::decider::Decider;
use crate::site::{Site, desk};
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{ClaimHouse, ClaimStep, DeliveryWords, RecipientChoice};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::BTreeSet;

/// Somebody says that a number was delivered. Said before, it is the same claim: only who asks for it is added.
pub(crate) fn claim(d: &mut Decider<'_>, by: Actor, words: &DeliveryWords) -> Result<Answer, Refusal> {
    if words.house == ClaimHouse::Another && !is_planted("claim-of-another-house") {
        return Err(Refusal::AnotherBuilding);
    }
    if words.carrier.is_some_and(|carrier| !d.site.layout.carriers.contains_key(&carrier)) {
        return Err(Refusal::NotFound);
    }
    let unit = match by {
        // Who asks from their own page asks for their own home.
        Actor::Person(person) => Some(d.site.directory.unit_of(person).ok_or(Refusal::NotFound)?),
        _ => words.unit,
    };
    if unit.is_some_and(|unit| !d.site.directory.units.contains_key(&unit)) {
        return Err(Refusal::NotFound);
    }
    let at = when(words.at, d.now())?;
    let (label, carrier, source) = (words.label, words.carrier, words.source);
    let same = d.site.claims.same(&d.site.policy, (label, carrier), (at, unit));
    if let Some(known) = same.filter(|_| !is_planted("claim-said-twice-is-two")) {
        again::joined(d, known, unit, by)?;
        return Ok(Answer::Claim(known));
    }
    has_asked_enough(d, by)?;
    let claim = d.site.counters.next_claim();
    let until = at + d.site.policy.claims.grace(carrier);
    d.push(Event::DeliveryClaimed { claim, label, carrier, at, source, unit, until, by });
    let (claims, policy) = (&d.site.claims, &d.site.policy);
    let said = claims.get(claim);
    let came = said.and_then(|said| claims.parcel_for(policy, said));
    let anothers = said.and_then(|said| claims.parcel_of_another(policy, said));
    match (came, anothers) {
        (Some(parcel), _) => d.push(Event::ClaimMet { claim, parcel }),
        // Whoever asks has it not, and no other parcel of its number comes by itself.
        (None, Some(parcel)) => again::unmet(d, claim, parcel, Unmet::AnotherUnit),
        (None, None) if until <= d.now() => due(d, claim),
        (None, None) => {}
    }
    Ok(Answer::Claim(claim))
}

/// So many of one person within a day are enough.
pub(super) fn has_asked_enough(d: &Decider<'_>, by: Actor) -> Result<(), Refusal> {
    let is_person = matches!(by, Actor::Person(_));
    if is_person && d.site.claims.asked_by(by, d.now()) >= MOST_A_DAY {
        return Err(Refusal::ClaimsEnough);
    }
    Ok(())
}

/// When it was delivered, as far as that can be believed. No time: now.
fn when(said: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, Refusal> {
    let Some(at) = said else { return Ok(now) };
    if at - now > AHEAD_AT_MOST {
        return Err(Refusal::Invalid {
            why: "a delivery cannot lie in the future; look at its date".to_owned(),
        });
    }
    if now - at > WINDOW {
        return Err(Refusal::ClaimTooOld);
    }
    Ok(at.min(now))
}

fn due(d: &mut Decider<'_>, claim: ClaimId) {
    d.push(Event::ClaimDue { claim });
    d.raise(TaskKind::Unscanned { claim });
}

/// A parcel is where its recipient can find it: what was said of its number is met.
pub(crate) fn came(d: &mut Decider<'_>, parcel: ParcelId) {
    let Some(came) = d.site.claims.came.get(&parcel) else { return };
    let Some(arrived) = came.arrived else { return };
    let (met, others) = d.site.claims.met_by(&d.site.policy, came, arrived);
    for claim in met {
        d.push(Event::ClaimMet { claim, parcel });
        d.done(&TaskKind::Unscanned { claim }, Actor::Site);
    }
    // Those staff look for already, or wrote about, they know.
    let waits = |site: &Site, claim| {
        site.claims.get(claim).is_some_and(|known| matches!(known.standing, Standing::Waiting { .. }))
    };
    for claim in others.into_iter().filter(|claim| waits(d.site, *claim)).collect::<Vec<_>>() {
        again::unmet(d, claim, parcel, Unmet::AnotherUnit);
    }
}

/// Staff found a parcel nobody scanned: the claim they looked for ends with it, and all else that is said of the number it bears.
pub(crate) fn found(d: &mut Decider<'_>, by: Actor, parcel: ParcelId, looked_for: Option<ClaimId>) {
    let claims = &d.site.claims;
    let said = claims.came.get(&parcel).map_or_else(Vec::new, |came| {
        claims.met_by(&d.site.policy, came, came.arrived.unwrap_or(d.ctx.now)).0
    });
    let ended: BTreeSet<_> = looked_for.into_iter().chain(said).collect();
    for claim in ended {
        let Some(label) = d.site.claims.get(claim).map(|known| known.label) else { continue };
        d.push(Event::ClaimEnded { claim, label, how: ClaimEnd::Found { parcel }, by });
        d.done(&TaskKind::Unscanned { claim }, by);
    }
}

/// Those whose grace is over.
pub(crate) fn tick(d: &mut Decider<'_>) {
    let now = d.now();
    let over: Vec<_> =
        d.site.claims.moments.iter().take_while(|(at, _)| *at <= now).map(|(_, id)| *id).collect();
    for claim in over {
        due(d, claim);
    }
}

/// One that nobody knows the end of.
pub(crate) fn open(site: &Site, claim: ClaimId) -> Result<&DeliveryClaim, Refusal> {
    let known = site.claims.get(claim).ok_or(Refusal::NotFound)?;
    if known.is_open() { Ok(known) } else { Err(Refusal::ClaimOver) }
}

/// Staff know more: it is here, the carrier is asked, it is not here.
pub(crate) fn settle(
    d: &mut Decider<'_>,
    by: Actor,
    claim: ClaimId,
    step: &ClaimStep,
) -> Result<Answer, Refusal> {
    let label = open(d.site, claim)?.label;
    match step {
        ClaimStep::Here { parcel, recipient } => {
            here(d, by, (*parcel, label), recipient.as_ref())?;
            let how = ClaimEnd::Found { parcel: *parcel };
            d.push(Event::ClaimEnded { claim, label, how, by });
            again::readdressed(d, *parcel);
        }
        ClaimStep::AskCarrier => {
            let until = d.now() + d.site.policy.claims.answer;
            d.push(Event::CarrierAsked { claim, until, by });
        }
        ClaimStep::Explain { why } => {
            d.push(Event::ClaimEnded { claim, label, how: ClaimEnd::Explained { why: *why }, by });
        }
    }
    d.done(&TaskKind::Unscanned { claim }, by);
    Ok(Answer::Done)
}

/// A parcel without a number, from a drop or the desk, is the one. Whose it is may be said at once. One that came under another
/// number is another parcel: it would keep that number, and nobody would look for this one any more.
fn here(
    d: &mut Decider<'_>,
    by: Actor,
    (parcel, label): (ParcelId, LabelMark),
    recipient: Option<&RecipientChoice>,
) -> Result<(), Refusal> {
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    if facts.label.is_some_and(|known| known != label) {
        return Err(Refusal::AnotherNumber);
    }
    if let Some(choice) = recipient {
        desk::readdress(d, parcel, (choice, None), by)?;
        desk::tell_of_arrival(d, parcel);
    }
    Ok(())
}

/// Whether staff are still asked about it.
pub(crate) fn is_due(site: &Site, claim: ClaimId) -> bool {
    site.claims.get(claim).is_some_and(|known| known.standing == Standing::Due)
}
