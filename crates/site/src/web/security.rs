//! What every request and every answer must satisfy, whoever asks: headers, host, origin, size, set-up first.
//!
//! Owns: the content security policy and its nonce, which answers may use a camera, the Host list, Origin and Sec-Fetch-Site, the
//! closed door before an owner exists. Never: knows a session or a role; [`super::guard`] does.

use super::problem::Trouble;
use super::{App, WebSettings};
use crate::keys::fresh_bytes;
use axum::Extension;
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Bodies up to so many megabytes.
pub const BODY_MEGABYTES: u32 = 1;
/// Uploads of a resident list up to so many megabytes.
pub const UPLOAD_MEGABYTES: u32 = 10;
/// The picture of who rings by phone up to so many megabytes, as phones take them.
pub const CALLER_MEGABYTES: u32 = 12;
/// A photo of a label up to so many megabytes, as the program's reader takes them.
pub const PHOTO_MEGABYTES: u32 = 32;
const MEGABYTE: usize = 1 << 20;

/// The nonce of this answer's content security policy.
#[derive(Clone)]
pub struct Nonce(pub Arc<str>);

impl Nonce {
    fn fresh() -> Self {
        Self(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(fresh_bytes::<16>()).into())
    }
}

/// What the headers of an answer depend on. Each request gets a nonce, each answer its headers.
pub(super) struct Dress {
    nonce: Nonce,
    has_token_in_path: bool,
    is_static: bool,
}

/// Of an answer: its page looks through a camera.
#[derive(Clone)]
struct Looks;

/// A page that may look through a camera, and whose worker may read what is seen. No other page may.
pub fn with_camera(page: impl IntoResponse) -> Response {
    (Extension(Looks), page).into_response()
}

impl Dress {
    /// Gives the request its nonce.
    pub(super) fn of(request: &mut Request) -> Self {
        let nonce = Nonce::fresh();
        request.extensions_mut().insert(nonce.clone());
        let path = request.uri().path();
        Self { nonce, has_token_in_path: is_token_page(path), is_static: path.starts_with("/static/") }
    }

    /// The answer with its headers.
    pub(super) fn put_on(self, mut response: Response) -> Response {
        let referrer = if self.has_token_in_path { "no-referrer" } else { "same-origin" };
        let has_camera = response.extensions().get::<Looks>().is_some();
        dress(response.headers_mut(), &self.nonce, (referrer, has_camera));
        if !self.is_static {
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        response
    }
}

/// Other devices no page uses.
const NO_DEVICES: &str = "microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()";

fn dress(headers: &mut HeaderMap, nonce: &Nonce, (referrer, has_camera): (&'static str, bool)) {
    // What a camera sees is read by a worker, which brings its own policy.
    let worker = if has_camera { "; worker-src 'self'" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{}'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'{worker}",
        nonce.0
    );
    let policy = HeaderValue::from_str(&policy).expect("a nonce is base64");
    // A page that shows what strangers wrote brings a narrower one.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    let camera = if has_camera { "camera=(self)" } else { "camera=()" };
    let devices = HeaderValue::from_str(&format!("{camera}, {NO_DEVICES}")).expect("plain words");
    headers.insert(HeaderName::from_static("permissions-policy"), devices);
    let fixed: [(HeaderName, &'static str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, referrer),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Pages whose address is a secret: it must not travel on as a referrer.
fn is_token_page(path: &str) -> bool {
    ["/l/", "/d/", "/setup", "/reset", "/look"].iter().any(|start| path.starts_with(start))
}

/// Refuses before any handler runs.
///
/// # Errors
/// What is wrong with the request, whoever asks.
pub(super) async fn check(app: &App, request: &mut Request) -> Result<(), Trouble> {
    let most = body_megabytes(request.uri().path());
    DefaultBodyLimit::max(most as usize * MEGABYTE).apply(request);
    let path = request.uri().path();
    let (headers, web) = (request.headers(), &app.web);
    // Whoever goes round the proxy speaks in the clear.
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if web.behind_proxy && peer.is_some_and(|peer| !web.is_proxy(peer)) {
        return Err(Trouble::RoundTheProxy);
    }
    let host = host_of(headers, request.uri()).ok_or(Trouble::WrongHost)?;
    if !is_ours(&host, web) {
        return Err(Trouble::WrongHost);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        same_origin(headers, path, &host, web)?;
    }
    if body_length(headers).is_some_and(|length| length > most as usize * MEGABYTE) {
        return Err(Trouble::TooLarge(most));
    }
    if is_open_before_set_up(path) || owner_exists(app).await? {
        Ok(())
    } else {
        Err(if path.starts_with("/api/") { Trouble::NotSignedIn } else { Trouble::NotSetUp })
    }
}

/// How large a body this path takes.
pub fn body_megabytes(path: &str) -> u32 {
    if path.ends_with("/import") {
        UPLOAD_MEGABYTES
    } else if path == "/staff/desk/photo" {
        // What is around the file in the form comes on top.
        PHOTO_MEGABYTES + BODY_MEGABYTES
    } else if path.starts_with("/at/") {
        CALLER_MEGABYTES
    } else {
        BODY_MEGABYTES
    }
}

fn body_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn host_of(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    named.or_else(|| uri.authority().map(ToString::to_string)).map(|host| host.to_ascii_lowercase())
}

/// Whether a `Host` names the machine that whoever asks sits at.
pub(super) fn is_this_machine(host: &str) -> bool {
    let name = without_port(host);
    matches!(name, "localhost" | "[::1]")
        || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// Whether the site is called that: this machine itself, the public address, or a name in the settings.
fn is_ours(host: &str, web: &WebSettings) -> bool {
    let name = without_port(host);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let public = web.public_url.as_deref().and_then(authority_of);
    is_this_machine(host)
        || public.is_some_and(|public| without_port(public).eq_ignore_ascii_case(name))
        || web
            .hosts
            .iter()
            .any(|known| [name, bare, host].iter().any(|form| known.eq_ignore_ascii_case(form)))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

fn authority_of(url: &str) -> Option<&str> {
    url.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest))
}

/// A browser says where a state change comes from. Programs that say nothing bring no cookie, so they have nothing to abuse.
fn same_origin(headers: &HeaderMap, path: &str, host: &str, web: &WebSettings) -> Result<(), Trouble> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let same = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        // Pages that send no referrer send no origin either; a link page has its secret in its address.
        (None, Some("null")) => path.starts_with("/l/") || path.starts_with("/d/"),
        (None, Some(origin)) => {
            let from = authority_of(origin).unwrap_or_default();
            let public = web.public_url.as_deref().and_then(authority_of);
            from.eq_ignore_ascii_case(host) || public.is_some_and(|public| public.eq_ignore_ascii_case(from))
        }
        (None, None) => !headers.contains_key(header::COOKIE),
    };
    if same { Ok(()) } else { Err(Trouble::ForeignOrigin) }
}

/// What answers before an owner exists: set-up, health, static files.
fn is_open_before_set_up(path: &str) -> bool {
    path == "/setup"
        || path == "/look"
        || path == "/healthz"
        || path == "/readyz"
        || path.starts_with("/static/")
}

/// Whether an owner exists. Asked of the database until the answer is yes.
pub async fn owner_exists(app: &App) -> Result<bool, Trouble> {
    if app.has_owner.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let found = app.site.query(crate::accounts::link::owner_exists).await.map_err(|_| Trouble::Broken)?;
    app.has_owner.store(found, Ordering::Relaxed);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web() -> WebSettings {
        WebSettings {
            public_url: Some("https://parcels.example:8443/".into()),
            hosts: vec!["10.0.0.7".into()],
            ..WebSettings::default()
        }
    }

    #[test]
    fn only_known_hosts_are_ours() {
        for host in [
            "localhost:8080",
            "127.0.0.1",
            "[::1]:80",
            "parcels.example",
            "parcels.example:8443",
            "10.0.0.7:80",
        ] {
            assert!(is_ours(host, &web()), "{host}");
        }
        for host in ["evil.example", "parcels.example.evil", "10.0.0.8", "localhost.evil:80", ""] {
            assert!(!is_ours(host, &web()), "{host}");
        }
    }

    #[test]
    fn a_camera_is_for_the_pages_that_ask_for_it() {
        let policies = |answer: Response| {
            let mut request = Request::get("/kiosk").body(axum::body::Body::empty()).unwrap();
            let answer = Dress::of(&mut request).put_on(answer);
            let header = |name: &str| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
            (header("permissions-policy"), header("content-security-policy"))
        };
        let (devices, policy) = policies(with_camera("a page"));
        assert!(devices.contains("camera=(self)") && devices.contains("microphone=()"), "{devices}");
        assert!(policy.ends_with("; worker-src 'self'") && !policy.contains("unsafe"), "{policy}");
        let (devices, policy) = policies("a page".into_response());
        assert!(devices.contains("camera=()") && !policy.contains("worker-src"), "{devices}: {policy}");
    }

    #[test]
    fn a_state_change_comes_from_our_own_pages() {
        let check = |pairs: &[(&'static str, &str)], path: &str| {
            let headers =
                pairs.iter().map(|(n, v)| (HeaderName::from_static(n), v.parse().unwrap())).collect();
            same_origin(&headers, path, "localhost:8080", &web()).is_ok()
        };
        assert!(check(&[("sec-fetch-site", "same-origin"), ("origin", "null")], "/staff"));
        assert!(check(&[("origin", "http://localhost:8080")], "/staff"));
        assert!(check(&[("origin", "https://parcels.example:8443")], "/staff"));
        assert!(check(&[("origin", "null")], "/l/VL"));
        assert!(check(&[], "/api/v1/sessions"));
        assert!(!check(&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:8080")], "/staff"));
        assert!(!check(&[("sec-fetch-site", "same-site")], "/staff"));
        assert!(!check(&[("origin", "null")], "/staff"));
        assert!(!check(&[("origin", "http://localhost:9090")], "/staff"));
        assert!(!check(&[("cookie", "a=b")], "/staff"));
    }
}
