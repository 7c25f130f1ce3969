//! The drawings of package rooms: as they are, what another would change, and another in its place.

use super::super::answer::{Answered, Answering, ask_as};
use super::super::body::{Body, Id, Key};
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::place::room::{Room, RoomPlan, ShelfPlace};
use vestibule_core::site::rooms::{RoomChange, foresee};
use vestibule_core::vocabulary::command::{DrawnRoom, DrawnShelf};
use vestibule_core::{Command, RoomId, ShelfId, Site};

pub(in crate::web::api) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(rooms, draw_new)).routes(routes!(draw)).routes(routes!(try_drawing))
}

/// A room as it is drawn.
#[derive(Serialize, ToSchema)]
struct RoomView {
    /// Its number.
    room: u32,
    /// Counts its drawings, from 1.
    version: u32,
    /// Label, door, measures in mm, racks and zones.
    #[schema(value_type = Object)]
    plan: RoomPlan,
    /// Its shelves.
    shelves: Vec<RoomShelfView>,
}

/// A shelf of a room.
#[derive(Serialize, ToSchema)]
struct RoomShelfView {
    /// Its number.
    shelf: u32,
    /// What is written on it.
    label: String,
    /// Rack, level and slot, or the piece of floor; and the zone.
    #[schema(value_type = Object)]
    place: ShelfPlace,
}

/// A new drawing of a room, as a whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoomBody {
    /// The version of the drawing it was made from; another that holds meanwhile refuses it. Left out for a new room.
    #[serde(default)]
    was: u32,
    /// Label, door, measures in mm, racks and zones.
    #[schema(value_type = Object)]
    plan: RoomPlan,
    /// Every shelf of the room, each by its label and place. One that is not in it goes. `takes` says the largest size and how many it
    /// holds; left out, both stay as staff said, or follow from the measures of its level.
    #[schema(value_type = Vec<Object>)]
    shelves: Vec<DrawnShelf>,
}

impl RoomBody {
    fn drawn(self, room: Option<RoomId>) -> DrawnRoom {
        let Self { was, plan, shelves } = self;
        DrawnRoom { room, was, plan, shelves }
    }
}

/// What a drawing of a room would change.
#[derive(Serialize, ToSchema)]
struct RoomChangeView {
    /// The version it would be.
    version: u32,
    /// Whether the room itself, a rack or a zone is otherwise.
    plan: bool,
    /// Labels of shelves that come.
    added: Vec<String>,
    /// Labels of shelves that are there and were in no drawing.
    placed: Vec<String>,
    /// Labels of shelves that get another place or zone.
    moved: Vec<String>,
    /// Labels of shelves that are there and take other parcels, or another number of them.
    takes: Vec<String>,
    /// Shelves that go.
    removed: Vec<u32>,
    /// Those that cannot go now.
    still_needed: Vec<NeededShelfView>,
}

/// A shelf that cannot go.
#[derive(Serialize, ToSchema)]
struct NeededShelfView {
    /// Which.
    shelf: u32,
    /// Parcels on it or on their way.
    parcels: usize,
}

impl From<RoomChange> for RoomChangeView {
    fn from(change: RoomChange) -> Self {
        let RoomChange { version, plan, added, placed, moved, takes, removed, still_needed } = change;
        let needed =
            still_needed.into_iter().map(|(shelf, parcels)| NeededShelfView { shelf: shelf.0, parcels });
        let (removed, still_needed) = (removed.iter().map(|shelf| shelf.0).collect(), needed.collect());
        Self { version, plan, added, placed, moved, takes, removed, still_needed }
    }
}

/// The rooms as they are drawn.
#[utoipa::path(get, path = "/api/v1/rooms", responses((status = 200, body = [RoomView])), tag = "banks")]
async fn rooms(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<RoomView>>, Fault> {
    let look = |site: &Site, _| {
        let shelf = |(id, place): (&ShelfId, &ShelfPlace)| RoomShelfView {
            shelf: id.0,
            label: site.layout.shelves.get(id).cloned().unwrap_or_default(),
            place: *place,
        };
        let view = |(id, room): (&RoomId, &Room)| RoomView {
            room: id.0,
            version: room.version,
            plan: room.plan.clone(),
            shelves: room.shelves.iter().map(shelf).collect(),
        };
        site.layout.rooms.iter().map(view).collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// Draws a new room. Shelves that are in no room yet are taken up by their labels.
#[utoipa::path(post, path = "/api/v1/rooms", request_body = RoomBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn draw_new(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<RoomBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::DrawRoom(body.drawn(None))).await
}

/// Draws a room anew. A shelf with parcels on it or on their way stays in the drawing.
#[utoipa::path(put, path = "/api/v1/rooms/{id}/drawing", params(("id" = u32, Path)), request_body = RoomBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn draw(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<RoomBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::DrawRoom(body.drawn(Some(RoomId(id))))).await
}

/// What a new drawing would change. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/rooms/{id}/drawing/try", params(("id" = u32, Path)), request_body = RoomBody, responses((status = 200, body = RoomChangeView)), tag = "banks")]
async fn try_drawing(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Body(body): Body<RoomBody>,
) -> Result<Json<RoomChangeView>, Fault> {
    session.allowed(Permission::Install)?;
    let drawn = body.drawn(Some(RoomId(id)));
    let change = app.site.read(move |site, _| foresee(site, &drawn)).await??;
    Ok(Json(change.into()))
}
