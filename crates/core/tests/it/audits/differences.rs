//! What differs, and what does not: by where a parcel is on its way to, when it was seen, and what may lie there.

use super::*;
use vestibule_core::custody::audit::meant;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::custody::{Assurance, ReturnReason};
use vestibule_core::visit::VisitEnd;
use vestibule_core::vocabulary::command::{HandOverTo, LabelClaim, ParcelWords};
use vestibule_core::vocabulary::observation::PulseOutcome;

#[test]
fn a_door_that_stands_open_already_is_looked_into() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    w.see(Observation::DoorSeen { compartment: c(4), open: true });
    let open = AuditStep::Open { audit, compartment: c(4) };
    assert_eq!(ask(&mut w, open), Err(Refusal::DoorOpen { compartment: c(4) }));
    let parcel = w.taken_in("101");
    look(&mut w, audit, at(c(4)), &[parcel], &[]);
    assert_eq!(differences(&w, audit).len(), 1);
}

#[test]
fn what_staff_are_about_to_put_there_is_no_difference_and_elsewhere_it_is_one() {
    let mut w = World::new();
    let parcel = w.taken_in("101");
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    w.ok(STAFF, Command::PlaceFromDesk { parcel, banks: vec![], reach: false });
    let Some(place::Place::Compartment(door)) = w.planned(parcel) else { panic!("it has a place") };
    w.opens(door);
    look(&mut w, audit, at(door), &[parcel], &[]);
    assert_eq!(differences(&w, audit), []);
    let other = c(8);
    w.see(Observation::DoorSeen { compartment: other, open: true });
    w.seconds(1);
    look(&mut w, audit, at(other), &[parcel], &[]);
    let recorded = Custodian::Staff(StaffId(1));
    assert_eq!(differences(&w, audit), [Difference::Astray { parcel, place: at(other), recorded }]);
}

#[test]
fn where_it_was_seen_last_counts_whatever_the_order_of_the_walk() {
    let mut w = World::new();
    let (one, other) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
    let parcel = w.taken_in("101");
    let audit = begin(&mut w, AuditScope::Shelves(vec![one, other]));
    look(&mut w, audit, AuditPlace::Shelf(other), &[parcel], &[]);
    w.seconds(1);
    look(&mut w, audit, AuditPlace::Shelf(one), &[parcel], &[]);
    let (place, recorded) = (AuditPlace::Shelf(one), Custodian::Staff(StaffId(1)));
    assert_eq!(differences(&w, audit), [Difference::Astray { parcel, place, recorded }]);
}

#[test]
fn it_stays_where_it_was_seen_if_it_may_lie_there() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    w.ok(STAFF, Command::SetDeskHours { hours: vec![time::WeekWindow::ALWAYS] });
    let words = ParcelWords { class: Some(ParcelClass::Medicine), ..World::words("102", Size::S) };
    let medicine = w.taken_in_with(words);
    let usual = w.shelved("101", one);
    let (lobby, audit) = (AuditPlace::Area(AreaId(1)), begin(&mut w, AuditScope::Everything));
    look(&mut w, audit, lobby, &[medicine, usual], &[]);
    assert_eq!(settle(&mut w, audit, medicine, Settlement::Moved), Err(Refusal::NotForThisClass));
    settle(&mut w, audit, usual, Settlement::Moved).unwrap();
    assert_eq!(w.custodian(usual), Custodian::CommonArea(AreaId(1)));
    w.seconds(1);
    look(&mut w, audit, AuditPlace::Desk, &[usual], &[]);
    settle(&mut w, audit, usual, Settlement::Moved).unwrap();
    assert_eq!(w.custodian(usual), Custodian::Staff(StaffId(1)));
}

#[test]
fn nothing_is_recorded_behind_a_door_that_is_held_for_another() {
    let mut w = World::new();
    let parcel = w.taken_in("101");
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    let first = w.door_of(visit).unwrap();
    w.opens(first);
    let next = w.parcel(visit, "102", Size::S);
    let Some(place::Place::Compartment(held)) = w.planned(next) else { panic!("it has a place") };
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    w.see(Observation::DoorSeen { compartment: held, open: true });
    look(&mut w, audit, at(held), &[parcel], &[]);
    assert_eq!(settle(&mut w, audit, parcel, Settlement::Moved), Err(Refusal::OpeningInProgress));
    assert_eq!(w.custodian(parcel), Custodian::Staff(StaffId(1)));
}

#[test]
fn what_is_put_right_in_the_same_moment_is_no_difference() {
    let mut w = World::new();
    let (one, other) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
    let (moved, taken) = (w.shelved("101", one), w.shelved("102", one));
    let audit = begin(&mut w, AuditScope::Shelves(vec![one, other]));
    look(&mut w, audit, AuditPlace::Shelf(one), &[], &[taken]);
    look(&mut w, audit, AuditPlace::Shelf(other), &[moved], &[]);
    assert_eq!(differences(&w, audit).len(), 2);
    w.ok(STAFF, Command::Shelve { parcel: moved, shelf: other });
    w.ok(STAFF, Command::AcceptAtDesk { parcel: taken });
    assert_eq!(differences(&w, audit), []);
}

#[test]
fn it_moves_in_beside_what_came_for_the_same_people_and_turns_up_where_it_was_missing() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let (inside, door) = w.delivered(&["101"])[0];
    let parcel = w.taken_in("101");
    let audit = begin(&mut w, AuditScope::Everything);
    into(&mut w, audit, door, &[inside, parcel], &[]);
    settle(&mut w, audit, parcel, Settlement::Moved).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Compartment(door));
    w.ok(STAFF, Command::ResolveCheck { compartment: door, found: vec![inside, parcel] });
    // Seen in there first, and a moment later on the shelf: nobody knows what else was carried out.
    w.seconds(1);
    look(&mut w, audit, AuditPlace::Shelf(one), &[inside], &[]);
    settle(&mut w, audit, inside, Settlement::Moved).unwrap();
    assert_eq!((w.custodian(inside), w.service(door)), (Custodian::Shelf(one), Service::Check));
    w.ok(STAFF, Command::ResolveCheck { compartment: door, found: vec![] });
    assert_eq!(w.custodian(parcel), Custodian::Missing { last_known: Some(door) });
    w.seconds(1);
    let told = w.notes("ana").len();
    look(&mut w, audit, AuditPlace::Shelf(one), &[inside, parcel], &[]);
    settle(&mut w, audit, parcel, Settlement::Moved).unwrap();
    assert_eq!(w.notes("ana")[told..], [NoticeKind::Arrived], "it waits for them again");
    assert!(!w.has_task(&TaskKind::Missing { parcel }));
}

/// Where a parcel may be recorded that lies on a shelf of the walk, and what may become of that.
struct Recorded {
    what: &'static str,
    bring: fn(&mut World, ShelfId) -> ParcelId,
    may: &'static [Settlement],
}

const RECORDED: [Recorded; 8] = {
    use Settlement::{Left, Moved, PutBack, Taken};
    const LIES_OPEN: &[Settlement] = &[Moved, Taken, PutBack, Left];
    const BEHIND_A_DOOR_OR_NOWHERE: &[Settlement] = &[Moved, Taken, Left];
    const AT_ITS_END: &[Settlement] = &[Left];
    [
        Recorded { what: "another shelf", bring: |w, other| w.shelved("101", other), may: LIES_OPEN },
        Recorded { what: "a drop place", bring: in_the_lobby, may: LIES_OPEN },
        Recorded { what: "staff", bring: |w, _| w.taken_in("101"), may: LIES_OPEN },
        Recorded {
            what: "a compartment",
            bring: |w, _| w.delivered(&["101"])[0].0,
            may: BEHIND_A_DOOR_OR_NOWHERE,
        },
        Recorded { what: "missing", bring: missing, may: BEHIND_A_DOOR_OR_NOWHERE },
        Recorded { what: "collected", bring: |w, _| ended(w, End::Collected), may: AT_ITS_END },
        Recorded { what: "returned", bring: |w, _| ended(w, End::Returned), may: AT_ITS_END },
        Recorded { what: "written off", bring: |w, _| ended(w, End::WrittenOff), may: AT_ITS_END },
    ]
};

fn in_the_lobby(w: &mut World, _: ShelfId) -> ParcelId {
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    let (parcel, lobby) = (w.taken_in("101"), AuditPlace::Area(AreaId(1)));
    let audit = begin(w, AuditScope::Everything);
    look(w, audit, lobby, &[parcel], &[]);
    settle(w, audit, parcel, Settlement::Moved).unwrap();
    ask(w, AuditStep::End { audit }).unwrap();
    parcel
}

fn missing(w: &mut World, other: ShelfId) -> ParcelId {
    let parcel = w.shelved("101", other);
    let audit = begin(w, AuditScope::Shelves(vec![other]));
    look(w, audit, AuditPlace::Shelf(other), &[], &[parcel]);
    settle(w, audit, parcel, Settlement::Missing).unwrap();
    ask(w, AuditStep::End { audit }).unwrap();
    parcel
}

enum End {
    Collected,
    Returned,
    WrittenOff,
}

fn ended(w: &mut World, end: End) -> ParcelId {
    let parcel = w.taken_in("101");
    w.ok(
        STAFF,
        match end {
            End::Collected => {
                Command::HandOver { parcels: vec![parcel], to: HandOverTo::Person(person("ana")) }
            }
            End::Returned => {
                let (carrier, reason) = (CarrierId(1), ReturnReason::Refused);
                Command::GiveBack { parcel, carrier, reason }
            }
            End::WrittenOff => Command::WriteOff { parcel, reason: StaffReason::Damaged },
        },
    );
    assert!(w.custodian(parcel).is_final());
    parcel
}

/// Says this of the one difference of the walk: what is told to be possible comes about, what is not is refused.
fn agrees(mut w: World, audit: AuditId, (how, may): (Settlement, &[Settlement]), what: &str) {
    let [difference] = differences(&w, audit)[..] else { panic!("{what}: {:?}", differences(&w, audit)) };
    assert_eq!(difference.may_be_settled(how), may.contains(&how), "{what}, {how:?}");
    let came_to = settle(&mut w, audit, difference.parcel(), how);
    let expected = if may.contains(&how) { Ok(Answer::Done) } else { Err(Refusal::WrongCustody) };
    assert_eq!(came_to, expected, "{what}, {how:?}");
}

#[test]
fn what_may_become_of_a_difference_is_granted_and_all_else_is_refused() {
    for how in Settlement::ALL {
        for Recorded { what, bring, may } in RECORDED {
            let mut w = World::new();
            let (here, other) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
            let parcel = bring(&mut w, other);
            w.seconds(1);
            let audit = begin(&mut w, AuditScope::Shelves(vec![here]));
            look(&mut w, audit, AuditPlace::Shelf(here), &[parcel], &[]);
            agrees(w, audit, (how, may), what);
        }
        let mut w = World::new();
        let here = shelf(&mut w, "A");
        let parcel = w.shelved("101", here);
        let audit = begin(&mut w, AuditScope::Shelves(vec![here]));
        look(&mut w, audit, AuditPlace::Shelf(here), &[], &[parcel]);
        agrees(w, audit, (how, &[Settlement::Missing, Settlement::Left]), "absent");
    }
}

#[test]
fn a_number_that_was_used_again_means_the_parcel_here_then_one_that_waits_then_the_newest() {
    let mut w = World::new();
    let (here, elsewhere) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
    let mark = LabelMark::of(&Pepper, "1Z999AA10123456784");
    let label = Some(LabelClaim { mark, another: true });
    let words = ParcelWords { label, ..World::words("101", Size::S) };
    let parcels @ [on_the_shelf, between, at_the_desk] = [(); 3].map(|()| w.taken_in_with(words.clone()));
    w.ok(STAFF, Command::Shelve { parcel: on_the_shelf, shelf: here });
    let means = |w: &World, place| meant(&w.site.custody, place, mark);
    let hands_over = |w: &mut World, parcel| {
        let to = HandOverTo::Person(person("ana"));
        w.ok(STAFF, Command::HandOver { parcels: vec![parcel], to });
    };
    assert_eq!(means(&w, AuditPlace::Shelf(here)), Some(on_the_shelf), "recorded here, though older");
    assert_eq!(means(&w, AuditPlace::Desk), Some(at_the_desk), "of two that are here the newest");
    hands_over(&mut w, at_the_desk);
    assert_eq!(means(&w, AuditPlace::Shelf(elsewhere)), Some(between), "it waits, and the newest does not");
    hands_over(&mut w, between);
    w.ok(STAFF, Command::AcceptAtDesk { parcel: on_the_shelf });
    hands_over(&mut w, on_the_shelf);
    assert_eq!(means(&w, AuditPlace::Desk), parcels.into_iter().max(), "all are at their end");
    let unknown = LabelMark::of(&Pepper, "1Z999AA10123456793");
    assert_eq!(meant(&w.site.custody, AuditPlace::Desk, unknown), None);
}

#[test]
fn what_a_courier_put_down_and_walked_off_from_is_nowhere_until_staff_say_where() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    let one = shelf(&mut w, "A");
    let parcel = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(parcel), Some(place::Place::Shelf(one)));
    w.minutes(3);
    assert_eq!(w.ended(visit), Some(VisitEnd::Idle));
    assert!(w.has_task(&TaskKind::Accept { parcel }));
    let audit = begin(&mut w, AuditScope::Shelves(vec![one]));
    look(&mut w, audit, AuditPlace::Shelf(one), &[parcel], &[]);
    let (place, recorded) = (AuditPlace::Shelf(one), Custodian::Courier(visit));
    assert_eq!(differences(&w, audit), [Difference::Astray { parcel, place, recorded }]);
    settle(&mut w, audit, parcel, Settlement::Moved).unwrap();
    assert_eq!((w.custodian(parcel), w.assurance(parcel)), (Custodian::Shelf(one), Assurance::StaffWord));
    assert!(!w.has_task(&TaskKind::Accept { parcel }));
    w.minutes(5);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived], "once");
}

#[test]
fn a_deposit_that_nobody_knows_the_end_of_is_looked_into_and_taken_over() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    let door = w.door_of(visit).unwrap();
    w.pulse_ends(door, PulseOutcome::Unknown);
    w.finish(visit);
    assert!(w.has_task(&TaskKind::Accept { parcel }));
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    into(&mut w, audit, door, &[parcel], &[]);
    let (place, recorded) = (at(door), Custodian::Courier(visit));
    assert_eq!(differences(&w, audit), [Difference::Astray { parcel, place, recorded }]);
    settle(&mut w, audit, parcel, Settlement::Moved).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Compartment(door));
    assert!(!w.has_task(&TaskKind::Accept { parcel }));
}

#[test]
fn what_staff_were_to_put_in_and_whose_door_did_not_open_is_not_on_its_way() {
    let mut w = World::new();
    let parcel = w.taken_in("101");
    w.ok(STAFF, Command::PlaceFromDesk { parcel, banks: vec![BANK], reach: false });
    let Some(place::Place::Compartment(door)) = w.planned(parcel) else { panic!("it has a place") };
    w.jams(door);
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    into(&mut w, audit, door, &[parcel], &[]);
    let (place, recorded) = (at(door), Custodian::Staff(StaffId(1)));
    assert_eq!(differences(&w, audit), [Difference::Astray { parcel, place, recorded }]);
    settle(&mut w, audit, parcel, Settlement::Moved).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Compartment(door));
}

#[test]
fn a_door_outlives_its_visit_and_what_lies_behind_it_is_still_on_its_way() {
    let mut w = World::new();
    let visit = w.courier();
    let Answer::Parcel { parcel: first, .. } =
        w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 2 })
    else {
        panic!("they have a place")
    };
    let pile = [first, ParcelId(first.0 + 1)];
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.minutes(61);
    assert!(w.ended(visit).is_some());
    let audit = begin(&mut w, AuditScope::Everything);
    look(&mut w, audit, at(door), &pile, &[]);
    assert_eq!(differences(&w, audit), [], "the closing of the door commits it");
    w.seconds(1);
    w.see(Observation::DoorSeen { compartment: c(2), open: true });
    look(&mut w, audit, at(c(2)), &pile[1..], &[]);
    let (parcel, recorded) = (pile[1], Custodian::Courier(visit));
    assert_eq!(differences(&w, audit), [Difference::Astray { parcel, place: at(c(2)), recorded }]);
    w.shuts(door);
    assert_eq!(pile.map(|parcel| w.custodian(parcel)), [Custodian::Compartment(door); 2]);
}

#[test]
fn seen_elsewhere_before_it_moved_it_is_missed_where_it_is_recorded_now() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let (parcel, door) = w.delivered(&["101"])[0];
    let audit = begin(&mut w, AuditScope::Everything);
    into(&mut w, audit, door, &[parcel], &[]);
    w.seconds(1);
    w.ok(STAFF, Command::StaffRemove { parcel, reason: StaffReason::HelpResident });
    w.opens(door);
    w.shuts(door);
    w.ok(STAFF, Command::Shelve { parcel, shelf: one });
    w.seconds(1);
    look(&mut w, audit, AuditPlace::Shelf(one), &[], &[parcel]);
    let place = AuditPlace::Shelf(one);
    assert_eq!(differences(&w, audit), [Difference::Absent { parcel, place }]);
    assert_eq!(ask(&mut w, AuditStep::End { audit }), Err(Refusal::AuditUnsettled { parcels: vec![parcel] }));
}

#[test]
fn missed_on_the_same_shelf_once_more_it_is_a_difference_once_more() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let parcel = w.shelved("101", one);
    let audit = begin(&mut w, AuditScope::Shelves(vec![one]));
    let place = AuditPlace::Shelf(one);
    for time in ["the first time", "the second time"] {
        w.seconds(1);
        look(&mut w, audit, place, &[], &[parcel]);
        assert_eq!(differences(&w, audit), [Difference::Absent { parcel, place }], "{time}");
        settle(&mut w, audit, parcel, Settlement::Missing).unwrap();
        w.seconds(1);
        w.ok(STAFF, Command::TurnedUp { parcel });
        w.ok(STAFF, Command::Shelve { parcel, shelf: one });
    }
}

#[test]
fn nobody_misses_what_came_after_the_door_was_shut() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let (audit, door) = (begin(&mut w, AuditScope::Bank(BANK)), c(1));
    let open = Command::Audit(AuditStep::Open { audit, compartment: door });
    w.ok(STAFF, open.clone());
    w.opens(door);
    w.shuts(door);
    w.minutes(20);
    let (parcel, put) = w.delivered(&["101"])[0];
    assert_eq!(put, door);
    w.minutes(5);
    look(&mut w, audit, at(door), &[], &[parcel]);
    assert_eq!(differences(&w, audit), [], "nobody has looked behind that door since it came");
    let absent = [Difference::Absent { parcel, place: at(door) }];
    w.ok(STAFF, open);
    w.opens(door);
    look(&mut w, audit, at(door), &[], &[parcel]);
    assert_eq!(differences(&w, audit), absent, "the door is open");
    w.shuts(door);
    w.minutes(1);
    look(&mut w, audit, at(door), &[], &[parcel]);
    assert_eq!(differences(&w, audit), absent, "it was there before the door was shut");
}
