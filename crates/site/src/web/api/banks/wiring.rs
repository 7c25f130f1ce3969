//! Which lock opens which compartment of a bank, and the test that finds it out.

use super::super::answer::{Answered, Answering, ask_as};
use super::super::body::{Body, Id, Key};
use crate::web::App;
use crate::web::guard::{Permission, StaffSession};
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::place::wiring::diagnosis::{Diagnosis, WiringFault};
use vestibule_core::place::wiring::{Channel, WhatOpened, WiringMap, WiringTest};
use vestibule_core::vocabulary::command::WiringStep;
use vestibule_core::{BankId, Command, CompartmentId, Refusal, Site};

pub(in crate::web::api) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(wiring, step))
}

/// The wiring of a bank.
#[derive(Serialize, ToSchema)]
struct WiringView {
    /// Counts the maps of the bank, from 1.
    version: u32,
    /// SHA-256 of the map, hexadecimal; every opening of the bank names it in the ledger.
    hash: String,
    /// The lock and contact of each compartment that has one.
    channels: Vec<ChannelView>,
    /// The test, under way or stopped for a while; absent if there is none.
    test: Option<TestView>,
}

/// The lock of a compartment.
#[derive(Serialize, ToSchema)]
struct ChannelView {
    /// The compartment.
    compartment: u32,
    /// The board's address on its line.
    board: u8,
    /// As printed on the board, from 1.
    lock: u8,
    /// The input its contact is on.
    contact: u8,
    /// The contact is closed while the door is open.
    reversed: bool,
    /// Whether it may be opened: a test could not make sure of the others.
    proven: bool,
}

/// A test.
#[derive(Serialize, ToSchema)]
struct TestView {
    /// Somebody stands before the bank.
    under_way: bool,
    /// The compartment whose lock was pulsed and not yet spoken of.
    pulsed: Option<u32>,
    /// The compartments whose locks were tried.
    tried: Vec<u32>,
    /// Pairs whose locks are swapped.
    swapped: Vec<(u32, u32)>,
    /// Every lock that misses opens the door so many numbers further on.
    shifted: Option<i64>,
    /// Compartments whose contact is the other way round than the map says.
    turned: Vec<u32>,
    /// The board sends its status bytes in another order.
    other_status_order: bool,
    /// What no map puts right, by the compartment the pulsed lock was taken for.
    faults: Vec<FaultView>,
}

/// What no map puts right.
#[derive(Serialize, ToSchema)]
struct FaultView {
    /// The compartment the pulsed lock was taken for.
    compartment: u32,
    /// `nothing_opens`, `several_open`, `same_door`, `no_contact`, `contact_elsewhere`, `same_contact` or `several_contacts`.
    fault: &'static str,
}

impl WiringView {
    fn of(map: &WiringMap, test: Option<(&WiringTest, Diagnosis)>) -> Self {
        let channel = |(id, channel): (&CompartmentId, &Channel)| {
            let Channel { board, lock, contact, reversed } = *channel;
            let proven = !map.unproven.contains(id);
            ChannelView { compartment: id.0, board, lock, contact, reversed, proven }
        };
        Self {
            version: map.version,
            hash: map.hash.to_string(),
            channels: map.channels.iter().map(channel).collect(),
            test: test.map(|(test, found)| TestView::of(test, &found)),
        }
    }
}

impl TestView {
    fn of(test: &WiringTest, found: &Diagnosis) -> Self {
        let fault = |(id, fault): (&CompartmentId, &WiringFault)| FaultView {
            compartment: id.0,
            fault: fault_word(*fault),
        };
        Self {
            under_way: test.under_way,
            pulsed: test.pulsed.map(|id| id.0),
            tried: test.tried.keys().map(|id| id.0).collect(),
            swapped: found.swapped.iter().map(|(one, other)| (one.0, other.0)).collect(),
            shifted: found.shifted,
            turned: found.turned.iter().map(|id| id.0).collect(),
            other_status_order: found.other_status_order,
            faults: found.faults.iter().map(fault).collect(),
        }
    }
}

fn fault_word(fault: WiringFault) -> &'static str {
    match fault {
        WiringFault::NothingOpens => "nothing_opens",
        WiringFault::SeveralOpen => "several_open",
        WiringFault::SameDoor(_) => "same_door",
        WiringFault::NoContact => "no_contact",
        WiringFault::ContactElsewhere(_) => "contact_elsewhere",
        WiringFault::SameContact(_) => "same_contact",
        WiringFault::SeveralContacts => "several_contacts",
    }
}

/// The wiring of a bank, and what a test has found.
#[utoipa::path(get, path = "/api/v1/banks/{id}/wiring", params(("id" = u32, Path)), responses((status = 200, body = WiringView)), tag = "banks")]
async fn wiring(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
) -> Result<Json<WiringView>, Fault> {
    session.allowed(Permission::Install)?;
    let bank = BankId(id);
    let look = move |site: &Site, _| {
        let test = site.wiring.tests.get(&bank).zip(site.wiring.diagnosis(bank));
        site.wiring.maps.get(&bank).map(|map| WiringView::of(map, test))
    };
    Ok(Json(app.site.read(look).await?.ok_or(Refusal::NotFound)?))
}

/// A step of a wiring test.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
enum StepBody {
    /// Begins the test, or goes on with it.
    Begin {
        /// Whoever asks knows which parcels lie in the bank: a wrong wire may open any of its doors.
        #[serde(default)]
        told: bool,
        /// What was found before is not used.
        #[serde(default)]
        anew: bool,
    },
    /// Pulses the lock taken for a compartment's, once.
    Try {
        /// The compartment.
        compartment: u32,
        /// Whoever asks knows which parcels lie in it.
        #[serde(default)]
        told: bool,
    },
    /// Which door opened; with neither field: none.
    Say {
        /// This one.
        #[serde(default)]
        door: Option<u32>,
        /// More than one.
        #[serde(default)]
        several: bool,
    },
    // With braces, for else a field that nobody knows would be passed over.
    /// Makes what was found the map of the bank.
    Keep {},
    /// Stops; what was found waits.
    Stop {},
}

impl StepBody {
    fn step(self) -> Result<WiringStep, Refusal> {
        Ok(match self {
            Self::Begin { told, anew } => WiringStep::Begin { told, anew },
            Self::Try { compartment, told } => {
                WiringStep::Try { compartment: CompartmentId(compartment), told }
            }
            Self::Say { door, several } => {
                let opened = match (door, several) {
                    (Some(door), false) => WhatOpened::Door(CompartmentId(door)),
                    (None, true) => WhatOpened::Several,
                    (None, false) => WhatOpened::Nothing,
                    (Some(_), true) => {
                        let why = "say which door opened, or that several did; not both".to_owned();
                        return Err(Refusal::Invalid { why });
                    }
                };
                WiringStep::Say { opened }
            }
            Self::Keep {} => WiringStep::Keep,
            Self::Stop {} => WiringStep::Stop,
        })
    }
}

/// Takes a step of the wiring test of a bank.
#[utoipa::path(post, path = "/api/v1/banks/{id}/wiring", params(("id" = u32, Path)), request_body = StepBody, responses((status = 200, body = Answered)), tag = "banks")]
async fn step(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u32>,
    Key(key): Key,
    Body(body): Body<StepBody>,
) -> Answering {
    session.allowed(Permission::Install)?;
    let command = Command::Wiring { bank: BankId(id), step: body.step()? };
    ask_as(&app, &session, key, command).await
}
