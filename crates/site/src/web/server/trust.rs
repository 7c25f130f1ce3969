//! The page by which a phone, a tablet or a desk comes to trust the authority this site made for itself.
//!
//! Owns: `/trust`. Only a site that shows a certificate of its own making has it. Never: the authority's key.

use super::super::App;
use super::super::face::{SiteFace, phone_page};
use super::super::guard::Reader;
use super::super::problem::{Fault, Trouble};
use super::super::words::{Arg, Language, say, t};
use crate::look::page::headline;
use crate::look::{Press, button_primary};
use crate::web::server::listener::OwnAuthority;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

/// Where it is.
pub const HERE: &str = "/trust";
const FILE: &str = "/trust/authority.crt";
/// Steps on each kind of device.
const DEVICES: [(&str, &[&str]); 3] = [
    ("trust-iphone", &["trust-iphone-1", "trust-iphone-2", "trust-iphone-3"]),
    ("trust-android", &["trust-android-1", "trust-android-2"]),
    ("trust-desk", &["trust-desk-1"]),
];

/// Its routes.
pub fn router() -> Router<App> {
    Router::new().route(HERE, get(page)).route(FILE, get(file))
}

fn authority(app: &App) -> Result<&OwnAuthority, Trouble> {
    app.web.authority.as_deref().ok_or(Trouble::NoPage)
}

/// What the page says.
pub fn content(authority: &OwnAuthority, language: Language) -> Markup {
    html! {
        (headline(&say(language, "trust-title"), Some(&say(language, "trust-lead"))))
        (button_primary(&say(language, "trust-load"), Press::Follow(FILE)))
        @for (device, steps) in DEVICES {
            section class="section" {
                h2 { (say(language, device)) }
                ol class="steps" { @for step in steps { li { (say(language, step)) } } }
            }
        }
        section class="section" {
            h2 { (say(language, "trust-compare-title")) }
            p { (say(language, "trust-compare")) }
            p class="shown-token" { (authority.fingerprint) }
        }
        p class="hint" { (t(language, "trust-means", &[("file", Arg::Text("data/tls/authority-key.pem"))])) }
    }
}

async fn page(State(app): State<App>, reader: Reader) -> Result<Markup, Fault> {
    let authority = authority(&app)?;
    let face = SiteFace::of(&app).await?;
    let title = say(reader.language, "trust-title");
    Ok(phone_page(&reader, &face, (&title, HERE), content(authority, reader.language)))
}

async fn file(State(app): State<App>) -> Result<Response, Fault> {
    let authority = authority(&app)?;
    let headers = [
        (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"authority.crt\""),
    ];
    Ok((headers, authority.der.clone()).into_response())
}
