//! Shelves: what each is called and takes, and how much lies there.

use super::answer::{Answered, Answering, ask_as};
use super::body::{Body, Id, Key};
use super::words::ClassBody;
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::shelf::{ShelfLimits, parcels_on};
use vestibule_core::{Command, ShelfId, Site};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(shelves, install)).routes(routes!(describe)).routes(routes!(keep_for))
}

/// What a shelf takes.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LimitsBody {
    /// Where it stands: a room, a rack; up to 40 characters.
    zone: String,
    /// The largest parcel: s, m, l, xl.
    #[schema(value_type = String)]
    largest: Size,
    /// A spot on the floor: it takes what fits no compartment as well.
    #[serde(default)]
    floor: bool,
    /// How many parcels, from 1; absent: nobody counted.
    holds: Option<u16>,
    /// Height above the floor, mm, up to 3000; absent: nobody measured.
    height_mm: Option<u32>,
}

impl LimitsBody {
    fn of(limits: &ShelfLimits) -> Self {
        let ShelfLimits { zone, largest, floor, holds, height_mm } = limits.clone();
        Self { zone, largest, floor, holds, height_mm }
    }

    fn limits(self) -> ShelfLimits {
        let Self { zone, largest, floor, holds, height_mm } = self;
        ShelfLimits { zone, largest, floor, holds, height_mm }
    }
}

/// A shelf.
#[derive(Serialize, ToSchema)]
struct ShelfView {
    /// Its number.
    shelf: u32,
    /// What is written on it.
    label: String,
    /// Parcels on it or on their way to it.
    parcels: usize,
    /// The class of parcels it is kept for, if any: `meal` or `chilled`.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_for: Option<ParcelClass>,
    /// What it takes; absent: everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<LimitsBody>,
}

/// The shelves.
#[utoipa::path(get, path = "/api/v1/shelves", responses((status = 200, body = [ShelfView])), tag = "banks")]
async fn shelves(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<ShelfView>>, Fault> {
    let look = |site: &Site, _| {
        let view = |(id, label): (&ShelfId, &String)| ShelfView {
            shelf: id.0,
            label: label.clone(),
            parcels: parcels_on(site, *id),
            kept_for: site.layout.shelf_classes.get(id).copied(),
            limits: site.layout.shelf_limits.get(id).map(LimitsBody::of),
        };
        site.layout.shelves.iter().map(view).collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// A shelf to be named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShelfBody {
    /// What is written on it.
    label: String,
}

/// Names a shelf.
#[utoipa::path(post, path = "/api/v1/shelves", request_body = ShelfBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn install(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<ShelfBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::InstallShelf { label: body.label }).await
}

/// Says what a shelf takes from now on.
#[utoipa::path(put, path = "/api/v1/shelves/{id}/limits", params(("id" = u32, Path)), request_body = LimitsBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn describe(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<LimitsBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::DescribeShelf { shelf: ShelfId(id), limits: body.limits() }).await
}

/// Keeps a shelf for parcels of one class, or frees it.
#[utoipa::path(put, path = "/api/v1/shelves/{id}/class", params(("id" = u32, Path)), request_body = ClassBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn keep_for(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<ClassBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let place = Place::Shelf(ShelfId(id));
    ask_as(&app, &session, key, Command::KeepPlaceFor { place, class: body.class }).await
}
