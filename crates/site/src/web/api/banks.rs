//! Banks and compartments: what hangs where and in which state, and what staff do with one door.

mod audits;
mod drawing;
mod keys;
mod rooms;
mod wiring;

use super::answer::{Answered, Answering, ask, ask_as};
use super::body::{Body, Id, Key};
use super::words::{Because, ClassBody};
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{
    Closure, Compartment, CompartmentSpec, Designation, Emptiness, Service,
};
use vestibule_core::{BankId, Command, CompartmentId, ParcelId, Site, UnitId};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(banks))
        .merge(audits::routes())
        .merge(drawing::routes())
        .merge(keys::routes())
        .merge(rooms::routes())
        .merge(wiring::routes())
        .routes(routes!(compartments))
        .routes(routes!(open))
        .routes(routes!(set_service))
        .routes(routes!(check))
        .routes(routes!(designate))
        .routes(routes!(keep_for))
}

/// A bank.
#[derive(Serialize, ToSchema)]
pub struct BankView {
    /// Its number.
    bank: u32,
    /// What people call it.
    name: String,
    /// The building it stands in.
    building: String,
    /// Its compartments.
    compartments: Vec<u32>,
    /// Its lock board does not answer.
    silent: bool,
}

/// A compartment: four axes, never one.
#[derive(Serialize, ToSchema)]
pub struct CompartmentView {
    /// Its number.
    compartment: u32,
    /// Its bank.
    bank: u32,
    /// As it hangs: label, size, column, measures in mm.
    #[schema(value_type = Object)]
    spec: CompartmentSpec,
    /// Whose, if somebody's.
    #[schema(value_type = Option<Object>)]
    designation: Option<Designation>,
    /// The class of parcels it is kept for, if any: `meal`, `chilled` or `medicine`.
    #[schema(value_type = Option<String>)]
    kept_for: Option<ParcelClass>,
    /// The door contact.
    #[schema(value_type = Object)]
    closure: Closure,
    /// Occupancy as believed beside custody.
    #[schema(value_type = Object)]
    emptiness: Emptiness,
    /// `in`, `check` or `out`.
    #[schema(value_type = String)]
    service: Service,
    /// The opening in progress.
    opening: Option<u64>,
    /// Parcels in custody here.
    parcels: Vec<u64>,
    /// The parcel it is held for.
    held_for: Option<u64>,
    /// Since when it counts as forced: it was opened, and neither an opening nor a key explains it, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    forced_since: Option<i64>,
}

impl CompartmentView {
    fn of(site: &Site, (id, c): (&CompartmentId, &Compartment)) -> Self {
        Self {
            forced_since: site.key_openings.unexplained.get(id).map(|since| since.0),
            compartment: id.0,
            bank: c.bank.0,
            spec: c.spec.clone(),
            designation: c.designation,
            kept_for: c.kept_for,
            closure: c.closure,
            emptiness: c.emptiness,
            service: c.service,
            opening: c.opening.map(|id| id.0),
            parcels: c.parcels.iter().map(|id| id.0).collect(),
            held_for: c.held_for.map(|id| id.0),
        }
    }
}

/// The banks.
#[utoipa::path(get, path = "/api/v1/banks", responses((status = 200, body = [BankView])), tag = "banks")]
async fn banks(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<BankView>>, Fault> {
    let names = app.site.query(names).await?;
    let look = move |site: &Site, _| {
        let view = |(id, doors): (&BankId, &Vec<CompartmentId>)| {
            let (name, building) = names.get(&id.0).cloned().unwrap_or_default();
            let compartments = doors.iter().map(|door| door.0).collect();
            BankView { bank: id.0, name, building, compartments, silent: site.layout.silent.contains(id) }
        };
        site.layout.banks.iter().map(view).collect()
    };
    Ok(Json(app.site.read(look).await?))
}

fn names(connection: &Connection) -> rusqlite::Result<BTreeMap<u32, (String, String)>> {
    let mut statement = connection.prepare_cached("SELECT bank, name, building FROM bank_name")?;
    statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.collect()
}

/// The compartments of all banks.
#[utoipa::path(get, path = "/api/v1/compartments", responses((status = 200, body = [CompartmentView])), tag = "banks")]
async fn compartments(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<CompartmentView>>, Fault> {
    let look =
        |site: &Site, _| site.compartments.all.iter().map(|of| CompartmentView::of(site, of)).collect();
    Ok(Json(app.site.read(look).await?))
}

/// Opens one compartment with a reason.
#[utoipa::path(post, path = "/api/v1/compartments/{id}/open", params(("id" = u32, Path)), request_body = Because, responses((status = 200, body = Answered)), tag = "banks")]
async fn open(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(why): Body<Because>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    let command = Command::StaffOpen { compartment: CompartmentId(id), reason: why.reason };
    let request = why.request(&app, &session, command, format!("compartment/{id}")).await?;
    ask(&app, request.with_key(key)).await
}

/// Whether a compartment may be used, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ServiceBody {
    /// In service or not.
    in_service: bool,
    /// Why.
    because: Because,
}

/// Takes a compartment out of service or back into it.
#[utoipa::path(post, path = "/api/v1/compartments/{id}/service", params(("id" = u32, Path)), request_body = ServiceBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn set_service(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<ServiceBody>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    let (compartment, reason) = (CompartmentId(id), body.because.reason);
    let command = Command::SetService { compartment, in_service: body.in_service, reason };
    let request = body.because.request(&app, &session, command, format!("compartment/{id}")).await?;
    ask(&app, request.with_key(key)).await
}

/// What staff found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckBody {
    /// The parcels that are inside.
    found: Vec<u64>,
}

/// Staff looked into a compartment to be checked.
#[utoipa::path(post, path = "/api/v1/compartments/{id}/check", params(("id" = u32, Path)), request_body = CheckBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn check(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<CheckBody>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    let found = body.found.into_iter().map(ParcelId).collect();
    ask_as(&app, &session, key, Command::ResolveCheck { compartment: CompartmentId(id), found }).await
}

/// Whose a compartment is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DesignationBody {
    /// The unit; absent frees it for all.
    unit: Option<u32>,
    /// That unit's only, or that unit's first.
    #[serde(default)]
    only: bool,
}

/// Reserves a compartment for a unit, or frees it.
#[utoipa::path(put, path = "/api/v1/compartments/{id}/designation", params(("id" = u32, Path)), request_body = DesignationBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn designate(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<DesignationBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let designation = body.unit.map(|unit| Designation { unit: UnitId(unit), only: body.only });
    ask_as(&app, &session, key, Command::Designate { compartment: CompartmentId(id), designation }).await
}

/// Keeps a compartment for parcels of one class, or frees it.
#[utoipa::path(put, path = "/api/v1/compartments/{id}/class", params(("id" = u32, Path)), request_body = ClassBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn keep_for(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<ClassBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let place = Place::Compartment(CompartmentId(id));
    ask_as(&app, &session, key, Command::KeepPlaceFor { place, class: body.class }).await
}
