//! The pages of a demonstration.

use super::App;
use axum::Router;

/// Their routes.
pub fn router() -> Router<App> {
    Router::new()
}
