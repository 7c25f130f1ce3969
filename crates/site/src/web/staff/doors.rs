//! Doors one walks through: how each stands, who came in last, and the way to all that can be done with one.
//!
//! ```text
//! one        a door: release, mode and hours, what it is, who rings, its photos
//! entries    who came in, of a day; one entry with its photos and what was odd
//! passes     single-use codes for doors, shown once
//! rules      the night, people without a code, holidays
//! windows    weekday windows in forms
//! ```
//! Owns: `/staff/doors`. Never: a rule on who may pass; a code in a list.

pub mod entries;
pub mod night;
pub mod one;
pub mod passes;
pub mod reader;
pub mod rules;
pub mod windows;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use maud::{Markup, html};
use vestibule_core::access::passage::Closure;
use vestibule_core::access::point::{AccessPoint, DoorMode};
use vestibule_core::task::TaskKind;
use vestibule_core::{AccessPointId, Site, Timestamp};

use super::blocks::unfold;
use super::desk_page::{Desk, Section};
use super::names::{Names, Wanted};
use super::say::Say;
use super::story::hours_in_words;
use super::times;
use crate::look::listing::{self, Tone};
use crate::look::{Press, button_secondary, message};
use crate::web::App;
use crate::web::problem::Fault;
use entries::EntryLine;

/// One door as the pages need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorLine {
    /// Which.
    pub id: AccessPointId,
    /// As the rules know it.
    pub point: AccessPoint,
    /// Whether anyone may walk in now.
    pub open_to_all: bool,
    /// Whether a screen stands at it.
    pub has_screen: bool,
    /// It opened and nobody has said why.
    pub forced: bool,
    /// The last who came in.
    pub last: Option<EntryLine>,
}

impl DoorLine {
    fn of(site: &Site, now: Timestamp, (id, point): (AccessPointId, &AccessPoint)) -> Self {
        Self {
            id,
            point: point.clone(),
            open_to_all: point.is_open_to_all(&site.access.holidays, now, &site.policy.zone),
            has_screen: site.layout.kiosks.values().any(|kiosk| kiosk.doors.contains(&id)),
            forced: site.tasks.find(&TaskKind::DoorForced { point: id }).is_some(),
            last: None,
        }
    }
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Doors {
    /// The doors.
    pub doors: Vec<DoorLine>,
    /// Whether this reader may put one up.
    pub may_install: bool,
    /// Names.
    pub names: Names,
}

/// How a door stands, in words that matter most first.
pub fn state(door: &DoorLine, names: &Names, say: Say) -> Markup {
    let p = &door.point;
    let since = |at| times::moment(say, at, (&names.zone, names.now));
    let (closure, held) = match p.closure {
        Closure::Unknown if p.spec.contact => {
            (Some((Tone::Warning, say.t("staff-passage-unreadable"))), false)
        }
        Closure::Unknown => (None, false),
        Closure::Closed => (Some((Tone::Good, say.t("staff-passage-shut"))), false),
        Closure::Open { since: at, held, .. } => {
            let words = say.with("staff-passage-open", &[("since", since(at).into())]);
            (Some((if held { Tone::Danger } else { Tone::Accent }, words)), held)
        }
    };
    html! {
        @if door.forced { (listing::tag(Tone::Danger, &say.t("staff-passage-forced"))) " " }
        @if p.tampered { (listing::tag(Tone::Danger, &say.t("staff-passage-tampered"))) " " }
        @if p.silent { (listing::tag(Tone::Danger, &say.t("staff-passage-silent"))) " " }
        @if held { (listing::tag(Tone::Danger, &say.t("staff-passage-held"))) " " }
        @if let Some((tone, words)) = closure { (listing::tag(tone, &words)) }
        @else { (listing::tag(Tone::Plain, &say.t("staff-passage-no-contact"))) }
    }
}

/// The word of a mode in forms and keys.
pub fn mode_word(mode: DoorMode) -> &'static str {
    match mode {
        DoorMode::Locked => "locked",
        DoorMode::Scheduled => "scheduled",
        DoorMode::ClosedToCouriers => "closed",
    }
}

/// `Locked, opens by code`, with the hours where it has some.
pub fn mode_words(door: &DoorLine, say: Say) -> String {
    let mode = say.t(&format!("staff-passage-mode-{}", mode_word(door.point.mode)));
    match door.point.mode {
        DoorMode::Scheduled => format!("{mode}: {}", hours_in_words(&door.point.hours, say)),
        DoorMode::Locked | DoorMode::ClosedToCouriers => mode,
    }
}

/// The page.
pub fn content(view: &Doors, say: Say) -> Markup {
    html! {
        (listing::page_title(&say.t("staff-passages-title"), Some(&say.t("staff-passages-lead")), html! {
            (button_secondary(&say.t("staff-entries-title"), Press::Follow("/staff/entries")))
            (button_secondary(&say.t("staff-passes-title"), Press::Follow("/staff/passes")))
            (button_secondary(&say.t("staff-passage-rules"), Press::Follow("/staff/doors/rules")))
        }))
        @if view.doors.is_empty() {
            (message::empty(&say.t("staff-passages-empty-title"), &say.t("staff-passages-empty"), None))
        } @else { (table(view, say)) }
    }
}

fn table(view: &Doors, say: Say) -> Markup {
    let heads = ["passage", "state", "mode", "last-entry"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |door: &DoorLine| {
        vec![
            html! { a href={ "/staff/doors/" (door.id) } { (door.point.spec.label) } },
            html! { div { (state(door, &view.names, say)) } },
            html! { div { (mode_words(door, say)) @if door.open_to_all { " " (listing::tag(Tone::Accent, &say.t("staff-passage-open-to-all"))) } } },
            html! { @match &door.last {
                Some(entry) => div { (entries::link(entry, &view.names, say)) },
                None => (say.t("staff-never")),
            } },
        ]
    };
    listing::table(&say.t("staff-passages-title"), &heads, &view.doors.iter().map(row).collect::<Vec<_>>())
}

async fn view(desk: &Desk) -> Result<Doors, Fault> {
    let look = |site: &Site, now| {
        let doors = site.access.points.iter();
        doors.map(|(id, point)| DoorLine::of(site, now, (*id, point))).collect::<Vec<_>>()
    };
    let doors = desk.read(look).await?;
    let doors = desk
        .query(move |tables| {
            let with_last = |mut door: DoorLine| {
                door.last = entries::last_at(tables, door.id)?;
                Ok(door)
            };
            doors.into_iter().map(with_last).collect::<rusqlite::Result<Vec<_>>>()
        })
        .await?;
    let mut wanted = Wanted::default();
    doors.iter().filter_map(|door| door.last.as_ref()).for_each(|entry| entry.wanted(&mut wanted));
    let names = desk.names(wanted).await?;
    Ok(Doors { doors, may_install: desk.may_install().is_ok(), names })
}

/// `GET /staff/doors`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let view = view(&desk).await?;
    let say = desk.say;
    let new = unfold(
        &say.t("staff-passage-new"),
        one::spec_form("/staff/doors", (None, &view.names), (say, &desk.csrf)),
    );
    let shown = html! {
        (super::desk_page::live("/staff/doors/live", content(&view, say)))
        @if view.may_install { div class="asks" { (new) } }
    };
    Ok(desk.page(Section::Doors, &say.t("staff-passages-title"), shown))
}

/// `GET /staff/doors/live`
pub async fn stream(desk: Desk, State(app): State<App>, headers: HeaderMap) -> impl IntoResponse {
    super::live_stream(app, desk, headers, |desk| async move {
        view(&desk).await.ok().map(|view| content(&view, desk.say))
    })
}

#[cfg(test)]
mod tests;
