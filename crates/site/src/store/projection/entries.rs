//! The table of entries: who came in where, and how it ended. What was deposited is that of its visit.

use super::super::statements::Statements;
use rusqlite::params;
use vestibule_core::access::passage::OpenedBy;
use vestibule_core::{Event, Timestamp};

const BEGIN_ENTRY: &str =
    "INSERT INTO entry (entry, point, entrant, actor, began_at) VALUES (?1, ?2, ?3, ?4, ?5)";
const OPEN_ENTRY: &str = "UPDATE entry SET opened_at = ?2 WHERE entry = ?1";
const JOIN_ENTRY: &str = "UPDATE entry SET visit = ?2 WHERE entry = ?1";
const SUSPECT_ENTRY: &str = "UPDATE entry SET suspicions = suspicions || ' ' || ?2 WHERE entry = ?1";
const END_ENTRY: &str = "UPDATE entry SET ended_at = ?2, how = ?3 WHERE entry = ?1";

/// Folds one event in.
///
/// # Errors
/// What SQLite says.
pub(super) fn apply(statements: &mut Statements<'_>, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::EntryBegan { entry, point, entrant, by, release } => {
            let entrant = serde_json::to_string(entrant).expect("plain data");
            statements.run(BEGIN_ENTRY, params![entry.0, point.0, entrant, by.to_string(), now.0])?;
            if release.is_none() {
                statements.run(OPEN_ENTRY, params![entry.0, now.0])?;
            }
        }
        Event::PassageOpened { why: OpenedBy::Entries { entries }, .. } => {
            for entry in entries {
                statements.run(OPEN_ENTRY, params![entry.0, now.0])?;
            }
        }
        Event::EntryJoined { entry, visit } => {
            statements.run(JOIN_ENTRY, params![entry.0, visit.0])?;
        }
        Event::EntrySuspected { entry, what } => {
            let what = serde_json::to_string(what).expect("plain data");
            statements.run(SUSPECT_ENTRY, params![entry.0, what.trim_matches('"')])?;
        }
        Event::EntryEnded { entry, how } => {
            let how = serde_json::to_string(how).expect("plain data");
            statements.run(END_ENTRY, params![entry.0, now.0, how.trim_matches('"')])?;
        }
        _ => {}
    }
    Ok(())
}
