//! Modbus boards that are asked what runs on them: `LB-55` to `LB-59`.

use vestibule_devices::{PulseResult, Report};
use vestibule_simulators::lock_boards::{BoardOptions, Identity};

use crate::kind::{Kind, MODBUS_RTU};
use crate::lb_openings::{door, outcome};
use crate::world::{World, point, wiring};

/// Boards whose profile says that they may be asked.
const MAY_TELL: Kind = Kind { profile: "generic-modbus-8", ..MODBUS_RTU };

fn world(identity: Identity) -> World {
    let board = BoardOptions { identity, ..MAY_TELL.lifelike(1) };
    World::of(MAY_TELL, &wiring(&[(1, MAY_TELL.profile, MAY_TELL.channels)]), &[board])
}

/// How often it was asked.
fn asked(world: &World) -> usize {
    world.sent.iter().filter(|(_, bytes)| bytes[1] == 0x2B).count()
}

fn firmware(world: &World) -> Option<String> {
    world.health.boards[&1].look().firmware.map(|firmware| firmware.to_string())
}

#[test]
fn lb_55_a_board_that_says_what_runs_on_it_is_asked_once_and_again_when_its_line_is_back() {
    let mut world = world(Identity::Tells("V2.11"));
    world.run_for(10_000);
    assert_eq!((firmware(&world).as_deref(), asked(&world)), (Some("V2.11"), 1));
    world.unplug();
    world.run_for(1_000);
    world.plug_in();
    world.run_for(10_000);
    assert_eq!((firmware(&world).as_deref(), asked(&world)), (Some("V2.11"), 2));
    let opening = world.pulse(point(1, 5));
    world.run_to(3_000, &outcome(opening, PulseResult::Opened));
}

#[test]
fn lb_56_a_board_that_does_not_say_it_has_no_fault_and_is_opened_as_ever() {
    for identity in [Identity::Refuses, Identity::Ignores] {
        let mut world = world(identity);
        world.run_for(10_000);
        assert_eq!((firmware(&world), asked(&world)), (None, 1), "{identity:?}");
        let sight = world.health.boards[&1].look();
        assert_eq!((sight.failed, sight.fault, sight.away), (0, None, None), "{identity:?}");
        assert_eq!(world.count(|report| matches!(report, Report::BoardSilent { .. })), 0, "{identity:?}");
        let opening = world.pulse(point(1, 5));
        world.run_to(3_000, &outcome(opening, PulseResult::Opened));
        world.run_for(1_000);
        world.push_shut(1, 5);
        world.run_to(3_000, &door(1, 5, false));
    }
}

#[test]
fn lb_57_nobody_is_asked_while_a_door_is_open_or_an_opening_waits() {
    let mut world = world(Identity::Tells("V2.11"));
    world.pull_open(1, 3);
    world.run_for(10_000);
    assert_eq!(asked(&world), 0, "a door stands open");
    world.push_shut(1, 3);
    world.run_to(3_000, &door(1, 3, false));
    let start = world.now;
    world.pulse(point(1, 5));
    world.run_for(500);
    let waits = world.unlocks_sent()[0] - start;
    assert!(waits < 80, "{waits} ms: an answer at most is waited for");
}

#[test]
fn lb_58_a_board_whose_profile_does_not_say_so_is_never_asked() {
    let mut world = World::new(MODBUS_RTU, &[1, 2]);
    world.run_for(10_000);
    assert_eq!(asked(&world), 0);
}

#[test]
fn lb_59_a_board_that_was_silent_is_asked_again() {
    let mut world = world(Identity::Tells("V2.11"));
    world.run_for(10_000);
    world.boards.board_faults(1).silent = true;
    world.run_to(30_000, &Report::BoardSilent { board: 1 });
    world.boards.board_faults(1).silent = false;
    world.run_to(30_000, &Report::BoardBack { board: 1 });
    world.run_for(10_000);
    assert_eq!((firmware(&world).as_deref(), asked(&world)), (Some("V2.11"), 2));
}
