//! How near a shelf or drop place is to a courier at a kiosk: which doors are between, and whether their code opens them.
//!
//! A door leads to what staff said is behind it. Where several doors of rooms lead to a place one of them will do, and so it is
//! with entrances; where both kinds do, one of each has to be passed. A room's door is in the building whose entrance leads to
//! something that is behind the room's door as well, so that a shelf drawn into the room later is in the same building.

use crate::access::admission;
use crate::access::point::PointSpec;
use crate::ids::*;
use crate::place::Place;
use crate::site::Site;
use crate::time::Timestamp;
use crate::visit::{Visit, Visitor};
use std::collections::BTreeSet;

/// How near a place is. The lesser is offered first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// In the room or building the courier is in.
    Here,
    /// Behind no door.
    Open,
    /// Behind a door that this code opens now.
    Behind,
}

/// Where a courier is, as far as doors tell.
#[derive(Debug)]
pub struct Standing {
    /// None: no door says anything of where they may go.
    doors: Option<Doors>,
}

#[derive(Debug)]
struct Doors {
    /// Doors they are behind already.
    inside: BTreeSet<AccessPointId>,
    /// Doors the kiosk stands at.
    at: BTreeSet<AccessPointId>,
    /// Doors that their code opens now, or anybody.
    opens: BTreeSet<AccessPointId>,
    /// Nobody said where the kiosk stands, and the code is for no door: they came in some other way.
    unsaid: bool,
}

impl Standing {
    /// Where the courier of a visit is. None, or a visit that is over: doors say nothing.
    pub fn of(site: &Site, visit: Option<VisitId>, now: Timestamp) -> Self {
        let visit = visit.and_then(|id| site.visits.get(id).ok().map(|visit| (id, visit)));
        let doors = visit.filter(|_| !site.access.points.is_empty());
        Self { doors: doors.and_then(|(id, visit)| Doors::of(site, (id, visit), now)) }
    }

    /// How they get to a shelf or drop place. None: they do not.
    pub fn to(&self, site: &Site, place: Place) -> Option<Nearness> {
        self.doors.as_ref().map_or(Some(Nearness::Open), |doors| doors.to(site, place))
    }
}

impl Doors {
    fn of(site: &Site, (id, visit): (VisitId, &Visit), now: Timestamp) -> Option<Self> {
        // Whoever was let in without a code is where they were let in, and nothing but open hours lets them on.
        let code = match visit.visitor {
            Visitor::Courier { credential, .. } => Some(credential),
            Visitor::Guest { .. } => None,
            Visitor::Resident { .. } => return None,
        };
        let kiosk = site.layout.kiosks.get(&visit.kiosk)?;
        let came_in = site.access.entries.values().filter(|e| e.visit == Some(id) && !e.awaits_door());
        let mut inside: BTreeSet<AccessPointId> = came_in.map(|entry| entry.point).collect();
        let points = &site.access.points;
        let has_its_banks = points.iter().filter(|(_, p)| !p.spec.banks.is_disjoint(&kiosk.banks));
        inside.extend(has_its_banks.map(|(point, _)| *point));
        let at = kiosk.doors.clone();
        let is_placed = !(inside.is_empty() && at.is_empty() && kiosk.banks.is_empty());
        let rooms: Vec<_> = inside.union(&at).filter_map(|point| points.get(point)).collect();
        let buildings =
            rooms.into_iter().filter(|p| p.spec.is_room()).flat_map(|p| entrances_to(site, &p.spec));
        let buildings: Vec<_> = buildings.collect();
        inside.extend(buildings);
        let mut entrances = points.iter().filter(|(_, p)| !p.spec.is_room()).map(|(point, _)| *point);
        if let (false, Some(only), None) = (is_placed, entrances.next(), entrances.next()) {
            // There is one building that anybody told of.
            inside.insert(only);
        }
        let lets_in = |point: &AccessPointId| admission::lets_in(site, *point, code, now);
        let opens = points.keys().copied().filter(lets_in).collect();
        let code = code.and_then(|credential| site.credentials.courier.all.get(&credential));
        let unsaid = !is_placed && code.is_some_and(|code| !code.is_for_doors);
        Some(Self { inside, at, opens, unsaid })
    }

    fn to(&self, site: &Site, place: Place) -> Option<Nearness> {
        let (mut rooms, mut entrances) = (Vec::new(), BTreeSet::new());
        for (point, p) in site.access.points.iter().filter(|(_, p)| p.spec.leads_to(place)) {
            if p.spec.is_room() {
                rooms.push((*point, &p.spec));
            } else {
                entrances.insert(*point);
            }
        }
        if rooms.is_empty() && entrances.is_empty() {
            return Some(Nearness::Open);
        }
        if entrances.is_empty() {
            entrances.extend(rooms.iter().flat_map(|(_, spec)| entrances_to(site, spec)));
        }
        let is_near = |point: &AccessPointId| self.inside.contains(point) || self.at.contains(point);
        let is_passed = |point: &AccessPointId| self.inside.contains(point) || self.opens.contains(point);
        let rooms: Vec<AccessPointId> = rooms.into_iter().map(|(point, _)| point).collect();
        let may_pass = (rooms.is_empty() || self.unsaid || rooms.iter().any(is_passed))
            && (entrances.is_empty() || self.unsaid || entrances.iter().any(is_passed));
        if !may_pass || self.is_elsewhere(site, &entrances) {
            return None;
        }
        let is_here = rooms.iter().chain(&entrances).any(is_near);
        Some(if is_here { Nearness::Here } else { Nearness::Behind })
    }

    /// Whether these are entrances of another building than the one they are in.
    fn is_elsewhere(&self, site: &Site, entrances: &BTreeSet<AccessPointId>) -> bool {
        let is_entrance =
            |point: &&AccessPointId| site.access.points.get(point).is_some_and(|p| !p.spec.is_room());
        let here: BTreeSet<AccessPointId> =
            self.inside.union(&self.at).filter(is_entrance).copied().collect();
        !here.is_empty() && !entrances.is_empty() && here.is_disjoint(entrances)
    }
}

/// The entrances of the building in which the door of a room is: they lead to something that it leads to.
fn entrances_to(site: &Site, room: &PointSpec) -> Vec<AccessPointId> {
    let meets = |other: &PointSpec| {
        !other.banks.is_disjoint(&room.banks)
            || !other.shelves.is_disjoint(&room.shelves)
            || !other.areas.is_disjoint(&room.areas)
    };
    let entrances = site.access.points.iter().filter(|(_, p)| !p.spec.is_room() && meets(&p.spec));
    entrances.map(|(point, _)| *point).collect()
}
