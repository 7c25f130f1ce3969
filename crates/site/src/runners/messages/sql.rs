//! What the message runner reads: the outbox, the person's address, the event behind a notice, names of places.

use rusqlite::{Connection, OptionalExtension, Row, params};
use vestibule_core::{BankId, Event, KioskId, ParcelId, PersonId};

/// A row of the outbox, without its codes.
pub(super) struct WaitingRow {
    pub notice: u64,
    /// For whom; None: a test mail for a member of staff.
    pub person: Option<PersonId>,
    pub created_ms: u64,
    /// There is a mail address that has not failed.
    pub has_mail: bool,
    pub has_phone: bool,
    /// Staff were told of it before.
    pub in_trouble: bool,
}

pub(super) fn waiting(connection: &Connection) -> rusqlite::Result<Vec<WaitingRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT o.notice, o.person, o.created_at,
                CASE WHEN o.staff IS NULL THEN p.email IS NOT NULL AND p.bad_address = 0 ELSE s.disabled = 0 END AS has_mail,
                p.phone IS NOT NULL AS has_phone, n.trouble IS NOT NULL AS in_trouble
         FROM outbox o LEFT JOIN person p ON p.person = o.person LEFT JOIN staff s ON s.staff = o.staff
         LEFT JOIN notice n ON n.notice = o.notice ORDER BY o.notice",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(WaitingRow {
            notice: unsigned(row, 0)?,
            person: row.get::<_, Option<u32>>(1)?.map(PersonId),
            created_ms: unsigned(row, 2)?,
            has_mail: row.get::<_, Option<bool>>(3)?.unwrap_or(false),
            has_phone: row.get::<_, Option<bool>>(4)?.unwrap_or(false),
            in_trouble: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// A row of the outbox with all that its message needs.
pub(super) struct Letter {
    pub person: PersonId,
    pub credential: bool,
    pub sealed: Option<Vec<u8>>,
    pub created_ms: u64,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: String,
    pub unit_label: String,
    pub keypad: String,
}

pub(super) fn letter(connection: &Connection, notice: u64) -> rusqlite::Result<Option<Letter>> {
    let mut statement = connection.prepare_cached(
        "SELECT o.person, o.credential IS NOT NULL, o.sealed, o.created_at, p.first_name, p.last_name,
                CASE WHEN p.bad_address = 0 THEN p.email END, p.phone, p.language, u.label, u.keypad
         FROM outbox o JOIN person p ON p.person = o.person JOIN unit u ON u.unit = p.unit
         WHERE o.notice = ?1",
    )?;
    statement
        .query_row([signed(notice)], |row| {
            Ok(Letter {
                person: PersonId(row.get(0)?),
                credential: row.get(1)?,
                sealed: row.get(2)?,
                created_ms: unsigned(row, 3)?,
                first_name: row.get(4)?,
                last_name: row.get(5)?,
                email: row.get(6)?,
                phone: row.get(7)?,
                language: row.get(8)?,
                unit_label: row.get(9)?,
                keypad: row.get(10)?,
            })
        })
        .optional()
}

/// Name and address of whom a test mail is for, and when it was asked for.
pub(super) fn test_letter(
    connection: &Connection,
    notice: u64,
) -> rusqlite::Result<Option<(String, String, u64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.name, s.email, o.created_at FROM outbox o JOIN staff s ON s.staff = o.staff
         WHERE o.notice = ?1 AND s.disabled = 0",
    )?;
    statement.query_row([signed(notice)], |row| Ok((row.get(0)?, row.get(1)?, unsigned(row, 2)?))).optional()
}

/// The event that asked for a notice, who acted, and when. Events are in order of time, so the first of a moment is
/// found by halving; no index is kept for it.
pub(super) fn request(
    connection: &Connection,
    notice: u64,
    created_ms: u64,
) -> rusqlite::Result<Option<(Event, String)>> {
    let first = first_recorded_at(connection, signed(created_ms))?;
    let mut statement = connection.prepare_cached(
        "SELECT kind, version, payload, actor FROM event WHERE seq >= ?1 AND recorded_at >= ?2 ORDER BY seq",
    )?;
    let mut rows = statement.query(params![first, signed(created_ms)])?;
    while let Some(row) = rows.next()? {
        if row.get_ref(0)?.as_str() != Ok("notice-requested") {
            continue;
        }
        if let Some(event) = decode(row)?
            && matches!(&event, Event::NoticeRequested { notice: found, .. } if found.0 == notice)
        {
            return Ok(Some((event, row.get(3)?)));
        }
    }
    Ok(None)
}

fn first_recorded_at(connection: &Connection, at: i64) -> rusqlite::Result<i64> {
    let bounds = "SELECT coalesce(min(seq), 1), coalesce(max(seq), 1) FROM event";
    let (mut low, mut high): (i64, i64) =
        connection.prepare_cached(bounds)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut look = connection.prepare_cached("SELECT recorded_at FROM event WHERE seq = ?1")?;
    while low < high {
        let middle = low + (high - low) / 2;
        let recorded: i64 = look.query_row([middle], |row| row.get(0))?;
        if recorded < at {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// The last move of a parcel: for receipts, which say where it was.
pub(super) fn last_transfer(connection: &Connection, parcel: ParcelId) -> rusqlite::Result<Option<Event>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.kind, e.version, e.payload FROM parcel_event p JOIN event e ON e.seq = p.seq
         WHERE p.parcel = ?1 AND e.kind = 'custody-transferred' ORDER BY p.seq DESC LIMIT 1",
    )?;
    let mut rows = statement.query([signed(parcel.0)])?;
    rows.next()?.map_or(Ok(None), decode)
}

/// What a label said about whom a parcel is for.
pub(super) fn addressed_to(connection: &Connection, parcel: ParcelId) -> rusqlite::Result<Option<String>> {
    let query = "SELECT addressed_to FROM parcel_label WHERE parcel = ?1";
    let found =
        connection.prepare_cached(query)?.query_row([signed(parcel.0)], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

/// The company that brought a parcel, by the projection.
pub(super) fn carrier_of(connection: &Connection, parcel: ParcelId) -> rusqlite::Result<Option<u32>> {
    let query = "SELECT carrier FROM parcel WHERE parcel = ?1";
    let found =
        connection.prepare_cached(query)?.query_row([signed(parcel.0)], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

pub(super) fn bank_name(connection: &Connection, bank: BankId) -> rusqlite::Result<Option<String>> {
    let query = "SELECT name FROM bank_name WHERE bank = ?1";
    connection.prepare_cached(query)?.query_row([bank.0], |row| row.get(0)).optional()
}

pub(super) fn kiosk_name(connection: &Connection, kiosk: KioskId) -> rusqlite::Result<Option<String>> {
    let query = "SELECT name FROM kiosk_name WHERE kiosk = ?1";
    connection.prepare_cached(query)?.query_row([kiosk.0], |row| row.get(0)).optional()
}

pub(super) fn first_name(connection: &Connection, person: PersonId) -> rusqlite::Result<Option<String>> {
    let query = "SELECT first_name FROM person WHERE person = ?1";
    connection.prepare_cached(query)?.query_row([person.0], |row| row.get(0)).optional()
}

fn decode(row: &Row<'_>) -> rusqlite::Result<Option<Event>> {
    let payload = row.get_ref(2)?.as_blob()?;
    Ok(Event::decode(row.get_ref(0)?.as_str()?, row.get(1)?, payload).ok())
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
