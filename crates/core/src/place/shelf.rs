//! Shelves: places with a label and no lock. What each takes, and which one a parcel goes to.

pub mod scanned;

use super::compartment::{REACH_FROM_MM, REACH_TO_MM, Size};
use super::near::{Nearness, Standing};
use super::room;
use crate::custody::class::ParcelClass;
use crate::custody::{Custodian, Parcel};
use crate::ids::*;
use crate::place::Place;
use crate::site::Site;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a shelf takes, as staff measured it. Without it a shelf takes everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelfLimits {
    /// Where it stands, as people call it: a room, a rack; 0 to 40 characters.
    pub zone: String,
    /// The largest parcel it takes.
    pub largest: Size,
    /// A spot on the floor: it takes as well what fits no compartment.
    pub floor: bool,
    /// How many parcels it holds, from 1; None: nobody counted.
    pub holds: Option<u16>,
    /// Height of the board above the floor, mm; None: nobody measured. A spot on the floor has 0.
    pub height_mm: Option<u32>,
}

impl ShelfLimits {
    /// Why these cannot be meant.
    ///
    /// # Errors
    /// In words for staff.
    pub fn is_sound(&self) -> Result<(), String> {
        let why = if self.zone.chars().count() > 40 {
            "the name of a zone has at most 40 characters"
        } else if self.holds == Some(0) {
            "a shelf holds at least one parcel; leave the number out if nobody counted"
        } else if self.height_mm.is_some_and(|height| height > 3_000) {
            "a shelf is at most 3000 mm above the floor"
        } else if self.floor && self.height_mm.is_some_and(|height| height > 0) {
            "a spot on the floor has no height"
        } else {
            return Ok(());
        };
        Err(why.to_owned())
    }

    fn height(&self) -> Option<u32> {
        if self.floor { Some(0) } else { self.height_mm }
    }
}

/// A parcel that wants a shelf.
#[derive(Debug, Clone, Copy)]
pub struct Bulk {
    /// Its size.
    pub size: Size,
    /// It did not fit into the biggest compartment.
    pub too_big: bool,
    /// Heavy goes low.
    pub heavy: bool,
    /// A height within reach is needed: hard where a height is known.
    pub reach: bool,
    /// Its class.
    pub class: Option<ParcelClass>,
    /// The unit it is for, if one is known.
    pub unit: Option<UnitId>,
    /// The company that brings it, if one is known.
    pub carrier: Option<CarrierId>,
    /// How many lie together, it and those put down with it; at least 1.
    pub pile: usize,
    /// The visit of the courier who has it; None: staff have it, and every door is theirs.
    pub visit: Option<VisitId>,
}

/// The shelf for a parcel, if any takes it and the courier gets there: one that is kept for its class first, where they are before
/// where a door has to be opened, low for what is heavy, in a zone that is meant for it, what is no spot on the floor, then the
/// emptiest. One in a zone that is meant for others comes last.
pub fn shelf_for(site: &Site, bulk: Bulk, now: Timestamp) -> Option<ShelfId> {
    if site.layout.shelves.is_empty() {
        return None;
    }
    let filled = parcels_by_shelf(site);
    let on = |shelf: &ShelfId| filled.get(shelf).copied().unwrap_or(0);
    let standing = Standing::of(site, bulk.visit, now);
    let takes = site.layout.shelves.keys().copied().filter(|shelf| takes(site, (*shelf, on(shelf)), bulk));
    let reached = takes.filter_map(|shelf| Some((standing.to(site, Place::Shelf(shelf))?, shelf)));
    let best = reached.min_by_key(|(near, shelf): &(Nearness, ShelfId)| {
        let limits = site.layout.shelf_limits.get(shelf);
        let floor = limits.is_some_and(|limits| limits.floor);
        let height = limits.and_then(ShelfLimits::height).filter(|_| bulk.heavy).unwrap_or(0);
        let not_its_own = site.layout.shelf_classes.get(shelf).copied() != bulk.class;
        let misfit = room::misfit(site, *shelf, &bulk);
        (not_its_own, *near, height, misfit, floor && !bulk.heavy, on(shelf), *shelf)
    });
    best.map(|(_, shelf)| shelf)
}

fn takes(site: &Site, (shelf, on_it): (ShelfId, usize), bulk: Bulk) -> bool {
    may_lie_on(site, shelf, bulk.class) && room_for(site, (shelf, on_it), bulk)
}

/// Whether a shelf is for parcels of a class at all.
fn may_lie_on(site: &Site, shelf: ShelfId, class: Option<ParcelClass>) -> bool {
    match site.layout.shelf_classes.get(&shelf) {
        Some(kept) => Some(*kept) == class,
        None => class.is_none_or(ParcelClass::may_lie_open),
    }
}

/// Whether it fits there, beside what lies there or is on its way.
fn room_for(site: &Site, (shelf, on_it): (ShelfId, usize), bulk: Bulk) -> bool {
    let Some(limits) = site.layout.shelf_limits.get(&shelf) else { return true };
    let fits = bulk.size <= limits.largest && (limits.floor || !bulk.too_big);
    let has_room = limits.holds.is_none_or(|holds| on_it + bulk.pile <= usize::from(holds));
    let in_reach = |height| (REACH_FROM_MM..=REACH_TO_MM).contains(&height);
    fits && has_room && (!bulk.reach || limits.height().is_none_or(in_reach))
}

/// Parcels that lie on it or are on their way to it.
pub fn parcels_on(site: &Site, shelf: ShelfId) -> usize {
    site.custody.parcels.values().filter(|parcel| shelves_of(parcel).any(|taken| taken == shelf)).count()
}

/// The same for every shelf that has any, by one look at each parcel.
fn parcels_by_shelf(site: &Site) -> BTreeMap<ShelfId, usize> {
    let mut filled: BTreeMap<ShelfId, usize> = BTreeMap::new();
    for shelf in site.custody.parcels.values().flat_map(shelves_of) {
        *filled.entry(shelf).or_default() += 1;
    }
    filled
}

/// The shelf a parcel lies on, and the one it is on its way to. Whoever takes it over ends its way: none that is gone has a plan.
fn shelves_of(parcel: &Parcel) -> impl Iterator<Item = ShelfId> + use<> {
    let here = if let Custodian::Shelf(shelf) = parcel.custodian { Some(shelf) } else { None };
    let planned = if let Some(Place::Shelf(shelf)) = parcel.planned { Some(shelf) } else { None };
    here.into_iter().chain(planned.filter(|_| planned != here))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::custody::Assurance;
    use crate::vocabulary::event::Event;

    #[test]
    fn a_parcel_that_is_gone_is_not_on_its_way_any_more() {
        let (parcel, shelf) = (ParcelId(1), ShelfId(1));
        let from = Custodian::Courier(VisitId(1));
        for (to, left) in [
            (Custodian::Missing { last_known: None }, 0),
            (Custodian::WrittenOff, 0),
            (Custodian::Staff(StaffId(1)), 0),
            (Custodian::Shelf(shelf), 1),
        ] {
            let mut site = Site::default();
            let registered = Event::ParcelRegistered {
                parcel,
                custodian: from,
                carrier: None,
                unit: None,
                entitlement: None,
                size: Size::M,
                heavy: false,
                label: None,
            };
            let planned = Event::PlacePlanned { parcel, place: Place::Shelf(shelf) };
            [registered, planned].iter().for_each(|event| site.evolve(event, Timestamp(0)));
            assert_eq!(parcels_on(&site, shelf), 1, "it is on its way");
            let (by, assurance, evidence) = (Actor::Site, Assurance::StaffWord, Vec::new());
            let moved = Event::CustodyTransferred { parcel, from, to, by, assurance, evidence };
            site.evolve(&moved, Timestamp(1));
            assert_eq!(parcels_on(&site, shelf), left, "{to:?}");
            let counted: BTreeMap<_, _> = (left > 0).then_some((shelf, left)).into_iter().collect();
            assert_eq!(parcels_by_shelf(&site), counted, "{to:?}");
        }
    }
}
