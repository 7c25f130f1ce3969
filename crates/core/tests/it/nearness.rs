//! Shelves and drop places behind doors: where a courier is sent, and where what they hold may be put.

use crate::street::*;
use crate::world::*;
use std::collections::BTreeSet;
use vestibule_core::access::point::{DoorMode, PointKind, PointSpec};
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::policy::Policy;
use vestibule_core::time::Zone;
use vestibule_core::vocabulary::command::{PutDown, PutTo};
use vestibule_core::*;

/// Two houses of one site. In house A (kiosk 1, bank 1) the entrance leads to the bank; in house B (kiosk 2, bank 2) likewise.
/// The compartments are small ones alone, so that what is large goes to a shelf.
struct Houses {
    w: World,
}

const FRONT_A: AccessPointId = AccessPointId(1);
const FRONT_B: AccessPointId = AccessPointId(2);
const ROOM_A: AccessPointId = AccessPointId(3);
const ROOM_B: AccessPointId = AccessPointId(4);

/// The shelf of the first house's room, of the second's, and one in the lobby.
const A: ShelfId = ShelfId(1);
const B: ShelfId = ShelfId(2);
const LOBBY: ShelfId = ShelfId(3);

fn places(banks: &[u32], shelves: &[ShelfId]) -> impl Fn(PointSpec) -> PointSpec {
    let banks: BTreeSet<_> = banks.iter().copied().map(BankId).collect();
    let shelves: BTreeSet<_> = shelves.iter().copied().collect();
    move |spec| PointSpec { banks: banks.clone(), shelves: shelves.clone(), ..spec }
}

impl Houses {
    fn new() -> Self {
        let policy = Policy { zone: Zone::new("America/New_York").unwrap(), ..Policy::default() };
        let mut w = World::build(policy, bank_one().into_iter().take(1).collect());
        for label in ["A1", "B1"] {
            w.ok(STAFF, Command::InstallShelf { label: label.to_owned() });
        }
        let install = |w: &mut World, spec| {
            let Answer::AccessPoint(_) = w.ok(STAFF, Command::InstallAccessPoint { spec }) else {
                panic!("a door")
            };
        };
        install(&mut w, places(&[1], &[A])(spec("Front A", PointKind::BuildingEntrance)));
        install(&mut w, places(&[2], &[B])(spec("Front B", PointKind::BuildingEntrance)));
        install(&mut w, places(&[], &[A])(spec("Room A", PointKind::RoomDoor)));
        install(&mut w, places(&[], &[B])(spec("Room B", PointKind::RoomDoor)));
        Self { w }
    }

    fn lobby(&mut self) {
        self.w.ok(STAFF, Command::InstallShelf { label: "Lobby".to_owned() });
    }

    /// Where a large parcel of whoever comes with a code for these doors is sent, at a kiosk.
    fn sent(&mut self, kiosk: KioskId, doors: &[AccessPointId]) -> Option<Place> {
        let code = self.w.ups_for(doors);
        let visit = self.w.log_in(kiosk, &code).unwrap();
        let place = self.w.foreseen(visit, &World::words("102", Size::XL));
        self.w.finish(visit);
        place
    }

    /// Staff lay parcels onto a shelf, so that the other is emptier.
    fn fills(&mut self, shelf: ShelfId) {
        self.w.shelved("102", shelf);
    }
}

const fn on(shelf: ShelfId) -> Option<Place> {
    Some(Place::Shelf(shelf))
}

const ALL: [AccessPointId; 4] = [FRONT_A, FRONT_B, ROOM_A, ROOM_B];

#[test]
fn nobody_is_sent_to_the_emptier_shelf_of_another_building() {
    let mut at = Houses::new();
    at.fills(A);
    assert_eq!(
        at.sent(K1, &ALL),
        on(A),
        "the kiosk is in house A, though B1 is empty and their code opens it"
    );
    at.fills(B);
    at.fills(B);
    assert_eq!(at.sent(K2, &ALL), on(B));
}

#[test]
fn a_room_that_the_code_does_not_open_is_none_to_be_sent_to() {
    let mut at = Houses::new();
    assert_eq!(at.sent(K1, &[FRONT_A]), Some(Place::TakeBack));
    assert_eq!(at.sent(K1, &[FRONT_A, ROOM_B]), Some(Place::TakeBack), "the room of the other house");
    assert_eq!(at.sent(K1, &[ROOM_A]), on(A), "the entrance is behind them: the bank they stand at is");
    at.lobby();
    assert_eq!(at.sent(K1, &[FRONT_A]), on(LOBBY));
}

/// A code without doors is one for whoever is inside already. One that has lost its only door is not.
#[test]
fn a_code_whose_only_door_was_taken_down_leads_to_no_room() {
    let mut at = Houses::new();
    let code = at.w.ups_for(&[FRONT_B]);
    at.w.ok(STAFF, Command::RemoveAccessPoint(FRONT_B));
    let visit = at.w.log_in(K1, &code).unwrap();
    assert_eq!(at.w.foreseen(visit, &World::words("102", Size::XL)), Some(Place::TakeBack));
}

#[test]
fn where_they_are_comes_before_what_is_open_and_that_before_another_door() {
    let mut at = Houses::new();
    at.lobby();
    at.fills(A);
    assert_eq!(at.sent(K1, &[ROOM_A]), on(A), "the same building, though the lobby's is empty");
    let mut front = at.w.site.access.points[&FRONT_A].spec.clone();
    front.shelves.clear();
    at.w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT_A, spec: front });
    assert_eq!(at.sent(K1, &[ROOM_A]), on(LOBBY), "nobody said in which building room A is");
    let mut lobby = at.w.site.access.points[&FRONT_B].spec.clone();
    lobby.shelves.insert(LOBBY);
    at.w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT_B, spec: lobby });
    assert_eq!(at.sent(K1, &[ROOM_A]), on(A), "behind a door that their code opens");
}

#[test]
fn a_door_is_opened_by_a_code_in_its_mode_and_while_it_answers() {
    let mut at = Houses::new();
    at.w.mode(ROOM_A, DoorMode::ClosedToCouriers, Vec::new());
    assert_eq!(at.sent(K1, &ALL), Some(Place::TakeBack));
    at.w.mode(ROOM_A, DoorMode::Scheduled, vec![vestibule_core::time::WeekWindow::ALWAYS]);
    assert_eq!(at.sent(K1, &[]), on(A), "it is open to all at this hour");
    at.w.mode(ROOM_A, DoorMode::Locked, Vec::new());
    at.w.see(Observation::DoorAnswers { point: ROOM_A, answers: false });
    assert_eq!(at.sent(K1, &ALL), Some(Place::TakeBack), "nobody can open it");
}

/// Their code is for the door; while they are in, it is closed to couriers.
#[test]
fn who_is_in_a_room_gets_to_its_shelves() {
    let mut at = Houses::new();
    let code = at.w.ups_for(&ALL);
    let visit = at.w.log_in(K1, &code).unwrap();
    let entry = at.w.scans_at(ROOM_A, &code).unwrap();
    at.w.mode(ROOM_A, DoorMode::ClosedToCouriers, Vec::new());
    let sent = |w: &World| w.foreseen(visit, &World::words("102", Size::XL));
    assert_eq!(sent(&at.w), Some(Place::TakeBack), "they are not in yet");
    at.w.goes_in(entry);
    assert_eq!(sent(&at.w), on(A));
}

#[test]
fn a_kiosk_that_nobody_placed_is_in_the_one_building_there_is() {
    let mut w = World::with_doors();
    let mut front = w.site.access.points[&FRONT].spec.clone();
    front.shelves.insert(ShelfId(1));
    w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT, spec: front });
    let Answer::Kiosk(kiosk) = w.ok(STAFF, Command::PairKiosk { banks: Vec::new() }) else {
        panic!("a kiosk")
    };
    let sent = |w: &mut World, doors: &[AccessPointId]| {
        let code = w.ups_for(doors);
        let visit = w.log_in(kiosk, &code).unwrap();
        let place = w.foreseen(visit, &World::words("102", Size::S));
        w.finish(visit);
        place
    };
    assert_eq!(sent(&mut w, &[ROOM]), on(ShelfId(1)));
    assert_eq!(sent(&mut w, &[BANK_ROOM]), Some(Place::TakeBack), "it opens another room");
    assert_eq!(
        sent(&mut w, &[]),
        on(ShelfId(1)),
        "they came in without a code, and nothing says that they are not there"
    );
    w.ok(STAFF, Command::SetKioskDoors { kiosk, doors: vec![FRONT] });
    assert_eq!(sent(&mut w, &[ROOM]), Some(Place::TakeBack), "they stand in the street");
    assert_eq!(sent(&mut w, &[FRONT, ROOM]), on(ShelfId(1)));
}

#[test]
fn a_shelf_drawn_into_a_room_later_is_in_the_building_of_the_room() {
    let mut at = Houses::new();
    at.lobby();
    let mut room = at.w.site.access.points[&ROOM_B].spec.clone();
    room.shelves.insert(LOBBY);
    at.w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM_B, spec: room });
    at.fills(A);
    assert_eq!(at.sent(K1, &ALL), on(A), "it is behind room B, and so in house B");
    at.fills(B);
    assert_eq!(at.sent(K2, &ALL), on(LOBBY));
}

#[test]
fn a_drop_place_is_as_near_as_its_doors_say() {
    let mut at = Houses::new();
    let policy = Policy { drop_place_allowed: true, ..at.w.site.policy.clone() };
    at.w.ok(STAFF, Command::SetPolicy { policy });
    for label in ["Hall B", "Hall A"] {
        at.w.ok(STAFF, Command::NameDropPlace { label: label.to_owned() });
    }
    for (point, area) in [(FRONT_B, 1), (FRONT_A, 2)] {
        let mut spec = at.w.site.access.points[&point].spec.clone();
        spec.areas.insert(AreaId(area));
        at.w.ok(STAFF, Command::ChangeAccessPoint { point, spec });
    }
    assert_eq!(at.sent(K1, &[]), Some(Place::Area(AreaId(2))), "not the first of all");
    assert_eq!(at.sent(K2, &[]), Some(Place::Area(AreaId(1))));
}

#[test]
fn the_shelf_in_front_of_them_is_taken_and_one_behind_a_door_that_stays_shut_is_not() {
    let mut at = Houses::new();
    at.lobby();
    let mut front = at.w.site.access.points[&FRONT_A].spec.clone();
    front.shelves.insert(LOBBY);
    at.w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT_A, spec: front });
    let code = at.w.ups_for(&[FRONT_A]);
    let visit = at.w.log_in(K1, &code).unwrap();
    let parcel = at.w.parcel(visit, "102", Size::XL);
    assert_eq!(at.w.planned(parcel), on(LOBBY));
    let scanned = |w: &mut World, shelf| {
        let put = PutDown { to: PutTo::Shelf { shelf, reach: false }, ..PutDown::there(visit, parcel) };
        w.ask(Actor::Visit(visit), Command::PutDown(put))
    };
    let refused = |label: &str| Err(Refusal::ShelfBehindDoor { label: label.to_owned() });
    assert_eq!(scanned(&mut at.w, A), refused("A1"));
    assert_eq!(scanned(&mut at.w, B), refused("B1"));
    at.w.mode(ROOM_A, DoorMode::Scheduled, vec![vestibule_core::time::WeekWindow::ALWAYS]);
    scanned(&mut at.w, A).expect("the room is open at this hour");
}
