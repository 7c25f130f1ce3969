//! Residents: what they were told, and how they collect.

use super::{Code, World, person};
use vestibule_core::notice::NoticeKind;
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::*;

impl World {
    pub fn code_of(&self, name: &str) -> Code {
        let notes = self.inbox.get(&person(name)).expect("was told something");
        notes.iter().rev().find_map(|note| note.code.clone()).expect("was sent a code")
    }

    pub fn notes(&self, name: &str) -> Vec<NoticeKind> {
        self.inbox.get(&person(name)).map_or(Vec::new(), |notes| notes.iter().map(|note| note.what).collect())
    }

    pub fn pick_up(&mut self, kiosk: KioskId, proof: Proof) -> Result<VisitId, Refusal> {
        match self.ask(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof })? {
            Answer::PickUp { visit, .. } => Ok(visit),
            other => panic!("{other:?}"),
        }
    }

    pub fn scans(&mut self, kiosk: KioskId, name: &str) -> Result<VisitId, Refusal> {
        let proof = self.code_of(name).scanned();
        self.pick_up(kiosk, proof)
    }

    /// Takes out everything the visit's doors show, one door after the other.
    pub fn takes_all(&mut self, visit: VisitId) -> Vec<CompartmentId> {
        let mut doors = Vec::new();
        while let Some(door) = self.door_of(visit) {
            self.opens(door);
            self.shuts(door);
            doors.push(door);
        }
        doors
    }
}
