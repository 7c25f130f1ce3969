//! The doors of the usual site: an entrance from the street, a package room with a shelf, a room with the second bank.

use crate::world::*;
use std::collections::BTreeSet;
use vestibule_core::access::point::{DoorMode, PointKind, PointSpec};
use vestibule_core::access::policy::DoorPolicy;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::credential::pass::PassKind;
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{Bell, Proof, Rung};
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

/// The entrance: no contact inside, the first bank behind it.
pub const FRONT: AccessPointId = AccessPointId(1);
/// The package room: contact, request to exit, shelf 1.
pub const ROOM: AccessPointId = AccessPointId(2);
/// The room of the second bank: contact, request to exit.
pub const BANK_ROOM: AccessPointId = AccessPointId(3);

pub fn spec(label: &str, kind: PointKind) -> PointSpec {
    PointSpec {
        label: label.to_owned(),
        kind,
        contact: true,
        request_to_exit: kind != PointKind::BuildingEntrance,
        reader: true,
        banks: BTreeSet::new(),
        shelves: BTreeSet::new(),
        areas: BTreeSet::new(),
    }
}

fn grants(doors: &[AccessPointId]) -> Vec<DoorGrant> {
    doors.iter().map(|point| DoorGrant { point: *point }).collect()
}

/// Somebody rings at the door's screen for a household.
pub fn rung_at(point: AccessPointId, unit: UnitId) -> Rung {
    Rung { point, unit: Some(unit), bell: Bell::AtDoor }
}

impl World {
    /// The usual site with its doors.
    pub fn with_doors() -> Self {
        let mut w = Self::new();
        w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
        let front =
            PointSpec { banks: BTreeSet::from([BankId(1)]), ..spec("Front", PointKind::BuildingEntrance) };
        let room = PointSpec { shelves: BTreeSet::from([ShelfId(1)]), ..spec("Room", PointKind::RoomDoor) };
        let bank = PointSpec { banks: BTreeSet::from([BankId(2)]), ..spec("Lockers", PointKind::BankRoom) };
        for spec in [front, room, bank] {
            w.ok(STAFF, Command::InstallAccessPoint { spec });
        }
        for point in [FRONT, ROOM, BANK_ROOM] {
            w.passage(point, false);
        }
        for point in [FRONT, ROOM, BANK_ROOM] {
            let (at, in_view) = (CameraPlace::Door(point), InView::People);
            w.ok(STAFF, Command::InstallCamera { at, in_view });
        }
        w.ok(STAFF, Command::SetKioskDoors { kiosk: K3, doors: vec![FRONT] });
        w
    }

    /// A camera in the room that this door leads to.
    pub fn camera_inside(&mut self, point: AccessPointId) -> CameraId {
        let (at, in_view) = (CameraPlace::Inside(point), InView::People);
        match self.ok(STAFF, Command::InstallCamera { at, in_view }) {
            Answer::Camera(camera) => camera,
            other => panic!("{other:?}"),
        }
    }

    pub fn door_policy(&mut self, change: impl FnOnce(&mut DoorPolicy)) {
        let mut policy = self.site.access.policy.clone();
        change(&mut policy);
        self.ok(STAFF, Command::SetDoorPolicy { policy });
    }

    pub fn mode(&mut self, point: AccessPointId, mode: DoorMode, hours: Vec<WeekWindow>) {
        self.ok(STAFF, Command::SetDoorMode { point, mode, hours });
    }

    /// A code of UPS for these doors, at any hour.
    pub fn ups_for(&mut self, doors: &[AccessPointId]) -> Code {
        self.courier_for(doors, vec![WeekWindow::ALWAYS])
    }

    pub fn courier_for(&mut self, doors: &[AccessPointId], windows: Vec<WeekWindow>) -> Code {
        let (carrier, expires, doors) = (CarrierId(1), self.now + Span::days(365), grants(doors));
        self.ok(STAFF, Command::IssueCourierCode { carrier, windows, expires, doors });
        let code = self.revealed.take().unwrap();
        self.couriers.push(code.clone());
        code
    }

    pub fn pass_for(&mut self, doors: &[AccessPointId], windows: Vec<WeekWindow>) -> Code {
        let (kind, unit, expires) = (PassKind::Visitor, Some(unit("101")), self.now + Span::days(30));
        self.ok(STAFF, Command::IssuePass { kind, unit, windows, expires, doors: grants(doors) });
        self.revealed.take().unwrap()
    }

    fn entry(answer: Result<Answer, Refusal>) -> Result<EntryId, Refusal> {
        match answer? {
            Answer::Entry { entry, .. } => Ok(entry),
            other => panic!("{other:?}"),
        }
    }

    pub fn shows(
        &mut self,
        point: AccessPointId,
        purpose: Purpose,
        proof: Proof,
    ) -> Result<EntryId, Refusal> {
        let asked = self.ask(Actor::Door(point), Command::Admit { point, purpose, proof });
        Self::entry(asked)
    }

    /// A courier's code or a pass, scanned.
    pub fn scans_at(&mut self, point: AccessPointId, code: &Code) -> Result<EntryId, Refusal> {
        self.shows(point, Purpose::Enter, code.scanned())
    }

    /// A courier's code or a pass, typed.
    pub fn types_at(&mut self, point: AccessPointId, code: &Code) -> Result<EntryId, Refusal> {
        self.shows(point, Purpose::Enter, code.typed_by_courier())
    }

    /// Any command that lets somebody in.
    pub fn lets_in(&mut self, actor: Actor, command: Command) -> Result<EntryId, Refusal> {
        let asked = self.ask(actor, command);
        Self::entry(asked)
    }

    pub fn passage(&mut self, point: AccessPointId, open: bool) {
        self.see(Observation::PassageSeen { point, open: Some(open) });
    }

    pub fn release(&mut self, entry: EntryId, outcome: ReleaseOutcome) {
        self.see(Observation::Release { entry, outcome });
    }

    /// The device releases, the door opens and shuts: they are in.
    pub fn goes_in(&mut self, entry: EntryId) {
        let point = self.site.access.entries[&entry].point;
        self.release(entry, ReleaseOutcome::Taken);
        self.passage(point, true);
        self.seconds(4);
        self.passage(point, false);
    }

    /// A courier's code or a pass is scanned, and who bears it goes in.
    pub fn comes_in(&mut self, point: AccessPointId, code: &Code) -> EntryId {
        let entry = self.scans_at(point, code).unwrap();
        self.goes_in(entry);
        entry
    }

    /// Somebody inside opens the door and leaves.
    pub fn leaves_by(&mut self, point: AccessPointId) {
        self.see(Observation::ExitRequested { point });
        self.passage(point, true);
        self.seconds(3);
        self.passage(point, false);
    }

    pub fn is_live(&self, entry: EntryId) -> bool {
        self.site.access.entries.contains_key(&entry)
    }

    pub fn entry_end(&self, entry: EntryId) -> Option<access::entry::EntryEnd> {
        self.log.iter().find_map(|event| match event {
            Event::EntryEnded { entry: e, how } if *e == entry => Some(*how),
            _ => None,
        })
    }

    pub fn suspicions(&self, entry: EntryId) -> Vec<access::entry::Suspicion> {
        let of = self.log.iter().filter_map(|event| match event {
            Event::EntrySuspected { entry: e, what, .. } if *e == entry => Some(*what),
            _ => None,
        });
        of.collect()
    }

    /// How often the door was said to have been forced.
    pub fn forced(&self, point: AccessPointId) -> usize {
        self.log
            .iter()
            .filter(|event| matches!(event, Event::PassageForced { point: p } if *p == point))
            .count()
    }
}
