//! One door: shut with its plate, hinges and latch, or ajar with what is behind it.
//!
//! Owns: the geometry of a door in millimetres.

use maud::{Markup, html};

use super::{DoorDrawing, DoorState, DrawingStyle, Hinge, PlacedDoor, pattern::pattern_id};

/// Half the seam between two doors.
const SEAM: f64 = 3.0;

/// A rectangle in the drawing's millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Area {
    pub(super) fn of(placed: &PlacedDoor<'_>) -> Self {
        Self {
            x: f64::from(placed.left_mm) + SEAM,
            y: f64::from(placed.top_mm) + SEAM,
            w: f64::from(placed.width_mm) - 2.0 * SEAM,
            h: f64::from(placed.door.height_mm) - 2.0 * SEAM,
        }
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// The x at this share of the width, counted from the hinge outwards.
    fn along(&self, hinge: Hinge, share: f64) -> f64 {
        match hinge {
            Hinge::Left => self.x + self.w * share,
            Hinge::Right => self.x + self.w * (1.0 - share),
        }
    }
}

/// Tenths of a millimetre are enough, and keep pages small.
pub(super) fn mm(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn points(corners: &[(f64, f64)]) -> String {
    corners.iter().map(|(x, y)| format!("{},{}", mm(*x), mm(*y))).collect::<Vec<_>>().join(" ")
}

pub(super) fn rect(class: &str, area: Area, radius: f64, fill: Option<String>) -> Markup {
    html! {
        rect class=(class) x=(mm(area.x)) y=(mm(area.y)) width=(mm(area.w)) height=(mm(area.h)) rx=(mm(radius))
            fill=[fill.map(|id| format!("url(#{id})"))] {}
    }
}

/// The door in its state, with its name for screen readers; a link where it has one.
pub(super) fn door(placed: &PlacedDoor<'_>, style: &DrawingStyle<'_>) -> Markup {
    let is_open = placed.door.state == DoorState::Open;
    framed(placed.door, if is_open { ajar(placed, style) } else { shut(placed, style) })
}

/// How large what is written on a plate may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lettering {
    /// Its height, in millimetres of the drawing.
    pub(super) most: f64,
    /// What it may take of the place's width.
    pub(super) of_width: f64,
}

/// As on a door of a bank.
pub(super) const ON_A_DOOR: Lettering = Lettering { most: 88.0, of_width: 0.5 };

/// A place without a door: a shelf, or a piece of floor.
pub(super) fn shelf(placed: &PlacedDoor<'_>, style: &DrawingStyle<'_>, lettering: Lettering) -> Markup {
    let area = Area::of(placed);
    let face = html! {
        @if placed.door.highlighted { (rect("door-halo", area.grown(14.0), 16.0, None)) }
        (rect("door-leaf", area, 6.0, pattern_id(style.id, placed.door.state)))
        (plate(placed, style, lettering))
    };
    framed(placed.door, face)
}

fn framed(drawn: &DoorDrawing, face: Markup) -> Markup {
    let class =
        format!("door door-{}{}", drawn.state.key(), if drawn.highlighted { " door-meant" } else { "" });
    let face = html! { title { (drawn.name) } (face) };
    html! {
        @match &drawn.link {
            Some(url) => a class=(class) href=(url) aria-label=(drawn.name) { (face) },
            None => g class=(class) { (face) },
        }
    }
}

fn shut(placed: &PlacedDoor<'_>, style: &DrawingStyle<'_>) -> Markup {
    let area = Area::of(placed);
    let state = placed.door.state;
    let hinge = placed.door.hinge;
    html! {
        @if placed.door.highlighted { (rect("door-halo", area.grown(14.0), 16.0, None)) }
        (rect("door-leaf", area, 6.0, pattern_id(style.id, state)))
        @if state == DoorState::Check { (cross(area)) }
        (hinges(area, hinge))
        (latch(area, hinge))
        (plate(placed, style, ON_A_DOOR))
    }
}

fn cross(area: Area) -> Markup {
    let (left, right, top, bottom) =
        (area.x + 4.0, area.x + area.w - 4.0, area.y + 4.0, area.y + area.h - 4.0);
    html! {
        path class="door-cross" d={ "M" (mm(left)) " " (mm(top)) "L" (mm(right)) " " (mm(bottom))
            "M" (mm(right)) " " (mm(top)) "L" (mm(left)) " " (mm(bottom)) } {}
    }
}

fn hinges(area: Area, hinge: Hinge) -> Markup {
    let long = (area.h * 0.16).clamp(12.0, 44.0);
    let inset = (area.h * 0.12).min(70.0);
    let x = match hinge {
        Hinge::Left => area.x - 3.0,
        Hinge::Right => area.x + area.w - 6.0,
    };
    let at = |y: f64| rect("door-hinge", Area { x, y, w: 9.0, h: long }, 3.0, None);
    html! { (at(area.y + inset)) (at(area.y + area.h - inset - long)) }
}

fn latch(area: Area, hinge: Hinge) -> Markup {
    let inset = (26.0 / area.w).min(0.12);
    let x = area.along(hinge, 1.0 - inset);
    html! { circle class="door-latch" cx=(mm(x)) cy=(mm(area.y + area.h / 2.0)) r="9" {} }
}

/// The number plate, as riveted to the door: always the same ink on the same ground, whatever the state behind it.
fn plate(placed: &PlacedDoor<'_>, style: &DrawingStyle<'_>, lettering: Lettering) -> Markup {
    let area = Area::of(placed);
    if placed.door.label.is_empty() {
        return html! {};
    }
    let digits = label_size(area, &placed.door.label, lettering);
    let note =
        style.shows_words().then(|| placed.door.note.as_deref().unwrap_or(style.words.of(placed.door.state)));
    let note = note.filter(|_| area.h >= digits * 1.1);
    let small_by_width = note.map_or(f64::MAX, |note| area.w * 0.86 / text_width(note, 1.0).max(1.0));
    let small = (digits * 0.46).max(24.0).min(small_by_width);
    let beside = note.is_some() && area.h < digits * 1.25 + small * 1.3;
    let wide = text_width(&placed.door.label, digits).max(digits * 1.1);
    let note_wide = note.map_or(0.0, |note| text_width(note, small));
    let gap = digits * 0.28;
    // The tails of letters reach below the line on which digits stand.
    let tail = if placed.door.label.contains(['g', 'j', 'p', 'q', 'y']) { digits * 0.14 } else { 0.0 };
    let (plate_w, plate_h) = match (note, beside) {
        (None, _) => (wide + gap * 1.4, digits * 1.12),
        (Some(_), true) => (wide + note_wide + gap * 2.6, digits * 1.12),
        (Some(_), false) => (wide.max(note_wide) + gap * 1.6, digits * 1.08 + small * 1.15 + tail),
    };
    let centre_y = area.y + (area.h / 2.0).min(plate_h * 0.5 + 60.0);
    let middle = area.x + area.w / 2.0;
    let ground = Area { x: middle - plate_w / 2.0, y: centre_y - plate_h / 2.0, w: plate_w, h: plate_h };
    let baseline = ground.y + digits * 0.9;
    html! {
        (rect("door-plate", ground, 8.0, None))
        @match note {
            Some(note) if beside => {
                (text("door-number", ground.x + gap * 0.9 + wide / 2.0, baseline, digits, &placed.door.label))
                " " (text("door-note", ground.x + ground.w - gap * 0.9 - note_wide / 2.0, baseline - (digits - small) * 0.3, small, note))
            }
            Some(note) => {
                (text("door-number", middle, baseline, digits, &placed.door.label))
                " " (text("door-note", middle, baseline + small * 1.02 + tail, small, note))
            }
            None => (text("door-number", middle, baseline, digits, &placed.door.label)),
        }
    }
}

fn label_size(area: Area, label: &str, lettering: Lettering) -> f64 {
    let by_width = area.w * lettering.of_width / text_width(label, 1.0).max(1.0);
    (area.h * 0.62).min(lettering.most).min(by_width.max(24.0))
}

/// A safe guess: digits of the face are 0.6 of its size, other characters no wider on average.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * 0.6
}

fn text(class: &str, x: f64, y: f64, size: f64, content: &str) -> Markup {
    html! { text class=(class) x=(mm(x)) y=(mm(y)) font-size=(mm(size)) text-anchor="middle" { (content) } }
}

/// The leaf swung out towards the reader: its free edge is nearer, so taller; behind it the dark of the compartment.
fn ajar(placed: &PlacedDoor<'_>, style: &DrawingStyle<'_>) -> Markup {
    let area = Area::of(placed);
    let hinge = placed.door.hinge;
    let lift = (area.h * 0.12).clamp(16.0, 36.0);
    let at = |share: f64| area.along(hinge, share);
    let (top, bottom) = (area.y, area.y + area.h);
    let leaf = [(at(0.0), top), (at(0.34), top - lift), (at(0.34), bottom + lift), (at(0.0), bottom)];
    let thickness = [
        (at(0.34), top - lift),
        (at(0.375), top - lift + 5.0),
        (at(0.375), bottom + lift - 5.0),
        (at(0.34), bottom + lift),
    ];
    let shade = [(at(0.0), top), (at(0.52), top), (at(0.46), bottom), (at(0.0), bottom)];
    html! {
        @if placed.door.highlighted { (rect("door-halo", area.grown(14.0), 16.0, None)) }
        (rect("door-hollow", area, 6.0, None))
        (hollow_walls(area))
        polygon class="door-shade" points=(points(&shade)) {}
        polygon class="door-swung" points=(points(&leaf)) {}
        polygon class="door-edge" points=(points(&thickness)) {}
        ellipse class="door-latch" cx=(mm(at(0.28))) cy=(mm(area.y + area.h / 2.0)) rx="5" ry="9" {}
        (hollow_number(placed, style))
    }
}

/// The back wall, drawn in perspective.
fn hollow_walls(area: Area) -> Markup {
    let back =
        Area { x: area.x + area.w * 0.13, y: area.y + area.h * 0.14, w: area.w * 0.74, h: area.h * 0.72 };
    let (right, bottom) = (area.x + area.w, area.y + area.h);
    let floor =
        [(area.x, bottom), (back.x, back.y + back.h), (back.x + back.w, back.y + back.h), (right, bottom)];
    html! {
        polygon class="door-floor" points=(points(&floor)) {}
        (rect("door-back", back, 0.0, None))
    }
}

fn hollow_number(placed: &PlacedDoor<'_>, style: &DrawingStyle<'_>) -> Markup {
    let area = Area::of(placed);
    let label = &placed.door.label;
    let room = area.w * 0.52;
    let words = style.shows_words() && area.h >= 80.0;
    let by_height = area.h * if words { 0.45 } else { 0.7 };
    let size = by_height.min(130.0).min(room / text_width(label, 1.0).max(1.0));
    let x = area.along(placed.door.hinge, 0.68);
    let y = area.y + area.h / 2.0 + size * if words { 0.16 } else { 0.35 };
    html! {
        (text("door-number door-number-open", x, y, size, label))
        @if words {
            @let note = placed.door.note.as_deref().unwrap_or(style.words.open);
            " " (text("door-note door-note-open", x, y + size * 0.6, (size * 0.46).clamp(24.0, 40.0), note))
        }
    }
}
