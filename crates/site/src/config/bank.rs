//! Banks in the configuration file: how the compartments hang, column by column. Turns them into core's measures.

use serde::Deserialize;
use std::collections::BTreeSet;
use vestibule_core::place::compartment::{CompartmentSpec, Size};

/// One bank.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankConfig {
    /// What people call it, such as `Lobby`; unique.
    pub name: String,
    /// The building it stands in.
    #[serde(default)]
    pub building: String,
    /// From the floor to the lowest door, in mm.
    #[serde(default)]
    pub foot_mm: u32,
    /// From the left.
    pub column: Vec<ColumnConfig>,
}

/// One column of a bank.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnConfig {
    /// Its width in mm.
    pub width_mm: u32,
    /// From the top.
    pub doors: Vec<DoorConfig>,
}

/// One compartment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoorConfig {
    /// The number on its door; unique in the site.
    pub label: String,
    /// S, M, L or XL.
    #[serde(deserialize_with = "size")]
    pub size: Size,
    /// Its height in mm.
    pub height_mm: u32,
    /// Whether it has an occupancy sensor.
    #[serde(default)]
    pub occupancy_sensor: bool,
    /// Whether it can be opened from inside.
    #[serde(default)]
    pub inside_release: bool,
}

impl BankConfig {
    /// Its compartments, column by column, each from the top.
    pub fn compartments(&self) -> Vec<CompartmentSpec> {
        let mut specs = Vec::new();
        for (column, drawn) in (0..).zip(&self.column) {
            let mut top: u32 = self.foot_mm + drawn.doors.iter().map(|door| door.height_mm).sum::<u32>();
            for door in &drawn.doors {
                top -= door.height_mm;
                specs.push(CompartmentSpec {
                    label: door.label.clone(),
                    size: door.size,
                    column,
                    width_mm: drawn.width_mm,
                    height_mm: door.height_mm,
                    bottom_mm: top,
                    occupancy_sensor: door.occupancy_sensor,
                    inside_release: door.inside_release,
                });
            }
        }
        specs
    }
}

pub(super) fn check(banks: &[BankConfig]) -> Result<(), String> {
    let (mut names, mut labels) = (BTreeSet::new(), BTreeSet::new());
    for bank in banks {
        if bank.name.trim().is_empty() {
            return Err("a [[bank]] has no name".into());
        }
        if !names.insert(&bank.name) {
            return Err(format!("two banks are called \"{}\"", bank.name));
        }
        for door in bank.column.iter().flat_map(|column| &column.doors) {
            if !labels.insert(&door.label) {
                return Err(format!(
                    "two compartments have the label \"{}\"; labels are unique in the site",
                    door.label
                ));
            }
            if door.height_mm == 0 {
                return Err(format!("compartment \"{}\" has a height of 0 mm", door.label));
            }
        }
        if bank.column.iter().any(|column| column.width_mm == 0 || column.doors.is_empty()) {
            return Err(format!("bank \"{}\" has a column without width or without doors", bank.name));
        }
    }
    Ok(())
}

fn size<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Size, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.as_str() {
        "S" | "s" => Ok(Size::S),
        "M" | "m" => Ok(Size::M),
        "L" | "l" => Ok(Size::L),
        "XL" | "xl" => Ok(Size::XL),
        _ => Err(serde::de::Error::custom(format!("size \"{text}\": write S, M, L or XL"))),
    }
}
