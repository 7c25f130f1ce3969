//! An invented building and what senders print for its people.

use crate::chance::Chance;
use vestibule_intake::address::OwnAddress;
use vestibule_intake::printed::House;
use vestibule_intake::{Directory, Resident};

const GIVEN: &str = "Maria James Linda Robert Elena David Susan Ahmed Wei Priya Carlos Emma Noah Olivia Liam Sofia Yusuf Hana Ivan \
    Grace Peter Nadia Oscar Julia William Elizabeth Michael Jennifer Christopher Patricia Matthew Margaret Anthony Katherine \
    Daniel Barbara Andrew Deborah Joshua Rebecca Thomas Catherine Alexander Victoria Benjamin Samantha Nicholas Christine \
    Jonathan Stephanie Edward Theresa Frederick Josephine Gregory Angela Kenneth Pamela Ronald Sandra Timothy Cynthia \
    Fatima Omar Mei Hiroshi Yuki Arjun Ananya Diego Lucia Mateo Camila Santiago Valentina Pierre Amelie Lars Ingrid \
    Giulia Marco Chiara Dmitri Olga Aisha Kwame Zainab Tariq Leila Ravi Meera Sanjay Deepa";
const FAMILY: &str = "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson \
    Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young \
    Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter \
    Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers \
    Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez \
    Wood Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell \
    Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Fisher Vasquez Simmons Jordan Patterson Novak \
    Kowalski Schneider Fischer Weber Rossi Ferrari Dubois Laurent Petrov Ivanov Haddad Khan Chen Wang Zhang Tanaka Sato \
    Suzuki Okafor Mensah Andersson Johansson Larsen O'Brien O'Connor McCarthy";

const RESIDENTS: usize = 300;
const UNITS: usize = 180;
const NICKNAMES: &str = include_str!("../../../intake/data/nicknames.txt");

/// A building: residents, and the address that all labels for it bear.
pub struct Building {
    pub residents: Vec<Resident>,
    pub street: String,
    pub town: String,
}

fn words(text: &'static str) -> Vec<&'static str> {
    text.split_whitespace().collect()
}

impl Building {
    /// 300 residents of 180 units: households share a surname mostly; every thirtieth is a namesake of somebody in
    /// another unit.
    pub fn invented(chance: &mut Chance) -> Self {
        let (given, family) = (words(GIVEN), words(FAMILY));
        let units: Vec<String> = (0..UNITS).map(unit).collect();
        let mut residents: Vec<Resident> = Vec::new();
        while residents.len() < RESIDENTS {
            let unit = match residents.len() {
                at if at < UNITS => units[at].clone(),
                _ => units[chance.below(UNITS)].clone(),
            };
            let household = residents.iter().find(|known| known.unit == unit);
            let last = match household {
                Some(known) if chance.below(10) < 7 => known.last.clone(),
                _ => chance.of::<str>(&family).to_owned(),
            };
            let (first, last) = if residents.len() % 30 == 29 {
                let known = &residents[chance.below(residents.len())];
                (known.first.clone(), known.last.clone())
            } else {
                (chance.of::<str>(&given).to_owned(), last)
            };
            let is_known =
                |known: &Resident| known.first == first && known.last == last && known.unit == unit;
            if !residents.iter().any(is_known) {
                residents.push(Resident { first, last, unit, ..Resident::default() });
            }
        }
        let street = format!(
            "{} {}{} {}",
            100 + chance.below(8_900),
            chance.of::<str>(&["", "W ", "N ", "East "]),
            chance.of::<str>(&["Elm", "Maple", "Harrison", "Lincoln", "Mission", "Atlantic"]),
            chance.of::<str>(&["St", "Street", "Ave", "Blvd"])
        );
        let town = format!(
            "{} {}",
            chance.of::<str>(&["Springfield, IL", "New York NY", "Oakland, CA", "Austin TX", "Portland, OR"]),
            chance.digits(5)
        );
        Self { residents, street, town }
    }

    /// What it knows of itself.
    pub fn house(&self) -> House {
        let postal = self.town.split(' ').next_back().unwrap_or_default().to_owned();
        let address = OwnAddress { street: self.street.clone(), postal };
        House { addresses: vec![address], directory: Some(Directory::new(self.residents.clone())) }
    }
}

impl Building {
    /// Whether somebody who reads every letter and has the list can tell the apartment. Without an apartment on the label
    /// the name must not be as good for somebody of another one.
    pub fn can_tell(&self, sent: &Printed, resident: &Resident) -> bool {
        let name = sent.lines.first().map_or("", String::as_str);
        let fits = |known: &&Resident| how_it_fits(name, known).is_some();
        let best = self.residents.iter().filter_map(|known| how_it_fits(name, known)).min();
        let mut as_well = self.residents.iter().filter(fits).filter(|known| how_it_fits(name, known) == best);
        sent.has_unit || best.is_some() && as_well.all(|known| known.unit == resident.unit)
    }
}

/// How far a printed name is from somebody's own: word for word, by a nickname or an initial, by a typo. None: another name.
fn how_it_fits(name: &str, resident: &Resident) -> Option<u8> {
    let plain = |text: &str| text.to_lowercase().replace('\'', "");
    let name = plain(name);
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let long: Vec<&str> = words.iter().copied().filter(|word| word.len() > 1).collect();
    let words = if long.len() >= 2 { long } else { words };
    let (first, last) = (plain(&resident.first), plain(&resident.last));
    let [one, other] = words[..] else { return None };
    let both = |first_word: &str, last_word: &str| {
        Some(word_fits(first_word, &first)?.max(word_fits(last_word, &last)?))
    };
    [both(one, other), both(other, one)].into_iter().flatten().min()
}

fn word_fits(word: &str, own: &str) -> Option<u8> {
    let is_short = || {
        NICKNAMES.lines().any(|line| {
            let mut names = line.split([':', ' ']).filter(|name| !name.is_empty());
            names.next() == Some(own) && names.any(|short| short == word)
        })
    };
    if word == own {
        Some(0)
    } else if word.len() == 1 && own.starts_with(word) || is_short() {
        Some(1)
    } else if word.len() > 1 && is_a_typo(word.as_bytes(), own.as_bytes()) {
        Some(2)
    } else {
        None
    }
}

/// One letter too few, too many, another, or two swapped.
fn is_a_typo(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len().abs_diff(b.len()) {
        0 => a.len() <= 1 || a[1..] == b[1..] || a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..],
        1 if a.len() > b.len() => a[1..] == *b,
        1 => *a == b[1..],
        _ => false,
    }
}

/// Fifteen floors of twelve: 101 to 1512, and letters on the first two.
fn unit(at: usize) -> String {
    let (floor, door) = (at / 12 + 1, at % 12 + 1);
    if floor <= 2 {
        format!("{floor}{}", char::from(b'A' + u8::try_from(door - 1).expect("twelve doors")))
    } else {
        format!("{floor}{door:02}")
    }
}

/// How a sender writes a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variant {
    Exact,
    Swapped,
    Nickname,
    Initial,
    Typo,
    MiddleInitial,
}

/// What is printed for somebody: the name, the street and the apartment as the sender wrote them.
pub struct Printed {
    pub variant: Variant,
    pub has_unit: bool,
    pub lines: Vec<String>,
}

/// 55 % as in the directory, and five ways of being otherwise; no apartment in 12 %, eight ways of writing it.
pub fn printed(building: &Building, resident: &Resident, chance: &mut Chance) -> Printed {
    let variant = match chance.below(100) {
        0..55 => Variant::Exact,
        55..64 => Variant::Swapped,
        64..73 => Variant::Nickname,
        73..82 => Variant::Initial,
        82..91 => Variant::Typo,
        _ => Variant::MiddleInitial,
    };
    let name = name(resident, variant, chance);
    let has_unit = chance.below(100) >= 12;
    let (street, unit) = (&building.street, &resident.unit);
    let mut lines = vec![name];
    match (has_unit, chance.below(8)) {
        (false, _) => lines.push(street.clone()),
        (_, 0) => lines.push(format!("{street} Apt {unit}")),
        (_, 1) => lines.push(format!("{street} #{unit}")),
        (_, 2) => lines.push(format!("{street} Unit {unit}")),
        (_, 3) => lines.push(format!("{street}, Apt. {unit}")),
        (_, 4) => lines.extend([street.clone(), format!("Apt {unit}")]),
        (_, 5) => lines.extend([street.clone(), format!("Unit {unit}")]),
        (_, 6) => lines.extend([street.clone(), format!("# {unit}")]),
        (_, _) => lines.extend([street.clone(), format!("Apartment {unit}")]),
    }
    lines.push(building.town.clone());
    if chance.below(10) < 6 {
        lines.iter_mut().for_each(|line| *line = line.to_uppercase());
    }
    Printed { variant, has_unit, lines }
}

fn name(resident: &Resident, variant: Variant, chance: &mut Chance) -> String {
    let (first, last) = (resident.first.as_str(), resident.last.as_str());
    match variant {
        Variant::Exact => format!("{first} {last}"),
        Variant::Swapped => {
            format!("{last}{} {first}", chance.of::<str>(&["", ","]))
        }
        Variant::Nickname => match nickname(first, chance) {
            Some(short) => format!("{short} {last}"),
            None => format!("{first} {last}"),
        },
        Variant::Initial => format!("{}{} {last}", &first[..1], chance.of::<str>(&["", "."])),
        Variant::Typo => {
            if chance.below(2) == 0 {
                format!("{} {last}", typo(first, chance))
            } else {
                format!("{first} {}", typo(last, chance))
            }
        }
        Variant::MiddleInitial => {
            let letter = char::from(b'A' + u8::try_from(chance.below(26)).expect("a letter"));
            format!("{first} {letter}. {last}")
        }
    }
}

fn nickname(first: &str, chance: &mut Chance) -> Option<String> {
    let of_first = NICKNAMES.lines().filter_map(|line| {
        let mut names = line.split([':', ' ']);
        names.next().filter(|name| name.eq_ignore_ascii_case(first))?;
        Some(names.filter(|name| !name.is_empty()).collect::<Vec<_>>())
    });
    let all: Vec<&str> = of_first.flatten().collect();
    (!all.is_empty()).then(|| {
        let short = chance.of::<str>(&all);
        short[..1].to_uppercase() + &short[1..]
    })
}

/// One letter too few, swapped, doubled or another.
fn typo(word: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    let at = 1 + chance.below(letters.len() - 1);
    match chance.below(4) {
        0 => {
            letters.remove(at);
        }
        1 if at + 1 < letters.len() => letters.swap(at, at + 1),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = char::from(b'a' + u8::try_from(chance.below(26)).expect("a letter")),
    }
    letters.into_iter().collect()
}
