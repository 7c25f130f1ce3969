//! What an audit found: on a page that prints well, and in a signed pack that is checked without the site.
//!
//! Owns: `/staff/audits/{id}/report` and the part of the pack's page that is the report. Made of the events of the walk alone, so
//! that whoever has the pack can make the same of it. Never: a name of a resident.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeSet;
use vestibule_core::custody::audit::{Audit, AuditEnd, AuditPlace, StopState};
use vestibule_core::{Actor, AuditId, Event, ParcelId, Refusal, Site, StaffId, Timestamp};

use super::walk::skipped;
use super::{AUDITS, address, progress_words, scope_words};
use crate::evidence::pack::{Choice, Subject};
use crate::look::{Button, Icon, Press, button_quiet, button_secondary, listing, paper};
use crate::web::problem::Fault;
use crate::web::staff::desk_page::Desk;
use crate::web::staff::history;
use crate::web::staff::names::{self, Names};
use crate::web::staff::parcels::pack::pack;
use crate::web::staff::say::Say;
use crate::web::staff::story::{Recorded, place_name};
use crate::web::staff::times;

/// What a walk found.
#[derive(Debug, Clone)]
pub struct Report {
    /// Which walk.
    pub id: AuditId,
    /// What was seen, place by place, and what became of it.
    pub audit: Audit,
    /// How it ended, when, by whom; None: it goes on.
    pub ended: Option<(AuditEnd, Timestamp, Actor)>,
    /// Who looked.
    pub walkers: BTreeSet<StaffId>,
}

/// One difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    parcel: ParcelId,
    place: AuditPlace,
    /// Seen where it is not recorded; else not seen where it is.
    astray: bool,
}

impl Report {
    /// From the events of a walk, in their order.
    pub fn of(story: &[Recorded]) -> Option<Self> {
        let (mut site, mut ended, mut walkers) = (Site::default(), None, BTreeSet::new());
        for recorded in story {
            match &recorded.event {
                Event::AuditEnded { how, by, .. } => ended = Some((*how, recorded.at, *by)),
                event => site.evolve(event, recorded.at),
            }
            if let Event::AuditLooked { by: Actor::Staff(staff), .. } = recorded.event {
                walkers.insert(staff);
            }
        }
        let (id, audit) = site.audits.live.pop_first()?;
        Some(Self { id, audit, ended, walkers })
    }

    /// What differed. A parcel that was missed at one place and seen at another is one difference.
    fn lines(&self) -> Vec<Line> {
        let astray = self.audit.findings().flat_map(|(_, finding)| &finding.astray);
        let seen: BTreeSet<ParcelId> = astray.copied().collect();
        let mut lines = Vec::new();
        for (place, finding) in self.audit.findings() {
            let absent = finding.absent.iter().filter(|parcel| !seen.contains(*parcel));
            lines.extend(absent.map(|parcel| Line { parcel: *parcel, place, astray: false }));
            lines.extend(finding.astray.iter().map(|parcel| Line { parcel: *parcel, place, astray: true }));
        }
        lines
    }

    fn outcome(&self, parcel: ParcelId, say: Say) -> String {
        match (self.audit.settled.get(&parcel), self.ended) {
            (Some(how), _) => say.t(&format!("staff-audit-settled-{}", how.word())),
            (None, Some((AuditEnd::Finished, ..))) => say.t("staff-audit-settled-meanwhile"),
            (None, _) => say.t("staff-audit-settled-nothing"),
        }
    }
}

/// The report, for a page and for the pack.
pub fn content(report: &Report, names: &Names, say: Say) -> Markup {
    let lines = report.lines();
    html! {
        h2 { (say.t("staff-audit-report")) }
        (facts(report, lines.len(), names, say))
        h2 { (say.t("staff-audit-differences")) }
        @if lines.is_empty() { p { (say.t("staff-audit-no-difference")) } } @else { (table(report, &lines, names, say)) }
        (places(report, names, say))
    }
}

fn facts(report: &Report, differences: usize, names: &Names, say: Say) -> Markup {
    let audit = &report.audit;
    let when = |at| format!("{} {}", times::date(say, at, &names.zone), clock(at, names));
    let looked = audit.findings().count();
    let seen: usize = audit.findings().map(|(_, finding)| finding.here.len() + finding.astray.len()).sum();
    let walkers: Vec<String> = report.walkers.iter().map(|staff| names.staff_name(say, *staff)).collect();
    let ended = match report.ended {
        Some((how, at, by)) => format!(
            "{} {}, {}",
            say.t(&format!("staff-audit-{}", how.word())),
            when(at),
            names.actor(say, by)
        ),
        None => say.t("staff-audit-goes-on"),
    };
    let keys = ["over", "began", "ended", "walkers", "looked", "seen", "count"];
    let heads = keys.map(|key| say.t(&format!("staff-audit-fact-{key}")));
    let values = [
        scope_words(&audit.scope, names, say),
        format!("{}, {}", when(audit.began), names.actor(say, audit.by)),
        ended,
        walkers.join(", "),
        progress_words(looked, audit.stops.len(), say),
        seen.to_string(),
        differences.to_string(),
    ];
    let list: Vec<(&str, Markup)> =
        heads.iter().zip(&values).map(|(head, value)| (head.as_str(), html! { (value) })).collect();
    listing::facts(&list)
}

fn clock(at: Timestamp, names: &Names) -> String {
    times::hour(vestibule_core::time::civil(at, &names.zone).minute)
}

fn table(report: &Report, lines: &[Line], names: &Names, say: Say) -> Markup {
    let heads = [
        "staff-audit-head-parcel",
        "staff-audit-head-what",
        "staff-audit-head-place",
        "staff-audit-head-outcome",
    ];
    let heads = heads.map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |line: &Line| {
        let what = if line.astray { "staff-audit-was-astray" } else { "staff-audit-was-absent" };
        vec![
            html! { (names::parcel(say, line.parcel)) },
            html! { (say.t(what)) },
            html! { (names::capital(&place_name(line.place, names, say))) },
            html! { (report.outcome(line.parcel, say)) },
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    listing::table(&say.t("staff-audit-differences"), &heads, &rows)
}

/// Things nobody knows, places passed over, places nobody was at.
fn places(report: &Report, names: &Names, say: Say) -> Markup {
    let name = |place: AuditPlace| names::capital(&place_name(place, names, say));
    let mut notes: Vec<String> = Vec::new();
    for stop in &report.audit.stops {
        let note = match &stop.state {
            StopState::Looked(finding) if finding.unknown > 0 => {
                say.with("staff-audit-things", &[("n", u32::from(finding.unknown).into())])
            }
            StopState::Looked(_) => continue,
            StopState::Skipped(why) => skipped(*why, say),
            StopState::Waiting => say.t("staff-audit-nobody-there"),
        };
        notes.push(format!("{}: {note}", name(stop.place)));
    }
    html! {
        @if !notes.is_empty() {
            h2 { (say.t("staff-audit-notes")) }
            ul { @for note in &notes { li { (note) } } }
        }
    }
}

async fn story(desk: &Desk, id: AuditId) -> Result<Vec<Recorded>, Fault> {
    desk.query(move |tables| history::of_audit(tables, id)).await
}

/// `GET /staff/audits/{id}/report`
pub async fn page(desk: Desk, Path(id): Path<AuditId>) -> Result<Response, Fault> {
    let say = desk.say;
    if desk.read(move |site, _| site.audits.get(id).is_some()).await? {
        return Ok(Redirect::to(&format!("{}/end", address(id))).into_response());
    }
    let story = story(&desk, id).await?;
    let report = Report::of(&story).ok_or(Refusal::NotFound)?;
    let names = desk.names(history::wanted(&story)).await?;
    let title = say.with("staff-audit-n", &[("n", id.to_string().into())]);
    let shown = paper::sheet(html! {
        article class="section" {
            h1 { (title) }
            p { (desk.site_name) }
            (content(&report, &names, say))
            p { (say.t("staff-audit-signature")) }
            div class="page-actions" {
                (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
                (button_secondary(&say.t("staff-audit-get"), Press::Follow(&format!("{}/report.zip", address(id)))))
                (button_quiet(&say.t("staff-audits"), Press::Follow(AUDITS)))
            }
        }
    });
    Ok(desk.paper(&title, shown).into_response())
}

/// `GET /staff/audits/{id}/report.zip`: the same with the records it is made of, signed.
pub async fn download(desk: Desk, Path(id): Path<AuditId>) -> Result<Response, Fault> {
    let choice = Choice { subject: Subject::Audit(id), from: None, to: None };
    pack(&desk, choice, &format!("audit-{id}")).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_core::ShelfId;
    use vestibule_core::custody::audit::{AuditScope, Settlement};

    fn story() -> Vec<Recorded> {
        let (audit, by) = (AuditId(3), Actor::Staff(StaffId(1)));
        let [one, other] = [AuditPlace::Shelf(ShelfId(1)), AuditPlace::Shelf(ShelfId(2))];
        let looked = |place, absent: &[u64], astray: &[u64]| Event::AuditLooked {
            audit,
            place,
            here: vec![],
            absent: absent.iter().copied().map(ParcelId).collect(),
            astray: astray.iter().copied().map(ParcelId).collect(),
            unknown: 0,
            by,
        };
        let scope = AuditScope::Shelves(vec![ShelfId(1), ShelfId(2)]);
        let how = Settlement::Missing;
        let events = [
            Event::AuditBegan { audit, scope, places: vec![one, other], by },
            looked(one, &[41, 42], &[]),
            looked(other, &[], &[42]),
            Event::AuditSettled { audit, parcel: ParcelId(41), place: one, how, by },
            Event::AuditEnded { audit, how: AuditEnd::Finished, by },
        ];
        (1..).zip(events).map(|(seq, event)| Recorded { seq, at: Timestamp(60_000), event }).collect()
    }

    #[test]
    fn a_parcel_missed_here_and_seen_there_is_one_difference() {
        let report = Report::of(&story()).unwrap();
        let found: Vec<_> = report.lines().iter().map(|line| (line.parcel.0, line.astray)).collect();
        assert_eq!(found, [(41, false), (42, true)]);
        assert_eq!(report.walkers, BTreeSet::from([StaffId(1)]));
        assert_eq!(report.ended.map(|(how, ..)| how), Some(AuditEnd::Finished));
    }

    #[test]
    fn the_report_says_what_became_of_each_difference() {
        let names = Names::of_site(&Site::default(), Timestamp(60_000));
        let report = Report::of(&story()).unwrap();
        for language in Language::ALL {
            let say = Say::new(language);
            let page = content(&report, &names, say).into_string();
            assert!(page.contains(&say.t("staff-audit-settled-missing")), "{page}");
            assert!(page.contains(&say.t("staff-audit-settled-meanwhile")), "{page}");
        }
        assert!(Report::of(&[]).is_none());
    }
}
