//! Failed sign-ins: growing waits, for an account and for an address, never a lock-out for good.
//!
//! A guesser waits; the owner on another line waits a minute at most. Accounts that do not exist wait the same.

use crate::store::rows::MISSES_KEPT;
use rusqlite::{Connection, params};
use vestibule_core::{Span, Timestamp};

/// How waits grow.
struct Growth {
    /// So many misses cost nothing.
    free: u32,
    /// The first wait; each further miss doubles it.
    first: Span,
    /// The longest wait.
    most: Span,
}

const SAME_ADDRESS: Growth = Growth { free: 5, first: Span::seconds(5), most: Span::minutes(15) };
const ANY_ADDRESS: Growth = Growth { free: 10, first: Span::seconds(5), most: Span::minutes(1) };
const ANY_ACCOUNT: Growth = Growth { free: 20, first: Span::seconds(5), most: Span::minutes(15) };

impl Growth {
    fn until(&self, misses: u32, last: Timestamp) -> Timestamp {
        match misses.checked_sub(self.free) {
            None => last,
            Some(over) => last + (0..over.min(32)).fold(self.first, |wait, _| wait.doubled_up_to(self.most)),
        }
    }
}

/// How an account is counted: as the address would be looked up.
pub(super) fn key(email: &str) -> String {
    email.trim().to_lowercase().chars().take(254).collect()
}

/// How long this account at this address must wait before the next try counts. None: now.
///
/// # Errors
/// What SQLite says.
pub fn wait(conn: &Connection, email: &str, address: &str, now: Timestamp) -> rusqlite::Result<Option<Span>> {
    let since = now.0 - MISSES_KEPT.0;
    let email = key(email);
    let count = |sql: &str, growth: &Growth| -> rusqlite::Result<Timestamp> {
        let params = params![email, address, since];
        let (misses, last): (u32, Option<i64>) =
            conn.prepare_cached(sql)?.query_row(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(last.map_or(now, |last| growth.until(misses, Timestamp(last))))
    };
    let until = [
        count(
            "SELECT count(*), max(at) FROM sign_in_miss WHERE email = ?1 AND address = ?2 AND at > ?3",
            &SAME_ADDRESS,
        )?,
        count(
            "SELECT count(*), max(at) FROM sign_in_miss WHERE email = ?1 AND at > ?3 AND ?2 = ?2",
            &ANY_ADDRESS,
        )?,
        count(
            "SELECT count(*), max(at) FROM sign_in_miss WHERE address = ?2 AND at > ?3 AND ?1 = ?1",
            &ANY_ACCOUNT,
        )?,
    ];
    let wait = until.into_iter().max().unwrap_or(now) - now;
    Ok((wait > Span(0)).then_some(wait))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::sample::{put, tables};
    use crate::rows::Row;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    fn miss(conn: &Connection, email: &str, address: &str, times: u32) {
        let row = Row::SignInMiss { email: key(email), address: address.to_owned(), at: NOW };
        put(conn, (0..times).map(|_| row.clone()));
    }

    #[test]
    fn waits_grow_end_and_are_forgotten() {
        let conn = tables();
        let wait_after = |now| wait(&conn, "Dana@Example.com ", "::1", now).unwrap();
        let mut waits = Vec::new();
        miss(&conn, "dana@example.com", "::1", 4);
        for _ in 0..4 {
            waits.push(wait_after(NOW).map(|wait| wait.0 / 1000));
            miss(&conn, "dana@example.com", "::1", 1);
        }
        assert_eq!(waits, [None, Some(5), Some(10), Some(20)]);
        assert_eq!(wait_after(NOW + Span::seconds(40)), None);
        miss(&conn, "dana@example.com", "::1", 60);
        assert_eq!(wait_after(NOW), Some(Span::minutes(15)), "never for good");
        assert_eq!(wait_after(NOW + MISSES_KEPT), None);
        put(&conn, [Row::ForgetSignInMisses { email: key("dana@example.com") }]);
        assert_eq!(wait_after(NOW), None);
    }

    #[test]
    fn a_guesser_elsewhere_costs_the_owner_a_minute_at_most() {
        let conn = tables();
        miss(&conn, "dana@example.com", "10.0.0.9", 500);
        assert_eq!(wait(&conn, "dana@example.com", "::1", NOW).unwrap(), Some(Span::minutes(1)));
        assert_eq!(wait(&conn, "other@example.com", "::1", NOW).unwrap(), None);
        assert_eq!(wait(&conn, "other@example.com", "10.0.0.9", NOW).unwrap(), Some(Span::minutes(15)));
    }
}
