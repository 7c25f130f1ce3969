//! The simulated printers: the paper that came out, and a hand that takes the roll away.

use super::property::{PaperLine, PaperSight, Property};
use super::{Demo, back, framed};
use crate::look::Button;
use crate::look::Press;
use crate::look::listing;
use crate::look::message::empty;
use crate::look::paper::qr;
use crate::web::guard::Reader;
use crate::web::sse;
use crate::web::words::{Arg, Language, say, t};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use axum::{Extension, Form};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use vestibule_notices::qr::qr_svg;

pub(super) async fn printer(Extension(demo): Demo, reader: Reader) -> Markup {
    let title = say(reader.language, "printer-title");
    let content = html! {
        div class="demo-head" {
            (back(&reader))
            h1 { (title) }
            p class="lead" { (say(reader.language, "printer-lead")) }
        }
        div hx-sse:connect="/demo/printer/live" { (picture(reader.language, &*demo)) }
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

/// Whether there is paper in it.
#[derive(Deserialize)]
pub(super) struct Roll {
    paper: bool,
}

pub(super) async fn roll(Extension(demo): Demo, Path(at): Path<usize>, Form(roll): Form<Roll>) -> Redirect {
    demo.set_paper(at, roll.paper);
    Redirect::to("/demo/printer")
}

fn picture(language: Language, demo: &dyn Property) -> Markup {
    let papers = demo.papers();
    html! {
        @for (at, printer) in demo.printers().iter().enumerate() {
            @let key = if printer.has_paper { "printer-take-paper" } else { "printer-put-paper" };
            @let label = t(language, key, &[("printer", Arg::Text(&printer.name))]);
            form method="post" action={ "/demo/printer/" (at) } {
                input type="hidden" name="paper" value=(!printer.has_paper);
                (Button::new(&label, Press::Submit).render())
            }
        }
        @if papers.is_empty() {
            (empty(&say(language, "printer-empty"), &say(language, "printer-empty-text"), None))
        }
        div class="sheet" { @for paper in &papers { (sheet(language, paper)) } }
    }
}

fn sheet(language: Language, paper: &PaperSight) -> Markup {
    html! {
        (listing::card(html! {
            p class="hint" { (paper.printer) }
            article class="slip" {
                @for line in &paper.lines {
                    @match line {
                        PaperLine::Plain(text) => p { (text) },
                        PaperLine::Large(text) => p class="slip-to" { (text) },
                        PaperLine::Qr(text) => (qr(&qr_svg(text), &say(language, "printer-qr"))),
                    }
                }
            }
        }))
    }
}
