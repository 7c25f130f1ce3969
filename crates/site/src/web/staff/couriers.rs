//! Companies that deliver, their codes and badges, and the poster that says how to deliver.
//!
//! Owns: `/staff/couriers`. Never: a code in a list; a code is shown once, on the page that issued it.

mod poster;

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::credential::courier::{CourierCode, DoorGrant};
use vestibule_core::time::WeekWindow;
use vestibule_core::{Answer, CarrierId, Command, CredentialId, Refusal, Site, Span, Timestamp};

use super::blocks::{ask_and_post, unfold};
use super::desk_page::{Act, Desk, Fields, Section, done};
use super::doors::one::{chosen_doors, door_boxes};
use super::doors::windows;
use super::names::Names;
use super::printing;
use super::say::Say;
use super::story::hours_in_words;
use super::times;
use crate::config::PrinterUse;
use crate::handle::Revealed;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Button, Icon, Post, Press, button_primary, button_quiet, button_secondary, paper};
use crate::rows::Row;
use crate::runners::printing::PrintOutcome;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;
use poster::Poster;
pub use poster::page as poster_page;

/// Old and new code hold beside each other for so long after a rotation.
const OVERLAP: Span = Span::days(14);

/// The name of a driver or route has at most so many characters.
const NAME_AT_MOST: usize = 40;

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Couriers {
    /// What the button says that makes a code and prints its badge; None: the browser prints.
    pub offer: Option<String>,
    /// Codes, newest first.
    pub codes: Vec<(CredentialId, CourierCode)>,
    /// Names.
    pub names: Names,
}

/// Companies and codes.
pub fn content(view: &Couriers, say: Say, csrf: &str) -> Markup {
    html! {
        (listing::page_title(&say.t("staff-couriers-title"), Some(&say.t("staff-couriers-lead")),
            button_secondary(&say.t("staff-poster"), Press::Follow("/staff/couriers/poster"))))
        div class="asks" {
            @if !view.names.carriers.is_empty() { (unfold(&say.t("staff-code-new"), new_code(view, say, csrf))) }
            (unfold(&say.t("staff-carrier-new"), form::form("/staff/carriers", csrf, html! {
                (form::field(&Field::new("name", &say.t("staff-carrier-name"), FieldKind::Text).required()))
                (button_secondary(&say.t("staff-save"), Press::Submit))
            })))
        }
        @if view.names.carriers.is_empty() {
            (message::empty(&say.t("staff-carriers-empty-title"), &say.t("staff-carriers-empty"), None))
        } @else if view.codes.is_empty() {
            (message::empty(&say.t("staff-codes-empty-title"), &say.t("staff-codes-empty"), None))
        } @else {
            (codes(view, say, csrf))
        }
    }
}

fn codes(view: &Couriers, say: Say, csrf: &str) -> Markup {
    let heads = ["carrier", "begins-with", "opens", "hours", "until", "acts"]
        .map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> =
        view.codes.iter().map(|(id, code)| row(*id, code, view, (say, csrf))).collect();
    listing::table(&say.t("staff-codes"), &heads, &rows)
}

fn row(id: CredentialId, code: &CourierCode, view: &Couriers, (say, csrf): (Say, &str)) -> Vec<Markup> {
    let names = &view.names;
    let dead = code.is_dead(names.now);
    let until = times::date(say, code.ends(), &names.zone);
    let (rotate, end) = (format!("/staff/couriers/{id}/rotate"), format!("/staff/couriers/{id}/end"));
    vec![
        html! {
            span id={ "code-" (id) } { (names.courier(say, code.carrier, Some(id))) }
            p class="hint" { (say.with("staff-code-n", &[("n", id.to_string().into())])) }
        },
        html! { span class="nowrap" { (code.selector.digits()) " …" } },
        html! { (opens(code, names, say)) },
        html! { (hours_in_words(&code.windows, say)) },
        html! { div { (until) " " @if dead { (listing::tag(Tone::Plain, &say.t("staff-code-over"))) }
        @else if code.revoked.is_some() { (listing::tag(Tone::Warning, &say.t("staff-code-overlap"))) } } },
        html! { @if !dead { div class="asks" {
            @if code.revoked.is_none() { (button_secondary(&say.t("staff-code-rotate"), Press::Post(&Post::page(&rotate, csrf)))) (printing::button(view.offer.as_deref(), &rotate, csrf)) }
            (unfold(&say.t("staff-code-for-change"), form::form(&format!("/staff/couriers/{id}/name"), csrf, html! {
                (form::field(&Field::new("name", &say.t("staff-code-for"), FieldKind::Text).hint(&say.t("staff-code-for-hint")).value(names.couriers.get(&id).map_or("", String::as_str))))
                (button_secondary(&say.t("staff-save"), Press::Submit))
            })))
            (ask_and_post(&say.t("staff-code-end"), &say.t("staff-code-end-question"), &Post::page(&end, csrf)))
        } } },
    ]
}

/// The doors a code opens besides empty compartments.
fn opens(code: &CourierCode, names: &Names, say: Say) -> String {
    let doors: Vec<String> = code.doors.iter().map(|door| names.passage(say, door.point)).collect();
    if doors.is_empty() { say.t("staff-opens-none") } else { doors.join(", ") }
}

fn new_code(view: &Couriers, say: Say, csrf: &str) -> Markup {
    let carriers: Vec<(String, &str)> =
        view.names.carriers.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let carriers: Vec<(&str, &str)> = carriers.iter().map(|(id, name)| (id.as_str(), *name)).collect();
    let first = carriers.first().map_or("", |(id, _)| id);
    let in_a_year = times::date_field(view.names.now + Span::days(365), &view.names.zone);
    form::form(
        "/staff/couriers",
        csrf,
        html! {
            (form::select("carrier", &say.t("staff-fact-carrier"), first, &carriers))
            (form::field(&Field::new("name", &say.t("staff-code-for"), FieldKind::Text).hint(&say.t("staff-code-for-hint"))))
            (door_boxes(&view.names, &BTreeSet::new(), say))
            (windows::fields(say, &[WeekWindow { days: 0x3F, from: 7 * 60, to: 21 * 60 }]))
            (form::field(&Field::new("until", &say.t("staff-code-until"), FieldKind::Date).value(&in_a_year).required()))
            (form::checkbox("poster", &say.t("staff-code-poster"), false))
            (button_primary(&say.t("staff-code-new-do"), Press::Submit))
            @if let Some(label) = &view.offer {
                (button_secondary(label, Press::SubmitAs { name: printing::PRINT.0, value: printing::PRINT.1 }))
            }
        },
    )
}

/// Weekdays as boxes and one span of hours.
pub fn week_fields(say: Say, windows: &[WeekWindow]) -> Markup {
    let first = windows.first().copied().unwrap_or(WeekWindow { days: 0x1F, from: 8 * 60, to: 20 * 60 });
    let to = if first.to == 1440 { "23:59".to_owned() } else { times::hour(first.to) };
    html! {
        fieldset class="field" {
            legend { (say.t("staff-days")) }
            div class="days" { @for day in 0..7u8 {
                label class="check" { input type="checkbox" name="day" value=(day) checked[first.days & (1 << day) != 0]; (times::weekday(say, day)) }
            } }
        }
        div class="field-row" {
            (form::field(&Field::new("from", &say.t("staff-from"), FieldKind::Time).value(&times::hour(first.from)).required()))
            (form::field(&Field::new("to", &say.t("staff-to"), FieldKind::Time).value(&to).required()))
        }
    }
}

/// The window of [`week_fields`]; None: no day, or no time of day. 23:59 means the end of the day.
pub fn week_from(fields: &Fields) -> Option<WeekWindow> {
    let days =
        fields.all::<u8>("day").into_iter().filter(|day| *day < 7).fold(0, |days, day| days | (1 << day));
    let (from, to) = (minute(fields.get("from"))?, minute(fields.get("to"))?);
    let to = if to == 1439 { 1440 } else { to };
    (days != 0 && to > 0).then_some(WeekWindow { days, from, to })
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// A code just issued: shown once, with its badge to print.
pub fn issued(
    revealed: &Revealed,
    (carrier, line): (&str, &str),
    outcome: Option<&PrintOutcome>,
    (desk, overlap, on_poster): (&Desk, bool, Option<&Poster>),
) -> Markup {
    let say = desk.say;
    let digits = revealed.digits.as_ref().map_or("", |digits| digits.expose());
    html! {
        (listing::page_title(&say.t("staff-code-issued"), Some(carrier), html! {
            (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
            (button_quiet(&say.t("staff-code-seen"), Press::Follow("/staff/couriers")))
        }))
        @if let Some(outcome) = outcome { (printing::said(outcome, say)) }
        (message::notice_banner(NoticeKind::Warning, &say.t("staff-code-once")))
        @if overlap { (message::notice_banner(NoticeKind::Info, &say.t("staff-code-overlap-hint"))) }
        div class="shown-once" {
            p class="hint" { (say.t("staff-code-digits")) }
            p class="shown-digits" { (paper::code_digits(digits, 3)) }
        }
        @if printing::is_still_to_show(outcome) { div class="sheet" {
            (paper::id_card(&desk.site_name, carrier, line, paper::qr(&vestibule_notices::qr::qr_svg(revealed.token.expose()), &say.t("staff-badge-qr"))))
        } }
        @if let Some(poster) = on_poster {
            (message::notice_banner(NoticeKind::Warning, &say.t("staff-poster-public")))
            div class="sheet" tabindex="0" { (poster.article(Some((carrier, digits)), say)) }
        }
    }
}

fn read(site: &Site) -> Vec<(CredentialId, CourierCode)> {
    let codes = site.credentials.courier.all.iter().rev();
    codes.map(|(id, code)| (*id, code.clone())).collect()
}

/// `GET /staff/couriers`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let mut codes = desk.read(|site, _| read(site)).await?;
    let names = desk.names(super::names::Wanted::default()).await?;
    codes.retain(|(_, code)| names.now - code.expires < Span::days(30));
    codes.sort_by_key(|(_, code)| code.is_dead(names.now));
    let offer = printing::offer(&desk, PrinterUse::Slips, "staff-badge-print-on");
    let view = Couriers { offer, codes, names };
    let title = desk.say.t("staff-couriers-title");
    Ok(desk.page(Section::Couriers, &title, content(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/carriers`
pub async fn name_carrier(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_issue_courier_codes()?;
    let name = Fields(fields).get("name").to_owned();
    desk.act(Act::new(Command::NameCarrier { name }, "/staff/couriers", "saved")).await
}

/// The driver or route a form names; None: nobody in particular.
fn name_from(fields: &Fields, say: Say) -> Result<Option<String>, Refusal> {
    let name = fields.some("name");
    if name
        .as_ref()
        .is_some_and(|name| name.chars().count() > NAME_AT_MOST || name.contains(char::is_control))
    {
        return Err(Refusal::Invalid { why: say.t("staff-invalid-code-for") });
    }
    Ok(name)
}

async fn issue_code(
    desk: &Desk,
    (carrier, name): (CarrierId, Option<String>),
    (windows, expires, doors): (Vec<WeekWindow>, Timestamp, Vec<DoorGrant>),
    (fields, overlap): (&Fields, bool),
) -> Result<Markup, Fault> {
    let command = Command::IssueCourierCode { carrier, windows, expires, doors };
    let called = name.clone();
    let rows = move |answer: &Answer| match answer {
        Answer::Credential { credential } if called.is_some() => {
            vec![Row::CourierName { credential: *credential, name: called }]
        }
        _ => Vec::new(),
    };
    let (answer, revealed) = desk.ask_with(command, rows).await?;
    let (Answer::Credential { .. }, Some(code)) = (answer, revealed.first()) else {
        return Err(Refusal::NotFound.into());
    };
    let names = desk.names(super::names::Wanted::default()).await?;
    let until = times::date(desk.say, expires, &names.zone);
    let carrier = names.carrier(desk.say, Some(carrier));
    let line = match name {
        Some(name) => {
            desk.say.with("staff-badge-line-for", &[("name", name.into()), ("until", until.into())])
        }
        None => desk.say.with("staff-badge-line", &[("until", until.into())]),
    };
    let sheet = || vec![printing::card(&desk.site_name, &carrier, &line, code.token.expose())];
    let outcome = printing::print(desk, PrinterUse::Slips, fields, sheet).await;
    let poster = if fields.ticked("poster") { Some(Poster::of(desk).await?) } else { None };
    let shown = issued(code, (&carrier, &line), outcome.as_ref(), (desk, overlap, poster.as_ref()));
    Ok(desk.page(Section::Couriers, &desk.say.t("staff-code-issued"), shown))
}

/// `POST /staff/couriers`
pub async fn issue(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    desk.may_issue_courier_codes()?;
    let fields = Fields(fields);
    let zone = desk.read(|site, _| site.policy.zone.clone()).await?;
    let invalid = |key: &str| Refusal::Invalid { why: desk.say.t(key) };
    let windows = windows::read(&fields).filter(|windows| !windows.is_empty());
    let windows = windows.ok_or_else(|| invalid("staff-invalid-hours"))?;
    let name = name_from(&fields, desk.say)?;
    let until = times::end_of_day(fields.get("until"), &zone).ok_or_else(|| invalid("staff-invalid-date"))?;
    let carrier = fields.number("carrier").map(CarrierId).ok_or(Refusal::NotFound)?;
    let doors = chosen_doors(&fields).into_iter().map(|point| DoorGrant { point }).collect();
    issue_code(&desk, (carrier, name), (windows, until, doors), (&fields, false)).await
}

/// `POST /staff/couriers/{id}/rotate`: a new code now, the old one ends two weeks later.
pub async fn rotate(
    desk: Desk,
    Path(id): Path<CredentialId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    desk.may_issue_courier_codes()?;
    let old = desk.read(move |site, now| (site.credentials.courier.all.get(&id).cloned(), now));
    let (old, now) = old.await?;
    let old = old.ok_or(Refusal::NotFound)?;
    let expires = old.expires.max(now + Span::days(365));
    let name = desk.names(super::names::Wanted::default()).await?.couriers.remove(&id);
    desk.ask(Command::RevokeCourierCode { credential: id, at: now + OVERLAP }).await?;
    issue_code(&desk, (old.carrier, name), (old.windows, expires, old.doors), (&Fields(fields), true)).await
}

/// `POST /staff/couriers/{id}/name`: another driver or route, or nobody in particular.
pub async fn name(
    desk: Desk,
    Path(credential): Path<CredentialId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_issue_courier_codes()?;
    let name = name_from(&Fields(fields), desk.say)?;
    let is_code = move |site: &Site, _| site.credentials.courier.all.contains_key(&credential);
    if !desk.read(is_code).await? {
        return Err(Refusal::NotFound.into());
    }
    desk.app.site.write(vec![Row::CourierName { credential, name }]).await?;
    Ok(done("/staff/couriers", "saved"))
}

/// `POST /staff/couriers/{id}/end`
pub async fn end(
    desk: Desk,
    Path(credential): Path<CredentialId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_issue_courier_codes()?;
    let at = desk.now();
    desk.act(Act::new(Command::RevokeCourierCode { credential, at }, "/staff/couriers", "code-ended")).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_read_from_boxes_and_hours() {
        let fields = |pairs: &[(&str, &str)]| {
            Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let read = |pairs: &[(&str, &str)]| week_from(&fields(pairs));
        let window = WeekWindow { days: 0b100_0001, from: 420, to: 1440 };
        assert_eq!(read(&[("day", "0"), ("day", "6"), ("from", "07:00"), ("to", "23:59")]), Some(window));
        assert_eq!(read(&[("from", "07:00"), ("to", "21:00")]), None, "no day");
        assert_eq!(read(&[("day", "9"), ("from", "07:00"), ("to", "21:00")]), None, "no such day");
        assert_eq!(read(&[("day", "1"), ("from", "25:00"), ("to", "21:00")]), None);
        assert_eq!(read(&[("day", "1"), ("from", "noon"), ("to", "21:00")]), None);
    }
}
