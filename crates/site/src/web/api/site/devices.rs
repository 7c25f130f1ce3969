//! Devices: whether each answers, how often it fails, how fast it is. Cameras have a list of their own.

use crate::web::App;
use crate::web::guard::StaffSession;
use crate::web::problem::Fault;
use crate::web::staff::devices::Standing;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_devices::{DeviceError, HealthSight};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(devices))
}

/// A device.
#[derive(Serialize, ToSchema)]
pub struct DeviceView {
    /// `board`, `door`, `scanner` or `printer`.
    kind: &'static str,
    /// As the configuration calls it: the line of a board, the controller of a door, the kiosk of a scanner, the printer.
    name: String,
    /// A board's address on its line.
    board: Option<u8>,
    /// The bank a board belongs to.
    bank: Option<u32>,
    /// The door a controller releases.
    door: Option<u32>,
    /// `answers`, `failing` (the newest question came to nothing), `away` or `unasked`.
    state: &'static str,
    /// It answered so long ago, ms.
    answered_ago_ms: Option<u64>,
    /// Of the newest questions, so many failed.
    failed: u32,
    /// The newest questions that are counted, up to 64.
    questions: u32,
    /// How long an answer takes as a rule, ms.
    usual_ms: Option<u64>,
    /// The slowest answer since the start, ms.
    slowest_ms: Option<u64>,
    /// Why the newest question came to nothing, or why it is away: `timeout`, `away`, `garbled`, `unsupported`, `expired`,
    /// `forbidden`, `blocked`, `untrusted`, `vendor` or something its door did.
    fault: Option<&'static str>,
    /// What it says its firmware is.
    firmware: Option<String>,
}

impl DeviceView {
    fn of(kind: &'static str, name: &str, sight: &HealthSight, answered_ago_ms: Option<u64>) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            board: None,
            bank: None,
            door: None,
            state: Standing::of(sight).word(),
            answered_ago_ms,
            failed: sight.failed,
            questions: sight.asked,
            usual_ms: sight.took_ms.map(|(usual, _)| usual),
            slowest_ms: sight.took_ms.map(|(_, slowest)| slowest),
            fault: sight.away.or(sight.fault).map(DeviceError::name),
            firmware: sight.firmware.map(|firmware| firmware.to_string()),
        }
    }
}

/// The devices this process speaks to.
#[utoipa::path(get, path = "/api/v1/devices", responses((status = 200, body = [DeviceView])), tag = "devices")]
async fn devices(State(app): State<App>, _: StaffSession) -> Result<Json<Vec<DeviceView>>, Fault> {
    let (known, now) = app.web.devices.as_ref().map(|board| board.look()).unwrap_or_default();
    let ago = |sight: &HealthSight| sight.answered.map(|at| now.since(at));
    let mut all = Vec::new();
    for bus in &known.buses {
        for (address, (_, bank)) in &bus.boards {
            let sight = bus.board(*address);
            let view = DeviceView::of("board", &bus.name, &sight, ago(&sight));
            all.push(DeviceView { board: Some(*address), bank: Some(bank.0), ..view });
        }
    }
    for (door, name, health) in
        known.doors.iter().flat_map(|one| one.health.iter().map(|(door, health)| (*door, &one.name, health)))
    {
        let sight = health.look();
        all.push(DeviceView { door: Some(door.0), ..DeviceView::of("door", name, &sight, ago(&sight)) });
    }
    for scanner in &known.scanners {
        let sight = scanner.health.look();
        all.push(DeviceView::of("scanner", &scanner.kiosk, &sight, ago(&sight)));
    }
    for printer in app.web.printers.look() {
        all.push(DeviceView::of("printer", &printer.name, &printer.health, printer.printed_ago_ms));
    }
    Ok(Json(all))
}
