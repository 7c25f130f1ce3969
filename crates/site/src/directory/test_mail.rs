//! What the mail server said to the last test mail, beside the events that only know whether it was taken.

use crate::rows::Row;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use vestibule_core::NoticeId;

const KEY: &str = "test_mail_said";
/// Longer than our own sentence around a server's words, which are cut before.
const WORDS_MOST: usize = 700;

#[derive(Serialize, Deserialize)]
struct Said {
    notice: u64,
    words: String,
}

/// Keeps what was said to a test mail, on one line. What was said to the one before is forgotten.
pub fn said(notice: NoticeId, words: &str) -> Row {
    let flat: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS_MOST).collect();
    let words = flat.split_whitespace().collect::<Vec<_>>().join(" ");
    let value = serde_json::to_string(&Said { notice: notice.0, words }).expect("plain data");
    Row::Setting { key: KEY.to_owned(), value }
}

/// What was said to this one, if anything was yet.
///
/// # Errors
/// What SQLite says.
pub fn said_to(conn: &Connection, notice: NoticeId) -> rusqlite::Result<Option<String>> {
    let value: Option<String> = conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([KEY], |row| row.get(0))
        .optional()?;
    let said = value.and_then(|value| serde_json::from_str::<Said>(&value).ok());
    Ok(said.filter(|said| said.notice == notice.0 && !said.words.is_empty()).map(|said| said.words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::sample::{put, tables};

    #[test]
    fn a_servers_words_are_one_short_line_and_go_with_their_mail_alone() {
        let conn = tables();
        assert_eq!(said_to(&conn, NoticeId(1)).unwrap(), None);
        put(&conn, [said(NoticeId(1), "550 no\r\n\u{1b}[31m such user")]);
        assert_eq!(said_to(&conn, NoticeId(1)).unwrap().unwrap(), "550 no [31m such user");
        put(&conn, [said(NoticeId(2), &"x".repeat(5_000))]);
        assert_eq!(said_to(&conn, NoticeId(2)).unwrap().unwrap().len(), WORDS_MOST);
        assert_eq!(said_to(&conn, NoticeId(1)).unwrap(), None, "another mail, another word");
    }
}
