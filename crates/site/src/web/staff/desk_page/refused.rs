//! A refusal on a staff page: said in the frame of the page it came from, with the way back to what was typed.
//!
//! Owns: catching faults of staff handlers once it is known who reads. Never: the sentence; the one table of problems has it.

use std::sync::{Arc, OnceLock};

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::Markup;

use super::{Desk, Section};
use crate::look::{Press, button_primary, message};
use crate::web::problem::{Fault, words_of};

/// Whoever reads, as soon as a handler knows.
#[derive(Clone, Default)]
pub struct Reader(Arc<OnceLock<Desk>>);

impl Reader {
    /// Remembers who reads.
    pub fn is(&self, desk: &Desk) {
        drop(self.0.set(desk.clone()));
    }
}

/// Around every staff handler.
pub async fn in_frame(mut request: Request, next: Next) -> Response {
    let reader = Reader::default();
    request.extensions_mut().insert(reader.clone());
    let headers = request.headers();
    let wants_part = headers.contains_key("hx-request") || headers.contains_key(header::AUTHORIZATION);
    let back = back(headers);
    let response = next.run(request).await;
    let fault = response.extensions().get::<Fault>().cloned().filter(|_| !wants_part);
    match (fault, reader.0.get()) {
        (Some(fault), Some(desk)) => {
            let text = words_of(&desk.app, desk.say.language, &fault).await;
            let shown = desk.page(
                Section::of(&back),
                &desk.say.t("staff-refused-title"),
                content(desk, &text, &back),
            );
            (fault.http_code(), shown).into_response()
        }
        _ => response,
    }
}

/// No, why, and back.
fn content(desk: &Desk, text: &str, back: &str) -> Markup {
    let next = button_primary(&desk.say.t("staff-refused-back"), Press::Follow(back));
    message::refused(&desk.say.t("staff-refused-title"), text, Some(next))
}

/// The staff page the reader came from; the first one where that is not known.
fn back(headers: &HeaderMap) -> String {
    let from = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let path = from.find("/staff").map_or("", |at| &from[at..]);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let is_ours = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte));
    if path.is_empty() || !is_ours { "/staff".to_owned() } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_to_a_staff_page_alone() {
        let from = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, referer.parse().unwrap());
            back(&headers)
        };
        assert_eq!(from("http://127.0.0.1:8080/staff/compartments/5?said=opened"), "/staff/compartments/5");
        assert_eq!(from("https://evil.example/x"), "/staff");
        assert_eq!(from("https://evil.example/staff\"><b>"), "/staff");
        assert_eq!(back(&HeaderMap::new()), "/staff");
    }
}
