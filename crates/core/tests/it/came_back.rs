//! Who carried a parcel out of a room comes back in once more: for the time of the grace, by the door that leads there, and by a code that lives.

use crate::street::*;
use crate::world::*;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::vocabulary::command::CheckOut;
use vestibule_core::*;

const COLLECT: Purpose = Purpose::EnterToCollect;

/// A parcel of 101 on the shelf of the package room, and ana's code for it.
fn on_the_shelf(w: &mut World) -> (ParcelId, Code) {
    let parcel = w.shelved("101", ShelfId(1));
    (parcel, w.code_of("ana"))
}

/// Somebody goes in, taps *I have it*, and goes.
fn carries_out(w: &mut World, parcel: ParcelId, code: &Code) {
    let entry = w.shows(ROOM, COLLECT, code.scanned()).unwrap();
    w.goes_in(entry);
    let visit = w.pick_up(K1, code.scanned()).unwrap();
    w.ok(Actor::Visit(visit), Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) });
    w.finish(visit);
}

#[test]
fn who_carried_one_thing_out_comes_back_for_what_they_forgot() {
    let mut w = World::with_doors();
    let (parcel, code) = on_the_shelf(&mut w);
    carries_out(&mut w, parcel, &code);
    w.minutes(1);
    w.shows(ROOM, COLLECT, code.scanned()).expect("a minute later");
    assert_eq!(w.shows(BANK_ROOM, COLLECT, code.scanned()), Err(Refusal::NothingWaits), "another room");
    assert_eq!(w.shows(FRONT, COLLECT, code.scanned()), Err(Refusal::NothingWaits), "not a room");
    w.restart();
    w.minutes(8);
    w.shows(ROOM, COLLECT, code.scanned()).expect("nine minutes later, after a power cut");
    w.minutes(1);
    assert_eq!(w.shows(ROOM, COLLECT, code.scanned()), Err(Refusal::CodeDead), "the code is over by then");
}

#[test]
fn the_grace_of_a_card_ends_with_its_time() {
    let mut w = World::with_doors();
    let (parcel, code) = on_the_shelf(&mut w);
    w.ok(STAFF, Command::IssueCard { person: person("ana") });
    let card = w.revealed.take().unwrap();
    carries_out(&mut w, parcel, &code);
    w.minutes(9);
    w.shows(ROOM, COLLECT, card.scanned()).expect("hers too");
    w.minutes(1);
    assert_eq!(w.shows(ROOM, COLLECT, card.scanned()), Err(Refusal::NothingWaits), "after the grace");
}

#[test]
fn nobody_else_comes_in_by_it_and_no_code_that_was_revoked() {
    let mut w = World::with_doors();
    let (parcel, code) = on_the_shelf(&mut w);
    w.ok(STAFF, Command::IssueCard { person: person("ana") });
    let card = w.revealed.take().unwrap();
    w.ok(STAFF, Command::IssueCard { person: person("ben") });
    let bens = w.revealed.take().unwrap();
    carries_out(&mut w, parcel, &code);
    assert_eq!(w.shows(ROOM, COLLECT, bens.scanned()), Err(Refusal::NothingWaits), "he took nothing");
    w.ok(STAFF, Command::RevokeCard { credential: card.credential.unwrap() });
    assert_eq!(w.shows(ROOM, COLLECT, card.scanned()), Err(Refusal::CodeDead), "revoked");
    w.shows(ROOM, COLLECT, code.scanned()).expect("her code lives on");
}

#[test]
fn what_staff_take_from_a_shelf_lets_nobody_in() {
    let mut w = World::with_doors();
    let (parcel, _) = on_the_shelf(&mut w);
    w.ok(STAFF, Command::IssueCard { person: person("ana") });
    let card = w.revealed.take().unwrap();
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    let to = vocabulary::command::HandOverTo::Person(person("ana"));
    w.ok(STAFF, Command::HandOver { parcels: vec![parcel], to });
    assert_eq!(w.shows(ROOM, COLLECT, card.scanned()), Err(Refusal::NothingWaits));
}

#[test]
fn what_is_remembered_of_it_does_not_grow() {
    let mut w = World::with_doors();
    let size = |w: &World| serde_json::to_string(&w.site.carried_out).unwrap().len();
    let (parcel, code) = on_the_shelf(&mut w);
    carries_out(&mut w, parcel, &code);
    let one = size(&w);
    for (number, name) in [("102", "cleo"), ("104", "fay")] {
        w.minutes(11);
        let parcel = w.shelved(number, ShelfId(1));
        let code = w.code_of(name);
        carries_out(&mut w, parcel, &code);
        assert_eq!(size(&w), one, "what is over is forgotten, whoever comes next");
    }
}
