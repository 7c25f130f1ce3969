//! A device that stands for itself: the controller of a door, a scanner, a printer.
//!
//! Owns: `/staff/devices/doors/{id}`, `/staff/devices/scanners/{n}` and `/staff/devices/printers/{n}`.

use axum::extract::Path;
use maud::{Markup, html};
use vestibule_core::access::passage::Closure;
use vestibule_core::access::point::AccessPoint;
use vestibule_core::{AccessPointId, Refusal};
use vestibule_devices::HealthSight;

use super::{Seen, Standing, ago, health_card, health_facts};
use crate::config::{PrinterLanguage, PrinterUse};
use crate::look::listing;
use crate::look::{Press, button_secondary};
use crate::runners::printing::{PrintOutcome, PrinterSight};
use crate::web::problem::Fault;
use crate::web::staff::blocks::back;
use crate::web::staff::desk_page::{Desk, Section};
use crate::web::staff::say::Say;
use crate::web::staff::times;

/// What a controller has at a door: its contact and what that says, a button inside, a reader.
fn channels(point: &AccessPoint, say: Say) -> Vec<(String, Markup)> {
    let spec = &point.spec;
    let says = say.t(match point.closure {
        _ if !spec.contact => "staff-passage-no-contact",
        Closure::Open { .. } => "device-contact-open",
        Closure::Closed => "device-contact-shut",
        Closure::Unknown => "device-contact-unread",
    });
    let seen = |on: bool, yes: &str, no: &str| say.t(if on { yes } else { no });
    vec![
        (say.t("device-head-says"), html! { (says) }),
        (
            say.t("device-exit-button"),
            html! { (seen(spec.request_to_exit, "staff-passage-has-exit", "staff-passage-no-exit")) },
        ),
        (say.t("device-reader"), html! { (seen(spec.reader, "device-has-reader", "device-no-reader")) }),
    ]
}

/// `GET /staff/devices/doors/{id}`
pub async fn door(desk: Desk, Path(id): Path<AccessPointId>) -> Result<Markup, Fault> {
    let (say, seen) = (desk.say, Seen::now(&desk).await?);
    let point = desk.read(move |site, _| site.access.points.get(&id).cloned()).await?;
    let point = point.ok_or(Refusal::NotFound)?;
    let controller = seen.known.doors.iter().find(|controller| controller.health.contains_key(&id));
    let sight = controller.and_then(|one| one.health.get(&id)).map(|health| health.look());
    let state = sight.as_ref().map_or(Standing::NotHere, Standing::of);
    let sight = sight.unwrap_or_default();
    let mut facts = health_facts(&sight, seen.when(sight.answered, say), say);
    let name =
        controller.map_or_else(|| say.t("device-state-not-here"), |controller| controller.name.clone());
    facts.push((say.t("device-controller"), html! { (name) }));
    let to_door = format!("/staff/doors/{id}");
    let title = seen.names.passage(say, id);
    let has_own_key = controller.is_some_and(|one| one.own_keys.contains(&id));
    let to_reader = Some(format!("{to_door}/reader")).filter(|_| has_own_key && desk.may_install().is_ok());
    let to_exchanges =
        Some(format!("/staff/devices/doors/{id}/exchanges")).filter(|_| desk.may_install().is_ok());
    let ways = html! {
        @if let Some(to_exchanges) = &to_exchanges {
            (button_secondary(&say.t("device-exchanges"), Press::Follow(to_exchanges)))
        }
        (button_secondary(&say.t("device-to-door"), Press::Follow(&to_door)))
        @if let Some(to_reader) = &to_reader {
            (button_secondary(&say.t("staff-reader-title"), Press::Follow(to_reader)))
        }
    };
    let content = html! {
        (back("/staff/devices", &say.t("device-title")))
        (listing::page_title(&title, None, ways))
        (health_card(state, sight.away.or(sight.fault), &facts, say))
        (listing::section(&say.t("device-channels"), health_facts_card(&channels(&point, say))))
    };
    Ok(desk.page(Section::Devices, &title, content))
}

fn health_facts_card(facts: &[(String, Markup)]) -> Markup {
    let facts: Vec<(&str, Markup)> =
        facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    listing::card(listing::facts(&facts))
}

/// `GET /staff/devices/scanners/{n}`
pub async fn scanner(desk: Desk, Path(number): Path<usize>) -> Result<Markup, Fault> {
    let (say, seen) = (desk.say, Seen::now(&desk).await?);
    let at = number.checked_sub(1).and_then(|at| seen.known.scanners.get(at));
    let scanner = at.ok_or(Refusal::NotFound)?;
    let sight = scanner.health.look();
    let title = say.with("device-scanner", &[("kiosk", scanner.kiosk.as_str().into())]);
    let facts = vec![
        (say.t("device-scanned"), html! { (seen.when(sight.answered, say)) }),
        (say.t("device-port"), html! { (scanner.line) }),
    ];
    let content = html! {
        (back("/staff/devices", &say.t("device-title")))
        (listing::page_title(&title, Some(&say.t("device-scanner-lead")), html! {}))
        (health_card(Standing::of(&sight), sight.away, &facts, say))
    };
    Ok(desk.page(Section::Devices, &title, content))
}

/// `GET /staff/devices/printers/{n}`
pub async fn printer(desk: Desk, Path(number): Path<usize>) -> Result<Markup, Fault> {
    let (say, seen) = (desk.say, Seen::now(&desk).await?);
    let printers = desk.app.web.printers.look();
    let printer = number.checked_sub(1).and_then(|at| printers.get(at)).ok_or(Refusal::NotFound)?;
    let words = |ms| times::moment(say, ago(seen.names.now, ms), (&seen.names.zone, seen.names.now));
    let printed = printer.printed_ago_ms.map_or_else(|| say.t("staff-never"), words);
    let content = html! {
        (back("/staff/devices", &say.t("device-title")))
        (listing::page_title(&printer.name, Some(&say.t("device-printer-lead")), html! {}))
        @if let Some(end) = printer.end {
            (crate::web::staff::printing::said(&PrintOutcome { printer: printer.name.clone(), end }, say))
        }
        (health_card(Standing::of(&printer.health), None, &printer_facts(printer, printed, say), say))
    };
    Ok(desk.page(Section::Devices, &printer.name, content))
}

fn printer_facts(printer: &PrinterSight, printed: String, say: Say) -> Vec<(String, Markup)> {
    let uses = printer.used_for.iter().map(|used| match used {
        PrinterUse::Slips => say.t("device-prints-slips"),
        PrinterUse::Labels => say.t("device-prints-labels"),
    });
    let language = match printer.language {
        PrinterLanguage::EscPos => "ESC/POS",
        PrinterLanguage::Zpl => "ZPL",
    };
    let sight: &HealthSight = &printer.health;
    let mut facts = health_facts(sight, printed, say);
    facts.push((say.t("device-port"), html! { (printer.line) }));
    facts.push((say.t("device-language"), html! { (language) }));
    facts.push((say.t("device-prints"), html! { (uses.collect::<Vec<_>>().join(", ")) }));
    facts
}
