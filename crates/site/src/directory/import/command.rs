//! From a plan to the command that changes rights and the rows that change words, in one transaction.

use super::plan::{Plan, UnitAt};
use crate::rows::Row;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::site::counters::Counters;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::{Command, PersonId, TenancyId, UnitId};

/// Why a plan is not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotImported {
    /// There are bad rows, and they are not to be skipped.
    #[error(
        "{0} rows are not understood; nothing is imported until they are corrected, or skipped on purpose"
    )]
    BadRows(usize),
}

impl Plan {
    /// The command and its rows, with numbers that follow the counters the plan's directory was read at; if the directory
    /// changed meanwhile the command is refused whole and the plan must be drawn again.
    ///
    /// # Errors
    /// [`NotImported`].
    pub fn command(&self, counters: &Counters) -> Result<(Command, Vec<Row>), NotImported> {
        if !self.bad_rows.is_empty() && !self.work.skip_bad_rows {
            return Err(NotImported::BadRows(self.bad_rows.len()));
        }
        let numbers = Numbers {
            unit: counters.next_unit().0,
            tenancy: counters.next_tenancy().0,
            person: counters.next_person().0,
        };
        let (mut changes, mut rows) = (Vec::new(), Vec::new());
        self.units(&numbers, &mut changes, &mut rows);
        self.departures(&mut changes, &mut rows);
        self.arrivals(&numbers, &mut changes, &mut rows);
        rows.extend(self.work.updates.iter().map(|row| Row::Person(Box::new(row.clone()))));
        Ok((Command::ChangeDirectory { changes }, rows))
    }

    fn units(&self, numbers: &Numbers, changes: &mut Vec<DirectoryChange>, rows: &mut Vec<Row>) {
        for (at, new) in self.new_units.iter().enumerate() {
            let unit = numbers.unit(Err(at));
            let keypad = KeypadNumber::new(&new.keypad).expect("keypad numbers are given as digits");
            changes.push(DirectoryChange::AddUnit { unit, keypad });
            rows.push(Row::Unit {
                unit,
                building: new.at.building.clone(),
                label: new.at.label.clone(),
                folded: new.folded.clone(),
                keypad: new.keypad.clone(),
            });
        }
    }

    /// Who goes, goes before anybody comes: whoever moves within the site is out of the old household first.
    fn departures(&self, changes: &mut Vec<DirectoryChange>, rows: &mut Vec<Row>) {
        for &(person, leavers) in &self.work.out {
            changes.push(DirectoryChange::Leave { person, leavers });
            rows.push(Row::PersonLeft { person, at: self.work.now });
        }
        let away =
            self.work.away.iter().map(|&person| DirectoryChange::Leave { person, leavers: Leavers::Keep });
        changes.extend(away);
    }

    fn arrivals(&self, numbers: &Numbers, changes: &mut Vec<DirectoryChange>, rows: &mut Vec<Row>) {
        for (at, (unit, began)) in self.work.tenancies.iter().enumerate() {
            let (tenancy, unit) = (numbers.tenancy(Err(at)), numbers.unit(*unit));
            changes.push(DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep });
            rows.push(Row::Tenancy { tenancy, unit, moved_in: began.to_string() });
        }
        let mut next_person = numbers.person;
        for join in &self.work.joins {
            let mut row = join.row.clone();
            if join.is_new {
                row.person = PersonId(next_person);
                next_person += 1;
            }
            row.tenancy = numbers.tenancy(join.tenancy);
            row.unit = numbers.unit(join.unit);
            changes.push(DirectoryChange::Join { person: row.person, tenancy: row.tenancy });
            rows.push(Row::Person(Box::new(row)));
        }
    }
}

struct Numbers {
    unit: u32,
    tenancy: u32,
    person: u32,
}

impl Numbers {
    fn unit(&self, at: UnitAt) -> UnitId {
        at.unwrap_or_else(|new| UnitId(self.unit + count(new)))
    }
    fn tenancy(&self, at: Result<TenancyId, usize>) -> TenancyId {
        at.unwrap_or_else(|new| TenancyId(self.tenancy + count(new)))
    }
}

fn count(new: usize) -> u32 {
    u32::try_from(new).expect("a file has fewer than four thousand million lines")
}
