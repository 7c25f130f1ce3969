//! The site's own choices: its name, help lines, policy with the arithmetic of guessing, places, accounts.
//!
//! Owns: `/staff/settings`. Never: a rule; the policy is one event, set as a whole.

pub mod accounts;
pub mod connection;
pub mod houses;
mod ledger;
pub mod places;

use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::code::pin::PinLength;
use vestibule_core::directory::Sharing;
use vestibule_core::evidence::retention::{Country, PhotosKept};
use vestibule_core::policy::{GuessProfile, Policy};
use vestibule_core::time::{WeekWindow, Zone};
use vestibule_core::{Command, Refusal, Site, Span};

use super::classes;
use super::couriers::{week_fields, week_from};
use super::desk_page::{Act, Desk, Fields, Section, done};
use super::say::Say;
use super::story::hours_in_words;
use crate::directory::settings::{self as words, HelpLine};
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing;
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, button_quiet, button_secondary};
use crate::store::ledger_checkpoints::newest;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// Guesses a year that the standard profile admits for ever: twenty a day.
const GUESSES_A_YEAR: f64 = 7_300.0;
/// Guesses a year where the twentieth of a day ends it.
const GUESSES_WITH_ALARM: f64 = 20.0;

/// All the page shows.
#[derive(Debug, Clone)]
pub struct SettingsView {
    /// Name, address, help lines.
    pub words: words::Settings,
    /// Buildings that have units.
    pub buildings: Vec<String>,
    /// The policy.
    pub policy: Policy,
    /// PINs that open something now.
    pub live_pins: usize,
    /// The most of them behind one keypad number.
    pub behind_one_number: usize,
    /// Desk hours.
    pub desk_hours: Vec<WeekWindow>,
    /// Shelves.
    pub shelves: Vec<String>,
    /// Drop places.
    pub areas: Vec<String>,
    /// Accounts; None: not for this reader.
    pub accounts: Option<Vec<accounts::Account>>,
    /// How the ledger is signed.
    pub ledger: ledger::Signed,
}

/// Chance of at least one wrong opening in a year: 1-(1-N/10^d)^G.
pub fn chance(live: usize, digits: usize, guesses: f64) -> f64 {
    let hit = live as f64 / 10_f64.powi(i32::try_from(digits).unwrap_or(i32::MAX));
    -f64::exp_m1(guesses * f64::ln_1p(-hit.min(1.0)))
}

/// `about 1 in 14,000 years`, or a percentage where it is likely.
pub fn chance_words(chance: f64, say: Say) -> String {
    if chance <= 0.0 {
        return say.t("staff-chance-none");
    }
    if chance >= 0.01 {
        return say.with("staff-chance-percent", &[("percent", format!("{:.0}", chance * 100.0).into())]);
    }
    let years = 1.0 / chance;
    let step = 10_f64.powf(years.log10().floor() - 1.0);
    say.with("staff-chance-years", &[("years", grouped((years / step).round() * step).into())])
}

/// Thousands apart by a thin space, which every language here reads.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// The page.
pub fn content(view: &SettingsView, say: Say, csrf: &str) -> Markup {
    html! {
        (listing::page_title(&say.t("staff-settings-title"), None, html! {
            (button_quiet(&say.t("staff-connection"), Press::Follow("/staff/settings/connection")))
            (button_quiet(&say.t("staff-ready"), Press::Follow("/staff/getting-ready")))
        }))
        (listing::section(&say.t("staff-settings-site"), listing::card(site_form(view, say, csrf))))
        (houses::content(&view.words, &view.buildings, (say, csrf)))
        (listing::section(&say.t("staff-settings-help"), listing::card(help_forms(view, say, csrf))))
        (listing::section(&say.t("staff-settings-policy"), listing::card(policy_form(view, say, csrf))))
        (places::content(view, say, csrf))
        @if let Some(list) = &view.accounts { (accounts::content(list, say, csrf)) }
        (listing::section(&say.t("staff-settings-ledger"), ledger::content(&view.ledger, say)))
        section class="section" id="backup" {
            h2 { (say.t("staff-settings-backup")) }
            p { (say.t("staff-settings-backup-text")) }
            pre class="command" { "vestibule backup FILE" }
        }
    }
}

fn site_form(view: &SettingsView, say: Say, csrf: &str) -> Markup {
    let words = &view.words;
    let url = words.public_url.as_deref().unwrap_or_default();
    let code = words.country_code.as_deref().unwrap_or_default();
    form::form(
        "/staff/settings/site",
        csrf,
        html! {
            (form::field(&Field::new("site_name", &say.t("staff-site-name"), FieldKind::Text).value(&words.site_name).required()))
            (form::field(&Field::new("public_url", &say.t("staff-public-url"), FieldKind::Text).value(url).hint(&say.t("staff-public-url-hint"))))
            (form::field(&Field::new("country_code", &say.t("staff-country-code"), FieldKind::Text).value(code).hint(&say.t("staff-country-code-hint"))))
            (button_primary(&say.t("staff-save"), Press::Submit))
        },
    )
}

fn help_forms(view: &SettingsView, say: Say, csrf: &str) -> Markup {
    html! {
        p class="hint" { (say.t("staff-help-hint")) }
        @if view.words.help_lines.is_empty() { (message::notice_banner(NoticeKind::Warning, &say.t("staff-help-none"))) }
        ul class="plain-list" { @for (at, line) in view.words.help_lines.iter().enumerate() {
            li {
                p { strong { (line.text) } " " (line.phone) }
                p class="hint" { (hours_in_words(&line.windows, say)) }
                form class="posting" method="post" action="/staff/settings/help/remove" {
                    (form::csrf_field(csrf)) input type="hidden" name="at" value=(at);
                    (button_quiet(&say.t("staff-remove"), Press::Submit))
                }
            }
        } }
        (super::blocks::unfold(&say.t("staff-help-add"), form::form("/staff/settings/help", csrf, html! {
            (form::field(&Field::new("text", &say.t("staff-help-text"), FieldKind::Text).required()))
            (form::field(&Field::new("phone", &say.t("staff-phone"), FieldKind::Phone)))
            (week_fields(say, &[]))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        })))
    }
}

fn pin_word(length: PinLength) -> &'static str {
    match length {
        PinLength::Six => "6",
        PinLength::Eight => "8",
        PinLength::Ten => "10",
    }
}

fn policy_form(view: &SettingsView, say: Say, csrf: &str) -> Markup {
    let policy = &view.policy;
    let digits = say.t("staff-digits");
    let lengths: Vec<(&str, String)> =
        ["6", "8", "10"].into_iter().map(|n| (n, format!("{n} {digits}"))).collect();
    let lengths: Vec<(&str, &str)> = lengths.iter().map(|(n, text)| (*n, text.as_str())).collect();
    let (shared, private) = (say.t("staff-sharing-shared"), say.t("staff-sharing-private"));
    let (standard, high) = (say.t("staff-guesses-standard"), say.t("staff-guesses-high"));
    let sharing = if policy.sharing == Sharing::Private { "private" } else { "shared" };
    let guesses = if policy.guesses == GuessProfile::High { "high" } else { "standard" };
    let hold = (policy.hold.0 / Span::days(1).0).to_string();
    form::form(
        "/staff/settings/policy",
        csrf,
        html! {
            (form::field(&Field::new("zone", &say.t("staff-zone"), FieldKind::Text).value(policy.zone.name()).required()))
            (form::field(&Field::new("hold", &say.t("staff-hold-days"), FieldKind::Number).value(&hold).required()))
            (form::radios("sharing", &say.t("staff-sharing-usual"), sharing, &[("shared", &shared), ("private", &private)]))
            (form::radios("pin", &say.t("staff-pin-length"), pin_word(policy.pin_length), &lengths))
            (arithmetic(view, say))
            (form::radios("guesses", &say.t("staff-guesses"), guesses, &[("standard", &standard), ("high", &high)]))
            (country_field(policy, say))
            (classes::time_fields(&policy.classes, say))
            (form::checkbox("drop_place", &say.t("staff-drop-place-allowed"), policy.drop_place_allowed))
            (form::checkbox("own_receipts", &say.t("staff-own-receipts"), policy.own_receipts))
            (button_primary(&say.t("staff-save"), Press::Submit))
        },
    )
}

/// The choice that leaves times as they are which a program set.
const OWN_TIMES: &str = "own";

/// Where the site is; a choice of its own while other times are set than are usual there.
fn country_field(policy: &Policy, say: Say) -> Markup {
    let words = |key: &str, people| {
        say.with(key, &[("kept", super::kiosks::cameras::kept_words(people, say).into())])
    };
    let usual = Country::ALL.map(|country| {
        let key = format!("staff-country-{}", country.word());
        (country.word(), words(&key, country.photos_kept().people))
    });
    let own = policy.photos.filter(|kept| usual_in(kept).is_none());
    let own = own.map(|kept| (OWN_TIMES, words("staff-country-own", kept.people)));
    let chosen = match (&own, &policy.photos) {
        (Some(_), _) => OWN_TIMES,
        (None, kept) => kept.as_ref().and_then(usual_in).unwrap_or(policy.country).word(),
    };
    let choices: Vec<(&str, &str)> =
        usual.iter().chain(&own).map(|(word, text)| (*word, text.as_str())).collect();
    html! {
        (form::radios("country", &say.t("staff-country"), chosen, &choices))
        p class="hint" { (say.t("staff-photos-kept-hint")) }
    }
}

/// The country whose usual times these are.
fn usual_in(kept: &PhotosKept) -> Option<Country> {
    Country::ALL.into_iter().find(|country| country.photos_kept() == *kept)
}

/// The country that was chosen, and times of the site's own only where they were to stay.
fn country_from(word: &str, now: &Policy) -> (Country, Option<PhotosKept>) {
    match Country::ALL.into_iter().find(|country| country.word() == word) {
        Some(country) => (country, None),
        None => (now.country, now.photos),
    }
}

/// What the choice of length means, with this site's own number of live PINs.
fn arithmetic(view: &SettingsView, say: Say) -> Markup {
    let heads = ["length", "for-ever", "with-alarm"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let behind = view.behind_one_number.max(1);
    let row = |length: PinLength| {
        let random = length.random_digits();
        let words = |guesses| chance_words(chance(behind, random, guesses), say);
        vec![html! { (random) }, html! { (words(GUESSES_A_YEAR)) }, html! { (words(GUESSES_WITH_ALARM)) }]
    };
    let rows = [PinLength::Six, PinLength::Eight, PinLength::Ten].map(row);
    let lead = say.with("staff-arithmetic", &[("live", view.live_pins.into()), ("behind", behind.into())]);
    html! { div class="arithmetic" { p class="hint" { (lead) } (listing::table(&say.t("staff-arithmetic-title"), &heads, &rows)) } }
}

struct Read {
    policy: Policy,
    live_pins: usize,
    behind_one_number: usize,
    desk_hours: Vec<WeekWindow>,
    shelves: Vec<String>,
    areas: Vec<String>,
}

fn read(site: &Site) -> Read {
    let pickup = &site.credentials.pickup;
    Read {
        policy: site.policy.clone(),
        live_pins: pickup.live.len(),
        behind_one_number: pickup.by_selector.values().map(Vec::len).max().unwrap_or(0),
        desk_hours: site.layout.desk_hours.clone(),
        shelves: site.layout.shelves.values().cloned().collect(),
        areas: site.layout.areas.values().cloned().collect(),
    }
}

/// `GET /staff/settings`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    desk.may_set()?;
    let Read { policy, live_pins, behind_one_number, desk_hours, shelves, areas } =
        desk.read(|site, _| read(site)).await?;
    let with_accounts = desk.may_manage_accounts().is_ok();
    let tables = move |tables: &rusqlite::Connection| {
        let accounts = if with_accounts { Some(accounts::list(tables)?) } else { None };
        Ok((words::Settings::load(tables)?, houses::buildings(tables)?, accounts, newest(tables)?))
    };
    let (words, buildings, accounts, newest) = desk.query(tables).await?;
    let now = desk.now();
    let ledger = ledger::Signed {
        newest,
        public: desk.app.keys.note_signer().public(),
        zone: policy.zone.clone(),
        now,
    };
    let view = SettingsView {
        words,
        buildings,
        policy,
        live_pins,
        behind_one_number,
        desk_hours,
        shelves,
        areas,
        accounts,
        ledger,
    };
    let title = desk.say.t("staff-settings-title");
    Ok(desk.page(Section::Settings, &title, content(&view, desk.say, &desk.csrf)))
}

fn refused(fault: words::SettingFault) -> Fault {
    Refusal::Invalid { why: fault.0 }.into()
}

/// `POST /staff/settings/site`
pub async fn save_site(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let fields = Fields(fields);
    let mut rows = vec![
        words::set_site_name(fields.get("site_name")).map_err(refused)?,
        words::set_public_url(fields.some("public_url").as_deref()).map_err(refused)?,
    ];
    if let Some(code) = fields.some("country_code") {
        rows.push(words::set_country_code(&code).map_err(refused)?);
    }
    desk.app.site.write(rows).await?;
    Ok(done("/staff/settings", "saved"))
}

/// `POST /staff/settings/help`
pub async fn add_help(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let fields = Fields(fields);
    let window = week_from(&fields);
    let window = window.ok_or_else(|| Refusal::Invalid { why: desk.say.t("staff-invalid-hours") })?;
    let (text, phone) = (fields.get("text").to_owned(), fields.get("phone").to_owned());
    let mut lines = desk.query(words::Settings::load).await?.help_lines;
    lines.push(HelpLine { windows: vec![window], text, phone });
    save_help(&desk, &lines).await
}

/// `POST /staff/settings/help/remove`
pub async fn remove_help(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let mut lines = desk.query(words::Settings::load).await?.help_lines;
    let at = Fields(fields).number::<usize>("at").filter(|at| *at < lines.len());
    lines.remove(at.ok_or(Refusal::NotFound)?);
    save_help(&desk, &lines).await
}

async fn save_help(desk: &Desk, lines: &[HelpLine]) -> Result<Redirect, Fault> {
    desk.app.site.write(vec![words::set_help_lines(lines).map_err(refused)?]).await?;
    Ok(done("/staff/settings", "saved"))
}

/// The policy the form asks for, on top of what is not in it.
///
/// # Errors
/// Which field cannot be taken, as a key.
pub fn policy_from(fields: &Fields, now: Policy) -> Result<Policy, &'static str> {
    let zone = Zone::new(fields.get("zone")).map_err(|_| "staff-invalid-zone")?;
    let hold = fields.number::<i64>("hold").filter(|days| (1..=90).contains(days));
    let pin_length = match fields.get("pin") {
        "6" => PinLength::Six,
        "8" => PinLength::Eight,
        "10" => PinLength::Ten,
        _ => return Err("staff-invalid-form"),
    };
    let sharing = if fields.get("sharing") == "private" { Sharing::Private } else { Sharing::Shared };
    let guesses = if fields.get("guesses") == "high" { GuessProfile::High } else { GuessProfile::Standard };
    let hold = Span::days(hold.ok_or("staff-invalid-hold")?);
    let classes = classes::times_from(fields, now.classes)?;
    let (country, photos) = country_from(fields.get("country"), &now);
    Ok(Policy {
        zone,
        hold,
        pin_length,
        sharing,
        guesses,
        classes,
        drop_place_allowed: fields.ticked("drop_place"),
        own_receipts: fields.ticked("own_receipts"),
        country,
        photos,
        ..now
    })
}

/// `POST /staff/settings/policy`
pub async fn save_policy(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let now = desk.read(|site, _| site.policy.clone()).await?;
    let policy = policy_from(&Fields(fields), now);
    let policy = policy.map_err(|key| Refusal::Invalid { why: desk.say.t(key) })?;
    desk.act(Act::new(Command::SetPolicy { policy }, "/staff/settings", "saved")).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    #[test]
    fn the_arithmetic_is_that_of_the_published_table() {
        let near = |value: f64, published: f64| (value / published - 1.0).abs() < 0.03;
        assert!(near(chance(1, 6, 7_300.0), 7.3e-3));
        assert!(near(chance(1, 8, 7_300.0), 7.3e-5));
        assert!(near(chance(200, 8, 7_300.0), 1.4e-2 * 1.04));
        assert!(near(chance(50, 6, 7_300.0), 0.31));
        assert!(near(chance(1, 10, 20.0), 2e-9));
        assert_eq!(chance(0, 8, 7_300.0), 0.0);
    }

    #[test]
    fn a_chance_is_said_so_that_one_can_compare_it() {
        let say = Say::new(Language::En);
        assert!(chance_words(7.3e-5, say).contains("14\u{202f}000"), "{}", chance_words(7.3e-5, say));
        assert!(chance_words(0.31, say).contains("31"));
    }

    #[test]
    fn a_country_is_chosen_and_times_of_ones_own_stay_until_then() {
        let own = PhotosKept { people: Span::days(2), ..PhotosKept::US };
        let now = Policy { photos: Some(own), ..Policy::default() };
        assert_eq!(country_from(OWN_TIMES, &now), (Country::Us, Some(own)));
        assert_eq!(country_from("de", &now), (Country::De, None));
        let say = Say::new(Language::En);
        let checked = |policy: &Policy, word: &str| {
            let page = country_field(policy, say).into_string();
            assert_eq!(page.contains("48"), policy.photos == Some(own), "{page}");
            page.contains(&format!("value=\"{word}\" checked"))
        };
        assert!(checked(&now, OWN_TIMES) && !checked(&now, "us"));
        assert!(checked(&Policy { country: Country::De, ..Policy::default() }, "de"));
        let chosen_before = Policy { photos: Some(PhotosKept::EU), ..Policy::default() };
        assert!(checked(&chosen_before, "eu"), "set when there was no country to choose");
    }

    #[test]
    fn a_policy_is_changed_where_it_was_asked_and_nowhere_else() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let asked = |hold: &str| {
            Fields(vec![
                pair("zone", "Europe/Madrid"),
                pair("hold", hold),
                pair("pin", "10"),
                pair("guesses", "high"),
            ])
        };
        let policy = policy_from(&asked("5"), Policy::default()).unwrap();
        assert_eq!(
            (policy.zone.name(), policy.hold, policy.pin_length),
            ("Europe/Madrid", Span::days(5), PinLength::Ten)
        );
        assert_eq!(policy.grace, Policy::default().grace);
        assert_eq!(policy_from(&asked("0"), Policy::default()), Err("staff-invalid-hold"));
        assert_eq!(
            policy_from(&Fields(vec![pair("zone", "Mars")]), Policy::default()),
            Err("staff-invalid-zone")
        );
    }
}
