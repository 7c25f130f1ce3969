//! Apartments as labels write them, compared with the labels on a building's own doors.
//!
//! Designators are those of USPS Publication 28 with the words people use for them.

use super::distance::Pattern;

/// Words that stand before an apartment's number and say nothing themselves.
const DESIGNATORS: [&str; 42] = [
    "APT",
    "APARTMENT",
    "APMT",
    "APTO",
    "APARTAMENTO",
    "DEPTO",
    "DEPARTAMENTO",
    "BLDG",
    "BUILDING",
    "DEPT",
    "DEPARTMENT",
    "FL",
    "FLOOR",
    "PISO",
    "FLAT",
    "HNGR",
    "HANGAR",
    "KEY",
    "LOT",
    "PIER",
    "RM",
    "ROOM",
    "SLIP",
    "SPC",
    "SPACE",
    "STE",
    "SUITE",
    "STOP",
    "TRLR",
    "TRAILER",
    "UNIT",
    "UNT",
    "NO",
    "NUM",
    "NUMBER",
    "NUMERO",
    "AOT",
    "APL",
    "UOIT",
    "UN1T",
    "AP",
    "#",
];
/// Words that are an apartment, with their short form.
const PLACES: [(&str, &str); 18] = [
    ("BASEMENT", "BSMT"),
    ("BSMT", "BSMT"),
    ("FRONT", "FRNT"),
    ("FRNT", "FRNT"),
    ("LOBBY", "LBBY"),
    ("LBBY", "LBBY"),
    ("LOWER", "LOWR"),
    ("LOWR", "LOWR"),
    ("OFFICE", "OFC"),
    ("OFC", "OFC"),
    ("PENTHOUSE", "PH"),
    ("PH", "PH"),
    ("REAR", "REAR"),
    ("SIDE", "SIDE"),
    ("UPPER", "UPPR"),
    ("UPPR", "UPPR"),
    ("GROUND", "GRND"),
    ("GRND", "GRND"),
];
/// Designators that are told inside a row of letters.
const INSIDE: [&str; 5] = ["APARTMENT", "APT", "UNIT", "SUITE", "STE"];
const INSIDE_MOST: usize = 6;
/// So long is a unit at most; longer texts are not one.
const UNIT_MOST: usize = 12;
/// Units of one or two characters are all within one edit of each other.
const EDIT_LEAST: usize = 3;

/// How two apartments relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// One apartment.
    Same,
    /// Two that a tired eye or a camera takes for each other.
    LooksAlike,
    /// Two.
    Other,
}

/// An apartment in plain form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitText {
    plain: String,
    /// As a camera could have read it.
    confused: String,
}

impl UnitText {
    /// From the building's directory.
    pub fn of_door(text: &str) -> Self {
        Self::plain(&value(text, false))
    }

    /// From a line of a label: `450 ELM ST APT 12-B`, `#12B`, `12 b`.
    pub fn of_label(text: &str) -> Self {
        Self::plain(&value(text, true))
    }

    fn plain(text: &str) -> Self {
        let plain = text.trim_start_matches('0').to_owned();
        let confused = plain.chars().map(unconfused).collect();
        Self { plain, confused }
    }

    pub fn is_empty(&self) -> bool {
        self.plain.is_empty() || self.plain.len() > UNIT_MOST
    }

    pub fn agrees(&self, door: &Self) -> Agreement {
        if self.plain == door.plain {
            Agreement::Same
        } else if self.confused == door.confused || self.is_an_edit_away(door) || self.is_a_letter_away(door)
        {
            Agreement::LooksAlike
        } else {
            Agreement::Other
        }
    }

    fn is_an_edit_away(&self, door: &Self) -> bool {
        let shorter = self.confused.len().min(door.confused.len());
        shorter >= EDIT_LEAST && Pattern::of(self.confused.as_bytes()).distance(door.confused.as_bytes()) == 1
    }

    /// `12` and `12B`.
    fn is_a_letter_away(&self, door: &Self) -> bool {
        let letter = |rest: Option<&str>| {
            rest.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_uppercase()))
        };
        let (a, b) = (self.plain.as_str(), door.plain.as_str());
        !a.is_empty() && !b.is_empty() && (letter(a.strip_prefix(b)) || letter(b.strip_prefix(a)))
    }
}

/// The apartment that a line of an address names, without its designator: `450 ELM ST APT 12-B` is `12B`. A second line
/// may be the apartment alone.
pub fn unit_on_label(line: &str, is_second: bool) -> Option<String> {
    let spaced = line.to_uppercase().replace('#', " # ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let trimmed = |word: &&str| word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '#')).to_owned();
    let is_named = words.iter().map(trimmed).enumerate().any(|(at, word)| {
        let has_more = at + 1 < words.len() && (is_second || at > 0 || words.len() == 2);
        // `FL` is Florida more often than a floor, in a line with a street.
        let is_designator = DESIGNATORS.contains(&word.as_str()) && (is_second || word != "FL");
        is_designator && has_more
    });
    let glued = words.iter().map(trimmed).find(|word| unglued(word) != word);
    let is_place = is_second && words.len() <= 2 && words.iter().any(|word| place(word).is_some());
    let is_alone = is_second && words.len() <= 2 && line.contains(|c: char| c.is_ascii_digit());
    let value = match &glued {
        Some(word) if !is_named => value(word, true),
        Some(_) | None => value(line, true),
    };
    let has_sense = value.len() <= UNIT_MOST && value.chars().any(char::is_alphanumeric);
    let is_unit = is_place || is_named || is_alone || glued.is_some();
    if is_unit && has_sense { Some(value) } else { inside(line) }
}

/// `450WELMSTAPT210`: cameras lose spaces. Only words that end no street's name, and before a number.
fn inside(line: &str) -> Option<String> {
    let plain: String = line.to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let unit = INSIDE.iter().find_map(|word| plain.rfind(word).map(|at| &plain[at + word.len()..]))?;
    let fits = unit.len() <= INSIDE_MOST && unit.starts_with(|c: char| c.is_ascii_digit());
    fits.then(|| unit.to_owned())
}

/// Letters that cameras and people take for digits.
fn unconfused(c: char) -> char {
    match c {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' | '|' => '1',
        'Z' => '2',
        'S' => '5',
        'B' => '8',
        'G' => '6',
        other => other,
    }
}

/// What stands behind the last designator, or all of a short text. Between two digits the gap stays: `1-12` is not `11-2`.
fn value(text: &str, of_label: bool) -> String {
    let spaced = text.to_uppercase().replace('#', " # ");
    let words: Vec<&str> =
        spaced.split(|c: char| !(c.is_alphanumeric() || c == '#')).filter(|word| !word.is_empty()).collect();
    let is_designator = |word: &&str| DESIGNATORS.contains(word);
    let from = match words.iter().rposition(is_designator) {
        Some(at) if at + 1 < words.len() => at + 1,
        _ if of_label => {
            words.iter().rposition(|word| place(word).is_some()).filter(|_| words.len() > 2).unwrap_or(0)
        }
        _ => 0,
    };
    let mut value = String::new();
    for word in &words[from..] {
        let word = place(word).unwrap_or_else(|| unglued(word));
        if value.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            value.push('-');
        }
        value.push_str(word);
    }
    value
}

fn place(word: &str) -> Option<&'static str> {
    PLACES.iter().find(|(long, _)| *long == word).map(|(_, short)| *short)
}

/// `APT12B` without its designator.
fn unglued(word: &str) -> &str {
    let rest = DESIGNATORS
        .iter()
        .filter(|designator| designator.len() >= 3)
        .find_map(|designator| word.strip_prefix(designator));
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(word)
}
