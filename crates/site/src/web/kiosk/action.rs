//! What a press, a key or a scan at a kiosk asks for: a form's fields, read into one word each.
//!
//! Never: has Debug. Some of these hold a code on its way to its hash.

use super::draft::Stage;
use std::collections::BTreeMap;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::{CompartmentId, ParcelId, PersonId, UnitId};

/// For whom, as pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// A tile of one person.
    Person(PersonId, UnitId),
    /// A tile of a whole apartment.
    Unit(UnitId),
    /// Nobody known.
    Unknown,
}

/// One request of somebody at a kiosk.
pub enum Action {
    /// To another face.
    Go(Stage),
    /// The scanner read something.
    Scan(String),
    /// A camera saw symbols: a line each.
    Symbols(String),
    /// Another parcel with the number of one that came today.
    Another,
    /// A courier's digits.
    LogIn(String),
    /// A resident's digits.
    Collect { selector: String, pin: String },
    /// An apartment, typed.
    Apartment(String),
    /// A name, typed.
    Name(String),
    /// A tile.
    Choose(Pressed),
    /// The label is for another house; the parcel stays all the same.
    DeliverAnyway,
    /// The label is for another house; the courier keeps the parcel.
    TakeBack,
    /// What the label says; nothing if the person skipped it.
    Named(String),
    /// A size: opens a door.
    Size(Size),
    /// So many parcels without a scan.
    Drop(u16),
    /// They came in without a code, to leave what they brought.
    ComeToDrop,
    /// Beside the parcel before.
    Beside,
    /// The courier's digits for it.
    BesideCode(String),
    /// Heavy, or not after all.
    Heavy,
    /// Of this class, or not after all.
    Class(ParcelClass),
    /// The last recipient once more.
    SameAgain,
    /// Bigger door.
    Bigger,
    /// Open again; try now.
    OpenAgain,
    /// The courier keeps the parcel.
    NotLeft,
    /// The compartment is not empty.
    Inside,
    /// The parcel is where the screen said.
    Placed(ParcelId),
    /// It is not there yet: they have it with them.
    InHand(ParcelId),
    /// Put one right.
    Fix(ParcelId),
    /// Open its door; else: change its recipient.
    FixWhat { reopen: bool },
    /// The courier's digits for it.
    FixCode(String),
    /// Done.
    Finish,
    /// Something stays behind the door.
    LeftInside,
    /// Not theirs.
    NotMine,
    /// Nothing there.
    WasEmpty,
    /// The next door now.
    NextDoor,
    /// Taken from a shelf.
    HaveIt(ParcelId),
    /// Not on its shelf or in its drop place.
    NotThere(ParcelId),
    /// Open once more what was collected.
    Reopen(CompartmentId),
    /// Somebody is there.
    Continue,
    /// Nobody is there.
    Leave,
}

impl Action {
    /// All names, each a path below `/kiosk/`.
    pub const NAMES: [&'static str; 39] = [
        "go",
        "scan",
        "symbols",
        "another",
        "log-in",
        "collect",
        "apartment",
        "name",
        "choose",
        "deliver-anyway",
        "take-back",
        "named",
        "size",
        "drop",
        "come-to-drop",
        "beside",
        "beside-code",
        "heavy",
        "class",
        "same-again",
        "bigger",
        "open-again",
        "not-left",
        "inside",
        "placed",
        "in-hand",
        "fix",
        "fix-what",
        "fix-code",
        "finish",
        "left-inside",
        "not-mine",
        "was-empty",
        "next-door",
        "have-it",
        "not-there",
        "reopen",
        "continue",
        "leave",
    ];

    /// Whether its presses count for the next parcel: what it takes to say whose it is and how big.
    pub fn is_about_the_next_parcel(&self) -> bool {
        matches!(
            self,
            Self::Go(Stage::Address | Stage::Letters)
                | Self::Scan(_)
                | Self::Apartment(_)
                | Self::Name(_)
                | Self::Choose(_)
                | Self::DeliverAnyway
                | Self::Named(_)
                | Self::Size(_)
                | Self::Beside
                | Self::BesideCode(_)
                | Self::Heavy
                | Self::Class(_)
                | Self::SameAgain
        )
    }

    /// Reads a form. None: a field is missing or makes no sense.
    pub fn read(name: &str, fields: &mut BTreeMap<String, String>) -> Option<Self> {
        let mut take = |field: &str| fields.remove(field).unwrap_or_default();
        Some(match name {
            "go" => Self::Go(stage(&take("to"))?),
            "scan" => Self::Scan(take("scan")),
            "symbols" => Self::Symbols(take("symbols")),
            "another" => Self::Another,
            "log-in" => Self::LogIn(take("code")),
            "collect" => Self::Collect { selector: take("selector"), pin: take("pin") },
            "apartment" => Self::Apartment(take("unit")),
            "name" => Self::Name(take("name")),
            "choose" => Self::Choose(pressed(&take("recipient"))?),
            "deliver-anyway" => Self::DeliverAnyway,
            "take-back" => Self::TakeBack,
            "named" => Self::Named(take("name")),
            "size" => Self::Size(size(&take("size"))?),
            "drop" => Self::Drop(take("parcels").parse().ok()?),
            "come-to-drop" => Self::ComeToDrop,
            "beside" => Self::Beside,
            "beside-code" => Self::BesideCode(take("code")),
            "heavy" => Self::Heavy,
            "class" => Self::Class(ParcelClass::of(&take("class"))?),
            "same-again" => Self::SameAgain,
            "bigger" => Self::Bigger,
            "open-again" => Self::OpenAgain,
            "not-left" => Self::NotLeft,
            "inside" => Self::Inside,
            "placed" => Self::Placed(take("parcel").parse().ok()?),
            "in-hand" => Self::InHand(take("parcel").parse().ok()?),
            "fix" => Self::Fix(take("parcel").parse().ok()?),
            "fix-what" => Self::FixWhat { reopen: take("what") == "reopen" },
            "fix-code" => Self::FixCode(take("code")),
            "finish" => Self::Finish,
            "left-inside" => Self::LeftInside,
            "not-mine" => Self::NotMine,
            "was-empty" => Self::WasEmpty,
            "next-door" => Self::NextDoor,
            "have-it" => Self::HaveIt(take("parcel").parse().ok()?),
            "not-there" => Self::NotThere(take("parcel").parse().ok()?),
            "reopen" => Self::Reopen(take("compartment").parse().ok()?),
            "continue" => Self::Continue,
            "leave" => Self::Leave,
            _ => return None,
        })
    }
}

fn stage(word: &str) -> Option<Stage> {
    Some(match word {
        "size" => Stage::Size,
        "drop" => Stage::Drop,
        "start" => Stage::Start,
        "pick-up" => Stage::PickUp,
        "deliver" => Stage::Deliver,
        "help" => Stage::Help,
        "address" => Stage::Address,
        "letters" => Stage::Letters,
        "list" => Stage::List,
        "summary" => Stage::Summary,
        _ => return None,
    })
}

fn size(word: &str) -> Option<Size> {
    Some(match word {
        "S" => Size::S,
        "M" => Size::M,
        "L" => Size::L,
        "XL" => Size::XL,
        _ => return None,
    })
}

fn pressed(value: &str) -> Option<Pressed> {
    if value == "unknown" {
        return Some(Pressed::Unknown);
    }
    if let Some(unit) = value.strip_prefix('u') {
        return Some(Pressed::Unit(unit.parse().ok()?));
    }
    let (person, unit) = value.strip_prefix('p')?.split_once('-')?;
    Some(Pressed::Person(person.parse().ok()?, unit.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_name_is_read_and_nothing_else() {
        let whole = [
            ("to", "start"),
            ("scan", "1"),
            ("code", "1"),
            ("selector", "1"),
            ("pin", "1"),
            ("unit", "1"),
            ("name", "x"),
            ("recipient", "p3-4"),
            ("size", "M"),
            ("class", "chilled"),
            ("parcels", "3"),
            ("parcel", "7"),
            ("what", "reopen"),
            ("compartment", "9"),
        ];
        for name in Action::NAMES {
            assert!(Action::read(name, &mut fields(&whole)).is_some(), "{name}");
        }
        assert!(Action::read("open-everything", &mut fields(&whole)).is_none());
    }

    #[test]
    fn nonsense_in_a_field_is_refused() {
        for (name, pairs) in [
            ("size", [("size", "XXL")]),
            ("class", [("class", "usual")]),
            ("drop", [("parcels", "-1")]),
            ("choose", [("recipient", "p-1-")]),
            ("choose", [("recipient", "u99999999999")]),
            ("placed", [("parcel", "-1")]),
            ("go", [("to", "fix-code")]),
            ("reopen", [("compartment", "1; open 2")]),
        ] {
            assert!(Action::read(name, &mut fields(&pairs)).is_none(), "{name} {pairs:?}");
        }
    }
}
