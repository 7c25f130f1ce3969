//! What a page says about itself: notices, empty, loading, refused, broken, progress, help.
//!
//! Owns: the shape of these states, so that none is left over.
//! Never: invents words; a refusal's sentence and next step come from the caller.

use maud::{Markup, html};

use super::icons::{Icon, icon};

/// What kind of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Info,
    Done,
    Warning,
    Danger,
}

/// A line across the page. Warnings and dangers are announced at once.
pub fn notice_banner(kind: NoticeKind, text: &str) -> Markup {
    notice_with(kind, html! { (text) })
}

/// A line across the page with a link or button in it.
pub fn notice_with(kind: NoticeKind, content: Markup) -> Markup {
    let (class, shape, role) = match kind {
        NoticeKind::Info => ("notice notice-info", Icon::Info, "status"),
        NoticeKind::Done => ("notice notice-done", Icon::Done, "status"),
        NoticeKind::Warning => ("notice notice-warning", Icon::Warning, "alert"),
        NoticeKind::Danger => ("notice notice-danger", Icon::Refused, "alert"),
    };
    html! { div class=(class) role=(role) { (icon(shape)) div class="notice-text" { (content) } } }
}

/// Nothing here, and that is fine (or what to do about it).
pub fn empty(title: &str, text: &str, next: Option<Markup>) -> Markup {
    state("state-empty", Icon::Inbox, title, text, next)
}

/// Something is on its way.
pub fn loading(text: &str) -> Markup {
    html! { div class="state state-loading" role="status" { span class="spinner" aria-hidden="true" {} p { (text) } } }
}

/// No, why, and what now.
pub fn refused(title: &str, text: &str, next: Option<Markup>) -> Markup {
    state("state-refused", Icon::Hand, title, text, next)
}

/// We failed, not the person; what now, and whom to call.
pub fn broken(title: &str, text: &str, next: Option<Markup>) -> Markup {
    state("state-broken", Icon::Wrench, title, text, next)
}

/// It is done; the calm end of a visit.
pub fn done(title: &str, text: &str, next: Option<Markup>) -> Markup {
    state("state-done", Icon::Check, title, text, next)
}

fn state(class: &str, shape: Icon, title: &str, text: &str, next: Option<Markup>) -> Markup {
    html! {
        div class={ "state " (class) } {
            span class="state-mark" { (icon(shape)) }
            h2 { (title) }
            p { (text) }
            @if let Some(next) = next { div class="state-next" { (next) } }
        }
    }
}

/// How far along; `text` says it in words.
pub fn progress(done: u32, total: u32, text: &str) -> Markup {
    html! {
        label class="progress" { span class="progress-text" { (text) } progress value=(done) max=(total.max(1)) {} }
    }
}

/// The help line valid at this hour.
#[derive(Clone, Copy, Debug)]
pub struct HelpLine<'a> {
    /// e.g. "Help".
    pub label: &'a str,
    /// The number as dialled, if a call is answered now.
    pub phone: Option<&'a str>,
    /// e.g. "front desk, until 20:00".
    pub who: &'a str,
}

/// Stands at the foot of every kiosk screen, failure and slip. The number is text: a kiosk must not follow links
/// out of its pages.
pub fn help_line(help: &HelpLine<'_>) -> Markup {
    help_parts(help, help.phone.map(|phone| html! { span class="help-phone" { (phone) } }))
}

/// The same on a resident's own phone, where a press on the number calls it.
pub fn help_line_to_call(help: &HelpLine<'_>) -> Markup {
    let link = |phone| html! { a class="help-phone" href={ "tel:" (dialled(phone)) } { (phone) } };
    help_parts(help, help.phone.map(link))
}

fn help_parts(help: &HelpLine<'_>, phone: Option<Markup>) -> Markup {
    html! {
        p class="help-line" {
            (icon(Icon::Help))
            span class="help-label" { (help.label) }
            @if let Some(phone) = phone { (phone) }
            span class="help-who" { (help.who) }
        }
    }
}

fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// "This visit is photographed": said before it happens, in a corner.
pub fn photographed(text: &str) -> Markup {
    html! { p class="photographed" { (icon(Icon::Camera)) (text) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_interrupt_and_news_does_not() {
        assert!(notice_banner(NoticeKind::Danger, "x").into_string().contains(r#"role="alert""#));
        assert!(notice_banner(NoticeKind::Done, "x").into_string().contains(r#"role="status""#));
    }

    #[test]
    fn a_phone_calls_and_a_kiosk_only_shows_the_number() {
        let help = HelpLine { label: "Help", phone: Some("+1 (555) 010-99"), who: "desk" };
        assert!(help_line_to_call(&help).into_string().contains("tel:+155501099"));
        let shown = help_line(&help).into_string();
        assert!(shown.contains("+1 (555) 010-99") && !shown.contains("href"), "{shown}");
    }
}
