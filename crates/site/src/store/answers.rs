//! Answers kept for a day: a repeated key gets the first answer, without the code it showed.

use rusqlite::{Connection, OptionalExtension, params};
use vestibule_core::{Actor, Answer, Refusal, Span, Timestamp};

/// How long a key is remembered.
pub const KEPT_FOR: Span = Span::days(1);

/// A kept answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Whose key.
    pub actor: Actor,
    /// The key.
    pub key: String,
    /// SHA-256 of the request: the same key with another request is refused.
    pub request: [u8; 32],
    /// The answer. It has no room for a code.
    pub answer: Result<Answer, Refusal>,
}

pub(super) fn find(connection: &Connection, actor: Actor, key: &str) -> rusqlite::Result<Option<Kept>> {
    let mut statement =
        connection.prepare_cached("SELECT request_hash, answer FROM answer WHERE actor = ?1 AND key = ?2")?;
    let row = statement
        .query_row(params![actor.to_string(), key], |row| {
            Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    Ok(row.and_then(|(request, answer)| {
        let answer = serde_json::from_str(&answer).ok()?;
        Some(Kept { actor, key: key.to_owned(), request, answer })
    }))
}

pub(super) fn keep(connection: &Connection, kept: &Kept, now: Timestamp) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM answer WHERE at < ?1")?.execute([now.0 - KEPT_FOR.0])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO answer (actor, key, request_hash, at, answer) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            kept.actor.to_string(),
            kept.key,
            kept.request,
            now.0,
            serde_json::to_string(&kept.answer).expect("answers are plain data")
        ])?;
    Ok(())
}
