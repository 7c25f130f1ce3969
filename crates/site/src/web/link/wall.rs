//! A bank with the doors of one person marked, drawn from what is installed. All other doors look alike.

use crate::drawing::{BankDrawing, ColumnDrawing, DoorDrawing, DoorState, Hinge};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::place::compartment::CompartmentSpec;
use vestibule_core::{BankId, CompartmentId, Site};

/// Blank panel above the highest door, mm.
const TOP_MM: u32 = 40;

/// A bank as it hangs, with the doors meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wall {
    pub bank: BankId,
    pub meant: BTreeSet<CompartmentId>,
    doors: Vec<(CompartmentId, CompartmentSpec)>,
}

impl Wall {
    /// The bank with these doors meant.
    pub(super) fn of(site: &Site, bank: BankId, meant: BTreeSet<CompartmentId>) -> Option<Self> {
        let ids = site.layout.banks.get(&bank)?;
        let spec = |id: &CompartmentId| site.compartments.get(*id).map(|c| (*id, c.spec.clone()));
        Some(Self { bank, meant, doors: ids.iter().filter_map(spec).collect() })
    }

    /// The picture; `name` is what a screen reader calls a door, made from its label and whether it is meant.
    pub(super) fn draw(&self, bank_name: &str, name: &impl Fn(&str, bool) -> String) -> BankDrawing {
        let mut columns: BTreeMap<u32, Vec<&(CompartmentId, CompartmentSpec)>> = BTreeMap::new();
        for door in &self.doors {
            columns.entry(door.1.column).or_default().push(door);
        }
        let half = columns.len() / 2;
        let drawn = columns.into_values().enumerate().map(|(at, mut doors)| {
            doors.sort_by_key(|(_, spec)| std::cmp::Reverse(spec.bottom_mm));
            let hinge = if at < half { Hinge::Left } else { Hinge::Right };
            ColumnDrawing {
                width_mm: doors.iter().map(|(_, spec)| spec.width_mm).max().unwrap_or(1),
                doors: doors.iter().map(|(id, spec)| self.door((*id, spec), hinge, name)).collect(),
                foot_mm: doors.last().map_or(0, |(_, spec)| spec.bottom_mm),
            }
        });
        let top = self.doors.iter().map(|(_, spec)| spec.bottom_mm + spec.height_mm).max().unwrap_or(0);
        let columns = drawn.collect();
        BankDrawing {
            name: bank_name.to_owned(),
            height_mm: top + TOP_MM,
            columns,
            kiosk: None,
            you_are_here: None,
        }
    }

    fn door(
        &self,
        (id, spec): (CompartmentId, &CompartmentSpec),
        hinge: Hinge,
        name: &impl Fn(&str, bool) -> String,
    ) -> DoorDrawing {
        let is_meant = self.meant.contains(&id);
        let state = if is_meant { DoorState::Occupied } else { DoorState::Free };
        let door = DoorDrawing::new(&spec.label, spec.height_mm, hinge, state, &name(&spec.label, is_meant));
        if is_meant { door.highlighted() } else { door }
    }
}
