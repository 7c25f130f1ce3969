//! What the building and its people are called.

use super::super::kiosk::names::{Help, Names, UnitWords};
use std::collections::BTreeMap;
use vestibule_core::*;

/// Secrets and whole names that may never be on a screen.
pub const GIVEN_NAMES: [&str; 4] = ["Maria", "Joaquin", "Rosalind", "Greta"];

/// What the building calls things.
pub fn names() -> Names {
    let unit = |label: &str, building: &str, people: &[&str]| UnitWords {
        building: building.into(),
        label: label.into(),
        people: people.iter().map(|name| (*name).to_owned()).collect(),
    };
    Names {
        site: "Maple Court".into(),
        units: BTreeMap::from([
            (UnitId(1), unit("3B", "North", &["M. Alvarez", "J. Alvarez"])),
            (UnitId(2), unit("12B", "South", &["R. Okonkwo"])),
            (UnitId(3), unit("PH-1", "South", &[])),
        ]),
        people: BTreeMap::from([
            (PersonId(1), "M. Alvarez".into()),
            (PersonId(2), "J. Alvarez".into()),
            (PersonId(3), "R. Okonkwo".into()),
        ]),
        banks: BTreeMap::from([
            (BankId(1), ("Lobby lockers".into(), "North".into())),
            (BankId(2), ("Mail room".into(), "South".into())),
        ]),
        help: Help { phone: Some("(555) 010-0142".into()), who: "front desk, until 20:00".into() },
        px_per_mm: 4,
        camera: false,
        languages: vestibule_notices::Language::ALL.to_vec(),
    }
}
