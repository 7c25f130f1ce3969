//! People whose name is spelt nearly as it was typed: a courier mistypes, a label misspells, a name is a nickname.
//!
//! Never finds by a given name alone, and never more than the matcher offers.

use super::{Found, PersonTile, person_tile};
use rusqlite::Connection;
use vestibule_intake::{Directory, Resident};

/// Less alike is somebody else. Typed surnames of real buildings that differ by one letter reach it.
const ALIKE_LEAST: f32 = 0.7;

/// `typed` is folded: one word means a surname, several a surname and given names in any order.
pub fn people(conn: &Connection, typed: &str) -> rusqlite::Result<Found<PersonTile>> {
    let mut query = conn.prepare_cached(
        "SELECT unit.unit, unit.building, unit.label, person, first_name, last_name
         FROM person JOIN unit USING (unit) WHERE left_at IS NULL AND hidden = 0 ORDER BY person",
    )?;
    let is_surname = !typed.contains(' ');
    let (mut tiles, mut residents) = (Vec::new(), Vec::new());
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let first = if is_surname { String::new() } else { row.get(4)? };
        let tile = person_tile(row)?;
        let unit = tile.at.unit.to_string();
        residents.push(Resident { first, last: row.get(5)?, unit, ..Resident::default() });
        tiles.push(tile);
    }
    let directory = Directory::new(residents);
    let found = directory.find(typed, None).ranked.into_iter().filter(|ranked| ranked.score >= ALIKE_LEAST);
    Ok(Found { tiles: found.map(|ranked| tiles[ranked.at].clone()).collect(), more: false })
}
