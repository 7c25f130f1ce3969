//! A pass for several doors: each opens once, the others for some time after the first; what is over is known again.

use crate::street::*;
use crate::world::*;
use insta::assert_snapshot;
use vestibule_core::access::point::PointSpec;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::credential::pass::OTHER_DOORS_WITHIN;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

fn with_pass(doors: &[AccessPointId]) -> (World, Code) {
    let mut w = World::with_doors();
    let pass = w.pass_for(doors, vec![WeekWindow::ALWAYS]);
    (w, pass)
}

/// Goes in by a door and lets it fall shut.
fn comes_in(w: &mut World, door: AccessPointId, pass: &Code) {
    let entry = w.types_at(door, pass).unwrap_or_else(|why| panic!("door {door}: {why:?}"));
    w.goes_in(entry);
}

fn is_live(w: &World) -> bool {
    !w.site.credentials.passes.live.is_empty()
}

/// Types it so often that a guesser would be made to wait; nothing of it is counted.
fn is_known_to_be_over(w: &mut World, door: AccessPointId, pass: &Code) {
    let missed = |w: &World| {
        let of_guessing = |event: &&Event| {
            matches!(event, Event::DoorCodeMissed { .. } | Event::DoorPaused { .. })
                || matches!(event, Event::SelectorPaused { .. })
        };
        w.log.iter().filter(of_guessing).count()
    };
    let before = missed(w);
    for _ in 0..30 {
        assert_eq!(w.types_at(door, pass), Err(Refusal::CodeDead));
    }
    assert_eq!(missed(w), before, "who tries a pass that is over guesses nothing");
}

#[test]
fn a_delivery_goes_through_the_entrance_and_the_room_door() {
    let (mut w, pass) = with_pass(&[FRONT, ROOM]);
    w.story_begins();
    comes_in(&mut w, FRONT, &pass);
    comes_in(&mut w, ROOM, &pass);
    assert_snapshot!(w.story(), @"
    entry 1 at street 1: who has a pass may come in
    entry 1: release Taken
    street 1 opens by Entries { entries: [EntryId(1)] }
    pass 1 is spent at street 1, entry 1
    street 1 is shut
    entry 1 ends: Passed
    entry 2 at street 2: who has a pass may come in
    entry 2: release Taken
    street 2 opens by Entries { entries: [EntryId(2)] }
    pass 1 is over, entry Some(EntryId(2))
    street 2 is shut
    ");
    assert!(!is_live(&w), "its last door was opened");
    is_known_to_be_over(&mut w, ROOM, &pass);
    is_known_to_be_over(&mut w, FRONT, &pass);
    w.seconds(60);
    let digits = wrong(&pass.digits[..3]);
    assert_eq!(w.shows(ROOM, Purpose::Enter, digits), Err(Refusal::WrongCode), "others are a guess");
}

#[test]
fn each_door_opens_once() {
    let (mut w, pass) = with_pass(&[FRONT, ROOM, BANK_ROOM]);
    comes_in(&mut w, FRONT, &pass);
    is_known_to_be_over(&mut w, FRONT, &pass);
    comes_in(&mut w, BANK_ROOM, &pass);
    assert_eq!(w.scans_at(BANK_ROOM, &pass), Err(Refusal::CodeDead));
    assert!(is_live(&w));
    comes_in(&mut w, ROOM, &pass);
    assert!(!is_live(&w));
}

#[test]
fn the_other_doors_open_for_a_quarter_of_an_hour() {
    let (mut w, pass) = with_pass(&[FRONT, ROOM, BANK_ROOM]);
    let entry = w.types_at(FRONT, &pass).unwrap();
    let opened = w.now;
    w.goes_in(entry);
    let left = opened + OTHER_DOORS_WITHIN - w.now;
    w.wait(Span(left.0 - 1));
    comes_in(&mut w, ROOM, &pass);
    w.wait(Span::minutes(1));
    assert!(!is_live(&w), "a second door gives no more time");
    is_known_to_be_over(&mut w, BANK_ROOM, &pass);
}

#[test]
fn a_pass_ends_no_later_for_having_been_used() {
    let (mut w, pass) = with_pass(&[FRONT, ROOM]);
    let expires = w.site.credentials.passes.live[&pass.credential.unwrap()].expires;
    w.wait(Span((expires - w.now).0 - Span::minutes(5).0));
    comes_in(&mut w, FRONT, &pass);
    w.wait(Span::minutes(5));
    is_known_to_be_over(&mut w, ROOM, &pass);
}

#[test]
fn what_a_pass_has_opened_is_known_after_a_start() {
    let (mut w, pass) = with_pass(&[FRONT, ROOM]);
    comes_in(&mut w, FRONT, &pass);
    w.restart();
    assert_eq!(w.scans_at(FRONT, &pass), Err(Refusal::CodeDead));
    comes_in(&mut w, ROOM, &pass);
    w.restart();
    is_known_to_be_over(&mut w, ROOM, &pass);
}

#[test]
fn one_pass_is_at_one_door_at_a_time_and_through_the_entrance_on_its_way() {
    let (mut w, pass) = with_pass(&[FRONT, ROOM, BANK_ROOM]);
    w.types_at(FRONT, &pass).unwrap();
    assert_eq!(w.types_at(ROOM, &pass), Err(Refusal::PassInUse), "the entrance is released and not open yet");
    w.passage(FRONT, true);
    let room = w.types_at(ROOM, &pass).expect("the entrance falls shut slowly behind them");
    assert_eq!(w.types_at(BANK_ROOM, &pass), Err(Refusal::PassInUse), "two rooms at once");
    w.passage(FRONT, false);
    w.goes_in(room);
    comes_in(&mut w, BANK_ROOM, &pass);
}

#[test]
fn a_door_nobody_went_in_by_is_not_spent_and_starts_no_time() {
    let (mut w, pass) = with_pass(&[FRONT, ROOM]);
    let entry = w.types_at(FRONT, &pass).unwrap();
    w.release(entry, ReleaseOutcome::NotTaken);
    w.wait(Span::hours(1));
    comes_in(&mut w, FRONT, &pass);
    comes_in(&mut w, ROOM, &pass);
}

#[test]
fn a_pass_whose_last_door_is_taken_down_is_over() {
    let mut w = World::with_doors();
    let of_room = w.site.access.points[&ROOM].spec.clone();
    let shelves = Default::default();
    let spec = PointSpec { label: "Spare".to_owned(), shelves, ..of_room };
    let Answer::AccessPoint(spare) = w.ok(STAFF, Command::InstallAccessPoint { spec }) else {
        panic!("a door has a number")
    };
    let pass = w.pass_for(&[FRONT, spare], vec![WeekWindow::ALWAYS]);
    comes_in(&mut w, FRONT, &pass);
    assert!(is_live(&w));
    w.ok(STAFF, Command::RemoveAccessPoint(spare));
    assert!(!is_live(&w), "the entrance was opened, and the other is gone");
    is_known_to_be_over(&mut w, FRONT, &pass);
}

#[test]
fn a_pass_that_staff_ended_or_that_lapsed_is_remembered_for_ninety_days() {
    let (mut w, pass) = with_pass(&[FRONT]);
    w.ok(STAFF, Command::RevokePass { credential: pass.credential.unwrap() });
    is_known_to_be_over(&mut w, FRONT, &pass);
    let lapsed = w.pass_for(&[FRONT], vec![WeekWindow::ALWAYS]);
    w.wait(Span::days(30));
    is_known_to_be_over(&mut w, FRONT, &lapsed);
    w.wait(Span::days(60));
    assert_eq!(w.types_at(FRONT, &pass), Err(Refusal::WrongCode));
    is_known_to_be_over(&mut w, FRONT, &lapsed);
}
