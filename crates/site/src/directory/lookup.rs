//! What a kiosk may learn of the people here: by an apartment or a name that was really typed, masked, at most six.
//!
//! Never returns a given name, a mail address, a phone number or a code, never more than [`MOST`] answers, and nothing at
//! all for an empty text, a wildcard or punctuation. A person marked hidden is found by the apartment alone.

mod alike;

use super::fold;
use rusqlite::{Connection, Row, params};
use vestibule_core::{PersonId, UnitId};

/// At most so many tiles for one look-up.
pub const MOST: usize = 6;
/// One more is asked for, to know whether there are more.
const ASKED: i64 = MOST as i64 + 1;
/// So many letters of a surname are enough; a shorter surname must be typed whole.
pub const ENOUGH_LETTERS: usize = 3;
const LONGEST: usize = 40;

/// An apartment as a kiosk shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitTile {
    /// Which.
    pub unit: UnitId,
    /// The building's name; empty where the site has one building without a name.
    pub building: String,
    /// The label on the door.
    pub label: String,
}

/// A person as a kiosk shows them: the choice "for this person" within an apartment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTile {
    /// Who.
    pub person: PersonId,
    /// `M. Alvarez`.
    pub name: String,
    /// Where.
    pub at: UnitTile,
}

/// What a look-up found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// At most [`MOST`].
    pub tiles: Vec<T>,
    /// There are more: ask for more letters, or for the apartment.
    pub more: bool,
}

/// Why a text is not looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSearched {
    /// Nothing but spaces was typed.
    Empty,
    /// A character no apartment or name here has.
    Character,
    /// Longer than any name.
    TooLong,
}

/// A typed text that may be looked up as an apartment: letters, digits and the marks people put between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitText {
    digits: String,
    folded: String,
}

impl UnitText {
    /// Checks what was typed or scanned.
    ///
    /// # Errors
    /// Why it is not looked up.
    pub fn new(text: &str) -> Result<Self, NotSearched> {
        let text = checked(text, |c| c.is_alphanumeric() || " #.-/".contains(c))?;
        let folded = fold::unit_label(text);
        if folded.is_empty() {
            Err(NotSearched::Character)
        } else {
            Ok(Self { digits: text.to_owned(), folded })
        }
    }
}

/// A typed text that may be looked up as a surname.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameText {
    whole: String,
    surname: String,
    given: String,
}

impl NameText {
    /// Checks what was typed or scanned. Several words are also tried as given name and surname, or
    /// as surname, given name, as labels say them.
    ///
    /// # Errors
    /// Why it is not looked up.
    pub fn new(text: &str) -> Result<Self, NotSearched> {
        let text = checked(text, |c| c.is_alphabetic() || " .,-'’ʼ\u{b4}".contains(c) || is_mark(c))?;
        let whole = fold::name(text);
        if whole.is_empty() {
            return Err(NotSearched::Character);
        }
        let (surname, given) = match text.split_once(',') {
            Some((surname, given)) => (fold::name(surname), fold::name(given)),
            None => {
                let (given, surname) = whole.rsplit_once(' ').unwrap_or(("", &whole));
                (surname.to_owned(), given.to_owned())
            }
        };
        if surname.is_empty() { Err(NotSearched::Character) } else { Ok(Self { whole, surname, given }) }
    }

    /// Too few letters to find a surname that goes on.
    pub fn is_short(&self) -> bool {
        self.whole.chars().count() < ENOUGH_LETTERS
    }
}

fn checked(text: &str, allowed: impl Fn(char) -> bool) -> Result<&str, NotSearched> {
    let text = text.trim();
    if text.is_empty() {
        Err(NotSearched::Empty)
    } else if text.chars().count() > LONGEST {
        Err(NotSearched::TooLong)
    } else if !text.chars().all(allowed) {
        Err(NotSearched::Character)
    } else {
        Ok(text)
    }
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Apartments whose keypad number or label was typed. Several when buildings share a label.
///
/// # Errors
/// What SQLite says.
pub fn units(conn: &Connection, text: &UnitText) -> rusqlite::Result<Found<UnitTile>> {
    let mut query = conn.prepare_cached(
        "SELECT unit, building, label FROM unit WHERE folded = ?1 OR keypad = ?2 ORDER BY building, label LIMIT ?3",
    )?;
    let rows = query.query_map(params![text.folded, text.digits, ASKED], |row| unit_tile(row, 0))?;
    found(rows)
}

/// The apartment of the first of a label's lines that names exactly one.
///
/// # Errors
/// What SQLite says.
pub fn only_unit(conn: &Connection, lines: &[UnitText]) -> rusqlite::Result<Option<UnitId>> {
    for line in lines {
        if let [one] = units(conn, line)?.tiles.as_slice() {
            return Ok(Some(one.unit));
        }
    }
    Ok(None)
}

/// One apartment.
///
/// # Errors
/// What SQLite says.
pub fn unit(conn: &Connection, unit: UnitId) -> rusqlite::Result<Option<UnitTile>> {
    let mut query = conn.prepare_cached("SELECT unit, building, label FROM unit WHERE unit = ?1")?;
    let mut rows = query.query_map([unit.0], |row| unit_tile(row, 0))?;
    rows.next().transpose()
}

/// The people of an apartment that are not hidden. Nobody: the apartment itself is the only choice.
///
/// # Errors
/// What SQLite says.
pub fn household(conn: &Connection, unit: UnitId) -> rusqlite::Result<Found<PersonTile>> {
    let mut query = conn.prepare_cached(
        "SELECT unit.unit, unit.building, unit.label, person, first_name, last_name
         FROM person JOIN unit USING (unit)
         WHERE unit = ?1 AND left_at IS NULL AND hidden = 0 ORDER BY person LIMIT ?2",
    )?;
    let rows = query.query_map(params![unit.0, ASKED], person_tile)?;
    found(rows)
}

/// People whose surname begins with what was typed ([`ENOUGH_LETTERS`] at least) or is exactly that; where there is nobody,
/// people whose name is spelt nearly so. Hidden people never.
/// Nobody found and [`NameText::is_short`]: more letters are needed.
///
/// # Errors
/// What SQLite says.
pub fn people(conn: &Connection, text: &NameText) -> rusqlite::Result<Found<PersonTile>> {
    let whole = by_surname(conn, &text.whole, "")?;
    if !whole.tiles.is_empty() || text.is_short() {
        return Ok(whole);
    }
    if !text.given.is_empty() {
        let apart = by_surname(conn, &text.surname, &text.given)?;
        if !apart.tiles.is_empty() {
            return Ok(apart);
        }
    }
    alike::people(conn, &text.whole)
}

/// `folded` is `surname,given`: a surname of enough letters may go on, a shorter one must end there; any word of a surname
/// of several may be meant.
fn by_surname(conn: &Connection, surname: &str, given: &str) -> rusqlite::Result<Found<PersonTile>> {
    let end = if surname.chars().count() < ENOUGH_LETTERS { "," } else { "" };
    let start = format!("{surname}{end}");
    let after = format!("{start}{}", char::MAX);
    let word = format!(" {start}");
    let mut query = conn.prepare_cached(
        "SELECT unit.unit, unit.building, unit.label, person, first_name, last_name
         FROM person JOIN unit USING (unit)
         WHERE left_at IS NULL AND hidden = 0
           AND ((person.folded >= ?1 AND person.folded < ?2)
                OR instr(substr(person.folded, 1, instr(person.folded, ',')), ?3) > 0)
           AND (?4 = '' OR substr(person.folded, instr(person.folded, ',') + 1, 1) = substr(?4, 1, 1))
         ORDER BY person.folded, person LIMIT ?5",
    )?;
    let rows = query.query_map(params![start, after, word, given, ASKED], person_tile)?;
    found(rows)
}

/// Whether a latch within reach is asked for: by the addressee, or by anybody of the household where none is named.
/// Goes into the deposit's words and is not recorded.
///
/// # Errors
/// What SQLite says.
pub fn reach(conn: &Connection, unit: UnitId, addressee: Option<PersonId>) -> rusqlite::Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM person
         WHERE unit = ?1 AND left_at IS NULL AND reach = 1 AND (?2 IS NULL OR person = ?2))",
    )?;
    query.query_row(params![unit.0, addressee.map(|person| person.0)], |row| row.get(0))
}

/// `M. Alvarez`: the first letter of the given name and the surname. Without a surname the letter alone.
pub fn masked(first_name: &str, last_name: &str) -> String {
    let initial = first_name.trim().chars().next();
    let last_name = last_name.trim();
    match initial {
        None => last_name.to_owned(),
        Some(initial) if last_name.is_empty() => format!("{}.", initial.to_uppercase()),
        Some(initial) => format!("{}. {last_name}", initial.to_uppercase()),
    }
}

fn found<T>(rows: impl Iterator<Item = rusqlite::Result<T>>) -> rusqlite::Result<Found<T>> {
    let mut tiles = rows.collect::<rusqlite::Result<Vec<T>>>()?;
    let more = tiles.len() > MOST;
    tiles.truncate(MOST);
    Ok(Found { tiles, more })
}

fn unit_tile(row: &Row<'_>, at: usize) -> rusqlite::Result<UnitTile> {
    Ok(UnitTile { unit: UnitId(row.get(at)?), building: row.get(at + 1)?, label: row.get(at + 2)? })
}

fn person_tile(row: &Row<'_>) -> rusqlite::Result<PersonTile> {
    let (first, last): (String, String) = (row.get(4)?, row.get(5)?);
    Ok(PersonTile { person: PersonId(row.get(3)?), name: masked(&first, &last), at: unit_tile(row, 0)? })
}

#[cfg(test)]
mod tests;
