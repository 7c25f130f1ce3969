//! The pack of evidence of one parcel, to take away.
//!
//! Owns: `/staff/parcels/{id}/evidence.zip`, and that no photo is in it before its view is on the record. Never: what is in it.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use vestibule_core::{Actor, Command, ParcelId, Refusal};

use super::super::desk_page::Desk;
use super::super::names::Names;
use crate::evidence::pack::{Choice, Order, PackError, WholePhoto, candidates, make, read_photos};
use crate::handle::Request;
use crate::web::problem::{Fault, Trouble};

/// `GET /staff/parcels/{id}/evidence.zip`
pub async fn download(desk: Desk, Path(id): Path<ParcelId>) -> Result<Response, Fault> {
    pack(&desk, Choice::parcel(id), &format!("parcel-{id}")).await
}

/// The pack of a choice, to take away under a name of letters, digits and dashes.
///
/// # Errors
/// Nothing was chosen, or more than anybody reads.
pub async fn pack(desk: &Desk, choice: Choice, name: &str) -> Result<Response, Fault> {
    let photos = viewed(desk, choice).await?;
    let names = desk.read(Names::of_site).await?;
    let order = Order {
        choice,
        names,
        say: desk.say,
        by: desk.staff_name.clone(),
        signer: desk.app.keys.note_signer(),
        photos,
    };
    let made = desk.query(move |tables| Ok(make(tables, &order))).await?;
    let made = made.map_err(fault)?;
    let name = format!("attachment; filename=\"{name}-evidence.zip\"");
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, made.zip).into_response())
}

/// The photos of the choice, once the view of each is recorded.
async fn viewed(desk: &Desk, choice: Choice) -> Result<Vec<WholePhoto>, Fault> {
    let Some(folder) = desk.app.web.photos.clone() else { return Ok(Vec::new()) };
    let found = desk.query(move |tables| Ok(candidates(tables, &choice))).await?.map_err(fault)?;
    let whole = tokio::task::spawn_blocking(move || read_photos(found, &folder)).await;
    let whole = whole.map_err(|_| Trouble::Broken)?;
    for photo in &whole {
        let command = Command::ViewPhoto { photo: photo.of.photo.photo };
        desk.app.site.ask(Request::new(Actor::Staff(desk.staff), command)).await?.answer?;
    }
    Ok(whole)
}

/// In the words of a page.
pub(in crate::web::staff) fn fault(error: PackError) -> Fault {
    match error {
        PackError::Nothing => Refusal::NotFound.into(),
        PackError::TooMany => Refusal::Invalid { why: error.to_string() }.into(),
        PackError::Database(_) | PackError::Store(_) | PackError::Archive(_) => {
            tracing::error!(%error, "a pack of evidence could not be made");
            Trouble::Broken.into()
        }
    }
}
