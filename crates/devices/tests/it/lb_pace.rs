//! How well: eight boards of 24 channels at 9600 baud, one of them dead. In virtual time, with the wire's own pace.

use vestibule_devices::Report;

use crate::kind::LOCK8A;
use crate::lb_openings::door;
use crate::world::{World, point};

const BOARDS: [u8; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
const DEAD: u8 = 5;
/// A time-out, and what reopening the line and the gap after it take.
const ONE_TRANSACTION_MS: u64 = 250 + 10;

fn with_one_dead() -> World {
    let mut world = World::new(LOCK8A, &BOARDS);
    world.boards.board_faults(DEAD).silent = true;
    world.run_to(8_000, &Report::BoardSilent { board: DEAD });
    world.run_for(500);
    world
}

#[test]
fn lb_50_an_opening_waits_for_one_transaction_at_most() {
    let mut longest = 0;
    for phase in (0..10_500).step_by(41) {
        let mut world = with_one_dead();
        world.run_for(phase);
        let start = world.now;
        world.pulse(point(2, 20));
        world.run_for(400);
        let [sent] = world.unlocks_sent()[..] else { panic!("not sent at phase {phase}") };
        longest = longest.max(sent - start);
    }
    assert!(
        (200..=ONE_TRANSACTION_MS).contains(&longest),
        "{longest} ms: the dead board was never in the way"
    );
}

#[test]
fn lb_51_a_door_expected_to_move_is_seen_shut_within_600_ms() {
    for phase in (0..2_100).step_by(43) {
        let mut world = with_one_dead();
        let opening = world.pulse(point(7, 24));
        world.run_for(3_000 + phase);
        assert!(
            world
                .seen()
                .contains(&crate::lb_openings::outcome(opening, vestibule_devices::PulseResult::Opened))
        );
        world.push_shut(7, 24);
        let took = world.run_to(1_000, &door(7, 24, false));
        assert!(took <= 600, "{took} ms at phase {phase}");
    }
}

#[test]
fn lb_52_all_idle_boards_are_looked_at_within_three_seconds() {
    let mut world = with_one_dead();
    world.sent.clear();
    world.run_for(60_000);
    for board in BOARDS.into_iter().filter(|board| *board != DEAD) {
        let looks = world.sent.iter().filter(|(_, bytes)| LOCK8A.is_look(bytes) && bytes[1] == board);
        let times: Vec<u64> = looks.map(|(at, _)| *at).collect();
        let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(times.len() > 20 && longest <= 3_000, "board {board}: {longest} ms");
    }
}

#[test]
fn lb_53_a_forced_door_is_told_within_four_seconds() {
    for phase in (0..10_500).step_by(307) {
        let mut world = with_one_dead();
        world.run_for(phase);
        assert!(world.boards.pull_open(1, 13, world.now), "by force");
        let took = world.run_to(5_000, &door(1, 13, true));
        assert!(took <= 4_000, "{took} ms at phase {phase}");
    }
}
