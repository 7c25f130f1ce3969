//! Language and theme of whoever reads the answer.

use super::super::words::Language;
use super::super::{App, security::Nonce};
use super::cookie;
use crate::look::{Frame, PageHead, Theme};
use axum::Form;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::{HeaderMap, Uri, header, request::Parts};
use axum::response::Redirect;
use axum_extra::extract::cookie::{Cookie, CookieJar};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;

const LANGUAGE: &str = "language";
const THEME: &str = "theme";

/// How an answer is to be written: every page handler takes one.
#[derive(Clone)]
pub struct Reader {
    /// From `?lang=`, the cookie, or what the browser accepts, in this order; else English.
    pub language: Language,
    /// Whether the reader chose the language here.
    pub has_chosen: bool,
    /// From the cookie; else as the device prefers.
    pub theme: Theme,
    /// Of this answer's content security policy.
    pub nonce: Arc<str>,
}

impl Reader {
    /// Reads what the request says of its reader.
    pub fn of(headers: &HeaderMap, uri: &Uri, nonce: Option<&Nonce>) -> Self {
        let jar = CookieJar::from_headers(headers);
        let cookie = |name| jar.get(name).map(|cookie| cookie.value().to_owned());
        let asked = query_value(uri, "lang").and_then(|tag| tag.parse().ok());
        let chosen = asked.or_else(|| cookie(LANGUAGE).and_then(|tag| tag.parse().ok()));
        let accepted = || Language::negotiate(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
        Self {
            language: chosen.or_else(accepted).unwrap_or_default(),
            has_chosen: chosen.is_some(),
            theme: cookie(THEME).map_or(Theme::Device, |word| Theme::from_word(&word)),
            nonce: nonce.map_or_else(|| "".into(), |nonce| Arc::clone(&nonce.0)),
        }
    }

    /// The head of a page for this reader.
    pub fn head<'a>(&'a self, title: &'a str, skip_text: &'a str, frame: Frame) -> PageHead<'a> {
        PageHead {
            title,
            language: self.language.tag(),
            theme: self.theme,
            frame,
            nonce: &self.nonce,
            skip_text,
        }
    }

    /// The same reader in another language (a person's own).
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }
}

/// The value of a query field that needs no decoding.
pub(super) fn query_value<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

impl FromRequestParts<App> for Reader {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers, &parts.uri, parts.extensions.get()))
    }
}

/// What a language or theme switch posts.
#[derive(Deserialize)]
pub struct Chosen {
    language: Option<String>,
    theme: Option<String>,
}

/// Where to go back to.
#[derive(Deserialize)]
pub struct Back {
    back: Option<String>,
}

/// `POST /look?back=/path`: remembers the language or theme chosen. Nothing else changes, so no token is needed.
pub async fn switch_look(
    State(app): State<App>,
    Query(Back { back }): Query<Back>,
    jar: CookieJar,
    Form(chosen): Form<Chosen>,
) -> (CookieJar, Redirect) {
    let keep = |jar: CookieJar, name: &'static str, value: String| {
        let mut kept = cookie(&app.web, name, value);
        kept.set_name(name);
        kept.make_permanent();
        jar.add(kept)
    };
    let mut jar = jar;
    if let Some(language) = chosen.language.and_then(|tag| tag.parse::<Language>().ok()) {
        jar = keep(jar, LANGUAGE, language.tag().to_owned());
    }
    if let Some(theme) = chosen.theme {
        jar = keep(jar, THEME, Theme::from_word(&theme).word().to_owned());
    }
    (jar, Redirect::to(&local_path(back.as_deref())))
}

/// A screen many people use forgets which language the last of them chose.
pub fn forget_language(jar: CookieJar) -> CookieJar {
    jar.remove(Cookie::build(LANGUAGE).path("/").build())
}

/// A path of this site to return to; anything else is the start page.
pub(in crate::web) fn local_path(path: Option<&str>) -> String {
    let is_local = |path: &&str| {
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t'])
    };
    path.filter(is_local).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(uri: &str, pairs: &[(header::HeaderName, &str)]) -> Reader {
        let headers = pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        Reader::of(&headers, &uri.parse().unwrap(), None)
    }

    #[test]
    fn the_query_beats_the_cookie_beats_the_browser() {
        let accept = (header::ACCEPT_LANGUAGE, "fr, es;q=0.8, en;q=0.5");
        let spanish = (header::COOKIE, "language=es; theme=dark");
        assert_eq!(reader("/", &[]).language, Language::En);
        assert_eq!(reader("/", std::slice::from_ref(&accept)).language, Language::Es);
        assert_eq!(reader("/?lang=en", &[accept, spanish.clone()]).language, Language::En);
        assert_eq!(reader("/?lang=xx", std::slice::from_ref(&spanish)).language, Language::Es);
        assert_eq!(reader("/", &[spanish]).theme, Theme::Dark);
    }

    #[test]
    fn one_goes_back_to_this_site_alone() {
        assert_eq!(local_path(Some("/kiosk?x=1")), "/kiosk?x=1");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", ""] {
            assert_eq!(local_path(Some(elsewhere)), "/", "{elsewhere}");
        }
    }
}
