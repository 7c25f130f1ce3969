//! What changes after something was said of a delivery: another asks for it, the parcel that bears the number is for somebody
//! else, its courier takes it back.

use super::{ASKERS_MOST, ClaimSource, Unmet, is_back_in_hand, is_for, rules};
use crate::custody::Custodian;
use crate::ids::*;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// Somebody asks after what is looked for already. Staff see for which unit; a resident who asks is not forgotten.
pub(super) fn joined(
    d: &mut Decider<'_>,
    claim: ClaimId,
    unit: Option<UnitId>,
    by: Actor,
) -> Result<(), Refusal> {
    let Some(unit) = unit else { return Ok(()) };
    let Some(known) = d.site.claims.get(claim).filter(|known| known.is_open()) else { return Ok(()) };
    let is_new = match by {
        Actor::Person(person) => {
            known.by != by && !known.asked.contains_key(&person) && known.asked.len() < ASKERS_MOST
        }
        _ => known.unit.is_none(),
    };
    if is_new {
        rules::has_asked_enough(d, by)?;
        d.push(Event::ClaimJoined { claim, unit, by });
    }
    Ok(())
}

/// A parcel that bears the number is not the one. Another that came under it may be; else staff are asked.
pub(super) fn unmet(d: &mut Decider<'_>, claim: ClaimId, parcel: ParcelId, why: Unmet) {
    let (claims, policy) = (&d.site.claims, &d.site.policy);
    if let Some(other) = claims.get(claim).and_then(|said| claims.parcel_for(policy, said)) {
        return d.push(Event::ClaimMet { claim, parcel: other });
    }
    d.push(Event::ClaimUnmet { claim, parcel, why });
    d.raise(TaskKind::Unscanned { claim });
}

/// For whom a parcel is was corrected: it meets what its own people ask for and nothing else.
pub(crate) fn readdressed(d: &mut Decider<'_>, parcel: ParcelId) {
    let Some(came) = d.site.claims.came.get(&parcel) else { return };
    let unit = came.unit;
    let not_theirs: Vec<_> = d
        .site
        .claims
        .that_met(parcel)
        .filter(|(_, claim)| !is_for(claim.unit, unit))
        .map(|(id, _)| id)
        .collect();
    for claim in not_theirs {
        unmet(d, claim, parcel, Unmet::AnotherUnit);
    }
    rules::came(d, parcel);
}

/// A feed whose messages are not signed with its secret tells nothing: one task a feed, however often that is said.
pub(crate) fn feed_refused(d: &mut Decider<'_>, feed: ClaimSource, refused: bool) {
    let task = TaskKind::FeedRefused { feed };
    if refused { d.raise(task) } else { d.done(&task, Actor::Site) }
}

/// A courier who took a parcel away again has delivered nothing.
pub(crate) fn taken_back(d: &mut Decider<'_>, parcel: ParcelId, to: Custodian, by: Actor) {
    // On the way to another door it is still this visit's: what was met is not asked for meanwhile.
    if matches!(to, Custodian::Courier(_)) || !is_back_in_hand(to, by) {
        return;
    }
    let met: Vec<_> = d.site.claims.that_met(parcel).map(|(id, _)| id).collect();
    for claim in met {
        unmet(d, claim, parcel, Unmet::TakenBack);
    }
}
