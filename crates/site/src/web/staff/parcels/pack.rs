//! The pack of evidence of one parcel, to take away.
//!
//! Owns: `/staff/parcels/{id}/evidence.zip`. Never: what is in it.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use vestibule_core::{ParcelId, Refusal};

use super::super::desk_page::Desk;
use super::super::names::Names;
use crate::evidence::pack::{Choice, Order, PackError, make};
use crate::web::problem::Fault;

/// `GET /staff/parcels/{id}/evidence.zip`
pub async fn download(desk: Desk, Path(id): Path<ParcelId>) -> Result<Response, Fault> {
    let names = desk.read(Names::of_site).await?;
    let order = Order {
        choice: Choice::parcel(id),
        names,
        say: desk.say,
        by: desk.staff_name.clone(),
        signer: desk.app.keys.note_signer(),
        photos: BTreeMap::new(),
    };
    let made = desk.query(move |tables| Ok(make(tables, &order))).await?;
    let made = made.map_err(fault)?;
    let name = format!("attachment; filename=\"parcel-{id}-evidence.zip\"");
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, made.zip).into_response())
}

fn fault(error: PackError) -> Fault {
    match error {
        PackError::Nothing => Refusal::NotFound.into(),
        PackError::TooMany => Refusal::Invalid { why: error.to_string() }.into(),
        PackError::Database(error) => error.into(),
        PackError::Archive(error) => rusqlite::Error::ToSqlConversionFailure(Box::new(error)).into(),
    }
}
