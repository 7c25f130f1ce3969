//! The usual site: its banks, kiosks and cameras, its households and its carriers.

use super::{STAFF, World};
use vestibule_core::directory::{KeypadNumber, Leavers, Sharing};
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::time::Zone;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::*;

/// People by name: unit, person.
pub const PEOPLE: [(&str, &str, u32); 6] = [
    ("101", "ana", 1),
    ("101", "ben", 2),
    ("102", "cleo", 3),
    ("103", "dan", 4),
    ("103", "eve", 5),
    ("104", "fay", 6),
];

pub fn person(name: &str) -> PersonId {
    PersonId(PEOPLE.iter().find(|p| p.1 == name).expect("a known name").2)
}

pub fn unit(number: &str) -> UnitId {
    UnitId(number.parse::<u32>().unwrap() - 100)
}

pub fn c(number: u32) -> CompartmentId {
    CompartmentId(number)
}

fn spec(label: u32, size: Size, bottom_mm: u32) -> CompartmentSpec {
    let (width_mm, height_mm) = (400, 200);
    CompartmentSpec {
        label: label.to_string(),
        size,
        column: label,
        width_mm,
        height_mm,
        bottom_mm,
        occupancy_sensor: false,
        inside_release: false,
    }
}

/// Doors 1..=8 in sight of kiosks 1 and 3, doors 9 and 10 in sight of kiosk 2. Doors 3 and 6 are within reach.
pub fn bank_one() -> Vec<CompartmentSpec> {
    use Size::*;
    let low = [
        (1, S, 100),
        (2, S, 1300),
        (3, S, 600),
        (4, M, 100),
        (5, M, 1300),
        (6, M, 600),
        (7, L, 100),
        (8, XL, 100),
    ];
    low.into_iter().map(|(label, size, bottom)| spec(label, size, bottom)).collect()
}

impl World {
    /// The usual site: two banks, three kiosks, four households, two carriers; no shelf, desk or drop place.
    pub fn new() -> Self {
        Self::with_policy(Policy { zone: Zone::new("America/New_York").unwrap(), ..Policy::default() })
    }

    pub fn with_policy(policy: Policy) -> Self {
        Self::build(policy, bank_one())
    }

    pub fn build(policy: Policy, bank: Vec<CompartmentSpec>) -> Self {
        let mut w = Self::empty();
        w.ok(Actor::Console, Command::Found { policy });
        w.ok(STAFF, Command::EnrolStaff);
        let first = bank.len() as u32 + 1;
        w.ok(STAFF, Command::InstallBank { compartments: bank });
        w.ok(
            STAFF,
            Command::InstallBank {
                compartments: vec![spec(first, Size::S, 600), spec(first + 1, Size::S, 100)],
            },
        );
        for banks in [vec![BankId(1)], vec![BankId(2)], vec![BankId(1)]] {
            w.ok(STAFF, Command::PairKiosk { banks });
        }
        for bank in [BankId(1), BankId(2)] {
            w.ok(STAFF, Command::InstallCamera { at: CameraPlace::Bank(bank), in_view: InView::People });
        }
        for name in ["UPS", "FedEx"] {
            w.ok(STAFF, Command::NameCarrier { name: name.to_owned() });
        }
        for compartment in 1..=first + 1 {
            w.see(Observation::DoorSeen { compartment: c(compartment), open: false });
        }
        w.move_in();
        w
    }

    fn move_in(&mut self) {
        let mut changes = Vec::new();
        for n in 1..=5 {
            let keypad = KeypadNumber::new(&(100 + n).to_string()).unwrap();
            changes.push(DirectoryChange::AddUnit { unit: UnitId(n), keypad });
        }
        for n in 1..=4 {
            changes.push(DirectoryChange::BeginTenancy {
                tenancy: TenancyId(n),
                unit: UnitId(n),
                leavers: Leavers::Keep,
            });
        }
        for (number, name, _) in PEOPLE {
            changes.push(DirectoryChange::Join { person: person(name), tenancy: TenancyId(unit(number).0) });
        }
        for name in ["dan", "eve"] {
            changes.push(DirectoryChange::Share { person: person(name), sharing: Some(Sharing::Private) });
        }
        self.ok(STAFF, Command::ChangeDirectory { changes });
    }
}
