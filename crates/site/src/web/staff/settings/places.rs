//! Places without a lock: the desk's hours, shelves, drop places.
//!
//! Owns: their part of the settings page. Never: compartments; those are under Banks.

use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::{Command, Refusal};

use super::super::couriers::{week_fields, week_from};
use super::super::desk_page::{Act, Desk, Fields};
use super::super::say::Say;
use super::super::story::hours_in_words;
use super::SettingsView;
use crate::look::form::{self, Field, FieldKind};
use crate::look::{Press, button_secondary, listing};
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
        (listing::section(&say.t("staff-settings-desk"), listing::card(html! {
            p { (say.with("staff-desk-hours-now", &[("hours", hours_in_words(&view.desk_hours, say).into())])) }
            (form::form("/staff/settings/desk-hours", csrf, html! {
                (form::checkbox("none", &say.t("staff-desk-none"), view.desk_hours.is_empty()))
                (week_fields(say, &view.desk_hours))
                (button_secondary(&say.t("staff-save"), Press::Submit))
            }))
        })))
        (listing::section(&say.t("staff-settings-shelves"), listing::card(named("/staff/settings/shelves", &say.t("staff-shelf"), &view.shelves, &say.t("staff-shelves-hint")))))
        (listing::section(&say.t("staff-settings-areas"), listing::card(named("/staff/settings/drop-places", &say.t("staff-drop-place"), &view.areas, &say.t("staff-areas-hint")))))
    }
}

const BACK: &str = "/staff/settings";

/// `POST /staff/settings/desk-hours`
pub async fn desk_hours(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let fields = Fields(fields);
    let hours = if fields.ticked("none") {
        Vec::new()
    } else {
        let window = week_from(&fields);
        vec![window.ok_or_else(|| Refusal::Invalid { why: desk.say.t("staff-invalid-hours") })?]
    };
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
