//! What carriers say they delivered, as the tables know it: lists, one claim, and how scans compare with claims by company.
//!
//! Owns: the queries. Never: decides how far a claim is; the rules do.

use crate::rows;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Deserialize;
use std::collections::BTreeMap;
use vestibule_core::custody::delivered::{ClaimSource, Explanation};
use vestibule_core::{CarrierId, ClaimId, ParcelId, Timestamp, UnitId};

/// Which are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// They may still come.
    Waiting,
    /// Nobody scanned them in time, or the carrier was asked.
    #[default]
    Overdue,
    /// They came or were found.
    Found,
    /// They are not here.
    Explained,
}

impl Show {
    /// All of them, in the order of a claim's life.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Waiting, Self::Found, Self::Explained];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Overdue => "overdue",
            Self::Found => "found",
            Self::Explained => "explained",
        }
    }

    fn condition(self) -> &'static str {
        match self {
            Self::Waiting => "c.standing = 'waiting'",
            Self::Overdue => "c.standing IN ('due', 'asked')",
            Self::Found => "c.standing IN ('met', 'found')",
            Self::Explained => "c.standing = 'explained'",
        }
    }
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimLine {
    /// Which.
    pub claim: ClaimId,
    /// The company, if it is one of the site's.
    pub carrier: Option<CarrierId>,
    /// The company as it was called.
    pub company: Option<String>,
    /// When it was delivered, as it is said.
    pub at: Timestamp,
    /// When it was said.
    pub heard: Timestamp,
    /// By what way.
    pub source: Option<ClaimSource>,
    /// The unit named.
    pub unit: Option<UnitId>,
    /// Until then it may come, or the carrier may answer.
    pub until: Timestamp,
    /// `waiting`, `due`, `asked`, `met`, `found` or `explained`.
    pub standing: String,
    /// The parcel it is; of one that is open, a parcel that bears its number and is not it.
    pub parcel: Option<ParcelId>,
    /// Why it is not here.
    pub why: Option<Explanation>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Its number, as long as that is kept.
    pub tracking: Option<String>,
    /// The name it was addressed to.
    pub addressed_to: Option<String>,
}

impl ClaimLine {
    /// Nobody knows yet where it is.
    pub fn is_open(&self) -> bool {
        matches!(self.standing.as_str(), "waiting" | "due" | "asked")
    }
}

const COLUMNS: &str = "SELECT c.claim, c.carrier, l.company, c.at, c.heard_at, c.source, c.unit, c.until, c.standing, c.parcel,
  c.why, c.ended_at, l.tracking, l.addressed_to FROM delivery_claim c LEFT JOIN claim_label l ON l.claim = c.claim";

fn line(row: &Row<'_>) -> rusqlite::Result<ClaimLine> {
    let source: String = row.get(5)?;
    let why: Option<String> = row.get(10)?;
    Ok(ClaimLine {
        claim: ClaimId(row.get::<_, i64>(0)?.unsigned_abs()),
        carrier: row.get::<_, Option<u32>>(1)?.map(CarrierId),
        company: row.get(2)?,
        at: Timestamp(row.get(3)?),
        heard: Timestamp(row.get(4)?),
        source: ClaimSource::ALL.into_iter().find(|known| known.word() == source),
        unit: row.get::<_, Option<u32>>(6)?.map(UnitId),
        until: Timestamp(row.get(7)?),
        standing: row.get(8)?,
        parcel: row.get::<_, Option<i64>>(9)?.map(|parcel| ParcelId(parcel.unsigned_abs())),
        why: why.as_deref().and_then(Explanation::of),
        ended: row.get::<_, Option<i64>>(11)?.map(Timestamp),
        tracking: row.get(12)?,
        addressed_to: row.get(13)?,
    })
}

/// Those of one kind, newest first, older than a claim where one is named.
///
/// # Errors
/// What SQLite says.
pub fn list(
    tables: &Connection,
    show: Show,
    (before, most): (Option<ClaimId>, u32),
) -> rusqlite::Result<Vec<ClaimLine>> {
    let sql = format!("{COLUMNS} WHERE {} AND c.claim < ?1 ORDER BY c.claim DESC LIMIT ?2", show.condition());
    let before = before.and_then(|claim| i64::try_from(claim.0).ok()).unwrap_or(i64::MAX);
    tables.prepare_cached(&sql)?.query_map(params![before, most], line)?.collect()
}

/// How many there are of those that are not over.
///
/// # Errors
/// What SQLite says.
pub fn open(tables: &Connection, show: Show) -> rusqlite::Result<usize> {
    let sql =
        format!("SELECT count(*) FROM delivery_claim c WHERE c.ended_at IS NULL AND {}", show.condition());
    tables
        .prepare_cached(&sql)?
        .query_row([], |row| row.get::<_, i64>(0))
        .map(|n| usize::try_from(n).unwrap_or(0))
}

/// One of them.
///
/// # Errors
/// What SQLite says.
pub fn one(tables: &Connection, claim: ClaimId) -> rusqlite::Result<Option<ClaimLine>> {
    let sql = format!("{COLUMNS} WHERE c.claim = ?1");
    tables.prepare_cached(&sql)?.query_row([claim.0.cast_signed()], line).optional()
}

/// The row that gives a parcel without a number that of its claim.
///
/// # Errors
/// What SQLite says.
pub fn label_of(tables: &Connection, claim: ClaimId, parcel: ParcelId) -> rusqlite::Result<Vec<rows::Row>> {
    let known = "SELECT tracking, addressed_to FROM parcel_label WHERE parcel = ?1";
    let known: Option<(Option<String>, Option<String>)> = tables
        .prepare_cached(known)?
        .query_row([parcel.0.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (bears, name) = known.unwrap_or_default();
    let said = one(tables, claim)?;
    let tracking = said.as_ref().and_then(|line| line.tracking.clone());
    if bears.is_some() || tracking.is_none() {
        return Ok(Vec::new());
    }
    let addressed_to = name.or_else(|| said.and_then(|line| line.addressed_to));
    Ok(vec![rows::Row::ParcelLabel { parcel, tracking, addressed_to }])
}

/// What one company did within some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scans {
    /// Entries by its codes.
    pub entries: i64,
    /// Parcels its couriers scanned and put where their recipient finds them.
    pub deposits: i64,
    /// Parcels of its that are here without such a scan: put down in a pile, typed by hand, or taken in by staff.
    pub without_scan: i64,
    /// Parcels it is said to have delivered.
    pub claims: i64,
    /// Those of them that nobody scanned, found or not.
    pub unscanned: i64,
}

const ENTRIES: &str = "SELECT json_extract(entrant, '$.courier.carrier'), count(*) FROM entry
  WHERE began_at >= ?1 AND began_at < ?2 AND json_extract(entrant, '$.courier.carrier') IS NOT NULL GROUP BY 1";
const DEPOSITS: &str = "SELECT carrier, count(*) FROM parcel
  WHERE registered_at >= ?1 AND registered_at < ?2 AND arrived_at IS NOT NULL AND scanned GROUP BY 1";
const WITHOUT_SCAN: &str = "SELECT carrier, count(*) FROM parcel
  WHERE registered_at >= ?1 AND registered_at < ?2 AND arrived_at IS NOT NULL AND NOT scanned GROUP BY 1";
const CLAIMS: &str = "SELECT carrier, count(*) FROM delivery_claim WHERE at >= ?1 AND at < ?2 GROUP BY 1";
const UNSCANNED: &str = "SELECT carrier, count(*) FROM delivery_claim
  WHERE at >= ?1 AND at < ?2 AND standing NOT IN ('waiting', 'met') GROUP BY 1";

/// Entries, deposits and claims of each company between two moments, the first of them in it.
///
/// # Errors
/// What SQLite says.
pub fn by_carrier(
    tables: &Connection,
    (from, to): (Timestamp, Timestamp),
) -> rusqlite::Result<BTreeMap<Option<CarrierId>, Scans>> {
    let mut all: BTreeMap<Option<CarrierId>, Scans> = BTreeMap::new();
    let mut count = |sql: &str, put: fn(&mut Scans, i64)| -> rusqlite::Result<()> {
        let mut statement = tables.prepare_cached(sql)?;
        let mut rows = statement.query([from.0, to.0])?;
        while let Some(row) = rows.next()? {
            let carrier = row.get::<_, Option<u32>>(0)?.map(CarrierId);
            put(all.entry(carrier).or_default(), row.get(1)?);
        }
        Ok(())
    };
    count(ENTRIES, |scans, n| scans.entries = n)?;
    count(DEPOSITS, |scans, n| scans.deposits = n)?;
    count(WITHOUT_SCAN, |scans, n| scans.without_scan = n)?;
    count(CLAIMS, |scans, n| scans.claims = n)?;
    count(UNSCANNED, |scans, n| scans.unscanned = n)?;
    Ok(all)
}
