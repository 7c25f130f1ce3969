//! *Carrier says delivered, nobody scanned*: what is waited for, what is overdue, what was found and what explained.
//!
//! ```text
//! telling    numbers that staff paste, and the text of a carrier's message
//! one        one claim: it is here, the carrier is asked, it is not here
//! letter     the letter to the carrier, on paper
//! scans      entries, deposits and claims of each company
//! waits      how long is waited, and which carriers hand on
//! ```
//! Owns: `/staff/delivered`. Never: a rule on what is overdue.

pub mod letter;
pub mod one;
pub mod scans;
pub mod telling;
pub mod waits;

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::custody::delivered::ClaimSource;
use vestibule_core::{CarrierId, ClaimId};

use super::super::blocks::{back, pages, unfold};
use super::super::desk_page::{Desk, Section};
use super::super::names::{Names, Wanted};
use super::super::say::Say;
use super::super::times;
use crate::directory::claims::{ClaimLine, Show, list, open};
use crate::look::listing::{self, Tone};
use crate::look::{Press, button_secondary, message};
use crate::web::problem::Fault;

/// Where the list is.
pub(super) const DELIVERED: &str = "/staff/delivered";
const ON_A_PAGE: u32 = 50;

/// Which are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Of which kind.
    pub show: Show,
    /// Only those with smaller numbers.
    pub before: Option<u64>,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// Which are listed.
    pub asked: Asked,
    /// At most a page of them, newest first.
    pub claims: Vec<ClaimLine>,
    /// There are older ones.
    pub more: bool,
    /// How many are overdue and how many waited for.
    pub open: (usize, usize),
    /// What was just told and came to nothing.
    pub left: telling::Left,
    /// Names.
    pub names: Names,
}

/// The page.
pub fn content(view: &Delivered, say: Say, csrf: &str) -> Markup {
    let carriers: Vec<(CarrierId, String)> =
        view.names.carriers.iter().map(|(id, name)| (*id, name.clone())).collect();
    html! {
        (back("/staff/parcels", &say.t("staff-parcels-title")))
        (listing::page_title(&say.t("staff-claims-title"), Some(&say.t("staff-claims-lead")),
            button_secondary(&say.t("staff-claims-scans"), Press::Follow("/staff/delivered/carriers"))))
        (telling::said(&view.left, say))
        div class="asks" {
            (unfold(&say.t("staff-claims-add"), telling::numbers_form(&view.left, &carriers, (say, csrf))))
            (unfold(&say.t("staff-claims-message"), telling::message_form(say, csrf)))
        }
        (tabs(view, say))
        @if view.claims.is_empty() {
            (message::empty(&say.t("staff-claims-empty-title"), &say.t(&format!("staff-claims-empty-{}", view.asked.show.word())), None))
        } @else { (table(view, say)) }
    }
}

fn tabs(view: &Delivered, say: Say) -> Markup {
    let (overdue, waiting) = view.open;
    let word = |show: Show| {
        let text = say.t(&format!("staff-claims-show-{}", show.word()));
        match show {
            Show::Overdue if overdue > 0 => format!("{text} ({overdue})"),
            Show::Waiting if waiting > 0 => format!("{text} ({waiting})"),
            _ => text,
        }
    };
    let links: Vec<(String, String, bool)> = Show::ALL
        .iter()
        .map(|show| (word(*show), format!("{DELIVERED}?show={}", show.word()), *show == view.asked.show))
        .collect();
    let links: Vec<(&str, &str, bool)> =
        links.iter().map(|(text, url, current)| (text.as_str(), url.as_str(), *current)).collect();
    listing::tabs(&say.t("staff-claims-title"), &links)
}

fn table(view: &Delivered, say: Say) -> Markup {
    let heads = ["staff-claims-head-number", "staff-head-unit", "staff-claims-head-said", "staff-head-state"]
        .map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = view.claims.iter().map(|claim| row(claim, &view.names, say)).collect();
    let last = view.claims.last().filter(|_| view.more).map(|claim| claim.claim);
    let older = last.map(|claim| format!("{DELIVERED}?show={}&before={claim}", view.asked.show.word()));
    html! {
        (listing::table(&say.t("staff-claims-title"), &heads, &rows))
        (pages(say, None, older.as_deref()))
    }
}

/// The number of a claim, as long as it is kept.
pub(super) fn number(claim: &ClaimLine, say: Say) -> String {
    claim
        .tracking
        .clone()
        .unwrap_or_else(|| say.with("staff-claims-n", &[("n", claim.claim.to_string().into())]))
}

/// Who says that something was delivered, in words.
pub fn source_words(source: ClaimSource, say: Say) -> String {
    say.t(&format!("staff-claims-by-{}", source.word().replace('_', "-")))
}

/// The company, as the site or else as somebody called it.
pub(super) fn company(claim: &ClaimLine, names: &Names, say: Say) -> String {
    match (claim.carrier, &claim.company) {
        (None, Some(called)) => called.clone(),
        (carrier, _) => names.carrier(say, carrier),
    }
}

fn row(claim: &ClaimLine, names: &Names, say: Say) -> Vec<Markup> {
    let unit = claim.unit.map_or_else(|| say.t("staff-none"), |unit| names.unit_label(unit));
    let source = claim.source.map(|source| source_words(source, say));
    vec![
        html! {
            a href={ (DELIVERED) "/" (claim.claim) } { (number(claim, say)) }
            p class="hint" { (company(claim, names, say)) }
        },
        html! { (unit) },
        html! {
            (times::moment(say, claim.at, (&names.zone, names.now)))
            @if let Some(source) = source { p class="hint" { (source) } }
        },
        state(claim, names, say),
    ]
}

/// How far it is.
pub(super) fn state(claim: &ClaimLine, names: &Names, say: Say) -> Markup {
    let until = times::moment(say, claim.until, (&names.zone, names.now));
    let until = [("until", until.into())];
    let (tone, words) = match claim.standing.as_str() {
        "waiting" => (Tone::Plain, say.with("staff-claims-is-waiting", &until)),
        "asked" => (Tone::Warning, say.with("staff-claims-is-asked", &until)),
        "met" => (Tone::Good, say.t("staff-claims-is-met")),
        "found" => (Tone::Good, say.t("staff-claims-is-found")),
        "explained" => {
            let why = claim.why.map_or("other", |why| why.word()).replace('_', "-");
            (Tone::Accent, say.t(&format!("staff-claims-why-{why}")))
        }
        _ => (Tone::Danger, say.t("staff-claims-is-due")),
    };
    listing::tag(tone, &words)
}

/// Reads what the page shows.
///
/// # Errors
/// As reading.
pub(super) async fn view(desk: &Desk, asked: Asked, left: telling::Left) -> Result<Delivered, Fault> {
    let (show, before) = (asked.show, asked.before.map(ClaimId));
    let tables = move |tables: &rusqlite::Connection| {
        let claims = list(tables, show, (before, ON_A_PAGE + 1))?;
        Ok((claims, (open(tables, Show::Overdue)?, open(tables, Show::Waiting)?)))
    };
    let (mut claims, open) = desk.query(tables).await?;
    let more = claims.len() > ON_A_PAGE as usize;
    claims.truncate(ON_A_PAGE as usize);
    let mut wanted = Wanted::default();
    wanted.units.extend(claims.iter().filter_map(|claim| claim.unit));
    let names = desk.names(wanted).await?;
    Ok(Delivered { asked, claims, more, open, left, names })
}

/// `GET /staff/delivered`
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let view = view(&desk, asked, telling::Left::default()).await?;
    let title = desk.say.t("staff-claims-title");
    Ok(desk.page(Section::Parcels, &title, content(&view, desk.say, &desk.csrf)))
}

#[cfg(test)]
mod tests;
