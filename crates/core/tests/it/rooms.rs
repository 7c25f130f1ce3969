//! A room is drawn and drawn anew: what comes, goes and moves; what is still needed stays; which zone a parcel goes to.

use crate::shelves::put;
use crate::street::{BANK_ROOM, FRONT, ROOM};
use crate::world::*;
use std::collections::BTreeSet;
use vestibule_core::access::entry::Progress;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::custody::audit::{AuditPlace, AuditScope, Stop};
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::room::{
    Ground, Rack, RoomName, RoomPlan, RoomZone, ShelfPlace, Side, Spot, ZoneFor, label_and_room, name_for,
};
use vestibule_core::place::shelf::ShelfLimits;
use vestibule_core::place::shelf::scanned::{is_in_another_room, meant, suggested};
use vestibule_core::site::rooms::foresee;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{
    AuditStep, DrawnRoom, DrawnShelf, ParcelWords, PutDown, PutTo, ShelfTakes,
};
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

fn rack(label: &str, left_mm: u32) -> Rack {
    let ground = Ground { left_mm, top_mm: 0, width_mm: 900, depth_mm: 500 };
    Rack { label: label.to_owned(), ground, front: Side::Down, foot_mm: 200, levels: vec![500, 600, 500] }
}

fn plan() -> RoomPlan {
    RoomPlan {
        label: "Package room".to_owned(),
        door: None,
        door_mm: 1_500,
        width_mm: 4_000,
        depth_mm: 3_000,
        racks: vec![rack("Rack A", 0), rack("Rack B", 1_000)],
        zones: Vec::new(),
    }
}

fn shelf(label: &str, rack: u16, level: u16) -> DrawnShelf {
    let place = ShelfPlace { spot: Spot::Rack { rack, level, slot: 0 }, zone: None };
    DrawnShelf { label: label.to_owned(), place, takes: None }
}

fn on_floor(label: &str, left_mm: u32) -> DrawnShelf {
    let spot = Spot::Floor { left_mm, top_mm: 2_000, width_mm: 900, depth_mm: 900 };
    DrawnShelf { label: label.to_owned(), place: ShelfPlace { spot, zone: None }, takes: None }
}

fn first() -> DrawnRoom {
    let shelves = vec![shelf("A1", 0, 0), shelf("A2", 0, 1), shelf("B1", 1, 0), on_floor("F1", 0)];
    DrawnRoom { room: None, was: 0, plan: plan(), shelves }
}

/// A site without free compartments for what is put, and a courier at work.
fn site() -> (World, VisitId) {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    (w, visit)
}

fn drawn(w: &mut World, drawing: DrawnRoom) -> RoomId {
    let Answer::Room(room) = w.ok(STAFF, Command::DrawRoom(drawing)) else { panic!("a room") };
    room
}

fn id(w: &World, label: &str) -> ShelfId {
    *w.site.layout.shelves.iter().find(|(_, other)| *other == label).unwrap().0
}

/// The drawing that holds, to be changed.
fn again(w: &World, room: RoomId) -> DrawnRoom {
    let known = &w.site.layout.rooms[&room];
    let shelf = |(id, place): (&ShelfId, &ShelfPlace)| DrawnShelf {
        label: w.site.layout.shelves[id].clone(),
        place: *place,
        takes: None,
    };
    let shelves = known.shelves.iter().map(shelf).collect();
    DrawnRoom { room: Some(room), was: known.version, plan: known.plan.clone(), shelves }
}

#[test]
fn a_first_drawing_brings_its_shelves_and_takes_up_those_that_are_there() {
    let (mut w, _) = site();
    w.ok(STAFF, Command::InstallShelf { label: "A2".to_owned() });
    let old = id(&w, "A2");
    let foreseen = foresee(&w.site, &first()).unwrap();
    assert_eq!((foreseen.version, foreseen.plan), (1, true));
    assert_eq!(foreseen.added, ["A1", "B1", "F1"]);
    assert_eq!(foreseen.placed, ["A2"]);
    let room = drawn(&mut w, first());
    assert_eq!(id(&w, "A2"), old, "it is the same shelf");
    assert_eq!(w.site.layout.rooms[&room].shelves.len(), 4);
    let limits = &w.site.layout.shelf_limits;
    assert_eq!(limits[&old].height_mm, Some(700), "foot and the level below");
    let floor = id(&w, "F1");
    assert!(limits[&floor].floor && limits[&floor].height_mm == Some(0));
    assert!(w.site.check_invariants().is_empty());
    let (before, same) = (w.site.clone(), again(&w, room));
    assert_eq!(w.ok(STAFF, Command::DrawRoom(same)), Answer::Room(room));
    assert!(w.last.is_empty() && w.site == before, "nothing is otherwise");
}

#[test]
fn a_shelf_with_parcels_stays_and_one_without_goes_and_comes_back_as_itself() {
    let (mut w, visit) = site();
    let room = drawn(&mut w, first());
    let Some(Place::Shelf(full)) = put(&mut w, visit, World::words("102", Size::S)) else {
        panic!("a shelf")
    };
    let label = w.site.layout.shelves[&full].clone();
    let mut drawing = again(&w, room);
    drawing.shelves.retain(|one| one.label != label);
    let before = w.site.clone();
    let refusal = w.ask(STAFF, Command::DrawRoom(drawing)).unwrap_err();
    assert_eq!(refusal, Refusal::ShelfNeeded { shelves: vec![(full, 1)] });
    assert!(w.last.is_empty() && w.site == before, "a refusal records nothing");
    let gone = if label == "B1" { "A1" } else { "B1" };
    let was = id(&w, gone);
    let mut drawing = again(&w, room);
    drawing.shelves.retain(|one| one.label != gone);
    drawn(&mut w, drawing);
    assert!(!w.site.layout.shelves.contains_key(&was));
    assert_eq!(w.site.layout.gone_shelves[&was], gone);
    let named = w.ask(STAFF, Command::InstallShelf { label: gone.to_owned() });
    assert!(matches!(named, Err(Refusal::Invalid { .. })), "the label is no other's: {named:?}");
    let mut drawing = again(&w, room);
    drawing.shelves.push(shelf(gone, 1, 2));
    drawn(&mut w, drawing);
    assert_eq!(id(&w, gone), was);
    assert!(w.site.layout.gone_shelves.is_empty() && w.site.check_invariants().is_empty());
}

#[test]
fn who_began_with_another_drawing_is_refused() {
    let (mut w, _) = site();
    let room = drawn(&mut w, first());
    let (mut one, mut other) = (again(&w, room), again(&w, room));
    one.plan.width_mm = 4_500;
    other.plan.width_mm = 5_000;
    drawn(&mut w, one);
    assert_eq!(w.ask(STAFF, Command::DrawRoom(other)), Err(Refusal::DrawnMeanwhile { version: 2 }));
}

#[test]
fn a_shelf_is_in_one_room() {
    let (mut w, _) = site();
    drawn(&mut w, first());
    let mut second = first();
    second.plan.label = "Cellar".to_owned();
    let refusal = w.ask(STAFF, Command::DrawRoom(second)).unwrap_err();
    assert_eq!(refusal, Refusal::ShelfElsewhere { label: "A1".to_owned() });
}

#[test]
fn what_cannot_stand_so_is_refused_in_words() {
    let (mut w, _) = site();
    let mut refused = |word: &str, change: &dyn Fn(&mut DrawnRoom)| {
        let mut drawing = first();
        change(&mut drawing);
        let Err(Refusal::Invalid { why }) = w.ask(STAFF, Command::DrawRoom(drawing)) else {
            panic!("{word}")
        };
        assert!(why.contains(word), "{why}");
    };
    refused("sides", &|room| room.plan.depth_mm = 0);
    refused("door", &|room| room.plan.door_mm = 4_001);
    refused("taken", &|room| room.plan.racks[1].label = "rack a".to_owned());
    refused("stand in each other", &|room| room.plan.racks[1].ground.left_mm = 899);
    refused("does not stand in the room", &|room| room.plan.racks[1].ground.left_mm = 3_101);
    refused("levels", &|room| room.plan.racks[0].levels.clear());
    refused("3000 mm high", &|room| room.plan.racks[0].levels = vec![2_801]);
    refused("another shelf", &|room| room.shelves[1] = shelf("A9", 0, 0));
    refused("no such rack", &|room| room.shelves[1] = shelf("A9", 0, 3));
    refused("no such rack", &|room| room.shelves[0].place.zone = Some(0));
    refused("taken", &|room| room.shelves[1].label = "a1".to_owned());
    refused("blanks", &|room| room.shelves[1].label = " A2".to_owned());
    refused("levels", &|room| room.plan.racks[0].levels[1] = 0);
    refused("does not stand in the room", &|room| room.plan.racks[0].ground.width_mm = 0);
    refused("does not stand in the room", &|room| room.plan.racks[0].ground.depth_mm = 0);
    refused("does not stand in the room", &|room| room.plan.racks[0].ground.top_mm = 2_501);
    refused("no such rack", &|room| room.shelves[1] = shelf("A9", 9, 0));
    refused("no such rack", &|room| {
        room.shelves[1].place.spot = Spot::Rack { rack: 0, level: 1, slot: 400 };
    });
    refused("at most 40 racks", &|room| {
        room.plan.racks = (0..41).map(|n| rack(&format!("Rack {n}"), 0)).collect();
    });
    let zone = |suits| RoomZone { label: "Zone".to_owned(), suits };
    refused("at most 40 racks", &|room| {
        let zones = (0..41).map(|n| RoomZone { label: format!("Zone {n}"), ..zone(ZoneFor::Anything) });
        room.plan.zones = zones.collect();
    });
    refused("400 shelves", &|room| room.shelves = vec![shelf("A1", 0, 0); 401]);
    refused("from the lower to the higher", &|room| {
        room.plan.zones = vec![zone(ZoneFor::Keypads { from: 200, to: 100 })];
    });
}

#[test]
fn a_drawing_names_what_is_there() {
    let (mut w, _) = site();
    let with = |change: &dyn Fn(&mut DrawnRoom)| {
        let mut drawing = first();
        change(&mut drawing);
        Command::DrawRoom(drawing)
    };
    let nobodys = |room: &mut DrawnRoom| {
        let suits = ZoneFor::Carrier(CarrierId(9));
        room.plan.zones = vec![RoomZone { label: "Zone".to_owned(), suits }];
    };
    w.refuses(vec![
        ("no such room", with(&|room| room.room = Some(RoomId(9))), "not-found"),
        ("no such door", with(&|room| room.plan.door = Some(AccessPointId(9))), "not-found"),
        ("no such company", with(&nobodys), "not-found"),
    ]);
}

#[test]
fn the_door_of_a_room_leads_to_its_shelves_and_to_none_that_is_gone() {
    let mut w = World::with_doors();
    let mut drawing = first();
    drawing.plan.door = Some(ROOM);
    let room = drawn(&mut w, drawing);
    let needed = vestibule_core::access::removal::needed_for(&w.site, ROOM);
    assert!(needed.contains(&vestibule_core::access::removal::PointNeededFor::Room), "{needed:?}");
    let behind = |w: &World, point| w.site.access.points[&point].spec.shelves.clone();
    let all: BTreeSet<ShelfId> = w.site.layout.rooms[&room].shelves.keys().copied().collect();
    assert_eq!((behind(&w, ROOM), behind(&w, FRONT)), (all.clone(), BTreeSet::new()));
    let gone = id(&w, "B1");
    let mut drawing = again(&w, room);
    drawing.shelves.retain(|one| one.label != "B1");
    drawn(&mut w, drawing);
    assert!(all.contains(&gone) && !behind(&w, ROOM).contains(&gone));
    assert_eq!(behind(&w, ROOM).len(), all.len() - 1);
}

#[test]
fn a_door_that_was_the_rooms_by_mistake_leads_to_its_shelves_no_more() {
    let mut w = World::with_doors();
    let elsewhere = Command::InstallShelf { label: "Hall".to_owned() };
    let Answer::Shelf(other) = w.ok(STAFF, elsewhere) else { panic!("a shelf") };
    for point in [FRONT, ROOM] {
        let mut spec = w.site.access.points[&point].spec.clone();
        spec.shelves.extend([other, ShelfId(1)]);
        w.ok(STAFF, Command::ChangeAccessPoint { point, spec });
    }
    let mut drawing = first();
    drawing.plan.door = Some(ROOM);
    let room = drawn(&mut w, drawing);
    w.shelved("101", id(&w, "B1"));
    let mut drawing = again(&w, room);
    drawing.plan.door = Some(BANK_ROOM);
    drawn(&mut w, drawing);
    let behind = |w: &World, point| w.site.access.points[&point].spec.shelves.clone();
    let all: BTreeSet<ShelfId> = w.site.layout.rooms[&room].shelves.keys().copied().collect();
    assert_eq!(behind(&w, BANK_ROOM), all);
    assert_eq!(behind(&w, ROOM), BTreeSet::from([other]), "what is no shelf of the room stays");
    assert_eq!(behind(&w, FRONT), BTreeSet::from([ShelfId(1), other]), "and what staff said of other doors");
    let code = w.code_of("ana");
    let enters = |w: &mut World, point| w.shows(point, Purpose::EnterToCollect, code.scanned());
    assert_eq!(enters(&mut w, ROOM), Err(Refusal::NotThisDoor));
    enters(&mut w, BANK_ROOM).unwrap();
    let mut drawing = again(&w, room);
    drawing.plan.door = None;
    drawn(&mut w, drawing);
    assert_eq!(behind(&w, BANK_ROOM), BTreeSet::new(), "nobody says any more which is its door");
}

#[test]
fn a_door_that_stands_open_while_its_room_is_drawn_is_still_seen_to_stand_open() {
    let mut w = World::with_doors();
    let mut drawing = first();
    drawing.plan.door = Some(ROOM);
    let room = drawn(&mut w, drawing);
    w.passage(ROOM, false);
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).unwrap();
    w.release(entry, ReleaseOutcome::Taken);
    w.passage(ROOM, true);
    let mut drawing = again(&w, room);
    drawing.shelves.push(shelf("B2", 1, 1));
    drawn(&mut w, drawing);
    assert!(w.site.access.points[&ROOM].spec.shelves.contains(&id(&w, "B2")));
    assert_eq!(w.site.access.entries[&entry].progress, Progress::Open, "they stand in the door");
    w.seconds(61);
    let held = TaskKind::DoorHeldOpen { point: ROOM };
    assert!(w.has_task(&held), "drivers tell a contact when it changes, and it did not");
    w.passage(ROOM, false);
    assert!(!w.has_task(&held));
    assert!(w.site.access.entries[&entry].is_inside());
}

#[test]
fn a_zone_is_for_a_class_or_a_company_too() {
    let (mut w, visit) = site();
    let mut drawing = first();
    let zone = |label: &str, suits| RoomZone { label: label.to_owned(), suits };
    let chilled = vestibule_core::custody::class::ParcelClass::Chilled;
    drawing.plan.zones = vec![
        zone("Cold", ZoneFor::Class(chilled)),
        zone("FedEx", ZoneFor::Carrier(CarrierId(2))),
        zone("UPS", ZoneFor::Carrier(CarrierId(1))),
        zone("Some", ZoneFor::Keypads { from: 100, to: 199 }),
    ];
    drawing.shelves = vec![shelf("A1", 0, 0), shelf("A2", 0, 1), shelf("A3", 0, 2), shelf("B1", 1, 0)];
    for (shelf, zone) in drawing.shelves.iter_mut().zip([0, 1, 2, 3]) {
        shelf.place.zone = Some(zone);
    }
    drawn(&mut w, drawing);
    let place = |w: &World, label: &str| Some(Place::Shelf(id(w, label)));
    let words = ParcelWords { class: Some(chilled), ..World::words("?", Size::S) };
    let cold = put(&mut w, visit, words);
    assert_eq!(cold, place(&w, "A1"), "before that of its company, which is as good, by its number");
    let unknown = put(&mut w, visit, World::words("?", Size::S));
    assert_eq!(unknown, place(&w, "A3"), "UPS brought it, and nobody knows whose it is");
}

#[test]
fn the_zone_that_is_meant_comes_first_and_one_for_others_last() {
    let (mut w, visit) = site();
    let mut drawing = first();
    let zone = |label: &str, suits| RoomZone { label: label.to_owned(), suits };
    drawing.plan.zones = vec![
        zone("Lower apartments", ZoneFor::Keypads { from: 100, to: 101 }),
        zone("Upper apartments", ZoneFor::Keypads { from: 102, to: 199 }),
    ];
    drawing.shelves = vec![shelf("A1", 0, 0), shelf("A2", 0, 1), shelf("B1", 1, 0)];
    drawing.shelves[0].place.zone = Some(0);
    drawing.shelves[2].place.zone = Some(1);
    let room = drawn(&mut w, drawing);
    let place = |w: &World, label: &str| Some(Place::Shelf(id(w, label)));
    let meant = put(&mut w, visit, World::words("102", Size::S));
    assert_eq!(meant, place(&w, "B1"));
    let again_there = put(&mut w, visit, World::words("102", Size::S));
    assert_eq!(again_there, place(&w, "B1"), "though A2 is emptier");
    let mut drawing = again(&w, room);
    drawing.plan.zones[1].suits = ZoneFor::Keypads { from: 103, to: 199 };
    drawn(&mut w, drawing);
    let for_nobody = put(&mut w, visit, World::words("102", Size::S));
    assert_eq!(for_nobody, place(&w, "A2"), "a zone of others comes last");
}

#[test]
fn the_label_of_another_room_or_of_a_shelf_that_is_gone_gets_its_word() {
    let (mut w, visit) = site();
    let room = drawn(&mut w, first());
    let mut cellar = DrawnRoom { plan: RoomPlan { label: "Cellar".to_owned(), ..plan() }, ..first() };
    cellar.shelves = vec![shelf("C1", 0, 0)];
    drawn(&mut w, cellar);
    w.ok(STAFF, Command::InstallShelf { label: "Table".to_owned() });
    let parcel = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(parcel), Some(Place::Shelf(id(&w, "A1"))));
    let gone = id(&w, "B1");
    let mut drawing = again(&w, room);
    drawing.shelves.retain(|one| one.label != "B1");
    drawn(&mut w, drawing);
    let mut put = |shelf| {
        let choice = PutDown { to: PutTo::Shelf { shelf, reach: false }, ..PutDown::there(visit, parcel) };
        w.ask(Actor::Visit(visit), Command::PutDown(choice))
    };
    assert_eq!(put(gone), Err(Refusal::ShelfGone { label: "B1".to_owned() }));
    let (cellar, table) = (ShelfId(5), ShelfId(6));
    let (label, stands, goes) = ("C1".to_owned(), "Cellar".to_owned(), "Package room".to_owned());
    assert_eq!(put(cellar), Err(Refusal::ShelfOfAnotherRoom { label, stands, goes }));
    put(table).expect("nobody drew where that stands");
    assert_eq!(meant(&w.site, "b1"), Err(Refusal::ShelfGone { label: "B1".to_owned() }));
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    w.refuses(vec![("it is gone", Command::Shelve { parcel, shelf: gone }, "shelf-gone")]);
    w.ok(STAFF, Command::Shelve { parcel, shelf: cellar });
    assert!(is_in_another_room(&w.site, parcel, id(&w, "A1")), "staff may, and hear it said");
    assert!(!is_in_another_room(&w.site, parcel, cellar) && !is_in_another_room(&w.site, parcel, table));
}

#[test]
fn a_zone_never_outweighs_what_is_kept_for_a_class_nor_a_low_place_for_what_is_heavy() {
    let (mut w, visit) = site();
    let mut drawing = first();
    let suits = ZoneFor::Keypads { from: 1, to: 9_999 };
    drawing.plan.zones = vec![RoomZone { label: "All".to_owned(), suits }];
    drawing.shelves = vec![shelf("A1", 0, 0), shelf("A3", 0, 2)];
    drawing.shelves[1].place.zone = Some(0);
    drawn(&mut w, drawing);
    let heavy = ParcelWords { heavy: true, ..World::words("102", Size::S) };
    assert_eq!(put(&mut w, visit, heavy), Some(Place::Shelf(id(&w, "A1"))));
    let kept = id(&w, "A3");
    let class = Some(vestibule_core::custody::class::ParcelClass::Chilled);
    w.ok(STAFF, Command::KeepPlaceFor { place: Place::Shelf(kept), class });
    assert_eq!(put(&mut w, visit, World::words("102", Size::S)), Some(Place::Shelf(id(&w, "A1"))));
}

#[test]
fn a_shelf_that_gets_another_place_is_moved_and_measured_anew() {
    let (mut w, _) = site();
    let room = drawn(&mut w, first());
    let mut drawing = again(&w, room);
    let one = drawing.shelves.iter_mut().find(|one| one.label == "A2").unwrap();
    one.place.spot = Spot::Rack { rack: 0, level: 2, slot: 0 };
    let foreseen = foresee(&w.site, &drawing).unwrap();
    assert_eq!((foreseen.moved, foreseen.plan), (vec!["A2".to_owned()], false));
    let shelf = id(&w, "A2");
    drawn(&mut w, drawing);
    assert_eq!(w.site.layout.shelf_limits[&shelf].height_mm, Some(1_300), "foot and two levels below");
}

#[test]
fn an_audit_walks_room_by_room_and_rack_by_rack_as_they_are_drawn() {
    let (mut w, _) = site();
    w.ok(STAFF, Command::InstallShelf { label: "Loose".to_owned() });
    let room = drawn(&mut w, first());
    let mut cellar = first();
    cellar.plan.label = "Cellar".to_owned();
    cellar.shelves = vec![shelf("C1", 0, 0)];
    drawn(&mut w, cellar);
    let mut drawing = again(&w, room);
    let one = drawing.shelves.iter_mut().find(|one| one.label == "A2").unwrap();
    one.place.spot = Spot::Rack { rack: 1, level: 1, slot: 0 };
    drawn(&mut w, drawing);
    let scope = AuditScope::Shelves(w.site.layout.shelves.keys().copied().collect());
    let Answer::Audit(audit) = w.ok(STAFF, Command::Audit(AuditStep::Begin { scope })) else {
        panic!("it begins")
    };
    let label = |stop: &Stop| match stop.place {
        AuditPlace::Shelf(shelf) => w.site.layout.shelves[&shelf].clone(),
        other => panic!("{other:?}"),
    };
    let walked: Vec<String> = w.site.audits.get(audit).unwrap().stops.iter().map(label).collect();
    assert_eq!(walked, ["A1", "B1", "A2", "F1", "C1", "Loose"]);
}

fn takes(w: &World, label: &str) -> (Size, Option<u16>) {
    let limits = &w.site.layout.shelf_limits[&id(w, label)];
    (limits.largest, limits.holds)
}

#[test]
fn a_level_takes_what_its_measures_let_it() {
    let (mut w, visit) = site();
    let mut drawing = first();
    drawing.plan.racks[0].levels = vec![300, 600, 140];
    drawing.plan.racks[1].ground.depth_mm = 350;
    drawing.shelves.push(shelf("A3", 0, 2));
    let room = drawn(&mut w, drawing);
    let seen: Vec<_> = ["A1", "A2", "A3", "B1", "F1"].map(|label| takes(&w, label).0).into();
    assert_eq!(seen, [Size::M, Size::L, Size::S, Size::S, Size::XL], "low, deep, lowest, narrow, the floor");
    let tall = put(&mut w, visit, World::words("102", Size::XL));
    assert_eq!(
        tall,
        Some(Place::Shelf(id(&w, "F1"))),
        "no level is for it, and none is tried before the floor"
    );
    let mut drawing = again(&w, room);
    drawing.plan.racks[0].levels[0] = 500;
    drawing.plan.racks[1].front = Side::Left;
    drawn(&mut w, drawing);
    assert_eq!(
        (takes(&w, "A1").0, takes(&w, "B1").0),
        (Size::L, Size::L),
        "what was measured follows the drawing"
    );
}

#[test]
fn what_staff_say_that_a_shelf_takes_stays_when_it_is_drawn_anew() {
    let (mut w, _) = site();
    let room = drawn(&mut w, first());
    let said = Some(ShelfTakes { largest: Size::S, holds: Some(3) });
    let mut drawing = again(&w, room);
    drawing.shelves.iter_mut().find(|one| one.label == "A2").unwrap().takes = said;
    let foreseen = foresee(&w.site, &drawing).unwrap();
    assert_eq!(
        (foreseen.takes.clone(), foreseen.moved.len(), foreseen.is_none()),
        (vec!["A2".to_owned()], 0, false)
    );
    drawn(&mut w, drawing);
    assert_eq!(takes(&w, "A2"), (Size::S, Some(3)));
    let mut drawing = again(&w, room);
    drawing.plan.racks[0].levels = vec![700, 700, 700];
    drawn(&mut w, drawing);
    assert_eq!(takes(&w, "A2"), (Size::S, Some(3)));
    let mut drawing = again(&w, room);
    drawing.shelves[0].takes = Some(ShelfTakes { largest: Size::S, holds: Some(0) });
    let refusal = w.ask(STAFF, Command::DrawRoom(drawing)).unwrap_err();
    assert!(
        matches!(&refusal, Refusal::Invalid { why } if why.contains("at least one parcel")),
        "{refusal:?}"
    );
}

#[test]
fn a_shelf_that_moves_or_whose_rack_gets_another_name_is_called_after_where_it_is() {
    let (mut w, _) = site();
    let room = drawn(&mut w, first());
    let zone = |w: &World, label: &str| w.site.layout.shelf_limits[&id(w, label)].zone.clone();
    assert_eq!((zone(&w, "A2").as_str(), zone(&w, "F1").as_str()), ("Rack A", "Package room"));
    let shelf = id(&w, "A1");
    let named =
        ShelfLimits { zone: "By the window".to_owned(), ..w.site.layout.shelf_limits[&shelf].clone() };
    w.ok(STAFF, Command::DescribeShelf { shelf, limits: named });
    let mut drawing = again(&w, room);
    for (label, level) in [("A1", 1), ("A2", 2)] {
        let one = drawing.shelves.iter_mut().find(|one| one.label == label).unwrap();
        one.place.spot = Spot::Rack { rack: 1, level, slot: 0 };
    }
    drawing.plan.racks[1].label = "Steel".to_owned();
    drawn(&mut w, drawing);
    assert_eq!((zone(&w, "A2").as_str(), zone(&w, "B1").as_str()), ("Steel", "Steel"));
    assert_eq!(zone(&w, "A1"), "By the window", "staff called it so");
}

#[test]
fn a_room_is_named_to_people_where_there_are_several() {
    let mut w = World::with_doors();
    assert_eq!(name_for(&w.site, ShelfId(1)), RoomName::Only);
    let mut drawing = first();
    drawing.plan.label = "Cellar".to_owned();
    drawn(&mut w, drawing);
    assert_eq!(label_and_room(&w.site, ShelfId(1)).as_deref(), Some("A1"), "all of them are in it");
    let Answer::Shelf(loose) = w.ok(STAFF, Command::InstallShelf { label: "Hall".to_owned() }) else {
        panic!("a shelf")
    };
    assert_eq!(name_for(&w.site, id(&w, "B1")), RoomName::Only, "there is still one room");
    assert_eq!(name_for(&w.site, loose), RoomName::Unsaid);
    assert_eq!(label_and_room(&w.site, loose).as_deref(), Some("Hall"));
    let mut spec = w.site.access.points[&BANK_ROOM].spec.clone();
    spec.shelves.insert(loose);
    w.ok(STAFF, Command::ChangeAccessPoint { point: BANK_ROOM, spec });
    assert_eq!(name_for(&w.site, loose), RoomName::Called("Lockers"), "by its door");
    assert_eq!(label_and_room(&w.site, ShelfId(1)).as_deref(), Some("A1, Cellar"));
}

#[test]
fn a_shelf_is_suggested_to_staff_wherever_it_is() {
    let mut w = World::with_doors();
    drawn(&mut w, first());
    let words = ParcelWords { heavy: true, ..World::words("101", Size::S) };
    let parcel = w.taken_in_with(words);
    let low = suggested(&w.site, parcel, false, w.now);
    assert_eq!(low, Some(id(&w, "F1")), "heavy goes low, behind whatever door");
    assert_eq!(suggested(&w.site, parcel, true, w.now), Some(id(&w, "A2")), "700 mm high");
}
