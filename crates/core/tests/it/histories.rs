//! What a person hears of a parcel of theirs: every opening of its compartment while it lay there, and nobody of another household.

use crate::world::*;
use vestibule_core::custody::history::{Happened, Opener, ParcelHistory, TOLD_FOR, Whom, of};
use vestibule_core::custody::{Assurance, Custodian, ReturnReason};
use vestibule_core::directory::Leavers;
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{DirectoryChange, StaffReason};
use vestibule_core::*;

/// The history of a parcel as one hears it who hears of all; times are places in the log.
fn heard(w: &World, name: &str, parcel: ParcelId) -> Option<ParcelHistory> {
    heard_until(w, name, parcel, w.log.len())
}

fn heard_until(w: &World, name: &str, parcel: ParcelId, until: usize) -> Option<ParcelHistory> {
    let at = |n: usize| Timestamp(i64::try_from(n).unwrap());
    let events: Vec<_> = w.log.iter().enumerate().map(|(n, event)| (at(n), event.clone())).collect();
    of(parcel, (person(name), at(until)), &events)
}

fn told(w: &World, name: &str, parcel: ParcelId) -> Vec<Happened> {
    heard(w, name, parcel).expect("theirs").moments.into_iter().map(|moment| moment.what).collect()
}

fn openers(w: &World, name: &str, parcel: ParcelId) -> Vec<Opener> {
    let opener = |what| if let Happened::Opened { by, .. } = what { Some(by) } else { None };
    told(w, name, parcel).into_iter().filter_map(opener).collect()
}

#[test]
fn who_put_it_in_who_opened_it_and_who_took_it_out() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    let visit = w.scans(K1, "ben").unwrap();
    w.takes_all(visit);
    w.finish(visit);
    let (credential, ben) = (w.code_of("ben").credential, person("ben"));
    let place = Custodian::Compartment(door);
    let by = |whom| Opener::Recipient { whom, visit, credential };
    let story = |whom| {
        vec![
            Happened::Put { place, by_staff: false },
            Happened::Opened { compartment: door, by: by(whom) },
            Happened::Collected { whom, visit: Some(visit), known_by: Assurance::DoorClosed },
        ]
    };
    assert_eq!(told(&w, "ben", parcel), story(Whom::Reader));
    assert_eq!(told(&w, "ana", parcel), story(Whom::Household(ben)), "it was for her too");
    assert_eq!(heard(&w, "ana", parcel).unwrap().carrier, Some(CarrierId(1)));
    assert_eq!(heard(&w, "cleo", parcel), None, "another household hears nothing");
}

#[test]
fn a_compartment_is_told_of_while_the_parcel_lies_in_it_and_not_before_or_after() {
    let mut w = World::new();
    let (first, door) = w.delivered(&["102"])[0];
    let visit = w.scans(K1, "cleo").unwrap();
    w.takes_all(visit);
    w.finish(visit);
    let cleo = w.log.len();
    w.wait(Span::days(2));
    let second = loop {
        let (parcel, next) = w.delivered(&["101"])[0];
        if next == door {
            break parcel;
        }
    };
    w.ok(STAFF, Command::StaffOpen { compartment: door, reason: StaffReason::Inspect });
    w.opens(door);
    w.shuts(door);
    assert_eq!(openers(&w, "ana", second), [Opener::Staff { reason: Some(StaffReason::Inspect) }]);
    let moments = heard(&w, "cleo", first).unwrap().moments;
    assert!(moments.iter().all(|moment| moment.at.0 < i64::try_from(cleo).unwrap()), "{moments:?}");
}

#[test]
fn a_forced_door_a_key_and_a_door_that_stands_open_are_told() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    w.opens(door);
    w.shuts(door);
    w.ok(STAFF, Command::AnnounceKey { compartment: door, reason: StaffReason::Maintenance });
    w.opens(door);
    w.wait(Span::minutes(20));
    let happened = told(&w, "ana", parcel);
    let opened = |by| Happened::Opened { compartment: door, by };
    assert!(happened.contains(&opened(Opener::Nobody)), "{happened:?}");
    assert!(happened.contains(&opened(Opener::Key)), "{happened:?}");
    assert!(happened.contains(&Happened::StoodOpen { compartment: door }), "{happened:?}");
}

#[test]
fn private_parcels_are_told_to_their_person_alone() {
    let mut w = World::new();
    let visit = w.courier();
    let (parcel, _) = w.put_with(visit, World::words_for("dan"));
    w.finish(visit);
    assert!(heard(&w, "dan", parcel).is_some());
    assert_eq!(heard(&w, "eve", parcel), None, "her roommate's");
}

#[test]
fn who_it_was_meant_for_by_mistake_is_somebody_and_hears_no_more() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["102"])[0];
    let visit = w.scans(K1, "cleo").unwrap();
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::NotMine { visit });
    w.shuts(door);
    assert_eq!(heard(&w, "cleo", parcel), None, "she said it is not hers");
    let recipient = World::words("101", Size::S).recipient;
    w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    let somebody =
        Opener::Recipient { whom: Whom::Somebody, visit, credential: w.code_of("cleo").credential };
    assert_eq!(openers(&w, "ana", parcel), [somebody], "no name and no apartment");
    assert!(told(&w, "ana", parcel).contains(&Happened::Disowned { whom: Whom::Somebody }));
    assert_eq!(heard(&w, "cleo", parcel), None);
}

#[test]
fn who_left_hears_of_nothing_that_came_after() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    let at_leaving = w.log.len();
    let (tenancy, unit) = (TenancyId(5), unit("101"));
    let changes = vec![DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Lose }];
    w.ok(STAFF, Command::ChangeDirectory { changes });
    assert_eq!(w.site.directory.heard_until(person("ana")), w.now, "she lost what waited");
    w.ok(STAFF, Command::StaffOpen { compartment: door, reason: StaffReason::Overdue });
    w.opens(door);
    w.shuts(door);
    let before = vec![Happened::Put { place: Custodian::Compartment(door), by_staff: false }];
    let heard = heard_until(&w, "ana", parcel, at_leaving).unwrap().moments;
    assert_eq!(heard.into_iter().map(|moment| moment.what).collect::<Vec<_>>(), before);
    assert_eq!(heard_until(&w, "ana", parcel, 0), None, "nothing at all is no history");
    assert_eq!(w.site.directory.heard_until(person("cleo")), Timestamp(i64::MAX), "she lives there");
    assert_eq!(w.site.directory.heard_until(PersonId(99)), Timestamp(i64::MIN), "nobody");
}

#[test]
fn who_keeps_what_waits_hears_of_it_as_long_as_they_may_collect() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let (tenancy, unit) = (TenancyId(5), unit("101"));
    let changes = vec![DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep }];
    w.ok(STAFF, Command::ChangeDirectory { changes });
    let until = w.site.directory.heard_until(person("ana"));
    assert!(until > w.now && until <= w.now + TOLD_FOR, "{until:?}");
    w.wait(until - w.now);
    assert!(!w.site.directory.may_still_collect(person("ana"), w.now));
}

#[test]
fn what_went_to_staff_and_back_is_told() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    let reason = StaffReason::Overdue;
    w.ok(STAFF, Command::StaffRemove { parcel, reason });
    w.opens(door);
    w.shuts(door);
    w.ok(STAFF, Command::GiveBack { parcel, carrier: CarrierId(1), reason: ReturnReason::Overdue });
    let desk = Custodian::Staff(StaffId(1));
    let end = [
        Happened::Opened { compartment: door, by: Opener::Staff { reason: Some(reason) } },
        Happened::Put { place: desk, by_staff: true },
        Happened::WentBack,
    ];
    assert_eq!(told(&w, "ana", parcel)[1..], end);
    let visit = w.courier();
    let on_its_way = w.parcel(visit, "101", Size::S);
    assert_eq!(heard(&w, "ana", on_its_way), None, "nothing is told before it is put somewhere");
}
