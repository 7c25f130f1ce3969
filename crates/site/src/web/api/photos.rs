//! Cameras and photos: how cameras are doing, which photos a parcel has, one of them whole, and holds.

use super::answer::{Answered, Answering, ask};
use super::body::{Body, Id, Key};
use crate::evidence::photos::{self, Photo};
use crate::handle::Request;
use crate::rows::Row;
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::photos::cameras::KnownCamera;
use crate::web::photos::{to_hold, to_release};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::evidence::{
    CameraPlace, Held, HoldReason, InView, PhotoGone, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::{Command, ParcelId, PhotoId, Refusal, Timestamp};
use vestibule_devices::CameraFault;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(cameras))
        .routes(routes!(of_parcel))
        .routes(routes!(picture))
        .routes(routes!(hold))
        .routes(routes!(release))
}

/// A camera.
#[derive(Serialize, ToSchema)]
pub struct CameraView {
    /// Its number.
    camera: u32,
    /// What people call it.
    name: String,
    /// What it looks at: `bank`, `kiosk`, `door` or `inside` (the room a door leads to) with their number, or `desk`.
    #[schema(value_type = Object)]
    at: CameraPlace,
    /// `people` or `parcels_only`.
    #[schema(value_type = String)]
    in_view: InView,
    /// It does not answer.
    silent: bool,
    /// This process reaches it.
    configured: bool,
    /// It answered so long ago, ms.
    answered_ago_ms: Option<u64>,
    /// Its clock minus ours, ms.
    clock_offset_ms: Option<i64>,
    /// Why the newest request came to nothing: `silent`, `no_picture`, `password_refused`, `not_permitted`, `blocked`, `busy`,
    /// `sent_elsewhere`, `wrong_address`, `no_past`, `certificate_expired`, `certificate_unknown`, `unsupported` or `vendor`.
    fault: Option<&'static str>,
    /// Of the newest requests, so many failed.
    failed: usize,
    /// The newest requests that are counted, up to 100.
    requests: usize,
}

/// The cameras.
#[utoipa::path(get, path = "/api/v1/cameras", responses((status = 200, body = [CameraView])), tag = "photos")]
async fn cameras(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<CameraView>>, Fault> {
    let names = app
        .site
        .query(|tables| {
            let mut statement = tables.prepare_cached("SELECT camera, name FROM camera_name")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<std::collections::BTreeMap<u32, String>>>()
        })
        .await?;
    let (known, _) = crate::web::photos::cameras::known(&app).await?;
    let view = |known: KnownCamera| {
        let health = known.health.as_ref();
        let (failed, requests) = health.map_or((0, 0), |health| health.failures());
        CameraView {
            camera: known.id.0,
            name: names.get(&known.id.0).cloned().unwrap_or_default(),
            at: known.camera.at,
            in_view: known.camera.in_view,
            silent: known.camera.silent,
            configured: health.is_some(),
            answered_ago_ms: known.answered_ago_ms,
            clock_offset_ms: health.and_then(|health| health.clock_offset_ms),
            fault: health.and_then(|health| health.fault).map(CameraFault::name),
            failed,
            requests,
        }
    };
    Ok(Json(known.into_iter().map(view).collect()))
}

/// A photo.
#[derive(Serialize, ToSchema)]
pub struct PhotoLine {
    /// Its number.
    photo: u64,
    /// When it was recorded, ms.
    at: i64,
    /// Of which camera; 0: that of a screen at a door.
    camera: u32,
    /// `courier_log_in`, `deposit`, `collection`, `denial`, `forced`, `held_open`, `something_inside`, `doubted`, `intake`,
    /// `hand_over`, `entry`, `opened`, `in_room`, `followed`, `rang`, `quick_drop` or `check_out`.
    #[schema(value_type = String)]
    reason: PhotoReason,
    /// What it is of: visit, compartment, opening, parcels, entry, the entries beside that one, ring.
    #[schema(value_type = Object)]
    subject: PhotoSubject,
    /// `people` or `parcels_only`.
    #[schema(value_type = String)]
    in_view: InView,
    /// Its salted hash, as in the ledger.
    hash: String,
    /// `jpeg` or `h264_key_frame`.
    #[schema(value_type = String)]
    media: PhotoMedia,
    /// When the camera says it took it, ms by the camera's clock.
    taken_ms: Option<i64>,
    /// The camera's clock minus ours, ms.
    clock_offset_ms: Option<i64>,
    /// `over` or `lost`, where it is not there any more.
    #[schema(value_type = Option<String>)]
    gone: Option<PhotoGone>,
}

impl PhotoLine {
    fn of(photo: Photo) -> Self {
        Self {
            photo: photo.photo.0,
            at: photo.at.0,
            camera: photo.asked.camera.0,
            reason: photo.asked.reason,
            subject: photo.asked.subject,
            in_view: photo.in_view,
            hash: photo.hash.to_string(),
            media: photo.media,
            taken_ms: photo.taken_ms,
            clock_offset_ms: photo.clock_offset_ms,
            gone: photo.gone,
        }
    }
}

const PHOTOS_MOST: u32 = 200;

/// The photos of a parcel's history, oldest first. The pictures are behind a route of their own, on the record.
#[utoipa::path(get, path = "/api/v1/parcels/{id}/photos", params(("id" = u64, Path)), responses((status = 200, body = [PhotoLine])), tag = "photos")]
async fn of_parcel(
    State(app): State<App>,
    _: StaffSession,
    Id(id): Id<u64>,
) -> Result<Json<Vec<PhotoLine>>, Fault> {
    let parcel = ParcelId(id);
    if !app.site.read(move |site, _| site.counters.has_parcel(parcel)).await? {
        return Err(Refusal::NotFound.into());
    }
    let found = app.site.query(move |tables| photos::of_parcel(tables, parcel, PHOTOS_MOST)).await?;
    Ok(Json(found.into_iter().map(PhotoLine::of).collect()))
}

/// One photo whole. That it was looked at is recorded first.
#[utoipa::path(get, path = "/api/v1/photos/{id}/picture", params(("id" = u64, Path)), responses((status = 200, content_type = "image/jpeg", description = "the photo")), tag = "photos")]
async fn picture(State(app): State<App>, session: StaffSession, Id(id): Id<u64>) -> Result<Response, Fault> {
    crate::web::photos::on_record(&app, session.actor(), PhotoId(id)).await
}

/// Until when and why evidence is kept beyond its time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HoldBody {
    /// `police`, `claim`, `dispute` or `other`.
    #[schema(value_type = String, example = "police")]
    reason: HoldReason,
    /// In words. Kept beside the ledger, never in it.
    words: String,
    /// Until then, ms; a time to come, within two years.
    until: i64,
    /// All photos of this parcel of the photo's, those to come too; absent: this photo alone.
    parcel: Option<u64>,
}

const WORDS_MOST: usize = 2_000;

fn meant(photo: u64, parcel: Option<u64>) -> Held {
    parcel.map_or(Held::Photo(PhotoId(photo)), |parcel| Held::Parcel(ParcelId(parcel)))
}

/// Keeps a photo, or all photos of its parcel, until a day.
#[utoipa::path(post, path = "/api/v1/photos/{id}/hold", params(("id" = u64, Path)), request_body = HoldBody, responses((status = 200, body = Answered)), tag = "photos")]
async fn hold(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<HoldBody>,
) -> Answering {
    session.allowed(Permission::HoldEvidence)?;
    let words = body.words.trim().to_owned();
    if words.is_empty() || words.len() > WORDS_MOST {
        return Err(Refusal::Invalid { why: format!("words take 1 to {WORDS_MOST} bytes") }.into());
    }
    let what = to_hold(&app, PhotoId(id), meant(id, body.parcel)).await?;
    let (staff, at) = (session.staff, app.site.now());
    let row = Row::StaffWords { staff, at, subject: format!("photo/{id}"), words };
    let command = Command::HoldEvidence { what, reason: body.reason, until: Timestamp(body.until) };
    let request = Request::new(session.actor(), command).with_rows(move |_| vec![row]).with_key(key);
    ask(&app, request).await
}

/// What is no longer to be held.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReleaseBody {
    /// All photos of this parcel of the photo's; absent: this photo alone.
    parcel: Option<u64>,
}

/// Ends a hold before its day.
#[utoipa::path(post, path = "/api/v1/photos/{id}/release", params(("id" = u64, Path)), request_body = ReleaseBody, responses((status = 200, body = Answered)), tag = "photos")]
async fn release(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<ReleaseBody>,
) -> Answering {
    session.allowed(Permission::HoldEvidence)?;
    let what = to_release(&app, PhotoId(id), meant(id, body.parcel)).await?;
    let request = Request::new(session.actor(), Command::ReleaseEvidence { what }).with_key(key);
    ask(&app, request).await
}
