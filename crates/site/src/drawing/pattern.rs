//! The patterns that tell states apart without colour.
//!
//! Owns: one SVG pattern a state, named after the drawing so that several drawings share a page.

use maud::{Markup, html};

use super::DoorState;

/// The name of a state's pattern within the drawing `id`; states without one are plain.
pub(super) fn pattern_id(id: &str, state: DoorState) -> Option<String> {
    match state {
        DoorState::Reserved
        | DoorState::Overdue
        | DoorState::OutOfService
        | DoorState::Occupied
        | DoorState::Check => Some(format!("{id}-{}", state.key())),
        DoorState::Free | DoorState::Open => None,
    }
}

/// All patterns of a drawing. Measures are millimetres on the wall; `scale` enlarges them for small pictures.
pub(super) fn definitions(id: &str, scale: u32) -> Markup {
    let named = |state| pattern_id(id, state);
    let (dot, hatch, wide) = (36 * scale, 44 * scale, 64 * scale);
    html! {
        defs {
            (tile(named(DoorState::Occupied), 24 * scale, None, html! {
                rect class="fill-occupied" width=(24 * scale) height=(24 * scale) {}
            }))
            (tile(named(DoorState::Reserved), dot, None, html! {
                rect class="fill-reserved" width=(dot) height=(dot) {}
                circle class="ink-reserved" cx=(dot / 2) cy=(dot / 2) r=(dot / 6) {}
            }))
            (tile(named(DoorState::Overdue), hatch, Some("rotate(45)"), html! {
                rect class="fill-overdue" width=(hatch) height=(hatch) {}
                rect class="ink-overdue" width=(hatch * 2 / 5) height=(hatch) {}
            }))
            (tile(named(DoorState::Check), hatch, None, html! {
                rect class="fill-check" width=(hatch) height=(hatch) {}
            }))
            (tile(named(DoorState::OutOfService), wide, Some("rotate(-45)"), html! {
                rect class="fill-off" width=(wide) height=(wide) {}
                rect class="ink-off" width=(wide / 10) height=(wide) {}
            }))
        }
    }
}

fn tile(id: Option<String>, size: u32, turn: Option<&str>, content: Markup) -> Markup {
    html! {
        pattern id=[id] width=(size) height=(size) patternUnits="userSpaceOnUse" patternTransform=[turn] { (content) }
    }
}
