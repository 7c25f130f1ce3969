//! The labels of the measurement: whose each one is can be told by a person.

use crate::directory::{Building, Printed, Variant};
use vestibule_intake::Resident;

fn building() -> Building {
    let resident = |(first, last, unit): (&str, &str, &str)| Resident {
        first: first.into(),
        last: last.into(),
        unit: unit.into(),
        ..Resident::default()
    };
    let residents = [
        ("Maria", "Garcia", "101"),
        ("Marta", "Garcia", "204"),
        ("Robert", "Smith", "305"),
        ("Rosa", "O'Brien", "306"),
        ("Rita", "O'Brien", "306"),
    ];
    Building {
        residents: residents.map(resident).to_vec(),
        street: "5 Elm St".into(),
        town: "Reno NV 89502".into(),
    }
}

fn can_tell(name: &str, has_unit: bool, at: usize) -> bool {
    let sent = Printed { variant: Variant::Exact, has_unit, lines: vec![name.to_owned()] };
    let building = building();
    building.can_tell(&sent, &building.residents[at])
}

#[test]
fn a_name_alone_must_be_nobody_elses_of_another_apartment() {
    for (name, at) in [
        ("MARIA GARCIA", 0),
        ("Garcia, Maria", 0),
        ("Mria Garcia", 0),
        ("Maria Q. Garcia", 0),
        ("Bob Smith", 2),
        ("R. OBrien", 3),
    ] {
        assert!(can_tell(name, false, at), "{name}");
    }
    for (name, at) in [("M. Garcia", 0), ("Mara Garcia", 0), ("Marta Garcia", 0), ("Bob Garcia", 0)] {
        assert!(!can_tell(name, false, at), "{name}: another's, or nobody's");
    }
}

#[test]
fn an_apartment_tells_them_apart() {
    assert!(can_tell("M. Garcia", true, 0));
}
