//! Who is known before the import: units and the people who live there now.

use super::Date;
use crate::rows::PersonRow;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;
use vestibule_core::{PersonId, TenancyId, UnitId};

/// A unit as it is known.
#[derive(Clone)]
pub(super) struct KnownUnit {
    pub unit: UnitId,
    pub building: String,
    pub label: String,
    pub folded: String,
    pub keypad: String,
}

/// The directory before the import. Those who left are not in it: who comes back is a new person.
#[derive(Clone, Default)]
pub struct Known {
    pub(super) units: Vec<KnownUnit>,
    pub(super) people: Vec<PersonRow>,
    pub(super) bad_addresses: Vec<PersonId>,
    pub(super) moved_in: BTreeMap<TenancyId, Date>,
}

impl Known {
    /// Reads the tables.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let mut query =
            conn.prepare_cached("SELECT unit, building, label, folded, keypad FROM unit ORDER BY unit")?;
        let units = query.query_map([], |row| {
            Ok(KnownUnit {
                unit: UnitId(row.get(0)?),
                building: row.get(1)?,
                label: row.get(2)?,
                folded: row.get(3)?,
                keypad: row.get(4)?,
            })
        })?;
        let units = units.collect::<rusqlite::Result<_>>()?;
        let mut query = conn.prepare_cached(
            "SELECT person, tenancy, unit, first_name, last_name, folded, email, phone, language, external_id, reach,
             hidden FROM person WHERE left_at IS NULL ORDER BY person",
        )?;
        let people = query.query_map([], person)?.collect::<rusqlite::Result<_>>()?;
        let mut query =
            conn.prepare_cached("SELECT person FROM person WHERE bad_address = 1 AND left_at IS NULL")?;
        let bad_addresses =
            query.query_map([], |row| row.get(0).map(PersonId))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self { units, people, bad_addresses, moved_in: moved_in(conn)? })
    }
}

fn moved_in(conn: &Connection) -> rusqlite::Result<BTreeMap<TenancyId, Date>> {
    let mut query = conn.prepare_cached("SELECT tenancy, moved_in FROM tenancy")?;
    let mut dates = BTreeMap::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(date) = Date::parse(&row.get::<_, String>(1)?) {
            dates.insert(TenancyId(row.get(0)?), date);
        }
    }
    Ok(dates)
}

fn person(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        person: PersonId(row.get(0)?),
        tenancy: TenancyId(row.get(1)?),
        unit: UnitId(row.get(2)?),
        first_name: row.get(3)?,
        last_name: row.get(4)?,
        folded: row.get(5)?,
        email: row.get(6)?,
        phone: row.get(7)?,
        language: row.get(8)?,
        external_id: row.get(9)?,
        reach: row.get(10)?,
        hidden: row.get(11)?,
    })
}
