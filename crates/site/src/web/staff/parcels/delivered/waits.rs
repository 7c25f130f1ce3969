//! How long is waited before a delivery nobody scanned is asked about, and which carriers hand on to others.
//!
//! Owns: the form and its fields. Never: a time of its own; the policy has them, and is set as a whole.

use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::custody::delivered::ClaimTimes;
use vestibule_core::policy::Policy;
use vestibule_core::{CarrierId, Command, Refusal, Span};

use super::super::super::desk_page::{Act, Desk, Fields};
use super::super::super::names::Names;
use super::super::super::say::Say;
use super::DELIVERED;
use crate::look::form::{self, Field, FieldKind};
use crate::look::{Press, button_primary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// The form.
pub fn content(times: &ClaimTimes, names: &Names, (say, csrf): (Say, &str)) -> Markup {
    let hours = |span: Span| (span.0 / Span::hours(1).0).to_string();
    let (brings, hands_on) = (hours(times.brings), hours(times.hands_on));
    let days = |span: Span| (span.0 / Span::days(1).0).to_string();
    let (answer, shown) = (days(times.answer), days(times.drops_shown));
    let number = |name, key: &str, value: &str| {
        form::field(&Field::new(name, &say.t(key), FieldKind::Number).value(value).required())
    };
    form::form(
        "/staff/delivered/waits",
        csrf,
        html! {
            (number("brings", "staff-waits-brings", &brings))
            (number("hands_on", "staff-waits-hands-on", &hands_on))
            fieldset class="field" {
                legend { (say.t("staff-waits-which")) }
                @for (id, name) in &names.carriers {
                    label class="check" { input type="checkbox" name="hand_on" value=(id) checked[times.hand_on.contains(id)]; (name) }
                }
            }
            (number("answer", "staff-waits-answer", &answer))
            (number("drops_shown", "staff-waits-drops-shown", &shown))
            p class="hint" { (say.t("staff-waits-drops-shown-hint")) }
            (button_primary(&say.t("staff-save"), Press::Submit))
        },
    )
}

/// The times the form asks for. None: one of them is no number.
fn times_from(fields: &Fields) -> Option<ClaimTimes> {
    let number = |name: &str| fields.number::<i64>(name).filter(|n| (0..=10_000).contains(n));
    Some(ClaimTimes {
        brings: Span::hours(number("brings")?),
        hands_on: Span::hours(number("hands_on")?),
        answer: Span::days(number("answer")?),
        drops_shown: Span::days(number("drops_shown")?),
        hand_on: fields.all::<CarrierId>("hand_on").into_iter().collect(),
    })
}

/// `POST /staff/delivered/waits`
pub async fn save(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let invalid = || Refusal::Invalid { why: desk.say.t("staff-waits-invalid") };
    let claims = times_from(&Fields(fields)).ok_or_else(invalid)?;
    let now = desk.read(|site, _| site.policy.clone()).await?;
    let policy = Policy { claims, ..now };
    policy.is_sound().map_err(|_| invalid())?;
    desk.act(Act::new(Command::SetPolicy { policy }, format!("{DELIVERED}/carriers"), "saved")).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_carriers_are_read_from_the_form() {
        let fields = |pairs: &[(&str, &str)]| {
            Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let right = [
            ("brings", "3"),
            ("hands_on", "36"),
            ("answer", "5"),
            ("drops_shown", "0"),
            ("hand_on", "2"),
            ("hand_on", "4"),
        ];
        let times = times_from(&fields(&right)).unwrap();
        assert_eq!(
            (times.brings, times.hands_on, times.answer),
            (Span::hours(3), Span::hours(36), Span::days(5))
        );
        assert_eq!(times.hand_on, [CarrierId(2), CarrierId(4)].into());
        assert_eq!(times_from(&fields(&[("brings", "soon"), ("hands_on", "36"), ("answer", "5")])), None);
        assert_eq!(times_from(&fields(&[("brings", "-1"), ("hands_on", "36"), ("answer", "5")])), None);
    }
}
