//! Parcels: search with paging, one parcel with its history.

mod claims;

use super::body::{Id, Params};
use crate::web::App;
use crate::web::guard::StaffSession;
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::Refusal;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).merge(claims::routes())
}

const PAGE: u32 = 50;
const PAGE_MOST: u32 = 200;

/// Which parcels.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Search {
    /// Part of a tracking number or of a name on a label, or a whole unit label.
    q: Option<String>,
    /// Those that are here alone.
    #[serde(default)]
    here: bool,
    /// Of one unit.
    unit: Option<u32>,
    /// Older than this parcel: `next` of the page before.
    before: Option<u64>,
    /// At most so many, up to 200.
    limit: Option<u32>,
}

/// A parcel in a list.
#[derive(Serialize, ToSchema)]
pub struct ParcelLine {
    /// Its number.
    parcel: u64,
    /// Registered, ms since 1970.
    registered_at: i64,
    /// The company that brought it.
    carrier: Option<u32>,
    /// For which unit.
    unit: Option<u32>,
    /// Its label.
    unit_label: Option<String>,
    /// `courier`, `compartment`, `shelf`, `common_area`, `staff`, `recipient`, `carrier`, `missing` or `written_off`.
    custodian: String,
    /// The custodian's number, where it has one.
    custodian_id: Option<u64>,
    /// In this custody since, ms.
    since: i64,
    /// Put where its recipient can find it, ms.
    arrived_at: Option<i64>,
    /// Left the site for good, ms.
    ended_at: Option<i64>,
    /// The number on its label.
    tracking: Option<String>,
    /// The name on its label.
    addressed_to: Option<String>,
}

/// A page of parcels, newest first.
#[derive(Serialize, ToSchema)]
pub struct ParcelPage {
    /// The parcels.
    parcels: Vec<ParcelLine>,
    /// Give this as `before` for the next page; absent on the last.
    next: Option<u64>,
}

/// A moment of a parcel's history.
#[derive(Serialize, ToSchema)]
pub struct ParcelMoment {
    /// Place in the ledger.
    seq: u64,
    /// Site time, ms.
    at: i64,
    /// The event's kind.
    kind: String,
    /// Who caused it, such as `staff:3`.
    actor: String,
    /// The event as the ledger has it.
    #[schema(value_type = Object)]
    event: serde_json::Value,
}

/// A parcel with its history.
#[derive(Serialize, ToSchema)]
pub struct ParcelStory {
    /// The parcel.
    parcel: ParcelLine,
    /// What happened, oldest first.
    timeline: Vec<ParcelMoment>,
}

const COLUMNS: &str = "SELECT p.parcel, p.registered_at, p.carrier, p.unit, u.label, p.custodian, p.custodian_id, p.since, \
     p.arrived_at, p.ended_at, l.tracking, l.addressed_to \
     FROM parcel p LEFT JOIN unit u ON u.unit = p.unit LEFT JOIN parcel_label l ON l.parcel = p.parcel";

/// Parcels, newest first.
#[utoipa::path(get, path = "/api/v1/parcels", params(Search), responses((status = 200, body = ParcelPage)), tag = "parcels")]
async fn list(
    State(app): State<App>,
    _: StaffSession,
    Params(search): Params<Search>,
) -> Result<Json<ParcelPage>, Fault> {
    let limit = search.limit.unwrap_or(PAGE).clamp(1, PAGE_MOST);
    let parcels = app.site.query(move |connection| found(connection, &search, limit)).await?;
    let is_full = parcels.len() == limit as usize;
    let next = parcels.last().filter(|_| is_full).map(|last| last.parcel);
    Ok(Json(ParcelPage { parcels, next }))
}

fn found(connection: &Connection, search: &Search, limit: u32) -> rusqlite::Result<Vec<ParcelLine>> {
    let sql = format!(
        "{COLUMNS} WHERE p.parcel < ?1 AND (?2 = 0 OR p.ended_at IS NULL) AND (?3 IS NULL OR p.unit = ?3) \
         AND (?4 = '' OR instr(lower(l.tracking), ?4) OR instr(lower(l.addressed_to), ?4) OR lower(u.label) = ?4) \
         ORDER BY p.parcel DESC LIMIT ?5"
    );
    let before = search.before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
    let text = search.q.as_deref().unwrap_or_default().trim().to_lowercase();
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_map(params![before, search.here, search.unit, text, limit], line)?.collect()
}

fn line(row: &Row<'_>) -> rusqlite::Result<ParcelLine> {
    Ok(ParcelLine {
        parcel: number(row, 0)?,
        registered_at: row.get(1)?,
        carrier: row.get(2)?,
        unit: row.get(3)?,
        unit_label: row.get(4)?,
        custodian: row.get(5)?,
        custodian_id: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
        since: row.get(7)?,
        arrived_at: row.get(8)?,
        ended_at: row.get(9)?,
        tracking: row.get(10)?,
        addressed_to: row.get(11)?,
    })
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

/// One parcel and what happened to it.
#[utoipa::path(get, path = "/api/v1/parcels/{id}", params(("id" = u64, Path)), responses((status = 200, body = ParcelStory)), tag = "parcels")]
async fn one(State(app): State<App>, _: StaffSession, Id(id): Id<u64>) -> Result<Json<ParcelStory>, Fault> {
    let id = i64::try_from(id).map_err(|_| Refusal::NotFound)?;
    let story = app.site.query(move |connection| story(connection, id)).await?;
    Ok(Json(story.ok_or(Refusal::NotFound)?))
}

fn story(connection: &Connection, id: i64) -> rusqlite::Result<Option<ParcelStory>> {
    let sql = format!("{COLUMNS} WHERE p.parcel = ?1");
    let Some(parcel) = connection.prepare_cached(&sql)?.query_row([id], line).optional()? else {
        return Ok(None);
    };
    let sql = "SELECT e.seq, e.recorded_at, e.kind, e.actor, e.payload FROM parcel_event x JOIN event e ON e.seq = x.seq \
               WHERE x.parcel = ?1 ORDER BY e.seq";
    let mut statement = connection.prepare_cached(sql)?;
    let timeline = statement.query_map([id], moment)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Some(ParcelStory { parcel, timeline }))
}

fn moment(row: &Row<'_>) -> rusqlite::Result<ParcelMoment> {
    let event = serde_json::from_slice(row.get_ref(4)?.as_blob()?).unwrap_or_default();
    Ok(ParcelMoment { seq: number(row, 0)?, at: row.get(1)?, kind: row.get(2)?, actor: row.get(3)?, event })
}
