//! The page of a door's label, on the phone of whoever stands there without a code: whom they come to, a picture, and the answer.
//!
//! ```text
//! /at/{token}                     to whom, with a picture where no camera of ours sees the door
//! .../rings/{ticket}              waiting, let in, refused, nobody answered: told as it happens
//! ```
//! The address is public to whoever stands there, and may be copied: it asks and opens nothing, takes no code, and is counted apart
//! from the screen at the door. Nobody is listed, nothing is completed, nothing of a household is said. No session, no cookie: a
//! form that comes from another site is turned away by its origin.

use super::super::caller;
use super::{Fate, Outcome, address, let_in_words, outcome, rung_for};
use crate::handle::Request as Asking;
use crate::look::assets::asset;
use crate::look::button::{Rank, button_row};
use crate::look::form::{Field, FieldKind, field};
use crate::look::message::{done, loading, refused};
use crate::look::page::headline;
use crate::look::{Button, Icon, Press, button_primary, button_secondary};
use crate::web::App;
use crate::web::face::{SiteFace, live_phone_page, phone_page};
use crate::web::guard::{Client, Reader, Upload};
use crate::web::problem::{Fault, words_of};
use crate::web::sse;
use crate::web::words::{Arg, Language, say, t};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use std::sync::{Arc, OnceLock};
use vestibule_core::access::policy::NoCode;
use vestibule_core::access::watched::is_watched;
use vestibule_core::evidence::photo::sees_door;
use vestibule_core::vocabulary::command::{Bell, Rung};
use vestibule_core::{AccessPointId, Actor, Answer, Command, Refusal, RingId, Site};

/// Its routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/at/{token}", get(show).post(ring))
        .route("/at/{token}/rings/{ticket}", get(ringing))
        .route("/at/{token}/rings/{ticket}/live", get(live))
}

/// The door of a label, as its page needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AtLabel {
    point: AccessPointId,
    name: String,
    /// Whether anybody can be rung.
    rings: bool,
    /// No camera sees who stands there: a picture is asked for.
    needs_picture: bool,
    /// A camera takes stills of the room while somebody is in it: whoever is let in is told.
    is_watched: bool,
}

fn look(site: &Site, point: AccessPointId, keeps_photos: bool) -> Option<AtLabel> {
    let name = site.access.points.get(&point)?.spec.label.clone();
    let rings = site.access.policy.no_code != NoCode::Off;
    let needs_picture = keeps_photos && !site.disk_low && !sees_door(site, point);
    Some(AtLabel { point, name, rings, needs_picture, is_watched: is_watched(site, point) })
}

/// Everything the pages are drawn with.
struct Here {
    app: App,
    reader: Reader,
    door: AtLabel,
    url: String,
}

impl Here {
    async fn at(app: App, reader: Reader, token: &str) -> Result<Self, Fault> {
        let (keys, keeps_photos) = (std::sync::Arc::clone(&app.keys), app.web.photos.is_some());
        let given = token.to_owned();
        let door = app.site.read(move |site, _| {
            let point = address::door(&keys, site, &given)?;
            look(site, point, keeps_photos)
        });
        let door = door.await?.ok_or(Refusal::NotFound)?;
        Ok(Self { app, reader, door, url: format!("/at/{token}") })
    }

    fn language(&self) -> Language {
        self.reader.language
    }

    async fn page(&self, content: Markup) -> Result<Markup, Fault> {
        let script = html! { script src=(asset("phone-picture.js")) defer nonce=(self.reader.nonce) {} };
        let content = html! { (content) (script) };
        Ok(phone_page(&self.reader, &SiteFace::of(&self.app).await?, (&self.door.name, &self.url), content))
    }

    /// The form again, with why it did not ring; what was typed stays.
    async fn again(&self, code: StatusCode, why: &str, typed: &str) -> Result<Response, Fault> {
        Ok((code, self.page(asks(&self.door, &self.url, self.language(), (Some(why), typed))).await?)
            .into_response())
    }
}

async fn show(State(app): State<App>, reader: Reader, Path(token): Path<String>) -> Result<Markup, Fault> {
    let here = Here::at(app, reader, &token).await?;
    here.page(asks(&here.door, &here.url, here.language(), (None, ""))).await
}

/// Rings where exactly one apartment is meant, or the desk; else the same words, whatever the reason.
async fn ring(
    State(app): State<App>,
    reader: Reader,
    Client(client): Client,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let here = Here::at(app, reader, &token).await?;
    let word = |key: &str| say(here.language(), key);
    if !here.door.rings {
        return Err(Refusal::NoRinging.into());
    }
    // Counted before anything of the body is read: what may not ring costs nothing.
    if let Err(seconds) = here.app.callers.count(here.door.point, &client, here.app.site.now()) {
        let minutes = [("minutes", Arg::Count(seconds.div_ceil(60)))];
        let words = t(here.language(), "intercom-too-often", &minutes);
        return here.again(StatusCode::TOO_MANY_REQUESTS, &words, "").await;
    }
    let posted = Upload::without_session(request, &here.app).await?;
    let typed = posted.fields.get("whom").map(|text| text.trim()).unwrap_or_default();
    let picture = match (here.door.needs_picture, posted.file) {
        (false, _) => None,
        (true, Some((_, bytes))) => here.app.thumbnails.fitted(bytes.to_vec()).await,
        (true, None) => None,
    };
    if here.door.needs_picture && picture.is_none() {
        return here.again(StatusCode::UNPROCESSABLE_ENTITY, &word("intercom-no-picture"), typed).await;
    }
    let Some(unit) = rung_for(&here.app, &posted.fields).await? else {
        return here.again(StatusCode::OK, &word("door-not-found"), typed).await;
    };
    let point = here.door.point;
    let command = Command::RingForEntry(Rung { point, unit, bell: Bell::Phone });
    match here.app.site.ask(Asking::new(Actor::Door(point), command)).await?.answer {
        Ok(answer) => rung(&here, answer, picture).await,
        Err(refusal) => {
            let fault = Fault::from(refusal);
            let words = words_of(&here.app, here.language(), &fault).await;
            here.again(fault.http_code(), &words, typed).await
        }
    }
}

async fn rung(here: &Here, answer: Answer, picture: Option<Vec<u8>>) -> Result<Response, Fault> {
    if let Some(jpeg) = picture {
        caller::keep_fitted(&here.app, &answer, jpeg).await?;
    }
    let Answer::Ring { ring, .. } = answer else { return Err(Refusal::NotFound.into()) };
    let ticket = address::ticket(&here.app.keys, here.door.point, ring);
    Ok(Redirect::to(&format!("{}/rings/{ticket}", here.url)).into_response())
}

fn of_ticket(here: &Here, ticket: &str) -> Result<RingId, Fault> {
    Ok(address::ring(&here.app.keys, here.door.point, ticket).ok_or(Refusal::NotFound)?)
}

async fn ringing(
    State(app): State<App>,
    reader: Reader,
    Path((token, ticket)): Path<(String, String)>,
) -> Result<Markup, Fault> {
    let here = Here::at(app, reader, &token).await?;
    let ring = of_ticket(&here, &ticket)?;
    let became = outcome(&here.app, here.door.point, ring).await?;
    let own = format!("{}/rings/{ticket}", here.url);
    let content = html! {
        div class="live-part" hx-sse:connect={ (own) "/live" } { (told(&here.door, &here.url, here.language(), &became)) }
        noscript { (button_row(button_secondary(&say(here.language(), "intercom-look"), Press::Follow(&own)))) }
    };
    let face = SiteFace::of(&here.app).await?;
    Ok(live_phone_page(&here.reader, &face, (&here.door.name, &own), content))
}

async fn live(
    State(app): State<App>,
    reader: Reader,
    Path((token, ticket)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let changes = app.site.changes();
    let here = Here::at(app.clone(), reader.clone(), &token).await?;
    let ring = of_ticket(&here, &ticket)?;
    let Some(place) = here.app.callers.is_told() else {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    };
    // What is final is looked up once, however long the page stays open.
    let (place, ended) = (Arc::new(place), Arc::new(OnceLock::new()));
    let stream = sse::live(changes, move || {
        let (app, reader, token) = (app.clone(), reader.clone(), token.clone());
        let (place, ended) = (Arc::clone(&place), Arc::clone(&ended));
        async move {
            let _until_the_page_closes = place;
            if let Some(picture) = ended.get() {
                return Some(Markup::clone(picture));
            }
            // A label that was renewed meanwhile ends its pages.
            let here = Here::at(app, reader, &token).await.ok()?;
            let became = outcome(&here.app, here.door.point, ring).await.ok()?;
            let picture = told(&here.door, &here.url, here.language(), &became);
            if !matches!(became, Outcome::Waiting { .. } | Outcome::LetIn(Fate::Opening)) {
                let _ = ended.set(picture.clone());
            }
            Some(picture)
        }
    });
    Ok(stream.into_response())
}

/// To whom, and a picture where one is needed.
fn asks(door: &AtLabel, url: &str, language: Language, (why, typed): (Option<&str>, &str)) -> Markup {
    let word = |key: &str| say(language, key);
    if !door.rings {
        return html! {
            h1 class="visually-hidden" { (door.name) }
            (refused(&door.name, &word("door-no-ringing"), None))
        };
    }
    let (label, hint) = (word("door-unit"), word("door-unit-hint"));
    let whom = Field::new("whom", &label, FieldKind::Text).value(typed).hint(&hint).error(why);
    html! {
        (headline(&door.name, Some(&word("intercom-lead"))))
        form class="form" method="post" action=(url) enctype="multipart/form-data" {
            @if door.needs_picture { (picture_field(language)) }
            (field(&whom))
            (button_primary(&word("intercom-ring"), Press::Submit))
            p class="hint" { (word("intercom-desk-hint")) }
            (Button::new(&word("intercom-desk"), Press::SubmitAs { name: "desk", value: "yes" }).icon(Icon::Hand).rank(Rank::Secondary).render())
        }
        p class="hint" { (word("intercom-asks")) }
    }
}

fn picture_field(language: Language) -> Markup {
    html! {
        div class="field" {
            label for="f-photo" { (say(language, "intercom-picture")) }
            p class="hint" id="h-photo" { (say(language, "intercom-picture-hint")) }
            input id="f-photo" type="file" name="photo" accept="image/jpeg" capture="user" required
                data-phone-picture aria-describedby="h-photo";
        }
    }
}

/// Waiting, or how it ended.
fn told(door: &AtLabel, url: &str, language: Language, became: &Outcome) -> Markup {
    let word = |key: &str| say(language, key);
    let with_door = |key: &str| t(language, key, &[("door", Arg::Text(&door.name))]);
    let again = || Some(button_row(button_secondary(&word("door-again"), Press::Follow(url))));
    let (title, state) = match became {
        Outcome::Waiting { until } => {
            let text = t(language, "door-waiting", &[("until", Arg::Text(until))]);
            return html! { (headline(&word("door-waiting-title"), None)) (loading(&text)) };
        }
        Outcome::LetIn(Fate::Opening) => {
            return html! { (headline(&with_door("door-opening-title"), None)) (loading(&word("door-opening"))) };
        }
        Outcome::LetIn(Fate::Open) => {
            let title = with_door("door-let-in-title");
            let words = let_in_words(language, door.is_watched);
            let state = done(&title, &words, None);
            (title, state)
        }
        Outcome::LetIn(Fate::NoAnswer) => {
            let title = with_door("door-no-answer-title");
            let state = refused(&title, &word("door-no-answer"), again());
            (title, state)
        }
        Outcome::Refused => {
            let title = word("door-refused-title");
            let state = refused(&title, &word("door-refused"), None);
            (title, state)
        }
        Outcome::NobodyAnswered => {
            let title = word("door-nobody-title");
            let state = refused(&title, &word("door-nobody"), again());
            (title, state)
        }
    };
    html! { h1 class="visually-hidden" { (title) } (state) }
}

#[cfg(test)]
mod tests {
    use super::super::every_outcome;
    use super::*;

    fn door(needs_picture: bool, rings: bool) -> AtLabel {
        AtLabel {
            point: AccessPointId(1),
            name: "Front door".to_owned(),
            rings,
            needs_picture,
            is_watched: false,
        }
    }

    #[test]
    fn a_picture_is_asked_for_where_no_camera_sees_the_door_and_nothing_where_nobody_can_be_rung() {
        for language in Language::ALL {
            let page = |door: &AtLabel| asks(door, "/at/T", language, (None, "")).into_string();
            let blind = page(&door(true, true));
            assert!(blind.contains("data-phone-picture") && blind.contains("capture=\"user\""), "{blind}");
            let seen = page(&door(false, true));
            assert!(!seen.contains("name=\"photo\"") && seen.contains("name=\"whom\""), "{seen}");
            assert!(seen.contains("name=\"desk\""), "{seen}");
            let off = page(&door(true, false));
            assert!(!off.contains("<form") && off.contains(&say(language, "door-no-ringing")), "{off}");
        }
    }

    #[test]
    fn each_end_has_words_of_its_own() {
        let ends = every_outcome();
        for language in Language::ALL {
            let told = ends.iter().map(|end| told(&door(true, true), "/at/T", language, end).into_string());
            let told: std::collections::BTreeSet<String> = told.collect();
            assert_eq!(told.len(), ends.len(), "{told:?}");
            assert!(told.iter().all(|page| page.matches("<h1").count() == 1), "{told:?}");
        }
    }
}
