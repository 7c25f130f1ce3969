//! One place of a walk: the drawing, its door, what should be there, and what is.
//!
//! Owns: `/staff/audits/{id}` and the presses on it. What was ticked and scanned before *done here* stands in the address, so that
//! a page that is loaded again shows it. Never: opens more than the one door that was pressed.

mod face;

pub use face::skipped;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;
use vestibule_core::custody::audit::{Audit, AuditPlace, AuditScope, StopState, meant};
use vestibule_core::opening::Progress;
use vestibule_core::place::shelf::scanned;
use vestibule_core::vocabulary::command::AuditStep;
use vestibule_core::{Answer, AuditId, CompartmentId, ParcelId, Refusal, ShelfId, Site};

use super::super::compartment::ParcelLine;
use super::super::drawn::Wall;
use super::super::line;
use super::super::wiring::until;
use super::{address, place_of, place_word, step};
use crate::web::App;
use crate::web::given::symbols::{claim, posted};
use crate::web::guard::Csrf;
use crate::web::kiosk::intake::{Scan, look as look_at, read as read_scan};
use crate::web::kiosk::room::RoomSight;
use crate::web::problem::{Fault, Trouble};
use crate::web::security::with_camera;
use crate::web::staff::desk_page::{Desk, Fields, Section};
use crate::web::staff::live_stream;
use crate::web::staff::names::{Names, Wanted};

/// How long a press waits for its door to spring; what comes later is shown by the page itself.
const SPRINGS_WITHIN: Duration = Duration::from_secs(5);

/// A door that was pushed shut just now is read shut well within this time.
const SHUT_WITHIN: Duration = Duration::from_millis(1_200);

/// What an address says: where, and what was said there so far.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct At {
    at: String,
    /// Parcels that are there, with commas between.
    seen: String,
    /// Parcels that are not.
    gone: String,
    unknown: u16,
    /// What is said about the last press.
    note: String,
}

/// What was ticked and scanned at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// There.
    pub seen: BTreeSet<ParcelId>,
    /// Not there.
    pub gone: BTreeSet<ParcelId>,
    /// Things nobody knows.
    pub unknown: u16,
}

impl Marks {
    fn of(at: &At) -> Self {
        let list = |text: &str| text.split(',').filter_map(|id| id.parse().ok()).collect();
        Self { seen: list(&at.seen), gone: list(&at.gone), unknown: at.unknown }
    }

    /// As a form posts them: `also` was scanned and is not recorded here, each of `asked` has an answer of its own.
    fn posted(fields: &Fields) -> Self {
        let mut marks = Self { unknown: fields.number("unknown").unwrap_or(0), ..Self::default() };
        marks.seen.extend(fields.all::<ParcelId>("also"));
        for parcel in fields.all::<ParcelId>("asked") {
            match fields.get(&format!("p-{parcel}")) {
                "there" => drop(marks.seen.insert(parcel)),
                "gone" => drop(marks.gone.insert(parcel)),
                _ => {}
            }
        }
        marks
    }

    fn sees(&mut self, parcel: ParcelId) {
        self.gone.remove(&parcel);
        self.seen.insert(parcel);
    }

    fn query(&self, place: AuditPlace, note: &str) -> String {
        let list =
            |ids: &BTreeSet<ParcelId>| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let (at, seen, gone) = (place_word(place), list(&self.seen), list(&self.gone));
        format!("at={at}&seen={seen}&gone={gone}&unknown={}&note={note}", self.unknown)
    }
}

/// How the door of a compartment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Shut, and this walk has not had it open.
    Shut,
    /// A pulse is on its way.
    Opening,
    /// Open.
    Open,
    /// Shut again after this walk had it open.
    ShutAgain,
}

/// All the page shows.
pub struct WalkView {
    /// Which walk.
    pub id: AuditId,
    /// What it goes over.
    pub scope: AuditScope,
    /// Stopped for a while.
    pub paused: bool,
    /// Places that are done, and all.
    pub done: (usize, usize),
    /// Where the walk is; None: no place waits.
    pub place: Option<(AuditPlace, StopState)>,
    /// The bank of a compartment, and how its door stands.
    pub door: Option<(CompartmentId, Wall, Stands)>,
    /// The room a shelf is drawn in, with it lifted out, and the shelves of that room that this walk leads to.
    pub room: Option<(RoomSight, BTreeSet<ShelfId>)>,
    /// Another door of this walk that is open.
    pub left_open: Option<CompartmentId>,
    /// What is recorded here.
    pub recorded: Vec<ParcelLine>,
    /// What was seen here besides.
    pub also: Vec<ParcelLine>,
    /// What was said so far.
    pub marks: Marks,
    /// Differences without a word.
    pub differences: usize,
    /// What is said about the last press, as a word.
    pub note: String,
    /// Names.
    pub names: Names,
    /// For the camera's script.
    pub nonce: String,
}

fn stands(site: &Site, (audit, id): (AuditId, CompartmentId)) -> Stands {
    let Some(c) = site.compartments.get(id) else { return Stands::Shut };
    let progress = c.opening.and_then(|opening| site.openings.get(opening)).map(|opening| opening.progress);
    let had_it_open = site.audits.get(audit).is_some_and(|walk| walk.last_open.contains_key(&id));
    match progress {
        _ if c.is_open() => Stands::Open,
        Some(Progress::Pulsed { .. } | Progress::Again { .. }) => Stands::Opening,
        _ if had_it_open => Stands::ShutAgain,
        _ => Stands::Shut,
    }
}

fn room(site: &Site, audit: &Audit, shelf: ShelfId) -> Option<(RoomSight, BTreeSet<ShelfId>)> {
    let sight = RoomSight::of(site, &BTreeSet::from([shelf])).into_iter().next()?;
    let walked = audit.stops.iter().filter_map(|stop| match stop.place {
        AuditPlace::Shelf(shelf) if stop.place.exists(site) => Some(shelf),
        _ => None,
    });
    Some((sight, walked.collect()))
}

/// None: the walk is over.
fn read(site: &Site, id: AuditId, at: &At, names: Names) -> Option<WalkView> {
    let audit = site.audits.get(id)?;
    let waiting = audit.waiting(site);
    let open = audit.door.map(|(door, _)| door).filter(|door| stands(site, (id, *door)) == Stands::Open);
    let chosen = place_of(&at.at).filter(|place| audit.stop(*place).is_some() && place.exists(site));
    let is_looked = |place: &AuditPlace| matches!(audit.stop(*place), Some(StopState::Looked(_)));
    let before_it = open.map(AuditPlace::Compartment).filter(|place| !is_looked(place));
    let place = chosen.or(before_it).or(waiting.first().copied());
    let door = match place {
        Some(AuditPlace::Compartment(door)) => {
            let bank = site.compartments.get(door)?.bank;
            Some((door, Wall::of_site(site, bank)?, stands(site, (id, door))))
        }
        _ => None,
    };
    let room = match place {
        Some(AuditPlace::Shelf(shelf)) => room(site, audit, shelf),
        _ => None,
    };
    let recorded = place.map(|place| place.recorded(&site.custody)).unwrap_or_default();
    let marks = Marks::of(at);
    let also = marks.seen.iter().filter(|parcel| !recorded.contains(parcel));
    Some(WalkView {
        id,
        scope: audit.scope.clone(),
        paused: audit.paused,
        done: (audit.stops.len() - waiting.len(), audit.stops.len()),
        place: place.and_then(|place| Some((place, audit.stop(place)?.clone()))),
        left_open: open.filter(|open| place != Some(AuditPlace::Compartment(*open))),
        door,
        room,
        also: also.filter_map(|parcel| line(site, *parcel)).collect(),
        recorded: recorded.iter().filter_map(|parcel| line(site, *parcel)).collect(),
        marks,
        differences: audit.differences(&site.custody).len(),
        note: at.note.clone(),
        names,
        nonce: String::new(),
    })
}

async fn view(desk: &Desk, id: AuditId, at: &At) -> Result<Option<WalkView>, Fault> {
    let asked = at.clone();
    let found = desk.read(move |site, now| read(site, id, &asked, Names::of_site(site, now))).await?;
    let Some(mut view) = found else { return Ok(None) };
    let mut wanted = Wanted::default();
    for line in view.recorded.iter().chain(&view.also) {
        wanted.units.extend(line.unit);
        wanted.custodian(line.custodian);
    }
    view.names = desk.names(wanted).await?;
    view.nonce = desk.reader.nonce.to_string();
    Ok(Some(view))
}

/// `GET /staff/audits/{id}`
pub async fn page(desk: Desk, Path(id): Path<AuditId>, Query(at): Query<At>) -> Result<Response, Fault> {
    let Some(view) = view(&desk, id, &at).await? else {
        return Ok(Redirect::to(&format!("{}/report", address(id))).into_response());
    };
    if view.place.is_none() {
        return Ok(Redirect::to(&format!("{}/end", address(id))).into_response());
    }
    let content = face::content(&view, desk.say, &desk.csrf);
    Ok(with_camera(desk.page(Section::Banks, &desk.say.t("staff-audit"), content)))
}

/// `GET /staff/audits/{id}/live`: how the door stands.
pub async fn stream(
    desk: Desk,
    State(app): State<App>,
    Path(id): Path<AuditId>,
    Query(at): Query<At>,
    headers: HeaderMap,
) -> impl IntoResponse {
    live_stream(app, desk, headers, move |desk| {
        let at = at.clone();
        async move { view(&desk, id, &at).await.ok().flatten().map(|view| face::door(&view, desk.say)) }
    })
}

fn at_place(id: AuditId, place: AuditPlace) -> String {
    format!("{}?at={}#place", address(id), place_word(place))
}

/// Waits a moment for the door of a walk to be read shut.
pub(super) async fn door_is_shut(desk: &Desk, audit: AuditId) -> Result<(), Fault> {
    let is_shut = move |site: &Site| {
        let door = site.audits.get(audit).and_then(|walk| walk.door);
        door.is_none_or(|(door, _)| stands(site, (audit, door)) != Stands::Open)
    };
    until(desk, SHUT_WITHIN, is_shut).await
}

/// `POST /staff/audits/{id}/open`: opens one compartment, and comes back when its door has sprung or will not.
pub async fn open(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let compartment = Fields(fields).number("compartment").map(CompartmentId).ok_or(Refusal::NotFound)?;
    door_is_shut(&desk, audit).await?;
    let answer = step(&desk, AuditStep::Open { audit, compartment }).await?;
    if let Answer::Opening { .. } = answer {
        let known = move |site: &Site| stands(site, (audit, compartment)) != Stands::Opening;
        until(&desk, SPRINGS_WITHIN, known).await?;
    }
    Ok(Redirect::to(&at_place(audit, AuditPlace::Compartment(compartment))))
}

/// `POST /staff/audits/{id}/look`: one more scan, or all that was seen here.
pub async fn look(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let place = place_of(fields.get("at")).ok_or(Refusal::NotFound)?;
    let marks = Marks::posted(&fields);
    if fields.get("do") != "look" {
        let scan = read_scan(fields.get("scan"), tag(&desk).await?);
        return add(&desk, audit, (place, marks), (scan, fields.get("scan"))).await;
    }
    let is_said = |parcel: &ParcelId| marks.seen.contains(parcel) || marks.gone.contains(parcel);
    if !fields.all::<ParcelId>("asked").iter().all(is_said) {
        return Ok(again(audit, (place, &marks), "unanswered"));
    }
    let Marks { seen, gone, unknown } = marks;
    let (seen, absent) = (seen.into_iter().collect(), gone.into_iter().collect());
    step(&desk, AuditStep::Look { audit, place, seen, absent, unknown }).await?;
    Ok(Redirect::to(&format!("{}#place", address(audit))))
}

/// `POST /staff/audits/{id}/scan`: what the page's own reader saw.
pub async fn scan(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Query(at): Query<At>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let place = place_of(&at.at).ok_or(Refusal::NotFound)?;
    let seen = posted(Fields(fields).get("symbols"));
    let seen = seen.ok_or_else(|| Trouble::Unreadable("/staff/audits: no symbols".to_owned()))?;
    let scan = look_at(&seen, tag(&desk).await?);
    add(&desk, audit, (place, Marks::of(&at)), (scan, "")).await
}

async fn tag(desk: &Desk) -> Result<vestibule_core::code::token::SiteTag, Fault> {
    Ok(desk.read(|site, _| site.tag).await?.ok_or(Trouble::NotSetUp)?)
}

/// Back to the place, with all that was said there.
fn again(audit: AuditId, (place, marks): (AuditPlace, &Marks), note: &str) -> Redirect {
    Redirect::to(&format!("{}?{}#place", address(audit), marks.query(place, note)))
}

/// Adds what was scanned: a parcel of the site, or something nobody knows. The label of a shelf leads to it.
async fn add(
    desk: &Desk,
    audit: AuditId,
    (place, mut marks): (AuditPlace, Marks),
    (scan, typed): (Scan, &str),
) -> Result<Redirect, Fault> {
    if let Scan::Shelf(shelf) = scan {
        return to_shelf(desk, audit, (place, marks), Ok(shelf)).await;
    }
    let number = match &scan {
        Scan::Label(label) => label.tracking.clone(),
        _ => typed.to_owned(),
    };
    let is_label = matches!(scan, Scan::Label(_));
    let parcel = parcel_of(desk, place, &number).await?;
    let note = match parcel {
        Some(parcel) => {
            marks.sees(parcel);
            "added"
        }
        None if is_label => {
            marks.unknown = marks.unknown.saturating_add(1);
            "unknown"
        }
        None => {
            let shelf = desk.read(move |site, _| scanned::meant(site, &number)).await?;
            return to_shelf(desk, audit, (place, marks), shelf).await;
        }
    };
    Ok(again(audit, (place, &marks), note))
}

/// To the shelf whose label was scanned or typed; what was said here and is not recorded yet is not left behind.
async fn to_shelf(
    desk: &Desk,
    audit: AuditId,
    (place, marks): (AuditPlace, Marks),
    shelf: Result<ShelfId, Refusal>,
) -> Result<Redirect, Fault> {
    let look = move |site: &Site, _| {
        let walk = site.audits.get(audit).ok_or(Refusal::AuditOver)?;
        walk.at_shelf(site, shelf?)
    };
    let note = match desk.read(look).await? {
        Ok(at) if at == place => "at-shelf",
        Ok(_) if marks != Marks::default() => "unrecorded",
        Ok(at) => return Ok(Redirect::to(&at_place(audit, at))),
        Err(Refusal::ShelfGone { .. }) => "shelf-gone",
        Err(Refusal::ShelfNotWalked { .. }) => "shelf-not-walked",
        Err(_) => "unread",
    };
    Ok(again(audit, (place, &marks), note))
}

/// The parcel of a tracking number, or of its own number.
async fn parcel_of(desk: &Desk, place: AuditPlace, number: &str) -> Result<Option<ParcelId>, Fault> {
    let label = claim(&*desk.app.keys, number, false).map(|claim| claim.mark);
    let own: Option<ParcelId> = number.trim().trim_start_matches('#').parse().ok();
    desk.read(move |site, _| {
        let by_label = label.and_then(|label| meant(&site.custody, place, label));
        by_label.or_else(|| own.filter(|id| site.custody.get(*id).is_some()))
    })
    .await
}

/// `POST /staff/audits/{id}/skip`
pub async fn skip(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let place = place_of(Fields(fields).get("at")).ok_or(Refusal::NotFound)?;
    step(&desk, AuditStep::Skip { audit, place }).await?;
    Ok(Redirect::to(&format!("{}#place", address(audit))))
}

/// `POST /staff/audits/{id}/pause`
pub async fn pause(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let pause = Fields(fields).ticked("pause");
    step(&desk, AuditStep::Pause { audit, pause }).await?;
    Ok(Redirect::to(&if pause { super::AUDITS.to_owned() } else { address(audit) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_comes_back_with_the_address() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields(vec![
            pair("asked", "41"),
            pair("asked", "42"),
            pair("asked", "43"),
            pair("p-41", "there"),
            pair("p-42", "gone"),
            pair("also", "7"),
            pair("unknown", "2"),
        ]);
        let mut marks = Marks::posted(&fields);
        assert_eq!(marks.seen, BTreeSet::from([ParcelId(7), ParcelId(41)]));
        assert_eq!(
            (marks.gone.clone(), marks.unknown),
            (BTreeSet::from([ParcelId(42)]), 2),
            "43 has no answer"
        );
        let query = marks.query(AuditPlace::Desk, "added");
        assert_eq!(query, "at=desk&seen=7,41&gone=42&unknown=2&note=added");
        let at = At { seen: "7,41".into(), gone: "42".into(), unknown: 2, ..At::default() };
        assert_eq!(Marks::of(&at), marks);
        marks.sees(ParcelId(42));
        assert!(marks.gone.is_empty() && marks.seen.contains(&ParcelId(42)), "scanned: it is there");
    }
}
