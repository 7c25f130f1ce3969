//! The photo of a parcel as it came, beside its place on a shelf: of five brown boxes a resident finds theirs.
//!
//! Owns: `/kiosk/visits/{visit}/photos/{photo}`. Never: shows one to another visit than the one it was drawn for, larger than it takes to
//! tell a parcel, or before it is on record that it was shown.

use super::super::facts::Facts;
use crate::evidence::photos::{Photo, kept_of, one};
use crate::web::App;
use crate::web::guard::PairedKiosk;
use crate::web::photos::small_on_record;
use crate::web::problem::Fault;
use axum::extract::{Path, State};
use axum::response::Response;
use std::collections::BTreeMap;
use vestibule_core::evidence::{PhotoMedia, may_see};
use vestibule_core::{Actor, KioskId, ParcelId, PhotoId, Refusal, Site, VisitId};

/// The newest photo of each parcel that waits on a shelf for whoever is here.
///
/// # Errors
/// The site is going down or cannot read its tables.
pub async fn waiting(app: &App, facts: &Facts) -> Result<BTreeMap<ParcelId, PhotoId>, Fault> {
    let Some(resident) = &facts.resident else { return Ok(BTreeMap::new()) };
    let parcels: Vec<_> = resident.to_take.iter().map(|waiting| waiting.parcel).collect();
    if parcels.is_empty() || app.web.photos.is_none() {
        return Ok(BTreeMap::new());
    }
    let here = (facts.kiosk, resident.visit);
    let found = app.site.query(move |tables| kept_of(tables, &parcels)).await?;
    let newest = move |site: &Site, _| {
        let shown = found.iter().map(|photo| (photo.photo, shown_in(site, here, photo)));
        shown.flat_map(|(photo, parcels)| parcels.into_iter().map(move |parcel| (parcel, photo))).collect()
    };
    Ok(app.site.read(newest).await?)
}

/// The parcels on shelves whose arrival a photo shows, as far as the resident of this visit at this kiosk may see it.
fn shown_in(site: &Site, (kiosk, visit): (KioskId, VisitId), photo: &Photo) -> Vec<ParcelId> {
    let here = site.visits.resident_at(kiosk).filter(|(id, _)| *id == visit);
    let Some(person) = here.and_then(|(_, visit)| visit.person()) else { return Vec::new() };
    let is_one = photo.gone.is_none() && photo.media == PhotoMedia::Jpeg && photo.asked.reason.is_arrival();
    if !is_one || !may_see(site, person, (&photo.asked, photo.household)) {
        return Vec::new();
    }
    let lies_open = |parcel: &ParcelId| {
        site.custody.get(*parcel).is_some_and(|known| known.custodian.lies_at().is_some())
    };
    photo.asked.subject.parcels.iter().copied().filter(lies_open).collect()
}

/// One of them, small. Of any other nothing is said, not even that it exists.
pub async fn photo(
    State(app): State<App>,
    kiosk: PairedKiosk,
    Path((visit, photo)): Path<(VisitId, PhotoId)>,
) -> Result<Response, Fault> {
    let known = app.site.query(move |tables| one(tables, photo)).await?.ok_or(Refusal::NotFound)?;
    let here = (kiosk.kiosk, visit);
    if app.site.read(move |site, _| shown_in(site, here, &known).is_empty()).await? {
        return Err(Refusal::NotFound.into());
    }
    small_on_record(&app, Actor::Visit(visit), photo).await
}
