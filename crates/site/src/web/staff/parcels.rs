//! Parcels: search over all of them, live and past.
//!
//! Owns: `/staff/parcels`. Never: a code; what a label says is a claim and shown as one.

pub mod acts;
pub mod adopting;
pub mod classes;
pub mod delivered;
pub mod drop;
pub mod evidence;
pub mod holds;
pub mod incident;
pub mod one;
pub mod pack;
pub mod photos;

use axum::extract::Query;
use maud::{Markup, html};
use rusqlite::{Connection, params};
use serde::Deserialize;

use super::blocks::pages;
use super::desk_page::{Desk, Section};
use super::history::{PAST, PastParcel, past};
use super::names::{Names, Wanted, parcel as parcel_n};
use super::say::Say;
use super::{encoded, times};
use crate::directory::fold;
use crate::look::listing::{self, Tone};
use crate::look::{Press, button_primary, button_secondary, form, message};
use crate::web::problem::Fault;

const ON_A_PAGE: usize = 50;

/// Which parcels are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Not over.
    #[default]
    Live,
    /// Over.
    Past,
    /// At the desk.
    Desk,
}

impl Show {
    fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Past => "past",
            Self::Desk => "desk",
        }
    }

    fn condition(self) -> &'static str {
        match self {
            Self::Live => "p.ended_at IS NULL",
            Self::Past => "p.ended_at IS NOT NULL",
            Self::Desk => "p.custodian = 'staff'",
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A fragment of a tracking number, an apartment, a name or a parcel's number.
    pub q: String,
    /// Which parcels.
    pub show: Show,
    /// Only those with smaller numbers.
    pub before: Option<u64>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// At most a page of them, newest first.
    pub parcels: Vec<PastParcel>,
    /// There are older ones.
    pub more: bool,
}

/// Searches; signs that mean something to a database mean nothing here.
///
/// # Errors
/// What SQLite says.
pub fn search(tables: &Connection, asked: &Asked) -> rusqlite::Result<Found> {
    let text = asked.q.trim();
    let tracking: String =
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let tracking = if tracking.len() < 4 { String::new() } else { tracking };
    let name = fold::name(text);
    let sql = format!(
        "{PAST} WHERE {} AND p.parcel < ?1 AND (?2 = '' OR p.parcel = ?3 \
         OR (?4 <> '' AND instr(upper(replace(replace(l.tracking, ' ', ''), '-', '')), ?4) > 0) \
         OR (?5 <> '' AND p.unit IN (SELECT unit FROM unit WHERE folded = ?5 OR keypad = ?5)) \
         OR (length(?6) > 2 AND p.unit IN (SELECT unit FROM person \
             WHERE instr(' ' || replace(folded, ',', ' '), ' ' || ?6) > 0)) \
         OR (length(?6) > 2 AND instr(lower(l.addressed_to), ?6) > 0)) \
         ORDER BY p.parcel DESC LIMIT ?7",
        asked.show.condition()
    );
    let number: i64 = text.trim_start_matches('#').parse().unwrap_or(-1);
    let before = asked.before.map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX));
    let most = i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX);
    let values = params![before, text, number, tracking, fold::unit_label(text), name, most];
    let mut statement = tables.prepare_cached(&sql)?;
    let mut parcels: Vec<PastParcel> = statement.query_map(values, past)?.collect::<rusqlite::Result<_>>()?;
    let more = parcels.len() > ON_A_PAGE;
    parcels.truncate(ON_A_PAGE);
    Ok(Found { parcels, more })
}

/// The list.
pub fn content(asked: &Asked, found: &Found, names: &Names, say: Say) -> Markup {
    let url = |show: Show| format!("/staff/parcels?show={}&q={}", show.word(), encoded(&asked.q));
    let (live, desk, past) = (url(Show::Live), url(Show::Desk), url(Show::Past));
    let (live_label, desk_label, past_label) =
        (say.t("staff-parcels-live"), say.t("staff-parcels-desk"), say.t("staff-parcels-past"));
    let tabs = [
        (live_label.as_str(), live.as_str(), asked.show == Show::Live),
        (desk_label.as_str(), desk.as_str(), asked.show == Show::Desk),
        (past_label.as_str(), past.as_str(), asked.show == Show::Past),
    ];
    let actions = html! {
        (button_secondary(&say.t("staff-incident-title"), Press::Follow("/staff/incident")))
        (button_secondary(&say.t("staff-claims-title"), Press::Follow("/staff/delivered")))
        (button_primary(&say.t("staff-intake-title"), Press::Follow("/staff/desk")))
    };
    let search = button_secondary(&say.t("staff-search"), Press::Submit);
    html! {
        (listing::page_title(&say.t("staff-parcels-title"), None, actions))
        (form::search_form("/staff/parcels", &say.t("staff-parcels-search"), &asked.q, html! {
            input type="hidden" name="show" value=(asked.show.word()); (search)
        }))
        (listing::tabs(&say.t("staff-parcels-title"), &tabs))
        (list(asked, found, names, say))
    }
}

fn list(asked: &Asked, found: &Found, names: &Names, say: Say) -> Markup {
    if found.parcels.is_empty() {
        let key = if asked.q.trim().is_empty() { "staff-parcels-none" } else { "staff-parcels-not-found" };
        let text = say.with(&format!("{key}-text"), &[("q", asked.q.trim().into())]);
        return message::empty(&say.t(key), &text, None);
    }
    let heads = ["parcel", "unit", "where", "state", "since"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = found.parcels.iter().map(|parcel| row(parcel, names, say)).collect();
    let last = found.parcels.last().map_or(0, |parcel| parcel.line.id.0);
    let query = format!("/staff/parcels?show={}&q={}", asked.show.word(), encoded(&asked.q));
    let older = found.more.then(|| format!("{query}&before={last}"));
    let newer = asked.before.is_some().then_some(query);
    html! {
        (listing::table(&say.t("staff-parcels-title"), &heads, &rows))
        (pages(say, newer.as_deref(), older.as_deref()))
    }
}

fn row(parcel: &PastParcel, names: &Names, say: Say) -> Vec<Markup> {
    let line = &parcel.line;
    let unit = line.unit.map_or_else(|| say.t("staff-to-be-assigned"), |unit| names.unit_label(unit));
    let (tone, key) = state(parcel);
    vec![
        html! {
            a href={ "/staff/parcels/" (line.id) } { (parcel_n(say, line.id)) }
            p class="hint" { (names.carrier(say, line.carrier)) @if let Some(tracking) = &parcel.tracking { " " (tracking) } }
        },
        html! { (unit) },
        html! { (names.custodian(say, line.custodian)) },
        listing::tag(tone, &say.t(key)),
        html! { (times::moment(say, line.since, (&names.zone, names.now))) },
    ]
}

/// One word on where a parcel stands.
pub fn state(parcel: &PastParcel) -> (Tone, &'static str) {
    use vestibule_core::custody::Custodian;
    match parcel.line.custodian {
        Custodian::Courier(_) => (Tone::Plain, "staff-is-on-the-way"),
        Custodian::Compartment(_) | Custodian::Shelf(_) | Custodian::CommonArea(_) => {
            (Tone::Accent, "staff-is-waiting")
        }
        Custodian::Staff(_) => (Tone::Accent, "staff-is-at-desk"),
        Custodian::Recipient(_) => (Tone::Good, "staff-is-collected"),
        Custodian::Carrier(_) => (Tone::Plain, "staff-is-returned"),
        Custodian::Missing { .. } => (Tone::Danger, "staff-is-missing"),
        Custodian::WrittenOff => (Tone::Plain, "staff-is-written-off"),
    }
}

/// `GET /staff/parcels`
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let looked = asked.clone();
    let found = desk.query(move |tables| search(tables, &looked)).await?;
    let mut wanted = Wanted::default();
    for parcel in &found.parcels {
        wanted.units.extend(parcel.line.unit);
        wanted.custodian(parcel.line.custodian);
    }
    let names = desk.names(wanted).await?;
    let title = desk.say.t("staff-parcels-title");
    Ok(desk.page(Section::Parcels, &title, content(&asked, &found, &names, desk.say)))
}
