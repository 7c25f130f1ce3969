//! What holds whatever people and faults do, over many random histories.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use vestibule_devices::Report;

use crate::kind::{KERONG_CU, LOCK8A, MODBUS_RTU, MODBUS_TCP, WINNSEN, WKLY};
use crate::world::{World, point};

#[derive(Debug, Clone)]
enum Act {
    Wait(u64),
    Pulse { board: u8, lock: u8, within: u64 },
    PushShut { board: u8, lock: u8 },
    PullOpen { board: u8, lock: u8 },
    Silent { board: u8, silent: bool },
    Garbled { board: u8, garbled: bool },
    Slow { board: u8, ms: u64 },
    Unsolicited { board: u8, on: bool },
    Prefix { board: u8, on: bool },
    Jam { board: u8, lock: u8, on: bool },
    Unplug,
    PlugIn,
    Noise(Vec<u8>),
}

fn act() -> impl Strategy<Value = Act> {
    let (board, lock) = (1u8..=3, 1u8..=3);
    prop_oneof![
        6 => (0u64..900).prop_map(Act::Wait),
        5 => (board.clone(), lock.clone(), 0u64..3_000).prop_map(|(board, lock, within)| Act::Pulse { board, lock, within }),
        3 => (board.clone(), lock.clone()).prop_map(|(board, lock)| Act::PushShut { board, lock }),
        2 => (board.clone(), lock.clone()).prop_map(|(board, lock)| Act::PullOpen { board, lock }),
        1 => (board.clone(), any::<bool>()).prop_map(|(board, silent)| Act::Silent { board, silent }),
        1 => (board.clone(), any::<bool>()).prop_map(|(board, garbled)| Act::Garbled { board, garbled }),
        1 => (board.clone(), 0u64..600).prop_map(|(board, ms)| Act::Slow { board, ms }),
        1 => (board.clone(), any::<bool>()).prop_map(|(board, on)| Act::Unsolicited { board, on }),
        1 => (board.clone(), any::<bool>()).prop_map(|(board, on)| Act::Prefix { board, on }),
        1 => (board, lock, any::<bool>()).prop_map(|(board, lock, on)| Act::Jam { board, lock, on }),
        1 => Just(Act::Unplug),
        2 => Just(Act::PlugIn),
        1 => prop::collection::vec(prop_oneof![any::<u8>(), Just(0x80), Just(0x8A), Just(0x01), Just(0x02), Just(0x35), Just(0x90), Just(0x57)], 1..20).prop_map(Act::Noise),
    ]
}

fn play(world: &mut World, act: Act) {
    match act {
        Act::Wait(ms) => world.run_for(ms),
        Act::Pulse { board, lock, within } => drop(world.pulse_within(point(board, lock), within)),
        Act::PushShut { board, lock } => drop(world.boards.push_shut(board, lock, world.now)),
        Act::PullOpen { board, lock } => world.pull_open(board, lock),
        Act::Silent { board, silent } => world.boards.board_faults(board).silent = silent,
        Act::Garbled { board, garbled } => world.boards.board_faults(board).garbled = garbled,
        Act::Slow { board, ms } => world.boards.board_faults(board).slow_ms = ms,
        Act::Unsolicited { board, on } => world.boards.board_faults(board).unsolicited = on,
        Act::Prefix { board, on } => world.boards.board_faults(board).garbage_prefix = on,
        Act::Jam { board, lock, on } => world.boards.door_faults(board, lock).jammed = on,
        Act::Unplug => world.unplug(),
        Act::PlugIn => world.plug_in(),
        Act::Noise(bytes) => world.noise(&bytes),
    }
}

/// Faults end; everything comes to rest.
fn recover(world: &mut World) {
    world.plug_in();
    for board in 1..=3 {
        *world.boards.board_faults(board) = Default::default();
        (1..=3).for_each(|lock| *world.boards.door_faults(board, lock) = Default::default());
    }
    world.run_for(25_000);
}

fn check(world: &World, pulses_asked: u64) {
    let mut sent = BTreeSet::new();
    let mut not_sent = BTreeSet::new();
    let mut outcomes = BTreeSet::new();
    let mut doors: BTreeMap<u32, bool> = BTreeMap::new();
    for (at, report) in &world.reports {
        match report {
            Report::PulseSent { opening, .. } => assert!(sent.insert(*opening), "{opening} sent twice"),
            Report::PulseNotSent { opening, .. } => {
                assert!(not_sent.insert(*opening), "{opening} told twice")
            }
            Report::PulseOutcome { opening, .. } => {
                assert!(outcomes.insert(*opening), "{opening} decided twice")
            }
            Report::DoorSeen { point, open } => {
                assert_ne!(doors.insert(*point, *open), Some(*open), "{point} repeated at {at}");
            }
            Report::BusBack => doors.clear(),
            Report::OccupancySeen { .. } => {}
            Report::BusLost | Report::BoardSilent { .. } | Report::BoardBack { .. } => {}
        }
    }
    assert!(sent.is_disjoint(&not_sent));
    assert_eq!((sent.len() + not_sent.len()) as u64, pulses_asked, "every intent is answered for");
    assert_eq!(outcomes, sent, "every pulse sent has an outcome, and no other");
    assert_eq!(world.unlocks_sent().len(), sent.len());
    assert!(world.boards.coil_pulses().len() <= sent.len());
    for pair in world.boards.coil_pulses().windows(2) {
        assert!(pair[1].at >= pair[0].at + pair[0].pulse_ms, "two coils on: {pair:?}");
    }
    for board in 1..=3 {
        for lock in 1..=3 {
            let truth = world.boards.door(board, lock).unwrap().ajar;
            assert_eq!(doors.get(&point(board, lock)), Some(&truth), "door {lock} of board {board}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_history_keeps_the_promises(kind in 0usize..7, acts in prop::collection::vec(act(), 1..60)) {
        let kind = [LOCK8A, LOCK8A, KERONG_CU, WKLY, WINNSEN, MODBUS_RTU, MODBUS_TCP][kind];
        let mut world = World::new(kind, &[1, 2, 3]);
        let pulses = acts.iter().filter(|act| matches!(act, Act::Pulse { .. })).count() as u64;
        for act in acts {
            play(&mut world, act);
        }
        recover(&mut world);
        check(&world, pulses);
    }
}
