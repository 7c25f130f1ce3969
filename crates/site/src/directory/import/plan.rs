//! The plan of an import: what would change, in words staff can check, and the work that does it.

use super::columns::Field;
use super::household::{Home, Homes, Turn};
use super::keypad::KeypadReason;
use super::known::Known;
use super::matching::{Matches, Question};
use super::record::{Entry, PersonEntry, Read};
use super::text::FileFault;
use super::units::{self, Units};
use super::{Date, Options};
use crate::directory::roster::full_name;
use crate::rows::PersonRow;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use vestibule_core::directory::Leavers;
use vestibule_core::{PersonId, TenancyId, Timestamp, UnitId};

/// An apartment in words.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The building's name; may be empty.
    pub building: String,
    /// The label.
    pub label: String,
}

/// Something about a line of the file, counted as an editor counts.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct LineNote {
    /// From 1.
    pub line: u64,
    /// What is the matter.
    pub words: String,
}

/// An apartment that is new.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct NewUnit {
    /// Where it was first named.
    pub line: u64,
    /// What it is called.
    pub at: Place,
    /// The number it gets.
    pub keypad: String,
    /// Why this number.
    pub why: KeypadReason,
    #[serde(skip)]
    pub(super) folded: String,
}

/// A person who is new, or comes from another apartment.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct NewPerson {
    /// Where.
    pub line: u64,
    /// Whole name.
    pub name: String,
    /// Into which apartment.
    pub at: Place,
    /// From which apartment, if they lived here already.
    pub from: Option<Place>,
    /// A new tenancy begins with them; otherwise they join who lives there.
    pub new_tenancy: bool,
}

/// One field that changes.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// What it says now.
    pub old: String,
    /// What it will say.
    pub new: String,
}

/// A person of whom something changes.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Where.
    pub line: u64,
    /// Who.
    pub person: PersonId,
    /// Whole name as it was.
    pub name: String,
    /// Their apartment.
    pub at: Place,
    /// What.
    pub fields: Vec<FieldChange>,
}

/// Why somebody moves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOut {
    /// The file says so, with a date.
    Date,
    /// The file is the complete list and does not name them.
    NotListed,
    /// New people moved into the apartment.
    Replaced,
}

/// A person who moves out.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct MovedOut {
    /// Who.
    pub person: PersonId,
    /// Whole name.
    pub name: String,
    /// From which apartment.
    pub at: Place,
    /// Why.
    pub why: WhyOut,
}

/// A person who cannot be told anything.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Unreachable {
    /// Whole name.
    pub name: String,
    /// Their apartment.
    pub at: Place,
}

/// What an import would do.
#[derive(Clone, Serialize)]
pub struct Plan {
    /// How the file was read: its encoding.
    pub encoding: &'static str,
    /// Its separator.
    pub delimiter: char,
    /// Each column's heading and what it was read as; None: not used.
    pub columns: Vec<(String, Option<Field>)>,
    /// Lines that say something.
    pub rows: u64,
    /// Apartments that are new, with their keypad numbers.
    pub new_units: Vec<NewUnit>,
    /// People who are new or come from another apartment.
    pub new_people: Vec<NewPerson>,
    /// People of whom something changes.
    pub changed: Vec<Changed>,
    /// People who move out.
    pub moved_out: Vec<MovedOut>,
    /// People the file names as they are known.
    pub unchanged: u64,
    /// People who live here and are not in the file, and stay.
    pub not_in_file: u64,
    /// Rows of people who moved out before and are not known.
    pub already_gone: u64,
    /// People whose move-in date is yet to come: import again then.
    pub moving_in_later: Vec<LineNote>,
    /// Rows that are understood and need a decision; nothing is done for them.
    pub conflicts: Vec<LineNote>,
    /// Rows that are not understood; nothing at all is imported unless they are to be skipped.
    pub bad_rows: Vec<LineNote>,
    /// Things left out or worth knowing.
    pub notes: Vec<LineNote>,
    /// Who will live here and cannot be told anything.
    pub without_channel: Vec<Unreachable>,
    #[serde(skip)]
    pub(super) work: Work,
}

/// An apartment in the work: its number, or which of the new ones.
pub(super) type UnitAt = Result<UnitId, usize>;

/// What carries the plan out.
#[derive(Clone)]
pub(super) struct Work {
    pub skip_bad_rows: bool,
    pub now: Timestamp,
    pub out: Vec<(PersonId, Leavers)>,
    pub away: Vec<PersonId>,
    pub tenancies: Vec<(UnitAt, Date)>,
    pub joins: Vec<Join>,
    pub updates: Vec<PersonRow>,
}

/// A person who joins a tenancy; `row` lacks the numbers that are not known yet.
#[derive(Clone)]
pub(super) struct Join {
    pub unit: UnitAt,
    /// The tenancy that is there, or which of the new ones.
    pub tenancy: Result<TenancyId, usize>,
    pub is_new: bool,
    pub row: PersonRow,
}

/// Compares entries with who is known.
pub(super) fn draw(
    mut read: Read,
    entries: Vec<Entry>,
    known: &Known,
    options: &Options,
) -> Result<Plan, FileFault> {
    let mut conflicts = Vec::new();
    let (units, found) = units::find(&entries, known, &mut read.bad_rows);
    let ids: Vec<Option<UnitId>> = found.iter().map(|at| units.id((*at)?).ok()).collect();
    let question = Question { entries: &entries, units: &found, ids: &ids, known };
    let matches = question.answer(&mut read.bad_rows, &mut conflicts);
    let plan = Plan::empty(read, conflicts, options);
    let mut drawing = Drawing {
        plan,
        entries: &entries,
        units,
        found,
        matches,
        known,
        options,
        leaving: vec![false; known.people.len()],
    };
    let homes = drawing.sort_people();
    drawing.settle(homes);
    drawing.count_reachable();
    Ok(drawing.finish())
}

impl Plan {
    fn empty(read: Read, conflicts: Vec<LineNote>, options: &Options) -> Self {
        let work = Work {
            skip_bad_rows: options.skip_bad_rows,
            now: options.now,
            out: Vec::new(),
            away: Vec::new(),
            tenancies: Vec::new(),
            joins: Vec::new(),
            updates: Vec::new(),
        };
        Self {
            encoding: read.encoding,
            delimiter: char::from(read.delimiter),
            columns: read.columns,
            rows: read.rows,
            new_units: Vec::new(),
            new_people: Vec::new(),
            changed: Vec::new(),
            moved_out: Vec::new(),
            unchanged: 0,
            not_in_file: 0,
            already_gone: 0,
            moving_in_later: Vec::new(),
            conflicts,
            bad_rows: read.bad_rows,
            notes: read.notes,
            without_channel: Vec::new(),
            work,
        }
    }

    /// Whether carrying it out would change anything.
    pub fn changes_anything(&self) -> bool {
        let Self { new_units, new_people, changed, moved_out, .. } = self;
        !(new_units.is_empty() && new_people.is_empty() && changed.is_empty() && moved_out.is_empty())
    }
}

struct Drawing<'a> {
    plan: Plan,
    entries: &'a [Entry],
    units: Units,
    found: Vec<Option<usize>>,
    matches: Matches,
    known: &'a Known,
    options: &'a Options,
    /// By known person: moves out or to another apartment.
    leaving: Vec<bool>,
}

impl Drawing<'_> {
    /// Sorts everybody into their homes: who stays, who comes; who goes, goes.
    fn sort_people(&mut self) -> Homes {
        let mut homes = Homes::new();
        for at in 0..self.entries.len() {
            if !self.matches.dropped[at] && self.entries[at].person.is_some() {
                self.sort_entry(at, &mut homes);
            }
        }
        let everybody = self.options.complete_list && self.plan.bad_rows.is_empty();
        for known in 0..self.known.people.len() {
            match self.matches.of_known[known] {
                None if everybody => self.moves_out(known, WhyOut::NotListed),
                None => self.stays_silent(known, &mut homes),
                Some(at) if self.is_later(at) && !self.is_home(at, known) => {
                    self.stays_silent(known, &mut homes)
                }
                Some(_) => {}
            }
        }
        if self.options.complete_list && !everybody {
            let words = "there are bad rows, so nobody is moved out for missing from the file".to_owned();
            self.plan.notes.push(LineNote { line: 1, words });
        }
        homes
    }

    fn stays_silent(&self, known: usize, homes: &mut Homes) {
        let unit = self.known.people[known].unit;
        let at = self.known.units.binary_search_by_key(&unit, |unit| unit.unit);
        if let Some(home) = at.ok().and_then(|at| homes.get_mut(&at)) {
            home.silent.push(known);
        }
    }

    fn is_later(&self, at: usize) -> bool {
        let entry = &self.entries[at];
        let today = self.options.today();
        entry.move_in.is_some_and(|date| date > today) && entry.move_out.is_none_or(|date| date > today)
    }

    fn is_home(&self, at: usize, known: usize) -> bool {
        self.found[at].map(|unit| self.units.id(unit)) == Some(Ok(self.known.people[known].unit))
    }

    fn sort_entry(&mut self, at: usize, homes: &mut Homes) {
        let entry = &self.entries[at];
        let unit = self.found[at].expect("entries without an apartment are dropped");
        let is_out = entry.move_out.is_some_and(|date| date <= self.options.today());
        match self.matches.of_entry[at] {
            Some(known) if is_out => self.moves_out(known, WhyOut::Date),
            Some(known) if self.is_home(at, known) => {
                homes.entry(unit).or_default().confirmed.push(known);
                self.compare(at, known);
            }
            None if is_out => self.plan.already_gone += 1,
            _ if self.is_later(at) => self.later(at),
            Some(_) | None => {
                let home = homes.entry(unit).or_default();
                home.coming.push(at);
                home.latest = home.latest.max(entry.move_in);
            }
        }
    }

    fn later(&mut self, at: usize) {
        let (entry, name) = (&self.entries[at], self.name(at));
        let date = entry.move_in.map(|date| date.to_string()).unwrap_or_default();
        let words = format!("{name} moves into {} on {date}", entry.label);
        self.plan.moving_in_later.push(LineNote { line: entry.line, words });
    }

    fn name(&self, at: usize) -> String {
        let person = self.entries[at].person.as_ref().expect("only entries of people are sorted");
        full_name(&person.first_name, &person.last_name)
    }

    fn place_of(&self, known: usize) -> Place {
        let unit = self.known.people[known].unit;
        let at = self.known.units.binary_search_by_key(&unit, |unit| unit.unit);
        at.map_or(Place { building: String::new(), label: String::new() }, |at| self.units.place(at))
    }

    fn moves_out(&mut self, known: usize, why: WhyOut) {
        self.leaving[known] = true;
        let person = &self.known.people[known];
        let name = full_name(&person.first_name, &person.last_name);
        let out = MovedOut { person: person.person, name, at: self.place_of(known), why };
        self.plan.work.out.push((person.person, self.options.leavers));
        self.plan.moved_out.push(out);
    }

    /// A person who stays: what of them changes.
    fn compare(&mut self, at: usize, known: usize) {
        let old = &self.known.people[known];
        let entry = self.entries[at].person.as_ref().expect("only entries of people are sorted");
        let new = updated(old, entry);
        let fields = differences(old, &new);
        if fields.is_empty() {
            self.plan.unchanged += 1;
            return;
        }
        let name = full_name(&old.first_name, &old.last_name);
        let line = self.entries[at].line;
        self.plan.changed.push(Changed { line, person: old.person, name, at: self.place_of(known), fields });
        self.plan.work.updates.push(new);
    }

    /// Decides for every home into which somebody comes.
    fn settle(&mut self, mut homes: Homes) {
        self.keep_who_cannot_move(&mut homes);
        for (unit, home) in homes.into_iter().filter(|(_, home)| !home.coming.is_empty()) {
            match home.turn(self.known, self.options) {
                Turn::Join(tenancy) => self.come(unit, &home, Ok(tenancy)),
                Turn::New { replaced } => {
                    for known in replaced {
                        self.moves_out(known, WhyOut::Replaced);
                    }
                    let began = home.latest.unwrap_or_else(|| self.options.today());
                    self.plan.work.tenancies.push((self.units.id(unit), began));
                    let tenancy = Err(self.plan.work.tenancies.len() - 1);
                    self.come(unit, &home, tenancy);
                }
                Turn::Unclear => self.unclear(unit, &home),
            }
        }
    }

    /// Whoever would come from another apartment into an unclear home stays where they are, which may make that home
    /// unclear too.
    fn keep_who_cannot_move(&self, homes: &mut Homes) {
        let mut kept = BTreeSet::new();
        loop {
            let unclear =
                homes.values().filter(|home| matches!(home.turn(self.known, self.options), Turn::Unclear));
            let stuck: Vec<usize> = unclear
                .flat_map(|home| &home.coming)
                .filter_map(|at| self.matches.of_entry[*at])
                .filter(|known| !kept.contains(known))
                .collect();
            if stuck.is_empty() {
                return;
            }
            for known in stuck {
                kept.insert(known);
                self.stays_silent(known, homes);
            }
        }
    }

    fn come(&mut self, unit: usize, home: &Home, tenancy: Result<TenancyId, usize>) {
        for &at in &home.coming {
            let entry = self.entries[at].person.as_ref().expect("only entries of people are sorted");
            let known = self.matches.of_entry[at];
            let from = known.map(|known| self.place_of(known));
            let row = match known {
                Some(known) => updated(&self.known.people[known], entry),
                None => fresh(entry, &self.options.language),
            };
            if let Some(known) = known {
                self.leaving[known] = true;
                self.plan.work.away.push(row.person);
            }
            self.plan.new_people.push(NewPerson {
                line: self.entries[at].line,
                name: self.name(at),
                at: self.units.place(unit),
                from,
                new_tenancy: tenancy.is_err(),
            });
            self.plan.work.joins.push(Join {
                unit: self.units.id(unit),
                tenancy,
                is_new: known.is_none(),
                row,
            });
        }
    }

    fn unclear(&mut self, unit: usize, home: &Home) {
        let there: Vec<String> = home
            .silent
            .iter()
            .map(|known| &self.known.people[*known])
            .map(|person| full_name(&person.first_name, &person.last_name))
            .collect();
        for &at in &home.coming {
            let words = format!(
                "{} is new in {}, where {} lives and is not in the file: new tenants or room-mates?",
                self.name(at),
                self.units.place(unit).label,
                there.join(", ")
            );
            self.plan.conflicts.push(LineNote { line: self.entries[at].line, words });
        }
    }

    /// Who will live here and cannot be told anything.
    fn count_reachable(&mut self) {
        let updated: HashMap<PersonId, &PersonRow> =
            self.plan.work.updates.iter().map(|row| (row.person, row)).collect();
        let mut found = Vec::new();
        for (at, old) in self.known.people.iter().enumerate().filter(|(at, _)| !self.leaving[*at]) {
            let row = updated.get(&old.person).copied().unwrap_or(old);
            let is_bad =
                row.email == old.email && self.known.bad_addresses.binary_search(&old.person).is_ok();
            if !self.can_be_told(row, is_bad) {
                found.push(Unreachable {
                    name: full_name(&row.first_name, &row.last_name),
                    at: self.place_of(at),
                });
            }
        }
        for (join, person) in self.plan.work.joins.iter().zip(&self.plan.new_people) {
            if !self.can_be_told(&join.row, false) {
                found.push(Unreachable { name: person.name.clone(), at: person.at.clone() });
            }
        }
        self.plan.without_channel = found;
    }

    fn can_be_told(&self, row: &PersonRow, is_bad: bool) -> bool {
        (row.email.is_some() && !is_bad) || (self.options.texts_sent && row.phone.is_some())
    }

    fn finish(mut self) -> Plan {
        let silent = self.matches.of_known.iter().zip(&self.leaving);
        self.plan.not_in_file =
            silent.filter(|(entry, leaving)| entry.is_none() && !**leaving).count() as u64;
        self.plan.new_units = self.units.new;
        for notes in [&mut self.plan.bad_rows, &mut self.plan.conflicts, &mut self.plan.notes] {
            notes.sort_by_key(|note| note.line);
        }
        self.plan
    }
}

/// The row with what the entry says; what it does not say stays.
fn updated(old: &PersonRow, entry: &PersonEntry) -> PersonRow {
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let same_email =
        old.email.as_deref().zip(entry.email.as_deref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    PersonRow {
        first_name: entry.first_name.clone(),
        last_name: entry.last_name.clone(),
        folded: entry.folded.clone(),
        email: if same_email { old.email.clone() } else { or(&entry.email, &old.email) },
        phone: or(&entry.phone, &old.phone),
        language: entry.language.clone().unwrap_or_else(|| old.language.clone()),
        external_id: or(&entry.external_id, &old.external_id),
        ..old.clone()
    }
}

fn fresh(entry: &PersonEntry, language: &str) -> PersonRow {
    PersonRow {
        person: PersonId(0),
        tenancy: TenancyId(0),
        unit: UnitId(0),
        first_name: entry.first_name.clone(),
        last_name: entry.last_name.clone(),
        folded: entry.folded.clone(),
        email: entry.email.clone(),
        phone: entry.phone.clone(),
        language: entry.language.clone().unwrap_or_else(|| language.to_owned()),
        external_id: entry.external_id.clone(),
        reach: false,
        hidden: false,
    }
}

fn differences(old: &PersonRow, new: &PersonRow) -> Vec<FieldChange> {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        (Field::FirstName, old.first_name.clone(), new.first_name.clone()),
        (Field::LastName, old.last_name.clone(), new.last_name.clone()),
        (Field::Email, said(&old.email), said(&new.email)),
        (Field::Phone, said(&old.phone), said(&new.phone)),
        (Field::Language, old.language.clone(), new.language.clone()),
        (Field::ExternalId, said(&old.external_id), said(&new.external_id)),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(field, old, new)| FieldChange { field, old, new })
    .collect()
}
