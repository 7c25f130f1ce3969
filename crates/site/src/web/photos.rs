//! Photos as they leave the site: whole ones to staff, each on the record; to a person those of their own parcels.
//!
//! Owns: that nothing whole leaves before its view is recorded, and what a browser is told of the bytes. Never: decides who may
//! see what; roles and the rules do.

use super::App;
use super::problem::{Fault, Trouble};
use crate::evidence::photos::{Photo, one, salt};
use crate::evidence::{PhotoFault, PhotoFolder, thumbnail};
use crate::handle::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use vestibule_core::evidence::{PhotoMedia, may_see};
use vestibule_core::{Actor, Command, PersonId, PhotoId, Refusal};

/// A photo that is kept, with what is in it.
struct Whole {
    photo: Photo,
    bytes: Vec<u8>,
}

/// The whole photo, once the view of it is recorded.
///
/// # Errors
/// There is none, or it is gone or changed.
pub async fn for_staff(app: &App, actor: Actor, id: PhotoId) -> Result<Response, Fault> {
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
    let small = tokio::task::spawn_blocking(move || thumbnail::small(&whole.bytes)).await;
    let small = small.ok().flatten().ok_or(Refusal::NotFound)?;
    Ok(answer(small, PhotoMedia::Jpeg, id))
}

/// The whole photo, to a person of whose parcel it is. Of any other photo nothing is said, not even that it exists.
///
/// # Errors
/// It is not theirs, or not there.
pub async fn for_person(app: &App, person: PersonId, id: PhotoId) -> Result<Response, Fault> {
    let photo = found(app, id).await?;
    let (asked, household) = (photo.asked.clone(), photo.household);
    let is_theirs = app.site.read(move |site, _| may_see(site, person, (&asked, household))).await?;
    if !is_theirs {
        return Err(Refusal::NotFound.into());
    }
    let whole = whole(app, id).await?;
    Ok(answer(whole.bytes, whole.photo.media, id))
}

/// The whole photo of who rang, to who is asked; that the link is theirs and the ring waits was looked at before.
///
/// # Errors
/// It is not there any more.
pub async fn of_ring(app: &App, id: PhotoId) -> Result<Response, Fault> {
    let whole = whole(app, id).await?;
    Ok(answer(whole.bytes, whole.photo.media, id))
}

async fn found(app: &App, id: PhotoId) -> Result<Photo, Fault> {
    let photo = app.site.query(move |tables| one(tables, id)).await?;
    Ok(photo.filter(|photo| photo.gone.is_none()).ok_or(Refusal::NotFound)?)
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
        Err(fault) => {
            tracing::warn!(%fault, photo = %id, "a photo is not shown");
            Err(Refusal::NotFound.into())
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
