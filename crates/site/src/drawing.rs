//! The bank as it hangs on the wall: one picture for kiosk, resident, staff and labels.
//!
//! Owns: the model of a front elevation in millimetres and its rendering as SVG; what each state looks like
//! (by colour, by pattern and by text), and the list that stands in for the picture where it cannot be seen.
//! Never: asks for data, decides which doors a person may see, or holds a sentence.
//!
//! A caller fills a `BankDrawing`, chooses a `Variant` and calls `draw`. Columns run from left to right, doors of a
//! column from top to bottom; what is left of the height above the top door is a blank panel. Colours are in
//! `static/drawing.css`.

mod door;
mod legend;
mod pattern;
pub mod room;
mod scene;

pub use legend::legend;
pub use scene::{DrawingStyle, Variant, draw};

/// A wall of compartments.
#[derive(Clone, Debug, PartialEq)]
pub struct BankDrawing {
    pub name: String,
    pub height_mm: u32,
    pub columns: Vec<ColumnDrawing>,
    /// The screen, where it is part of the wall.
    pub kiosk: Option<KioskPanel>,
    /// Where the reader stands, measured from the left edge of the bank (may lie outside), with its words.
    pub you_are_here: Option<(i32, String)>,
}

/// One column of doors, all of one width.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDrawing {
    pub width_mm: u32,
    /// From top to bottom.
    pub doors: Vec<DoorDrawing>,
    /// Blank plinth under the lowest door.
    pub foot_mm: u32,
}

/// One door.
#[derive(Clone, Debug, PartialEq)]
pub struct DoorDrawing {
    /// As printed on the door.
    pub label: String,
    pub height_mm: u32,
    pub hinge: Hinge,
    pub state: DoorState,
    /// The door that is meant: lifted, and found at a glance.
    pub highlighted: bool,
    /// For screen readers, e.g. "Door 14, open".
    pub name: String,
    /// A short second line for staff, e.g. `5 days`; else the state's own word.
    pub note: Option<String>,
    /// Where a press leads; staff only.
    pub link: Option<String>,
}

impl DoorDrawing {
    pub fn new(label: &str, height_mm: u32, hinge: Hinge, state: DoorState, name: &str) -> Self {
        Self {
            label: label.to_owned(),
            height_mm,
            hinge,
            state,
            highlighted: false,
            name: name.to_owned(),
            note: None,
            link: None,
        }
    }

    pub fn highlighted(self) -> Self {
        Self { highlighted: true, ..self }
    }

    pub fn note(self, note: &str) -> Self {
        Self { note: Some(note.to_owned()), ..self }
    }

    pub fn link(self, url: &str) -> Self {
        Self { link: Some(url.to_owned()), ..self }
    }
}

/// The side a door turns on, seen from the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hinge {
    Left,
    Right,
}

/// A screen built into the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KioskPanel {
    /// From the left edge of the bank.
    pub left_mm: i32,
    /// From the floor.
    pub bottom_mm: u32,
    pub width_mm: u32,
    pub height_mm: u32,
}

/// What a door shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoorState {
    Free,
    Occupied,
    Reserved,
    Overdue,
    Check,
    OutOfService,
    Open,
}

impl DoorState {
    /// All states, in the order of the legend.
    pub const ALL: [DoorState; 7] = [
        DoorState::Free,
        DoorState::Occupied,
        DoorState::Reserved,
        DoorState::Overdue,
        DoorState::Check,
        DoorState::OutOfService,
        DoorState::Open,
    ];

    /// The word in classes and pattern names.
    pub(crate) fn key(self) -> &'static str {
        match self {
            DoorState::Free => "free",
            DoorState::Occupied => "occupied",
            DoorState::Reserved => "reserved",
            DoorState::Overdue => "overdue",
            DoorState::Check => "check",
            DoorState::OutOfService => "off",
            DoorState::Open => "open",
        }
    }
}

/// The word for each state in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct StateWords<'a> {
    pub free: &'a str,
    pub occupied: &'a str,
    pub reserved: &'a str,
    pub overdue: &'a str,
    pub check: &'a str,
    pub out_of_service: &'a str,
    pub open: &'a str,
}

impl<'a> StateWords<'a> {
    pub fn of(&self, state: DoorState) -> &'a str {
        match state {
            DoorState::Free => self.free,
            DoorState::Occupied => self.occupied,
            DoorState::Reserved => self.reserved,
            DoorState::Overdue => self.overdue,
            DoorState::Check => self.check,
            DoorState::OutOfService => self.out_of_service,
            DoorState::Open => self.open,
        }
    }
}

/// A drawing whose measures cannot hang on a wall.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingFault {
    #[error("bank {0} has no columns")]
    NoColumns(String),
    #[error("column {column} is {filled_mm} mm high, the bank only {height_mm} mm")]
    TooHigh { column: usize, filled_mm: u32, height_mm: u32 },
    #[error("column {column} has a door or a width of zero")]
    Zero { column: usize },
}

impl BankDrawing {
    /// The sum of the columns.
    pub fn width_mm(&self) -> u32 {
        self.columns.iter().map(|column| column.width_mm).sum()
    }

    /// Whether the measures fit: said at commissioning, so that `draw` need not refuse.
    pub fn check(&self) -> Result<(), DrawingFault> {
        if self.columns.is_empty() {
            return Err(DrawingFault::NoColumns(self.name.clone()));
        }
        for (column, drawn) in self.columns.iter().enumerate() {
            if drawn.width_mm == 0 || drawn.doors.iter().any(|door| door.height_mm == 0) {
                return Err(DrawingFault::Zero { column });
            }
            let filled_mm = drawn.filled_mm();
            if filled_mm > self.height_mm {
                return Err(DrawingFault::TooHigh { column, filled_mm, height_mm: self.height_mm });
            }
        }
        Ok(())
    }

    /// The doors with their left upper corner in millimetres from the left upper corner of the bank.
    pub fn placed(&self) -> impl Iterator<Item = PlacedDoor<'_>> {
        let mut left = 0;
        self.columns.iter().flat_map(move |column| {
            let column_left = left;
            left += column.width_mm;
            let mut top = self.height_mm.saturating_sub(column.filled_mm());
            column.doors.iter().map(move |door| {
                let door_top = top;
                top += door.height_mm;
                PlacedDoor { left_mm: column_left, top_mm: door_top, width_mm: column.width_mm, door }
            })
        })
    }
}

impl ColumnDrawing {
    fn filled_mm(&self) -> u32 {
        self.foot_mm + self.doors.iter().map(|door| door.height_mm).sum::<u32>()
    }
}

/// A door and where it hangs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedDoor<'a> {
    pub left_mm: u32,
    pub top_mm: u32,
    pub width_mm: u32,
    pub door: &'a DoorDrawing,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const WORDS: StateWords<'static> = StateWords {
        free: "free",
        occupied: "full",
        reserved: "held",
        overdue: "overdue",
        check: "check",
        out_of_service: "off",
        open: "open",
    };

    pub(crate) fn bank(states: &[DoorState]) -> BankDrawing {
        let door = |(n, state): (usize, &DoorState)| {
            let label = (n + 1).to_string();
            DoorDrawing::new(&label, 200, Hinge::Left, *state, &format!("Door {label}"))
        };
        let doors: Vec<DoorDrawing> = states.iter().enumerate().map(door).collect();
        BankDrawing {
            name: "Lobby".into(),
            height_mm: 100 + 200 * doors.len() as u32,
            columns: vec![ColumnDrawing { width_mm: 450, doors, foot_mm: 60 }],
            kiosk: None,
            you_are_here: None,
        }
    }

    #[test]
    fn doors_stack_without_gap_and_end_at_the_foot() {
        let bank = bank(&DoorState::ALL);
        let placed: Vec<PlacedDoor<'_>> = bank.placed().collect();
        assert_eq!(placed[0].top_mm, 40, "the blank panel above the top door");
        for pair in placed.windows(2) {
            assert_eq!(pair[0].top_mm + pair[0].door.height_mm, pair[1].top_mm);
        }
        let last = placed.last().expect("seven doors");
        assert_eq!(last.top_mm + last.door.height_mm + 60, bank.height_mm);
    }

    #[test]
    fn columns_stand_side_by_side() {
        let mut bank = bank(&[DoorState::Free]);
        bank.columns.push(ColumnDrawing { width_mm: 300, ..bank.columns[0].clone() });
        bank.columns.push(bank.columns[0].clone());
        assert_eq!(bank.placed().map(|door| door.left_mm).collect::<Vec<_>>(), [0, 450, 750]);
        assert_eq!(bank.width_mm(), 1200);
    }

    #[test]
    fn impossible_measures_are_named() {
        let mut high = bank(&[DoorState::Free]);
        high.height_mm = 259;
        assert_eq!(high.check(), Err(DrawingFault::TooHigh { column: 0, filled_mm: 260, height_mm: 259 }));
        high.height_mm = 260;
        assert_eq!(high.check(), Ok(()));
        high.columns[0].doors[0].height_mm = 0;
        assert_eq!(high.check(), Err(DrawingFault::Zero { column: 0 }));
        high.columns.clear();
        assert_eq!(high.check(), Err(DrawingFault::NoColumns("Lobby".into())));
    }
}
