//! The router of the whole site and the listener it stands behind.
//!
//! Owns: which layers every request passes and in which order; that plain http is spoken on loopback alone.
//! Never: a handler.

mod health;
pub mod listener;

use super::problem::{Trouble, in_words};
use super::{App, WebSettings, api, guard, kiosk, link, security, setup, sign_in, staff};
use crate::look::assets;
use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::any::Any;
use std::net::SocketAddr;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

/// An answer begins within this time; a live stream may go on for as long as it likes.
const BEGINS_WITHIN: Duration = Duration::from_secs(30);

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
        .merge(setup::router())
        .merge(sign_in::router())
        .merge(link::router())
        .merge(api::router())
        .merge(assets::routes().layer(compressed()))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/look", post(guard::switch_look))
        .fallback(async || Trouble::NoPage)
        .method_not_allowed_fallback(async || Trouble::WrongMethod)
        // The innermost layer comes first.
        .layer(axum::middleware::from_fn_with_state(app.clone(), security::checks))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, BEGINS_WITHIN))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(axum::middleware::from_fn_with_state(app.clone(), in_words))
        .layer(axum::middleware::from_fn(security::headers))
        // What fails says so itself, once; a 503 of `/readyz` is no failure of ours.
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .with_state(app)
}

/// Static files alone are compressed: a page that holds both a secret and somebody's words must not be (BREACH).
fn compressed() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::new("font/")))
}

/// The route, never the address asked for: addresses of links and set-up pages hold secrets.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    tracing::debug_span!("request", method = %request.method(), route)
}

fn after_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Trouble::Broken.into_response()
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
