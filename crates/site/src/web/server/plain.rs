//! What is answered in the clear where an own domain has a certificate: the proofs an authority asks for, and the way to https.
//!
//! Owns: that listener's two answers. Never: a page, a cookie, a way to anywhere but the site's own domains.

use super::listener::Challenges;
use crate::config::host_of;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::sync::Arc;

/// What that listener knows.
#[derive(Debug, Clone)]
pub struct Plain {
    /// The proofs that are up.
    pub challenges: Challenges,
    /// The site's own domains; the first is where strangers are sent.
    pub domains: Vec<String>,
    /// The site's address, if it has one: it may name a port.
    pub public_url: Option<String>,
}

/// Its routes.
pub fn router(plain: Plain) -> Router {
    Router::new()
        .route("/.well-known/acme-challenge/{token}", get(proof))
        .fallback(onwards)
        .with_state(Arc::new(plain))
}

async fn proof(State(plain): State<Arc<Plain>>, Path(token): Path<String>) -> Response {
    match plain.challenges.by_http(&token) {
        Some(proof) => ([(CONTENT_TYPE, "application/octet-stream")], proof).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn onwards(State(plain): State<Arc<Plain>>, headers: HeaderMap, request: Request) -> Redirect {
    let asked = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    Redirect::permanent(&plain.way(asked, target))
}

impl Plain {
    /// The https address of what was asked for in the clear.
    fn way(&self, host: &str, target: &str) -> String {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
        let first = self.domains.first().map_or("localhost", String::as_str);
        let domain = self.domains.iter().find(|domain| **domain == name).map_or(first, String::as_str);
        let public = self.public_url.as_deref().filter(|url| url.starts_with("https://"));
        let origin = match public.filter(|url| host_of(url) == Some(domain)) {
            Some(url) => url.to_owned(),
            None => format!("https://{domain}"),
        };
        // `*` and what else has no path is asked for by no browser.
        let target = if target.starts_with('/') { target } else { "/" };
        format!("{origin}{target}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_sent_to_our_own_domains_and_nowhere_else() {
        let domains = ["a.example.com", "b.example.com"].map(str::to_owned).to_vec();
        let plain = |url: Option<&str>| Plain {
            challenges: Challenges::default(),
            domains: domains.clone(),
            public_url: url.map(str::to_owned),
        };
        let bare = plain(None);
        assert_eq!(bare.way("a.example.com", "/p?x=1"), "https://a.example.com/p?x=1");
        assert_eq!(bare.way("B.example.com:80", "/"), "https://b.example.com/");
        for stranger in
            ["evil.example", "", "a.example.com.evil.example", "[::1]:80", "a.example.com@evil.example"]
        {
            assert_eq!(bare.way(stranger, "/x"), "https://a.example.com/x", "{stranger}");
        }
        for (target, expected) in [
            ("//evil.example/x", "https://a.example.com//evil.example/x"),
            ("*", "https://a.example.com/"),
            ("@evil.example", "https://a.example.com/"),
            (".evil.example", "https://a.example.com/"),
        ] {
            assert_eq!(bare.way("a.example.com", target), expected);
        }
        let ported = plain(Some("https://b.example.com:8443"));
        assert_eq!(ported.way("b.example.com", "/x"), "https://b.example.com:8443/x");
        assert_eq!(ported.way("a.example.com", "/x"), "https://a.example.com/x");
    }
}
