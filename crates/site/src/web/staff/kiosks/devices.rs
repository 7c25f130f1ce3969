//! Devices: whether each answers, how often it fails, how fast it is.
//!
//! ```text
//! bus        a line with its boards: which compartment hangs on which lock, and what its contact says
//! read_anew  what a configuration changed while the site runs
//! exchanges  the last questions and answers of a line, a door's controller or a camera
//! feeds      how the tracking feeds are heard
//! single     a door's controller, a scanner, a printer
//! ```
//! Owns: `/staff/devices`. Never: asks a device anything; drivers count, and these pages read.

pub mod bus;
pub mod exchanges;
mod feeds;
mod read_anew;
pub mod single;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use maud::{Markup, html};
use vestibule_core::access::point::AccessPoint;
use vestibule_core::{AccessPointId, BankId, Timestamp};
use vestibule_devices::{DeviceError, HealthSight, Millis};

use super::super::desk_page::{Desk, Section};
use super::super::names::{Names, Wanted};
use super::super::say::Say;
use super::super::times;
use crate::look::listing::{self, Tone};
use crate::look::message;
use crate::runners::devices::KnownDevices;
use crate::runners::printing::PrinterSight;
use crate::web::App;
use crate::web::photos::cameras::{self, KnownCamera};
use crate::web::problem::Fault;

/// How a device is, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The newest question was answered.
    Answers,
    /// The newest question came to nothing, and it is not given up yet.
    Failing,
    /// It counts as away.
    Away,
    /// Nobody has asked it anything yet.
    Unasked,
    /// This process does not speak to it.
    NotHere,
}

impl Standing {
    /// As its counters say.
    pub fn of(sight: &HealthSight) -> Self {
        match (sight.away, sight.fault, sight.asked) {
            (Some(_), ..) => Self::Away,
            (None, Some(_), _) => Self::Failing,
            (None, None, 0) => Self::Unasked,
            (None, None, _) => Self::Answers,
        }
    }

    /// For programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Failing => "failing",
            Self::Away => "away",
            Self::Unasked => "unasked",
            Self::NotHere => "not_here",
        }
    }

    /// As people see it.
    pub fn tag(self, say: Say) -> Markup {
        let (tone, key) = match self {
            Self::Answers => (Tone::Good, "device-state-answers"),
            Self::Failing => (Tone::Warning, "device-state-failing"),
            Self::Away => (Tone::Danger, "device-state-away"),
            Self::Unasked => (Tone::Plain, "device-state-unasked"),
            Self::NotHere => (Tone::Warning, "device-state-not-here"),
        };
        listing::tag(tone, &say.t(key))
    }
}

/// Why a question came to nothing, and what to do.
pub fn fault_words(error: DeviceError, say: Say) -> String {
    let key = match error {
        DeviceError::Timeout => "device-fault-timeout",
        DeviceError::Away => "device-fault-away",
        DeviceError::Garbled => "device-fault-garbled",
        DeviceError::Unsupported => "device-fault-unsupported",
        DeviceError::Expired => "device-fault-expired",
        DeviceError::Forbidden => "device-fault-forbidden",
        DeviceError::Blocked => "device-fault-blocked",
        DeviceError::Untrusted => "device-fault-untrusted",
        DeviceError::Vendor { code } => {
            return say.with("device-fault-vendor", &[("code", code.to_string().into())]);
        }
        DeviceError::UnexpectedOpen
        | DeviceError::UnexpectedClosed
        | DeviceError::FailedToOpen
        | DeviceError::FailedToClose => "device-fault-door",
    };
    say.t(key)
}

/// The devices of this process at one moment, told by both clocks.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The devices.
    pub known: KnownDevices,
    /// That moment, by the clock of their counters.
    pub clock: Millis,
    /// Names, and that moment by the site's clock.
    pub names: Names,
}

impl Seen {
    /// Looks at all of them.
    ///
    /// # Errors
    /// As reading.
    pub async fn now(desk: &Desk) -> Result<Self, Fault> {
        let names = desk.names(Wanted::default()).await?;
        let (known, clock) = desk.app.web.devices.as_ref().map(|board| board.look()).unwrap_or_default();
        Ok(Self { known, clock, names })
    }

    /// A moment of their counters by the site's clock.
    pub fn at(&self, moment: Millis) -> Timestamp {
        ago(self.names.now, self.clock.since(moment))
    }

    /// A moment of their counters as people say it.
    pub fn when(&self, moment: Option<Millis>, say: Say) -> String {
        let words = |moment| times::moment(say, self.at(moment), (&self.names.zone, self.names.now));
        moment.map_or_else(|| say.t("staff-never"), words)
    }

    /// The same to the second.
    pub fn second(&self, moment: Millis, say: Say) -> String {
        times::to_the_second(say, self.at(moment), (&self.names.zone, self.names.now))
    }
}

/// So many milliseconds before.
pub fn ago(now: Timestamp, ms: u64) -> Timestamp {
    Timestamp(now.0.saturating_sub_unsigned(ms))
}

/// One device in the list.
struct Line {
    name: String,
    url: String,
    state: Standing,
    answered: String,
    /// Of how many newest questions how many failed.
    failed: Option<(usize, usize)>,
}

fn of_sight(name: String, url: String, sight: &HealthSight, (seen, say): (&Seen, Say)) -> Line {
    let (state, answered) = (Standing::of(sight), seen.when(sight.answered, say));
    Line { name, url, state, answered, failed: Some((to_usize(sight.failed), to_usize(sight.asked))) }
}

fn not_here(name: String, url: String, say: Say) -> Line {
    Line { name, url, state: Standing::NotHere, answered: say.t("staff-never"), failed: None }
}

fn to_usize(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Each board a line; banks that hang on none after them.
fn boards(seen: &Seen, banks: &[BankId], say: Say) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, bus) in (1..).zip(&seen.known.buses) {
        for (address, (_, bank)) in &bus.boards {
            let bank = seen.names.bank(say, *bank);
            let name =
                say.with("device-board", &[("bank", bank.into()), ("board", address.to_string().into())]);
            let url = format!("/staff/devices/buses/{number}#board-{address}");
            lines.push(of_sight(name, url, &bus.board(*address), (seen, say)));
        }
    }
    let wired: Vec<BankId> =
        seen.known.buses.iter().flat_map(|bus| bus.boards.values()).map(|b| b.1).collect();
    let unwired = banks.iter().filter(|bank| !wired.contains(bank));
    lines.extend(
        unwired.map(|bank| not_here(seen.names.bank(say, *bank), format!("/staff/banks#bank-{bank}"), say)),
    );
    lines
}

fn doors(seen: &Seen, points: &[(AccessPointId, AccessPoint)], say: Say) -> Vec<Line> {
    let line = |(id, _): &(AccessPointId, AccessPoint)| {
        let (name, url) = (seen.names.passage(say, *id), format!("/staff/devices/doors/{id}"));
        let health = seen.known.doors.iter().find_map(|controller| controller.health.get(id));
        match health {
            Some(health) => of_sight(name, url, &health.look(), (seen, say)),
            None => not_here(name, format!("/staff/doors/{id}"), say),
        }
    };
    points.iter().map(line).collect()
}

fn camera_line(known: &KnownCamera, (seen, say): (&Seen, Say)) -> Line {
    let (name, url) = (seen.names.camera(say, known.id), format!("/staff/cameras#camera-{}", known.id));
    let Some(health) = &known.health else { return not_here(name, url, say) };
    let state = match (known.camera.silent, health.fault, health.answered) {
        (true, ..) => Standing::Away,
        (false, Some(_), _) => Standing::Failing,
        (false, None, None) => Standing::Unasked,
        (false, None, Some(_)) => Standing::Answers,
    };
    let at = known.answered_ago_ms.map(|ms| ago(seen.names.now, ms));
    let words = |at| times::moment(say, at, (&seen.names.zone, seen.names.now));
    let answered = at.map_or_else(|| say.t("staff-never"), words);
    Line { name, url, state, answered, failed: Some(health.failures()) }
}

fn scanners(seen: &Seen, say: Say) -> Vec<Line> {
    let line = |(number, scanner): (u32, &crate::runners::devices::KnownScanner)| {
        let name = say.with("device-scanner", &[("kiosk", scanner.kiosk.as_str().into())]);
        of_sight(name, format!("/staff/devices/scanners/{number}"), &scanner.health.look(), (seen, say))
    };
    (1..).zip(&seen.known.scanners).map(line).collect()
}

fn printers(all: &[PrinterSight], (seen, say): (&Seen, Say)) -> Vec<Line> {
    let line = |(number, printer): (u32, &PrinterSight)| {
        let words = |ms| times::moment(say, ago(seen.names.now, ms), (&seen.names.zone, seen.names.now));
        let answered = printer.printed_ago_ms.map_or_else(|| say.t("staff-never"), words);
        let url = format!("/staff/devices/printers/{number}");
        Line { answered, ..of_sight(printer.name.clone(), url, &printer.health, (seen, say)) }
    };
    (1..).zip(all).map(line).collect()
}

fn group(key: &str, lines: &[Line], say: Say) -> Markup {
    let heads = ["device-head-device", "staff-head-state", "device-answered", "device-head-failures"];
    let heads = heads.map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |line: &Line| {
        vec![
            html! { a href=(line.url) { (line.name) } },
            html! { div { (line.state.tag(say)) } },
            html! { (line.answered) },
            html! { @if let Some(failed) = line.failed { (failure_words(failed, say)) } },
        ]
    };
    let title = say.t(key);
    listing::section(
        &title,
        html! {
            @if lines.is_empty() { p class="hint" { (say.t("device-none")) } }
            @else { (listing::table(&title, &heads, &lines.iter().map(row).collect::<Vec<_>>())) }
        },
    )
}

/// `2 of 64 (3 %)`.
pub fn failure_words((failed, asked): (usize, usize), say: Say) -> String {
    let percent = (failed * 100).checked_div(asked).unwrap_or(0);
    say.with(
        "device-failures-of",
        &[("failed", failed.into()), ("asked", asked.into()), ("percent", percent.into())],
    )
}

async fn shown(desk: &Desk) -> Result<Markup, Fault> {
    let (say, seen) = (desk.say, Seen::now(desk).await?);
    let (banks, points) = desk
        .read(|site, _| {
            let banks: Vec<BankId> = site.layout.banks.keys().copied().collect();
            let points: Vec<_> = site.access.points.iter().map(|(id, point)| (*id, point.clone())).collect();
            (banks, points)
        })
        .await?;
    let (known_cameras, _) = cameras::known(&desk.app).await?;
    let cameras: Vec<Line> = known_cameras.iter().map(|known| camera_line(known, (&seen, say))).collect();
    let groups = [
        ("device-group-boards", boards(&seen, &banks, say)),
        ("device-group-doors", doors(&seen, &points, say)),
        ("device-group-cameras", cameras),
        ("device-group-scanners", scanners(&seen, say)),
        ("device-group-printers", printers(&desk.app.web.printers.look(), (&seen, say))),
    ];
    let is_empty = groups.iter().all(|(_, lines)| lines.is_empty());
    Ok(html! {
        (listing::page_title(&say.t("device-title"), Some(&say.t("device-lead")), html! {}))
        (read_anew::banner(&seen, say))
        @if is_empty { (message::empty(&say.t("device-empty-title"), &say.t("device-empty"), None)) }
        @else { @for (key, lines) in &groups { (group(key, lines, say)) } }
        (feeds::section(&desk.app.web.feeds, (&seen.names, say)))
    })
}

/// `GET /staff/devices`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let content = shown(&desk).await?;
    Ok(desk.live(Section::Devices, &desk.say.t("device-title"), "/staff/devices/live", content))
}

/// `GET /staff/devices/live`
pub async fn stream(desk: Desk, State(app): State<App>, headers: HeaderMap) -> impl IntoResponse {
    super::super::live_stream(app, desk, headers, |desk| async move { shown(&desk).await.ok() })
}

/// Last answer, failures, time and firmware of a device.
pub fn health_facts(sight: &HealthSight, answered: String, say: Say) -> Vec<(String, Markup)> {
    let took = match sight.took_ms {
        None => say.t("device-took-unknown"),
        Some((usual, slowest)) => say.with(
            "device-took-ms",
            &[("usual", usual.to_string().into()), ("slowest", slowest.to_string().into())],
        ),
    };
    let firmware =
        sight.firmware.map_or_else(|| say.t("device-firmware-unknown"), |firmware| firmware.to_string());
    let failed = failure_words((to_usize(sight.failed), to_usize(sight.asked)), say);
    vec![
        (say.t("device-answered"), html! { (answered) }),
        (say.t("device-head-failures"), html! { (failed) }),
        (say.t("device-took"), html! { (took) }),
        (say.t("device-firmware"), html! { (firmware) }),
    ]
}

/// The state, why it is so, and facts.
pub fn health_card(
    state: Standing,
    fault: Option<DeviceError>,
    facts: &[(String, Markup)],
    say: Say,
) -> Markup {
    let facts: Vec<(&str, Markup)> =
        facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    listing::card(html! {
        p { (state.tag(say)) }
        @if let Some(fault) = fault { p { (fault_words(fault, say)) } }
        (listing::facts(&facts))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_devices::DeviceHealth;

    #[test]
    fn the_state_is_the_worst_that_is_known() {
        let health = DeviceHealth::default();
        assert_eq!(Standing::of(&health.look()), Standing::Unasked);
        health.answered(3, Millis(1));
        assert_eq!(Standing::of(&health.look()), Standing::Answers);
        health.failed(DeviceError::Timeout);
        assert_eq!(Standing::of(&health.look()), Standing::Failing);
        health.is_away(DeviceError::Timeout);
        assert_eq!(Standing::of(&health.look()), Standing::Away);
        health.is_back();
        health.answered(3, Millis(2));
        assert_eq!(Standing::of(&health.look()), Standing::Answers);
    }

    #[test]
    fn each_fault_has_its_words_in_every_language() {
        let faults = [
            DeviceError::Timeout,
            DeviceError::Away,
            DeviceError::Garbled,
            DeviceError::Unsupported,
            DeviceError::Expired,
            DeviceError::Forbidden,
            DeviceError::Blocked,
            DeviceError::Untrusted,
            DeviceError::FailedToOpen,
            DeviceError::Vendor { code: 77 },
        ];
        for language in Language::ALL {
            let words: std::collections::BTreeSet<String> =
                faults.iter().map(|fault| fault_words(*fault, Say::new(language))).collect();
            assert_eq!(words.len(), faults.len(), "{words:?}");
            assert!(words.iter().all(|words| words.len() > 20), "{words:?}");
        }
    }
}
