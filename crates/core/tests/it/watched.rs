//! What cameras are asked for while somebody comes in and is in: before and at the opening, stills of the room, and what looks
//! like somebody who follows.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::policy::DoorPolicy;
use vestibule_core::evidence::{CameraPlace, InView, PhotoAsked, PhotoMoment, PhotoReason, PhotoTrouble};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

fn of(w: &World, reason: PhotoReason) -> Vec<(PhotoAsked, PhotoMoment)> {
    w.photos.iter().filter(|(asked, _)| asked.reason == reason).cloned().collect()
}

fn reasons_since(w: &World, since: usize) -> Vec<(PhotoReason, PhotoMoment)> {
    w.photos[since..].iter().map(|(asked, moment)| (asked.reason, *moment)).collect()
}

fn named(asked: &PhotoAsked) -> Vec<EntryId> {
    asked.subject.entries().collect()
}

fn stills(w: &World) -> usize {
    of(w, PhotoReason::InRoom).len()
}

/// Somebody goes in at the package room at this moment, and the door has shut behind them.
fn in_the_room(w: &mut World) -> EntryId {
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    w.passage(ROOM, true);
    w.passage(ROOM, false);
    entry
}

#[test]
fn an_entry_is_photographed_before_and_at_the_opening() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let since = w.photos.len();
    let entry = w.scans_at(ROOM, &code).unwrap();
    assert_eq!(reasons_since(&w, since), [(PhotoReason::Entry, PhotoMoment::Now)]);
    w.release(entry, ReleaseOutcome::Taken);
    assert_eq!(w.photos.len(), since + 1, "a contact tells when it opens");
    w.passage(ROOM, true);
    assert_eq!(reasons_since(&w, since)[1..], [(PhotoReason::Opened, PhotoMoment::PassageOpened)]);
    let at_the_opening = &of(&w, PhotoReason::Opened)[0].0;
    assert_eq!(named(at_the_opening), [entry]);
    let door = w.site.evidence.cameras[&at_the_opening.camera].at;
    assert_eq!(door, CameraPlace::Door(ROOM));
    w.passage(ROOM, false);
    w.leaves_by(ROOM);
    assert_eq!(w.photos.len(), since + 2, "going out is nobody's entry");
}

#[test]
fn a_door_that_shows_nothing_is_photographed_once_it_was_released() {
    let mut w = World::with_doors();
    let mut spec = w.site.access.points[&FRONT].spec.clone();
    spec.contact = false;
    w.ok(STAFF, Command::ChangeAccessPoint { point: FRONT, spec });
    let code = w.ups_for(&[FRONT]);
    let entry = w.scans_at(FRONT, &code).unwrap();
    assert_eq!(of(&w, PhotoReason::Opened), []);
    w.release(entry, ReleaseOutcome::Taken);
    let opened = of(&w, PhotoReason::Opened);
    assert_eq!(opened.len(), 1);
    assert_eq!((named(&opened[0].0), opened[0].1), (vec![entry], PhotoMoment::DoorOpened));
    let refused = w.scans_at(FRONT, &code).unwrap();
    w.release(refused, ReleaseOutcome::NotTaken);
    assert_eq!(of(&w, PhotoReason::Opened).len(), 1, "nobody went in");
}

#[test]
fn a_room_is_seen_at_intervals_while_somebody_is_inside() {
    let mut w = World::with_doors();
    let camera = w.camera_inside(ROOM);
    w.minutes(5);
    assert_eq!(stills(&w), 0, "an empty room is nobody's evidence");
    let entry = in_the_room(&mut w);
    w.seconds(4);
    assert_eq!(stills(&w), 0);
    w.seconds(1);
    assert_eq!(stills(&w), 1, "once they stand in it");
    w.seconds(40);
    let taken = of(&w, PhotoReason::InRoom);
    assert_eq!(taken.len(), 3, "and every 20 s");
    assert!(taken.iter().all(|(asked, moment)| {
        (asked.camera, named(asked), *moment) == (camera, vec![entry], PhotoMoment::Now)
    }));
    w.leaves_by(ROOM);
    w.minutes(5);
    assert_eq!(stills(&w), 3, "they are out");
}

#[test]
fn two_in_a_room_are_one_still_that_names_both() {
    let mut w = World::with_doors();
    w.camera_inside(ROOM);
    let first = in_the_room(&mut w);
    w.seconds(8);
    let second = in_the_room(&mut w);
    w.seconds(16);
    assert_eq!(stills(&w), 1, "the room has its interval, not each of them");
    w.seconds(1);
    let taken = of(&w, PhotoReason::InRoom);
    assert_eq!(
        taken.iter().map(|(asked, _)| named(asked)).collect::<Vec<_>>(),
        [vec![first], vec![first, second]]
    );
}

#[test]
fn whoever_stays_is_seen_so_often_and_no_more() {
    let mut w = World::with_doors();
    w.camera_inside(ROOM);
    in_the_room(&mut w);
    w.minutes(25);
    assert_eq!(stills(&w), 30);
    let next = in_the_room(&mut w);
    w.seconds(5);
    assert_eq!(stills(&w), 31, "who comes later is seen as often");
    assert!(named(&of(&w, PhotoReason::InRoom)[30].0).contains(&next));
}

#[test]
fn no_room_is_seen_without_a_camera_in_it_an_interval_or_space() {
    let mut w = World::with_doors();
    in_the_room(&mut w);
    w.minutes(1);
    assert_eq!(stills(&w), 0, "the camera at the door is not one in the room");
    w.camera_inside(ROOM);
    w.door_policy(|policy| policy.still_every = None);
    w.minutes(1);
    assert_eq!(stills(&w), 0, "the site wants none");
    w.door_policy(|policy| policy.still_every = Some(Span::seconds(30)));
    w.see(Observation::DiskLow { low: true });
    w.minutes(1);
    let missing = w.log.iter().filter(|event| matches!(event, Event::PhotoMissing { asked: Some(asked), .. } if asked.reason == PhotoReason::InRoom));
    assert_eq!((stills(&w), missing.count()), (0, 0), "and none is owed");
    w.see(Observation::DiskLow { low: false });
    w.seconds(61);
    assert_eq!(stills(&w), 3, "at once, and each half minute");
}

#[test]
fn a_dead_camera_in_a_room_fills_no_ledger() {
    let mut w = World::with_doors();
    let camera = w.camera_inside(ROOM);
    in_the_room(&mut w);
    w.seconds(5);
    let asked = Box::new(of(&w, PhotoReason::InRoom)[0].0.clone());
    w.see(Observation::PhotoMissing { asked, trouble: PhotoTrouble::NoAnswer });
    w.see(Observation::CameraSilent { camera });
    let (told, asked) = (w.log.len(), w.photos.len());
    w.minutes(5);
    assert_eq!((w.log.len(), w.photos.len()), (told, asked), "that it is silent was said once");
    w.see(Observation::CameraBack { camera });
    w.seconds(1);
    assert_eq!(stills(&w), 2, "it sees again, and nothing is caught up");
}

#[test]
fn what_was_not_taken_while_the_power_was_off_is_not_caught_up() {
    let mut w = World::with_doors();
    w.camera_inside(ROOM);
    in_the_room(&mut w);
    w.seconds(5);
    w.now = w.now + Span::minutes(10);
    w.restart();
    w.seconds(19);
    assert_eq!(stills(&w), 1);
    w.seconds(1);
    assert_eq!(stills(&w), 2, "the next one, an interval after the start");
}

#[test]
fn a_camera_is_put_into_rooms_alone() {
    let mut w = World::with_doors();
    let inside = |point| Command::InstallCamera { at: CameraPlace::Inside(point), in_view: InView::People };
    w.refuses(vec![
        ("an entrance leads to no room", inside(FRONT), "invalid"),
        ("there is no such door", inside(AccessPointId(9)), "not-found"),
    ]);
    let camera = w.camera_inside(ROOM);
    let mut spec = w.site.access.points[&ROOM].spec.clone();
    spec.kind = vestibule_core::access::point::PointKind::BuildingEntrance;
    w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM, spec });
    in_the_room(&mut w);
    w.minutes(1);
    assert_eq!(stills(&w), 0, "what was a room is watched no longer by camera {camera}");
}

#[test]
fn the_interval_of_stills_has_bounds() {
    let with = |seconds| DoorPolicy { still_every: Some(Span::seconds(seconds)), ..DoorPolicy::default() };
    for (seconds, sound) in [(4, false), (5, true), (600, true), (601, false)] {
        assert_eq!(with(seconds).is_sound().is_ok(), sound, "{seconds} s");
    }
    let none = DoorPolicy { still_every: None, ..DoorPolicy::default() };
    assert_eq!(none.is_sound(), Ok(()));
    let mut w = World::with_doors();
    w.refuses(vec![("too often", Command::SetDoorPolicy { policy: with(4) }, "invalid")]);
}

#[test]
fn a_door_open_long_is_photographed_and_in_a_room_somebody_looks() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM, FRONT]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.passage(ROOM, true);
    w.seconds(20);
    let taken = of(&w, PhotoReason::Followed);
    assert_eq!(taken.iter().map(|(asked, _)| named(asked)).collect::<Vec<_>>(), [vec![entry]]);
    let task = TaskKind::Followed { entry, point: ROOM };
    assert!(w.has_task(&task));
    let id = w.site.tasks.find(&task).unwrap();
    w.ok(STAFF, Command::CompleteTask { task: id });
    w.passage(ROOM, false);
    w.leaves_by(ROOM);
    let entrance = w.scans_at(FRONT, &code).unwrap();
    w.passage(FRONT, true);
    w.seconds(20);
    assert_eq!(of(&w, PhotoReason::Followed).len(), 2);
    assert!(!w.has_task(&TaskKind::Followed { entry: entrance, point: FRONT }), "many live behind it");
}

#[test]
fn a_second_code_at_an_open_door_is_photographed_and_looked_at() {
    let mut w = World::with_doors();
    let (one, other) = (w.ups_for(&[ROOM]), w.ups_for(&[ROOM]));
    let first = w.scans_at(ROOM, &one).unwrap();
    w.passage(ROOM, true);
    let second = w.scans_at(ROOM, &other).unwrap();
    let taken = of(&w, PhotoReason::Followed);
    assert_eq!(taken.iter().map(|(asked, _)| named(asked)).collect::<Vec<_>>(), [vec![second]]);
    assert!(w.has_task(&TaskKind::Followed { entry: second, point: ROOM }));
    assert!(!w.has_task(&TaskKind::Followed { entry: first, point: ROOM }));
}

#[test]
fn two_who_come_in_by_one_opening_are_on_one_photo() {
    let mut w = World::with_doors();
    let (one, other) = (w.ups_for(&[ROOM]), w.ups_for(&[ROOM]));
    let first = w.scans_at(ROOM, &one).unwrap();
    let second = w.scans_at(ROOM, &other).unwrap();
    w.passage(ROOM, true);
    let opened = of(&w, PhotoReason::Opened);
    assert_eq!(opened.iter().map(|(asked, _)| named(asked)).collect::<Vec<_>>(), [vec![first, second]]);
    assert!(w.has_task(&TaskKind::Followed { entry: second, point: ROOM }));
}

#[test]
fn the_photo_of_a_propped_door_names_whose_entry_it_was() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.passage(ROOM, true);
    w.seconds(61);
    let held = of(&w, PhotoReason::HeldOpen);
    assert_eq!(held.iter().map(|(asked, _)| named(asked)).collect::<Vec<_>>(), [vec![entry]]);
    w.passage(ROOM, false);
    w.leaves_by(ROOM);
    w.see(Observation::ExitRequested { point: ROOM });
    w.passage(ROOM, true);
    w.seconds(61);
    assert_eq!(named(&of(&w, PhotoReason::HeldOpen)[1].0), [], "who goes out has no entry");
}
