//! One passage each: begun, opened, shut, inside, out again; what is expected of a courier; power cuts on the way.

use crate::street::*;
use crate::world::*;
use insta::assert_snapshot;
use vestibule_core::access::entry::{EntryEnd, Progress, Suspicion};
use vestibule_core::access::point::PointKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

const GARAGE: AccessPointId = AccessPointId(4);

#[test]
fn a_courier_goes_in_deposits_and_leaves() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[BANK_ROOM]);
    w.story_begins();
    let entry = w.comes_in(BANK_ROOM, &code);
    let visit = w.log_in(K2, &code).unwrap();
    w.put(visit, "101", Size::S);
    w.finish(visit);
    w.leaves_by(BANK_ROOM);
    assert_snapshot!(w.story(), @"
    entry 1 at street 3: a courier may come in
    entry 1: release Taken
    street 3 opens by Entries { entries: [EntryId(1)] }
    street 3 is shut
    code-accepted
    visit 1 begins
    entry 1 is at work in visit 1
    parcel 1 is known: S for Some([1, 2])
    parcel 1 goes to Compartment(CompartmentId(10))
    opening 1 of door 10, attempt 1
    door 10 is open
    door 10 is shut
    parcel 1: Courier(VisitId(1)) -> Compartment(CompartmentId(10)) by DoorClosed
    visit 1 ends: Finished
    code 2 issued
    tell person 1: Arrived [1] with a code
    code 3 issued
    tell person 2: Arrived [1] with a code
    exit-requested
    street 3 opens by Exit
    entry 1 ends: Left
    street 3 is shut
    ");
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Left));
    assert_eq!(w.suspicions(entry), []);
    assert_eq!(w.site.tasks.open.len(), 0, "{:?}", w.site.tasks);
}

#[test]
fn a_courier_who_leaves_nothing_in_a_room_is_looked_for() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.comes_in(ROOM, &code);
    w.leaves_by(ROOM);
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Left));
    assert_eq!(w.suspicions(entry), [], "they may be at the van for it");
    w.seconds(10 * 60 - 4);
    assert!(!w.has_task(&TaskKind::NoDeposit { entry, point: ROOM }));
    w.seconds(1);
    assert_eq!(w.suspicions(entry), [Suspicion::NoDeposit], "ten minutes after the door opened for them");
    assert!(w.has_task(&TaskKind::NoDeposit { entry, point: ROOM }));
    w.minutes(60);
    assert_eq!(w.suspicions(entry), [Suspicion::NoDeposit], "said once");
}

#[test]
fn a_courier_who_leaves_nothing_behind_the_entrance_is_recorded_alone() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT]);
    let entry = w.comes_in(FRONT, &code);
    assert!(w.is_live(entry), "a deposit is still to come");
    w.minutes(30);
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Passed));
    assert_eq!(w.suspicions(entry), [Suspicion::NoDeposit]);
    assert_eq!(w.site.tasks.open.len(), 0, "a courier may have gone up to somebody's door");
}

#[test]
fn one_visit_counts_for_every_door_that_led_to_it() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT, BANK_ROOM]);
    let front = w.comes_in(FRONT, &code);
    let room = w.comes_in(BANK_ROOM, &code);
    assert_eq!(w.suspicions(room), [], "one door after the other");
    let visit = w.log_in(K2, &code).unwrap();
    w.put(visit, "101", Size::S);
    w.finish(visit);
    w.leaves_by(BANK_ROOM);
    w.minutes(31);
    assert_eq!((w.suspicions(front), w.suspicions(room)), (vec![], vec![]));
}

/// A kiosk before the room sends them to a shelf in it: they say that it lies there when they are back.
#[test]
fn a_courier_at_a_kiosk_takes_a_parcel_into_the_room_and_is_not_suspected() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let visit = w.log_in(K1, &code).unwrap();
    let parcel = loop {
        let parcel = w.parcel(visit, "101", Size::XL);
        let Some(Place::Compartment(door)) = w.planned(parcel) else { break parcel };
        w.opens(door);
        w.shuts(door);
    };
    assert_eq!(w.planned(parcel), Some(Place::Shelf(ShelfId(1))));
    let entry = w.scans_at(ROOM, &code).unwrap();
    assert_eq!(w.site.access.entries[&entry].visit, Some(visit));
    w.goes_in(entry);
    w.leaves_by(ROOM);
    assert_eq!(w.suspicions(entry), [], "it is still in their hands");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    let again = w.comes_in(ROOM, &code);
    w.leaves_by(ROOM);
    w.minutes(11);
    assert_eq!(w.suspicions(again), [Suspicion::NoDeposit], "with nothing in hand they leave nothing");
}

#[test]
fn who_is_not_seen_to_leave_is_looked_for() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[BANK_ROOM]);
    let entry = w.comes_in(BANK_ROOM, &code);
    w.minutes(29);
    assert!(w.is_live(entry));
    let visit = w.log_in(K2, &code).unwrap();
    w.put(visit, "101", Size::S);
    for _ in 0..3 {
        w.seconds(29);
        w.ok(Actor::Visit(visit), Command::Continue { visit });
    }
    assert!(w.is_live(entry), "who is at work at the kiosk is not lost");
    w.finish(visit);
    w.seconds(1);
    assert_eq!(w.entry_end(entry), Some(EntryEnd::NotSeenLeaving));
    assert_eq!(w.suspicions(entry), [Suspicion::NoExit]);
    assert!(w.has_task(&TaskKind::StillInside { entry, point: BANK_ROOM }));
}

#[test]
fn two_couriers_at_once_are_two_entries_and_the_second_is_no_stranger() {
    let mut w = World::with_doors();
    let (one, other) = (w.ups_for(&[ROOM]), w.ups_for(&[ROOM]));
    let first = w.scans_at(ROOM, &one).unwrap();
    let second = w.scans_at(ROOM, &other).unwrap();
    assert_eq!(w.releases.len(), 2);
    w.passage(ROOM, true);
    assert_eq!((w.suspicions(first), w.suspicions(second)), (vec![], vec![Suspicion::SecondCode]));
    w.passage(ROOM, false);
    assert!(w.is_live(first) && w.is_live(second));
    w.leaves_by(ROOM);
    assert!(w.is_live(first) && w.is_live(second), "nobody knows who of the two left");
    w.leaves_by(ROOM);
    assert_eq!((w.entry_end(first), w.entry_end(second)), (Some(EntryEnd::Left), Some(EntryEnd::Left)));
}

#[test]
fn a_second_code_at_the_open_door_comes_in_without_a_release() {
    let mut w = World::with_doors();
    let (one, other) = (w.ups_for(&[ROOM]), w.ups_for(&[ROOM]));
    let first = w.scans_at(ROOM, &one).unwrap();
    w.passage(ROOM, true);
    let second = w.scans_at(ROOM, &other).unwrap();
    assert_eq!(w.releases.len(), 1, "an open door is not released");
    assert_eq!(w.suspicions(second), [Suspicion::SecondCode]);
    w.passage(ROOM, false);
    assert!(w.site.access.entries[&first].is_inside() && w.site.access.entries[&second].is_inside());
}

#[test]
fn one_code_at_two_doors_at_once_comes_in_and_brings_staff() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT, ROOM]);
    w.scans_at(FRONT, &code).unwrap();
    let entry = w.scans_at(ROOM, &code).unwrap();
    assert_eq!(w.suspicions(entry), [Suspicion::TwoDoors], "nobody has come in by the front door yet");
    assert!(w.has_task(&TaskKind::CodeMisused { credential: code.credential.unwrap() }));
}

/// Somebody goes through the first door, which is not shut yet when the same code is shown at the other.
fn one_after_the_other(first: AccessPointId, other: AccessPointId) -> (Vec<Suspicion>, bool) {
    let mut w = World::with_doors();
    let garage =
        w.ok(STAFF, Command::InstallAccessPoint { spec: spec("Garage", PointKind::BuildingEntrance) });
    assert_eq!(garage, Answer::AccessPoint(GARAGE));
    let code = w.ups_for(&[FRONT, ROOM, BANK_ROOM, GARAGE]);
    let entry = w.scans_at(first, &code).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    w.passage(first, true);
    w.seconds(3);
    let entry = w.scans_at(other, &code).unwrap();
    let misused = TaskKind::CodeMisused { credential: code.credential.unwrap() };
    (w.suspicions(entry), w.has_task(&misused))
}

#[test]
fn an_entrance_and_then_a_door_inside_is_one_courier_walking() {
    for inside in [ROOM, BANK_ROOM] {
        assert_eq!(one_after_the_other(FRONT, inside), (vec![], false));
    }
    let no_way = [(ROOM, BANK_ROOM), (BANK_ROOM, ROOM), (ROOM, FRONT), (FRONT, GARAGE)];
    for (first, other) in no_way {
        let told = one_after_the_other(first, other);
        assert_eq!(told, (vec![Suspicion::TwoDoors], true), "{first} and then {other}");
    }
}

#[test]
fn a_door_that_stands_open_long_may_have_let_in_others() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.passage(ROOM, true);
    w.seconds(19);
    assert_eq!(w.suspicions(entry), []);
    w.seconds(1);
    assert_eq!(w.suspicions(entry), [Suspicion::OpenLong]);
    let photos = w.photos.len();
    w.seconds(40);
    assert!(w.has_task(&TaskKind::DoorHeldOpen { point: ROOM }), "held open after a minute");
    assert_eq!(w.photos.len(), photos + 1);
    w.wait(Span::hours(1));
    assert_eq!(w.suspicions(entry), [Suspicion::OpenLong], "said once, however long");
    w.passage(ROOM, false);
    assert!(!w.has_task(&TaskKind::DoorHeldOpen { point: ROOM }));
}

#[test]
fn a_release_nobody_uses_is_over_and_three_in_a_row_are_looked_at() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    for n in 1..=3 {
        assert!(!w.has_task(&TaskKind::LookAtDoor { point: ROOM }));
        let entry = w.scans_at(ROOM, &code).unwrap();
        if n == 2 {
            w.release(entry, ReleaseOutcome::NotTaken);
            assert!(!w.is_live(entry), "an order the device refused is over at once");
        } else {
            w.release(entry, ReleaseOutcome::Taken);
            w.seconds(6);
            assert!(w.is_live(entry), "a contact may be late");
            w.seconds(1);
        }
        assert_eq!(w.entry_end(entry), Some(EntryEnd::NotOpened));
    }
    assert!(w.has_task(&TaskKind::LookAtDoor { point: ROOM }));
    w.comes_in(ROOM, &code);
    assert!(!w.has_task(&TaskKind::LookAtDoor { point: ROOM }), "it was seen to open");
}

#[test]
fn power_fails_between_the_release_and_its_outcome() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.restart();
    assert!(matches!(w.site.access.entries[&entry].progress, Progress::Unknown { .. }));
    assert!(w.has_task(&TaskKind::LookAtDoor { point: ROOM }));
    assert_eq!(w.releases.len(), 1, "nothing is replayed");
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 0, "it was released after all");
    assert!(!w.has_task(&TaskKind::LookAtDoor { point: ROOM }));
    w.passage(ROOM, false);
    assert!(w.site.access.entries[&entry].is_inside());
}

#[test]
fn a_release_nobody_knows_of_explains_no_opening_hours_later() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.release(entry, ReleaseOutcome::Unknown);
    w.seconds(20);
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Unknown));
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 1);
}

#[test]
fn power_fails_while_the_door_is_open() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.passage(ROOM, true);
    w.now = w.now + Span::hours(2);
    w.restart();
    w.passage(ROOM, false);
    assert!(w.site.access.entries[&entry].is_inside(), "they are in, though nobody knows since when");
    w.minutes(30);
    assert_eq!(w.suspicions(entry).last(), Some(&Suspicion::NoDeposit));
}

#[test]
fn a_door_without_a_contact_is_believed_when_it_is_released() {
    let mut w = World::with_doors();
    let mut spec = w.site.access.points[&FRONT].spec.clone();
    spec.contact = false;
    spec.banks.clear();
    w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT, spec });
    let pass = w.pass_for(&[FRONT], vec![time::WeekWindow::ALWAYS]);
    let entry = w.scans_at(FRONT, &pass).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Passed));
    assert_eq!(w.scans_at(FRONT, &pass), Err(Refusal::CodeDead), "a pass is spent by the release alone");
}

#[test]
fn a_contact_that_fails_leaves_nobody_at_the_door_for_ever() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.passage(ROOM, true);
    w.see(Observation::PassageSeen { point: ROOM, open: None });
    assert!(w.site.access.entries[&entry].is_inside());
    w.minutes(31);
    assert!(!w.is_live(entry));
}

#[test]
fn a_room_without_a_contact_sees_nobody_leave_and_looks_for_nobody() {
    let mut w = World::with_doors();
    let mut spec = w.site.access.points[&ROOM].spec.clone();
    (spec.contact, spec.request_to_exit) = (false, false);
    w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM, spec });
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    assert!(w.site.access.entries[&entry].is_inside());
    w.minutes(30);
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Passed));
    assert!(!w.has_task(&TaskKind::StillInside { entry, point: ROOM }));
}

#[test]
fn a_parcel_is_expected_of_who_came_in_where_one_can_be_left() {
    let mut w = World::with_doors();
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    let mut bare = w.site.access.points[&FRONT].spec.clone();
    bare.banks.clear();
    let (mut shelf, mut area) = (bare.clone(), bare.clone());
    shelf.shelves.insert(ShelfId(1));
    area.areas.insert(AreaId(1));
    for (spec, expected) in
        [(bare, vec![]), (shelf, vec![Suspicion::NoDeposit]), (area, vec![Suspicion::NoDeposit])]
    {
        w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT, spec: spec.clone() });
        w.passage(FRONT, false);
        let code = w.ups_for(&[FRONT]);
        let entry = w.comes_in(FRONT, &code);
        w.minutes(31);
        assert_eq!(w.suspicions(entry), expected, "{spec:?}");
    }
}

#[test]
fn an_entry_is_that_of_the_visit_it_led_to_until_that_is_over() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[BANK_ROOM]);
    let entry = w.comes_in(BANK_ROOM, &code);
    let first = w.log_in(K2, &code).unwrap();
    let beside = w.log_in(K1, &code).unwrap();
    assert_eq!(
        w.site.access.entries[&entry].visit,
        Some(first),
        "another kiosk, while they are at work at the first"
    );
    w.finish(first);
    w.finish(beside);
    let next = w.log_in(K1, &code).unwrap();
    assert_eq!(w.site.access.entries[&entry].visit, Some(next));
}

#[test]
fn a_pass_that_staff_ended_at_the_door_ends_once() {
    let mut w = World::with_doors();
    let pass = w.pass_for(&[FRONT], vec![time::WeekWindow::ALWAYS]);
    w.scans_at(FRONT, &pass).unwrap();
    w.ok(STAFF, Command::RevokePass { credential: pass.credential.unwrap() });
    w.passage(FRONT, true);
    let ended = w.log.iter().filter(|event| matches!(event, Event::PassEnded { .. })).count();
    assert_eq!(ended, 1);
}
