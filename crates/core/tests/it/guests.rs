//! Whoever was let in without a code hands over what they brought: a drop, once, and nothing else.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::policy::NoCode;
use vestibule_core::custody::Custodian;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::visit::{VisitEnd, guest::came_in, walk::asked_about};
use vestibule_core::vocabulary::command::{ParcelWords, RecipientChoice, StaffReason};
use vestibule_core::*;

fn comes(w: &mut World, kiosk: KioskId) -> Result<VisitId, Refusal> {
    match w.ask(Actor::Kiosk(kiosk), Command::ComeToDrop(kiosk))? {
        Answer::Visit { visit } => Ok(visit),
        other => panic!("{other:?}"),
    }
}

/// Somebody staff let into the room of the second bank, which kiosk 2 shows.
fn let_in(w: &mut World) -> EntryId {
    let reason = StaffReason::HelpCourier;
    let entry = w.lets_in(STAFF, Command::LetInOnce { point: BANK_ROOM, reason }).unwrap();
    w.goes_in(entry);
    entry
}

/// The usual site, with a shelf in the room of the second bank.
fn with_a_shelf() -> World {
    let mut w = World::with_doors();
    let mut spec = w.site.access.points[&BANK_ROOM].spec.clone();
    spec.shelves.insert(ShelfId(1));
    w.ok(STAFF, Command::ChangeAccessPoint { point: BANK_ROOM, spec });
    w
}

fn drops(w: &mut World, visit: VisitId, parcels: u16) -> Result<ParcelId, Refusal> {
    match w.ask(Actor::Visit(visit), Command::QuickDrop { visit, parcels })? {
        Answer::Parcel { parcel, .. } => Ok(parcel),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_they_brought_lies_where_the_screen_says_and_is_a_task_to_sort() {
    let mut w = with_a_shelf();
    w.door_policy(|p| p.no_code = NoCode::OneParcel { an_hour: 4 });
    let ring = Command::RingForEntry(rung_at(BANK_ROOM, unit("101")));
    let entry = w.lets_in(Actor::Door(BANK_ROOM), ring).unwrap();
    w.goes_in(entry);
    let visit = comes(&mut w, K2).unwrap();
    assert_eq!(w.site.access.entries[&entry].visit, Some(visit));
    let parcel = drops(&mut w, visit, 2).unwrap();
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    let shelf = Custodian::Shelf(ShelfId(1));
    assert_eq!((w.custodian(parcel), w.custodian(ParcelId(parcel.0 + 1))), (shelf, shelf), "both of them");
    assert_eq!(w.site.custody.get(parcel).unwrap().carrier, None, "nobody said whose courier it was");
    w.finish(visit);
    w.leaves_by(BANK_ROOM);
    assert!(w.has_task(&TaskKind::Sort { drop: DropId(1) }));
    let unseen = TaskKind::LookWhatWasLeft { entry, point: BANK_ROOM };
    assert!(!w.has_task(&unseen), "it is known what they left");
}

#[test]
fn nobody_comes_to_a_kiosk_who_was_not_let_in_to_it() {
    let mut w = World::with_doors();
    assert_eq!(comes(&mut w, K2), Err(Refusal::NobodyCameIn));
    let entry = let_in(&mut w);
    assert_eq!(came_in(&w.site, K2), Some(entry));
    assert_eq!(comes(&mut w, K1), Err(Refusal::NobodyCameIn), "another bank's kiosk");
    assert_eq!(w.ask(Actor::Kiosk(K1), Command::ComeToDrop(K2)), Err(Refusal::NotYours));
    w.leaves_by(BANK_ROOM);
    assert_eq!(comes(&mut w, K2), Err(Refusal::NobodyCameIn), "they are gone");
    let code = w.ups_for(&[BANK_ROOM]);
    w.comes_in(BANK_ROOM, &code);
    assert_eq!(comes(&mut w, K2), Err(Refusal::NobodyCameIn), "a courier has a code");
}

#[test]
fn their_visit_knows_a_drop_alone_and_only_one() {
    let mut w = with_a_shelf();
    let_in(&mut w);
    let visit = comes(&mut w, K2).unwrap();
    assert_eq!(comes(&mut w, K2), Ok(visit), "a second tap is the same visit");
    let recipient = RecipientChoice::Household { unit: unit("101"), addressee: None };
    let size = Size::S;
    let words =
        ParcelWords { recipient, size, heavy: false, reach: false, together: None, label: None, class: None };
    for command in [Command::Deposit { visit, words }, Command::LookUp { visit }, Command::NextDoor { visit }]
    {
        assert_eq!(w.ask(Actor::Visit(visit), command.clone()), Err(Refusal::NotYours), "{command:?}");
    }
    let code = w.ups();
    assert_eq!(w.log_in(K2, &code), Err(Refusal::KioskBusy));
    let parcel = drops(&mut w, visit, 1).unwrap();
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(drops(&mut w, visit, 1), Err(Refusal::NobodyCameIn), "once, however long they stand there");
    w.finish(visit);
    assert_eq!(comes(&mut w, K2), Err(Refusal::NobodyCameIn), "they left what they brought");
    w.log_in(K2, &code).expect("the kiosk is free again");
}

#[test]
fn who_is_let_in_by_an_entrance_is_awaited_at_what_lies_behind_it_for_half_an_hour() {
    let mut w = World::with_doors();
    let ring = Command::RingForEntry(rung_at(FRONT, unit("101")));
    let Answer::Ring { ring, .. } = w.ok(Actor::Door(FRONT), ring) else { panic!("somebody is asked") };
    let entry = w.lets_in(STAFF, Command::AnswerEntry { ring, let_in: true, link: None }).unwrap();
    w.goes_in(entry);
    assert_eq!(came_in(&w.site, K1), Some(entry));
    w.minutes(30);
    assert_eq!(came_in(&w.site, K1), None);
    assert_eq!(w.suspicions(entry), [], "they may have come to see somebody");
    assert_eq!(w.site.tasks.open.len(), 0);
}

#[test]
fn a_door_opens_for_them_as_for_a_courier() {
    let mut w = World::with_doors();
    let reason = StaffReason::HelpCourier;
    let entry = w.lets_in(STAFF, Command::LetInOnce { point: FRONT, reason }).unwrap();
    w.goes_in(entry);
    let visit = comes(&mut w, K1).unwrap();
    let parcel = drops(&mut w, visit, 1).unwrap();
    let door = w.door_of(visit).expect("a free locker");
    w.opens(door);
    w.shuts(door);
    assert_eq!(w.custodian(parcel), Custodian::Compartment(door));
}

#[test]
fn who_walks_away_from_the_kiosk_leaves_it_to_the_next() {
    let mut w = World::with_doors();
    let entry = let_in(&mut w);
    let visit = comes(&mut w, K2).unwrap();
    w.seconds(120);
    assert!(w.site.visits.get(visit).is_err(), "nobody touches it");
    let again = comes(&mut w, K2).expect("they have left nothing yet");
    assert_ne!(again, visit);
    assert_eq!(w.site.access.entries[&entry].visit, Some(again));
}

/// Whoever was let into one room is sent to no shelf of another: nothing lets them on.
#[test]
fn a_guest_is_sent_to_nothing_behind_another_door() {
    let mut w = World::with_doors();
    let_in(&mut w);
    let visit = comes(&mut w, K2).unwrap();
    let parcel = drops(&mut w, visit, 2).unwrap();
    assert_ne!(w.planned(parcel), Some(Place::Shelf(ShelfId(1))));
}

#[test]
fn who_carries_it_to_the_shelf_for_too_long_is_asked_and_brings_no_second_pile() {
    let mut w = with_a_shelf();
    let entry = let_in(&mut w);
    let first = comes(&mut w, K2).unwrap();
    let parcel = drops(&mut w, first, 2).unwrap();
    assert_eq!(w.planned(parcel), Some(Place::Shelf(ShelfId(1))));
    w.minutes(3);
    assert_eq!(w.ended(first), Some(VisitEnd::Idle));
    assert!(w.has_task(&TaskKind::Accept { parcel }));

    let mut other = w.clone();
    let_in(&mut other);
    let theirs = comes(&mut other, K2).unwrap();
    assert_eq!(asked_about(&other.site, theirs, other.now), [], "somebody else brought it");
    drops(&mut other, theirs, 2).unwrap();

    let visit = comes(&mut w, K2).unwrap();
    assert_eq!(asked_about(&w.site, visit, w.now), [parcel], "the one that leads");
    assert_eq!(drops(&mut w, visit, 2), Err(Refusal::NobodyCameIn), "what they brought is known");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    for parcel in [parcel, ParcelId(parcel.0 + 1)] {
        assert_eq!(w.custodian(parcel), Custodian::Shelf(ShelfId(1)));
        assert!(!w.has_task(&TaskKind::Accept { parcel }));
    }
    assert_eq!(w.site.access.entries[&entry].deposits, 2);
    assert!(w.site.visits.left.is_empty());
    w.finish(visit);
    assert_eq!(comes(&mut w, K2), Err(Refusal::NobodyCameIn), "they left what they brought");
}

#[test]
fn what_they_brought_to_the_desk_they_bring_once() {
    let mut w = World::with_doors();
    w.ok(STAFF, Command::SetDeskHours { hours: vec![time::WeekWindow::ALWAYS] });
    let_in(&mut w);
    let visit = comes(&mut w, K2).unwrap();
    let parcel = drops(&mut w, visit, 2).unwrap();
    assert_eq!(w.planned(parcel), Some(Place::Desk));
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    assert_eq!(comes(&mut w, K2), Err(Refusal::NobodyCameIn), "staff have not taken it yet");
}
