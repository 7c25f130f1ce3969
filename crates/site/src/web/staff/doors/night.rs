//! The night of one door, where it is not that of all doors: another house of the site, or a room of its own.
//!
//! Owns: its form and words on the page of a door. Never: says when the night of all doors is; the rules page does.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::access::policy::{DoorNight, LateNightRule};
use vestibule_core::{AccessPointId, Command, Refusal};

use super::super::desk_page::{Act, Desk, Fields};
use super::super::say::Say;
use super::super::story::hours_in_words;
use super::windows;
use crate::look::form;
use crate::look::{Press, button_secondary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// As the night of a door is chosen.
const CHOICES: [&str; 3] = ["site", "refuse", "tell"];

/// The word of a rule, in forms and keys.
pub fn rule_word(rule: LateNightRule) -> &'static str {
    match rule {
        LateNightRule::Refuse => "refuse",
        LateNightRule::TellStaff => "tell",
    }
}

/// The rule a form names. None: none of them.
pub(super) fn rule_from(word: &str) -> Option<LateNightRule> {
    [LateNightRule::Refuse, LateNightRule::TellStaff].into_iter().find(|rule| rule_word(*rule) == word)
}

fn chosen(night: Option<&DoorNight>) -> &'static str {
    night.map_or("site", |night| rule_word(night.rule))
}

/// What holds at a door in the night, in words.
pub fn words(night: Option<&DoorNight>, say: Say) -> String {
    match night {
        None => say.t("staff-night-site"),
        Some(night) if night.hours.is_empty() => say.t("staff-night-none"),
        Some(night) => {
            let rule = say.t(&format!("staff-late-{}", rule_word(night.rule)));
            say.with(
                "staff-night-own",
                &[("hours", hours_in_words(&night.hours, say).into()), ("rule", rule.into())],
            )
        }
    }
}

/// The form.
pub fn form(at: &str, night: Option<&DoorNight>, (say, csrf): (Say, &str)) -> Markup {
    let texts = [say.t("staff-night-site"), say.t("staff-late-refuse"), say.t("staff-late-tell")];
    let choices: Vec<(&str, &str)> = CHOICES.into_iter().zip(texts.iter().map(String::as_str)).collect();
    form::form(
        &format!("{at}/night"),
        csrf,
        html! {
            (form::radios("late", &say.t("staff-late"), chosen(night), &choices))
            p class="hint" { (say.t("staff-night-hint")) }
            (windows::fields(say, night.map_or(&[], |night| &night.hours)))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        },
    )
}

/// `POST /staff/doors/{id}/night`
pub async fn set(
    desk: Desk,
    Path(point): Path<AccessPointId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let fields = Fields(fields);
    let invalid = |key: &str| Refusal::Invalid { why: desk.say.t(key) };
    let rule = match fields.get("late") {
        "site" => None,
        word => Some(rule_from(word).ok_or_else(|| invalid("staff-invalid-form"))?),
    };
    let hours = windows::read(&fields).ok_or_else(|| invalid("staff-invalid-hours"))?;
    let night = rule.map(|rule| DoorNight { hours, rule });
    let command = Command::SetDoorNight(point, night);
    desk.act(Act::new(command, format!("/staff/doors/{point}"), "saved")).await
}
