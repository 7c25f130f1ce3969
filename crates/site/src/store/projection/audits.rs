//! The tables of audits: what each goes over, how it ended, and which events tell of it.

use super::super::statements::Statements;
use super::word;
use rusqlite::params;
use vestibule_core::{AuditId, Event, Timestamp};

const BEGIN_AUDIT: &str = "INSERT INTO audit (audit, scope, began_at) VALUES (?1, ?2, ?3)";
const END_AUDIT: &str = "UPDATE audit SET ended_at = ?2, how = ?3 WHERE audit = ?1";
const ADD_TO_AUDIT: &str = "INSERT OR IGNORE INTO audit_event (audit, seq) VALUES (?1, ?2)";

/// Folds one event in.
///
/// # Errors
/// What SQLite says.
pub(super) fn apply(
    statements: &mut Statements<'_>,
    (seq, event): (u64, &Event),
    now: Timestamp,
) -> rusqlite::Result<()> {
    if let Some(audit) = told_of(event) {
        statements.run(ADD_TO_AUDIT, params![audit.0, seq])?;
    }
    match event {
        Event::AuditBegan { audit, scope, .. } => {
            let scope = serde_json::to_string(scope).expect("plain data");
            statements.run(BEGIN_AUDIT, params![audit.0, scope, now.0])
        }
        Event::AuditEnded { audit, how, .. } => statements.run(END_AUDIT, params![audit.0, now.0, word(how)]),
        _ => Ok(()),
    }
}

fn told_of(event: &Event) -> Option<AuditId> {
    match event {
        Event::AuditBegan { audit, .. }
        | Event::AuditDoorOpens { audit, .. }
        | Event::AuditLooked { audit, .. }
        | Event::AuditSkipped { audit, .. }
        | Event::AuditPaused { audit, .. }
        | Event::AuditSettled { audit, .. }
        | Event::AuditEnded { audit, .. } => Some(*audit),
        _ => None,
    }
}
