//! Blocks only staff pages use: asking before something destructive, reasons, the line that says what was done.
//!
//! Owns: their markup, built of the site's blocks. Never: a sentence that is not in the catalogue.

pub mod printing;

use maud::{Markup, html};
use vestibule_core::vocabulary::command::StaffReason;

use super::say::Say;
use super::story::reason_key;
use crate::look::form::{self, Field, FieldKind};
use crate::look::{Icon, Post, Press, button_danger, button_secondary, icon};

/// All reasons, in the order they are offered.
pub const REASONS: [StaffReason; 9] = [
    StaffReason::Inspect,
    StaffReason::HelpResident,
    StaffReason::HelpCourier,
    StaffReason::Overdue,
    StaffReason::WrongRecipient,
    StaffReason::Maintenance,
    StaffReason::Damaged,
    StaffReason::NotFound,
    StaffReason::Other,
];

/// The word of a reason in forms.
pub fn reason_word(reason: StaffReason) -> &'static str {
    reason_key(reason).trim_start_matches("staff-reason-")
}

/// The reason a form names. None: none of the list.
pub fn reason_from(word: &str) -> Option<StaffReason> {
    REASONS.into_iter().find(|reason| reason_word(*reason) == word)
}

/// A reason from the closed list and words beside it; *Other* asks for words.
pub fn reason_fields(say: Say, likely: StaffReason) -> Markup {
    let words: Vec<(&str, String)> =
        REASONS.iter().map(|reason| (reason_word(*reason), say.t(reason_key(*reason)))).collect();
    let choices: Vec<(&str, &str)> = words.iter().map(|(word, text)| (*word, text.as_str())).collect();
    html! {
        (form::select("reason", &say.t("staff-why"), reason_word(likely), &choices))
        (form::field(&Field::new("words", &say.t("staff-why-words"), FieldKind::Text).hint(&say.t("staff-why-hint"))))
    }
}

/// A button that unfolds what it is about to do, in words, with the form that does it. Works without scripts.
pub fn ask_first(label: &str, question: &str, content: Markup) -> Markup {
    html! {
        details class="ask" {
            summary class="button button-secondary" { span class="button-words" { span class="button-label" { (label) } } }
            div class="ask-body" { p class="ask-question" { (question) } (content) }
        }
    }
}

/// `ask_first` for something that posts nothing but itself and cannot be taken back.
pub fn ask_and_post(label: &str, question: &str, post: &Post<'_>) -> Markup {
    ask_first(label, question, button_danger(label, Press::Post(post)))
}

/// A titled form that unfolds.
pub fn unfold(label: &str, content: Markup) -> Markup {
    html! {
        details class="ask" {
            summary class="button button-secondary" { span class="button-words" { span class="button-label" { (label) } } }
            div class="ask-body" { (content) }
        }
    }
}

/// Pages of a list: newer and older.
pub fn pages(say: Say, newer: Option<&str>, older: Option<&str>) -> Markup {
    html! {
        @if newer.is_some() || older.is_some() {
            nav class="button-row" aria-label=(say.t("staff-pages")) {
                @if let Some(url) = newer { (button_secondary(&say.t("staff-newer"), Press::Follow(url))) }
                @if let Some(url) = older { (button_secondary(&say.t("staff-older"), Press::Follow(url))) }
            }
        }
    }
}

/// A link back to where one came from.
pub fn back(url: &str, label: &str) -> Markup {
    html! { p class="back" { a href=(url) { (icon(Icon::ArrowLeft)) " " (label) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    #[test]
    fn every_reason_reads_back_and_words_can_be_given() {
        for reason in REASONS {
            assert_eq!(reason_from(reason_word(reason)), Some(reason));
        }
        assert_eq!(reason_from("because"), None);
        let page = reason_fields(Say::new(Language::En), StaffReason::Inspect).into_string();
        assert_eq!(page.matches("<option").count(), REASONS.len());
        assert!(page.contains(r#"name="words""#));
    }

    #[test]
    fn what_cannot_be_taken_back_is_asked_first() {
        let post = Post::page("/x", "csrf-of-the-session");
        let page = ask_and_post("Write off", "It is <gone>?", &post).into_string();
        let (before, after) = page.split_once("ask-question").unwrap();
        assert!(!before.contains("<form") && after.contains("<form"), "{page}");
        assert!(page.contains("&lt;gone&gt;"));
    }
}
