//! Where the buildings stand, by which labels for other houses are told; and how long what labels said is kept.
//!
//! Owns: the two forms and their handlers.

use axum::response::Redirect;
use maud::{Markup, html};

use super::super::desk_page::{Desk, Fields, done};
use super::super::say::Say;
use super::refused;
use crate::directory::settings::{self as words, BuildingAddress, Settings};
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing;
use crate::look::{Press, button_primary, button_secondary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// Every building that has a unit, in order; one without a name where there is none.
///
/// # Errors
/// What SQLite says.
pub fn buildings(tables: &rusqlite::Connection) -> rusqlite::Result<Vec<String>> {
    let mut query = tables.prepare_cached("SELECT DISTINCT building FROM unit ORDER BY building")?;
    let known: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(if known.is_empty() { vec![String::new()] } else { known })
}

/// Both forms.
pub fn content(settings: &Settings, buildings: &[String], (say, csrf): (Say, &str)) -> Markup {
    let of = |building: &String| settings.addresses.iter().find(|known| known.building == *building);
    let days = settings.evidence_days.to_string();
    let houses = form::form(
        "/staff/settings/addresses",
        csrf,
        html! {
            p class="hint" { (say.t("staff-houses-hint")) }
            @for (at, building) in buildings.iter().enumerate() {
                @let known = of(building);
                @let (street, postal) = (format!("street-{at}"), format!("postal-{at}"));
                fieldset class="field" {
                    legend { @if building.is_empty() { (say.t("staff-houses-only")) } @else { (building) } }
                    input type="hidden" name={ "building-" (at) } value=(building);
                    (form::field(&Field::new(&street, &say.t("staff-houses-street"), FieldKind::Text)
                        .value(known.map_or("", |known| &known.street))))
                    (form::field(&Field::new(&postal, &say.t("staff-houses-postal"), FieldKind::Text)
                        .value(known.map_or("", |known| &known.postal))))
                }
            }
            (button_primary(&say.t("staff-save"), Press::Submit))
        },
    );
    let keeping = form::form(
        "/staff/settings/evidence",
        csrf,
        html! {
            (form::field(&Field::new("evidence_days", &say.t("staff-evidence-days"), FieldKind::Number)
                .value(&days).hint(&say.t("staff-evidence-days-hint")).required()))
            (button_secondary(&say.t("staff-save"), Press::Submit))
        },
    );
    html! {
        (listing::section(&say.t("staff-settings-houses"), listing::card(houses)))
        (listing::section(&say.t("staff-settings-evidence"), listing::card(keeping)))
    }
}

/// `POST /staff/settings/addresses`
pub async fn save(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let fields = Fields(fields);
    let known = desk.query(buildings).await?;
    let at = |known: &str| (0..fields.0.len()).find(|at| is_building(&fields, *at, known));
    let address = |building: &String| {
        let at = at(building)?;
        let [street, postal] =
            ["street", "postal"].map(|name| fields.get(&format!("{name}-{at}")).to_owned());
        Some(BuildingAddress { building: building.clone(), street, postal })
    };
    let addresses: Vec<BuildingAddress> = known.iter().filter_map(address).collect();
    desk.app.site.write(vec![words::set_addresses(&addresses).map_err(refused)?]).await?;
    Ok(done("/staff/settings", "saved"))
}

fn is_building(fields: &Fields, at: usize, building: &str) -> bool {
    let name = format!("building-{at}");
    fields.0.iter().any(|(known, value)| *known == name && value == building)
}

/// `POST /staff/settings/evidence`
pub async fn save_days(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_set()?;
    let days = Fields(fields).number::<u16>("evidence_days").unwrap_or_default();
    desk.app.site.write(vec![words::set_evidence_days(days).map_err(refused)?]).await?;
    Ok(done("/staff/settings", "saved"))
}
