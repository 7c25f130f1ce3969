//! Photos as they leave the site: whole ones to staff and to the people who may see them, each on the record.
//!
//! Owns: that nothing whole leaves before its view is recorded, and what a browser is told of the bytes. Never: decides who may
//! see what; roles and the rules do.

pub mod cameras;

use super::App;
use super::problem::{Fault, Trouble};
use crate::evidence::photos::{Photo, as_stored, one, salt};
use crate::evidence::{PhotoFault, PhotoFolder};
use crate::handle::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use vestibule_core::evidence::{Held, PhotoMedia};
use vestibule_core::{Actor, Command, Observation, PhotoId, Refusal};

/// A photo that is kept, with what is in it.
struct Whole {
    photo: Photo,
    bytes: Vec<u8>,
}

/// The whole photo, once it is recorded that this staff account or this person looks at it. That they may was looked at before.
///
/// # Errors
/// There is none, or it is gone or changed.
pub async fn on_record(app: &App, actor: Actor, id: PhotoId) -> Result<Response, Fault> {
    let whole = whole(app, id).await?;
    app.site.ask(Request::new(actor, Command::ViewPhoto { photo: id })).await?.answer?;
    Ok(answer(whole.bytes, whole.photo.media, id))
}

/// A picture too small to know a face: for lists of staff.
///
/// # Errors
/// There is none, or it is no picture.
pub async fn small_for_staff(app: &App, id: PhotoId) -> Result<Response, Fault> {
    let whole = whole(app, id).await?;
    if whole.photo.media != PhotoMedia::Jpeg {
        return Err(Refusal::NotFound.into());
    }
    let small = app.thumbnails.small(whole.bytes).await.ok_or(Refusal::NotFound)?;
    Ok(answer(small, PhotoMedia::Jpeg, id))
}

/// The same of who stands at a kiosk, once it is recorded that it is shown there. That they may see it was looked at before.
///
/// # Errors
/// There is none, or it is no picture, or it is gone or changed.
pub async fn small_on_record(app: &App, actor: Actor, id: PhotoId) -> Result<Response, Fault> {
    let small = small_for_staff(app, id).await?;
    app.site.ask(Request::new(actor, Command::ViewPhoto { photo: id })).await?.answer?;
    Ok(small)
}

/// What is to be held by a photo's page: it alone, or all photos of a parcel or an entry whose page shows it.
///
/// # Errors
/// There is none, or it is not of that; or it is gone, and only it was meant.
pub async fn to_hold(app: &App, id: PhotoId, what: Held) -> Result<Held, Fault> {
    let photo = of_what_is_held(app, id, what).await?;
    match what {
        Held::Photo(_) if photo.gone.is_some() => Err(Refusal::NotFound.into()),
        what => Ok(what),
    }
}

/// What is no longer to be held.
///
/// # Errors
/// There is none, or it is not of that.
pub async fn to_release(app: &App, id: PhotoId, what: Held) -> Result<Held, Fault> {
    of_what_is_held(app, id, what).await.map(|_| what)
}

async fn of_what_is_held(app: &App, id: PhotoId, what: Held) -> Result<Photo, Fault> {
    let find = move |tables: &rusqlite::Connection| {
        let Some(photo) = one(tables, id)? else { return Ok(None) };
        let is_its = as_stored(tables, &photo)?.held_by().any(|its| its == what);
        Ok(Some(photo).filter(|_| is_its))
    };
    Ok(app.site.query(find).await?.ok_or(Refusal::NotFound)?)
}

async fn known(app: &App, id: PhotoId) -> Result<Photo, Fault> {
    Ok(app.site.query(move |tables| one(tables, id)).await?.ok_or(Refusal::NotFound)?)
}

async fn found(app: &App, id: PhotoId) -> Result<Photo, Fault> {
    Ok(Some(known(app, id).await?).filter(|photo| photo.gone.is_none()).ok_or(Refusal::NotFound)?)
}

async fn whole(app: &App, id: PhotoId) -> Result<Whole, Fault> {
    let photo = found(app, id).await?;
    let folder: PhotoFolder = app.web.photos.clone().ok_or(Refusal::NotFound)?;
    let hash = photo.hash;
    let salt = app.site.query(move |tables| salt(tables, hash)).await?.ok_or(Refusal::NotFound)?;
    let media = photo.media;
    let read = tokio::task::spawn_blocking(move || folder.read(hash, media, &salt)).await;
    match read.map_err(|_| Trouble::Broken)? {
        Ok(bytes) => Ok(Whole { photo, bytes }),
        Err(PhotoFault::Gone) => Err(Refusal::NotFound.into()),
        Err(PhotoFault::Changed) => {
            tracing::warn!(photo = %id, "the file of a photo is not the one that was recorded");
            app.site.observe(vec![Observation::PhotoChanged { photo: id }]).await?;
            Err(Trouble::PhotoChanged.into())
        }
        Err(PhotoFault::Io(error)) => {
            tracing::warn!(%error, photo = %id, "a photo cannot be read");
            Err(Trouble::PhotoUnreadable.into())
        }
    }
}

fn answer(bytes: Vec<u8>, media: PhotoMedia, id: PhotoId) -> Response {
    let (kind, name) = match media {
        PhotoMedia::Jpeg => ("image/jpeg", format!("inline; filename=\"photo-{id}.jpg\"")),
        PhotoMedia::H264KeyFrame => ("video/h264", format!("attachment; filename=\"photo-{id}.h264\"")),
    };
    let name = HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, bytes).into_response()
}
