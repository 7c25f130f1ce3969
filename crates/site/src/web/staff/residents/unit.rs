//! One apartment: who lives there, who left, what waits; adding somebody; adding an apartment.
//!
//! Owns: its page and the two forms. Never: a rule of tenancies; the core begins and ends them.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::{Command, ParcelId, Refusal, Site, UnitId};

use super::super::banks::compartment::{ParcelLine, parcel_link};
use super::super::banks::line;
use super::super::blocks::{ask_first, back, unfold};
use super::super::desk_page::{Desk, Fields, Section, done};
use super::super::names::{Names, Wanted, capital};
use super::super::say::Say;
use super::person::{country_code, person_fields, row_of};
use crate::directory::fold;
use crate::directory::roster::{self, PersonDetails, UnitLine};
use crate::look::{Press, button_danger, button_primary, form, listing, message};
use crate::rows::Row;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// All the page shows.
#[derive(Clone)]
pub struct UnitView {
    /// The apartment.
    pub unit: UnitLine,
    /// Who lives there.
    pub household: Vec<PersonDetails>,
    /// Who left.
    pub former: Vec<PersonDetails>,
    /// What waits.
    pub parcels: Vec<ParcelLine>,
    /// Names.
    pub names: Names,
}

/// The page.
pub fn content(view: &UnitView, say: Say, csrf: &str) -> Markup {
    let unit = &view.unit;
    let keypad = say.with("staff-unit-keypad", &[("keypad", unit.keypad.as_str().into())]);
    let at = format!("/staff/units/{}", unit.unit);
    html! {
        (back("/staff/residents", &say.t("staff-residents-title")))
        (listing::page_title(&capital(&view.names.unit(say, unit.unit)), Some(&keypad), html! {}))
        @if view.household.is_empty() {
            (message::empty(&say.t("staff-unit-empty-title"), &say.t("staff-unit-empty"), None))
        } @else { (super::people(&view.household, say)) }
        div class="asks" {
            (unfold(&say.t("staff-person-add"), form::form(&format!("{at}/people"), csrf, html! {
                (person_fields(None, say))
                (button_primary(&say.t("staff-save"), Press::Submit))
            })))
            @if !view.household.is_empty() {
                (ask_first(&say.t("staff-unit-turn-over"), &say.t("staff-unit-turn-over-question"),
                    form::form(&format!("{at}/turn-over"), csrf, html! {
                        (leavers_choice(say))
                        (button_danger(&say.t("staff-unit-turn-over-do"), Press::Submit))
                    })))
            }
        }
        @if !view.parcels.is_empty() {
            (listing::section(&say.t("staff-waiting"), html! {
                ul class="plain-list" { @for line in &view.parcels { li { (parcel_link(line, &view.names, say)) ", " (view.names.custodian(say, line.custodian)) } } }
            }))
        }
        @if !view.former.is_empty() { (listing::section(&say.t("staff-former"), super::people(&view.former, say))) }
    }
}

/// What becomes of the parcels of those who leave.
pub fn leavers_choice(say: Say) -> Markup {
    let (keep, lose) = (say.t("staff-leavers-keep"), say.t("staff-leavers-lose"));
    form::radios("leavers", &say.t("staff-leavers"), "keep", &[("keep", &keep), ("lose", &lose)])
}

/// The choice of [`leavers_choice`].
pub fn leavers_from(fields: &Fields) -> Leavers {
    if fields.get("leavers") == "lose" { Leavers::Lose } else { Leavers::Keep }
}

fn waiting(site: &Site, unit: UnitId) -> Vec<ParcelLine> {
    let of_unit = |(id, parcel): (&ParcelId, &vestibule_core::custody::Parcel)| {
        (parcel.unit == Some(unit) && !parcel.custodian.is_final()).then_some(*id)
    };
    site.custody.parcels.iter().filter_map(of_unit).filter_map(|id| line(site, id)).collect()
}

/// `GET /staff/units/{id}`
pub async fn page(desk: Desk, Path(unit): Path<UnitId>) -> Result<Markup, Fault> {
    let known = desk.query(move |tables| {
        Ok((roster::unit(tables, unit)?, roster::household(tables, unit)?, roster::former(tables, unit)?))
    });
    let (line, household, former) = known.await?;
    let parcels = desk.read(move |site, _| waiting(site, unit)).await?;
    let mut wanted = Wanted::default();
    wanted.units.insert(unit);
    parcels.iter().for_each(|line| wanted.custodian(line.custodian));
    let names = desk.names(wanted).await?;
    let view = UnitView { unit: line.ok_or(Refusal::NotFound)?, household, former, parcels, names };
    let title = capital(&view.names.unit(desk.say, unit));
    Ok(desk.page(Section::Residents, &title, content(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/units`
pub async fn add(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_change_people()?;
    let fields = Fields(fields);
    let label = fields.get("label").to_owned();
    if label.is_empty() || label.chars().count() > 40 {
        return Err(Refusal::Invalid { why: desk.say.t("staff-invalid-name") }.into());
    }
    let typed = if fields.get("keypad").is_empty() { label.as_str() } else { fields.get("keypad") };
    let keypad = KeypadNumber::new(typed);
    let keypad = keypad.map_err(|_| Refusal::Invalid { why: desk.say.t("staff-invalid-keypad") })?;
    let unit = desk.read(|site, _| site.counters.next_unit()).await?;
    let row = Row::Unit {
        unit,
        building: fields.get("building").to_owned(),
        folded: fold::unit_label(&label),
        keypad: keypad.digits().to_owned(),
        label,
    };
    let changes = vec![DirectoryChange::AddUnit { unit, keypad }];
    desk.ask_with(Command::ChangeDirectory { changes }, move |_| vec![row]).await?;
    Ok(done(&format!("/staff/units/{unit}"), "saved"))
}

/// `POST /staff/units/{id}/people`: joins the tenancy that is current, or begins one where nobody lives.
pub async fn add_person(
    desk: Desk,
    Path(unit): Path<UnitId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_change_people()?;
    let fields = Fields(fields);
    let look = move |site: &Site, _| {
        let current =
            site.directory.units.get(&unit)?.tenancy.filter(|_| !site.directory.household(unit).is_empty());
        Some((current, site.counters.next_tenancy(), site.counters.next_person()))
    };
    let (current, next, person) = desk.read(look).await?.ok_or(Refusal::NotFound)?;
    let tenancy = current.unwrap_or(next);
    let begin = DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep };
    let mut changes: Vec<DirectoryChange> = current.is_none().then_some(begin).into_iter().collect();
    changes.push(DirectoryChange::Join { person, tenancy });
    changes.extend(super::person::sharing_change(person, &fields));
    let code = country_code(&desk).await?;
    let row = row_of(&desk, &fields, (person, tenancy, unit), code.as_deref())?;
    desk.ask_with(Command::ChangeDirectory { changes }, move |_| vec![Row::Person(Box::new(row))]).await?;
    Ok(done(&format!("/staff/people/{person}"), "person-saved"))
}

/// `POST /staff/units/{id}/turn-over`: everybody moves out.
pub async fn turn_over(
    desk: Desk,
    Path(unit): Path<UnitId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_change_people()?;
    let leavers = leavers_from(&Fields(fields));
    let household = move |site: &vestibule_core::Site, now| {
        let is_known = site.directory.units.contains_key(&unit);
        is_known.then(|| (site.directory.household(unit).to_vec(), now))
    };
    let (people, at) = desk.read(household).await?.ok_or(vestibule_core::Refusal::NotFound)?;
    let changes = people.iter().map(|person| DirectoryChange::Leave { person: *person, leavers }).collect();
    let rows = people.into_iter().map(|person| Row::PersonLeft { person, at }).collect::<Vec<_>>();
    desk.ask_with(Command::ChangeDirectory { changes }, move |_| rows).await?;
    Ok(done(&format!("/staff/units/{unit}"), "person-left"))
}
