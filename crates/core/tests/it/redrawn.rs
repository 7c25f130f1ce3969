//! A bank is drawn anew: what comes, goes and hangs otherwise; what is still needed stays; the wiring follows.

use crate::wired::*;
use crate::world::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::place::compartment::{CompartmentSpec, Designation, Emptiness, Service, Size};
use vestibule_core::place::layout::GoneCompartment;
use vestibule_core::place::wiring::Channel;
use vestibule_core::site::drawing::{StillNeededFor, foresee};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{DrawnCompartment, StaffReason, WiringStep};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

/// The bank as it is drawn.
fn drawing(w: &World) -> Vec<DrawnCompartment> {
    let ids = &w.site.layout.banks[&BANK];
    let one = |id: &CompartmentId| DrawnCompartment {
        compartment: Some(*id),
        spec: w.site.compartments.get(*id).unwrap().spec.clone(),
    };
    ids.iter().map(one).collect()
}

fn without(w: &World, gone: &[u32]) -> Vec<DrawnCompartment> {
    let stays = |one: &DrawnCompartment| !gone.iter().any(|id| one.compartment == Some(c(*id)));
    drawing(w).into_iter().filter(stays).collect()
}

/// A small door at the right of everything.
fn new_door(label: &str) -> DrawnCompartment {
    let spec = CompartmentSpec {
        label: label.to_owned(),
        size: Size::S,
        column: 40,
        width_mm: 400,
        height_mm: 200,
        bottom_mm: 600,
        occupancy_sensor: false,
        inside_release: false,
    };
    DrawnCompartment { compartment: None, spec }
}

fn relabelled(w: &World, id: u32, label: &str) -> Vec<DrawnCompartment> {
    let mut drawn = drawing(w);
    let one = drawn.iter_mut().find(|one| one.compartment == Some(c(id))).unwrap();
    one.spec.label = label.to_owned();
    drawn
}

fn change(w: &World, compartments: Vec<DrawnCompartment>) -> Command {
    Command::ChangeBank { bank: BANK, was: w.site.layout.drawing(BANK), compartments }
}

/// What a refused removal of these says.
fn needed(w: &mut World, gone: &[u32]) -> Vec<(u32, StillNeededFor)> {
    let (command, before) = (change(w, without(w, gone)), w.site.clone());
    let refusal = w.ask(STAFF, command).unwrap_err();
    assert!(w.last.is_empty() && w.site == before, "a refusal records nothing");
    let Refusal::StillNeeded { compartments } = refusal else { panic!("{refusal:?}") };
    compartments.into_iter().map(|(id, why)| (id.0, why)).collect()
}

#[test]
fn doors_come_go_and_hang_otherwise_and_nothing_else_changes() {
    let mut w = World::new();
    let (_, full) = w.delivered(&["101"])[0];
    let inside = w.site.compartments.get(full).unwrap().parcels.clone();
    let mut drawn = without(&w, &[2, 8]);
    drawn.iter_mut().for_each(|one| one.spec.width_mm = 380);
    drawn.push(new_door("20"));
    let foreseen = foresee(&w.site, BANK, &drawn, w.now).unwrap();
    assert_eq!(foreseen.removed, [c(2), c(8)]);
    assert_eq!((foreseen.version, foreseen.added.len(), foreseen.changed.len()), (2, 1, 6));
    assert!(foreseen.still_needed.is_empty() && foreseen.unreleased.is_empty());
    let command = change(&w, drawn);
    assert_eq!(w.ok(STAFF, command), Answer::Bank(BANK));
    assert!(w.site.compartments.get(c(2)).is_none() && w.site.compartments.get(c(8)).is_none());
    let gone = GoneCompartment { bank: BANK, label: "2".to_owned() };
    assert_eq!(w.site.layout.gone[&c(2)], gone, "its stories still know its number");
    let stays = w.site.compartments.get(full).unwrap();
    assert_eq!((&stays.parcels, stays.spec.width_mm), (&inside, 380));
    // Ten compartments there were; the number of a compartment is never given again.
    let came = w.site.compartments.get(c(11)).unwrap();
    assert_eq!(
        (came.spec.label.as_str(), came.emptiness, came.service),
        ("20", Emptiness::Empty, Service::In)
    );
    assert_eq!(w.site.layout.drawing(BANK), 2);
    let visit = w.scans(K1, "ana").unwrap();
    assert_eq!(w.takes_all(visit), [full]);
}

#[test]
fn a_drawing_as_it_is_records_nothing() {
    let mut w = World::new();
    let command = change(&w, drawing(&w));
    w.ok(STAFF, command);
    assert!(w.last.is_empty() && w.site.layout.drawing(BANK) == 1);
}

#[test]
fn whoever_began_with_an_older_drawing_is_told_and_overwrites_nothing() {
    let mut w = World::new();
    let (mine, theirs) = (change(&w, without(&w, &[1])), change(&w, without(&w, &[2])));
    w.ok(STAFF, theirs);
    assert_eq!(w.ask(STAFF, mine), Err(Refusal::DrawnMeanwhile { version: 2 }));
    assert!(w.last.is_empty() && w.site.compartments.get(c(1)).is_some());
}

#[test]
fn what_is_needed_keeps_its_door_and_its_number() {
    use StillNeededFor::*;
    let mut w = World::new();
    let put = w.delivered(&["101"]);
    assert_eq!(needed(&mut w, &[put[0].1.0, 8]), [(put[0].1.0, Parcel)]);
    let mut renumbered = relabelled(&w, put[0].1.0, "70");
    let command = change(&w, renumbered.clone());
    let refusal = Refusal::StillNeeded { compartments: vec![(put[0].1, Parcel)] };
    assert_eq!(w.ask(STAFF, command), Err(refusal));
    // Its measures may be put right meanwhile.
    renumbered.iter_mut().for_each(|one| one.spec.width_mm = 390);
    let one = renumbered.iter_mut().find(|one| one.compartment == Some(put[0].1)).unwrap();
    one.spec.label = put[0].1.to_string();
    let command = change(&w, renumbered);
    w.ok(STAFF, command);

    // Collected: they may look once more for ten minutes.
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    assert_eq!(needed(&mut w, &[put[0].1.0]), [(put[0].1.0, Visit)]);
    w.minutes(11);
    assert_eq!(foresee(&w.site, BANK, &without(&w, &[put[0].1.0]), w.now).unwrap().still_needed, []);

    // A door on its way, then open for a courier; held for the next parcel; used in a visit that goes on.
    let courier = w.courier();
    let first = w.parcel(courier, "102", Size::S);
    let door = w.door_of(courier).unwrap();
    assert_eq!(needed(&mut w, &[door.0]), [(door.0, Incoming)]);
    w.opens(door);
    w.ok(Actor::Visit(courier), Command::NotLeftHere { visit: courier });
    w.shuts(door);
    assert!(w.custodian(first) != custody::Custodian::Compartment(door));
    assert_eq!(needed(&mut w, &[door.0]), [(door.0, Visit)]);
    w.finish(courier);

    let open = Command::StaffOpen { compartment: c(4), reason: StaffReason::Inspect };
    w.ok(STAFF, open);
    assert_eq!(needed(&mut w, &[4]), [(4, Opening)]);
    w.opens(c(4));
    w.shuts(c(4));
    w.see(Observation::DoorSeen { compartment: c(5), open: true });
    assert_eq!(needed(&mut w, &[5]), [(5, Check)], "forced, and nobody has looked");
    let designation = Some(Designation { unit: unit("101"), only: false });
    w.ok(STAFF, Command::Designate { compartment: c(6), designation });
    assert_eq!(needed(&mut w, &[6, 4]), [(6, Unit)]);
}

#[test]
fn an_open_door_goes_only_when_it_was_taken_out_of_service() {
    let mut w = World::new();
    w.see(Observation::DoorSeen { compartment: c(5), open: true });
    w.see(Observation::DoorSeen { compartment: c(5), open: false });
    w.ok(STAFF, Command::ResolveCheck { compartment: c(5), found: vec![] });
    w.ok(STAFF, Command::StaffOpen { compartment: c(5), reason: StaffReason::Maintenance });
    w.jams(c(5));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(5), found: vec![] });
    let reason = StaffReason::Maintenance;
    w.ok(STAFF, Command::SetService { compartment: c(5), in_service: false, reason });
    assert!(w.has_task(&TaskKind::Jammed { compartment: c(5) }));
    let command = change(&w, without(&w, &[5]));
    w.ok(STAFF, command);
    assert!(!w.has_task(&TaskKind::Jammed { compartment: c(5) }), "nothing is left to be done there");
    // What its contact still says is of no door.
    w.see(Observation::DoorSeen { compartment: c(5), open: true });
    assert!(w.last.is_empty());
}

#[test]
fn a_number_is_never_given_to_another_compartment() {
    let mut w = World::new();
    let command = change(&w, relabelled(&w, 2, "2b"));
    w.ok(STAFF, command);
    let command = change(&w, without(&w, &[1]));
    w.ok(STAFF, command);
    let add = |w: &World, label: &str| {
        let mut drawn = drawing(w);
        drawn.push(new_door(label));
        change(w, drawn)
    };
    let table = vec![
        ("another's here", add(&w, "3"), "compartment-number"),
        ("another's in the next bank", add(&w, "9"), "compartment-number"),
        ("of one that is gone", add(&w, "1"), "compartment-number"),
        ("of one that is called otherwise now", add(&w, "2"), "compartment-number"),
        ("none", add(&w, " "), "invalid"),
        ("blanks around it", add(&w, " 30"), "invalid"),
        ("another's that stays", change(&w, relabelled(&w, 3, "4")), "compartment-number"),
    ];
    w.refuses(table);
    let install = Command::InstallBank { compartments: vec![new_door("1").spec] };
    w.refuses(vec![("a new bank", install, "compartment-number")]);
    let command = change(&w, relabelled(&w, 2, "2"));
    w.ok(STAFF, command);
    assert_eq!(w.site.layout.former, BTreeMap::from([("1".to_owned(), c(1)), ("2b".to_owned(), c(2))]));
}

#[test]
fn a_drawing_no_bank_can_have_is_refused() {
    let mut w = World::new();
    let with = |w: &World, one: DrawnCompartment| {
        let mut drawn = drawing(w);
        drawn.push(one);
        change(w, drawn)
    };
    let sized = |width_mm, height_mm, bottom_mm| {
        let spec = CompartmentSpec { width_mm, height_mm, bottom_mm, ..new_door("20").spec };
        DrawnCompartment { compartment: None, spec }
    };
    let over = |bottom_mm| {
        let spec = CompartmentSpec { column: 3, bottom_mm, ..new_door("20").spec };
        DrawnCompartment { compartment: None, spec }
    };
    let with_two = |w: &World| {
        let mut drawn = drawing(w);
        let spec = CompartmentSpec { column: 41, ..new_door("20").spec };
        drawn.extend([new_door("20"), DrawnCompartment { compartment: None, spec }]);
        change(w, drawn)
    };
    let of_another = DrawnCompartment { compartment: Some(c(9)), ..new_door("9") };
    let twice = DrawnCompartment { compartment: Some(c(3)), ..new_door("20") };
    let unknown = Command::ChangeBank { bank: BankId(9), was: 1, compartments: vec![new_door("20")] };
    let many = (0..401).map(|n| new_door(&format!("n{n}"))).collect();
    let table = vec![
        ("no bank", unknown, "not-found"),
        ("no door", change(&w, vec![]), "invalid"),
        ("too many doors", change(&w, many), "invalid"),
        ("no width", with(&w, sized(0, 200, 600)), "invalid"),
        ("no height", with(&w, sized(400, 0, 600)), "invalid"),
        ("as high as a house", with(&w, sized(400, 3_001, 0)), "invalid"),
        ("on the roof", with(&w, sized(400, 200, u32::MAX)), "invalid"),
        ("over another door", with(&w, over(700)), "invalid"),
        ("under another door", with(&w, over(401)), "invalid"),
        ("another bank's compartment", with(&w, of_another), "not-found"),
        ("a compartment twice", with(&w, twice), "not-found"),
        ("a new number twice", with_two(&w), "compartment-number"),
    ];
    w.refuses(table);
    let command = with(&w, over(400));
    w.ok(STAFF, command);
}

#[test]
fn somebody_makes_sure_of_each_large_low_compartment_that_comes() {
    let spec = |width_mm, height_mm, bottom_mm| CompartmentSpec {
        width_mm,
        height_mm,
        bottom_mm,
        ..new_door("20").spec
    };
    assert!(!spec(400, 202, 100).may_shut_a_child_in(), "too narrow");
    assert!(!spec(204, 400, 100).may_shut_a_child_in(), "too little room");
    assert!(!spec(400, 500, 1219).may_shut_a_child_in(), "too high to climb into");
    assert!(spec(400, 500, 1218).may_shut_a_child_in());
    let mut w = World::new();
    let large = |inside_release| DrawnCompartment {
        compartment: None,
        spec: CompartmentSpec { inside_release, ..spec(400, 500, 100) },
    };
    let with = |w: &World, one| {
        let mut drawn = drawing(w);
        drawn.push(one);
        change(w, drawn)
    };
    let command = with(&w, large(false));
    assert_eq!(w.ask(STAFF, command), Err(Refusal::InsideRelease { labels: vec!["20".to_owned()] }));
    let install = |inside_release| Command::InstallBank { compartments: vec![large(inside_release).spec] };
    assert_eq!(w.ask(STAFF, install(false)), Err(Refusal::InsideRelease { labels: vec!["20".to_owned()] }));
    let command = with(&w, large(true));
    w.ok(STAFF, command);
    // A door that becomes large is asked about; one that was so before the bank is drawn anew is not.
    let mut drawn = drawing(&w);
    drawn[0].spec.height_mm = 600;
    let command = change(&w, drawn.clone());
    assert_eq!(w.ask(STAFF, command), Err(Refusal::InsideRelease { labels: vec!["1".to_owned()] }));
    drawn[0].spec.inside_release = true;
    let command = change(&w, drawn);
    w.ok(STAFF, command);
    let command = change(&w, relabelled(&w, 1, "1a"));
    w.ok(STAFF, command);
    let mut w = World::empty();
    w.ok(Actor::Console, Command::Found { policy: policy::Policy::default() });
    w.ok(Actor::Console, install(false));
    let mut drawn = drawing(&w);
    drawn[0].spec.label = "21".to_owned();
    let command = change(&w, drawn);
    w.ok(STAFF, command);
}

#[test]
fn a_door_that_goes_leaves_its_lock_behind_and_one_that_comes_waits_for_one() {
    let mut bench = Bench::new(Wires::right());
    let first = bench.w.site.wiring.maps[&BANK].clone();
    let mut drawn = without(&bench.w, &[5, 6]);
    drawn.push(new_door("20"));
    let command = change(&bench.w, drawn);
    bench.w.ok(STAFF, command);
    let map = bench.w.site.wiring.maps[&BANK].clone();
    assert!(map.version == 2 && map.hash != first.hash && map.configured == first.configured);
    assert!(!map.channels.contains_key(&c(5)) && !map.channels.contains_key(&c(11)));
    assert_eq!(map.spare.iter().map(|channel| channel.lock).collect::<Vec<_>>(), [5, 6]);
    assert_eq!((map.unproven, bench.w.service(c(11))), (BTreeSet::from([c(11)]), Service::Out));
    let reason = StaffReason::Maintenance;
    let back = Command::SetService { compartment: c(11), in_service: true, reason };
    let open = Command::StaffOpen { compartment: c(11), reason };
    bench
        .w
        .refuses(vec![("no lock is known", back, "not-in-service"), ("nor opened", open, "not-in-service")]);

    // The file still says what it said: the doors that are gone are known by their numbers.
    let straight = |n: u8| Channel { board: 1, lock: n, contact: n, reversed: false };
    let channels: Vec<_> = (1..=DOORS).map(|n| (c(n.into()), straight(n))).collect();
    let declare = |channels| Command::Wiring { bank: BANK, step: WiringStep::Declare { channels } };
    bench.w.ok(Actor::Console, declare(channels.clone()));
    assert!(bench.w.last.is_empty(), "a start changes nothing");

    // The new door hangs where 6 was: tried on the lock of 5 first, then on that of 6.
    bench.wires.coils.insert(5, vec![]);
    bench.wires.coils.insert(6, vec![11]);
    bench.wires.contacts.remove(&5);
    bench.wires.contacts.insert(6, 11);
    bench.step(WiringStep::Begin { told: false, anew: false }).unwrap();
    assert_eq!(bench.w.site.wiring.maps[&BANK].channels[&c(11)].lock, 5);
    bench.tries(c(11));
    bench.step(WiringStep::Keep).unwrap();
    let map = &bench.w.site.wiring.maps[&BANK];
    assert!(!map.may_pulse(c(11), false) && map.channels[&c(11)].lock == 6 && map.spare[0].lock == 5);
    bench.step(WiringStep::Begin { told: false, anew: false }).unwrap();
    bench.look();
    bench.tries(c(11));
    bench.step(WiringStep::Keep).unwrap();
    let map = &bench.w.site.wiring.maps[&BANK];
    assert!(map.may_pulse(c(11), false) && map.unproven.is_empty());
    assert_eq!(bench.w.service(c(11)), Service::In);
    bench.look();
    bench.w.ok(STAFF, Command::StaffOpen { compartment: c(11), reason });
    bench.w.pulse_ends(c(11), PulseOutcome::Opened);

    // The file says something else: it counts, and what it names of gone doors is spare again.
    let mut said = channels;
    said[0].1.lock = 8;
    said[7].1.lock = 1;
    bench.w.ok(Actor::Console, declare(said));
    let map = &bench.w.site.wiring.maps[&BANK];
    assert_eq!((map.channels[&c(1)].lock, map.spare.len()), (8, 2));
}

/// One door goes, two come: the lock that is left is tried for the first of them.
#[test]
fn a_door_that_no_test_found_a_lock_for_goes_on_waiting() {
    let mut bench = Bench::new(Wires::right());
    let mut drawn = without(&bench.w, &[5]);
    drawn.extend([new_door("20"), {
        let spec = CompartmentSpec { column: 41, ..new_door("21").spec };
        DrawnCompartment { compartment: None, spec }
    }]);
    let command = change(&bench.w, drawn);
    bench.w.ok(STAFF, command);
    bench.wires.coils.insert(5, vec![]);
    bench.step(WiringStep::Begin { told: false, anew: false }).unwrap();
    bench.tries(c(1));
    bench.step(WiringStep::Keep).unwrap();
    let waiting = BTreeSet::from([c(11), c(12)]);
    let map = &bench.w.site.wiring.maps[&BANK];
    assert_eq!((map.channels[&c(11)].lock, &map.unproven), (5, &waiting), "lent, and nobody tried it");
    bench.step(WiringStep::Begin { told: false, anew: false }).unwrap();
    bench.tries(c(11));
    bench.step(WiringStep::Keep).unwrap();
    let map = &bench.w.site.wiring.maps[&BANK];
    assert_eq!(
        (map.channels[&c(11)].lock, &map.unproven),
        (5, &waiting),
        "it opened nothing, and there is no other"
    );
    assert_eq!((bench.w.service(c(11)), bench.w.service(c(12))), (Service::Out, Service::Out));
}

#[test]
fn a_door_that_comes_is_out_of_service_though_none_goes() {
    let mut w = Bench::new(Wires::right()).w;
    let mut drawn = drawing(&w);
    drawn.push(new_door("20"));
    let command = change(&w, drawn);
    w.ok(STAFF, command);
    assert_eq!(w.service(c(11)), Service::Out);
    assert_eq!(w.site.wiring.maps[&BANK].unproven, BTreeSet::from([c(11)]));
}

#[test]
fn a_door_behind_which_a_sensor_sees_something_stays() {
    let mut bank = bank_one();
    bank.iter_mut().for_each(|spec| spec.occupancy_sensor = true);
    let mut w = World::build(policy::Policy::default(), bank);
    w.ok(STAFF, Command::StaffOpen { compartment: c(5), reason: StaffReason::Inspect });
    w.opens(c(5));
    w.see(Observation::OccupancySeen { compartment: c(5), occupied: true });
    assert_eq!(needed(&mut w, &[5]), [(5, StillNeededFor::Check)], "nobody knows what it is");
}

#[test]
fn a_file_that_names_the_new_door_gives_it_its_lock() {
    let mut w = Bench::new(Wires::right()).w;
    let mut drawn = without(&w, &[5]);
    drawn.extend([new_door("20"), {
        let spec = CompartmentSpec { column: 41, ..new_door("21").spec };
        DrawnCompartment { compartment: None, spec }
    }]);
    let command = change(&w, drawn);
    w.ok(STAFF, command);
    let channel = |n: u8| Channel { board: 1, lock: n, contact: n, reversed: false };
    let door = |n: u8| if n == 5 { c(11) } else { c(n.into()) };
    let channels = (1..=DOORS).map(|n| (door(n), channel(n))).collect();
    w.ok(Actor::Console, Command::Wiring { bank: BANK, step: WiringStep::Declare { channels } });
    let map = &w.site.wiring.maps[&BANK];
    assert!(map.may_pulse(c(11), false) && map.unproven == BTreeSet::from([c(12)]));
    assert_eq!((w.service(c(11)), w.service(c(12))), (Service::In, Service::Out));
}

#[test]
fn a_bank_that_is_being_tested_is_not_drawn_anew() {
    let mut bench = Bench::new(Wires::right());
    bench.step(WiringStep::Begin { told: false, anew: false }).unwrap();
    let command = change(&bench.w, without(&bench.w, &[8]));
    bench.w.refuses(vec![("while somebody stands before it", command.clone(), "being-tested")]);
    bench.step(WiringStep::Stop).unwrap();
    bench.w.ok(STAFF, command);
}

/// What somebody does next.
#[derive(Debug, Clone)]
enum Act {
    Deliver(&'static str),
    Collect(&'static str),
    Redraw { gone: BTreeSet<u32>, came: u8, renumber: Option<u32> },
    Wait(i64),
}

/// A courier brings one small parcel and puts it behind a door, if there is one for it.
fn deliver(w: &mut World, unit: &str) {
    let visit = w.courier();
    w.parcel(visit, unit, Size::S);
    if let Some(door) = w.door_of(visit) {
        w.opens(door);
        w.shuts(door);
    }
    w.finish(visit);
}

fn act() -> impl Strategy<Value = Act> {
    let unit = prop_oneof![Just("101"), Just("102"), Just("104")];
    let who = prop_oneof![Just("ana"), Just("cleo"), Just("fay")];
    let redraw = (prop::collection::btree_set(1..16_u32, 0..4), 0..3_u8, prop::option::of(1..16_u32));
    prop_oneof![
        3 => unit.prop_map(Act::Deliver),
        2 => who.prop_map(Act::Collect),
        4 => redraw.prop_map(|(gone, came, renumber)| Act::Redraw { gone, came, renumber }),
        1 => (1..20_i64).prop_map(Act::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is drawn between deliveries and collections: no parcel loses its door, no number is ever another's, and a
    /// drawing that was refused changed nothing. The world checks the promises after each step.
    #[test]
    fn no_drawing_loses_a_parcel_or_gives_a_number_to_another(acts in prop::collection::vec(act(), 1..24)) {
        let mut w = World::new();
        let mut bearers: BTreeMap<String, CompartmentId> = BTreeMap::new();
        let mut fresh = 100;
        for act in acts {
            let before = w.site.clone();
            match act {
                Act::Deliver(unit) => deliver(&mut w, unit),
                Act::Collect(who) => {
                    if w.inbox.contains_key(&person(who)) && let Ok(visit) = w.scans(K1, who) {
                        w.takes_all(visit);
                    }
                }
                Act::Redraw { gone, came, renumber } => {
                    let gone: Vec<u32> = gone.into_iter().collect();
                    let mut drawn = without(&w, &gone);
                    for _ in 0..came {
                        fresh += 1;
                        let spec = CompartmentSpec { column: fresh, ..new_door(&fresh.to_string()).spec };
                        drawn.push(DrawnCompartment { compartment: None, spec });
                    }
                    let renumbered = drawn.iter_mut().find(|one| one.compartment == renumber.map(c));
                    if let Some(one) = renumbered.filter(|_| renumber.is_some()) {
                        fresh += 1;
                        one.spec.label = fresh.to_string();
                    }
                    let command = change(&w, drawn);
                    if w.ask(STAFF, command).is_err() {
                        prop_assert!(w.site == before);
                    }
                    for (id, c) in before.compartments.all.iter().filter(|(_, c)| !c.parcels.is_empty()) {
                        let after = w.site.compartments.get(*id).expect("it keeps its door");
                        prop_assert_eq!(&after.spec.label, &c.spec.label);
                        prop_assert_eq!(&after.parcels, &c.parcels);
                    }
                }
                Act::Wait(minutes) => w.minutes(minutes),
            }
            for (id, c) in &w.site.compartments.all {
                let bearer = *bearers.entry(c.spec.label.clone()).or_insert(*id);
                prop_assert_eq!(bearer, *id, "the number {} was another's", c.spec.label);
            }
            // Doors that came are read shut.
            for id in w.site.compartments.all.keys().copied().collect::<Vec<_>>() {
                w.see(Observation::DoorSeen { compartment: id, open: false });
            }
        }
    }
}
