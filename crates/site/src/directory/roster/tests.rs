use super::*;
use crate::directory::sample::{person as row, put, put_people, tables, unit as unit_row};
use crate::rows::Row;

fn building() -> Connection {
    let conn = tables();
    put(&conn, [unit_row(1, "A", "10", "10"), unit_row(2, "A", "2", "2"), unit_row(3, "A", "2B", "202")]);
    let mut mute = row(3, 2, ("Bo", "Ek"));
    mute.email = None;
    let mut silent = row(4, 2, ("Cy", "Ek"));
    (silent.email, silent.phone) = (None, None);
    put_people(&conn, [row(1, 1, ("María", "Álvarez")), row(2, 1, ("José", "García Márquez")), mute, silent]);
    put(
        &conn,
        [
            Row::ParcelLabel {
                parcel: ParcelId(7),
                tracking: Some("1Z 999-AA1".to_owned()),
                addressed_to: Some("M ALVAREZ".to_owned()),
            },
            Row::ParcelLabel {
                parcel: ParcelId(8),
                tracking: None,
                addressed_to: Some("Somebody".to_owned()),
            },
        ],
    );
    conn
}

fn numbers(people: &[PersonDetails]) -> Vec<u32> {
    people.iter().map(|person| person.person.0).collect()
}

#[test]
fn doors_are_listed_as_people_count() {
    let lines = units(&building()).unwrap();
    let labels: Vec<&str> = lines.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(labels, ["2", "2B", "10"]);
    let names: Vec<&str> = lines[2].people.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["María Álvarez", "José García Márquez"]);
}

#[test]
fn a_notice_finds_address_language_apartment_and_keypad_number() {
    let conn = building();
    let details = person(&conn, PersonId(1)).unwrap().unwrap();
    assert_eq!(details.working_email(), Some("p1@example.com"));
    assert_eq!(
        (details.full_name().as_str(), details.label.as_str(), details.keypad.as_str()),
        ("María Álvarez", "10", "10")
    );
    put(&conn, [Row::BadAddress { person: PersonId(1), bad: true }]);
    assert_eq!(person(&conn, PersonId(1)).unwrap().unwrap().working_email(), None);
    assert!(person(&conn, PersonId(99)).unwrap().is_none());
}

#[test]
fn people_without_a_channel_are_known() {
    let conn = building();
    put(&conn, [Row::BadAddress { person: PersonId(1), bad: true }]);
    assert_eq!(numbers(&without_channel(&conn, false).unwrap()), [1, 3, 4]);
    assert_eq!(numbers(&without_channel(&conn, true).unwrap()), [4]);
    put(&conn, [Row::PersonLeft { person: PersonId(4), at: Timestamp(9) }]);
    assert!(without_channel(&conn, true).unwrap().is_empty());
    assert_eq!(numbers(&former(&conn, UnitId(2)).unwrap()), [4]);
}

#[test]
fn staff_find_people_units_and_parcels_in_one_field() {
    let conn = building();
    let people = |text: &str| numbers(&search(&conn, text).unwrap().people);
    assert_eq!(people("maria alv"), [1]);
    assert_eq!(people("marquez jose"), [2]);
    assert_eq!(people("P1@example.com"), [1]);
    assert_eq!(people("%"), Vec::<u32>::new());
    assert_eq!(people(""), Vec::<u32>::new());
    let found = search(&conn, "apt 2").unwrap().units;
    assert_eq!(found.iter().map(|line| line.label.as_str()).collect::<Vec<_>>(), ["2", "2B"]);
    let parcels = |text: &str| -> Vec<u64> {
        search(&conn, text).unwrap().parcels.iter().map(|l| l.parcel.0).collect()
    };
    assert_eq!(parcels("999aa"), [7]);
    assert_eq!(parcels("some"), [8]);
    assert_eq!(parcels("aa1"), Vec::<u64>::new(), "too short a fragment");
}
