//! The last questions and answers of a line of boards, of a door's controller or of a camera, for whoever looks for a fault.
//!
//! Owns: `/staff/devices/buses/{n}/exchanges`, `/staff/devices/doors/{id}/exchanges` and `/staff/devices/cameras/{id}/exchanges`.
//! Never: keeps any; they are gone with the process.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::{AccessPointId, CameraId, Refusal};
use vestibule_devices::{DeviceHealth, EXCHANGES_KEPT, Exchange, FramePurpose, Said};

use super::{Seen, fault_words};
use crate::look::listing;
use crate::look::{Press, button_secondary};
use crate::web::problem::Fault;
use crate::web::staff::blocks::back;
use crate::web::staff::desk_page::{Desk, Section};
use crate::web::staff::say::Say;

/// Which of them are shown.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Which {
    /// Any word: only what went wrong.
    errors: Option<String>,
}

fn hex(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(" ")
}

/// What was asked, and what was heard.
fn both(said: &Said, say: Say) -> (Markup, Markup) {
    match said {
        Said::Frames { board, purpose, sent, heard } => {
            let purpose = say.t(match purpose {
                FramePurpose::Prepare => "device-exchange-prepare",
                FramePurpose::Look => "device-exchange-look",
                FramePurpose::Probe => "device-exchange-probe",
                FramePurpose::Identify => "device-exchange-identify",
                FramePurpose::Unlock => "device-exchange-unlock",
            });
            let put = [("board", board.to_string().into()), ("purpose", purpose.into())];
            let heard = if heard.is_empty() { say.t("device-exchange-silence") } else { hex(heard) };
            (
                html! { div { (say.with("device-exchange-board", &put)) br; code { (hex(sent)) } } },
                html! { code { (heard) } },
            )
        }
        Said::Http { method, path, status, bytes } => {
            let path = path.clone().unwrap_or_else(|| say.t("device-exchange-own-path"));
            let bytes =
                bytes.map(|bytes| say.with("device-exchange-bytes", &[("bytes", bytes.to_string().into())]));
            let heard: Vec<String> =
                status.map(|status| status.to_string()).into_iter().chain(bytes).collect();
            let heard = if heard.is_empty() { say.t("device-exchange-silence") } else { heard.join(", ") };
            (html! { code { (method) " " (path) } }, html! { (heard) })
        }
        Said::Kinds { reader, sent, heard } => {
            let reader = say.with("device-exchange-reader", &[("reader", reader.to_string().into())]);
            let heard = match heard {
                Some(kind) => html! { code { (kind.word()) } },
                None => html! { (say.t("device-exchange-silence")) },
            };
            (html! { div { (reader) br; code { (sent.word()) } } }, heard)
        }
    }
}

fn table(shown: &[Exchange], seen: &Seen, say: Say) -> Markup {
    let heads = [
        "device-exchange-at",
        "device-exchange-asked",
        "device-exchange-heard",
        "device-took",
        "device-exchange-came",
    ];
    let heads = heads.map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |exchange: &Exchange| {
        let (asked, heard) = both(&exchange.said, say);
        let came =
            exchange.error.map_or_else(|| say.t("device-exchange-good"), |error| fault_words(error, say));
        let took = say.with("device-exchange-ms", &[("ms", exchange.took_ms.to_string().into())]);
        let at = seen.second(exchange.at, say);
        vec![html! { (at) }, asked, heard, html! { (took) }, html! { (came) }]
    };
    listing::table(&say.t("device-exchanges"), &heads, &shown.iter().rev().map(row).collect::<Vec<_>>())
}

/// Whose they are.
struct Of<'a> {
    /// What people call it.
    name: &'a str,
    /// Where it is shown itself.
    home: &'a str,
    /// Where they are.
    here: &'a str,
}

/// The newest first.
fn content(all: &[Exchange], (of, which): (&Of<'_>, &Which), (seen, say): (&Seen, Say)) -> Markup {
    let errors_only = which.errors.is_some();
    let shown: Vec<Exchange> =
        all.iter().filter(|one| !errors_only || one.error.is_some()).cloned().collect();
    let (key, to) = if errors_only {
        ("device-exchanges-all", of.here.to_owned())
    } else {
        ("device-exchanges-errors", format!("{}?errors=1", of.here))
    };
    let lead = say.with("device-exchanges-lead", &[("most", EXCHANGES_KEPT.into())]);
    html! {
        (back(of.home, of.name))
        (listing::page_title(&say.t("device-exchanges"), Some(&lead),
            button_secondary(&say.t(key), Press::Follow(&to))))
        @if all.is_empty() { p class="hint" { (say.t("device-exchanges-none")) } }
        @else if shown.is_empty() { p class="hint" { (say.t("device-exchanges-no-errors")) } }
        @else { (table(&shown, seen, say)) }
    }
}

fn shown(desk: &Desk, health: &DeviceHealth, (of, which): (&Of<'_>, &Which), seen: &Seen) -> Markup {
    let content = content(&health.exchanges(), (of, which), (seen, desk.say));
    desk.page(Section::Devices, &desk.say.t("device-exchanges"), content)
}

/// `GET /staff/devices/buses/{n}/exchanges`
pub async fn of_bus(
    desk: Desk,
    Path(number): Path<usize>,
    Query(which): Query<Which>,
) -> Result<Markup, Fault> {
    desk.may_install()?;
    let seen = Seen::now(&desk).await?;
    let bus = number.checked_sub(1).and_then(|at| seen.known.buses.get(at)).ok_or(Refusal::NotFound)?;
    let home = format!("/staff/devices/buses/{number}");
    let of = Of { name: &bus.name, home: &home, here: &format!("{home}/exchanges") };
    Ok(shown(&desk, &bus.health.line, (&of, &which), &seen))
}

/// `GET /staff/devices/doors/{id}/exchanges`
pub async fn of_door(
    desk: Desk,
    Path(id): Path<AccessPointId>,
    Query(which): Query<Which>,
) -> Result<Markup, Fault> {
    desk.may_install()?;
    let seen = Seen::now(&desk).await?;
    let health = seen.known.doors.iter().find_map(|controller| controller.health.get(&id));
    let (health, door) = (health.ok_or(Refusal::NotFound)?, seen.names.passage(desk.say, id));
    let home = format!("/staff/devices/doors/{id}");
    let of = Of { name: &door, home: &home, here: &format!("{home}/exchanges") };
    Ok(shown(&desk, health, (&of, &which), &seen))
}

/// `GET /staff/devices/cameras/{id}/exchanges`
pub async fn of_camera(
    desk: Desk,
    Path(id): Path<CameraId>,
    Query(which): Query<Which>,
) -> Result<Markup, Fault> {
    desk.may_install()?;
    let seen = Seen::now(&desk).await?;
    let health = desk.app.web.cameras.as_ref().and_then(|board| board.device(id)).ok_or(Refusal::NotFound)?;
    let (name, home) = (seen.names.camera(desk.say, id), format!("/staff/cameras#camera-{id}"));
    let of = Of { name: &name, home: &home, here: &format!("/staff/devices/cameras/{id}/exchanges") };
    Ok(shown(&desk, &health, (&of, &which), &seen))
}
