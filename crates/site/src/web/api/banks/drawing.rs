//! The drawing of a bank: as it is, what another would change, and another in its place.

use super::super::answer::{Answered, Answering, ask_as};
use super::super::body::{Body, Id, Key};
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::place::compartment::CompartmentSpec;
use vestibule_core::site::drawing::{DrawingChange, StillNeededFor, foresee};
use vestibule_core::vocabulary::command::DrawnCompartment;
use vestibule_core::{BankId, Command, CompartmentId, Refusal, Site};

pub(in crate::web::api) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(drawing, draw)).routes(routes!(try_drawing))
}

/// A compartment of a drawing.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DrawnBody {
    /// Its number; absent: a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    compartment: Option<u32>,
    /// As it hangs: label, size, column, measures in mm, occupancy sensor, inside release.
    #[schema(value_type = Object)]
    spec: CompartmentSpec,
}

impl From<DrawnBody> for DrawnCompartment {
    fn from(body: DrawnBody) -> Self {
        Self { compartment: body.compartment.map(CompartmentId), spec: body.spec }
    }
}

/// The drawing of a bank.
#[derive(Serialize, ToSchema)]
struct DrawingView {
    /// Counts the drawings of the bank, from 1.
    version: u32,
    /// Its compartments.
    compartments: Vec<DrawnBody>,
}

/// A new drawing of a bank, as a whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DrawingBody {
    /// The version of the drawing it was made from; another that holds meanwhile refuses it.
    was: u32,
    /// Every compartment of the bank. One that is not in it goes.
    compartments: Vec<DrawnBody>,
}

/// What a drawing would change.
#[derive(Serialize, ToSchema)]
struct ChangeView {
    /// The version it would be.
    version: u32,
    /// Compartments that come.
    #[schema(value_type = Vec<Object>)]
    added: Vec<CompartmentSpec>,
    /// Compartments that go.
    removed: Vec<u32>,
    /// Compartments that hang otherwise.
    changed: Vec<RedrawnView>,
    /// Those that cannot go or get another number now.
    still_needed: Vec<NeededView>,
    /// Labels of large and low compartments that need an inside release, and do not say they have one.
    inside_release: Vec<String>,
}

/// A compartment that hangs otherwise.
#[derive(Serialize, ToSchema)]
struct RedrawnView {
    /// Which.
    compartment: u32,
    /// As it hung.
    #[schema(value_type = Object)]
    before: CompartmentSpec,
    /// As it would hang.
    #[schema(value_type = Object)]
    after: CompartmentSpec,
}

/// A compartment that is still needed.
#[derive(Serialize, ToSchema)]
struct NeededView {
    /// Which.
    compartment: u32,
    /// `parcel`, `incoming`, `opening`, `visit`, `check`, `unit` or `open_door`.
    #[schema(value_type = String)]
    needed_for: StillNeededFor,
}

impl From<DrawingChange> for ChangeView {
    fn from(change: DrawingChange) -> Self {
        let changed = change.changed.into_iter().map(|one| RedrawnView {
            compartment: one.compartment.0,
            before: one.before,
            after: one.after,
        });
        let needed = change.still_needed.into_iter();
        Self {
            version: change.version,
            added: change.added,
            removed: change.removed.iter().map(|id| id.0).collect(),
            changed: changed.collect(),
            still_needed: needed
                .map(|(id, needed_for)| NeededView { compartment: id.0, needed_for })
                .collect(),
            inside_release: change.unreleased,
        }
    }
}

/// The drawing of a bank as it is.
#[utoipa::path(get, path = "/api/v1/banks/{id}/drawing", params(("id" = u32, Path)), responses((status = 200, body = DrawingView)), tag = "banks")]
async fn drawing(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
) -> Result<Json<DrawingView>, Fault> {
    session.allowed(Permission::Install)?;
    let look = move |site: &Site, _| {
        let hung = site.layout.banks.get(&BankId(id))?.iter();
        let drawn = hung.filter_map(|id| {
            let spec = site.compartments.get(*id)?.spec.clone();
            Some(DrawnBody { compartment: Some(id.0), spec })
        });
        Some(DrawingView { version: site.layout.drawing(BankId(id)), compartments: drawn.collect() })
    };
    Ok(Json(app.site.read(look).await?.ok_or(Refusal::NotFound)?))
}

/// Draws a bank anew. Compartments that are still needed keep their door and number; the wiring follows.
#[utoipa::path(put, path = "/api/v1/banks/{id}/drawing", params(("id" = u32, Path)), request_body = DrawingBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn draw(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<DrawingBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let compartments = body.compartments.into_iter().map(Into::into).collect();
    ask_as(&app, &session, key, Command::ChangeBank { bank: BankId(id), was: body.was, compartments }).await
}

/// What a new drawing would change. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/banks/{id}/drawing/try", params(("id" = u32, Path)), request_body = DrawingBody, responses((status = 200, body = ChangeView)), tag = "banks")]
async fn try_drawing(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Body(body): Body<DrawingBody>,
) -> Result<Json<ChangeView>, Fault> {
    session.allowed(Permission::Install)?;
    let drawn: Vec<DrawnCompartment> = body.compartments.into_iter().map(Into::into).collect();
    let change = app.site.read(move |site, now| foresee(site, BankId(id), &drawn, now)).await??;
    Ok(Json(change.into()))
}
