//! Which place a parcel gets. Pure, and the only maker of a deposit's target: a courier can reach nothing else (I4).
//!
//! Order: compartment -> shelf -> desk in its hours -> drop place -> take back. Among compartments: the smallest that
//! fits, the unit's own designated ones first, heavy low, reachable ones last for those who need no reach and some kept
//! for those who do, those emptied on somebody's word last. A parcel of a class goes to a place that is kept for its class
//! before any other, and never where its class must not lie; what is kept for a class is offered to nothing else. Shelves and drop
//! places are offered as doors allow (`place::near`): first those where the courier is, then those behind no door, then those behind
//! a door their code opens now; never one behind a door it does not open, or in another building.

use super::Place;
use super::compartment::{Closure, Compartment, Emptiness, Service, Size};
use super::near::Standing;
use super::shelf::{self, Bulk};
use crate::custody::Entitlement;
use crate::custody::class::ParcelClass;
use crate::ids::*;
use crate::planted::is_planted;
use crate::site::Site;
use crate::time::Timestamp;
use std::collections::BTreeSet;

/// What a place is wanted for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Banks that may be used: those in sight of the kiosk.
    pub banks: &'a BTreeSet<BankId>,
    /// The smallest size it fits.
    pub size: Size,
    /// Heavy goes low.
    pub heavy: bool,
    /// A latch within reach is needed: hard.
    pub reach: bool,
    /// The unit it is for.
    pub unit: Option<UnitId>,
    /// The company that brings it.
    pub carrier: Option<CarrierId>,
    /// The class of the parcel.
    pub class: Option<ParcelClass>,
    /// How many go there together, it and those put down with it; at least 1.
    pub pile: usize,
    /// The visit of the courier who has it; None: staff have it.
    pub visit: Option<VisitId>,
}

/// The target of a courier's or staff's opening. Only this module makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    compartment: CompartmentId,
}

impl Target {
    /// Which compartment.
    pub fn compartment(self) -> CompartmentId {
        self.compartment
    }

    /// A compartment that this very visit filled for the same entitlement.
    pub fn own_visit(site: &Site, visit: VisitId, parcel: ParcelId) -> Option<Self> {
        let parcel = site.custody.get(parcel).filter(|p| p.visit == Some(visit))?;
        match parcel.custodian {
            crate::custody::Custodian::Compartment(compartment) => Some(Self { compartment }),
            _ => None,
        }
    }

    /// The compartment held for a parcel, if it is still empty (or holds the same visit's parcels of equal entitlement).
    pub fn held(site: &Site, parcel: ParcelId) -> Option<Self> {
        let facts = site.custody.get(parcel)?;
        let Some(Place::Compartment(compartment)) = facts.planned else { return None };
        let c = site.compartments.get(compartment)?;
        let may = c.held_for == Some(parcel)
            && c.service == Service::In
            && (c.is_empty()
                || shares(site, c, facts.visit, facts.entitlement.as_ref())
                || is_planted("full-compartment-offered"));
        may.then_some(Self { compartment })
    }
}

impl Target {
    /// The compartment held for a parcel whose opening nobody knows the outcome of: its own visit may look again.
    pub fn in_doubt(site: &Site, visit: VisitId, parcel: ParcelId) -> Option<Self> {
        let facts = site.custody.get(parcel)?;
        let Some(Place::Compartment(compartment)) = facts.planned else { return None };
        let c = site.compartments.get(compartment)?;
        let opening = c.opening.and_then(|id| site.openings.get(id)).filter(|o| o.is_unknown())?;
        let is_own = opening.purpose.visit() == Some(visit) && opening.purpose.incoming() == Some(parcel);
        let may = is_own && (c.is_empty() || shares(site, c, facts.visit, facts.entitlement.as_ref()));
        may.then_some(Self { compartment })
    }
}

/// Whether everything in the compartment came in this visit for an equal entitlement.
fn shares(site: &Site, c: &Compartment, visit: Option<VisitId>, entitlement: Option<&Entitlement>) -> bool {
    let Some((visit, entitlement)) = visit.zip(entitlement) else { return false };
    !c.parcels.is_empty()
        && c.parcels.iter().filter_map(|id| site.custody.get(*id)).all(|other| {
            other.visit == Some(visit)
                && (other.entitlement.as_ref() == Some(entitlement) || is_planted("strangers-share"))
                && other.disowned.is_empty()
        })
}

/// The compartment this visit filled last for the same entitlement with parcels of the same class, to put one more beside it.
pub fn together_with(
    site: &Site,
    visit: VisitId,
    (entitlement, class): (&Entitlement, Option<ParcelClass>),
    banks: &BTreeSet<BankId>,
) -> Option<CompartmentId> {
    let alike = |c: &Compartment| {
        let classes = c.parcels.iter().filter_map(|id| site.custody.get(*id)).map(|p| p.class());
        shares(site, c, Some(visit), Some(entitlement)) && classes.into_iter().all(|other| other == class)
    };
    in_use(site, banks)
        .filter(|(_, c)| c.service == Service::In && c.held_for.is_none() && c.opening.is_none())
        .filter(|(_, c)| !c.is_open() && c.takes(class) && alike(c))
        .max_by_key(|(_, c)| c.parcels.last().copied())
        .map(|(id, _)| id)
}

/// The compartments of those of these banks that answer and are not being tested.
fn in_use<'a>(
    site: &'a Site,
    banks: &'a BTreeSet<BankId>,
) -> impl Iterator<Item = (CompartmentId, &'a Compartment)> {
    banks
        .iter()
        .filter(|bank| !site.layout.silent.contains(bank) && !site.wiring.is_tested(**bank))
        .filter_map(|bank| site.layout.banks.get(bank))
        .flatten()
        .filter_map(|id| site.compartments.get(*id).map(|c| (*id, c)))
}

/// The best free compartment, if there is one.
pub fn compartment_for(site: &Site, wanted: &Wanted<'_>, now: Timestamp) -> Option<CompartmentId> {
    let candidates: Vec<_> = in_use(site, wanted.banks).filter(|(_, c)| may_take(c, wanted)).collect();
    let keep = reserve(site, wanted, &candidates);
    candidates
        .into_iter()
        .filter(|(_, c)| wanted.reach || !keep || !c.spec.is_reachable())
        .min_by_key(|(id, c)| rank(site, c, *id, (wanted, now)))
        .map(|(id, _)| id)
}

/// How many free compartments of just the size that is wanted would take it.
pub fn free_of_size(site: &Site, wanted: &Wanted<'_>) -> usize {
    let fits = |c: &Compartment| c.spec.size == wanted.size && may_take(c, wanted);
    in_use(site, wanted.banks).filter(|(_, c)| fits(c)).count()
}

fn may_take(c: &Compartment, wanted: &Wanted<'_>) -> bool {
    let fits = c.spec.size >= wanted.size && (!wanted.reach || c.spec.is_reachable());
    let free = c.service == Service::In
        && c.closure == Closure::Closed
        && c.opening.is_none()
        && c.held_for.is_none()
        && (c.is_empty() || is_planted("full-compartment-offered"));
    let theirs = c.designation.is_none_or(|d| !d.only || Some(d.unit) == wanted.unit);
    fits && free && theirs && c.takes(wanted.class)
}

/// Whether the free reachable compartments are down to the share kept for those who need them.
fn reserve(site: &Site, wanted: &Wanted<'_>, free: &[(CompartmentId, &Compartment)]) -> bool {
    let percent = site.policy.reachable_reserve_percent as usize;
    if wanted.reach || percent == 0 {
        return false;
    }
    let reachable: usize = wanted
        .banks
        .iter()
        .filter_map(|bank| site.layout.banks.get(bank))
        .flatten()
        .filter(|id| site.compartments.get(**id).is_some_and(|c| c.spec.is_reachable()))
        .count();
    let kept = (reachable * percent).div_ceil(100);
    free.iter().filter(|(_, c)| c.spec.is_reachable()).count() <= kept
}

type Rank = (bool, bool, (bool, bool, bool), Size, u32, bool, CompartmentId);

/// Smaller is better.
fn rank(site: &Site, c: &Compartment, id: CompartmentId, (wanted, now): (&Wanted<'_>, Timestamp)) -> Rank {
    let own = c.designation.is_some_and(|d| Some(d.unit) == wanted.unit);
    let others = c.designation.is_some() && !own;
    let just_emptied =
        matches!(c.emptiness, Emptiness::Believed { since } if now - since < site.policy.emptied_last_for);
    let wastes_reach = !wanted.reach && c.spec.is_reachable();
    let height = if wanted.heavy { c.spec.bottom_mm } else { 0 };
    let in_grace = site.graces.get(&id).is_some_and(|g| now - g.at < site.policy.grace);
    let not_its_own = c.kept_for != wanted.class;
    (in_grace, not_its_own, (others, just_emptied, !own), c.spec.size, height, wastes_reach, id)
}

/// A place for a parcel; for one that is too big for any compartment, the next in the order.
pub fn place_for(site: &Site, wanted: &Wanted<'_>, too_big: bool, now: Timestamp) -> Place {
    let Wanted { size, heavy, reach, unit, carrier, class, pile, visit, .. } = *wanted;
    let bulk = Bulk { size, too_big, heavy, reach, class, unit, carrier, pile, visit };
    // Of a pile each can be taken by itself from a shelf; behind one door it is one household's or nobody's.
    if pile > 1
        && let Some(shelf) = shelf::shelf_for(site, bulk, now)
    {
        return Place::Shelf(shelf);
    }
    let compartment = if too_big { None } else { compartment_for(site, wanted, now) };
    let is_its_own = |c| site.compartments.get(c).is_some_and(|c| c.kept_for == class);
    if class.is_some()
        && !compartment.is_some_and(is_its_own)
        && let Some(shelf) = shelf::shelf_for(site, bulk, now)
            .filter(|shelf| site.layout.shelf_classes.get(shelf).copied() == class)
    {
        return Place::Shelf(shelf);
    }
    compartment.map_or_else(|| elsewhere(site, bulk, now), Place::Compartment)
}

/// A place when no compartment is to be had, the next in the order.
pub fn elsewhere(site: &Site, bulk: Bulk, now: Timestamp) -> Place {
    if let Some(shelf) = shelf::shelf_for(site, bulk, now) {
        return Place::Shelf(shelf);
    }
    if site.layout.desk_is_staffed(now, &site.policy.zone) {
        return Place::Desk;
    }
    let may_lie_open = bulk.class.is_none_or(ParcelClass::may_lie_open);
    let area = if site.policy.drop_place_allowed && may_lie_open { area_for(site, bulk, now) } else { None };
    area.map_or(Place::TakeBack, Place::Area)
}

/// The nearest drop place that whoever has the parcel gets to.
fn area_for(site: &Site, bulk: Bulk, now: Timestamp) -> Option<AreaId> {
    let standing = Standing::of(site, bulk.visit, now);
    let reached =
        site.layout.areas.keys().filter_map(|area| Some((standing.to(site, Place::Area(*area))?, *area)));
    reached.min().map(|(_, area)| area)
}
