//! The end of a walk: what differs and what becomes of it, what was passed over, and the key that ends it.
//!
//! Owns: `/staff/audits/{id}/end` and the presses on it. Never: decides what may become of a difference; it offers what the rules
//! may grant.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use vestibule_core::custody::audit::{AuditPlace, Difference, Settlement, SkipReason, StopState};
use vestibule_core::vocabulary::command::AuditStep;
use vestibule_core::{AuditId, ParcelId, Refusal, Site};

use super::walk::{door_is_shut, skipped};
use super::{AUDITS, address, place_word, step};
use crate::look::button::button_row;
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_primary, button_quiet, button_secondary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;
use crate::web::staff::blocks::{ask_and_post, back};
use crate::web::staff::desk_page::{Desk, Fields, Section};
use crate::web::staff::names::{self, Names, Wanted};
use crate::web::staff::say::Say;
use crate::web::staff::story::place_name;

/// All the page shows.
#[derive(Debug, Clone)]
pub struct EndView {
    /// Which walk.
    pub id: AuditId,
    /// Without a word yet.
    pub open: Vec<Difference>,
    /// With one.
    pub settled: Vec<(ParcelId, Settlement)>,
    /// Places with things nobody knows.
    pub unknown: Vec<(AuditPlace, u16)>,
    /// Places that were passed over.
    pub skipped: Vec<(AuditPlace, SkipReason)>,
    /// Places nobody was at.
    pub waiting: Vec<AuditPlace>,
    /// Names.
    pub names: Names,
}

/// The page.
pub fn content(view: &EndView, say: Say, csrf: &str) -> Markup {
    let title = say.with("staff-audit-n", &[("n", view.id.to_string().into())]);
    html! {
        (back(AUDITS, &say.t("staff-audits")))
        (listing::page_title(&title, Some(&say.t("staff-audit-end-lead")), html! {}))
        @if view.open.is_empty() {
            @let key = if view.settled.is_empty() { "staff-audit-no-difference" } else { "staff-audit-all-settled" };
            (message::notice_banner(NoticeKind::Done, &say.t(key)))
        } @else {
            ul class="plain-list" { @for difference in &view.open {
                li { (listing::card(one(view, *difference, say, csrf))) }
            } }
        }
        @if !view.settled.is_empty() { (listing::section(&say.t("staff-audit-settled"), settled(view, say))) }
        @if !view.unknown.is_empty() { (listing::section(&say.t("staff-audit-unknown-title"), unknown(view, say))) }
        @if !view.skipped.is_empty() || !view.waiting.is_empty() {
            (listing::section(&say.t("staff-audit-not-looked"), left_out(view, say)))
        }
        (ends(view, say, csrf))
    }
}

/// What differs, in a sentence.
pub fn words(difference: Difference, names: &Names, say: Say) -> String {
    let place = place_name(difference.place(), names, say);
    let parcel = names::parcel(say, difference.parcel());
    match difference {
        Difference::Absent { .. } => {
            say.with("staff-audit-absent", &[("parcel", parcel.into()), ("place", place.into())])
        }
        Difference::Astray { recorded, .. } => say.with(
            "staff-audit-astray",
            &[
                ("parcel", parcel.into()),
                ("place", place.into()),
                ("recorded", names.custodian(say, recorded).into()),
            ],
        ),
    }
}

fn one(view: &EndView, difference: Difference, say: Say, csrf: &str) -> Markup {
    let (url, parcel) = (format!("{}/settle", address(view.id)), difference.parcel().to_string());
    let again = format!("{}?at={}#place", address(view.id), place_word(difference.place()));
    html! {
        p { a href={ "/staff/parcels/" (parcel) } { (words(difference, &view.names, say)) } }
        (button_row(html! {
            @for how in Settlement::ALL.into_iter().filter(|how| difference.may_be_settled(*how)) {
                @let fields = [("parcel", parcel.as_str()), ("how", how.word())];
                (button_secondary(&say.t(&format!("staff-audit-do-{}", how.word())), Press::Post(&Post::page(&url, csrf).with(&fields))))
            }
            (button_quiet(&say.t("staff-audit-look-again"), Press::Follow(&again)))
        }))
    }
}

fn settled(view: &EndView, say: Say) -> Markup {
    html! {
        ul class="plain-list" { @for (parcel, how) in &view.settled {
            li { a href={ "/staff/parcels/" (parcel) } { (names::parcel(say, *parcel)) } " "
                (listing::tag(Tone::Plain, &say.t(&format!("staff-audit-settled-{}", how.word())))) }
        } }
    }
}

fn unknown(view: &EndView, say: Say) -> Markup {
    html! {
        ul class="plain-list" { @for (place, n) in &view.unknown {
            li { (names::capital(&place_name(*place, &view.names, say))) ": "
                (say.with("staff-audit-things", &[("n", u32::from(*n).into())])) }
        } }
        p class="hint" { (say.t("staff-audit-unknown-do")) }
        (button_secondary(&say.t("staff-desk-title"), Press::Follow("/staff/desk")))
    }
}

fn left_out(view: &EndView, say: Say) -> Markup {
    let name = |place: AuditPlace| names::capital(&place_name(place, &view.names, say));
    let at = |place: AuditPlace| format!("{}?at={}#place", address(view.id), place_word(place));
    html! {
        ul class="plain-list" {
            @for (place, why) in &view.skipped {
                li { a href=(at(*place)) { (name(*place)) } ": " (skipped(*why, say)) }
            }
            @for place in &view.waiting { li { a href=(at(*place)) { (name(*place)) } } }
        }
    }
}

fn ends(view: &EndView, say: Say, csrf: &str) -> Markup {
    let (end, abandon) = (format!("{}/end", address(view.id)), format!("{}/abandon", address(view.id)));
    html! {
        (button_row(html! {
            @if !view.waiting.is_empty() {
                (button_secondary(&say.t("staff-audit-go-on"), Press::Follow(&address(view.id))))
            }
            @if view.open.is_empty() {
                (button_primary(&say.t("staff-audit-end"), Press::Post(&Post::page(&end, csrf))))
            }
        }))
        (ask_and_post(&say.t("staff-audit-abandon"), &say.t("staff-audit-abandon-ask"), &Post::page(&abandon, csrf)))
    }
}

fn read(site: &Site, id: AuditId, names: Names) -> Option<EndView> {
    let audit = site.audits.get(id)?;
    let passed_over = audit.stops.iter().filter_map(|stop| match stop.state {
        StopState::Skipped(why) => Some((stop.place, why)),
        StopState::Waiting | StopState::Looked(_) => None,
    });
    let things = audit.findings().filter(|(_, finding)| finding.unknown > 0);
    Some(EndView {
        id,
        open: audit.differences(&site.custody),
        settled: audit.settled.iter().map(|(parcel, how)| (*parcel, *how)).collect(),
        unknown: things.map(|(place, finding)| (place, finding.unknown)).collect(),
        skipped: passed_over.collect(),
        waiting: audit.waiting(site),
        names,
    })
}

/// `GET /staff/audits/{id}/end`
pub async fn page(desk: Desk, Path(id): Path<AuditId>) -> Result<Response, Fault> {
    let found = desk.read(move |site, now| read(site, id, Names::of_site(site, now))).await?;
    let Some(mut view) = found else {
        return Ok(Redirect::to(&format!("{}/report", address(id))).into_response());
    };
    let mut wanted = Wanted::default();
    for difference in &view.open {
        if let Difference::Astray { recorded, .. } = difference {
            wanted.custodian(*recorded);
        }
    }
    view.names = desk.names(wanted).await?;
    let content = content(&view, desk.say, &desk.csrf);
    Ok(desk.page(Section::Banks, &desk.say.t("staff-audit"), content).into_response())
}

/// `POST /staff/audits/{id}/settle`
pub async fn settle(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let parcel = fields.number("parcel").map(ParcelId).ok_or(Refusal::NotFound)?;
    let how = Settlement::of(fields.get("how")).ok_or(Refusal::NotFound)?;
    step(&desk, AuditStep::Settle { audit, parcel, how }).await?;
    Ok(Redirect::to(&format!("{}/end", address(audit))))
}

/// `POST /staff/audits/{id}/end`
pub async fn end(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Csrf(_): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    door_is_shut(&desk, audit).await?;
    step(&desk, AuditStep::End { audit }).await?;
    Ok(Redirect::to(&format!("{}/report", address(audit))))
}

/// `POST /staff/audits/{id}/abandon`
pub async fn abandon(
    desk: Desk,
    Path(audit): Path<AuditId>,
    Csrf(_): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    step(&desk, AuditStep::Abandon { audit }).await?;
    Ok(Redirect::to(AUDITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_core::{ShelfId, Timestamp};

    fn view(open: Vec<Difference>) -> EndView {
        let names = Names::of_site(&Site::default(), Timestamp(0));
        EndView {
            id: AuditId(3),
            open,
            settled: vec![],
            unknown: vec![],
            skipped: vec![],
            waiting: vec![],
            names,
        }
    }

    #[test]
    fn a_walk_is_ended_once_each_difference_has_a_word() {
        let (parcel, place) = (ParcelId(41), AuditPlace::Shelf(ShelfId(1)));
        for language in Language::ALL {
            let say = Say::new(language);
            let open = content(&view(vec![Difference::Absent { parcel, place }]), say, "csrf").into_string();
            assert!(open.contains("value=\"missing\"") && !open.contains("value=\"moved\""), "{open}");
            assert!(!open.contains("action=\"/staff/audits/3/end\""), "{open}");
            let done = content(&view(vec![]), say, "csrf").into_string();
            assert!(done.contains("action=\"/staff/audits/3/end\""), "{done}");
        }
    }
}
