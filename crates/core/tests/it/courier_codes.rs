//! Courier codes: hours, ends, rotation; what they open.

use crate::world::*;
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;
use vestibule_core::*;

/// Monday to Friday, 8 to 18.
const OFFICE: WeekWindow = WeekWindow { days: 0b001_1111, from: 8 * 60, to: 18 * 60 };

fn visit_of(w: &mut World, code: &Code) -> Result<(), Refusal> {
    let visit = w.log_in(K1, code)?;
    w.finish(visit);
    Ok(())
}

#[test]
fn only_in_its_hours_by_the_clock_of_the_building() {
    let mut w = World::new();
    let code = w.issue_courier(1, vec![OFFICE], w.now + Span::days(30));
    visit_of(&mut w, &code).unwrap();
    w.wait(Span::hours(10));
    assert_eq!(visit_of(&mut w, &code), Err(Refusal::OutsideHours), "18:00 is no longer in it");
    w.wait(Span::hours(14));
    visit_of(&mut w, &code).expect("Tuesday 8:00");
    w.wait(Span::days(4));
    assert_eq!(visit_of(&mut w, &code), Err(Refusal::OutsideHours), "Saturday");
}

#[test]
fn hours_follow_the_clocks_when_they_change() {
    let mut w = World::new();
    // Friday 2027-03-12, 7:59 in New York; the clocks go forward in the night to Sunday.
    w.now = Timestamp(1_804_856_340_000);
    let code = w.issue_courier(1, vec![OFFICE], w.now + Span::days(30));
    assert_eq!(visit_of(&mut w, &code), Err(Refusal::OutsideHours));
    w.minutes(1);
    visit_of(&mut w, &code).expect("8:00 in winter");
    w.minutes(3 * 24 * 60 - 61);
    assert_eq!(visit_of(&mut w, &code), Err(Refusal::OutsideHours), "Monday 7:59 in summer");
    w.minutes(1);
    visit_of(&mut w, &code).expect("8:00 in summer");
}

#[test]
fn it_ends_when_it_says_and_rotation_overlaps() {
    let mut w = World::new();
    let end = w.now + Span::days(30);
    let old = w.issue_courier(1, vec![WeekWindow::ALWAYS], end);
    let new = w.issue_courier(1, vec![WeekWindow::ALWAYS], end + Span::days(30));
    assert_ne!(old.digits[..3], new.digits[..3], "live codes have different first digits");
    let at = w.now + Span::days(14);
    w.ok(STAFF, Command::RevokeCourierCode { credential: old.credential.unwrap(), at });
    w.wait(Span::days(13));
    visit_of(&mut w, &old).expect("two weeks' overlap");
    visit_of(&mut w, &new).unwrap();
    w.wait(Span::days(1));
    assert_eq!(visit_of(&mut w, &old), Err(Refusal::CodeDead));
    visit_of(&mut w, &new).unwrap();
    let later = w.now + Span::days(5);
    let again = w.ask(STAFF, Command::RevokeCourierCode { credential: old.credential.unwrap(), at: later });
    assert_eq!(again, Err(Refusal::CodeDead));
    assert_eq!(visit_of(&mut w, &old), Err(Refusal::CodeDead), "a dead code does not come back");
    w.wait(Span::days(50));
    assert_eq!(visit_of(&mut w, &new), Err(Refusal::CodeDead));
}

#[test]
fn a_code_ended_in_the_middle_of_a_visit_brings_nothing_more() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    w.put(visit, "101", Size::S);
    let (credential, at) = (code.credential.unwrap(), w.now);
    w.ok(STAFF, Command::RevokeCourierCode { credential, at });
    assert_eq!(w.try_parcel(visit, World::words("101", Size::S)), Err(Refusal::CodeDead));
}

#[test]
fn each_code_is_for_one_purpose() {
    let mut w = World::new();
    let courier = w.ups();
    w.delivered(&["101"]);
    let resident = w.code_of("ana");
    assert_eq!(w.pick_up(K1, courier.scanned()), Err(Refusal::OtherPurpose));
    assert_eq!(w.log_in(K1, &resident), Err(Refusal::OtherPurpose));
    assert_eq!(w.misses(), 0);
}

#[test]
fn one_courier_at_a_kiosk_and_none_at_an_unpaired_one() {
    let mut w = World::new();
    let (one, other) = (w.ups(), w.ups());
    let visit = w.log_in(K1, &one).unwrap();
    assert_eq!(w.log_in(K1, &other), Err(Refusal::KioskBusy));
    assert_eq!(w.log_in(K1, &one), Ok(visit), "a double tap is the same visit");
    assert_eq!(w.log_in(KioskId(9), &other), Err(Refusal::KioskUnknown));
    w.ok(STAFF, Command::UnpairKiosk { kiosk: K1 });
    assert!(w.ended(visit).is_some());
    assert_eq!(w.log_in(K1, &one), Err(Refusal::KioskUnknown));
}

#[test]
fn a_visit_is_over_after_half_a_minute_or_an_hour() {
    let mut w = World::new();
    let visit = w.courier();
    w.seconds(29);
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    w.seconds(30);
    assert_eq!(w.ended(visit), Some(vestibule_core::visit::VisitEnd::Idle));
    let visit = w.courier();
    for _ in 0..143 {
        w.seconds(25);
        w.ok(Actor::Visit(visit), Command::Continue { visit });
    }
    w.seconds(25);
    assert_eq!(w.ended(visit), Some(vestibule_core::visit::VisitEnd::TooLong));
}
