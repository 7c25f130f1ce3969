//! What staff do with parcels.

use super::answer::{Answered, Answering, ask, ask_as};
use super::body::{Body, Id, Key};
use super::words::{Because, ClassBody, CodeBody, ParcelBody, recipient};
use crate::directory::intake::record;
use crate::handle::Request;
use crate::web::App;
use crate::web::guard::StaffSession;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::custody::ReturnReason;
use vestibule_core::vocabulary::command::{HandOverTo, LookedFor};
use vestibule_core::{BankId, CarrierId, Command, ParcelId, PersonId, ShelfId, UnitId};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(take_in))
        .routes(routes!(accept))
        .routes(routes!(correct))
        .routes(routes!(place))
        .routes(routes!(hand_over))
        .routes(routes!(give_back))
        .routes(routes!(write_off))
        .routes(routes!(turned_up))
        .routes(routes!(parcel_not_there))
        .routes(routes!(remove))
        .routes(routes!(classify))
}

/// For whom a parcel is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecipientBody {
    /// The unit; absent: nobody knows yet.
    unit: Option<u32>,
    /// The person meant, if one is.
    addressee: Option<u32>,
}

/// Where a parcel of staff goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlaceBody {
    /// Onto this shelf; absent: into a free compartment.
    shelf: Option<u32>,
    /// The banks to choose from.
    #[serde(default)]
    banks: Vec<u32>,
    /// A latch within reach is asked for.
    #[serde(default)]
    reach: bool,
}

/// To whom a parcel is handed: whoever shows a code or card, or a person staff know.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOverBody {
    /// More parcels handed over at once.
    #[serde(default)]
    also: Vec<u64>,
    /// The person staff recognised.
    person: Option<u32>,
    /// That person signed for it, on paper or on the carrier's device.
    #[serde(default)]
    signed: bool,
    /// The code or card shown.
    shown: Option<CodeBody>,
}

/// To which company, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GiveBackBody {
    /// The company.
    carrier: u32,
    /// `overdue`, `unknown`, `refused` or `outgoing`.
    #[schema(value_type = String, example = "refused")]
    reason: ReturnReason,
}

/// A parcel handed over at the desk.
#[utoipa::path(post, path = "/api/v1/parcels", request_body = ParcelBody, responses((status = 200, body = Answered)), tag = "desk")]
async fn take_in(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<ParcelBody>,
) -> Answering {
    let words = body.words(&app).await?;
    let command = Command::DeskIntake { carrier: body.carrier.map(CarrierId), words };
    let request = Request::new(session.actor(), command).with_key(key);
    let at = app.site.now();
    ask(&app, body.labelled(request, at, true)?).await
}

/// Staff take a parcel a courier left for them.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/accept", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "desk")]
async fn accept(State(app): State<App>, session: StaffSession, Id(id): Id<u64>, Key(key): Key) -> Answering {
    ask_as(&app, &session, key, Command::AcceptAtDesk { parcel: ParcelId(id) }).await
}

/// Corrects for whom a parcel is.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/correct", params(("id" = u64, Path)), request_body = RecipientBody, responses((status = 200, body = Answered)), tag = "desk")]
async fn correct(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<RecipientBody>,
) -> Answering {
    let parcel = ParcelId(id);
    let whose = (body.unit.map(UnitId), body.addressee.map(PersonId));
    let at = app.site.now();
    let learned = app.site.query(move |tables| record::reassigned(tables, parcel, whose, at)).await?;
    let recipient = recipient(body.unit, body.addressee);
    let request = Request::new(session.actor(), Command::CorrectRecipient { parcel, recipient });
    ask(&app, request.with_key(key).with_rows(|_| learned)).await
}

/// Says what class a parcel is of, or that it is a usual one.
#[utoipa::path(put, path = "/api/v1/parcels/{id}/class", params(("id" = u64, Path)), request_body = ClassBody, responses((status = 200, body = Answered)), tag = "desk")]
async fn classify(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<ClassBody>,
) -> Answering {
    ask_as(&app, &session, key, Command::Classify { parcel: ParcelId(id), class: body.class }).await
}

/// Puts a parcel of staff into a free compartment or onto a shelf.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/place", params(("id" = u64, Path)), request_body = PlaceBody, responses((status = 200, body = Answered)), tag = "desk")]
async fn place(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<PlaceBody>,
) -> Answering {
    let parcel = ParcelId(id);
    let banks = body.banks.into_iter().map(BankId).collect();
    let command = match body.shelf {
        Some(shelf) => Command::Shelve { parcel, shelf: ShelfId(shelf) },
        None => Command::PlaceFromDesk { parcel, banks, reach: body.reach },
    };
    ask_as(&app, &session, key, command).await
}

/// Hands a parcel of staff to a person.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/hand-over", params(("id" = u64, Path)), request_body = HandOverBody, responses((status = 200, body = Answered)), tag = "desk")]
async fn hand_over(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<HandOverBody>,
) -> Answering {
    let to = match (body.person, body.shown) {
        (Some(person), None) if body.signed => HandOverTo::Signed(PersonId(person)),
        (Some(person), None) => HandOverTo::Person(PersonId(person)),
        (None, Some(shown)) => HandOverTo::Shown(shown.proof(&app).await?),
        _ => {
            return Err(
                crate::web::problem::Trouble::Unreadable("Give either person or shown.".to_owned()).into()
            );
        }
    };
    let parcels = std::iter::once(id).chain(body.also).map(ParcelId).collect();
    ask_as(&app, &session, key, Command::HandOver { parcels, to }).await
}

/// Gives a parcel of staff back to a company.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/give-back", params(("id" = u64, Path)), request_body = GiveBackBody, responses((status = 200, body = Answered)), tag = "desk")]
async fn give_back(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<GiveBackBody>,
) -> Answering {
    let command =
        Command::GiveBack { parcel: ParcelId(id), carrier: CarrierId(body.carrier), reason: body.reason };
    ask_as(&app, &session, key, command).await
}

/// Ends the search for a missing parcel, or disposes of one in staff custody.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/write-off", params(("id" = u64, Path)), request_body = Because, responses((status = 200, body = Answered)), tag = "desk")]
async fn write_off(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(why): Body<Because>,
) -> Answering {
    let command = Command::WriteOff { parcel: ParcelId(id), reason: why.reason };
    let request = why.request(&app, &session, command, format!("parcel/{id}")).await?;
    ask(&app, request.with_key(key)).await
}

/// A missing parcel turned up.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/turned-up", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "desk")]
async fn turned_up(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
) -> Answering {
    ask_as(&app, &session, key, Command::TurnedUp { parcel: ParcelId(id) }).await
}

/// Staff looked for a parcel on its shelf or in its drop place and did not find it: it is missing.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/not-there", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "desk")]
async fn parcel_not_there(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
) -> Answering {
    let looked = LookedFor { parcel: ParcelId(id), visit: None };
    ask_as(&app, &session, key, Command::NotThere(looked)).await
}

/// Opens its compartment to take a parcel out into staff custody.
#[utoipa::path(post, path = "/api/v1/parcels/{id}/remove", params(("id" = u64, Path)), request_body = Because, responses((status = 200, body = Answered)), tag = "desk")]
async fn remove(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(why): Body<Because>,
) -> Answering {
    let command = Command::StaffRemove { parcel: ParcelId(id), reason: why.reason };
    let request = why.request(&app, &session, command, format!("parcel/{id}")).await?;
    ask(&app, request.with_key(key)).await
}
