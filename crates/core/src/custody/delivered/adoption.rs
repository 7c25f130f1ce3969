//! A resident says that one of the parcels put down without a scan is theirs. Staff confirm it; nobody takes a parcel by a picture.
//!
//! Off unless the policy says for how long such pictures are shown. Shown is the parcel alone, to those who live in the building
//! where it was put down.

use crate::evidence::{InView, PhotoAsked, PhotoReason};
use crate::ids::*;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

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
