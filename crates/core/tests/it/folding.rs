//! Folding an event cannot fail: a site that starts replays whatever its ledger holds, though it were of things it never
//! heard of.

use crate::samples;
use crate::world::MONDAY_8;
use vestibule_core::{Event, Site};

fn fold(site: &mut Site, event: &Event) {
    site.evolve(event, MONDAY_8);
    let json = serde_json::to_string(site).unwrap();
    assert!(
        serde_json::from_str::<Site>(&json).unwrap() == *site,
        "the state after {event:?} reads back as another"
    );
}

#[test]
fn an_event_about_things_a_site_never_heard_of_breaks_no_promise() {
    for event in samples::all() {
        let mut site = Site::default();
        fold(&mut site, &event);
        assert_eq!(site.check_invariants(), [""; 0], "after {event:?}");
    }
}

#[test]
fn an_event_that_comes_twice_or_too_early_is_folded() {
    let is_first =
        |event: &&Event| matches!(event.kind(), "bank-installed" | "tenancy-began" | "person-joined");
    let all = samples::all();
    let mut installed = Site::default();
    all.iter().filter(is_first).for_each(|event| fold(&mut installed, event));
    for event in &all {
        let mut site = installed.clone();
        fold(&mut site, event);
        fold(&mut site, event);
    }
}

#[test]
fn every_event_after_every_other_is_folded() {
    let all = samples::all();
    let mut site = Site::default();
    for event in all.iter().chain(&all).chain(all.iter().rev()) {
        fold(&mut site, event);
    }
}
