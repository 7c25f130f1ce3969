//! Staff: accept, correct, place, hand over, give back, write off, look in.

use crate::world::*;
use vestibule_core::custody::{Assurance, Custodian, ReturnReason};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{Fix, HandOverTo, StaffReason};
use vestibule_core::*;

const AT_DESK: Custodian = Custodian::Staff(StaffId(1));

fn intake(w: &mut World, number: &str) -> ParcelId {
    let words = World::words(number, Size::S);
    match w.ok(STAFF, Command::DeskIntake { carrier: Some(CarrierId(1)), words }) {
        Answer::Parcel { parcel, .. } => parcel,
        other => panic!("{other:?}"),
    }
}

#[test]
fn taken_in_corrected_placed_and_collected() {
    let mut w = World::new();
    let parcel = intake(&mut w, "102");
    assert_eq!(w.custodian(parcel), AT_DESK);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
    let wrong = w.code_of("cleo");
    let recipient = World::words("104", Size::S).recipient;
    w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    assert_eq!(w.pick_up(K1, wrong.scanned()), Err(Refusal::CodeDead));
    w.ok(STAFF, Command::PlaceFromDesk { parcel, banks: vec![], reach: false });
    w.opens(c(1));
    assert_eq!(w.custodian(parcel), AT_DESK, "not before the door shuts");
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.notes("fay"), [NoticeKind::Arrived, NoticeKind::Moved]);
    let visit = w.scans(K1, "fay").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)]);
}

#[test]
fn placing_into_a_jammed_compartment_leaves_it_at_the_desk() {
    let mut w = World::new();
    let parcel = intake(&mut w, "102");
    let place = Command::PlaceFromDesk { parcel, banks: vec![], reach: false };
    w.ok(STAFF, place.clone());
    w.jams(c(1));
    assert_eq!(w.custodian(parcel), AT_DESK);
    w.ok(STAFF, place);
    w.opens(c(2));
    w.shuts(c(2));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(2)));
    assert_eq!(w.site.compartments.get(c(1)).unwrap().held_for, None);
}

#[test]
fn handed_over_by_code_and_by_person() {
    let mut w = World::new();
    let (one, two, three) = (intake(&mut w, "101"), intake(&mut w, "101"), intake(&mut w, "102"));
    let to = HandOverTo::Shown(w.code_of("ana").scanned());
    let refused = w.ask(STAFF, Command::HandOver { parcels: vec![one, three], to: to.clone() });
    assert_eq!(refused, Err(Refusal::NotEntitled));
    assert_eq!(w.custodian(one), AT_DESK, "all or nothing");
    w.ok(STAFF, Command::HandOver { parcels: vec![one], to });
    assert_eq!(w.custodian(one), Custodian::Recipient(person("ana")));
    assert_eq!(w.assurance(one), Assurance::RecipientWord);
    w.ok(STAFF, Command::HandOver { parcels: vec![two], to: HandOverTo::Person(person("ben")) });
    assert_eq!(w.assurance(two), Assurance::StaffWord);
    assert!(w.notes("ben").contains(&NoticeKind::CollectedBy { person: person("ana") }));
    assert!(w.notes("ben").contains(&NoticeKind::HandedOver));
    let to = HandOverTo::Shown(wrong("102"));
    assert_eq!(w.ask(STAFF, Command::HandOver { parcels: vec![three], to }), Err(Refusal::WrongCode));
    assert_eq!(w.misses(), 0, "staff cost nobody's budget");
}

#[test]
fn given_back_written_off_and_turned_up() {
    let mut w = World::new();
    let (back, off) = (intake(&mut w, "101"), intake(&mut w, "102"));
    let carrier = CarrierId(2);
    w.ok(STAFF, Command::GiveBack { parcel: back, carrier, reason: ReturnReason::Refused });
    assert_eq!(w.custodian(back), Custodian::Carrier(Some(carrier)));
    assert!(w.notes("ana").contains(&NoticeKind::Returned));
    w.ok(STAFF, Command::WriteOff { parcel: off, reason: StaffReason::Damaged });
    assert_eq!(w.custodian(off), Custodian::WrittenOff);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived, NoticeKind::WrittenOff]);
    assert_eq!(w.scans(K1, "cleo"), Err(Refusal::CodeDead));
    assert_eq!(w.ask(STAFF, Command::TurnedUp { parcel: off }), Err(Refusal::WrongCustody));
    let by_courier = w.ask(Actor::Kiosk(K1), Command::AcceptAtDesk { parcel: back });
    assert_eq!(by_courier, Err(Refusal::NotYours), "only staff accept");
}

#[test]
fn taken_out_of_a_compartment_is_told_as_moved() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["102"])[0];
    w.ok(STAFF, Command::StaffRemove { parcel, reason: StaffReason::Overdue });
    w.opens(c(1));
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), AT_DESK);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived, NoticeKind::Moved]);
}

#[test]
fn looking_in_changes_nothing() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["102"])[0];
    w.ok(STAFF, Command::StaffOpen { compartment: c(1), reason: StaffReason::Inspect });
    w.opens(c(1));
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.service(c(1)), Service::In);
    let refused =
        w.ask(Actor::Kiosk(K1), Command::StaffOpen { compartment: c(1), reason: StaffReason::Inspect });
    assert_eq!(refused, Err(Refusal::NotYours));
}

#[test]
fn handed_over_while_its_door_stands_open_stays_handed_over_and_the_compartment_is_looked_into() {
    let mut w = World::new();
    let parcel = intake(&mut w, "102");
    w.ok(STAFF, Command::PlaceFromDesk { parcel, banks: vec![], reach: false });
    w.opens(c(1));
    w.ok(STAFF, Command::HandOver { parcels: vec![parcel], to: HandOverTo::Person(person("cleo")) });
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("cleo")));
    assert_eq!(w.service(c(1)), Service::Check, "it may have been put in before");
}

#[test]
fn accepted_at_the_desk_while_the_couriers_door_stands_open_the_compartment_is_looked_into() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), AT_DESK);
    assert_eq!(w.service(c(1)), Service::Check);
}

#[test]
fn a_check_finds_what_is_there_and_misses_what_is_not() {
    let mut w = World::new();
    let (here, _) = w.delivered(&["102"])[0];
    w.opens(c(1));
    assert_eq!(
        w.ask(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![] }),
        Err(Refusal::DoorOpen { compartment: c(1) })
    );
    w.shuts(c(1));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![] });
    assert_eq!(w.custodian(here), Custodian::Missing { last_known: Some(c(1)) });
    assert!(w.has_task(&TaskKind::Missing { parcel: here }));
    assert_eq!(w.service(c(1)), Service::In);
    w.opens(c(3));
    w.shuts(c(3));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(3), found: vec![here] });
    assert_eq!(w.custodian(here), Custodian::Compartment(c(3)), "found in another compartment");
    assert!(!w.has_task(&TaskKind::Missing { parcel: here }));
}

#[test]
fn parcels_for_different_people_are_never_left_in_one_compartment() {
    let mut w = World::new();
    let (one, _) = w.delivered(&["102"])[0];
    let (other, _) = w.delivered(&["104"])[0];
    w.opens(c(2));
    w.shuts(c(2));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(2), found: vec![] });
    w.opens(c(1));
    w.shuts(c(1));
    let found = w.ask(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![one, other] });
    assert_eq!(found, Err(Refusal::NotEntitled));
}

#[test]
fn tasks_that_a_fact_keeps_open_stay() {
    let mut w = World::new();
    w.opens(c(1));
    let check = w.site.tasks.find(&TaskKind::Check { compartment: c(1) }).unwrap();
    assert!(matches!(w.ask(STAFF, Command::CompleteTask { task: check }), Err(Refusal::Invalid { .. })));
}

/// Staff say that it is not there while a pulse is on its way: the door that opens then moves nothing.
#[test]
fn what_was_said_to_be_missing_is_not_moved_by_a_door_that_opens_after() {
    let gone = |compartment| Command::ResolveCheck { compartment, found: vec![] };
    let missing = |door| Custodian::Missing { last_known: Some(door) };
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    w.ok(STAFF, Command::StaffRemove { parcel, reason: StaffReason::HelpResident });
    w.ok(STAFF, gone(door));
    w.opens(door);
    w.shuts(door);
    assert_eq!(w.custodian(parcel), missing(door), "nobody took it out");

    let (parcel, door) = w.delivered(&["102"])[0];
    let visit = w.scans(K1, "cleo").unwrap();
    w.ok(STAFF, gone(door));
    w.opens(door);
    w.shuts(door);
    w.finish(visit);
    assert_eq!(w.custodian(parcel), missing(door), "nobody collected it");

    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, door) = w.put(visit, "104", Size::S);
    let fix = Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof: code.scanned() };
    w.ok(Actor::Visit(visit), fix);
    w.ok(STAFF, gone(door));
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::NotLeftHere { visit });
    w.shuts(door);
    assert_eq!(w.custodian(parcel), missing(door), "the courier has not got it");
}
