//! The forty homes of a property and who lives in them. Every name is invented.

use super::building::{GARDEN_HOUSE, NORTH_HOUSE};
use super::plan::{Building, LINDEN_HOUSE};
use vestibule_core::directory::Sharing;

/// A home.
pub struct Home {
    pub building: &'static str,
    pub label: String,
    /// Typed at the keypad.
    pub keypad: String,
    pub people: Vec<Resident>,
}

/// Somebody who lives there.
#[derive(Clone)]
pub struct Resident {
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub language: &'static str,
    pub way: Way,
    pub reach: bool,
    pub hidden: bool,
    pub sharing: Option<Sharing>,
}

/// How somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Mail,
    MailAndPhone,
    /// No phone, no mail: a printed card.
    Card,
}

const ENGLISH: [(&str, &str); 36] = [
    ("Nora", "Whitfield"),
    ("Daniel", "Reed"),
    ("Priya", "Raman"),
    ("Oscar", "Lindqvist"),
    ("Hazel", "Monroe"),
    ("Ethan", "Carver"),
    ("Amara", "Diallo"),
    ("Felix", "Brandt"),
    ("Joan", "Pickering"),
    ("Samir", "Haddad"),
    ("Clara", "Nwosu"),
    ("Peter", "Halloran"),
    ("Yuki", "Tanabe"),
    ("Ruth", "Abramson"),
    ("Leo", "Marchetti"),
    ("Ingrid", "Solberg"),
    ("Theo", "Baptiste"),
    ("Mabel", "Stone"),
    ("Arjun", "Mehta"),
    ("Cora", "Dunleavy"),
    ("Viktor", "Hrabal"),
    ("Edith", "Langley"),
    ("Omar", "Farouk"),
    ("Fiona", "MacLeod"),
    ("Hugo", "Verhoeven"),
    ("Selma", "Aydin"),
    ("Dean", "Prescott"),
    ("Lila", "Osei"),
    ("Marcus", "Thorne"),
    ("Anya", "Petrova"),
    ("Gwen", "Ashdown"),
    ("Ravi", "Nair"),
    ("Tess", "Calloway"),
    ("Emil", "Novotny"),
    ("Joy", "Kamau"),
    ("Alan", "Fairley"),
];
const SPANISH: [(&str, &str); 14] = [
    ("Lucía", "Herrera"),
    ("Mateo", "Quintana"),
    ("Carmen", "Ibáñez"),
    ("Julián", "Robles"),
    ("Paula", "Cisneros"),
    ("Tomás", "Arriaga"),
    ("Elena", "Montoya"),
    ("Andrés", "Villalba"),
    ("Rocío", "Salcedo"),
    ("Diego", "Pizarro"),
    ("Marina", "Olmedo"),
    ("Iván", "Carrasco"),
    ("Alba", "Requena"),
    ("Nicolás", "Zamora"),
];

/// All of them, in the order of their numbers.
pub fn homes(building: Building) -> Vec<Home> {
    let mut homes = of_the_court();
    if building == Building::Room {
        homes.iter_mut().for_each(|home| home.building = LINDEN_HOUSE);
    }
    homes
}

fn of_the_court() -> Vec<Home> {
    let mut names = Names::default();
    let mut homes = Vec::new();
    for floor in 10..=13 {
        for (letter, number) in ["A", "B", "C", "D"].into_iter().zip(1..) {
            homes.push((NORTH_HOUSE, format!("{floor}{letter}"), format!("{floor}0{number}")));
        }
    }
    homes.push((NORTH_HOUSE, "PH-1".to_owned(), "9001".to_owned()));
    homes.push((NORTH_HOUSE, "PH-2".to_owned(), "9002".to_owned()));
    for floor in 1..=4 {
        let most = if floor == 4 { 4 } else { 6 };
        homes.extend(
            (1..=most).map(|number| (GARDEN_HOUSE, format!("{floor}0{number}"), format!("{floor}0{number}"))),
        );
    }
    let with_people = homes.into_iter().zip(0..).map(|((building, label, keypad), at)| {
        let people = people(&label, at, &mut names);
        Home { building, label, keypad, people }
    });
    with_people.collect()
}

#[derive(Default)]
struct Names {
    english: usize,
    spanish: usize,
}

impl Names {
    fn next(&mut self, spanish: bool) -> Resident {
        let (list, at, language) = if spanish {
            (&SPANISH[..], &mut self.spanish, "es")
        } else {
            (&ENGLISH[..], &mut self.english, "en")
        };
        let (first_name, last_name) = list[*at % list.len()];
        *at += 1;
        resident(first_name, last_name, language)
    }
}

fn resident(first_name: &'static str, last_name: &'static str, language: &'static str) -> Resident {
    Resident { first_name, last_name, language, way: Way::Mail, reach: false, hidden: false, sharing: None }
}

fn people(label: &str, at: usize, names: &mut Names) -> Vec<Resident> {
    match label {
        "10C" => vec![Resident { way: Way::Card, ..resident("Walter", "Hughes", "en") }],
        "12B" => vec![
            Resident { way: Way::MailAndPhone, ..resident("Marta", "Álvarez", "es") },
            resident("Daniel", "Okoro", "en"),
        ],
        "PH-1" => {
            let private = Some(Sharing::Private);
            vec![
                Resident { sharing: private, ..resident("Inés", "Ferrer", "es") },
                Resident { sharing: private, ..resident("Tom", "Becker", "en") },
            ]
        }
        "201" => vec![Resident { reach: true, way: Way::MailAndPhone, ..resident("Grace", "Okafor", "en") }],
        "304" => vec![Resident { hidden: true, ..resident("Lena", "Novak", "en") }],
        _ => {
            let mut people = vec![names.next(at % 4 == 1)];
            if at.is_multiple_of(3) {
                people.push(names.next(at % 2 == 1));
            }
            people[0].way = if at.is_multiple_of(2) { Way::MailAndPhone } else { Way::Mail };
            people
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn forty_homes_with_numbers_of_their_own() {
        let homes = homes(Building::Room);
        assert_eq!(homes.len(), 40);
        assert_eq!(homes.iter().map(|home| &home.keypad).collect::<BTreeSet<_>>().len(), 40);
        let keypad =
            |label: &str| homes.iter().find(|home| home.label == label).map(|home| home.keypad.clone());
        assert_eq!((keypad("12B"), keypad("PH-1")), (Some("1202".into()), Some("9001".into())));
        let everybody: Vec<_> = homes.iter().flat_map(|home| &home.people).collect();
        let of = |way| everybody.iter().filter(|person| person.way == way).count();
        assert_eq!(of(Way::Card), 1);
        assert!(everybody.iter().filter(|person| person.language == "es").count() >= 8);
        let names: BTreeSet<_> =
            everybody.iter().map(|person| (person.first_name, person.last_name)).collect();
        assert_eq!(names.len(), everybody.len(), "nobody lives there twice");
    }
}
