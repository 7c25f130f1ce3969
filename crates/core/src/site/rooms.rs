//! The drawing of a room, changed as a whole: what that adds, takes away and moves, and what stands in its way.
//!
//! A shelf is known by its label on notices, in stories and on its sticker: the label is never given to another shelf, and
//! brought back it is the same shelf again. One with parcels on it or on their way stays in the drawing.

use super::decider::Decider;
use crate::access::point::PointSpec;
use crate::ids::*;
use crate::place::room::{Ground, Rack, Room, RoomPlan, ShelfPlace, Spot, ZoneFor, room_of};
use crate::place::shelf::{ShelfLimits, parcels_on};
use crate::site::Site;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{DrawnRoom, DrawnShelf, ShelfTakes};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Shelves no room has more of.
pub const SHELVES_MOST: usize = 400;
/// Racks, and zones, no room has more of.
pub const RACKS_MOST: usize = 40;
/// Levels no rack has more of.
pub const LEVELS_MOST: usize = 12;
/// No room is longer, mm.
const ROOM_MOST_MM: u32 = 50_000;
/// No rack is higher, mm; no shelf hangs higher.
const HEIGHT_MOST_MM: u32 = 3_000;
/// Names, in characters.
const LABEL_MOST: usize = 40;

/// What a new drawing of a room would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomChange {
    /// The drawing it would be, counted from 1.
    pub version: u32,
    /// Labels of shelves that come.
    pub added: Vec<String>,
    /// Labels of shelves that are there and were in no drawing.
    pub placed: Vec<String>,
    /// Labels of shelves that get another place or zone.
    pub moved: Vec<String>,
    /// Labels of shelves that are there and take other parcels, or another number of them.
    pub takes: Vec<String>,
    /// Shelves that go.
    pub removed: Vec<ShelfId>,
    /// Whether the room itself, a rack or a zone is otherwise.
    pub plan: bool,
    /// Those that cannot go: parcels on each or on their way to it.
    pub still_needed: Vec<(ShelfId, usize)>,
}

impl RoomChange {
    /// Whether the drawing stays as it is.
    pub fn is_none(&self) -> bool {
        !self.plan
            && [&self.added, &self.placed, &self.moved, &self.takes].iter().all(|list| list.is_empty())
            && self.removed.is_empty()
    }
}

fn invalid(why: impl Into<String>) -> Refusal {
    Refusal::Invalid { why: why.into() }
}

/// What a new drawing of a room, or the first of a new one, would do. Nothing is changed.
///
/// # Errors
/// A drawing that no room can have, or a shelf that stands in another.
pub fn foresee(site: &Site, drawn: &DrawnRoom) -> Result<RoomChange, Refusal> {
    let room = drawn.room;
    let before = match room {
        Some(room) => Some(site.layout.rooms.get(&room).ok_or(Refusal::NotFound)?),
        None => None,
    };
    named(site, room, &drawn.plan)?;
    stands(&drawn.plan, &drawn.shelves)?;
    hangs(&drawn.plan, &drawn.shelves)?;
    let mut change = RoomChange {
        version: before.map_or(1, |room| room.version + 1),
        plan: before.is_none_or(|room| room.plan != drawn.plan),
        ..RoomChange::default()
    };
    let mut stays = BTreeSet::new();
    for DrawnShelf { label, place, takes } in &drawn.shelves {
        let Some(shelf) = here(site, label) else {
            change.added.push(label.clone());
            continue;
        };
        let stands_in = room_of(site, shelf);
        if stands_in.is_some_and(|(other, _)| Some(other) != room) {
            return Err(Refusal::ShelfElsewhere { label: label.clone() });
        }
        stays.insert(shelf);
        if takes.is_some_and(|takes| is_said_otherwise(site, shelf, takes)) {
            change.takes.push(label.clone());
        }
        match stands_in.and_then(|(_, room)| room.shelves.get(&shelf)) {
            None => change.placed.push(label.clone()),
            Some(was) if was != place => change.moved.push(label.clone()),
            Some(_) => {}
        }
    }
    let were = before.iter().flat_map(|room| room.shelves.keys().copied());
    change.removed = were.filter(|shelf| !stays.contains(shelf)).collect();
    let on = |shelf: &ShelfId| Some((*shelf, parcels_on(site, *shelf))).filter(|(_, parcels)| *parcels > 0);
    change.still_needed = change.removed.iter().filter_map(on).collect();
    Ok(change)
}

/// Whether a drawing says that a shelf takes something else than it does.
fn is_said_otherwise(site: &Site, shelf: ShelfId, takes: ShelfTakes) -> bool {
    let known = site.layout.shelf_limits.get(&shelf);
    known.is_none_or(|known| (known.largest, known.holds) != (takes.largest, takes.holds))
}

/// The shelf with this label.
fn here(site: &Site, label: &str) -> Option<ShelfId> {
    let found = site.layout.shelves.iter().find(|(_, other)| other.eq_ignore_ascii_case(label));
    found.map(|(id, _)| *id)
}

fn is_name(label: &str) -> bool {
    let length = label.chars().count();
    label.trim() == label && (1..=LABEL_MOST).contains(&length)
}

/// Room, racks, zones and shelves have names, no two of a kind the same; the door is one of the site's.
fn named(site: &Site, room: Option<RoomId>, plan: &RoomPlan) -> Result<(), Refusal> {
    let others = site.layout.rooms.iter().filter(|(id, _)| Some(**id) != room);
    let mut rooms: Vec<&str> = others.map(|(_, other)| other.plan.label.as_str()).collect();
    rooms.push(&plan.label);
    distinct(rooms)?;
    distinct(plan.racks.iter().map(|rack| rack.label.as_str()))?;
    distinct(plan.zones.iter().map(|zone| zone.label.as_str()))?;
    if plan.door.is_some_and(|door| !site.access.points.contains_key(&door)) {
        return Err(Refusal::NotFound);
    }
    for zone in &plan.zones {
        match zone.suits {
            ZoneFor::Carrier(carrier) if !site.layout.carriers.contains_key(&carrier) => {
                return Err(Refusal::NotFound);
            }
            ZoneFor::Keypads { from, to } if from > to => {
                return Err(invalid(format!(
                    "zone '{}': its keypad numbers run from the lower to the higher",
                    zone.label
                )));
            }
            ZoneFor::Anything | ZoneFor::Class(_) | ZoneFor::Carrier(_) | ZoneFor::Keypads { .. } => {}
        }
    }
    Ok(())
}

fn distinct<'a>(labels: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for label in labels {
        if !is_name(label) {
            return Err(invalid(format!(
                "a name of 1 to {LABEL_MOST} characters is needed, without blanks around it"
            )));
        }
        if !seen.insert(label.to_lowercase()) {
            return Err(invalid(format!("'{label}' is taken; choose another name")));
        }
    }
    Ok(())
}

/// Racks and spots on the floor stand in the room, and none in another.
fn stands(plan: &RoomPlan, shelves: &[DrawnShelf]) -> Result<(), Refusal> {
    let sides = [plan.width_mm, plan.depth_mm];
    if !sides.iter().all(|side| (1..=ROOM_MOST_MM).contains(side)) || plan.door_mm > plan.width_mm {
        return Err(invalid(format!(
            "a room has sides of 1 to {ROOM_MOST_MM} mm, and its door is in its lower wall"
        )));
    }
    if plan.racks.len() > RACKS_MOST || plan.zones.len() > RACKS_MOST || shelves.len() > SHELVES_MOST {
        return Err(invalid(format!(
            "a room has at most {RACKS_MOST} racks, {RACKS_MOST} zones and {SHELVES_MOST} shelves"
        )));
    }
    for rack in &plan.racks {
        let is_sound = (1..=LEVELS_MOST).contains(&rack.levels.len())
            && !rack.levels.contains(&0)
            && rack.top_mm() <= HEIGHT_MOST_MM;
        if !is_sound {
            let why = format!(
                "rack '{}': it has 1 to {LEVELS_MOST} levels and is at most {HEIGHT_MOST_MM} mm high",
                rack.label
            );
            return Err(invalid(why));
        }
    }
    let racks = plan.racks.iter().map(|rack| (rack.label.as_str(), rack.ground));
    let spots = shelves.iter().filter_map(|one| Some((one.label.as_str(), one.place.spot.ground()?)));
    let standing: Vec<(&str, Ground)> = racks.chain(spots).collect();
    for (at, (label, ground)) in standing.iter().enumerate() {
        let fits = ground.width_mm > 0
            && ground.depth_mm > 0
            && ground.left_mm.saturating_add(ground.width_mm) <= plan.width_mm
            && ground.top_mm.saturating_add(ground.depth_mm) <= plan.depth_mm;
        if !fits {
            return Err(invalid(format!(
                "'{label}' does not stand in the room: look at its place and its sides"
            )));
        }
        if let Some((other, _)) = standing[..at].iter().find(|(_, other)| other.meets(ground)) {
            return Err(invalid(format!("'{other}' and '{label}' stand in each other")));
        }
    }
    Ok(())
}

/// Each shelf has a label of its own, a place nobody else has, and a zone that is there.
fn hangs(plan: &RoomPlan, shelves: &[DrawnShelf]) -> Result<(), Refusal> {
    distinct(shelves.iter().map(|one| one.label.as_str()))?;
    let mut taken = BTreeSet::new();
    for DrawnShelf { label, place, takes } in shelves {
        if takes.is_some_and(|takes| takes.holds == Some(0)) {
            return Err(invalid(format!(
                "shelf '{label}' holds at least one parcel; leave the number out if nobody counted"
            )));
        }
        let has_zone = place.zone.is_none_or(|zone| usize::from(zone) < plan.zones.len());
        let has_place = match place.spot {
            Spot::Floor { .. } => true,
            Spot::Rack { rack, level, slot } => {
                let levels = plan.racks.get(usize::from(rack)).map_or(0, |rack| rack.levels.len());
                usize::from(level) < levels && usize::from(slot) < SHELVES_MOST && taken.insert(place.spot)
            }
        };
        if !has_zone || !has_place {
            return Err(invalid(format!(
                "shelf '{label}': there is no such rack, level or zone, or another shelf is there"
            )));
        }
    }
    Ok(())
}

/// Draws a room, or draws it anew.
pub(crate) fn change(d: &mut Decider<'_>, by: Actor, drawn: &DrawnRoom) -> Result<Answer, Refusal> {
    if let Some(known) = drawn.room.and_then(|room| d.site.layout.rooms.get(&room))
        && drawn.was != known.version
    {
        return Err(Refusal::DrawnMeanwhile { version: known.version });
    }
    let change = foresee(d.site, drawn)?;
    if !change.still_needed.is_empty() {
        return Err(Refusal::ShelfNeeded { shelves: change.still_needed });
    }
    let id = drawn.room.unwrap_or_else(|| d.site.counters.next_room());
    if change.is_none() {
        return Ok(Answer::Room(id));
    }
    let (mut shelves, mut takes) = (Vec::new(), Vec::new());
    for one in &drawn.shelves {
        let shelf = here(d.site, &one.label).unwrap_or_else(|| come(d, &one.label));
        shelves.push((shelf, one.place));
        takes.push(one.takes);
    }
    let (version, plan) = (change.version, Box::new(drawn.plan.clone()));
    let before = d.site.layout.rooms.get(&id).cloned();
    let led_before = before.as_ref().and_then(|before| before.plan.door);
    d.push(Event::RoomDrawn { room: id, version, plan, shelves: shelves.clone(), by });
    for ((shelf, place), takes) in shelves.iter().zip(takes) {
        let was = before.as_ref().and_then(|room| Some((&room.plan, room.shelves.get(shelf)?.spot)));
        measured(d, *shelf, (was, (&drawn.plan, place.spot)), takes);
    }
    led_to(d, (led_before, drawn.plan.door), &shelves, &change.removed);
    Ok(Answer::Room(id))
}

/// A new shelf, or one that was here before.
fn come(d: &mut Decider<'_>, label: &str) -> ShelfId {
    let before = d.site.layout.gone_shelves.iter().find(|(_, other)| other.eq_ignore_ascii_case(label));
    let shelf = before.map_or_else(|| d.site.counters.next_shelf(), |(id, _)| *id);
    d.push(Event::ShelfInstalled { shelf, label: label.to_owned() });
    shelf
}

type Drawn<'a> = (&'a RoomPlan, Spot);

/// Height and floor follow the drawing, so that reach and weight do. What a shelf takes and the name of where it is follow as well,
/// unless staff said something else of it than the drawing before.
fn measured(
    d: &mut Decider<'_>,
    shelf: ShelfId,
    (was, (plan, spot)): (Option<Drawn<'_>>, Drawn<'_>),
    takes: Option<ShelfTakes>,
) {
    let (floor, height) = match spot {
        Spot::Floor { .. } => (true, 0),
        Spot::Rack { rack, level, .. } => {
            let Some(rack) = plan.racks.get(usize::from(rack)) else { return };
            (false, rack.board_mm(level))
        }
    };
    let known = d.site.layout.shelf_limits.get(&shelf);
    let zone = known
        .filter(|known| was.is_none_or(|(plan, spot)| plan.name_of(spot) != known.zone))
        .map_or_else(|| plan.name_of(spot).to_owned(), |known| known.zone.clone());
    let largest = known
        .filter(|known| was.is_none_or(|(plan, spot)| plan.largest_at(spot) != known.largest))
        .map_or_else(|| plan.largest_at(spot), |known| known.largest);
    let holds = known.and_then(|known| known.holds);
    let ShelfTakes { largest, holds } = takes.unwrap_or(ShelfTakes { largest, holds });
    let limits = ShelfLimits { zone, largest, floor, holds, height_mm: Some(height) };
    if known != Some(&limits) {
        d.push(Event::ShelfDescribed { shelf, limits });
    }
}

/// The door of the room leads to its shelves, the one that was its door does not any more (I5), and no door leads to one that is
/// gone. What staff said of other doors stands: an entrance leads to shelves of rooms behind it.
fn led_to(
    d: &mut Decider<'_>,
    (before, now): (Option<AccessPointId>, Option<AccessPointId>),
    shelves: &[(ShelfId, ShelfPlace)],
    removed: &[ShelfId],
) {
    let of_room: BTreeSet<ShelfId> = shelves.iter().map(|(shelf, _)| *shelf).collect();
    let mut changed: BTreeMap<AccessPointId, PointSpec> = BTreeMap::new();
    for (point, known) in &d.site.access.points {
        let mut spec = known.spec.clone();
        spec.shelves.retain(|shelf| !removed.contains(shelf));
        if now == Some(*point) {
            spec.shelves.extend(&of_room);
        } else if before == Some(*point) {
            spec.shelves.retain(|shelf| !of_room.contains(shelf));
        }
        if spec != known.spec {
            changed.insert(*point, spec);
        }
    }
    for (point, spec) in changed {
        d.push(Event::AccessPointChanged { point, spec: Box::new(spec) });
    }
}

impl Site {
    /// Every shelf of a room is one of the site's and in one room alone.
    pub(super) fn check_rooms(&self, broken: &mut Vec<String>) {
        let mut drawn = BTreeSet::new();
        for (id, room) in &self.layout.rooms {
            for (shelf, place) in &room.shelves {
                if !self.layout.shelves.contains_key(shelf) || !drawn.insert(*shelf) {
                    broken
                        .push(format!("I3: shelf {shelf} of room {id} is gone, or in another room as well"));
                }
                if !has_rack(room, *place) {
                    broken.push(format!("I3: shelf {shelf} is in a rack that room {id} does not have"));
                }
            }
        }
    }
}

fn has_rack(room: &Room, place: ShelfPlace) -> bool {
    match place.spot {
        Spot::Floor { .. } => true,
        Spot::Rack { rack, level, .. } => {
            let rack: Option<&Rack> = room.plan.racks.get(usize::from(rack));
            rack.is_some_and(|rack| usize::from(level) < rack.levels.len())
        }
    }
}
