//! Courier codes and badges, resident cards, kiosk pairing.

use super::answer::{Answered, Answering, Issued, ask_as, issue};
use super::body::{Body, Id, Key};
use crate::handle::Request;
use crate::rows::Row;
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::time::WeekWindow;
use vestibule_core::{
    AccessPointId, Answer, BankId, CarrierId, Command, CredentialId, KioskId, PersonId, Site, Timestamp,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(courier_codes, issue_courier_code))
        .routes(routes!(revoke_courier_code))
        .routes(routes!(issue_card))
        .routes(routes!(revoke_card))
        .routes(routes!(kiosks, pair))
        .routes(routes!(unpair))
}

/// A courier code without its code.
#[derive(Serialize, ToSchema)]
pub struct CourierCodeView {
    /// Its number.
    credential: u64,
    /// Of which company.
    carrier: u32,
    /// The first three digits.
    selector: String,
    /// When it holds: `days` bit 0 = Monday, `from` and `to` in minutes of the day.
    #[schema(value_type = [Object])]
    windows: Vec<WeekWindow>,
    /// When it ends, ms.
    expires: i64,
    /// When staff ended it, ms.
    revoked: Option<i64>,
    /// The doors it opens besides.
    doors: Vec<u32>,
}

/// The courier codes.
#[utoipa::path(get, path = "/api/v1/courier-codes", responses((status = 200, body = [CourierCodeView])), tag = "credentials")]
async fn courier_codes(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<CourierCodeView>>, Fault> {
    let look = |site: &Site, _| {
        let codes = site.credentials.courier.all.iter();
        let view = |(id, code): (&CredentialId, &vestibule_core::credential::courier::CourierCode)| {
            CourierCodeView {
                credential: id.0,
                carrier: code.carrier.0,
                selector: code.selector.digits().to_owned(),
                windows: code.windows.clone(),
                expires: code.expires.0,
                revoked: code.revoked.map(|at| at.0),
                doors: code.doors.iter().map(|door| door.point.0).collect(),
            }
        };
        codes.map(view).collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// A courier code to be issued.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CourierCodeBody {
    /// For which company.
    carrier: u32,
    /// When it holds: `days` bit 0 = Monday, `from` and `to` in minutes of the day.
    #[schema(value_type = [Object])]
    windows: Vec<WeekWindow>,
    /// When it ends, ms.
    expires: i64,
    /// Doors it opens besides, by number.
    #[serde(default)]
    doors: Vec<u32>,
}

/// Issues a courier code and badge, shown once in this answer.
#[utoipa::path(post, path = "/api/v1/courier-codes", request_body = CourierCodeBody, responses((status = 200, body = Issued)), tag = "credentials")]
async fn issue_courier_code(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<CourierCodeBody>,
) -> Result<Json<Issued>, Fault> {
    session.allowed(Permission::IssueCourierCodes)?;
    let (carrier, expires) = (CarrierId(body.carrier), Timestamp(body.expires));
    let command =
        Command::IssueCourierCode { carrier, windows: body.windows, expires, doors: grants(&body.doors) };
    issue(&app, Request::new(session.actor(), command).with_key(key)).await
}

/// Doors by number, as a code or pass names them.
pub(super) fn grants(doors: &[u32]) -> Vec<DoorGrant> {
    doors.iter().map(|door| DoorGrant { point: AccessPointId(*door) }).collect()
}

/// When a code ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RevokeBody {
    /// ms since 1970; absent: at once.
    at: Option<i64>,
}

/// Ends a courier code.
#[utoipa::path(post, path = "/api/v1/courier-codes/{id}/revoke", params(("id" = u64, Path)), request_body = RevokeBody, responses((status = 200, body = Answered)), tag = "credentials")]
async fn revoke_courier_code(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<RevokeBody>,
) -> Answering {
    session.allowed(Permission::IssueCourierCodes)?;
    let at = match body.at {
        Some(at) => Timestamp(at),
        None => app.site.now(),
    };
    ask_as(&app, &session, key, Command::RevokeCourierCode { credential: CredentialId(id), at }).await
}

/// For whom a card is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CardBody {
    /// The person.
    person: u32,
}

/// Issues a resident's card, shown once in this answer; an earlier one dies.
#[utoipa::path(post, path = "/api/v1/cards", request_body = CardBody, responses((status = 200, body = Issued)), tag = "credentials")]
async fn issue_card(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<CardBody>,
) -> Result<Json<Issued>, Fault> {
    session.allowed(Permission::RevealCodes)?;
    let command = Command::IssueCard { person: PersonId(body.person) };
    issue(&app, Request::new(session.actor(), command).with_key(key)).await
}

/// Ends a card.
#[utoipa::path(post, path = "/api/v1/cards/{id}/revoke", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "credentials")]
async fn revoke_card(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
) -> Answering {
    session.allowed(Permission::RevealCodes)?;
    ask_as(&app, &session, key, Command::RevokeCard { credential: CredentialId(id) }).await
}

/// A paired kiosk.
#[derive(Serialize, ToSchema)]
pub struct KioskView {
    /// Its number.
    kiosk: u32,
    /// The banks in its sight.
    banks: Vec<u32>,
}

/// The paired kiosks.
#[utoipa::path(get, path = "/api/v1/kiosks", responses((status = 200, body = [KioskView])), tag = "credentials")]
async fn kiosks(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<KioskView>>, Fault> {
    let look = |site: &Site, _| {
        let kiosks = site.layout.kiosks.iter();
        kiosks
            .map(|(id, kiosk)| KioskView { kiosk: id.0, banks: kiosk.banks.iter().map(|b| b.0).collect() })
            .collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// A kiosk to be paired.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PairBody {
    /// What people call it.
    name: String,
    /// The banks whose doors can be seen from it.
    banks: Vec<u32>,
    /// Pixels per millimetre of its screen.
    #[serde(default = "usual_screen")]
    px_per_mm: u32,
}

fn usual_screen() -> u32 {
    4
}

/// Pairs a kiosk; its token is shown once in this answer.
#[utoipa::path(post, path = "/api/v1/kiosks", request_body = PairBody, responses((status = 200, body = Issued)), tag = "credentials")]
async fn pair(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<PairBody>,
) -> Result<Json<Issued>, Fault> {
    session.allowed(Permission::Install)?;
    let (name, px_per_mm) = (body.name, body.px_per_mm);
    let command = Command::PairKiosk { banks: body.banks.into_iter().map(BankId).collect() };
    let request =
        Request::new(session.actor(), command).with_key(key).with_rows(move |answer| match answer {
            Answer::Kiosk(kiosk) => vec![Row::KioskName { kiosk: *kiosk, name, px_per_mm }],
            _ => Vec::new(),
        });
    issue(&app, request).await
}

/// Ends a kiosk's pairing.
#[utoipa::path(delete, path = "/api/v1/kiosks/{id}", params(("id" = u32, Path)), responses((status = 200, body = Answered)), tag = "credentials")]
async fn unpair(State(app): State<App>, session: StaffSession, Id(id): Id<u32>, Key(key): Key) -> Answering {
    session.allowed(Permission::Install)?;
    let kiosk = KioskId(id);
    let request = Request::new(session.actor(), Command::UnpairKiosk { kiosk }).with_key(key);
    super::answer::ask(&app, request.with_rows(move |_| vec![Row::ForgetKiosk { kiosk }])).await
}
