//! Doors that do not open, open by themselves, or say nothing.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

#[test]
fn three_pulses_then_another_door() {
    let mut w = World::new();
    let visit = w.courier();
    w.story_begins();
    let parcel = w.parcel(visit, "102", Size::S);
    w.jams(c(1));
    insta::assert_snapshot!(w.story(), @r"
    parcel 1 is known: S for Some([3])
    parcel 1 goes to Compartment(CompartmentId(1))
    opening 1 of door 1, attempt 1
    opening 1: StillClosed
    opening 1, attempt 2
    opening 1: StillClosed
    opening 1, attempt 3
    opening 1: StillClosed
    opening 1 gave up
    door 1: to check
    task: Check { compartment: CompartmentId(1) }
    task: Jammed { compartment: CompartmentId(1) }
    parcel 1 goes to Compartment(CompartmentId(2))
    opening 2 of door 2, attempt 1
    ");
    w.opens(c(2));
    w.shuts(c(2));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(2)));
    assert_eq!(w.pulses.iter().filter(|(_, _, door)| *door == c(1)).count(), 3, "never a fourth pulse");
}

#[test]
fn open_again_pulses_at_once_but_never_a_fourth_time() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "102", Size::S);
    let again = |w: &mut World| w.ask(Actor::Visit(visit), Command::OpenAgain { visit });
    assert_eq!(again(&mut w), Err(Refusal::OpeningInProgress));
    w.pulse_ends(c(1), PulseOutcome::StillClosed);
    again(&mut w).unwrap();
    w.pulse_ends(c(1), PulseOutcome::NotSent);
    again(&mut w).unwrap();
    w.pulse_ends(c(1), PulseOutcome::StillClosed);
    assert_eq!(w.pulses.iter().filter(|(_, _, door)| *door == c(1)).count(), 3);
}

#[test]
fn a_resident_at_a_jammed_door_keeps_the_code_and_may_try_again() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["101"])[0];
    w.scans(K1, "ana").unwrap();
    w.jams(c(1));
    assert!(w.has_task(&TaskKind::Jammed { compartment: c(1) }));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.pulses.len(), 4, "no fourth pulse by itself");
    let visit = w.scans(K1, "ana").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)], "the code scanned again opens it again, in the same visit");
}

#[test]
fn a_pulse_of_which_nothing_is_heard_is_unknown_and_the_courier_gets_another_door() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "102", Size::S);
    w.seconds(15);
    assert_eq!(w.service(c(1)), Service::Check);
    assert_eq!(w.door_of(visit), Some(c(2)));
    w.opens(c(2));
    w.shuts(c(2));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(2)));
}

#[test]
fn a_late_outcome_of_an_earlier_attempt_is_ignored() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "102", Size::S);
    w.pulse_ends(c(1), PulseOutcome::StillClosed);
    w.seconds(2);
    let opening = w.pulses.last().unwrap().0;
    w.see(Observation::Pulse { opening, attempt: 1, outcome: PulseOutcome::StillClosed });
    assert!(w.last.is_empty());
    w.opens(c(1));
}

#[test]
fn a_forced_door_is_an_alarm() {
    let mut w = World::new();
    w.delivered(&["101"]);
    w.opens(c(1));
    assert!(
        w.last.iter().any(|e| matches!(e, Event::CompartmentForced { compartment } if *compartment == c(1)))
    );
    assert!(w.has_task(&TaskKind::Forced { compartment: c(1) }));
    assert_eq!(w.service(c(1)), Service::Check);
    w.shuts(c(1));
    let visit = w.scans(K1, "ana").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)], "what is behind a forced door can still be collected");
}

#[test]
fn a_silent_board_is_not_offered_and_what_was_held_there_goes_elsewhere() {
    let mut w = World::new();
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let second = w.parcel(visit, "102", Size::S);
    w.see(Observation::BoardSilent { bank: BankId(1) });
    w.shuts(c(1));
    assert_eq!(w.planned(second), Some(vestibule_core::place::Place::Shelf(ShelfId(1))));
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: second });
    w.see(Observation::BoardBack { bank: BankId(1) });
    assert!(!w.has_task(&TaskKind::BoardSilent { bank: BankId(1) }));
    w.put(visit, "102", Size::S);
}

#[test]
fn out_of_service_is_no_way_around_a_check() {
    let mut w = World::new();
    w.opens(c(1));
    w.shuts(c(1));
    let service = |w: &mut World, in_service| {
        let reason = vestibule_core::vocabulary::command::StaffReason::Maintenance;
        w.ask(STAFF, Command::SetService { compartment: c(1), in_service, reason })
    };
    service(&mut w, false).unwrap();
    assert_eq!(service(&mut w, true), Err(Refusal::NotInService));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![] });
    service(&mut w, true).unwrap();
    assert_eq!(w.service(c(1)), Service::In);
}

#[test]
fn what_hardware_says_of_things_nobody_knows_changes_nothing() {
    let mut w = World::new();
    w.see(Observation::DoorSeen { compartment: c(99), open: true });
    assert_eq!(w.last, []);
    w.see(Observation::Pulse { opening: OpeningId(99), attempt: 1, outcome: PulseOutcome::Opened });
    assert_eq!(w.last, []);
}

#[test]
fn a_door_that_was_seen_open_is_not_opened_once_more_by_the_word_of_its_pulse() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "102", Size::S);
    w.see(Observation::DoorSeen { compartment: c(1), open: true });
    let (opening, attempt, _) = w.pulses[0];
    w.see(Observation::Pulse { opening, attempt, outcome: PulseOutcome::Opened });
    assert_eq!(w.last, []);
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
}

#[test]
fn a_parcel_whose_door_and_visit_are_both_gone_is_asked_for() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "102", Size::S);
    w.ok(STAFF, Command::UnpairKiosk { kiosk: K1 });
    assert!(!w.has_task(&TaskKind::Accept { parcel }), "its door may still open");
    w.seconds(15);
    assert!(w.has_task(&TaskKind::Accept { parcel }));
    assert_eq!(w.service(c(1)), Service::Check, "it may be in there");
    w.ok(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![parcel] });
    assert!(!w.has_task(&TaskKind::Accept { parcel }));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
}

#[test]
fn a_silent_board_takes_nothing_beside_what_it_holds() {
    let mut w = World::new();
    w.ok(STAFF, Command::SetKioskBanks { kiosk: K1, banks: vec![BankId(1), BankId(2)] });
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    w.see(Observation::BoardSilent { bank: BankId(1) });
    let mut words = World::words("101", Size::S);
    words.together = Some(w.code_of_visit(visit));
    assert_eq!(w.put_with(visit, words).1, c(10));
}

#[test]
fn a_missing_parcel_found_in_a_compartment_that_is_held_sends_the_courier_to_another() {
    let mut w = World::new();
    let (missing, door) = w.delivered(&["104"])[0];
    w.opens(door);
    w.shuts(door);
    w.ok(STAFF, Command::ResolveCheck { compartment: door, found: vec![] });
    w.ok(STAFF, Command::SetService { compartment: door, in_service: false, reason: StaffReason::Other });
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(2));
    let next = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(next), Some(Place::Compartment(c(3))));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(3), found: vec![missing] });
    w.shuts(c(2));
    let another = w.door_of(visit).expect("another door");
    assert_ne!(another, c(3), "what is inside is for others");
    assert_eq!(w.custodian(missing), Custodian::Compartment(c(3)));
}
