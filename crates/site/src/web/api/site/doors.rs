//! Doors one walks through: access points, how they stand, their policy, letting somebody in once, rings.

mod entries;

use crate::handle::Request;
use crate::web::App;
use crate::web::api::answer::{Answered, Answering, ask, ask_as};
use crate::web::api::body::{Body, Id, Key};
use crate::web::api::words::{Because, CodeBody};
use crate::web::guard::{PairedKiosk, Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::access::passage::Closure;
use vestibule_core::access::point::{AccessPoint, DoorMode, PointKind, PointSpec};
use vestibule_core::access::policy::{DoorNight, DoorPolicy};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::time::{Date, WeekWindow};
use vestibule_core::vocabulary::command::{Bell, Rung};
use vestibule_core::{
    AccessPointId, AreaId, BankId, Command, KioskId, RingId, ShelfId, Site, Timestamp, UnitId,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(entries::routes())
        .routes(routes!(doors, install))
        .routes(routes!(change, remove))
        .routes(routes!(set_mode))
        .routes(routes!(set_night))
        .routes(routes!(let_in))
        .routes(routes!(policy, set_policy))
        .routes(routes!(holidays, set_holidays))
        .routes(routes!(rings))
        .routes(routes!(answer))
        .routes(routes!(set_kiosk_doors))
        .routes(routes!(admit))
        .routes(routes!(walk_in))
        .routes(routes!(ring))
}

/// What a door is and where it leads.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web::api) struct DoorBody {
    /// What people call it.
    label: String,
    /// `building_entrance`, `room_door` or `bank_room`.
    #[schema(value_type = String, example = "room_door")]
    kind: PointKind,
    /// A contact tells whether it stands open.
    #[serde(default)]
    contact: bool,
    /// A contact tells that somebody inside goes out.
    #[serde(default)]
    request_to_exit: bool,
    /// Something reads codes at it.
    #[serde(default)]
    reader: bool,
    /// The banks behind it.
    #[serde(default)]
    banks: BTreeSet<u32>,
    /// The shelves behind it.
    #[serde(default)]
    shelves: BTreeSet<u32>,
    /// The drop places behind it.
    #[serde(default)]
    drop_places: BTreeSet<u32>,
}

impl From<DoorBody> for PointSpec {
    fn from(body: DoorBody) -> Self {
        Self {
            label: body.label,
            kind: body.kind,
            contact: body.contact,
            request_to_exit: body.request_to_exit,
            reader: body.reader,
            banks: body.banks.into_iter().map(BankId).collect(),
            shelves: body.shelves.into_iter().map(ShelfId).collect(),
            areas: body.drop_places.into_iter().map(AreaId).collect(),
        }
    }
}

/// A door as it is now.
#[derive(Serialize, ToSchema)]
pub struct PassageView {
    /// Its number.
    door: u32,
    /// What people call it.
    label: String,
    /// `building_entrance`, `room_door` or `bank_room`.
    #[schema(value_type = String)]
    kind: PointKind,
    /// `locked`, `scheduled` or `closed_to_couriers`.
    #[schema(value_type = String)]
    mode: DoorMode,
    /// The hours of a scheduled door: `days` bit 0 = Monday, `from` and `to` in minutes of the day.
    #[schema(value_type = [Object])]
    hours: Vec<WeekWindow>,
    /// Its own night, as it is set; absent: the night of all doors.
    #[schema(value_type = Option<Object>)]
    night: Option<DoorNight>,
    /// Whether anyone may walk in now.
    open_to_all: bool,
    /// What its contact shows; absent if it cannot be read or there is none.
    stands_open: Option<bool>,
    /// Open since, ms.
    open_since: Option<i64>,
    /// It has been open for too long.
    held_open: bool,
    /// Its controller does not answer.
    silent: bool,
    /// The case of its device is open.
    tampered: bool,
    /// The banks behind it.
    banks: Vec<u32>,
    /// The shelves behind it.
    shelves: Vec<u32>,
    /// The drop places behind it.
    drop_places: Vec<u32>,
}

fn view(site: &Site, now: Timestamp, (id, p): (&AccessPointId, &AccessPoint)) -> PassageView {
    let (stands_open, since, held_open) = match p.closure {
        Closure::Unknown => (None, None, false),
        Closure::Closed => (Some(false), None, false),
        Closure::Open { since, held, .. } => (Some(true), Some(since.0), held),
    };
    PassageView {
        door: id.0,
        label: p.spec.label.clone(),
        kind: p.spec.kind,
        mode: p.mode,
        hours: p.hours.clone(),
        night: p.night.clone(),
        open_to_all: p.is_open_to_all(&site.access.holidays, now, &site.policy.zone),
        stands_open,
        open_since: since,
        held_open,
        silent: p.silent,
        tampered: p.tampered,
        banks: p.spec.banks.iter().map(|id| id.0).collect(),
        shelves: p.spec.shelves.iter().map(|id| id.0).collect(),
        drop_places: p.spec.areas.iter().map(|id| id.0).collect(),
    }
}

/// The doors one walks through.
#[utoipa::path(get, path = "/api/v1/doors", responses((status = 200, body = [PassageView])), tag = "doors")]
async fn doors(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<PassageView>>, Fault> {
    let look = |site: &Site, now| site.access.points.iter().map(|point| view(site, now, point)).collect();
    Ok(Json(app.site.read(look).await?))
}

/// Puts up a door.
#[utoipa::path(post, path = "/api/v1/doors", request_body = DoorBody, responses((status = 200, body = Answered)), tag = "doors")]
async fn install(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<DoorBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::InstallAccessPoint { spec: body.into() }).await
}

/// Changes what a door is or where it leads.
#[utoipa::path(put, path = "/api/v1/doors/{id}", params(("id" = u32, Path)), request_body = DoorBody, responses((status = 200, body = Answered)), tag = "doors")]
async fn change(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<DoorBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let command = Command::ChangeAccessPoint { point: AccessPointId(id), spec: body.into() };
    ask_as(&app, &session, key, command).await
}

/// Takes a door down that was put up by mistake, or is no more. Refused while it is needed for something.
#[utoipa::path(delete, path = "/api/v1/doors/{id}", params(("id" = u32, Path)), responses((status = 200, body = Answered)), tag = "doors")]
async fn remove(State(app): State<App>, session: StaffSession, Id(id): Id<u32>, Key(key): Key) -> Answering {
    session.allowed(Permission::Install)?;
    ask_as(&app, &session, key, Command::RemoveAccessPoint(AccessPointId(id))).await
}

/// How a door is to stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ModeBody {
    /// `locked`, `scheduled` or `closed_to_couriers`.
    #[schema(value_type = String, example = "locked")]
    mode: DoorMode,
    /// The hours of a scheduled door: `days` bit 0 = Monday, `from` and `to` in minutes of the day.
    #[serde(default)]
    #[schema(value_type = [Object])]
    hours: Vec<WeekWindow>,
}

/// Sets how a door stands.
#[utoipa::path(put, path = "/api/v1/doors/{id}/mode", params(("id" = u32, Path)), request_body = ModeBody, responses((status = 200, body = Answered)), tag = "doors")]
async fn set_mode(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<ModeBody>,
) -> Answering {
    session.allowed(Permission::ChangeSettings)?;
    let command = Command::SetDoorMode { point: AccessPointId(id), mode: body.mode, hours: body.hours };
    ask_as(&app, &session, key, command).await
}

/// The night of a door.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NightBody {
    /// Its own: `hours` as those of a schedule, none where no night comes; `rule` is `refuse` or `tell_staff`. Null: the
    /// night of all doors.
    #[schema(value_type = Option<Object>)]
    night: Option<DoorNight>,
}

/// Sets what couriers' codes and passes do at a door in the night.
#[utoipa::path(put, path = "/api/v1/doors/{id}/night", params(("id" = u32, Path)), request_body = NightBody, responses((status = 200, body = Answered)), tag = "doors")]
async fn set_night(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<NightBody>,
) -> Answering {
    session.allowed(Permission::ChangeSettings)?;
    ask_as(&app, &session, key, Command::SetDoorNight(AccessPointId(id), body.night)).await
}

/// Lets somebody in once.
#[utoipa::path(post, path = "/api/v1/doors/{id}/let-in", params(("id" = u32, Path)), request_body = Because, responses((status = 200, body = Answered)), tag = "doors")]
async fn let_in(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<Because>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    let command = Command::LetInOnce { point: AccessPointId(id), reason: body.reason };
    let request = body.request(&app, &session, command, format!("door:{id}")).await?;
    ask(&app, request.with_key(key)).await
}

/// What the site chooses for all its doors.
#[utoipa::path(get, path = "/api/v1/door-policy", responses((status = 200, body = Object)), tag = "doors")]
async fn policy(State(app): State<App>, _: StaffSession) -> Result<Json<DoorPolicy>, Fault> {
    Ok(Json(app.site.read(|site, _| site.access.policy.clone()).await?))
}

/// Changes what the site chooses for all its doors; what is left out gets its default.
#[utoipa::path(put, path = "/api/v1/door-policy", request_body = Object, responses((status = 200, body = Answered)), tag = "doors")]
async fn set_policy(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(policy): Body<DoorPolicy>,
) -> Answering {
    session.allowed(Permission::ChangeSettings)?;
    ask_as(&app, &session, key, Command::SetDoorPolicy { policy }).await
}

/// The days on which no schedule opens a door, as `2026-12-25`.
#[utoipa::path(get, path = "/api/v1/holidays", responses((status = 200, body = [String])), tag = "doors")]
async fn holidays(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<Date>>, Fault> {
    Ok(Json(app.site.read(|site, _| site.access.holidays.iter().copied().collect()).await?))
}

/// Days without a schedule.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HolidaysBody {
    /// All of them, as `2026-12-25`.
    #[schema(value_type = [String])]
    days: Vec<Date>,
}

/// Sets the days on which no schedule opens a door: all of them.
#[utoipa::path(put, path = "/api/v1/holidays", request_body = HolidaysBody, responses((status = 200, body = Answered)), tag = "doors")]
async fn set_holidays(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<HolidaysBody>,
) -> Answering {
    session.allowed(Permission::ChangeSettings)?;
    ask_as(&app, &session, key, Command::SetHolidays { days: body.days }).await
}

/// Somebody who asked to be let in.
#[derive(Serialize, ToSchema)]
pub struct RingView {
    /// Its number.
    ring: u64,
    /// At which door.
    door: u32,
    /// To whom they come; null: to the desk.
    unit: Option<u32>,
    /// Whether they rang by phone, by the label of the door: then they may be anywhere.
    by_phone: bool,
    /// No answer counts later than this, ms.
    until: i64,
}

/// Who waits for an answer.
#[utoipa::path(get, path = "/api/v1/rings", responses((status = 200, body = [RingView])), tag = "doors")]
async fn rings(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<RingView>>, Fault> {
    let look = |site: &Site, _| {
        let rings = site.access.rings.iter();
        rings
            .map(|(id, r)| RingView {
                ring: id.0,
                door: r.rung.point.0,
                unit: r.rung.unit.map(|unit| unit.0),
                by_phone: r.rung.bell == Bell::Phone,
                until: r.until.0,
            })
            .collect()
    };
    Ok(Json(app.site.read(look).await?))
}

/// Yes or no.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    /// Let in once, or refuse.
    let_in: bool,
}

/// Answers who rang: lets them in once, or refuses.
#[utoipa::path(post, path = "/api/v1/rings/{id}/answer", params(("id" = u64, Path)), request_body = AnswerBody, responses((status = 200, body = Answered)), tag = "doors")]
async fn answer(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<AnswerBody>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    let command = Command::AnswerEntry { ring: RingId(id), let_in: body.let_in, link: None };
    ask_as(&app, &session, key, command).await
}

/// Doors by number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DoorsBody {
    /// Which.
    doors: Vec<u32>,
}

/// Says which doors a kiosk stands at.
#[utoipa::path(put, path = "/api/v1/kiosks/{id}/doors", params(("id" = u32, Path)), request_body = DoorsBody, responses((status = 200, body = Answered)), tag = "doors")]
async fn set_kiosk_doors(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<DoorsBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let doors = body.doors.into_iter().map(AccessPointId).collect();
    ask_as(&app, &session, key, Command::SetKioskDoors { kiosk: KioskId(id), doors }).await
}

/// Somebody shows a code at a door of this kiosk. With `selector` and `digits` it is a resident's, else a courier's or a pass.
#[utoipa::path(post, path = "/api/v1/kiosk/doors/{id}/admit", params(("id" = u32, Path)), request_body = CodeBody, responses((status = 200, body = Answered)), tag = "kiosk")]
async fn admit(
    State(app): State<App>,
    kiosk: PairedKiosk,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<CodeBody>,
) -> Answering {
    let purpose = if body.selector.is_some() { Purpose::EnterToCollect } else { Purpose::Enter };
    let proof = body.proof(&app).await?;
    let command = Command::Admit { point: AccessPointId(id), purpose, proof };
    ask(&app, Request::new(kiosk.actor(), command).with_key(key)).await
}

/// Somebody presses *enter* at a door of this kiosk that is open by its schedule.
#[utoipa::path(post, path = "/api/v1/kiosk/doors/{id}/walk-in", params(("id" = u32, Path)), responses((status = 200, body = Answered)), tag = "kiosk")]
async fn walk_in(State(app): State<App>, kiosk: PairedKiosk, Id(id): Id<u32>, Key(key): Key) -> Answering {
    let command = Command::WalkIn { point: AccessPointId(id) };
    ask(&app, Request::new(kiosk.actor(), command).with_key(key)).await
}

/// To whom somebody comes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RingBody {
    /// The unit; null or left out: the desk.
    unit: Option<u32>,
}

/// Somebody without a code asks at a door of this kiosk to be let in.
#[utoipa::path(post, path = "/api/v1/kiosk/doors/{id}/ring", params(("id" = u32, Path)), request_body = RingBody, responses((status = 200, body = Answered)), tag = "kiosk")]
async fn ring(
    State(app): State<App>,
    kiosk: PairedKiosk,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<RingBody>,
) -> Answering {
    let (point, unit) = (AccessPointId(id), body.unit.map(UnitId));
    let command = Command::RingForEntry(Rung { point, unit, bell: Bell::AtDoor });
    ask(&app, Request::new(kiosk.actor(), command).with_key(key)).await
}
