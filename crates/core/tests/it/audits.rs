//! An audit: staff walk from place to place, one door at a time, say what lies there, and what becomes of each difference.

mod differences;
mod walked;

use crate::wired::{Bench, Wires};
use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::audit::{
    Audit, AuditEnd, AuditPlace, AuditScope, Difference, PAUSED_RESTS, RESTS, Settlement, SkipReason,
    StopState,
};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::compartment::{Emptiness, Service, Size};
use vestibule_core::place::wiring::Channel;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{AuditStep, DrawnCompartment, StaffReason, WiringStep};
use vestibule_core::*;

const BANK: BankId = BankId(1);
const OTHER: Actor = Actor::Staff(StaffId(2));

fn ask(w: &mut World, step: AuditStep) -> Result<Answer, Refusal> {
    w.ask(STAFF, Command::Audit(step))
}

fn begin(w: &mut World, scope: AuditScope) -> AuditId {
    match w.ok(STAFF, Command::Audit(AuditStep::Begin { scope })) {
        Answer::Audit(audit) => audit,
        other => panic!("{other:?}"),
    }
}

fn at(door: CompartmentId) -> AuditPlace {
    AuditPlace::Compartment(door)
}

fn look(w: &mut World, audit: AuditId, place: AuditPlace, seen: &[ParcelId], absent: &[ParcelId]) {
    let (seen, absent) = (seen.to_vec(), absent.to_vec());
    w.ok(STAFF, Command::Audit(AuditStep::Look { audit, place, seen, absent, unknown: 0 }));
}

/// Opens a compartment, says what is in it, shuts it.
fn into(w: &mut World, audit: AuditId, door: CompartmentId, seen: &[ParcelId], absent: &[ParcelId]) {
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: door }));
    w.opens(door);
    look(w, audit, at(door), seen, absent);
    w.shuts(door);
}

fn settle(w: &mut World, audit: AuditId, parcel: ParcelId, how: Settlement) -> Result<Answer, Refusal> {
    ask(w, AuditStep::Settle { audit, parcel, how })
}

fn differences(w: &World, audit: AuditId) -> Vec<Difference> {
    w.site.audits.get(audit).expect("it goes on").differences(&w.site.custody)
}

fn state(w: &World, audit: AuditId, place: AuditPlace) -> StopState {
    w.site.audits.get(audit).and_then(|walk| walk.stop(place)).expect("a place of it").clone()
}

fn shelf(w: &mut World, label: &str) -> ShelfId {
    match w.ok(STAFF, Command::InstallShelf { label: label.to_owned() }) {
        Answer::Shelf(shelf) => shelf,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_is_walked_bank_by_bank_then_the_shelves() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let audit = begin(&mut w, AuditScope::Everything);
    let places = w.site.audits.get(audit).unwrap().waiting(&w.site);
    let doors = (1..=10).map(|n| at(c(n)));
    assert_eq!(
        places,
        doors.chain([AuditPlace::Shelf(one)]).collect::<Vec<_>>(),
        "and no desk, there is none"
    );
    let none = AuditStep::Begin { scope: AuditScope::Shelves(vec![]) };
    assert!(matches!(ask(&mut w, none), Err(Refusal::Invalid { .. })));
    assert_eq!(
        ask(&mut w, AuditStep::Begin { scope: AuditScope::Bank(BANK) }),
        Err(Refusal::AuditUnderWay { audit }),
        "a place is part of one walk"
    );
    assert_eq!(w.ask(Actor::Kiosk(K1), Command::Audit(AuditStep::Abandon { audit })), Err(Refusal::NotYours));
}

#[test]
fn one_door_at_a_time_and_never_all() {
    let mut w = World::new();
    let (audit, beside) = (begin(&mut w, AuditScope::Bank(BANK)), begin(&mut w, AuditScope::Bank(BankId(2))));
    let pulses = w.pulses.len();
    let open = |audit, door| Command::Audit(AuditStep::Open { audit, compartment: c(door) });
    w.ok(STAFF, open(audit, 1));
    assert_eq!(w.ask(STAFF, open(audit, 2)), Err(Refusal::OpeningInProgress));
    w.opens(c(1));
    for (actor, command) in [(STAFF, open(audit, 2)), (OTHER, open(audit, 2)), (STAFF, open(beside, 9))] {
        assert_eq!(w.ask(actor, command), Err(Refusal::DoorOpen { compartment: c(1) }));
    }
    assert_eq!(
        w.ask(STAFF, Command::Audit(AuditStep::End { audit })),
        Err(Refusal::DoorOpen { compartment: c(1) })
    );
    w.ok(OTHER, open(beside, 9));
    w.opens(c(9));
    w.shuts(c(9));
    w.shuts(c(1));
    w.ok(STAFF, open(audit, 2));
    assert_eq!(w.pulses.len(), pulses + 3, "a pulse each");
    let by_the_desk = Command::StaffOpen { compartment: c(3), reason: StaffReason::Audit };
    assert!(matches!(w.ask(STAFF, by_the_desk), Err(Refusal::Invalid { .. })));
}

#[test]
fn nobody_says_what_is_behind_a_door_that_was_not_open() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    let step = AuditStep::Look { audit, place: at(c(1)), seen: vec![], absent: vec![], unknown: 0 };
    assert_eq!(ask(&mut w, step.clone()), Err(Refusal::NoDoorOpen));
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: c(1) }));
    assert_eq!(ask(&mut w, step.clone()), Err(Refusal::NoDoorOpen), "a pulse is no look");
    w.opens(c(1));
    w.shuts(c(1));
    assert!(ask(&mut w, step.clone()).is_ok(), "it was open, and is shut again");
    let events = w.log.len();
    assert!(ask(&mut w, step).is_ok());
    assert_eq!(w.log.len(), events + 1, "said again, it is said of that moment");
}

#[test]
fn what_is_not_there_is_missing_by_somebodys_word_alone() {
    let mut w = World::new();
    let put = w.delivered(&["101", "102"]);
    let ((one, door), (other, next)) = (put[0], put[1]);
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    into(&mut w, audit, door, &[], &[one]);
    into(&mut w, audit, next, &[other], &[]);
    let place = at(door);
    assert_eq!(differences(&w, audit), [Difference::Absent { parcel: one, place }]);
    assert_eq!(w.custodian(one), Custodian::Compartment(door), "nothing happens by itself");
    assert_eq!(ask(&mut w, AuditStep::End { audit }), Err(Refusal::AuditUnsettled { parcels: vec![one] }));
    assert_eq!(settle(&mut w, audit, one, Settlement::Moved), Err(Refusal::WrongCustody));
    assert_eq!(settle(&mut w, audit, other, Settlement::Missing), Err(Refusal::NoDifference));
    settle(&mut w, audit, one, Settlement::Missing).unwrap();
    assert_eq!(w.custodian(one), Custodian::Missing { last_known: Some(door) });
    assert!(w.has_task(&TaskKind::Missing { parcel: one }));
    let events = w.log.len();
    settle(&mut w, audit, one, Settlement::Missing).unwrap();
    assert_eq!(w.log.len(), events, "said again it is the same");
    assert_eq!(
        ask(&mut w, AuditStep::End { audit }),
        Ok(Answer::Done),
        "the other places are named in the report"
    );
    assert_eq!(ask(&mut w, AuditStep::End { audit }), Err(Refusal::AuditOver));
}

#[test]
fn life_goes_on_and_nobody_is_accused_for_it() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let place = AuditPlace::Shelf(one);
    let (stays, goes) = (w.shelved("101", one), w.shelved("102", one));
    let audit = begin(&mut w, AuditScope::Shelves(vec![one]));
    // Between the page and the press one more is put there, of which nobody spoke.
    let comes = w.shelved("103", one);
    look(&mut w, audit, place, &[stays], &[goes]);
    assert_eq!(differences(&w, audit), [Difference::Absent { parcel: goes, place }]);
    // Somebody took it just before and says so now.
    w.seconds(5);
    w.ok(STAFF, Command::AcceptAtDesk { parcel: goes });
    assert!(differences(&w, audit).is_empty(), "it moved since it was looked at");
    // Gone before the press: it is recorded elsewhere already.
    look(&mut w, audit, place, &[stays, comes], &[goes]);
    assert!(differences(&w, audit).is_empty());
    ask(&mut w, AuditStep::End { audit }).unwrap();
}

#[test]
fn what_a_courier_is_about_to_put_there_is_no_difference() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    let one = shelf(&mut w, "A");
    let parcel = w.parcel(visit, "102", Size::S);
    let audit = begin(&mut w, AuditScope::Shelves(vec![one]));
    look(&mut w, audit, AuditPlace::Shelf(one), &[parcel], &[]);
    assert!(differences(&w, audit).is_empty());
    assert!(matches!(w.custodian(parcel), Custodian::Courier(_)), "and it is still the courier's");
}

#[test]
fn missed_on_one_shelf_and_seen_on_another_is_one_difference_and_moves() {
    let mut w = World::new();
    let (one, other) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
    let parcel = w.shelved("101", one);
    let audit = begin(&mut w, AuditScope::Shelves(vec![one, other]));
    look(&mut w, audit, AuditPlace::Shelf(one), &[], &[parcel]);
    look(&mut w, audit, AuditPlace::Shelf(other), &[parcel], &[]);
    let (place, recorded) = (AuditPlace::Shelf(other), Custodian::Shelf(one));
    assert_eq!(differences(&w, audit), [Difference::Astray { parcel, place, recorded }]);
    let told = w.notes("ana").len();
    settle(&mut w, audit, parcel, Settlement::Moved).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Shelf(other));
    assert_eq!(w.notes("ana")[told..], [NoticeKind::Moved], "once");
    assert!(differences(&w, audit).is_empty());
}

#[test]
fn carried_back_it_changes_nothing_and_looked_at_anew_it_wants_a_new_word() {
    let mut w = World::new();
    let (one, other) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
    let parcel = w.shelved("101", one);
    let audit = begin(&mut w, AuditScope::Shelves(vec![one, other]));
    look(&mut w, audit, AuditPlace::Shelf(other), &[parcel], &[]);
    settle(&mut w, audit, parcel, Settlement::PutBack).unwrap();
    assert_eq!((w.custodian(parcel), differences(&w, audit)), (Custodian::Shelf(one), vec![]));
    w.seconds(1);
    look(&mut w, audit, AuditPlace::Shelf(other), &[], &[]);
    look(&mut w, audit, AuditPlace::Shelf(one), &[], &[parcel]);
    let place = AuditPlace::Shelf(one);
    assert_eq!(differences(&w, audit), [Difference::Absent { parcel, place }]);
}

#[test]
fn out_of_a_compartment_nobody_looked_into_it_is_looked_into_before_it_is_offered() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let (parcel, door) = w.delivered(&["101"])[0];
    let audit = begin(&mut w, AuditScope::Everything);
    look(&mut w, audit, AuditPlace::Shelf(one), &[parcel], &[]);
    assert_eq!(settle(&mut w, audit, parcel, Settlement::PutBack), Err(Refusal::WrongCustody));
    settle(&mut w, audit, parcel, Settlement::Taken).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Staff(StaffId(1)));
    assert_eq!(w.service(door), Service::Check);
    // With a look into it there is no doubt.
    let (parcel, door) = w.delivered(&["102"])[0];
    into(&mut w, audit, door, &[], &[parcel]);
    look(&mut w, audit, AuditPlace::Shelf(one), &[parcel], &[]);
    settle(&mut w, audit, parcel, Settlement::Moved).unwrap();
    assert_eq!((w.custodian(parcel), w.service(door)), (Custodian::Shelf(one), Service::In));
}

#[test]
fn no_courier_is_sent_to_a_compartment_with_something_unrecorded_in_it() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: c(1) }));
    w.opens(c(1));
    let step = AuditStep::Look { audit, place: at(c(1)), seen: vec![], absent: vec![], unknown: 1 };
    ask(&mut w, step).unwrap();
    assert_eq!(w.service(c(1)), Service::Check);
    assert!(w.has_task(&TaskKind::Check { compartment: c(1) }));
    w.shuts(c(1));
    let parcel = w.taken_in("101");
    into(&mut w, audit, c(2), &[parcel], &[]);
    assert_eq!(w.service(c(2)), Service::Check, "recorded at the desk");
    into(&mut w, audit, c(3), &[], &[]);
    assert_eq!(w.service(c(3)), Service::In);
}

#[test]
fn only_equal_entitlement_shares_a_compartment_after_an_audit_too() {
    let mut w = World::new();
    let (inside, door) = w.delivered(&["101"])[0];
    let parcel = w.taken_in("102");
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    into(&mut w, audit, door, &[inside, parcel], &[]);
    assert_eq!(settle(&mut w, audit, parcel, Settlement::Moved), Err(Refusal::NotEntitled));
    settle(&mut w, audit, parcel, Settlement::Taken).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Staff(StaffId(1)));
}

#[test]
fn what_is_in_use_or_does_not_open_is_passed_over_and_that_is_said() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    let busy = w.door_of(visit).unwrap();
    let audit = begin(&mut w, AuditScope::Everything);
    let pulses = w.pulses.len();
    let open = |door| Command::Audit(AuditStep::Open { audit, compartment: door });
    assert_eq!(w.ok(STAFF, open(busy)), Answer::Done);
    assert_eq!(state(&w, audit, at(busy)), StopState::Skipped(SkipReason::InUse));
    w.see(Observation::BoardSilent { bank: BankId(2) });
    assert_eq!(w.ok(STAFF, open(c(9))), Answer::Done);
    assert_eq!(state(&w, audit, at(c(9))), StopState::Skipped(SkipReason::BoardSilent));
    assert_eq!(w.pulses.len(), pulses, "nothing was pulsed");
    w.ok(STAFF, open(c(8)));
    w.jams(c(8));
    assert_eq!(state(&w, audit, at(c(8))), StopState::Skipped(SkipReason::DidNotOpen));
    assert!(w.has_task(&TaskKind::Jammed { compartment: c(8) }));
    ask(&mut w, AuditStep::Skip { audit, place: at(c(7)) }).unwrap();
    assert_eq!(state(&w, audit, at(c(7))), StopState::Skipped(SkipReason::Staff));
}

#[test]
fn what_was_seen_is_not_lost_by_a_door_that_does_not_open_again() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    into(&mut w, audit, door, &[], &[parcel]);
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: door }));
    w.jams(door);
    ask(&mut w, AuditStep::Skip { audit, place: at(door) }).unwrap();
    assert_eq!(differences(&w, audit), [Difference::Absent { parcel, place: at(door) }]);
}

#[test]
fn a_paused_walk_waits_and_another_member_of_staff_goes_on() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    ask(&mut w, AuditStep::Pause { audit, pause: true }).unwrap();
    let open = Command::Audit(AuditStep::Open { audit, compartment: c(1) });
    assert_eq!(w.ask(OTHER, open.clone()), Err(Refusal::AuditPaused));
    w.wait(Span(2 * RESTS.0));
    assert!(w.site.audits.get(audit).is_some(), "it waits");
    w.restart();
    w.ok(OTHER, Command::Audit(AuditStep::Pause { audit, pause: false }));
    w.ok(OTHER, open);
    w.opens(c(1));
    w.ok(
        OTHER,
        Command::Audit(AuditStep::Look { audit, place: at(c(1)), seen: vec![], absent: vec![], unknown: 0 }),
    );
    w.shuts(c(1));
    ask(&mut w, AuditStep::End { audit }).unwrap();
}

#[test]
fn a_walk_left_lying_ends_by_itself_and_staff_are_told() {
    for (pause, rests) in [(false, RESTS), (true, PAUSED_RESTS)] {
        let mut w = World::new();
        let (parcel, door) = w.delivered(&["101"])[0];
        let audit = begin(&mut w, AuditScope::Bank(BANK));
        into(&mut w, audit, door, &[], &[parcel]);
        ask(&mut w, AuditStep::Pause { audit, pause }).unwrap();
        w.wait(Span(rests.0 - 60_000));
        assert!(w.site.audits.get(audit).is_some());
        w.wait(Span::minutes(1));
        assert!(w.site.audits.get(audit).is_none());
        assert!(w.has_task(&TaskKind::AuditLeft { audit }));
        assert_eq!(w.custodian(parcel), Custodian::Compartment(door), "nobody said what becomes of it");
        let ended = |event: &Event| matches!(event, Event::AuditEnded { how: AuditEnd::Lapsed, .. });
        assert!(w.log.iter().any(ended));
    }
}

#[test]
fn a_start_pulses_nothing_and_the_walk_goes_on() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: c(1) }));
    w.restart();
    assert_eq!(state(&w, audit, at(c(1))), StopState::Skipped(SkipReason::DidNotOpen), "nobody knows");
    assert_eq!(w.service(c(1)), Service::Check);
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: c(2) }));
}

#[test]
fn given_up_it_leaves_everything_as_it_is() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    into(&mut w, audit, door, &[], &[parcel]);
    ask(&mut w, AuditStep::Abandon { audit }).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Compartment(door));
    assert!(!w.has_task(&TaskKind::Missing { parcel }));
    let fresh = begin(&mut w, AuditScope::Bank(BANK));
    assert_ne!(fresh, audit);
}

#[test]
fn collected_by_the_record_it_is_named_and_not_moved() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let parcel = w.delivered(&["101"])[0].0;
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    let audit = begin(&mut w, AuditScope::Shelves(vec![one]));
    look(&mut w, audit, AuditPlace::Shelf(one), &[parcel], &[]);
    for how in [Settlement::Moved, Settlement::Taken, Settlement::PutBack] {
        assert_eq!(settle(&mut w, audit, parcel, how), Err(Refusal::WrongCustody), "{how:?}");
    }
    settle(&mut w, audit, parcel, Settlement::Left).unwrap();
    ask(&mut w, AuditStep::End { audit }).unwrap();
}

#[test]
fn what_cannot_be_walked_or_said_is_refused() {
    let mut w = World::new();
    let one = shelf(&mut w, "A");
    let parcel = w.shelved("101", one);
    let audit = begin(&mut w, AuditScope::Shelves(vec![one]));
    let begins = |scope| Command::Audit(AuditStep::Begin { scope });
    let looks = |place, seen: &[ParcelId], absent: &[ParcelId]| {
        let (seen, absent) = (seen.to_vec(), absent.to_vec());
        Command::Audit(AuditStep::Look { audit, place, seen, absent, unknown: 0 })
    };
    let (place, nobodys) = (AuditPlace::Shelf(one), ParcelId(99));
    w.refuses(vec![
        ("no such bank", begins(AuditScope::Bank(BankId(9))), "not-found"),
        ("no such shelf", begins(AuditScope::Shelves(vec![one, ShelfId(9)])), "not-found"),
        ("a place that is no part of it", looks(at(c(1)), &[], &[]), "not-found"),
        ("no such parcel was seen", looks(place, &[nobodys], &[]), "not-found"),
        ("no such parcel was missed", looks(place, &[], &[nobodys]), "not-found"),
        ("there and not there", looks(place, &[parcel], &[parcel]), "invalid"),
    ]);
    ask(&mut w, AuditStep::Pause { audit, pause: false }).unwrap();
    assert_eq!(w.last, [], "it was not paused");
    look(&mut w, audit, place, &[parcel], &[]);
    let more = AuditStep::Look { audit, place, seen: vec![parcel], absent: vec![], unknown: 2 };
    ask(&mut w, more).unwrap();
    assert_eq!(w.last.len(), 1, "two things that nobody knows are something new");
}

#[test]
fn drop_places_and_the_desk_come_last_where_there_are_any() {
    let mut w = World::new();
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    let ends = |w: &mut World| {
        let audit = begin(w, AuditScope::Everything);
        let places = w.site.audits.get(audit).unwrap().waiting(&w.site);
        ask(w, AuditStep::Abandon { audit }).unwrap();
        places[10..].to_vec()
    };
    assert_eq!(ends(&mut w), [AuditPlace::Area(AreaId(1))]);
    let parcel = w.taken_in("101");
    assert_eq!(ends(&mut w), [AuditPlace::Area(AreaId(1)), AuditPlace::Desk], "something lies there");
    let one = shelf(&mut w, "A");
    w.ok(STAFF, Command::Shelve { parcel, shelf: one });
    w.ok(STAFF, Command::SetDeskHours { hours: vec![time::WeekWindow::ALWAYS] });
    assert_eq!(ends(&mut w)[1..], [AuditPlace::Area(AreaId(1)), AuditPlace::Desk], "staff take parcels");
}

#[test]
fn what_has_no_lock_or_is_tested_is_passed_over_and_what_is_drawn_no_more_is_no_place() {
    let mut w = Bench::new(Wires::right()).w;
    let audit = begin(&mut w, AuditScope::Everything);
    let channels = (1..=7)
        .map(|n: u8| (c(n.into()), Channel { board: 1, lock: n, contact: n, reversed: false }))
        .collect();
    w.ok(Actor::Console, Command::Wiring { bank: BANK, step: WiringStep::Declare { channels } });
    let open = |door| Command::Audit(AuditStep::Open { audit, compartment: c(door) });
    assert_eq!(w.ok(STAFF, open(8)), Answer::Done);
    assert_eq!(state(&w, audit, at(c(8))), StopState::Skipped(SkipReason::NoLock));
    w.ok(STAFF, open(8));
    assert_eq!(w.last, [], "said once");
    w.ok(STAFF, Command::Wiring { bank: BANK, step: WiringStep::Begin { told: false, anew: false } });
    assert_eq!(w.ok(STAFF, open(1)), Answer::Done);
    assert_eq!(state(&w, audit, at(c(1))), StopState::Skipped(SkipReason::BeingTested));
    w.ok(STAFF, Command::Wiring { bank: BANK, step: WiringStep::Stop });
    let drawn = w.site.layout.banks[&BANK].iter().filter(|id| **id != c(7)).map(|id| DrawnCompartment {
        compartment: Some(*id),
        spec: w.site.compartments.get(*id).unwrap().spec.clone(),
    });
    let (was, compartments) = (w.site.layout.drawing(BANK), drawn.collect());
    w.ok(STAFF, Command::ChangeBank { bank: BANK, was, compartments });
    assert_eq!(w.ask(STAFF, open(7)), Err(Refusal::NotFound));
    assert!(!w.site.audits.get(audit).unwrap().waiting(&w.site).contains(&at(c(7))));
}

#[test]
fn what_is_said_again_after_staff_checked_counts_again() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    for time in ["the first time", "the second time"] {
        w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: c(1) }));
        w.opens(c(1));
        let step = AuditStep::Look { audit, place: at(c(1)), seen: vec![], absent: vec![], unknown: 1 };
        ask(&mut w, step).unwrap();
        w.shuts(c(1));
        assert_eq!(w.service(c(1)), Service::Check, "{time}");
        w.ok(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![] });
        assert_eq!(w.service(c(1)), Service::In, "{time}");
    }
}

#[test]
fn a_walk_that_an_older_program_began_is_read_and_its_doors_are_opened_anew() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    let mut state = serde_json::to_value(w.site.audits.get(audit).unwrap()).unwrap();
    let fields = state.as_object_mut().unwrap();
    fields.remove("last_open").unwrap();
    fields.insert("opened".to_owned(), serde_json::json!([1]));
    let read: Audit = serde_json::from_value(state).unwrap();
    assert_eq!(&read, w.site.audits.get(audit).unwrap());
}

#[test]
fn a_contact_that_sticks_at_open_keeps_nobody_from_going_on() {
    let mut w = World::new();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    let open = |audit, door| Command::Audit(AuditStep::Open { audit, compartment: door });
    w.ok(STAFF, open(audit, c(1)));
    w.opens(c(1));
    let skip = AuditStep::Skip { audit, place: at(c(2)) };
    assert_eq!(ask(&mut w, skip.clone()), Err(Refusal::DoorOpen { compartment: c(1) }));
    let reason = StaffReason::Maintenance;
    w.ok(STAFF, Command::SetService { compartment: c(1), in_service: false, reason });
    ask(&mut w, skip).unwrap();
    ask(&mut w, AuditStep::End { audit }).unwrap();
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    assert!(matches!(w.ok(STAFF, open(audit, c(2))), Answer::Opening { .. }));
    w.opens(c(2));
    w.shuts(c(2));
    w.shuts(c(1));
    let emptiness = w.site.compartments.get(c(1)).unwrap().emptiness;
    assert!(matches!(emptiness, Emptiness::Believed { .. }), "its door was open, and nobody saw it shut");
}

#[test]
fn what_somebody_looked_into_and_found_empty_is_known_to_be_empty() {
    let mut w = World::new();
    let emptiness = |w: &World, door| w.site.compartments.get(door).unwrap().emptiness;
    let is_believed = |w: &World, door| matches!(emptiness(w, door), Emptiness::Believed { .. });
    let (_, door) = w.delivered(&["101"])[0];
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    assert!(is_believed(&w, door), "emptied by a resident");
    w.minutes(1);
    let audit = begin(&mut w, AuditScope::Bank(BANK));
    into(&mut w, audit, door, &[], &[]);
    assert_eq!(emptiness(&w, door), Emptiness::Empty);
    w.seconds(1);
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: door }));
    w.opens(door);
    w.shuts(door);
    assert!(is_believed(&w, door), "opened again, and nobody said what was inside");
    let parcel = w.taken_in("101");
    into(&mut w, audit, c(2), &[parcel], &[]);
    assert!(is_believed(&w, c(2)), "something lay in there");
    w.ok(STAFF, Command::Audit(AuditStep::Open { audit, compartment: c(3) }));
    w.opens(c(3));
    look(&mut w, audit, at(c(3)), &[], &[]);
    w.minutes(2);
    w.shuts(c(3));
    assert!(is_believed(&w, c(3)), "held open: whoever shut it, it was later than the look");
}
