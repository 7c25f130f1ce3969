//! The demo bank: four columns of doors around a screen.

use maud::Markup;
use vestibule_site::drawing::{
    BankDrawing, ColumnDrawing, DoorDrawing, DoorState, DrawingStyle, Hinge, KioskPanel, StateWords, Variant,
    draw,
};

pub const WORDS: StateWords<'static> = StateWords {
    free: "Free",
    occupied: "Occupied",
    reserved: "Reserved",
    overdue: "Overdue",
    check: "Check",
    out_of_service: "Out of service",
    open: "Open",
};

const COLUMNS: [&[u32]; 5] = [
    &[460, 230, 230, 115, 115, 115, 460],
    &[230, 230, 115, 115, 115, 230, 230, 460],
    &[460],
    &[115, 115, 230, 230, 115, 230, 230, 460],
    &[230, 460, 115, 115, 115, 690],
];

/// The bank with some life in it; `open` is the door that is meant.
pub fn demo(open: Option<u32>, links: bool) -> BankDrawing {
    let mut number = 0;
    let columns = COLUMNS.iter().enumerate().map(|(column, heights)| {
        let hinge = if column < 2 { Hinge::Left } else { Hinge::Right };
        let doors = heights.iter().map(|height| {
            number += 1;
            door(number, *height, hinge, open, links)
        });
        ColumnDrawing { width_mm: if column == 2 { 520 } else { 450 }, doors: doors.collect(), foot_mm: 90 }
    });
    BankDrawing {
        name: "Lobby".into(),
        height_mm: 1850,
        columns: columns.collect(),
        kiosk: Some(KioskPanel { left_mm: 1000, bottom_mm: 820, width_mm: 320, height_mm: 540 }),
        you_are_here: None,
    }
}

fn door(number: u32, height_mm: u32, hinge: Hinge, open: Option<u32>, links: bool) -> DoorDrawing {
    let state = match number {
        n if Some(n) == open => DoorState::Open,
        2 | 5 | 9 | 12 | 13 | 19 | 26 | 28 => DoorState::Occupied,
        4 => DoorState::Reserved,
        8 => DoorState::Overdue,
        20 => DoorState::Check,
        22 => DoorState::OutOfService,
        _ => DoorState::Free,
    };
    let name = format!("Door {number}: {}", WORDS.of(state));
    let drawn = DoorDrawing::new(&number.to_string(), height_mm, hinge, state, &name);
    let drawn = if Some(number) == open { drawn.highlighted() } else { drawn };
    let drawn = match number {
        8 => drawn.note("6 days"),
        12 => drawn.note("3B"),
        _ => drawn,
    };
    if links { drawn.link(&format!("#door-{number}")) } else { drawn }
}

pub fn drawn(id: &str, bank: &BankDrawing, variant: Variant, title: &str, description: &str) -> Markup {
    draw(bank, &DrawingStyle { id, variant, title, description, words: &WORDS })
}
