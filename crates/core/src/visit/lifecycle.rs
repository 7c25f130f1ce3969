//! How visits end: finished, idle, too long, or not survived a restart.

use super::{VisitEnd, quick_drop, walk};
use crate::custody::Custodian;
use crate::ids::*;
use crate::notice;
use crate::opening::Progress;
use crate::place::Place;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// Done, by a tap.
pub(crate) fn finish(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    let v = d.site.visits.get(visit)?;
    if v.is_courier()
        && let Some((_, opening)) = d.site.openings.of_visit(visit)
    {
        return Err(Refusal::DoorOpen { compartment: opening.compartment });
    }
    end(d, visit, VisitEnd::Finished);
    Ok(Answer::Done)
}

/// Somebody touched the screen.
pub(crate) fn go_on(d: &mut Decider<'_>, visit: VisitId) -> Result<Answer, Refusal> {
    d.site.visits.get(visit)?;
    d.push(Event::VisitContinued { visit });
    super::doors::settle(d, visit);
    Ok(Answer::Done)
}

/// Ends a visit. What the courier still held becomes a task: nothing is lost, and nobody has it without a word.
pub(crate) fn end(d: &mut Decider<'_>, visit: VisitId, how: VisitEnd) {
    let Ok(v) = d.site.visits.get(visit) else { return };
    let held: Vec<_> = v.carrying.clone();
    let at_a_door = d.site.openings.of_visit(visit).and_then(|(_, o)| o.purpose.incoming());
    // Those of a pile go through the door with the first of it.
    let at_a_door = at_a_door.map_or(Vec::new(), |first| quick_drop::in_hand(d.site, first, visit));
    for parcel in held.into_iter().filter(|parcel| !at_a_door.contains(parcel)) {
        let facts = d.site.custody.get(parcel).filter(|p| p.custodian == Custodian::Courier(visit));
        let Some(planned) = facts.map(|p| p.planned) else { continue };
        match planned {
            Some(Place::TakeBack) => {
                let carrier = d.site.custody.get(parcel).and_then(|p| p.carrier);
                d.transfer(
                    parcel,
                    Custodian::Carrier(carrier),
                    Actor::Site,
                    crate::custody::Assurance::CourierWord,
                );
                d.done(&TaskKind::Assign { parcel }, Actor::Site);
            }
            _ => d.raise(TaskKind::Accept { parcel }),
        }
    }
    notice::receipts(d, visit);
    d.push(Event::VisitEnded { visit, how });
    notice::send_due(d, Some(visit));
}

/// Whether somebody may be busy at a door of the visit: half a minute without a touch does not end it then. A door that
/// was held open, or whose collection is committed, is nobody's any more.
pub(crate) fn waits_at_door(site: &Site, visit: VisitId) -> bool {
    let at_door = site.openings.of_visit(visit);
    at_door.is_some_and(|(_, o)| !(o.doubtful || o.committed) || o.progress != Progress::Open)
}

/// Visits that are over by the clock.
pub(crate) fn end_stale(d: &mut Decider<'_>) {
    let (now, at_most) = (d.now(), d.site.policy.visit_at_most);
    let stale: Vec<_> = d
        .site
        .visits
        .live
        .iter()
        .filter_map(|(id, v)| {
            if now - v.began >= at_most {
                Some((*id, VisitEnd::TooLong))
            } else if now - v.touched >= walk::patience(d.site, v) && !waits_at_door(d.site, *id) {
                Some((*id, VisitEnd::Idle))
            } else {
                None
            }
        })
        .collect();
    for (visit, how) in stale {
        end(d, visit, how);
    }
}

/// After a start: visits that were touched too long ago do not go on.
pub(crate) fn end_after_restart(d: &mut Decider<'_>) {
    let (now, survives) = (d.now(), d.site.policy.visit_survives_restart);
    let gone: Vec<_> =
        d.site.visits.live.iter().filter(|(_, v)| now - v.touched >= survives).map(|(id, _)| *id).collect();
    for visit in gone {
        end(d, visit, VisitEnd::Restart);
    }
}
