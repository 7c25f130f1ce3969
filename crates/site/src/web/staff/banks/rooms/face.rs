//! What the pages of rooms show: plan and fronts with how full each shelf is, and the editor beside its drawing.
//!
//! Owns: their markup. Never: decides what may change.

use maud::{Markup, html};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::room::{Room, Side, ZoneFor};
use vestibule_core::site::rooms::RoomChange;
use vestibule_core::{RoomId, ShelfId};

use super::super::super::blocks::back;
use super::super::super::classes;
use super::super::super::say::{Put, Say};
use super::super::drawn::OwnedStateWords;
use super::super::shelves::{self, ShelfLine};
use super::draft::{Draft, RackDraft, SpotDraft, range, use_word};
use super::takes;
use super::{EditView, RoomLook};
use crate::drawing::room::{RoomDrawing, front, plan, zone_swatch};
use crate::drawing::{DoorDrawing, DoorState, DrawingStyle, Variant};
use crate::look::button::button_row;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing;
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, button_quiet, button_secondary};

const ROOMS: &str = "/staff/rooms";

/// The page around the rooms.
pub fn page(rooms: Markup, (say, may_install): (Say, bool)) -> Markup {
    let actions = html! {
        (button_secondary(&say.t("staff-settings-shelves"), Press::Follow("/staff/shelves")))
        @if may_install { (button_secondary(&say.t("staff-room-new"), Press::Follow("/staff/rooms/new"))) }
    };
    html! {
        (back("/staff/banks", &say.t("staff-banks-title")))
        (listing::page_title(&say.t("staff-rooms-title"), Some(&say.t("staff-rooms-lead")), actions))
        (rooms)
    }
}

/// All rooms, and the shelves that are in none.
pub fn rooms(rooms: &[RoomLook], undrawn: &[ShelfLine], (say, may_install): (Say, bool)) -> Markup {
    html! {
        @for look in rooms {
            section class="section" id={ "room-" (look.id) } {
                h2 { (look.room.plan.label) }
                (pictures(&look.drawing(say), &format!("room-{}", look.id), say))
                p class="button-row" {
                    (button_quiet(&say.t("staff-shelf-labels"), Press::Follow(&format!("{ROOMS}/{}/labels", look.id))))
                    @if may_install {
                        (button_quiet(&say.t("staff-room-edit"), Press::Follow(&format!("{ROOMS}/{}/edit", look.id))))
                    }
                }
            }
        }
        @if rooms.is_empty() { (message::empty(&say.t("staff-rooms-none-title"), &say.t("staff-rooms-none"), None)) }
        @if !undrawn.is_empty() {
            (listing::section(&say.t("staff-rooms-undrawn"), shelves::list(undrawn, say)))
        }
    }
}

impl RoomLook {
    fn drawing(&self, say: Say) -> RoomDrawing {
        RoomDrawing::of(&self.room, &self.door, |shelf| shown(self.shelves.get(&shelf), say))
    }
}

/// A shelf in the picture: full or not, how many parcels, and the way to its page.
fn shown(line: Option<&ShelfLine>, say: Say) -> DoorDrawing {
    let Some(line) = line else { return RoomDrawing::place("", DoorState::Free, "") };
    let state = if line.is_full() { DoorState::Occupied } else { DoorState::Free };
    let filled = line.filled(say);
    let name = format!("{}, {filled}", line.label);
    RoomDrawing::place(&line.label, state, &name).note(&filled).link(&format!("/staff/shelves/{}", line.id))
}

/// The plan, the front of each rack, and what each zone is.
fn pictures(drawing: &RoomDrawing, id: &str, say: Say) -> Markup {
    let words = OwnedStateWords::new(say);
    let words = words.borrowed();
    let text = say.with("staff-room-summary", &[("n", drawing.places.len().into())]);
    let one = |id: &str, title: &str, draw: &dyn Fn(&DrawingStyle<'_>) -> Option<Markup>| {
        draw(&DrawingStyle { id, variant: Variant::Staff, title, description: &text, words: &words })
    };
    html! {
        p class="lead" { (text) }
        div class="desk-split" {
            div class="section" { h3 { (say.t("staff-room-plan")) } @if let Some(plan) = one(id, &drawing.plan.label, &|style| Some(plan(drawing, style))) { (plan) } }
            @for (at, rack) in drawing.plan.racks.iter().enumerate() {
                div class="section" { h3 { (rack.label) } @if let Some(front) = one(&format!("{id}-{at}"), &rack.label, &|style| front(drawing, at, style)) { (front) } }
            }
        }
        @if !drawing.plan.zones.is_empty() {
            ul class="legend" { @for (at, zone) in (0_u16..).zip(&drawing.plan.zones) {
                li { (zone_swatch(&drawn_with(drawing, id, at), at)) span { (zone.label) } }
            } }
        }
    }
}

/// The picture whose patterns show this zone: the plan, or the first rack with a place of it.
fn drawn_with(drawing: &RoomDrawing, id: &str, zone: u16) -> String {
    use vestibule_core::place::room::Spot;
    let mut places = drawing.places.iter().filter(|one| one.place.zone == Some(zone));
    match places.next().map(|one| one.place.spot) {
        Some(Spot::Rack { rack, .. }) => format!("{id}-{rack}"),
        Some(Spot::Floor { .. }) | None => id.to_owned(),
    }
}

fn at(room: Option<RoomId>) -> String {
    room.map_or_else(|| format!("{ROOMS}/new"), |room| format!("{ROOMS}/{room}/edit"))
}

fn title(view: &EditView, say: Say, lead: &str) -> Markup {
    let title = match view.draft.room {
        None => say.t("staff-room-new"),
        Some(_) => say.with("staff-room-title", &[("room", view.draft.label.as_str().into())]),
    };
    html! {
        (back(ROOMS, &say.t("staff-rooms-title")))
        (listing::page_title(&title, Some(&say.t(lead)), html! {}))
    }
}

/// A button that does something to the draft.
fn press(label: &str, word: &str) -> Markup {
    html! {
        button class="button button-quiet" type="submit" name="do" value=(word) formnovalidate {
            span class="button-words" { span class="button-label" { (label) } }
        }
    }
}

/// The editor with its drawing.
pub fn editor(view: &EditView, say: Say, csrf: &str) -> Markup {
    let draft = &view.draft;
    let url = at(draft.room);
    let presets = ["staff-room-preset-one", "staff-room-preset-two", "staff-room-preset-floor"];
    let fields = html! {
        // The first button is what the key Enter presses.
        button class="visually-hidden" type="submit" name="do" value="see" tabindex="-1" aria-hidden="true" {}
        input type="hidden" name="was" value=(draft.was);
        div class="desk-split" {
            div class="form" hx-post={ (url) "/drawing" } hx-include="closest form" hx-target="#plan-preview" hx-swap="innerHTML" hx-trigger="input delay:300ms" {
                nav class="button-row" aria-label=(say.t("staff-plan-presets")) {
                    @for (index, key) in presets.iter().enumerate() { (press(&say.t(key), &format!("preset-{index}"))) }
                }
                @if !view.undrawn.is_empty() {
                    p class="hint" { (say.with("staff-room-undrawn", &[("shelves", view.undrawn.join(", ").into())])) }
                }
                (room_fields(view, say))
                @for (index, rack) in draft.racks.iter().enumerate() { (rack_fields(draft, (index, rack), say)) }
                @for (index, spot) in draft.spots.iter().enumerate() { (spot_fields(draft, (index, spot), say)) }
                (zone_fields(view, say))
                p class="button-row" {
                    (press(&say.t("staff-room-new-rack"), "rack"))
                    (press(&say.t("staff-room-new-spot"), "spot"))
                    (press(&say.t("staff-room-new-zone"), "zone"))
                }
            }
            div id="plan-preview" class="section" { (drawing(view, say)) }
        }
        (button_row(html! { (button_primary(&say.t("staff-redraw-see"), Press::SubmitAs { name: "do", value: "see" })) }))
    };
    html! {
        (title(view, say, "staff-room-edit-lead"))
        form class="section" method="post" action=(url) { (form::csrf_field(csrf)) (fields) }
    }
}

fn text(name: &str, label: &str, value: &str) -> Markup {
    form::field(&Field::new(name, label, FieldKind::Text).value(value).required())
}

fn number(name: &str, label: &str, value: u32) -> Markup {
    form::field(&Field::new(name, label, FieldKind::Number).value(&value.to_string()).required())
}

fn room_fields(view: &EditView, say: Say) -> Markup {
    let draft = &view.draft;
    let none = (String::new(), say.t("staff-room-no-door"));
    let doors = view.doors.iter().map(|(id, label)| (id.to_string(), label.clone()));
    let doors: Vec<(String, String)> = std::iter::once(none).chain(doors).collect();
    let doors: Vec<(&str, &str)> = doors.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect();
    let chosen = draft.door.map(|door| door.to_string()).unwrap_or_default();
    html! {
        (text("label", &say.t("staff-room-name"), &draft.label))
        (form::select("door", &say.t("staff-room-door"), &chosen, &doors))
        div class="field-row" {
            (number("width", &say.t("staff-redraw-width"), draft.width_mm))
            (number("depth", &say.t("staff-room-depth"), draft.depth_mm))
            (number("door_mm", &say.t("staff-room-door-at"), draft.door_mm))
        }
    }
}

fn ground_fields(kind: &str, at: usize, ground: vestibule_core::place::room::Ground, say: Say) -> Markup {
    html! {
        div class="field-row" {
            (number(&format!("{kind}-left-{at}"), &say.t("staff-room-left"), ground.left_mm))
            (number(&format!("{kind}-top-{at}"), &say.t("staff-room-top"), ground.top_mm))
            (number(&format!("{kind}-width-{at}"), &say.t("staff-redraw-width"), ground.width_mm))
            (number(&format!("{kind}-depth-{at}"), &say.t("staff-room-depth"), ground.depth_mm))
        }
    }
}

fn zone_choice(draft: &Draft, name: &str, zone: Option<u16>, say: Say) -> Markup {
    let none = (String::new(), say.t("staff-room-no-zone"));
    let zones = draft.zones.iter().enumerate().map(|(at, zone)| (at.to_string(), zone.label.clone()));
    let zones: Vec<(String, String)> = std::iter::once(none).chain(zones).collect();
    let zones: Vec<(&str, &str)> = zones.iter().map(|(at, label)| (at.as_str(), label.as_str())).collect();
    let chosen = zone.map(|zone| zone.to_string()).unwrap_or_default();
    html! { @if zones.len() > 1 { (form::select(name, &say.t("staff-room-zone"), &chosen, &zones)) } }
}

fn rack_fields(draft: &Draft, (at, rack): (usize, &RackDraft), say: Say) -> Markup {
    let sides = Side::ALL.map(|side| (side.word(), say.t(&format!("staff-room-front-{}", side.word()))));
    let sides: Vec<(&str, &str)> = sides.iter().map(|(word, text)| (*word, text.as_str())).collect();
    let named = |key: &str| say.with(key, &[("label", rack.label.as_str().into())]);
    html! {
        details class="ask" open {
            summary class="button button-secondary" { span class="button-words" { span class="button-label" { (rack.label) } } }
            div class="ask-body" { div class="form" {
                (text(&format!("rack-label-{at}"), &say.t("staff-room-name"), &rack.label))
                (ground_fields("rack", at, rack.ground, say))
                (form::select(&format!("rack-front-{at}"), &say.t("staff-room-front"), rack.front.word(), &sides))
                (number(&format!("rack-foot-{at}"), &say.t("staff-room-foot"), rack.foot_mm))
                @for (level, one) in rack.levels.iter().enumerate().rev() {
                    fieldset class="field" {
                        legend { (say.with("staff-room-level", &[("n", (level + 1).into())])) }
                        div class="field-row" {
                            (number(&format!("height-{at}-{level}"), &say.t("staff-redraw-height"), one.height_mm))
                            (form::field(&Field::new(&format!("shelves-{at}-{level}"), &say.t("staff-room-shelves"), FieldKind::Text).value(&one.shelves.join(", "))))
                            (zone_choice(draft, &format!("level-zone-{at}-{level}"), one.zone, say))
                        }
                        div class="field-row" { (one.takes.asked(&takes::of_level(at, level), rack.largest_on(level), say)) }
                    }
                }
                p class="button-row" {
                    (press(&named("staff-room-new-level"), &format!("level-{at}")))
                    @if rack.levels.len() > 1 { (press(&named("staff-room-level-out"), &format!("levelout-{at}"))) }
                    (press(&named("staff-room-out"), &format!("rackout-{at}")))
                }
            } }
        }
    }
}

fn spot_fields(draft: &Draft, (at, spot): (usize, &SpotDraft), say: Say) -> Markup {
    let out = say.with("staff-room-out", &[("label", spot.label.as_str().into())]);
    html! {
        fieldset class="field" {
            legend { (say.with("staff-room-spot", &[("label", spot.label.as_str().into())])) }
            (text(&format!("spot-label-{at}"), &say.t("staff-room-label"), &spot.label))
            (ground_fields("spot", at, spot.ground, say))
            (zone_choice(draft, &format!("spot-zone-{at}"), spot.zone, say))
            div class="field-row" { (spot.takes.asked(&takes::of_spot(at), Size::XL, say)) }
            (press(&out, &format!("spotout-{at}")))
        }
    }
}

fn zone_fields(view: &EditView, say: Say) -> Markup {
    let class = |class: ParcelClass| (use_word(&ZoneFor::Class(class)), classes::name(class, say));
    let carriers = view.carriers.iter().map(|(id, name)| (use_word(&ZoneFor::Carrier(*id)), name.clone()));
    let mut uses = vec![
        ("anything".to_owned(), say.t("staff-room-use-anything")),
        ("keypads".to_owned(), say.t("staff-room-use-keypads")),
    ];
    uses.extend(ParcelClass::ALL.map(class));
    uses.extend(carriers);
    let uses: Vec<(&str, &str)> = uses.iter().map(|(word, text)| (word.as_str(), text.as_str())).collect();
    html! {
        @for (at, zone) in view.draft.zones.iter().enumerate() {
            @let (from, to) = range(&zone.suits);
            fieldset class="field" {
                legend { (zone.label) }
                (text(&format!("zone-label-{at}"), &say.t("staff-room-name"), &zone.label))
                (form::select(&format!("zone-use-{at}"), &say.t("staff-room-use"), &use_word(&zone.suits), &uses))
                div class="field-row" {
                    (form::field(&Field::new(&format!("zone-from-{at}"), &say.t("staff-room-from"), FieldKind::Number).value(&from)))
                    (form::field(&Field::new(&format!("zone-to-{at}"), &say.t("staff-room-to"), FieldKind::Number).value(&to)))
                }
                (press(&say.with("staff-room-out", &[("label", zone.label.as_str().into())]), &format!("zoneout-{at}")))
            }
        }
    }
}

/// The drawing of what is written, and why it cannot stand so.
pub fn drawing(view: &EditView, say: Say) -> Markup {
    let drawn = view.draft.drawn();
    let labels = drawn.shelves.iter().map(|one| one.label.as_str());
    // Numbers of no consequence: they only tell the places of this picture apart.
    let labels: Vec<(ShelfId, &str)> = (1_u32..).map(ShelfId).zip(labels).collect();
    let shelves = labels.iter().map(|(id, _)| *id).zip(drawn.shelves.iter().map(|one| one.place)).collect();
    let room = Room { plan: drawn.plan.clone(), version: view.draft.was, shelves };
    let door = view.doors.iter().find(|(id, _)| Some(*id) == view.draft.door);
    let drawing = RoomDrawing::of(&room, door.map_or("", |(_, label)| label.as_str()), |shelf| {
        let label = labels.iter().find(|(id, _)| *id == shelf).map_or("", |(_, label)| *label);
        let takes = drawn.shelves.iter().find(|one| one.label == label).and_then(|one| one.takes);
        RoomDrawing::place(label, DoorState::Free, label).note(&takes::short(takes))
    });
    html! {
        @if let Err(why) = &view.foreseen { (message::notice_banner(NoticeKind::Warning, why)) }
        (pictures(&drawing, "plan", say))
    }
}

/// What would change, and the press that changes it.
pub fn differences(view: &EditView, say: Say, csrf: &str) -> Markup {
    let back = button_secondary(&say.t("staff-redraw-back"), Press::SubmitAs { name: "do", value: "draw" });
    let content = match &view.foreseen {
        Ok(change) => html! {
            (listing::section(&say.t("staff-redraw-differences"), listed(change, view, say)))
            (button_row(html! {
                (back)
                @if change.still_needed.is_empty() && !change.is_none() {
                    (button_primary(&say.t("staff-redraw-save"), Press::SubmitAs { name: "do", value: "save" }))
                }
            }))
        },
        Err(_) => button_row(back),
    };
    let fields = html! {
        @for (name, value) in view.draft.fields() { input type="hidden" name=(name) value=(value); }
        (content)
    };
    html! {
        (title(view, say, "staff-redraw-see-lead"))
        @if let Some(why) = &view.refused { (message::notice_banner(NoticeKind::Danger, why)) }
        div class="desk-split" {
            (form::form(&at(view.draft.room), csrf, fields))
            div id="plan-preview" class="section" { (drawing(view, say)) }
        }
    }
}

fn listed(change: &RoomChange, view: &EditView, say: Say) -> Markup {
    let label = |id: &ShelfId| view.labels.get(id).cloned().unwrap_or_default();
    let removed: Vec<String> = change.removed.iter().map(label).collect();
    let with = |key: &str, labels: &[String]| {
        let puts: [(&'static str, Put); 2] =
            [("n", labels.len().into()), ("shelves", labels.join(", ").into())];
        say.with(key, &puts)
    };
    html! {
        @if change.is_none() { p { (say.t("staff-room-none")) } }
        ul class="plain-list" {
            @if change.plan { li { (say.t("staff-room-changed")) } }
            @for (key, labels) in [("staff-room-added", &change.added), ("staff-room-placed", &change.placed),
                ("staff-room-moved", &change.moved), ("staff-room-takes", &change.takes),
                ("staff-room-removed", &removed)] {
                @if !labels.is_empty() { li { (with(key, labels)) } }
            }
        }
        @if !change.still_needed.is_empty() {
            (message::notice_banner(NoticeKind::Danger, &say.t("staff-room-needed")))
            ul class="plain-list" { @for (id, parcels) in &change.still_needed {
                li { a href={ "/staff/shelves/" (id) } { (label(id)) } ": " (say.with("staff-shelf-parcels", &[("n", (*parcels).into())])) }
            } }
        }
    }
}
