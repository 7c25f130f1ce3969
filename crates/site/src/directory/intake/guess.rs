//! Whom a label means among the people who live here: the matcher over the directory, with what was learned.
//!
//! Never returns a name, more than three, or the apartment of somebody hidden whose apartment the label does not say itself.

use super::reading::own_address;
use crate::directory::fold;
use crate::directory::lookup::{self, UnitText};
use crate::directory::settings::Settings;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vestibule_core::{PersonId, UnitId};
use vestibule_intake::evidence::Sought;
use vestibule_intake::printed::House;
use vestibule_intake::{Decision, Directory, Found, Resident};

/// Name and apartment agree so well, of a thousand, that apartments that look alike are not worth a word.
const PLAIN_LEAST: u16 = 850;

/// One of those a label may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// Where.
    pub unit: UnitId,
    /// Who; None: whoever of the household.
    pub person: Option<PersonId>,
    /// How well it fits, of a thousand; None: the apartment alone says so.
    pub score: Option<u16>,
}

/// What people must see before they say yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Somebody of this name has moved out.
    MovedOut,
    /// Apartments here that are easily taken for the one on the label.
    LooksLike(Vec<String>),
    /// No apartment here is called what the label says.
    NoSuchUnit,
}

/// Whom a label means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// Whether the first may be filled in.
    #[serde(with = "decision_word")]
    pub decision: Decision,
    /// At most three, the likeliest first.
    pub offered: Vec<Offered>,
    /// What must be seen.
    pub flags: Vec<Flag>,
}

mod decision_word {
    use serde::{Deserialize, Deserializer, Serializer};
    use vestibule_intake::Decision;

    pub fn serialize<S: Serializer>(decision: &Decision, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(decision.code())
    }

    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Decision, D::Error> {
        let word = String::deserialize(from)?;
        Decision::of(&word).ok_or_else(|| serde::de::Error::custom("not a decision"))
    }
}

impl Guess {
    /// Nobody.
    pub fn nobody() -> Self {
        Self { decision: Decision::None, offered: Vec::new(), flags: Vec::new() }
    }

    /// The one that is filled in.
    pub fn filled_in(&self) -> Option<&Offered> {
        self.offered.first().filter(|_| self.decision == Decision::Auto)
    }
}

/// Somebody the matcher is asked about.
struct Known {
    unit: UnitId,
    person: PersonId,
}

/// Everybody with a name, as the matcher takes them; those hidden only behind the apartment the label says.
fn people(
    conn: &Connection,
    unit: Option<&str>,
    building: Option<&str>,
) -> rusqlite::Result<(Vec<Known>, Vec<Resident>)> {
    let mut aliases: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
    let mut query = conn.prepare_cached("SELECT tenancy, person, folded FROM alias")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        aliases.entry((row.get(0)?, row.get(1)?)).or_default().push(row.get(2)?);
    }
    let said = unit.map(fold::unit_label);
    let mut query = conn.prepare_cached(
        "SELECT person, tenancy, unit.unit, unit.label, first_name, last_name, hidden, left_at, unit.folded
         FROM person JOIN unit USING (unit)
         WHERE (first_name <> '' OR last_name <> '') AND (?1 IS NULL OR building = ?1) ORDER BY person",
    )?;
    let (mut known, mut residents) = (Vec::new(), Vec::new());
    let mut rows = query.query([building])?;
    while let Some(row) = rows.next()? {
        let (person, tenancy, home): (u32, u32, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (hidden, moved_out): (bool, bool) = (row.get(6)?, row.get::<_, Option<i64>>(7)?.is_some());
        let folded: String = row.get(8)?;
        if hidden && (moved_out || said.as_ref() != Some(&folded)) {
            continue;
        }
        let of = |who: u32| aliases.get(&(tenancy, who)).cloned().unwrap_or_default();
        let aliases = if moved_out { Vec::new() } else { [of(person), of(0)].concat() };
        let (first, last, unit) = (row.get(4)?, row.get(5)?, row.get(3)?);
        residents.push(Resident { first, last, unit, home, aliases, moved_out });
        known.push(Known { unit: UnitId(home), person: PersonId(person) });
    }
    Ok((known, residents))
}

/// What the property knows of itself, by which a photo's recipient is told from its sender. Nobody hidden is in it.
///
/// # Errors
/// What SQLite says.
pub fn house(conn: &Connection) -> rusqlite::Result<House> {
    let addresses = Settings::load(conn)?.addresses.iter().map(own_address).collect();
    let (_, residents) = people(conn, None, None)?;
    Ok(House { addresses, directory: Some(Directory::new(residents)) })
}

/// Whom a label means. `building`: the one whose address it bears, where that is known; people of the others are then only
/// asked about.
///
/// # Errors
/// What SQLite says.
pub fn guess(conn: &Connection, sought: &Sought, building: Option<&str>) -> rusqlite::Result<Guess> {
    let mut guess = match building {
        Some(_) => find(conn, sought, building)?,
        None => Guess::nobody(),
    };
    if guess.offered.is_empty() && guess.flags.is_empty() {
        guess = find(conn, sought, None)?;
        if building.is_some() && guess.decision == Decision::Auto {
            guess.decision = Decision::Ask;
        }
    }
    of_the_apartment(conn, sought, building, &mut guess)?;
    Ok(guess)
}

fn find(conn: &Connection, sought: &Sought, building: Option<&str>) -> rusqlite::Result<Guess> {
    let unit = sought.unit.as_deref();
    let (known, residents) = people(conn, unit, building)?;
    let directory = Directory::new(residents);
    Ok(of_found(&directory.find(sought.name.as_deref().unwrap_or_default(), unit), &known))
}

/// What the apartment on the label says beside the name: that there is none, or the only answer where nobody has that name.
fn of_the_apartment(
    conn: &Connection,
    sought: &Sought,
    building: Option<&str>,
    guess: &mut Guess,
) -> rusqlite::Result<()> {
    let Some(text) = sought.unit.as_deref().and_then(|unit| UnitText::new(unit).ok()) else { return Ok(()) };
    let mut units = lookup::units(conn, &text)?.tiles;
    if units.is_empty() {
        guess.flags.push(Flag::NoSuchUnit);
    }
    if units.iter().any(|tile| Some(tile.building.as_str()) == building) {
        units.retain(|tile| Some(tile.building.as_str()) == building);
    }
    let nobody = guess.offered.is_empty() && !guess.flags.contains(&Flag::MovedOut);
    if let ([only], true) = (units.as_slice(), nobody) {
        guess.offered.push(Offered { unit: only.unit, person: None, score: None });
        // A name nobody here has is asked about; a label without a name means its apartment.
        guess.decision = if sought.name.is_none() { Decision::Auto } else { Decision::Ask };
    }
    Ok(())
}

fn of_found(found: &Found<'_>, known: &[Known]) -> Guess {
    let mut guess = Guess { decision: found.decision, ..Guess::nobody() };
    let best_left = found.ranked.first().is_some_and(|best| best.resident.moved_out);
    for ranked in found.ranked.iter().filter(|ranked| !ranked.resident.moved_out) {
        let Known { unit, person } = known[ranked.at];
        let shared = found.household && guess.offered.first().is_none_or(|first| first.unit == unit);
        if shared && guess.offered.iter().any(|offered| offered.unit == unit) {
            continue;
        }
        // Of 0 to 1, so it fits.
        let score = Some((ranked.score.clamp(0.0, 1.0) * 1000.0).round() as u16);
        guess.offered.push(Offered { unit, person: (!shared).then_some(person), score });
    }
    if best_left {
        guess.flags.push(Flag::MovedOut);
    }
    if guess.offered.is_empty() {
        guess.decision = Decision::None;
    }
    // A name and an apartment that agree need no warning: in a tower every number looks like another.
    let is_plain = guess.decision == Decision::Auto
        && guess.offered.first().and_then(|best| best.score).is_some_and(|score| score >= PLAIN_LEAST);
    if !found.look_alikes.is_empty() && !is_plain {
        guess.flags.push(Flag::LooksLike(found.look_alikes.iter().map(|unit| (*unit).to_owned()).collect()));
    }
    guess
}
