//! Accounts come and go: the first owner by the set-up link, others by invitation; new passwords by link.
//!
//! Core gives the number; the account's rows are written in the same transaction. Changes go one after the other, so that
//! one link makes one owner and the last owner stays.

use super::link::{self, INVITATION_LIFE, Link, Purpose};
use super::password::{self, Busy, Password, PasswordFault};
use super::{Role, misses};
use crate::handle::{Gone, Request, SiteHandle, Unwritten};
use crate::rows::Row;
use rusqlite::{Connection, OptionalExtension};
use tokio::sync::Mutex;
use vestibule_core::{Actor, Answer, Command, Refusal, StaffId, Timestamp};
use vestibule_notices::address::{MailAddress, MailAddressError};

static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
const NAME_AT_MOST: usize = 80;

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountFault {
    /// The link is unknown, used or too old.
    #[error(
        "this link is used up or too old; ask for a fresh one (vestibule setup-link, vestibule staff reset EMAIL)"
    )]
    Link,
    /// The mail address.
    #[error(transparent)]
    Email(#[from] MailAddressError),
    /// The address has an account.
    #[error("there is an account with this mail address")]
    EmailTaken,
    /// The name.
    #[error("a name of 1 to {NAME_AT_MOST} characters is needed")]
    Name,
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// No such account.
    #[error("there is no such account")]
    Unknown,
    /// The site would have no owner.
    #[error("this is the only owner; make another account owner first")]
    LastOwner,
    /// The site refused.
    #[error("the site refused: {0:?}")]
    Refused(Refusal),
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

/// Makes the first owner.
///
/// # Errors
/// [`AccountFault`].
pub async fn create_owner(
    site: &SiteHandle,
    token: &str,
    (email, name): (&str, &str),
    password: Password,
) -> Result<StaffId, AccountFault> {
    let (email, name) = checked(email, name)?;
    password.check(&email)?;
    let _alone = ONE_AT_A_TIME.lock().await;
    let now = site.now();
    let given = token.to_owned();
    let allowed = site
        .query(move |conn| {
            Ok(!link::owner_exists(conn)? && link::check_link(conn, Purpose::SetUp, &given, now)?.is_some())
        })
        .await?;
    if !allowed {
        return Err(AccountFault::Link);
    }
    let stored = password::turn().await?.hash(password).await;
    let spent = link::spent(token);
    enrol(site, Actor::Console, move |staff| {
        let role = Role::Owner.word().to_owned();
        vec![Row::Staff { staff, email, name, role }, Row::StaffPassword { staff, password: stored }, spent]
    })
    .await
}

/// Makes an account without a password and the link with which its owner chooses one.
///
/// # Errors
/// [`AccountFault`].
pub async fn invite(
    site: &SiteHandle,
    by: Actor,
    (email, name): (&str, &str),
    role: Role,
) -> Result<(StaffId, String), AccountFault> {
    let (email, name) = checked(email, name)?;
    let _alone = ONE_AT_A_TIME.lock().await;
    let now = site.now();
    let asked = email.clone();
    if site.query(move |conn| account(conn, &asked)).await?.is_some() {
        return Err(AccountFault::EmailTaken);
    }
    let Link { token, mut row } = link::fresh(Purpose::Reset, None, now + INVITATION_LIFE);
    let role = role.word().to_owned();
    let staff = enrol(site, by, move |staff| {
        if let Row::OneTimeLink { staff: whose, .. } = &mut row {
            *whose = Some(staff);
        }
        vec![Row::Staff { staff, email, name, role }, row]
    })
    .await?;
    Ok((staff, token))
}

/// A durable link to a new password: its token.
///
/// # Errors
/// [`AccountFault::Unknown`] and what the site says.
pub async fn reset(site: &SiteHandle, email: &str) -> Result<String, AccountFault> {
    let now = site.now();
    let email = email.to_owned();
    let link = site.query(move |conn| link::reset_link(conn, &email, now)).await?;
    let Link { token, row } = link.ok_or(AccountFault::Unknown)?;
    site.write(vec![row]).await?;
    Ok(token)
}

/// Chooses a password by link; all sessions of the account end and its misses are forgotten.
///
/// # Errors
/// [`AccountFault`].
pub async fn choose_password(
    site: &SiteHandle,
    token: &str,
    password: Password,
) -> Result<StaffId, AccountFault> {
    let _alone = ONE_AT_A_TIME.lock().await;
    let now = site.now();
    let given = token.to_owned();
    let (staff, email) =
        site.query(move |conn| link_owner(conn, &given, now)).await?.ok_or(AccountFault::Link)?;
    password.check(&email)?;
    let stored = password::turn().await?.hash(password).await;
    let rows = vec![
        Row::StaffPassword { staff, password: stored },
        Row::EndSessions { staff },
        Row::ForgetSignInMisses { email: misses::key(&email) },
        link::spent(token),
    ];
    site.write(rows).await?;
    Ok(staff)
}

/// Disables or enables an account; disabling ends its sessions. The last owner stays.
///
/// # Errors
/// [`AccountFault`].
pub async fn set_disabled(site: &SiteHandle, staff: StaffId, disabled: bool) -> Result<(), AccountFault> {
    let is_known = "SELECT EXISTS (SELECT 1 FROM staff WHERE staff = ?1)";
    if !site.query(move |conn| conn.prepare_cached(is_known)?.query_row([staff.0], |row| row.get(0))).await? {
        return Err(AccountFault::Unknown);
    }
    let _alone = ONE_AT_A_TIME.lock().await;
    if disabled {
        keep_an_owner(site, staff).await?;
    }
    Ok(site.write(vec![Row::StaffDisabled { staff, disabled }]).await?)
}

/// Changes name and role of an account. The last owner stays one.
///
/// # Errors
/// [`AccountFault`].
pub async fn change(site: &SiteHandle, staff: StaffId, name: &str, role: Role) -> Result<(), AccountFault> {
    let _alone = ONE_AT_A_TIME.lock().await;
    if role != Role::Owner {
        keep_an_owner(site, staff).await?;
    }
    let name = checked_name(name)?;
    let email = site
        .query(move |conn| {
            let mut query = conn.prepare_cached("SELECT email FROM staff WHERE staff = ?1")?;
            query.query_row([staff.0], |row| row.get::<_, String>(0)).optional()
        })
        .await?
        .ok_or(AccountFault::Unknown)?;
    Ok(site.write(vec![Row::Staff { staff, email, name, role: role.word().to_owned() }]).await?)
}

/// An account in the list of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// Who.
    pub staff: StaffId,
    /// Mail address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role; None if the table holds a word nobody knows.
    pub role: Option<Role>,
    /// May not sign in.
    pub disabled: bool,
    /// Has not chosen a password yet.
    pub invited: bool,
}

/// All accounts.
///
/// # Errors
/// What SQLite says.
pub fn accounts(conn: &Connection) -> rusqlite::Result<Vec<AccountLine>> {
    let mut query = conn.prepare_cached(
        "SELECT staff, email, name, role, disabled, password IS NULL FROM staff ORDER BY name, staff",
    )?;
    query
        .query_map([], |row| {
            Ok(AccountLine {
                staff: StaffId(row.get(0)?),
                email: row.get(1)?,
                name: row.get(2)?,
                role: Role::from_word(&row.get::<_, String>(3)?),
                disabled: row.get(4)?,
                invited: row.get(5)?,
            })
        })?
        .collect()
}

async fn enrol(
    site: &SiteHandle,
    by: Actor,
    rows: impl FnOnce(StaffId) -> Vec<Row> + Send + 'static,
) -> Result<StaffId, AccountFault> {
    let request = Request::new(by, Command::EnrolStaff).with_rows(move |answer| match answer {
        Answer::Staff(staff) => rows(*staff),
        _ => Vec::new(),
    });
    match site.ask(request).await?.answer {
        Ok(Answer::Staff(staff)) => Ok(staff),
        Ok(_) => Err(AccountFault::Unknown),
        Err(refusal) => Err(AccountFault::Refused(refusal)),
    }
}

async fn keep_an_owner(site: &SiteHandle, staff: StaffId) -> Result<(), AccountFault> {
    let others = site
        .query(move |conn| {
            let sql =
                "SELECT EXISTS (SELECT 1 FROM staff WHERE role = 'owner' AND disabled = 0 AND staff <> ?1
                       AND password IS NOT NULL)";
            conn.prepare_cached(sql)?.query_row([staff.0], |row| row.get::<_, bool>(0))
        })
        .await?;
    if others { Ok(()) } else { Err(AccountFault::LastOwner) }
}

fn checked(email: &str, name: &str) -> Result<(String, String), AccountFault> {
    let email: MailAddress = email.parse()?;
    Ok((email.as_str().to_lowercase(), checked_name(name)?))
}

fn checked_name(name: &str) -> Result<String, AccountFault> {
    let name = name.trim();
    let good = (1..=NAME_AT_MOST).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if good { Ok(name.to_owned()) } else { Err(AccountFault::Name) }
}

fn account(conn: &Connection, email: &str) -> rusqlite::Result<Option<u32>> {
    conn.prepare_cached("SELECT staff FROM staff WHERE email = ?1")?
        .query_row([email], |row| row.get(0))
        .optional()
}

fn link_owner(conn: &Connection, token: &str, now: Timestamp) -> rusqlite::Result<Option<(StaffId, String)>> {
    let Some(staff) = link::check_link(conn, Purpose::Reset, token, now)?.flatten() else { return Ok(None) };
    conn.prepare_cached("SELECT email FROM staff WHERE staff = ?1 AND disabled = 0")?
        .query_row([staff.0], |row| Ok((staff, row.get(0)?)))
        .optional()
}

#[cfg(test)]
mod tests;
