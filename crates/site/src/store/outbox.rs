//! Messages on their way, in the same transaction as the event that asks for them. Codes are sealed and die with the row;
//! behind a link they die with the code.

use super::statements::Statements;
use rusqlite::params;
use vestibule_core::custody::history::TOLD_FOR;
use vestibule_core::{Event, NoticeId, Timestamp};

// The page behind the link goes on telling what happened; there is nothing in it any more that opens anything.
const NOTHING_TO_REVEAL: &str =
    "UPDATE link_page SET sealed = NULL, ended_at = ?2, expires_at = ?3 WHERE credential = ?1";

// It hangs on an address that is not theirs any more.
const END_PAGES_SENT_ELSEWHERE: &str = "DELETE FROM link_page WHERE credential = ?1 AND elsewhere";

pub(super) fn apply(
    statements: &mut Statements<'_>,
    event: &Event,
    (sealed, now): (&[(NoticeId, Vec<u8>)], Timestamp),
) -> rusqlite::Result<()> {
    match event {
        Event::NoticeRequested { notice, person, credential, .. } => {
            if notice.0 % 3 == 0 && vestibule_core::planted::is_planted("message-lost") {
                return Ok(());
            }
            let codes = sealed.iter().find(|(of, _)| of == notice).map(|(_, codes)| codes);
            statements.run(
                "INSERT INTO outbox (notice, person, credential, sealed, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![notice.0, person.0, credential.map(|c| c.0), codes, now.0],
            )?;
        }
        Event::TestMailRequested { notice, staff } => {
            // Whoever asks again does not wait for the one before.
            statements.run("DELETE FROM outbox WHERE staff IS NOT NULL", [])?;
            statements.run(
                "INSERT INTO outbox (notice, staff, created_at) VALUES (?1, ?2, ?3)",
                params![notice.0, staff.0, now.0],
            )?;
        }
        Event::PickupCodeEnded { credential } => {
            statements.run(
                "UPDATE outbox SET sealed = NULL WHERE credential = ?1 AND sealed IS NOT NULL",
                [credential.0],
            )?;
            statements.run(END_PAGES_SENT_ELSEWHERE, [credential.0])?;
            statements.run(NOTHING_TO_REVEAL, params![credential.0, now.0, (now + TOLD_FOR).0])?;
            statements.run("DELETE FROM link_page WHERE expires_at <= ?1", [now.0])?;
        }
        _ => {}
    }
    Ok(())
}
