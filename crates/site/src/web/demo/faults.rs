//! What may go wrong with the simulated devices, each turned on and off by a button, and the way to what staff then see.
//!
//! Owns: which knobs there are and how they are shown. Never: a fault of its own; whoever starts a demonstration brings [`Faults`].

use super::{back, framed};
use crate::look::button::button_row;
use crate::look::listing::{self, Tone};
use crate::look::{Button, Icon, Post, Press};
use crate::web::App;
use crate::web::guard::Reader;
use crate::web::problem::Fault;
use crate::web::words::{Arg, Language, say, t};
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::{Extension, Form};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// What a simulated device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineKind {
    /// A line with a lock board; its name is the line's.
    Board,
    /// The controller of a door; its name is the door's.
    Door,
    /// A reader on an OSDP line; its name is the door's.
    Reader,
    /// A camera.
    Camera,
}

macro_rules! knobs {
    ($($(#[$doc:meta])* $name:ident $word:literal)*) => {
        /// One thing that may go wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        pub enum Knob {
            $($(#[$doc])* #[serde(rename = $word)] $name,)*
        }

        impl Knob {
            /// All of them.
            pub const ALL: &'static [Knob] = &[$(Knob::$name,)*];

            /// As it stands in forms and keys.
            pub fn word(self) -> &'static str {
                match self { $(Knob::$name => $word,)* }
            }
        }
    };
}

knobs! {
    /// Hears nothing, or answers nothing.
    Silent "silent"
    /// Answers later than it is waited for.
    Late "late"
    /// Answers something that cannot be understood.
    Garbled "garbled"
    /// Bytes before each answer that belong to none.
    Noise "noise"
    /// Answers as if it was another board.
    OtherAddress "other-address"
    /// Starts anew in the middle of a pulse.
    Reboots "reboots"
    /// Its network plug is pulled.
    Unplugged "unplugged"
    /// The wires of its line are swapped.
    SwappedWires "swapped-wires"
    /// Its line runs at another speed.
    OtherSpeed "other-speed"
    /// Something talks on its line all the time.
    Chatter "chatter"
    /// The latch of its first door stays caught.
    Jammed "jammed"
    /// The contact of its first door bounces.
    Bounces "bounces"
    /// The contact of its first door reads shut, whatever the door does.
    StuckContact "stuck-contact"
    /// Its door was broken open.
    Forced "forced"
    /// Whoever walks in holds its door open.
    HeldOpen "held-open"
    /// Its contact cannot be read.
    NoContact "no-contact"
    /// Answers a byte at a time.
    Drips "drips"
    /// A page instead of an answer.
    SaysAPage "page"
    /// Forty megabytes instead of an answer.
    Huge "huge"
    /// An answer of no bytes.
    Empty "empty"
    /// Half an answer.
    Half "half"
    /// Sends whoever asks elsewhere.
    Redirects "redirects"
    /// Says no in its own words.
    SaysNo "says-no"
    /// Is blocked for the moment.
    Blocked "blocked"
    /// Wants the password readable.
    BasicAlone "basic-alone"
    /// Its clock is ten minutes ahead.
    ClockAhead "clock-ahead"
    /// Its switch stays as it is left.
    Bistable "bistable"
    /// Does the next thing and does not answer.
    LosesAnswer "loses-answer"
    /// One bit of each answer is wrong.
    FlipsABit "flips-a-bit"
    /// Is busy for the next questions.
    Busy "busy"
    /// Knows no secure channel.
    PlainOnly "plain-only"
    /// Loses its power for a moment.
    LosesPower "loses-power"
    /// Refuses the next order of its relay.
    RefusesRelay "refuses-relay"
    /// Its case is open.
    Tampered "tampered"
}

/// A simulated device and its knobs.
#[derive(Debug, Clone)]
pub struct MachineSight {
    /// What its page is found by.
    pub name: String,
    /// What it is.
    pub kind: MachineKind,
    /// What may go wrong with it, and whether it does now.
    pub knobs: Vec<(Knob, bool)>,
}

/// The simulated devices of a demonstration, and the hand at their knobs.
pub trait Faults: Send + Sync {
    /// All of them, always in the same order.
    fn machines(&self) -> Vec<MachineSight>;
    /// Turns a knob of one.
    fn turn(&self, machine: usize, knob: Knob, on: bool);
}

pub(super) type Hand = Extension<Arc<dyn Faults>>;

pub(super) async fn faults(
    State(app): State<App>,
    Extension(hand): Hand,
    reader: Reader,
) -> Result<Markup, Fault> {
    let (language, machines) = (reader.language, hand.machines());
    let mut pages = Vec::new();
    for machine in &machines {
        pages.push(page_of(&app, machine).await?);
    }
    let title = say(language, "faults-title");
    let is_wrong = machines.iter().any(|machine| machine.knobs.iter().any(|(_, on)| *on));
    let content = html! {
        div class="demo-head" {
            (back(&reader))
            h1 { (title) }
            p class="lead" { (say(language, "faults-lead")) }
            (button_row(html! {
                (Button::new(&say(language, "faults-devices"), Press::Follow("/demo/staff?page=devices")).icon(Icon::Tasks).render())
                @if is_wrong {
                    (Button::new(&say(language, "faults-right"), Press::Post(&Post::page("/demo/faults", ""))).icon(Icon::Done).render())
                }
            }))
        }
        @for (number, (machine, page)) in machines.iter().zip(&pages).enumerate() {
            (one(language, (number, machine), page.as_deref()))
        }
    };
    Ok(framed(&reader, &title, content))
}

fn one(language: Language, (number, machine): (usize, &MachineSight), page: Option<&str>) -> Markup {
    let kind = match machine.kind {
        MachineKind::Board => "faults-board",
        MachineKind::Door => "faults-door",
        MachineKind::Reader => "faults-reader",
        MachineKind::Camera => "faults-camera",
    };
    let name = t(language, kind, &[("name", Arg::Text(&machine.name))]);
    let turned: Vec<Knob> = machine.knobs.iter().filter(|(_, on)| *on).map(|(knob, _)| *knob).collect();
    html! {
        section class="wall-hand" id={ "machine-" (number) } {
            h2 { (name) }
            p {
                @if turned.is_empty() { (listing::tag(Tone::Good, &say(language, "faults-none"))) }
                @for knob in &turned { (listing::tag(Tone::Danger, &knob_words(language, *knob))) " " }
            }
            (button_row(html! { @for (knob, on) in &machine.knobs { (button(language, number, (*knob, *on))) } }))
            @if let Some(page) = page {
                p { a href={ "/demo/staff?page=" (page) } { (t(language, "faults-see", &[("name", Arg::Text(&machine.name))])) } }
            }
        }
    }
}

fn knob_words(language: Language, knob: Knob) -> String {
    say(language, &format!("faults-{}", knob.word()))
}

fn button(language: Language, number: usize, (knob, on): (Knob, bool)) -> Markup {
    let url = format!("/demo/faults/{number}");
    let fields = [("knob", knob.word()), ("on", if on { "false" } else { "true" })];
    let post = Post::page(&url, "").with(&fields);
    let words = knob_words(language, knob);
    let label = if on { t(language, "faults-end", &[("fault", Arg::Text(&words))]) } else { words };
    let shape = if on { Icon::Undo } else { Icon::Warning };
    Button::new(&label, Press::Post(&post)).icon(shape).render()
}

/// Where staff see how this device is doing, below `/staff/`.
async fn page_of(app: &App, machine: &MachineSight) -> Result<Option<String>, Fault> {
    let name = machine.name.clone();
    Ok(match machine.kind {
        MachineKind::Board => {
            let buses = app.web.devices.as_ref().map(|board| board.look().0.buses).unwrap_or_default();
            let at = buses.iter().position(|bus| bus.name == name);
            at.map(|at| format!("devices/buses/{}", at + 1))
        }
        MachineKind::Door | MachineKind::Reader => {
            let look = move |site: &vestibule_core::Site, _| {
                let mut points = site.access.points.iter();
                points.find(|(_, point)| point.spec.label == name).map(|(id, _)| *id)
            };
            app.site.read(look).await?.map(|id| format!("devices/doors/{id}"))
        }
        MachineKind::Camera => {
            let query = "SELECT max(camera) FROM camera_name WHERE name = ?1";
            let id: Option<u32> =
                app.site.query(move |tables| tables.query_row(query, [name], |row| row.get(0))).await?;
            id.map(|id| format!("cameras%23camera-{id}"))
        }
    })
}

/// A knob and where it is turned to.
#[derive(Deserialize)]
pub(super) struct Turned {
    knob: Knob,
    on: bool,
}

pub(super) async fn turn(
    Extension(hand): Hand,
    Path(machine): Path<usize>,
    Form(turned): Form<Turned>,
) -> Redirect {
    hand.turn(machine, turned.knob, turned.on);
    Redirect::to(&format!("/demo/faults#machine-{machine}"))
}

/// Everything is right again.
pub(super) async fn put_right(Extension(hand): Hand) -> Redirect {
    for (number, machine) in hand.machines().iter().enumerate() {
        for (knob, _) in machine.knobs.iter().filter(|(_, on)| *on) {
            hand.turn(number, *knob, false);
        }
    }
    Redirect::to("/demo/faults")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_knob_has_its_words_in_every_language() {
        for language in Language::ALL {
            let words: std::collections::BTreeSet<String> =
                Knob::ALL.iter().map(|knob| knob_words(language, *knob)).collect();
            assert_eq!(words.len(), Knob::ALL.len(), "{words:?}");
        }
    }

    #[test]
    fn a_turned_knob_is_named_and_offers_its_end() {
        let knobs = vec![(Knob::Silent, true), (Knob::Jammed, false)];
        let machine = MachineSight { name: "North lobby".into(), kind: MachineKind::Board, knobs };
        let page = one(Language::En, (3, &machine), Some("devices/buses/1")).into_string();
        assert!(
            page.contains("/demo/faults/3") && page.contains("/demo/staff?page=devices/buses/1"),
            "{page}"
        );
        assert_eq!(page.matches("tone-danger").count(), 1, "{page}");
        assert!(page.contains(r#"name="on" value="false""#) && page.contains(r#"name="on" value="true""#));
    }
}
