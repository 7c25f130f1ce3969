//! A parcel is looked for where it lies without a lock and is not there: who says so, what comes of it, and whom the doors name.

use crate::street::*;
use crate::world::*;
use insta::assert_snapshot;
use vestibule_core::access::entry::Suspicion;
use vestibule_core::access::point::{DoorMode, PointKind, PointSpec};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::custody::audit::{AuditPlace, AuditScope, Settlement};
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::evidence::PhotoReason;
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{AuditStep, CheckOut, LookedFor, StaffReason};
use vestibule_core::*;

const SHELF: ShelfId = ShelfId(1);
const MISSING: Custodian = Custodian::Missing { last_known: None };

/// Staff lay a parcel for this household on the shelf in the room.
fn shelved(w: &mut World, number: &str) -> ParcelId {
    let parcel = w.shelved(number, SHELF);
    w.minutes(5);
    parcel
}

fn by_staff(parcel: ParcelId) -> Command {
    Command::NotThere(LookedFor { parcel, visit: None })
}

fn in_visit(parcel: ParcelId, visit: VisitId) -> Command {
    Command::NotThere(LookedFor { parcel, visit: Some(visit) })
}

fn take(visit: VisitId, parcel: ParcelId) -> Command {
    Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) }
}

/// Staff let somebody in, who goes in.
fn comes(w: &mut World, point: AccessPointId) -> EntryId {
    let reason = StaffReason::HelpCourier;
    let entry = w.lets_in(STAFF, Command::LetInOnce { point, reason }).unwrap();
    w.goes_in(entry);
    w.minutes(1);
    entry
}

/// The same, and they leave again.
fn passes(w: &mut World) -> EntryId {
    let entry = comes(w, ROOM);
    w.leaves_by(ROOM);
    w.minutes(1);
    entry
}

fn resident_comes(w: &mut World, name: &str) -> EntryId {
    let entry = w.shows(ROOM, Purpose::EnterToCollect, w.code_of(name).scanned()).unwrap();
    w.goes_in(entry);
    entry
}

/// The entries that are said to have gone off with a parcel.
fn suspects(w: &World, parcel: ParcelId) -> Vec<EntryId> {
    let named = w.log.iter().filter_map(|event| match event {
        Event::EntrySuspected { entry, what: Suspicion::LeftWithMore, parcel: Some(of) } if *of == parcel => {
            Some(*entry)
        }
        _ => None,
    });
    named.collect()
}

/// Whom the doors name once staff do not find it.
fn named(w: &mut World, parcel: ParcelId) -> Vec<EntryId> {
    w.ok(STAFF, by_staff(parcel));
    assert_eq!(w.custodian(parcel), MISSING);
    suspects(w, parcel)
}

#[test]
fn a_courier_in_between_may_have_left_with_more() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let parcel = shelved(&mut w, "101");
    w.story_begins();
    let entry = w.comes_in(ROOM, &code);
    w.leaves_by(ROOM);
    w.ok(STAFF, by_staff(parcel));
    assert_snapshot!(w.story(), @"
    entry 1 at street 2: a courier may come in
    entry 1: release Taken
    street 2 opens by Entries { entries: [EntryId(1)] }
    street 2 is shut
    exit-requested
    street 2 opens by Exit
    deposit-awaited
    entry 1 ends: Left
    street 2 is shut
    parcel 1: Shelf(ShelfId(1)) -> Missing { last_known: None } by StaffWord
    task: Missing { parcel: ParcelId(1) }
    entry 1 suspected: LeftWithMore of parcel 1
    code 2 dies
    code 4 dies
    code 3 dies
    code 5 dies
    ");
    assert_eq!(w.assurance(parcel), Assurance::StaffWord);
    assert_eq!(suspects(&w, parcel), [entry]);
    let so_far = w.log.len();
    assert_eq!(w.ok(STAFF, by_staff(parcel)), Answer::Done, "said again it changes nothing");
    assert_eq!(w.log.len(), so_far);
}

#[test]
fn two_residents_are_named_and_four_entries_are_not() {
    let mut w = World::with_doors();
    let parcel = shelved(&mut w, "101");
    shelved(&mut w, "102");
    let both = ["ana", "cleo"].map(|name| {
        let entry = resident_comes(&mut w, name);
        w.leaves_by(ROOM);
        entry
    });
    let mut more = w.clone();
    assert_eq!(named(&mut w, parcel), both);
    for _ in 0..2 {
        passes(&mut more);
    }
    assert_eq!(named(&mut more, parcel), [], "one of four says nothing of any");
}

#[test]
fn a_way_in_that_nobody_counted_makes_the_door_mute() {
    let mut quiet = World::with_doors();
    let parcel = shelved(&mut quiet, "101");
    let entry = passes(&mut quiet);

    let mut w = quiet.clone();
    w.passage(ROOM, true);
    w.passage(ROOM, false);
    assert_eq!((w.forced(ROOM), named(&mut w, parcel)), (1, vec![]), "forced");

    let mut w = quiet.clone();
    w.passage(ROOM, true);
    w.see(Observation::ExitRequested { point: ROOM });
    w.passage(ROOM, false);
    assert_eq!(named(&mut w, parcel), [entry], "somebody went out; it was told a moment late");

    let mut w = quiet.clone();
    w.mode(ROOM, DoorMode::Scheduled, vec![WeekWindow::ALWAYS]);
    assert_eq!(named(&mut w.clone(), parcel), [], "anyone may walk in");
    w.minutes(1);
    w.mode(ROOM, DoorMode::Locked, vec![]);
    assert_eq!(named(&mut w.clone(), parcel), [], "anyone could");
    let later = shelved(&mut w, "102");
    let after = passes(&mut w);
    assert_eq!(named(&mut w, later), [after], "it came after that");
}

#[test]
fn a_door_without_a_request_to_exit_takes_openings_for_exits() {
    let mut w = World::with_doors();
    let spec =
        PointSpec { request_to_exit: false, shelves: [SHELF].into(), ..spec("Room", PointKind::RoomDoor) };
    w.ok(STAFF, Command::ChangeAccessPoint { point: ROOM, spec });
    w.minutes(1);
    let parcel = shelved(&mut w, "101");
    let entry = comes(&mut w, ROOM);
    w.passage(ROOM, true);
    w.passage(ROOM, false);
    assert_eq!(named(&mut w, parcel), [entry]);
}

#[test]
fn who_left_before_it_came_is_not_named_and_who_brought_it_is() {
    let mut w = World::with_doors();
    passes(&mut w);
    let code = w.ups_for(&[ROOM]);
    let brought = w.comes_in(ROOM, &code);
    let visit = w.log_in(K1, &code).unwrap();
    let parcel = loop {
        let parcel = w.parcel(visit, "101", Size::XL);
        let Some(place::Place::Compartment(door)) = w.planned(parcel) else { break parcel };
        w.opens(door);
        w.shuts(door);
    };
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(w.custodian(parcel), Custodian::Shelf(SHELF));
    w.finish(visit);
    w.leaves_by(ROOM);
    w.minutes(5);
    assert_eq!(named(&mut w, parcel), [brought], "nobody was there after them");
    assert_eq!(w.suspicions(brought), [Suspicion::LeftWithMore]);
}

#[test]
fn a_walk_that_saw_it_there_clears_who_came_before() {
    let mut w = World::with_doors();
    let parcel = shelved(&mut w, "101");
    passes(&mut w);
    let place = AuditPlace::Shelf(SHELF);
    let scope = AuditScope::Shelves(vec![SHELF]);
    let Answer::Audit(audit) = w.ok(STAFF, Command::Audit(AuditStep::Begin { scope })) else {
        panic!("a walk")
    };
    let look = |seen: Vec<ParcelId>, absent: Vec<ParcelId>| {
        Command::Audit(AuditStep::Look { audit, place, seen, absent, unknown: 0 })
    };
    w.ok(STAFF, look(vec![parcel], vec![]));
    w.minutes(1);
    assert_eq!(named(&mut w.clone(), parcel), [], "nobody came since");
    let between = passes(&mut w);
    w.ok(STAFF, look(vec![], vec![parcel]));
    let settle = |how| Command::Audit(AuditStep::Settle { audit, parcel, how });
    w.ok(STAFF, settle(Settlement::Left));
    assert_eq!(named(&mut w.clone(), parcel), [between], "that it was left so is no look at it");
    w.ok(STAFF, look(vec![], vec![parcel]));
    w.minutes(1);
    passes(&mut w);
    w.ok(STAFF, settle(Settlement::Missing));
    assert_eq!(suspects(&w, parcel), [between], "it was missed before the other came");
    assert!(w.has_task(&TaskKind::Missing { parcel }));
}

#[test]
fn one_that_was_seen_elsewhere_names_nobody_here() {
    let mut w = World::with_doors();
    w.ok(STAFF, Command::InstallShelf { label: "B1".to_owned() });
    let parcel = shelved(&mut w, "101");
    passes(&mut w);
    let scope = AuditScope::Shelves(vec![ShelfId(2)]);
    let Answer::Audit(audit) = w.ok(STAFF, Command::Audit(AuditStep::Begin { scope })) else {
        panic!("a walk")
    };
    let place = AuditPlace::Shelf(ShelfId(2));
    let look = AuditStep::Look { audit, place, seen: vec![parcel], absent: vec![], unknown: 0 };
    w.ok(STAFF, Command::Audit(look));
    assert_eq!(named(&mut w.clone(), parcel), []);
    w.ok(STAFF, Command::Audit(AuditStep::Settle { audit, parcel, how: Settlement::PutBack }));
    let after = passes(&mut w);
    assert_eq!(named(&mut w, parcel), [after], "it was carried back");
}

/// A door knows its last eight. Somebody who is not among them any more may still have been inside.
#[test]
fn more_went_in_than_a_door_knows() {
    let mut w = World::with_doors();
    let stays = comes(&mut w, ROOM);
    w.minutes(30);
    for _ in 0..7 {
        passes(&mut w);
    }
    let mut known = w.clone();
    let parcel = shelved(&mut known, "101");
    assert_eq!(named(&mut known, parcel), [stays], "they were not seen to leave");
    passes(&mut w);
    passes(&mut w);
    let parcel = shelved(&mut w, "101");
    passes(&mut w);
    assert_eq!(named(&mut w, parcel), []);
}

#[test]
fn a_shelf_behind_no_door_names_nobody() {
    let mut w = World::with_doors();
    w.ok(STAFF, Command::InstallShelf { label: "B1".to_owned() });
    let parcel = shelved(&mut w, "101");
    w.ok(STAFF, Command::Shelve { parcel, shelf: ShelfId(2) });
    comes(&mut w, FRONT);
    passes(&mut w);
    assert_eq!(named(&mut w, parcel), []);
}

#[test]
fn a_resident_says_so_and_their_own_look_names_nobody() {
    let mut w = World::with_doors();
    let parcel = shelved(&mut w, "101");
    let earlier = resident_comes(&mut w, "ana");
    w.leaves_by(ROOM);
    w.minutes(5);
    let looks = resident_comes(&mut w, "ana");
    let visit = w.scans(K1, "ana").unwrap();
    w.story_begins();
    let since = w.photos.len();
    w.ok(Actor::Visit(visit), in_visit(parcel, visit));
    assert_snapshot!(w.story(), @"
    parcel 1: Shelf(ShelfId(1)) -> Missing { last_known: None } by RecipientWord
    task: Missing { parcel: ParcelId(1) }
    entry 1 suspected: LeftWithMore of parcel 1
    code 1 dies
    code 3 dies
    code 2 dies
    code 4 dies
    ");
    assert_eq!(w.assurance(parcel), Assurance::RecipientWord);
    assert_eq!(suspects(&w, parcel), [earlier], "they are inside to look");
    assert!(w.is_live(looks));
    let asked: Vec<_> =
        w.photos[since..].iter().map(|(asked, _)| (asked.reason, asked.subject.visit)).collect();
    assert_eq!(asked, [(PhotoReason::Doubted, Some(visit))], "the door of the room has a camera");
    let so_far = w.log.len();
    assert_eq!(w.ok(Actor::Visit(visit), in_visit(parcel, visit)), Answer::Done);
    assert_eq!(w.log.len(), so_far, "said again it changes nothing");
}

#[test]
fn a_parcel_is_found_after_all_in_the_same_visit_and_in_no_other() {
    let mut w = World::with_doors();
    let parcel = shelved(&mut w, "101");
    let code = w.code_of("ana");
    let visit = w.scans(K1, "ana").unwrap();
    w.ok(Actor::Visit(visit), in_visit(parcel, visit));
    assert!(w.has_task(&TaskKind::Missing { parcel }));
    assert_eq!(w.pick_up(K2, code.scanned()), Err(Refusal::CodeDead), "their code was for nothing else");

    let mut over = w.clone();
    over.finish(visit);
    assert_eq!(over.ask(Actor::Visit(visit), take(visit, parcel)), Err(Refusal::VisitOver));
    assert_eq!(over.custodian(parcel), MISSING);

    let mut staff = w.clone();
    staff.ok(STAFF, Command::TurnedUp { parcel });
    assert_eq!(staff.ask(Actor::Visit(visit), take(visit, parcel)), Err(Refusal::CodeDead), "staff have it");

    w.ok(Actor::Visit(visit), take(visit, parcel));
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("ana")));
    assert!(!w.has_task(&TaskKind::Missing { parcel }));
    w.finish(visit);
}

#[test]
fn not_everybody_may_say_so_and_not_of_everything() {
    let mut w = World::with_doors();
    let parcel = shelved(&mut w, "101");
    let behind = w.delivered(&["101", "102"]);
    let (visit, other) = (w.scans(K1, "ana").unwrap(), w.scans(K2, "cleo").unwrap());
    let strangers = [
        (Actor::Visit(other), in_visit(parcel, other), Refusal::NotEntitled),
        (Actor::Visit(other), in_visit(parcel, visit), Refusal::NotYours),
        (Actor::Visit(visit), by_staff(parcel), Refusal::NotYours),
        (Actor::Kiosk(K1), in_visit(parcel, visit), Refusal::NotYours),
        (Actor::Person(person("ana")), by_staff(parcel), Refusal::NotYours),
        (Actor::Console, by_staff(parcel), Refusal::NotYours),
        (Actor::Visit(visit), in_visit(behind[0].0, visit), Refusal::WrongCustody),
        (STAFF, by_staff(behind[0].0), Refusal::WrongCustody),
        (STAFF, by_staff(ParcelId(99)), Refusal::NotFound),
    ];
    for (actor, command, why) in strangers {
        assert_eq!(w.ask(actor, command.clone()), Err(why), "{actor} {command:?}");
    }
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    assert_eq!(w.ask(STAFF, by_staff(parcel)), Err(Refusal::WrongCustody), "the desk has its own words");
    w.takes_all(visit);
    w.finish(visit);
    let courier = w.courier();
    assert_eq!(w.ask(Actor::Visit(courier), in_visit(parcel, courier)), Err(Refusal::NotYours));
}

/// Whoever propped a door open, let it be unread or took a way away made that nobody can say who went in.
#[test]
fn a_door_that_cannot_tell_of_everybody_names_nobody() {
    let propped = |w: &mut World| {
        w.see(Observation::ExitRequested { point: ROOM });
        w.passage(ROOM, true);
        w.minutes(3);
        w.passage(ROOM, false);
        assert_eq!(w.forced(ROOM), 0, "that somebody went out explains it");
    };
    let unread = |w: &mut World| {
        w.see(Observation::PassageSeen { point: ROOM, open: None });
        w.passage(ROOM, false);
    };
    let away = |w: &mut World| {
        w.see(Observation::DoorAnswers { point: ROOM, answers: false });
        w.see(Observation::DoorAnswers { point: ROOM, answers: true });
    };
    let off = |w: &mut World| w.see(Observation::Started { boot: 2 });
    for happens in [&propped as &dyn Fn(&mut World), &unread, &away, &off] {
        let mut w = World::with_doors();
        let code = w.ups_for(&[ROOM]);
        let parcel = shelved(&mut w, "101");
        happens(&mut w);
        w.comes_in(ROOM, &code);
        w.leaves_by(ROOM);
        assert_eq!(named(&mut w, parcel), []);
    }
}

/// A parcel that was last seen while the door could not tell is of no help either: it is still so.
#[test]
fn what_was_seen_while_the_door_could_not_tell_names_nobody() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    w.see(Observation::DoorAnswers { point: ROOM, answers: false });
    let parcel = shelved(&mut w, "101");
    w.minutes(5);
    w.see(Observation::DoorAnswers { point: ROOM, answers: true });
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.goes_in(entry);
    w.leaves_by(ROOM);
    assert_eq!(named(&mut w, parcel), []);
}
