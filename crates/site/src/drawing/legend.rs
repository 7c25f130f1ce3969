//! What the colours and patterns mean.
//!
//! Owns: a small shut or open door a state, drawn by the same code as the bank.

use maud::{Markup, html};

use super::{
    BankDrawing, ColumnDrawing, DoorDrawing, DoorState, DrawingStyle, Hinge, Variant, door::door,
    pattern::definitions,
};

/// The states that occur in the bank, in a fixed order.
pub(super) fn legend_of(bank: &BankDrawing, style: &DrawingStyle<'_>) -> Markup {
    let mut states: Vec<DoorState> = bank.placed().map(|placed| placed.door.state).collect();
    states.sort();
    states.dedup();
    legend(&states, style)
}

/// These states with their words.
pub fn legend(states: &[DoorState], style: &DrawingStyle<'_>) -> Markup {
    html! {
        ul class="legend" { @for state in states {
            li { (swatch(*state, style)) span { (style.words.of(*state)) } }
        } }
    }
}

fn swatch(state: DoorState, style: &DrawingStyle<'_>) -> Markup {
    let id = format!("{}-legend-{}", style.id, state.key());
    let style = DrawingStyle { id: &id, variant: Variant::Large, ..*style };
    let doors = vec![DoorDrawing::new("", 140, Hinge::Left, state, style.words.of(state))];
    let bank = BankDrawing {
        name: String::new(),
        height_mm: 140,
        columns: vec![ColumnDrawing { width_mm: 220, doors, foot_mm: 0 }],
        kiosk: None,
        you_are_here: None,
    };
    html! {
        svg class="swatch" viewBox="-6 -16 232 172" aria-hidden="true" focusable="false" {
            (definitions(&id, 1))
            @for placed in bank.placed() { (door(&placed, &style)) }
        }
    }
}
