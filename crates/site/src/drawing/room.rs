//! A package room: its plan from above, and the front of a rack with its shelves.
//!
//! Owns: both pictures as SVG, drawn with the doors' own colours and patterns. Never: asks for data.

use maud::{Markup, html};
use vestibule_core::ShelfId;
use vestibule_core::place::room::{Ground, Rack, Room, RoomPlan, ShelfPlace, Side, Spot};

use super::door::{Area, Lettering, ON_A_DOOR, mm, rect, shelf, text_width};
use super::pattern::definitions;
use super::scene::variant_key;
use super::{DoorDrawing, DoorState, DrawingStyle, Hinge, PlacedDoor, Variant, legend};

/// Air around the picture.
const MARGIN: f64 = 60.0;
/// How wide a door is drawn.
const DOOR_WIDE: f64 = 900.0;
/// How thick the open side of a rack is drawn.
const OPEN_SIDE: f64 = 44.0;
/// The strip that shows the zone of a place.
const STRIP: f64 = 46.0;

/// A shelf or spot and what it shows; the height is the drawing's.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceDrawing {
    pub place: ShelfPlace,
    pub shown: DoorDrawing,
}

/// A room to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomDrawing {
    pub plan: RoomPlan,
    pub places: Vec<PlaceDrawing>,
    /// The words at the door.
    pub door: String,
}

impl RoomDrawing {
    /// A room as it stands; `shown` says what each of its shelves shows.
    pub fn of(room: &Room, door: &str, shown: impl Fn(ShelfId) -> DoorDrawing) -> Self {
        let place = |(id, place): (&ShelfId, &ShelfPlace)| PlaceDrawing { place: *place, shown: shown(*id) };
        let places = room.shelves.iter().map(place).collect();
        Self { plan: room.plan.clone(), places, door: door.to_owned() }
    }

    /// What a place shows that has this label and state.
    pub fn place(label: &str, state: DoorState, name: &str) -> DoorDrawing {
        DoorDrawing::new(label, 1, Hinge::Left, state, name)
    }

    /// The racks in which a place is meant, from 0.
    pub fn meant_racks(&self) -> Vec<usize> {
        let meant = |at: &usize| self.in_rack(*at).any(|one| one.shown.highlighted);
        (0..self.plan.racks.len()).filter(meant).collect()
    }

    fn in_rack(&self, at: usize) -> impl Iterator<Item = &PlaceDrawing> {
        let is_in = move |one: &&PlaceDrawing| matches!(one.place.spot, Spot::Rack { rack, .. } if usize::from(rack) == at);
        self.places.iter().filter(is_in)
    }
}

/// A door for the picture, the place it stands for and its zone.
struct Placed {
    left_mm: u32,
    top_mm: u32,
    width_mm: u32,
    door: DoorDrawing,
    zone: Option<u16>,
}

impl Placed {
    fn on(ground: Ground, door: DoorDrawing, zone: Option<u16>) -> Self {
        let Ground { left_mm, top_mm, width_mm, depth_mm } = ground;
        let door = DoorDrawing { height_mm: depth_mm, ..door };
        Self { left_mm, top_mm, width_mm, door, zone }
    }

    fn borrowed(&self) -> PlacedDoor<'_> {
        let Self { left_mm, top_mm, width_mm, .. } = *self;
        PlacedDoor { left_mm, top_mm, width_mm, door: &self.door }
    }

    fn markup(&self, style: &DrawingStyle<'_>, lettering: Lettering) -> Markup {
        let placed = self.borrowed();
        let area = Area::of(&placed);
        let strip = Area { y: area.y + area.h - STRIP, h: STRIP, ..area };
        html! {
            (shelf(&placed, style, lettering))
            @if let Some(zone) = self.zone { (rect("zone", strip, 0.0, Some(zone_id(style.id, zone)))) }
        }
    }
}

/// The front of one rack, levels from the floor up. None: there is no such rack.
pub fn front(room: &RoomDrawing, at: usize, style: &DrawingStyle<'_>) -> Option<Markup> {
    let rack = room.plan.racks.get(at)?;
    let placed: Vec<Placed> = room.in_rack(at).filter_map(|one| slot(room, (at, rack), one)).collect();
    let (width, height) = (f64::from(rack.front_mm()), f64::from(rack.top_mm()));
    let body = Area { x: 0.0, y: 0.0, w: width, h: height };
    let content = html! {
        line class="floor" x1=(-MARGIN) x2=(mm(width + MARGIN)) y1=(mm(height + 9.0)) y2=(mm(height + 9.0)) {}
        (rect("cabinet", body.grown(8.0), 12.0, None))
        (painted(&placed, style, ON_A_DOOR))
    };
    Some(figure("bank", (width, height + MARGIN), style, &placed, content))
}

/// Where a shelf is seen from the front of its rack.
fn slot(room: &RoomDrawing, (at, rack): (usize, &Rack), one: &PlaceDrawing) -> Option<Placed> {
    let Spot::Rack { level, slot, .. } = one.place.spot else { return None };
    let high = *rack.levels.get(usize::from(level))?;
    let of_level = room.in_rack(at).filter_map(|other| match other.place.spot {
        Spot::Rack { level: its, slot, .. } if its == level => Some(u32::from(slot) + 1),
        Spot::Rack { .. } | Spot::Floor { .. } => None,
    });
    let slots = of_level.max().unwrap_or(1);
    let wide = rack.front_mm() / slots;
    let top_mm = rack.top_mm().saturating_sub(rack.board_mm(level).saturating_add(high));
    let ground = Ground { left_mm: wide * u32::from(slot), top_mm, width_mm: wide, depth_mm: high };
    Some(Placed::on(ground, one.shown.clone(), one.place.zone))
}

/// The room from above, the wall with the door at the lower edge.
pub fn plan(room: &RoomDrawing, style: &DrawingStyle<'_>) -> Markup {
    let meant = room.meant_racks();
    let racks = room.plan.racks.iter().enumerate().map(|(at, rack)| {
        let shown = RoomDrawing::place(&rack.label, DoorState::Free, &rack.label);
        let shown = if meant.contains(&at) { shown.highlighted() } else { shown };
        Placed::on(rack.ground, shown, None)
    });
    let spots = room
        .places
        .iter()
        .filter_map(|one| Some(Placed::on(one.place.spot.ground()?, one.shown.clone(), one.place.zone)));
    let placed: Vec<Placed> = racks.chain(spots).collect();
    // From above there is room for names alone.
    let named = DrawingStyle { variant: Variant::Large, ..*style };
    let (width, depth) = (f64::from(room.plan.width_mm), f64::from(room.plan.depth_mm));
    let walls = Area { x: 0.0, y: 0.0, w: width, h: depth };
    let size = letters(room);
    let content = html! {
        (rect("cabinet", walls.grown(8.0), 0.0, None))
        (painted(&placed, &named, Lettering { most: size, of_width: 0.86 }))
        @for rack in &room.plan.racks { (open_side(rack)) }
        (way_in(room))
    };
    figure("bank plan", (width, depth + size * 1.4), style, &placed, content)
}

/// The height of what is written in a plan: a plan is drawn small, however large its room.
fn letters(room: &RoomDrawing) -> f64 {
    f64::from(room.plan.width_mm.max(room.plan.depth_mm)) * 0.06
}

/// The edge of a rack from which parcels are put in.
fn open_side(rack: &Rack) -> Markup {
    let Ground { left_mm, top_mm, width_mm, depth_mm } = rack.ground;
    let (left, top) = (f64::from(left_mm), f64::from(top_mm));
    let (right, bottom) = (left + f64::from(width_mm), top + f64::from(depth_mm));
    let (across, along) = (right - left, bottom - top);
    let edge = match rack.front {
        Side::Down => Area { x: left, y: bottom - OPEN_SIDE, w: across, h: OPEN_SIDE },
        Side::Up => Area { x: left, y: top, w: across, h: OPEN_SIDE },
        Side::Left => Area { x: left, y: top, w: OPEN_SIDE, h: along },
        Side::Right => Area { x: right - OPEN_SIDE, y: top, w: OPEN_SIDE, h: along },
    };
    rect("door-hinge", edge, 0.0, None)
}

fn way_in(room: &RoomDrawing) -> Markup {
    let (width, wall) = (f64::from(room.plan.width_mm), f64::from(room.plan.depth_mm));
    let wide = DOOR_WIDE.min(width);
    let left = (f64::from(room.plan.door_mm) - wide / 2.0).clamp(0.0, width - wide);
    let leaf = Area { x: left, y: wall - 20.0, w: wide, h: 56.0 };
    let size = letters(room);
    // The words stay inside the picture, wherever the door is.
    let half = (text_width(&room.door, size) / 2.0).min(width / 2.0);
    let middle = (left + wide / 2.0).clamp(half, width - half);
    html! {
        g class="here" {
            (rect("here-pin", leaf, 0.0, None))
            text class="here-words" x=(mm(middle)) y=(mm(wall + 60.0 + size)) font-size=(mm(size)) text-anchor="middle" { (room.door) }
        }
    }
}

/// What is meant is painted last: its halo stands out.
fn painted(placed: &[Placed], style: &DrawingStyle<'_>, lettering: Lettering) -> Markup {
    html! {
        @for one in placed.iter().filter(|one| !one.door.highlighted) { (one.markup(style, lettering)) }
        @for one in placed.iter().filter(|one| one.door.highlighted) { (one.markup(style, lettering)) }
    }
}

fn figure(
    class: &str,
    (width, height): (f64, f64),
    style: &DrawingStyle<'_>,
    placed: &[Placed],
    content: Markup,
) -> Markup {
    let has_links = placed.iter().any(|one| one.door.link.is_some());
    let role = if has_links { "group" } else { "img" };
    let (title_id, text_id) = (format!("{}-title", style.id), format!("{}-text", style.id));
    let view_box =
        format!("{} {} {} {}", -MARGIN, -MARGIN, mm(width + 2.0 * MARGIN), mm(height + 2.0 * MARGIN));
    html! {
        figure class={ "drawing drawing-" (variant_key(style.variant)) } {
            svg class=(class) viewBox=(view_box) role=(role) aria-labelledby=(title_id) aria-describedby=(text_id) {
                title id=(title_id) { (style.title) }
                desc id=(text_id) { (style.description) }
                (definitions(style.id, 1))
                @if placed.iter().any(|one| one.zone.is_some()) { (zone_patterns(style.id)) }
                (content)
            }
            @if !has_links { ul class="visually-hidden" { @for one in placed { li { (one.door.name) } } } }
            @if style.variant == Variant::Staff && states(placed).iter().any(|state| *state != DoorState::Free) {
                (legend(&states(placed), style))
            }
        }
    }
}

fn states(placed: &[Placed]) -> Vec<DoorState> {
    let mut states: Vec<DoorState> = placed.iter().map(|one| one.door.state).collect();
    states.sort();
    states.dedup();
    states
}

/// Patterns there are for zones; the fourth zone looks like the first, and its name tells them apart.
const ZONE_PATTERNS: u16 = 3;

fn zone_id(id: &str, zone: u16) -> String {
    format!("{id}-zone-{}", zone % ZONE_PATTERNS)
}

fn zone_patterns(id: &str) -> Markup {
    html! {
        defs {
            pattern id=(zone_id(id, 0)) width="46" height="46" patternUnits="userSpaceOnUse" { circle class="ink-reserved" cx="23" cy="23" r="14" {} }
            pattern id=(zone_id(id, 1)) width="40" height="40" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect class="ink-overdue" width="18" height="40" {} }
            pattern id=(zone_id(id, 2)) width="46" height="46" patternUnits="userSpaceOnUse" { rect class="here-pin" width="23" height="23" {} rect class="here-pin" x="23" y="23" width="23" height="23" {} }
        }
    }
}

/// The pattern of a zone, to stand beside its name; `id` is that of a drawing on the page with places in zones.
pub fn zone_swatch(id: &str, zone: u16) -> Markup {
    html! {
        svg class="swatch" viewBox="0 0 232 92" aria-hidden="true" focusable="false" {
            rect width="232" height="92" fill={ "url(#" (zone_id(id, zone)) ")" } {}
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::tests::WORDS;
    use super::*;

    fn style(variant: Variant) -> DrawingStyle<'static> {
        DrawingStyle { id: "r1", variant, title: "Rack A", description: "three shelves", words: &WORDS }
    }

    fn room() -> RoomDrawing {
        let ground = Ground { left_mm: 100, top_mm: 0, width_mm: 900, depth_mm: 500 };
        let (label, levels) = ("Rack A".to_owned(), vec![500, 600]);
        let rack = Rack { label, ground, front: Side::Down, foot_mm: 200, levels };
        let plan = RoomPlan {
            label: "Package room".to_owned(),
            door: None,
            door_mm: 1_500,
            width_mm: 3_000,
            depth_mm: 2_000,
            racks: vec![rack],
            zones: Vec::new(),
        };
        let place = |label: &str, spot, zone| PlaceDrawing {
            place: ShelfPlace { spot, zone },
            shown: RoomDrawing::place(label, DoorState::Free, label),
        };
        let in_rack = |level, slot| Spot::Rack { rack: 0, level, slot };
        let floor = Spot::Floor { left_mm: 2_000, top_mm: 900, width_mm: 800, depth_mm: 800 };
        let places = vec![
            place("A1", in_rack(0, 0), None),
            place("A2", in_rack(1, 0), Some(1)),
            place("A3", in_rack(1, 1), None),
            place("F1", floor, None),
        ];
        RoomDrawing { plan, places, door: "Door".to_owned() }
    }

    #[test]
    fn shelves_hang_on_their_level_and_share_it_equally() {
        let text = front(&room(), 0, &style(Variant::Large)).expect("a rack").into_string();
        // Rack 1300 mm high: the upper level begins at its top, the lower one 600 mm below; a seam of 3 mm around each.
        assert!(text.contains(r#"class="door-leaf" x="3" y="3" width="444" height="594""#), "{text}");
        assert!(text.contains(r#"class="door-leaf" x="453" y="3" width="444" height="594""#), "{text}");
        assert!(text.contains(r#"class="door-leaf" x="3" y="603" width="894" height="494""#), "{text}");
        assert!(text.contains("url(#r1-zone-1)") && !text.contains(">F1<"), "{text}");
        assert!(front(&room(), 1, &style(Variant::Large)).is_none());
    }

    #[test]
    fn the_plan_lifts_the_rack_in_which_a_place_is_meant() {
        let mut room = room();
        assert!(!plan(&room, &style(Variant::Large)).into_string().contains("door-halo"));
        room.places[2].shown.highlighted = true;
        assert_eq!(room.meant_racks(), [0]);
        let text = plan(&room, &style(Variant::Large)).into_string();
        assert_eq!(text.matches("door-halo").count(), 1, "{text}");
        assert!(text.contains(">Rack A<") && text.contains(">F1<") && text.contains(">Door<"), "{text}");
        // Of a room 3000 mm wide: rack, spot and door are written alike.
        assert_eq!(text.matches(r#"font-size="180""#).count(), 3, "{text}");
    }

    #[test]
    fn a_picture_with_links_is_a_group_and_one_without_is_told_as_a_list() {
        let mut room = room();
        let text = front(&room, 0, &style(Variant::Staff)).expect("a rack").into_string();
        assert!(text.contains(r#"role="img""#) && text.contains("<li>A2</li>"), "{text}");
        assert!(!text.contains("legend"), "all of them are free: {text}");
        room.places[0].shown.link = Some("/staff/shelves/1".to_owned());
        let text = front(&room, 0, &style(Variant::Staff)).expect("a rack").into_string();
        assert!(text.contains(r#"role="group""#) && text.contains(r#"href="/staff/shelves/1""#), "{text}");
    }
}
