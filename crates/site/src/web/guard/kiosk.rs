//! Paired kiosks: a screen that holds its `VK` token, as a cookie or as a bearer token.

use super::super::problem::{Fault, Trouble};
use super::super::{App, WebSettings};
use super::{cookie, cookie_name};
use crate::keys::Keys;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use base64::Engine;
use std::sync::Arc;
use vestibule_core::code::Secret;
use vestibule_core::code::pin::token_hash;
use vestibule_core::code::token::{TokenKind, read};
use vestibule_core::{Actor, KioskId};

const KIOSK: &str = "kiosk";

/// A paired kiosk. It has no authority of its own: it sends attempts, and only for the banks in its sight.
#[derive(Clone)]
pub struct PairedKiosk {
    /// Which.
    pub kiosk: KioskId,
    token: Arc<Secret>,
}

impl PairedKiosk {
    /// The actor of what somebody asks there.
    pub fn actor(&self) -> Actor {
        Actor::Kiosk(self.kiosk)
    }

    /// The token every form of this kiosk carries; bound to its pairing.
    pub fn csrf(&self) -> String {
        base64::engine::general_purpose::URL_SAFE_NO_PAD
            .encode(Keys::derive("kiosk-csrf", self.token.expose()))
    }

    /// The kiosk of these headers, if it is paired now.
    ///
    /// # Errors
    /// [`Trouble::NotPaired`].
    pub async fn of(app: &App, headers: &HeaderMap) -> Result<Self, Fault> {
        let text = presented(headers, &app.web).ok_or(Trouble::NotPaired)?;
        let (kind, token) = read(&text, app.tag().await?).map_err(|_| Trouble::NotPaired)?;
        let hash = token_hash(&*app.keys, &token);
        let known = if kind == TokenKind::Kiosk { app.site.standing().kiosk(hash) } else { None };
        let kiosk = known.ok_or(Trouble::NotPaired)?;
        Ok(Self { kiosk, token: Arc::new(Secret::new(text)) })
    }
}

fn presented(headers: &HeaderMap, web: &WebSettings) -> Option<String> {
    let bearer =
        headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let jar = CookieJar::from_headers(headers);
    let by_cookie = || jar.get(&cookie_name(web, KIOSK)).map(Cookie::value);
    bearer.or_else(by_cookie).map(|text| text.trim().to_owned())
}

impl FromRequestParts<App> for PairedKiosk {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let kiosk = Self::of(app, &parts.headers).await?;
        parts.extensions.insert(kiosk.clone());
        Ok(kiosk)
    }
}

/// The cookie of a kiosk just paired; it stays until the pairing ends.
pub fn remember_kiosk(jar: CookieJar, web: &WebSettings, token: String) -> CookieJar {
    let mut kept = cookie(web, KIOSK, token);
    kept.make_permanent();
    jar.add(kept)
}

/// Takes the kiosk's cookie away.
pub fn forget_kiosk(jar: CookieJar, web: &WebSettings) -> CookieJar {
    jar.remove(Cookie::build(cookie_name(web, KIOSK)).path("/").build())
}
