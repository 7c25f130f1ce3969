//! A kiosk's own API, with its pairing token as bearer: what it shows, and how a visit begins.
//!
//! It never answers with a name, a contact or a code.

use super::answer::{Answered, Answering, ask};
use super::body::{Body, Key};
use super::words::CodeBody;
use crate::handle::Request;
use crate::web::App;
use crate::web::guard::PairedKiosk;
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::visit::Visit;
use vestibule_core::{Command, KioskId, Refusal, Site, VisitId};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(state)).routes(routes!(log_in)).routes(routes!(pick_up))
}

/// A visit at this kiosk.
#[derive(Serialize, ToSchema)]
pub struct VisitView {
    /// Its number.
    visit: u64,
    /// Parcels put somewhere in this visit.
    deposits: Vec<u64>,
    /// Parcels registered and not placed yet.
    carrying: Vec<u64>,
    /// Parcels collected.
    collected: Vec<u64>,
    /// Compartments that open next, in order.
    next: Vec<u32>,
    /// The compartment of the opening going on.
    door: Option<DoorView>,
}

/// A door.
#[derive(Serialize, ToSchema)]
pub struct DoorView {
    /// Its compartment.
    compartment: u32,
    /// The number on it.
    label: String,
    /// Whether it stands open.
    open: bool,
}

/// What a kiosk knows.
#[derive(Serialize, ToSchema)]
pub struct KioskState {
    /// Its number.
    kiosk: u32,
    /// The banks in its sight.
    banks: Vec<u32>,
    /// The courier's visit, if one is going on.
    courier: Option<VisitView>,
    /// The resident's visit, if one is going on.
    resident: Option<VisitView>,
    /// Doors of its banks that stand open.
    open_doors: Vec<DoorView>,
}

fn door(site: &Site, id: vestibule_core::CompartmentId) -> Option<DoorView> {
    let c = site.compartments.get(id)?;
    Some(DoorView { compartment: id.0, label: c.spec.label.clone(), open: c.is_open() })
}

fn visit_view(site: &Site, (id, visit): (VisitId, &Visit)) -> VisitView {
    let numbers = |parcels: &[vestibule_core::ParcelId]| parcels.iter().map(|parcel| parcel.0).collect();
    VisitView {
        visit: id.0,
        deposits: numbers(&visit.deposits),
        carrying: numbers(&visit.carrying),
        collected: numbers(&visit.collected),
        next: visit.next.iter().map(|compartment| compartment.0).collect(),
        door: site.openings.of_visit(id).and_then(|(_, opening)| door(site, opening.compartment)),
    }
}

fn state_of(site: &Site, id: KioskId) -> Option<KioskState> {
    let kiosk = site.layout.kiosks.get(&id)?;
    let in_sight = |c: &&vestibule_core::CompartmentId| {
        site.compartments.get(**c).is_some_and(|c| kiosk.banks.contains(&c.bank))
    };
    Some(KioskState {
        kiosk: id.0,
        banks: kiosk.banks.iter().map(|bank| bank.0).collect(),
        courier: site.visits.courier_at(id).map(|visit| visit_view(site, visit)),
        resident: site.visits.resident_at(id).map(|visit| visit_view(site, visit)),
        open_doors: site.compartments.open.iter().filter(in_sight).filter_map(|c| door(site, *c)).collect(),
    })
}

/// What goes on at this kiosk.
#[utoipa::path(get, path = "/api/v1/kiosk/state", responses((status = 200, body = KioskState)), tag = "kiosk")]
async fn state(State(app): State<App>, kiosk: PairedKiosk) -> Result<Json<KioskState>, Fault> {
    let seen = app.site.read(move |site, _| state_of(site, kiosk.kiosk)).await?;
    Ok(Json(seen.ok_or(Refusal::KioskUnknown)?))
}

/// A courier shows a code or badge.
#[utoipa::path(post, path = "/api/v1/kiosk/log-in", request_body = CodeBody, responses((status = 200, body = Answered)), tag = "kiosk")]
async fn log_in(
    State(app): State<App>,
    kiosk: PairedKiosk,
    Key(key): Key,
    Body(body): Body<CodeBody>,
) -> Answering {
    let command = Command::CourierLogIn { kiosk: kiosk.kiosk, proof: body.proof(&app).await? };
    ask(&app, Request::new(kiosk.actor(), command).with_key(key)).await
}

/// A resident shows a code or card; the first door opens.
#[utoipa::path(post, path = "/api/v1/kiosk/pick-up", request_body = CodeBody, responses((status = 200, body = Answered)), tag = "kiosk")]
async fn pick_up(
    State(app): State<App>,
    kiosk: PairedKiosk,
    Key(key): Key,
    Body(body): Body<CodeBody>,
) -> Answering {
    let command = Command::PickUp { kiosk: kiosk.kiosk, proof: body.proof(&app).await? };
    ask(&app, Request::new(kiosk.actor(), command).with_key(key)).await
}
