//! What couriers and residents do in a visit at this kiosk.

use super::answer::{Answered, Answering, ask};
use super::body::{Body, Key};
use super::words::{CodeBody, ParcelBody, recipient};
use crate::handle::Request;
use crate::handle::standing::Standpoint;
use crate::web::App;
use crate::web::guard::PairedKiosk;
use crate::web::kiosk::shelves::choice;
use crate::web::problem::{Fault, Trouble};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::vocabulary::command::{CheckOut, Fix, LookedFor, PutDown as Placing};
use vestibule_core::{Actor, Command, CompartmentId, ParcelId, Refusal, ShelfId, VisitId};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(deposit))
        .routes(routes!(fix))
        .routes(routes!(put_elsewhere))
        .routes(routes!(quick_drop))
        .routes(routes!(reopen))
        .routes(routes!(take_from_shelf))
        .routes(routes!(not_there))
        .routes(routes!(bigger_door))
        .routes(routes!(open_again))
        .routes(routes!(not_left_here))
        .routes(routes!(something_inside))
        .routes(routes!(leave_inside))
        .routes(routes!(not_mine))
        .routes(routes!(was_empty))
        .routes(routes!(next_door))
        .routes(routes!(finish))
        .routes(routes!(go_on))
}

/// A visit that goes on at the kiosk that asks. A visit at another kiosk is not theirs. One that is over may still be asked
/// about with an `Idempotency-Key`: the answer that ended it may have been lost on its way, and nothing else is granted.
struct OwnVisit(VisitId);

impl FromRequestParts<App> for OwnVisit {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let kiosk = PairedKiosk::from_request_parts(parts, app).await?.kiosk;
        let path = Path::<u64>::from_request_parts(parts, app).await;
        let visit = VisitId(path.map_err(|_| Trouble::NoPage)?.0);
        match app.site.standing().visit(visit) {
            Standpoint::At(at) if at == kiosk => Ok(Self(visit)),
            Standpoint::At(_) => Err(Refusal::NotYours.into()),
            Standpoint::Over if Key::from_request_parts(parts, app).await?.0.is_some() => Ok(Self(visit)),
            Standpoint::Over | Standpoint::Unknown => Err(Refusal::VisitOver.into()),
        }
    }
}

impl OwnVisit {
    fn asks(&self, command: Command) -> Request {
        Request::new(Actor::Visit(self.0), command)
    }
}

/// The next parcel: its door opens, or it waits for the open one to close.
#[utoipa::path(post, path = "/api/v1/visits/{id}/deposit", params(("id" = u64, Path)), request_body = ParcelBody, responses((status = 200, body = Answered)), tag = "visits")]
async fn deposit(
    State(app): State<App>,
    own: OwnVisit,
    Key(key): Key,
    Body(body): Body<ParcelBody>,
) -> Answering {
    let words = body.words(&app).await?;
    let request = own.asks(Command::Deposit { visit: own.0, words }).with_key(key);
    let at = app.site.now();
    ask(&app, body.labelled(request, at, false)?).await
}

/// What to do with an earlier deposit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FixBody {
    /// Which parcel.
    parcel: u64,
    /// For whom it is; absent: its compartment opens again.
    readdress: Option<ReaddressBody>,
    /// The courier's code, given again.
    code: CodeBody,
}

/// For whom a parcel is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReaddressBody {
    /// The unit; absent: nobody knows yet.
    unit: Option<u32>,
    /// The person meant, if one is.
    addressee: Option<u32>,
}

/// Opens or readdresses an earlier deposit of the visit.
#[utoipa::path(post, path = "/api/v1/visits/{id}/fix", params(("id" = u64, Path)), request_body = FixBody, responses((status = 200, body = Answered)), tag = "visits")]
async fn fix(State(app): State<App>, own: OwnVisit, Key(key): Key, Body(body): Body<FixBody>) -> Answering {
    let fix = match body.readdress {
        Some(to) => Fix::Readdress(recipient(to.unit, to.addressee)),
        None => Fix::Reopen,
    };
    let (visit, parcel, proof) = (own.0, ParcelId(body.parcel), body.code.proof(&app).await?);
    ask(&app, own.asks(Command::FixDeposit { visit, parcel, fix, proof }).with_key(key)).await
}

/// A parcel that was put down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutDown {
    /// Which.
    parcel: u64,
    /// The shelf whose label was scanned, if one was; absent: where the answer said.
    shelf: Option<u32>,
}

/// Parcels without a scan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Pile {
    /// How many, 1 to 12.
    parcels: u16,
}

/// A courier who will not scan puts down a pile: answered with its first parcel, which leads, and the place for all.
#[utoipa::path(post, path = "/api/v1/visits/{id}/quick-drop", params(("id" = u64, Path)), request_body = Pile, responses((status = 200, body = Answered)), tag = "visits")]
async fn quick_drop(
    State(app): State<App>,
    own: OwnVisit,
    Key(key): Key,
    Body(body): Body<Pile>,
) -> Answering {
    let command = Command::QuickDrop { visit: own.0, parcels: body.parcels };
    ask(&app, own.asks(command).with_key(key)).await
}

/// The courier put a parcel where the answer said: shelf, drop place, desk, or takes it back. Onto another shelf with its number.
#[utoipa::path(post, path = "/api/v1/visits/{id}/put-elsewhere", params(("id" = u64, Path)), request_body = PutDown, responses((status = 200, body = Answered)), tag = "visits")]
async fn put_elsewhere(
    State(app): State<App>,
    own: OwnVisit,
    Key(key): Key,
    Body(body): Body<PutDown>,
) -> Answering {
    let (visit, parcel) = (own.0, ParcelId(body.parcel));
    let command = match body.shelf.map(ShelfId) {
        Some(shelf) => {
            let to = choice(&app, parcel, shelf).await?;
            Command::PutDown(Placing { to, ..Placing::there(visit, parcel) })
        }
        None => Command::PutElsewhere { visit, parcel },
    };
    ask(&app, own.asks(command).with_key(key)).await
}

/// A compartment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CompartmentNumber {
    /// Which.
    compartment: u32,
}

/// Opens what was just collected once more.
#[utoipa::path(post, path = "/api/v1/visits/{id}/reopen", params(("id" = u64, Path)), request_body = CompartmentNumber, responses((status = 200, body = Answered)), tag = "visits")]
async fn reopen(
    State(app): State<App>,
    own: OwnVisit,
    Key(key): Key,
    Body(body): Body<CompartmentNumber>,
) -> Answering {
    let command = Command::Reopen { visit: own.0, compartment: CompartmentId(body.compartment) };
    ask(&app, own.asks(command).with_key(key)).await
}

/// A parcel that is carried away from a shelf.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckedOut {
    /// Which.
    parcel: u64,
    /// Its label was scanned; absent or false: the resident says so.
    #[serde(default)]
    scanned: bool,
}

/// The resident took a parcel from a shelf or drop place. It is photographed where a camera looks there.
#[utoipa::path(post, path = "/api/v1/visits/{id}/take-from-shelf", params(("id" = u64, Path)), request_body = CheckedOut, responses((status = 200, body = Answered)), tag = "visits")]
async fn take_from_shelf(
    State(app): State<App>,
    own: OwnVisit,
    Key(key): Key,
    Body(body): Body<CheckedOut>,
) -> Answering {
    let parcel = ParcelId(body.parcel);
    let out = if body.scanned { CheckOut::by_scan(parcel) } else { CheckOut::by_tap(parcel) };
    let command = Command::TakeFromShelf { visit: own.0, out };
    ask(&app, own.asks(command).with_key(key)).await
}

/// A parcel that is not where it should lie.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LookedForBody {
    /// Which.
    parcel: u64,
}

/// The resident looked for a parcel on its shelf or in its drop place and did not find it: staff look for it. It may still be taken
/// from there in the same visit.
#[utoipa::path(post, path = "/api/v1/visits/{id}/not-there", params(("id" = u64, Path)), request_body = LookedForBody, responses((status = 200, body = Answered)), tag = "visits")]
async fn not_there(
    State(app): State<App>,
    own: OwnVisit,
    Key(key): Key,
    Body(body): Body<LookedForBody>,
) -> Answering {
    let looked = LookedFor { parcel: ParcelId(body.parcel), visit: Some(own.0) };
    ask(&app, own.asks(Command::NotThere(looked)).with_key(key)).await
}

/// It does not fit: when this door closes, a bigger one opens.
#[utoipa::path(post, path = "/api/v1/visits/{id}/bigger-door", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn bigger_door(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::BiggerDoor { visit: own.0 }).with_key(key)).await
}

/// The door did not spring: it is tried again.
#[utoipa::path(post, path = "/api/v1/visits/{id}/open-again", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn open_again(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::OpenAgain { visit: own.0 }).with_key(key)).await
}

/// The courier keeps the parcel after all.
#[utoipa::path(post, path = "/api/v1/visits/{id}/not-left-here", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn not_left_here(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::NotLeftHere { visit: own.0 }).with_key(key)).await
}

/// The compartment is not empty.
#[utoipa::path(post, path = "/api/v1/visits/{id}/something-inside", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn something_inside(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::SomethingInside { visit: own.0 }).with_key(key)).await
}

/// Something stays inside.
#[utoipa::path(post, path = "/api/v1/visits/{id}/leave-inside", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn leave_inside(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::LeaveInside { visit: own.0 }).with_key(key)).await
}

/// It is not theirs.
#[utoipa::path(post, path = "/api/v1/visits/{id}/not-mine", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn not_mine(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::NotMine { visit: own.0 }).with_key(key)).await
}

/// The compartment was empty.
#[utoipa::path(post, path = "/api/v1/visits/{id}/was-empty", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn was_empty(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::WasEmpty { visit: own.0 }).with_key(key)).await
}

/// Opens the next compartment now.
#[utoipa::path(post, path = "/api/v1/visits/{id}/next-door", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn next_door(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::NextDoor { visit: own.0 }).with_key(key)).await
}

/// The visit is over.
#[utoipa::path(post, path = "/api/v1/visits/{id}/finish", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn finish(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::Finish { visit: own.0 }).with_key(key)).await
}

/// Somebody touched the screen: the visit goes on.
#[utoipa::path(post, path = "/api/v1/visits/{id}/continue", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "visits")]
async fn go_on(State(app): State<App>, own: OwnVisit, Key(key): Key) -> Answering {
    ask(&app, own.asks(Command::Continue { visit: own.0 }).with_key(key)).await
}
