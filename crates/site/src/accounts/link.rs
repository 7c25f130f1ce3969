//! One-time links: the set-up of the first owner, an invitation, a new password. Single use, short-lived.

use super::token;
use crate::rows::Row;
use rusqlite::{Connection, OptionalExtension, params};
use vestibule_core::{Span, StaffId, Timestamp};

/// A set-up link or a link to a new password holds so long.
pub const LIFE: Span = Span::minutes(30);
/// An invitation holds so long.
pub const INVITATION_LIFE: Span = Span::days(3);

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Makes the first owner.
    SetUp,
    /// Chooses a password: after an invitation or a reset.
    Reset,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::SetUp => "setup",
            Self::Reset => "reset",
        }
    }
}

/// A fresh link. The token is given out once; the row must be written.
pub struct Link {
    /// The last part of its address.
    pub token: String,
    /// To be written; ends earlier links of the same purpose and account.
    pub row: Row,
}

/// Makes a link.
pub(super) fn fresh(purpose: Purpose, staff: Option<StaffId>, expires_at: Timestamp) -> Link {
    let token = token::fresh();
    let row = Row::OneTimeLink {
        token: token::digest(&token),
        purpose: purpose.word().to_owned(),
        staff,
        expires_at,
    };
    Link { token, row }
}

/// Whether anybody owns the site; until then nothing but set-up is reachable.
///
/// # Errors
/// What SQLite says.
pub fn owner_exists(conn: &Connection) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM staff WHERE role = 'owner' AND disabled = 0)")?
        .query_row([], |row| row.get(0))
}

/// A set-up link, fresh at each start. None: there is an owner.
///
/// # Errors
/// What SQLite says.
pub fn setup_link(conn: &Connection, now: Timestamp) -> rusqlite::Result<Option<Link>> {
    Ok((!owner_exists(conn)?).then(|| fresh(Purpose::SetUp, None, now + LIFE)))
}

/// A link with which an account chooses a new password (`vestibule staff reset EMAIL`). None: no such account.
///
/// # Errors
/// What SQLite says.
pub fn reset_link(conn: &Connection, email: &str, now: Timestamp) -> rusqlite::Result<Option<Link>> {
    let staff: Option<u32> = conn
        .prepare_cached("SELECT staff FROM staff WHERE email = ?1 AND disabled = 0")?
        .query_row([email.trim()], |row| row.get(0))
        .optional()?;
    Ok(staff.map(|staff| fresh(Purpose::Reset, Some(StaffId(staff)), now + LIFE)))
}

/// Whose link this is, while it holds: None inside for the set-up link. None outside: unknown, used or too old.
///
/// # Errors
/// What SQLite says.
pub fn check_link(
    conn: &Connection,
    purpose: Purpose,
    token: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<Option<StaffId>>> {
    conn.prepare_cached(
        "SELECT staff FROM one_time_link WHERE token = ?1 AND purpose = ?2 AND expires_at > ?3",
    )?
    .query_row(params![token::digest(token), purpose.word(), now.0], |row| row.get::<_, Option<u32>>(0))
    .optional()
    .map(|found| found.map(|staff| staff.map(StaffId)))
}

/// The row that ends a link.
pub(super) fn spent(token: &str) -> Row {
    Row::EndOneTimeLink { token: token::digest(token) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::sample::{put, tables};

    #[test]
    fn a_fresh_setup_link_ends_the_one_before_and_all_end_in_time() {
        let conn = tables();
        let now = Timestamp(1_000);
        let first = setup_link(&conn, now).unwrap().unwrap();
        let second = setup_link(&conn, now).unwrap().unwrap();
        let holds = |token: &str, purpose, now| check_link(&conn, purpose, token, now).unwrap().is_some();
        put(&conn, [first.row]);
        assert!(holds(&first.token, Purpose::SetUp, now));
        assert!(!holds(&first.token, Purpose::Reset, now), "for nothing else");
        put(&conn, [second.row]);
        assert!(!holds(&first.token, Purpose::SetUp, now));
        assert!(holds(&second.token, Purpose::SetUp, now + LIFE + Span(-1)));
        assert!(!holds(&second.token, Purpose::SetUp, now + LIFE));
        put(&conn, [spent(&second.token)]);
        assert!(!holds(&second.token, Purpose::SetUp, now));
    }

    #[test]
    fn no_setup_link_once_there_is_an_owner_and_resets_only_for_live_accounts() {
        let conn = tables();
        let staff = StaffId(4);
        let (email, name, role) = ("Dana@example.com".to_owned(), "Dana".to_owned(), "owner".to_owned());
        put(&conn, [Row::Staff { staff, email, name, role }]);
        assert!(setup_link(&conn, Timestamp(1)).unwrap().is_none());
        let link = reset_link(&conn, "dana@EXAMPLE.com", Timestamp(1)).unwrap().unwrap();
        put(&conn, [link.row]);
        assert_eq!(check_link(&conn, Purpose::Reset, &link.token, Timestamp(2)).unwrap(), Some(Some(staff)));
        put(&conn, [Row::StaffDisabled { staff, disabled: true }]);
        assert!(reset_link(&conn, "dana@example.com", Timestamp(1)).unwrap().is_none());
    }
}
