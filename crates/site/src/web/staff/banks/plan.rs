//! The bank editor's text: `S,S,M,L | XL,M` with heights in millimetres becomes compartments as they hang.
//!
//! Owns: reading that text, the presets, numbering. Never: installs anything.

use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::site::drawing::DOORS_MOST;

/// What a wall is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measures {
    /// Heights of S, M, L, XL in mm.
    pub heights_mm: [u32; 4],
    /// Width of every column in mm.
    pub width_mm: u32,
    /// Lower edge of the lowest doors above the floor in mm.
    pub foot_mm: u32,
    /// Number of the first door.
    pub first: u32,
    /// Whether compartments have an occupancy sensor.
    pub occupancy_sensor: bool,
    /// Whether somebody made sure that the large and low ones can be opened from inside.
    pub inside_release: bool,
}

impl Default for Measures {
    fn default() -> Self {
        Self {
            heights_mm: Size::ALL.map(Size::usual_height_mm),
            width_mm: 450,
            foot_mm: 150,
            first: 1,
            occupancy_sensor: false,
            inside_release: false,
        }
    }
}

/// A bank people often buy: its key and its text.
pub const PRESETS: [(&str, &str); 4] = [
    ("24", "M,S,S,S,M,L | S,S,M,M,S,L | S,S,M,M,S,L | M,S,S,S,M,L"),
    ("36", "M,S,S,S,M,L | S,S,S,S,S,S,S,M | S,S,M,M,S,L | S,S,M,M,S,L | M,M,M,M,L | S,M,S,S,XL"),
    ("12", "S,S,S,S,S,S | S,S,S,S,S,S"),
    ("6", "M,M,L | M,M,L"),
];

/// What is wrong with the text, with the place where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanFault {
    /// Nothing in it.
    Empty,
    /// Neither S, M, L, XL nor one of these with a height.
    UnknownSize {
        /// As written.
        word: String,
        /// Column from 1.
        column: usize,
    },
    /// A height of nought or more than 3 m.
    Height {
        /// As written.
        word: String,
    },
    /// More doors than any bank has.
    TooMany,
    /// A width of nought.
    Width,
}

/// Compartments from the text: columns from left to right apart by `|`, doors from top to bottom apart by `,`,
/// each `S`, `M`, `L` or `XL`, where wanted with its own height (`M:300`).
///
/// # Errors
/// The first thing that is wrong.
pub fn plan(text: &str, measures: &Measures) -> Result<Vec<CompartmentSpec>, PlanFault> {
    if measures.width_mm == 0 {
        return Err(PlanFault::Width);
    }
    let mut specs = Vec::new();
    let columns = text.split(['|', '\n']).map(str::trim).filter(|column| !column.is_empty());
    for (at, column) in columns.enumerate() {
        let doors = column.split([',', ' ', ';']).map(str::trim).filter(|word| !word.is_empty());
        let doors: Vec<(Size, u32)> =
            doors.map(|word| door(word, at + 1, measures)).collect::<Result<_, _>>()?;
        let mut bottom_mm = measures.foot_mm + doors.iter().map(|(_, height)| height).sum::<u32>();
        for (size, height_mm) in doors {
            bottom_mm -= height_mm;
            specs.push(CompartmentSpec {
                label: (measures.first as usize + specs.len()).to_string(),
                size,
                column: u32::try_from(at).unwrap_or(u32::MAX),
                width_mm: measures.width_mm,
                height_mm,
                bottom_mm,
                occupancy_sensor: measures.occupancy_sensor,
                inside_release: measures.inside_release,
            });
        }
        if specs.len() > DOORS_MOST {
            return Err(PlanFault::TooMany);
        }
    }
    if specs.is_empty() { Err(PlanFault::Empty) } else { Ok(specs) }
}

fn door(word: &str, column: usize, measures: &Measures) -> Result<(Size, u32), PlanFault> {
    let (letter, own) = word.split_once(':').map_or((word, None), |(letter, own)| (letter, Some(own)));
    let at = ["S", "M", "L", "XL"].iter().position(|known| known.eq_ignore_ascii_case(letter.trim()));
    let at = at.ok_or_else(|| PlanFault::UnknownSize { word: word.to_owned(), column })?;
    let fault = || PlanFault::Height { word: word.to_owned() };
    let height = match own {
        Some(own) => own.trim().parse().map_err(|_| fault())?,
        None => measures.heights_mm[at],
    };
    if (1..=3_000).contains(&height) { Ok((Size::ALL[at], height)) } else { Err(fault()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_are_numbered_down_the_columns_and_hang_where_they_are_drawn() {
        let specs = plan("S, m:300 | XL", &Measures { first: 21, ..Measures::default() }).unwrap();
        let seen: Vec<_> =
            specs.iter().map(|s| (s.label.as_str(), s.size, s.column, s.bottom_mm, s.height_mm)).collect();
        assert_eq!(
            seen,
            [("21", Size::S, 0, 450, 150), ("22", Size::M, 0, 150, 300), ("23", Size::XL, 1, 150, 750)]
        );
    }

    #[test]
    fn every_preset_is_a_bank_with_as_many_doors_as_its_name_says() {
        for (name, text) in PRESETS {
            let specs = plan(text, &Measures::default()).unwrap();
            assert_eq!(specs.len().to_string(), name, "{text}");
            assert!(specs.iter().any(CompartmentSpec::is_reachable), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let measures = Measures::default();
        assert_eq!(plan(" | ", &measures), Err(PlanFault::Empty));
        assert_eq!(
            plan("S | S,XXL", &measures),
            Err(PlanFault::UnknownSize { word: "XXL".into(), column: 2 })
        );
        assert_eq!(plan("S:0", &measures), Err(PlanFault::Height { word: "S:0".into() }));
        assert_eq!(plan("S:-4", &measures), Err(PlanFault::Height { word: "S:-4".into() }));
        assert_eq!(plan(&"S,".repeat(401), &measures), Err(PlanFault::TooMany));
        assert_eq!(plan("S", &Measures { width_mm: 0, ..measures }), Err(PlanFault::Width));
    }
}
