//! The router of the whole site and the listener it stands behind.
//!
//! Owns: which routes there are, all behind the one [`passage`]; that pages are spoken in the clear on loopback alone.
//! Never: a handler.

mod health;
pub mod listener;
mod passage;
pub mod plain;
mod reached;
pub(in crate::web) mod trust;

use super::problem::Trouble;
use super::{App, WebSettings, api, guard, kiosk, link, sign_in, staff};
use crate::look::assets;
use axum::Router;
use axum::routing::{get, post};
use std::net::SocketAddr;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// All that a site serves.
pub type Pages = Router;

/// All pages and the API of a site.
pub fn router(app: App) -> Router {
    router_with(app, Router::new().route("/", get(sign_in::start)))
}

/// The same with another start and more pages, behind the same layers: a demonstration brings its own.
pub fn router_with(app: App, more: Router<App>) -> Router {
    more.merge(kiosk::router())
        .merge(staff::router())
        .merge(sign_in::setup::router())
        .merge(sign_in::router())
        .merge(link::router())
        .merge(kiosk::door::ringing::phone::router())
        .merge(trust::router())
        .merge(api::router())
        .merge(assets::routes().layer(compressed()))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/look", post(guard::switch_look))
        .fallback(async || Trouble::NoPage)
        .method_not_allowed_fallback(async || Trouble::WrongMethod)
        .layer(axum::middleware::from_fn_with_state(app.clone(), passage::pass))
        .with_state(app)
}

/// Static files alone are compressed: a page that holds both a secret and somebody's words must not be (BREACH).
fn compressed() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::new("font/")))
}

/// Plain http leaves the machine only where something else keeps it secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} can be reached from other machines, and without TLS codes could be read on the way; listen on 127.0.0.1, \
     configure TLS, or say behind_proxy = true if a reverse proxy ends TLS"
)]
pub struct PlainBeyondLoopback(pub SocketAddr);

/// Whether the site may listen there.
///
/// # Errors
/// [`PlainBeyondLoopback`].
pub fn may_listen(address: SocketAddr, web: &WebSettings) -> Result<(), PlainBeyondLoopback> {
    let is_kept_secret = address.ip().is_loopback() || web.is_secure();
    if is_kept_secret { Ok(()) } else { Err(PlainBeyondLoopback(address)) }
}
