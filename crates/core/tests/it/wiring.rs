//! Which lock opens which door: declared, tested one door at a time, corrected, named in every opening.

use crate::wired::*;
use crate::world::*;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::place::compartment::{Closure, Service, Size};
use vestibule_core::place::wiring::diagnosis::{WiringFault, diagnose, settle};
use vestibule_core::place::wiring::{Channel, Tried, WhatOpened, WiringHash, hash_of};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{StaffReason, WiringStep};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

fn channel(lock: u32) -> Channel {
    let lock = u8::try_from(lock).unwrap();
    Channel { board: 1, lock, contact: lock, reversed: false }
}

fn wiring(step: WiringStep) -> Command {
    Command::Wiring { bank: BANK, step }
}

fn begin() -> Command {
    wiring(WiringStep::Begin { told: false, anew: false })
}

fn bench(mistakes: &[Mistake]) -> Bench {
    let mut wires = Wires::right();
    mistakes.iter().for_each(|mistake| wires.make(mistake));
    Bench::new(wires)
}

/// A site whose first bank is wired as its numbers say.
fn declared() -> World {
    bench(&[]).w
}

fn testing(mistakes: &[Mistake]) -> Bench {
    let mut bench = bench(mistakes);
    bench.w.ok(STAFF, begin());
    bench
}

fn authorised(w: &World) -> Option<WiringHash> {
    w.last.iter().find_map(|event| match event {
        Event::OpeningAuthorised { wiring, .. } => *wiring,
        _ => None,
    })
}

#[test]
fn every_opening_names_the_map_it_was_pulsed_by() {
    let mut w = World::new();
    let open = Command::StaffOpen { compartment: c(1), reason: StaffReason::Inspect };
    w.ok(STAFF, open.clone());
    assert_eq!(authorised(&w), None, "no map is known");
    let mut w = declared();
    w.ok(STAFF, open);
    let hash = w.site.wiring.hash(BANK);
    assert!(hash.is_some() && authorised(&w) == hash);
    w.pulse_ends(c(1), PulseOutcome::StillClosed);
    w.seconds(2);
    let again = w.log.iter().rfind(|event| matches!(event, Event::OpeningAttempted { .. })).unwrap();
    let [Effect::Unlock { attempt: 2, wiring, .. }] = w.site.effects(again)[..] else { panic!("{again:?}") };
    assert_eq!(wiring, hash, "a second pulse goes by the map too");
}

#[test]
fn what_the_file_says_again_is_no_new_version_and_a_change_is_one() {
    let mut w = declared();
    let channels: Vec<_> = (1..=8).map(|n| (c(n), channel(n))).collect();
    w.ok(Actor::Console, wiring(WiringStep::Declare { channels }));
    assert_eq!((w.last.len(), w.site.wiring.maps[&BANK].version), (0, 1));
    let other = vec![(c(1), channel(2)), (c(2), channel(1))];
    w.ok(Actor::Console, wiring(WiringStep::Declare { channels: other }));
    assert_eq!(w.site.wiring.maps[&BANK].version, 2);
    for door in [c(1), c(2), c(3)] {
        let closure = w.site.compartments.get(door).unwrap().closure;
        assert_eq!(closure, Closure::Unknown, "another contact or none, not read yet");
    }
    let (said, begun) =
        (WiringStep::Say { opened: WhatOpened::Nothing }, WiringStep::Begin { told: true, anew: true });
    let elsewhere = |step| Command::Wiring { bank: BankId(99), step };
    let staff_declares = wiring(WiringStep::Declare { channels: vec![] });
    w.refuses(vec![
        ("staff do not write the file", staff_declares, "not-yours"),
        ("no such test to keep", wiring(WiringStep::Keep), "not-tested"),
        ("no such test to stop", wiring(WiringStep::Stop), "not-tested"),
        ("no such test to speak of", wiring(said), "not-tested"),
        ("no such test to try in", wiring(WiringStep::Try { compartment: c(1), told: true }), "not-tested"),
        ("no such bank", elsewhere(begun.clone()), "not-found"),
        ("a bank without a map", Command::Wiring { bank: BankId(2), step: begun }, "not-found"),
        ("nothing to stop in it either", elsewhere(WiringStep::Stop), "not-found"),
    ]);
    let same_contact = Channel { contact: 2, ..channel(1) };
    for (said, code) in [
        (vec![(c(1), channel(2)), (c(2), channel(2))], "invalid"),
        (vec![(c(1), same_contact), (c(2), channel(2))], "invalid"),
        (vec![(c(1), channel(1)), (c(1), channel(2))], "not-found"),
        (vec![(c(1), channel(1)), (c(9), channel(2))], "not-found"),
    ] {
        let refused = w.ask(Actor::Console, wiring(WiringStep::Declare { channels: said.clone() }));
        assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code), "{said:?}");
        assert!(w.last.is_empty());
    }
    let open = Command::StaffOpen { compartment: c(3), reason: StaffReason::Inspect };
    assert_eq!(w.ask(STAFF, open), Err(Refusal::NotInService), "a compartment without a lock is not pulsed");
}

/// The file says that the first lock has another contact.
fn moves_the_contact_of_one(w: &mut World) {
    let mut channels: Vec<_> = (1..=8).map(|n| (c(n), channel(n))).collect();
    channels[0].1.contact = 9;
    w.ok(Actor::Console, wiring(WiringStep::Declare { channels }));
    assert_eq!(w.site.compartments.get(c(1)).unwrap().closure, Closure::Unknown);
}

#[test]
fn a_door_that_is_read_shut_by_another_contact_than_saw_it_open_commits_by_word() {
    let mut w = declared();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    moves_the_contact_of_one(&mut w);
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.assurance(parcel), Assurance::CourierWord, "nobody saw it close");
    assert_eq!(w.site.compartments.get(c(1)).unwrap().opening, None);

    let mut w = declared();
    let (parcel, door) = w.delivered(&["101"])[0];
    let visit = w.scans(K1, "ana").unwrap();
    w.opens(door);
    moves_the_contact_of_one(&mut w);
    w.shuts(door);
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("ana")));
    assert_eq!((w.assurance(parcel), w.door_of(visit)), (Assurance::RecipientWord, None));
}

#[test]
fn a_door_that_has_not_opened_yet_commits_nothing_when_it_is_read_anew() {
    let mut w = declared();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    moves_the_contact_of_one(&mut w);
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Courier(visit));
    assert_eq!(w.door_of(visit), Some(c(1)), "its pulse is on its way");
    w.opens(c(1));
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
    assert_eq!(w.assurance(parcel), Assurance::DoorClosed);
}

#[test]
fn a_door_that_was_held_open_is_no_task_any_more_when_another_contact_reads_it_shut() {
    let mut w = declared();
    w.opens(c(1));
    w.minutes(2);
    let held = TaskKind::HeldOpen { compartment: c(1) };
    assert!(w.has_task(&held));
    moves_the_contact_of_one(&mut w);
    w.shuts(c(1));
    assert!(!w.has_task(&held));
}

#[test]
fn swapped_locks_are_found_and_the_map_puts_them_right() {
    let mut bench = testing(&[Mistake::Swap(1, 2)]);
    for door in 1..=3 {
        bench.tries(c(door));
    }
    let found = bench.w.site.wiring.diagnosis(BANK).unwrap();
    assert_eq!((found.swapped, found.faults), (vec![(c(1), c(2))], BTreeMap::new()));
    let before = bench.w.site.wiring.hash(BANK);
    bench.step(WiringStep::Keep).unwrap();
    let map = bench.w.site.wiring.maps[&BANK].clone();
    let of = |door| map.channels[&c(door)];
    assert_eq!((of(1), of(2), of(3)), (channel(2), channel(1), channel(3)));
    assert_eq!((map.version, map.hash), (2, hash_of(BANK, &map.channels, &BTreeSet::new())));
    assert_ne!(Some(map.hash), before);
    assert_eq!(map.changed, BTreeSet::from([c(1), c(2)]));
    assert!(bench.w.site.wiring.tests.is_empty());
    // The file that was true of nothing does not come back at the next start.
    let channels: Vec<_> = (1..=8).map(|n| (c(n), channel(n))).collect();
    bench.w.ok(Actor::Console, wiring(WiringStep::Declare { channels }));
    assert_eq!((bench.w.last.len(), bench.w.site.wiring.maps[&BANK].version), (0, 2));
    bench.look();
    assert_eq!(bench.every_opening_opens_its_own().len(), 8);
}

#[test]
fn half_a_swap_is_not_kept() {
    let mut bench = testing(&[Mistake::Swap(1, 2), Mistake::SwapContacts(5, 6)]);
    assert_eq!(bench.step(WiringStep::Keep), Err(Refusal::NothingTried));
    bench.tries(c(1));
    assert_eq!(
        bench.step(WiringStep::Keep),
        Err(Refusal::TryToo { compartment: c(2) }),
        "the lock of 2 opens something too"
    );
    bench.tries(c(2));
    bench.tries(c(5));
    assert_eq!(
        bench.step(WiringStep::Keep),
        Err(Refusal::TryToo { compartment: c(6) }),
        "5 took the contact of 6"
    );
    bench.tries(c(6));
    bench.step(WiringStep::Keep).unwrap();
}

#[test]
fn a_contact_wired_the_other_way_round_raises_no_alarm_in_a_test_and_is_turned() {
    let mut bench = bench(&[Mistake::Turn(1)]);
    let forced = TaskKind::Forced { compartment: c(1) };
    assert!(bench.w.has_task(&forced), "nobody knows yet that it is the contact");
    bench.w.ok(STAFF, begin());
    bench.w.minutes(5);
    assert!(!bench.w.has_task(&TaskKind::HeldOpen { compartment: c(1) }));
    bench.step(WiringStep::Try { compartment: c(1), told: false }).unwrap();
    bench.w.see(Observation::DoorSeen { compartment: c(1), open: false });
    bench.w.pulse_ends(c(1), PulseOutcome::StillClosed);
    bench.step(WiringStep::Say { opened: WhatOpened::Door(c(1)) }).unwrap();
    assert_eq!(bench.w.site.wiring.diagnosis(BANK).unwrap().turned, BTreeSet::from([c(1)]));
    assert_eq!(bench.step(WiringStep::Keep), Err(Refusal::DoorOpen { compartment: c(1) }));
    bench.w.see(Observation::DoorSeen { compartment: c(1), open: true }); // pushed shut
    bench.step(WiringStep::Keep).unwrap();
    assert!(bench.w.site.wiring.maps[&BANK].channels[&c(1)].reversed);
    assert!(!bench.w.has_task(&forced), "it is explained");
    assert_eq!(bench.w.site.compartments.get(c(1)).unwrap().closure, Closure::Unknown);
    bench.w.see(Observation::DoorSeen { compartment: c(1), open: false });
    bench.w.see(Observation::DoorSeen { compartment: c(1), open: true });
    assert!(bench.w.has_task(&forced), "after the test a door that moves is an alarm again");
}

#[test]
fn a_test_pulses_once_and_a_lock_that_opens_nothing_ends_out_of_service_until_it_works() {
    let mut bench = testing(&[Mistake::Dead(1)]);
    bench.tries(c(1));
    bench.w.minutes(1);
    assert_eq!(bench.w.pulses.iter().filter(|(_, _, door)| *door == c(1)).count(), 1);
    assert!(!bench.w.has_task(&TaskKind::Jammed { compartment: c(1) }));
    assert_eq!(bench.w.site.wiring.diagnosis(BANK).unwrap().faults[&c(1)], WiringFault::NothingOpens);
    bench.step(WiringStep::Keep).unwrap();
    assert_eq!(bench.w.service(c(1)), Service::Out);
    let open = Command::StaffOpen { compartment: c(1), reason: StaffReason::Inspect };
    assert_eq!(bench.w.ask(STAFF, open), Err(Refusal::NotInService), "nobody knows what its lock opens");
    let (compartment, reason) = (c(1), StaffReason::Maintenance);
    let back = Command::SetService { compartment, in_service: true, reason };
    assert_eq!(bench.w.ask(STAFF, back), Err(Refusal::NotInService), "no courier is sent there either");
    bench.wires = Wires::right();
    bench.w.ok(STAFF, begin());
    bench.tries(c(1));
    bench.step(WiringStep::Keep).unwrap();
    assert_eq!(bench.w.service(c(1)), Service::In);
    assert_eq!(bench.every_opening_opens_its_own().len(), 8);
}

#[test]
fn nothing_with_a_parcel_inside_is_popped_without_being_told_and_the_bank_takes_no_more() {
    let mut bench = bench(&[Mistake::Swap(2, 3)]);
    let w = &mut bench.w;
    let (parcel, door) = w.delivered(&["101"])[0];
    assert_eq!(w.ask(STAFF, begin()), Err(Refusal::Occupied { parcels: vec![parcel] }));
    bench.step(WiringStep::Begin { told: true, anew: false }).unwrap();
    let occupied = Err(Refusal::Occupied { parcels: vec![parcel] });
    assert_eq!(bench.step(WiringStep::Try { compartment: door, told: false }), occupied);
    let by_the_desk = Command::StaffOpen { compartment: door, reason: StaffReason::WiringTest };
    assert!(matches!(bench.w.ask(STAFF, by_the_desk), Err(Refusal::Invalid { .. })));
    bench.w.see(Observation::DoorSeen { compartment: door, open: true });
    assert!(
        bench.w.has_task(&TaskKind::Forced { compartment: door }),
        "a parcel is inside: an alarm even now"
    );
    bench.w.see(Observation::DoorSeen { compartment: door, open: false });
    let visit = bench.w.courier();
    let late = bench.w.parcel(visit, "102", Size::S);
    let planned = bench.w.planned(late);
    assert!(!matches!(planned, Some(place::Place::Compartment(at)) if at.0 <= 8), "{planned:?}");
}

#[test]
fn a_parcel_that_a_wrong_wire_bared_is_looked_after() {
    let mut bench = bench(&[]);
    let (_, door) = bench.w.delivered(&["101"])[0];
    let other = if door == c(4) { c(5) } else { c(4) };
    bench.step(WiringStep::Begin { told: true, anew: false }).unwrap();
    bench.step(WiringStep::Try { compartment: other, told: false }).unwrap();
    bench.w.pulse_ends(other, PulseOutcome::StillClosed);
    bench.step(WiringStep::Say { opened: WhatOpened::Door(door) }).unwrap();
    assert!(bench.w.has_task(&TaskKind::Check { compartment: door }));
}

#[test]
fn a_test_is_stopped_gone_on_with_begun_anew_and_ends_by_itself() {
    let mut bench = testing(&[Mistake::Swap(1, 2)]);
    bench.tries(c(1));
    bench.w.restart();
    bench.w.ok(STAFF, begin());
    assert_eq!(bench.w.last.len(), 0, "the same test");
    let tried = |bench: &Bench| bench.w.site.wiring.tests[&BANK].tried.len();
    assert_eq!(tried(&bench), 1);
    bench.step(WiringStep::Stop).unwrap();
    assert!(!bench.w.site.wiring.is_tested(BANK));
    bench.w.ok(STAFF, begin());
    assert_eq!(tried(&bench), 1, "what was found waited");
    bench.w.minutes(61);
    assert!(!bench.w.site.wiring.is_tested(BANK), "nobody went on");
    assert_eq!((bench.w.site.wiring.maps[&BANK].version, tried(&bench)), (1, 1), "the map stays");
    bench.step(WiringStep::Begin { told: false, anew: true }).unwrap();
    assert_eq!(tried(&bench), 0);
}

#[test]
fn nothing_is_kept_while_a_door_of_the_test_stands_open() {
    let mut bench = testing(&[]);
    bench.step(WiringStep::Try { compartment: c(1), told: false }).unwrap();
    bench.w.opens(c(1));
    bench.step(WiringStep::Say { opened: WhatOpened::Door(c(2)) }).unwrap();
    let open = Err(Refusal::DoorOpen { compartment: c(2) });
    assert_eq!(bench.step(WiringStep::Keep), open, "called by the number of the door that opened");
}

#[test]
fn a_lock_is_tried_again_and_the_later_word_holds() {
    let mut bench = testing(&[]);
    bench.step(WiringStep::Try { compartment: c(1), told: false }).unwrap();
    bench.w.opens(c(1));
    bench.step(WiringStep::Say { opened: WhatOpened::Door(c(2)) }).unwrap();
    bench.w.shuts(c(1));
    assert_eq!(
        bench.step(WiringStep::Keep),
        Err(Refusal::TryToo { compartment: c(2) }),
        "a slip of the finger"
    );
    bench.tries(c(1));
    bench.step(WiringStep::Keep).unwrap();
    assert_eq!(bench.w.site.wiring.maps[&BANK].channels[&c(1)], channel(1));
}

#[test]
fn a_door_that_is_shut_late_tells_nothing_of_the_next_lock() {
    let mut bench = testing(&[]);
    bench.step(WiringStep::Try { compartment: c(1), told: false }).unwrap();
    bench.w.opens(c(1));
    bench.step(WiringStep::Say { opened: WhatOpened::Door(c(1)) }).unwrap();
    bench.step(WiringStep::Try { compartment: c(2), told: false }).unwrap();
    bench.w.shuts(c(1));
    bench.w.opens(c(2));
    bench.step(WiringStep::Say { opened: WhatOpened::Door(c(2)) }).unwrap();
    let found = bench.w.site.wiring.diagnosis(BANK).unwrap();
    assert_eq!((found.faults, found.bound[&c(2)]), (BTreeMap::new(), channel(2)));
}

#[test]
fn nothing_is_said_of_a_pulse_that_was_not_sent() {
    let mut bench = testing(&[]);
    let door = WiringStep::Say { opened: WhatOpened::Door(c(1)) };
    assert_eq!(bench.step(door), Err(Refusal::NoDoorOpen));
    bench.step(WiringStep::Try { compartment: c(1), told: false }).unwrap();
    assert_eq!(bench.step(WiringStep::Keep), Err(Refusal::OpeningInProgress));
    let next = WiringStep::Try { compartment: c(2), told: false };
    assert_eq!(bench.step(next), Err(Refusal::OpeningInProgress), "one pulse at a time");
    let elsewhere = WiringStep::Say { opened: WhatOpened::Door(c(9)) };
    assert_eq!(bench.step(elsewhere), Err(Refusal::NotFound), "a door of another bank");
    let other_bank = WiringStep::Try { compartment: c(9), told: false };
    assert_eq!(bench.step(other_bank), Err(Refusal::NotFound));
    let by_console = bench.w.ask(Actor::Console, wiring(WiringStep::Try { compartment: c(2), told: false }));
    assert_eq!(by_console, Err(Refusal::NotYours), "who pops a door stands before it");
}

/// One row a story: lock pulsed, door that opened, contacts that moved.
fn tried(rows: &[(u32, u32, &[u32])]) -> (BTreeMap<CompartmentId, Channel>, BTreeMap<CompartmentId, Tried>) {
    let channels = (1..=24).map(|door| (c(door), channel(door))).collect();
    let one = |(pulsed, opened, moved): &(u32, u32, &[u32])| {
        let moved = moved.iter().map(|at| (c(*at), true)).collect();
        (c(*pulsed), Tried { opened: WhatOpened::Door(c(*opened)), moved })
    };
    (channels, rows.iter().map(one).collect())
}

#[test]
fn each_mix_up_is_called_by_its_name() {
    let (map, rows) = tried(&[(1, 2, &[1]), (2, 3, &[2]), (3, 4, &[3])]);
    let shifted = diagnose(&map, &rows);
    assert_eq!((shifted.shifted, shifted.swapped), (Some(1), vec![]));
    assert_eq!(shifted.bound[&c(2)], channel(1));

    let (map, rows) = tried(&[(1, 1, &[1]), (2, 1, &[2]), (3, 3, &[3])]);
    let duplicate = diagnose(&map, &rows);
    assert_eq!(duplicate.faults[&c(2)], WiringFault::SameDoor(c(1)));
    assert_eq!(duplicate.bound.keys().collect::<Vec<_>>(), [&c(3)], "nobody knows which of both is right");

    let (map, rows) = tried(&[(1, 1, &[17]), (2, 2, &[18]), (9, 9, &[9])]);
    let order = diagnose(&map, &rows);
    assert!(order.other_status_order);
    assert_eq!((order.bound[&c(1)].lock, order.bound[&c(1)].contact), (1, 17), "and put right");

    let (map, rows) = tried(&[(1, 1, &[]), (2, 2, &[2, 3]), (4, 4, &[7]), (5, 5, &[7])]);
    let contacts = diagnose(&map, &rows);
    assert!(!contacts.other_status_order);
    let faults: Vec<_> = contacts.faults.values().copied().collect();
    assert_eq!(
        faults,
        [
            WiringFault::NoContact,
            WiringFault::SeveralContacts,
            WiringFault::SameContact(c(5)),
            WiringFault::SameContact(c(4))
        ]
    );
    let mut map = map;
    map.insert(c(7), Channel { board: 2, ..channel(7) });
    assert_eq!(diagnose(&map, &rows).faults[&c(4)], WiringFault::ContactElsewhere(c(7)), "another board's");
}

#[test]
fn the_hash_is_of_everything_the_map_says() {
    let (map, none) = (BTreeMap::from([(c(1), channel(1))]), BTreeSet::new());
    let base = hash_of(BANK, &map, &none);
    assert_ne!(base, hash_of(BankId(2), &map, &none));
    let others = [
        Channel { board: 2, ..channel(1) },
        Channel { lock: 2, ..channel(1) },
        Channel { contact: 2, ..channel(1) },
        Channel { reversed: true, ..channel(1) },
    ];
    for other in others {
        assert_ne!(base, hash_of(BANK, &BTreeMap::from([(c(1), other)]), &none));
    }
    assert_ne!(base, hash_of(BANK, &BTreeMap::from([(c(2), channel(1))]), &none));
    assert_ne!(base, hash_of(BANK, &map, &BTreeSet::from([c(1)])));
}

#[test]
fn a_pulse_of_a_test_that_was_never_sent_is_sent_again() {
    let mut bench = testing(&[]);
    bench.step(WiringStep::Try { compartment: c(1), told: false }).unwrap();
    bench.w.pulse_ends(c(1), PulseOutcome::NotSent);
    let said = bench.step(WiringStep::Say { opened: WhatOpened::Nothing });
    assert_eq!(said, Err(Refusal::OpeningInProgress), "it did nothing that a person could say");
    bench.w.seconds(2);
    assert_eq!(bench.w.pulses.iter().filter(|(_, _, door)| *door == c(1)).count(), 2);
}

/// Held for a parcel in the hands of a courier whose visit rests after a power cut.
#[test]
fn a_door_that_is_held_for_a_parcel_on_its_way_is_not_tried() {
    let mut bench = bench(&[]);
    let visit = bench.w.courier();
    bench.w.parcel(visit, "101", Size::S);
    let first = bench.w.door_of(visit).unwrap();
    bench.w.opens(first);
    let next = bench.w.parcel(visit, "102", Size::S);
    let Some(place::Place::Compartment(held)) = bench.w.planned(next) else { panic!("it has a door") };
    bench.w.restart();
    bench.w.shuts(first);
    bench.step(WiringStep::Begin { told: true, anew: false }).unwrap();
    let tried = bench.step(WiringStep::Try { compartment: held, told: true });
    assert_eq!(tried, Err(Refusal::OpeningInProgress));
}

#[test]
fn a_lock_that_opens_nothing_is_not_kept_over_a_parcel() {
    let mut bench = bench(&[]);
    let (parcel, door) = bench.w.delivered(&["101"])[0];
    bench.wires.make(&Mistake::Dead(u8::try_from(door.0).unwrap()));
    bench.step(WiringStep::Begin { told: true, anew: false }).unwrap();
    bench.tries(door);
    let kept = bench.step(WiringStep::Keep);
    assert_eq!(
        kept,
        Err(Refusal::Occupied { parcels: vec![parcel] }),
        "its recipient would find it out of service"
    );
    assert_eq!(bench.w.site.wiring.maps[&BANK].version, 1);
}

#[test]
fn what_was_doubtful_of_a_full_compartment_stays_so_after_a_test() {
    let mut bench = bench(&[]);
    let (_, door) = bench.w.delivered(&["101"])[0];
    let check = TaskKind::Check { compartment: door };
    for open in [true, false] {
        bench.w.see(Observation::DoorSeen { compartment: door, open });
    }
    assert!(bench.w.has_task(&check));
    bench.step(WiringStep::Begin { told: true, anew: false }).unwrap();
    bench.tries(door);
    bench.step(WiringStep::Keep).unwrap();
    assert!(bench.w.has_task(&check), "whether the parcel is there, the test has not asked");
}

#[test]
fn a_compartment_without_a_lock_says_nothing_and_is_given_none() {
    let (map, mut rows) = tried(&[(1, 1, &[1]), (99, 3, &[3])]);
    assert_eq!(diagnose(&map, &rows).bound.keys().collect::<Vec<_>>(), [&c(1)]);
    rows.insert(c(99), Tried { opened: WhatOpened::Nothing, moved: vec![] });
    let declared = declared().site.wiring.maps[&BANK].clone();
    let settled = settle(&declared, &rows).unwrap();
    assert_eq!(
        (settled.channels, settled.unproven),
        (declared.channels, BTreeSet::new()),
        "no lock is left for it"
    );
}
