//! The rows beside a parcel that was just taken in: what its label said, how it went, what was learned.
//!
//! Written in the transaction that registers the parcel, made from its answer.

use super::reading::Reading;
use crate::rows::{IntakeMeasure, Row};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use vestibule_core::{Answer, ParcelId, PersonId, Timestamp, UnitId};
use vestibule_intake::evidence::Confirmed;
use vestibule_intake::{Decision, Resident, learning};

/// A reading as it was confirmed.
#[derive(Clone, PartialEq, Eq)]
pub struct Intake {
    /// What was known.
    pub reading: Reading,
    /// For whom; None: nobody knew.
    pub unit: Option<UnitId>,
    /// The one person meant.
    pub person: Option<PersonId>,
    /// How that was confirmed.
    pub confirmed: Confirmed,
    /// What the label's name teaches; see [`learned`].
    pub learned: Option<String>,
    /// When.
    pub at: Timestamp,
    /// At the desk; else at a kiosk.
    pub desk: bool,
}

/// What is kept of it with the parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was known.
    #[serde(flatten)]
    pub reading: Reading,
    /// How it was confirmed, as a stable word.
    pub confirmed: String,
}

impl Intake {
    /// The rows. None are written where the answer registers no parcel.
    pub fn rows(self, answer: &Answer) -> Vec<Row> {
        let Answer::Parcel { parcel, opening, .. } = answer else { return Vec::new() };
        let parcel = *parcel;
        let reading = &self.reading;
        let decision = reading.guess.as_ref().map_or(Decision::None, |guess| guess.decision);
        let mut rows = vec![Row::IntakeMeasure(Box::new(IntakeMeasure {
            parcel,
            at: self.at,
            desk: self.desk,
            decision: decision.code(),
            confirmed: self.confirmed.code(),
            began_at: reading.began,
            opening: *opening,
            touches: (reading.touches > 0).then_some(reading.touches),
        }))];
        rows.extend(self.label_rows(parcel));
        rows
    }

    /// The rows of one that was in custody before its label was read.
    pub fn label_rows(self, parcel: ParcelId) -> Vec<Row> {
        let (reading, mut rows) = (&self.reading, Vec::new());
        if !reading.tracking.is_empty() || reading.name.is_some() {
            rows.push(label(parcel, reading));
        }
        if !reading.symbols.is_empty() || reading.name.is_some() {
            let alias = reading.name.as_deref().and_then(learning::plain);
            let evidence = Evidence { reading: reading.clone(), confirmed: self.confirmed.code().to_owned() };
            let told = serde_json::to_string(&evidence).expect("plain data");
            rows.push(Row::IntakeEvidence { parcel, told, alias, unit: self.unit });
        }
        if let (Some(folded), Some(unit)) = (self.learned, self.unit) {
            rows.push(Row::Alias { unit, person: self.person, folded, at: self.at });
        }
        rows
    }
}

fn label(parcel: ParcelId, reading: &Reading) -> Row {
    let tracking = Some(reading.tracking.clone()).filter(|tracking| !tracking.is_empty());
    Row::ParcelLabel { parcel, tracking, addressed_to: reading.name.clone() }
}

/// What a confirmation teaches: the label's name as an alias of those confirmed. None: nothing.
///
/// # Errors
/// What SQLite says.
pub fn learned(
    conn: &Connection,
    name: Option<&str>,
    (unit, person): (Option<UnitId>, Option<PersonId>),
    confirmed: Confirmed,
) -> rusqlite::Result<Option<String>> {
    let (Some(name), Some(unit)) = (name, unit.filter(|_| confirmed.teaches())) else { return Ok(None) };
    let mut query =
        conn.prepare_cached("SELECT person, unit, first_name, last_name FROM person WHERE left_at IS NULL")?;
    let (mut household, mut others) = (Vec::new(), Vec::new());
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let who = PersonId(row.get(0)?);
        let resident = Resident { first: row.get(2)?, last: row.get(3)?, ..Resident::default() };
        let is_theirs = UnitId(row.get(1)?) == unit;
        if !is_theirs {
            others.push(resident);
        } else if person.is_none_or(|person| person == who) {
            household.push(resident);
        }
    }
    Ok(learning::alias(name, &household, &others))
}

/// The rows of a parcel that staff gave to somebody else: its label's name is an alias of theirs, as a confirmation would have
/// taught. None where nothing of the label is kept, or it teaches nothing.
///
/// # Errors
/// What SQLite says.
pub fn reassigned(
    conn: &Connection,
    parcel: ParcelId,
    (unit, person): (Option<UnitId>, Option<PersonId>),
    at: Timestamp,
) -> rusqlite::Result<Vec<Row>> {
    let name = of_parcel(conn, parcel)?.and_then(|evidence| evidence.reading.name);
    let folded = learned(conn, name.as_deref(), (unit, person), Confirmed::Typed)?;
    let alias = folded.zip(unit).map(|(folded, unit)| Row::Alias { unit, person, folded, at });
    Ok(alias.into_iter().collect())
}

/// The evidence kept with a parcel, if it still is.
///
/// # Errors
/// What SQLite says.
pub fn of_parcel(conn: &Connection, parcel: ParcelId) -> rusqlite::Result<Option<Evidence>> {
    use rusqlite::OptionalExtension;
    let told: Option<String> = conn
        .prepare_cached("SELECT told FROM intake_evidence WHERE parcel = ?1")?
        .query_row([parcel.0.cast_signed()], |row| row.get(0))
        .optional()?;
    Ok(told.and_then(|told| serde_json::from_str(&told).ok()))
}
