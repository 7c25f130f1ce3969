//! Units and the people who live in them.
//!
//! Owns: `/staff/residents`, `/staff/people`, `/staff/units`. Never: a kiosk's business; what is shown here is for staff alone.

pub mod card;
pub mod import;
pub mod person;
pub mod unit;

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::PersonId;

use super::blocks::{pages, unfold};
use super::desk_page::{Desk, Section};
use super::encoded;
use super::say::Say;
use crate::directory::roster::{self, PersonDetails, UnitLine};
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::{Press, button_secondary, message};
use crate::web::problem::Fault;

const ON_A_PAGE: usize = 60;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A name, an apartment, a mail address.
    pub q: String,
    /// `silent`: those nobody can tell anything.
    pub show: String,
    /// Which page, from 0.
    pub page: usize,
}

/// What was found.
#[derive(Clone, Default)]
pub struct Residents {
    /// Apartments.
    pub units: Vec<UnitLine>,
    /// People.
    pub people: Vec<PersonDetails>,
    /// There are more apartments.
    pub more: bool,
    /// Those nobody can tell anything.
    pub silent: usize,
}

/// The page.
pub fn content(asked: &Asked, view: &Residents, say: Say, csrf: &str) -> Markup {
    let (all, silent) =
        (say.t("staff-residents-all"), say.with("staff-residents-silent", &[("n", view.silent.into())]));
    let is_silent = asked.show == "silent";
    html! {
        (listing::page_title(&say.t("staff-residents-title"), None, html! {
            (button_secondary(&say.t("staff-import-title"), Press::Follow("/staff/import")))
        }))
        (form::search_form("/staff/residents", &say.t("staff-residents-search"), &asked.q, button_secondary(&say.t("staff-search"), Press::Submit)))
        (listing::tabs(&say.t("staff-residents-title"), &[(&all, "/staff/residents", !is_silent), (&silent, "/staff/residents?show=silent", is_silent)]))
        @if is_silent { p class="hint" { (say.t("staff-residents-silent-hint")) } }
        @if !view.people.is_empty() { (people(&view.people, say)) }
        @if !view.units.is_empty() { (units(asked, view, say)) }
        @if view.people.is_empty() && view.units.is_empty() { (nobody(asked, say)) }
        (unfold(&say.t("staff-unit-new"), form::form("/staff/units", csrf, html! {
            (form::field(&Field::new("building", &say.t("staff-building"), FieldKind::Text)))
            (form::field(&Field::new("label", &say.t("staff-apartment"), FieldKind::Text).required()))
            (form::field(&Field::new("keypad", &say.t("staff-keypad"), FieldKind::Text).hint(&say.t("staff-keypad-hint"))))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        })))
    }
}

fn nobody(asked: &Asked, say: Say) -> Markup {
    if asked.show == "silent" {
        return message::done(
            &say.t("staff-residents-none-silent"),
            &say.t("staff-residents-none-silent-text"),
            None,
        );
    }
    if !asked.q.is_empty() {
        let text = say.with("staff-residents-not-found-text", &[("q", asked.q.as_str().into())]);
        return message::empty(&say.t("staff-residents-not-found"), &text, None);
    }
    let next = button_secondary(&say.t("staff-import-title"), Press::Follow("/staff/import"));
    message::empty(&say.t("staff-residents-empty-title"), &say.t("staff-residents-empty"), Some(next))
}

fn units(asked: &Asked, view: &Residents, say: Say) -> Markup {
    let heads = ["unit", "keypad", "people"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |line: &UnitLine| {
        let label = if line.building.is_empty() {
            line.label.clone()
        } else {
            format!("{}, {}", line.label, line.building)
        };
        vec![
            html! { a href={ "/staff/units/" (line.unit) } { (label) } },
            html! { (line.keypad) },
            html! { @if line.people.is_empty() { span class="hint" { (say.t("staff-nobody")) } } @else { div { (names(&line.people)) } } },
        ]
    };
    let rows: Vec<Vec<Markup>> = view.units.iter().map(row).collect();
    let page = |at: usize| format!("/staff/residents?q={}&page={at}", encoded(&asked.q));
    let newer = asked.page.checked_sub(1).map(page);
    let older = view.more.then(|| page(asked.page + 1));
    html! {
        (listing::table(&say.t("staff-residents-title"), &heads, &rows))
        (pages(say, newer.as_deref(), older.as_deref()))
    }
}

fn names(people: &[(PersonId, String)]) -> Markup {
    html! {
        @for (at, (person, name)) in people.iter().enumerate() {
            @if at > 0 { ", " }
            a href={ "/staff/people/" (person) } { (name) }
        }
    }
}

/// People in a table, with what stands against telling them something.
pub fn people(people: &[PersonDetails], say: Say) -> Markup {
    let heads = ["name", "unit", "reached-by", "remarks"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = people.iter().map(|person| person_row(person, say)).collect();
    listing::table(&say.t("staff-people"), &heads, &rows)
}

fn person_row(person: &PersonDetails, say: Say) -> Vec<Markup> {
    let channels: Vec<&str> = person.email.iter().chain(&person.phone).map(String::as_str).collect();
    vec![
        html! { a href={ "/staff/people/" (person.person) } { (person.full_name()) } },
        html! { (person.label) },
        html! { (channels.join(", ")) },
        remarks(person, say),
    ]
}

/// Short words about a person.
pub fn remarks(person: &PersonDetails, say: Say) -> Markup {
    let marks = [
        (person.left_at.is_some(), Tone::Plain, "staff-mark-left"),
        (person.bad_address, Tone::Danger, "staff-mark-bad-address"),
        (person.email.is_none(), Tone::Warning, "staff-mark-no-mail"),
        (person.reach, Tone::Accent, "staff-mark-reach"),
        (person.hidden, Tone::Plain, "staff-mark-hidden"),
    ];
    html! { span class="tags" { @for (_, tone, key) in marks.iter().filter(|(is, ..)| *is) { (listing::tag(*tone, &say.t(key))) " " } } }
}

fn look(tables: &rusqlite::Connection, asked: &Asked) -> rusqlite::Result<Residents> {
    let without = roster::without_channel(tables, false)?;
    let silent = without.len();
    if asked.show == "silent" {
        return Ok(Residents { people: without, silent, ..Residents::default() });
    }
    if !asked.q.trim().is_empty() {
        let hits = roster::search(tables, &asked.q)?;
        return Ok(Residents { units: hits.units, people: hits.people, silent, more: false });
    }
    let all = roster::units(tables)?;
    let more = all.len() > (asked.page + 1) * ON_A_PAGE;
    let units = all.into_iter().skip(asked.page * ON_A_PAGE).take(ON_A_PAGE).collect();
    Ok(Residents { units, people: Vec::new(), more, silent })
}

/// `GET /staff/residents`
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let looked = asked.clone();
    let view = desk.query(move |tables| look(tables, &looked)).await?;
    let title = desk.say.t("staff-residents-title");
    Ok(desk.page(Section::Residents, &title, content(&asked, &view, desk.say, &desk.csrf)))
}
