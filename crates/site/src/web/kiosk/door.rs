//! The page at a door: show a code, or ring for somebody, and see what becomes of it.
//!
//! ```text
//! /door            the door this screen stands at, or a choice of them
//! /door/{id}       a code, enter in open hours, or no code
//! .../whom, /name  to whom they come: an apartment or a whole name; nobody is listed, nothing is completed
//! .../ring/{ring}  waiting, let in, refused, nobody answered: told as it happens
//! ```
//! A paired screen that stands at the door, without a draft of its own: what is shown follows from the address and the committed
//! state. It works without scripts. Never: a directory, a hint whether a name lives here, an answer of its own.

mod faces;

use crate::directory::lookup::{self, NameText, UnitText};
use crate::handle::Request;
use crate::web::App;
use crate::web::face::SiteFace;
use crate::web::given::{Given, proof};
use crate::web::guard::{Csrf, PairedKiosk, Reader};
use crate::web::problem::{Fault, time_of_day, words_of};
use crate::web::sse;
use crate::web::words::Language;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use faces::{Door, Outcome};
use maud::Markup;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::access::admission::ways_on;
use vestibule_core::access::policy::NoCode;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::{AccessPointId, Answer, Command, KioskId, Refusal, RingId, Site, Timestamp, UnitId};

/// Its routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/door", get(choose))
        .route("/door/{id}", get(show))
        .route("/door/{id}/code", post(code))
        .route("/door/{id}/enter", post(walk_in))
        .route("/door/{id}/whom", get(whom).post(ring_unit))
        .route("/door/{id}/name", get(name).post(ring_name))
        .route("/door/{id}/in", get(let_in))
        .route("/door/{id}/ring/{ring}", get(ringing))
        .route("/door/{id}/ring/{ring}/live", get(ring_live))
}

type Form = Csrf<BTreeMap<String, String>>;

/// Results go back to the first screen by themselves: the next person stands there.
const RESULT_SECONDS: u32 = 15;
/// Half-typed digits are not left for the next person.
const WIPE_SECONDS: u32 = 60;

/// The doors a kiosk stands at, with their names.
fn doors_of(site: &Site, kiosk: KioskId) -> Vec<(AccessPointId, String)> {
    let stands_at = site.layout.kiosks.get(&kiosk).map(|kiosk| &kiosk.doors);
    let points = site.access.points.iter();
    points
        .filter(|(id, _)| stands_at.is_some_and(|doors| doors.contains(id)))
        .map(|(id, point)| (*id, point.spec.label.clone()))
        .collect()
}

fn look(site: &Site, now: Timestamp, (kiosk, point): (KioskId, AccessPointId)) -> Option<Door> {
    let stands_here = site.layout.kiosks.get(&kiosk)?.doors.contains(&point);
    let p = site.access.points.get(&point).filter(|_| stands_here)?;
    Some(Door {
        point,
        label: p.spec.label.clone(),
        open_to_all: p.is_open_to_all(&site.access.holidays, now, &site.policy.zone),
        collects: p.spec.is_room(),
        no_code: site.access.policy.no_code,
        pin_digits: site.policy.pin_length.random_digits() as u8 + 1,
        ways_on: ways_on(site, now),
        minute: vestibule_core::time::civil(now, &site.policy.zone).minute,
        zone: site.policy.zone.name().to_owned(),
    })
}

/// Everything a screen is drawn with.
struct Here {
    app: App,
    kiosk: PairedKiosk,
    reader: Reader,
    door: Door,
}

impl Here {
    async fn at(app: App, kiosk: PairedKiosk, reader: Reader, point: AccessPointId) -> Result<Self, Fault> {
        let id = kiosk.kiosk;
        let door = app.site.read(move |site, now| look(site, now, (id, point))).await?;
        Ok(Self { app, kiosk, reader, door: door.ok_or(Refusal::NotFound)? })
    }

    async fn page(&self, screen: Markup, back_after: u32) -> Result<Response, Fault> {
        let face = SiteFace::of(&self.app).await?;
        let page = faces::document(&self.reader, &face, &self.door, screen);
        let back = format!("{back_after}; url=/door/{}", self.door.point);
        Ok(([("refresh", back)], page).into_response())
    }

    async fn ask(&self, command: Command) -> Result<Answer, Fault> {
        Ok(self.app.site.ask(Request::new(self.kiosk.actor(), command)).await?.answer?)
    }

    /// Where an answer leads; a no is said in words, with the ways on.
    async fn went(&self, answered: Result<Answer, Fault>) -> Result<Response, Fault> {
        let to = match answered {
            Ok(Answer::Ring { ring, .. }) => format!("/door/{}/ring/{ring}", self.door.point),
            Ok(_) => format!("/door/{}/in", self.door.point),
            Err(fault @ Fault::Refused(_)) => {
                let words = words_of(&self.app, self.reader.language, &fault).await;
                return self.page(faces::denied(&self.door, &words, self.lang()), RESULT_SECONDS).await;
            }
            Err(fault) => return Err(fault),
        };
        Ok(Redirect::to(&to).into_response())
    }

    fn lang(&self) -> Language {
        self.reader.language
    }

    /// Rings where exactly one apartment is meant; else the same words, whatever the reason.
    async fn ring(&self, units: BTreeSet<UnitId>) -> Result<Response, Fault> {
        match units.first() {
            Some(unit) if units.len() == 1 => {
                let command = Command::RingForEntry { point: self.door.point, unit: *unit };
                let answered = self.ask(command).await;
                self.went(answered).await
            }
            _ => self.page(faces::not_found(&self.door, self.lang()), RESULT_SECONDS).await,
        }
    }
}

async fn choose(State(app): State<App>, kiosk: PairedKiosk, reader: Reader) -> Result<Response, Fault> {
    let id = kiosk.kiosk;
    let doors = app.site.read(move |site, _| doors_of(site, id)).await?;
    let Some((first, _)) = doors.first().cloned() else { return Err(Refusal::NotFound.into()) };
    if doors.len() == 1 {
        return Ok(Redirect::to(&format!("/door/{first}")).into_response());
    }
    let here = Here::at(app, kiosk, reader, first).await?;
    here.page(faces::choice(&doors, here.lang()), WIPE_SECONDS).await
}

async fn show(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    here.page(faces::start(&here.door, here.lang(), &here.kiosk.csrf()), WIPE_SECONDS).await
}

async fn code(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
    Csrf(fields): Form,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    let tag = here.app.tag().await?;
    let (purpose, given) = match (field("selector"), field("code")) {
        ("", code) => (Purpose::Enter, Given::Code(code)),
        (selector, digits) => (Purpose::EnterToCollect, Given::Digits { selector, digits }),
    };
    let answered = match proof(&given, &*here.app.keys, tag) {
        Ok(proof) => here.ask(Command::Admit { point: id, purpose, proof }).await,
        Err(refusal) => Err(refusal.into()),
    };
    here.went(answered).await
}

async fn walk_in(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
    _: Form,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let answered = here.ask(Command::WalkIn { point: id }).await;
    here.went(answered).await
}

async fn whom(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    if here.door.no_code == NoCode::Off {
        return Err(Refusal::NoRinging.into());
    }
    here.page(faces::whom(&here.door, here.lang(), &here.kiosk.csrf()), WIPE_SECONDS).await
}

async fn name(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    here.page(faces::name(&here.door, here.lang(), &here.kiosk.csrf()), WIPE_SECONDS).await
}

async fn ring_unit(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
    Csrf(fields): Form,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let typed = fields.get("unit").map(String::as_str).unwrap_or_default();
    let units = match UnitText::new(typed) {
        Ok(text) => here.app.site.query(move |tables| lookup::units(tables, &text)).await?.tiles,
        Err(_) => Vec::new(),
    };
    here.ring(units.into_iter().map(|tile| tile.unit).collect()).await
}

async fn ring_name(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
    Csrf(fields): Form,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let typed = fields.get("name").map(String::as_str).unwrap_or_default();
    let people = match NameText::new(typed) {
        Ok(text) if !text.is_short() => {
            here.app.site.query(move |tables| lookup::people(tables, &text)).await?
        }
        _ => return here.ring(BTreeSet::new()).await,
    };
    let units =
        if people.more { BTreeSet::new() } else { people.tiles.iter().map(|tile| tile.at.unit).collect() };
    here.ring(units).await
}

async fn let_in(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    here.page(faces::outcome(&here.door, &Outcome::LetIn, here.lang()), RESULT_SECONDS).await
}

/// What became of a ring of this door.
async fn outcome(app: &App, point: AccessPointId, ring: RingId) -> Result<Outcome, Fault> {
    let waits = app.site.read(move |site, now| {
        let known = ring < site.counters.next_ring();
        let waiting = site.access.rings.get(&ring).filter(|r| r.point == point && now < r.until);
        (known, waiting.map(|r| time_of_day(r.until, &site.policy.zone)))
    });
    Ok(match waits.await? {
        (false, _) => return Err(Refusal::NotFound.into()),
        (true, Some(until)) => Outcome::Waiting { until },
        (true, None) => match app.site.query(move |tables| answered(tables, ring)).await? {
            Some(true) => Outcome::LetIn,
            Some(false) => Outcome::Refused,
            None => Outcome::NobodyAnswered,
        },
    })
}

/// The answer a ring got, among the newest events. None: none.
fn answered(tables: &Connection, ring: RingId) -> rusqlite::Result<Option<bool>> {
    let sql = "SELECT json_extract(CAST(payload AS TEXT), '$.let_in') FROM event \
               WHERE seq > (SELECT coalesce(max(seq), 0) - 5000 FROM event) AND kind = 'ring-answered' \
               AND json_extract(CAST(payload AS TEXT), '$.ring') = ?1";
    tables.prepare_cached(sql)?.query_row([ring.0.cast_signed()], |row| row.get(0)).optional()
}

async fn ringing(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path((id, ring)): Path<(AccessPointId, RingId)>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let outcome = outcome(&here.app, id, ring).await?;
    let is_over = !matches!(outcome, Outcome::Waiting { .. });
    let live = format!("/door/{id}/ring/{ring}/live");
    let screen = faces::live(&live, faces::outcome(&here.door, &outcome, here.lang()));
    // An answer counts for two minutes, and its result is to be read.
    here.page(screen, if is_over { RESULT_SECONDS } else { 120 + RESULT_SECONDS }).await
}

async fn ring_live(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path((id, ring)): Path<(AccessPointId, RingId)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let changes = app.site.changes();
    let language = reader.language;
    let here = Here::at(app.clone(), kiosk, reader, id).await?;
    let door = here.door;
    let stream = sse::live(changes, move || {
        let (app, headers, door) = (app.clone(), headers.clone(), door.clone());
        async move {
            PairedKiosk::of(&app, &headers).await.ok()?;
            let outcome = outcome(&app, id, ring).await.ok()?;
            Some(faces::outcome(&door, &outcome, language))
        }
    });
    Ok(stream.into_response())
}
