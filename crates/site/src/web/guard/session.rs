//! Staff sessions, by cookie for pages and by bearer token for programs.

use super::super::problem::{Fault, Trouble};
use super::super::{App, WebSettings};
use super::{cookie, cookie_name};
use crate::accounts::session::{Signed, check_session};
pub use crate::accounts::{Permission, Role};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use std::convert::Infallible;
use std::net::SocketAddr;
use vestibule_core::{Actor, StaffId};

const SESSION: &str = "session";

/// A signed-in member of staff.
#[derive(Clone)]
pub struct StaffSession {
    /// Who.
    pub staff: StaffId,
    /// Their name, for the page.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The token every form of this session carries.
    pub csrf: String,
    /// The session's own key in the table, to end it.
    pub token: [u8; 32],
    /// Whether it came as a cookie (a browser) and not as a bearer token (a program).
    pub by_cookie: bool,
}

impl StaffSession {
    /// The actor of what they ask.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff)
    }

    /// Refuses unless the role is one of these.
    ///
    /// # Errors
    /// [`Trouble::NotAllowed`].
    pub fn may(&self, roles: &[Role]) -> Result<(), Fault> {
        if roles.contains(&self.role) { Ok(()) } else { Err(Trouble::NotAllowed.into()) }
    }

    /// Refuses unless the role has this permission.
    ///
    /// # Errors
    /// [`Trouble::NotAllowed`].
    pub fn allowed(&self, what: Permission) -> Result<(), Fault> {
        if self.role.may(what) { Ok(()) } else { Err(Trouble::NotAllowed.into()) }
    }

    /// The session of these headers, if it is live.
    ///
    /// # Errors
    /// [`Trouble::NotSignedIn`].
    pub async fn of(app: &App, headers: &HeaderMap) -> Result<Self, Fault> {
        let (text, by_cookie) = presented(headers, &app.web).ok_or(Trouble::NotSignedIn)?;
        let now = app.site.now();
        let found = app.site.query(move |connection| check_session(connection, &text, now)).await?;
        let Signed { staff, name, role, csrf, token, seen, .. } = found.ok_or(Trouble::NotSignedIn)?;
        if let Some(seen) = seen {
            app.site.write(vec![seen]).await?;
        }
        Ok(Self { staff, name, role, csrf, token, by_cookie })
    }
}

fn presented(headers: &HeaderMap, web: &WebSettings) -> Option<(String, bool)> {
    let bearer =
        headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if let Some(bearer) = bearer {
        return Some((bearer.trim().to_owned(), false));
    }
    let jar = CookieJar::from_headers(headers);
    jar.get(&cookie_name(web, SESSION)).map(|cookie| (cookie.value().to_owned(), true))
}

impl FromRequestParts<App> for StaffSession {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let session = Self::of(app, &parts.headers).await?;
        parts.extensions.insert(session.clone());
        Ok(session)
    }
}

/// The cookie of a fresh session; `token` is the text given to the browser once.
pub fn remember_session(jar: CookieJar, web: &WebSettings, token: String) -> CookieJar {
    jar.add(cookie(web, SESSION, token))
}

/// Takes the session's cookie away.
pub fn forget_session(jar: CookieJar, web: &WebSettings) -> CookieJar {
    jar.remove(Cookie::build(cookie_name(web, SESSION)).path("/").build())
}

/// Where a request comes from, as text: for counting failed sign-ins.
pub struct Client(pub String);

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let forwarded = || parts.headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let by_proxy = if peer.is_some_and(|peer| app.web.is_proxy(peer)) { forwarded() } else { None };
        let direct = || peer.map(|peer| peer.to_string());
        let text = by_proxy.map(|text| text.trim().to_owned()).or_else(direct);
        Ok(Self(text.unwrap_or_else(|| "here".to_owned())))
    }
}
