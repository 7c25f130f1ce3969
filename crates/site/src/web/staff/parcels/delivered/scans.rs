//! Entries, deposits and claims of each company beside each other: who comes in and scans nothing.
//!
//! Owns: `/staff/delivered/carriers`. Never: a judgement; a company that rings instead of typing has no entries of its own.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use vestibule_core::{CarrierId, Span, Timestamp};

use super::super::super::blocks::back;
use super::super::super::desk_page::{Desk, Section};
use super::super::super::names::{Names, Wanted};
use super::super::super::say::Say;
use super::{DELIVERED, waits};
use crate::directory::claims::{Scans, by_carrier};
use crate::look::{listing, message};
use crate::web::problem::Fault;

/// How many days are looked at.
const DAYS: [u16; 3] = [7, 30, 90];

/// How many days are asked for.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    days: u16,
}

/// The page.
pub fn content(all: &BTreeMap<Option<CarrierId>, Scans>, days: u16, (names, say): (&Names, Say)) -> Markup {
    let heads = [
        "staff-head-carrier",
        "staff-scans-entries",
        "staff-scans-deposits",
        "staff-scans-without",
        "staff-scans-claims",
        "staff-scans-unscanned",
    ]
    .map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |(carrier, scans): (&Option<CarrierId>, &Scans)| {
        vec![
            html! { (names.carrier(say, *carrier)) },
            html! { (scans.entries) },
            html! { (scans.deposits) },
            html! { (scans.without_scan) },
            html! { (scans.claims) },
            html! { (scans.unscanned) },
        ]
    };
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    let links = DAYS.map(|n| {
        (
            say.with("staff-scans-days", &[("n", u32::from(n).into())]),
            format!("{DELIVERED}/carriers?days={n}"),
            n == days,
        )
    });
    let links: Vec<(&str, &str, bool)> =
        links.iter().map(|(text, url, current)| (text.as_str(), url.as_str(), *current)).collect();
    html! {
        (back(DELIVERED, &say.t("staff-claims-title")))
        (listing::page_title(&say.t("staff-scans-title"), Some(&say.t("staff-scans-lead")), html! {}))
        (listing::tabs(&say.t("staff-scans-title"), &links))
        @if rows.is_empty() { (message::empty(&say.t("staff-scans-empty-title"), &say.t("staff-scans-empty"), None)) }
        @else { (listing::table(&say.t("staff-scans-title"), &heads, &rows)) }
        p class="hint" { (say.t("staff-scans-without-hint")) }
        p class="hint" { (say.t("staff-scans-hint")) }
    }
}

/// `GET /staff/delivered/carriers`
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let days = DAYS.into_iter().find(|days| *days == asked.days).unwrap_or(30);
    let names = desk.names(Wanted::default()).await?;
    let to = Timestamp(names.now.0 + 1);
    let from = Timestamp(to.0 - Span::days(i64::from(days)).0);
    let all = desk.query(move |tables| by_carrier(tables, (from, to))).await?;
    let times = desk.read(|site, _| site.policy.claims.clone()).await?;
    let say = desk.say;
    let shown = html! {
        (content(&all, days, (&names, say)))
        @if desk.may_set().is_ok() {
            (listing::section(&say.t("staff-waits-title"), listing::card(waits::content(&times, &names, (say, &desk.csrf)))))
        }
    };
    Ok(desk.page(Section::Parcels, &desk.say.t("staff-scans-title"), shown))
}
