//! What the page at a door and the page of its label share: who is meant by what was typed, what became of a ring, and whether
//! the door opened.
//!
//! Owns: those looks. [`phone`] is the page of the label. Never: a directory, a hint whether a name lives here, an answer of its own.

pub mod address;
mod callers;
pub mod phone;

pub use callers::PhoneCallers;

use crate::directory::fold;
use crate::directory::lookup::{self, NameText, UnitText};
use crate::web::App;
use crate::web::problem::{Fault, time_of_day};
use crate::web::words::{Language, say};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::{AccessPointId, EntryId, Refusal, RingId, UnitId};

/// What becomes of a release, as whoever waits for the door needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The door was asked, and has not answered.
    Opening,
    /// It is released, or was seen open.
    Open,
    /// It did not take the release, or nobody knows.
    NoAnswer,
}

/// What became of a ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody is asked.
    Waiting {
        /// Until then, as a time of day.
        until: String,
    },
    /// Somebody said yes, and this became of the door.
    LetIn(Fate),
    /// Somebody said no.
    Refused,
    /// Nobody answered in time.
    NobodyAnswered,
}

/// What is said to whoever is let in: also that the room is watched, where it is.
pub(super) fn let_in_words(language: Language, is_watched: bool) -> String {
    let words = say(language, "door-let-in");
    if is_watched { format!("{words} {}", say(language, "door-let-in-watched")) } else { words }
}

/// Whether the whole of a surname was typed, perhaps with a given name before it; a part of one would try who lives here.
fn is_whole(shown: &str, typed: &str) -> bool {
    let plain = |text: &str| fold::name(text).replace(' ', "");
    // `D. Okoro`: what stands behind the letter of the given name.
    let surname = shown.split_once(' ').map_or(shown, |(_, surname)| surname);
    let typed_surname = fold::name(typed).rsplit(' ').next().unwrap_or_default().to_owned();
    !plain(surname).is_empty() && (plain(typed) == plain(surname) || typed_surname == plain(surname))
}

/// For whom a form rings: for the desk where that was pressed, else for the one apartment that is meant. None: for nobody.
pub(super) async fn rung_for(
    app: &App,
    fields: &BTreeMap<String, String>,
) -> Result<Option<Option<UnitId>>, Fault> {
    if fields.contains_key("desk") {
        return Ok(Some(None));
    }
    let typed = fields.get("whom").map(|text| text.trim()).unwrap_or_default();
    Ok(meant(app, typed).await?.map(Some))
}

/// The one apartment that is meant; none if nobody is, or more than one.
async fn meant(app: &App, typed: &str) -> Result<Option<UnitId>, Fault> {
    let mut units = BTreeSet::new();
    if let Ok(text) = UnitText::new(typed) {
        let found = app.site.query(move |tables| lookup::units(tables, &text)).await?;
        units.extend(found.tiles.into_iter().map(|tile| tile.unit));
    }
    if let (true, Ok(name)) = (units.is_empty(), NameText::new(typed)) {
        if name.is_short() {
            return Ok(None);
        }
        let found = app.site.query(move |tables| lookup::people(tables, &name)).await?;
        if found.more {
            return Ok(None);
        }
        let meant = found.tiles.into_iter().filter(|tile| is_whole(&tile.name, typed));
        units.extend(meant.map(|tile| tile.at.unit));
    }
    Ok(units.first().copied().filter(|_| units.len() == 1))
}

/// What became of a ring of this door.
pub(super) async fn outcome(app: &App, point: AccessPointId, ring: RingId) -> Result<Outcome, Fault> {
    let waits = app.site.read(move |site, now| {
        let known = ring < site.counters.next_ring();
        let waiting = site.access.rings.get(&ring).filter(|r| r.rung.point == point && now < r.until);
        (known, waiting.map(|r| time_of_day(r.until, &site.policy.zone)))
    });
    Ok(match waits.await? {
        (false, _) => return Err(Refusal::NotFound.into()),
        (true, Some(until)) => Outcome::Waiting { until },
        (true, None) => match app.site.query(move |tables| answered(tables, ring)).await? {
            Some(true) => {
                let fate = app.site.query(move |tables| fate_of_ring(tables, point, ring)).await?;
                Outcome::LetIn(fate.ok_or(Refusal::NotFound)?)
            }
            Some(false) => Outcome::Refused,
            None => Outcome::NobodyAnswered,
        },
    })
}

/// What became of the release of an entry at this door.
pub(super) async fn fate(app: &App, point: AccessPointId, entry: EntryId) -> Result<Fate, Fault> {
    let fate = app.site.query(move |tables| fate_of(tables, point, entry)).await?;
    Ok(fate.ok_or(Refusal::NotFound)?)
}

/// The answer a ring got, among the newest events. None: none.
fn answered(tables: &Connection, ring: RingId) -> rusqlite::Result<Option<bool>> {
    let sql = "SELECT json_extract(CAST(payload AS TEXT), '$.let_in') FROM event \
               WHERE seq > (SELECT coalesce(max(seq), 0) - 5000 FROM event) AND kind = 'ring-answered' \
               AND json_extract(CAST(payload AS TEXT), '$.ring') = ?1";
    tables.prepare_cached(sql)?.query_row([ring.0.cast_signed()], |row| row.get(0)).optional()
}

fn fate_of_ring(tables: &Connection, point: AccessPointId, ring: RingId) -> rusqlite::Result<Option<Fate>> {
    let sql = "SELECT entry FROM entry WHERE point = ?1 AND json_extract(entrant, '$.rang.ring') = ?2 \
               ORDER BY entry DESC LIMIT 1";
    let entry = tables
        .prepare_cached(sql)?
        .query_row((point.0, ring.0.cast_signed()), |row| row.get::<_, i64>(0))
        .optional()?;
    entry.map_or(Ok(None), |entry| fate_of(tables, point, EntryId(entry.unsigned_abs())))
}

fn fate_of(tables: &Connection, point: AccessPointId, entry: EntryId) -> rusqlite::Result<Option<Fate>> {
    let id = entry.0.cast_signed();
    let sql = "SELECT opened_at IS NOT NULL, ended_at IS NOT NULL FROM entry WHERE entry = ?1 AND point = ?2";
    let known = tables
        .prepare_cached(sql)?
        .query_row((id, point.0), |row| Ok((row.get::<_, bool>(0)?, row.get::<_, bool>(1)?)))
        .optional()?;
    let Some((opened, over)) = known else { return Ok(None) };
    let sql = "SELECT coalesce(json_extract(CAST(e.payload AS TEXT), '$.outcome'), 'unknown') FROM entry_event n \
               JOIN event e ON e.seq = n.seq WHERE n.entry = ?1 AND e.kind IN ('entry-released', 'entry-unknown') \
               ORDER BY e.seq LIMIT 1";
    let told: Option<String> = tables.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    Ok(Some(match (opened, told.as_deref(), over) {
        (true, _, _) | (false, Some("taken"), _) => Fate::Open,
        (false, Some(_), _) | (false, None, true) => Fate::NoAnswer,
        (false, None, false) => Fate::Opening,
    }))
}

/// Everything that can become of a ring.
#[cfg(test)]
pub(super) fn every_outcome() -> [Outcome; 6] {
    [
        Outcome::Waiting { until: "9:02".to_owned() },
        Outcome::LetIn(Fate::Opening),
        Outcome::LetIn(Fate::Open),
        Outcome::LetIn(Fate::NoAnswer),
        Outcome::Refused,
        Outcome::NobodyAnswered,
    ]
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn a_name_is_rung_by_the_whole_of_it() {
        for typed in ["Okoro", "OKORO", "Daniel Okoro"] {
            assert!(is_whole("D. Okoro", typed), "{typed}");
        }
        assert!(is_whole("M. de la Cruz", "DELACRUZ") && is_whole("M. Álvarez", "alvarez"));
        for typed in ["Oko", "Okorosa", "D", ""] {
            assert!(!is_whole("D. Okoro", typed), "{typed}");
        }
        assert!(!is_whole("", "Okoro"));
    }
}
