use super::*;
use crate::directory::sample::{person, put, put_people, tables, unit as unit_row};
use crate::rows::Row;
use proptest::prelude::*;
use vestibule_core::Timestamp;

fn building() -> Connection {
    let conn = tables();
    put(
        &conn,
        [
            unit_row(1, "North", "12B", "1202"),
            unit_row(2, "South", "12-B", "91202"),
            unit_row(3, "North", "PH-1", "9001"),
            unit_row(4, "North", "1202", "81202"),
        ],
    );
    let mut hidden = person(5, 3, ("Greta", "Alvarado"));
    hidden.hidden = true;
    let mut reach = person(4, 3, ("Wen", "Li"));
    reach.reach = true;
    put_people(
        &conn,
        [
            person(1, 1, ("María", "Álvarez")),
            person(2, 1, ("José", "García Márquez")),
            person(3, 2, ("Ann", "O'Neil")),
            reach,
            hidden,
            person(6, 4, ("Paul", "Alvarez")),
        ],
    );
    put(&conn, [Row::PersonLeft { person: PersonId(6), at: Timestamp(5) }]);
    conn
}

fn labels(found: &Found<UnitTile>) -> Vec<String> {
    found.tiles.iter().map(|tile| format!("{} {}", tile.building, tile.label)).collect()
}

fn find_units(conn: &Connection, text: &str) -> Vec<String> {
    labels(&units(conn, &UnitText::new(text).unwrap()).unwrap())
}

fn find_names(conn: &Connection, text: &str) -> Vec<String> {
    let found = people(conn, &NameText::new(text).unwrap()).unwrap();
    found.tiles.into_iter().map(|tile| format!("{} {}", tile.name, tile.at.label)).collect()
}

#[test]
fn apartments_are_found_by_label_in_any_spelling_and_by_keypad_number() {
    let conn = building();
    assert_eq!(find_units(&conn, "apt 12-b"), ["North 12B", "South 12-B"], "two buildings share it");
    assert_eq!(find_units(&conn, "9001"), ["North PH-1"]);
    assert_eq!(find_units(&conn, "ph1"), ["North PH-1"]);
    assert_eq!(find_units(&conn, "1202"), ["North 1202", "North 12B"], "one's label is the other's number");
    assert!(find_units(&conn, "12").is_empty(), "no prefixes");
}

#[test]
fn people_are_found_by_surname_and_shown_masked() {
    let conn = building();
    assert_eq!(find_names(&conn, "alvarez"), ["M. Álvarez 12B"]);
    assert_eq!(find_names(&conn, "Alv"), ["M. Álvarez 12B"], "three letters do");
    assert_eq!(find_names(&conn, "Maria Alvarez"), ["M. Álvarez 12B"]);
    assert_eq!(find_names(&conn, "ALVAREZ, MARIA"), ["M. Álvarez 12B"]);
    assert_eq!(find_names(&conn, "Ulla Alvarez"), Vec::<String>::new());
    assert_eq!(find_names(&conn, "marquez"), ["J. García Márquez 12B"], "any word of the surname");
    assert_eq!(find_names(&conn, "Garcia Marquez"), ["J. García Márquez 12B"]);
    assert_eq!(find_names(&conn, "oneil"), ["A. O'Neil 12-B"]);
    assert_eq!(find_names(&conn, "LI"), ["W. Li PH-1"], "a short surname typed whole");
    assert!(find_names(&conn, "al").is_empty());
    assert!(NameText::new("al").unwrap().is_short());
    assert!(find_names(&conn, "maria").is_empty(), "given names are no key");
    assert!(find_names(&conn, "alvarado").is_empty(), "a hidden person is not found by name");
}

#[test]
fn a_name_spelt_nearly_so_is_found_and_a_given_name_alone_is_not() {
    let conn = building();
    for typed in ["Alvares", "Alvaerz", "Mary Alvares", "ALVARES MARIA", "Jose Garcia Marques"] {
        assert_eq!(find_names(&conn, typed).len(), 1, "{typed}");
    }
    assert_eq!(find_names(&conn, "Ann Oneill"), ["A. O'Neil 12-B"]);
    for typed in ["mariah", "jose", "Ulla Alvares", "Greta Alvarada", "Paul Alvaresz", "xyz"] {
        assert_eq!(find_names(&conn, typed), Vec::<String>::new(), "{typed}");
    }
}

#[test]
fn wildcards_punctuation_and_nothing_are_not_looked_up() {
    for text in ["", "   "] {
        assert_eq!(UnitText::new(text), Err(NotSearched::Empty));
        assert_eq!(NameText::new(text), Err(NotSearched::Empty));
    }
    for text in ["%", "_", "*", "12%", "---", "...", "' OR 1=1", "\"", ";", "12B\0", "#"] {
        assert_eq!(UnitText::new(text), Err(NotSearched::Character), "{text}");
    }
    for text in ["%%%", "___", "***", "alv%", "---", "...", ",,,", "'", "12B", "a;b", "alv\0", ", Ana"] {
        assert_eq!(NameText::new(text), Err(NotSearched::Character), "{text}");
    }
    assert_eq!(NameText::new(&"a".repeat(41)), Err(NotSearched::TooLong));
}

#[test]
fn a_household_shows_who_is_not_hidden_and_still_lives_there() {
    let conn = building();
    let names = |unit: u32| -> Vec<String> {
        household(&conn, UnitId(unit)).unwrap().tiles.into_iter().map(|tile| tile.name).collect()
    };
    assert_eq!(names(1), ["M. Álvarez", "J. García Márquez"]);
    assert_eq!(names(3), ["W. Li"]);
    assert!(names(4).is_empty());
    assert_eq!(unit(&conn, UnitId(3)).unwrap().unwrap().label, "PH-1");
    assert_eq!(unit(&conn, UnitId(99)).unwrap(), None);
}

#[test]
fn reach_is_the_addressees_or_anybodys() {
    let conn = building();
    assert!(reach(&conn, UnitId(3), None).unwrap());
    assert!(reach(&conn, UnitId(3), Some(PersonId(4))).unwrap());
    assert!(!reach(&conn, UnitId(3), Some(PersonId(5))).unwrap());
    assert!(!reach(&conn, UnitId(1), None).unwrap());
}

#[test]
fn never_more_than_six() {
    let conn = tables();
    put(&conn, (1..=9).map(|n| unit_row(n, &format!("House {n}"), "1", &format!("{n}001"))));
    put_people(&conn, (1..=9).map(|n| person(n, 1, ("Zoe", "Smith"))));
    let (by_label, by_name) = (UnitText::new("1").unwrap(), NameText::new("smith").unwrap());
    let found = units(&conn, &by_label).unwrap();
    assert_eq!((found.tiles.len(), found.more), (MOST, true));
    let found = people(&conn, &by_name).unwrap();
    assert_eq!((found.tiles.len(), found.more), (MOST, true));
    let found = household(&conn, UnitId(1)).unwrap();
    assert_eq!((found.tiles.len(), found.more), (MOST, true));
}

fn names() -> impl Strategy<Value = Vec<(String, String, bool)>> {
    // Given and family names share no letter, so that one showing up is never an accident.
    proptest::collection::vec(("[A-M][a-m]{2,8}", "[N-Z][n-z]{1,8}( [N-Z][n-z]{1,6})?", any::<bool>()), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_answer_contains_a_given_name_an_address_or_a_phone(people_here in names(), typed in "[\\PC]{0,12}") {
        let conn = tables();
        put(&conn, [unit_row(1, "", "1", "1"), unit_row(2, "", "2", "2")]);
        put_people(&conn, people_here.iter().enumerate().map(|(at, (first, last, hidden))| {
            let mut row = person(at as u32 + 1, at as u32 % 2 + 1, (first, last));
            row.hidden = *hidden;
            row
        }));
        let mut said = String::new();
        let surnames = people_here.iter().flat_map(|(first, last, _)| [first.clone(), last.clone(), last[..2].to_owned()]);
        for text in surnames.chain([typed]) {
            if let Ok(text) = NameText::new(&text) {
                let found = people(&conn, &text).unwrap();
                prop_assert!(found.tiles.len() <= MOST);
                said += &format!("{found:?}");
            }
            if let Ok(text) = UnitText::new(&text) {
                said += &format!("{:?}", units(&conn, &text).unwrap());
            }
        }
        said += &format!("{:?}{:?}", household(&conn, UnitId(1)).unwrap(), household(&conn, UnitId(2)).unwrap());
        // Field names of the answers are letters too.
        for word in ["Found", "tiles", "PersonTile", "person", "PersonId", "name", "at", "UnitTile", "unit", "UnitId", "building", "label", "more", "false", "true"] {
            said = said.replace(word, "");
        }
        prop_assert!(!said.contains('@') && !said.contains("555010"));
        for (first, last, hidden) in &people_here {
            prop_assert!(!said.contains(first.as_str()), "{} in {}", first, said);
            let seen = people_here.iter().any(|(_, other, hidden)| !hidden && other.contains(last.as_str()));
            prop_assert!(!hidden || seen || !said.contains(&format!(". {last}")), "{}", last);
        }
    }
}
