//! One compartment: what it is like, what lies in it, what happened to it, what staff can do.
//!
//! Owns: the page's content. Never: acts; `banks::acts` does.

use maud::{Markup, html};
use vestibule_core::custody::Custodian;
use vestibule_core::place::compartment::{Designation, Emptiness, Service};
use vestibule_core::place::key::KeyAnnounced;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::{CarrierId, ParcelId, Span, StaffId, Timestamp, UnitId};

use super::super::blocks::{ask_first, back, reason_fields, unfold};
use super::super::classes;
use super::super::desk_page::live;
use super::super::names::{self, Names};
use super::super::say::Say;
use super::super::story::{self, Recorded};
use super::super::times;
use super::drawn::{self, Door, OwnedStateWords, Wall};
use super::keys;
use crate::drawing::{DoorState, DrawingStyle, Variant, draw};
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::page::big_number;
use crate::look::{Press, button_danger, button_primary, button_secondary};

/// A parcel in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelLine {
    /// Which.
    pub id: ParcelId,
    /// Who brought it.
    pub carrier: Option<CarrierId>,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// Where it is.
    pub custodian: Custodian,
    /// Since when.
    pub since: Timestamp,
}

/// What staff wrote beside a closed reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub staff: vestibule_core::StaffId,
    /// What.
    pub words: String,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct CompartmentView {
    /// The compartment.
    pub door: Door,
    /// Its bank.
    pub wall: Wall,
    /// What is believed inside.
    pub inside: Vec<ParcelLine>,
    /// What else could be found inside: missing parcels and those a courier still answers for.
    pub could_be: Vec<ParcelLine>,
    /// Somebody is about to open it with the key.
    pub key: Option<KeyAnnounced>,
    /// Since when it counts as forced.
    pub unexplained: Option<Timestamp>,
    /// Who looks.
    pub staff: StaffId,
    /// What happened, oldest first.
    pub story: Vec<Recorded>,
    /// Staff's words.
    pub notes: Vec<Note>,
    /// Whether whoever looks may say for whom this compartment is.
    pub may_designate: bool,
    /// Names.
    pub names: Names,
}

/// The part that changes by itself.
pub fn state(view: &CompartmentView, say: Say) -> Markup {
    let words = OwnedStateWords::new(say);
    let (names, c) = (&view.names, &view.door.compartment);
    let drawing = drawn::drawing(&view.wall, Some(view.door.id), names, say);
    let spoken = view.door.spoken(names, say);
    let style = DrawingStyle {
        id: "bank",
        variant: Variant::Staff,
        title: &drawing.name,
        description: &spoken,
        words: &words.borrowed(),
    };
    html! {
        div class="desk-split" {
            div class="desk-part" {
                (big_number(&say.t("staff-compartment"), &c.spec.label))
                (listing::tag(tone(view.door.state()), &say.t(drawn::state_key(view.door.state()))))
                @if view.wall.silent { (message::notice_banner(NoticeKind::Danger, &say.t("staff-board-silent-here"))) }
                (keys::known(view, say))
                (facts(view, say))
                (inside(view, say))
            }
            (draw(&drawing, &style))
        }
    }
}

fn tone(state: DoorState) -> Tone {
    match state {
        DoorState::Free => Tone::Good,
        DoorState::Occupied | DoorState::Reserved => Tone::Accent,
        DoorState::Overdue => Tone::Warning,
        DoorState::Check | DoorState::Open => Tone::Danger,
        DoorState::OutOfService => Tone::Plain,
    }
}

fn facts(view: &CompartmentView, say: Say) -> Markup {
    let (c, names) = (&view.door.compartment, &view.names);
    let spec = &c.spec;
    let measures = say.with(
        "staff-measures",
        &[
            ("size", story::size_word(spec.size).into()),
            ("width", (spec.width_mm / 10).into()),
            ("height", (spec.height_mm / 10).into()),
            ("latch", (spec.latch_mm() / 10).into()),
        ],
    );
    let service = match c.service {
        Service::In => "staff-service-in",
        Service::Check => "staff-service-check",
        Service::Out => "staff-service-out",
    };
    let occupancy = match c.emptiness {
        Emptiness::Empty => say.t("staff-empty-known"),
        Emptiness::Believed { since } => {
            say.with("staff-empty-believed", &[("age", times::age(say, names.now - since).into())])
        }
        Emptiness::Filled => say.t("staff-filled"),
    };
    listing::facts(&[
        (&say.t("staff-fact-door"), html! { (drawn::closure_words(c.closure, names, say)) }),
        (&say.t("staff-fact-occupancy"), html! { (occupancy) }),
        (&say.t("staff-fact-service"), html! { (say.t(service)) }),
        (&say.t("staff-fact-designation"), html! { (designation(c.designation, names, say)) }),
        (
            &say.t("staff-kept-for"),
            html! { (c.kept_for.map_or_else(|| say.t("staff-class-usual"), |class| classes::name(class, say))) },
        ),
        (&say.t("staff-fact-measures"), html! { (measures) }),
    ])
}

fn designation(designation: Option<Designation>, names: &Names, say: Say) -> String {
    match designation {
        None => say.t("staff-for-all"),
        Some(Designation { unit, only }) => {
            let key = if only { "staff-only-for" } else { "staff-first-for" };
            say.with(key, &[("unit", names.unit(say, unit).into())])
        }
    }
}

fn inside(view: &CompartmentView, say: Say) -> Markup {
    html! {
        @if !view.inside.is_empty() {
            ul class="plain-list" { @for line in &view.inside { li { (parcel_link(line, &view.names, say)) } } }
        }
    }
}

/// `Parcel 1042, UPS, apartment 3B`, leading to its page.
pub fn parcel_link(line: &ParcelLine, names: &Names, say: Say) -> Markup {
    html! { a href={ "/staff/parcels/" (line.id) } { (parcel_words(line, names, say)) } }
}

/// `Parcel 1042, UPS, apartment 3B`.
pub fn parcel_words(line: &ParcelLine, names: &Names, say: Say) -> String {
    let unit = line.unit.map_or_else(|| say.t("staff-to-be-assigned"), |unit| names.unit(say, unit));
    format!("{}, {}, {unit}", names::parcel(say, line.id), names.carrier(say, line.carrier))
}

/// The whole page.
pub fn content(view: &CompartmentView, say: Say, csrf: &str) -> Markup {
    let at = format!("/staff/compartments/{}", view.door.id);
    let c = &view.door.compartment;
    html! {
        (back("/staff/banks", &say.t("staff-banks-title")))
        h1 class="visually-hidden" { (names::capital(&view.names.door(say, view.door.id))) }
        (live(&format!("{at}/live"), state(view, say)))
        @if view.unexplained.is_some() { (keys::forced(view, say, (&at, csrf))) }
        @if c.service == Service::Check { (check(view, say, (&at, csrf))) }
        (listing::section(&say.t("staff-what-you-can-do"), acts(view, say, (&at, csrf))))
        @if !view.notes.is_empty() { (listing::section(&say.t("staff-notes"), notes(view, say))) }
        (listing::section(&say.t("staff-pack"), evidence(view, say)))
        (listing::section(&say.t("staff-what-happened"), story::story(&newest_first(&view.story), &view.names, say)))
    }
}

/// The last weeks on one page and as a signed file. All of a compartment is more than anybody reads: another time is asked for there.
fn evidence(view: &CompartmentView, say: Say) -> Markup {
    const RECENT: Span = Span::days(30);
    let from = times::date_field(Timestamp(view.names.now.0 - RECENT.0), &view.names.zone);
    let at = format!("/staff/incident?compartment={}&from={from}", view.door.id);
    html! {
        p class="hint" { (say.t("staff-pack-compartment-text")) }
        div class="button-row" { (button_secondary(&say.t("staff-incident-title"), Press::Follow(&at))) }
    }
}

/// What did you find? Ticks for everything that could be inside; what is not ticked is missing.
fn check(view: &CompartmentView, say: Say, (at, csrf): (&str, &str)) -> Markup {
    let tick = |line: &ParcelLine, believed: bool| {
        let text = parcel_words(line, &view.names, say);
        html! { label class="check" { input type="checkbox" name="found" value=(line.id) checked[believed]; (text) } }
    };
    let fields = html! {
        p { (say.t("staff-check-how")) }
        fieldset class="field" {
            legend { (say.t("staff-check-found")) }
            @for line in &view.inside { (tick(line, true)) }
            @for line in &view.could_be { (tick(line, false)) }
            @if view.inside.is_empty() && view.could_be.is_empty() { p class="hint" { (say.t("staff-check-nothing")) } }
        }
        p class="hint" { (say.t("staff-check-rest")) }
        (button_primary(&say.t("staff-check-do"), Press::Submit))
    };
    let title = say.t("staff-check-title");
    listing::section(&title, listing::card(form::form(&format!("{at}/check"), csrf, fields)))
}

fn acts(view: &CompartmentView, say: Say, (at, csrf): (&str, &str)) -> Markup {
    let c = &view.door.compartment;
    let question = say.with("staff-open-question", &[("door", view.names.door(say, view.door.id).into())]);
    let open = html! {
        (reason_fields(say, StaffReason::Inspect))
        (button_danger(&say.t("staff-open-do"), Press::Submit))
    };
    let is_out = c.service == Service::Out;
    let service = html! {
        input type="hidden" name="in_service" value=(if is_out { "yes" } else { "no" });
        (reason_fields(say, StaffReason::Maintenance))
        (button_danger(&say.t(if is_out { "staff-service-back-do" } else { "staff-service-off-do" }), Press::Submit))
    };
    let service_label = say.t(if is_out { "staff-service-back" } else { "staff-service-off" });
    let service_question =
        say.t(if is_out { "staff-service-back-question" } else { "staff-service-off-question" });
    html! {
        div class="asks" {
            (ask_first(&say.t("staff-open"), &question, form::form(&format!("{at}/open"), csrf, open)))
            (ask_first(&say.t("staff-key"), &say.t("staff-key-question"), keys::announcing(view, say, csrf)))
            @if c.service != Service::Check {
                (ask_first(&service_label, &service_question, form::form(&format!("{at}/service"), csrf, service)))
            }
            @if view.may_designate {
                (unfold(&say.t("staff-keep-for"), classes::choose(&format!("{at}/class"), csrf, (&say.t("staff-kept-for"), c.kept_for), &classes::behind_a_door(), say)))
            }
            @if view.may_designate { (unfold(&say.t("staff-designate"), form::form(&format!("{at}/designate"), csrf, designate(view, say)))) }
        }
    }
}

fn designate(view: &CompartmentView, say: Say) -> Markup {
    let current = view.door.compartment.designation;
    let label = current.map(|d| view.names.unit_label(d.unit)).unwrap_or_default();
    let chosen = match current {
        None => "free",
        Some(Designation { only: true, .. }) => "only",
        Some(Designation { only: false, .. }) => "first",
    };
    let (free, only, first) =
        (say.t("staff-designate-free"), say.t("staff-designate-only"), say.t("staff-designate-first"));
    html! {
        (form::radios("how", &say.t("staff-designate-how"), chosen, &[("free", &free), ("only", &only), ("first", &first)]))
        (form::field(&Field::new("unit", &say.t("staff-apartment"), FieldKind::Text).value(&label)))
        (button_secondary(&say.t("staff-save"), Press::Submit))
    }
}

/// A compartment's history has no beginning one would look for: the last thing comes first.
fn newest_first(story: &[Recorded]) -> Vec<Recorded> {
    story.iter().rev().cloned().collect()
}

fn notes(view: &CompartmentView, say: Say) -> Markup {
    notes_list(&view.notes, &view.names, say)
}

/// Staff's words, newest first.
pub fn notes_list(notes: &[Note], names: &Names, say: Say) -> Markup {
    html! {
        ul class="plain-list" { @for note in notes {
            li {
                p { (note.words) }
                p class="hint" { (names.staff_name(say, note.staff)) ", " (times::moment(say, note.at, (&names.zone, names.now))) }
            }
        } }
    }
}
