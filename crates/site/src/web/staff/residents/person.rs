//! One person: name and address, wishes, card, moving out.
//!
//! Owns: their page and forms. Never: a code; a card is shown once, on the page that issues it.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::directory::Sharing;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::{Command, CredentialId, PersonId, Refusal, Site, TenancyId, UnitId};
use vestibule_notices::Language;
use vestibule_notices::address::{MailAddress, PhoneNumber};

use super::super::banks::compartment::{ParcelLine, parcel_link};
use super::super::banks::line;
use super::super::blocks::{ask_and_post, ask_first, back};
use super::super::desk_page::{Act, Desk, Fields, Section, done};
use super::super::names::{Names, Wanted, capital};
use super::super::printing;
use super::super::say::Say;
use super::unit::{leavers_choice, leavers_from};
use crate::config::PrinterUse;
use crate::directory::fold;
use crate::directory::roster::{self, PersonDetails};
use crate::directory::settings::Settings;
use crate::look::form::{self, Field, FieldKind};
use crate::look::{Post, Press, button_danger, button_primary, button_secondary, listing};
use crate::rows::{PersonRow, Row};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// All the page shows.
#[derive(Clone)]
pub struct PersonView {
    /// The person.
    pub person: PersonDetails,
    /// Their wish.
    pub sharing: Option<Sharing>,
    /// What the button says that issues a card and prints it; None: the browser prints.
    pub offer: Option<String>,
    /// Their card, if they hold one.
    pub card: Option<CredentialId>,
    /// What waits for them.
    pub parcels: Vec<ParcelLine>,
    /// Names.
    pub names: Names,
}

/// Name, address, language, wishes.
pub fn person_fields(known: Option<(&PersonDetails, Option<Sharing>)>, say: Say) -> Markup {
    let person = known.map(|(person, _)| person);
    let text = |get: fn(&PersonDetails) -> Option<&str>| person.and_then(get).unwrap_or_default();
    let sharing = match known.and_then(|(_, sharing)| sharing) {
        None => "site",
        Some(Sharing::Shared) => "shared",
        Some(Sharing::Private) => "private",
    };
    let (site, shared, private) =
        (say.t("staff-sharing-site"), say.t("staff-sharing-shared"), say.t("staff-sharing-private"));
    let languages: Vec<(&str, &str)> = Language::ALL.iter().map(|l| (l.tag(), l.own_name())).collect();
    let language = person.map_or("en", |person| person.language.as_str());
    html! {
        (form::field(&Field::new("first_name", &say.t("staff-first-name"), FieldKind::Text).value(text(|p| Some(&p.first_name)))))
        (form::field(&Field::new("last_name", &say.t("staff-last-name"), FieldKind::Text).value(text(|p| Some(&p.last_name))).required()))
        (form::field(&Field::new("email", &say.t("staff-email"), FieldKind::Email).value(text(|p| p.email.as_deref()))))
        (form::field(&Field::new("phone", &say.t("staff-phone"), FieldKind::Phone).value(text(|p| p.phone.as_deref()))))
        (form::select("language", &say.t("staff-language"), language, &languages))
        (form::radios("sharing", &say.t("staff-sharing"), sharing, &[("site", &site), ("shared", &shared), ("private", &private)]))
        (form::checkbox("reach", &say.t("staff-reach"), person.is_some_and(|p| p.reach)))
        (form::checkbox("hidden", &say.t("staff-hidden"), person.is_some_and(|p| p.hidden)))
    }
}

/// The page.
pub fn content(view: &PersonView, say: Say, csrf: &str) -> Markup {
    let (person, at) = (&view.person, format!("/staff/people/{}", view.person.person));
    let unit = capital(&view.names.unit(say, person.unit));
    html! {
        (back(&format!("/staff/units/{}", person.unit), &unit))
        (listing::page_title(&person.full_name(), Some(&unit), html! {}))
        (super::remarks(person, say))
        (listing::section(&say.t("staff-waiting"), waiting(view, say, csrf)))
        div class="desk-split" {
            (listing::section(&say.t("staff-person-details"), form::form(&at, csrf, html! {
                (person_fields(Some((person, view.sharing)), say))
                (button_primary(&say.t("staff-save"), Press::Submit))
            })))
            div class="desk-part" {
                (listing::section(&say.t("staff-card"), card(view, say, (&at, csrf))))
                @if person.left_at.is_none() { (listing::section(&say.t("staff-moving-out"), leaving(say, (&at, csrf)))) }
            }
        }
    }
}

fn waiting(view: &PersonView, say: Say, csrf: &str) -> Markup {
    let person = view.person.person;
    let again = format!("/staff/people/{person}/notify");
    html! {
        @if view.parcels.is_empty() { p class="hint" { (say.t("staff-nothing-waits")) } } @else {
            ul class="plain-list" { @for line in &view.parcels { li { (parcel_link(line, &view.names, say)) ", " (view.names.custodian(say, line.custodian)) } } }
            div class="button-row" {
                (button_secondary(&say.t("staff-tell-in-person"), Press::Follow(&format!("/staff/tell/person/{person}"))))
                (button_secondary(&say.t("staff-tell-again"), Press::Post(&Post::page(&again, csrf))))
            }
        }
    }
}

fn card(view: &PersonView, say: Say, (at, csrf): (&str, &str)) -> Markup {
    let issue = format!("{at}/card");
    let on_paper = printing::button(view.offer.as_deref(), &issue, csrf);
    html! {
        p class="hint" { (say.t("staff-card-hint")) }
        @match view.card {
            None => div class="asks" {
                (button_secondary(&say.t("staff-card-issue"), Press::Post(&Post::page(&issue, csrf))))
                (on_paper)
            },
            Some(id) => {
                @let revoke = format!("{at}/card/{id}/revoke");
                p { (say.t("staff-card-held")) }
                div class="asks" {
                    (ask_first(&say.t("staff-card-replace"), &say.t("staff-card-replace-question"), html! {
                        (button_danger(&say.t("staff-card-replace"), Press::Post(&Post::page(&issue, csrf)))) (on_paper)
                    }))
                    (ask_and_post(&say.t("staff-card-revoke"), &say.t("staff-card-revoke-question"), &Post::page(&revoke, csrf)))
                }
            }
        }
    }
}

fn leaving(say: Say, (at, csrf): (&str, &str)) -> Markup {
    ask_first(
        &say.t("staff-move-out"),
        &say.t("staff-move-out-question"),
        form::form(
            &format!("{at}/leave"),
            csrf,
            html! {
                (leavers_choice(say))
                (button_danger(&say.t("staff-move-out-do"), Press::Submit))
            },
        ),
    )
}

/// A person's row from the form.
///
/// # Errors
/// Which field cannot be taken.
pub fn row_of(
    desk: &Desk,
    fields: &Fields,
    (person, tenancy, unit): (PersonId, TenancyId, UnitId),
    country_code: Option<&str>,
) -> Result<PersonRow, Fault> {
    let invalid = |key: &str| Refusal::Invalid { why: desk.say.t(key) };
    let (first_name, last_name) = (fields.get("first_name").to_owned(), fields.get("last_name").to_owned());
    if last_name.is_empty() || first_name.chars().count().max(last_name.chars().count()) > 80 {
        return Err(invalid("staff-invalid-name").into());
    }
    let email = fields.some("email").map(|email| email.parse::<MailAddress>()).transpose();
    let email = email.map_err(|_| invalid("staff-invalid-email"))?;
    let phone = fields.some("phone").map(|phone| PhoneNumber::parse(&phone, country_code)).transpose();
    let phone = phone.map_err(|_| invalid("staff-invalid-phone"))?;
    let language: Language = fields.get("language").parse().unwrap_or_default();
    Ok(PersonRow {
        person,
        tenancy,
        unit,
        folded: fold::person(&first_name, &last_name),
        first_name,
        last_name,
        email: email.map(|email| email.to_string()),
        phone: phone.map(|phone| phone.to_string()),
        language: language.tag().to_owned(),
        external_id: None,
        reach: fields.ticked("reach"),
        hidden: fields.ticked("hidden"),
    })
}

/// The country code of numbers written without one.
///
/// # Errors
/// As reading.
pub async fn country_code(desk: &Desk) -> Result<Option<String>, Fault> {
    Ok(desk.query(Settings::load).await?.country_code)
}

/// The change of a person's wish on sharing; None where it follows the site.
pub fn sharing_change(person: PersonId, fields: &Fields) -> Option<DirectoryChange> {
    sharing_from(fields).map(|sharing| DirectoryChange::Share { person, sharing: Some(sharing) })
}

fn sharing_from(fields: &Fields) -> Option<Sharing> {
    match fields.get("sharing") {
        "shared" => Some(Sharing::Shared),
        "private" => Some(Sharing::Private),
        _ => None,
    }
}

type Live = (Option<Sharing>, Option<CredentialId>, Vec<ParcelLine>);

fn read(site: &Site, person: PersonId) -> Live {
    let sharing = site.directory.persons.get(&person).and_then(|known| known.sharing);
    let waiting: Vec<_> = site.custody.waiting_for(person).map(|(id, _)| id).collect();
    let parcels = waiting.into_iter().filter_map(|id| line(site, id)).collect();
    (sharing, site.credentials.card_of(person), parcels)
}

/// `GET /staff/people/{id}`
pub async fn page(desk: Desk, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    let person = desk.query(move |tables| roster::person(tables, id)).await?.ok_or(Refusal::NotFound)?;
    let (sharing, card, parcels) = desk.read(move |site, _| read(site, id)).await?;
    let mut wanted = Wanted::default();
    wanted.units.insert(person.unit);
    wanted.units.extend(parcels.iter().filter_map(|line| line.unit));
    let offer = printing::offer(&desk, PrinterUse::Slips, "staff-card-print-on");
    let view = PersonView { person, sharing, offer, card, parcels, names: desk.names(wanted).await? };
    Ok(desk.page(Section::Residents, &view.person.full_name(), content(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/people/{id}`
pub async fn save(
    desk: Desk,
    Path(id): Path<PersonId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_change_people()?;
    let fields = Fields(fields);
    let known = desk.query(move |tables| roster::person(tables, id)).await?.ok_or(Refusal::NotFound)?;
    let address_changed = known.email.as_deref().unwrap_or_default() != fields.get("email");
    let code = country_code(&desk).await?;
    let row = row_of(&desk, &fields, (id, known.tenancy, known.unit), code.as_deref())?;
    let row = PersonRow { external_id: known.external_id, ..row };
    let mut rows = vec![Row::Person(Box::new(row))];
    if address_changed {
        rows.push(Row::BadAddress { person: id, bad: false });
    }
    let changes = vec![DirectoryChange::Share { person: id, sharing: sharing_from(&fields) }];
    desk.ask_with(Command::ChangeDirectory { changes }, move |_| rows).await?;
    Ok(done(&format!("/staff/people/{id}"), "person-saved"))
}

/// `POST /staff/people/{id}/leave`
pub async fn leave(
    desk: Desk,
    Path(person): Path<PersonId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_change_people()?;
    let leavers = leavers_from(&Fields(fields));
    let at = desk.now();
    let changes = vec![DirectoryChange::Leave { person, leavers }];
    desk.ask_with(Command::ChangeDirectory { changes }, move |_| vec![Row::PersonLeft { person, at }])
        .await?;
    Ok(done(&format!("/staff/people/{person}"), "person-left"))
}

/// `POST /staff/people/{id}/notify`
pub async fn notify(
    desk: Desk,
    Path(person): Path<PersonId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.act(Act::new(Command::NotifyAgain { person }, format!("/staff/people/{person}"), "told-again")).await
}
