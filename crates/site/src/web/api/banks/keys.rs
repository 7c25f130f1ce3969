//! Compartments opened with a mechanical key: said before, or explained after.

use super::super::answer::{Answered, Answering, ask};
use super::super::body::{Body, Id, Key};
use super::super::words::Because;
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::{Command, CompartmentId, StaffId};

pub(in crate::web::api) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(announce)).routes(routes!(explain))
}

/// Says that whoever asks opens the compartment with the mechanical key within ten minutes, once: no alarm then.
#[utoipa::path(post, path = "/api/v1/compartments/{id}/key", params(("id" = u32, Path)), request_body = Because, responses((status = 200, body = Answered)), tag = "banks")]
async fn announce(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(why): Body<Because>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    let command = Command::AnnounceKey { compartment: CompartmentId(id), reason: why.reason };
    let request = why.request(&app, &session, command, format!("compartment/{id}")).await?;
    ask(&app, request.with_key(key)).await
}

/// Who opened a door that counts as forced with the key, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExplainBody {
    /// The number of the member of staff.
    holder: u32,
    /// Why.
    because: Because,
}

/// Says of a compartment that counts as forced that it was opened with the key.
#[utoipa::path(post, path = "/api/v1/compartments/{id}/explain", params(("id" = u32, Path)), request_body = ExplainBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn explain(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<ExplainBody>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    let (compartment, holder, reason) = (CompartmentId(id), StaffId(body.holder), body.because.reason);
    let command = Command::ExplainForced { compartment, holder, reason };
    let request = body.because.request(&app, &session, command, format!("compartment/{id}")).await?;
    ask(&app, request.with_key(key)).await
}
