use super::reading::Reading;
use super::record::{self, Intake};
use super::scoreboard::{board, week_of};
use super::{Flag, retention};
use crate::directory::sample::{person, put, put_people, tables, unit};
use crate::directory::settings::{BuildingAddress, set_addresses};
use crate::rows::{PersonRow, Row};
use rusqlite::Connection;
use vestibule_core::time::Zone;
use vestibule_core::{Answer, CarrierId, OpeningId, ParcelId, PersonId, Span, Timestamp, UnitId};
use vestibule_intake::evidence::Confirmed;
use vestibule_intake::{Decision, symbol};

const NOON: Timestamp = Timestamp(1_795_438_800_000);

/// A FedEx label for a name at a street, with a second line.
fn fedex(name: &str, street: &str, second: &str) -> String {
    format!(
        "[)>\u{1e}01\u{1d}0210013\u{1d}840\u{1d}019\u{1d}1234567890120201\u{1d}FDE\u{1d}1\u{1d}326\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}{street}\u{1d}NEW YORK\u{1d}NY\u{1d}{name}\u{1e}06\u{1d}10ZGH006\u{1d}14Z{second}\u{1e}\u{4}"
    )
}

fn building() -> Connection {
    let conn = tables();
    put(
        &conn,
        [
            unit(1, "", "1204", "1204"),
            unit(2, "", "12B", "1202"),
            unit(3, "", "12", "12"),
            unit(4, "", "304", "304"),
            unit(5, "", "401", "401"),
        ],
    );
    put_people(
        &conn,
        [
            person(1, 1, ("Maria", "García")),
            person(2, 2, ("Marta", "Álvarez")),
            person(3, 2, ("Jorge", "Álvarez")),
            person(4, 3, ("Peter", "Novak")),
            PersonRow { hidden: true, ..person(5, 4, ("Lena", "Secret")) },
            person(6, 5, ("Tom", "Leaver")),
            person(7, 1, ("Ana", "Quintana")),
        ],
    );
    put(&conn, [Row::PersonLeft { person: PersonId(6), at: NOON }]);
    conn
}

fn read(conn: &Connection, scan: &str) -> Reading {
    let mut reading = Reading::default();
    reading.read(scan, &symbol::read(scan).unwrap());
    reading.look(conn).unwrap();
    reading
}

/// Decision, and the unit and person of the first.
fn told(conn: &Connection, name: &str, second: &str) -> (Decision, Option<(u32, Option<u32>)>) {
    let guess = read(conn, &fedex(name, "5 Lake Street", second)).guess.unwrap();
    let first = guess.offered.first().map(|o| (o.unit.0, o.person.map(|person| person.0)));
    (guess.decision, first)
}

fn confirm(conn: &Connection, scan: &str, parcel: u64, (unit, person): (Option<u32>, Option<u32>)) {
    let reading = read(conn, scan);
    let (unit, person) = (unit.map(UnitId), person.map(PersonId));
    let confirmed = if unit.is_some() { Confirmed::Offered } else { Confirmed::Unknown };
    let learned = record::learned(conn, reading.name.as_deref(), (unit, person), confirmed).unwrap();
    let intake = Intake { reading, unit, person, confirmed, learned, at: NOON, desk: false };
    let answer = Answer::Parcel { parcel: ParcelId(parcel), place: None, opening: None };
    put(conn, intake.rows(&answer));
}

fn aliases(conn: &Connection) -> Vec<(u32, u32, String, u32)> {
    let mut query = conn
        .prepare("SELECT tenancy, person, folded, times FROM alias ORDER BY tenancy, person, folded")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn a_label_fills_in_its_recipient_and_apartment() {
    let conn = building();
    assert_eq!(told(&conn, "MARIA GARCIA", "APT 1204"), (Decision::Auto, Some((1, Some(1)))));
    assert_eq!(
        told(&conn, "ALVAREZ", "APT 12B"),
        (Decision::Auto, Some((2, None))),
        "a tie is the household"
    );
    assert_eq!(told(&conn, "NOBODY KNOWN", "APT 12B").0, Decision::Ask);
    assert_eq!(told(&conn, "NOBODY KNOWN", "."), (Decision::None, None));
}

#[test]
fn who_is_hidden_is_found_behind_their_own_apartment_alone() {
    let conn = building();
    assert_eq!(
        told(&conn, "LENA SECRET", "."),
        (Decision::None, None),
        "a label is no way to ask where they live"
    );
    assert_eq!(told(&conn, "LENA SECRET", "APT 1204").1.map(|(unit, _)| unit), Some(1));
    assert_eq!(told(&conn, "LENA SECRET", "APT 304"), (Decision::Auto, Some((4, Some(5)))));
}

#[test]
fn what_must_be_seen_is_flagged() {
    let conn = building();
    let flags = |name: &str, second: &str| {
        read(&conn, &fedex(name, "5 Lake Street", second)).guess.map(|guess| guess.flags).unwrap()
    };
    assert!(flags("TOM LEAVER", "APT 401").contains(&Flag::MovedOut));
    assert_eq!(told(&conn, "TOM LEAVER", "APT 401").1, None, "their apartment is somebody else's now");
    assert_eq!(flags("P N", "APT 12"), [Flag::LooksLike(vec!["12B".into()])]);
    assert_eq!(flags("PETER NOVAK", "APT 12"), [], "a name and an apartment that agree need no warning");
    assert!(flags("MARIA GARCIA", "APT 99").contains(&Flag::NoSuchUnit));
}

#[test]
fn a_label_for_another_house_is_told_in_the_words_of_both() {
    let conn = building();
    let scan = fedex("MARIA GARCIA", "12 Main St", "APT 1204");
    assert_eq!(read(&conn, &scan).elsewhere, None, "the property has not said where it stands");
    let lake =
        BuildingAddress { street: "5 Lake Street".into(), postal: "10013".into(), ..Default::default() };
    put(&conn, [set_addresses(&[lake]).unwrap()]);
    let reading = read(&conn, &scan);
    assert!(reading.asks_whether_here());
    let elsewhere = reading.elsewhere.unwrap();
    assert_eq!((elsewhere.said.as_str(), elsewhere.here.as_str()), ("10013 12 Main St", "5 Lake Street"));
    assert!(!read(&conn, &fedex("MARIA GARCIA", "5 LAKE ST", "APT 1204")).asks_whether_here());
}

#[test]
fn two_buildings_with_one_label_are_told_apart_by_the_street() {
    let conn = tables();
    put(&conn, [unit(1, "North", "101", "1"), unit(2, "South", "101", "2")]);
    put_people(&conn, [person(1, 1, ("Ann", "Costa")), person(2, 2, ("Ann", "Costa"))]);
    assert_eq!(told(&conn, "ANN COSTA", "APT 101").0, Decision::Ask);
    let address = |building: &str, street: &str| BuildingAddress {
        building: building.into(),
        street: street.into(),
        postal: String::new(),
    };
    put(
        &conn,
        [set_addresses(&[address("North", "3 Lake Street"), address("South", "5 Lake Street")]).unwrap()],
    );
    assert_eq!(told(&conn, "ANN COSTA", "APT 101"), (Decision::Auto, Some((2, Some(2)))));
}

#[test]
fn a_confirmed_name_is_found_next_time_and_counted() {
    let conn = building();
    let scan = fedex("SUNNY BAKERY", "5 Lake Street", ".");
    assert_eq!(told(&conn, "SUNNY BAKERY", "."), (Decision::None, None));
    confirm(&conn, &scan, 1, (Some(1), None));
    assert_eq!(aliases(&conn), [(1, 0, "sunny bakery".into(), 1)]);
    assert_eq!(told(&conn, "SUNNY BAKERY", "."), (Decision::Auto, Some((1, None))));
    confirm(&conn, &scan, 2, (Some(1), None));
    assert_eq!(aliases(&conn), [(1, 0, "sunny bakery".into(), 2)]);
    confirm(&conn, &fedex("M GARCIA LOPEZ-SANZ", "5 Lake Street", "APT 1204"), 3, (Some(1), Some(1)));
    assert_eq!(aliases(&conn).last().map(|alias| alias.1), Some(1), "of that person alone");
}

#[test]
fn nothing_is_learned_where_nobody_was_known_or_somebody_else_is_called_so() {
    let conn = building();
    confirm(&conn, &fedex("SUNNY BAKERY", "5 Lake Street", "."), 1, (None, None));
    confirm(&conn, &fedex("PETER NOVAK", "5 Lake Street", "APT 1204"), 2, (Some(1), None));
    confirm(&conn, &fedex("MARIA GARCIA", "5 Lake Street", "APT 1204"), 3, (Some(1), Some(1)));
    assert_eq!(aliases(&conn), []);
}

#[test]
fn an_alias_two_households_earned_is_asked_about() {
    let conn = building();
    let scan = fedex("SUNNY BAKERY", "5 Lake Street", ".");
    confirm(&conn, &scan, 1, (Some(1), None));
    confirm(&conn, &scan, 2, (Some(3), None));
    assert_eq!(told(&conn, "SUNNY BAKERY", ".").0, Decision::Ask);
}

#[test]
fn an_alias_ends_with_its_tenancy_and_its_person() {
    let conn = building();
    let scan = fedex("SUNNY BAKERY", "5 Lake Street", ".");
    confirm(&conn, &scan, 1, (Some(1), None));
    put(&conn, [Row::PersonLeft { person: PersonId(1), at: NOON }]);
    assert_eq!(aliases(&conn).len(), 1, "the other one of the household still lives there");
    put(&conn, [Row::PersonLeft { person: PersonId(7), at: NOON }]);
    assert_eq!(aliases(&conn), []);
    // Those who come after them are another tenancy.
    let mut next = person(9, 1, ("Nina", "New"));
    next.tenancy = vestibule_core::TenancyId(91);
    put_people(&conn, [next]);
    assert_eq!(told(&conn, "SUNNY BAKERY", "."), (Decision::None, None));
}

#[test]
fn erasing_a_person_erases_aliases_and_evidence_of_their_tenancy() {
    let conn = building();
    confirm(&conn, &fedex("SUNNY BAKERY", "5 Lake Street", "."), 1, (Some(1), Some(1)));
    put(&conn, [Row::PersonLeft { person: PersonId(1), at: NOON }, Row::ErasePerson { person: PersonId(1) }]);
    let kept: u32 = conn
        .query_row(
            "SELECT (SELECT count(*) FROM alias) + (SELECT count(*) FROM intake_evidence)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(kept, 0);
}

#[test]
fn evidence_holds_what_was_seen_and_goes_after_its_days() {
    let conn = building();
    let scan = fedex("MARIA GARCIA", "5 Lake Street", "APT 1204");
    confirm(&conn, &scan, 1, (Some(1), Some(1)));
    confirm(&conn, &fedex("MARIA GARCIA", "5 Lake Street", "APT 1204"), 2, (Some(1), Some(1)));
    let evidence = record::of_parcel(&conn, ParcelId(1)).unwrap().unwrap();
    let bytes: String = scan.bytes().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        (evidence.reading.symbols.as_slice(), evidence.confirmed.as_str()),
        ([bytes].as_slice(), "offered")
    );
    assert_eq!(evidence.reading.guess.unwrap().decision, Decision::Auto);
    let parcel = "INSERT INTO parcel (parcel, registered_at, custodian, since, scanned, ended_at) VALUES (?1, 0, 'x', 0, 1, ?2)";
    conn.execute(parcel, (1, NOON.0)).unwrap();
    conn.execute(parcel, (2, None::<i64>)).unwrap();
    put(&conn, [retention::over(30, NOON + Span::days(30))]);
    assert!(record::of_parcel(&conn, ParcelId(1)).unwrap().is_some(), "to the day");
    put(&conn, [retention::over(30, NOON + Span::days(31))]);
    assert!(record::of_parcel(&conn, ParcelId(1)).unwrap().is_none());
    assert!(record::of_parcel(&conn, ParcelId(2)).unwrap().is_some(), "it still waits");
}

#[test]
fn weeks_begin_on_monday_by_the_buildings_clock() {
    let madrid = Zone::new("Europe/Madrid").unwrap();
    // 2026-03-29 is the Sunday on which the clock goes forward.
    let sunday_night = Timestamp(1_774_819_800_000); // 2026-03-29 23:30 in Madrid
    assert_eq!(week_of(sunday_night, &madrid), (2026, 3, 23));
    assert_eq!(week_of(sunday_night + Span::hours(1), &madrid), (2026, 3, 30));
    assert_eq!(week_of(sunday_night + Span::hours(1), &Zone::utc()), (2026, 3, 23));
}

#[test]
fn the_board_counts_by_week_and_company() {
    let conn = building();
    confirm(&conn, &fedex("MARIA GARCIA", "5 Lake Street", "APT 1204"), 1, (Some(1), Some(1)));
    confirm(&conn, &fedex("SUNNY BAKERY", "5 Lake Street", "."), 2, (None, None));
    let parcel = "INSERT INTO parcel (parcel, registered_at, custodian, since, scanned, carrier) VALUES (?1, 0, 'x', 0, 1, 7)";
    conn.execute(parcel, [1]).unwrap();
    conn.execute("UPDATE intake_measure SET wrong = 'not_mine', began_at = at - 4000", []).unwrap();
    let found = board(&conn, (&Zone::utc(), NOON)).unwrap();
    assert_eq!((found.whole.parcels, found.whole.named, found.whole.wrong), (2, 1, 1));
    assert_eq!(found.whole.median_ms(), Some(4000));
    assert_eq!(found.carriers.keys().copied().collect::<Vec<_>>(), [None, Some(CarrierId(7))]);
    assert_eq!(found.weeks.len(), 1);
    let later = board(&conn, (&Zone::utc(), NOON + Span::days(7 * 13))).unwrap();
    assert_eq!(later.whole.parcels, 0, "only the last weeks are shown");
}

#[test]
fn a_door_that_opens_ends_the_time_and_no_door_ends_it_at_once() {
    let conn = building();
    let intake = |parcel, opening| {
        let reading = Reading { began: Some(NOON), touches: 3, ..Reading::default() };
        let at = NOON + Span::seconds(2);
        let confirmed = Confirmed::Typed;
        let intake = Intake {
            reading,
            unit: Some(UnitId(1)),
            person: None,
            confirmed,
            learned: None,
            at,
            desk: false,
        };
        intake.rows(&Answer::Parcel { parcel: ParcelId(parcel), place: None, opening })
    };
    put(&conn, intake(1, Some(OpeningId(5))));
    put(&conn, intake(2, None));
    let ended = |parcel: u32| -> Option<i64> {
        conn.query_row("SELECT ended_at FROM intake_measure WHERE parcel = ?1", [parcel], |row| row.get(0))
            .unwrap()
    };
    assert_eq!((ended(1), ended(2)), (None, Some(NOON.0 + 2000)));
}
