//! Residents from a CSV file: a plan first, then all of it or nothing.

use super::body::{Key, Params};
use crate::directory::import::{Known, Options, Plan, Strangers, plan};
use crate::directory::settings::Settings;
use crate::handle::Request;
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::{Fault, Trouble};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::Refusal;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(import))
}

/// How the file is meant.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Meant {
    /// Carry the plan out; without it nothing changes.
    #[serde(default)]
    apply: bool,
    /// The file names everybody: whoever is missing moves out.
    #[serde(default)]
    complete_list: bool,
    /// Import the good rows although there are bad ones.
    #[serde(default)]
    skip_bad_rows: bool,
    /// New people beside people the file does not mention: `ask`, `replace` or `join`.
    #[serde(default)]
    strangers: Newcomers,
}

#[derive(Deserialize, ToSchema, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Newcomers {
    #[default]
    Ask,
    Replace,
    Join,
}

/// What an import does, or would do.
#[derive(Serialize, ToSchema)]
pub struct Imported {
    /// Whether it was carried out.
    applied: bool,
    /// The diff: new units and people, changes, who moves out, bad rows by line, who has no channel.
    #[schema(value_type = Object)]
    plan: Plan,
}

/// Compares a CSV file with who is known; with `apply` also imports it.
#[utoipa::path(post, path = "/api/v1/import", params(Meant), request_body(content = String, content_type = "text/csv"), responses((status = 200, body = Imported)), tag = "people")]
async fn import(
    State(app): State<App>,
    session: StaffSession,
    Params(meant): Params<Meant>,
    Key(key): Key,
    file: Bytes,
) -> Result<Json<Imported>, Fault> {
    session.allowed(Permission::ChangePeople)?;
    let (counters, options) = options(&app, &meant).await?;
    let known = app.site.query(Known::load).await?;
    let drawn = tokio::task::spawn_blocking(move || plan(&file, &known, &options, &mut |_, _| {}));
    let plan =
        drawn.await.map_err(|_| Trouble::Broken)?.map_err(|fault| Trouble::Unreadable(fault.to_string()))?;
    if !meant.apply {
        return Ok(Json(Imported { applied: false, plan }));
    }
    let (command, rows) = plan.command(&counters).map_err(|why| Refusal::Invalid { why: why.to_string() })?;
    let request = Request::new(session.actor(), command).with_key(key).with_rows(move |_| rows);
    app.site.ask(request).await?.answer?;
    Ok(Json(Imported { applied: true, plan }))
}

async fn options(
    app: &App,
    meant: &Meant,
) -> Result<(vestibule_core::site::counters::Counters, Options), Fault> {
    let look = |site: &vestibule_core::Site, now| (site.counters.clone(), now, site.policy.zone.clone());
    let (counters, now, zone) = app.site.read(look).await?;
    let country_code = app.site.query(Settings::load).await?.country_code;
    let strangers = match meant.strangers {
        Newcomers::Ask => Strangers::Ask,
        Newcomers::Replace => Strangers::Replace,
        Newcomers::Join => Strangers::Join,
    };
    let (complete_list, skip_bad_rows) = (meant.complete_list, meant.skip_bad_rows);
    Ok((
        counters,
        Options { complete_list, skip_bad_rows, strangers, country_code, ..Options::new(now, zone) },
    ))
}
