//! Shelves that were measured: what each takes, and which one a parcel goes to.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::shelf::ShelfLimits;
use vestibule_core::vocabulary::command::ParcelWords;
use vestibule_core::*;

fn limits(largest: Size) -> ShelfLimits {
    ShelfLimits { zone: "Package room".to_owned(), largest, floor: false, holds: None, height_mm: None }
}

fn shelf(w: &mut World, label: &str, limits: ShelfLimits) -> ShelfId {
    let Answer::Shelf(shelf) = w.ok(STAFF, Command::InstallShelf { label: label.to_owned() }) else {
        panic!("a shelf")
    };
    w.ok(STAFF, Command::DescribeShelf { shelf, limits });
    shelf
}

/// A room without a locker, and a courier at work.
fn room() -> (World, VisitId) {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    (w, visit)
}

/// Where the next parcel is sent, and put.
pub fn put(w: &mut World, visit: VisitId, words: ParcelWords) -> Option<Place> {
    let parcel = w.parcel_with(visit, words);
    let place = w.planned(parcel);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    place
}

#[test]
fn what_a_shelf_holds_goes_there_and_then_to_the_next() {
    let (mut w, visit) = room();
    let one = shelf(&mut w, "A1", ShelfLimits { holds: Some(2), ..limits(Size::M) });
    let floor = shelf(&mut w, "Floor", ShelfLimits { floor: true, ..limits(Size::XL) });
    let small = || World::words("102", Size::S);
    assert_eq!(put(&mut w, visit, small()), Some(Place::Shelf(one)));
    assert_eq!(
        put(&mut w, visit, World::words("102", Size::L)),
        Some(Place::Shelf(floor)),
        "too large for A1"
    );
    assert_eq!(put(&mut w, visit, small()), Some(Place::Shelf(one)), "a spot on the floor comes last");
    assert_eq!(put(&mut w, visit, small()), Some(Place::Shelf(floor)), "A1 holds two");
}

#[test]
fn a_parcel_on_its_way_takes_its_room_already() {
    let (mut w, visit) = room();
    let one = shelf(&mut w, "A1", ShelfLimits { holds: Some(1), ..limits(Size::XL) });
    let first = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(first), Some(Place::Shelf(one)));
    let second = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(second), Some(Place::TakeBack));
}

#[test]
fn what_fits_no_compartment_lies_on_the_floor() {
    let mut w = World::new();
    let shelf_for_all = limits(Size::XL);
    shelf(&mut w, "A1", shelf_for_all.clone());
    let visit = w.courier();
    let mattress = w.parcel(visit, "101", Size::XL);
    w.opens(c(8));
    assert_eq!(
        w.ask(Actor::Visit(visit), Command::BiggerDoor { visit }),
        Err(Refusal::NoRoom),
        "A1 is a board"
    );
    let floor = shelf(&mut w, "Floor", ShelfLimits { floor: true, ..shelf_for_all });
    w.ok(Actor::Visit(visit), Command::BiggerDoor { visit });
    w.shuts(c(8));
    assert_eq!(w.planned(mattress), Some(Place::Shelf(floor)));
}

#[test]
fn heavy_goes_low_and_reach_is_kept() {
    let (mut w, visit) = room();
    let high = shelf(&mut w, "A3", ShelfLimits { height_mm: Some(1_600), ..limits(Size::XL) });
    let low = shelf(&mut w, "A1", ShelfLimits { height_mm: Some(300), ..limits(Size::XL) });
    let words = World::words("102", Size::S);
    assert_eq!(put(&mut w, visit, words.clone()), Some(Place::Shelf(high)), "the emptier, or the first");
    assert_eq!(put(&mut w, visit, ParcelWords { heavy: true, ..words.clone() }), Some(Place::Shelf(low)));
    assert_eq!(put(&mut w, visit, ParcelWords { heavy: true, ..words.clone() }), Some(Place::Shelf(low)));
    let reach = ParcelWords { reach: true, ..words };
    assert_eq!(put(&mut w, visit, reach.clone()), Some(Place::TakeBack), "neither is within reach");
    let middle = shelf(&mut w, "A2", ShelfLimits { height_mm: Some(900), ..limits(Size::XL) });
    assert_eq!(put(&mut w, visit, reach), Some(Place::Shelf(middle)));
}

#[test]
fn staff_move_a_parcel_from_shelf_to_shelf_and_its_people_hear_of_it() {
    let (mut w, visit) = room();
    let one = shelf(&mut w, "A1", limits(Size::M));
    put(&mut w, visit, World::words("102", Size::S));
    w.finish(visit);
    let parcel = *w.site.custody.parcels.keys().last().unwrap();
    let full = shelf(&mut w, "B1", ShelfLimits { holds: Some(1), ..limits(Size::S) });
    w.ok(STAFF, Command::Shelve { parcel, shelf: full });
    assert_eq!(w.custodian(parcel), Custodian::Shelf(full));
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived, NoticeKind::Moved]);
    assert_eq!(
        w.ask(STAFF, Command::Shelve { parcel, shelf: full }),
        Err(Refusal::WrongCustody),
        "it lies there"
    );
    w.ok(STAFF, Command::Shelve { parcel, shelf: one });
}

#[test]
fn what_cannot_be_meant_is_refused_in_words() {
    let (mut w, _) = room();
    let known = shelf(&mut w, "A1", limits(Size::M));
    let mut describe = |shelf, limits| w.ask(STAFF, Command::DescribeShelf { shelf, limits });
    assert_eq!(describe(ShelfId(9), limits(Size::M)), Err(Refusal::NotFound));
    for (limits, word) in [
        (ShelfLimits { holds: Some(0), ..limits(Size::M) }, "at least one"),
        (ShelfLimits { height_mm: Some(3_001), ..limits(Size::M) }, "3000 mm"),
        (ShelfLimits { floor: true, height_mm: Some(1), ..limits(Size::M) }, "no height"),
        (ShelfLimits { zone: "x".repeat(41), ..limits(Size::M) }, "40 characters"),
    ] {
        let Err(Refusal::Invalid { why }) = describe(known, limits) else { panic!("{word}") };
        assert!(why.contains(word), "{why}");
    }
}
