//! Each promise of the state, broken by hand: it is named, with the numbers to look for, and nothing else is.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::entry::Progress;
use vestibule_core::access::passage::Closure;
use vestibule_core::custody::Custodian;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Compartment, Size};
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
    let mut site = lived_in();
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
    w.ok(Actor::Door(FRONT), Command::RingForEntry { point: FRONT, unit: UnitId(1) });
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
}
