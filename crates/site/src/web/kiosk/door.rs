//! The page at a door: show a code, or ring for somebody, and see what becomes of it.
//!
//! ```text
//! /door            the door this screen stands at, or a choice of them
//! /door/{id}       a code, typed, scanned or seen by the screen's camera; enter in open hours, or no code
//! .../collect      a resident's number and PIN
//! .../whom         to whom they come: an apartment, a whole name or the desk; nobody is listed, nothing is completed
//! .../ring/{ring}  waiting, let in, refused, nobody answered: told as it happens
//! .../in/{entry}   the door opens, has opened, or did not answer: told as it happens
//! ```
//! A paired screen that stands at the door, without a draft of its own: what is shown follows from the address and the committed
//! state. Never: a directory, a hint whether a name lives here, an answer of its own.

pub(in crate::web) mod caller;
mod faces;
pub mod ringing;

use crate::handle::Request;
use crate::web::App;
use crate::web::face::SiteFace;
use crate::web::given::symbols::posted;
use crate::web::given::{Given, proof};
use crate::web::guard::{Csrf, PairedKiosk, Reader, forget_language};
use crate::web::problem::{Fault, words_of};
use crate::web::security::with_camera;
use crate::web::sse;
use crate::web::words::{Language, say};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::cookie::CookieJar;
use faces::{At, Door};
use maud::{Markup, html};
use ringing::{Outcome, fate, outcome, rung_for};
use std::collections::BTreeMap;
use vestibule_core::access::admission::ways_on;
use vestibule_core::access::policy::NoCode;
use vestibule_core::access::watched::is_watched;
use vestibule_core::code::token::{SiteTag, TokenProblem, read};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::evidence::photo::sees_door;
use vestibule_core::vocabulary::command::{Bell, Rung};
use vestibule_core::{AccessPointId, Answer, Command, EntryId, KioskId, Refusal, RingId, Site, Timestamp};

/// Its routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/door", get(choose))
        .route("/door/{id}", get(show).post(leave))
        .route("/door/{id}/code", post(code))
        .route("/door/{id}/enter", post(walk_in))
        .route("/door/{id}/collect", get(collect))
        .route("/door/{id}/whom", get(whom).post(ring))
        .route("/door/{id}/in/{entry}", get(let_in))
        .route("/door/{id}/in/{entry}/live", get(in_live))
        .route("/door/{id}/ring/{ring}", get(ringing))
        .route("/door/{id}/ring/{ring}/live", get(ring_live))
}

type Form = Csrf<BTreeMap<String, String>>;

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
        looks_itself: !sees_door(site, point),
        is_watched: is_watched(site, point),
        pin_digits: site.policy.pin_length.random_digits() as u8 + 1,
        ways_on: ways_on(site, now),
        now,
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
    csrf: String,
}

impl Here {
    async fn at(app: App, kiosk: PairedKiosk, reader: Reader, point: AccessPointId) -> Result<Self, Fault> {
        let id = kiosk.kiosk;
        let door = app.site.read(move |site, now| look(site, now, (id, point))).await?;
        let mut door = door.ok_or(Refusal::NotFound)?;
        // Where no photo could be kept, none is taken.
        door.looks_itself &= app.web.photos.is_some();
        let csrf = kiosk.csrf();
        Ok(Self { app, kiosk, reader, door, csrf })
    }

    fn view(&self) -> At<'_> {
        At { door: &self.door, language: self.lang(), csrf: &self.csrf }
    }

    async fn page(&self, screen: Markup) -> Result<Response, Fault> {
        let face = SiteFace::of(&self.app).await?;
        Ok(with_camera(faces::document(&self.reader, &face, &self.door, screen)))
    }

    async fn ask(&self, command: Command) -> Result<Answer, Fault> {
        Ok(self.app.site.ask(Request::new(self.kiosk.actor(), command)).await?.answer?)
    }

    /// Where an answer leads; a no is said in words, with the ways on.
    async fn went(&self, answered: Result<Answer, Fault>) -> Result<Response, Fault> {
        let to = match answered {
            Ok(Answer::Ring { ring, .. }) => format!("/door/{}/ring/{ring}", self.door.point),
            Ok(Answer::Entry { entry, .. }) => format!("/door/{}/in/{entry}", self.door.point),
            Ok(_) => format!("/door/{}", self.door.point),
            Err(fault @ Fault::Refused(_)) => {
                let words = words_of(&self.app, self.reader.language, &fault).await;
                return self.page(faces::denied(&self.view(), &words)).await;
            }
            Err(fault) => return Err(fault),
        };
        Ok(Redirect::to(&to).into_response())
    }

    fn lang(&self) -> Language {
        self.reader.language
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
    here.page(faces::choice(&doors, here.lang())).await
}

async fn show(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    here.page(faces::start(&here.view())).await
}

/// Whoever stood there has gone: the next one finds the first screen, in the language of the house.
async fn leave(
    _: PairedKiosk,
    jar: CookieJar,
    Path(id): Path<AccessPointId>,
    _: Form,
) -> (CookieJar, Redirect) {
    (forget_language(jar), Redirect::to(&format!("/door/{id}")))
}

async fn collect(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    here.page(faces::collect(&here.view())).await
}

/// What was shown, in plain text: a scan, what a camera saw, or digits. None: nothing of it could be a code, and no rule is asked.
async fn shown(
    here: &Here,
    fields: &BTreeMap<String, String>,
    tag: SiteTag,
) -> Result<Option<String>, Fault> {
    let is_token = |text: &str| !matches!(read(text, tag), Err(TokenProblem::NotAToken));
    if let Some(scan) = fields.get("scan") {
        let scan = super::scanned::bare(&here.app, here.kiosk.kiosk, scan.clone()).await?;
        return Ok(Some(scan.trim().to_owned()).filter(|scan| is_token(scan)));
    }
    if let Some(lines) = fields.get("symbols") {
        let seen = posted(lines).unwrap_or_default();
        return Ok(seen.symbols.iter().map(|symbol| symbol.text()).find(|text| is_token(text)));
    }
    Ok(Some(fields.get("code").map(|text| text.trim().to_owned()).unwrap_or_default()))
}

async fn code(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
    Csrf(fields): Form,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let tag = here.app.tag().await?;
    let Some(code) = shown(&here, &fields, tag).await? else {
        let words = say(here.lang(), "door-no-code-of-ours");
        return here.page(faces::denied(&here.view(), &words)).await;
    };
    let selector = fields.get("selector").map(|text| text.trim()).unwrap_or_default();
    let (purpose, given) = match selector {
        "" => (Purpose::Enter, Given::Code(&code)),
        selector => (Purpose::EnterToCollect, Given::Digits { selector, digits: &code }),
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
    let nonce = here.reader.nonce.clone();
    here.page(html! { (faces::whom(&here.view())) @if here.door.looks_itself { (caller::script(&nonce)) } })
        .await
}

/// Rings where exactly one apartment is meant, or the desk alone; else the same words, whatever the reason.
async fn ring(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path(id): Path<AccessPointId>,
    Csrf(fields): Form,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let Some(unit) = rung_for(&here.app, &fields).await? else {
        return here.page(faces::not_found(&here.view())).await;
    };
    let answered = here.ask(Command::RingForEntry(Rung { point: id, unit, bell: Bell::AtDoor })).await;
    if let (Ok(answer), true, Some(picture)) = (&answered, here.door.looks_itself, fields.get("picture")) {
        caller::keep(&here.app, answer, picture).await?;
    }
    here.went(answered).await
}

async fn let_in(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path((id, entry)): Path<(AccessPointId, EntryId)>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let became = Outcome::LetIn(fate(&here.app, id, entry).await?);
    let live = format!("/door/{id}/in/{entry}/live");
    here.page(faces::live(&live, faces::outcome(&here.view(), &became))).await
}

async fn in_live(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path((id, entry)): Path<(AccessPointId, EntryId)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let here = std::sync::Arc::new(Here::at(app, kiosk, reader, id).await?);
    Ok(follow(
        here,
        headers,
        move |here| async move { Ok(Outcome::LetIn(fate(&here.app, id, entry).await?)) },
    ))
}

async fn ringing(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path((id, ring)): Path<(AccessPointId, RingId)>,
) -> Result<Response, Fault> {
    let here = Here::at(app, kiosk, reader, id).await?;
    let outcome = outcome(&here.app, id, ring).await?;
    let live = format!("/door/{id}/ring/{ring}/live");
    here.page(faces::live(&live, faces::outcome(&here.view(), &outcome))).await
}

async fn ring_live(
    State(app): State<App>,
    kiosk: PairedKiosk,
    reader: Reader,
    Path((id, ring)): Path<(AccessPointId, RingId)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let here = std::sync::Arc::new(Here::at(app, kiosk, reader, id).await?);
    Ok(follow(here, headers, move |here| async move { outcome(&here.app, id, ring).await }))
}

/// Tells what became of it as it happens, as long as the screen is paired.
fn follow<F>(
    here: std::sync::Arc<Here>,
    headers: HeaderMap,
    became: impl Fn(std::sync::Arc<Here>) -> F + Clone + Send + 'static,
) -> Response
where
    F: Future<Output = Result<Outcome, Fault>> + Send,
{
    let changes = here.app.site.changes();
    let stream = sse::live(changes, move || {
        let (here, headers, became) = (std::sync::Arc::clone(&here), headers.clone(), became.clone());
        async move {
            PairedKiosk::of(&here.app, &headers).await.ok()?;
            let became = became(std::sync::Arc::clone(&here)).await.ok()?;
            Some(faces::outcome(&here.view(), &became))
        }
    });
    stream.into_response()
}
