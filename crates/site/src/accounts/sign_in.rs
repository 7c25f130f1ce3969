//! Signing in: waits, one hash at a time, the same words and the same work for an unknown account and a wrong password.

use super::password::{self, Busy, Password};
use super::{misses, session};
use crate::handle::{Gone, SiteHandle, Unwritten};
use crate::rows::Row;
use rusqlite::{Connection, OptionalExtension};
use vestibule_core::{Span, StaffId};

/// What somebody typed, and from where.
pub struct Attempt {
    /// Mail address.
    pub email: String,
    /// Password.
    pub password: Password,
    /// The network address they come from.
    pub address: String,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInFault {
    /// No such account, or not its password: nobody is told which.
    #[error("mail address or password is wrong")]
    Wrong,
    /// Too many misses; the try was not looked at.
    #[error("too many tries; wait {} seconds", .0.0.div_euclid(1000) + 1)]
    Wait(Span),
    /// Too many at once.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The site is shutting down.
    #[error(transparent)]
    Gone(#[from] Gone),
    /// Nothing was written.
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
    /// The tables cannot be read.
    #[error("the accounts cannot be read: {0}")]
    Store(#[from] rusqlite::Error),
}

/// Signs in: the value of the session's cookie, whose session is durable. Tries are looked at one after the other, so a
/// burst of guesses meets the waits as well.
///
/// # Errors
/// [`SignInFault`].
pub async fn sign_in(site: &SiteHandle, attempt: Attempt) -> Result<String, SignInFault> {
    let turn = password::turn().await?;
    let now = site.now();
    let (email, address) = (misses::key(&attempt.email), attempt.address);
    let (asked, from) = (email.clone(), address.clone());
    let (wait, account) = site
        .query(move |conn| Ok((misses::wait(conn, &asked, &from, now)?, stored_password(conn, &asked)?)))
        .await?;
    if let Some(wait) = wait {
        return Err(SignInFault::Wait(wait));
    }
    let (staff, stored) = account.map_or((None, None), |(staff, stored)| (Some(staff), stored));
    let right = turn.verify(attempt.password, stored).await;
    match staff.filter(|_| right) {
        Some(staff) => {
            let (cookie, mut rows) = session::begin_session(staff, now);
            rows.push(Row::ForgetSignInMisses { email });
            site.write(rows).await?;
            Ok(cookie)
        }
        None => {
            site.write(vec![Row::SignInMiss { email, address, at: now }]).await?;
            Err(SignInFault::Wrong)
        }
    }
}

fn stored_password(conn: &Connection, email: &str) -> rusqlite::Result<Option<(StaffId, Option<String>)>> {
    conn.prepare_cached("SELECT staff, password FROM staff WHERE email = ?1 AND disabled = 0")?
        .query_row([email], |row| Ok((StaffId(row.get(0)?), row.get(1)?)))
        .optional()
}
