//! Which property a demonstration invents, and what is where in it.

use super::building::{BANKS_NEAR_THE_STREET, GARDEN_HOUSE, Hardware, LOBBY, NORTH_HOUSE, in_sight};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use vestibule_core::BankId;
use vestibule_core::access::point::PointKind;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;

pub const LINDEN_HOUSE: &str = "Linden House";
pub const STREET_DOOR: &str = "Street door";
pub const PACKAGE_ROOM: &str = "Package room";
/// Of the last, codes hold by day alone.
pub const CARRIERS: [&str; 3] = ["Swiftline", "Blue Heron Post", "Harvest Box"];
pub const BY_DAY: WeekWindow = WeekWindow { days: 0b111_1111, from: 8 * 60, to: 20 * 60 };
/// The hours in which staff are told of whoever comes in by a courier's code.
pub const NIGHT: WeekWindow = WeekWindow { days: 0b111_1111, from: 22 * 60, to: 6 * 60 };

/// Which property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Building {
    /// Maple Court: two houses with lockers, and a package room.
    #[default]
    Court,
    /// Linden House: a package room behind one door, with racks and shelves, a desk, and no lockers.
    Room,
}

/// What is to be played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub building: Building,
    pub hardware: Hardware,
}

/// A shelf, or a spot on the floor.
pub struct ShelfPlan {
    pub label: &'static str,
    pub zone: &'static str,
    pub largest: Size,
    pub holds: u16,
    /// Of the board above the floor; 0 is a spot on the floor.
    pub height_mm: u32,
    pub kept_for: Option<ParcelClass>,
}

/// A screen, and the banks whose doors can be seen from it.
pub struct ScreenPlan {
    pub name: &'static str,
    pub banks: Vec<BankId>,
}

/// A door one walks through. Its screen stands before it.
pub struct PassagePlan {
    pub name: &'static str,
    pub kind: PointKind,
    /// The banks behind it, by number and by name.
    pub banks: Vec<(BankId, &'static str)>,
    /// All shelves are behind it.
    pub shelves: bool,
    /// A contact of the handle inside tells that somebody goes out.
    pub sees_exits: bool,
}

impl Plan {
    pub fn site_name(self) -> &'static str {
        match self.building {
            Building::Court => "Maple Court",
            Building::Room => LINDEN_HOUSE,
        }
    }

    pub fn site_key(self) -> &'static str {
        match self.building {
            Building::Court => "maple-court",
            Building::Room => "linden-house",
        }
    }

    /// House and street.
    pub fn houses(self) -> Vec<(&'static str, &'static str)> {
        match self.building {
            Building::Court => vec![(NORTH_HOUSE, "14 Maple Street"), (GARDEN_HOUSE, "16 Maple Street")],
            Building::Room => vec![(LINDEN_HOUSE, "5 Linden Row")],
        }
    }

    pub fn shelves(self) -> Vec<ShelfPlan> {
        let shelf = |label, zone, largest, holds, height_mm| ShelfPlan {
            label,
            zone,
            largest,
            holds,
            height_mm,
            kept_for: None,
        };
        match self.building {
            Building::Court => vec![
                shelf("A1", PACKAGE_ROOM, Size::M, 8, 900),
                shelf("A2", PACKAGE_ROOM, Size::L, 6, 1_200),
                shelf("B1", PACKAGE_ROOM, Size::XL, 3, 0),
            ],
            Building::Room => vec![
                shelf("A1", "Rack A", Size::S, 16, 1_700),
                shelf("A2", "Rack A", Size::M, 10, 1_200),
                shelf("A3", "Rack A", Size::M, 10, 700),
                shelf("A4", "Rack A", Size::L, 8, 250),
                shelf("B1", "Rack B", Size::S, 16, 1_700),
                shelf("B2", "Rack B", Size::M, 10, 1_200),
                shelf("B3", "Rack B", Size::L, 8, 700),
                shelf("B4", "Rack B", Size::L, 8, 250),
                shelf("F1", "Floor", Size::XL, 6, 0),
                ShelfPlan {
                    kept_for: Some(ParcelClass::Chilled),
                    ..shelf("Fridge", "Beside rack B", Size::L, 12, 900)
                },
            ],
        }
    }

    pub fn drop_place(self) -> Option<&'static str> {
        (self.building == Building::Court).then_some("Lobby bench")
    }

    pub fn screens(self) -> Vec<ScreenPlan> {
        match self.building {
            Building::Court => {
                let [lobby, garden] = in_sight(self.hardware);
                vec![
                    ScreenPlan { name: "North lobby screen", banks: lobby },
                    ScreenPlan { name: "Garden entrance screen", banks: garden },
                ]
            }
            Building::Room => vec![ScreenPlan { name: "Package room screen", banks: Vec::new() }],
        }
    }

    pub fn passages(self) -> Vec<PassagePlan> {
        let room = PassagePlan {
            name: PACKAGE_ROOM,
            kind: PointKind::RoomDoor,
            banks: Vec::new(),
            shelves: true,
            sees_exits: true,
        };
        let street = PassagePlan {
            name: STREET_DOOR,
            kind: PointKind::BuildingEntrance,
            banks: vec![(BANKS_NEAR_THE_STREET, LOBBY)],
            shelves: false,
            sees_exits: false,
        };
        match self.building {
            Building::Court => vec![street, room],
            Building::Room => vec![room],
        }
    }

    pub fn has_lockers(self) -> bool {
        self.building == Building::Court
    }
}
