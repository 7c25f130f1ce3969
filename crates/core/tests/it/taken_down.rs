//! Doors that are taken down: what ends with them, and what keeps them.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::point::PointKind;
use vestibule_core::access::removal::{PointNeededFor, needed_for};
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::*;

const SPARE: AccessPointId = AccessPointId(4);
const TAKE_DOWN: Command = Command::RemoveAccessPoint(SPARE);

/// The usual doors, and one that was put up by mistake: the same room once more.
fn with_spare() -> World {
    let mut w = World::with_doors();
    w.ok(STAFF, Command::InstallAccessPoint { spec: spec("Spare", PointKind::RoomDoor) });
    w
}

fn refuses(w: &mut World, what: PointNeededFor) {
    let before = w.site.clone();
    assert_eq!(w.ask(STAFF, TAKE_DOWN), Err(Refusal::PointNeeded { needed_for: vec![what] }));
    assert!(w.last.is_empty() && w.site == before, "a refusal records nothing");
}

#[test]
fn what_only_names_a_door_ends_with_it() {
    let mut w = with_spare();
    let code = w.ups_for(&[ROOM, SPARE]);
    let always = || vec![WeekWindow::ALWAYS];
    let (alone, both) = (w.pass_for(&[SPARE], always()), w.pass_for(&[FRONT, SPARE], always()));
    w.ok(STAFF, Command::SetKioskDoors { kiosk: K3, doors: vec![FRONT, SPARE] });
    w.see(Observation::DoorAnswers { point: SPARE, answers: false });
    assert!(w.has_task(&TaskKind::DoorSilent { point: SPARE }));
    w.ok(STAFF, TAKE_DOWN);
    assert!(!w.has_task(&TaskKind::DoorSilent { point: SPARE }));
    assert!(!w.site.access.points.contains_key(&SPARE));
    assert_eq!(w.site.access.gone[&SPARE], "Spare", "what happened there goes on naming it");
    assert_eq!(w.scans_at(SPARE, &code), Err(Refusal::NotFound));
    w.scans_at(ROOM, &code).expect("the code lives for its other door");
    assert_eq!(w.scans_at(FRONT, &alone), Err(Refusal::CodeDead), "it opened no other");
    w.scans_at(FRONT, &both).expect("it opens the other");
    assert_eq!(w.site.layout.kiosks[&K3].doors.iter().copied().collect::<Vec<_>>(), [FRONT]);
    w.passage(SPARE, true);
    assert_eq!(w.last, [], "whatever its line says");
    w.refuses(vec![("twice", TAKE_DOWN, "not-found")]);
}

#[test]
fn a_new_door_of_the_same_name_is_another() {
    let mut w = with_spare();
    let code = w.ups_for(&[SPARE]);
    w.ok(STAFF, TAKE_DOWN);
    w.restart();
    let again = w.ok(STAFF, Command::InstallAccessPoint { spec: spec("Spare", PointKind::RoomDoor) });
    assert_eq!(again, Answer::AccessPoint(AccessPointId(5)), "no number is given twice");
    assert_eq!(w.scans_at(AccessPointId(5), &code), Err(Refusal::NotThisDoor), "no old code opens it");
}

#[test]
fn a_door_at_which_something_happens_stays_until_it_is_over() {
    let mut w = with_spare();
    w.passage(SPARE, false);
    let pass = w.pass_for(&[SPARE], vec![WeekWindow::ALWAYS]);
    let entry = w.scans_at(SPARE, &pass).unwrap();
    refuses(&mut w, PointNeededFor::Entry);
    w.goes_in(entry);
    refuses(&mut w, PointNeededFor::Entry);
    w.leaves_by(SPARE);
    w.see(Observation::ExitRequested { point: SPARE });
    w.passage(SPARE, true);
    refuses(&mut w, PointNeededFor::Open);
    w.passage(SPARE, false);
    w.ok(Actor::Door(SPARE), Command::RingForEntry(rung_at(SPARE, unit("101"))));
    refuses(&mut w, PointNeededFor::Ring);
    w.minutes(3);
    w.ok(STAFF, TAKE_DOWN);
}

#[test]
fn an_alarm_is_looked_at_before_its_door_goes() {
    let mut w = with_spare();
    w.passage(SPARE, false);
    w.passage(SPARE, true);
    w.passage(SPARE, false);
    refuses(&mut w, PointNeededFor::Task);
    let task = w.site.tasks.find(&TaskKind::DoorForced { point: SPARE }).unwrap();
    w.ok(STAFF, Command::CompleteTask { task });
    w.ok(STAFF, TAKE_DOWN);
}

#[test]
fn a_camera_that_looks_at_it_is_turned_first() {
    let mut w = with_spare();
    w.ok(STAFF, Command::InstallCamera { at: CameraPlace::Door(SPARE), in_view: InView::People });
    refuses(&mut w, PointNeededFor::Camera);
    let camera = *w.site.evidence.cameras.keys().next_back().unwrap();
    w.ok(STAFF, Command::RemoveCamera { camera });
    w.ok(STAFF, TAKE_DOWN);
}

#[test]
fn nobody_is_locked_out_from_what_waits_for_them() {
    let mut w = with_spare();
    let code = w.ups();
    let visit = w.log_in(K2, &code).unwrap();
    w.put(visit, "101", Size::S);
    w.finish(visit);
    let mut own = w.site.access.points[&BANK_ROOM].spec.clone();
    assert!(needed_for(&w.site, BANK_ROOM).contains(&PointNeededFor::Parcels));
    own.label = "Spare".to_owned();
    w.ok(STAFF, Command::ChangeAccessPoint { point: SPARE, spec: own });
    assert!(!needed_for(&w.site, BANK_ROOM).contains(&PointNeededFor::Parcels), "there are two ways now");
    w.ok(STAFF, TAKE_DOWN);
    assert!(needed_for(&w.site, BANK_ROOM).contains(&PointNeededFor::Parcels));
}

#[test]
fn who_left_by_it_with_nothing_put_is_recorded_though_it_is_gone() {
    use vestibule_core::access::entry::Suspicion;
    let mut w = with_spare();
    w.passage(SPARE, false);
    let code = w.ups_for(&[SPARE]);
    let entry = w.comes_in(SPARE, &code);
    w.leaves_by(SPARE);
    w.ok(STAFF, TAKE_DOWN);
    w.minutes(11);
    assert_eq!(w.suspicions(entry), [Suspicion::NoDeposit]);
    assert!(w.site.access.awaited.is_empty() && w.site.tasks.open.is_empty());
}
