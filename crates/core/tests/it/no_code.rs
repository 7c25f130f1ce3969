//! People without a code: on which bell they ring, when one parcel lets them in, who asks the desk, and what is looked at after
//! them.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::entry::Entrant;
use vestibule_core::access::point::DoorMode;
use vestibule_core::access::policy::{LateNightRule, NoCode};
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::credential::pass::PassKind;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{Bell, Rung};
use vestibule_core::*;

fn asks(w: &mut World, rung: Rung) -> Result<Answer, Refusal> {
    w.ask(Actor::Door(rung.point), Command::RingForEntry(rung))
}

fn by_phone(number: &str) -> Rung {
    Rung { point: FRONT, unit: Some(unit(number)), bell: Bell::Phone }
}

const FOR_DESK: Rung = Rung { point: FRONT, unit: None, bell: Bell::AtDoor };

fn one_parcel(point: AccessPointId) -> Command {
    Command::RingForEntry(rung_at(point, unit("101")))
}

#[test]
fn one_parcel_opens_no_door_that_is_closed_to_couriers() {
    let mut w = World::with_doors();
    w.door_policy(|p| p.no_code = NoCode::OneParcel { an_hour: 4 });
    w.mode(FRONT, DoorMode::ClosedToCouriers, Vec::new());
    let answer = asks(&mut w, rung_at(FRONT, unit("101")));
    assert!(matches!(answer, Ok(Answer::Ring { .. })), "they may ask: {answer:?}");
    assert_eq!(w.releases.len(), 0);
    w.minutes(3);
    w.mode(FRONT, DoorMode::Locked, Vec::new());
    w.lets_in(Actor::Door(FRONT), one_parcel(FRONT)).expect("as before");
}

#[test]
fn one_parcel_keeps_to_the_night_of_the_site() {
    let mut w = World::with_doors();
    w.door_policy(|p| {
        p.no_code = NoCode::OneParcel { an_hour: 4 };
        p.late_hours = vec![WeekWindow::ALWAYS];
        p.late_night = LateNightRule::Refuse;
    });
    let answer = asks(&mut w, rung_at(FRONT, unit("101")));
    assert!(matches!(answer, Ok(Answer::Ring { .. })), "who comes may ring: {answer:?}");
    assert_eq!(w.releases.len(), 0);
    w.minutes(3);
    w.door_policy(|p| p.late_night = LateNightRule::TellStaff);
    let entry = w.lets_in(Actor::Door(FRONT), one_parcel(FRONT)).unwrap();
    assert!(w.has_task(&TaskKind::LateEntry { entry, point: FRONT }), "staff hear of it");
}

#[test]
fn by_day_nobody_hears_of_one_parcel_as_late() {
    let mut w = World::with_doors();
    w.door_policy(|p| {
        p.no_code = NoCode::OneParcel { an_hour: 4 };
        p.late_hours = vec![WeekWindow { days: 0x7F, from: 23 * 60, to: 5 * 60 }];
    });
    let entry = w.lets_in(Actor::Door(FRONT), one_parcel(FRONT)).unwrap();
    assert!(!w.has_task(&TaskKind::LateEntry { entry, point: FRONT }));
}

#[test]
fn a_phone_asks_and_is_never_let_in_by_the_policy_of_one_parcel() {
    let mut w = World::with_doors();
    w.door_policy(|p| p.no_code = NoCode::OneParcel { an_hour: 60 });
    let Ok(Answer::Ring { ring, .. }) = asks(&mut w, by_phone("101")) else { panic!("it asks") };
    let task = TaskKind::Ringing { ring, point: FRONT, unit: Some(unit("101")), bell: Bell::Phone };
    assert!(w.has_task(&task), "staff hear that it was a phone");
    assert_eq!(w.releases.len(), 0);
    let yes = Command::AnswerEntry { ring, let_in: true, link: None };
    let entry = w.lets_in(STAFF, yes).unwrap();
    assert_eq!(w.site.access.entries[&entry].entrant, Entrant::Rang { ring, unit: Some(unit("101")) });
    w.door_policy(|p| p.no_code = NoCode::Off);
    assert_eq!(asks(&mut w, by_phone("102")), Err(Refusal::NoRinging));
}

/// The label can be copied: whoever rings by it from afar leaves the bell of the door to whoever stands there.
#[test]
fn phones_are_counted_apart_from_the_screen_at_the_door() {
    let mut w = World::with_doors();
    asks(&mut w, by_phone("101")).unwrap();
    asks(&mut w, rung_at(FRONT, unit("101"))).expect("a phone that waits is in nobody's way");
    assert!(matches!(asks(&mut w, by_phone("102")), Err(Refusal::Ringing { .. })), "one phone at a time");
    let began = w.now;
    w.minutes(3);
    asks(&mut w, by_phone("101")).unwrap();
    w.minutes(3);
    assert_eq!(asks(&mut w, by_phone("101")), Err(Refusal::RungEnough), "twice an hour");
    for number in ["102", "103"] {
        for _ in 0..2 {
            asks(&mut w, by_phone(number)).unwrap();
            w.minutes(3);
        }
    }
    let until = began + Span::hours(1);
    assert_eq!(asks(&mut w, by_phone("104")), Err(Refusal::DoorRungEnough { until }), "six a door");
    asks(&mut w, rung_at(FRONT, unit("101"))).expect("the screen rings as before");
    w.restart();
    assert_eq!(
        asks(&mut w, by_phone("104")),
        Err(Refusal::DoorRungEnough { until }),
        "and a start forgets nothing"
    );
    w.minutes(60);
    asks(&mut w, by_phone("104")).unwrap();
}

#[test]
fn the_desk_is_rung_for_what_is_no_household_s() {
    let mut w = World::with_doors();
    let notes = w.inbox.values().map(Vec::len).sum::<usize>();
    let Ok(Answer::Ring { ring, .. }) = asks(&mut w, FOR_DESK) else { panic!("staff are asked") };
    assert!(w.has_task(&TaskKind::Ringing { ring, point: FRONT, unit: None, bell: Bell::AtDoor }));
    assert_eq!(w.inbox.values().map(Vec::len).sum::<usize>(), notes, "nobody else is");
    let entry = w.lets_in(STAFF, Command::AnswerEntry { ring, let_in: true, link: None }).unwrap();
    assert_eq!(w.site.access.entries[&entry].entrant, Entrant::Rang { ring, unit: None });
    assert_eq!(w.inbox.values().map(Vec::len).sum::<usize>(), notes, "and nobody else is told");
    assert!(!w.has_task(&TaskKind::Ringing { ring, point: FRONT, unit: None, bell: Bell::AtDoor }));
}

#[test]
fn the_desk_too_is_rung_so_often_and_says_yes_itself() {
    let mut w = World::with_doors();
    w.door_policy(|p| p.no_code = NoCode::OneParcel { an_hour: 60 });
    for _ in 0..6 {
        assert!(matches!(asks(&mut w, FOR_DESK), Ok(Answer::Ring { .. })), "no policy lets in to the desk");
        w.minutes(3);
    }
    assert_eq!(asks(&mut w, FOR_DESK), Err(Refusal::RungEnough));
    w.door_policy(|p| p.no_code = NoCode::SomebodySaysYes);
    asks(&mut w, rung_at(FRONT, unit("101"))).expect("households can be rung");
}

#[test]
fn what_somebody_with_one_parcel_left_in_a_room_is_looked_at() {
    let mut w = World::with_doors();
    w.door_policy(|p| p.no_code = NoCode::OneParcel { an_hour: 4 });
    let entry = w.lets_in(Actor::Door(ROOM), one_parcel(ROOM)).unwrap();
    w.goes_in(entry);
    w.leaves_by(ROOM);
    assert!(w.has_task(&TaskKind::LookWhatWasLeft { entry, point: ROOM }));
    assert_eq!(w.suspicions(entry), [], "they were let in for just that");
    let front = w.lets_in(Actor::Door(FRONT), one_parcel(FRONT)).unwrap();
    w.goes_in(front);
    w.minutes(30);
    let looked = TaskKind::LookWhatWasLeft { entry: front, point: FRONT };
    assert!(!w.has_task(&looked), "they may have gone up to somebody's door");
}

#[test]
fn what_came_with_a_delivery_pass_is_looked_at_and_what_a_visitor_s_pass_let_in_is_not() {
    for (kind, looked_at) in [(PassKind::Delivery, true), (PassKind::Visitor, false)] {
        let mut w = World::with_doors();
        let (windows, expires) = (vec![WeekWindow::ALWAYS], w.now + Span::days(2));
        let doors = vec![DoorGrant { point: ROOM }];
        w.ok(STAFF, Command::IssuePass { kind, unit: Some(unit("101")), windows, expires, doors });
        let pass = w.revealed.take().unwrap();
        let entry = w.comes_in(ROOM, &pass);
        w.leaves_by(ROOM);
        assert_eq!(w.has_task(&TaskKind::LookWhatWasLeft { entry, point: ROOM }), looked_at, "{kind:?}");
    }
}

#[test]
fn a_label_that_was_copied_is_renewed_and_a_door_that_is_not_there_has_none() {
    let mut w = World::with_doors();
    assert_eq!(w.site.access.points[&FRONT].label_renewed, 0);
    w.ok(STAFF, Command::RenewDoorLabel(FRONT));
    assert_eq!(w.site.access.points[&FRONT].label_renewed, 1);
    assert_eq!(w.site.access.points[&ROOM].label_renewed, 0);
    assert_eq!(w.ask(STAFF, Command::RenewDoorLabel(AccessPointId(9))), Err(Refusal::NotFound));
    assert_eq!(w.ask(Actor::Door(FRONT), Command::RenewDoorLabel(FRONT)), Err(Refusal::NotYours));
}
