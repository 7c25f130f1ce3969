//! The package room of the invented property, as it is drawn: its shelves, as high as they were measured.

use super::plan::{Building, PACKAGE_ROOM, Plan};
use vestibule_core::AccessPointId;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::room::{Ground, Rack, RoomPlan, RoomZone, ShelfPlace, Side, Spot, ZoneFor};
use vestibule_core::vocabulary::command::{DrawnRoom, DrawnShelf};

impl Plan {
    pub fn room(self, door: Option<AccessPointId>) -> DrawnRoom {
        match self.building {
            Building::Court => court(door),
            Building::Room => linden(door),
        }
    }
}

/// A rack along the wall across from the door.
fn rack(label: &str, left_mm: u32, foot_mm: u32, levels: &[u32]) -> Rack {
    let ground = Ground { left_mm, top_mm: 0, width_mm: 1_000, depth_mm: 500 };
    Rack { label: label.to_owned(), ground, front: Side::Down, foot_mm, levels: levels.to_vec() }
}

fn in_rack(label: &str, rack: u16, level: u16, zone: Option<u16>) -> DrawnShelf {
    let place = ShelfPlace { spot: Spot::Rack { rack, level, slot: 0 }, zone };
    DrawnShelf { label: label.to_owned(), place, takes: None }
}

fn on_floor(label: &str, left_mm: u32, zone: Option<u16>) -> DrawnShelf {
    let spot = Spot::Floor { left_mm, top_mm: 1_700, width_mm: 1_200, depth_mm: 1_200 };
    DrawnShelf { label: label.to_owned(), place: ShelfPlace { spot, zone }, takes: None }
}

fn court(door: Option<AccessPointId>) -> DrawnRoom {
    let plan = RoomPlan {
        label: PACKAGE_ROOM.to_owned(),
        door,
        door_mm: 2_600,
        width_mm: 3_400,
        depth_mm: 3_000,
        racks: vec![rack("Rack A", 0, 900, &[500]), rack("Wall rack", 1_200, 1_200, &[600])],
        zones: Vec::new(),
    };
    let shelves = vec![in_rack("A1", 0, 0, None), in_rack("A2", 1, 0, None), on_floor("B1", 0, None)];
    DrawnRoom { room: None, was: 0, plan, shelves }
}

fn linden(door: Option<AccessPointId>) -> DrawnRoom {
    let levels = [450, 500, 500, 400];
    let zone = |label: &str, suits| RoomZone { label: label.to_owned(), suits };
    let plan = RoomPlan {
        label: PACKAGE_ROOM.to_owned(),
        door,
        door_mm: 3_200,
        width_mm: 4_000,
        depth_mm: 3_200,
        racks: vec![
            rack("Rack A", 0, 250, &levels),
            rack("Rack B", 1_200, 250, &levels),
            rack("Cool", 2_400, 900, &[700]),
        ],
        zones: vec![zone("Cold", ZoneFor::Class(ParcelClass::Chilled)), zone("Oversize", ZoneFor::Anything)],
    };
    let of_rack = |rack: u16, letter: char| {
        // The lowest has the highest number.
        (0..4_u16).map(move |level| in_rack(&format!("{letter}{}", 4 - level), rack, level, None))
    };
    let mut shelves: Vec<DrawnShelf> = of_rack(0, 'A').chain(of_rack(1, 'B')).collect();
    shelves.push(in_rack("Fridge", 2, 0, Some(0)));
    shelves.push(on_floor("F1", 200, Some(1)));
    DrawnRoom { room: None, was: 0, plan, shelves }
}
