//! The page behind a link in a message: where the parcels are, and the code on a press.
//!
//! Owns: `/l/{token}`. A look at it (a preview in a mail program) reveals nothing; the press does. The site stores neither
//! token nor code in the clear: what is revealed is unsealed with a key made from the token. The press shows the photos of the
//! person's own parcels too, and what happened to those of the last month. When its code has ended that is all it shows, up to that end, until it ends itself.
//! Never: shows another household's parcels, or which other doors are full.

mod at_door;
mod missing;
mod page;
mod past;
mod photos;
mod told;
mod unclaimed;
mod wall;

use super::App;
use super::face::{SiteFace, phone_page};
use super::guard::Reader;
use super::problem::{Fault, Trouble};
use crate::keys::{Keys, unseal_with};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use page::{Code, Pressed, View};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use vestibule_core::{Actor, CredentialId, PersonId, PhotoId, Refusal, Timestamp};
use vestibule_notices::Language;

/// Its route.
pub fn router() -> Router<App> {
    Router::new()
        .route("/l/{token}", get(show).post(reveal))
        .merge(at_door::router())
        .route("/l/{token}/photos/{photo}", get(photo))
        .route("/l/{token}/missing", post(missing::ask))
        .route("/l/{token}/drops/{drop}", post(unclaimed::ask))
        .route("/l/{token}/drops/{drop}/{photo}", get(unclaimed::photo))
}

/// What is stored of a link, with what the directory knows of its person.
struct Stored {
    person: PersonId,
    credential: Option<CredentialId>,
    /// None once the code has ended.
    sealed: Option<Vec<u8>>,
    /// When it did: what came later is told by a later link.
    ended: Option<Timestamp>,
    keypad: String,
    language: Language,
}

async fn show(State(app): State<App>, reader: Reader, Path(token): Path<String>) -> Result<Markup, Fault> {
    let stored = stored(&app, &token).await?;
    let reader = in_their_language(reader, &stored);
    let view = page::view(&app, stored.person, stored.credential).await?;
    answer(&app, &reader, &token, (&view, &stored), None).await
}

async fn reveal(State(app): State<App>, reader: Reader, Path(token): Path<String>) -> Result<Markup, Fault> {
    let stored = stored(&app, &token).await?;
    let reader = in_their_language(reader, &stored);
    let view = page::view(&app, stored.person, stored.credential).await?;
    let code = match view {
        View::Waiting { .. } => Some(unsealed(&stored, &token).ok_or(Trouble::LinkOver)?),
        View::Collected | View::Missing | View::Replaced => None,
    };
    answer(&app, &reader, &token, (&view, &stored), Some(&Pressed { code })).await
}

/// One photo of a parcel of theirs; of any other nothing is said.
async fn photo(
    State(app): State<App>,
    Path((token, photo)): Path<(String, PhotoId)>,
) -> Result<Response, Fault> {
    let stored = stored(&app, &token).await?;
    if !past::sees(&app, (stored.person, stored.ended), photo).await? {
        return Err(Refusal::NotFound.into());
    }
    super::photos::on_record(&app, Actor::Person(stored.person), photo).await
}

async fn answer(
    app: &App,
    reader: &Reader,
    token: &str,
    (view, stored): (&View, &Stored),
    pressed: Option<&Pressed>,
) -> Result<Markup, Fault> {
    let here = format!("/l/{token}");
    let (title, content) = page::content(reader.language, &here, view, pressed);
    let more = match pressed {
        Some(_) => more(app, reader, &here, stored).await?,
        None => html! {},
    };
    let content = html! { (content) (more) (missing::content(reader.language, &here)) };
    Ok(phone_page(reader, &SiteFace::of(app).await?, (&title, &here), content))
}

/// What a press shows below the code, or without one: what may be theirs, what happened, and the photos of it.
async fn more(app: &App, reader: &Reader, here: &str, stored: &Stored) -> Result<Markup, Fault> {
    let past = past::of_person(app, (stored.person, stored.ended)).await?;
    let unclaimed = unclaimed::behind(app, stored).await?;
    let (language, zone) = (reader.language, &past.names.zone);
    Ok(html! {
        (unclaimed::content(language, here, &unclaimed))
        (told::content(language, &past))
        @if app.web.photos.is_some() { (photos::content(language, here, (&past.photos, zone))) }
    })
}

/// The person's own language, unless this reader chose one.
fn in_their_language(reader: Reader, stored: &Stored) -> Reader {
    if reader.has_chosen { reader } else { reader.in_language(stored.language) }
}

async fn stored(app: &App, token: &str) -> Result<Stored, Fault> {
    let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let now = app.site.now();
    let found = app.site.query(move |connection| link_row(connection, digest, now)).await?;
    Ok(found.ok_or(Trouble::LinkOver)?)
}

fn link_row(connection: &Connection, digest: [u8; 32], now: Timestamp) -> rusqlite::Result<Option<Stored>> {
    let sql = "SELECT l.person, l.credential, l.sealed, u.keypad, p.language, l.ended_at FROM link_page l \
               JOIN person p ON p.person = l.person JOIN unit u ON u.unit = p.unit \
               WHERE l.token = ?1 AND l.expires_at > ?2";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Stored {
            person: PersonId(row.get(0)?),
            credential: row.get::<_, Option<i64>>(1)?.map(|id| CredentialId(id.unsigned_abs())),
            sealed: row.get(2)?,
            ended: row.get::<_, Option<i64>>(5)?.map(Timestamp),
            keypad: row.get(3)?,
            language: row.get::<_, String>(4)?.parse().unwrap_or_default(),
        })
    };
    connection.prepare_cached(sql)?.query_row((digest.as_slice(), now.0), row).optional()
}

fn unsealed(stored: &Stored, token: &str) -> Option<Code> {
    #[derive(serde::Deserialize)]
    struct Shown {
        pin: String,
        qr: String,
    }
    let plain = unseal_with(&Keys::derive("link", token), stored.sealed.as_ref()?)?;
    let Shown { pin, qr } = serde_json::from_slice(&plain).ok()?;
    Some(Code { keypad: stored.keypad.clone(), pin, qr })
}
