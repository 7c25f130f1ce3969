//! Shelves that were measured: what each takes, and which one a parcel goes to.

use crate::world::*;
use vestibule_core::code::shelf_code::shelf_code;
use vestibule_core::code::token::SiteTag;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::shelf::ShelfLimits;
use vestibule_core::place::shelf::scanned::{is_shelf_code, meant, meant_by};
use vestibule_core::vocabulary::command::{ParcelWords, PutDown, PutTo};
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

/// Onto the shelf whose label was scanned.
fn scanned(w: &mut World, visit: VisitId, parcel: ParcelId, shelf: ShelfId) -> Result<Answer, Refusal> {
    let choice = PutDown { to: PutTo::Shelf { shelf, reach: false }, ..PutDown::there(visit, parcel) };
    w.ask(Actor::Visit(visit), Command::PutDown(choice))
}

#[test]
fn a_courier_scans_the_shelf_that_was_named_or_another() {
    let (mut w, visit) = room();
    let one = shelf(&mut w, "A1", limits(Size::M));
    let other = shelf(&mut w, "B1", limits(Size::M));
    let parcel = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(parcel), Some(Place::Shelf(one)));
    scanned(&mut w, visit, parcel, other).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Shelf(other));
    assert!(w.last.contains(&Event::PlacePlanned { parcel, place: Place::Shelf(other) }), "{:?}", w.last);
    let parcel = w.parcel(visit, "102", Size::S);
    scanned(&mut w, visit, parcel, one).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Shelf(one));
    assert!(!w.last.iter().any(|event| matches!(event, Event::PlacePlanned { .. })), "as it was planned");
    assert_eq!(scanned(&mut w, visit, parcel, one), Err(Refusal::NotYours), "it lies there already");
    w.finish(visit);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived], "they hear where it lies as ever");
}

#[test]
fn a_pile_lies_where_its_first_parcel_was_put() {
    let (mut w, visit) = room();
    let small = shelf(&mut w, "A1", ShelfLimits { holds: Some(2), ..limits(Size::XL) });
    let other = shelf(&mut w, "B1", limits(Size::XL));
    let third = shelf(&mut w, "C1", limits(Size::XL));
    let Answer::Parcel { parcel, place, .. } =
        w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 3 })
    else {
        panic!("a pile")
    };
    assert_eq!(place, Some(Place::Shelf(other)));
    let refused = scanned(&mut w, visit, parcel, small);
    assert_eq!(refused, Err(Refusal::ShelfTakesNoMore { label: "A1".to_owned() }), "it holds two");
    scanned(&mut w, visit, parcel, third).unwrap();
    let lie_there =
        w.site.custody.parcels.values().filter(|known| known.custodian == Custodian::Shelf(third));
    assert_eq!(lie_there.count(), 3);
}

#[test]
fn a_shelf_that_cannot_be_meant_is_refused_to_a_courier_in_a_word() {
    let (mut w, visit) = room();
    shelf(&mut w, "A1", limits(Size::XL));
    let small = shelf(&mut w, "B1", limits(Size::S));
    let full = shelf(&mut w, "B2", ShelfLimits { holds: Some(1), ..limits(Size::XL) });
    let cold = shelf(&mut w, "C1", limits(Size::XL));
    let class = Some(ParcelClass::Chilled);
    w.ok(STAFF, Command::KeepPlaceFor { place: Place::Shelf(cold), class });
    let first = w.parcel(visit, "102", Size::S);
    scanned(&mut w, visit, first, full).unwrap();
    let parcel = w.parcel(visit, "102", Size::M);
    let before = w.site.clone();
    let no_more = |label: &str| Refusal::ShelfTakesNoMore { label: label.to_owned() };
    for (shelf, refusal) in [
        (small, no_more("B1")),
        (full, no_more("B2")),
        (cold, Refusal::NotForThisClass),
        (ShelfId(9), Refusal::NoSuchShelf),
    ] {
        assert_eq!(scanned(&mut w, visit, parcel, shelf), Err(refusal), "{shelf}");
        assert!(w.last.is_empty() && w.site == before, "a refusal records nothing");
    }
}

#[test]
fn what_is_within_reach_stays_within_reach() {
    let (mut w, visit) = room();
    let middle = shelf(&mut w, "A2", ShelfLimits { height_mm: Some(900), ..limits(Size::XL) });
    let high = shelf(&mut w, "A3", ShelfLimits { height_mm: Some(1_600), ..limits(Size::XL) });
    let parcel = w.parcel_with(visit, ParcelWords { reach: true, ..World::words("102", Size::S) });
    assert_eq!(w.planned(parcel), Some(Place::Shelf(middle)));
    let mut put = |reach| {
        let choice = PutDown { to: PutTo::Shelf { shelf: high, reach }, ..PutDown::there(visit, parcel) };
        w.ask(Actor::Visit(visit), Command::PutDown(choice))
    };
    assert_eq!(put(true), Err(Refusal::ShelfTakesNoMore { label: "A3".to_owned() }));
    put(false).unwrap();
}

#[test]
fn what_goes_behind_a_door_or_to_the_desk_goes_to_no_shelf() {
    let mut w = World::new();
    let one = shelf(&mut w, "A1", limits(Size::XL));
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    assert_eq!(scanned(&mut w, visit, parcel, one), Err(Refusal::NotToAShelf), "its door opens");
}

#[test]
fn a_label_means_its_shelf_scanned_or_typed() {
    let (mut w, _) = room();
    let one = shelf(&mut w, "Rack 1 left", limits(Size::M));
    let code = shelf_code(one, w.site.tag.unwrap());
    for scan in [code.as_str(), &code.to_lowercase(), "Rack 1 left", " rack 1 LEFT "] {
        assert_eq!(meant(&w.site, scan), Ok(one), "{scan}");
    }
    let elsewhere = SiteTag::try_from("00".to_owned()).unwrap();
    for scan in [
        "",
        "Rack 2",
        "1Z999AA10123456784",
        &shelf_code(ShelfId(9), w.site.tag.unwrap()),
        &shelf_code(one, elsewhere),
    ] {
        assert_eq!(meant(&w.site, scan), Err(Refusal::NoSuchShelf), "{scan}");
    }
    assert!(is_shelf_code(&w.site, &code) && is_shelf_code(&w.site, &shelf_code(one, elsewhere)));
    assert!(!is_shelf_code(&w.site, "Rack 1 left"), "that may be anything where a parcel is meant");
    assert!(!is_shelf_code(&w.site, "1Z999AA10123456784"));
    let other = shelf(&mut w, "Rack 2", limits(Size::M));
    let look = |scans: &[&str]| {
        let scans: Vec<String> = scans.iter().map(|scan| (*scan).to_owned()).collect();
        meant_by(&w.site, &scans)
    };
    assert_eq!(look(&["1Z999AA10123456784", &code, "rack 1 left"]), Ok(one), "twice the same shelf");
    assert_eq!(look(&[&code, "Rack 2"]), Err(Refusal::NoSuchShelf), "which of the two?");
    assert_eq!((look(&["Rack 2"]), look(&[])), (Ok(other), Err(Refusal::NoSuchShelf)));
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
