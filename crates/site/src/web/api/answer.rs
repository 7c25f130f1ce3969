//! Answers of the API. None carries a code but [`Issued`], once.

use crate::handle::{Outcome, Request};
use crate::web::App;
use crate::web::guard::StaffSession;
use crate::web::problem::Fault;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_core::place::Place;
use vestibule_core::{Answer, Command};

/// What a granted command answers; only what applies is there.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Answered {
    /// This is the first answer to the same Idempotency-Key, given again.
    pub repeated: bool,
    /// The visit that began or goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<u64>,
    /// The parcel registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parcel: Option<u64>,
    /// Where it goes; absent while it waits for an open door to close.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub place: Option<Place>,
    /// The opening authorised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<u64>,
    /// The compartment opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compartment: Option<u32>,
    /// Compartments that open here, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here: Option<Vec<u32>>,
    /// Compartments in banks out of this kiosk's sight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Vec<u32>>,
    /// Parcels on shelves or in drop places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<u64>>,
    /// The entry that began: the release of the door is on its way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// The door one may walk through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub door: Option<u32>,
    /// Somebody was asked to say yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring: Option<u64>,
    /// No answer counts later than this, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// The number of whatever else was made: door, bank, shelf, drop place, carrier, kiosk, camera, staff, task, person, credential, claim, audit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
}

impl Answered {
    /// The answer of a granted request.
    pub(super) fn of(answer: Answer, repeated: bool) -> Self {
        let empty = Self { repeated, ..Self::default() };
        let id = |id: u64| Self { repeated, id: Some(id), ..Self::default() };
        match answer {
            Answer::Done => empty,
            Answer::Visit { visit } => Self { visit: Some(visit.0), ..empty },
            Answer::Parcel { parcel, place, opening } => {
                Self { parcel: Some(parcel.0), place, opening: opening.map(|id| id.0), ..empty }
            }
            Answer::PickUp { visit, here, elsewhere, places } => Self {
                visit: Some(visit.0),
                here: Some(here.iter().map(|id| id.0).collect()),
                elsewhere: Some(elsewhere.iter().map(|id| id.0).collect()),
                places: Some(places.iter().map(|id| id.0).collect()),
                ..empty
            },
            Answer::Opening { opening, compartment } => {
                Self { opening: Some(opening.0), compartment: Some(compartment.0), ..empty }
            }
            Answer::Credential { credential } => id(credential.0),
            Answer::Bank(made) => id(made.0.into()),
            Answer::Shelf(made) => id(made.0.into()),
            Answer::Room(made) => id(made.0.into()),
            Answer::Area(made) => id(made.0.into()),
            Answer::Carrier(made) => id(made.0.into()),
            Answer::Kiosk(made) => id(made.0.into()),
            Answer::Camera(made) => id(made.0.into()),
            Answer::Staff(made) => id(made.0.into()),
            Answer::Task(made) => id(made.0),
            Answer::Person(made) => id(made.0.into()),
            Answer::Claim(made) => id(made.0),
            Answer::Audit(made) => id(made.0),
            Answer::AccessPoint(made) => id(made.0.into()),
            Answer::Entry { entry, point } => Self { entry: Some(entry.0), door: Some(point.0), ..empty },
            Answer::Ring { ring, until } => Self { ring: Some(ring.0), until: Some(until.0), ..empty },
        }
    }
}

/// A code or token that was issued; shown in this answer and never again.
#[derive(Serialize, ToSchema)]
pub struct Issued {
    /// The number of the credential, or of the kiosk.
    pub id: u64,
    /// The digits, if it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<String>,
    /// The token in its QR picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The code was shown in the first answer to this Idempotency-Key; it is not shown again.
    pub already_revealed: bool,
}

impl Issued {
    fn of(outcome: Outcome) -> Result<Json<Self>, Fault> {
        let id = Answered::of(outcome.answer?, outcome.repeated).id.unwrap_or_default();
        let already_revealed = outcome.repeated;
        let shown = outcome.revealed.into_iter().next().filter(|_| !already_revealed);
        let (digits, token) = match shown {
            Some(shown) => {
                (shown.digits.map(|d| d.expose().to_owned()), Some(shown.token.expose().to_owned()))
            }
            None => (None, None),
        };
        Ok(Json(Self { id, digits, token, already_revealed }))
    }
}

/// What every handler of the API returns.
pub(super) type Answering = Result<Json<Answered>, Fault>;

/// Asks the writer and maps the answer.
pub(super) async fn ask(app: &App, request: Request) -> Answering {
    let outcome = app.site.ask(request).await?;
    Ok(Json(Answered::of(outcome.answer?, outcome.repeated)))
}

/// Asks as a member of staff.
pub(super) async fn ask_as(
    app: &App,
    session: &StaffSession,
    key: Option<String>,
    command: Command,
) -> Answering {
    ask(app, Request::new(session.actor(), command).with_key(key)).await
}

/// Asks for something that issues a code.
pub(super) async fn issue(app: &App, request: Request) -> Result<Json<Issued>, Fault> {
    Issued::of(app.site.ask(request).await?)
}
