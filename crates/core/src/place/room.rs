//! Package rooms as they stand: racks with levels, spots on the floor, zones, and where each shelf is.
//!
//! All measures are millimetres. On the plan the wall with the door is the lower edge; from the left and from the top is
//! measured as one looks at it.

use super::compartment::Size;
use super::shelf::Bulk;
use crate::custody::class::ParcelClass;
use crate::ids::*;
use crate::site::Site;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The side of a rack from which parcels are put in, as one looks at the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Towards the wall with the door.
    Down,
    /// Towards the left wall.
    Left,
    /// Away from the door.
    Up,
    /// Towards the right wall.
    Right,
}

impl Side {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Down, Self::Left, Self::Up, Self::Right];

    /// The word in fields and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Left => "left",
            Self::Up => "up",
            Self::Right => "right",
        }
    }
}

/// A piece of the floor: left, top, width and depth in mm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// From the left wall.
    pub left_mm: u32,
    /// From the wall across from the door.
    pub top_mm: u32,
    /// From left to right.
    pub width_mm: u32,
    /// From top to bottom.
    pub depth_mm: u32,
}

impl Ground {
    /// Whether both have a place in common.
    pub fn meets(&self, other: &Self) -> bool {
        let apart = |from: u32, long: u32, other_from: u32, other_long: u32| {
            from.saturating_add(long) <= other_from || other_from.saturating_add(other_long) <= from
        };
        !apart(self.left_mm, self.width_mm, other.left_mm, other.width_mm)
            && !apart(self.top_mm, self.depth_mm, other.top_mm, other.depth_mm)
    }
}

/// A rack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rack {
    /// What people call it, 1 to 40 characters.
    pub label: String,
    /// Where it stands.
    pub ground: Ground,
    /// Its open side.
    pub front: Side,
    /// Its lowest board above the floor, mm.
    pub foot_mm: u32,
    /// The height of each level, mm, from the lowest up.
    pub levels: Vec<u32>,
}

impl Rack {
    /// How long its front is, mm.
    pub fn front_mm(&self) -> u32 {
        match self.front {
            Side::Down | Side::Up => self.ground.width_mm,
            Side::Left | Side::Right => self.ground.depth_mm,
        }
    }

    /// How deep it is from its front, mm.
    pub fn depth_mm(&self) -> u32 {
        match self.front {
            Side::Down | Side::Up => self.ground.depth_mm,
            Side::Left | Side::Right => self.ground.width_mm,
        }
    }

    /// The largest parcel that one of its levels takes by its measures; the lowest level is 0.
    pub fn largest_on(&self, level: u16) -> Size {
        let clear_mm = self.levels.get(usize::from(level)).copied().unwrap_or_default();
        Size::fitting(clear_mm, self.depth_mm())
    }

    /// The board of a level above the floor, mm; the lowest level is 0.
    pub fn board_mm(&self, level: u16) -> u32 {
        let below = self.levels.iter().take(usize::from(level));
        below.fold(self.foot_mm, |sum, height| sum.saturating_add(*height))
    }

    /// Its upper edge above the floor, mm.
    pub fn top_mm(&self) -> u32 {
        self.board_mm(u16::try_from(self.levels.len()).unwrap_or(u16::MAX))
    }
}

/// Where a shelf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// In a rack.
    Rack {
        /// Which of the room's racks, from 0.
        rack: u16,
        /// Which of its levels, the lowest is 0.
        level: u16,
        /// Its place among those of the level, from the left as one stands before it; the level is shared out equally.
        slot: u16,
    },
    /// On the floor.
    Floor {
        /// From the left wall, mm.
        left_mm: u32,
        /// From the wall across from the door, mm.
        top_mm: u32,
        /// From left to right, mm.
        width_mm: u32,
        /// From top to bottom, mm.
        depth_mm: u32,
    },
}

impl Spot {
    /// The floor it takes by itself; none in a rack.
    pub fn ground(self) -> Option<Ground> {
        match self {
            Self::Floor { left_mm, top_mm, width_mm, depth_mm } => {
                Some(Ground { left_mm, top_mm, width_mm, depth_mm })
            }
            Self::Rack { .. } => None,
        }
    }
}

/// What a zone is for. It is a preference: what a shelf may take at all is said by its limits and its class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneFor {
    /// Nothing in particular.
    Anything,
    /// Parcels of this class.
    Class(ParcelClass),
    /// Parcels that this company brings.
    Carrier(CarrierId),
    /// Parcels for units with these keypad numbers, both counted in.
    Keypads {
        /// The lowest.
        from: u32,
        /// The highest.
        to: u32,
    },
}

/// A named set of places. The drawing tells zones apart by a pattern each, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomZone {
    /// What people call it, 1 to 40 characters.
    pub label: String,
    /// What it is for.
    pub suits: ZoneFor,
}

/// A room without its shelves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomPlan {
    /// What people call it, 1 to 40 characters.
    pub label: String,
    /// The access point that leads to it, if any does.
    pub door: Option<AccessPointId>,
    /// The middle of the door from the left wall, mm.
    pub door_mm: u32,
    /// From left to right, mm.
    pub width_mm: u32,
    /// From the door to the wall across, mm.
    pub depth_mm: u32,
    /// Its racks.
    pub racks: Vec<Rack>,
    /// Its zones.
    pub zones: Vec<RoomZone>,
}

/// Where a shelf is, and in which zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelfPlace {
    /// Where.
    pub spot: Spot,
    /// Which of the room's zones, from 0; None: in none.
    pub zone: Option<u16>,
}

impl RoomPlan {
    /// The largest parcel that a place takes by its measures: what stands on the floor takes all.
    pub fn largest_at(&self, spot: Spot) -> Size {
        match spot {
            Spot::Floor { .. } => Size::XL,
            Spot::Rack { rack, level, .. } => {
                self.racks.get(usize::from(rack)).map_or(Size::XL, |rack| rack.largest_on(level))
            }
        }
    }

    /// What people call where a place is: its rack, or the room.
    pub fn name_of(&self, spot: Spot) -> &str {
        match spot {
            Spot::Rack { rack, .. } => {
                self.racks.get(usize::from(rack)).map_or(self.label.as_str(), |rack| &rack.label)
            }
            Spot::Floor { .. } => &self.label,
        }
    }
}

/// A room with its shelves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// As it stands.
    pub plan: RoomPlan,
    /// Counts its drawings, from 1.
    pub version: u32,
    /// Its shelves.
    pub shelves: BTreeMap<ShelfId, ShelfPlace>,
}

/// The room a shelf is drawn in. None: it is not drawn yet.
pub fn room_of(site: &Site, shelf: ShelfId) -> Option<(RoomId, &Room)> {
    let found = site.layout.rooms.iter().find(|(_, room)| room.shelves.contains_key(&shelf));
    found.map(|(id, room)| (*id, room))
}

/// What people are told of the room a shelf is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomName<'a> {
    /// There is one room: it needs no name.
    Only,
    /// As it is drawn, or as its door is called.
    Called(&'a str),
    /// Other shelves are in a room, and nobody said where this one is.
    Unsaid,
}

/// The room of a shelf, for whoever looks for it. Where nobody named any room, it is the one there is.
pub fn name_for(site: &Site, shelf: ShelfId) -> RoomName<'_> {
    let names: BTreeSet<&str> = site.layout.shelves.keys().filter_map(|shelf| called(site, *shelf)).collect();
    match called(site, shelf) {
        Some(name) if names.len() > 1 => RoomName::Called(name),
        None if !names.is_empty() => RoomName::Unsaid,
        Some(_) | None => RoomName::Only,
    }
}

/// A room by its drawing; one that is not drawn by the door that leads to it.
fn called(site: &Site, shelf: ShelfId) -> Option<&str> {
    let drawn = room_of(site, shelf).map(|(_, room)| room.plan.label.as_str());
    let mut doors = site.access.points.values().map(|point| &point.spec).filter(|spec| spec.is_room());
    drawn.or_else(|| doors.find(|spec| spec.shelves.contains(&shelf)).map(|spec| spec.label.as_str()))
}

/// What is written on a shelf, with its room where there are several: `A1, Cellar`.
pub fn label_and_room(site: &Site, shelf: ShelfId) -> Option<String> {
    let label = site.layout.shelves.get(&shelf)?;
    Some(match name_for(site, shelf) {
        RoomName::Called(room) => format!("{label}, {room}"),
        RoomName::Only | RoomName::Unsaid => label.clone(),
    })
}

/// Shelves in the order in which somebody walks: room by room and rack by rack, each from its lowest level up and from the left,
/// then what stands on the floor; after the rooms those in no drawing, by the zone that staff named.
pub fn as_walked(site: &Site, shelves: impl IntoIterator<Item = ShelfId>) -> Vec<ShelfId> {
    let stands = |shelf: &ShelfId| {
        let drawn = room_of(site, *shelf).and_then(|(id, room)| Some((id, room.shelves.get(shelf)?.spot)));
        let limits = site.layout.shelf_limits.get(shelf).filter(|_| drawn.is_none());
        (drawn.is_none(), drawn, limits.map(|limits| limits.zone.clone()), *shelf)
    };
    let mut shelves: Vec<ShelfId> = shelves.into_iter().collect();
    shelves.sort_by_cached_key(stands);
    shelves
}

/// How well the zone of a shelf suits a parcel: 0 it is meant for it, 1 it is for anything, 2 it is meant for others.
pub(super) fn misfit(site: &Site, shelf: ShelfId, bulk: &Bulk) -> u8 {
    let zone = room_of(site, shelf).and_then(|(_, room)| {
        let zone = room.shelves.get(&shelf)?.zone?;
        room.plan.zones.get(usize::from(zone))
    });
    let is_meant = match zone.map(|zone| &zone.suits) {
        None | Some(ZoneFor::Anything) => return 1,
        Some(ZoneFor::Class(class)) => bulk.class == Some(*class),
        Some(ZoneFor::Carrier(carrier)) => bulk.carrier == Some(*carrier),
        Some(ZoneFor::Keypads { from, to }) => {
            let keypad = bulk.unit.and_then(|unit| site.directory.units.get(&unit));
            let number = keypad.and_then(|unit| unit.keypad.digits().parse::<u32>().ok());
            number.is_some_and(|number| (*from..=*to).contains(&number))
        }
    };
    if is_meant { 0 } else { 2 }
}
