//! Which apartment each entry means: known ones by building and folded label, new ones with a keypad number.

use super::keypad::{Numbers, is_typeable};
use super::known::{Known, KnownUnit};
use super::plan::{LineNote, NewUnit, Place};
use super::record::Entry;
use crate::directory::fold;
use std::collections::{BTreeSet, HashMap};
use vestibule_core::UnitId;

/// All apartments of the plan: the known ones first, then the new ones.
pub(super) struct Units {
    known: Vec<KnownUnit>,
    pub new: Vec<NewUnit>,
    by_place: HashMap<(String, String), usize>,
    by_label: HashMap<String, Vec<usize>>,
}

impl Units {
    fn of(known: &Known) -> Self {
        let mut units = Self {
            known: known.units.clone(),
            new: Vec::new(),
            by_place: HashMap::new(),
            by_label: HashMap::new(),
        };
        for (at, unit) in known.units.iter().enumerate() {
            units.index(at, (fold::name(&unit.building), unit.folded.clone()));
        }
        units
    }

    fn index(&mut self, at: usize, (building, label): (String, String)) {
        self.by_label.entry(label.clone()).or_default().push(at);
        self.by_place.insert((building, label), at);
    }

    /// The number of a known apartment; Err: which of the new ones it is.
    pub fn id(&self, at: usize) -> Result<UnitId, usize> {
        self.known.get(at).map(|unit| unit.unit).ok_or(at.wrapping_sub(self.known.len()))
    }

    /// What people call it.
    pub fn place(&self, at: usize) -> Place {
        match self.id(at) {
            Ok(_) => Place { building: self.known[at].building.clone(), label: self.known[at].label.clone() },
            Err(new) => self.new[new].at.clone(),
        }
    }
}

/// Finds the apartment of each entry; an entry without one is a bad row. New apartments get their keypad numbers.
pub(super) fn find(
    entries: &[Entry],
    known: &Known,
    bad_rows: &mut Vec<LineNote>,
) -> (Units, Vec<Option<usize>>) {
    let mut units = Units::of(known);
    let buildings: BTreeSet<&str> = known.units.iter().map(|unit| unit.building.as_str()).collect();
    let only_building = match buildings.len() {
        1 => known.units[0].building.clone(),
        _ => String::new(),
    };
    let in_file: BTreeSet<String> =
        entries.iter().map(|entry| fold::name(&entry.building)).filter(|name| !name.is_empty()).collect();
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        match find_one(&units, entry, in_file.len()) {
            Ok(Some(at)) => found.push(Some(at)),
            Ok(None) => {
                let building = if entry.building.is_empty() { &only_building } else { &entry.building };
                found.push(Some(add(&mut units, entry, building)));
            }
            Err(words) => {
                bad_rows.push(LineNote { line: entry.line, words });
                found.push(None);
            }
        }
    }
    give_numbers(&mut units);
    (units, found)
}

fn find_one(units: &Units, entry: &Entry, buildings_in_file: usize) -> Result<Option<usize>, String> {
    let named = fold::name(&entry.building);
    let with_label = units.by_label.get(&entry.folded_label).map_or(&[][..], Vec::as_slice);
    if let Some(at) = units.by_place.get(&(named.clone(), entry.folded_label.clone())) {
        return Ok(Some(*at));
    }
    match with_label {
        [] => Ok(None),
        [at] if named.is_empty() => Ok(Some(*at)),
        several if named.is_empty() => {
            let names: Vec<String> = several.iter().map(|at| units.place(*at).building).collect();
            Err(format!("several buildings have {}: {}; say which", entry.label, names.join(", ")))
        }
        _ => match units.by_place.get(&(String::new(), entry.folded_label.clone())) {
            None => Ok(None),
            Some(at) if buildings_in_file == 1 => Ok(Some(*at)),
            Some(_) => Err(format!(
                "{} is known without a building; give that apartment its building first",
                entry.label
            )),
        },
    }
}

fn add(units: &mut Units, entry: &Entry, building: &str) -> usize {
    let at = units.known.len() + units.new.len();
    units.index(at, (fold::name(building), entry.folded_label.clone()));
    units.new.push(NewUnit {
        line: entry.line,
        at: Place { building: building.to_owned(), label: entry.label.clone() },
        folded: entry.folded_label.clone(),
        keypad: String::new(),
        why: super::KeypadReason::Label,
    });
    at
}

/// Labels that can be typed get themselves first; the others what is left.
fn give_numbers(units: &mut Units) {
    let mut buildings: HashMap<String, usize> = HashMap::new();
    let known = units.known.iter().map(|unit| &unit.building);
    for building in known.chain(units.new.iter().map(|unit| &unit.at.building)) {
        let next = buildings.len();
        buildings.entry(building.clone()).or_insert(next);
    }
    let mut numbers = Numbers::new(units.known.iter().map(|unit| unit.keypad.clone()));
    for typeable in [true, false] {
        for unit in units.new.iter_mut().filter(|unit| is_typeable(&unit.folded) == typeable) {
            let building = buildings.get(&unit.at.building).copied().unwrap_or(0);
            (unit.keypad, unit.why) = numbers.give(&unit.folded, building);
        }
    }
}
