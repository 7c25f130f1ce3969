//! From lines to entries: one person in one apartment, every field checked, every fault named by its line.

use super::columns::{self, Columns, Field};
use super::plan::LineNote;
use super::text::{File, FileFault};
use super::{Date, Options};
use crate::directory::fold;
use csv::{ReaderBuilder, StringRecord, Trim};
use std::collections::BTreeMap;
use vestibule_notices::Language;
use vestibule_notices::address::{MailAddress, PhoneNumber};

const LABEL_AT_MOST: usize = 20;
const NAME_AT_MOST: usize = 80;
const PROGRESS_EVERY: u64 = 1_000;
/// Words that begin a surname: `Ana de la Cruz`.
const PARTICLES: &[&str] = &[
    "de", "la", "del", "las", "los", "da", "dos", "di", "van", "von", "der", "den", "ter", "st", "bin", "al",
    "le",
];

/// A person as a row says them.
#[derive(Clone)]
pub(super) struct PersonEntry {
    pub first_name: String,
    pub last_name: String,
    pub folded: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Option<String>,
    pub external_id: Option<String>,
}

/// A person in an apartment, or an apartment where nobody lives.
#[derive(Clone)]
pub(super) struct Entry {
    pub line: u64,
    pub building: String,
    pub label: String,
    pub folded_label: String,
    pub person: Option<PersonEntry>,
    pub move_in: Option<Date>,
    pub move_out: Option<Date>,
}

/// What was read besides the entries.
pub(super) struct Read {
    pub encoding: &'static str,
    pub delimiter: u8,
    pub columns: Vec<(String, Option<Field>)>,
    pub rows: u64,
    pub bad_rows: Vec<LineNote>,
    pub notes: Vec<LineNote>,
}

/// Reads all lines.
pub(super) fn read(
    file: &File<'_>,
    options: &Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Read, Vec<Entry>), FileFault> {
    let mut lines = ReaderBuilder::new()
        .delimiter(file.delimiter)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(file.text.as_bytes());
    let mut record = StringRecord::new();
    let mut next = |record: &mut StringRecord| lines.read_record(record).map_err(|_| FileFault::NotText);
    if !next(&mut record)? {
        return Err(FileFault::Empty);
    }
    let columns = columns::read(record.iter())?;
    let mut read = Read {
        encoding: file.encoding,
        delimiter: file.delimiter,
        columns: columns.read_as.clone(),
        rows: 0,
        bad_rows: Vec::new(),
        notes: Vec::new(),
    };
    let mut entries = Vec::new();
    let bytes = file.text.len() as u64;
    while next(&mut record)? {
        if record.iter().all(str::is_empty) {
            continue;
        }
        let (line, byte) = record.position().map_or((0, 0), |at| (line_of(at, file), at.byte()));
        Row { line, columns: &columns, record: &record, options }.read(&mut read, &mut entries);
        read.rows += 1;
        if read.rows.is_multiple_of(PROGRESS_EVERY) {
            progress(byte, bytes);
        }
    }
    progress(bytes, bytes);
    Ok((read, entries))
}

/// The reader's position is before the empty lines it skipped.
fn line_of(at: &csv::Position, file: &File<'_>) -> u64 {
    let rest =
        usize::try_from(at.byte()).ok().and_then(|byte| file.text.as_bytes().get(byte..)).unwrap_or_default();
    let skipped =
        rest.iter().take_while(|byte| b"\r\n".contains(byte)).filter(|byte| **byte == b'\n').count();
    at.line() + skipped as u64 + file.lines_before
}

struct Row<'a> {
    line: u64,
    columns: &'a Columns,
    record: &'a StringRecord,
    options: &'a Options,
}

impl Row<'_> {
    fn read(&self, read: &mut Read, entries: &mut Vec<Entry>) {
        let unit = match self.unit() {
            Ok(unit) => unit,
            Err(words) => return read.bad_rows.push(self.note(words)),
        };
        let mut lived_in = false;
        for columns in &self.columns.people {
            match self.person(columns, &mut read.notes) {
                Ok(None) => {}
                Ok(Some(person)) => {
                    lived_in = true;
                    entries.push(Entry { person: Some(person), ..unit.clone() });
                }
                Err(words) => {
                    lived_in = true;
                    read.bad_rows.push(self.note(words));
                }
            }
        }
        if !lived_in {
            entries.push(unit);
        }
    }

    fn note(&self, words: String) -> LineNote {
        LineNote { line: self.line, words }
    }

    fn text(&self, columns: &BTreeMap<Field, usize>, field: Field) -> &str {
        columns.get(&field).and_then(|at| self.record.get(*at)).unwrap_or_default()
    }

    fn unit(&self) -> Result<Entry, String> {
        let extra = self.record.iter().skip(self.columns.read_as.len()).find(|field| !field.is_empty());
        if let Some(extra) = extra {
            return Err(format!(
                "more fields than columns ('{extra}'); put text with the separator in it in quotes"
            ));
        }
        let written = self.text(&self.columns.unit, Field::Unit);
        let label = fold::shown_label(written);
        let folded_label = fold::unit_label(written);
        if folded_label.is_empty() {
            return Err(if written.is_empty() {
                "no apartment".to_owned()
            } else {
                format!("'{written}' is no apartment")
            });
        }
        line_of_text(&label, LABEL_AT_MOST, "apartment")?;
        let building = self.text(&self.columns.unit, Field::Building);
        line_of_text(building, NAME_AT_MOST, "building")?;
        let (move_in, move_out) = (self.date(Field::MoveIn)?, self.date(Field::MoveOut)?);
        if let (Some(from), Some(to)) = (move_in, move_out)
            && to < from
        {
            return Err(format!("moves out on {to}, before moving in on {from}"));
        }
        let building = building.to_owned();
        Ok(Entry { line: self.line, building, label, folded_label, person: None, move_in, move_out })
    }

    fn date(&self, field: Field) -> Result<Option<Date>, String> {
        let text = self.text(&self.columns.unit, field);
        if text.is_empty() {
            return Ok(None);
        }
        let wrong =
            || format!("'{text}' is no {}; write 2026-11-30 or 11/30/2026 (month first)", field.words());
        Date::parse(text).map(Some).ok_or_else(wrong)
    }

    /// None: the row names nobody here.
    fn person(
        &self,
        columns: &BTreeMap<Field, usize>,
        notes: &mut Vec<LineNote>,
    ) -> Result<Option<PersonEntry>, String> {
        let (first_name, last_name) = self.names(columns);
        let (email, phone) = (self.text(columns, Field::Email), self.text(columns, Field::Phone));
        if first_name.is_empty() && last_name.is_empty() {
            return if email.is_empty() { Ok(None) } else { Err(format!("no name beside {email}")) };
        }
        let folded = fold::person(&first_name, &last_name);
        if ["vacant,", ",vacant", "vacante,", ",vacante"].contains(&folded.as_str()) {
            return Ok(None);
        }
        if folded.len() <= 1 {
            return Err(format!("'{first_name} {last_name}' is no name"));
        }
        line_of_text(&first_name, NAME_AT_MOST, "first name")?;
        line_of_text(&last_name, NAME_AT_MOST, "last name")?;
        let email = match email {
            "" => None,
            text => {
                Some(text.parse::<MailAddress>().map_err(|fault| format!("{fault}: '{text}'"))?.to_string())
            }
        };
        let external_id = self.text(columns, Field::ExternalId);
        line_of_text(external_id, NAME_AT_MOST, "id")?;
        Ok(Some(PersonEntry {
            first_name,
            last_name,
            folded,
            email,
            phone: self.phone(phone, notes),
            language: self.language(self.text(columns, Field::Language), notes),
            external_id: Some(external_id.to_owned()).filter(|id| !id.is_empty()),
        }))
    }

    fn names(&self, columns: &BTreeMap<Field, usize>) -> (String, String) {
        let (first, last) = (self.text(columns, Field::FirstName), self.text(columns, Field::LastName));
        if first.is_empty() && last.is_empty() {
            split_name(self.text(columns, Field::FullName))
        } else {
            (first.to_owned(), last.to_owned())
        }
    }

    /// A phone number that cannot be dialled is left out and said; it is no reason to leave a person out.
    fn phone(&self, text: &str, notes: &mut Vec<LineNote>) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        match PhoneNumber::parse(text, self.options.country_code.as_deref()) {
            Ok(number) => Some(number.to_string()),
            Err(fault) => {
                notes.push(self.note(format!("phone '{text}' left out: {fault}")));
                None
            }
        }
    }

    fn language(&self, text: &str, notes: &mut Vec<LineNote>) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        let named = match fold::name(text).as_str() {
            "english" | "ingles" => Some(Language::En),
            "spanish" | "espanol" | "castellano" => Some(Language::Es),
            _ => text.parse().ok(),
        };
        if named.is_none() {
            notes.push(self.note(format!("language '{text}' is not spoken here yet")));
        }
        named.map(|language| language.tag().to_owned())
    }
}

/// `Alvarez, María` and `María Alvarez`; `Ana de la Cruz` is a Cruz of `de la Cruz`.
fn split_name(text: &str) -> (String, String) {
    if let Some((last, first)) = text.split_once(',') {
        return (first.trim().to_owned(), last.trim().to_owned());
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut at = words.len().saturating_sub(1);
    while at > 1 && PARTICLES.contains(&words[at - 1].to_lowercase().trim_end_matches('.')) {
        at -= 1;
    }
    (words[..at].join(" "), words[at..].join(" "))
}

fn line_of_text(text: &str, at_most: usize, what: &str) -> Result<(), String> {
    if text.chars().count() > at_most {
        Err(format!("the {what} is longer than {at_most} characters"))
    } else if text.chars().any(char::is_control) {
        Err(format!("the {what} runs over several lines"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::split_name;

    #[test]
    fn whole_names_are_split_where_the_surname_begins() {
        for (text, first, last) in [
            ("María Alvarez", "María", "Alvarez"),
            ("Alvarez, María José", "María José", "Alvarez"),
            ("Ana de la Cruz", "Ana", "de la Cruz"),
            ("Vincent van Gogh", "Vincent", "van Gogh"),
            ("Madonna", "", "Madonna"),
            ("", "", ""),
        ] {
            assert_eq!(split_name(text), (first.to_owned(), last.to_owned()), "{text}");
        }
    }
}
