//! Package rooms as drawings: the plan, the fronts of the racks, how full each shelf is; and the editor that draws them.
//!
//! Owns: `/staff/rooms`. Never: decides what may change; `foresee` tells, and the command decides.

pub mod draft;
mod face;
mod moves;
mod takes;

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use vestibule_core::place::room::{Room, room_of};
use vestibule_core::site::rooms::{RoomChange, foresee};
use vestibule_core::{AccessPointId, CarrierId, Command, Refusal, RoomId, ShelfId, Site};

use super::super::desk_page::{Desk, Fields, Section, done, live};
use super::shelves::ShelfLine;
use crate::web::App;
use crate::web::guard::Csrf;
use crate::web::problem::{Fault, words_of};
use draft::Draft;
use moves::Move;

/// A room with what lies on its shelves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RoomLook {
    /// Which.
    pub id: RoomId,
    /// As it stands.
    pub room: Room,
    /// What people call its door.
    pub door: String,
    /// Its shelves.
    pub shelves: BTreeMap<ShelfId, ShelfLine>,
}

impl RoomLook {
    fn of_site(site: &Site, id: RoomId) -> Option<Self> {
        let room = site.layout.rooms.get(&id)?.clone();
        let door = room.plan.door.and_then(|door| site.access.points.get(&door));
        let door = door.map(|door| door.spec.label.clone()).unwrap_or_default();
        let line = |shelf: &ShelfId| Some((*shelf, ShelfLine::of_site(site, *shelf)?));
        let shelves = room.shelves.keys().filter_map(line).collect();
        Some(Self { id, room, door, shelves })
    }
}

/// All rooms, and the shelves that are in none.
fn look(site: &Site) -> (Vec<RoomLook>, Vec<ShelfLine>) {
    let rooms = site.layout.rooms.keys().filter_map(|id| RoomLook::of_site(site, *id)).collect();
    let undrawn = site.layout.shelves.keys().filter(|shelf| room_of(site, **shelf).is_none());
    (rooms, undrawn.filter_map(|shelf| ShelfLine::of_site(site, *shelf)).collect())
}

async fn rooms_now(desk: &Desk) -> Result<Markup, Fault> {
    let (rooms, undrawn) = desk.read(|site, _| look(site)).await?;
    Ok(face::rooms(&rooms, &undrawn, (desk.say, desk.may_install().is_ok())))
}

/// `GET /staff/rooms`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let shown = rooms_now(&desk).await?;
    let content = face::page(live("/staff/rooms/live", shown), (desk.say, desk.may_install().is_ok()));
    Ok(desk.page(Section::Banks, &desk.say.t("staff-rooms-title"), content))
}

/// `GET /staff/rooms/live`
pub async fn stream(desk: Desk, State(app): State<App>, headers: HeaderMap) -> impl IntoResponse {
    super::super::live_stream(app, desk, headers, |desk| async move { rooms_now(&desk).await.ok() })
}

/// All that the editor and the page of differences show.
pub(super) struct EditView {
    /// What somebody draws.
    pub draft: Draft,
    /// What it would change, and the labels of shelves that go; why it cannot be drawn so.
    pub foreseen: Result<RoomChange, String>,
    /// What is written on each shelf.
    pub labels: BTreeMap<ShelfId, String>,
    /// Labels of shelves that are in no drawing yet.
    pub undrawn: Vec<String>,
    /// Doors one walks through.
    pub doors: Vec<(AccessPointId, String)>,
    /// Companies.
    pub carriers: Vec<(CarrierId, String)>,
    /// Why it was refused just now.
    pub refused: Option<String>,
}

async fn view(desk: &Desk, draft: Draft) -> Result<EditView, Fault> {
    let drawn = draft.drawn();
    let read = move |site: &Site, _| {
        let undrawn = site.layout.shelves.iter().filter(|(shelf, _)| room_of(site, **shelf).is_none());
        let doors = site.access.points.iter().map(|(id, point)| (*id, point.spec.label.clone()));
        let carriers = site.layout.carriers.iter().map(|(id, name)| (*id, name.clone()));
        (
            foresee(site, &drawn),
            site.layout.shelves.clone(),
            undrawn.map(|(_, label)| label.clone()).collect::<Vec<_>>(),
            doors.collect::<Vec<_>>(),
            carriers.collect::<Vec<_>>(),
        )
    };
    let (foreseen, labels, undrawn, doors, carriers) = desk.read(read).await?;
    let foreseen = match foreseen {
        Ok(change) => Ok(change),
        Err(Refusal::NotFound) => return Err(Refusal::NotFound.into()),
        Err(refusal) => Err(words_of(&desk.app, desk.say.language, &refusal.into()).await),
    };
    Ok(EditView { draft, foreseen, labels, undrawn, doors, carriers, refused: None })
}

fn shown(desk: &Desk, content: Markup) -> Markup {
    desk.page(Section::Banks, &desk.say.t("staff-room-draw"), content)
}

/// The usual name of a room, with a number where it is taken.
fn free_name(usual: &str, site: &Site) -> String {
    let is_free = |name: &String| {
        let mut rooms = site.layout.rooms.values();
        !rooms.any(|room| room.plan.label.eq_ignore_ascii_case(name))
    };
    let numbered = (2_u32..).map(|n| format!("{usual} {n}"));
    std::iter::once(usual.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

async fn drawn_now(desk: &Desk, room: Option<RoomId>) -> Result<Draft, Fault> {
    match room {
        None => {
            let usual = desk.say.t("staff-room-usual");
            Ok(Draft::new(&desk.read(move |site, _| free_name(&usual, site)).await?))
        }
        Some(room) => {
            let draft = desk.read(move |site, _| Draft::of_site(site, room)).await?;
            Ok(draft.ok_or(Refusal::NotFound)?)
        }
    }
}

async fn editor(desk: &Desk, draft: Draft) -> Result<Markup, Fault> {
    desk.may_install()?;
    Ok(shown(desk, face::editor(&view(desk, draft).await?, desk.say, &desk.csrf)))
}

/// `GET /staff/rooms/new`
pub async fn new(desk: Desk) -> Result<Markup, Fault> {
    desk.may_install()?;
    let mut draft = drawn_now(&desk, None).await?;
    draft = moved(&desk, draft, Move::Preset(0)).await?;
    editor(&desk, draft).await
}

/// `GET /staff/rooms/{id}/edit`
pub async fn edit(desk: Desk, Path(room): Path<RoomId>) -> Result<Markup, Fault> {
    desk.may_install()?;
    let draft = drawn_now(&desk, Some(room)).await?;
    editor(&desk, draft).await
}

/// `POST /staff/rooms/new/drawing`: the drawing that follows the fields.
pub async fn new_drawing(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    drawing(&desk, None, fields).await
}

/// `POST /staff/rooms/{id}/edit/drawing`: the drawing that follows the fields.
pub async fn drawing_now(
    desk: Desk,
    Path(room): Path<RoomId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    drawing(&desk, Some(room), fields).await
}

async fn drawing(desk: &Desk, room: Option<RoomId>, fields: Vec<(String, String)>) -> Result<Markup, Fault> {
    desk.may_install()?;
    let view = view(desk, Draft::from_fields(room, &Fields(fields))).await?;
    Ok(face::drawing(&view, desk.say))
}

/// `POST /staff/rooms/new`
pub async fn act_new(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Response, Fault> {
    act(desk, None, Fields(fields)).await
}

/// `POST /staff/rooms/{id}/edit`: a press in the editor, or on the page of differences.
pub async fn act_edit(
    desk: Desk,
    Path(room): Path<RoomId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    act(desk, Some(room), Fields(fields)).await
}

async fn act(desk: Desk, room: Option<RoomId>, fields: Fields) -> Result<Response, Fault> {
    desk.may_install()?;
    let draft = Draft::from_fields(room, &fields);
    match fields.get("do") {
        "see" => {
            let (draft, refused) = caught_up(&desk, draft).await?;
            let view = EditView { refused, ..view(&desk, draft).await? };
            Ok(shown(&desk, face::differences(&view, desk.say, &desk.csrf)).into_response())
        }
        "save" => save(&desk, draft).await,
        word => {
            let draft = match Move::read(word) {
                Some(what) => moved(&desk, draft, what).await?,
                None => draft,
            };
            Ok(editor(&desk, draft).await?.into_response())
        }
    }
}

async fn moved(desk: &Desk, mut draft: Draft, what: Move) -> Result<Draft, Fault> {
    let say = desk.say;
    let change = move |site: &Site, _| {
        draft.moved(what, (site, say));
        draft
    };
    desk.read(change).await
}

/// The draft against the drawing that holds, and the word if that is another than it began with.
async fn caught_up(desk: &Desk, mut draft: Draft) -> Result<(Draft, Option<String>), Fault> {
    let Some(room) = draft.room else { return Ok((draft, None)) };
    let version = desk.read(move |site, _| site.layout.rooms.get(&room).map(|room| room.version)).await?;
    let version = version.ok_or(Refusal::NotFound)?;
    if draft.was == version {
        return Ok((draft, None));
    }
    draft.was = version;
    let refusal = Refusal::DrawnMeanwhile { version };
    let why = words_of(&desk.app, desk.say.language, &refusal.into()).await;
    Ok((draft, Some(why)))
}

/// Asks for the change. What is refused comes back as it was drawn, with the word why.
async fn save(desk: &Desk, draft: Draft) -> Result<Response, Fault> {
    let refusal = match desk.ask(Command::DrawRoom(draft.drawn())).await {
        Ok(_) => return Ok(done("/staff/rooms", "room-drawn").into_response()),
        Err(Fault::Refused(refusal)) => refusal,
        Err(fault) => return Err(fault),
    };
    let refused = Some(words_of(&desk.app, desk.say.language, &refusal.clone().into()).await);
    let draft = caught_up(desk, draft).await?.0;
    let view = EditView { refused, ..view(desk, draft).await? };
    let page = shown(desk, face::differences(&view, desk.say, &desk.csrf));
    Ok((status(refusal), page).into_response())
}

fn status(refusal: Refusal) -> StatusCode {
    Fault::from(refusal).http_code()
}
