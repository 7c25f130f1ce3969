//! The static files: embedded, addressed by content, cached for ever.
//!
//! Owns: `/static/<hash>/<name>`, where the hash covers every file, so that style sheets may name fonts beside them; files that a
//! page loads together, served as one, so that it is painted after one question for its styles.
//! Never: serves a file from anywhere but the embedded folder; says which files a page loads.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::page;

/// The worker that reads symbols out of pictures.
const READER: &str = "reader.js";
/// A worker has a policy of its own: the one place where WebAssembly may run. It loads our own files and nothing else.
const READER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

#[derive(RustEmbed)]
#[folder = "static/"]
struct StaticFiles;

static CONTENT_HASH: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = StaticFiles::iter().collect();
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        let file = StaticFiles::get(&name).expect("a name the embedded folder lists is in it");
        hash.update(name.as_bytes());
        hash.update(file.metadata.sha256_hash());
    }
    for name in page::bundles() {
        hash.update(page::parts(&name).unwrap_or_default().join(","));
        hash.update(name);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of a static file, e.g. `/static/1f2e3d4c5b6a/base.css`.
pub fn asset(name: &str) -> String {
    debug_assert!(data(name).is_some(), "no static file {name}");
    format!("/static/{}/{name}", *CONTENT_HASH)
}

/// The route that serves the static files; merge it into the site's router.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{hash}/{*name}", get(serve))
}

/// All embedded files by name, with their bytes: for writing them beside pages that are saved as files.
pub fn all() -> impl Iterator<Item = (String, Vec<u8>)> {
    StaticFiles::iter()
        .filter_map(|name| Some((name.to_string(), StaticFiles::get(&name)?.data.into_owned())))
}

/// The same of those that are served as one.
pub fn joined() -> impl Iterator<Item = (String, Vec<u8>)> {
    page::bundles()
        .filter_map(|name| Some((data(&name)?.into_owned(), name)))
        .map(|(data, name)| (name, data))
}

/// A file, or the files that go by one name.
fn data(name: &str) -> Option<Cow<'static, [u8]>> {
    if let Some(file) = StaticFiles::get(name) {
        return Some(file.data);
    }
    // A script may end without the semicolon that keeps it apart from the next; a style sheet would take one for a fault.
    let end: &[u8] = if name.ends_with(".js") { b"\n;\n" } else { b"\n" };
    let mut whole = Vec::new();
    for part in page::parts(name)? {
        whole.extend_from_slice(&StaticFiles::get(part)?.data);
        whole.extend_from_slice(end);
    }
    Some(Cow::Owned(whole))
}

async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some(data) = data(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // A page of an older build asks with an older hash: it gets today's file, but must not keep it.
    let caching = if hash == *CONTENT_HASH && !cfg!(debug_assertions) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, content_type(&name)),
        (header::CACHE_CONTROL, caching),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let mut response = (headers, data).into_response();
    if name == READER {
        let policy = HeaderValue::from_static(READER_POLICY);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;

    async fn get_type(uri: &str) -> (StatusCode, String) {
        let request = Request::get(uri).body(Body::empty()).expect("a valid address");
        let reply = routes::<()>().oneshot(request).await.expect("the router never fails");
        let kind =
            reply.headers().get(header::CONTENT_TYPE).map(|v| v.to_str().unwrap_or_default().to_owned());
        (reply.status(), kind.unwrap_or_default())
    }

    #[tokio::test]
    async fn files_are_served_with_their_type() {
        assert_eq!(get_type(&asset("base.css")).await, (StatusCode::OK, "text/css; charset=utf-8".into()));
        assert_eq!(
            get_type(&asset("fonts/atkinson-next-latin.woff2")).await,
            (StatusCode::OK, "font/woff2".into())
        );
        assert_eq!(get_type(&asset("vendor/htmx.min.js")).await.1, "text/javascript; charset=utf-8");
    }

    #[tokio::test]
    async fn webassembly_may_run_in_the_reader_alone() {
        for (name, _) in all() {
            let request = Request::get(asset(&name)).body(Body::empty()).expect("a valid address");
            let reply = routes::<()>().oneshot(request).await.expect("the router never fails");
            let policy = reply.headers().get(header::CONTENT_SECURITY_POLICY);
            let may =
                policy.is_some_and(|policy| policy.as_bytes().windows(16).any(|w| w == b"wasm-unsafe-eval"));
            assert_eq!(may, name == READER, "{name}");
        }
        assert_eq!(get_type(&asset("vendor/zxing-reader.wasm")).await.1, "application/wasm");
    }

    #[tokio::test]
    async fn what_a_page_loads_together_is_served_whole_and_as_one() {
        for (name, data) in joined() {
            let kind = if name.ends_with(".css") {
                "text/css; charset=utf-8"
            } else {
                "text/javascript; charset=utf-8"
            };
            assert_eq!(get_type(&asset(&name)).await, (StatusCode::OK, kind.to_owned()), "{name}");
            let whole = String::from_utf8(data).expect("it is text");
            for part in page::parts(&name).expect("it has parts") {
                let part = StaticFiles::get(part).unwrap_or_else(|| panic!("{name} has no {part}"));
                assert!(whole.contains(std::str::from_utf8(&part.data).expect("it is text")), "{name}");
            }
        }
        assert_eq!(joined().count(), 8, "styles and scripts of each frame");
        assert_eq!(get_type("/static/x/page-kiosk.svg").await.0, StatusCode::NOT_FOUND);
        assert_eq!(get_type("/static/x/page-nobody.css").await.0, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        assert_eq!(get_type("/static/x/none.css").await.0, StatusCode::NOT_FOUND);
        assert_eq!(get_type("/static/x/..%2f..%2fCargo.toml").await.0, StatusCode::NOT_FOUND);
    }

    #[test]
    fn style_sheets_stay_small() {
        // The demonstration's own pages are not a site's.
        let sheets = all().filter(|(name, _)| name.ends_with(".css") && name != "demo.css");
        let bytes: usize = sheets.map(|(_, data)| data.len()).sum();
        assert!(bytes < 53_000, "{bytes} bytes of style");
    }

    #[test]
    fn every_font_a_style_sheet_names_exists() {
        for (name, data) in all().filter(|(name, _)| name.ends_with(".css")) {
            let text = String::from_utf8(data).expect("style sheets are text");
            for part in text.split("url(").skip(1) {
                let target = part.split(')').next().unwrap_or_default().trim_matches('"');
                assert!(StaticFiles::get(target).is_some(), "{name} names {target}");
            }
        }
    }
}
