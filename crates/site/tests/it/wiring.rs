//! A bank that was wired wrong, tested over the real driver against simulated boards: by the page's own routes and by the rules.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::wall::{BOARD, DOORS, STAFF, Wall, c, lock};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::place::compartment::Closure;
use vestibule_core::place::wiring::{Channel, WhatOpened};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{StaffReason, WiringStep};
use vestibule_core::*;

const BANK: BankId = BankId(1);

fn wiring(step: WiringStep) -> Command {
    Command::Wiring { bank: BANK, step }
}

fn doors() -> impl Iterator<Item = CompartmentId> {
    (1..=DOORS.len()).map(|n| c(u32::try_from(n).unwrap()))
}

fn declared() -> Command {
    let channel = |door: CompartmentId| {
        let lock = lock(door);
        (door, Channel { board: BOARD, lock, contact: lock, reversed: false })
    };
    wiring(WiringStep::Declare { channels: doors().map(channel).collect() })
}

/// What the pulse moved is known: the door its coil opens stands open, its contact was read, nothing is on its way.
async fn settled(wall: &Wall, pulsed: CompartmentId) {
    let coil = wall.ground.line.with(|boards, _| boards.cable(BOARD, lock(pulsed)).coil);
    if let Some(door) = coil {
        wall.until_line(&format!("the door of lock {pulsed} springs open"), |boards| {
            boards.door(BOARD, door).unwrap().ajar
        })
        .await;
    }
    wall.until("what the pulse moved is known", move |site, _| {
        let moved = !site.wiring.tests[&BANK].moved.is_empty() || coil.is_none();
        (moved && !site.pulse_is_out(BANK)).then_some(())
    })
    .await;
}

/// The doors that stand open on the wall itself.
fn ajar(wall: &Wall) -> BTreeSet<CompartmentId> {
    let open = |door: &CompartmentId| {
        wall.ground.line.with(|boards, _| boards.door(BOARD, lock(*door)).is_some_and(|door| door.ajar))
    };
    doors().filter(open).collect()
}

/// Pushes every door shut and waits until each contact reads as it did before.
async fn shut_all(wall: &Wall, before: BTreeMap<CompartmentId, bool>) {
    for door in ajar(wall) {
        assert!(wall.ground.line.push_shut(BOARD, lock(door)), "the coil holds the latch");
    }
    let same = move |site: &Site, _| (read_open(site) == before).then_some(());
    wall.until("every contact reads as before", same).await;
}

fn read_open(site: &Site) -> BTreeMap<CompartmentId, bool> {
    site.compartments.all.iter().map(|(id, compartment)| (*id, compartment.is_open())).collect()
}

/// Every lock once, as somebody before the wall does it.
async fn test_all(wall: &Wall) {
    wall.ok(STAFF, wiring(WiringStep::Begin { told: true, anew: true })).await;
    for compartment in doors() {
        let before = wall.read(read_open).await;
        wall.ok(STAFF, wiring(WiringStep::Try { compartment, told: true })).await;
        settled(wall, compartment).await;
        let opened: Vec<_> = ajar(wall).into_iter().collect();
        let opened = match opened[..] {
            [] => WhatOpened::Nothing,
            [door] => WhatOpened::Door(door),
            [..] => WhatOpened::Several,
        };
        wall.ok(STAFF, wiring(WiringStep::Say { opened })).await;
        shut_all(wall, before).await;
    }
    wall.ok(STAFF, wiring(WiringStep::Keep)).await;
    wall.until("every door is read by the new map", |site, _| {
        let map = &site.wiring.maps[&BANK];
        let shut = |id| site.compartments.get(id).is_some_and(|c| c.closure == Closure::Closed);
        doors().all(|id| map.unproven.contains(&id) || shut(id)).then_some(())
    })
    .await;
}

/// Opens each compartment as on any day; those that may be opened open themselves and are seen to.
async fn every_opening_opens_its_own(wall: &Wall) -> BTreeSet<CompartmentId> {
    let mut opened = BTreeSet::new();
    for compartment in doors() {
        let open = Command::StaffOpen { compartment, reason: StaffReason::Inspect };
        match wall.ask(STAFF, open).await {
            Err(Refusal::NotInService) => continue,
            Err(refusal) => panic!("{compartment}: {refusal:?}"),
            Ok(_) => wall.open(compartment).await,
        }
        assert_eq!(ajar(wall), BTreeSet::from([compartment]));
        wall.shut(compartment).await;
        opened.insert(compartment);
    }
    opened
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn swapped_cables_and_a_turned_contact_are_put_right_while_the_site_runs() {
    let wall = Wall::with_wiring(|ground| {
        ground.line.with(|boards, _| {
            boards.swap_cables(BOARD, 1, 2);
            // Two coil wires alone: their contacts are where they belong.
            (boards.cable(BOARD, 4).coil, boards.cable(BOARD, 5).coil) = (Some(5), Some(4));
            boards.door_faults(BOARD, 6).wrong_polarity = true;
        });
    })
    .await;
    wall.ok(Actor::Console, declared()).await;
    let first = wall.read(|site| site.wiring.hash(BANK)).await;
    let open = Command::StaffOpen { compartment: c(1), reason: StaffReason::Inspect };
    wall.ok(STAFF, open).await;
    wall.until_line("the wrong door springs open", |boards| boards.door(BOARD, 2).unwrap().ajar).await;
    wall.open(c(1)).await;
    assert!(wall.ground.line.push_shut(BOARD, 2));
    wall.closed(c(1)).await;
    test_all(&wall).await;
    let map = wall.read(|site| site.wiring.maps[&BANK].clone()).await;
    assert_eq!(map.changed, BTreeSet::from([c(1), c(2), c(4), c(5), c(6)]));
    assert!(map.unproven.is_empty() && Some(map.hash) != first);
    assert_eq!(every_opening_opens_its_own(&wall).await.len(), DOORS.len());
    let hash = map.hash.to_string();
    let named = wall
        .site
        .query(move |tables| {
            let query = "SELECT count(*) FROM event WHERE kind = 'opening-authorised'
                AND json_extract(CAST(payload AS TEXT), '$.wiring') = ?1";
            tables.query_row(query, [hash], |row| row.get::<_, u32>(0))
        })
        .await
        .unwrap();
    assert_eq!(named as usize, DOORS.len(), "each opening since names the map it was pulsed by");
    // The next start goes by the map that was found, whatever the file said.
    let wall = wall.restart(|_| {}).await;
    wall.ok(Actor::Console, declared()).await;
    assert_eq!(wall.read(|site| site.wiring.hash(BANK)).await, Some(map.hash));
    assert_eq!(every_opening_opens_its_own(&wall).await.len(), DOORS.len());
    assert!(!wall.read(|site| doors().any(|door| has_forced(site, door))).await);
    wall.end().await;
}

fn has_forced(site: &Site, compartment: CompartmentId) -> bool {
    site.tasks.find(&TaskKind::Forced { compartment }).is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_map_puts_right_is_out_of_service_and_the_rest_works() {
    let wall = Wall::with_wiring(|ground| {
        ground.line.with(|boards, _| {
            boards.cable(BOARD, 2).coil = Some(1);
            boards.cable(BOARD, 6).coil = None;
        });
    })
    .await;
    wall.ok(Actor::Console, declared()).await;
    test_all(&wall).await;
    let unproven = wall.read(|site| site.wiring.maps[&BANK].unproven.clone()).await;
    assert_eq!(
        unproven,
        BTreeSet::from([c(1), c(2), c(6)]),
        "one door on two locks, one lock without a coil"
    );
    assert_eq!(every_opening_opens_its_own(&wall).await, BTreeSet::from([c(3), c(4), c(5)]));
    wall.end().await;
}
