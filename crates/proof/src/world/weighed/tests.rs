//! What is weighed objects to what the design forbids, each on its own.

use super::Weighed;
use vestibule_core::custody::delivered::ClaimSource;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::evidence::{
    Held, HoldReason, InView, PhotoAsked, PhotoGone, PhotoHash, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::place::wiring::{Channel, WhatOpened, WiringHash};
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;

const BANK: BankId = BankId(1);
const STAFF: Actor = Actor::Staff(StaffId(1));

fn lives(events: &[(i64, Event)]) -> Weighed {
    let mut weighed = Weighed::default();
    for (minute, event) in events {
        weighed.hears(event, Timestamp(minute * 60_000));
    }
    weighed
}

fn c(number: u32) -> CompartmentId {
    CompartmentId(number)
}

fn hung(doors: &[(u32, &str)]) -> Vec<(CompartmentId, CompartmentSpec)> {
    let spec = |(number, label): &(u32, &str)| {
        let spec = CompartmentSpec {
            label: (*label).to_owned(),
            size: Size::S,
            column: *number,
            width_mm: 400,
            height_mm: 200,
            bottom_mm: 600,
            occupancy_sensor: false,
            inside_release: false,
        };
        (c(*number), spec)
    };
    doors.iter().map(spec).collect()
}

fn two_doors() -> Event {
    Event::BankInstalled { bank: BANK, compartments: hung(&[(1, "1"), (2, "2")]) }
}

fn redrawn(version: u32, doors: &[(u32, &str)]) -> Event {
    Event::BankChanged { bank: BANK, version, compartments: hung(doors), by: STAFF }
}

fn put_in(parcel: u64, door: u32) -> Event {
    let (from, to) = (Custodian::Courier(VisitId(1)), Custodian::Compartment(c(door)));
    let (by, assurance) = (Actor::Visit(VisitId(1)), Assurance::DoorClosed);
    Event::CustodyTransferred { parcel: ParcelId(parcel), from, to, by, assurance, evidence: vec![] }
}

#[test]
fn a_door_that_goes_may_be_followed_by_a_new_one_of_a_new_number() {
    lives(&[
        (0, two_doors()),
        (1, redrawn(2, &[(1, "1"), (3, "3")])),
        (2, redrawn(3, &[(1, "1"), (3, "4")])),
    ]);
}

#[test]
#[should_panic(expected = "number 2 of")]
fn a_number_is_never_anothers() {
    lives(&[(0, two_doors()), (1, redrawn(2, &[(1, "1")])), (2, redrawn(3, &[(1, "1"), (3, "2")]))]);
}

#[test]
#[should_panic(expected = "2 is not empty")]
fn what_is_in_a_door_keeps_it() {
    lives(&[(0, two_doors()), (1, put_in(9, 2)), (2, redrawn(2, &[(1, "1")]))]);
}

fn map(version: u32, locks: &[(u32, u8)], by: Actor) -> Event {
    let channel = |(door, lock): &(u32, u8)| {
        (c(*door), Channel { board: 1, lock: *lock, contact: *lock, reversed: false })
    };
    let (hash, configured) = (WiringHash([1; 32]), WiringHash([2; 32]));
    let (channels, unproven, spare) = (locks.iter().map(channel).collect(), vec![], vec![]);
    Event::WiringSet { bank: BANK, version, hash, channels, unproven, spare, configured, by }
}

fn tried(pulsed: u32, opened: u32) -> Event {
    let opened = WhatOpened::Door(c(opened));
    Event::WiringTried { bank: BANK, pulsed: c(pulsed), opened, moved: vec![], by: STAFF }
}

fn tested(said: &[(u32, u32)], kept: &[(u32, u8)]) {
    let began = Event::WiringTestBegan { bank: BANK, anew: true, by: STAFF };
    let mut events = vec![(0, two_doors()), (0, map(1, &[(1, 1), (2, 2)], Actor::Console)), (1, began)];
    events.extend(said.iter().map(|(pulsed, opened)| (2, tried(*pulsed, *opened))));
    events.push((3, map(2, kept, STAFF)));
    lives(&events);
}

#[test]
fn a_swap_that_was_seen_whole_is_kept() {
    tested(&[(1, 2), (2, 1)], &[(1, 2), (2, 1)]);
}

#[test]
#[should_panic(expected = "half a swap")]
fn half_a_swap_is_not() {
    tested(&[(1, 2)], &[(1, 1), (2, 1)]);
}

#[test]
#[should_panic(expected = "nobody saw lock")]
fn nor_is_what_nobody_saw() {
    tested(&[(1, 1)], &[(1, 2), (2, 1)]);
}

fn opened(key: Option<u32>) -> Event {
    Event::CompartmentOpened { compartment: c(1), opening: None, key: key.map(StaffId) }
}

fn announced() -> Event {
    let (compartment, staff, reason) = (c(1), StaffId(1), StaffReason::Maintenance);
    Event::KeyAnnounced { compartment, staff, reason, until: Timestamp(600_000) }
}

fn closed() -> Event {
    Event::CompartmentClosed { compartment: c(1) }
}

/// Minutes and seconds.
fn lives_to_the_second(events: &[(i64, i64, Event)]) {
    let mut weighed = Weighed::default();
    for (minute, second, event) in events {
        weighed.hears(event, Timestamp(minute * 60_000 + second * 1_000));
    }
}

#[test]
fn an_announced_key_opens_once_and_the_door_may_bounce() {
    let forced = Event::CompartmentForced { compartment: c(1) };
    let (opened_by_key, by_force) = (opened(Some(1)), opened(None));
    let mut story = vec![(0, 0, two_doors()), (0, 0, announced()), (9, 0, opened_by_key.clone())];
    story.extend([(40, 0, closed()), (40, 1, opened_by_key), (40, 1, closed())]);
    story.extend([(40, 2, by_force), (40, 2, forced)]);
    lives_to_the_second(&story);
}

#[test]
#[should_panic(expected = "a key nobody announced hides it")]
fn a_second_opening_is_not_the_keys() {
    let mut story = vec![(0, 0, two_doors()), (0, 0, announced()), (1, 0, opened(Some(1)))];
    story.extend([(2, 0, closed()), (2, 2, opened(Some(1)))]);
    lives_to_the_second(&story);
}

#[test]
#[should_panic(expected = "a key nobody announced hides it")]
fn ten_minutes_later_it_hides_nothing() {
    lives(&[(0, two_doors()), (0, announced()), (10, opened(Some(1)))]);
}

fn photo_of(parcel: u64) -> Event {
    let subject = PhotoSubject { parcels: vec![ParcelId(parcel)], ..PhotoSubject::default() };
    let asked = Box::new(PhotoAsked { camera: CameraId(1), reason: PhotoReason::Deposit, subject });
    let (hash, media, in_view) = (PhotoHash([1; 32]), PhotoMedia::Jpeg, InView::People);
    let (household, taken_ms, clock_offset_ms) = (None, None, None);
    Event::PhotoTaken { photo: PhotoId(1), asked, household, in_view, hash, media, taken_ms, clock_offset_ms }
}

fn erased() -> Event {
    Event::PhotoErased { photo: PhotoId(1), why: PhotoGone::Over }
}

const DAY: i64 = 24 * 60;

#[test]
fn a_photo_of_people_goes_after_its_time() {
    lives(&[(0, photo_of(1)), (30 * DAY, erased())]);
}

#[test]
#[should_panic(expected = "is erased before")]
fn it_does_not_go_before() {
    lives(&[(0, photo_of(1)), (30 * DAY - 1, erased())]);
}

#[test]
#[should_panic(expected = "is held")]
fn nor_under_a_hold_on_its_parcel() {
    let what = Held::Parcel(ParcelId(1));
    let until = Timestamp(60 * DAY * 60_000);
    let held = Event::EvidenceHeld { what, reason: HoldReason::Police, until, by: STAFF };
    lives(&[(0, photo_of(1)), (1, held), (30 * DAY, erased())]);
}

fn claimed(claim: u64, label: LabelMark, carrier: u32) -> Event {
    let (claim, carrier, source) = (ClaimId(claim), Some(CarrierId(carrier)), ClaimSource::Staff);
    let (at, until) = (Timestamp(0), Timestamp(7_200_000));
    Event::DeliveryClaimed { claim, label, carrier, at, source, unit: None, until, by: STAFF }
}

fn brought(label: LabelMark) -> Event {
    Event::ParcelRegistered {
        parcel: ParcelId(1),
        custodian: Custodian::Courier(VisitId(1)),
        carrier: Some(CarrierId(1)),
        unit: None,
        entitlement: None,
        size: Size::S,
        heavy: false,
        label: Some(label),
    }
}

/// A mark as the ledger writes one.
fn mark() -> LabelMark {
    serde_json::from_str("\"00000000000000aa\"").expect("16 digits")
}

fn met() -> Event {
    Event::ClaimMet { claim: ClaimId(1), parcel: ParcelId(1) }
}

#[test]
fn a_parcel_of_the_number_meets_a_claim() {
    let weighed = lives(&[(0, claimed(1, mark(), 1)), (1, brought(mark())), (2, put_in(1, 1)), (2, met())]);
    weighed.claims.agrees();
}

#[test]
#[should_panic(expected = "is met by 1")]
fn one_of_another_company_does_not() {
    lives(&[(0, claimed(1, mark(), 2)), (1, brought(mark())), (2, put_in(1, 1)), (2, met())]);
}

#[test]
#[should_panic(expected = "is open and")]
fn what_came_is_not_looked_for() {
    lives(&[(0, claimed(1, mark(), 1)), (1, brought(mark())), (2, put_in(1, 1))]).claims.agrees();
}

#[test]
#[should_panic(expected = "says again")]
fn said_twice_is_once() {
    lives(&[(0, claimed(1, mark(), 1)), (1, claimed(2, mark(), 1))]);
}

#[test]
#[should_panic(expected = "I3: pile")]
fn a_pile_is_in_one_pair_of_hands() {
    let parcels = vec![ParcelId(1), ParcelId(2)];
    lives(&[(0, brought(mark())), (0, Event::ParcelsDropped { drop: DropId(1), parcels })]);
}
