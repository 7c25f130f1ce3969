//! Somebody who came in without a courier's code leaves what they brought: as a quick drop, once, and in no other way. They look
//! nobody up, address nothing and put nothing right; staff sort what they left.

use super::admission::{end_idle_resident, known_kiosk};
use super::{Visit, Visitor};
use crate::access::entry::{Entry, Progress};
use crate::access::point::AccessPoint;
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::place::layout::Kiosk;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// The last who came in without a code, by a door that leads to what this kiosk shows, and has left nothing yet.
pub fn came_in(site: &Site, kiosk: KioskId) -> Option<EntryId> {
    let here = site.layout.kiosks.get(&kiosk)?;
    let waits = |e: &Entry| {
        let p = site.access.points.get(&e.point);
        let is_in = matches!(e.progress, Progress::Inside { .. } | Progress::Open);
        let is_new = e.deposits == 0 && e.visit.is_none_or(|visit| site.visits.get(visit).is_err());
        is_in && is_new && p.is_some_and(|p| e.may_leave(p) && leads_to(p, e.point, here))
    };
    site.access.entries.iter().rev().find(|(_, e)| waits(e)).map(|(id, _)| *id)
}

/// Whether whoever went through this door stands before what this kiosk shows.
fn leads_to(p: &AccessPoint, point: AccessPointId, kiosk: &Kiosk) -> bool {
    let lies_open = !(p.spec.shelves.is_empty() && p.spec.areas.is_empty());
    !p.spec.banks.is_disjoint(&kiosk.banks) || (kiosk.doors.contains(&point) && lies_open)
}

/// They say so at a kiosk.
pub(crate) fn come(d: &mut Decider<'_>, kiosk: KioskId) -> Result<Answer, Refusal> {
    known_kiosk(d.site, kiosk)?;
    if d.site.disk_low {
        return Err(Refusal::DiskLow);
    }
    match d.site.visits.courier_at(kiosk) {
        Some((visit, Visit { visitor: Visitor::Guest { .. }, .. })) => {
            d.push(Event::VisitContinued { visit });
            return Ok(Answer::Visit { visit });
        }
        Some(_) => return Err(Refusal::KioskBusy),
        None => {}
    }
    let entry = came_in(d.site, kiosk).ok_or(Refusal::NobodyCameIn)?;
    end_idle_resident(d, kiosk)?;
    let visit = d.site.counters.next_visit();
    d.push(Event::VisitBegan { visit, kiosk, visitor: Visitor::Guest { entry } });
    d.push(Event::EntryJoined { entry, visit });
    let subject = PhotoSubject { visit: Some(visit), ..PhotoSubject::default() };
    photo::ask(d, photo::Spot::Kiosk(kiosk), (PhotoReason::CourierLogIn, PhotoMoment::Now), subject);
    Ok(Answer::Visit { visit })
}
