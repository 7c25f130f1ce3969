//! A notice as mail: subject, plain text, HTML and the QR picture. Sends nothing.
//!
//! The HTML has no remote resource, no link but the notice's own, and no colour that a dark client
//! could turn unreadable; the QR picture brings its own white ground.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::wording::{Medium, Wording, link_keys, subject, wording};
use super::{Notice, NoticeKind, Picture, one_line};
use crate::language::{Key, text};
use crate::qr::qr_png;

const QR_CID: &str = "pickup-code";
const WHO_RANG_CID: &str = "who-rang";

/// A mail ready to be handed to a server. It holds a live code: no Debug.
pub struct RenderedMail {
    /// Shown as the sender beside the configured address.
    pub from_name: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub inline_images: Vec<InlineImage>,
}

/// A picture the HTML shows by `cid:`.
pub struct InlineImage {
    pub cid: String,
    pub kind: ImageKind,
    pub bytes: Vec<u8>,
}

/// What the bytes of a picture are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKind {
    Png,
    Jpeg,
}

impl ImageKind {
    /// Its media type, as IANA registers it.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// The notice as a mail in its language.
pub fn render_mail(notice: &Notice) -> RenderedMail {
    let wording = wording(notice, Medium::Mail);
    let codes = notice.code.iter().map(|code| InlineImage {
        cid: QR_CID.to_owned(),
        kind: ImageKind::Png,
        bytes: qr_png(code.qr.expose()),
    });
    let pictures = who_rang(notice).map(|picture| InlineImage {
        cid: WHO_RANG_CID.to_owned(),
        kind: ImageKind::Jpeg,
        bytes: picture.0.clone(),
    });
    let inline_images = codes.chain(pictures).collect();
    RenderedMail {
        from_name: one_line(&notice.site_name),
        subject: subject(notice),
        text: plain_text(notice, &wording),
        html: html_page(notice, &wording).into_string(),
        inline_images,
    }
}

/// Who rang, where somebody asks to be let in.
fn who_rang(notice: &Notice) -> Option<&Picture> {
    notice.picture.as_ref().filter(|_| matches!(notice.kind, NoticeKind::AtDoor { .. }))
}

/// Whether there is a picture of who rang; nothing where nobody did.
fn picture_words(notice: &Notice) -> Option<String> {
    let key = match (&notice.kind, &notice.picture) {
        (NoticeKind::AtDoor { .. }, Some(_)) => Key::PictureAttached,
        (NoticeKind::AtDoor { .. }, None) => Key::PictureNone,
        _ => return None,
    };
    Some(text(notice.language, key, &[]))
}

fn plain_text(notice: &Notice, wording: &Wording) -> String {
    let say = |key| text(notice.language, key, &[]);
    let mut out = format!("{}\n\n{}\n{}\n", wording.greeting, wording.intro, wording.unit);
    if let Some(picture) = picture_words(notice) {
        out.push_str(&picture);
        out.push('\n');
    }
    if !wording.places.is_empty() {
        out.push_str(&section(&wording.places_heading, &wording.places));
    }
    if let Some(keypad) = &wording.keypad {
        out.push_str(&section(
            &say(Key::HeadingCode),
            &[keypad.expose().to_owned(), say(Key::CodeQrText), say(Key::CodeCare)],
        ));
    }
    if !wording.steps.is_empty() {
        let numbered: Vec<String> =
            wording.steps.iter().zip(1..).map(|(step, number)| format!("{number}. {step}")).collect();
        out.push_str(&section(&say(Key::HeadingHow), &numbered));
    }
    let link = notice.link.as_ref().map(|link| {
        text(
            notice.language,
            link_keys(&notice.kind).0,
            &[("link", crate::language::Arg::Text(link.expose()))],
        )
    });
    let ends = [wording.hold.clone(), wording.objection.clone(), wording.help.clone(), link];
    let ends: Vec<String> = ends.into_iter().flatten().collect();
    if !ends.is_empty() {
        out.push('\n');
        out.push_str(&ends.join("\n"));
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&wording.footer);
    out.push('\n');
    out
}

fn section(heading: &str, lines: &[String]) -> String {
    let mut out = format!("\n{}\n", heading.to_uppercase());
    for line in lines {
        out.push_str("  ");
        out.push_str(line);
        out.push('\n');
    }
    out
}

// Inline where clients strip style sheets; the sheet only adds what is lost without harm.
pub(super) const BODY: &str = "margin:0;padding:24px 16px;font-family:system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
     font-size:16px;line-height:1.5";
pub(super) const COLUMN: &str = "max-width:34em;margin:0 auto";
pub(super) const LEAD: &str = "font-size:20px;font-weight:600;line-height:1.3;margin:0 0 4px";
const QUIET: &str = "margin:0 0 16px;opacity:.8";
const HEADING: &str = "font-size:16px;font-weight:600;margin:24px 0 4px";
const CODE: &str = "font-size:22px;font-weight:700;line-height:1.35;margin:4px 0;\
                    font-variant-numeric:tabular-nums";
const PICTURE: &str = "display:block;width:264px;max-width:100%;height:auto;background:#fff;\
                       border-radius:8px;margin:4px 0 8px";
const PHOTO: &str = "display:block;width:480px;max-width:100%;height:auto;border-radius:8px;margin:4px 0 8px";
const LIST: &str = "margin:0;padding-left:1.4em";
pub(super) const FOOTER: &str =
    "font-size:14px;margin:32px 0 0;padding-top:12px;border-top:1px solid #888;opacity:.8";
const SHEET: &str = ":root{color-scheme:light dark;supported-color-schemes:light dark}";

fn html_page(notice: &Notice, wording: &Wording) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(notice.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                // Phones would otherwise turn the PIN into a call link.
                meta name="format-detection" content="telephone=no,date=no,address=no,email=no";
                title { (subject(notice)) }
                style { (PreEscaped(SHEET)) }
            }
            body style=(BODY) {
                div style=(COLUMN) {
                    p style="margin:0 0 16px" { (wording.greeting) }
                    p style=(LEAD) { (wording.intro) }
                    p style=(QUIET) { (wording.unit) }
                    (html_who_rang(notice))
                    (html_places(wording))
                    (html_code(notice, wording))
                    (html_steps(notice, wording))
                    (html_ends(notice, wording))
                    p style=(FOOTER) { (wording.footer) }
                }
            }
        }
    }
}

fn html_who_rang(notice: &Notice) -> Markup {
    html! {
        @if who_rang(notice).is_some() {
            img src={ "cid:" (WHO_RANG_CID) } alt=(text(notice.language, Key::PictureAlt, &[])) style=(PHOTO);
        } @else if let Some(words) = picture_words(notice) {
            p style="margin:0 0 8px" { (words) }
        }
    }
}

fn html_places(wording: &Wording) -> Markup {
    html! {
        @if !wording.places.is_empty() {
            h2 style=(HEADING) { (wording.places_heading) }
            ul style=(LIST) {
                @for place in &wording.places { li { strong { (place) } } }
            }
        }
    }
}

fn html_code(notice: &Notice, wording: &Wording) -> Markup {
    let say = |key| text(notice.language, key, &[]);
    html! {
        @if let Some(keypad) = &wording.keypad {
            h2 style=(HEADING) { (say(Key::HeadingCode)) }
            p style=(CODE) { (keypad.expose()) }
            p style="margin:12px 0 4px" { (say(Key::CodeQrHtml)) }
            img src={ "cid:" (QR_CID) } alt=(say(Key::CodeQrAlt)) width="264" height="264" style=(PICTURE);
            p style="margin:0" { (say(Key::CodeCare)) }
        }
    }
}

fn html_steps(notice: &Notice, wording: &Wording) -> Markup {
    html! {
        @if !wording.steps.is_empty() {
            h2 style=(HEADING) { (text(notice.language, Key::HeadingHow, &[])) }
            ol style=(LIST) {
                @for step in &wording.steps { li { (step) } }
            }
        }
    }
}

fn html_ends(notice: &Notice, wording: &Wording) -> Markup {
    html! {
        @for line in [&wording.hold, &wording.objection, &wording.help].into_iter().flatten() {
            p style="margin:16px 0 0" { (line) }
        }
        @if let Some(link) = &notice.link {
            p style="margin:16px 0 0" {
                a href=(link.expose()) { (text(notice.language, link_keys(&notice.kind).1, &[])) }
            }
        }
    }
}
