//! How it stands with the certificate of the own domain, in words, and the press that has it tried now.
//!
//! Owns: that section of the connection's page. Never: asks an authority; the runner does.

use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::Timestamp;
use vestibule_core::time::Zone;

use super::super::super::desk_page::{Desk, done};
use super::super::super::say::{Put, Say};
use super::super::super::times;
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_secondary, form, listing};
use crate::runners::certificate::{CertificateView, Failure, Window};
use crate::web::guard::Csrf;
use crate::web::problem::{Fault, Trouble};
use crate::web::server::trust;

const TRY: &str = "/staff/settings/connection/certificate";

/// All the section shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The domains.
    pub domains: Vec<String>,
    /// The authority's host.
    pub authority: String,
    /// What the runner says.
    pub view: CertificateView,
    /// Until there is a certificate, the site's own authority is shown, and there is a page to trust it.
    pub may_trust: bool,
    /// The building's zone.
    pub zone: Zone,
    /// Now, by the clock of the certificate.
    pub now: Timestamp,
}

/// The section.
pub fn content(standing: &Standing, say: Say, csrf: &str) -> Markup {
    let view = &standing.view;
    let failure = view.last.as_ref().and_then(|last| last.failure.as_ref());
    let held = held(standing, say);
    let last = match &view.last {
        None => say.t("staff-acme-last-none"),
        Some(last) => {
            let when = moment(standing, last.at, say);
            let key = if last.failure.is_some() { "staff-acme-last-failed" } else { "staff-acme-last-had" };
            say.with(key, &[("when", when.into())])
        }
    };
    let next = next(standing, say);
    let terms = ["held", "window", "last", "next"].map(|word| say.t(&format!("staff-acme-{word}")));
    let mut facts = vec![(terms[0].as_str(), html! { (held) })];
    facts.extend(view.window.as_ref().map(|window| (terms[1].as_str(), suggested(window, standing, say))));
    facts.extend([(terms[2].as_str(), html! { (last) }), (terms[3].as_str(), html! { (next) })]);
    listing::section(
        &say.t("staff-acme-title"),
        html! {
            @if let Some(failure) = failure { (why(failure, standing, say)) }
            (listing::facts(&facts))
            @if standing.may_trust { p { (say.t("staff-acme-meanwhile")) " " a href=(trust::HERE) { (trust::HERE) } } }
            @if view.is_wanted && !view.is_trying {
                form class="posting" method="post" action=(TRY) {
                    (form::csrf_field(csrf))
                    (button_secondary(&say.t("staff-acme-try"), Press::Submit))
                }
            }
        },
    )
}

/// How long the certificate holds.
fn held(standing: &Standing, say: Say) -> String {
    let Some(held) = standing.view.held else { return say.t("staff-acme-held-none") };
    let date = times::date(say, held.until, &standing.zone);
    let key = if held.until <= standing.now { "staff-acme-held-over" } else { "staff-acme-held-until" };
    say.with(key, &[("date", date.into())])
}

/// Within which time the authority wants it renewed, and where it says why. Its address is shown as text: we vouch for none.
fn suggested(window: &Window, standing: &Standing, say: Say) -> Markup {
    let put: [(&'static str, Put); 2] = [
        ("from", times::date(say, window.from, &standing.zone).into()),
        ("until", times::date(say, window.until, &standing.zone).into()),
    ];
    html! {
        (say.with("staff-acme-window-when", &put))
        @if let Some(why) = &window.why { " " (say.with("staff-acme-window-why", &[("page", why.as_str().into())])) }
    }
}

/// When it is tried again.
fn next(standing: &Standing, say: Say) -> String {
    let view = &standing.view;
    if view.is_trying {
        say.t("staff-acme-next-now")
    } else if view.waits_for_clock {
        say.t("staff-acme-next-clock")
    } else {
        say.with("staff-acme-next-at", &[("when", moment(standing, view.next.max(standing.now), say).into())])
    }
}

/// Day and hour; further off, the day alone.
fn moment(standing: &Standing, at: Timestamp, say: Say) -> String {
    times::moment(say, at, (&standing.zone, standing.now))
}

/// Why there was none, what to do, and the authority's own words.
fn why(failure: &Failure, standing: &Standing, say: Say) -> Markup {
    let put: [(&'static str, Put); 2] = [
        ("domain", standing.domains.first().cloned().unwrap_or_default().into()),
        ("authority", standing.authority.clone().into()),
    ];
    let words = say.with(&format!("staff-acme-why-{}", failure.trouble.key()), &put);
    html! {
        (message::notice_banner(NoticeKind::Warning, &words))
        @if !failure.said.is_empty() {
            (listing::facts(&[(&say.t("staff-acme-said"), html! { (failure.said) })]))
        }
    }
}

/// What the site knows of it; None: no authority is asked.
pub(super) async fn standing(desk: &Desk) -> Result<Option<Standing>, Fault> {
    let Some(own) = &desk.app.web.own_domain else { return Ok(None) };
    let (zone, now) = desk.read(|site, now| (site.policy.zone.clone(), now)).await?;
    let view = own.view();
    let host = crate::config::host_of(&own.directory).unwrap_or_default().to_owned();
    let may_trust = desk.app.web.authority.is_some() && view.held.is_none();
    let domains = own.domains.to_vec();
    Ok(Some(Standing { domains, authority: host, view, may_trust, zone, now }))
}

/// `POST /staff/settings/connection/certificate`
pub async fn try_now(desk: Desk, _: Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let own = desk.app.web.own_domain.as_ref().ok_or(Trouble::NoPage)?;
    own.try_now();
    Ok(done(super::HERE, "trying"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runners::certificate::{Trouble as Why, Try, Validity};
    use crate::web::words::Language;
    use std::collections::BTreeSet;

    /// 2026-11-29.
    const NOW: Timestamp = Timestamp(1_795_910_400_000);
    const DAY: i64 = 86_400_000;

    fn standing(view: CertificateView) -> Standing {
        let (domains, authority) = (vec!["parcels.example.com".to_owned()], "ca.example".to_owned());
        let may_trust = view.held.is_none();
        Standing { domains, authority, view, may_trust, zone: Zone::utc(), now: NOW }
    }

    fn page(view: CertificateView, language: Language) -> String {
        content(&standing(view), Say::new(language), "csrf-of-the-session").into_string()
    }

    fn failed(trouble: Why, said: &str) -> CertificateView {
        let last = Some(Try { at: NOW, failure: Some(Failure::new(trouble, said)) });
        let next = Timestamp(NOW.0 + DAY / 24);
        CertificateView { last, next, is_wanted: true, ..CertificateView::default() }
    }

    #[test]
    fn every_trouble_has_words_of_its_own_and_the_authoritys_are_shown_as_text() {
        for language in Language::ALL {
            let pages: BTreeSet<String> =
                Why::ALL.into_iter().map(|trouble| page(failed(trouble, ""), language)).collect();
            assert_eq!(pages.len(), Why::ALL.len());
            let said = page(failed(Why::SomebodyElse, "<b>no</b>"), language);
            assert!(said.contains("&lt;b&gt;no") && !said.contains("<b>no"), "{said}");
        }
    }

    #[test]
    fn what_the_authority_suggests_is_told_with_its_reason() {
        let (from, until) = (Timestamp(NOW.0 + 20 * DAY), Timestamp(NOW.0 + 22 * DAY));
        let why = Some("https://ca.example/<why>".to_owned());
        let view =
            CertificateView { window: Some(Window { from, until, why }), ..CertificateView::default() };
        for language in Language::ALL {
            let told = page(view.clone(), language);
            assert!(told.contains("https://ca.example/&lt;why&gt;") && !told.contains("<why>"), "{told}");
            assert!(told.contains("19") && told.contains("21"), "between the 19th and the 21st: {told}");
            let usual = page(CertificateView::default(), language);
            assert!(usual.len() < told.len() && !usual.contains("ca.example/"), "{usual}");
        }
    }

    #[test]
    fn a_press_is_offered_where_it_helps_and_not_while_one_is_under_way() {
        let open = failed(Why::NoAddress, "");
        assert!(page(open.clone(), Language::En).contains("<form"));
        assert!(!page(CertificateView { is_trying: true, ..open.clone() }, Language::En).contains("<form"));
        let from = Timestamp(NOW.0 - DAY);
        let held = Some(Validity { from, until: Timestamp(NOW.0 + 89 * DAY) });
        let young = CertificateView { held, is_wanted: false, last: None, ..open };
        let page = page(young, Language::En);
        assert!(!page.contains("<form") && page.contains("26 Feb 2027"), "{page}");
        assert!(!page.contains(trust::HERE), "the own authority is not shown any more");
    }

    #[test]
    fn a_certificate_that_is_over_is_not_said_to_hold() {
        let held = |until: i64| {
            let held = Some(Validity { from: Timestamp(NOW.0 - 90 * DAY), until: Timestamp(until) });
            page(CertificateView { held, ..failed(Why::Unreachable, "") }, Language::En)
        };
        assert!(held(NOW.0 + DAY).contains("until 30 Nov 2026"), "{}", held(NOW.0 + DAY));
        assert!(held(NOW.0 - DAY).contains("ended on 28 Nov 2026"), "{}", held(NOW.0 - DAY));
    }
}
