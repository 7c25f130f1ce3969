//! A door's own night: it holds there alone, and the site's where a door has none.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::policy::{DoorNight, LateNightRule, NoCode};
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::*;

const EVENING: WeekWindow = WeekWindow { days: 0x7F, from: 20 * 60, to: 6 * 60 };
const NIGHT: WeekWindow = WeekWindow { days: 0x7F, from: 23 * 60, to: 5 * 60 };

fn night_at(w: &mut World, door: AccessPointId, night: Option<DoorNight>) {
    w.ok(STAFF, Command::SetDoorNight(door, night));
}

fn own(hours: &[WeekWindow], rule: LateNightRule) -> Option<DoorNight> {
    Some(DoorNight { hours: hours.to_vec(), rule })
}

/// A site that refuses from 23:00 on, at 8:00 of a Monday.
fn site_refuses_at_night() -> World {
    let mut w = World::with_doors();
    w.door_policy(|p| {
        p.late_hours = vec![NIGHT];
        p.late_night = LateNightRule::Refuse;
    });
    w
}

#[test]
fn each_door_keeps_to_its_own_night_and_the_others_to_the_site_s() {
    let mut w = site_refuses_at_night();
    let code = w.ups_for(&[FRONT, ROOM, BANK_ROOM]);
    night_at(&mut w, FRONT, own(&[EVENING], LateNightRule::Refuse));
    night_at(&mut w, ROOM, own(&[EVENING], LateNightRule::TellStaff));
    w.wait(Span::hours(13));
    assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::LateNight), "21:00 is night at the front door alone");
    let bank_room = w.scans_at(BANK_ROOM, &code).expect("the site's night has not come");
    w.goes_in(bank_room);
    assert!(!w.has_task(&TaskKind::LateEntry { entry: bank_room, point: BANK_ROOM }));
    let room = w.scans_at(ROOM, &code).expect("staff are told at this door");
    assert!(w.has_task(&TaskKind::LateEntry { entry: room, point: ROOM }));
    w.goes_in(room);
    w.wait(Span::hours(3));
    assert_eq!(w.scans_at(BANK_ROOM, &code), Err(Refusal::LateNight), "midnight, as at all doors");
    w.scans_at(ROOM, &code).expect("its own rule holds there, not the site's");
    w.wait(Span::minutes(5 * 60 + 30));
    assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::LateNight), "5:30 is its night still");
    w.scans_at(BANK_ROOM, &code).expect("and no more the site's");
}

#[test]
fn a_door_without_hours_of_a_night_has_none_and_one_that_is_given_back_has_the_site_s() {
    let mut w = site_refuses_at_night();
    let pass = w.pass_for(&[FRONT], vec![WeekWindow::ALWAYS]);
    night_at(&mut w, FRONT, own(&[], LateNightRule::Refuse));
    w.wait(Span::hours(16));
    w.restart();
    w.scans_at(FRONT, &pass).expect("no night comes at this door, after a start neither");
    w.seconds(20);
    night_at(&mut w, FRONT, None);
    assert_eq!(w.scans_at(FRONT, &pass), Err(Refusal::LateNight));
}

#[test]
fn one_parcel_keeps_to_the_night_of_the_door() {
    let mut w = site_refuses_at_night();
    w.door_policy(|p| p.no_code = NoCode::OneParcel { an_hour: 4 });
    let ring = |door| Command::RingForEntry(rung_at(door, unit("101")));
    night_at(&mut w, FRONT, own(&[WeekWindow::ALWAYS], LateNightRule::Refuse));
    let asked = w.ask(Actor::Door(FRONT), ring(FRONT));
    assert!(matches!(asked, Ok(Answer::Ring { .. })), "who comes may ring: {asked:?}");
    w.minutes(3);
    night_at(&mut w, FRONT, own(&[WeekWindow::ALWAYS], LateNightRule::TellStaff));
    let entry = w.lets_in(Actor::Door(FRONT), ring(FRONT)).expect("staff hear of it");
    assert!(w.has_task(&TaskKind::LateEntry { entry, point: FRONT }));
}

#[test]
fn a_night_that_never_comes_and_a_door_that_is_not_there_are_refused() {
    let mut w = World::with_doors();
    let no_day = WeekWindow { days: 0, from: 60, to: 120 };
    let broken = Command::SetDoorNight(FRONT, own(&[no_day], LateNightRule::Refuse));
    assert_eq!(w.ask(STAFF, broken).map_err(|why| why.code()), Err("invalid"));
    let nowhere = Command::SetDoorNight(AccessPointId(99), None);
    assert_eq!(w.ask(STAFF, nowhere), Err(Refusal::NotFound));
}
