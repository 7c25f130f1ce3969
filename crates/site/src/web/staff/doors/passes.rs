//! Passes: single-use codes for doors, for a visitor or one delivery.
//!
//! Owns: `/staff/passes`. Never: a code in the list; it is shown once, on the page that issued it.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::BTreeSet;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::credential::pass::{OTHER_DOORS_WITHIN, Pass, PassKind};
use vestibule_core::time::WeekWindow;
use vestibule_core::{Command, CredentialId, Refusal, Span, UnitId};

use super::super::blocks::{ask_and_post, back, unfold};
use super::super::desk_page::{Act, Desk, Fields, Section};
use super::super::names::{Names, Wanted};
use super::super::printing;
use super::super::say::Say;
use super::super::story::hours_in_words;
use super::super::times;
use super::{one, windows};
use crate::config::PrinterUse;
use crate::directory::lookup::{self, UnitText};
use crate::handle::Revealed;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing;
use crate::look::message::{self, NoticeKind};
use crate::look::{Button, Icon, Post, Press, button_primary, button_quiet, button_secondary, paper};
use crate::runners::printing::PrintOutcome;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// How long a pass holds unless staff say otherwise.
const USUAL: Span = Span::days(1);
const ALWAYS: WeekWindow = WeekWindow { days: 0x7F, from: 0, to: 1440 };

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Passes {
    /// What the button says that makes a pass and prints it; None: the browser prints.
    pub offer: Option<String>,
    /// Those that can still be used, newest first.
    pub passes: Vec<(CredentialId, Pass)>,
    /// Whether this reader may issue and end them.
    pub may_issue: bool,
    /// Names.
    pub names: Names,
}

/// How long a pass opens its other doors after the first, in minutes.
fn other_doors_minutes() -> i64 {
    OTHER_DOORS_WITHIN.0 / Span::minutes(1).0
}

/// The page.
pub fn content(view: &Passes, say: Say, csrf: &str) -> Markup {
    html! {
        (back("/staff/doors", &say.t("staff-passages-title")))
        (listing::page_title(&say.t("staff-passes-title"), Some(&say.with("staff-passes-lead", &[("minutes", other_doors_minutes().into())])), html! {}))
        @if view.may_issue && !view.names.points.is_empty() {
            div class="asks" { (unfold(&say.t("staff-pass-new"), new_pass(view, say, csrf))) }
        }
        @if view.passes.is_empty() { (message::empty(&say.t("staff-passes-empty-title"), &say.t("staff-passes-empty"), None)) }
        @else { (table(view, say, csrf)) }
    }
}

fn table(view: &Passes, say: Say, csrf: &str) -> Markup {
    let heads = ["what", "opens", "hours", "until", "acts"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let names = &view.names;
    let row = |(id, pass): &(CredentialId, Pass)| {
        let end = format!("/staff/passes/{id}/end");
        let doors: Vec<String> = pass.doors.iter().map(|door| names.passage(say, door.point)).collect();
        vec![
            html! { (kind_words(pass.kind, say)) @if let Some(unit) = pass.unit { ", " (names.unit(say, unit)) } },
            html! { (doors.join(", ")) },
            html! { (hours_in_words(&pass.windows, say)) },
            html! { (times::date(say, pass.expires, &names.zone)) },
            html! { @if view.may_issue {
                (ask_and_post(&say.t("staff-pass-end"), &say.t("staff-pass-end-question"), &Post::page(&end, csrf)))
            } },
        ]
    };
    listing::table(&say.t("staff-passes-title"), &heads, &view.passes.iter().map(row).collect::<Vec<_>>())
}

fn kind_words(kind: PassKind, say: Say) -> String {
    say.t(match kind {
        PassKind::Visitor => "staff-pass-visitor",
        PassKind::Delivery => "staff-pass-delivery",
    })
}

fn new_pass(view: &Passes, say: Say, csrf: &str) -> Markup {
    let (visitor, delivery) = (say.t("staff-pass-visitor"), say.t("staff-pass-delivery"));
    let kinds = [("visitor", visitor.as_str()), ("delivery", delivery.as_str())];
    let until = times::date_field(view.names.now + USUAL, &view.names.zone);
    form::form(
        "/staff/passes",
        csrf,
        html! {
            (form::radios("kind", &say.t("staff-pass-for"), "visitor", &kinds))
            (form::field(&Field::new("unit", &say.t("staff-pass-unit"), FieldKind::Text).hint(&say.t("staff-pass-unit-hint"))))
            (one::door_boxes(&view.names, &BTreeSet::new(), say))
            (windows::fields(say, &[ALWAYS]))
            (form::field(&Field::new("until", &say.t("staff-code-until"), FieldKind::Date).value(&until).required()))
            (button_primary(&say.t("staff-pass-new-do"), Press::Submit))
            @if let Some(label) = &view.offer {
                (button_secondary(label, Press::SubmitAs { name: printing::PRINT.0, value: printing::PRINT.1 }))
            }
        },
    )
}

/// A pass just issued, once: its digits, and its picture to print or show.
pub fn issued(
    revealed: &Revealed,
    (title, line): (&str, &str),
    outcome: Option<&PrintOutcome>,
    desk: &Desk,
) -> Markup {
    let say = desk.say;
    let digits = revealed.digits.as_ref().map_or("", |digits| digits.expose());
    html! {
        (listing::page_title(&say.t("staff-pass-issued"), Some(title), html! {
            (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
            (button_quiet(&say.t("staff-code-seen"), Press::Follow("/staff/passes")))
        }))
        @if let Some(outcome) = outcome { (printing::said(outcome, say)) }
        (message::notice_banner(NoticeKind::Warning, &say.t("staff-pass-once")))
        div class="shown-once" {
            p class="hint" { (say.t("staff-pass-digits")) }
            p class="shown-digits" { (paper::code_digits(digits, 3)) }
        }
        @if printing::is_still_to_show(outcome) { div class="sheet" {
            (paper::id_card(&desk.site_name, title, line, paper::qr(&vestibule_notices::qr::qr_svg(revealed.token.expose()), &say.t("staff-pass-qr"))))
        } }
    }
}

/// `GET /staff/passes`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let live = desk.read(|site, _| site.credentials.passes.live.clone()).await?;
    let passes: Vec<_> = live.into_iter().rev().collect();
    let units = passes.iter().filter_map(|(_, pass)| pass.unit).collect();
    let names = desk.names(Wanted { units, ..Wanted::default() }).await?;
    let offer = printing::offer(&desk, PrinterUse::Slips, "staff-badge-print-on");
    let view = Passes { offer, passes, may_issue: desk.may_issue_courier_codes().is_ok(), names };
    let title = desk.say.t("staff-passes-title");
    Ok(desk.page(Section::Doors, &title, content(&view, desk.say, &desk.csrf)))
}

/// The one apartment a text names; none where it is empty.
async fn unit_of(desk: &Desk, text: &str) -> Result<Option<UnitId>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    let invalid = || Refusal::Invalid { why: desk.say.with("staff-invalid-unit", &[("unit", text.into())]) };
    let sought = UnitText::new(text).map_err(|_| invalid())?;
    let found = desk.query(move |tables| lookup::units(tables, &sought)).await?;
    match found.tiles.as_slice() {
        [only] => Ok(Some(only.unit)),
        _ => Err(invalid().into()),
    }
}

/// `POST /staff/passes`
pub async fn issue(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    desk.may_issue_courier_codes()?;
    let fields = Fields(fields);
    let (say, zone) = (desk.say, desk.read(|site, _| site.policy.zone.clone()).await?);
    let invalid = |key: &str| Refusal::Invalid { why: say.t(key) };
    let windows = windows::read(&fields).filter(|windows| !windows.is_empty());
    let windows = windows.ok_or_else(|| invalid("staff-invalid-hours"))?;
    let expires =
        times::end_of_day(fields.get("until"), &zone).ok_or_else(|| invalid("staff-invalid-date"))?;
    let chosen = one::chosen_doors(&fields);
    if chosen.is_empty() {
        return Err(invalid("staff-invalid-doors").into());
    }
    let doors = chosen.iter().map(|point| DoorGrant { point: *point }).collect();
    let kind = if fields.get("kind") == "delivery" { PassKind::Delivery } else { PassKind::Visitor };
    let unit = unit_of(&desk, fields.get("unit")).await?;
    let (_, revealed) = desk.ask(Command::IssuePass { kind, unit, windows, expires, doors }).await?;
    let code = revealed.first().ok_or(Refusal::NotFound)?;
    let names = desk.names(Wanted { units: unit.into_iter().collect(), ..Wanted::default() }).await?;
    let opens: Vec<String> = chosen.iter().map(|point| names.passage(say, *point)).collect();
    let until = times::date(say, expires, &zone);
    let title = kind_words(kind, say);
    let line = [
        ("n", opens.len().into()),
        ("doors", opens.join(", ").into()),
        ("minutes", other_doors_minutes().into()),
        ("until", until.into()),
    ];
    let line = say.with("staff-pass-line", &line);
    let sheet = || vec![printing::card(&desk.site_name, &title, &line, code.token.expose())];
    let outcome = printing::print(&desk, PrinterUse::Slips, &fields, sheet).await;
    let shown = issued(code, (&title, &line), outcome.as_ref(), &desk);
    Ok(desk.page(Section::Doors, &say.t("staff-pass-issued"), shown))
}

/// `POST /staff/passes/{id}/end`
pub async fn end(
    desk: Desk,
    Path(credential): Path<CredentialId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_issue_courier_codes()?;
    desk.act(Act::new(Command::RevokePass { credential }, "/staff/passes", "code-ended")).await
}
