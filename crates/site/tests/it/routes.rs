//! Every route, and who may use it: `routes.txt` is the list, the router must be exactly that.
//!
//! A line is `METHOD path who [body]`. Who: `public`, `setup`, `link` (the address is the secret), `staff` (any role),
//! `manager` (and owners), `owner`, `kiosk`, `visit` (a visit at that kiosk), `demo` (public, demonstrations only).
//! The body is what a role that may not must send to be told so: JSON for the API, a form
//! or `multipart` for pages.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite, Said};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use vestibule_core::code::token::{TokenKind, draw_token};
use vestibule_core::code::{Draw, Seed};

#[derive(Clone)]
pub struct Line {
    pub method: String,
    pub path: String,
    pub who: String,
    pub body: Option<String>,
}

pub fn list() -> Vec<Line> {
    let lines = include_str!("routes.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        let mut word = || words.next().unwrap_or_else(|| panic!("too short: {line}"));
        let (method, path, who) = (word(), word(), word());
        let body = words.collect::<Vec<_>>().join(" ");
        Line { method, path, who, body: (!body.is_empty()).then_some(body) }
    };
    lines.map(line).collect()
}

/// The paths the router was built of; it tells them in its Debug form alone.
fn paths(site: &LiveSite) -> BTreeSet<String> {
    let told = format!("{:?}", site.router);
    let mut paths = BTreeSet::new();
    for node in told.split("paths: {").skip(1) {
        let end = node.find("\"}").unwrap_or(node.len());
        paths.extend(
            node[..end]
                .split(": \"")
                .skip(1)
                .map(|path| path.split('"').next().unwrap_or_default().to_owned()),
        );
    }
    paths.retain(|path| !path.contains("__private__"));
    paths
}

/// An address under a path: every parameter is 1.
pub fn address(path: &str) -> String {
    let segment = |segment: &str| if segment.starts_with('{') { "1".to_owned() } else { segment.to_owned() };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

async fn methods(site: &LiveSite, path: &str) -> Vec<String> {
    let said = Call::new("TRACE", &address(path)).header("sec-fetch-site", "same-origin").to(site).await;
    assert_eq!(said.code, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    let allow =
        said.headers.get("allow").unwrap_or_else(|| panic!("{path} says what it allows")).to_str().unwrap();
    allow.split(',').filter(|method| *method != "HEAD").map(str::to_owned).collect()
}

pub fn has_headers(said: &Said, what: &str) {
    let header = |name: &str| said.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default();
    let policy = header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'nonce-"),
        "{what}: {policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{what}: {policy}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
    assert!(["no-referrer", "same-origin"].contains(&header("referrer-policy")), "{what}");
    assert!(
        !header("permissions-policy").is_empty() && !header("cross-origin-opener-policy").is_empty(),
        "{what}"
    );
    let is_static = what.contains("/static/");
    assert!(header("cache-control") == "no-store" || is_static, "{what}: {}", header("cache-control"));
}

pub fn call(line: &Line) -> Call {
    let call = Call::new(&line.method, &address(&line.path));
    match &line.body {
        Some(body) if body.starts_with('{') => call.json(serde_json::from_str(body).unwrap()),
        Some(body) if body.starts_with("multipart") => upload(call, body),
        Some(body) => call.form(body),
        None if line.method == "GET" => call,
        None => call.header("sec-fetch-site", "same-origin"),
    }
}

/// A form with a file, of which only the form token matters here.
fn upload(call: Call, body: &str) -> Call {
    let csrf = body.split_once("csrf=").map_or("", |(_, csrf)| csrf);
    let field = "content-disposition: form-data; name=\"csrf\"";
    let text = format!("--part\r\n{field}\r\n\r\n{csrf}\r\n--part--\r\n");
    call.text("multipart/form-data; boundary=part", &text).header("sec-fetch-site", "same-origin")
}

fn is_sent_to_sign_in(said: &Said) -> bool {
    let to = said.headers.get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    said.code == StatusCode::UNAUTHORIZED
        || (said.code == StatusCode::SEE_OTHER && to.starts_with("/sign-in"))
}

#[tokio::test]
async fn the_list_is_the_router() {
    let site = LiveSite::founded().await;
    let mut built = BTreeSet::new();
    for path in paths(&site) {
        built.extend(methods(&site, &path).await.into_iter().map(|method| format!("{method} {path}")));
    }
    assert!(built.len() > 50, "the router tells its paths: {built:?}");
    let listed: BTreeSet<String> =
        list().iter().map(|line| format!("{} {}", line.method, line.path)).collect();
    let unlisted: Vec<_> = built.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&built).collect();
    assert!(unlisted.is_empty(), "say in tests/it/routes.txt who may use: {unlisted:#?}");
    assert!(gone.is_empty(), "these are in tests/it/routes.txt and not in the router: {gone:#?}");
}

#[tokio::test]
async fn without_a_session_only_public_routes_answer() {
    let site = LiveSite::founded().await;
    for line in list() {
        let said = call(&line).to(&site).await;
        let what = format!("{} {}", line.method, line.path);
        has_headers(&said, &what);
        match line.who.as_str() {
            "public" | "demo" => assert!(
                !is_sent_to_sign_in(&said) || line.path.contains("session") || line.path == "/sign-in",
                "{what}: {}",
                said.code
            ),
            "setup" | "link" => assert!(said.code.is_client_error(), "{what}: {}", said.code),
            "kiosk" | "visit" => assert_eq!(said.code, StatusCode::UNAUTHORIZED, "{what}"),
            "staff" | "manager" | "owner" => {
                assert!(is_sent_to_sign_in(&said), "{what}: {} {}", said.code, said.text)
            }
            other => panic!("{what}: who is {other}?"),
        }
    }
}

#[tokio::test]
async fn a_foreign_page_changes_nothing() {
    let site = LiveSite::founded().await;
    let (token, _) = site.staff("owner").await;
    for line in list().iter().filter(|line| line.method != "GET") {
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let cookie = format!("session={token}");
            let call =
                Call::new(&line.method, &address(&line.path)).header("cookie", &cookie).header(name, value);
            let said = call.to(&site).await;
            assert_eq!(said.code, StatusCode::FORBIDDEN, "{} {} with {name}", line.method, line.path);
            has_headers(&said, &line.path);
        }
    }
    let wrong_host = Call::get("/sign-in").header("host", "evil.example").to(&site).await;
    assert_eq!(wrong_host.code, StatusCode::MISDIRECTED_REQUEST);
    assert!(wrong_host.text.contains("<h1"), "in words: {}", wrong_host.text);
}

#[tokio::test]
async fn a_screen_that_is_not_paired_is_told_so() {
    let site = LiveSite::founded().await;
    let tag = site.handle.read(|site, _| site.tag).await.unwrap().unwrap();
    let stranger = draw_token(&mut Draw::new(Seed([9; 32])), TokenKind::Kiosk, tag);
    let (session, _) = site.staff("owner").await;
    for line in list().iter().filter(|line| ["kiosk", "visit"].contains(&line.who.as_str())) {
        for token in [stranger.expose(), &session, "VK"] {
            let said = call(line).bearer(token).to(&site).await;
            assert_eq!(said.code, StatusCode::UNAUTHORIZED, "{} {}", line.method, line.path);
        }
        let cookie = format!("kiosk={}", stranger.expose());
        let said =
            call(line).header("cookie", &cookie).header("sec-fetch-site", "same-origin").to(&site).await;
        assert_eq!(said.code, StatusCode::UNAUTHORIZED, "{} {}", line.method, line.path);
    }
}

#[tokio::test]
async fn a_role_does_what_is_its_own_and_nothing_more() {
    let site = LiveSite::founded().await;
    let mut wrong = Vec::new();
    for line in list() {
        for role in ["owner", "manager", "staff"] {
            let may = match line.who.as_str() {
                "staff" => true,
                "manager" => role != "staff",
                "owner" => role == "owner",
                _ => continue,
            };
            let said = call_as(&site, &line, role).await;
            let what = format!("{} {} as {role}: {}", line.method, line.path, said.code);
            has_headers(&said, &what);
            let is_refused = said.code == StatusCode::FORBIDDEN && is_about_the_role(&said);
            if is_sent_to_sign_in(&said) || is_refused == may {
                wrong.push(what);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// With a fresh session of this role and, where a form is posted, its token.
async fn call_as(site: &LiveSite, line: &Line, role: &str) -> Said {
    let (token, csrf) = site.staff(role).await;
    let with_token =
        |body: &String| if body.starts_with('{') { body.clone() } else { format!("{body}&csrf={csrf}") };
    let line = Line {
        method: line.method.clone(),
        path: line.path.clone(),
        who: line.who.clone(),
        body: line.body.as_ref().map(with_token),
    };
    let cookie = format!("session={token}");
    call(&line).header("cookie", &cookie).header("sec-fetch-site", "same-origin").to(site).await
}

fn is_about_the_role(said: &Said) -> bool {
    said.text.contains("\"not-allowed\"") || said.text.contains("Your account may not do this")
}
