//! The tables of entries: who came in where, how it ended, and which events tell of it. What was deposited is that of its visit.

use super::super::statements::Statements;
use rusqlite::params;
use vestibule_core::access::passage::OpenedBy;
use vestibule_core::evidence::Held;
use vestibule_core::{EntryId, Event, Timestamp};

const BEGIN_ENTRY: &str =
    "INSERT INTO entry (entry, point, entrant, actor, code, began_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const OPEN_ENTRY: &str = "UPDATE entry SET opened_at = ?2 WHERE entry = ?1";
const CLOSE_ENTRIES: &str =
    "UPDATE entry SET closed_at = ?2 WHERE point = ?1 AND opened_at IS NOT NULL AND closed_at IS NULL";
const ADD_TO_ENTRY: &str = "INSERT OR IGNORE INTO entry_event (entry, seq) VALUES (?1, ?2)";
const ADD_TO_OPEN_ENTRIES: &str = "INSERT OR IGNORE INTO entry_event (entry, seq)
  SELECT entry, ?2 FROM entry WHERE point = ?1 AND opened_at IS NOT NULL AND closed_at IS NULL";
const JOIN_ENTRY: &str = "UPDATE entry SET visit = ?2 WHERE entry = ?1";
const SUSPECT_ENTRY: &str = "UPDATE entry SET suspicions = suspicions || ' ' || ?2
  WHERE entry = ?1 AND instr(suspicions || ' ', ' ' || ?2 || ' ') = 0";
const END_ENTRY: &str = "UPDATE entry SET ended_at = ?2, how = ?3 WHERE entry = ?1";

/// Folds one event in.
///
/// # Errors
/// What SQLite says.
pub(super) fn apply(
    statements: &mut Statements<'_>,
    (seq, event): (u64, &Event),
    now: Timestamp,
) -> rusqlite::Result<()> {
    for entry in told_of(event) {
        statements.run(ADD_TO_ENTRY, params![entry.0, seq])?;
    }
    if let Event::PassageClosed { point }
    | Event::PassageHeldOpen { point }
    | Event::PassageUnreadable { point }
    | Event::PassageStillOpen { point } = event
    {
        statements.run(ADD_TO_OPEN_ENTRIES, params![point.0, seq])?;
    }
    match event {
        Event::PassageClosed { point } => {
            statements.run(CLOSE_ENTRIES, params![point.0, now.0])?;
        }
        Event::EntryBegan { entry, point, entrant, by, release } => {
            let code = entrant.credential().map(|code| code.0);
            let entrant = serde_json::to_string(entrant).expect("plain data");
            statements.run(BEGIN_ENTRY, params![entry.0, point.0, entrant, by.to_string(), code, now.0])?;
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
        Event::EntrySuspected { entry, what, .. } => {
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

/// The entries an event names.
fn told_of(event: &Event) -> Vec<EntryId> {
    match event {
        Event::EntryBegan { entry, .. }
        | Event::EntryReleased { entry, .. }
        | Event::EntryUnknown { entry }
        | Event::EntryJoined { entry, .. }
        | Event::DepositAwaited { entry, .. }
        | Event::EntrySuspected { entry, .. }
        | Event::EntryEnded { entry, .. }
        | Event::EvidenceHeld { what: Held::Entry(entry), .. }
        | Event::EvidenceReleased { what: Held::Entry(entry), .. }
        | Event::PassSpent { entry, .. }
        | Event::PassEnded { entry: Some(entry), .. } => vec![*entry],
        Event::PassageOpened { why: OpenedBy::Entries { entries }, .. } => entries.clone(),
        Event::PhotoTaken { asked, .. } | Event::PhotoMissing { asked: Some(asked), .. } => {
            asked.subject.entries().collect()
        }
        _ => Vec::new(),
    }
}
