//! The simulated wall: the doors as they physically stand, and a hand to move them.

use super::property::{DoorAct, DoorSight, LineSight, Property};
use super::{Demo, back, framed};
use crate::drawing::{
    BankDrawing, ColumnDrawing, DoorDrawing, DoorState, DrawingStyle, Hinge, StateWords, Variant, draw,
};
use crate::look::button::button_row;
use crate::look::{Button, Icon, Post, Press};
use crate::runners::bus::bank_names;
use crate::web::App;
use crate::web::guard::Reader;
use crate::web::problem::Fault;
use crate::web::sse;
use crate::web::words::{Arg, Language, say, t};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use axum::{Extension, Form};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use vestibule_core::place::compartment::CompartmentSpec;
use vestibule_core::{BankId, CompartmentId, Site};

/// The door a hand is laid on.
#[derive(Deserialize)]
pub(super) struct Chosen {
    door: Option<CompartmentId>,
}

/// A bank as it hangs: name and compartments.
struct Hung {
    name: String,
    doors: Vec<(CompartmentId, CompartmentSpec)>,
}

pub(super) async fn wall(
    State(app): State<App>,
    Extension(demo): Demo,
    Query(chosen): Query<Chosen>,
    reader: Reader,
) -> Result<Markup, Fault> {
    let title = say(reader.language, "wall-title");
    let hung = hung(&app).await?;
    let live = match chosen.door {
        Some(door) => format!("/demo/wall/live?door={door}"),
        None => "/demo/wall/live".to_owned(),
    };
    let content = html! {
        div class="demo-head" {
            (back(&reader))
            h1 { (title) }
            p class="lead" { (say(reader.language, "wall-lead")) }
        }
        div class="wall" hx-sse:connect=(live) { (picture(reader.language, &*demo, &hung, chosen.door)) }
    };
    Ok(framed(&reader, &title, content))
}

pub(super) async fn live(
    State(app): State<App>,
    Extension(demo): Demo,
    Query(chosen): Query<Chosen>,
    reader: Reader,
) -> Result<impl IntoResponse, Fault> {
    let hung = Arc::new(hung(&app).await?);
    let (changes, language) = (demo.changes(), reader.language);
    Ok(sse::live(changes, move || {
        let (demo, hung) = (Arc::clone(&demo), Arc::clone(&hung));
        async move { Some(picture(language, &*demo, &hung, chosen.door)) }
    }))
}

/// What a hand does.
#[derive(Deserialize)]
pub(super) struct Hand {
    act: DoorAct,
}

pub(super) async fn lay_hand(
    Extension(demo): Demo,
    Path(compartment): Path<CompartmentId>,
    Form(hand): Form<Hand>,
) -> Redirect {
    demo.act(compartment, hand.act);
    Redirect::to(&format!("/demo/wall?door={compartment}"))
}

/// Whether a plug is pulled.
#[derive(Deserialize)]
pub(super) struct Plug {
    unplugged: bool,
}

pub(super) async fn plug(Extension(demo): Demo, Path(line): Path<usize>, Form(plug): Form<Plug>) -> Redirect {
    demo.set_unplugged(line, plug.unplugged);
    Redirect::to("/demo/wall")
}

async fn hung(app: &App) -> Result<Vec<Hung>, Fault> {
    let names = app.site.query(bank_names).await?;
    Ok(app.site.read(move |site, _| banks(site, &names)).await?)
}

fn banks(site: &Site, names: &BTreeMap<BankId, String>) -> Vec<Hung> {
    let hung = site.layout.banks.iter().map(|(bank, compartments)| Hung {
        name: names.get(bank).cloned().unwrap_or_else(|| bank.to_string()),
        doors: compartments
            .iter()
            .filter_map(|id| site.compartments.get(*id).map(|found| (*id, found.spec.clone())))
            .collect(),
    });
    hung.collect()
}

fn picture(language: Language, demo: &dyn Property, hung: &[Hung], chosen: Option<CompartmentId>) -> Markup {
    let sights = demo.doors();
    let all = || hung.iter().flat_map(|bank| &bank.doors);
    let ajar = |id: &CompartmentId| sights.get(id).is_some_and(|sight| sight.ajar);
    html! {
        div class="wall-hand" {
            @if !all().any(|(id, _)| ajar(id)) { p { (say(language, "wall-no-door-open")) } }
            (button_row(html! {
                @for (id, spec) in all().filter(|(id, _)| ajar(id)) {
                    (hand(language, (*id, &spec.label), ("wall-push-shut", "push_shut"), Icon::Hand))
                }
            }))
            @if let Some((id, spec)) = all().find(|(id, _)| Some(*id) == chosen) {
                (chosen_door(language, *id, spec, sights.get(id)))
            } @else {
                p { (say(language, "wall-choose")) }
            }
        }
        div class="wall-banks" {
            @for (number, bank) in (1..).zip(hung) {
                section class="wall-bank" {
                    h2 { (bank.name) }
                    (drawing(language, bank, &sights, (number, chosen)))
                }
            }
        }
        (lines(language, &demo.lines()))
    }
}

fn chosen_door(
    language: Language,
    id: CompartmentId,
    spec: &CompartmentSpec,
    sight: Option<&DoorSight>,
) -> Markup {
    let Some(sight) = sight else { return html! {} };
    let door = (id, spec.label.as_str());
    html! {
        h2 { (t(language, "wall-door", &[("door", Arg::Text(&spec.label))])) ": " (stands(language, sight)) }
        (button_row(html! {
            @if !sight.ajar { (hand(language, door, ("wall-force", "pull_open"), Icon::DoorOpen)) }
            @if sight.jammed {
                (hand(language, door, ("wall-unjam", "unjam"), Icon::Wrench))
            } @else {
                (hand(language, door, ("wall-jam", "jam"), Icon::Wrench))
            }
            (hand(language, door, ("wall-swap", "swap_cable"), Icon::Wrench))
        }))
    }
}

fn stands(language: Language, sight: &DoorSight) -> String {
    say(
        language,
        match (sight.jammed, sight.ajar) {
            (_, true) => "wall-ajar",
            (true, false) => "wall-jammed",
            (false, false) => "wall-shut",
        },
    )
}

fn hand(
    language: Language,
    (id, label): (CompartmentId, &str),
    (words, act): (&str, &str),
    shape: Icon,
) -> Markup {
    let url = format!("/demo/wall/door/{id}");
    let fields = [("act", act)];
    let post = Post::page(&url, "").with(&fields);
    let words = t(language, words, &[("door", Arg::Text(label))]);
    Button::new(&words, Press::Post(&post)).icon(shape).render()
}

fn lines(language: Language, lines: &[LineSight]) -> Markup {
    html! {
        section class="wall-hand" {
            h2 { (say(language, "wall-faults")) }
            @for line in lines.iter().filter(|line| line.unplugged) {
                p { (t(language, "wall-unplugged", &[("line", Arg::Text(&line.name))])) }
            }
            (button_row(html! { @for (number, line) in lines.iter().enumerate() { (plug_button(language, number, line)) } }))
        }
    }
}

fn plug_button(language: Language, number: usize, line: &LineSight) -> Markup {
    let url = format!("/demo/wall/line/{number}");
    let (words, to) = if line.unplugged { ("wall-plug", "false") } else { ("wall-unplug", "true") };
    let fields = [("unplugged", to)];
    let post = Post::page(&url, "").with(&fields);
    let words = t(language, words, &[("line", Arg::Text(&line.name))]);
    Button::new(&words, Press::Post(&post)).icon(Icon::Refused).render()
}

fn drawing(
    language: Language,
    bank: &Hung,
    sights: &BTreeMap<CompartmentId, DoorSight>,
    (number, chosen): (u32, Option<CompartmentId>),
) -> Markup {
    let word = |key: &str| say(language, key);
    let (shut, jammed, ajar) = (word("wall-shut"), word("wall-jammed"), word("wall-ajar"));
    let words = StateWords {
        free: &shut,
        occupied: &shut,
        reserved: &shut,
        overdue: &shut,
        check: &jammed,
        out_of_service: &jammed,
        open: &ajar,
    };
    let title = t(language, "wall-picture", &[("bank", Arg::Text(&bank.name))]);
    let id = format!("wall-{number}");
    let style =
        DrawingStyle { id: &id, variant: Variant::Large, title: &title, description: &title, words: &words };
    draw(&elevation(language, bank, sights, chosen), &style)
}

fn elevation(
    language: Language,
    bank: &Hung,
    sights: &BTreeMap<CompartmentId, DoorSight>,
    chosen: Option<CompartmentId>,
) -> BankDrawing {
    let mut columns: BTreeMap<u32, Vec<&(CompartmentId, CompartmentSpec)>> = BTreeMap::new();
    for door in &bank.doors {
        columns.entry(door.1.column).or_default().push(door);
    }
    let top = bank.doors.iter().map(|(_, spec)| spec.bottom_mm + spec.height_mm).max().unwrap_or(0);
    let column = |doors: &mut Vec<&(CompartmentId, CompartmentSpec)>| {
        doors.sort_by_key(|(_, spec)| std::cmp::Reverse(spec.bottom_mm));
        let drawn = doors.iter().map(|(id, spec)| {
            let sight = sights.get(id).copied().unwrap_or(DoorSight { ajar: false, jammed: false });
            let state = match sight {
                DoorSight { ajar: true, .. } => DoorState::Open,
                DoorSight { jammed: true, .. } => DoorState::Check,
                DoorSight { .. } => DoorState::Free,
            };
            let name = format!(
                "{}: {}",
                t(language, "wall-door", &[("door", Arg::Text(&spec.label))]),
                stands(language, &sight)
            );
            let door = DoorDrawing::new(&spec.label, spec.height_mm, Hinge::Left, state, &name);
            let door = door.link(&format!("/demo/wall?door={id}"));
            if Some(*id) == chosen { door.highlighted() } else { door }
        });
        ColumnDrawing {
            width_mm: doors.first().map_or(0, |(_, spec)| spec.width_mm),
            doors: drawn.collect(),
            foot_mm: doors.iter().map(|(_, spec)| spec.bottom_mm).min().unwrap_or(0),
        }
    };
    BankDrawing {
        name: bank.name.clone(),
        height_mm: top + 60,
        columns: columns.values_mut().map(column).collect(),
        kiosk: None,
        you_are_here: None,
    }
}
