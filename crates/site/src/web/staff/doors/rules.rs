//! What holds at all doors: the night, people without a code, how long a door may stand open, holidays.
//!
//! Owns: `/staff/doors/rules`. Never: says which figures are sound; the rules do.

use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::BTreeSet;
use vestibule_core::access::policy::{DoorPolicy, NoCode};
use vestibule_core::time::Date;
use vestibule_core::{Command, Refusal, Span};

use super::super::blocks::back;
use super::super::desk_page::{Act, Desk, Fields, Section};
use super::super::say::Say;
use super::night::{rule_from, rule_word};
use super::windows;
use crate::look::form::{self, Field, FieldKind};
use crate::look::{Press, button_primary, button_secondary, listing};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

const HERE: &str = "/staff/doors/rules";
/// How many an hour where nobody chose.
const AN_HOUR: u8 = 3;

/// The page.
pub fn content(policy: &DoorPolicy, holidays: &BTreeSet<Date>, say: Say, csrf: &str) -> Markup {
    html! {
        (back("/staff/doors", &say.t("staff-passages-title")))
        (listing::page_title(&say.t("staff-passage-rules"), Some(&say.t("staff-passage-rules-lead")), html! {}))
        (listing::section(&say.t("staff-passage-rules-doors"), listing::card(policy_form(policy, say, csrf))))
        (listing::section(&say.t("staff-holidays"), listing::card(holidays_form(holidays, say, csrf))))
    }
}

fn policy_form(policy: &DoorPolicy, say: Say, csrf: &str) -> Markup {
    let no_code = ["off", "yes", "parcel"].map(|word| (word, say.t(&format!("staff-no-code-{word}"))));
    let no_code: Vec<(&str, &str)> = no_code.iter().map(|(word, text)| (*word, text.as_str())).collect();
    let (chosen, an_hour) = match policy.no_code {
        NoCode::Off => ("off", AN_HOUR),
        NoCode::SomebodySaysYes => ("yes", AN_HOUR),
        NoCode::OneParcel { an_hour } => ("parcel", an_hour),
    };
    let (refuse, tell) = (say.t("staff-late-refuse"), say.t("staff-late-tell"));
    let late = rule_word(policy.late_night);
    let seconds = |span: Span| (span.0 / Span::seconds(1).0).to_string();
    let still = policy.still_every.map(seconds).unwrap_or_default();
    let figure = |name: &'static str, key: &str, value: &str| {
        form::field(&Field::new(name, &say.t(key), FieldKind::Number).value(value).required())
    };
    form::form(
        HERE,
        csrf,
        html! {
            (form::radios("no_code", &say.t("staff-no-code"), chosen, &no_code))
            (figure("an_hour", "staff-no-code-an-hour", &an_hour.to_string()))
            (form::radios("late", &say.t("staff-late"), late, &[("refuse", &refuse), ("tell", &tell)]))
            p class="hint" { (say.t("staff-late-hours")) }
            (windows::fields(say, &policy.late_hours))
            (figure("hold", "staff-passage-hold", &seconds(policy.hold)))
            (figure("held", "staff-passage-held-after", &seconds(policy.held_open_after)))
            (figure("long", "staff-passage-long-after", &seconds(policy.long_after)))
            (figure("inside", "staff-passage-inside", &(policy.inside_at_most.0 / Span::minutes(1).0).to_string()))
            (form::field(&Field::new("still", &say.t("staff-passage-still"), FieldKind::Number).value(&still).hint(&say.t("staff-passage-still-hint"))))
            (button_primary(&say.t("staff-save"), Press::Submit))
        },
    )
}

fn holidays_form(holidays: &BTreeSet<Date>, say: Say, csrf: &str) -> Markup {
    let days: Vec<String> = holidays.iter().map(written).collect();
    form::form(
        "/staff/doors/holidays",
        csrf,
        html! {
            (form::field(&Field::new("days", &say.t("staff-holidays-days"), FieldKind::LongText).value(&days.join("\n")).hint(&say.t("staff-holidays-hint"))))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        },
    )
}

fn written(day: &Date) -> String {
    serde_json::to_string(day).expect("plain data").trim_matches('"').to_owned()
}

fn policy_from(fields: &Fields, before: DoorPolicy) -> Option<DoorPolicy> {
    let no_code = match fields.get("no_code") {
        "off" => NoCode::Off,
        "yes" => NoCode::SomebodySaysYes,
        "parcel" => NoCode::OneParcel { an_hour: fields.number("an_hour")? },
        _ => return None,
    };
    let late_night = rule_from(fields.get("late"))?;
    // Left empty it is none; not sent it is no choice.
    let (_, still) = fields.0.iter().find(|(name, _)| name == "still")?;
    let span = |name: &str, of: fn(i64) -> Span| fields.number::<u16>(name).map(|n| of(i64::from(n)));
    Some(DoorPolicy {
        no_code,
        late_night,
        late_hours: windows::read(fields)?,
        hold: span("hold", Span::seconds)?,
        held_open_after: span("held", Span::seconds)?,
        long_after: span("long", Span::seconds)?,
        inside_at_most: span("inside", Span::minutes)?,
        still_every: if still.trim().is_empty() { None } else { Some(span("still", Span::seconds)?) },
        ..before
    })
}

/// The days of a text, one a line or between blanks and commas; the first that is none.
fn days_from(text: &str) -> Result<Vec<Date>, String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    words
        .map(|word| serde_json::from_value(serde_json::Value::from(word)).map_err(|_| word.to_owned()))
        .collect()
}

/// `GET /staff/doors/rules`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    desk.may_set()?;
    let (policy, holidays) =
        desk.read(|site, _| (site.access.policy.clone(), site.access.holidays.clone())).await?;
    let shown = content(&policy, &holidays, desk.say, &desk.csrf);
    Ok(desk.page(Section::Doors, &desk.say.t("staff-passage-rules"), shown))
}

/// `POST /staff/doors/rules`
pub async fn save(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let before = desk.read(|site, _| site.access.policy.clone()).await?;
    let policy = policy_from(&Fields(fields), before);
    let policy = policy.ok_or_else(|| Refusal::Invalid { why: desk.say.t("staff-invalid-form") })?;
    desk.act(Act::new(Command::SetDoorPolicy { policy }, HERE, "saved")).await
}

/// `POST /staff/doors/holidays`
pub async fn save_holidays(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let days = days_from(Fields(fields).get("days")).map_err(|word| Refusal::Invalid {
        why: desk.say.with("staff-invalid-holiday", &[("day", word.into())]),
    })?;
    desk.act(Act::new(Command::SetHolidays { days }, HERE, "saved")).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_are_read_with_the_first_that_is_none() {
        let days = days_from("2026-12-25\n2026-12-26, 2027-01-01 ").unwrap();
        assert_eq!(days.iter().map(written).collect::<Vec<_>>(), ["2026-12-25", "2026-12-26", "2027-01-01"]);
        assert_eq!(days_from("2026-12-25 2026-02-30"), Err("2026-02-30".to_owned()));
        assert_eq!(days_from(" "), Ok(Vec::new()));
    }

    #[test]
    fn a_policy_is_read_whole_or_not_at_all() {
        let fields = |pairs: &[(&str, &str)]| {
            Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let given = [
            ("no_code", "parcel"),
            ("an_hour", "2"),
            ("late", "refuse"),
            ("hold", "4"),
            ("held", "90"),
            ("long", "25"),
            ("inside", "20"),
            ("still", "45"),
            ("day0", "6"),
            ("from0", "22:00"),
            ("to0", "06:00"),
        ];
        let policy = policy_from(&fields(&given), DoorPolicy::default()).unwrap();
        assert_eq!(policy.no_code, NoCode::OneParcel { an_hour: 2 });
        assert_eq!((policy.hold, policy.late_hours.len()), (Span::seconds(4), 1));
        assert_eq!((policy.long_after, policy.still_every), (Span::seconds(25), Some(Span::seconds(45))));
        assert!(policy.is_sound().is_ok());
        let none: Vec<_> =
            given.iter().map(|(name, value)| (*name, if *name == "still" { " " } else { *value })).collect();
        assert_eq!(policy_from(&fields(&none), DoorPolicy::default()).unwrap().still_every, None);
        for wrong in ["often", "-5", "70000"] {
            let wrong: Vec<_> = given
                .iter()
                .map(|(name, value)| (*name, if *name == "still" { wrong } else { *value }))
                .collect();
            assert_eq!(policy_from(&fields(&wrong), DoorPolicy::default()), None);
        }
        for at in 0..8 {
            let mut part = given.to_vec();
            part.remove(at);
            assert_eq!(policy_from(&fields(&part), DoorPolicy::default()), None, "without {:?}", given[at]);
        }
    }

    #[test]
    fn the_page_shows_what_it_saves() {
        let say = Say::new(crate::web::words::Language::En);
        let policy = DoorPolicy { long_after: Span::seconds(31), still_every: None, ..DoorPolicy::default() };
        let page = content(&policy, &BTreeSet::new(), say, "t").into_string();
        let field = |name: &str| {
            let at = page.find(&format!(r#"name="{name}""#)).unwrap_or_else(|| panic!("{name}: {page}"));
            let begins = page[..at].rfind('<').unwrap();
            page[begins..].split('>').next().unwrap().to_owned()
        };
        assert!(field("long").contains(r#"value="31""#), "{page}");
        assert!(!field("still").contains("required"), "none is a choice: {page}");
        let often = DoorPolicy { still_every: Some(Span::seconds(45)), ..policy };
        let page = content(&often, &BTreeSet::new(), say, "t").into_string();
        assert!(page.contains(r#"value="45""#), "{page}");
    }
}
