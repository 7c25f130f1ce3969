//! A parcel that somebody looked for and did not find: staff search for it, and the ledger says who may have gone off with it.

use super::{Assurance, Custodian};
use crate::access::suspects;
use crate::evidence::photo;
use crate::ids::*;
use crate::notice;
use crate::site::decider::Decider;
use crate::site::desk;
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::visit::collection;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::LookedFor;
use crate::vocabulary::refusal::Refusal;

/// *It is not there*: the resident it is for says so at a kiosk, or staff do. Said again it changes nothing.
pub(crate) fn not_there(d: &mut Decider<'_>, actor: Actor, looked: LookedFor) -> Result<Answer, Refusal> {
    let LookedFor { parcel, visit } = looked;
    let (by, assurance) = match visit {
        Some(visit) => (Actor::Visit(visit), Assurance::RecipientWord),
        None => (Actor::Staff(desk::staff(actor)?), Assurance::StaffWord),
    };
    if let Some(visit) = visit {
        collection::may_look_for(d, visit, parcel)?;
    }
    let custodian = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?.custodian;
    match (custodian, custodian.lies_at()) {
        (Custodian::Missing { .. }, _) => return Ok(Answer::Done),
        (_, None) => return Err(Refusal::WrongCustody),
        (_, Some(place)) => {
            if let Some(visit) = visit {
                photo::looked_for(d, visit, (parcel, place));
            }
        }
    }
    let now = d.now();
    missed(d, parcel, (by, assurance), now);
    Ok(Answer::Done)
}

/// As any parcel that somebody looked for: whoever could collect it keeps no code for it alone.
pub(crate) fn missed(d: &mut Decider<'_>, parcel: ParcelId, word: (Actor, Assurance), looked: Timestamp) {
    search_for(d, parcel, word, looked);
    for person in notice::people_of(d.site, parcel) {
        notice::end_codes_without_use(d, person);
    }
}

/// Nobody knows where it is: staff search. Who came after somebody looked did not take it.
pub(crate) fn search_for(
    d: &mut Decider<'_>,
    parcel: ParcelId,
    (by, assurance): (Actor, Assurance),
    looked: Timestamp,
) {
    let last_known = match d.site.custody.get(parcel).map(|known| known.custodian) {
        Some(Custodian::Compartment(compartment)) => Some(compartment),
        _ => None,
    };
    // Where it lay and since when is not known any more once it is missing.
    let suspects = suspects::of(d.site, parcel, (by, looked));
    d.transfer(parcel, Custodian::Missing { last_known }, by, assurance);
    d.raise(TaskKind::Missing { parcel });
    suspects::name(d, parcel, suspects);
}
