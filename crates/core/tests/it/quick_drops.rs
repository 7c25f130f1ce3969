//! Parcels nobody scanned: one press, one place, one task, and each of them in custody from the start.

use crate::world::*;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::evidence::PhotoReason;
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::shelf::ShelfLimits;
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::visit::quick_drop::{MOST, SORTED_WITHIN};
use vestibule_core::vocabulary::command::{CheckOut, Fix, RecipientChoice};
use vestibule_core::*;

const DROP: DropId = DropId(1);

/// A room without a free locker, and a courier who will not scan.
fn room() -> (World, VisitId) {
    let mut w = World::build(Policy::default(), bank_one().into_iter().take(1).collect());
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let visit = w.courier();
    (w, visit)
}

fn drop_of(w: &mut World, visit: VisitId, parcels: u16) -> Vec<ParcelId> {
    match w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels }) {
        Answer::Parcel { parcel, .. } => (parcel.0..parcel.0 + u64::from(parcels)).map(ParcelId).collect(),
        other => panic!("{other:?}"),
    }
}

/// A pile that its courier put onto the shelf the screen said, and whose visit is over.
pub fn dropped_on_a_shelf(w: &mut World, parcels: u16) -> Vec<ParcelId> {
    let visit = w.courier();
    let dropped = drop_of(w, visit, parcels);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: dropped[0] });
    w.finish(visit);
    dropped
}

fn whose(w: &mut World, parcel: ParcelId, number: &str) -> Result<Answer, Refusal> {
    let recipient = RecipientChoice::Household { unit: unit(number), addressee: None };
    w.ask(STAFF, Command::CorrectRecipient { parcel, recipient })
}

fn custodians(w: &World, parcels: &[ParcelId]) -> Vec<Custodian> {
    parcels.iter().map(|parcel| w.custodian(*parcel)).collect()
}

#[test]
fn three_parcels_on_a_shelf_are_one_task_with_a_picture() {
    let (mut w, visit) = room();
    let dropped = drop_of(&mut w, visit, 3);
    assert_eq!(w.planned(dropped[0]), Some(Place::Shelf(ShelfId(1))), "a shelf before a door for a pile");
    assert_eq!(
        custodians(&w, &dropped),
        [Custodian::Courier(visit); 3],
        "in custody before they are put down"
    );
    let (asked, _) = w.photos.last().unwrap();
    assert_eq!((asked.reason, &asked.subject.parcels), (PhotoReason::QuickDrop, &dropped));
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: dropped[0] });
    assert_eq!(custodians(&w, &dropped), [Custodian::Shelf(ShelfId(1)); 3], "all of them in one press");
    assert_eq!(w.assurance(dropped[2]), Assurance::CourierWord);
    w.finish(visit);
    assert_eq!(w.site.tasks.open.len(), 1, "one task, however many parcels");
    assert!(w.has_task(&TaskKind::Sort { drop: DROP }));
}

#[test]
fn each_is_adopted_from_the_picture_and_its_people_hear_of_it() {
    let (mut w, visit) = room();
    let dropped = drop_of(&mut w, visit, 3);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: dropped[0] });
    w.finish(visit);
    whose(&mut w, dropped[1], "102").unwrap();
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
    assert_eq!(w.site.drops.open[&DROP].unsorted.len(), 2);
    w.ok(STAFF, Command::AcceptAtDesk { parcel: dropped[0] });
    assert!(w.has_task(&TaskKind::Sort { drop: DROP }), "one is still nobody's");
    whose(&mut w, dropped[2], "101").unwrap();
    assert!(!w.has_task(&TaskKind::Sort { drop: DROP }));
    assert!(w.site.drops.open.is_empty());
    let visit = w.scans(K1, "cleo").unwrap();
    w.ok(Actor::Visit(visit), Command::TakeFromShelf { visit, out: CheckOut::by_tap(dropped[1]) });
    assert_eq!(w.custodian(dropped[1]), Custodian::Recipient(person("cleo")));
}

#[test]
fn what_is_not_sorted_is_asked_for_again() {
    let (mut w, visit) = room();
    let dropped = drop_of(&mut w, visit, 2);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: dropped[0] });
    w.finish(visit);
    let late = TaskKind::SortLate { drop: DROP };
    w.wait(Span(SORTED_WITHIN.0 - 60_000));
    assert!(!w.has_task(&late));
    w.minutes(1);
    assert!(w.has_task(&late));
    w.wait(Span::days(1));
    let said = w.log.iter().filter(|event| matches!(event, Event::DropLate { .. })).count();
    assert_eq!(said, 1);
    for parcel in &dropped {
        whose(&mut w, *parcel, "101").unwrap();
    }
    assert!(!w.has_task(&late) && !w.has_task(&TaskKind::Sort { drop: DROP }));
}

#[test]
fn where_there_is_no_shelf_one_door_opens_for_all() {
    let mut w = World::new();
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 2);
    let door = w.door_of(visit).expect("it opens");
    assert_eq!(door, c(7), "a large one for two");
    assert_eq!(
        w.ask(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 1 }),
        Err(Refusal::QueueFull),
        "the pile first"
    );
    w.opens(door);
    w.shuts(door);
    assert_eq!(custodians(&w, &dropped), [Custodian::Compartment(door); 2]);
    assert_eq!(w.assurance(dropped[1]), Assurance::DoorClosed);
    let (proof, parcel) = (w.code_of_visit(visit), dropped[0]);
    let fix = Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof };
    assert_eq!(w.ask(Actor::Visit(visit), fix), Err(Refusal::TooLate), "what lies with it is anybody's");
    w.put(visit, "101", Size::S);
    w.finish(visit);
    assert_eq!(whose(&mut w, dropped[0], "101"), Err(Refusal::NotEntitled), "its neighbour is another's");
    w.ok(
        STAFF,
        Command::StaffRemove { parcel: dropped[0], reason: vocabulary::command::StaffReason::HelpCourier },
    );
    w.opens(door);
    w.shuts(door);
    whose(&mut w, dropped[0], "101").unwrap();
    whose(&mut w, dropped[1], "102").unwrap();
    assert!(!w.has_task(&TaskKind::Sort { drop: DROP }));
}

#[test]
fn a_courier_who_thinks_again_keeps_all_of_them() {
    let mut w = World::new();
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 2);
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::BiggerDoor { visit });
    w.shuts(door);
    let bigger = w.door_of(visit).unwrap();
    assert_eq!((bigger, custodians(&w, &dropped)), (c(8), vec![Custodian::Courier(visit); 2]));
    w.opens(bigger);
    w.ok(Actor::Visit(visit), Command::NotLeftHere { visit });
    w.shuts(bigger);
    assert_eq!(custodians(&w, &dropped), [Custodian::Carrier(Some(CarrierId(1))); 2]);
    assert!(w.site.tasks.open.is_empty(), "nothing is left to sort");
}

#[test]
fn a_visit_that_ends_at_the_door_loses_none() {
    let mut w = World::new();
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 2);
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.minutes(61);
    assert!(w.site.visits.live.is_empty());
    w.shuts(door);
    assert_eq!(custodians(&w, &dropped), [Custodian::Compartment(door); 2]);
    assert_eq!(w.assurance(dropped[1]), Assurance::CourierWord);
    assert!(w.has_task(&TaskKind::Sort { drop: DROP }));
    assert!(!w.has_task(&TaskKind::Accept { parcel: dropped[1] }));
}

#[test]
fn each_of_a_pile_is_asked_for_when_neither_door_nor_visit_is_left() {
    let asked = |w: &World, dropped: &[ParcelId]| {
        dropped.iter().map(|parcel| w.has_task(&TaskKind::Accept { parcel: *parcel })).collect::<Vec<_>>()
    };
    let mut w = World::new();
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 2);
    let door = w.door_of(visit).unwrap();
    w.ok(STAFF, Command::UnpairKiosk { kiosk: K1 });
    assert_eq!(asked(&w, &dropped), [false; 2], "the door may still open");
    let mut jammed = w.clone();
    w.seconds(15);
    assert_eq!(asked(&w, &dropped), [true; 2]);
    for parcel in &dropped {
        whose(&mut w, *parcel, "101").unwrap();
    }
    assert!(!w.has_task(&TaskKind::Sort { drop: DROP }), "whose they are is known, where they are is not");
    assert_eq!(asked(&w, &dropped), [true; 2]);
    w.opens(door);
    w.shuts(door);
    assert_eq!(custodians(&w, &dropped), [Custodian::Compartment(door); 2]);
    assert_eq!(asked(&w, &dropped), [false; 2], "it had opened after all");

    jammed.jams(door);
    assert_eq!(asked(&jammed, &dropped), [true; 2]);

    let mut w = World::new();
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 2);
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.minutes(61);
    w.ok(STAFF, Command::AcceptAtDesk { parcel: dropped[0] });
    w.shuts(door);
    assert_eq!(custodians(&w, &dropped), [Custodian::Staff(StaffId(1)), Custodian::Courier(visit)]);
    assert_eq!(asked(&w, &dropped), [false, true], "staff took the first out of the open door");
}

#[test]
fn with_no_place_at_all_the_courier_takes_them_back() {
    let mut w = World::empty();
    w.ok(Actor::Console, Command::Found { policy: Policy::default() });
    w.ok(STAFF, Command::NameCarrier { name: "UPS".to_owned() });
    w.ok(STAFF, Command::PairKiosk { banks: vec![] });
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 3);
    assert_eq!(w.planned(dropped[0]), Some(Place::TakeBack));
    w.finish(visit);
    assert_eq!(custodians(&w, &dropped), [Custodian::Carrier(Some(CarrierId(1))); 3]);
    assert!(w.site.tasks.open.is_empty());
}

#[test]
fn in_a_drop_place_they_are_one_task_too() {
    let mut w = World::build(Policy::default(), bank_one().into_iter().take(1).collect());
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 2);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: dropped[0] });
    assert_eq!(custodians(&w, &dropped), [Custodian::CommonArea(AreaId(1)); 2]);
    w.finish(visit);
    assert_eq!(w.site.tasks.open.len(), 1, "{:?}", w.site.tasks.open);
}

#[test]
fn at_the_desk_they_are_staff_s_when_staff_take_them() {
    let (mut w, visit) = room();
    let full =
        ShelfLimits { zone: String::new(), largest: Size::XL, floor: false, holds: Some(1), height_mm: None };
    w.ok(STAFF, Command::DescribeShelf { shelf: ShelfId(1), limits: full });
    w.put(visit, "104", Size::S);
    w.ok(STAFF, Command::SetDeskHours { hours: vec![WeekWindow::ALWAYS] });
    let dropped = drop_of(&mut w, visit, 2);
    assert_eq!(w.planned(dropped[0]), Some(Place::Desk), "the shelf has room for one of two");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: dropped[0] });
    w.finish(visit);
    let whose_is = |parcel| TaskKind::Assign { parcel };
    for parcel in dropped.iter().copied() {
        w.ok(STAFF, Command::AcceptAtDesk { parcel });
        assert!(w.has_task(&whose_is(parcel)), "in staff's hands it is still nobody's");
    }
    assert!(!w.has_task(&TaskKind::Sort { drop: DROP }), "each is a task of its own now");
    let mut given = w.clone();
    let (carrier, reason) = (CarrierId(1), vestibule_core::custody::ReturnReason::Unknown);
    given.ok(STAFF, Command::GiveBack { parcel: dropped[0], carrier, reason });
    let reason = vocabulary::command::StaffReason::Other;
    given.ok(STAFF, Command::WriteOff { parcel: dropped[1], reason });
    assert!(given.site.tasks.open.is_empty(), "{:?}", given.site.tasks.open);
    for parcel in dropped {
        whose(&mut w, parcel, "102").unwrap();
    }
    assert!(w.site.tasks.open.is_empty(), "{:?}", w.site.tasks.open);
}

#[test]
fn what_staff_take_out_of_its_door_is_asked_whose_it_is() {
    let mut w = World::new();
    let visit = w.courier();
    let dropped = drop_of(&mut w, visit, 1);
    let door = w.door_of(visit).expect("it opens");
    w.opens(door);
    w.shuts(door);
    w.finish(visit);
    let reason = vocabulary::command::StaffReason::HelpCourier;
    w.ok(STAFF, Command::StaffRemove { parcel: dropped[0], reason });
    w.opens(door);
    w.shuts(door);
    assert!(w.has_task(&TaskKind::Assign { parcel: dropped[0] }));
}

#[test]
fn a_number_that_cannot_be_meant_is_refused() {
    let (mut w, visit) = room();
    for parcels in [0, MOST + 1] {
        let refused = w.ask(Actor::Visit(visit), Command::QuickDrop { visit, parcels });
        assert!(matches!(refused, Err(Refusal::Invalid { .. })), "{refused:?}");
    }
    assert_eq!(
        w.ask(Actor::Visit(VisitId(9)), Command::QuickDrop { visit, parcels: 1 }),
        Err(Refusal::NotYours)
    );
    w.see(Observation::DiskLow { low: true });
    assert_eq!(w.ask(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 1 }), Err(Refusal::DiskLow));
    w.see(Observation::DiskLow { low: false });
    let (credential, at) = (w.couriers[0].credential.unwrap(), w.now);
    w.ok(STAFF, Command::RevokeCourierCode { credential, at });
    assert_eq!(w.ask(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 1 }), Err(Refusal::CodeDead));
}
