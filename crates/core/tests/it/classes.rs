//! Meals, what was packed cold, medicine, what wants a signature: where each may lie, how long, and who hears of it.

use crate::world::*;
use vestibule_core::custody::class::{ClassTimes, ParcelClass};
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{HandOverTo, ParcelWords, StaffReason};
use vestibule_core::*;

use ParcelClass::{Chilled, Meal, Medicine, Signature};

fn of(class: ParcelClass, number: &str) -> ParcelWords {
    ParcelWords { class: Some(class), ..World::words(number, Size::S) }
}

fn keep(w: &mut World, place: Place, class: Option<ParcelClass>) -> Result<Answer, Refusal> {
    w.ask(STAFF, Command::KeepPlaceFor { place, class })
}

fn shelf(w: &mut World, label: &str) -> ShelfId {
    match w.ok(STAFF, Command::InstallShelf { label: label.to_owned() }) {
        Answer::Shelf(shelf) => shelf,
        other => panic!("{other:?}"),
    }
}

/// One small compartment, full; a shelf, a drop place, no desk; and a courier at work.
fn full() -> (World, VisitId) {
    let mut w = World::build(Policy::default(), bank_one().into_iter().take(1).collect());
    shelf(&mut w, "A1");
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    let visit = w.courier();
    w.put(visit, "104", Size::S);
    (w, visit)
}

fn staffed(w: &mut World) {
    w.ok(STAFF, Command::SetDeskHours { hours: vec![WeekWindow::ALWAYS] });
}

/// A parcel of a class, taken in at the desk.
fn at_desk(w: &mut World, class: ParcelClass, number: &str) -> ParcelId {
    w.taken_in_with(of(class, number))
}

#[test]
fn a_place_that_is_kept_for_a_class_takes_that_first_and_nothing_else() {
    let mut w = World::new();
    keep(&mut w, Place::Compartment(c(4)), Some(Chilled)).unwrap();
    let visit = w.courier();
    let usual: Vec<_> = (0..3).map(|_| w.put(visit, "101", Size::M).1).collect();
    assert!(!usual.contains(&c(4)), "the usual ones go elsewhere: {usual:?}");
    let parcel = w.parcel(visit, "101", Size::M);
    assert_eq!(w.planned(parcel), Some(Place::TakeBack), "though that one is free");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(w.put_with(visit, of(Chilled, "102")).1, c(4), "bigger than it needs, and cold");
    assert_eq!(w.put_with(visit, of(Chilled, "102")).1, c(1), "the cold one is full");
    w.finish(visit);
    keep(&mut w, Place::Compartment(c(4)), None).unwrap();
    let resident = w.scans(K1, "cleo").unwrap();
    w.takes_all(resident);
    w.wait(Span::days(2));
    let visit = w.courier();
    assert_eq!(w.put(visit, "101", Size::M).1, c(4), "free for all again");
}

#[test]
fn its_own_shelf_is_better_than_a_door_that_is_anybodys() {
    let mut w = World::new();
    let (_, cold) = (shelf(&mut w, "A1"), shelf(&mut w, "Fridge"));
    keep(&mut w, Place::Shelf(cold), Some(Chilled)).unwrap();
    let visit = w.courier();
    let goes = |w: &mut World, words| {
        let parcel = w.parcel_with(visit, words);
        let place = w.planned(parcel).unwrap();
        match place {
            Place::Compartment(door) => {
                w.opens(door);
                w.shuts(door);
            }
            _ => drop(w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel })),
        }
        place
    };
    assert_eq!(goes(&mut w, of(Chilled, "101")), Place::Shelf(cold));
    assert_eq!(goes(&mut w, of(Meal, "101")), Place::Compartment(c(1)), "the fridge is for what is cold");
    assert_eq!(goes(&mut w, World::words("101", Size::S)), Place::Compartment(c(2)));
    w.ok(STAFF, Command::StaffOpen { compartment: c(3), reason: StaffReason::Inspect });
    keep(&mut w, Place::Compartment(c(5)), Some(Chilled)).unwrap();
    assert_eq!(
        goes(&mut w, of(Chilled, "101")),
        Place::Compartment(c(5)),
        "behind a door of its own before a shelf"
    );
}

#[test]
fn medicine_is_never_left_where_others_can_take_it() {
    let (mut w, visit) = full();
    let next = |w: &mut World, words| {
        let parcel = w.parcel_with(visit, words);
        let place = w.planned(parcel);
        w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
        place
    };
    assert_eq!(next(&mut w, of(Meal, "101")), Some(Place::Shelf(ShelfId(1))));
    assert_eq!(
        next(&mut w, of(Medicine, "101")),
        Some(Place::TakeBack),
        "no door is free, nobody is at the desk"
    );
    staffed(&mut w);
    assert_eq!(next(&mut w, of(Medicine, "101")), Some(Place::Desk));
    let visit = {
        w.finish(visit);
        let mut other = World::new();
        let visit = other.courier();
        assert_eq!(other.put_with(visit, of(Medicine, "101")).1, c(1), "a door of anybody's will do");
        visit
    };
    assert!(w.site.visits.get(visit).is_err());
}

#[test]
fn what_wants_a_signature_goes_from_hand_to_hand() {
    let mut w = World::new();
    shelf(&mut w, "A1");
    let visit = w.courier();
    let parcel = w.parcel_with(visit, of(Signature, "101"));
    assert_eq!(w.planned(parcel), Some(Place::TakeBack), "nobody is there to sign");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    staffed(&mut w);
    let parcel = w.parcel_with(visit, of(Signature, "101"));
    assert_eq!(w.planned(parcel), Some(Place::Desk), "doors are free, and no door signs");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    let refused = Err(Refusal::NotForThisClass);
    assert_eq!(w.ask(STAFF, Command::PlaceFromDesk { parcel, banks: vec![], reach: false }), refused);
    assert_eq!(w.ask(STAFF, Command::Shelve { parcel, shelf: ShelfId(1) }), refused);
    let hand = |to| Command::HandOver { parcels: vec![parcel], to };
    assert_eq!(w.ask(STAFF, hand(HandOverTo::Person(person("ana")))), Err(Refusal::SignatureNeeded));
    assert_eq!(w.ask(STAFF, hand(HandOverTo::Signed(PersonId(99)))), Err(Refusal::NotFound));
    assert_eq!(w.ask(STAFF, hand(HandOverTo::Signed(person("cleo")))), Err(Refusal::NotEntitled));
    w.ok(STAFF, hand(HandOverTo::Signed(person("ben"))));
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("ben")));
    assert_eq!(w.assurance(parcel), Assurance::StaffWord, "staff say that they signed");
    let other = at_desk(&mut w, Signature, "101");
    let to = HandOverTo::Shown(w.code_of("ana").scanned());
    w.ok(STAFF, Command::HandOver { parcels: vec![other], to });
}

#[test]
fn only_what_may_lie_there_can_be_kept_there() {
    let mut w = World::new();
    let a1 = Place::Shelf(shelf(&mut w, "A1"));
    let door = Place::Compartment(c(1));
    for (place, class, why) in [
        (a1, Medicine, Refusal::NotForThisClass),
        (a1, Signature, Refusal::NotForThisClass),
        (door, Signature, Refusal::NotForThisClass),
        (Place::Shelf(ShelfId(9)), Meal, Refusal::NotFound),
        (Place::Compartment(c(99)), Meal, Refusal::NotFound),
        (Place::Desk, Meal, Refusal::NotFound),
    ] {
        assert_eq!(keep(&mut w, place, Some(class)), Err(why), "{place:?} for {class:?}");
    }
    keep(&mut w, door, Some(Medicine)).unwrap();
    keep(&mut w, a1, Some(Meal)).unwrap();
}

#[test]
fn what_turns_out_to_be_medicine_on_a_shelf_is_a_task_until_it_is_moved() {
    let (mut w, visit) = full();
    let parcel = w.parcel(visit, "101", Size::S);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    let misplaced = TaskKind::Misplaced { parcel };
    w.ok(STAFF, Command::Classify { parcel, class: Some(Medicine) });
    assert!(w.has_task(&misplaced));
    w.ok(STAFF, Command::Classify { parcel, class: Some(Meal) });
    assert!(!w.has_task(&misplaced), "a mistake, put right");
    w.ok(STAFF, Command::Classify { parcel, class: Some(Medicine) });
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    assert!(!w.has_task(&misplaced));
    w.ok(STAFF, Command::Classify { parcel, class: Some(Medicine) });
    assert!(w.last.is_empty(), "nothing new was said");
    assert_eq!(w.ask(STAFF, Command::Classify { parcel: ParcelId(99), class: None }), Err(Refusal::NotFound));
    w.ok(STAFF, Command::WriteOff { parcel, reason: StaffReason::Other });
    assert_eq!(w.ask(STAFF, Command::Classify { parcel, class: None }), Err(Refusal::TooLate));
}

#[test]
fn a_meal_is_told_of_in_time_and_then_is_a_task() {
    let mut w = World::new();
    let visit = w.courier();
    let (parcel, _) = w.put_with(visit, of(Meal, "101"));
    w.finish(visit);
    let late = TaskKind::Late { parcel };
    w.minutes(29);
    assert_eq!(w.notes("ana"), [NoticeKind::Arrived]);
    w.minutes(1);
    assert_eq!(w.notes("ana"), [NoticeKind::Arrived, NoticeKind::CollectSoon]);
    assert_eq!(w.notes("ben"), w.notes("ana"), "the whole household");
    assert!(!w.has_task(&late));
    w.minutes(30);
    assert!(w.has_task(&late));
    w.wait(Span::days(1));
    assert_eq!(w.notes("ana").len(), 2, "said once");
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    assert!(!w.has_task(&late), "it is gone, however late");
}

#[test]
fn one_reminder_for_all_that_runs_out_and_none_for_what_was_fetched() {
    let mut w = World::new();
    let visit = w.courier();
    let chilled: Vec<_> = (0..2).map(|_| w.put_with(visit, of(Chilled, "102")).0).collect();
    w.put(visit, "102", Size::S);
    w.finish(visit);
    w.wait(Span::hours(2));
    let told: Vec<_> = w.inbox[&person("cleo")].iter().map(|note| note.parcels.clone()).collect();
    assert_eq!(told.last(), Some(&chilled));
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived, NoticeKind::CollectSoon]);
    let visit = w.scans(K1, "cleo").unwrap();
    w.takes_all(visit);
    w.finish(visit);
    w.wait(Span::days(1));
    assert_eq!(w.site.tasks.open.len(), 0, "nothing is late that was fetched");
    assert_eq!(w.site.next_deadline().filter(|at| *at < w.now), None);
}

#[test]
fn what_nobody_has_accepted_yet_grows_no_younger() {
    let (mut w, visit) = full();
    staffed(&mut w);
    let [parcel, forgotten] = [(), ()].map(|()| {
        let parcel = w.parcel_with(visit, of(Medicine, "101"));
        assert_eq!(w.planned(parcel), Some(Place::Desk));
        w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
        parcel
    });
    w.finish(visit);
    w.wait(Span::hours(23));
    assert_eq!(w.notes("ana"), [], "there is nothing yet that they could fetch");
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    w.seconds(0);
    assert_eq!(
        w.notes("ana"),
        [NoticeKind::Arrived, NoticeKind::CollectSoon],
        "its half has passed long ago"
    );
    w.wait(Span::hours(1));
    assert!(w.has_task(&TaskKind::Late { parcel }) && w.has_task(&TaskKind::Late { parcel: forgotten }));
}

#[test]
fn what_left_in_time_is_not_late_and_what_comes_back_is() {
    let mut w = World::new();
    let parcel = at_desk(&mut w, Chilled, "101");
    w.ok(STAFF, Command::WriteOff { parcel, reason: StaffReason::Damaged });
    w.wait(Span::hours(5));
    assert!(!w.has_task(&TaskKind::Late { parcel }));
    let visit = w.courier();
    let (parcel, door) = w.put_with(visit, of(Chilled, "101"));
    w.finish(visit);
    let visit = w.scans(K1, "ana").unwrap();
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::WasEmpty { visit });
    w.shuts(door);
    w.wait(Span::hours(5));
    assert!(!w.has_task(&TaskKind::Late { parcel }), "nobody knows where it is");
    w.ok(STAFF, Command::TurnedUp { parcel });
    w.seconds(0);
    assert!(w.has_task(&TaskKind::Late { parcel }));
}

#[test]
fn staff_say_that_it_is_food_after_all_and_its_time_counts_from_when_it_came() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["101"])[0];
    w.minutes(90);
    w.ok(STAFF, Command::Classify { parcel, class: Some(Meal) });
    w.seconds(0);
    assert!(w.has_task(&TaskKind::Late { parcel }));
    w.ok(STAFF, Command::Classify { parcel, class: Some(Chilled) });
    assert!(!w.has_task(&TaskKind::Late { parcel }), "four hours, not one");
    w.wait(Span::hours(3));
    assert!(w.has_task(&TaskKind::Late { parcel }));
    w.ok(STAFF, Command::Classify { parcel, class: None });
    w.wait(Span::days(1));
    assert!(!w.has_task(&TaskKind::Late { parcel }));
}

#[test]
fn a_parcel_is_kept_as_long_as_its_class_and_the_hold_allow() {
    let mut w = World::new();
    let visit = w.courier();
    let came = w.now;
    let (meal, _) = w.put_with(visit, of(Meal, "101"));
    let (usual, _) = w.put(visit, "101", Size::S);
    w.finish(visit);
    assert_eq!(w.site.kept_until(meal), Some(came + Span::hours(1)));
    assert_eq!(w.site.kept_until(usual), Some(came + Span::days(7)));
    assert_eq!(w.site.kept_until(ParcelId(99)), None);
    let policy = Policy { hold: Span::hours(1), ..w.site.policy.clone() };
    w.ok(STAFF, Command::SetPolicy { policy });
    w.ok(STAFF, Command::Classify { parcel: usual, class: Some(Medicine) });
    assert_eq!(w.site.kept_until(usual), Some(came + Span::hours(1)), "never longer than the hold");
}

#[test]
fn what_is_cold_does_not_lie_with_what_is_not() {
    let mut w = World::new();
    let visit = w.courier();
    let (_, door) = w.put(visit, "101", Size::M);
    let together = Some(w.code_of_visit(visit));
    let words = ParcelWords { together: together.clone(), ..of(Chilled, "101") };
    let (_, cold) = w.put_with(visit, words.clone());
    assert_ne!(cold, door, "its door is another");
    assert_eq!(w.put_with(visit, words.clone()).1, cold, "with its like");
    keep(&mut w, Place::Compartment(door), Some(Medicine)).unwrap();
    let usual = ParcelWords { together, ..World::words("101", Size::M) };
    assert_ne!(w.put_with(visit, usual).1, door, "that is kept for medicine from now on");
}

#[test]
fn times_are_the_site_s_and_within_reason() {
    let right = ClassTimes { meal: Span::minutes(20), reminded_at_percent: 75, ..ClassTimes::default() };
    let mut w = World::with_policy(Policy { classes: right, ..Policy::default() });
    let visit = w.courier();
    let (parcel, _) = w.put_with(visit, of(Meal, "101"));
    w.finish(visit);
    w.minutes(15);
    assert_eq!(w.notes("ana"), [NoticeKind::Arrived, NoticeKind::CollectSoon]);
    w.minutes(5);
    assert!(w.has_task(&TaskKind::Late { parcel }));
    let usual = ClassTimes::default();
    for (classes, word) in [
        (ClassTimes { meal: Span::minutes(9), ..usual }, "classes.meal"),
        (ClassTimes { chilled: Span::days(4), ..usual }, "classes.chilled"),
        (ClassTimes { medicine: Span::minutes(59), ..usual }, "classes.medicine"),
        (ClassTimes { signature: Span::days(91), ..usual }, "classes.signature"),
        (ClassTimes { reminded_at_percent: 9, ..usual }, "reminded_at_percent"),
        (ClassTimes { reminded_at_percent: 91, ..usual }, "reminded_at_percent"),
    ] {
        let policy = Policy { classes, ..Policy::default() };
        let Err(Refusal::Invalid { why }) = w.ask(STAFF, Command::SetPolicy { policy }) else {
            panic!("{word}")
        };
        assert!(why.contains(word), "{why}");
    }
    assert_eq!(w.service(c(1)), Service::In);
}

#[test]
fn who_said_that_it_is_not_theirs_is_not_reminded_of_it() {
    let mut w = World::new();
    let visit = w.courier();
    w.put_with(visit, of(Meal, "101"));
    w.finish(visit);
    let visit = w.scans(K1, "ana").unwrap();
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::NotMine { visit });
    w.shuts(door);
    w.minutes(31);
    let reminded = |name| w.notes(name).contains(&NoticeKind::CollectSoon);
    assert_eq!((reminded("ana"), reminded("ben")), (false, true));
}
