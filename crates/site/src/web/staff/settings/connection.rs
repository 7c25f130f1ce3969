//! How this site is reached, what is off because of that and why, how devices come to trust it, and how it stands with the
//! certificate of its own domain.
//!
//! Owns: `/staff/settings/connection`. Never: changes anything: listening, TLS and proxies are the configuration file's.

pub mod certificate;

use axum::http::HeaderMap;
use maud::{Markup, html};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Section};
use super::super::say::Say;
use crate::directory::settings::Settings;
use crate::look::message::{self, NoticeKind};
use crate::look::{listing, paper};
use crate::web::problem::Fault;
use crate::web::server::trust;

/// How the site is reached, as it is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By http, from this machine alone.
    ThisMachine,
    /// By a proxy that ends TLS.
    Proxy {
        /// Those on other machines.
        others: Vec<String>,
    },
    /// By TLS, with a certificate from files.
    Files,
    /// By TLS, with a certificate of the site's own authority, of this fingerprint.
    OwnAuthority(String),
    /// By TLS, with a certificate that an authority gives for domains of ours.
    OwnDomain(Box<certificate::Standing>),
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Connection {
    /// How the site is reached.
    pub way: Way,
    /// How this page was: `https://parcels.example.com`.
    pub origin: String,
    /// Whether the browser takes this page for safe: https, or this machine.
    pub is_safe_here: bool,
    /// The proxy says that this page came to it in the clear.
    pub came_plain: bool,
    /// Whether links in messages have an address.
    pub has_public_url: bool,
}

/// The page.
pub fn content(view: &Connection, say: Say, csrf: &str) -> Markup {
    let way = match &view.way {
        Way::ThisMachine => say.t("staff-way-machine"),
        Way::Proxy { others } if others.is_empty() => say.t("staff-way-proxy"),
        Way::Proxy { others } => say.with("staff-way-proxies", &[("addresses", others.join(", ").into())]),
        Way::Files => say.t("staff-way-files"),
        Way::OwnAuthority(_) => say.t("staff-way-own"),
        Way::OwnDomain(standing) => {
            say.with("staff-way-domain", &[("domains", standing.domains.join(", ").into())])
        }
    };
    let off = off(view, say);
    html! {
        (back("/staff/settings", &say.t("staff-settings-title")))
        (listing::page_title(&say.t("staff-connection"), Some(&way), html! {}))
        @if view.came_plain { (message::notice_banner(NoticeKind::Danger, &say.t("staff-way-plain"))) }
        (listing::section(&say.t("staff-off-title"), html! {
            @if off.is_empty() { (message::notice_banner(NoticeKind::Done, &say.t("staff-off-nothing"))) }
            @else { ul class="plain-list" { @for text in &off { li { (text) } } } }
        }))
        @if let Way::OwnDomain(standing) = &view.way { (certificate::content(standing, say, csrf)) }
        @if let Way::OwnAuthority(fingerprint) = &view.way {
            @let link = format!("{}{}", view.origin, trust::HERE);
            (listing::section(&say.t("staff-trust-title"), html! {
                p { (say.t("staff-trust-how")) " " a href=(trust::HERE) { (link) } }
                div class="shown-once" { (paper::qr(&vestibule_notices::qr::qr_svg(&link), &say.t("staff-trust-qr"))) }
                (listing::facts(&[(&say.t("staff-trust-fingerprint"), html! { span class="shown-token" { (fingerprint) } })]))
            }))
        }
        (listing::section(&say.t("staff-ways-title"), html! {
            p { (say.t("staff-ways")) }
            ul class="plain-list" {
                @for (key, lines) in WAYS { li { p { strong { (say.t(key)) } } pre class="command" tabindex="0" { (lines) } } }
            }
        }))
    }
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

/// What is off, and why.
fn off(view: &Connection, say: Say) -> Vec<String> {
    let machine_alone = view.way == Way::ThisMachine;
    let whys = [
        (machine_alone, "staff-off-others"),
        (!view.is_safe_here, "staff-off-camera"),
        (!view.has_public_url, "staff-off-links"),
    ];
    whys.into_iter().filter(|(is_off, _)| *is_off).map(|(_, key)| say.t(key)).collect()
}

/// Whether browsers take an address for safe: https, or this machine itself.
fn is_safe(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    origin.starts_with("https://") || ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

/// `GET /staff/settings/connection`
pub async fn page(desk: Desk, headers: HeaderMap) -> Result<Markup, Fault> {
    desk.may_set()?;
    let (web, settings) = (&desk.app.web, desk.query(Settings::load).await?);
    let way = match &web.authority {
        _ if web.own_domain.is_some() => match certificate::standing(&desk).await? {
            Some(standing) => Way::OwnDomain(Box::new(standing)),
            None => Way::Files,
        },
        _ if web.behind_proxy => {
            Way::Proxy { others: web.trusted_proxies.iter().map(ToString::to_string).collect() }
        }
        Some(authority) => Way::OwnAuthority(authority.fingerprint.clone()),
        None if web.tls => Way::Files,
        None => Way::ThisMachine,
    };
    let proto = headers.get("x-forwarded-proto").and_then(|proto| proto.to_str().ok());
    let came_plain = web.behind_proxy && proto.is_some_and(|proto| !proto.eq_ignore_ascii_case("https"));
    let view = Connection {
        way,
        origin: desk.origin.clone(),
        is_safe_here: is_safe(&desk.origin) && !came_plain,
        came_plain,
        has_public_url: web.public_url.is_some() || settings.public_url.is_some(),
    };
    Ok(desk.page(Section::Settings, &desk.say.t("staff-connection"), content(&view, desk.say, &desk.csrf)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    fn page(way: Way, origin: &str, came_plain: bool) -> String {
        let (origin, is_safe_here) = (origin.to_owned(), is_safe(origin) && !came_plain);
        let view = Connection { way, origin, is_safe_here, came_plain, has_public_url: false };
        content(&view, Say::new(Language::En), "csrf-of-the-session").into_string()
    }

    #[test]
    fn what_is_off_is_said_with_its_reason() {
        let here = page(Way::ThisMachine, "http://localhost:8080", false);
        assert!(here.contains("No other machine") && !here.contains("no camera"), "{here}");
        let plain = page(Way::Proxy { others: vec![] }, "https://parcels.example.com", true);
        assert!(plain.contains("no camera") && plain.contains("in the clear"), "{plain}");
        let far = page(Way::ThisMachine, "http://parcels.lan", false);
        assert!(far.contains("no camera"), "{far}");
    }

    #[test]
    fn a_certificate_of_our_own_comes_with_the_way_to_trust_it() {
        let page = |way| page(way, "https://parcels.lan:8443", false);
        let own = page(Way::OwnAuthority("AB:CD".to_owned()));
        assert!(own.contains("https://parcels.lan:8443/trust") && own.contains("AB:CD"), "{own}");
        assert!(own.contains("class=\"qr\""), "{own}");
        assert!(!page(Way::Files).contains("/trust"));
    }
}
