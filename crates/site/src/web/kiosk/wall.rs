//! The bank with one door meant, drawn from what is installed.
//!
//! Owns: where a door hangs, in the picture and in words. Never: shows which other doors are full; that is nobody's
//! business in a lobby.

use crate::drawing::{BankDrawing, ColumnDrawing, DoorDrawing, DoorState, Hinge};
use std::collections::BTreeMap;
use vestibule_core::place::compartment::CompartmentSpec;
use vestibule_core::{BankId, CompartmentId, Site};

/// Blank panel above the highest door, mm.
const TOP_MM: u32 = 40;

/// Where a door hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Column from the left, from 1.
    pub column: u32,
    /// How many columns there are.
    pub columns: u32,
    /// From the top.
    pub height: Height,
}

/// Roughly how high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Height {
    /// Above the shoulders.
    Top,
    /// Between.
    Middle,
    /// Below the knees.
    Bottom,
}

/// The doors of a bank as they hang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wall {
    /// Which bank.
    pub bank: BankId,
    /// The door that is meant.
    pub meant: CompartmentId,
    /// Whether it stands open.
    pub open: bool,
    doors: Vec<(CompartmentId, CompartmentSpec)>,
}

impl Wall {
    /// The wall a compartment hangs in.
    pub fn of(site: &Site, meant: CompartmentId) -> Option<Self> {
        let c = site.compartments.get(meant)?;
        let ids = site.layout.banks.get(&c.bank)?;
        let doors =
            ids.iter().filter_map(|id| site.compartments.get(*id).map(|c| (*id, c.spec.clone()))).collect();
        Some(Self { bank: c.bank, meant, open: c.is_open(), doors })
    }

    fn columns(&self) -> BTreeMap<u32, Vec<&(CompartmentId, CompartmentSpec)>> {
        let mut columns: BTreeMap<u32, Vec<_>> = BTreeMap::new();
        for door in &self.doors {
            columns.entry(door.1.column).or_default().push(door);
        }
        for doors in columns.values_mut() {
            doors.sort_by_key(|(_, spec)| std::cmp::Reverse(spec.bottom_mm));
        }
        columns
    }

    fn height_mm(&self) -> u32 {
        self.doors.iter().map(|(_, spec)| spec.bottom_mm + spec.height_mm).max().unwrap_or(0) + TOP_MM
    }

    /// Where the meant door hangs.
    pub fn position(&self) -> Option<Position> {
        let columns = self.columns();
        let at = columns.values().position(|doors| doors.iter().any(|(id, _)| *id == self.meant))?;
        let spec = self.doors.iter().find(|(id, _)| *id == self.meant).map(|(_, spec)| spec)?;
        let height = match spec.latch_mm() {
            0..=600 => Height::Bottom,
            601..=1_250 => Height::Middle,
            _ => Height::Top,
        };
        Some(Position { column: at as u32 + 1, columns: columns.len() as u32, height })
    }

    /// The picture; `name` is what a screen reader calls the meant door, made from its label. The others are not read out.
    pub fn draw(&self, bank_name: &str, name: impl Fn(&str) -> String) -> BankDrawing {
        let columns = self.columns();
        let half = columns.len() as f32 / 2.0;
        let drawn = columns.values().enumerate().map(|(at, doors)| {
            let hinge = if (at as f32) < half { Hinge::Left } else { Hinge::Right };
            ColumnDrawing {
                width_mm: doors.iter().map(|(_, spec)| spec.width_mm).max().unwrap_or(1),
                doors: doors.iter().map(|(id, spec)| self.door(*id, spec, (hinge, &name))).collect(),
                foot_mm: doors.iter().map(|(_, spec)| spec.bottom_mm).min().unwrap_or(0),
            }
        });
        BankDrawing {
            name: bank_name.to_owned(),
            height_mm: self.height_mm(),
            columns: drawn.collect(),
            kiosk: None,
            you_are_here: None,
        }
    }

    fn door(
        &self,
        id: CompartmentId,
        spec: &CompartmentSpec,
        (hinge, name): (Hinge, &impl Fn(&str) -> String),
    ) -> DoorDrawing {
        let meant = id == self.meant;
        let state = if meant && self.open { DoorState::Open } else { DoorState::Free };
        let spoken = if meant { name(&spec.label) } else { String::new() };
        let door = DoorDrawing::new(&spec.label, spec.height_mm, hinge, state, &spoken);
        if meant { door.highlighted() } else { door }
    }
}
