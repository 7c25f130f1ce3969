//! Compartments with a sensor: what it sees and what custody believes are kept apart, and a contradiction is looked into.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::place::compartment::{Emptiness, Service, Size};
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

/// The usual site, with a sensor in every compartment of the first bank.
fn sensed() -> World {
    let mut bank = bank_one();
    bank.iter_mut().for_each(|spec| spec.occupancy_sensor = true);
    World::build(Policy::default(), bank)
}

fn senses(w: &mut World, door: CompartmentId, occupied: bool) {
    w.see(Observation::OccupancySeen { compartment: door, occupied });
}

fn emptiness(w: &World, door: CompartmentId) -> Emptiness {
    w.site.compartments.get(door).unwrap().emptiness
}

#[test]
fn something_where_nothing_should_be_is_looked_into() {
    let mut w = sensed();
    senses(&mut w, c(1), true);
    assert_eq!(w.service(c(1)), Service::Check);
    assert!(w.has_task(&TaskKind::Check { compartment: c(1) }));
    assert_eq!(w.delivered(&["101"])[0].1, c(2), "not offered");
    senses(&mut w, c(99), true);
    assert_eq!(w.last, [], "a compartment nobody installed");
}

#[test]
fn nothing_where_a_parcel_should_be_is_looked_into_and_the_parcel_is_not_given_up() {
    let mut w = sensed();
    let (parcel, door) = w.delivered(&["101"])[0];
    senses(&mut w, door, true);
    assert_eq!(w.service(door), Service::In, "as it should be");
    senses(&mut w, door, false);
    assert_eq!(w.service(door), Service::Check);
    assert_eq!(w.custodian(parcel), Custodian::Compartment(door), "a sensor moves no custody");
}

#[test]
fn seen_empty_it_is_nobodys_word() {
    let mut w = sensed();
    w.delivered(&["101"]);
    let visit = w.scans(K1, "ana").unwrap();
    w.opens(c(1));
    senses(&mut w, c(1), false);
    w.shuts(c(1));
    w.finish(visit);
    assert_eq!(emptiness(&w, c(1)), Emptiness::Empty, "not believed: seen");
    assert_eq!(w.service(c(1)), Service::In);
    w.ok(STAFF, Command::StaffOpen { compartment: c(1), reason: StaffReason::Inspect });
    w.opens(c(1));
    w.shuts(c(1));
    assert_eq!(emptiness(&w, c(1)), Emptiness::Empty, "looking in changes nothing");
    w.minutes(11);
    assert_eq!(w.delivered(&["102"])[0].1, c(1), "offered first again");
}

#[test]
fn what_is_left_behind_when_a_door_shuts_is_looked_into() {
    let mut w = sensed();
    w.delivered(&["101"]);
    let visit = w.scans(K1, "ana").unwrap();
    w.opens(c(1));
    senses(&mut w, c(1), true);
    assert_eq!(w.service(c(1)), Service::In, "while its door is open anybody may put in and take out");
    w.shuts(c(1));
    assert_eq!(w.ended(visit), None);
    assert_eq!(w.service(c(1)), Service::Check, "collected, and still something is inside");
    assert!(w.has_task(&TaskKind::Check { compartment: c(1) }));
}

#[test]
fn a_forced_door_is_looked_into_whatever_its_sensor_sees_meanwhile() {
    let mut w = sensed();
    w.opens(c(4));
    senses(&mut w, c(4), true);
    senses(&mut w, c(4), false);
    assert!(w.has_task(&TaskKind::Forced { compartment: c(4) }));
    assert_eq!(w.service(c(4)), Service::Check);
}

#[test]
fn what_staff_put_into_a_compartment_that_is_held_sends_the_courier_to_another() {
    let mut w = sensed();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let next = w.parcel(visit, "?", Size::S);
    let held =
        w.site.compartments.all.iter().find(|(_, x)| x.held_for == Some(next)).map(|(id, _)| *id).unwrap();
    w.ok(STAFF, Command::StaffOpen { compartment: held, reason: StaffReason::Other });
    w.opens(held);
    senses(&mut w, held, true);
    w.shuts(c(1));
    let door = w.door_of(visit).expect("another door");
    assert_ne!(door, held);
    w.shuts(held);
    assert_eq!(w.service(held), Service::Check, "something is inside that nobody answers for");
    w.opens(door);
    w.shuts(door);
    assert_eq!(w.custodian(next), Custodian::Compartment(door));
}

#[test]
fn a_door_of_which_nobody_knows_is_not_opened_again_over_what_its_sensor_sees() {
    let mut w = sensed();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.pulse_ends(c(1), PulseOutcome::Unknown);
    senses(&mut w, c(1), true);
    assert_eq!(w.ask(Actor::Visit(visit), Command::OpenAgain { visit }), Err(Refusal::DoorHasShut));
    w.seconds(1);
    assert_eq!(w.door_of(visit), Some(c(2)), "by itself, another door");
    assert_eq!(w.custodian(parcel), Custodian::Courier(visit));
}

#[test]
fn after_a_restore_only_what_is_seen_empty_is_believed() {
    let mut w = sensed();
    let (_, filled) = w.delivered(&["101"])[0];
    w.see(Observation::EpochRaised { epoch: 1 });
    assert_eq!(w.service(filled), Service::Check);
    assert_eq!(w.service(c(2)), Service::In, "its sensor shows empty");
    assert_eq!(w.service(c(9)), Service::Check, "no sensor");
}
