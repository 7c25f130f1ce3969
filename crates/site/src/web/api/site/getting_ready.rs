//! Getting ready for the first parcel: how each step stands, and the test mail.

use super::super::answer::{Answered, Answering, ask_as};
use super::super::body::{Body, Id, Key};
use crate::directory::settings::public_url;
use crate::directory::test_mail::said_to;
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::site::getting_ready::{MailFate, ReadyStep, Standing, TestMail};
use vestibule_core::{Command, Refusal};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(getting_ready))
        .routes(routes!(skip))
        .routes(routes!(hide))
        .routes(routes!(send_test_mail))
}

/// A step before the first parcel.
#[derive(Serialize, ToSchema)]
pub struct StepView {
    /// `units`, `places`, `connection`, `wiring`, `kiosk`, `mail` or `couriers`.
    #[schema(value_type = String, example = "wiring")]
    step: ReadyStep,
    /// `done`, `not_needed`, `open` or `skipped`; the facts say which.
    #[schema(value_type = String, example = "open")]
    standing: Standing,
}

/// The last test mail.
#[derive(Serialize, ToSchema)]
pub struct TestMailView {
    /// When it was asked for, ms.
    asked: i64,
    /// `waiting`, `{"taken":{"at":..}}` or `{"trouble":"late"}` and the like.
    #[schema(value_type = Object)]
    fate: MailFate,
    /// What the mail server said to it.
    said: Option<String>,
}

/// What a site needs before its first parcel.
#[derive(Serialize, ToSchema)]
pub struct ReadyView {
    /// Each step, in the order in which they are best done.
    steps: Vec<StepView>,
    /// Whether staff are reminded on their start page.
    reminds: bool,
    /// The last test mail; absent: none was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    test_mail: Option<TestMailView>,
}

/// What a site needs before its first parcel, and which of it is done.
#[utoipa::path(get, path = "/api/v1/getting-ready", responses((status = 200, body = ReadyView)), tag = "site")]
async fn getting_ready(
    State(app): State<App>,
    session: StaffSession,
    headers: HeaderMap,
) -> Result<Json<ReadyView>, Fault> {
    session.allowed(Permission::Install)?;
    let is_url_set = app.site.query(public_url).await?.is_some();
    let reached = app.web.reached(&headers, is_url_set, app.site.now());
    let read = app.site.read(move |site, _| {
        let step = |step| StepView { step, standing: site.standing(step, &reached) };
        let steps = ReadyStep::ALL.into_iter().map(step).collect();
        (steps, site.is_getting_ready(&reached), site.getting_ready.mail.clone())
    });
    let (steps, reminds, mail) = read.await?;
    let test_mail = match mail {
        Some(mail) => Some(view_of(&app, mail).await?),
        None => None,
    };
    Ok(Json(ReadyView { steps, reminds, test_mail }))
}

async fn view_of(app: &App, mail: TestMail) -> Result<TestMailView, Fault> {
    let notice = mail.notice;
    let said = app.site.query(move |tables| said_to(tables, notice)).await?;
    Ok(TestMailView { asked: mail.asked.0, fate: mail.fate, said })
}

/// Whether a step is passed over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SkipBody {
    /// Passed over; else taken up again.
    skip: bool,
}

/// Passes a step over, or takes it up again.
#[utoipa::path(put, path = "/api/v1/getting-ready/steps/{step}", params(("step" = String, Path)), request_body = SkipBody, responses((status = 200, body = Answered)), tag = "site")]
async fn skip(
    State(app): State<App>,
    session: StaffSession,
    Id(step): Id<String>,
    Key(key): Key,
    Body(body): Body<SkipBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let step = ReadyStep::from_word(&step).ok_or(Refusal::NotFound)?;
    ask_as(&app, &session, key, Command::SkipStep { step, skip: body.skip }).await
}

/// Whether staff are reminded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HideBody {
    /// Not reminded; else again.
    hide: bool,
}

/// Ends the reminder on the start page, or brings it back.
#[utoipa::path(put, path = "/api/v1/getting-ready/hidden", request_body = HideBody, responses((status = 200, body = Answered)), tag = "site")]
async fn hide(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<HideBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::HideGettingReady { hide: body.hide }).await
}

/// Sends a mail to the account that asks; what becomes of it is told by `GET /api/v1/getting-ready`.
#[utoipa::path(post, path = "/api/v1/test-mail", responses((status = 200, body = Answered)), tag = "site")]
async fn send_test_mail(State(app): State<App>, session: StaffSession, Key(key): Key) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::SendTestMail).await
}
