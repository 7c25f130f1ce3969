//! Doors that staff open with a mechanical key: said before, explained after, or forced.

use crate::world::*;
use vestibule_core::place::compartment::{Closure, Emptiness, Service, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;

fn announce(compartment: CompartmentId) -> Command {
    Command::AnnounceKey { compartment, reason: StaffReason::Maintenance }
}

fn explain(compartment: CompartmentId) -> Command {
    Command::ExplainForced { compartment, holder: StaffId(1), reason: StaffReason::HelpResident }
}

/// A contact shows the door open, then shut.
fn swings(w: &mut World, compartment: CompartmentId) {
    for open in [true, false] {
        w.see(Observation::DoorSeen { compartment, open });
    }
}

fn by_key(w: &World) -> Vec<Option<StaffId>> {
    let opened = w.log.iter().filter_map(|event| match event {
        Event::CompartmentOpened { opening: None, key, .. } => Some(*key),
        _ => None,
    });
    opened.collect()
}

fn is_forced(w: &World, compartment: CompartmentId) -> bool {
    w.has_task(&TaskKind::Forced { compartment })
}

#[test]
fn an_opening_that_was_announced_is_by_key_and_no_alarm() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    w.ok(STAFF, announce(door));
    w.ok(STAFF, announce(c(8)));
    swings(&mut w, door);
    w.see(Observation::DoorSeen { compartment: c(8), open: true });
    let closure = w.site.compartments.get(c(8)).unwrap().closure;
    assert!(matches!(closure, Closure::Open { explained: true, .. }));
    w.shuts(c(8));
    assert_eq!(by_key(&w), [Some(StaffId(1)), Some(StaffId(1))]);
    assert!(!is_forced(&w, door) && !is_forced(&w, c(8)) && w.service(door) == Service::In);
    assert_eq!(w.custodian(parcel), custody::Custodian::Compartment(door), "nobody said that it was taken");
    let emptiness = w.site.compartments.get(c(8)).unwrap().emptiness;
    assert!(matches!(emptiness, Emptiness::Believed { .. }), "something may have been put in");
    // The collector's own opening is theirs though the key is still announced.
    let visit = w.scans(K1, "ana").unwrap();
    assert_eq!(w.takes_all(visit), [door]);
    assert_eq!(by_key(&w).len(), 2);
}

#[test]
fn it_holds_for_one_door_and_some_minutes() {
    let mut w = World::new();
    w.ok(STAFF, announce(c(1)));
    swings(&mut w, c(2));
    assert!(is_forced(&w, c(2)), "another door");
    w.ok(STAFF, announce(c(3)));
    w.seconds(599);
    swings(&mut w, c(1));
    assert!(!is_forced(&w, c(1)));
    w.seconds(1);
    swings(&mut w, c(3));
    assert!(is_forced(&w, c(3)), "its time is over");
    assert_eq!(by_key(&w), [None, Some(StaffId(1)), None]);
    w.seconds(1);
    w.ok(STAFF, announce(c(4)));
    assert_eq!(w.site.key_openings.announced.len(), 1, "what is over is not kept");
}

#[test]
fn it_holds_for_one_opening_until_the_door_is_shut() {
    let mut w = World::new();
    w.ok(STAFF, announce(c(1)));
    assert!(w.site.key_openings.announced_now(c(1), w.now).is_some());
    w.see(Observation::DoorSeen { compartment: c(1), open: true });
    assert_eq!(w.site.key_openings.announced_now(c(1), w.now), None, "nobody is about to open it any more");
    w.seconds(30);
    w.see(Observation::DoorSeen { compartment: c(1), open: false });
    w.seconds(3);
    swings(&mut w, c(1));
    assert!(is_forced(&w, c(1)), "the second opening is nobody's, well within the ten minutes");
    // Said again, it is theirs again.
    w.ok(STAFF, announce(c(2)));
    swings(&mut w, c(2));
    w.ok(STAFF, announce(c(2)));
    w.minutes(5);
    swings(&mut w, c(2));
    assert!(!is_forced(&w, c(2)));
}

#[test]
fn a_contact_that_bounces_as_the_door_is_shut_is_the_same_opening() {
    let mut w = World::new();
    w.ok(STAFF, announce(c(1)));
    swings(&mut w, c(1));
    swings(&mut w, c(1));
    w.seconds(1);
    swings(&mut w, c(1));
    assert!(!is_forced(&w, c(1)));
    w.seconds(1);
    swings(&mut w, c(1));
    assert!(is_forced(&w, c(1)), "bouncing makes no more time for itself");
}

#[test]
fn a_door_that_stood_open_past_the_time_may_bounce_too() {
    let mut w = World::new();
    w.ok(STAFF, announce(c(1)));
    w.see(Observation::DoorSeen { compartment: c(1), open: true });
    w.minutes(11);
    w.ok(STAFF, announce(c(2)));
    w.shuts(c(1));
    swings(&mut w, c(1));
    assert!(!is_forced(&w, c(1)));
}

#[test]
fn what_was_announced_holds_over_a_restart() {
    let mut w = World::new();
    w.ok(STAFF, announce(c(1)));
    w.restart();
    swings(&mut w, c(1));
    assert!(!is_forced(&w, c(1)));
}

#[test]
fn a_key_that_stays_in_the_open_door_is_held_open_as_any() {
    let mut w = World::new();
    w.ok(STAFF, announce(c(1)));
    w.see(Observation::DoorSeen { compartment: c(1), open: true });
    w.minutes(11);
    assert!(w.has_task(&TaskKind::HeldOpen { compartment: c(1) }));
    w.shuts(c(1));
    assert!(!w.has_task(&TaskKind::HeldOpen { compartment: c(1) }));
}

#[test]
fn a_forced_door_is_explained_afterwards_and_looked_into_all_the_same() {
    let mut w = World::new();
    w.see(Observation::DoorSeen { compartment: c(1), open: true });
    assert!(is_forced(&w, c(1)));
    w.ok(STAFF, explain(c(1)));
    let closure = w.site.compartments.get(c(1)).unwrap().closure;
    assert!(matches!(closure, Closure::Open { explained: true, .. }));
    assert!(!is_forced(&w, c(1)) && w.has_task(&TaskKind::Check { compartment: c(1) }));
    w.shuts(c(1));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(1), found: vec![] });
    assert_eq!(w.service(c(1)), Service::In);
    // Looked into first, explained later: until then it counts as forced.
    swings(&mut w, c(2));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(2), found: vec![] });
    assert!(!is_forced(&w, c(2)) && w.site.key_openings.unexplained.contains_key(&c(2)));
    w.ok(STAFF, explain(c(2)));
    assert!(w.site.key_openings.unexplained.is_empty());
}

#[test]
fn what_makes_no_sense_is_refused_and_only_staff_say_it() {
    let mut w = World::new();
    w.see(Observation::DoorSeen { compartment: c(1), open: true });
    let nobody = Command::ExplainForced { compartment: c(1), holder: StaffId(9), reason: StaffReason::Other };
    let table = vec![
        ("no such door", announce(c(99)), "not-found"),
        ("it is open", announce(c(1)), "door-open"),
        ("nothing to explain", explain(c(2)), "not-forced"),
        ("no such door to explain", explain(c(99)), "not-found"),
        ("by nobody of staff", nobody, "not-found"),
    ];
    w.refuses(table);
    assert_eq!(w.ask(Actor::Console, announce(c(2))), Err(Refusal::NotYours));
    assert_eq!(w.ask(Actor::Console, explain(c(1))), Err(Refusal::NotYours));
    assert_eq!(w.ask(Actor::Kiosk(K1), announce(c(2))), Err(Refusal::NotYours));
    w.ok(STAFF, explain(c(1)));
    w.refuses(vec![("explained already", explain(c(1)), "not-forced")]);
}

#[test]
fn a_pulse_that_is_on_its_way_explains_its_door_itself() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    let door = w.door_of(visit).unwrap();
    w.ok(STAFF, announce(door));
    w.opens(door);
    assert_eq!(by_key(&w), []);
}

#[test]
fn no_parcel_goes_beside_another_while_its_door_stands_open_by_key() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (_, door) = w.put(visit, "101", Size::S);
    w.ok(STAFF, announce(door));
    w.see(Observation::DoorSeen { compartment: door, open: true });
    let together = || vocabulary::command::ParcelWords {
        together: Some(code.scanned()),
        ..World::words("101", Size::S)
    };
    let elsewhere = w.parcel_with(visit, together());
    assert_ne!(w.planned(elsewhere), Some(place::Place::Compartment(door)));
}
