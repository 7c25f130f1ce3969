//! What signed-in staff and the sender of notices may know of people: everything. Never called for a kiosk.

use super::fold;
use rusqlite::{Connection, OptionalExtension, Row, params};
use vestibule_core::{ParcelId, PersonId, TenancyId, Timestamp, UnitId};

/// At most so many of each kind in a search.
pub const MOST_HITS: i64 = 20;
/// Shorter fragments of a tracking number are not looked up.
const TRACKING_AT_LEAST: usize = 4;

/// An apartment with what staff see in a list.
#[derive(Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Which.
    pub unit: UnitId,
    /// The building's name; may be empty.
    pub building: String,
    /// The label on the door.
    pub label: String,
    /// Typed at the keypad.
    pub keypad: String,
    /// Who lives there now: number and whole name.
    pub people: Vec<(PersonId, String)>,
}

/// A person with everything the directory knows.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonDetails {
    /// Who.
    pub person: PersonId,
    /// Their tenancy.
    pub tenancy: TenancyId,
    /// Their unit.
    pub unit: UnitId,
    /// The building's name; may be empty.
    pub building: String,
    /// The label on the door.
    pub label: String,
    /// The unit's keypad number.
    pub keypad: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Mail address.
    pub email: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Language of messages.
    pub language: String,
    /// The number the property's own list knows them by.
    pub external_id: Option<String>,
    /// A latch within reach is asked for.
    pub reach: bool,
    /// Appears at kiosks only as the apartment.
    pub hidden: bool,
    /// When they moved out.
    pub left_at: Option<Timestamp>,
    /// Their mail address does not work.
    pub bad_address: bool,
}

impl PersonDetails {
    /// Given name and surname.
    pub fn full_name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }

    /// The address mail can be sent to: None if there is none or it is known not to work.
    pub fn working_email(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| !self.bad_address)
    }
}

/// A parcel found by what its label says.
#[derive(Clone, PartialEq, Eq)]
pub struct LabelLine {
    /// Which.
    pub parcel: ParcelId,
    /// Its tracking number.
    pub tracking: Option<String>,
    /// The name on it.
    pub addressed_to: Option<String>,
}

/// What a search of staff found.
#[derive(Clone, PartialEq, Eq)]
pub struct Hits {
    /// By label, keypad number or building.
    pub units: Vec<UnitLine>,
    /// By name; those who left too, last.
    pub people: Vec<PersonDetails>,
    /// By tracking number or name on the label, newest first.
    pub parcels: Vec<LabelLine>,
}

const DETAILS: &str = "SELECT person, tenancy, person.unit, coalesce(building, ''), coalesce(label, ''),
  coalesce(keypad, ''), first_name, last_name, email, phone, language, external_id, reach, hidden, left_at, bad_address
  FROM person LEFT JOIN unit ON unit.unit = person.unit";

/// One person, for staff and for a notice: address, language, names, apartment, keypad number.
///
/// # Errors
/// What SQLite says.
pub fn person(conn: &Connection, person: PersonId) -> rusqlite::Result<Option<PersonDetails>> {
    conn.prepare_cached(&format!("{DETAILS} WHERE person = ?1"))?.query_row([person.0], details).optional()
}

/// The people who live in a unit now.
///
/// # Errors
/// What SQLite says.
pub fn household(conn: &Connection, unit: UnitId) -> rusqlite::Result<Vec<PersonDetails>> {
    let sql = format!("{DETAILS} WHERE person.unit = ?1 AND left_at IS NULL ORDER BY person");
    conn.prepare_cached(&sql)?.query_map([unit.0], details)?.collect()
}

/// Those who left a unit, the last first.
///
/// # Errors
/// What SQLite says.
pub fn former(conn: &Connection, unit: UnitId) -> rusqlite::Result<Vec<PersonDetails>> {
    let sql = format!(
        "{DETAILS} WHERE person.unit = ?1 AND left_at IS NOT NULL ORDER BY left_at DESC, person LIMIT ?2"
    );
    conn.prepare_cached(&sql)?.query_map(params![unit.0, MOST_HITS], details)?.collect()
}

/// People who live here and cannot be told anything: no mail address that works and, if text messages are sent, no phone.
///
/// # Errors
/// What SQLite says.
pub fn without_channel(conn: &Connection, texts_sent: bool) -> rusqlite::Result<Vec<PersonDetails>> {
    let sql = format!(
        "{DETAILS} WHERE left_at IS NULL AND (email IS NULL OR bad_address = 1) AND (?1 = 0 OR phone IS NULL)
         ORDER BY person.folded, person"
    );
    conn.prepare_cached(&sql)?.query_map([texts_sent], details)?.collect()
}

/// One unit.
///
/// # Errors
/// What SQLite says.
pub fn unit(conn: &Connection, unit: UnitId) -> rusqlite::Result<Option<UnitLine>> {
    let mut query = conn.prepare_cached("SELECT unit, building, label, keypad FROM unit WHERE unit = ?1")?;
    let line = query.query_row([unit.0], unit_line).optional()?;
    let Some(mut line) = line else { return Ok(None) };
    line.people = household(conn, unit)?.iter().map(|person| (person.person, person.full_name())).collect();
    Ok(Some(line))
}

/// All units with the people who live there, in the order of buildings and doors (2 before 10).
///
/// # Errors
/// What SQLite says.
pub fn units(conn: &Connection) -> rusqlite::Result<Vec<UnitLine>> {
    let mut query = conn.prepare_cached("SELECT unit, building, label, keypad FROM unit ORDER BY unit")?;
    let mut lines: Vec<UnitLine> = query.query_map([], unit_line)?.collect::<rusqlite::Result<_>>()?;
    let mut query = conn.prepare_cached(
        "SELECT unit, person, first_name, last_name FROM person WHERE left_at IS NULL ORDER BY unit, person",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let unit = UnitId(row.get(0)?);
        let name = full_name(&row.get::<_, String>(2)?, &row.get::<_, String>(3)?);
        if let Ok(at) = lines.binary_search_by_key(&unit, |line| line.unit) {
            lines[at].people.push((PersonId(row.get(1)?), name));
        }
    }
    lines.sort_by_cached_key(|line| (natural(&line.building), natural(&line.label)));
    Ok(lines)
}

/// Searches units, people and labels for what staff typed. Signs that mean something to a database mean nothing here.
///
/// # Errors
/// What SQLite says.
pub fn search(conn: &Connection, text: &str) -> rusqlite::Result<Hits> {
    Ok(Hits {
        units: search_units(conn, text)?,
        people: search_people(conn, text)?,
        parcels: search_labels(conn, text)?,
    })
}

fn search_units(conn: &Connection, text: &str) -> rusqlite::Result<Vec<UnitLine>> {
    let label = fold::unit_label(text);
    if label.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = conn.prepare_cached(
        "SELECT unit, building, label, keypad FROM unit
         WHERE folded = ?1 OR keypad = ?1 OR substr(folded, 1, length(?1)) = ?1
         ORDER BY folded <> ?1 AND keypad <> ?1, building, label LIMIT ?2",
    )?;
    let mut lines: Vec<UnitLine> =
        query.query_map(params![label, MOST_HITS], unit_line)?.collect::<rusqlite::Result<_>>()?;
    for line in &mut lines {
        line.people = household(conn, line.unit)?.iter().map(|p| (p.person, p.full_name())).collect();
    }
    Ok(lines)
}

/// Every word typed must begin a word of the name, or the text be the mail address, phone or number of the list.
fn search_people(conn: &Connection, text: &str) -> rusqlite::Result<Vec<PersonDetails>> {
    let name = fold::name(text);
    let words: Vec<String> = name.split_whitespace().map(|word| format!(" {word}")).collect();
    let exact = text.trim();
    if exact.is_empty() {
        return Ok(Vec::new());
    }
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let named = "instr(' ' || replace(person.folded, ',', ' '), ?1) > 0
        AND instr(' ' || replace(person.folded, ',', ' '), ?2) > 0
        AND instr(' ' || replace(person.folded, ',', ' '), ?3) > 0 AND ?1 <> ''";
    let sql = format!(
        "{DETAILS} WHERE ({named}) OR lower(email) = lower(?4) OR phone = ?4 OR external_id = ?4
         ORDER BY left_at IS NOT NULL, person.folded, person LIMIT ?5"
    );
    let mut query = conn.prepare_cached(&sql)?;
    query.query_map(params![word(0), word(1), word(2), exact, MOST_HITS], details)?.collect()
}

fn search_labels(conn: &Connection, text: &str) -> rusqlite::Result<Vec<LabelLine>> {
    let tracking: String =
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    if tracking.len() < TRACKING_AT_LEAST {
        return Ok(Vec::new());
    }
    let mut query = conn.prepare_cached(
        "SELECT parcel, tracking, addressed_to FROM parcel_label
         WHERE instr(upper(replace(replace(tracking, ' ', ''), '-', '')), ?1) > 0
            OR instr(upper(addressed_to), upper(?2)) > 0
         ORDER BY parcel DESC LIMIT ?3",
    )?;
    query
        .query_map(params![tracking, text.trim(), MOST_HITS], |row| {
            Ok(LabelLine {
                parcel: ParcelId(row.get::<_, i64>(0)?.cast_unsigned()),
                tracking: row.get(1)?,
                addressed_to: row.get(2)?,
            })
        })?
        .collect()
}

/// Given name and surname, whichever there are.
pub fn full_name(first_name: &str, last_name: &str) -> String {
    format!("{first_name} {last_name}").trim().to_owned()
}

/// A key that puts 2 before 10, 12A before 12B, and numbers before words.
fn natural(text: &str) -> Vec<(bool, u64, String)> {
    let mut parts: Vec<(bool, u64, String)> = Vec::new();
    for c in text.chars() {
        let is_word = !c.is_ascii_digit();
        if parts.last().is_none_or(|part| part.0 != is_word) {
            parts.push((is_word, 0, String::new()));
        }
        let part = parts.last_mut().expect("a part was just begun");
        match c.to_digit(10) {
            Some(digit) => part.1 = part.1.saturating_mul(10).saturating_add(u64::from(digit)),
            None => part.2.extend(c.to_lowercase()),
        }
    }
    parts
}

fn unit_line(row: &Row<'_>) -> rusqlite::Result<UnitLine> {
    Ok(UnitLine {
        unit: UnitId(row.get(0)?),
        building: row.get(1)?,
        label: row.get(2)?,
        keypad: row.get(3)?,
        people: Vec::new(),
    })
}

fn details(row: &Row<'_>) -> rusqlite::Result<PersonDetails> {
    Ok(PersonDetails {
        person: PersonId(row.get(0)?),
        tenancy: TenancyId(row.get(1)?),
        unit: UnitId(row.get(2)?),
        building: row.get(3)?,
        label: row.get(4)?,
        keypad: row.get(5)?,
        first_name: row.get(6)?,
        last_name: row.get(7)?,
        email: row.get(8)?,
        phone: row.get(9)?,
        language: row.get(10)?,
        external_id: row.get(11)?,
        reach: row.get(12)?,
        hidden: row.get(13)?,
        left_at: row.get::<_, Option<i64>>(14)?.map(Timestamp),
        bad_address: row.get(15)?,
    })
}

#[cfg(test)]
mod tests;
