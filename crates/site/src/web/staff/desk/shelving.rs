//! Many parcels onto shelves: scan a parcel, scan its shelf, and the page waits for the next parcel.
//!
//! Owns: `/staff/desk/shelving`. The parcel in hand stands in the address, so that a page that is loaded again shows it. Never: says
//! what may lie where; the command does.

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeSet;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::audit::{AuditPlace, meant};
use vestibule_core::place::room::label_and_room;
use vestibule_core::place::shelf::scanned;
use vestibule_core::{Command, ParcelId, Refusal, ShelfId, Site};

use super::super::banks::compartment::ParcelLine;
use super::super::banks::drawn;
use super::super::banks::line;
use super::super::blocks::back;
use super::super::desk_page::{Desk, Fields, Section};
use super::super::names::{self, Names, Wanted};
use super::super::parcels::acts::reach_of;
use super::super::say::Say;
use super::reading::camera_words;
use crate::look::camera::{Begins, camera, camera_key, camera_script};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_primary, button_quiet, entry, listing};
use crate::web::given::symbols::{claim, posted};
use crate::web::guard::Csrf;
use crate::web::kiosk::intake::{Scan, look as look_at, read as read_scan};
use crate::web::kiosk::room::RoomSight;
use crate::web::problem::{Fault, Trouble, words_of};
use crate::web::security::with_camera;

const HERE: &str = "/staff/desk/shelving";

/// What an address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct At {
    /// The parcel in hand.
    parcel: Option<u64>,
    /// The parcel that was put onto a shelf just now.
    put: Option<u64>,
    /// What is said about the last scan, as a word.
    note: String,
}

/// The parcel in hand.
pub struct InHand {
    /// The parcel.
    pub line: ParcelLine,
    /// The shelf it would fit best.
    pub suggested: Option<String>,
    /// Where that is.
    pub room: Option<RoomSight>,
}

/// All the page shows.
pub struct ShelvingView {
    /// The parcel that was scanned, and waits for its shelf.
    pub in_hand: Option<InHand>,
    /// What was put away just now, and onto which shelf.
    pub put: Option<(ParcelLine, String)>,
    /// Parcels that are with staff.
    pub at_desk: usize,
    /// What is said about the last scan.
    pub note: String,
    /// Why the last scan was refused.
    pub refused: Option<String>,
    /// Names.
    pub names: Names,
    /// Of the page's scripts.
    pub nonce: String,
}

fn in_hand(site: &Site, parcel: ParcelId, (reach, now): (bool, vestibule_core::Timestamp)) -> Option<InHand> {
    let line = line(site, parcel).filter(|line| scanned::staff_may_shelve(line.custodian).is_some())?;
    let shelf = scanned::suggested(site, parcel, reach, now);
    let meant: BTreeSet<ShelfId> = shelf.into_iter().collect();
    let suggested = shelf.and_then(|shelf| label_and_room(site, shelf));
    Some(InHand { line, suggested, room: RoomSight::of(site, &meant).into_iter().next() })
}

fn put(site: &Site, parcel: ParcelId) -> Option<(ParcelLine, String)> {
    let line = line(site, parcel)?;
    match line.custodian {
        Custodian::Shelf(shelf) => Some((line, label_and_room(site, shelf)?)),
        _ => None,
    }
}

async fn view(desk: &Desk, at: &At) -> Result<ShelvingView, Fault> {
    let (held, done) = (at.parcel.map(ParcelId), at.put.map(ParcelId));
    let reach = match held {
        Some(parcel) => reach_of(desk, parcel).await?,
        None => false,
    };
    let look = move |site: &Site, now| {
        let all = site.custody.parcels.values();
        let at_desk = all.filter(|parcel| matches!(parcel.custodian, Custodian::Staff(_))).count();
        let held = held.and_then(|parcel| in_hand(site, parcel, (reach, now)));
        (held, done.and_then(|parcel| put(site, parcel)), at_desk)
    };
    let (in_hand, put, at_desk) = desk.read(look).await?;
    let mut wanted = Wanted::default();
    let lines = in_hand.iter().map(|held| &held.line).chain(put.iter().map(|(line, _)| line));
    wanted.units.extend(lines.filter_map(|line| line.unit));
    let names = desk.names(wanted).await?;
    let nonce = desk.reader.nonce.to_string();
    Ok(ShelvingView { in_hand, put, at_desk, note: at.note.clone(), refused: None, names, nonce })
}

fn shown(desk: &Desk, view: &ShelvingView) -> Response {
    let content = content(view, desk.say, &desk.csrf);
    with_camera(desk.page(Section::Desk, &desk.say.t("staff-shelving-title"), content))
}

/// `GET /staff/desk/shelving`
pub async fn page(desk: Desk, Query(at): Query<At>) -> Result<Response, Fault> {
    Ok(shown(&desk, &view(&desk, &at).await?))
}

/// `POST /staff/desk/shelving/scan`: a parcel to be put away, or the shelf of the one in hand.
pub async fn scan(
    desk: Desk,
    Query(at): Query<At>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let to = match scanned_now(&desk, at.parcel.map(ParcelId), &Fields(fields)).await {
        Ok(to) => to,
        // The parcel stays in hand: whoever holds it scans another shelf.
        Err(Fault::Refused(refusal)) => {
            let words = words_of(&desk.app, desk.say.language, &refusal.clone().into()).await;
            let at = At { parcel: at.parcel, ..At::default() };
            let view = ShelvingView { refused: Some(words), ..view(&desk, &at).await? };
            return Ok((Fault::from(refusal).http_code(), shown(&desk, &view)).into_response());
        }
        Err(fault) => return Err(fault),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Does what a scan says, and tells where to go on.
async fn scanned_now(desk: &Desk, held: Option<ParcelId>, fields: &Fields) -> Result<String, Fault> {
    let tag = desk.read(|site, _| site.tag).await?.ok_or(Trouble::NotSetUp)?;
    let typed = fields.get("scan").to_owned();
    let scan = match posted(fields.get("symbols")) {
        Some(seen) if typed.is_empty() => look_at(&seen, tag),
        _ => read_scan(&typed, tag),
    };
    let number = match &scan {
        Scan::Shelf(shelf) => return onto(desk, held, *shelf).await,
        Scan::Label(label) => label.tracking.clone(),
        _ => typed.clone(),
    };
    // What was typed is the shelf's label first for whoever has a parcel in hand, and the parcel's number first for others.
    let shelf = desk.read(move |site, _| scanned::meant(site, &typed)).await?;
    match (parcel_of(desk, &number).await?, shelf) {
        (_, Ok(shelf)) if held.is_some() => onto(desk, held, shelf).await,
        (Some(parcel), _) => Ok(take(desk, held, parcel).await?),
        (None, Ok(shelf)) => onto(desk, held, shelf).await,
        (None, Err(Refusal::ShelfGone { label })) => Err(Refusal::ShelfGone { label }.into()),
        (None, Err(_)) => Ok(address(held, "unknown")),
    }
}

fn address(held: Option<ParcelId>, note: &str) -> String {
    match held {
        Some(parcel) => format!("{HERE}?parcel={parcel}&note={note}"),
        None => format!("{HERE}?note={note}"),
    }
}

/// The parcel of a tracking number, or of its own number.
async fn parcel_of(desk: &Desk, number: &str) -> Result<Option<ParcelId>, Fault> {
    let label = claim(&*desk.app.keys, number, false).map(|claim| claim.mark);
    let own: Option<ParcelId> = number.trim().trim_start_matches('#').parse().ok();
    let look = move |site: &Site, _| {
        let by_label = label.and_then(|label| meant(&site.custody, AuditPlace::Desk, label));
        by_label.or_else(|| own.filter(|id| site.custody.get(*id).is_some()))
    };
    desk.read(look).await
}

/// A parcel is in hand now. Another that was is left where it is.
async fn take(desk: &Desk, held: Option<ParcelId>, parcel: ParcelId) -> Result<String, Fault> {
    let look = move |site: &Site, _| {
        let known = site.custody.get(parcel);
        known.is_some_and(|known| scanned::staff_may_shelve(known.custodian).is_some())
    };
    if !desk.read(look).await? {
        return Ok(address(held, "not-here"));
    }
    let is_another = held.is_some_and(|held| held != parcel);
    Ok(address(Some(parcel), if is_another { "another" } else { "" }))
}

/// Onto a shelf with it. What waits for staff is accepted by the scan.
async fn onto(desk: &Desk, held: Option<ParcelId>, shelf: ShelfId) -> Result<String, Fault> {
    let Some(parcel) = held else { return Ok(address(None, "parcel-first")) };
    let waits = move |site: &Site, _| match site.custody.get(parcel).map(|known| known.custodian) {
        Some(Custodian::Shelf(here)) if here == shelf => None,
        custodian => Some(custodian.and_then(scanned::staff_may_shelve) == Some(true)),
    };
    match desk.read(waits).await? {
        None => return Ok(format!("{HERE}?put={parcel}&note=there-already")),
        Some(true) => drop(desk.ask(Command::AcceptAtDesk { parcel }).await?),
        Some(false) => {}
    }
    desk.ask(Command::Shelve { parcel, shelf }).await?;
    Ok(format!("{HERE}?put={parcel}"))
}

fn note(view: &ShelvingView, say: Say) -> Option<(NoticeKind, String)> {
    let (kind, key) = match view.note.as_str() {
        "unknown" => (NoticeKind::Warning, "staff-shelving-unknown"),
        "not-here" => (NoticeKind::Warning, "staff-shelving-not-here"),
        "parcel-first" => (NoticeKind::Warning, "staff-shelving-parcel-first"),
        "another" => (NoticeKind::Info, "staff-shelving-another"),
        "there-already" => (NoticeKind::Info, "staff-shelving-there-already"),
        _ => return None,
    };
    Some((kind, say.t(key)))
}

/// `Parcel 41, apartment 3B`.
fn described(line: &ParcelLine, names: &Names, say: Say) -> String {
    let unit = line.unit.map(|unit| names.unit(say, unit));
    [Some(names::parcel(say, line.id)), unit].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Everything on the page.
pub fn content(view: &ShelvingView, say: Say, csrf: &str) -> Markup {
    let lead = say.with("staff-desk-lead", &[("n", view.at_desk.into())]);
    let url = match &view.in_hand {
        Some(held) => format!("{HERE}/scan?parcel={}", held.line.id),
        None => format!("{HERE}/scan"),
    };
    let words = camera_words(say);
    let (label, hint) = match view.in_hand {
        Some(_) => ("staff-shelving-scan-shelf", "staff-shelving-scan-shelf-hint"),
        None => ("staff-shelving-scan-parcel", "staff-shelving-scan-parcel-hint"),
    };
    let (label, hint) = (say.t(label), say.t(hint));
    html! {
        (back("/staff/desk", &say.t("staff-desk-title")))
        (listing::page_title(&say.t("staff-shelving-title"), Some(&lead), html! {}))
        @if let Some((line, shelf)) = &view.put {
            (message::notice_banner(NoticeKind::Done, &say.with("staff-shelving-put", &[
                ("parcel", described(line, &view.names, say).into()), ("shelf", shelf.as_str().into()),
            ])))
        }
        @if let Some((kind, text)) = note(view, say) { (message::notice_banner(kind, &text)) }
        @if let Some(text) = &view.refused { (message::notice_banner(NoticeKind::Danger, text)) }
        (entry::scan_target(&Post::page(&url, csrf)))
        (camera_script(&view.nonce, Begins::WhenPressed))
        (listing::card(html! {
            @if let Some(held) = &view.in_hand {
                h2 { (described(&held.line, &view.names, say)) }
                @if let Some(shelf) = &held.suggested {
                    p class="lead" { (say.with("staff-shelving-suggested", &[("shelf", shelf.as_str().into())])) }
                }
            }
            (camera_key(&words))
            (camera(&words, &Post::page(&url, csrf)))
            (form::form(&url, csrf, html! {
                (form::field(&Field::new("scan", &label, FieldKind::Text).hint(&hint).required()))
                (button_primary(&say.t("staff-next"), Press::Submit))
            }))
            @if view.in_hand.is_some() { (button_quiet(&say.t("staff-shelving-put-down"), Press::Follow(HERE))) }
        }))
        @if let Some(sight) = view.in_hand.as_ref().and_then(|held| held.room.as_ref()) { (drawn::room(sight, &|_| None, say)) }
    }
}
