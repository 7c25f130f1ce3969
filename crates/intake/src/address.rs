//! Whether a label is for this property: its postal code and street against the property's own addresses.
//!
//! Owns the folding of streets (designators of USPS Publication 28 and their words) and of postal codes. A label that says
//! nothing of either, or a property that has not said where it stands, is never called wrong.

use crate::printed::edits;
use crate::symbol::Recipient;

/// Where one building stands, as people write it. Either part may be empty: it is then not compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnAddress {
    /// Street and house number.
    pub street: String,
    /// Postal code.
    pub postal: String,
}

impl OwnAddress {
    /// Nothing to compare with.
    pub fn is_empty(&self) -> bool {
        self.street.trim().is_empty() && self.postal.trim().is_empty()
    }
}

/// Whose door a label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// The address of that number among those given fits, and no other does.
    Here(usize),
    /// It fits several of them alike.
    HereSomewhere,
    /// Nothing to compare.
    Untold,
    /// Another street, house or postal code: none of them.
    Elsewhere,
}

/// Compares what a label says with the property's own addresses.
pub fn whereabouts(recipient: &Recipient, own: &[OwnAddress]) -> Whereabouts {
    let said = (
        recipient.postal.as_deref().map(postal).filter(|code| !code.is_empty()),
        recipient.street.as_deref().and_then(Street::of),
    );
    let verdicts: Vec<Option<bool>> = own.iter().map(|address| agrees(&said, address)).collect();
    let mut here = verdicts.iter().enumerate().filter(|(_, verdict)| **verdict == Some(true));
    match (here.next(), here.next()) {
        (Some((at, _)), None) => Whereabouts::Here(at),
        (Some(_), Some(_)) => Whereabouts::HereSomewhere,
        _ if !verdicts.is_empty() && verdicts.iter().all(|verdict| *verdict == Some(false)) => {
            Whereabouts::Elsewhere
        }
        _ => Whereabouts::Untold,
    }
}

/// None: nothing could be compared.
fn agrees(said: &(Option<String>, Option<Street>), own: &OwnAddress) -> Option<bool> {
    let own_postal = Some(postal(&own.postal)).filter(|code| !code.is_empty());
    let own_street = Street::of(&own.street);
    let postal = said.0.as_ref().zip(own_postal.as_ref()).map(|(said, own)| same_postal(said, own));
    let street = said.1.as_ref().zip(own_street.as_ref()).map(|(said, own)| said.agrees(own));
    match (postal, street) {
        (None, None) => None,
        (postal, street) => Some(postal.unwrap_or(true) && street.unwrap_or(true)),
    }
}

/// Whether print speaks of an address: of its street or its postal code, either of which a camera may have misread by a
/// letter and without its spaces. None: nothing could be compared. Less strict than [`whereabouts`]: this tells the blocks
/// of a label apart, not the houses of a street.
pub fn spoken_of(recipient: &Recipient, own: &OwnAddress) -> Option<bool> {
    let known = Some(postal(&own.postal)).filter(|code| !code.is_empty());
    let said = recipient.postal.as_deref().map(postal).filter(|code| !code.is_empty());
    let codes = said.zip(known);
    let same = codes.as_ref().map(|(said, known)| same_postal(said, known));
    let is_near = codes.as_ref().is_some_and(|(said, known)| is_one_off(said, known));
    let street = Street::of(&own.street).zip(recipient.street.as_deref());
    let house = street.as_ref().is_some_and(|(own, said)| own.has_house_of(&postal(said)));
    let street = street.and_then(|(own, said)| own.is_spoken_of(&postal(said)));
    match (same, street) {
        (None, None) => None,
        (Some(true), _) | (_, Some(true)) => Some(true),
        // A digit was misread, or it is the next town: the house number tells.
        _ if is_near => house.then_some(true),
        _ => Some(false),
    }
}

/// Whether a line of print is an address's own street, as far as a camera read it.
pub fn is_street_of(line: &str, own: &OwnAddress) -> bool {
    Street::of(&own.street).is_some_and(|street| street.is_spoken_of(&postal(line)) == Some(true))
}

/// Of two ZIPs one digit differs: the next town's, or misread.
fn is_one_off(said: &str, own: &str) -> bool {
    let pairs = || said.bytes().zip(own.bytes()).take(5);
    said.len() >= 5 && own.len() >= 5 && pairs().filter(|(said, own)| said != own).count() <= 1
}

fn postal(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// `10013` and `100130042` are one place: four more digits say which side of the street.
fn same_postal(said: &str, own: &str) -> bool {
    let is_zip = |code: &str| matches!(code.len(), 5 | 9) && code.bytes().all(|byte| byte.is_ascii_digit());
    if is_zip(said) && is_zip(own) { said[..5] == own[..5] } else { said == own }
}

/// Words of streets that people shorten: each first form stands for the others.
const WORDS: [&[&str]; 29] = [
    &["st", "street", "str"],
    &["ave", "avenue", "av"],
    &["blvd", "boulevard"],
    &["rd", "road"],
    &["dr", "drive"],
    &["ln", "lane"],
    &["ct", "court"],
    &["pl", "place"],
    &["sq", "square"],
    &["ter", "terrace"],
    &["pkwy", "parkway"],
    &["hwy", "highway"],
    &["cir", "circle"],
    &["aly", "alley"],
    &["trl", "trail"],
    &["plz", "plaza"],
    &["n", "north", "norte"],
    &["s", "south", "sur"],
    &["e", "east", "este"],
    &["w", "west", "oeste"],
    &["ne", "northeast"],
    &["nw", "northwest"],
    &["se", "southeast"],
    &["sw", "southwest"],
    &["mt", "mount"],
    &["ft", "fort"],
    &["first", "1st"],
    &["second", "2nd"],
    &["c", "calle", "cl"],
];

/// Shorter house numbers are compared as they are.
const HOUSE_LEAST: usize = 3;

/// What begins the part of a line that is the apartment's.
const APARTMENT: [&str; 11] =
    ["apt", "apartment", "apto", "unit", "ste", "suite", "rm", "room", "fl", "floor", "piso"];

/// A street in plain form.
#[derive(Debug, PartialEq, Eq)]
struct Street {
    house: String,
    words: Vec<String>,
}

impl Street {
    /// None: there is no house number, or no name; a post-office box is no street either.
    fn of(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let line = text.split(['#', ',']).next().unwrap_or_default();
        let plain = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let all: Vec<String> = line.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
        // A house number has a digit and begins with one: `12`, `12a`, but no `1st`.
        let is_ordinal = |word: &str| ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
        let is_house = |word: &&String| word.starts_with(|c: char| c.is_ascii_digit()) && !is_ordinal(word);
        let house_at = match all.first() {
            Some(first) if is_house(&first) => 0,
            _ => all.iter().position(|word| is_house(&word))?,
        };
        let house = all[house_at].clone();
        let words: Vec<String> = all
            .into_iter()
            .enumerate()
            .filter(|(at, _)| *at != house_at)
            .map(|(_, word)| word)
            .take_while(|word| !APARTMENT.contains(&word.as_str()))
            .map(|word| shortened(&word))
            .collect();
        let is_box = words.iter().any(|word| word == "box" || word == "pobox");
        (!words.is_empty() && !is_box).then_some(Self { house, words })
    }

    /// What tells it from others: all but directions and words such as `street`.
    fn telling(&self) -> Vec<String> {
        let said: Vec<String> = self.words.iter().filter(|word| !is_common(word)).cloned().collect();
        if said.is_empty() { self.words.clone() } else { said }
    }

    /// Capital letters and digits in a row begin with the house number and have the telling words in them; a camera may have
    /// lost or changed one letter of a long word. None: no telling word has such letters, and nothing can be compared.
    fn is_spoken_of(&self, plain: &str) -> Option<bool> {
        let telling: Vec<String> =
            self.telling().iter().map(|word| postal(word)).filter(|word| !word.is_empty()).collect();
        let has = |word: &String| {
            let slips = usize::from(word.len() >= 5);
            let part = |from: usize, length: usize| plain.get(from..from + length);
            let parts = (0..plain.len())
                .flat_map(|from| (word.len() - slips..=word.len() + slips).map(move |length| (from, length)));
            let wanted: Vec<char> = word.chars().map(look).collect();
            parts.filter_map(|(from, length)| part(from, length)).any(|part| {
                let part: Vec<char> = part.chars().map(look).collect();
                edits(&part, &wanted) <= slips
            })
        };
        (!telling.is_empty()).then(|| self.has_house_of(plain) && telling.iter().all(has))
    }

    fn has_house_of(&self, plain: &str) -> bool {
        let house: Vec<char> = postal(&self.house).chars().map(look).collect();
        let said: Vec<char> = plain.chars().take(house.len()).map(look).collect();
        edits(&said, &house) <= usize::from(house.len() >= HOUSE_LEAST)
    }

    /// One house number, and names that share what tells a street from others: a direction or `street` may be missing.
    fn agrees(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.telling(), other.telling());
        let (shorter, longer) = if mine.len() <= theirs.len() { (&mine, &theirs) } else { (&theirs, &mine) };
        self.house == other.house && shorter.iter().all(|word| longer.iter().any(|known| alike(word, known)))
    }
}

/// Letters that cameras take for digits count as those.
const fn look(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'G' => '6',
        'B' => '8',
        other => other,
    }
}

fn shortened(word: &str) -> String {
    let known = WORDS.iter().find(|forms| forms.contains(&word));
    known.map_or_else(|| word.to_owned(), |forms| forms[0].to_owned())
}

/// One of the list: alone it names no street.
fn is_common(word: &str) -> bool {
    WORDS.iter().any(|forms| forms[0] == word) && !["first", "second"].contains(&word)
}

/// The same, or one letter off in a word long enough for that to be a slip.
fn alike(word: &str, known: &str) -> bool {
    if word == known {
        return true;
    }
    let (short, long) = if word.len() <= known.len() { (word, known) } else { (known, word) };
    if short.len() < 5 || long.len() - short.len() > 1 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let same_start = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    let same_end = short.bytes().rev().zip(long.bytes().rev()).take_while(|(a, b)| a == b).count();
    same_start + same_end + 1 >= long.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Vec<OwnAddress> {
        let address =
            |street: &str, postal: &str| OwnAddress { street: street.into(), postal: postal.into() };
        vec![address("5 Lake Street", "10013"), address("7 Lake Street", "10013")]
    }

    fn of(street: Option<&str>, postal: Option<&str>) -> Whereabouts {
        let recipient = Recipient {
            street: street.map(str::to_owned),
            postal: postal.map(str::to_owned),
            ..Recipient::default()
        };
        whereabouts(&recipient, &own())
    }

    #[test]
    fn a_street_without_letters_of_these_is_compared_with_nothing() {
        let own = |street: &str| OwnAddress { street: street.into(), postal: String::new() };
        let said = |street: &str| Recipient { street: Some(street.into()), ..Recipient::default() };
        assert_eq!(spoken_of(&said("12 ELM STREET"), &own("12 Ленина")), None);
        assert_eq!(spoken_of(&said("12 ELM STREET"), &own("12 Elm Street")), Some(true));
        assert_eq!(spoken_of(&said("12 OAK STREET"), &own("12 Elm Street")), Some(false));
    }

    #[test]
    fn the_own_address_is_known_in_every_spelling() {
        for street in [
            "5 Lake Street",
            "5 LAKE ST APT 3B",
            "5 Lake St. #3B",
            "5 W LAKE ST",
            "Lake Street 5",
            "5 LAKE",
            "5 Lake Str, Unit 4",
        ] {
            assert_eq!(of(Some(street), Some("100130042")), Whereabouts::Here(0), "{street}");
        }
        assert_eq!(of(Some("7 LAKE ST"), None), Whereabouts::Here(1));
        assert_eq!(of(None, Some("10013")), Whereabouts::HereSomewhere, "a postal code is both houses'");
    }

    #[test]
    fn another_street_house_or_postal_code_is_elsewhere() {
        for (street, postal) in [
            (Some("12 Main St"), Some("10001")),
            (Some("12 Main St"), Some("10013")),
            (Some("9 Lake Street"), Some("10013")),
            (Some("5 Lake Street"), Some("90210")),
            (Some("5 Leaf Street"), None),
            (None, Some("10001")),
            (None, Some("100010042")),
        ] {
            assert_eq!(of(street, postal), Whereabouts::Elsewhere, "{street:?} {postal:?}");
        }
    }

    #[test]
    fn nothing_to_compare_is_never_wrong() {
        for street in ["PO BOX 77", "", "LOBBY", "C/O GARCIA", "12"] {
            assert_eq!(of(Some(street), None), Whereabouts::Untold, "{street:?}");
        }
        assert_eq!(of(None, None), Whereabouts::Untold);
        let label = Recipient { postal: Some("10001".into()), ..Recipient::default() };
        assert_eq!(whereabouts(&label, &[]), Whereabouts::Untold);
        assert_eq!(whereabouts(&label, &[OwnAddress::default()]), Whereabouts::Untold);
        let mixed = [OwnAddress { postal: "10013".into(), ..OwnAddress::default() }, OwnAddress::default()];
        assert_eq!(whereabouts(&label, &mixed), Whereabouts::Untold, "one building has not said where it is");
    }

    #[test]
    fn numbered_streets_are_told_from_houses_and_from_each_other() {
        let own = [OwnAddress { street: "210 W 1st Ave".into(), postal: String::new() }];
        let said = |street: &str| {
            let label = Recipient { street: Some(street.into()), ..Recipient::default() };
            whereabouts(&label, &own)
        };
        assert_eq!(said("210 West First Avenue"), Whereabouts::Here(0));
        assert_eq!(said("210 W 2nd Ave"), Whereabouts::Elsewhere);
        assert_eq!(said("1st Ave 210"), Whereabouts::Here(0));
    }

    #[test]
    fn codes_of_other_countries_are_compared_as_they_are() {
        let own = [OwnAddress { street: String::new(), postal: "K1A 0B1".into() }];
        let said = |postal: &str| {
            whereabouts(&Recipient { postal: Some(postal.into()), ..Recipient::default() }, &own)
        };
        assert_eq!(said("k1a0b1"), Whereabouts::Here(0));
        assert_eq!(said("K1A0B2"), Whereabouts::Elsewhere);
    }
}
