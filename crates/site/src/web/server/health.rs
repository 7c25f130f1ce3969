//! `/healthz`: the process answers. `/readyz`: database, writer, buses and clock are as they should be.
//!
//! Never: says more to strangers than which of these is not well.

use crate::web::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_core::Site;
use vestibule_core::task::TaskKind;

/// Whether each part is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Readiness {
    /// All of them.
    pub ready: bool,
    /// Reads succeed.
    pub database: bool,
    /// The writer answers.
    pub writer: bool,
    /// Every lock board answers.
    pub bus: bool,
    /// Site time follows a believed clock.
    pub clock: bool,
}

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// 200 if all is well, else 503 with what is not.
pub async fn readyz(State(app): State<App>) -> (StatusCode, Json<Readiness>) {
    let database = app.site.query(|c| c.query_row("SELECT 1", [], |row| row.get::<_, i64>(0))).await.is_ok();
    let seen = app.site.read(|site, _| bus_and_clock(site)).await;
    let (bus, clock) = seen.unwrap_or_default();
    let ready = database && seen.is_ok() && bus && clock;
    let code = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(Readiness { ready, database, writer: seen.is_ok(), bus, clock }))
}

fn bus_and_clock(site: &Site) -> (bool, bool) {
    (site.layout.silent.is_empty(), site.tasks.find(&TaskKind::Clock).is_none())
}
