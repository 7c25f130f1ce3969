//! Which person each entry means: by the list's own number, by name and apartment, or by mail address and apartment.
//!
//! A number or an address alone is never enough when not a word of the name agrees: numbers of leases and addresses of
//! agencies outlive tenants, and a new tenant must not become the old one.

use super::known::Known;
use super::plan::LineNote;
use super::record::{Entry, PersonEntry};
use std::collections::HashMap;
use vestibule_core::UnitId;

/// Who was found.
pub(super) struct Matches {
    /// By entry: which of the known people.
    pub of_entry: Vec<Option<usize>>,
    /// By entry: dropped as a bad row or a conflict.
    pub dropped: Vec<bool>,
    /// By known person: which entry.
    pub of_known: Vec<Option<usize>>,
}

/// What matching looks at: entries with the known apartment each is in, if it is known.
pub(super) struct Question<'a> {
    pub entries: &'a [Entry],
    /// By entry: the apartment's place in the plan; None: a bad row.
    pub units: &'a [Option<usize>],
    /// By entry: the apartment's number, if it has one.
    pub ids: &'a [Option<UnitId>],
    pub known: &'a Known,
}

impl<'a> Question<'a> {
    fn person(&self, at: usize) -> Option<&'a PersonEntry> {
        self.entries[at].person.as_ref()
    }

    /// Finds who is who. Doubles go to `bad_rows`, doubtful numbers to `conflicts`.
    pub fn answer(&self, bad_rows: &mut Vec<LineNote>, conflicts: &mut Vec<LineNote>) -> Matches {
        let mut matches = Matches {
            of_entry: vec![None; self.entries.len()],
            dropped: self.units.iter().map(Option::is_none).collect(),
            of_known: vec![None; self.known.people.len()],
        };
        self.drop_doubles(&mut matches, bad_rows);
        self.by_number(&mut matches, conflicts);
        self.by_apartment(&mut matches, |entry, known| entry.folded == known.folded);
        self.by_apartment(&mut matches, |entry, known| {
            same_email(entry, known.email.as_deref()) && share_a_word(&entry.folded, &known.folded)
        });
        matches
    }

    fn live<'b>(&'b self, matches: &'b Matches) -> impl Iterator<Item = (usize, &'a PersonEntry)> + 'b {
        (0..self.entries.len())
            .filter(|at| !matches.dropped[*at] && matches.of_entry[*at].is_none())
            .filter_map(|at| Some((at, self.person(at)?)))
    }

    fn drop_doubles(&self, matches: &mut Matches, bad_rows: &mut Vec<LineNote>) {
        let mut by_name: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
        let mut by_number: HashMap<&str, usize> = HashMap::new();
        for at in 0..self.entries.len() {
            let (Some(unit), Some(person)) = (self.units[at], self.person(at)) else { continue };
            let same_name = by_name.entry((unit, person.folded.as_str())).or_default();
            let double =
                same_name.iter().find(|other| self.person(**other).is_some_and(|o| is_double(person, o)));
            let same_number = person.external_id.as_deref().and_then(|number| by_number.get(number));
            let words = match (double, same_number) {
                (Some(other), _) => format!("the same person as line {}", self.entries[*other].line),
                (None, Some(other)) => format!("the same id as line {}", self.entries[*other].line),
                (None, None) => {
                    same_name.push(at);
                    by_number.extend(person.external_id.as_deref().map(|number| (number, at)));
                    continue;
                }
            };
            matches.dropped[at] = true;
            bad_rows.push(LineNote { line: self.entries[at].line, words });
        }
    }

    fn by_number(&self, matches: &mut Matches, conflicts: &mut Vec<LineNote>) {
        let numbered = self.known.people.iter().enumerate();
        let known: HashMap<&str, usize> =
            numbered.filter_map(|(at, person)| Some((person.external_id.as_deref()?, at))).collect();
        let live: Vec<(usize, &PersonEntry)> = self.live(matches).collect();
        for (at, entry) in live {
            let Some(number) = entry.external_id.as_deref() else { continue };
            let Some(&found) = known.get(number) else { continue };
            let person = &self.known.people[found];
            if same_email(entry, person.email.as_deref()) || share_a_word(&entry.folded, &person.folded) {
                matches.of_entry[at] = Some(found);
                matches.of_known[found] = Some(at);
            } else {
                matches.dropped[at] = true;
                let (was, is) = (
                    crate::directory::roster::full_name(&person.first_name, &person.last_name),
                    crate::directory::roster::full_name(&entry.first_name, &entry.last_name),
                );
                let words = format!(
                    "id {number} belongs to {was} and is {is} here; move {was} out, or correct the id"
                );
                conflicts.push(LineNote { line: self.entries[at].line, words });
            }
        }
    }

    fn by_apartment(
        &self,
        matches: &mut Matches,
        is_same: impl Fn(&PersonEntry, &crate::rows::PersonRow) -> bool,
    ) {
        let mut homes: HashMap<UnitId, Vec<usize>> = HashMap::new();
        for (at, person) in
            self.known.people.iter().enumerate().filter(|(at, _)| matches.of_known[*at].is_none())
        {
            homes.entry(person.unit).or_default().push(at);
        }
        let live: Vec<(usize, &PersonEntry)> = self.live(matches).collect();
        for (at, entry) in live {
            let Some(home) = self.ids[at].and_then(|unit| homes.get_mut(&unit)) else { continue };
            if let Some(place) = home.iter().position(|known| is_same(entry, &self.known.people[*known])) {
                let found = home.remove(place);
                matches.of_entry[at] = Some(found);
                matches.of_known[found] = Some(at);
            }
        }
    }
}

/// Two rows of one name in one apartment are one person unless their numbers or addresses differ.
fn is_double(one: &PersonEntry, other: &PersonEntry) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| {
        a.as_deref().zip(b.as_deref()).is_none_or(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    agree(&one.email, &other.email) && agree(&one.external_id, &other.external_id)
}

fn same_email(entry: &PersonEntry, known: Option<&str>) -> bool {
    entry.email.as_deref().zip(known).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
}

fn share_a_word(one: &str, other: &str) -> bool {
    let words = |text: &'_ str| -> Vec<String> {
        text.split([' ', ',']).filter(|word| word.len() > 1).map(str::to_owned).collect()
    };
    let others = words(other);
    words(one).iter().any(|word| others.contains(word))
}
