//! One claim: what is said, and what staff know of it.
//!
//! Owns: `/staff/delivered/{id}`. Never: decides; finds a parcel by itself.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::custody::delivered::Explanation;
use vestibule_core::vocabulary::command::ClaimStep;
use vestibule_core::{ClaimId, Command, DropId, ParcelId, Refusal, Site, Span};

use super::super::super::banks::compartment::{ParcelLine, parcel_link};
use super::super::super::banks::line;
use super::super::super::blocks::{back, unfold};
use super::super::super::desk_page::{Act, Desk, Fields, Section, done};
use super::super::super::doors::entries::{self, EntryLine};
use super::super::super::names::{Names, Wanted, parcel as parcel_n};
use super::super::super::say::Say;
use super::super::super::times;
use super::super::adopting::{self, Draft, FoundAt};
use super::super::photos;
use super::{DELIVERED, company, number, source_words, state};
use crate::directory::claims::{ClaimLine, label_of, one};
use crate::evidence::photos::{Photo, of_entry};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_primary, button_secondary, listing};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

type Posted = Csrf<Vec<(String, String)>>;

/// A drop that may hold it.
#[derive(Debug, Clone)]
pub struct Pile {
    /// Its parcels nobody has said anything of.
    pub unsorted: Vec<ParcelLine>,
    /// Its photos, oldest first.
    pub photos: Vec<Photo>,
}

/// Somebody of its company came in about then and scanned nothing.
#[derive(Debug, Clone)]
pub struct Passed {
    /// The entry.
    pub entry: EntryLine,
    /// Its photos, oldest first.
    pub photos: Vec<Photo>,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct ClaimView {
    /// The claim.
    pub claim: ClaimLine,
    /// Drops that are not sorted.
    pub piles: Vec<Pile>,
    /// Entries at which it may have been left.
    pub passed: Vec<Passed>,
    /// Names.
    pub names: Names,
}

/// The page.
pub fn content(view: &ClaimView, say: Say, csrf: &str) -> Markup {
    let claim = &view.claim;
    let at = format!("{DELIVERED}/{}", claim.claim);
    html! {
        (back(DELIVERED, &say.t("staff-claims-title")))
        (listing::page_title(&number(claim, say), Some(&company(claim, &view.names, say)), html! {}))
        (listing::card(facts(view, say)))
        @if claim.is_open() && claim.parcel.is_some() {
            (message::notice_banner(NoticeKind::Warning, &say.t("staff-claims-same-number")))
        }
        @if claim.is_open() {
            (listing::section(&say.t("staff-claims-here"), here(view, &at, (say, csrf))))
            (listing::section(&say.t("staff-claims-not-here"), not_here(claim, &at, (say, csrf))))
        }
    }
}

fn facts(view: &ClaimView, say: Say) -> Markup {
    let (claim, names) = (&view.claim, &view.names);
    let when = |at| times::moment(say, at, (&names.zone, names.now));
    let unit = claim.unit.map_or_else(|| say.t("staff-none"), |unit| names.unit(say, unit));
    let source = claim.source.map_or_else(String::new, |source| source_words(source, say));
    let words = ["staff-head-state", "staff-claims-head-said", "staff-claims-source", "staff-head-unit"]
        .map(|key| say.t(key));
    let [state_word, said_word, source_word, unit_word] = words.each_ref().map(String::as_str);
    let (parcel_word, name_word) = (say.t("staff-head-parcel"), say.t("staff-claims-name"));
    let mut list = vec![
        (state_word, state(claim, names, say)),
        (said_word, html! { (when(claim.at)) }),
        (source_word, html! { (source) " " (when(claim.heard)) }),
        (unit_word, html! { (unit) }),
    ];
    if let Some(name) = &claim.addressed_to {
        list.push((&name_word, html! { (name) }));
    }
    if let Some(parcel) = claim.parcel {
        list.push((
            &parcel_word,
            html! { a href={ "/staff/parcels/" (parcel) } { (parcel_n(say, parcel)) } },
        ));
    }
    listing::facts(&list)
}

fn here(view: &ClaimView, at: &str, (say, csrf): (Say, &str)) -> Markup {
    let found = format!("{at}/found");
    html! {
        @for pile in &view.piles { (listing::card(pile_of(view, pile, (say, csrf)))) }
        @for passed in &view.passed { (listing::card(passed_by(view, passed, (say, csrf)))) }
        @if view.piles.is_empty() && view.passed.is_empty() { p class="hint" { (say.t("staff-claims-no-drops")) } }
        div class="asks" {
            (unfold(&say.t("staff-claims-take-in"), take_in(view, Draft::default(), (say, csrf))))
            (unfold(&say.t("staff-claims-other-parcel"), form::form(&found, csrf, html! {
                (form::field(&Field::new("parcel", &say.t("staff-claims-parcel-number"), FieldKind::Number).required()))
                (button_secondary(&say.t("staff-claims-found-do"), Press::Submit))
            })))
        }
    }
}

/// What the claim says stands filled in: it is not typed again.
fn take_in(view: &ClaimView, draft: Draft, (say, csrf): (Say, &str)) -> Markup {
    let claim = &view.claim;
    let draft = Draft {
        unit: claim.unit.map(|unit| view.names.unit_label(unit)).unwrap_or_default(),
        addressed_to: claim.addressed_to.clone().unwrap_or_default(),
        tracking: claim.tracking.clone().unwrap_or_default(),
        ..draft
    };
    adopting::form(FoundAt::Claim(claim.claim), &draft, (&view.names, say), csrf)
}

/// Who came in with it, perhaps: whoever finds it by these pictures takes it in with them.
fn passed_by(view: &ClaimView, passed: &Passed, (say, csrf): (Say, &str)) -> Markup {
    let draft = Draft { entry: Some(passed.entry.entry), ..Draft::default() };
    html! {
        p { (say.t("staff-claims-passed")) " " (entries::link(&passed.entry, &view.names, say)) }
        @if !passed.photos.is_empty() { (photos::strip(&passed.photos, &view.names, say)) }
        (unfold(&say.t("staff-claims-left-then"), take_in(view, draft, (say, csrf))))
    }
}

fn pile_of(view: &ClaimView, pile: &Pile, (say, csrf): (Say, &str)) -> Markup {
    html! {
        @if !pile.photos.is_empty() { (photos::strip(&pile.photos, &view.names, say)) }
        @for parcel in &pile.unsorted {
            @let draft = Draft { parcel: Some((parcel.id, Some(parcel.custodian))), ..Draft::default() };
            p { (parcel_link(parcel, &view.names, say)) }
            (unfold(&say.with("staff-claims-this-is-it", &[("n", parcel.id.to_string().into())]), take_in(view, draft, (say, csrf))))
        }
    }
}

fn not_here(claim: &ClaimLine, at: &str, (say, csrf): (Say, &str)) -> Markup {
    let letter = format!("{at}/letter");
    let reasons = Explanation::ALL
        .map(|why| (why.word(), say.t(&format!("staff-claims-why-{}", why.word().replace('_', "-")))));
    let reasons: Vec<(&str, &str)> = reasons.iter().map(|(word, text)| (*word, text.as_str())).collect();
    html! {
        p { (say.t("staff-claims-not-here-text")) }
        div class="asks" {
            @if claim.standing == "asked" { (button_secondary(&say.t("staff-claims-letter-again"), Press::Follow(&letter))) }
            @else { (button_primary(&say.t("staff-claims-letter-do"), Press::Post(&Post::page(&letter, csrf)))) }
            (unfold(&say.t("staff-claims-explain"), form::form(&format!("{at}/explain"), csrf, html! {
                (form::radios("why", &say.t("staff-claims-why"), Explanation::WithRecipient.word(), &reasons))
                (form::field(&Field::new("words", &say.t("staff-claims-words"), FieldKind::LongText)))
                (button_secondary(&say.t("staff-claims-explain-do"), Press::Submit))
            })))
        }
    }
}

/// One claim.
///
/// # Errors
/// There is none.
pub(in crate::web::staff::parcels) async fn known(desk: &Desk, id: ClaimId) -> Result<ClaimLine, Fault> {
    Ok(desk.query(move |tables| one(tables, id)).await?.ok_or(Refusal::NotFound)?)
}

async fn piles(desk: &Desk) -> Result<Vec<Pile>, Fault> {
    let look = |site: &Site, _| {
        let unsorted = |drop: &DropId| -> Vec<ParcelLine> {
            let pile = site.drops.open.get(drop).into_iter().flat_map(|pile| &pile.unsorted);
            pile.filter_map(|parcel| line(site, *parcel)).collect()
        };
        site.drops.open.keys().rev().map(unsorted).filter(|pile| !pile.is_empty()).collect::<Vec<_>>()
    };
    let found = desk.read(look).await?;
    let with_photos = move |tables: &rusqlite::Connection| {
        let pile = |unsorted: Vec<ParcelLine>| {
            // Every photo of a drop shows all of it.
            let photos = match unsorted.first() {
                Some(first) => photos::of_parcel(tables, first.id)?,
                None => Vec::new(),
            };
            Ok(Pile { unsorted, photos })
        };
        found.into_iter().map(pile).collect::<rusqlite::Result<Vec<_>>>()
    };
    desk.query(with_photos).await
}

/// Who came in within half a day of it and left nothing that was scanned: of its company or rung in; anybody, where that is not
/// known.
async fn passed(desk: &Desk, claim: &ClaimLine) -> Result<Vec<Passed>, Fault> {
    const NEAR: Span = Span::hours(12);
    const PHOTOS_MOST: u32 = 12;
    let carrier = claim.carrier;
    let around = (claim.at + Span(-NEAR.0), claim.at + NEAR);
    let with_photos = move |tables: &rusqlite::Connection| {
        let with_photos = |entry: EntryLine| {
            let photos = of_entry(tables, entry.entry, PHOTOS_MOST)?;
            Ok(Passed { entry, photos })
        };
        let found = entries::without_a_scan(tables, carrier, around)?;
        found.into_iter().map(with_photos).collect::<rusqlite::Result<Vec<_>>>()
    };
    desk.query(with_photos).await
}

/// `GET /staff/delivered/{id}`
pub async fn page(desk: Desk, Path(id): Path<ClaimId>) -> Result<Markup, Fault> {
    let claim = known(&desk, id).await?;
    let (piles, passed) = if claim.is_open() {
        (piles(&desk).await?, passed(&desk, &claim).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    let mut wanted = Wanted::default();
    wanted.units.extend(claim.unit);
    piles.iter().for_each(|pile| photos::wanted(&pile.photos, &mut wanted));
    for one in &passed {
        one.entry.wanted(&mut wanted);
        photos::wanted(&one.photos, &mut wanted);
    }
    let title = number(&claim, desk.say);
    let view = ClaimView { claim, piles, passed, names: desk.names(wanted).await? };
    Ok(desk.page(Section::Parcels, &title, content(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/delivered/{id}/found`: it is this parcel, which somebody has taken in.
pub async fn found(desk: Desk, Path(claim): Path<ClaimId>, Csrf(fields): Posted) -> Result<Redirect, Fault> {
    let parcel = Fields(fields).number("parcel").map(ParcelId).ok_or(Refusal::NotFound)?;
    let label = desk.query(move |tables| label_of(tables, claim, parcel)).await?;
    let step = ClaimStep::Here { parcel, recipient: None };
    desk.ask_with(Command::SettleClaim { claim, step }, |_| label).await?;
    Ok(done(&format!("/staff/parcels/{parcel}"), "claim-found"))
}

/// `POST /staff/delivered/{id}/explain`: it is not here.
pub async fn explain(
    desk: Desk,
    Path(claim): Path<ClaimId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let invalid = |key: &str| Refusal::Invalid { why: desk.say.t(key) };
    let why = Explanation::of(fields.get("why")).ok_or_else(|| invalid("staff-invalid-reason"))?;
    if why == Explanation::Other && fields.get("words").is_empty() {
        return Err(invalid("staff-invalid-words").into());
    }
    let command = Command::SettleClaim { claim, step: ClaimStep::Explain { why } };
    let act = Act::new(command, format!("{DELIVERED}?show=explained"), "claim-explained");
    desk.act(act.with_words(format!("claim/{claim}"), fields.get("words").to_owned())).await
}

/// `POST /staff/delivered/{id}/letter`: the carrier is asked; the letter is shown to be printed.
pub async fn ask(desk: Desk, Path(claim): Path<ClaimId>, _: Posted) -> Result<Redirect, Fault> {
    desk.ask(Command::SettleClaim { claim, step: ClaimStep::AskCarrier }).await?;
    Ok(Redirect::to(&format!("{DELIVERED}/{claim}/letter")))
}
