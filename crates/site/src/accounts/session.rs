//! Sessions of staff: an opaque token in a cookie, 12 hours at most, 60 minutes without use.
//!
//! Never stores the token, only its digest. Cookies themselves are the web layer's.

use super::role::Role;
use super::token;
use crate::rows::Row;
use rusqlite::{Connection, OptionalExtension, params};
use vestibule_core::{Span, StaffId, Timestamp};

/// A session ends after so long whatever happens.
pub const LIFE: Span = Span::hours(12);
/// A session not used for so long has ended.
pub const IDLE: Span = Span::minutes(60);
/// Use is written down at most so often.
const SEEN_EVERY: Span = Span::minutes(1);

/// A session that was checked. No Debug: it holds the form token.
#[derive(Clone)]
pub struct Signed {
    /// Who.
    pub staff: StaffId,
    /// Their mail address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What every form of this session carries.
    pub csrf: String,
    /// The session's key in the table, to end it.
    pub token: [u8; 32],
    /// To be written, now and then, so that the session counts as used.
    pub seen: Option<Row>,
}

/// Begins a session: the cookie's value, given out once, and the rows to write.
pub fn begin_session(staff: StaffId, now: Timestamp) -> (String, Vec<Row>) {
    let cookie = token::fresh();
    let row = Row::Session {
        token: token::digest(&cookie),
        staff,
        csrf: token::fresh(),
        created_at: now,
        expires_at: now + LIFE,
    };
    (cookie, vec![row])
}

/// The live session of a cookie. None: unknown, ended, idle for too long, or the account is disabled.
///
/// # Errors
/// What SQLite says.
pub fn check_session(conn: &Connection, cookie: &str, now: Timestamp) -> rusqlite::Result<Option<Signed>> {
    let token = token::digest(cookie);
    let mut query = conn.prepare_cached(
        "SELECT staff, email, name, role, csrf, seen_at FROM staff_session JOIN staff USING (staff)
         WHERE token = ?1 AND expires_at > ?2 AND seen_at > ?3 AND disabled = 0",
    )?;
    let idle_since = now.0 - IDLE.0;
    let found = query.query_row(params![token, now.0, idle_since], |row| {
        let Some(role) = Role::from_word(&row.get::<_, String>(3)?) else { return Ok(None) };
        let seen_at = Timestamp(row.get(5)?);
        Ok(Some(Signed {
            staff: StaffId(row.get(0)?),
            email: row.get(1)?,
            name: row.get(2)?,
            role,
            csrf: row.get(4)?,
            token,
            seen: (now - seen_at >= SEEN_EVERY).then_some(Row::SessionSeen { token, at: now }),
        }))
    });
    found.optional().map(Option::flatten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::sample::{put, tables};

    const START: Timestamp = Timestamp(1_000_000);

    fn account(conn: &Connection) -> StaffId {
        let staff = StaffId(1);
        let (email, name, role) = ("dana@example.com".to_owned(), "Dana".to_owned(), "manager".to_owned());
        put(conn, [Row::Staff { staff, email, name, role }]);
        staff
    }

    #[test]
    fn a_session_holds_while_used_and_never_longer_than_its_life() {
        let conn = tables();
        let (cookie, rows) = begin_session(account(&conn), START);
        put(&conn, rows);
        let signed = check_session(&conn, &cookie, START + Span::seconds(59)).unwrap().unwrap();
        assert_eq!((signed.role, signed.name.as_str()), (Role::Manager, "Dana"));
        assert!(signed.seen.is_none(), "used a moment ago");
        let mut now = START;
        while now + Span::minutes(59) < START + LIFE {
            now = now + Span::minutes(59);
            put(&conn, check_session(&conn, &cookie, now).unwrap().expect("it is in use").seen);
        }
        assert!(check_session(&conn, &cookie, START + LIFE).unwrap().is_none());
        assert!(check_session(&conn, "another", START).unwrap().is_none());
        assert!(check_session(&conn, "", START).unwrap().is_none());
    }

    #[test]
    fn idle_ended_and_disabled_sessions_are_gone() {
        let conn = tables();
        let staff = account(&conn);
        let open = || {
            let (cookie, rows) = begin_session(staff, START);
            put(&conn, rows);
            cookie
        };
        let lives = |cookie: &str, now| check_session(&conn, cookie, now).unwrap().is_some();
        let first = open();
        assert!(lives(&first, START + IDLE + Span(-1)));
        assert!(!lives(&first, START + IDLE));
        let second = open();
        assert_ne!(first, second);
        let signed = check_session(&conn, &first, START).unwrap().unwrap();
        put(&conn, [Row::EndSession { token: signed.token }]);
        assert!(!lives(&first, START) && lives(&second, START));
        put(
            &conn,
            [Row::StaffDisabled { staff, disabled: true }, Row::StaffDisabled { staff, disabled: false }],
        );
        assert!(!lives(&second, START), "disabling ends sessions for good");
    }

    #[test]
    fn the_token_itself_is_stored_nowhere() {
        let conn = tables();
        let (cookie, rows) = begin_session(account(&conn), START);
        put(&conn, rows);
        let stored: Vec<u8> =
            conn.query_row("SELECT token FROM staff_session", [], |row| row.get(0)).unwrap();
        assert!(cookie.len() >= 43 && stored.len() == 32 && !cookie.as_bytes().starts_with(&stored[..8]));
    }
}
