//! The inbox: every mail that left the site, as its reader would see it.
//!
//! Mail is written by the site, but its labels and names come from strangers: text is escaped, HTML stands on a page of
//! its own that may load nothing and run nothing.

use super::property::DemoMail;
use super::{Demo, back, framed};
use crate::look::message::empty;
use crate::web::guard::Reader;
use crate::web::problem::{Fault, Trouble};
use crate::web::sse;
use crate::web::words::{Arg, Language, say, t};
use axum::Extension;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use std::sync::Arc;

/// What a shown mail may do: be styled and show its own pictures.
const NARROW: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'";

pub(super) async fn inbox(Extension(demo): Demo, reader: Reader) -> Markup {
    let title = say(reader.language, "inbox-title");
    let content = html! {
        div class="demo-head" {
            (back(&reader))
            h1 { (title) }
            p class="lead" { (say(reader.language, "inbox-lead")) }
        }
        div hx-sse:connect="/demo/inbox/live" { (mails(reader.language, &demo.mails())) }
    };
    framed(&reader, &title, content)
}

pub(super) async fn live(Extension(demo): Demo, reader: Reader) -> impl IntoResponse {
    let (changes, language) = (demo.changes(), reader.language);
    sse::live(changes, move || {
        let demo = Arc::clone(&demo);
        async move { Some(mails(language, &demo.mails())) }
    })
}

/// One mail's HTML by itself.
pub(super) async fn as_mail(Extension(demo): Demo, Path(number): Path<u64>) -> Result<Response, Fault> {
    let mail = demo.mails().into_iter().find(|mail| mail.number == number).ok_or(Trouble::NoPage)?;
    let mut html = mail.html.ok_or(Trouble::NoPage)?;
    for (cid, kind, bytes) in &mail.pictures {
        html = html.replace(&format!("cid:{cid}"), &data_url(kind, bytes));
    }
    Ok(([(header::CONTENT_SECURITY_POLICY, NARROW)], Html(html)).into_response())
}

fn data_url(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode(bytes))
}

fn mails(language: Language, mails: &[DemoMail]) -> Markup {
    html! {
        @if mails.is_empty() {
            (empty(&say(language, "inbox-empty"), &say(language, "inbox-empty-text"), None))
        }
        div class="mails" { @for mail in mails { (one(language, mail)) } }
    }
}

fn one(language: Language, mail: &DemoMail) -> Markup {
    html! {
        article class="mail" data-mail=(mail.number) {
            div class="mail-head" {
                h2 { (mail.subject) }
                p { (t(language, "inbox-to", &[("name", Arg::Text(&mail.to))])) }
            }
            div class="mail-parts" {
                p class="mail-text" { (linked(&mail.text)) }
                div class="mail-aside" {
                    @for (_, kind, bytes) in &mail.pictures {
                        @if kind == "image/jpeg" { img class="mail-photo" src=(data_url(kind, bytes)) alt=(say(language, "inbox-photo")); }
                        @else { img class="mail-qr" src=(data_url(kind, bytes)) alt=(say(language, "inbox-qr")); }
                    }
                    @if let Some((phone, words)) = &mail.text_message { (bubble(language, phone.as_deref(), words)) }
                }
            }
            @if mail.html.is_some() {
                p { a href={ "/demo/inbox/" (mail.number) "/html" } { (say(language, "inbox-as-mail")) } }
            }
        }
    }
}

/// Text whose addresses can be followed, as mail programs show it.
fn linked(text: &str) -> Markup {
    let Some(at) = text.find("http://").or_else(|| text.find("https://")) else { return html! { (text) } };
    let (before, from) = text.split_at(at);
    let end = from.find(char::is_whitespace).unwrap_or(from.len());
    let (address, after) = from.split_at(end);
    html! { (before) a href=(address) { (address) } (linked(after)) }
}

fn bubble(language: Language, phone: Option<&str>, words: &str) -> Markup {
    let name = match phone {
        Some(phone) => t(language, "inbox-text-message-to", &[("phone", Arg::Text(phone))]),
        None => say(language, "inbox-text-message"),
    };
    html! {
        div class="bubble" {
            span class="bubble-name" { (name) }
            p class="bubble-words" { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_wrote_is_text_and_nothing_else() {
        let mail = DemoMail {
            number: 3,
            to: "a@example.com".into(),
            subject: "<b>One</b>".into(),
            text: "Locker 7 <script>x</script>\nhttps://example.com/l/VL1 and on".into(),
            html: Some("<p>Locker 7</p>".into()),
            pictures: vec![("pickup-code".into(), "image/png".into(), vec![1, 2, 3])],
            text_message: Some((Some("+1 555 0100".into()), "Locker 7".into())),
        };
        let text = mails(Language::En, &[mail]).into_string();
        assert!(!text.contains("<script>") && !text.contains("<b>One") && !text.contains("style="), "{text}");
        assert!(text.contains(">https://example.com/l/VL1</a> and on"), "{text}");
        assert!(text.contains("data:image/png;base64,AQID") && text.contains("/demo/inbox/3/html"), "{text}");
    }
}
