//! What the building calls things, as far as a kiosk may say it: apartments, banks, masked persons, who helps.
//!
//! Never: a whole given name, a contact, anything of a person marked hidden but the apartment.

use super::draft::{Draft, Mend, Recipient};
use super::facts::{Facts, Item};
use crate::directory::lookup::masked;
use crate::directory::settings::{HelpLine, Settings};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::time::Civil;
use vestibule_core::{BankId, KioskId, PersonId, UnitId};
use vestibule_notices::Language;

/// What a screen will have to name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Units.
    pub units: BTreeSet<UnitId>,
    /// Persons.
    pub people: BTreeSet<PersonId>,
    /// Banks.
    pub banks: BTreeSet<BankId>,
    /// The building's clock: who helps depends on the hour.
    pub clock: Option<Civil>,
}

impl Needs {
    /// Of what is true and what was said there.
    pub fn of(facts: &Facts, draft: &Draft) -> Self {
        let mut needs = Self { clock: Some(facts.clock), ..Self::default() };
        if let Some(courier) = &facts.courier {
            courier
                .in_hand
                .iter()
                .chain(&courier.done)
                .chain(&courier.asked)
                .for_each(|item| needs.item(item));
            needs.banks.extend(courier.door.iter().map(|door| door.wall.bank));
        }
        if let Some(resident) = &facts.resident {
            needs.banks.extend(resident.door.iter().map(|door| door.wall.bank));
            needs.banks.extend(resident.elsewhere.iter().filter_map(|waiting| waiting.bank));
        }
        let mended = match &draft.mend {
            Some((_, Mend::Readdress(recipient))) => recipient.as_ref(),
            _ => None,
        };
        let last = draft.last.as_ref().map(|(recipient, _)| recipient);
        for recipient in draft.next.recipient.iter().chain(last).chain(mended) {
            needs.recipient(recipient);
        }
        for candidate in &draft.next.candidates {
            needs.units.insert(candidate.unit);
            needs.people.extend(candidate.person);
        }
        needs
    }

    fn item(&mut self, item: &Item) {
        self.units.extend(item.unit);
        self.people.extend(item.alone);
    }

    fn recipient(&mut self, recipient: &Recipient) {
        if let Recipient::Household { unit, addressee, .. } = recipient {
            self.units.insert(*unit);
            self.people.extend(*addressee);
        }
    }
}

/// An apartment as it is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitWords {
    /// The building; empty where one is enough.
    pub building: String,
    /// On its door.
    pub label: String,
    /// Those who live there, masked; hidden ones are not among them.
    pub people: Vec<String>,
}

/// Who helps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// The number as dialled, if there is one.
    pub phone: Option<String>,
    /// In the site's own words.
    pub who: String,
}

/// Names for one screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The property.
    pub site: String,
    /// Units.
    pub units: BTreeMap<UnitId, UnitWords>,
    /// Persons, masked; hidden ones are missing.
    pub people: BTreeMap<PersonId, String>,
    /// Banks: name and building.
    pub banks: BTreeMap<BankId, (String, String)>,
    /// Who helps.
    pub help: Help,
    /// Pixels a millimetre, measured at pairing.
    pub px_per_mm: u32,
    /// Scans with its camera without a press.
    pub camera: bool,
    /// Languages offered.
    pub languages: Vec<Language>,
}

/// Looks all of it up at once.
///
/// # Errors
/// What SQLite says.
pub fn load(conn: &Connection, needs: &Needs, kiosk: KioskId) -> rusqlite::Result<Names> {
    let settings = Settings::load(conn)?;
    let (px_per_mm, camera) = fittings(conn, kiosk)?.unwrap_or((4, false));
    Ok(Names {
        help: help_at(&settings, needs.clock),
        site: settings.site_name,
        languages: settings.languages,
        units: units(conn, &needs.units)?,
        people: people(conn, &needs.people)?,
        banks: banks(conn, &needs.banks)?,
        px_per_mm,
        camera,
    })
}

/// Who answers at this hour.
fn help_at(settings: &Settings, clock: Option<Civil>) -> Help {
    let answers =
        |line: &&HelpLine| clock.is_some_and(|now| line.windows.iter().any(|window| window.contains(&now)));
    settings.help_lines.iter().find(answers).map_or_else(Help::default, |line| Help {
        phone: Some(line.phone.clone()).filter(|phone| !phone.is_empty()),
        who: line.text.clone(),
    })
}

/// Pixels a millimetre, and whether there is a camera that scans by itself.
fn fittings(conn: &Connection, kiosk: KioskId) -> rusqlite::Result<Option<(u32, bool)>> {
    let mut query = conn.prepare_cached("SELECT px_per_mm, camera FROM kiosk_name WHERE kiosk = ?1")?;
    query.query_row([kiosk.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

fn units(conn: &Connection, wanted: &BTreeSet<UnitId>) -> rusqlite::Result<BTreeMap<UnitId, UnitWords>> {
    let buildings: i64 =
        conn.prepare_cached("SELECT count(DISTINCT building) FROM unit")?.query_row([], |row| row.get(0))?;
    let mut query = conn.prepare_cached("SELECT building, label FROM unit WHERE unit = ?1")?;
    let mut live_there = conn.prepare_cached(
        "SELECT first_name, last_name FROM person WHERE unit = ?1 AND left_at IS NULL AND hidden = 0
         ORDER BY person LIMIT 3",
    )?;
    let mut found = BTreeMap::new();
    for unit in wanted {
        let words = query.query_row([unit.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((building, label)) = words else { continue };
        let people = live_there
            .query_map([unit.0], |row| Ok(masked(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)))?;
        let people = people.collect::<rusqlite::Result<_>>()?;
        let building = if buildings > 1 { building } else { String::new() };
        found.insert(*unit, UnitWords { building, label, people });
    }
    Ok(found)
}

fn people(conn: &Connection, wanted: &BTreeSet<PersonId>) -> rusqlite::Result<BTreeMap<PersonId, String>> {
    let mut query =
        conn.prepare_cached("SELECT first_name, last_name FROM person WHERE person = ?1 AND hidden = 0")?;
    let mut found = BTreeMap::new();
    for person in wanted {
        let name = query
            .query_row([person.0], |row| Ok(masked(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)))
            .optional()?;
        found.extend(name.map(|name| (*person, name)));
    }
    Ok(found)
}

fn banks(
    conn: &Connection,
    wanted: &BTreeSet<BankId>,
) -> rusqlite::Result<BTreeMap<BankId, (String, String)>> {
    let mut query = conn.prepare_cached("SELECT name, building FROM bank_name WHERE bank = ?1")?;
    let mut found = BTreeMap::new();
    for bank in wanted {
        let words = query.query_row([bank.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        found.extend(words.map(|words| (*bank, words)));
    }
    Ok(found)
}
