//! What every request passes on its way to a handler, and every answer on its way back.
//!
//! ```text
//! span -> headers and nonce -> words for bare errors -> panics -> time-out -> [security] checks -> handler
//! ```
//! One layer for all of it: for each request a router clones the layers of a route, each with all that lie within it.
//! Owns: the order. Never: a check or a sentence of its own.

use crate::web::App;
use crate::web::problem::{Asked, Trouble};
use crate::web::security::{self, Dress};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tracing::Instrument;

/// An answer begins within this time; a live stream may go on for as long as it likes.
const BEGINS_WITHIN: Duration = Duration::from_secs(30);

/// The layer around every route.
pub async fn pass(State(app): State<App>, request: Request, next: Next) -> Response {
    let span = span(&request);
    dressed(&app, request, next).instrument(span).await
}

/// The route, never the address asked for: addresses of links and set-up pages hold secrets.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    tracing::debug_span!("request", method = %request.method(), route)
}

async fn dressed(app: &App, mut request: Request, next: Next) -> Response {
    let dress = Dress::of(&mut request);
    let asked = Asked::of(&request);
    let answer = unbroken(checked(app, request, next)).await;
    dress.put_on(asked.in_words(app, answer).await)
}

/// An answer in any case: a handler that panics or takes too long is answered for.
async fn unbroken(answer: impl Future<Output = Response>) -> Response {
    match tokio::time::timeout(BEGINS_WITHIN, AssertUnwindSafe(answer).catch_unwind()).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("a handler panicked");
            Trouble::Broken.into_response()
        }
        Err(_) => Trouble::TooSlow.into_response(),
    }
}

async fn checked(app: &App, mut request: Request, next: Next) -> Response {
    match security::check(app, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(trouble) => trouble.into_response(),
    }
}
