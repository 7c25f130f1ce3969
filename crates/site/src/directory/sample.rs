//! Tables and people for tests of this crate.

use super::fold;
use crate::rows::{PersonRow, Row};
use crate::store::rows::write;
use rusqlite::Connection;
use vestibule_core::{PersonId, TenancyId, UnitId};

/// An empty database with the tables of a site.
pub(crate) fn tables() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(include_str!("../store/schema.sql")).unwrap();
    conn
}

/// A unit's row.
pub(crate) fn unit(unit: u32, building: &str, label: &str, keypad: &str) -> Row {
    Row::Unit {
        unit: UnitId(unit),
        building: building.to_owned(),
        label: label.to_owned(),
        folded: fold::unit_label(label),
        keypad: keypad.to_owned(),
    }
}

/// A person of the unit and tenancy of the same number, with a mail address and a phone.
pub(crate) fn person(person: u32, unit: u32, (first_name, last_name): (&str, &str)) -> PersonRow {
    PersonRow {
        person: PersonId(person),
        tenancy: TenancyId(unit),
        unit: UnitId(unit),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        folded: fold::person(first_name, last_name),
        email: Some(format!("p{person}@example.com")),
        phone: Some(format!("+1555010{person:04}")),
        language: "en".to_owned(),
        external_id: None,
        reach: false,
        hidden: false,
    }
}

/// Writes rows.
pub(crate) fn put(conn: &Connection, rows: impl IntoIterator<Item = Row>) {
    for row in rows {
        write(conn, &row).unwrap();
    }
}

/// Writes people.
pub(crate) fn put_people(conn: &Connection, people: impl IntoIterator<Item = PersonRow>) {
    put(conn, people.into_iter().map(|person| Row::Person(Box::new(person))));
}
