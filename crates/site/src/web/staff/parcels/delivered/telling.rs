//! Staff tell what carriers say: numbers pasted from somewhere, or the text of a carrier's message.
//!
//! Owns: both forms and what is said of each number. Never: guesses a number; what is none is handed back.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use vestibule_core::custody::delivered::ClaimSource;
use vestibule_core::time::at_civil;
use vestibule_core::{Actor, CarrierId, Refusal, Timestamp};
use vestibule_intake::Carrier;
use vestibule_intake::mail::{Found, NUMBERS_MOST, TEXT_MOST, in_list, in_message, news};

use super::super::super::banks::unit_written;
use super::super::super::desk_page::{Desk, Fields, Section, done};
use super::super::super::say::Say;
use super::{Asked, DELIVERED, content, view};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary};
use crate::web::given::deliveries::{Told, sent_at, tell};
use crate::web::guard::{Csrf, Upload};
use crate::web::problem::{Fault, words_of};

/// What was told and came to nothing: to be looked at and told again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// What is no number.
    pub no_numbers: Vec<String>,
    /// Numbers that the rules refuse, each with why.
    pub refused: Vec<(String, String)>,
    /// A message in which no number was found.
    pub nothing_found: bool,
    /// There were more than are taken at once.
    pub more: bool,
    /// A message that says of its numbers that they are still on their way.
    pub on_its_way: bool,
    /// Numbers of a message that does not say when it was sent: they stand in the form for numbers, to be sent with a day.
    pub undated: Vec<String>,
    /// How many were noted.
    pub noted: usize,
}

impl Left {
    fn is_nothing(&self) -> bool {
        let is_read = !self.nothing_found && !self.on_its_way && !self.more;
        is_read && self.no_numbers.is_empty() && self.refused.is_empty() && self.undated.is_empty()
    }
}

/// What came to nothing, in words.
pub fn said(left: &Left, say: Say) -> Markup {
    html! {
        @if left.noted > 0 { (message::notice_banner(NoticeKind::Done, &say.with("staff-claims-noted", &[("n", left.noted.into())]))) }
        @if left.on_its_way { (message::notice_banner(NoticeKind::Warning, &say.t("staff-claims-on-its-way"))) }
        @if !left.undated.is_empty() { (message::notice_banner(NoticeKind::Warning, &say.t("staff-claims-undated"))) }
        @if left.nothing_found { (message::notice_banner(NoticeKind::Warning, &say.t("staff-claims-nothing-found"))) }
        @if !left.no_numbers.is_empty() {
            (message::notice_banner(NoticeKind::Warning, &say.with("staff-claims-no-numbers", &[("list", left.no_numbers.join(", ").into())])))
        }
        @for (number, why) in &left.refused { (message::notice_banner(NoticeKind::Warning, &format!("{number}: {why}"))) }
        @if left.more { (message::notice_banner(NoticeKind::Warning, &say.with("staff-claims-more", &[("n", NUMBERS_MOST.into())]))) }
    }
}

/// The form for numbers.
pub fn numbers_form(left: &Left, carriers: &[(CarrierId, String)], (say, csrf): (Say, &str)) -> Markup {
    let by_number = say.t("staff-claims-by-number");
    let choices: Vec<(String, &str)> =
        carriers.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let choices: Vec<(&str, &str)> = std::iter::once(("", by_number.as_str()))
        .chain(choices.iter().map(|(id, name)| (id.as_str(), *name)))
        .collect();
    let again =
        left.no_numbers.iter().chain(&left.undated).map(String::as_str).collect::<Vec<_>>().join("\n");
    form::form(
        DELIVERED,
        csrf,
        html! {
            (form::field(&Field::new("numbers", &say.t("staff-claims-numbers"), FieldKind::LongText)
                .hint(&say.t("staff-claims-numbers-hint")).value(&again).required()))
            (form::select("carrier", &say.t("staff-fact-carrier"), "", &choices))
            (form::field(&Field::new("unit", &say.t("staff-claims-unit"), FieldKind::Text)))
            (day_and_hour(("day", "hour"), say))
            p class="hint" { (say.t("staff-claims-when-hint")) }
            (button_primary(&say.t("staff-claims-add-do"), Press::Submit))
        },
    )
}

/// Both forms stand on one page: their fields have names of their own.
fn day_and_hour((day, hour): (&str, &str), say: Say) -> Markup {
    html! {
        div class="field-row" {
            (form::field(&Field::new(day, &say.t("staff-claims-day"), FieldKind::Date)))
            (form::field(&Field::new(hour, &say.t("staff-claims-hour"), FieldKind::Time)))
        }
    }
}

/// The form for a carrier's message.
pub fn message_form(say: Say, csrf: &str) -> Markup {
    let accept = FieldKind::File { accept: ".eml,.txt,text/plain,message/rfc822" };
    form::upload_form(
        "/staff/delivered/message",
        csrf,
        html! {
            (form::field(&Field::new("text", &say.t("staff-claims-text"), FieldKind::LongText).hint(&say.t("staff-claims-text-hint"))))
            (form::field(&Field::new("file", &say.t("staff-claims-file"), accept)))
            (day_and_hour(("sent_day", "sent_hour"), say))
            p class="hint" { (say.t("staff-claims-message-when-hint")) }
            (button_primary(&say.t("staff-claims-message-do"), Press::Submit))
        },
    )
}

/// When it was delivered, by the building's clock; no day is today, no hour is now or the end of that day.
fn when(day: &str, hour: &str) -> Option<String> {
    match (day, hour) {
        ("", _) => None,
        (day, "") => Some(format!("{day}T12:00")),
        (day, hour) => Some(format!("{day}T{hour}")),
    }
}

async fn moment(desk: &Desk, day: &str, hour: &str) -> Result<Option<Timestamp>, Fault> {
    let Some(text) = when(day, hour) else { return Ok(None) };
    let zone = desk.read(|site, _| site.policy.zone.clone()).await?;
    let invalid = || Refusal::Invalid { why: desk.say.t("staff-invalid-date") };
    Ok(Some(at_civil(&text, &zone).ok_or_else(invalid)?))
}

/// `POST /staff/delivered`: numbers, one a line.
pub async fn numbers(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Response, Fault> {
    let fields = Fields(fields);
    let at = moment(&desk, fields.get("day"), fields.get("hour")).await?;
    let unit = match fields.get("unit") {
        "" => None,
        text => Some(unit_written(&desk, text).await?),
    };
    let carrier = fields.number("carrier").map(CarrierId);
    let listed = in_list(fields.get("numbers"));
    let mut left = Left { no_numbers: listed.others, more: listed.more, ..Left::default() };
    for found in listed.found {
        let told = Told { carrier, at, unit, ..told(found, ClaimSource::Staff) };
        one(&desk, told, &mut left).await?;
    }
    if left.noted == 0 && left.is_nothing() {
        left.nothing_found = true;
    }
    answer(desk, left).await
}

/// `POST /staff/delivered/message`: the text of a message, pasted or as a file.
pub async fn message(desk: Desk, upload: Upload) -> Result<Response, Fault> {
    let pasted = upload.fields.get("text").cloned().unwrap_or_default();
    let file = upload
        .file
        .as_ref()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    let more = pasted.len() > TEXT_MOST || file.len() > TEXT_MOST;
    let mut left = Left { more, ..Left::default() };
    let field = |name: &str| upload.fields.get(name).map(String::as_str).unwrap_or_default();
    let said = moment(&desk, field("sent_day"), field("sent_hour")).await?;
    let mut found: Vec<(Found, Option<Timestamp>)> = Vec::new();
    for text in [&pasted, &file] {
        let numbers = in_message(text);
        // What is on its way may be missed later; today nobody has it.
        if !numbers.is_empty() && news::is_on_its_way(text) {
            left.on_its_way = true;
            continue;
        }
        let at = said.or_else(|| sent_at(text));
        found.extend(numbers.into_iter().map(|number| (number, at)));
    }
    left.nothing_found = found.is_empty() && !left.on_its_way;
    for (found, at) in found.into_iter().take(NUMBERS_MOST) {
        match at {
            Some(_) => one(&desk, Told { at, ..told(found, ClaimSource::Mail) }, &mut left).await?,
            None => left.undated.push(found.number),
        }
    }
    answer(desk, left).await
}

fn told(found: Found, source: ClaimSource) -> Told {
    let company = found.carrier.and_then(Carrier::name).map(str::to_owned);
    Told { company, ..Told::new(found.number, source) }
}

async fn one(desk: &Desk, told: Told, left: &mut Left) -> Result<(), Fault> {
    let number = told.number.clone();
    match tell(&desk.app, Actor::Staff(desk.staff), told, None).await?.answer {
        Ok(_) => left.noted += 1,
        Err(refusal) => {
            let why = words_of(&desk.app, desk.say.language, &Fault::Refused(refusal)).await;
            left.refused.push((number, why));
        }
    }
    Ok(())
}

async fn answer(desk: Desk, left: Left) -> Result<Response, Fault> {
    if left.is_nothing() {
        return Ok(redirect().into_response());
    }
    let view = view(&desk, Asked::default(), left).await?;
    let title = desk.say.t("staff-claims-title");
    Ok(desk.page(Section::Parcels, &title, content(&view, desk.say, &desk.csrf)).into_response())
}

fn redirect() -> Redirect {
    done(&format!("{DELIVERED}?show=waiting"), "saved")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_an_hour_is_its_noon_and_no_day_is_now() {
        assert_eq!(when("", "14:00"), None);
        assert_eq!(when("2026-11-27", "").as_deref(), Some("2026-11-27T12:00"));
        assert_eq!(when("2026-11-27", "14:02").as_deref(), Some("2026-11-27T14:02"));
    }
}
