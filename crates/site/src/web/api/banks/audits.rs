//! Audits: walks from place to place that are under way, and their steps.

use super::super::answer::{Answered, Answering, ask_as};
use super::super::body::{Body, Key};
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::custody::audit::{Audit, AuditPlace, AuditScope, Difference, Settlement, StopState};
use vestibule_core::vocabulary::command::AuditStep;
use vestibule_core::{AreaId, AuditId, BankId, Command, CompartmentId, ParcelId, Refusal, ShelfId, Site};

pub(in crate::web::api) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(audits, audit_step))
}

/// A place of a walk.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AuditPlaceBody {
    /// A compartment, once its door is open.
    Compartment(u32),
    /// A shelf.
    Shelf(u32),
    /// A drop place.
    Area(u32),
    /// The desk.
    Desk,
}

impl AuditPlaceBody {
    fn of(place: AuditPlace) -> Self {
        match place {
            AuditPlace::Compartment(id) => Self::Compartment(id.0),
            AuditPlace::Shelf(id) => Self::Shelf(id.0),
            AuditPlace::Area(id) => Self::Area(id.0),
            AuditPlace::Desk => Self::Desk,
        }
    }

    fn place(self) -> AuditPlace {
        match self {
            Self::Compartment(id) => AuditPlace::Compartment(CompartmentId(id)),
            Self::Shelf(id) => AuditPlace::Shelf(ShelfId(id)),
            Self::Area(id) => AuditPlace::Area(AreaId(id)),
            Self::Desk => AuditPlace::Desk,
        }
    }
}

/// A walk that is under way.
#[derive(Serialize, ToSchema)]
struct AuditView {
    /// Its number.
    audit: u64,
    /// When it began, ms.
    began_at: i64,
    /// Stopped for a while.
    paused: bool,
    /// How many places it goes over.
    places: usize,
    /// Those nobody looked at yet, in the order of the walk.
    waiting: Vec<AuditPlaceBody>,
    /// Those that were passed over.
    skipped: Vec<AuditPlaceBody>,
    /// What differs and has nobody's word.
    differences: Vec<AuditDifferenceView>,
}

/// What is not as it is recorded.
#[derive(Serialize, ToSchema)]
struct AuditDifferenceView {
    /// Which parcel.
    parcel: u64,
    /// Where it was missed or seen.
    place: AuditPlaceBody,
    /// Seen where it is not recorded; else not seen where it is.
    astray: bool,
}

impl AuditView {
    fn of(site: &Site, id: AuditId, audit: &Audit) -> Self {
        let is_skipped = |state: &StopState| matches!(state, StopState::Skipped(_));
        let skipped = audit.stops.iter().filter(|stop| is_skipped(&stop.state));
        let difference = |difference: Difference| AuditDifferenceView {
            parcel: difference.parcel().0,
            place: AuditPlaceBody::of(difference.place()),
            astray: matches!(difference, Difference::Astray { .. }),
        };
        Self {
            audit: id.0,
            began_at: audit.began.0,
            paused: audit.paused,
            places: audit.stops.len(),
            waiting: audit.waiting(site).into_iter().map(AuditPlaceBody::of).collect(),
            skipped: skipped.map(|stop| AuditPlaceBody::of(stop.place)).collect(),
            differences: audit.differences(&site.custody).into_iter().map(difference).collect(),
        }
    }
}

/// The audits that are under way.
#[utoipa::path(get, path = "/api/v1/audits", responses((status = 200, body = [AuditView])), tag = "banks")]
async fn audits(State(app): State<App>, session: StaffSession) -> Result<Json<Vec<AuditView>>, Fault> {
    session.allowed(Permission::HandleParcels)?;
    let look = |site: &Site, _| {
        site.audits.live.iter().map(|(id, audit)| AuditView::of(site, *id, audit)).collect::<Vec<_>>()
    };
    Ok(Json(app.site.read(look).await?))
}

/// A step of an audit.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
enum AuditBody {
    /// Begins a walk over one bank, some shelves, the desk; with no field: over everything. Its number is answered as `id`.
    Begin {
        /// The compartments of this bank.
        #[serde(default)]
        bank: Option<u32>,
        /// These shelves.
        #[serde(default)]
        shelves: Vec<u32>,
        /// What staff accepted.
        #[serde(default)]
        desk: bool,
    },
    /// Opens one compartment; the one before must be shut. Without an opening in the answer it was passed over.
    Open {
        /// Which walk.
        audit: u64,
        /// Which.
        compartment: u32,
    },
    /// What was seen at a place.
    Look {
        /// Which walk.
        audit: u64,
        /// Where.
        place: AuditPlaceBody,
        /// Every parcel that was seen.
        #[serde(default)]
        seen: Vec<u64>,
        /// Those that were looked for and not seen.
        #[serde(default)]
        absent: Vec<u64>,
        /// How many things nobody knows.
        #[serde(default)]
        unknown: u16,
    },
    /// Passes a place over.
    Skip {
        /// Which walk.
        audit: u64,
        /// Which place.
        place: AuditPlaceBody,
    },
    /// Stops for a while.
    Pause {
        /// Which walk.
        audit: u64,
    },
    /// Goes on.
    Resume {
        /// Which walk.
        audit: u64,
    },
    /// What becomes of a difference: `missing`, `moved`, `taken`, `put_back` or `left`.
    Settle {
        /// Which walk.
        audit: u64,
        /// Of which parcel.
        parcel: u64,
        /// What.
        #[schema(value_type = String)]
        how: Settlement,
    },
    /// Ends the walk; every difference has a word.
    End {
        /// Which walk.
        audit: u64,
    },
    /// Gives the walk up.
    Abandon {
        /// Which walk.
        audit: u64,
    },
}

impl AuditBody {
    fn step(self) -> Result<AuditStep, Refusal> {
        let parcels = |ids: Vec<u64>| ids.into_iter().map(ParcelId).collect();
        Ok(match self {
            Self::Begin { bank, shelves, desk } => AuditStep::Begin { scope: scope(bank, &shelves, desk)? },
            Self::Open { audit, compartment } => {
                AuditStep::Open { audit: AuditId(audit), compartment: CompartmentId(compartment) }
            }
            Self::Look { audit, place, seen, absent, unknown } => AuditStep::Look {
                audit: AuditId(audit),
                place: place.place(),
                seen: parcels(seen),
                absent: parcels(absent),
                unknown,
            },
            Self::Skip { audit, place } => AuditStep::Skip { audit: AuditId(audit), place: place.place() },
            Self::Pause { audit } => AuditStep::Pause { audit: AuditId(audit), pause: true },
            Self::Resume { audit } => AuditStep::Pause { audit: AuditId(audit), pause: false },
            Self::Settle { audit, parcel, how } => {
                AuditStep::Settle { audit: AuditId(audit), parcel: ParcelId(parcel), how }
            }
            Self::End { audit } => AuditStep::End { audit: AuditId(audit) },
            Self::Abandon { audit } => AuditStep::Abandon { audit: AuditId(audit) },
        })
    }
}

fn scope(bank: Option<u32>, shelves: &[u32], desk: bool) -> Result<AuditScope, Refusal> {
    match (bank, shelves, desk) {
        (Some(bank), [], false) => Ok(AuditScope::Bank(BankId(bank))),
        (None, [], true) => Ok(AuditScope::Desk),
        (None, [], false) => Ok(AuditScope::Everything),
        (None, shelves, false) => Ok(AuditScope::Shelves(shelves.iter().copied().map(ShelfId).collect())),
        _ => Err(Refusal::Invalid { why: "name one bank, or shelves, or the desk; not several".to_owned() }),
    }
}

/// One step of an audit.
#[utoipa::path(post, path = "/api/v1/audits", request_body = AuditBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn audit_step(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<AuditBody>,
) -> Answering {
    session.allowed(Permission::OpenCompartments)?;
    ask_as(&app, &session, key, Command::Audit(body.step()?)).await
}
