//! How this site is reached, what is off because of that and why, how devices come to trust it, and how it stands with the
//! certificate of its own domain.
//!
//! Owns: `/staff/settings/connection`. Never: changes anything: listening, TLS and proxies are the configuration file's.

pub mod certificate;

use maud::{Markup, html};
use vestibule_core::site::reached::{Reached, Way};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Section};
use super::super::say::Say;
use crate::look::message::{self, NoticeKind};
use crate::look::{listing, paper};
use crate::web::problem::Fault;
use crate::web::server::trust;

/// Where it is.
pub const HERE: &str = "/staff/settings/connection";

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Connection {
    /// How the site is reached.
    pub reached: Reached,
    /// How this page was: `https://parcels.example.com`.
    pub origin: String,
    /// The proxies on other machines that are believed.
    pub proxies: Vec<String>,
    /// Of the site's own authority, where devices are to trust that for good.
    pub fingerprint: Option<String>,
    /// How it stands with the certificate of the own domain, if there is one.
    pub domain: Option<certificate::Standing>,
}

/// The page.
pub fn content(view: &Connection, say: Say, csrf: &str) -> Markup {
    let off = view.reached.off();
    html! {
        (back("/staff/settings", &say.t("staff-settings-title")))
        (listing::page_title(&say.t("staff-connection"), Some(&way(view, say)), html! {}))
        @if view.reached.is_in_the_clear() { (message::notice_banner(NoticeKind::Danger, &say.t("staff-way-plain"))) }
        (listing::section(&say.t("staff-off-title"), html! {
            @if off.is_empty() { (message::notice_banner(NoticeKind::Done, &say.t("staff-off-nothing"))) }
            @else { ul class="plain-list" { @for off in off { li { (say.t(&format!("staff-off-{}", off.word()))) } } } }
        }))
        @if let Some(standing) = &view.domain { (certificate::content(standing, say, csrf)) }
        @if let Some(fingerprint) = &view.fingerprint { (trusting(fingerprint, &view.origin, say)) }
        (listing::section(&say.t("staff-ways-title"), html! {
            p { (say.t("staff-ways")) }
            ul class="plain-list" {
                @for (key, lines) in WAYS { li { p { strong { (say.t(key)) } } pre class="command" tabindex="0" { (lines) } } }
            }
        }))
    }
}

fn way(view: &Connection, say: Say) -> String {
    match view.reached.way {
        Way::Proxy if !view.proxies.is_empty() => {
            say.with("staff-way-proxies", &[("addresses", view.proxies.join(", ").into())])
        }
        Way::Proxy => say.t("staff-way-proxy"),
        Way::OwnDomain { .. } => {
            let domains =
                view.domain.as_ref().map(|standing| standing.domains.join(", ")).unwrap_or_default();
            say.with("staff-way-domain", &[("domains", domains.into())])
        }
        Way::ThisMachine => say.t("staff-way-machine"),
        Way::Files => say.t("staff-way-files"),
        Way::OwnAuthority => say.t("staff-way-own"),
    }
}

/// How other devices come to trust the site's own authority.
fn trusting(fingerprint: &str, origin: &str, say: Say) -> Markup {
    let link = format!("{origin}{}", trust::HERE);
    listing::section(
        &say.t("staff-trust-title"),
        html! {
            p { (say.t("staff-trust-how")) " " a href=(trust::HERE) { (link) } }
            div class="shown-once" { (paper::qr(&vestibule_notices::qr::qr_svg(&link), &say.t("staff-trust-qr"))) }
            (listing::facts(&[(&say.t("staff-trust-fingerprint"), html! { span class="shown-token" { (fingerprint) } })]))
        },
    )
}

/// The ways a site can be reached, each with what the configuration file needs for it.
const WAYS: [(&str, &str); 5] = [
    ("staff-ways-machine", "listen = [\"127.0.0.1:8080\"]"),
    (
        "staff-ways-domain",
        "listen = [\"0.0.0.0:443\"]\npublic_url = \"https://parcels.example.com\"\n[tls.acme]\ndomains = [\"parcels.example.com\"]\nterms_agreed = true",
    ),
    (
        "staff-ways-files",
        "listen = [\"0.0.0.0:8443\"]\n[tls]\ncertificate = \"fullchain.pem\"\nkey = \"key.pem\"",
    ),
    (
        "staff-ways-proxy",
        "listen = [\"127.0.0.1:8080\"]\nbehind_proxy = true\npublic_url = \"https://parcels.example.com\"",
    ),
    ("staff-ways-own", "listen = [\"0.0.0.0:8443\"]\nhosts = [\"parcels.lan\"]\n[tls]\nself_signed = true"),
];

/// `GET /staff/settings/connection`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    desk.may_set()?;
    let (web, reached) = (&desk.app.web, desk.reached());
    let authority = web.authority.as_ref().filter(|_| reached.way == Way::OwnAuthority);
    let view = Connection {
        reached,
        origin: desk.origin.clone(),
        proxies: web.trusted_proxies.iter().map(ToString::to_string).collect(),
        fingerprint: authority.map(|authority| authority.fingerprint.clone()),
        domain: certificate::standing(&desk).await?,
    };
    Ok(desk.page(Section::Settings, &desk.say.t("staff-connection"), content(&view, desk.say, &desk.csrf)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_core::site::reached::Off;

    fn view(way: Way, is_safe_here: bool) -> Connection {
        let reached = Reached { way, is_safe_here, has_public_url: false };
        let origin = "https://parcels.lan:8443".to_owned();
        Connection { reached, origin, proxies: vec![], fingerprint: None, domain: None }
    }

    fn page(view: &Connection) -> String {
        content(view, Say::new(Language::En), "csrf-of-the-session").into_string()
    }

    #[test]
    fn what_is_off_is_said_with_its_reason() {
        let here = page(&view(Way::ThisMachine, true));
        assert!(here.contains("No other machine") && !here.contains("no camera"), "{here}");
        let plain = page(&view(Way::Proxy, false));
        assert!(plain.contains("no camera") && plain.contains("in the clear"), "{plain}");
        let far = page(&view(Way::ThisMachine, false));
        assert!(far.contains("no camera") && !far.contains("in the clear"), "{far}");
        let bare = page(&view(Way::OwnDomain { holds: false }, true));
        assert!(bare.contains("no certificate that holds"), "{bare}");
        for language in Language::ALL {
            let words = Off::ALL.map(|off| Say::new(language).t(&format!("staff-off-{}", off.word())));
            assert!(words.iter().all(|text| !text.is_empty() && !text.starts_with("staff-")), "{words:?}");
        }
    }

    #[test]
    fn a_certificate_of_our_own_comes_with_the_way_to_trust_it() {
        let own = view(Way::OwnAuthority, true);
        let own = page(&Connection { fingerprint: Some("AB:CD".to_owned()), ..own });
        assert!(own.contains("https://parcels.lan:8443/trust") && own.contains("AB:CD"), "{own}");
        assert!(own.contains("class=\"qr\""), "{own}");
        assert!(!page(&view(Way::Files, true)).contains("/trust"));
    }
}
