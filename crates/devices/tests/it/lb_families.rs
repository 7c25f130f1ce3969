//! What only some families do, and what goes wrong with any of them: each ends in an error of the closed list.

use vestibule_devices::{DeviceError, PulseResult, Report};
use vestibule_simulators::lock_boards::{BoardOptions, LineFault};

use crate::kind::{KERONG_CU, LOCK8A, MODBUS_RTU, MODBUS_TCP, WINNSEN, every_kind};
use crate::lb_openings::{door, not_sent, outcome};
use crate::world::{World, point, wiring};

const SILENT: Report = Report::BoardSilent { board: 1 };
const BACK: Report = Report::BoardBack { board: 1 };

every_kind! {
    fn lb_40_a_board_that_answers_for_another_is_not_believed_and_not_pulsed(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.board_faults(1).answers_as = Some(2);
        world.pull_open(1, 1);
        world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
        let opening = world.pulse(point(1, 2));
        world.run_to(600 + kind.rests_ms, &not_sent(opening, DeviceError::Garbled));
        assert_eq!(world.boards.coil_pulses(), []);
        assert_eq!(world.doors_told(), 0);
        world.boards.board_faults(1).answers_as = None;
        world.run_to(13_000, &door(1, 1, true));
    }

    fn lb_41_a_board_that_starts_anew_in_the_middle_of_a_pulse_is_not_pulsed_again(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.board_faults(1).reboots_at_pulse = true;
        let opening = world.pulse(point(1, 3));
        world.run_to(4_000, &outcome(opening, PulseResult::Opened));
        world.run_for(20_000);
        assert_eq!(world.boards.coil_pulses().len(), 1);
        assert_eq!(world.count(|report| *report == SILENT), world.count(|report| *report == BACK));
        assert_eq!(world.unlocks_sent().len(), 1);
    }

    fn lb_42_a_bouncing_contact_is_told_once(kind) {
        for phase in 0..12 {
            let mut world = World::started(kind, &[1]);
            world.boards.door_faults(1, 4).bounces_ms = 20;
            world.run_for(phase * 17);
            let opening = world.pulse(point(1, 4));
            world.run_to(3_000, &outcome(opening, PulseResult::Opened));
            world.run_for(1_000);
            assert_eq!(world.doors_told(), 1, "{:?}", world.seen());
            world.push_shut(1, 4);
            world.run_to(600, &door(1, 4, false));
            world.run_for(1_000);
            assert_eq!(world.doors_told(), 2, "{:?}", world.seen());
        }
    }

    fn lb_43_swapped_wires_and_a_wrong_speed_are_silence(kind) {
        for fault in [LineFault::SwappedWires, LineFault::WrongBaud] {
            let mut world = World::new(kind, &[1]);
            world.boards.set_line_fault(fault);
            world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
            let opening = world.pulse(point(1, 1));
            world.run_to(600 + kind.rests_ms, &not_sent(opening, DeviceError::Timeout));
            assert_eq!((world.boards.coil_pulses(), world.doors_told()), (&[][..], 0));
            world.boards.set_line_fault(LineFault::None);
            world.run_to(11_000, &BACK);
            world.run_for(1_000);
            assert!(world.seen().contains(&door(1, kind.channels, false)));
        }
    }
}

#[test]
fn lb_44_occupancy_is_an_axis_of_its_own() {
    let mut world = World::new(KERONG_CU, &[1]);
    world.boards.set_occupied(1, 3, true);
    world.run_for(1_500);
    let seen = |lock, occupied| Report::OccupancySeen { point: point(1, lock), occupied };
    assert_eq!(world.count(|report| matches!(report, Report::OccupancySeen { .. })), 16);
    assert!(world.seen().contains(&seen(3, true)) && world.seen().contains(&seen(4, false)));
    world.reports.clear();
    world.boards.set_occupied(1, 3, false);
    world.boards.set_occupied(1, 4, true);
    world.run_for(2_500);
    assert_eq!(world.seen(), [seen(3, false), seen(4, true)], "and no door moved");
    let mut world = World::started(LOCK8A, &[1]);
    world.boards.set_occupied(1, 1, true);
    world.run_for(5_000);
    assert_eq!(world.seen(), [], "a family without sensors tells nothing of them");
}

#[test]
fn lb_45_relay_boards_begin_with_all_outputs_off_and_no_input_in_command() {
    for kind in [MODBUS_RTU, MODBUS_TCP] {
        let mut world = World::new(kind, &[1, 2]);
        // Somebody left a coil on, and a channel set to follow its input.
        world.boards.set_mode(2, 7, 2);
        let left_on: &[u8] = match kind.firmware {
            f if f == MODBUS_RTU.firmware => &[0x01, 0x05, 0x00, 0x00, 0xFF, 0x00, 0x8C, 0x3A],
            _ => &[0, 9, 0, 0, 0, 6, 1, 5, 0, 0, 0xFF, 0],
        };
        world.boards.receive(left_on, 0);
        assert_eq!(world.boards.door(1, 1).unwrap().coil_until, u64::MAX);
        while world.boards.next_output(0).is_some() {}
        world.run_for(1_500);
        assert!(world.boards.door(1, 1).unwrap().coil_until < 200, "off within the first moments");
        assert_eq!(world.boards.mode(2, 7), Some(0));
        let opening = world.pulse(point(2, 7));
        world.run_to(1_000, &outcome(opening, PulseResult::Opened));
        assert_eq!(world.boards.coil_pulses().last().unwrap().pulse_ms, 500, "the board ends it");
    }
}

#[test]
fn lb_46_nobody_waits_for_an_answer_to_unlock_that_never_comes() {
    let mut world = World::started(KERONG_CU, &[1, 2]);
    let start = world.now;
    let opening = world.pulse(point(1, 1));
    world.run_to(600, &outcome(opening, PulseResult::Opened));
    let next = world.sent.iter().find(|(at, bytes)| *at >= start && KERONG_CU.is_look(bytes)).unwrap().0;
    assert!(next - start <= 110, "{} ms", next - start);
    assert_eq!(world.count(|report| matches!(report, Report::BoardSilent { .. })), 0);
}

#[test]
fn lb_47_where_frames_have_no_check_a_state_is_read_twice() {
    for kind in [WINNSEN, MODBUS_TCP] {
        let mut world = World::started(kind, &[1]);
        world.sent.clear();
        while world.sent.is_empty() {
            world.run_for(1);
        }
        // The answer to this look comes damaged: it says that every door is open.
        let forged = kind.said_with_all_open(&world.sent[0].1);
        world.boards.board_faults(1).silent = true;
        world.run_for(10);
        world.noise(&forged);
        world.run_for(11);
        world.boards.board_faults(1).silent = false;
        world.run_for(5_000);
        assert_eq!(world.doors_told(), 0, "{kind:?}: {:?}", world.seen());
        world.pull_open(1, 2);
        world.run_to(2_500, &door(1, 2, true));
    }
}

#[test]
fn lb_48_a_board_that_will_not_tell_its_doors_is_not_pulsed() {
    for kind in [MODBUS_RTU, MODBUS_TCP] {
        // Four inputs where the profile has eight: "illegal address".
        let drawing = wiring(&[(1, kind.profile, 8)]);
        let mut world = World::of(kind, &drawing, &[BoardOptions::lifelike(1, 4)]);
        world.run_to(9_000, &SILENT);
        let opening = world.pulse(point(1, 1));
        assert_eq!(world.seen().last(), Some(&not_sent(opening, DeviceError::Vendor { code: 2 })));
        assert_eq!(world.boards.coil_pulses(), []);
    }
}

#[test]
fn lb_49_a_pulse_waits_for_a_board_that_must_be_left_alone_and_no_other_pulse_waits_for_it() {
    for kind in [KERONG_CU, WINNSEN] {
        let mut world = World::started(kind, &[1, 2]);
        world.boards.board_faults(1).garbled = true;
        world.expect(point(1, 1));
        world.run_for(600);
        world.boards.board_faults(1).garbled = false;
        let (first, second) = (world.pulse(point(1, 1)), world.pulse(point(2, 1)));
        let took = world.run_to(1_000, &outcome(second, PulseResult::Opened));
        assert!(took < 600, "{took} ms");
        world.run_to(2_500, &outcome(first, PulseResult::Opened));
        let hurried = world.pulse_within(point(1, 2), 10_000);
        world.run_to(2_500, &outcome(hurried, PulseResult::Opened));
    }
}
