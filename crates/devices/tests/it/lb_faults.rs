//! What goes wrong on a line, and what the bus then says and never does.

use vestibule_devices::{DeviceError, FeedbackPolarity, PulseResult, Report};
use vestibule_simulators::lock8a_board::BoardOptions;

use crate::lb_openings::{door, not_sent, outcome};
use crate::world::{World, point, wiring};

const SILENT: Report = Report::BoardSilent { board: 1 };
const BACK: Report = Report::BoardBack { board: 1 };

#[test]
fn lb_10_a_silent_board_is_told_after_three_questions_and_asked_every_ten_seconds() {
    let mut world = World::started(&[1]);
    world.boards.board_faults(1).silent = true;
    let asked_before = world.sent.len();
    let took = world.run_to(6_000, &SILENT);
    assert_eq!(world.sent.len() - asked_before, 3, "told after {took} ms");
    let asked_before = world.sent.len();
    world.run_for(30_000);
    assert!((2..=3).contains(&(world.sent.len() - asked_before)));
    let opening = world.pulse(point(1, 1));
    world.run_to(600, &not_sent(opening, DeviceError::Timeout));
    world.boards.board_faults(1).silent = false;
    world.run_to(11_000, &BACK);
    world.run_for(1_000);
    assert_eq!(world.boards.coil_pulses(), [], "nothing is sent later");
}

#[test]
fn lb_11_a_slow_board_is_waited_for_up_to_its_time_out() {
    let mut world = World::started(&[1]);
    world.boards.board_faults(1).slow_ms = 150;
    let opening = world.pulse(point(1, 1));
    world.run_to(2_000, &outcome(opening, PulseResult::Opened));
    assert_eq!(world.count(|report| *report == SILENT), 0);
}

#[test]
fn lb_12_answers_that_come_too_late_are_never_taken_for_the_next_ones() {
    // Whatever the delay: an answer is either in time or no answer; an old state is never reported as new.
    for slow_ms in (240..1_200).step_by(40) {
        let mut world = World::started(&[1]);
        world.boards.board_faults(1).slow_ms = slow_ms;
        world.expect(point(1, 1));
        world.run_to(6_000, &SILENT);
        world.pull_open(1, 1);
        world.run_for(15_000);
        assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 0, "{slow_ms} ms");
        world.boards.board_faults(1).slow_ms = 0;
        world.run_to(11_000, &door(1, 1, true));
    }
}

#[test]
fn lb_13_a_garbling_board_is_not_pulsed() {
    let mut world = World::started(&[1]);
    world.boards.board_faults(1).garbled = true;
    world.run_to(6_000, &SILENT);
    let opening = world.pulse(point(1, 1));
    world.run_to(600, &not_sent(opening, DeviceError::Garbled));
    assert_eq!(world.boards.coil_pulses(), []);
}

#[test]
fn lb_14_an_answer_to_unlock_proves_nothing_and_its_loss_neither() {
    let mut world = World::started(&[1]);
    let opening = world.pulse(point(1, 1));
    world.boards.board_faults(1).garbled = true;
    world.run_for(600);
    world.boards.board_faults(1).garbled = false;
    world.run_to(2_500, &outcome(opening, PulseResult::Opened));
    assert_eq!(world.boards.coil_pulses().len(), 1, "not repeated though its answer was lost");
    let stuck = world.pulse(point(1, 2));
    world.boards.door_faults(1, 2).stuck_sensor = Some(true);
    world.run_to(2_500, &outcome(stuck, PulseResult::StillClosed));
}

#[test]
fn lb_15_garbage_before_each_answer_is_no_hindrance() {
    let mut world = World::started(&[1]);
    world.boards.board_faults(1).garbage_prefix = true;
    let opening = world.pulse(point(1, 1));
    world.run_to(1_000, &outcome(opening, PulseResult::Opened));
    world.run_for(10_000);
    assert_eq!(world.count(|report| *report == SILENT), 0);
}

#[test]
fn lb_16_a_lock_wired_the_other_way_round_is_cured_by_its_polarity() {
    let options = [BoardOptions::lifelike(1, 24)];
    let mut drawing = wiring(&[(1, "shuoming-2024a1-24", 24)]);
    for (polarity, expected) in [
        (None, PulseResult::Opened), // it already reads open: the installer's test shows the mistake
        (Some(FeedbackPolarity::ShortWhenOpen), PulseResult::Opened),
    ] {
        drawing.boards[0].points[0].polarity = polarity;
        let mut world = World::with(&drawing, &options);
        world.boards.door_faults(1, 1).wrong_polarity = true;
        world.run_for(1_000);
        let is_wrong = polarity.is_none();
        assert!(world.seen().contains(&door(1, 1, is_wrong)), "a shut door reads open={is_wrong}");
        world.reports.clear();
        let opening = world.pulse(point(1, 1));
        world.run_to(3_000, &outcome(opening, expected));
        world.run_for(1_000);
        assert!(is_wrong || world.seen().contains(&door(1, 1, true)));
    }
}

#[test]
fn lb_17_a_stuck_contact_reads_closed_after_the_pulse() {
    let mut world = World::started(&[1]);
    world.boards.door_faults(1, 1).stuck_sensor = Some(true);
    let opening = world.pulse(point(1, 1));
    world.run_to(3_000, &outcome(opening, PulseResult::StillClosed));
    assert!(world.boards.door(1, 1).unwrap().ajar);
}

#[test]
fn lb_18_two_boards_on_one_address_are_found_and_not_pulsed() {
    let twins = [BoardOptions::lifelike(1, 24), BoardOptions::lifelike(1, 24)];
    let mut world = World::with(&wiring(&[(1, "shuoming-2024a1-24", 24)]), &twins);
    world.run_to(6_000, &SILENT);
    let opening = world.pulse(point(1, 1));
    world.run_to(600, &not_sent(opening, DeviceError::Garbled));
    assert_eq!(world.boards.coil_pulses(), []);
    assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 0);
}

#[test]
fn lb_19_unplugged_in_the_middle_of_an_opening() {
    let mut world = World::started(&[1]);
    let opening = world.pulse(point(1, 1));
    let waiting = world.pulse(point(1, 2));
    world.run_for(10);
    world.unplug();
    let during = world.pulse(point(1, 3));
    for refused in [waiting, during] {
        assert!(world.seen().contains(&not_sent(refused, DeviceError::Timeout)));
    }
    assert!(world.seen().contains(&Report::BusLost));
    world.run_to(3_000, &outcome(opening, PulseResult::Unknown));
    world.run_for(20_000);
    assert_eq!(world.count(|report| *report == Report::BusLost), 1, "told once");
    world.reports.clear();
    world.plug_in();
    world.run_for(1_500);
    assert_eq!(world.seen()[0], Report::BusBack);
    assert_eq!(
        world.count(|report| matches!(report, Report::DoorSeen { .. })),
        24,
        "every door is told anew"
    );
    assert_eq!(world.boards.coil_pulses().len(), 1, "nothing is pulsed later");
}

#[test]
fn lb_20_a_short_break_of_the_line_still_tells_the_outcome() {
    let mut world = World::started(&[1]);
    let opening = world.pulse(point(1, 1));
    world.run_for(50);
    world.unplug();
    world.run_for(200);
    world.plug_in();
    world.run_to(1_500, &outcome(opening, PulseResult::Opened));
}

#[test]
fn lb_21_noise_on_an_idle_line_opens_nothing_and_shows_nothing() {
    let mut world = World::started(&[1]);
    for _ in 0..400 {
        world.run_for(13);
        // While a question is under way, a frame that answers it is its answer, whoever sent it.
        if world.sent.last().is_some_and(|(at, _)| world.now - at > 60) {
            world.noise(&[0x8A, 0x01, 0x01, 0x00, 0x8A, 0x80, 0x01, 0x00, 0x00, 0x00, 0x33, 0xB2]);
        }
    }
    assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 0);
    assert_eq!(world.boards.coil_pulses(), []);
}
