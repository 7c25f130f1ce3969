//! One door: how it stands, who rings, who came in, its photos; releasing it once, its mode and hours, what it is.
//!
//! Owns: `/staff/doors/{id}`. Never: holds a door open; a release is one entry with a reason.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::fmt::Display;
use vestibule_core::access::point::{DoorMode, PointKind, PointSpec};
use vestibule_core::access::ring::Ring;
use vestibule_core::evidence::CameraPlace;
use vestibule_core::vocabulary::command::{Bell, StaffReason};
use vestibule_core::{
    AccessPointId, AreaId, BankId, CameraId, Command, Refusal, RingId, ShelfId, Site, Span, Timestamp,
};

use super::super::banks::reason_and_words;
use super::super::blocks::{ask_and_post, back, reason_fields, unfold};
use super::super::desk_page::{Act, Desk, Fields, Section};
use super::super::names::{Names, Wanted};
use super::super::parcels::photos as pictures;
use super::super::say::Say;
use super::super::times;
use super::{DoorLine, entries, mode_word, mode_words, night, state, windows};
use crate::evidence::photos::{self, Photo};
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::{Post, Press, button_danger, button_primary, button_secondary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// Photos of a door this old are found in its entries.
const PHOTOS_SINCE: Span = Span::days(1);
const PHOTOS_MOST: u32 = 8;

/// All the page shows.
#[derive(Debug, Clone)]
pub struct DoorView {
    /// The door.
    pub door: DoorLine,
    /// Who waits there for an answer.
    pub rings: Vec<(RingId, Ring, Option<Photo>)>,
    /// What its cameras saw in the last day, newest first.
    pub photos: Vec<Photo>,
    /// Whether this reader may change what it is, and how it stands.
    pub may: (bool, bool),
    /// Names.
    pub names: Names,
}

/// The page.
pub fn content(view: &DoorView, say: Say, csrf: &str) -> Markup {
    let (door, names) = (&view.door, &view.names);
    let at = format!("/staff/doors/{}", door.id);
    let entries = format!("/staff/entries?door={}", door.id);
    let device = format!("/staff/devices/doors/{}", door.id);
    html! {
        (back("/staff/doors", &say.t("staff-passages-title")))
        (listing::page_title(&door.point.spec.label, Some(&say.t(&format!("staff-passage-kind-{}", kind_word(door.point.spec.kind)))),
            html! {
                (button_secondary(&say.t("staff-entries-title"), Press::Follow(&entries)))
                (button_secondary(&say.t("device-of-door"), Press::Follow(&device)))
                (button_secondary(&say.t("staff-passage-label"), Press::Follow(&format!("{at}/label"))))
            }))
        @for (id, ring, photo) in &view.rings { (ringing((*id, ring, photo.as_ref()), names, (say, csrf))) }
        (listing::card(facts(door, names, say)))
        div class="asks" {
            (unfold(&say.t("staff-passage-let-in"), form::form(&format!("{at}/let-in"), csrf, html! {
                p class="hint" { (say.t("staff-passage-let-in-hint")) }
                (reason_fields(say, StaffReason::HelpCourier))
                (button_primary(&say.t("staff-passage-let-in-do"), Press::Submit))
            })))
            (unfold(&say.t("staff-passage-label-renew"), form::form(&format!("{at}/label/renew"), csrf, html! {
                p class="hint" { (say.t("staff-passage-label-renew-hint")) }
                (button_secondary(&say.t("staff-passage-label-renew-do"), Press::Submit))
            })))
            @if view.may.1 {
                (unfold(&say.t("staff-passage-mode"), mode_form(&at, door, (say, csrf))))
                (unfold(&say.t("staff-late"), night::form(&at, door.point.night.as_ref(), (say, csrf))))
            }
            @if view.may.0 {
                (unfold(&say.t("staff-passage-change"), spec_form(&at, (Some(&door.point.spec), names), (say, csrf))))
                (ask_and_post(&say.t("staff-passage-remove"), &say.t("staff-passage-remove-question"), &Post::page(&format!("{at}/remove"), csrf)))
            }
        }
        (listing::section(&say.t("staff-photos"), html! {
            @if view.photos.is_empty() { p class="hint" { (say.t("staff-passage-no-photos")) } }
            @else { (pictures::strip(&view.photos, names, say)) }
        }))
    }
}

fn ringing(
    (id, ring, photo): (RingId, &Ring, Option<&Photo>),
    names: &Names,
    (say, csrf): (Say, &str),
) -> Markup {
    let (yes, no) = (format!("/staff/rings/{id}/let-in"), format!("/staff/rings/{id}/refuse"));
    let until = times::moment(say, ring.until, (&names.zone, names.now));
    let words = [("unit", names.unit_or_desk(say, ring.rung.unit).into()), ("until", until.into())];
    listing::section(
        &say.t("staff-passage-rings"),
        listing::card(html! {
            p { (say.with("staff-passage-rings-for", &words)) }
            @if ring.rung.bell == Bell::Phone { p { (say.t("staff-passage-rings-phone")) } }
            @if let Some(photo) = photo { (pictures::strip(std::slice::from_ref(photo), names, say)) }
            (crate::look::button::button_row(html! {
                (button_primary(&say.t("at-door-yes"), Press::Post(&Post::page(&yes, csrf))))
                (button_danger(&say.t("at-door-no"), Press::Post(&Post::page(&no, csrf))))
            }))
        }),
    )
}

fn facts(door: &DoorLine, names: &Names, say: Say) -> Markup {
    let spec = &door.point.spec;
    let banks = spec.banks.iter().map(|bank| names.bank(say, *bank));
    let shelves = spec.shelves.iter().map(|shelf| names.shelf_label(*shelf));
    let areas = spec.areas.iter().map(|area| names.areas.get(area).cloned().unwrap_or_default());
    let behind: Vec<String> = banks.chain(shelves).chain(areas).collect();
    let seen = |on: bool, yes: &str, no: &str| say.t(if on { yes } else { no });
    listing::facts(&[
        (&say.t("staff-head-state"), state(door, names, say)),
        (
            &say.t("staff-head-mode"),
            html! { (mode_words(door, say)) @if door.open_to_all { " " (listing::tag(Tone::Accent, &say.t("staff-passage-open-to-all"))) } },
        ),
        (&say.t("staff-late"), html! { (night::words(door.point.night.as_ref(), say)) }),
        (
            &say.t("staff-head-last-entry"),
            html! { @match &door.last { Some(entry) => (entries::link(entry, names, say)), None => (say.t("staff-never")) } },
        ),
        (
            &say.t("staff-passage-behind"),
            html! { @if behind.is_empty() { (say.t("staff-passage-behind-nothing")) } @else { (behind.join(", ")) } },
        ),
        (
            &say.t("staff-passage-tells"),
            html! { (seen(spec.contact, "staff-passage-has-contact", "staff-passage-no-contact")) ". "
            (seen(spec.request_to_exit, "staff-passage-has-exit", "staff-passage-no-exit")) ". "
            (say.t("staff-passage-egress")) },
        ),
    ])
}

fn kind_word(kind: PointKind) -> &'static str {
    match kind {
        PointKind::BuildingEntrance => "entrance",
        PointKind::RoomDoor => "room",
        PointKind::BankRoom => "bank-room",
    }
}

const KINDS: [PointKind; 3] = [PointKind::BuildingEntrance, PointKind::RoomDoor, PointKind::BankRoom];
const MODES: [DoorMode; 3] = [DoorMode::Locked, DoorMode::Scheduled, DoorMode::ClosedToCouriers];

fn mode_form(at: &str, door: &DoorLine, (say, csrf): (Say, &str)) -> Markup {
    let modes =
        MODES.map(|mode| (mode_word(mode), say.t(&format!("staff-passage-mode-{}", mode_word(mode)))));
    let modes: Vec<(&str, &str)> = modes.iter().map(|(word, text)| (*word, text.as_str())).collect();
    form::form(
        &format!("{at}/mode"),
        csrf,
        html! {
            (form::radios("mode", &say.t("staff-passage-mode"), mode_word(door.point.mode), &modes))
            p class="hint" { (say.t("staff-passage-hours-hint")) }
            @if !door.has_screen { p class="hint" { (say.t("staff-passage-no-screen")) } }
            (windows::fields(say, &door.point.hours))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        },
    )
}

/// What a door is and where it leads; without one, a new one.
pub fn spec_form(url: &str, (spec, names): (Option<&PointSpec>, &Names), (say, csrf): (Say, &str)) -> Markup {
    let kinds =
        KINDS.map(|kind| (kind_word(kind), say.t(&format!("staff-passage-kind-{}", kind_word(kind)))));
    let kinds: Vec<(&str, &str)> = kinds.iter().map(|(word, text)| (*word, text.as_str())).collect();
    let chosen = spec.map_or("entrance", |spec| kind_word(spec.kind));
    let is = |of: fn(&PointSpec) -> bool| spec.is_none_or(of);
    let banks = names.banks.keys().map(|id| (*id, names.bank(say, *id)));
    let shelves = names.shelves.iter().map(|(id, label)| (*id, label.clone()));
    let areas = names.areas.iter().map(|(id, label)| (*id, label.clone()));
    form::form(
        url,
        csrf,
        html! {
            (form::field(&Field::new("label", &say.t("staff-passage-name"), FieldKind::Text).value(spec.map_or("", |spec| &spec.label)).required()))
            (form::radios("kind", &say.t("staff-passage-kind"), chosen, &kinds))
            (form::checkbox("contact", &say.t("staff-passage-has-contact"), is(|spec| spec.contact)))
            (form::checkbox("exit", &say.t("staff-passage-has-exit"), is(|spec| spec.request_to_exit)))
            (form::checkbox("reader", &say.t("staff-passage-has-reader"), is(|spec| spec.reader)))
            (behind("bank", &say.t("staff-nav-banks"), banks, |id| spec.is_some_and(|spec| spec.banks.contains(id))))
            (behind("shelf", &say.t("staff-settings-shelves"), shelves, |id| spec.is_some_and(|spec| spec.shelves.contains(id))))
            (behind("area", &say.t("staff-settings-areas"), areas, |id| spec.is_some_and(|spec| spec.areas.contains(id))))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        },
    )
}

fn behind<I: Display>(
    name: &str,
    legend: &str,
    all: impl Iterator<Item = (I, String)>,
    chosen: impl Fn(&I) -> bool,
) -> Markup {
    let all: Vec<_> = all.collect();
    html! {
        @if !all.is_empty() { fieldset class="field" {
            legend { (legend) }
            @for (id, label) in &all {
                label class="check" { input type="checkbox" name=(name) value=(id) checked[chosen(id)]; (label) }
            }
        } }
    }
}

fn spec_from(desk: &Desk, fields: &Fields) -> Result<PointSpec, Fault> {
    let kind = KINDS.into_iter().find(|kind| kind_word(*kind) == fields.get("kind"));
    let invalid = || Refusal::Invalid { why: desk.say.t("staff-invalid-form") };
    Ok(PointSpec {
        label: fields.get("label").to_owned(),
        kind: kind.ok_or_else(invalid)?,
        contact: fields.ticked("contact"),
        request_to_exit: fields.ticked("exit"),
        reader: fields.ticked("reader"),
        banks: fields.all("bank").into_iter().map(BankId).collect(),
        shelves: fields.all("shelf").into_iter().map(ShelfId).collect(),
        areas: fields.all("area").into_iter().map(AreaId).collect(),
    })
}

type Looked = (DoorLine, Vec<(RingId, Ring)>, Vec<CameraId>);

fn read(site: &Site, now: Timestamp, id: AccessPointId) -> Option<Looked> {
    let door = DoorLine::of(site, now, (id, site.access.points.get(&id)?));
    let rings = site.access.rings.iter().filter(|(_, ring)| ring.rung.point == id && now < ring.until);
    let cameras = site.evidence.cameras.iter().filter(|(_, camera)| camera.at == CameraPlace::Door(id));
    Some((door, rings.map(|(id, ring)| (*id, ring.clone())).collect(), cameras.map(|(id, _)| *id).collect()))
}

async fn view(desk: &Desk, id: AccessPointId) -> Result<DoorView, Fault> {
    let found = desk.read(move |site, now| read(site, now, id).map(|found| (found, now))).await?;
    let ((mut door, rings, cameras), now) = found.ok_or(Refusal::NotFound)?;
    let since = Timestamp(now.0 - PHOTOS_SINCE.0);
    let (last, photos, rings) = desk
        .query(move |tables| {
            let rings: rusqlite::Result<Vec<_>> =
                rings.into_iter().map(|(id, ring)| Ok((id, ring, photos::of_ring(tables, id)?))).collect();
            let photos = photos::of_cameras(tables, &cameras, (since, PHOTOS_MOST))?;
            Ok((entries::last_at(tables, id)?, photos, rings?))
        })
        .await?;
    door.last = last;
    let mut wanted = Wanted {
        units: rings.iter().filter_map(|(_, ring, _)| ring.rung.unit).collect(),
        ..Wanted::default()
    };
    pictures::wanted(&photos, &mut wanted);
    door.last.iter().for_each(|entry| entry.wanted(&mut wanted));
    let may = (desk.may_install().is_ok(), desk.may_set().is_ok());
    Ok(DoorView { door, rings, photos, may, names: desk.names(wanted).await? })
}

/// `GET /staff/doors/{id}`
pub async fn page(desk: Desk, Path(id): Path<AccessPointId>) -> Result<Markup, Fault> {
    let view = view(&desk, id).await?;
    Ok(desk.page(Section::Doors, &view.door.point.spec.label, content(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/doors`
pub async fn install(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let spec = spec_from(&desk, &Fields(fields))?;
    desk.act(Act::new(Command::InstallAccessPoint { spec }, "/staff/doors", "saved")).await
}

/// `POST /staff/doors/{id}`
pub async fn change(
    desk: Desk,
    Path(point): Path<AccessPointId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let spec = spec_from(&desk, &Fields(fields))?;
    desk.act(Act::new(Command::ChangeAccessPoint { point, spec }, format!("/staff/doors/{point}"), "saved"))
        .await
}

/// `POST /staff/doors/{id}/remove`
pub async fn remove(
    desk: Desk,
    Path(point): Path<AccessPointId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    desk.act(Act::new(Command::RemoveAccessPoint(point), "/staff/doors", "door-removed")).await
}

/// `POST /staff/doors/{id}/mode`
pub async fn set_mode(
    desk: Desk,
    Path(point): Path<AccessPointId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let fields = Fields(fields);
    let invalid = |key: &str| Refusal::Invalid { why: desk.say.t(key) };
    let mode = MODES.into_iter().find(|mode| mode_word(*mode) == fields.get("mode"));
    let mode = mode.ok_or_else(|| invalid("staff-invalid-form"))?;
    let hours = windows::read(&fields).ok_or_else(|| invalid("staff-invalid-hours"))?;
    if mode == DoorMode::Scheduled && hours.is_empty() {
        return Err(invalid("staff-invalid-hours").into());
    }
    let command = Command::SetDoorMode { point, mode, hours };
    desk.act(Act::new(command, format!("/staff/doors/{point}"), "saved")).await
}

/// `POST /staff/doors/{id}/let-in`
pub async fn let_in(
    desk: Desk,
    Path(point): Path<AccessPointId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let reason = reason_and_words(&desk, &fields)?;
    let (back, words) = (format!("/staff/doors/{point}"), fields.get("words").to_owned());
    let act = Act::new(Command::LetInOnce { point, reason }, back, "let-in");
    desk.act(act.with_words(format!("door/{point}"), words)).await
}

/// The doors a form names, each once.
pub fn chosen_doors(fields: &Fields) -> BTreeSet<AccessPointId> {
    fields.all("door").into_iter().map(AccessPointId).collect()
}

/// *Opens these doors*: a box a door.
pub fn door_boxes(names: &Names, chosen: &BTreeSet<AccessPointId>, say: Say) -> Markup {
    let doors = names.points.iter().map(|(id, label)| (*id, label.clone()));
    behind("door", &say.t("staff-opens-doors"), doors, |id| chosen.contains(id))
}
