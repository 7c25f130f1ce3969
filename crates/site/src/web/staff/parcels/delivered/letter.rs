//! The letter to a carrier that says it delivered what nobody scanned: what it said, and what the site knows of that day.
//!
//! Owns: the paper. Never: a name of a resident, a photo, or the number of a code.

use axum::extract::Path;
use maud::{Markup, html};
use vestibule_core::time::start_of_day;
use vestibule_core::{ClaimId, Span, Timestamp};

use super::super::super::desk_page::Desk;
use super::super::super::names::{Names, Wanted};
use super::super::super::say::Say;
use super::super::super::times;
use super::{DELIVERED, company, number};
use crate::directory::claims::{ClaimLine, Scans, by_carrier};
use crate::directory::settings::{BuildingAddress, Settings};
use crate::look::{Button, Icon, Press, button_quiet, listing, paper};
use crate::web::problem::Fault;

/// All the letter says.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What is claimed.
    pub claim: ClaimLine,
    /// What the company did here on that day.
    pub scans: Scans,
    /// What the site is called and where it stands.
    pub site: (String, Vec<BuildingAddress>),
    /// Names.
    pub names: Names,
}

/// The letter.
pub fn content(letter: &Letter, say: Say) -> Markup {
    let (claim, names) = (&letter.claim, &letter.names);
    let (site_name, addresses) = &letter.site;
    let day = |at| times::date(say, at, &names.zone);
    let at = format!("{} {}", day(claim.at), clock(claim.at, names));
    let carrier = company(claim, names, say);
    let words = ["number", "said-at", "place", "entries", "scanned", "without"]
        .map(|key| say.t(&format!("staff-letter-{key}")));
    let [number_word, at_word, place_word, entries_word, scanned_word, without_word] =
        words.each_ref().map(String::as_str);
    let place = addresses.iter().map(|a| format!("{} {}", a.street, a.postal)).collect::<Vec<_>>().join("; ");
    let subject = say.with("staff-letter-subject", &[("number", number(claim, say).into())]);
    let lead = [("carrier", carrier.as_str().into()), ("day", day(claim.at).into())];
    let answer = [("until", day(claim.until).into())];
    paper::sheet(html! {
        article class="section" {
            p { strong { (site_name) } @if !place.is_empty() { br; (place) } }
            p { (day(names.now)) }
            p { (say.with("staff-letter-to", &[("carrier", carrier.as_str().into())])) }
            h1 { (subject) }
            p { (say.with("staff-letter-lead", &lead)) }
            (listing::facts(&[
                (number_word, html! { (number(claim, say)) }),
                (at_word, html! { (at) }),
                (place_word, html! { @if place.is_empty() { (site_name) } @else { (place) } }),
                (entries_word, html! { (letter.scans.entries) }),
                (scanned_word, html! { (letter.scans.deposits) }),
                (without_word, html! { (letter.scans.without_scan) }),
            ]))
            p { (say.t("staff-letter-ledger")) }
            p { (say.t("staff-letter-ask")) }
            @if claim.until > names.now { p { (say.with("staff-letter-until", &answer)) } }
            p { (say.t("staff-letter-regards")) br; (site_name) }
            div class="page-actions" {
                (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
                (button_quiet(&say.t("staff-claims-title"), Press::Follow(&format!("{DELIVERED}/{}", claim.claim))))
            }
        }
    })
}

fn clock(at: Timestamp, names: &Names) -> String {
    times::hour(vestibule_core::time::civil(at, &names.zone).minute)
}

/// `GET /staff/delivered/{id}/letter`
pub async fn page(desk: Desk, Path(id): Path<ClaimId>) -> Result<Markup, Fault> {
    let claim = super::one::known(&desk, id).await?;
    let names = desk.names(Wanted::default()).await?;
    let from = start_of_day(claim.at, &names.zone);
    // A day of the building has 23 to 25 hours.
    let to = start_of_day(from + Span::hours(26), &names.zone);
    let carrier = claim.carrier;
    let tables = move |tables: &rusqlite::Connection| {
        let scans = by_carrier(tables, (from, to))?.get(&carrier).copied().unwrap_or_default();
        Ok((scans, Settings::load(tables)?))
    };
    let (scans, settings) = desk.query(tables).await?;
    let title = desk.say.with("staff-letter-subject", &[("number", number(&claim, desk.say).into())]);
    let site = (desk.site_name.clone(), settings.addresses);
    let letter = Letter { claim, scans, site, names };
    Ok(desk.paper(&title, content(&letter, desk.say)))
}
