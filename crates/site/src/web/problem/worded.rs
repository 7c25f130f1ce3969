//! A fault as a page, as a fragment for htmx, or as problem+json.

use super::{Facts, Fault, Trouble, refusal_words};
use crate::look::message::{broken, refused};
use crate::look::{Frame, Press, button_secondary, page, phone_frame};
use crate::web::App;
use crate::web::guard::Reader;
use crate::web::security::Nonce;
use crate::web::words::{Arg, Language, say, t};
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem as the API says it (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank`: the code says which.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The HTTP code's own words.
    pub title: String,
    /// The HTTP code.
    pub status: u16,
    /// The stable code of the refusal.
    pub code: &'static str,
    /// A sentence for people, in the language asked for.
    pub detail: String,
}

impl Problem {
    fn new(fault: &Fault, detail: String) -> Self {
        let http = fault.http_code();
        let title = http.canonical_reason().unwrap_or("Problem").to_owned();
        Self { kind: "about:blank", title, status: http.as_u16(), code: fault.code(), detail }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let code = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (code, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

/// The fault an answer carries, or the one a bare error code stands for. None: the answer is complete.
fn fault_of(response: &Response) -> Option<Fault> {
    if let Some(fault) = response.extensions().get::<Fault>() {
        return Some(fault.clone());
    }
    let code = response.status();
    if !(code.is_client_error() || code.is_server_error()) || is_complete(response.headers()) {
        return None;
    }
    Some(Fault::Web(match code {
        StatusCode::NOT_FOUND => Trouble::NoPage,
        StatusCode::METHOD_NOT_ALLOWED => Trouble::WrongMethod,
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge(1),
        StatusCode::REQUEST_TIMEOUT => Trouble::TooSlow,
        code if code.is_client_error() => Trouble::Unreadable(String::new()),
        _ => Trouble::Broken,
    }))
}

fn is_complete(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("text/plain");
    !kind.starts_with("text/plain")
}

/// What is known of a request once it failed.
pub struct Asked {
    headers: HeaderMap,
    uri: Uri,
    method: Method,
    nonce: Option<Nonce>,
}

impl Asked {
    /// Of a request that is about to be handled.
    pub fn of(request: &Request) -> Self {
        Self {
            headers: request.headers().clone(),
            uri: request.uri().clone(),
            method: request.method().clone(),
            nonce: request.extensions().get().cloned(),
        }
    }

    /// Puts a bare error into words: a fault of the handler, and what the router and extractors say curtly.
    pub async fn in_words(self, app: &App, response: Response) -> Response {
        let Some(fault) = fault_of(&response) else { return response };
        let mut worded = self.answer(app, fault).await;
        if let Some(allow) = response.headers().get(header::ALLOW) {
            worded.headers_mut().insert(header::ALLOW, allow.clone());
        }
        worded
    }

    async fn answer(&self, app: &App, fault: Fault) -> Response {
        let reader = Reader::of(&self.headers, &self.uri, self.nonce.as_ref());
        let language = reader.language;
        let detail = words_of(app, language, &fault).await;
        if self.uri.path().starts_with("/api/") {
            return Problem::new(&fault, detail).into_response();
        }
        if matches!(fault, Fault::Web(Trouble::NotSignedIn)) && self.method == Method::GET && !self.by_htmx()
        {
            return Redirect::to(&format!("/sign-in?back={}", escape(self.uri.path()))).into_response();
        }
        let said = state(language, &fault, &detail);
        let body = if self.by_htmx() { said } else { whole_page(&reader, &fault, said) };
        (fault.http_code(), body).into_response()
    }

    fn by_htmx(&self) -> bool {
        self.headers.contains_key("hx-request")
    }
}

fn whole_page(reader: &Reader, fault: &Fault, said: Markup) -> Markup {
    let language = reader.language;
    let title = title_of(language, fault);
    let skip = say(language, "skip-to-content");
    let head = reader.head(&title, &skip, Frame::Phone { live: false });
    let content = html! { h1 class="visually-hidden" { (title) } (said) };
    page(&head, phone_frame(&say(language, "product"), html! {}, html! {}, content))
}

/// The sentence of a fault.
pub async fn words_of(app: &App, language: Language, fault: &Fault) -> String {
    match fault {
        Fault::Refused(refusal) => refusal_words(language, refusal, &Facts::of(&app.site, refusal).await),
        Fault::Web(trouble) => {
            let (why, number) = match trouble {
                Trouble::Unreadable(why) => (why.as_str(), 0),
                Trouble::TooLarge(number) | Trouble::TooManyTries(number) => ("", *number),
                _ => ("", 0),
            };
            let args =
                [("why", Arg::Text(why)), ("megabytes", Arg::Count(number)), ("seconds", Arg::Count(number))];
            t(language, &format!("trouble-{}", trouble.code()), &args)
        }
    }
}

fn title_of(language: Language, fault: &Fault) -> String {
    match fault {
        Fault::Refused(_) => say(language, "refused-title"),
        Fault::Web(trouble) => say(language, &format!("trouble-{}-title", trouble.code())),
    }
}

fn state(language: Language, fault: &Fault, detail: &str) -> Markup {
    let title = title_of(language, fault);
    let next = next_step(language, fault);
    if fault.http_code().is_server_error() && !matches!(fault, Fault::Web(Trouble::NotSetUp)) {
        broken(&title, detail, next)
    } else {
        refused(&title, detail, next)
    }
}

fn next_step(language: Language, fault: &Fault) -> Option<Markup> {
    let Fault::Web(trouble) = fault else { return None };
    let (key, url) = match trouble {
        Trouble::NotSignedIn => ("to-sign-in", "/sign-in"),
        Trouble::NoPage | Trouble::NotAllowed => ("to-start", "/"),
        _ => return None,
    };
    Some(button_secondary(&say(language, key), Press::Follow(url)))
}

/// A path as a query value. Paths of pages have no other letters that matter there.
fn escape(path: &str) -> String {
    path.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('#', "%23")
}
