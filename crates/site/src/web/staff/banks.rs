//! The banks as they hang: looking, opening with a reason, service, check, designation, installation, wiring.
//!
//! Owns: `/staff/banks` and `/staff/compartments`. Never: opens more than the one door that was pressed.

pub mod audits;
pub mod compartment;
pub mod drawn;
pub mod install;
pub mod keys;
pub mod plan;
pub mod redraw;
pub mod rooms;
pub mod shelves;
pub mod wiring;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use vestibule_core::custody::Custodian;
use vestibule_core::directory::KeypadNumber;
use vestibule_core::place::compartment::{Designation, Service};
use vestibule_core::{Command, CompartmentId, ParcelId, Refusal, Site, UnitId};

use super::blocks::reason_from;
use super::desk_page::{Act, Desk, Fields, Section, live};
use super::history;
use super::names::{Names, Wanted};
use super::say::Say;
use crate::directory::fold;
use crate::drawing::{DrawingStyle, Variant, draw};
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, button_quiet, button_secondary, listing};
use crate::web::App;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;
use compartment::{CompartmentView, ParcelLine};
use drawn::{Door, OwnedStateWords, Wall};

/// How far back the history of a compartment is shown.
const STORY_MOST: u32 = 40;

/// All banks, one under the other.
pub fn content(walls: &[Wall], names: &Names, (say, may_install): (Say, bool)) -> Markup {
    let words = OwnedStateWords::new(say);
    html! {
        @for wall in walls {
            @let drawing = drawn::drawing(wall, None, names, say);
            @let free = say.with("staff-bank-free", &[("n", wall.free().into()), ("all", wall.doors.len().into())]);
            section class="section" id={ "bank-" (wall.id) } {
                div class="page-title" { h2 { (drawing.name) } p class="lead" { (free) } }
                @if wall.silent { (message::notice_banner(NoticeKind::Danger, &say.t("staff-board-silent"))) }
                (draw(&drawing, &DrawingStyle {
                    id: &format!("wall-{}", wall.id),
                    variant: Variant::Staff,
                    title: &drawing.name,
                    description: &free,
                    words: &words.borrowed(),
                }))
                @let labels = format!("/staff/banks/{}/labels", wall.id);
                @let wiring = format!("/staff/banks/{}/wiring", wall.id);
                p class="button-row" {
                    (button_quiet(&say.t("staff-door-labels"), Press::Follow(&labels)))
                    @if may_install {
                        (button_quiet(&say.t("staff-wiring"), Press::Follow(&wiring)))
                        (button_quiet(&say.t("staff-redraw"), Press::Follow(&format!("/staff/banks/{}/edit", wall.id))))
                    }
                }
            }
        }
        @if walls.is_empty() {
            (message::empty(&say.t("staff-banks-empty-title"), &say.t("staff-banks-empty"),
                Some(button_primary(&say.t("staff-install"), Press::Follow("/staff/banks/new")))))
        }
    }
}

fn read_walls(site: &Site) -> (Vec<Wall>, Wanted) {
    let walls = Wall::all(site);
    let mut wanted = Wanted::default();
    let doors = walls.iter().flat_map(|wall| &wall.doors);
    wanted.units.extend(doors.filter_map(|door| door.compartment.designation).map(|d| d.unit));
    (walls, wanted)
}

async fn walls_now(desk: &Desk) -> Result<Markup, Fault> {
    let (walls, wanted) = desk.read(|site, _| read_walls(site)).await?;
    Ok(content(&walls, &desk.names(wanted).await?, (desk.say, desk.may_install().is_ok())))
}

/// `GET /staff/banks`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let (say, shown) = (desk.say, walls_now(&desk).await?);
    let doors = keys::doors(&desk).await?;
    let shelves = say.t("staff-settings-shelves");
    let actions = html! {
        (button_secondary(&say.t("staff-audits"), Press::Follow("/staff/audits")))
        (button_secondary(&shelves, Press::Follow("/staff/shelves")))
        (button_secondary(&say.t("staff-rooms-title"), Press::Follow("/staff/rooms")))
        (button_secondary(&say.t("staff-install"), Press::Follow("/staff/banks/new")))
    };
    let content = html! {
        (listing::page_title(&say.t("staff-banks-title"), Some(&say.t("staff-banks-lead")), actions))
        (live("/staff/banks/live", shown))
        (listing::section(&say.t("staff-key-title"), keys::choose(&doors, say, &desk.csrf)))
    };
    Ok(desk.page(Section::Banks, &say.t("staff-banks-title"), content))
}

/// `GET /staff/banks/live`
pub async fn stream(desk: Desk, State(app): State<App>, headers: HeaderMap) -> impl IntoResponse {
    super::live_stream(app, desk, headers, |desk| async move { walls_now(&desk).await.ok() })
}

async fn view(desk: &Desk, id: CompartmentId) -> Result<CompartmentView, Fault> {
    let found = desk.read(move |site, _| read_compartment(site, id)).await?;
    let (door, wall, inside, could_be) = found.ok_or(Refusal::NotFound)?;
    let past = move |tables: &rusqlite::Connection| {
        let notes = history::notes(tables, &subject(id))?;
        Ok((history::of_compartment(tables, id, STORY_MOST)?, notes))
    };
    let (story, notes) = desk.query(past).await?;
    let mut wanted = history::wanted(&story);
    wanted.units.extend(door.compartment.designation.map(|d| d.unit));
    wanted.units.extend(inside.iter().chain(&could_be).filter_map(|line| line.unit));
    let names = desk.names(wanted).await?;
    let may_designate = desk.may_install().is_ok();
    let (key, unexplained) = desk
        .read(move |site, now| {
            let known = &site.key_openings;
            (known.announced_now(id, now), known.unexplained.get(&id).copied())
        })
        .await?;
    let staff = desk.staff;
    Ok(CompartmentView {
        door,
        wall,
        inside,
        could_be,
        key,
        unexplained,
        staff,
        story,
        notes,
        may_designate,
        names,
    })
}

type Read = (Door, Wall, Vec<ParcelLine>, Vec<ParcelLine>);

fn read_compartment(site: &Site, id: CompartmentId) -> Option<Read> {
    let door = Door::of_site(site, id)?;
    let wall = Wall::of_site(site, door.compartment.bank)?;
    let inside = door.compartment.parcels.iter().filter_map(|parcel| line(site, *parcel)).collect();
    let is_check = door.compartment.service == Service::Check;
    let possible = |custodian| matches!(custodian, Custodian::Missing { .. } | Custodian::Courier(_));
    let could_be = site.custody.parcels.iter().filter(|(_, parcel)| is_check && possible(parcel.custodian));
    let could_be = could_be.filter_map(|(parcel, _)| line(site, *parcel)).take(40).collect();
    Some((door, wall, inside, could_be))
}

/// A live parcel in a line.
pub fn line(site: &Site, id: ParcelId) -> Option<ParcelLine> {
    let parcel = site.custody.get(id)?;
    let (carrier, unit, custodian, since) = (parcel.carrier, parcel.unit, parcel.custodian, parcel.since);
    Some(ParcelLine { id, carrier, unit, custodian, since })
}

fn subject(id: CompartmentId) -> String {
    format!("compartment/{id}")
}

/// `GET /staff/compartments/{id}`
pub async fn one(desk: Desk, Path(id): Path<CompartmentId>) -> Result<Markup, Fault> {
    let view = view(&desk, id).await?;
    let title = super::names::capital(&view.names.door(desk.say, id));
    Ok(desk.page(Section::Banks, &title, compartment::content(&view, desk.say, &desk.csrf)))
}

/// `GET /staff/compartments/{id}/live`
pub async fn one_stream(
    desk: Desk,
    State(app): State<App>,
    Path(id): Path<CompartmentId>,
    headers: HeaderMap,
) -> impl IntoResponse {
    super::live_stream(app, desk, headers, move |desk| async move {
        view(&desk, id).await.ok().map(|view| compartment::state(&view, desk.say))
    })
}

fn back(id: CompartmentId) -> String {
    format!("/staff/compartments/{id}")
}

/// `POST /staff/compartments/{id}/open`
pub async fn open(
    desk: Desk,
    Path(compartment): Path<CompartmentId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let reason = reason_and_words(&desk, &fields)?;
    let command = Command::StaffOpen { compartment, reason };
    let words = fields.get("words").to_owned();
    desk.act(Act::new(command, back(compartment), "opened").with_words(subject(compartment), words)).await
}

/// The reason given; *Other* only with words.
///
/// # Errors
/// No reason of the list, or *Other* without words.
pub fn reason_and_words(
    desk: &Desk,
    fields: &Fields,
) -> Result<vestibule_core::vocabulary::command::StaffReason, Fault> {
    let invalid = |key: &str| Refusal::Invalid { why: desk.say.t(key) };
    let reason = reason_from(fields.get("reason")).ok_or_else(|| invalid("staff-invalid-reason"))?;
    let is_other = reason == vestibule_core::vocabulary::command::StaffReason::Other;
    if is_other && fields.get("words").is_empty() {
        return Err(invalid("staff-invalid-words").into());
    }
    Ok(reason)
}

/// `POST /staff/compartments/{id}/service`
pub async fn service(
    desk: Desk,
    Path(compartment): Path<CompartmentId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let reason = reason_and_words(&desk, &fields)?;
    let command = Command::SetService { compartment, in_service: fields.ticked("in_service"), reason };
    let words = fields.get("words").to_owned();
    desk.act(Act::new(command, back(compartment), "service").with_words(subject(compartment), words)).await
}

/// `POST /staff/compartments/{id}/check`
pub async fn check(
    desk: Desk,
    Path(compartment): Path<CompartmentId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let found = Fields(fields).all("found");
    desk.act(Act::new(Command::ResolveCheck { compartment, found }, back(compartment), "checked")).await
}

/// `POST /staff/compartments/{id}/designate`
pub async fn designate(
    desk: Desk,
    Path(compartment): Path<CompartmentId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let fields = Fields(fields);
    let designation = match fields.get("how") {
        "free" => None,
        how => {
            Some(Designation { unit: unit_written(&desk, fields.get("unit")).await?, only: how == "only" })
        }
    };
    desk.act(Act::new(Command::Designate { compartment, designation }, back(compartment), "designated")).await
}

/// The unit somebody wrote, by label or keypad number.
///
/// # Errors
/// Unknown, or several of that label.
pub async fn unit_written(desk: &Desk, text: &str) -> Result<UnitId, Fault> {
    let (folded, digits) = (fold::unit_label(text), text.trim().to_owned());
    let keypad = KeypadNumber::new(&digits).ok();
    let by_keypad = move |site: &Site, _| keypad.and_then(|k| site.directory.unit_by_keypad.get(&k).copied());
    let found: Vec<UnitId> = desk
        .query(move |tables| {
            let mut statement = tables.prepare_cached("SELECT unit FROM unit WHERE folded = ?1 LIMIT 2")?;
            statement.query_map([folded], |row| row.get(0).map(UnitId))?.collect()
        })
        .await?;
    let by_keypad = desk.read(by_keypad).await?;
    let only = if let [unit] = found.as_slice() { Some(*unit) } else { by_keypad };
    only.ok_or_else(|| {
        Refusal::Invalid { why: desk.say.with("staff-invalid-unit", &[("unit", text.into())]) }.into()
    })
}
