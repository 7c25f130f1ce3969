//! Telling somebody in person: a slip with a fresh code, printed or read out, shown once.
//!
//! Owns: `/staff/tell`. Never: shows the slip again; a second look makes a second code.

use axum::extract::Path;
use maud::{Markup, html};
use vestibule_core::custody::Custodian;
use vestibule_core::task::TaskKind;
use vestibule_core::{Command, PersonId, Refusal, Site, TaskId};
use vestibule_devices::printer::{Matter, TextSize};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Fields, Section};
use super::super::names::{Names, Wanted, capital};
use super::super::printing;
use super::super::say::Say;
use crate::config::PrinterUse;
use crate::directory::roster::{self, PersonDetails};
use crate::handle::Revealed;
use crate::look::message::{self, NoticeKind};
use crate::look::{
    Button, Icon, Post, Press, button_primary, button_quiet, button_secondary, listing, paper,
};
use crate::runners::printing::PrintOutcome;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;
use crate::web::words::Language;

/// Who is told of what.
#[derive(Clone)]
pub struct Telling {
    /// Whom.
    pub person: PersonDetails,
    /// Where their parcels are.
    pub places: Vec<Custodian>,
    /// The number to call.
    pub help: String,
    /// Names.
    pub names: Names,
}

impl Telling {
    fn language(&self) -> Say {
        Say::new(self.person.language.parse::<Language>().unwrap_or_default())
    }

    fn places(&self, say: Say) -> String {
        let places = self.places.iter().map(|place| self.names.custodian(say, *place));
        places.collect::<Vec<_>>().join(", ")
    }

    fn to(&self) -> String {
        format!("{}, {}", self.person.full_name(), self.person.label)
    }
}

/// Before: who it is, how else they can be reached, and the one press that makes a code.
pub fn question(view: &Telling, say: Say, csrf: &str, offer: Option<&str>) -> Markup {
    let person = &view.person;
    let url = format!("/staff/tell/person/{}", person.person);
    let unit = capital(&view.names.unit(say, person.unit));
    let phone = person.phone.clone().unwrap_or_else(|| say.t("staff-none"));
    let count = say.with("staff-waits-for-them", &[("n", view.places.len().into())]);
    html! {
        (back("/staff", &say.t("staff-needs-title")))
        (listing::page_title(&say.with("staff-tell-title", &[("who", person.full_name().into())]), Some(&unit), html! {}))
        (listing::card(html! {
            (listing::facts(&[
                (&say.t("staff-phone"), html! { (phone) }),
                (&say.t("staff-waiting"), html! { (count) }),
            ]))
            p { (say.t("staff-tell-how")) }
            div class="asks" {
                @if let Some(label) = offer {
                    (button_primary(label, Press::Post(&Post::page(&url, csrf).with(&[printing::PRINT]))))
                    (button_secondary(&say.t("staff-tell-show"), Press::Post(&Post::page(&url, csrf))))
                } @else {
                    (button_primary(&say.t("staff-tell-do"), Press::Post(&Post::page(&url, csrf))))
                }
            }
        }))
    }
}

/// The slip, in the person's own language, once.
pub fn slip(view: &Telling, code: &Revealed, (desk_name, say): (&str, Say)) -> Markup {
    let theirs = view.language();
    let places = view.places(theirs);
    let title = theirs.with("staff-slip-title", &[("n", view.places.len().into())]);
    let digits = code.digits.as_ref().map_or("", |digits| digits.expose());
    let picture = vestibule_notices::qr::qr_svg(code.token.expose());
    let to = view.to();
    let slip = paper::Slip {
        site_name: desk_name,
        to: &to,
        title: &title,
        qr: Some(paper::qr(&picture, &theirs.t("staff-slip-qr"))),
        lines: &[
            (&theirs.t("staff-slip-where"), html! { (places) }),
            (&theirs.t("staff-slip-keypad"), paper::code_digits(&view.person.keypad, 4)),
            (&theirs.t("staff-slip-pin"), paper::code_digits(digits, 3)),
        ],
        help: html! {
            p { (theirs.t("staff-slip-how")) }
            @if !view.help.is_empty() { p { (view.help) } }
        },
    };
    html! {
        (listing::page_title(&say.t("staff-slip-made"), Some(&to), html! {
            (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
            (button_quiet(&say.t("staff-slip-done"), Press::Follow("/staff")))
        }))
        (message::notice_banner(NoticeKind::Warning, &say.t("staff-slip-once")))
        div class="sheet" lang=(theirs.language.tag()) { (paper::slip(&slip)) }
    }
}

/// The same slip for the printer.
fn on_paper(view: &Telling, code: &Revealed, desk_name: &str) -> Matter {
    let theirs = view.language();
    let digits = code.digits.as_ref().map_or("", |digits| digits.expose());
    Matter::new()
        .text(TextSize::Plain, desk_name)
        .text(TextSize::Tall, view.to())
        .text(TextSize::Plain, theirs.with("staff-slip-title", &[("n", view.places.len().into())]))
        .qr(code.token.expose())
        .text(TextSize::Plain, theirs.t("staff-slip-where"))
        .text(TextSize::Tall, view.places(theirs))
        .text(TextSize::Plain, theirs.t("staff-slip-keypad"))
        .text(TextSize::Large, printing::grouped(&view.person.keypad, 4))
        .text(TextSize::Plain, theirs.t("staff-slip-pin"))
        .text(TextSize::Large, printing::grouped(digits, 3))
        .rule()
        .text(TextSize::Plain, theirs.t("staff-slip-how"))
        .text(TextSize::Plain, &view.help)
}

/// After the printer said that the slip is on paper: the code is there and nowhere else.
fn on_its_way(view: &Telling, outcome: &PrintOutcome, say: Say) -> Markup {
    html! {
        (listing::page_title(&say.t("staff-slip-made"), Some(&view.to()), html! {
            (button_primary(&say.t("staff-slip-done"), Press::Follow("/staff")))
        }))
        (printing::said(outcome, say))
    }
}

async fn telling(desk: &Desk, id: PersonId) -> Result<Telling, Fault> {
    let (zone, now) = desk.read(|site, now| (site.policy.zone.clone(), now)).await?;
    let known = move |tables: &rusqlite::Connection| {
        Ok((roster::person(tables, id)?, super::super::help_words(tables, (&zone, now))?))
    };
    let (person, help) = desk.query(known).await?;
    let person = person.ok_or(Refusal::NotFound)?;
    let places =
        move |site: &Site, _| site.custody.waiting_for(id).map(|(_, p)| p.custodian).collect::<Vec<_>>();
    let places = desk.read(places).await?;
    let mut wanted = Wanted::default();
    wanted.units.insert(person.unit);
    Ok(Telling { person, places, help, names: desk.names(wanted).await? })
}

/// `GET /staff/tell/{task}`
pub async fn of_task(desk: Desk, Path(task): Path<TaskId>) -> Result<Markup, Fault> {
    let whom = move |site: &Site, _| match site.tasks.open.get(&task)?.what {
        TaskKind::Tell { person } | TaskKind::BadAddress { person } => Some(person),
        _ => None,
    };
    let person = desk.read(whom).await?.ok_or(Refusal::NotFound)?;
    for_person(desk, Path(person)).await
}

/// `GET /staff/tell/person/{id}`
pub async fn for_person(desk: Desk, Path(person): Path<PersonId>) -> Result<Markup, Fault> {
    let view = telling(&desk, person).await?;
    let title = desk.say.with("staff-tell-title", &[("who", view.person.full_name().into())]);
    let offer = printing::offer(&desk, PrinterUse::Slips, "staff-tell-print-on");
    Ok(desk.page(Section::Needs, &title, question(&view, desk.say, &desk.csrf, offer.as_deref())))
}

/// `POST /staff/tell/person/{id}`
pub async fn reveal(
    desk: Desk,
    Path(person): Path<PersonId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    let view = telling(&desk, person).await?;
    let (_, revealed) = desk.ask(Command::RevealCode { person }).await?;
    let code = revealed.first().ok_or(Refusal::NotFound)?;
    let sheet = || vec![on_paper(&view, code, &desk.site_name)];
    let outcome = printing::print(&desk, PrinterUse::Slips, &Fields(fields), sheet).await;
    let shown = match &outcome {
        Some(outcome) if outcome.is_certain() => on_its_way(&view, outcome, desk.say),
        outcome => html! {
            @if let Some(outcome) = outcome { (printing::said(outcome, desk.say)) }
            (slip(&view, code, (&desk.site_name, desk.say)))
        },
    };
    Ok(desk.page(Section::Needs, &desk.say.t("staff-slip-made"), shown))
}
