//! What is still to come of entries that are over: the parcel of a second load, somebody who leaves later than expected.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::entry::{EntryEnd, Suspicion};
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::*;

/// A courier goes into a room and out again with nothing put anywhere.
fn in_and_out(w: &mut World, point: AccessPointId, code: &Code) -> EntryId {
    let entry = w.comes_in(point, code);
    w.leaves_by(point);
    assert_eq!((w.entry_end(entry), w.suspicions(entry)), (Some(EntryEnd::Left), vec![]));
    entry
}

#[test]
fn who_fetches_a_second_load_left_something_both_times() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[BANK_ROOM]);
    let first = in_and_out(&mut w, BANK_ROOM, &code);
    w.minutes(9);
    let second = w.comes_in(BANK_ROOM, &code);
    w.minutes(5);
    assert_eq!(w.suspicions(first), [], "they are inside with it");
    let visit = w.log_in(K2, &code).unwrap();
    w.put(visit, "101", Size::S);
    w.finish(visit);
    w.leaves_by(BANK_ROOM);
    w.wait(Span::hours(2));
    assert_eq!((w.suspicions(first), w.suspicions(second)), (vec![], vec![]));
    let joined =
        w.log.iter().filter(|event| matches!(event, Event::EntryJoined { visit: v, .. } if *v == visit));
    assert_eq!(joined.count(), 2, "what they put is found from both entries");
    assert!(w.site.access.awaited.is_empty() && w.site.tasks.open.is_empty());
}

#[test]
fn a_parcel_put_at_a_kiosk_outside_the_room_is_left_too() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = in_and_out(&mut w, ROOM, &code);
    let visit = w.log_in(K1, &code).unwrap();
    w.put(visit, "101", Size::S);
    assert!(w.site.access.awaited.is_empty());
    w.finish(visit);
    w.minutes(30);
    assert_eq!(w.suspicions(entry), []);
}

#[test]
fn another_couriers_parcel_is_none_of_theirs() {
    let mut w = World::with_doors();
    let (code, other) = (w.ups_for(&[ROOM]), w.ups());
    let entry = in_and_out(&mut w, ROOM, &code);
    let visit = w.log_in(K1, &other).unwrap();
    w.put(visit, "101", Size::S);
    w.finish(visit);
    w.minutes(11);
    assert_eq!(w.suspicions(entry), [Suspicion::NoDeposit]);
    assert!(w.has_task(&TaskKind::NoDeposit { entry, point: ROOM }));
}

#[test]
fn who_comes_back_with_nothing_is_looked_for_both_times() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let first = in_and_out(&mut w, ROOM, &code);
    w.minutes(8);
    let second = in_and_out(&mut w, ROOM, &code);
    w.restart();
    w.minutes(3);
    assert_eq!((w.suspicions(first), w.suspicions(second)), (vec![Suspicion::NoDeposit], vec![]));
    w.minutes(8);
    assert_eq!(w.suspicions(second), [Suspicion::NoDeposit]);
}

#[test]
fn a_log_in_without_a_parcel_leaves_nothing() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = in_and_out(&mut w, ROOM, &code);
    let visit = w.log_in(K1, &code).unwrap();
    w.finish(visit);
    w.minutes(11);
    assert_eq!(w.suspicions(entry), [Suspicion::NoDeposit]);
}

/// A visitor goes in and is not seen to leave in time.
fn overstays(w: &mut World) -> (EntryId, TaskKind) {
    let pass = w.pass_for(&[BANK_ROOM], vec![time::WeekWindow::ALWAYS]);
    let entry = w.comes_in(BANK_ROOM, &pass);
    w.minutes(31);
    assert_eq!(w.entry_end(entry), Some(EntryEnd::NotSeenLeaving));
    let task = TaskKind::StillInside { entry, point: BANK_ROOM };
    assert!(w.has_task(&task));
    (entry, task)
}

#[test]
fn who_leaves_late_is_looked_for_no_longer() {
    let mut w = World::with_doors();
    let (entry, task) = overstays(&mut w);
    w.leaves_by(ROOM);
    assert!(w.has_task(&task), "another door");
    w.leaves_by(BANK_ROOM);
    assert!(!w.has_task(&task));
    assert_eq!(w.entry_end(entry), Some(EntryEnd::NotSeenLeaving), "and in time they did not");
}

#[test]
fn of_two_who_are_looked_for_nobody_knows_which_left_until_both_have() {
    let mut w = World::with_doors();
    let (_, first) = overstays(&mut w);
    let (_, second) = overstays(&mut w);
    w.leaves_by(BANK_ROOM);
    assert!(w.has_task(&first) && w.has_task(&second));
    w.restart();
    w.leaves_by(BANK_ROOM);
    assert!(!w.has_task(&first) && !w.has_task(&second));
}

#[test]
fn one_of_two_who_left_in_time_counts_when_the_other_leaves_late() {
    let mut w = World::with_doors();
    let (one, other) = (w.ups_for(&[BANK_ROOM]), w.ups_for(&[BANK_ROOM]));
    let early = w.comes_in(BANK_ROOM, &one);
    w.minutes(20);
    let late = w.comes_in(BANK_ROOM, &other);
    w.leaves_by(BANK_ROOM);
    w.minutes(11);
    let task = TaskKind::StillInside { entry: early, point: BANK_ROOM };
    assert!(w.has_task(&task) && w.is_live(late), "one of them left, and nobody knows which");
    w.leaves_by(BANK_ROOM);
    assert_eq!((w.entry_end(late), w.has_task(&task)), (Some(EntryEnd::Left), false), "both have");
}

/// Who went out together with somebody else keeps nobody after them inside.
#[test]
fn who_comes_and_goes_is_counted_apart_from_who_is_looked_for() {
    let mut w = World::with_doors();
    let other = w.ups_for(&[BANK_ROOM]);
    let (_, task) = overstays(&mut w);
    for _ in 0..2 {
        let entry = w.comes_in(BANK_ROOM, &other);
        w.leaves_by(BANK_ROOM);
        assert_eq!((w.entry_end(entry), w.has_task(&task)), (Some(EntryEnd::Left), true));
    }
    let task = w.site.tasks.find(&task).unwrap();
    w.ok(STAFF, Command::CompleteTask { task });
    assert_eq!(w.site.access.points[&BANK_ROOM].exits, 0);
}

#[test]
fn an_exit_whose_request_is_read_late_is_an_exit() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[BANK_ROOM]);
    let entry = w.comes_in(BANK_ROOM, &code);
    let visit = w.log_in(K2, &code).unwrap();
    w.put(visit, "101", Size::S);
    w.finish(visit);
    w.passage(BANK_ROOM, true);
    w.seconds(1);
    w.see(Observation::ExitRequested { point: BANK_ROOM });
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Left));
    w.passage(BANK_ROOM, false);
    w.wait(Span::hours(1));
    assert_eq!((w.suspicions(entry), w.site.tasks.open.len()), (vec![], 0));
}

#[test]
fn in_open_hours_an_exit_whose_request_is_read_late_is_an_exit_too() {
    use vestibule_core::access::point::DoorMode;
    let mut w = World::with_doors();
    let code = w.ups_for(&[BANK_ROOM]);
    let entry = w.comes_in(BANK_ROOM, &code);
    w.mode(BANK_ROOM, DoorMode::Scheduled, vec![time::WeekWindow::ALWAYS]);
    w.passage(BANK_ROOM, true);
    w.see(Observation::ExitRequested { point: BANK_ROOM });
    assert_eq!(w.entry_end(entry), Some(EntryEnd::Left));
}
