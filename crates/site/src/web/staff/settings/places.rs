//! Places without a lock: the desk's hours, shelves, drop places.
//!
//! Owns: their part of the settings page. Never: compartments; those are under Banks.

use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::{Command, Refusal};

use super::super::blocks::unfold;
use super::super::couriers::{week_fields, week_from};
use super::super::desk_page::{Act, Desk, Fields};
use super::super::say::Say;
use super::super::story::hours_in_words;
use super::SettingsView;
use crate::look::form::{self, Field, FieldKind};
use crate::look::{Press, button_quiet, button_secondary, listing};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// Desk hours, shelves, drop places.
pub fn content(view: &SettingsView, say: Say, csrf: &str) -> Markup {
    let named = |url: &str, label: &str, list: &[String], hint: &str| {
        html! {
            p class="hint" { (hint) }
            @if !list.is_empty() { ul class="plain-list" { @for name in list { li { (name) } } } }
            (form::form(url, csrf, html! {
                (form::field(&Field::new("label", label, FieldKind::Text).required()))
                (button_secondary(&say.t("staff-add"), Press::Submit))
            }))
        }
    };
    html! {
        (listing::section(&say.t("staff-settings-desk"), listing::card(desk_hours(view, say, csrf))))
        section class="section" id="shelves" { h2 { (say.t("staff-settings-shelves")) } (listing::card(named("/staff/settings/shelves", &say.t("staff-shelf"), &view.shelves, &say.t("staff-shelves-hint")))) }
        @if !view.shelves.is_empty() { p { (button_quiet(&say.t("staff-shelf-labels"), Press::Follow("/staff/shelves/labels"))) } }
        (listing::section(&say.t("staff-settings-areas"), listing::card(named("/staff/settings/drop-places", &say.t("staff-drop-place"), &view.areas, &say.t("staff-areas-hint")))))
    }
}

fn desk_hours(view: &SettingsView, say: Say, csrf: &str) -> Markup {
    html! {
        @if view.desk_hours.is_empty() { p { (say.t("staff-desk-none")) } }
        ul class="plain-list" { @for (at, window) in view.desk_hours.iter().enumerate() {
            li {
                (hours_in_words(std::slice::from_ref(window), say)) " "
                form class="posting" method="post" action="/staff/settings/desk-hours/remove" {
                    (form::csrf_field(csrf)) input type="hidden" name="at" value=(at);
                    (button_quiet(&say.t("staff-remove"), Press::Submit))
                }
            }
        } }
        (unfold(&say.t("staff-desk-hours-add"), form::form("/staff/settings/desk-hours", csrf, html! {
            (week_fields(say, &[]))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        })))
    }
}

const BACK: &str = "/staff/settings";

/// `POST /staff/settings/desk-hours`
pub async fn add_desk_hours(
    desk: Desk,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let window = week_from(&Fields(fields));
    let window = window.ok_or_else(|| Refusal::Invalid { why: desk.say.t("staff-invalid-hours") })?;
    let mut hours = desk.read(|site, _| site.layout.desk_hours.clone()).await?;
    hours.push(window);
    desk.act(Act::new(Command::SetDeskHours { hours }, BACK, "saved")).await
}

/// `POST /staff/settings/desk-hours/remove`
pub async fn remove_desk_hours(
    desk: Desk,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let mut hours = desk.read(|site, _| site.layout.desk_hours.clone()).await?;
    let at = Fields(fields).number::<usize>("at").filter(|at| *at < hours.len());
    hours.remove(at.ok_or(Refusal::NotFound)?);
    desk.act(Act::new(Command::SetDeskHours { hours }, BACK, "saved")).await
}

/// `POST /staff/settings/shelves`
pub async fn shelf(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let label = Fields(fields).get("label").to_owned();
    desk.act(Act::new(Command::InstallShelf { label }, BACK, "saved")).await
}

/// `POST /staff/settings/drop-places`
pub async fn area(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let label = Fields(fields).get("label").to_owned();
    desk.act(Act::new(Command::NameDropPlace { label }, BACK, "saved")).await
}
