//! What the shelves of a level, or a spot on the floor, take: as the editor asks for it, and as a drawing says it.
//!
//! Owns: the names of these fields. Never: says what a level takes by its measures; the rules do.

use maud::{Markup, html};
use vestibule_core::place::compartment::Size;
use vestibule_core::place::room::ShelfPlace;
use vestibule_core::vocabulary::command::{DrawnShelf, ShelfTakes};
use vestibule_core::{ShelfId, Site};

use super::super::super::desk::size_from;
use super::super::super::say::Say;
use super::super::super::story::size_word;
use crate::look::form::{self, Field, FieldKind};

/// The largest parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Largest {
    /// What the measures let in.
    Measured,
    /// As staff chose.
    Chosen(Size),
    /// As it was said of each of its shelves; how many each holds is left as it is as well.
    OfEach,
}

/// What is asked of a level or spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakesDraft {
    /// The largest parcel.
    pub largest: Largest,
    /// How many parcels each of its shelves holds; None: nobody counted. 0 where it could not be read, which the rules name.
    pub holds: Option<u16>,
}

impl TakesDraft {
    /// What nobody said anything of.
    pub const MEASURED: Self = Self { largest: Largest::Measured, holds: None };

    /// From the words of its two fields.
    pub fn read(largest: Option<&str>, holds: Option<&str>) -> Self {
        let largest = match largest {
            Some("measured") => Largest::Measured,
            Some(word) => size_from(word).map_or(Largest::OfEach, Largest::Chosen),
            None => Largest::OfEach,
        };
        let holds = holds.filter(|text| !text.is_empty());
        Self { largest, holds: holds.map(|text| text.parse().unwrap_or_default()) }
    }

    /// As the site has it; `measured` is what the measures let in. None of them: as measured.
    pub fn of_site(site: &Site, shelves: &[ShelfId], measured: Size) -> Self {
        let said = shelves.iter().map(|shelf| site.layout.shelf_limits.get(shelf));
        let mut said = said.map(|limits| limits.map(|limits| (limits.largest, limits.holds)));
        let Some(first) = said.next() else { return Self::MEASURED };
        match first {
            Some((largest, holds)) if said.all(|other| other == first) => {
                let largest = if largest == measured { Largest::Measured } else { Largest::Chosen(largest) };
                Self { largest, holds }
            }
            _ => Self { largest: Largest::OfEach, holds: None },
        }
    }

    /// A shelf with it in a drawing.
    pub fn drawn(self, label: &str, place: ShelfPlace, measured: Size) -> DrawnShelf {
        let largest = match self.largest {
            Largest::Measured => Some(measured),
            Largest::Chosen(size) => Some(size),
            Largest::OfEach => None,
        };
        let takes = largest.map(|largest| ShelfTakes { largest, holds: self.holds });
        DrawnShelf { label: label.to_owned(), place, takes }
    }

    fn word(self) -> &'static str {
        match self.largest {
            Largest::Measured => "measured",
            Largest::Chosen(size) => size_word(size),
            Largest::OfEach => "each",
        }
    }

    /// Its values, as fields of these names.
    pub fn fields(self, [largest, holds]: [String; 2]) -> [(String, String); 2] {
        let number = self.holds.map(|holds| holds.to_string()).unwrap_or_default();
        [(largest, self.word().to_owned()), (holds, number)]
    }

    /// Both fields.
    pub fn asked(self, [largest, holds]: &[String; 2], measured: Size, say: Say) -> Markup {
        let by_measures = say.with("staff-room-measured", &[("size", size_word(measured).into())]);
        let each = say.t("staff-room-of-each");
        let mut sizes = vec![("measured", by_measures.as_str())];
        sizes.extend(Size::ALL.map(|size| (size_word(size), size_word(size))));
        sizes.extend((self.largest == Largest::OfEach).then_some(("each", each.as_str())));
        let number = self.holds.map(|holds| holds.to_string()).unwrap_or_default();
        html! {
            (form::select(largest, &say.t("staff-shelf-largest-label"), self.word(), &sizes))
            (form::field(&Field::new(holds, &say.t("staff-room-holds"), FieldKind::Number).value(&number)))
        }
    }
}

/// `L`, or `L, 4`: what a drawn shelf takes, for its picture.
pub fn short(takes: Option<ShelfTakes>) -> String {
    takes.map_or_else(String::new, |takes| match takes.holds {
        Some(holds) => format!("{}, {holds}", size_word(takes.largest)),
        None => size_word(takes.largest).to_owned(),
    })
}

/// The names of the fields of a level.
pub fn of_level(rack: usize, level: usize) -> [String; 2] {
    [format!("largest-{rack}-{level}"), format!("holds-{rack}-{level}")]
}

/// The names of the fields of a spot.
pub fn of_spot(spot: usize) -> [String; 2] {
    [format!("spot-largest-{spot}"), format!("spot-holds-{spot}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_a_number_that_is_none_is_left_to_the_rules() {
        for (largest, holds) in
            [(Largest::Measured, None), (Largest::Chosen(Size::L), Some(4)), (Largest::OfEach, Some(2))]
        {
            let draft = TakesDraft { largest, holds };
            let [(_, size), (_, number)] = draft.fields(of_level(0, 1));
            assert_eq!(TakesDraft::read(Some(&size), Some(&number)), draft);
        }
        assert_eq!(TakesDraft::read(Some("M"), Some("many")).holds, Some(0));
        assert_eq!(
            TakesDraft::read(None, None).largest,
            Largest::OfEach,
            "a program that does not know of it"
        );
    }
}
