//! Entries: who came in where, how it ended, and what was deposited; passes for doors.

use crate::handle::Request;
use crate::web::App;
use crate::web::api::answer::{Answered, Answering, Issued, ask_as, issue};
use crate::web::api::body::{Body, Id, Key, Params};
use crate::web::api::credentials::grants;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::credential::pass::PassKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::{Command, CredentialId, Site, Timestamp, UnitId};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(entries))
        .routes(routes!(passes, issue_pass))
        .routes(routes!(revoke_pass))
}

const PAGE: u32 = 50;
const PAGE_MOST: u32 = 200;

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Through one door.
    door: Option<u32>,
    /// Older than this entry: the last one of the page before.
    before: Option<u64>,
    /// At most so many, up to 200.
    limit: Option<u32>,
}

/// One entry.
#[derive(Serialize, ToSchema)]
pub struct EntryView {
    /// Its number.
    entry: u64,
    /// Through which door.
    door: u32,
    /// Who, as numbers: `courier`, `pass`, `resident`, `let_in_by_staff`, `rang`, `one_parcel` or `open_hours`.
    #[schema(value_type = Object)]
    entrant: serde_json::Value,
    /// Who caused it, such as `door:1` or `staff:2`.
    by: String,
    /// When, ms.
    began_at: i64,
    /// When the door was seen open, ms.
    opened_at: Option<i64>,
    /// When it was over, ms.
    ended_at: Option<i64>,
    /// `passed`, `left`, `not_seen_leaving`, `not_opened` or `unknown`; absent while it goes on.
    how: Option<String>,
    /// The courier's visit at a kiosk.
    visit: Option<u64>,
    /// Parcels put somewhere in that visit.
    deposits: u32,
    /// What was not as it should be: `no_deposit`, `open_long`, `second_code`, `two_doors`, `no_exit`, `left_with_more`.
    suspicions: Vec<String>,
}

const ENTRIES: &str =
    "SELECT e.entry, e.point, e.entrant, e.actor, e.began_at, e.opened_at, e.ended_at, e.how, e.visit,
    coalesce(v.deposits, 0), e.suspicions
  FROM entry e LEFT JOIN visit v ON v.visit = e.visit
  WHERE e.entry < ?1 AND (?2 IS NULL OR e.point = ?2) ORDER BY e.entry DESC LIMIT ?3";

fn page(connection: &Connection, which: &Which) -> rusqlite::Result<Vec<EntryView>> {
    let before = which.before.and_then(|entry| i64::try_from(entry).ok()).unwrap_or(i64::MAX);
    let limit = which.limit.unwrap_or(PAGE).clamp(1, PAGE_MOST);
    let mut statement = connection.prepare_cached(ENTRIES)?;
    let rows = statement.query_map(params![before, which.door, limit], line)?;
    rows.collect()
}

fn line(row: &Row<'_>) -> rusqlite::Result<EntryView> {
    let number = |at: usize| row.get::<_, i64>(at).map(i64::unsigned_abs);
    let suspicions: String = row.get(10)?;
    Ok(EntryView {
        entry: number(0)?,
        door: row.get(1)?,
        entrant: serde_json::from_str(&row.get::<_, String>(2)?).unwrap_or_default(),
        by: row.get(3)?,
        began_at: row.get(4)?,
        opened_at: row.get(5)?,
        ended_at: row.get(6)?,
        how: row.get(7)?,
        visit: row.get::<_, Option<i64>>(8)?.map(i64::unsigned_abs),
        deposits: row.get(9)?,
        suspicions: suspicions.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Entries, newest first.
#[utoipa::path(get, path = "/api/v1/entries", params(Which), responses((status = 200, body = [EntryView])), tag = "doors")]
async fn entries(
    State(app): State<App>,
    _: StaffSession,
    Params(which): Params<Which>,
) -> Result<Json<Vec<EntryView>>, Fault> {
    Ok(Json(app.site.query(move |connection| page(connection, &which)).await?))
}

/// A pass without its code.
#[derive(Serialize, ToSchema)]
pub struct PassView {
    /// Its number.
    credential: u64,
    /// `visitor` or `delivery`.
    #[schema(value_type = String)]
    kind: PassKind,
    /// The unit it is for, if one.
    unit: Option<u32>,
    /// When it holds.
    #[schema(value_type = [Object])]
    windows: Vec<WeekWindow>,
    /// When it ends, ms.
    expires: i64,
    /// The doors it opens, one of them once.
    doors: Vec<u32>,
}

/// The passes that can still be used.
#[utoipa::path(get, path = "/api/v1/passes", responses((status = 200, body = [PassView])), tag = "doors")]
async fn passes(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<PassView>>, Fault> {
    let look = |site: &Site, _| {
        let passes = site.credentials.passes.live.iter();
        passes
            .map(|(id, pass)| PassView {
                credential: id.0,
                kind: pass.kind,
                unit: pass.unit.map(|unit| unit.0),
                windows: pass.windows.clone(),
                expires: pass.expires.0,
                doors: pass.doors.iter().map(|door| door.point.0).collect(),
            })
            .collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// A pass to be issued.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PassBody {
    /// `visitor` or `delivery`.
    #[schema(value_type = String, example = "visitor")]
    kind: PassKind,
    /// The unit it is for, if one.
    unit: Option<u32>,
    /// When it holds: `days` bit 0 = Monday, `from` and `to` in minutes of the day.
    #[schema(value_type = [Object])]
    windows: Vec<WeekWindow>,
    /// When it ends, ms; within 90 days.
    expires: i64,
    /// The doors it opens, one of them once.
    doors: Vec<u32>,
}

/// Issues a single-use pass for doors, shown once in this answer.
#[utoipa::path(post, path = "/api/v1/passes", request_body = PassBody, responses((status = 200, body = Issued)), tag = "doors")]
async fn issue_pass(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<PassBody>,
) -> Result<Json<Issued>, Fault> {
    session.allowed(Permission::IssueCourierCodes)?;
    let PassBody { kind, unit, windows, expires, doors } = body;
    let (unit, expires) = (unit.map(UnitId), Timestamp(expires));
    let command = Command::IssuePass { kind, unit, windows, expires, doors: grants(&doors) };
    issue(&app, Request::new(session.actor(), command).with_key(key)).await
}

/// Ends a pass.
#[utoipa::path(post, path = "/api/v1/passes/{id}/revoke", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "doors")]
async fn revoke_pass(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
) -> Answering {
    session.allowed(Permission::IssueCourierCodes)?;
    ask_as(&app, &session, key, Command::RevokePass { credential: CredentialId(id) }).await
}
