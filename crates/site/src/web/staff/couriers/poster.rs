//! The poster beside the bank, to be read from where a courier stands: how to deliver, where, and who has a code.
//!
//! Owns: `/staff/couriers/poster`. Never: a code, but on the page that has just made it and where staff asked for it.

use std::collections::BTreeSet;

use maud::{Markup, html};
use vestibule_core::Site;

use super::super::desk_page::Desk;
use super::super::help_words;
use super::super::names::Wanted;
use super::super::say::Say;
use crate::look::{Icon, icon, paper};
use crate::web::problem::Fault;

const STEPS: [(Icon, &str); 4] = [
    (Icon::Scan, "staff-poster-1"),
    (Icon::DoorOpen, "staff-poster-2"),
    (Icon::Check, "staff-poster-3"),
    (Icon::MapPin, "staff-poster-4"),
];

/// What it says of this site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poster {
    /// What the site calls itself.
    pub site_name: String,
    /// Where parcels are put: banks with their buildings, else shelves.
    pub places: Vec<String>,
    /// Companies that have a code now.
    pub holders: Vec<String>,
    /// Whom to call.
    pub help: String,
}

impl Poster {
    /// As the site is now.
    ///
    /// # Errors
    /// The site is leaving, or its tables cannot be read.
    pub async fn of(desk: &Desk) -> Result<Self, Fault> {
        let ((zone, now), holders, shelves) = desk
            .read(|site, now| ((site.policy.zone.clone(), now), holders(site, now), shelves(site)))
            .await?;
        let names = desk.names(Wanted::default()).await?;
        let buildings = desk.query(buildings).await?;
        let help = desk.query(move |tables| help_words(tables, (&zone, now))).await?;
        let bank = |(id, name): (&vestibule_core::BankId, &String)| match buildings.get(id) {
            Some(building) if !building.is_empty() => format!("{name}, {building}"),
            Some(_) | None => name.clone(),
        };
        let banks: Vec<String> = names.banks.iter().map(bank).collect();
        let places = if banks.is_empty() { shelves } else { banks };
        Ok(Self { site_name: desk.site_name.clone(), places, holders, help })
    }

    /// The poster; with the code of a company on it where one has just been made and staff asked for that.
    pub fn article(&self, code: Option<(&str, &str)>, say: Say) -> Markup {
        html! {
            article class="poster" {
                p class="slip-site" { (self.site_name) }
                h1 { (say.t("staff-poster-title")) }
                @if !self.places.is_empty() {
                    p { strong { (say.with("staff-poster-where", &[("places", self.places.join("; ").into())])) } }
                }
                ol class="poster-steps" { @for (shape, key) in STEPS { li { (icon(shape)) span { (say.t(key)) } } } }
                @if let Some((carrier, digits)) = code {
                    p { (say.with("staff-poster-code", &[("carrier", carrier.into())])) " " strong { (paper::code_digits(digits, 3)) } }
                }
                @if !self.holders.is_empty() {
                    p { (say.with("staff-poster-holders", &[("carriers", self.holders.join(", ").into())])) }
                }
                @if !self.help.is_empty() {
                    p { (say.t("staff-poster-help")) " " strong { (self.help) } }
                }
            }
        }
    }
}

/// Companies with a code that is not over.
fn holders(site: &Site, now: vestibule_core::Timestamp) -> Vec<String> {
    let live = site.credentials.courier.all.values().filter(|code| !code.is_dead(now));
    let names = live.filter_map(|code| site.layout.carriers.get(&code.carrier).cloned());
    names.collect::<BTreeSet<String>>().into_iter().collect()
}

fn shelves(site: &Site) -> Vec<String> {
    site.layout.shelves.values().cloned().collect()
}

type Buildings = std::collections::BTreeMap<vestibule_core::BankId, String>;

fn buildings(tables: &rusqlite::Connection) -> rusqlite::Result<Buildings> {
    let mut query = tables.prepare_cached("SELECT bank, building FROM bank_name")?;
    query.query_map([], |row| Ok((vestibule_core::BankId(row.get(0)?), row.get(1)?)))?.collect()
}

/// `GET /staff/couriers/poster`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let poster = Poster::of(&desk).await?;
    Ok(desk.paper(&desk.say.t("staff-poster"), paper::sheet(poster.article(None, desk.say))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    #[test]
    fn it_says_where_and_who_and_has_a_code_only_where_one_is_given() {
        let poster = Poster {
            site_name: "Maple Court".to_owned(),
            places: vec!["Lobby, North House".to_owned()],
            holders: vec!["UPS".to_owned()],
            help: "Desk 555 0100".to_owned(),
        };
        for language in Language::ALL {
            let say = Say::new(language);
            let page = poster.article(None, say).into_string();
            for text in ["Maple Court", "Lobby, North House", "UPS", "555 0100"] {
                assert!(page.contains(text), "{text} in {page}");
            }
            assert!(!page.contains("code-group"), "{page}");
            let with = poster.article(Some(("UPS", "1234567890")), say).into_string();
            assert!(with.contains(">123<") && with.contains(">789<"), "{with}");
            let bare = Poster::default().article(None, say).into_string();
            assert_eq!(bare.matches("<li>").count(), 4);
            assert_eq!(bare.matches("<strong>").count(), 0, "nothing is said of what is not there: {bare}");
        }
    }
}
