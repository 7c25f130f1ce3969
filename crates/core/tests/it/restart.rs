//! Power cuts: nothing is pulsed by a start, what nobody knows is checked, and the same code opens the same door again.

use crate::world::*;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

#[test]
fn a_pulse_without_an_outcome_is_unknown_and_the_courier_may_look_again() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.restart();
    assert_eq!(w.service(c(1)), Service::Check);
    assert!(w.has_task(&TaskKind::Check { compartment: c(1) }));
    w.seconds(5);
    assert_eq!(w.pulses.len(), 1, "no door opens by itself after a start");
    w.ok(Actor::Visit(visit), Command::OpenAgain { visit });
    assert_eq!(w.pulses.last().unwrap().2, c(1), "the same compartment, since the parcel may be in it");
    w.opens(c(1));
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
}

#[test]
fn a_touch_after_a_restart_opens_another_door_and_the_doubtful_one_commits_nothing() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.restart();
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    assert_eq!(w.door_of(visit), Some(c(2)));
    w.opens(c(2));
    w.opens(c(1));
    w.shuts(c(1));
    assert_eq!(
        w.custodian(parcel),
        Custodian::Courier(visit),
        "the parcel was planned for another door by then"
    );
    w.shuts(c(2));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(2)));
}

#[test]
fn between_two_pulses() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.pulse_ends(c(1), PulseOutcome::StillClosed);
    w.restart();
    w.seconds(20);
    assert_eq!(w.pulses.len(), 1, "the second pulse is not sent by a start or the clock after it");
    assert_eq!(w.service(c(1)), Service::Check);
}

#[test]
fn a_door_open_over_a_restart_commits_by_word_and_opens_no_other() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.parcel(visit, "102", Size::S);
    w.restart();
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.assurance(parcel), Assurance::CourierWord);
    w.seconds(5);
    assert_eq!(w.pulses.len(), 1, "a passer-by may have shut it");
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    assert_eq!(w.door_of(visit), Some(c(2)));
}

#[test]
fn a_door_read_closed_after_a_long_power_cut() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.now = w.now + Span::hours(3);
    w.restart();
    assert!(w.ended(visit).is_some(), "a visit survives two minutes");
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.assurance(parcel), Assurance::CourierWord);
    assert_eq!(w.notes("ana").len(), 1);
}

#[test]
fn a_parcel_nobody_knows_of_becomes_a_task_when_its_visit_does_not_survive() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.now = w.now + Span::hours(3);
    w.restart();
    assert!(w.has_task(&TaskKind::Accept { parcel }));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![parcel] });
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.service(c(1)), Service::In);
    assert!(!w.has_task(&TaskKind::Accept { parcel }));
    w.seconds(60);
    assert_eq!(w.notes("ana").len(), 1);
}

#[test]
fn a_collection_that_nobody_knows_of_leaves_the_code_good_for_the_same_door() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["101"])[0];
    w.scans(K1, "ana").unwrap();
    w.restart();
    w.seconds(5);
    assert_eq!(w.pulses.len(), 2);
    assert_eq!(w.service(c(1)), Service::Check);
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    let visit = w.scans(K1, "ana").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)]);
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("ana")));
}

#[test]
fn a_collection_open_over_a_restart_is_the_recipients_word() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["101"])[0];
    w.scans(K1, "ana").unwrap();
    w.opens(c(1));
    w.restart();
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("ana")));
    assert_eq!(w.assurance(parcel), Assurance::RecipientWord);
}

#[test]
fn a_new_epoch_kills_and_resends_codes_and_believes_no_compartment() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let old = w.code_of("ana");
    w.ok(STAFF, Command::IssueCard { person: person("cleo") });
    let card = w.revealed.take().unwrap();
    w.see(Observation::EpochRaised { epoch: 2 });
    assert_eq!(w.pick_up(K1, old.scanned()), Err(Refusal::CodeDead));
    assert_eq!(w.pick_up(K1, card.scanned()), Err(Refusal::CodeDead), "it may be one that was revoked since");
    assert!((1..=10).all(|n| w.service(c(n)) == Service::Check));
    assert!(w.has_task(&TaskKind::Restored { epoch: 2 }));
    let visit = w.scans(K1, "ana").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)], "what waits can be collected");
}

#[test]
fn a_door_that_staff_are_unsure_of_is_not_the_couriers_to_open_again() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let next = w.parcel(visit, "102", Size::S);
    w.restart();
    w.shuts(c(1));
    assert_eq!(w.door_of(visit), None, "no door opens by itself after a start");
    w.ok(STAFF, Command::StaffOpen { compartment: c(2), reason: StaffReason::Inspect });
    w.seconds(15);
    assert_eq!(w.ask(Actor::Visit(visit), Command::OpenAgain { visit }), Err(Refusal::DoorHasShut));
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    let door = w.door_of(visit).expect("another door");
    assert_ne!(door, c(2));
    w.opens(door);
    w.shuts(door);
    assert_eq!(w.custodian(next), Custodian::Compartment(door));
}
