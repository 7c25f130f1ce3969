//! Each promise of the state, broken by hand: it is named, with the numbers to look for, and nothing else is.

use crate::street::*;
use crate::wired::{BANK, Bench, Wires};
use crate::world::*;
use std::collections::BTreeSet;
use vestibule_core::access::entry::Progress;
use vestibule_core::access::passage::Closure;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::audit::AuditScope;
use vestibule_core::custody::class::{Classed, ParcelClass};
use vestibule_core::custody::delivered::{ClaimSource, Standing};
use vestibule_core::custody::label::LabelMark;
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Compartment, Size};
use vestibule_core::place::room::{Ground, Rack, RoomPlan, ShelfPlace, Side, Spot};
use vestibule_core::place::wiring::{Channel, WiringHash, hash_of};
use vestibule_core::vocabulary::command::{
    AuditStep, ClaimHouse, DeliveryWords, DrawnRoom, DrawnShelf, StaffReason,
};
use vestibule_core::*;

/// Parcel 1 for 102 behind door 1, parcel 2 for 104 behind door 2, both told; parcel 3 at door 3, which is opening 3.
fn lived_in() -> Site {
    let mut w = World::new();
    w.delivered(&["102", "104"]);
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(3));
    w.site.clone()
}

fn compartment(site: &mut Site, door: u32) -> &mut Compartment {
    site.compartments.all.get_mut(&c(door)).unwrap()
}

#[track_caller]
fn names(broken: &str, break_it: impl FnOnce(&mut Site)) {
    names_in(&lived_in(), broken, break_it);
}

#[track_caller]
fn names_in(sound: &Site, broken: &str, break_it: impl FnOnce(&mut Site)) {
    let mut site = sound.clone();
    assert_eq!(site.check_invariants(), [""; 0], "sound before");
    break_it(&mut site);
    assert_eq!(site.check_invariants(), [broken]);
}

#[test]
fn one_custodian_and_the_place_agrees() {
    names("I3: parcel 1 is in compartment 1, which does not hold it", |site| {
        compartment(site, 1).parcels.clear();
    });
    names("I3: compartment 1 holds parcel 1, whose custodian is another", |site| {
        site.custody.parcels.get_mut(&ParcelId(1)).unwrap().custodian = Custodian::Staff(StaffId(1));
    });
    names("I3: compartment 4 holds parcel 99, whose custodian is another", |site| {
        compartment(site, 4).parcels.insert(ParcelId(99));
    });
}

#[test]
fn what_a_courier_left_is_asked_for() {
    names("I14: parcel 3 was left by the courier of visit 1, and staff are not asked", |site| {
        site.custody.parcels.get_mut(&ParcelId(3)).unwrap().custodian = Custodian::Courier(VisitId(1));
    });
}

#[test]
fn what_waits_is_found_by_who_may_collect_it() {
    names("I3: parcel 1 and what waits for person 3 disagree", |site| {
        site.custody.waiting.remove(&person("cleo"));
    });
    names("I3: parcel 3 and what waits for person 2 disagree", |site| {
        site.custody.waiting.entry(person("ben")).or_default().insert(ParcelId(3));
    });
}

#[test]
fn strangers_share_no_compartment() {
    names("I4: compartment 1 holds parcels of different entitlement", |site| {
        site.custody.parcels.get_mut(&ParcelId(2)).unwrap().custodian = Custodian::Compartment(c(1));
        compartment(site, 2).parcels.clear();
        compartment(site, 1).parcels.insert(ParcelId(2));
    });
}

#[test]
fn what_is_held_is_held_for_a_parcel_that_goes_there() {
    names("I4: compartment 4 is held for parcel 1, which goes elsewhere", |site| {
        compartment(site, 4).held_for = Some(ParcelId(1));
    });
    names("I4: compartment 4 is held for parcel 99, which goes elsewhere", |site| {
        compartment(site, 4).held_for = Some(ParcelId(99));
    });
}

#[test]
fn where_a_parcel_goes_is_held_for_it() {
    names("I4: parcel 3 goes to compartment 3, which is not held for it", |site| {
        compartment(site, 3).held_for = None;
    });
    names("I4: parcel 1 goes to compartment 99, which is not held for it", |site| {
        site.custody.parcels.get_mut(&ParcelId(1)).unwrap().planned = Some(Place::Compartment(c(99)));
    });
}

#[test]
fn open_doors_are_listed() {
    names("I11: compartment 4 and the list of open doors disagree", |site| {
        site.compartments.open.insert(c(4));
    });
    names("I11: compartment 3 and the list of open doors disagree", |site| site.compartments.open.clear());
}

#[test]
fn one_to_three_pulses_an_opening() {
    for attempt in [0, 4] {
        names(&format!("I2: opening 3 is at attempt {attempt}"), |site| {
            site.openings.live.get_mut(&OpeningId(3)).unwrap().attempt = attempt;
        });
    }
}

#[test]
fn an_opening_and_its_compartment_point_at_each_other() {
    names("I1: opening 3 is not the one of its compartment 3", |site| compartment(site, 3).opening = None);
    names("I1: compartment 4 points at an opening that is over", |site| {
        compartment(site, 4).opening = Some(OpeningId(1));
    });
}

#[test]
fn a_person_has_two_codes_at_most_and_each_is_found_by_all_of_its_keys() {
    let (cleo, code) = (person("cleo"), CredentialId(2));
    names("I5: person 3 has 3 live codes", |site| {
        site.credentials.pickup.by_person.insert(cleo, vec![code; 3]);
    });
    let lost = "I5: pickup code 2 is not found by all of its keys";
    names(lost, |site| {
        let token = site.credentials.pickup.live[&code].token;
        site.credentials.pickup.by_token.remove(&token);
    });
    names(lost, |site| {
        let selector = site.credentials.pickup.live[&code].selector.clone();
        site.credentials.pickup.by_selector.remove(&selector);
    });
    names(lost, |site| drop(site.credentials.pickup.by_person.remove(&cleo)));
}

/// Entry 1 at the open door of the room, a pass, and a ring at the front door.
#[track_caller]
fn names_at_doors(broken: &str, break_it: impl FnOnce(&mut Site)) {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    w.scans_at(ROOM, &code).unwrap();
    w.passage(ROOM, true);
    w.pass_for(&[FRONT], vec![vestibule_core::time::WeekWindow::ALWAYS]);
    w.ok(Actor::Door(FRONT), Command::RingForEntry(rung_at(FRONT, UnitId(1))));
    let mut site = w.site.clone();
    break_it(&mut site);
    assert_eq!(site.check_invariants(), [broken]);
}

#[test]
fn entries_and_their_doors_agree() {
    names_at_doors("I1: entry 1 is at door 9, which is not there", |site| {
        site.access.entries.get_mut(&EntryId(1)).unwrap().point = AccessPointId(9);
    });
    names_at_doors("I2: entry 1 waits for a release it never had", |site| {
        let entry = site.access.entries.get_mut(&EntryId(1)).unwrap();
        entry.progress = Progress::Released { until: Timestamp(0) };
        entry.release = None;
    });
    names_at_doors("I11: entry 1 is at door 2, which is not open", |site| {
        site.access.points.get_mut(&ROOM).unwrap().closure = Closure::Closed;
    });
}

#[test]
fn a_pass_is_found_by_all_of_its_keys_and_a_door_rings_once() {
    names_at_doors("I5: pass 2 is not found by all of its keys", |site| {
        site.credentials.passes.by_token.clear();
    });
    names_at_doors("I5: pass 2 is not found by all of its keys", |site| {
        site.credentials.passes.by_selector.clear();
    });
    names_at_doors("I5: ring 2 is a second one at door 1, or there is no such door", |site| {
        let ring = site.access.rings[&RingId(1)].clone();
        site.access.rings.insert(RingId(2), ring);
    });
    names_at_doors("I5: ring 1 is a second one at door 9, or there is no such door", |site| {
        site.access.rings.get_mut(&RingId(1)).unwrap().rung.point = AccessPointId(9);
    });
}

#[test]
fn what_has_a_class_is_timed() {
    let late = "I14: parcel 1 has a class, and nobody will be told when its time is over";
    for reminded in [false, true] {
        names(late, |site| {
            let classed = Classed { class: ParcelClass::Meal, reminded, late: false };
            site.custody.parcels.get_mut(&ParcelId(1)).unwrap().classed = Some(classed);
        });
    }
}

#[test]
fn a_bank_is_what_its_drawing_says() {
    names("I3: compartment 8 of bank 1 and the drawing of the bank disagree", |site| {
        site.layout.banks.get_mut(&BANK).unwrap().retain(|id| *id != c(8));
    });
}

#[test]
fn what_was_said_to_be_delivered_is_found_and_asked_for() {
    let mut w = World::new();
    let words = DeliveryWords {
        label: LabelMark::of(&Pepper, "1Z999AA10123456784"),
        carrier: Some(CarrierId(1)),
        at: None,
        source: ClaimSource::Mail,
        unit: None,
        house: ClaimHouse::Ours,
    };
    w.ok(Actor::Site, Command::ClaimDelivery { words });
    names_in(&w.site, "I14: nobody scanned what claim 1 is about, and staff are not asked", |site| {
        site.claims.known.get_mut(&ClaimId(1)).unwrap().standing = Standing::Due;
    });
    let lost = "I14: claim 1 is not found by its number";
    names_in(&w.site, lost, |site| site.claims.by_label.clear());
    names_in(&w.site, lost, |site| site.claims.by_label.values_mut().for_each(BTreeSet::clear));
}

#[test]
fn no_two_doors_have_one_lock_and_the_hash_is_of_the_map() {
    let sound = Bench::new(Wires::right()).w.site.clone();
    let hangs_as = |site: &mut Site, change: fn(&mut Channel)| {
        let map = site.wiring.maps.get_mut(&BANK).unwrap();
        change(map.channels.get_mut(&c(2)).unwrap());
        map.hash = hash_of(BANK, &map.channels, &map.unproven);
    };
    let shared = "I1: two compartments of bank 1 share a lock or a contact";
    names_in(&sound, shared, |site| hangs_as(site, |channel| channel.lock = 1));
    names_in(&sound, shared, |site| hangs_as(site, |channel| channel.contact = 1));
    names_in(&sound, "I1: the wiring of bank 1 is not what its hash says", |site| {
        site.wiring.maps.get_mut(&BANK).unwrap().hash = WiringHash([0; 32]);
    });
}

#[test]
fn a_place_is_walked_to_once_and_who_walks_has_one_door_open() {
    let mut w = World::new();
    w.ok(STAFF, Command::Audit(AuditStep::Begin { scope: AuditScope::Desk }));
    names_in(&w.site, "I3: Desk is a place of audit 2 and of another", |site| {
        let walk = site.audits.live[&AuditId(1)].clone();
        site.audits.live.insert(AuditId(2), walk);
    });
    let by_audit = |staff| OpeningPurpose::StaffOpen { staff: StaffId(staff), reason: StaffReason::Audit };
    let mut w = World::new();
    for door in [1, 2] {
        w.ok(STAFF, Command::StaffOpen { compartment: c(door), reason: StaffReason::Inspect });
        w.opens(c(door));
    }
    let mut walked = w.site.clone();
    walked.openings.live.get_mut(&OpeningId(1)).unwrap().purpose = by_audit(1);
    let other =
        |site: &mut Site, staff| site.openings.live.get_mut(&OpeningId(2)).unwrap().purpose = by_audit(staff);
    names_in(&walked, "I1: staff 1 has two doors open in audits", |site| other(site, 1));
    other(&mut walked, 2);
    assert_eq!(walked.check_invariants(), [""; 0], "two who walk have a door each");
}

#[test]
fn a_shelf_is_in_one_room_and_in_a_rack_of_it() {
    let mut w = World::new();
    let ground = Ground { left_mm: 0, top_mm: 0, width_mm: 900, depth_mm: 500 };
    let rack =
        Rack { label: "A".to_owned(), ground, front: Side::Down, foot_mm: 200, levels: vec![500, 500] };
    let plan = RoomPlan {
        label: "Room".to_owned(),
        door: None,
        door_mm: 0,
        width_mm: 4_000,
        depth_mm: 3_000,
        racks: vec![rack],
        zones: Vec::new(),
    };
    let place = ShelfPlace { spot: Spot::Rack { rack: 0, level: 1, slot: 0 }, zone: None };
    let shelves = vec![DrawnShelf { label: "A1".to_owned(), place, takes: None }];
    w.ok(STAFF, Command::DrawRoom(DrawnRoom { room: None, was: 0, plan, shelves }));
    let room = |site: &mut Site| site.layout.rooms[&RoomId(1)].clone();
    names_in(&w.site, "I3: shelf 1 of room 1 is gone, or in another room as well", |site| {
        site.layout.shelves.clear();
    });
    names_in(&w.site, "I3: shelf 1 of room 2 is gone, or in another room as well", |site| {
        let same = room(site);
        site.layout.rooms.insert(RoomId(2), same);
    });
    let astray = "I3: shelf 1 is in a rack that room 1 does not have";
    names_in(&w.site, astray, |site| {
        site.layout.rooms.get_mut(&RoomId(1)).unwrap().plan.racks.clear();
    });
    names_in(&w.site, astray, |site| {
        site.layout.rooms.get_mut(&RoomId(1)).unwrap().plan.racks[0].levels.pop();
    });
}
