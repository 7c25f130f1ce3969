//! The doors one walks through, and a hand to move them: who is let in walks through by themselves unless the hand says otherwise.

use super::property::{PassageAct, PassageSight, Property};
use super::{Demo, back, framed};
use crate::look::button::button_row;
use crate::look::{Button, Icon, Post, Press};
use crate::web::guard::Reader;
use crate::web::sse;
use crate::web::words::{Arg, Language, say, t};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use axum::{Extension, Form};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

const HERE: &str = "/demo/passages";

pub(super) async fn passages(Extension(demo): Demo, reader: Reader) -> Markup {
    let title = say(reader.language, "passages-title");
    let content = html! {
        div class="demo-head" {
            (back(&reader))
            h1 { (title) }
            p class="lead" { (say(reader.language, "passages-lead")) }
        }
        div class="wall" hx-sse:connect={ (HERE) "/live" } { (picture(reader.language, &*demo)) }
    };
    framed(&reader, &title, content)
}

pub(super) async fn live(Extension(demo): Demo, reader: Reader) -> impl IntoResponse {
    let (changes, language) = (demo.changes(), reader.language);
    sse::live(changes, move || {
        let demo = Arc::clone(&demo);
        async move { Some(picture(language, &*demo)) }
    })
}

/// What a hand does.
#[derive(Deserialize)]
pub(super) struct Hand {
    act: PassageAct,
}

pub(super) async fn lay_hand(
    Extension(demo): Demo,
    Path(passage): Path<usize>,
    Form(hand): Form<Hand>,
) -> Redirect {
    demo.act_at(passage, hand.act);
    Redirect::to(HERE)
}

/// Who moves the doors.
#[derive(Deserialize)]
pub(super) struct Who {
    by_hand: bool,
}

pub(super) async fn by_hand(Extension(demo): Demo, Form(who): Form<Who>) -> Redirect {
    demo.set_passages_by_hand(who.by_hand);
    Redirect::to(HERE)
}

fn picture(language: Language, demo: &dyn Property) -> Markup {
    let by_hand = demo.are_passages_by_hand();
    let (who, to) = if by_hand { ("passages-by-themselves", "false") } else { ("passages-by-hand", "true") };
    let (url, fields) = (format!("{HERE}/by-hand"), [("by_hand", to)]);
    let post = Post::page(&url, "").with(&fields);
    html! {
        div class="wall-hand" {
            p { (say(language, if by_hand { "passages-hand-moves" } else { "passages-walk-by" })) }
            (button_row(Button::new(&say(language, who), Press::Post(&post)).icon(Icon::Hand).render()))
        }
        @for (number, passage) in demo.passages().iter().enumerate() { (one(language, (number, passage), by_hand)) }
    }
}

fn one(language: Language, (number, passage): (usize, &PassageSight), by_hand: bool) -> Markup {
    let stands = match passage {
        PassageSight { open: true, .. } => "passages-open",
        PassageSight { released: true, .. } => "passages-released",
        PassageSight { .. } => "passages-locked",
    };
    html! {
        section class="wall-hand" data-passage=(number) data-stands=(stands) {
            h2 { (passage.name) }
            p { (say(language, stands)) }
            @if by_hand {
                (button_row(html! {
                    @if passage.open { (hand(language, (number, passage), ("passages-push", "push_shut"), Icon::Hand)) }
                    @else { (hand(language, (number, passage), ("passages-pull", "pull_open"), Icon::DoorOpen)) }
                    @if passage.tells_exits && !passage.open {
                        (hand(language, (number, passage), ("passages-out", "go_out"), Icon::LogOut))
                    }
                }))
            }
        }
    }
}

fn hand(
    language: Language,
    (number, passage): (usize, &PassageSight),
    (words, act): (&str, &str),
    shape: Icon,
) -> Markup {
    let (url, fields) = (format!("{HERE}/{number}"), [("act", act)]);
    let post = Post::page(&url, "").with(&fields);
    let words = t(language, words, &[("door", Arg::Text(&passage.name))]);
    Button::new(&words, Press::Post(&post)).icon(shape).render()
}
