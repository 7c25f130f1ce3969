//! The last questions and answers of a line of boards or of a door's controller, for whoever looks for a fault.
//!
//! Owns: `/staff/devices/buses/{n}/exchanges` and `/staff/devices/doors/{id}/exchanges`. Never: keeps any; they are gone with the
//! process.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::{AccessPointId, Refusal};
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
                FramePurpose::Unlock => "device-exchange-unlock",
            });
            let put = [("board", board.to_string().into()), ("purpose", purpose.into())];
            let heard = if heard.is_empty() { say.t("device-exchange-silence") } else { hex(heard) };
            (
                html! { div { (say.with("device-exchange-board", &put)) br; code { (hex(sent)) } } },
                html! { code { (heard) } },
            )
        }
        Said::Http { method, path, status } => {
            let path = path.clone().unwrap_or_else(|| say.t("device-exchange-own-path"));
            let status = status.map_or_else(|| say.t("device-exchange-silence"), |status| status.to_string());
            (html! { code { (method) " " (path) } }, html! { (status) })
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

/// The newest first.
fn content(all: &[Exchange], (of, url, which): (&str, &str, &Which), (seen, say): (&Seen, Say)) -> Markup {
    let errors_only = which.errors.is_some();
    let shown: Vec<Exchange> =
        all.iter().filter(|one| !errors_only || one.error.is_some()).cloned().collect();
    let own = format!("{url}/exchanges");
    let (key, to) = if errors_only {
        ("device-exchanges-all", own)
    } else {
        ("device-exchanges-errors", format!("{own}?errors=1"))
    };
    let lead = say.with("device-exchanges-lead", &[("most", EXCHANGES_KEPT.into())]);
    html! {
        (back(url, of))
        (listing::page_title(&say.t("device-exchanges"), Some(&lead),
            button_secondary(&say.t(key), Press::Follow(&to))))
        @if all.is_empty() { p class="hint" { (say.t("device-exchanges-none")) } }
        @else if shown.is_empty() { p class="hint" { (say.t("device-exchanges-no-errors")) } }
        @else { (table(&shown, seen, say)) }
    }
}

fn shown(desk: &Desk, health: &DeviceHealth, (of, url, which): (&str, &str, &Which), seen: &Seen) -> Markup {
    let content = content(&health.exchanges(), (of, url, which), (seen, desk.say));
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
    let url = format!("/staff/devices/buses/{number}");
    Ok(shown(&desk, &bus.health.line, (&bus.name, &url, &which), &seen))
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
    let url = format!("/staff/devices/doors/{id}");
    Ok(shown(&desk, health, (&door, &url, &which), &seen))
}
