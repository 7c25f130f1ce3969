//! Signing in and out for programs: a bearer token.

use super::answer::{Answered, Answering};
use super::body::Body;
use crate::accounts::password::Password;
use crate::accounts::sign_in::{Attempt, sign_in};
use crate::rows::Row;
use crate::web::App;
use crate::web::guard::{Client, StaffSession};
use crate::web::problem::Fault;
use crate::web::sign_in::fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::Answer;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(begin, end))
}

/// Who signs in. No Debug: it holds a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInBody {
    /// Mail address of the account.
    email: String,
    /// Its password.
    password: String,
}

/// A session. Its token is shown in this answer and never again.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// To be sent as `Authorization: Bearer ..`.
    token: String,
}

/// Signs in.
#[utoipa::path(post, path = "/api/v1/sessions", request_body = SignInBody, responses((status = 200, body = SessionView)), tag = "sessions", security(()))]
async fn begin(
    State(app): State<App>,
    Client(address): Client,
    Body(body): Body<SignInBody>,
) -> Result<Json<SessionView>, Fault> {
    let attempt = Attempt { email: body.email, password: Password::new(body.password), address };
    let token = sign_in(&app.site, attempt).await.map_err(fault)?;
    Ok(Json(SessionView { token }))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/sessions", responses((status = 200, body = Answered)), tag = "sessions")]
async fn end(State(app): State<App>, session: StaffSession) -> Answering {
    app.site.write(vec![Row::EndSession { token: session.token }]).await?;
    Ok(Json(Answered::of(Answer::Done, false)))
}
