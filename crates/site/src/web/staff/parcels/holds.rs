//! Holds on all photos of a parcel or of an entry, those to come too: set and ended on its own page and on that of its incident.
//!
//! Owns: `hold` and `release` under `/staff/parcels/{id}` and `/staff/entries/{id}`, and what a form that holds asks. Never: says
//! what a hold keeps; the rules do.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::evidence::{Held, HoldReason, LegalHold};
use vestibule_core::{Command, EntryId, ParcelId, Refusal, Timestamp};

use super::super::blocks::unfold;
use super::super::desk_page::{Act, Desk, Fields};
use super::super::names::Names;
use super::super::say::Say;
use super::super::story::hold_word;
use super::super::times;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::{Post, Press, button_quiet, button_secondary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

const REASONS: [HoldReason; 4] =
    [HoldReason::Police, HoldReason::Claim, HoldReason::Dispute, HoldReason::Other];

/// The word by which a form says that it stands on the page of the incident.
const INCIDENT: &str = "incident";

/// How it stands with one parcel or entry.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Whose photos.
    pub what: Held,
    /// What holds them now.
    pub hold: Option<LegalHold>,
    /// Whether this reader may hold them.
    pub may_hold: bool,
}

impl Standing {
    /// As it stands now.
    ///
    /// # Errors
    /// The site is leaving.
    pub async fn of(desk: &Desk, what: Held) -> Result<Self, Fault> {
        let hold = desk.read(move |site, _| site.evidence.holds.get(&what).copied()).await?;
        Ok(Self { what, hold, may_hold: desk.may_hold_evidence().is_ok() })
    }
}

/// The section, on its own page or on that of the incident.
pub fn section(standing: &Standing, is_incident: bool, (names, say, csrf): (&Names, Say, &str)) -> Markup {
    let at = page_of(standing.what);
    let (hold, release) = (format!("{at}/hold"), format!("{at}/release"));
    let from = if is_incident { INCIDENT } else { "" };
    let label = say.t(if standing.hold.is_some() { "staff-hold-again" } else { "staff-hold-all" });
    listing::section(
        &say.t("staff-hold-title"),
        html! {
            p class="hint" { (say.t("staff-hold-lead")) }
            @if let Some(hold) = &standing.hold { p { (listing::tag(Tone::Accent, &in_words(hold, names, say))) } }
            @if standing.may_hold {
                div class="asks" {
                    (unfold(&label, form::form(&hold, csrf, html! {
                        input type="hidden" name="from" value=(from);
                        (fields(say))
                        (button_secondary(&say.t("staff-photo-hold-do"), Press::Submit))
                    })))
                    @if standing.hold.is_some() {
                        (button_quiet(&say.t("staff-photo-release"), Press::Post(&Post::page(&release, csrf).with(&[("from", from)]))))
                    }
                }
            }
        },
    )
}

fn in_words(hold: &LegalHold, names: &Names, say: Say) -> String {
    let until = times::date(say, hold.until, &names.zone);
    let reason = say.t(&format!("staff-hold-{}", hold_word(hold.reason)));
    say.with("staff-hold-until", &[("until", until.into()), ("reason", reason.into())])
}

/// Why, in words, and until when.
pub(super) fn fields(say: Say) -> Markup {
    let reasons =
        REASONS.map(|reason| (hold_word(reason), say.t(&format!("staff-hold-{}", hold_word(reason)))));
    let reasons: Vec<(&str, &str)> = reasons.iter().map(|(word, text)| (*word, text.as_str())).collect();
    html! {
        (form::select("reason", &say.t("staff-photo-hold-why"), "dispute", &reasons))
        (form::field(&Field::new("words", &say.t("staff-photo-hold-words"), FieldKind::Text).required()))
        (form::field(&Field::new("until", &say.t("staff-photo-hold-until"), FieldKind::Date).required()))
    }
}

/// What [`fields`] says: why, until when, in which words.
///
/// # Errors
/// What cannot be taken, in words.
pub(super) async fn asked(desk: &Desk, fields: &Fields) -> Result<(HoldReason, Timestamp, String), Fault> {
    let invalid = |key: &str| Refusal::Invalid { why: desk.say.t(key) };
    let zone = desk.read(|site, _| site.policy.zone.clone()).await?;
    let until = times::end_of_day(fields.get("until"), &zone).ok_or_else(|| invalid("staff-invalid-day"))?;
    let reason = REASONS.into_iter().find(|reason| hold_word(*reason) == fields.get("reason"));
    let reason = reason.ok_or_else(|| invalid("staff-invalid-form"))?;
    let words = fields.some("words").ok_or_else(|| invalid("staff-invalid-hold-words"))?;
    Ok((reason, until, words))
}

/// Kind and number, as the addresses of pages and the subjects of staff's words have them.
fn named(what: Held) -> (&'static str, &'static str, u64) {
    match what {
        Held::Photo(photo) => ("photos", "photo", photo.0),
        Held::Parcel(parcel) => ("parcels", "parcel", parcel.0),
        Held::Entry(entry) => ("entries", "entry", entry.0),
    }
}

fn page_of(what: Held) -> String {
    let (pages, _, number) = named(what);
    format!("/staff/{pages}/{number}")
}

/// What staff's words about it are kept under.
pub fn subject(what: Held) -> String {
    let (_, kind, number) = named(what);
    format!("{kind}/{number}")
}

/// The page the form stood on.
fn way_back(what: Held, fields: &Fields) -> String {
    let (_, kind, number) = named(what);
    if fields.get("from") == INCIDENT { format!("/staff/incident?{kind}={number}") } else { page_of(what) }
}

async fn hold(desk: &Desk, what: Held, fields: &Fields) -> Result<Redirect, Fault> {
    desk.may_hold_evidence()?;
    let (reason, until, words) = asked(desk, fields).await?;
    let command = Command::HoldEvidence { what, reason, until };
    desk.act(Act::new(command, way_back(what, fields), "held").with_words(subject(what), words)).await
}

async fn release(desk: &Desk, what: Held, fields: &Fields) -> Result<Redirect, Fault> {
    desk.may_hold_evidence()?;
    desk.act(Act::new(Command::ReleaseEvidence { what }, way_back(what, fields), "released")).await
}

/// `POST /staff/parcels/{id}/hold`
pub async fn hold_parcel(
    desk: Desk,
    Path(id): Path<ParcelId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    hold(&desk, Held::Parcel(id), &Fields(fields)).await
}

/// `POST /staff/parcels/{id}/release`
pub async fn release_parcel(
    desk: Desk,
    Path(id): Path<ParcelId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    release(&desk, Held::Parcel(id), &Fields(fields)).await
}

/// `POST /staff/entries/{id}/hold`
pub async fn hold_entry(
    desk: Desk,
    Path(id): Path<EntryId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    hold(&desk, Held::Entry(id), &Fields(fields)).await
}

/// `POST /staff/entries/{id}/release`
pub async fn release_entry(
    desk: Desk,
    Path(id): Path<EntryId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    release(&desk, Held::Entry(id), &Fields(fields)).await
}
