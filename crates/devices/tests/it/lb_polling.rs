//! When doors are looked at, and how soon a change is seen.

use std::collections::BTreeSet;

use vestibule_devices::Report;

use crate::kind::{LOCK8A, WKLY, every_kind};
use crate::lb_openings::door;
use crate::world::{World, point};

/// The promise of the design.
const SEEN_WITHIN_MS: u64 = 600;

every_kind! {
    fn lb_22_each_door_is_told_once_at_the_start_and_then_only_when_it_moves(kind) {
        let mut world = World::new(kind, &[1, 2]);
        world.run_for(1_000);
        let doors = 2 * usize::from(kind.channels);
        assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { open: false, .. })), doors);
        let told = world.reports.len();
        world.run_for(60_000);
        assert_eq!(world.reports.len(), told);
        world.pull_open(2, 7);
        world.run_to(2_500, &door(2, 7, true));
        assert_eq!(world.reports.len(), told + 1);
    }
}

every_kind! {
    fn lb_23_a_closing_door_is_seen_in_time_on_a_line_of_eight_boards(kind) {
        for dead in [None, Some(5)] {
            for phase in (0..2_000).step_by(if kind.channels == LOCK8A.channels { 37 } else { 211 }) {
                let mut world = World::started(kind, &[1, 2, 3, 4, 5, 6, 7, 8]);
                if let Some(dead) = dead {
                    world.boards.board_faults(dead).silent = true;
                }
                world.pull_open(3, 3);
                world.run_to(3_500, &door(3, 3, true));
                world.run_for(phase);
                world.push_shut(3, 3);
                let took = world.run_to(3_000, &door(3, 3, false));
                assert!(took <= SEEN_WITHIN_MS, "{took} ms at phase {phase}, dead board {dead:?}");
            }
        }
    }
}

every_kind! {
    fn lb_24_also_with_a_door_open_on_every_board(kind) {
        for phase in (0..1_000).step_by(if kind.channels == LOCK8A.channels { 53 } else { 211 }) {
            let mut world = World::started(kind, &[1, 2, 3, 4, 5, 6, 7, 8]);
            (1..=8).for_each(|board| world.pull_open(board, 1));
            world.run_for(3_000 + phase);
            world.push_shut(6, 1);
            let took = world.run_to(3_000, &door(6, 1, false));
            // A state of 24 doors is 34 bytes in this family: eight boards alone take half a second.
            let within = if kind.firmware == WKLY.firmware { 750 } else { SEEN_WITHIN_MS };
            assert!(took <= within, "{took} ms at phase {phase}");
        }
    }
}

#[test]
fn lb_29_also_on_a_line_too_slow_for_all_its_boards_and_none_is_forgotten() {
    let addresses: Vec<u8> = (1..=31).collect();
    let mut world = World::started(LOCK8A, &addresses);
    addresses.iter().for_each(|board| world.boards.board_faults(*board).slow_ms = 40);
    for phase in (0..1_500).step_by(93) {
        world.pull_open(9, 1);
        world.run_to(10_000, &door(9, 1, true));
        world.run_for(5_000 + phase);
        world.sent.clear();
        world.push_shut(9, 1);
        let took = world.run_to(3_000, &door(9, 1, false));
        assert!(took <= SEEN_WITHIN_MS, "{took} ms at phase {phase}");
    }
    (1..=20).for_each(|board| world.pull_open(board, 1));
    world.run_for(10_000);
    world.sent.clear();
    world.run_for(6_000);
    let asked: BTreeSet<u8> = world.sent.iter().map(|(_, bytes)| bytes[1]).collect();
    assert_eq!(asked.len(), 31);
}

every_kind! {
    fn lb_25_an_expected_door_is_looked_at_often_before_it_moves(kind) {
        let mut world = World::started(kind, &[1, 2, 3, 4, 5, 6, 7, 8]);
        world.expect(point(4, 4));
        world.run_for(1_000);
        world.pull_open(4, 4);
        let took = world.run_to(3_000, &door(4, 4, true));
        assert!(took <= SEEN_WITHIN_MS, "{took} ms");
    }
}

#[test]
fn lb_26_an_unasked_frame_makes_the_bus_look_at_once_and_is_not_believed() {
    for kind in [LOCK8A, WKLY] {
        assert!(kind.can_tell_unasked);
        let mut world = World::started(kind, &[1]);
        world.boards.board_faults(1).unsolicited = true;
        world.pull_open(1, 9);
        let took = world.run_to(2_000, &door(1, 9, true));
        assert!(took < if kind.firmware == LOCK8A.firmware { 60 } else { 90 }, "{took} ms, {kind:?}");
        world.reports.clear();
        world.run_for(100);
        let asked = world.sent.len();
        world.noise(&kind.said_unasked(1)); // says lock 1 opened, which is not so
        world.run_for(80);
        assert_eq!(world.sent.len(), asked + 1, "looked");
        assert_eq!(world.seen(), [], "not believed");
    }
}

every_kind! {
    fn lb_27_idle_boards_are_looked_at_every_two_seconds_in_turn(kind) {
        let mut world = World::started(kind, &[1, 2, 3]);
        world.sent.clear();
        world.run_for(20_000);
        for board in 1..=3 {
            let times: Vec<u64> =
                world.sent.iter().filter(|(_, bytes)| kind.address_in(bytes) == board).map(|(at, _)| *at).collect();
            assert!((9..=11).contains(&times.len()), "board {board}: {times:?}");
        }
    }
}

every_kind! {
    fn lb_28_a_door_opened_by_force_is_told(kind) {
        let mut world = World::started(kind, &[1]);
        world.pull_open(1, 1);
        world.run_for(2_500);
        assert_eq!(world.seen(), [Report::DoorSeen { point: point(1, 1), open: true }]);
    }
}
