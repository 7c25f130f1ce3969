//! Somebody who came in without a courier's code leaves what they brought: as a quick drop, once, and in no other way. They look
//! nobody up, address nothing and put nothing right; staff sort what they left.

use super::admission::{begin_bringing, end_idle_resident, known_kiosk};
use super::{Visit, Visitor, walk};
use crate::access::entry::Entry;
use crate::access::point::AccessPoint;
use crate::ids::*;
use crate::place::layout::Kiosk;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// The last who came in without a code, by a door that leads to what this kiosk shows, and has left nothing yet, or has it on its way.
pub fn came_in(site: &Site, kiosk: KioskId) -> Option<EntryId> {
    let here = site.layout.kiosks.get(&kiosk)?;
    let waits = |entry: EntryId, e: &Entry| {
        let p = site.access.points.get(&e.point);
        let is_new = e.deposits == 0 && !e.is_at_kiosk(site);
        // Of what is on its way they are asked; what awaits staff, or a door, they have left.
        let mut left = site.visits.left_by(Visitor::Guest { entry }).peekable();
        let may_say = left.peek().is_none() || left.any(|parcel| walk::on_its_way(site, parcel));
        let leads_here = || p.is_some_and(|p| e.may_leave(p) && leads_to(p, e.point, here));
        e.has_come_in() && is_new && may_say && leads_here()
    };
    site.access.entries.iter().rev().find(|(id, e)| waits(**id, e)).map(|(id, _)| *id)
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
    let visit = begin_bringing(d, kiosk, Visitor::Guest { entry });
    d.push(Event::EntryJoined { entry, visit });
    Ok(Answer::Visit { visit })
}
