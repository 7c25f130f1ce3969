//! What staff say of doors they open with a mechanical key: before, so that it is no alarm, or after one.

use super::decider::Decider;
use super::desk::staff;
use crate::ids::*;
use crate::place::key::KEY_WITHIN;
use crate::task::TaskKind;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::StaffReason;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// Somebody is about to open a compartment with the key.
pub(crate) fn announce(
    d: &mut Decider<'_>,
    actor: Actor,
    compartment: CompartmentId,
    reason: StaffReason,
) -> Result<Answer, Refusal> {
    let staff = staff(actor)?;
    let c = d.site.compartments.get(compartment).ok_or(Refusal::NotFound)?;
    if c.is_open() {
        return Err(Refusal::DoorOpen { compartment });
    }
    d.push(Event::KeyAnnounced { compartment, staff, reason, until: d.now() + KEY_WITHIN });
    Ok(Answer::Done)
}

/// A door that counts as forced was opened with the key, by this member of staff. What is inside is looked at all the same.
pub(crate) fn explain(
    d: &mut Decider<'_>,
    by: Actor,
    compartment: CompartmentId,
    (holder, reason): (StaffId, StaffReason),
) -> Result<Answer, Refusal> {
    staff(by)?;
    if d.site.compartments.get(compartment).is_none() || !d.site.layout.staff.contains(&holder) {
        return Err(Refusal::NotFound);
    }
    if !d.site.key_openings.unexplained.contains_key(&compartment) {
        return Err(Refusal::NotForced);
    }
    d.push(Event::ForceExplained { compartment, staff: holder, reason, by });
    d.done(&TaskKind::Forced { compartment }, by);
    Ok(Answer::Done)
}
