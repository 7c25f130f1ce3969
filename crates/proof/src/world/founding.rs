//! The property all runs begin with: founded once a process, then copied.

use super::ledger::Ledger;
use super::letters::Letters;
use super::truth::Truth;
use super::{MONDAY, World};
use crate::disk::Disk;
use crate::line::BOARD;
use crate::model::Model;
use crate::mouth::Given;
use crate::vfs;
use std::collections::BTreeSet;
use std::sync::Arc;
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::directory::{KeypadNumber, Leavers, Sharing};
use vestibule_core::evidence::retention::PhotosKept;
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::place::wiring::Channel;
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{DirectoryChange, WiringStep};
use vestibule_core::*;
use vestibule_site::keys::Keys;

/// Doors of the one bank: 1 to 3 small, 4 and 5 medium, 6 large.
pub const DOORS: u8 = 6;
const SIZES: [Size; DOORS as usize] = [Size::S, Size::S, Size::S, Size::M, Size::M, Size::L];
/// Units.
pub const UNITS: u32 = 4;
/// Unit and person; persons 4 and 5 share unit 3 and nothing else.
pub const PEOPLE: [(u32, u32); 6] = [(1, 1), (1, 2), (2, 3), (3, 4), (3, 5), (4, 6)];
const PRIVATE: [u32; 2] = [4, 5];
/// Kiosks; the third is used by probes alone.
pub const K1: KioskId = KioskId(1);
/// The second.
pub const K2: KioskId = KioskId(2);
/// The third.
pub const K3: KioskId = KioskId(3);
/// The door one walks through; the first kiosk stands there.
pub const DOORWAY: AccessPointId = AccessPointId(1);
/// The one member of staff.
pub const STAFF: Actor = Actor::Staff(StaffId(1));

/// A property that is ready, as a new run takes it over.
pub struct Founded {
    pub(super) disk: Disk,
    pub(super) letters: Letters,
    pub(super) model: Model,
    pub(super) ledger: Ledger,
    pub(super) truth: Truth,
    pub(super) now_ms: u64,
}

pub(super) fn keys() -> Arc<Keys> {
    let bytes: [u8; 64] = std::array::from_fn(|at| u8::try_from(at * 3 % 251).expect("small"));
    Arc::new(Keys::from_bytes(&bytes).expect("64 bytes"))
}

/// A disk with nothing on it.
pub fn nothing() -> Founded {
    Founded {
        disk: Disk::new(1),
        letters: Letters::default(),
        model: Model::at(Timestamp(MONDAY)),
        ledger: Ledger::default(),
        truth: Truth::default(),
        now_ms: 0,
    }
}

/// Founds the property on a disk of this thread.
pub fn founded() -> Founded {
    let mut world = World::new(1, &nothing());
    world.found();
    world.run(3_000);
    world.stop();
    world.left()
}

/// A household that moves in, as one change of the directory.
pub fn moving_in(unit: u32, tenancy: u32, people: &[u32], leavers: Leavers) -> Vec<DirectoryChange> {
    let (unit, tenancy) = (UnitId(unit), TenancyId(tenancy));
    let mut changes = vec![DirectoryChange::BeginTenancy { tenancy, unit, leavers }];
    changes.extend(people.iter().map(|person| DirectoryChange::Join { person: PersonId(*person), tenancy }));
    changes
}

fn policy() -> Policy {
    let breaker_per_minute = u32::try_from(super::ledger::BREAKER).expect("small");
    Policy { breaker_per_minute, ..Policy::default() }
}

impl World {
    fn ok(&mut self, command: Command) {
        let words = format!("{command:?}");
        let actor = if matches!(command, Command::Found { .. }) { Actor::Console } else { STAFF };
        let answer = self.insist(actor, command);
        assert!(answer.is_ok(), "{words}: {answer:?}");
    }

    /// Asks until there is an answer, each time under the same key, as a page does.
    pub fn insist(&mut self, actor: Actor, command: Command) -> Result<Answer, Refusal> {
        let key = format!("k{}", self.next_key);
        self.next_key += 1;
        let given = Given::Ask(actor, command, Some(key));
        loop {
            if let Some(outcome) = self.give(given.clone()) {
                return outcome.answer;
            }
        }
    }

    /// From an empty disk to a property that is ready.
    pub fn found(&mut self) {
        self.ok(Command::Found { policy: policy() });
        self.ok(Command::EnrolStaff);
        let spec = |(number, size): (u32, Size)| CompartmentSpec {
            label: number.to_string(),
            size,
            column: number,
            width_mm: 400,
            height_mm: 200,
            bottom_mm: 600,
            occupancy_sensor: false,
            inside_release: false,
        };
        self.ok(Command::InstallBank { compartments: (1..).zip(SIZES).map(spec).collect() });
        for _ in [K1, K2, K3] {
            self.ok(Command::PairKiosk { banks: vec![BankId(1)] });
        }
        self.ok(Command::NameCarrier { name: "UPS".to_owned() });
        self.ok(Command::InstallShelf { label: "A1".to_owned() });
        let spec = PointSpec {
            label: "Front door".to_owned(),
            kind: PointKind::BuildingEntrance,
            contact: true,
            request_to_exit: false,
            reader: true,
            banks: BTreeSet::from([BankId(1)]),
            shelves: BTreeSet::new(),
            areas: BTreeSet::new(),
        };
        self.ok(Command::InstallAccessPoint { spec });
        self.ok(Command::SetKioskDoors { kiosk: K1, doors: vec![DOORWAY] });
        let mut changes = Vec::new();
        for unit in 1..=UNITS {
            let keypad = KeypadNumber::new(&(300 + unit).to_string()).expect("digits");
            let people: Vec<_> =
                PEOPLE.iter().filter(|(of, _)| *of == unit).map(|(_, person)| *person).collect();
            changes.push(DirectoryChange::AddUnit { unit: UnitId(unit), keypad });
            changes.extend(moving_in(unit, unit, &people, Leavers::Keep));
        }
        for person in PRIVATE.map(PersonId) {
            changes.push(DirectoryChange::Share { person, sharing: Some(Sharing::Private) });
        }
        self.ok(Command::ChangeDirectory { changes });
        for days in [300, 400] {
            let expires = Timestamp(MONDAY) + Span::days(days);
            let windows = vec![WeekWindow::ALWAYS];
            self.ok(Command::IssueCourierCode { carrier: CarrierId(1), windows, expires, doors: vec![] });
        }
        assert_eq!(self.model.households[&UnitId(1)], BTreeSet::from([PersonId(1), PersonId(2)]));
    }

    /// What a newer property has besides: a map of its wiring, cameras, a second shelf and company, photos that are kept for hours.
    pub fn furnishes(&mut self) {
        let channel = |lock: u8| {
            let channel = Channel { board: BOARD, lock, contact: lock, reversed: false };
            (CompartmentId(lock.into()), channel)
        };
        let step = WiringStep::Declare { channels: (1..=DOORS).map(channel).collect() };
        let declared = self.insist(Actor::Console, Command::Wiring { bank: BankId(1), step });
        assert!(declared.is_ok(), "{declared:?}");
        self.ok(Command::NameCarrier { name: "DHL".to_owned() });
        self.ok(Command::InstallShelf { label: "B2".to_owned() });
        for in_view in [InView::People, InView::ParcelsOnly] {
            self.ok(Command::InstallCamera { at: CameraPlace::Bank(BankId(1)), in_view });
        }
        let photos = Some(PhotosKept { people: Span::hours(2), parcels: Span::hours(6) });
        self.ok(Command::SetPolicy { policy: Policy { photos, ..policy() } });
    }

    /// Whatever runs is gone without another word, so that the disk can be taken away.
    pub fn leaves_no_process(&mut self) {
        vfs::disk(|disk| disk.stop());
        self.process = None;
        vfs::forget_processes();
    }

    /// What is left when the process is gone and the line is at rest, for others to go on from; every run on it begins
    /// with a copy of its disk.
    pub fn left(mut self) -> Founded {
        self.leaves_no_process();
        vfs::disk(|disk| disk.revive());
        self.ledger.forget_line();
        Founded {
            disk: vfs::insert(Disk::new(1)),
            letters: self.letters,
            model: self.model,
            ledger: self.ledger,
            truth: self.truth,
            // What was on the wire has arrived.
            now_ms: self.now_ms + 1_000,
        }
    }

    /// The process ends as it should: everything is in the database's file.
    pub fn stop(&mut self) {
        self.process = None;
        vfs::forget_processes();
    }
}
