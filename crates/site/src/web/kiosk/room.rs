//! The room with the shelves that are meant, for who puts a parcel there or takes it.
//!
//! Owns: which places are lifted in the pictures of a room. Never: shows which other shelves are full; that is nobody's business.

use crate::drawing::room::{RoomDrawing, front, plan};
use crate::drawing::{DoorState, DrawingStyle};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::Custodian;
use vestibule_core::place::Place;
use vestibule_core::place::room::Room;
use vestibule_core::visit::{Visit, Visitor};
use vestibule_core::{ShelfId, Site};

/// A room as it is drawn, with the shelves that are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomSight {
    room: Room,
    door: String,
    labels: BTreeMap<ShelfId, String>,
    meant: BTreeSet<ShelfId>,
}

impl RoomSight {
    /// The rooms in which these shelves are drawn.
    pub fn of(site: &Site, meant: &BTreeSet<ShelfId>) -> Vec<Self> {
        let has_one = |room: &&Room| room.shelves.keys().any(|shelf| meant.contains(shelf));
        let sight = |room: &Room| {
            let door = room.plan.door.and_then(|door| site.access.points.get(&door));
            let label = |shelf: &ShelfId| Some((*shelf, site.layout.shelves.get(shelf)?.clone()));
            Self {
                room: room.clone(),
                door: door.map(|door| door.spec.label.clone()).unwrap_or_default(),
                labels: room.shelves.keys().filter_map(label).collect(),
                meant: room.shelves.keys().copied().filter(|shelf| meant.contains(shelf)).collect(),
            }
        };
        site.layout.rooms.values().filter(has_one).map(sight).collect()
    }

    /// What a visit puts down next, or everything it may take.
    pub(super) fn of_visit(site: &Site, visit: &Visit) -> Vec<Self> {
        let meant = match visit.visitor {
            Visitor::Courier { .. } | Visitor::Guest { .. } => {
                let next = visit.carrying.first().and_then(|parcel| site.custody.get(*parcel));
                match next.and_then(|parcel| parcel.planned) {
                    Some(Place::Shelf(shelf)) => BTreeSet::from([shelf]),
                    _ => BTreeSet::new(),
                }
            }
            Visitor::Resident { person, .. } => {
                let shelf = |custodian| match custodian {
                    Custodian::Shelf(shelf) => Some(shelf),
                    _ => None,
                };
                let waits = site.custody.waiting_for(person);
                waits.filter_map(|(_, parcel)| shelf(parcel.custodian)).collect()
            }
        };
        if meant.is_empty() { Vec::new() } else { Self::of(site, &meant) }
    }

    fn drawing(
        &self,
        name: &dyn Fn(&str) -> String,
        leads: &dyn Fn(ShelfId) -> Option<String>,
    ) -> RoomDrawing {
        RoomDrawing::of(&self.room, &self.door, |shelf| {
            let label = self.labels.get(&shelf).map_or("", String::as_str);
            let shown = RoomDrawing::place(label, DoorState::Free, &name(label));
            let shown = match leads(shelf) {
                Some(url) => shown.link(&url),
                None => shown,
            };
            if self.meant.contains(&shelf) { shown.highlighted() } else { shown }
        })
    }

    /// The labels of what is meant.
    pub fn labels(&self) -> String {
        let labels: Vec<&str> =
            self.meant.iter().filter_map(|shelf| self.labels.get(shelf)).map(String::as_str).collect();
        labels.join(", ")
    }

    /// The fronts of the racks in which something is meant, and the plan. `style.id` is unique on the page; `name` says a
    /// shelf in words.
    pub fn pictures(&self, style: &DrawingStyle<'_>, name: &dyn Fn(&str) -> String) -> (Markup, Markup) {
        self.pictures_with_links(style, name, &|_| None)
    }

    /// The same; `leads` says where a press on a shelf leads.
    pub fn pictures_with_links(
        &self,
        style: &DrawingStyle<'_>,
        name: &dyn Fn(&str) -> String,
        leads: &dyn Fn(ShelfId) -> Option<String>,
    ) -> (Markup, Markup) {
        let drawing = self.drawing(name, leads);
        let fronts = drawing.meant_racks().into_iter().filter_map(|at| {
            let (id, title) = (format!("{}-{at}", style.id), &drawing.plan.racks.get(at)?.label);
            front(&drawing, at, &DrawingStyle { id: &id, title, ..*style })
        });
        let fronts: Vec<Markup> = fronts.collect();
        let from_above = plan(&drawing, &DrawingStyle { title: &drawing.plan.label, ..*style });
        (html! { @for one in &fronts { (one) } }, from_above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::Variant;
    use crate::drawing::tests::WORDS;
    use vestibule_core::place::room::{Ground, Rack, RoomPlan, ShelfPlace, Side, Spot};
    use vestibule_core::{Actor, Event, RoomId, Timestamp};

    /// A rack with A1 under A2, and B1 that is in no drawing.
    fn site() -> Site {
        let mut site = Site::default();
        for (id, label) in [(1, "A1"), (2, "A2"), (3, "B1")] {
            let installed = Event::ShelfInstalled { shelf: ShelfId(id), label: label.to_owned() };
            site.evolve(&installed, Timestamp(0));
        }
        let ground = Ground { left_mm: 0, top_mm: 0, width_mm: 900, depth_mm: 500 };
        let (label, levels) = ("Rack A".to_owned(), vec![500, 500]);
        let plan = RoomPlan {
            label: "Package room".to_owned(),
            door: None,
            door_mm: 1_000,
            width_mm: 3_000,
            depth_mm: 2_000,
            racks: vec![Rack { label, ground, front: Side::Down, foot_mm: 200, levels }],
            zones: Vec::new(),
        };
        let at = |level| ShelfPlace { spot: Spot::Rack { rack: 0, level, slot: 0 }, zone: None };
        let shelves = vec![(ShelfId(1), at(0)), (ShelfId(2), at(1))];
        let (room, version, plan, by) = (RoomId(1), 1, Box::new(plan), Actor::Console);
        site.evolve(&Event::RoomDrawn { room, version, plan, shelves, by }, Timestamp(0));
        site
    }

    #[test]
    fn the_shelf_that_is_meant_is_lifted_in_its_rack_and_its_rack_in_the_room() {
        let seen = RoomSight::of(&site(), &BTreeSet::from([ShelfId(2), ShelfId(3)]));
        assert_eq!((seen.len(), seen[0].labels().as_str()), (1, "A2"));
        let style = DrawingStyle {
            id: "here",
            variant: Variant::Large,
            title: "Shelf A2",
            description: "Shelf A2",
            words: &WORDS,
        };
        let (front, plan) = seen[0].pictures(&style, &|label: &str| format!("Shelf {label}"));
        let (front, plan) = (front.into_string(), plan.into_string());
        assert_eq!(front.matches("door-halo").count(), 1, "{front}");
        assert_eq!(plan.matches("door-halo").count(), 1, "{plan}");
        assert!(front.contains("<li>Shelf A1</li>") && plan.contains(">Rack A<"), "{front} {plan}");
        assert!(RoomSight::of(&site(), &BTreeSet::from([ShelfId(3)])).is_empty(), "it is not drawn yet");
    }
}
