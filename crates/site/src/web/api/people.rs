//! Units and residents, and telling a resident.

use super::answer::{Answered, Answering, Issued, ask_as, issue};
use super::body::{Id, Key, Params};
use crate::directory::fold;
use crate::handle::Request;
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::{Command, PersonId};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(units))
        .routes(routes!(residents))
        .routes(routes!(reveal))
        .routes(routes!(notify))
}

const PAGE: u32 = 100;
const PAGE_MOST: u32 = 1_000;

/// Which units or residents.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Search {
    /// Part of a name or label.
    q: Option<String>,
    /// Of one unit.
    unit: Option<u32>,
    /// After this number: the last of the page before.
    after: Option<u32>,
    /// At most so many, up to 1000.
    limit: Option<u32>,
}

impl Search {
    fn text(&self) -> String {
        self.q.as_deref().unwrap_or_default().trim().to_lowercase()
    }
    fn limit(&self) -> u32 {
        self.limit.unwrap_or(PAGE).clamp(1, PAGE_MOST)
    }
}

/// A unit.
#[derive(Serialize, ToSchema)]
pub struct UnitView {
    /// Its number.
    unit: u32,
    /// Its building.
    building: String,
    /// On its door.
    label: String,
    /// Typed at the keypad.
    keypad: String,
}

/// A person.
#[derive(Serialize, ToSchema)]
pub struct ResidentView {
    /// Their number.
    person: u32,
    /// Their unit.
    unit: u32,
    /// Given name.
    first_name: String,
    /// Family name.
    last_name: String,
    /// Mail address.
    email: Option<String>,
    /// Phone number.
    phone: Option<String>,
    /// Language of messages.
    language: String,
    /// The number the property's own list knows them by.
    external_id: Option<String>,
    /// A latch within reach is asked for.
    reach: bool,
    /// Appears only as the apartment.
    hidden: bool,
    /// Moved out, ms.
    left_at: Option<i64>,
    /// Their address does not work.
    bad_address: bool,
}

/// Units by number.
#[utoipa::path(get, path = "/api/v1/units", params(Search), responses((status = 200, body = [UnitView])), tag = "people")]
async fn units(
    State(app): State<App>,
    _: StaffSession,
    Params(search): Params<Search>,
) -> Result<Json<Vec<UnitView>>, Fault> {
    Ok(Json(app.site.query(move |connection| find_units(connection, &search)).await?))
}

fn find_units(connection: &Connection, search: &Search) -> rusqlite::Result<Vec<UnitView>> {
    let sql = "SELECT unit, building, label, keypad FROM unit WHERE unit > ?1 AND (?2 IS NULL OR unit = ?2) \
               AND (?3 = '' OR instr(lower(label), ?3) OR folded = ?5) ORDER BY unit LIMIT ?4";
    let row = |row: &Row<'_>| {
        Ok(UnitView { unit: row.get(0)?, building: row.get(1)?, label: row.get(2)?, keypad: row.get(3)? })
    };
    let text = search.text();
    let folded = fold::unit_label(&text);
    let values = params![search.after.unwrap_or(0), search.unit, text, search.limit(), folded];
    connection.prepare_cached(sql)?.query_map(values, row)?.collect()
}

/// Residents by number.
#[utoipa::path(get, path = "/api/v1/residents", params(Search), responses((status = 200, body = [ResidentView])), tag = "people")]
async fn residents(
    State(app): State<App>,
    _: StaffSession,
    Params(search): Params<Search>,
) -> Result<Json<Vec<ResidentView>>, Fault> {
    Ok(Json(app.site.query(move |connection| find_people(connection, &search)).await?))
}

fn find_people(connection: &Connection, search: &Search) -> rusqlite::Result<Vec<ResidentView>> {
    let sql = "SELECT person, unit, first_name, last_name, email, phone, language, external_id, reach, hidden, left_at, \
               bad_address FROM person WHERE person > ?1 AND (?2 IS NULL OR unit = ?2) AND (?3 = '' OR (?5 <> '' AND instr(folded, ?5)) \
               OR instr(lower(first_name || ' ' || last_name), ?3)) ORDER BY person LIMIT ?4";
    let text = search.text();
    let folded = fold::name(&text);
    let values = params![search.after.unwrap_or(0), search.unit, text, search.limit(), folded];
    connection.prepare_cached(sql)?.query_map(values, resident)?.collect()
}

fn resident(row: &Row<'_>) -> rusqlite::Result<ResidentView> {
    Ok(ResidentView {
        person: row.get(0)?,
        unit: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        email: row.get(4)?,
        phone: row.get(5)?,
        language: row.get(6)?,
        external_id: row.get(7)?,
        reach: row.get(8)?,
        hidden: row.get(9)?,
        left_at: row.get(10)?,
        bad_address: row.get(11)?,
    })
}

/// Issues a fresh pickup code for a person, shown once in this answer.
#[utoipa::path(post, path = "/api/v1/people/{id}/reveal", params(("id" = u32, Path)), responses((status = 200, body = Issued)), tag = "people")]
async fn reveal(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
) -> Result<Json<Issued>, Fault> {
    session.allowed(Permission::RevealCodes)?;
    let command = Command::RevealCode { person: PersonId(id) };
    issue(&app, Request::new(session.actor(), command).with_key(key)).await
}

/// Tells a person again.
#[utoipa::path(post, path = "/api/v1/people/{id}/notify", params(("id" = u32, Path)), responses((status = 200, body = Answered)), tag = "people")]
async fn notify(State(app): State<App>, session: StaffSession, Id(id): Id<u32>, Key(key): Key) -> Answering {
    session.allowed(Permission::HandleParcels)?;
    ask_as(&app, &session, key, Command::NotifyAgain { person: PersonId(id) }).await
}
