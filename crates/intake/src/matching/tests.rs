use super::{Decision, Directory, Found, OFFERED_MOST, Resident, unit_on_label};

fn resident(first: &str, last: &str, unit: &str) -> Resident {
    Resident { first: first.into(), last: last.into(), unit: unit.into(), ..Resident::default() }
}

fn building() -> Directory {
    Directory::new(vec![
        resident("Maria", "García Márquez", "1204"),
        resident("William", "O'Brien", "12B"),
        resident("Elena", "Novak", "305"),
        resident("Peter", "Novak", "305"),
        resident("Catherine", "Smith", "210"),
        resident("Charles", "Smith", "211"),
        resident("John", "Miller", "7"),
        resident("John", "Miller", "70"),
        resident("Anh", "Nguyễn", "PH2"),
        Resident { moved_out: true, ..resident("Tom", "Leaver", "401") },
        Resident { aliases: vec!["Sunny Bakery".into()], ..resident("Sun-Hee", "Park", "101") },
    ])
}

/// Decision, and the unit of the best.
fn told(found: &Found<'_>) -> (Decision, String) {
    (found.decision, found.ranked.first().map_or(String::new(), |best| best.resident.unit.clone()))
}

fn find(name: &str, unit: Option<&str>) -> (Decision, String) {
    told(&building().find(name, unit))
}

#[test]
fn spellings_of_one_person_are_found() {
    for (name, unit) in [
        ("MARIA GARCIA MARQUEZ", "1204"),
        ("GARCIA MARQUEZ, MARIA", "1204"),
        ("Bill O’Brien", "12B"),
        ("OBRIEN WILLIAM", "12B"),
        ("Katharine Smith", "210"),
        ("CHARLESSMITH", "211"),
        ("ANH NGUYEN", "PH2"),
        ("Sunny Bakery", "101"),
        ("W1LLIAM 0'BRIEN", "12B"),
    ] {
        assert_eq!(find(name, None), (Decision::Auto, unit.into()), "{name}");
    }
}

#[test]
fn namesakes_of_two_units_are_asked() {
    assert_eq!(find("John Miller", None).0, Decision::Ask);
    assert_eq!(find("John Miller", Some("Apt 70")), (Decision::Auto, "70".into()));
    assert_eq!(find("C Smith", None).0, Decision::Ask, "an initial of two people");
}

#[test]
fn a_tie_within_a_household_is_that_unit() {
    let building = building();
    let found = building.find("Novak", Some("305"));
    assert_eq!(told(&found), (Decision::Auto, "305".into()));
    assert!(found.household);
    assert!(!building.find("Elena Novak", Some("305")).household);
}

#[test]
fn units_are_written_in_many_ways() {
    for unit in ["APT 12B", "#12-b", "12 B", "Unit 012B", "450 W ELM ST APT 12B", "APT12B", "STE. 12B"] {
        assert_eq!(find("W. O'Brien", Some(unit)), (Decision::Auto, "12B".into()), "{unit}");
    }
    assert_eq!(find("Anh Nguyen", Some("Penthouse 2")), (Decision::Auto, "PH2".into()));
}

#[test]
fn a_unit_that_contradicts_the_name_is_asked() {
    assert_eq!(find("Maria Garcia Marquez", Some("305")).0, Decision::Ask);
    assert_eq!(find("Maria Garcia Marquez", Some("999")).0, Decision::Ask, "no such apartment here");
    assert_eq!(
        find("Nobody Known", Some("305")),
        (Decision::Ask, "305".into()),
        "that household, and somebody confirms"
    );
}

#[test]
fn somebody_of_that_very_name_elsewhere_is_asked() {
    let building =
        Directory::new(vec![resident("Maria", "Garcia", "1204"), resident("Mario", "Garcia", "1207")]);
    assert_eq!(told(&building.find("Maria Garcia", Some("1207"))), (Decision::Ask, "1207".into()));
    assert_eq!(told(&building.find("Mario Garcia", Some("1207"))), (Decision::Auto, "1207".into()));
    assert_eq!(told(&building.find("M Garcia", Some("1207"))), (Decision::Auto, "1207".into()));
}

#[test]
fn look_alike_units_are_flagged() {
    let building = building();
    assert_eq!(building.find("Catherine Smith", Some("210")).look_alikes, ["211"]);
    assert_eq!(building.find("W O'Brien", Some("12")).look_alikes, ["12B"]);
    assert_eq!(told(&building.find("Maria Garcia Marquez", Some("I2O4"))), (Decision::Ask, "1204".into()));
}

#[test]
fn who_moved_out_is_never_filled_in() {
    assert_eq!(find("Tom Leaver", None), (Decision::Ask, "401".into()));
}

#[test]
fn a_label_of_a_door_in_two_buildings_is_two_homes() {
    let in_building = |home, first: &str| Resident { home, ..resident(first, "Costa", "101") };
    let building = Directory::new(vec![in_building(1, "Ann"), in_building(2, "Anne")]);
    let found = building.find("A Costa", Some("101"));
    assert_eq!((found.decision, found.household), (Decision::Ask, false));
    let building = Directory::new(vec![in_building(1, "Ann"), in_building(1, "Anne")]);
    let found = building.find("A Costa", Some("101"));
    assert_eq!((found.decision, found.household), (Decision::Auto, true));
}

#[test]
fn a_name_nobody_has_is_nobodys() {
    for name in ["Xavier Quimby", "", "!!!", "12345", "<script>"] {
        let found = building().find(name, None).ranked.len();
        assert_eq!((find(name, None).0, found), (Decision::None, 0), "{name:?}");
    }
    assert_eq!(Directory::new(Vec::new()).find("Maria", Some("1")).decision, Decision::None);
}

#[test]
fn never_more_than_three_are_offered() {
    let many = (0..40).map(|unit| resident("Ann", "Lee", &unit.to_string())).collect();
    let directory = Directory::new(many);
    assert_eq!(directory.find("Ann Lee", None).ranked.len(), OFFERED_MOST);
}

#[test]
fn the_apartment_is_found_in_an_address() {
    let second =
        [("APT 1204", "1204"), ("#12B", "12B"), ("Unit 12-B", "12B"), ("7C", "7C"), ("PENTHOUSE", "PH")];
    for (line, unit) in second {
        assert_eq!(unit_on_label(line, true).as_deref(), Some(unit), "{line}");
    }
    let street = [
        ("450 W ELM ST APT 12B", "12B"),
        ("450 ELM ST #3", "3"),
        ("450 ELM ST, APT12B", "12B"),
        ("450WELMSTAPT210", "210"),
        ("450WELMST,UNIT 7C", "7C"),
    ];
    for (line, unit) in street {
        assert_eq!(unit_on_label(line, false).as_deref(), Some(unit), "{line}");
    }
    for (line, is_second) in [("450 ELM ST", false), (".", true), ("C/O MARIA GARCIA", true), ("", true)] {
        assert_eq!(unit_on_label(line, is_second), None, "{line}");
    }
}
