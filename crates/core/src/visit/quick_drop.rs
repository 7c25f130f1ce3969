//! Quick drop: a courier who will not scan says how many parcels there are, and is shown one place for all of them.
//!
//! Owns: the drops whose parcels are not all sorted yet. Each parcel is known and in custody from the start; whose it is, staff
//! see from the photo. What happens to the first of a drop while the courier has it happens to the others: they go through the
//! same door in one hand. A drop is one task until each of its parcels is somebody's or in staff's hands; it is asked for again
//! when it has waited too long.

use super::Visitor;
use super::deposit::{self, bringing_visit};
use crate::custody::{Assurance, Custodian};
use crate::evidence::photo;
use crate::ids::*;
use crate::place::compartment::Size;
use crate::planted::is_planted;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// So many parcels one drop has at most: what two arms carry, twice.
pub const MOST: u16 = 12;
/// A drop that is not sorted by then is asked for again.
pub const SORTED_WITHIN: Span = Span::hours(4);

/// A drop whose parcels are not all sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pile {
    /// Those nobody has said anything of.
    pub unsorted: BTreeSet<ParcelId>,
    /// Since when.
    pub since: Timestamp,
    /// It was asked for again.
    pub late: bool,
    /// Who says that one of them is theirs.
    pub asked: BTreeSet<PersonId>,
}

/// The drops that are not sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drops {
    /// By number.
    pub open: BTreeMap<DropId, Pile>,
}

impl Drops {
    /// When the next one has waited too long.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.open.values().filter(|drop| !drop.late).map(|drop| drop.since + SORTED_WITHIN).min()
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::ParcelsDropped { drop, parcels } => {
                let unsorted = parcels.iter().copied().collect();
                self.open.insert(*drop, Pile { unsorted, since: now, late: false, asked: BTreeSet::new() });
            }
            Event::DropLate { drop } => {
                if let Some(drop) = self.open.get_mut(drop) {
                    drop.late = true;
                }
            }
            Event::DropAskedFor { drop, person } => {
                if let Some(drop) = self.open.get_mut(drop) {
                    drop.asked.insert(*person);
                }
            }
            Event::RecipientCorrected { parcel, entitlement: Some(_), .. } => self.sorted(*parcel),
            Event::CustodyTransferred { parcel, to, .. }
                if to.is_final() || matches!(to, Custodian::Staff(_)) =>
            {
                self.sorted(*parcel);
            }
            _ => {}
        }
    }

    fn sorted(&mut self, parcel: ParcelId) {
        for drop in self.open.values_mut() {
            drop.unsorted.remove(&parcel);
        }
        self.open.retain(|_, drop| !drop.unsorted.is_empty());
    }
}

/// Registers as many parcels as the courier says and chooses one place for all.
pub(crate) fn quick_drop(d: &mut Decider<'_>, visit: VisitId, parcels: u16) -> Result<Answer, Refusal> {
    let (v, carrier) = bringing_visit(d.site, visit)?;
    if parcels == 0 || parcels > MOST {
        return Err(Refusal::Invalid { why: format!("a drop has 1 to {MOST} parcels") });
    }
    if d.site.disk_low {
        return Err(Refusal::DiskLow);
    }
    if deposit::is_code_dead(d.site, v, d.ctx.now) {
        return Err(Refusal::CodeDead);
    }
    if !v.carrying.is_empty() {
        return Err(Refusal::QueueFull);
    }
    let is_guest = matches!(v.visitor, Visitor::Guest { .. });
    if is_guest && (!v.deposits.is_empty() || d.site.visits.left_by(v.visitor).next().is_some()) {
        return Err(Refusal::NobodyCameIn);
    }
    let (kiosk, first) = (v.kiosk, d.site.counters.next_parcel());
    let dropped: Vec<_> = (first.0..first.0 + u64::from(parcels)).map(ParcelId).collect();
    for parcel in dropped.iter().copied() {
        d.push(Event::ParcelRegistered {
            parcel,
            custodian: Custodian::Courier(visit),
            carrier,
            unit: None,
            entitlement: None,
            size: size_of(parcels),
            heavy: false,
            label: None,
        });
    }
    let drop = d.site.counters.next_drop();
    let forgotten = usize::from(is_planted("pile-forgets-a-parcel") && parcels > 1);
    d.push(Event::ParcelsDropped { drop, parcels: dropped[forgotten..].to_vec() });
    d.raise(TaskKind::Sort { drop });
    let banks = deposit::banks_of(d.site, kiosk);
    let place = deposit::plan(d, first, &banks, (false, false));
    photo::arrival::pile(d, (kiosk, visit), (dropped, place));
    super::doors::settle(d, visit);
    let opening = d.site.openings.of_visit(visit).map(|(id, _)| id);
    let place = d.site.custody.get(first).and_then(|p| p.planned);
    Ok(Answer::Parcel { parcel: first, place, opening })
}

/// One is a medium parcel as far as anybody knows; a pile wants a bigger door.
fn size_of(parcels: u16) -> Size {
    match parcels {
        0 | 1 => Size::M,
        2 | 3 => Size::L,
        _ => Size::XL,
    }
}

/// How many parcels go to a place together: those of a drop that the courier still has, or one.
pub(crate) fn together(site: &Site, parcel: ParcelId) -> usize {
    let visit = site.custody.get(parcel).and_then(|facts| match facts.custodian {
        Custodian::Courier(visit) => Some(visit),
        _ => None,
    });
    visit.map_or(1, |visit| in_hand(site, parcel, visit).len().max(1))
}

/// A parcel, and those of its drop that the courier of a visit still has.
pub(crate) fn in_hand(site: &Site, parcel: ParcelId, visit: VisitId) -> Vec<ParcelId> {
    let drop = site.custody.get(parcel).and_then(|facts| facts.drop);
    let Some(drop) = drop else { return vec![parcel] };
    let all = site.custody.parcels.iter();
    let here = all.filter(|(_, p)| p.drop == Some(drop) && p.custodian == Custodian::Courier(visit));
    here.map(|(id, _)| *id).collect()
}

/// The others of a drop go where the first went, by the same hand and known in the same way. Staff take each by itself.
pub(crate) fn ride(
    d: &mut Decider<'_>,
    (parcel, visit): (ParcelId, VisitId),
    to: Custodian,
    (by, assurance): (Actor, Assurance),
) {
    if matches!(by, Actor::Staff(_)) || is_planted("pile-left-in-hand") {
        return;
    }
    let others = in_hand(d.site, parcel, visit);
    if let Some(next) = others.into_iter().find(|other| *other != parcel) {
        d.transfer(next, to, by, assurance);
    }
}

/// A drop whose last parcel was sorted is no task any more.
pub(crate) fn end_sorted(d: &mut Decider<'_>, drop: DropId, by: Actor) {
    if !d.site.drops.open.contains_key(&drop) {
        for task in [TaskKind::Sort { drop }, TaskKind::SortLate { drop }] {
            d.done(&task, by);
        }
        let asked = |what: &TaskKind| matches!(what, TaskKind::OneIsTheirs { drop: of, .. } if *of == drop);
        let asked: Vec<_> = d
            .site
            .tasks
            .open
            .values()
            .filter(|task| asked(&task.what))
            .map(|task| task.what.clone())
            .collect();
        asked.iter().for_each(|task| d.done(task, by));
    }
}

/// Drops that have waited too long are asked for again.
pub(crate) fn tick(d: &mut Decider<'_>) {
    let now = d.now();
    let is_late = |drop: &Pile| !drop.late && drop.since + SORTED_WITHIN <= now;
    let late: Vec<_> =
        d.site.drops.open.iter().filter(|(_, drop)| is_late(drop)).map(|(id, _)| *id).collect();
    for drop in late {
        d.push(Event::DropLate { drop });
        d.raise(TaskKind::SortLate { drop });
    }
}
