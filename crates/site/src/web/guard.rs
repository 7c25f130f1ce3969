//! Who asks, and how they want to be spoken to: extractors for handlers.
//!
//! Owns: staff sessions by cookie or bearer, paired kiosks, forms with their CSRF token, language and theme.
//! Never: decides a rule. Which role may do what is said by the handler's first line, [`StaffSession::may`].

mod form;
mod kiosk;
mod reader;
mod session;

pub use form::{Csrf, Upload};
pub use kiosk::{PairedKiosk, forget_kiosk, remember_kiosk};
pub(in crate::web) use reader::local_path;
pub use reader::{Reader, forget_language, switch_look};
pub use session::{Client, Permission, Role, StaffSession, forget_session, remember_session};

use super::WebSettings;
use axum_extra::extract::cookie::{Cookie, SameSite};

/// A cookie of ours: not for scripts, not for other sites, over https where there is https.
fn cookie(web: &WebSettings, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((cookie_name(web, name), value))
        .path("/")
        .http_only(true)
        .secure(web.is_secure())
        .same_site(SameSite::Lax)
        .build()
}

/// `__Host-` ties a cookie to this very host; browsers take it over https only.
fn cookie_name(web: &WebSettings, name: &'static str) -> String {
    if web.is_secure() { format!("__Host-{name}") } else { name.to_owned() }
}
