//! The page behind the link of who is asked at a door: who stands where, and *let in once* or *refuse* on a press.
//!
//! Owns: `/d/{token}`. A look at it (a preview in a mail program) answers nothing; the press does. The rules know the keyed
//! hash of each link and whose it is; nothing else opens by it. Never: says who lives here.

use crate::evidence::photos;
use crate::handle::Request;
use crate::look::button::button_row;
use crate::look::message::{done, empty};
use crate::look::page::headline;
use crate::look::{Post, Press, button_danger, button_primary};
use crate::web::App;
use crate::web::face::{SiteFace, phone_page};
use crate::web::guard::Reader;
use crate::web::problem::{Fault, Trouble, time_of_day};
use crate::web::words::{Arg, Language, say, t};
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::access::ring;
use vestibule_core::code::CodeHash;
use vestibule_core::code::pin::token_hash;
use vestibule_core::code::token::{TokenKind, read};
use vestibule_core::vocabulary::command::Bell;
use vestibule_core::{Actor, Command, PersonId, PhotoId, Refusal, RingId, Site, Timestamp};

/// Its routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/d/{token}", get(show))
        .route("/d/{token}/photo", get(photo))
        .route("/d/{token}/answer", post(answer))
        .route("/d/{token}/said/{what}", get(said))
}

/// Somebody at a door, as the page shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    ring: RingId,
    person: PersonId,
    door: String,
    until: String,
    by_phone: bool,
}

/// What the press says.
#[derive(Deserialize)]
struct Said {
    answer: String,
}

async fn hash_of(app: &App, token: &str) -> Result<CodeHash, Fault> {
    match read(token, app.tag().await?) {
        Ok((TokenKind::Link, text)) => Ok(token_hash(&*app.keys, &text)),
        Ok(_) | Err(_) => Err(Trouble::LinkOver.into()),
    }
}

fn look(site: &Site, now: Timestamp, link: CodeHash) -> Option<Asked> {
    let (ring, person) = ring::of_link(site, link)?;
    let facts = site.access.rings.get(&ring).filter(|facts| now < facts.until)?;
    let door = site.access.points.get(&facts.rung.point)?.spec.label.clone();
    let by_phone = facts.rung.bell == Bell::Phone;
    Some(Asked { ring, person, door, until: time_of_day(facts.until, &site.policy.zone), by_phone })
}

/// The photo of who rang, once it was taken.
async fn who_rang(app: &App, ring: RingId) -> Result<Option<PhotoId>, Fault> {
    let seen = app.site.query(move |tables| photos::of_ring(tables, ring)).await?;
    Ok(seen.map(|photo| photo.photo))
}

/// `GET /d/{token}/photo`: who rang, as long as an answer counts.
async fn photo(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Fault> {
    let link = hash_of(&app, &token).await?;
    let asked = app.site.read(move |site, now| look(site, now, link)).await?.ok_or(Refusal::RingOver)?;
    let photo = who_rang(&app, asked.ring).await?.ok_or(Refusal::NotFound)?;
    crate::web::photos::on_record(&app, Actor::Person(asked.person), photo).await
}

async fn show(State(app): State<App>, reader: Reader, Path(token): Path<String>) -> Result<Markup, Fault> {
    let link = hash_of(&app, &token).await?;
    let asked = app.site.read(move |site, now| look(site, now, link)).await?;
    let here = format!("/d/{token}");
    let seen = match &asked {
        Some(asked) => who_rang(&app, asked.ring).await?.is_some(),
        None => false,
    };
    let (title, content) = content(reader.language, &here, asked.as_ref().map(|asked| (asked, seen)));
    Ok(phone_page(&reader, &SiteFace::of(&app).await?, (&title, &here), content))
}

async fn answer(
    State(app): State<App>,
    Path(token): Path<String>,
    Form(press): Form<Said>,
) -> Result<Redirect, Fault> {
    let let_in = match press.answer.as_str() {
        "let-in" => true,
        "refuse" => false,
        _ => return Err(Trouble::Unreadable("answer is let-in or refuse".to_owned()).into()),
    };
    let link = hash_of(&app, &token).await?;
    let asked = app.site.read(move |site, now| look(site, now, link)).await?.ok_or(Refusal::RingOver)?;
    let command = Command::AnswerEntry { ring: asked.ring, let_in, link: Some(link) };
    app.site.ask(Request::new(Actor::Person(asked.person), command)).await?.answer?;
    let what = if let_in { "let-in" } else { "refused" };
    Ok(Redirect::to(&format!("/d/{token}/said/{what}")))
}

async fn said(
    State(app): State<App>,
    reader: Reader,
    Path((token, what)): Path<(String, String)>,
) -> Result<Markup, Fault> {
    let key = match what.as_str() {
        "let-in" => "at-door-let-in",
        "refused" => "at-door-refused",
        _ => return Err(Trouble::NoPage.into()),
    };
    let (title, here) = (say(reader.language, &format!("{key}-title")), format!("/d/{token}/said/{what}"));
    let content = html! {
        h1 class="visually-hidden" { (title) }
        (done(&title, &say(reader.language, key), None))
    };
    Ok(phone_page(&reader, &SiteFace::of(&app).await?, (&title, &here), content))
}

fn content(language: Language, here: &str, asked: Option<(&Asked, bool)>) -> (String, Markup) {
    let word = |key: &str| say(language, key);
    let Some((asked, seen)) = asked else {
        let title = word("at-door-over-title");
        let content = html! {
            h1 class="visually-hidden" { (title) }
            (empty(&title, &word("at-door-over"), None))
        };
        return (title, content);
    };
    let title = word("at-door-title");
    let args = [("door", Arg::Text(&asked.door)), ("until", Arg::Text(&asked.until))];
    let to = format!("{here}/answer");
    let (yes, no) = ([("answer", "let-in")], [("answer", "refuse")]);
    let content = html! {
        (headline(&title, Some(&t(language, "at-door-lead", &args))))
        @if seen { figure class="photo" { img src={ (here) "/photo" } alt=(word("at-door-photo")); } }
        p { (word(if asked.by_phone { "at-door-care-phone" } else { "at-door-care" })) }
        (button_row(html! {
            (button_primary(&word("at-door-yes"), Press::Post(&Post::page(&to, "").with(&yes))))
            (button_danger(&word("at-door-no"), Press::Post(&Post::page(&to, "").with(&no))))
        }))
    };
    (title, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_answers_nothing_and_each_press_says_one_thing() {
        let asked = Asked {
            ring: RingId(1),
            person: PersonId(2),
            door: "Front door".into(),
            until: "9:02".into(),
            by_phone: false,
        };
        for language in Language::ALL {
            let page = content(language, "/d/VLX", Some((&asked, true))).1.into_string();
            assert!(page.contains(r#"src="/d/VLX/photo""#), "{page}");
            let unseen = content(language, "/d/VLX", Some((&asked, false))).1.into_string();
            assert!(!unseen.contains("<img"), "{unseen}");
            assert!(page.contains("Front door") && page.contains("9:02"), "{page}");
            assert_eq!(page.matches(r#"method="post" action="/d/VLX/answer""#).count(), 2, "{page}");
            assert!(page.contains(r#"value="let-in""#) && page.contains(r#"value="refuse""#), "{page}");
            let by_phone = Asked { by_phone: true, ..asked.clone() };
            let by_phone = content(language, "/d/VLX", Some((&by_phone, true))).1.into_string();
            assert!(by_phone.contains(&say(language, "at-door-care-phone")), "{by_phone}");
            let over = content(language, "/d/VLX", None).1.into_string();
            assert!(!over.contains("<form"), "{over}");
        }
    }
}
