//! The lines of an address taken apart: name, company, street, apartment, town.

use super::block::Stack;
use super::word::Marker;
use super::{Addressed, House, Standing};
use crate::matching::unit_on_label;
use crate::symbol::{Recipient, printable};

/// States, territories and provinces, as postal services write them.
const REGIONS: [&str; 69] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
    "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND",
    "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC",
    "PR", "VI", "GU", "AS", "MP", "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK",
    "YT",
];
/// Those of Canada, whose postal codes differ, begin here.
const PROVINCES_FROM: usize = 56;
const COUNTRIES: [&str; 7] = ["UNITEDSTATES", "UNITEDSTATESOFAMERICA", "USA", "US", "CANADA", "MEXICO", "CA"];
/// Parts of a company's name, as words.
const COMPANY: [&str; 14] = [
    "INC",
    "LLC",
    "LTD",
    "CORP",
    "CO",
    "COMPANY",
    "CORPORATION",
    "GMBH",
    "SA",
    "STORE",
    "SHOP",
    "OFFICE",
    "STUDIO",
    "BAKERY",
];
/// Before a person's name.
const CARE_OF: [&str; 7] = ["C/O", "ATTN:", "ATTN", "ATT:", "ATTENTION:", "ATTENTION", "NAME:"];
/// Words that carriers print beside an address.
const NOTES: [&str; 9] = ["PHONE", "TEL", "REF", "INV", "DEPT", "WEIGHT", "EMAIL", "DATE", "PO:"];
const POST_BOX: &str = "POBOX";
const STREET_LETTERS_LEAST: usize = 4;
const PHONE_DIGITS_LEAST: usize = 7;

/// What a line is.
#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Street,
    Unit,
    Town(Town),
    Note,
    Name,
}

/// The last line of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    city: String,
    region: String,
    /// Letters and digits alone.
    pub postal: String,
}

/// Takes a block apart. None where no line could be a name.
pub fn read(stack: &Stack, house: &House) -> Option<Addressed> {
    let mut recipient = Recipient::default();
    let mut confidence = 1.0_f32;
    let mut names: Vec<(String, f32)> = Vec::new();
    let mut seconds: Vec<String> = Vec::new();
    for (at, line) in stack.lines.iter().enumerate() {
        let Some(text) = printable(&line.text) else { continue };
        let is_last = at + 1 == stack.lines.len();
        let ends_here = is_last && house.code_at_the_end(&text).is_some();
        let looks = ends_here || recipient.street.is_some() && looks_like_town(&text);
        if is_last && looks && town(&text).is_none() {
            recipient.postal = house.code_at_the_end(&text).or_else(|| five_digits_at_the_end(&text));
            recipient.city = Some(text);
            break;
        }
        match kind(&text, recipient.street.is_some()) {
            Kind::Town(town) => {
                recipient.city = printable(&town.city);
                recipient.region = Some(town.region);
                recipient.postal = Some(town.postal);
                break;
            }
            Kind::Note | Kind::Street if names.is_empty() && stands_as_name(at, &text, stack, house) => {
                names.push((text, line.confidence));
            }
            Kind::Note => {}
            Kind::Unit => {
                confidence = confidence.min(line.confidence);
                seconds.push(text);
            }
            Kind::Street if recipient.street.is_none() => {
                if unit_on_label(&text, false).is_some() {
                    confidence = confidence.min(line.confidence);
                }
                recipient.street = Some(text);
            }
            // Behind the street stands a second line, whatever it says.
            Kind::Street | Kind::Name if recipient.street.is_some() => seconds.push(text),
            Kind::Street | Kind::Name => names.push((without_care_of(&text), line.confidence)),
        }
    }
    recipient.second_line = seconds.iter().find(|line| unit_on_label(line, true).is_some()).cloned();
    let persons: Vec<usize> = (0..names.len()).filter(|at| !is_company(&names[*at].0)).collect();
    let known = persons.iter().copied().max_by(|a, b| {
        let likeness = |at: &usize| house.likeness(&names[*at].0);
        // Of those alike the first.
        likeness(a).total_cmp(&likeness(b)).then(b.cmp(a))
    });
    let person = known.unwrap_or(0);
    // An unmarked block without a street is some other print.
    let has_place = recipient.street.is_some() || recipient.city.is_some() || recipient.second_line.is_some();
    let is_believed = stack.marker == Some(Marker::To) || has_place;
    let (name, own) = names.get(person).filter(|_| is_believed)?.clone();
    let (name, unit) = without_unit(&name);
    recipient.second_line = recipient.second_line.or(unit);
    recipient.company =
        names.iter().map(|(name, _)| name).find(|other| is_company(other) && **other != name).cloned();
    recipient.name = printable(&name);
    recipient.name.as_ref()?;
    Some(Addressed {
        recipient,
        confidence: confidence.min(own),
        is_marked: stack.marker == Some(Marker::To),
        height: stack.height(),
        standing: Standing::Untold,
        is_likened: false,
    })
}

/// A first line that was hard to read is a name: of two lines like a street the first, and where the house's own code stands
/// below, one of letters and digits.
fn is_worn_name(text: &str, stack: &Stack, house: &House) -> bool {
    let is_street = |text: &str| kind(text, false) == Kind::Street;
    if is_street(text) {
        let streets = stack.lines.iter().filter(|line| is_street(&line.text)).count();
        streets > 1 && !house.is_own_street(text)
    } else {
        let is_known = stack.lines.last().is_some_and(|last| house.code_at_the_end(&last.text).is_some());
        is_known && is_hardly_a_name(text)
    }
}

fn stands_as_name(at: usize, text: &str, stack: &Stack, house: &House) -> bool {
    at == 0 && is_worn_name(text, stack, house) || is_over_own_street(at, stack, house)
}

/// What stands right over the house's own street is a name, however it was read.
fn is_over_own_street(at: usize, stack: &Stack, house: &House) -> bool {
    let is_own = |at: usize| stack.lines.get(at).is_some_and(|line| house.is_own_street(&line.text));
    !is_own(at) && is_own(at + 1)
}

fn kind(text: &str, has_street: bool) -> Kind {
    if let Some(town) = town(text) {
        return Kind::Town(town);
    }
    let plain = plain(text);
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let upper = text.to_uppercase();
    let is_country = COUNTRIES.contains(&plain.as_str());
    let is_note = NOTES
        .iter()
        .any(|word| upper.starts_with(word) && upper[word.len()..].starts_with([':', '#', '.', ' ']));
    if is_country
        || is_note && digits > 0
        || digits >= PHONE_DIGITS_LEAST && letters <= 3
        || text.contains('@')
    {
        return Kind::Note;
    }
    let starts_with_digit = plain.starts_with(|c: char| c.is_ascii_digit());
    let is_street = plain.starts_with(POST_BOX) || starts_with_digit && letters >= STREET_LETTERS_LEAST;
    let is_beside_name = without_unit(text).1.is_some();
    // Before the street a number alone is none: it may be all that was read of a marker.
    let is_unit = match has_street {
        true => unit_on_label(text, true).is_some(),
        false => digits > 0 && !is_beside_name && unit_on_label(text, false).is_some(),
    };
    let is_noise = letters * 5 < (letters + digits) * 3;
    match (is_street, is_unit) {
        (false, false) if is_noise => Kind::Note,
        (true, _) if !has_street => Kind::Street,
        (_, true) => Kind::Unit,
        (true, false) => Kind::Street,
        (false, false) => Kind::Name,
    }
}

fn is_hardly_a_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    letters >= STREET_LETTERS_LEAST && letters > digits && !text.contains(['@', ':', '#'])
}

/// Capital letters and digits.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// `SPRINGFIELD, IL 62704-1234 USA`, spaces or none.
pub fn town(text: &str) -> Option<Town> {
    let mut rest = plain(text);
    for country in COUNTRIES {
        if let Some(short) = rest.strip_suffix(country)
            && short.ends_with(|c: char| c.is_ascii_digit())
        {
            rest = short.to_owned();
            break;
        }
    }
    let chars: Vec<char> = rest.chars().collect();
    for length in [9, 5, 6] {
        let Some(from) = chars.len().checked_sub(length).filter(|from| *from >= 4) else { continue };
        let code = if length == 6 { canadian(&chars[from..]) } else { digits(&chars[from..]) };
        let Some(postal) = code else { continue };
        let region: String = chars[from - 2..from].iter().map(|c| as_letter(*c)).collect();
        let city: String = chars[..from - 2].iter().collect();
        let has_city = city.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && !city.starts_with(|c: char| c.is_ascii_digit());
        let regions = if length == 6 { &REGIONS[PROVINCES_FROM..] } else { &REGIONS[..PROVINCES_FROM] };
        if regions.contains(&region.as_str()) && has_city {
            return Some(Town { city: city_in(text, &city), region, postal });
        }
    }
    None
}

/// Letters, and digits at the end that could be a postal code of which one was lost: the last line of an address that was
/// hard to read.
pub fn looks_like_town(text: &str) -> bool {
    let plain: Vec<char> = plain(text).chars().collect();
    let code = plain.iter().rev().take_while(|c| as_digit(**c).is_ascii_digit()).count();
    let digits = plain.iter().rev().take(code).filter(|c| c.is_ascii_digit()).count();
    let rest = &plain[..plain.len() - code.min(plain.len())];
    let letters = rest.iter().filter(|c| c.is_alphabetic()).count();
    (4..=5).contains(&digits)
        && letters >= 4
        && letters * 3 > rest.len() * 2
        && !rest.starts_with(&['T', 'R', 'A', 'C', 'K'])
}

/// A ZIP behind a state that could not be read.
pub fn five_digits_at_the_end(text: &str) -> Option<String> {
    let plain: Vec<char> = plain(text).chars().collect();
    let count = plain.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    (count == 5).then(|| plain[plain.len() - 5..].iter().collect())
}

/// The town with its own spaces.
fn city_in(text: &str, plain_city: &str) -> String {
    let count = plain_city.chars().count();
    let mut seen = 0;
    let city: String = text
        .chars()
        .take_while(|c| {
            seen += usize::from(c.is_alphanumeric());
            seen <= count
        })
        .collect();
    city.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// At most one letter among them, which a camera took for a digit.
fn digits(code: &[char]) -> Option<String> {
    let letters = code.iter().filter(|c| !c.is_ascii_digit()).count();
    let code: String = code.iter().map(|c| as_digit(*c)).collect();
    (letters <= 1 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
}

/// At most one of them misread: names end in letters that look like digits too.
fn canadian(code: &[char]) -> Option<String> {
    let is_misread = |(at, c): &(usize, &char)| (at % 2 == 0) == c.is_ascii_digit();
    if code.iter().enumerate().filter(is_misread).count() > 1 {
        return None;
    }
    let code: String = code
        .iter()
        .enumerate()
        .map(|(at, c)| if at % 2 == 0 { as_letter(*c) } else { as_digit(*c) })
        .collect();
    let fits = code
        .chars()
        .enumerate()
        .all(|(at, c)| if at % 2 == 0 { c.is_ascii_uppercase() } else { c.is_ascii_digit() });
    fits.then_some(code)
}

const fn as_digit(c: char) -> char {
    match c {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'B' => '8',
        'G' => '6',
        other => other,
    }
}

const fn as_letter(c: char) -> char {
    match c {
        '0' => 'O',
        '1' => 'I',
        '2' => 'Z',
        '5' => 'S',
        '8' => 'B',
        other => other,
    }
}

fn without_care_of(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    let prefix = CARE_OF.iter().find(|prefix| upper.starts_with(*prefix));
    let rest = prefix.and_then(|prefix| name.get(prefix.len()..)).map(str::trim);
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
}

/// `MARIA GARCIA APT 1204`, `MARIA GARCIA #1204`: the name, and the apartment behind it.
fn without_unit(text: &str) -> (String, Option<String>) {
    let whole = || (text.to_owned(), None);
    let Some(unit) = unit_on_label(text, false) else { return whole() };
    let is_start = |at: usize| text[..at].ends_with(' ') || text[at..].starts_with('#');
    let starts = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at > 0 && is_start(*at) && unit_on_label(&text[*at..], true).as_deref() == Some(&unit));
    let starts: Vec<usize> = starts.collect();
    let has_designator = |at: &&usize| plain(&text[**at..]).len() > unit.len();
    let Some(cut) = starts.iter().rev().find(has_designator).or(starts.last()).copied() else {
        return whole();
    };
    let name = text[..cut].trim();
    // What stands before a number alone may be the designator.
    let is_designator = unit_on_label(&format!("{name} 1"), true).as_deref() == Some("1");
    let is_name =
        !is_designator && name.chars().filter(|c| c.is_alphabetic()).count() >= STREET_LETTERS_LEAST;
    if is_name { (name.to_owned(), Some(text[cut..].to_owned())) } else { whole() }
}

fn is_company(name: &str) -> bool {
    name.to_uppercase().split(|c: char| !c.is_alphanumeric()).any(|word| COMPANY.contains(&word))
}
