//! The JSON API: the same commands as the pages.

use super::App;
use axum::Router;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(info(title = "Vestibule site", version = "1"))]
struct Document;

/// Its routes.
pub fn router() -> Router<App> {
    Router::new()
}

/// The OpenAPI document, pretty and in a stable order.
pub fn openapi() -> String {
    Document::openapi().to_pretty_json().expect("the document is plain data")
}
