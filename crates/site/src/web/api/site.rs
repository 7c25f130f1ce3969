//! The site itself: tasks, carriers, policy, devices.

mod devices;
pub(super) mod doors;
mod getting_ready;

use super::answer::{Answered, Answering, ask_as};
use super::body::{Body, Id, Key};
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::{Command, Site, TaskId};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(doors::routes())
        .merge(getting_ready::routes())
        .merge(devices::routes())
        .routes(routes!(tasks))
        .routes(routes!(complete))
        .routes(routes!(carriers, name_carrier))
        .routes(routes!(policy, set_policy))
        .routes(routes!(lift_pauses))
}

/// An open task.
#[derive(Serialize, ToSchema)]
pub struct TaskView {
    /// Its number.
    task: u64,
    /// Since when, ms.
    raised: i64,
    /// What about.
    #[schema(value_type = Object)]
    what: TaskKind,
}

/// What needs a member of staff, oldest first.
#[utoipa::path(get, path = "/api/v1/tasks", responses((status = 200, body = [TaskView])), tag = "site")]
async fn tasks(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<TaskView>>, Fault> {
    let look = |site: &Site, _| {
        let open = site.tasks.open.iter();
        open.map(|(id, task)| TaskView { task: id.0, raised: task.raised.0, what: task.what.clone() })
            .collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// A task is done.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/complete", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "site")]
async fn complete(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
) -> Answering {
    ask_as(&app, &session, key, Command::CompleteTask { task: TaskId(id) }).await
}

/// A company that delivers.
#[derive(Serialize, ToSchema)]
pub struct CarrierView {
    /// Its number.
    carrier: u32,
    /// Its name.
    name: String,
}

/// The companies that deliver.
#[utoipa::path(get, path = "/api/v1/carriers", responses((status = 200, body = [CarrierView])), tag = "site")]
async fn carriers(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<CarrierView>>, Fault> {
    let look = |site: &Site, _| {
        let carriers = site.layout.carriers.iter();
        carriers.map(|(id, name)| CarrierView { carrier: id.0, name: name.clone() }).collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// A company to be named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CarrierBody {
    /// Its name.
    name: String,
}

/// Names a company that delivers.
#[utoipa::path(post, path = "/api/v1/carriers", request_body = CarrierBody, responses((status = 200, body = Answered)), tag = "site")]
async fn name_carrier(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<CarrierBody>,
) -> Answering {
    session.allowed(Permission::IssueCourierCodes)?;
    ask_as(&app, &session, key, Command::NameCarrier { name: body.name }).await
}

/// The site's policy.
#[utoipa::path(get, path = "/api/v1/policy", responses((status = 200, body = Object)), tag = "site")]
async fn policy(State(app): State<App>, _: StaffSession) -> Result<Json<Policy>, Fault> {
    Ok(Json(app.site.read(|site, _| site.policy.clone()).await?))
}

/// Changes the policy; what is left out gets its default.
#[utoipa::path(put, path = "/api/v1/policy", request_body = Object, responses((status = 200, body = Answered)), tag = "site")]
async fn set_policy(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(policy): Body<Policy>,
) -> Answering {
    session.allowed(Permission::ChangeSettings)?;
    ask_as(&app, &session, key, Command::SetPolicy { policy }).await
}

/// Ends the pauses of all keypads.
#[utoipa::path(post, path = "/api/v1/pauses/lift", responses((status = 200, body = Answered)), tag = "site")]
async fn lift_pauses(State(app): State<App>, session: StaffSession, Key(key): Key) -> Answering {
    session.allowed(Permission::RevealCodes)?;
    ask_as(&app, &session, key, Command::LiftPauses).await
}
