//! What doors tell that nobody asked for: forced, held open, exits, tampering.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::entry::{Progress, Suspicion};
use vestibule_core::access::passage::Closure;
use vestibule_core::access::point::DoorMode;
use vestibule_core::evidence::{PhotoReason, PhotoTrouble};
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

#[test]
fn an_opening_nobody_can_explain_alarms() {
    let mut w = World::with_doors();
    let photos = w.photos.len();
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 1);
    assert!(w.has_task(&TaskKind::DoorForced { point: ROOM }));
    assert_eq!(w.photos.len(), photos + 1);
    w.passage(ROOM, false);
    assert!(w.has_task(&TaskKind::DoorForced { point: ROOM }), "that it is shut again explains nothing");
    let task = w.site.tasks.find(&TaskKind::DoorForced { point: ROOM }).unwrap();
    w.ok(STAFF, Command::CompleteTask { task });
}

#[test]
fn going_out_is_free_and_only_explains() {
    let mut w = World::with_doors();
    w.leaves_by(ROOM);
    assert_eq!((w.forced(ROOM), w.releases.len()), (0, 0), "no lock waits for a program to let anybody out");
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 1, "one request explains one opening");
    w.passage(ROOM, false);
    w.see(Observation::ExitRequested { point: ROOM });
    w.seconds(11);
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 2, "and none that comes long after");
}

#[test]
fn a_request_that_is_read_just_after_the_opening_ends_the_alarm() {
    let mut w = World::with_doors();
    w.passage(ROOM, true);
    w.seconds(1);
    w.see(Observation::ExitRequested { point: ROOM });
    assert!(!w.has_task(&TaskKind::DoorForced { point: ROOM }));
}

/// How the opening was explained afterwards.
fn explained(w: &World) -> usize {
    w.log.iter().filter(|event| matches!(event, Event::PassageExplained { point } if *point == ROOM)).count()
}

#[test]
fn who_goes_out_in_the_morning_ends_no_alarm_of_the_night() {
    let mut w = World::with_doors();
    let forced = TaskKind::DoorForced { point: ROOM };
    w.passage(ROOM, true);
    w.passage(ROOM, false);
    w.wait(Span::hours(5));
    w.passage(ROOM, true);
    w.seconds(1);
    w.see(Observation::ExitRequested { point: ROOM });
    assert_eq!((w.forced(ROOM), explained(&w)), (2, 1), "the request is that of the second opening");
    assert!(w.has_task(&forced), "nobody has looked at what happened in the night");
    w.passage(ROOM, false);
    w.leaves_by(ROOM);
    assert!(w.has_task(&forced));
}

#[test]
fn a_request_beside_an_opening_that_is_explained_ends_no_alarm() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    w.passage(ROOM, true);
    w.passage(ROOM, false);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    w.passage(ROOM, true);
    w.see(Observation::ExitRequested { point: ROOM });
    assert!(w.has_task(&TaskKind::DoorForced { point: ROOM }));
    assert_eq!(explained(&w), 0, "it was their entry that opened it");
}

#[test]
fn a_request_that_came_late_explains_one_opening_too() {
    let mut w = World::with_doors();
    w.passage(ROOM, true);
    w.seconds(1);
    w.see(Observation::ExitRequested { point: ROOM });
    w.see(Observation::ExitRequested { point: ROOM });
    assert_eq!(explained(&w), 1, "the handle is pressed twice, and nobody goes out twice");
    let mut w = World::with_doors();
    w.passage(ROOM, true);
    w.see(Observation::ExitRequested { point: ROOM });
    w.passage(ROOM, false);
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 2);
    assert!(w.has_task(&TaskKind::DoorForced { point: ROOM }), "the request was used up");
}

#[test]
fn a_request_long_after_the_opening_explains_nothing() {
    let mut w = World::with_doors();
    w.passage(ROOM, true);
    w.seconds(3);
    w.see(Observation::ExitRequested { point: ROOM });
    assert!(w.has_task(&TaskKind::DoorForced { point: ROOM }));
}

/// The contact of the room cannot be read, as on a line that drops.
fn cannot_be_read(w: &mut World) {
    w.see(Observation::PassageSeen { point: ROOM, open: None });
}

#[test]
fn a_line_that_drops_while_a_door_stands_open_is_no_forced_door() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    w.passage(ROOM, true);
    let before = w.site.access.points[&ROOM].closure;
    w.seconds(5);
    cannot_be_read(&mut w);
    w.restart();
    w.seconds(5);
    w.passage(ROOM, true);
    assert_eq!(w.last, [Event::PassageStillOpen { point: ROOM }]);
    assert_eq!(w.site.access.points[&ROOM].closure, before, "since when, and why, is known from before");
    assert!(w.site.access.entries[&entry].is_inside());
    w.seconds(50);
    assert!(
        w.has_task(&TaskKind::DoorHeldOpen { point: ROOM }),
        "a minute after it opened, not after it was read"
    );
    w.passage(ROOM, false);
    assert_eq!((w.forced(ROOM), w.has_task(&TaskKind::DoorHeldOpen { point: ROOM })), (0, false));
}

#[test]
fn a_door_that_stands_open_over_a_restart_is_no_forced_door() {
    let mut w = World::with_doors();
    w.see(Observation::ExitRequested { point: ROOM });
    w.passage(ROOM, true);
    w.restart();
    w.passage(ROOM, true);
    assert_eq!((w.last.len(), w.forced(ROOM)), (0, 0));
}

#[test]
fn a_door_that_was_shut_when_the_line_dropped_and_is_open_after_it_was_forced() {
    let mut w = World::with_doors();
    cannot_be_read(&mut w);
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 1);
    cannot_be_read(&mut w);
    w.passage(ROOM, false);
    cannot_be_read(&mut w);
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 2, "it was seen shut between");
    let mut spec = w.site.access.points[&ROOM].spec.clone();
    cannot_be_read(&mut w);
    (spec.contact, spec.request_to_exit) = (false, false);
    w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM, spec: spec.clone() });
    (spec.contact, spec.request_to_exit) = (true, true);
    w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM, spec });
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 3, "what another contact showed says nothing of this one");
}

#[test]
fn who_comes_in_while_the_contact_cannot_be_read_is_who_opened_the_door() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    w.see(Observation::ExitRequested { point: ROOM });
    w.passage(ROOM, true);
    cannot_be_read(&mut w);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    w.passage(ROOM, true);
    assert!(matches!(w.site.access.entries[&entry].progress, Progress::Open));
    assert_eq!(w.forced(ROOM), 0);
}

#[test]
fn where_nobody_sees_exits_an_opening_is_recorded_and_no_alarm() {
    let mut w = World::with_doors();
    w.passage(FRONT, true);
    assert_eq!(w.forced(FRONT), 0, "most who open the front door go out");
    assert!(w.last.iter().any(|event| matches!(event, Event::PassageOpened { .. })));
}

#[test]
fn open_hours_explain_an_opening_and_hold_back_the_alarm_until_they_end() {
    let mut w = World::with_doors();
    let office = WeekWindow { days: 0x7F, from: 8 * 60, to: 18 * 60 };
    w.mode(ROOM, DoorMode::Scheduled, vec![office]);
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 0);
    w.minutes(10 * 60 - 1);
    assert!(!w.has_task(&TaskKind::DoorHeldOpen { point: ROOM }), "17:59");
    w.minutes(2);
    assert!(w.has_task(&TaskKind::DoorHeldOpen { point: ROOM }), "the door is to be locked now");
    w.passage(ROOM, false);
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 1, "after hours");
}

#[test]
fn a_held_door_ends_when_it_is_shut_and_not_by_a_word() {
    let mut w = World::with_doors();
    w.see(Observation::ExitRequested { point: ROOM });
    w.passage(ROOM, true);
    w.seconds(61);
    let task = w.site.tasks.find(&TaskKind::DoorHeldOpen { point: ROOM }).unwrap();
    let ticked = w.ask(STAFF, Command::CompleteTask { task });
    assert_eq!(ticked.map_err(|refusal| refusal.code()), Err("invalid"));
    w.restart();
    w.passage(ROOM, false);
    assert!(!w.has_task(&TaskKind::DoorHeldOpen { point: ROOM }));
}

#[test]
fn a_held_door_whose_contact_failed_meanwhile_is_no_task_any_more_when_it_is_read_shut() {
    let mut w = World::with_doors();
    w.see(Observation::ExitRequested { point: ROOM });
    w.passage(ROOM, true);
    w.seconds(61);
    let held = TaskKind::DoorHeldOpen { point: ROOM };
    assert!(w.has_task(&held));
    w.see(Observation::PassageSeen { point: ROOM, open: None });
    assert!(w.has_task(&held), "nobody knows how it stands");
    w.passage(ROOM, false);
    assert!(!w.has_task(&held));
}

#[test]
fn a_door_that_gets_a_contact_or_loses_it_is_read_anew() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.passage(ROOM, true);
    let mut spec = w.site.access.points[&ROOM].spec.clone();
    (spec.contact, spec.request_to_exit) = (false, false);
    w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM, spec: spec.clone() });
    let closure = |w: &World| w.site.access.points[&ROOM].closure;
    assert_eq!(closure(&w), Closure::Unknown);
    assert!(w.site.access.entries[&entry].is_inside(), "nobody will see that door shut");
    spec.contact = true;
    w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM, spec });
    w.passage(ROOM, false);
    assert_eq!(closure(&w), Closure::Closed);
}

#[test]
fn a_door_held_for_an_hour_is_said_once_and_others_still_come_in() {
    let mut w = World::with_doors();
    let (first, second) = (w.ups_for(&[ROOM]), w.ups_for(&[ROOM]));
    let entry = w.scans_at(ROOM, &first).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    w.passage(ROOM, true);
    w.minutes(60);
    let said =
        w.log.iter().filter(|event| matches!(event, Event::PassageHeldOpen { point } if *point == ROOM));
    assert_eq!(said.count(), 1);
    let taken = w.photos.iter().filter(|(asked, _)| asked.reason == PhotoReason::HeldOpen);
    assert_eq!(taken.count(), 1, "one photo, not one a minute");
    assert!(w.suspicions(entry).contains(&Suspicion::OpenLong), "others may have followed");
    assert_eq!(w.forced(ROOM), 0);
    w.scans_at(ROOM, &second).expect("whoever has a code is not kept out by it");
    w.passage(ROOM, false);
    assert!(!w.has_task(&TaskKind::DoorHeldOpen { point: ROOM }));
}

#[test]
fn without_space_for_photos_doors_go_on_and_say_what_is_missing() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    w.see(Observation::DiskLow { low: true });
    let asked = w.photos.len();
    let missing = |w: &World| {
        let said = w.log.iter().filter_map(|event| match event {
            Event::PhotoMissing { asked: Some(asked), trouble: Some(PhotoTrouble::SpaceLow), .. } => {
                Some(asked.reason)
            }
            _ => None,
        });
        said.collect::<Vec<_>>()
    };
    let entry = w.scans_at(ROOM, &code).expect("a door does not wait for a disk");
    w.goes_in(entry);
    assert!(missing(&w).contains(&PhotoReason::Entry));
    w.leaves_by(ROOM);
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 1, "events are stored though photos are not");
    assert!(missing(&w).contains(&PhotoReason::Forced));
    assert_eq!(w.photos.len(), asked, "no camera was asked");
}

#[test]
fn who_opened_a_door_while_the_program_was_dead_is_told_by_what_is_known_at_the_start() {
    let mut w = World::with_doors();
    w.restart();
    w.passage(ROOM, true);
    assert_eq!((w.forced(ROOM), w.releases.len()), (1, 0), "whoever it was asked no program");
    assert!(w.has_task(&TaskKind::DoorForced { point: ROOM }));
    w.passage(FRONT, true);
    assert_eq!(w.forced(FRONT), 0, "where nobody tells exits, it is recorded alone");

    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.restart();
    w.passage(ROOM, true);
    assert_eq!(w.forced(ROOM), 0, "it was released, and that is what opened it");
    assert!(matches!(w.site.access.entries[&entry].progress, Progress::Open));
}

#[test]
fn an_opened_case_is_looked_at() {
    let mut w = World::with_doors();
    let tampered = |tampered| Observation::DoorTampered { point: FRONT, tampered };
    let what = TaskKind::DoorTampered { point: FRONT };
    w.see(tampered(true));
    w.see(tampered(true));
    w.see(Observation::DoorTampered { point: AccessPointId(9), tampered: true });
    assert_eq!(w.last, [], "said twice, or of a door that is not there");
    let task = w.site.tasks.find(&what).unwrap();
    w.ask(STAFF, Command::CompleteTask { task }).unwrap_err();
    w.see(tampered(false));
    assert!(w.has_task(&what), "that it was shut again is no reason not to look");
    w.ok(STAFF, Command::CompleteTask { task });
}

#[test]
fn what_is_said_of_a_door_that_is_not_there_changes_nothing() {
    let mut w = World::with_doors();
    let before = w.site.clone();
    w.passage(AccessPointId(9), true);
    w.see(Observation::ExitRequested { point: AccessPointId(9) });
    w.see(Observation::DoorAnswers { point: AccessPointId(9), answers: false });
    w.see(Observation::Release {
        entry: EntryId(9),
        outcome: vocabulary::observation::ReleaseOutcome::Taken,
    });
    assert!(w.site == before);
}

#[test]
fn a_new_reader_is_let_in_for_some_minutes_as_staff_ask() {
    let mut w = World::with_doors();
    let admit = |point| Command::AwaitReader(point);
    let new = |w: &World| w.site.access.points[&ROOM].new_reader;
    assert_eq!(w.ask(Actor::Kiosk(K1), admit(ROOM)), Err(Refusal::NotYours));
    let mut bare = w.site.access.points[&FRONT].spec.clone();
    bare.reader = false;
    w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT, spec: bare });
    w.refuses(vec![
        ("no such door", admit(AccessPointId(9)), "not-found"),
        ("nothing reads codes there", admit(FRONT), "invalid"),
    ]);
    w.ok(STAFF, admit(ROOM));
    assert!(new(&w).is_some_and(|new| new.is_awaited(w.now) && new.by == STAFF));
    w.minutes(5);
    assert!(new(&w).is_some_and(|new| !new.is_awaited(w.now) && new.key_set.is_none()), "it ends by itself");
    w.ok(STAFF, admit(ROOM));
    w.see(Observation::ReaderKeySet { point: ROOM });
    assert!(new(&w).is_some_and(|new| new.key_set == Some(w.now) && !new.is_awaited(w.now)));
    w.see(Observation::ReaderKeySet { point: AccessPointId(9) });
    assert_eq!(w.last, [], "a door nobody put up");
}
