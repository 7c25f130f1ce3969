//! A courier at work: parcels behind doors, one door at a time.

use crate::world::*;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::directory::Sharing;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::RecipientChoice;
use vestibule_core::*;

#[test]
fn a_courier_deposits_and_leaves_and_the_household_is_told() {
    let mut w = World::new();
    let visit = w.courier();
    w.story_begins();
    let parcel = w.parcel(visit, "101", Size::S);
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.shuts(door);
    w.finish(visit);
    insta::assert_snapshot!(w.story(), @r"
    parcel 1 is known: S for Some([1, 2])
    parcel 1 goes to Compartment(CompartmentId(1))
    opening 1 of door 1, attempt 1
    door 1 is open
    door 1 is shut
    parcel 1: Courier(VisitId(1)) -> Compartment(CompartmentId(1)) by DoorClosed
    visit 1 ends: Finished
    code 2 issued
    tell person 1: Arrived [1] with a code
    code 3 issued
    tell person 2: Arrived [1] with a code
    ");
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
}

#[test]
fn three_parcels_the_third_beside_the_first_for_the_same_household() {
    let mut w = World::new();
    let visit = w.courier();
    let (_, one) = w.put(visit, "101", Size::S);
    let (_, two) = w.put(visit, "102", Size::S);
    let mut words = World::words("101", Size::S);
    words.together = Some(w.code_of_visit(visit));
    let (_, three) = w.put_with(visit, words);
    assert_eq!((one, two, three), (c(1), c(2), c(1)));
    w.finish(visit);
    assert_eq!(w.inbox[&person("ana")].len(), 1, "one notice a person and visit");
    assert_eq!(w.inbox[&person("ana")][0].parcels.len(), 2);
}

#[test]
fn together_is_never_granted_for_another_household_or_visit() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let visit = w.courier();
    let mut words = World::words("101", Size::S);
    words.together = Some(w.code_of_visit(visit));
    assert_eq!(w.put_with(visit, words.clone()).1, c(2), "an earlier visit's compartment is not shared");
    words.recipient = World::words("102", Size::S).recipient;
    assert_eq!(w.put_with(visit, words).1, c(3), "another household's compartment is not shared");
}

#[test]
fn who_comes_next_to_an_open_visit_gets_no_door_with_a_parcel_behind_it() {
    let mut w = World::new();
    let other = w.ups();
    let visit = w.courier();
    let (_, door) = w.put(visit, "101", Size::S);
    let mut words = World::words("101", Size::S);
    assert_ne!(w.put_with(visit, words.clone()).1, door, "without a code a parcel gets a door of its own");
    for (proof, refusal) in [(wrong("482"), Refusal::WrongCode), (other.scanned(), Refusal::NotYours)] {
        words.together = Some(proof);
        assert_eq!(w.try_parcel(visit, words.clone()), Err(refusal));
        assert_eq!(w.door_of(visit), None, "nothing opened");
    }
    words.together = Some(w.code_of_visit(visit));
    assert!(w.try_parcel(visit, words).is_ok());
}

#[test]
fn a_bigger_door_opens_when_the_small_one_has_shut() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.ok(Actor::Visit(visit), Command::BiggerDoor { visit });
    w.ok(Actor::Visit(visit), Command::BiggerDoor { visit });
    w.shuts(c(1));
    assert_eq!(w.door_of(visit), Some(c(4)), "one size up, not two, for a double tap");
    assert_eq!(w.custodian(parcel), Custodian::Courier(visit));
    w.opens(c(4));
    w.shuts(c(4));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(4)));
}

#[test]
fn too_big_for_the_biggest_goes_elsewhere_and_is_refused_if_there_is_nowhere() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::XL);
    w.opens(c(8));
    assert_eq!(w.ask(Actor::Visit(visit), Command::BiggerDoor { visit }), Err(Refusal::NoRoom));
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    w.ok(Actor::Visit(visit), Command::BiggerDoor { visit });
    w.shuts(c(8));
    assert_eq!(w.planned(parcel), Some(Place::Shelf(ShelfId(1))));
}

#[test]
fn something_inside_sends_the_compartment_to_check_and_opens_another() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let photos = w.photos.len();
    w.ok(Actor::Visit(visit), Command::SomethingInside { visit });
    assert_eq!(w.photos.len(), photos + 1);
    w.shuts(c(1));
    assert_eq!(w.service(c(1)), Service::Check);
    assert!(w.has_task(&TaskKind::Check { compartment: c(1) }));
    let door = w.door_of(visit).unwrap();
    assert_eq!(door, c(2));
    w.opens(door);
    w.shuts(door);
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(2)));
}

#[test]
fn not_left_here_gives_it_back_to_the_carrier() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.ok(Actor::Visit(visit), Command::NotLeftHere { visit });
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Carrier(Some(CarrierId(1))));
    w.finish(visit);
    assert!(w.inbox.is_empty(), "nobody is told of a parcel that is not there");
}

#[test]
fn what_was_said_at_the_door_holds_though_the_visit_is_over_when_it_shuts() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.ok(Actor::Visit(visit), Command::NotLeftHere { visit });
    w.minutes(3);
    assert!(w.ended(visit).is_some());
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Carrier(Some(CarrierId(1))));
}

#[test]
fn the_second_parcel_is_addressed_while_the_first_door_is_open() {
    let mut w = World::new();
    let visit = w.courier();
    let first = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let second = w.parcel(visit, "102", Size::S);
    assert_eq!(w.door_of(visit), Some(c(1)), "never two open doors");
    assert_eq!(w.pulses.len(), 1);
    assert_eq!(w.try_parcel(visit, World::words("103", Size::S)), Err(Refusal::QueueFull));
    w.shuts(c(1));
    assert_eq!(w.door_of(visit), Some(c(2)), "its door opens by itself");
    w.opens(c(2));
    w.shuts(c(2));
    assert_eq!(w.custodian(first), Custodian::Compartment(c(1)));
    assert_eq!(w.custodian(second), Custodian::Compartment(c(2)));
}

#[test]
fn open_again_once_the_door_has_shut_is_refused() {
    let mut w = World::new();
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    assert_eq!(w.ask(Actor::Visit(visit), Command::OpenAgain { visit }), Err(Refusal::DoorHasShut));
}

#[test]
fn a_door_left_open_is_a_task_and_counts_as_a_word_when_it_shuts() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.seconds(59);
    assert!(!w.has_task(&TaskKind::HeldOpen { compartment: c(1) }));
    w.seconds(1);
    assert!(w.has_task(&TaskKind::HeldOpen { compartment: c(1) }));
    w.minutes(20);
    assert_eq!(w.custodian(parcel), Custodian::Courier(visit), "nothing is committed by waiting");
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.assurance(parcel), Assurance::CourierWord);
    assert!(!w.has_task(&TaskKind::HeldOpen { compartment: c(1) }));
    assert_eq!(w.notes("ana").len(), 1, "the household is told although the visit is over");
    assert!(!w.has_task(&TaskKind::Accept { parcel }));
}

#[test]
fn a_door_left_open_that_shuts_during_another_couriers_visit_is_checked() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.minutes(2);
    let code = w.ups();
    w.log_in(K1, &code).unwrap();
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.service(c(1)), Service::Check);
}

#[test]
fn a_courier_who_walks_off_leaves_a_task_and_no_compartment_blocked() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let second = w.parcel(visit, "102", Size::S);
    w.minutes(3);
    assert!(w.ended(visit).is_some());
    assert!(w.has_task(&TaskKind::Accept { parcel: second }));
    assert_eq!(
        w.custodian(second),
        Custodian::Courier(visit),
        "nothing is booked to staff who have not accepted it"
    );
    assert_eq!(w.site.compartments.get(c(2)).unwrap().held_for, None, "its compartment is free for others");
    w.ok(STAFF, Command::AcceptAtDesk { parcel: second });
    assert_eq!(w.custodian(second), Custodian::Staff(StaffId(1)));
}

#[test]
fn an_unknown_name_gets_a_place_and_a_task() {
    let mut w = World::new();
    let visit = w.courier();
    let (parcel, _) = w.put(visit, "?", Size::S);
    w.finish(visit);
    assert!(w.has_task(&TaskKind::Assign { parcel }));
    assert!(w.inbox.is_empty());
    let recipient = World::words("104", Size::S).recipient;
    w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    assert!(!w.has_task(&TaskKind::Assign { parcel }));
    let visit = w.scans(K1, "fay").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)]);
}

#[test]
fn look_ups_are_counted_three_a_deposit_and_ten() {
    let mut w = World::new();
    let visit = w.courier();
    for _ in 0..10 {
        w.ok(Actor::Visit(visit), Command::LookUp { visit });
    }
    assert_eq!(w.ask(Actor::Visit(visit), Command::LookUp { visit }), Err(Refusal::TooManyLookUps));
    w.put(visit, "101", Size::S);
    for _ in 0..3 {
        w.ok(Actor::Visit(visit), Command::LookUp { visit });
    }
    assert_eq!(w.ask(Actor::Visit(visit), Command::LookUp { visit }), Err(Refusal::TooManyLookUps));
}

#[test]
fn little_disk_refuses_deposits_and_lets_collections_go_on() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let visit = w.courier();
    w.see(Observation::DiskLow { low: true });
    assert_eq!(w.try_parcel(visit, World::words("101", Size::S)), Err(Refusal::DiskLow));
    assert!(w.has_task(&TaskKind::DiskLow));
    w.finish(visit);
    let visit = w.scans(K1, "ana").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)]);
    w.see(Observation::DiskLow { low: false });
    assert!(!w.has_task(&TaskKind::DiskLow));
}

#[test]
fn two_kiosks_want_the_last_compartment() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let (one, other) = (w.ups(), w.ups());
    let at_one = w.log_in(K1, &one).unwrap();
    let at_other = w.log_in(K3, &other).unwrap();
    let first = w.parcel(at_one, "101", Size::S);
    let second = w.parcel(at_other, "102", Size::S);
    assert_eq!(w.planned(first), Some(Place::Compartment(c(1))));
    assert_eq!(w.planned(second), Some(Place::TakeBack));
    assert_eq!(w.pulses.len(), 1);
}

#[test]
fn the_breaker_holds_and_the_door_opens_when_it_may() {
    let mut w =
        World::with_policy(vestibule_core::policy::Policy { breaker_per_minute: 2, ..Default::default() });
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    w.seconds(10);
    w.put(visit, "102", Size::S);
    let third = w.parcel(visit, "103", Size::S);
    assert_eq!(w.door_of(visit), None);
    for _ in 0..5 {
        w.seconds(9);
        w.ok(Actor::Visit(visit), Command::Continue { visit });
    }
    assert_eq!(w.door_of(visit), None);
    w.seconds(6);
    let door = w.door_of(visit).expect("a minute after the first opening");
    w.opens(door);
    w.shuts(door);
    assert_eq!(w.custodian(third), Custodian::Compartment(door));
}

#[test]
fn heavy_goes_low_and_reach_is_hard() {
    let mut w = World::new();
    let visit = w.courier();
    let heavy =
        vestibule_core::vocabulary::command::ParcelWords { heavy: true, ..World::words("101", Size::M) };
    assert_eq!(w.put_with(visit, heavy).1, c(4), "the lowest medium one");
    let reach =
        vestibule_core::vocabulary::command::ParcelWords { reach: true, ..World::words("101", Size::S) };
    assert_eq!(w.put_with(visit, reach.clone()).1, c(3));
    assert_eq!(w.put_with(visit, reach.clone()).1, c(6), "a size up rather than out of reach");
    let parcel = w.parcel_with(visit, reach);
    assert_eq!(w.planned(parcel), Some(Place::TakeBack), "never out of reach");
}

#[test]
fn others_take_reachable_ones_last_and_one_stays_reserved() {
    let mut w = World::new();
    let visit = w.courier();
    let doors: Vec<_> = (0..5).map(|_| w.put(visit, "101", Size::S).1.0).collect();
    assert_eq!(doors, [1, 2, 3, 4, 5]);
    assert_eq!(w.put(visit, "101", Size::S).1, c(7), "6 is the last one within reach");
}

#[test]
fn a_door_left_open_is_nothing_to_a_courier_who_does_not_see_it() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.minutes(2);
    let code = w.ups();
    w.log_in(K2, &code).unwrap();
    w.shuts(c(1));
    assert_eq!(w.service(c(1)), Service::In);
}

#[test]
fn what_is_said_at_a_door_is_said_at_an_open_one() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    for command in
        [Command::BiggerDoor { visit }, Command::NotLeftHere { visit }, Command::SomethingInside { visit }]
    {
        assert_eq!(w.ask(Actor::Visit(visit), command), Err(Refusal::NoDoorOpen), "its pulse is on its way");
    }
}

#[test]
fn who_does_not_live_there_makes_a_parcel_nobodys_alone() {
    let policy = Policy { sharing: Sharing::Private, ..Policy::default() };
    let mut w = World::with_policy(policy);
    let visit = w.courier();
    let mut words = World::words_for("ana");
    words.recipient = RecipientChoice::Household { unit: unit("101"), addressee: Some(person("dan")) };
    let (parcel, _) = w.put_with(visit, words);
    let parcel = w.site.custody.get(parcel).unwrap();
    assert!(
        parcel.is_for(person("ana")) && parcel.is_for(person("ben")),
        "the household of the label's unit"
    );
    assert!(!parcel.is_for(person("dan")));
}

#[test]
fn without_a_reserve_the_last_door_within_reach_is_anybodys() {
    let policy = Policy { reachable_reserve_percent: 0, ..Policy::default() };
    let mut w = World::with_policy(policy);
    let put: Vec<_> = w.delivered(&["101"; 6]).iter().map(|(_, door)| door.0).collect();
    assert_eq!(put, [1, 2, 3, 4, 5, 6], "doors 3 and 6 are within reach");
}

#[test]
fn no_courier_begins_while_space_is_low() {
    let mut w = World::new();
    let code = w.ups();
    w.see(Observation::DiskLow { low: true });
    assert_eq!(w.log_in(K1, &code), Err(Refusal::DiskLow));
    w.see(Observation::DiskLow { low: false });
    w.log_in(K1, &code).unwrap();
}
