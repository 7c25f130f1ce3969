//! What goes wrong on a line, and what the bus then says and never does.

use vestibule_devices::{DeviceError, FeedbackPolarity, Millis, PulseResult, Report};

use crate::kind::{WKLY, every_kind};
use crate::lb_openings::{door, not_sent, outcome};
use crate::world::{World, point, wiring};

const SILENT: Report = Report::BoardSilent { board: 1 };
const BACK: Report = Report::BoardBack { board: 1 };

every_kind! {
    fn lb_10_a_silent_board_is_told_after_three_questions_and_asked_every_ten_seconds(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.board_faults(1).silent = true;
        let asked_before = world.sent.len();
        let took = world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
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
}

every_kind! {
    fn lb_11_a_slow_board_is_waited_for_up_to_its_time_out(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.board_faults(1).slow_ms = 150;
        let opening = world.pulse(point(1, 1));
        world.run_to(2_000, &outcome(opening, PulseResult::Opened));
        assert_eq!(world.count(|report| *report == SILENT), 0);
    }
}

every_kind! {
    fn lb_12_answers_that_come_too_late_are_never_taken_for_the_next_ones(kind) {
        // Whatever the delay: an answer is either in time or no answer; an old state is never reported as new.
        for slow_ms in (240..1_200).step_by(40) {
            let mut world = World::started(kind, &[1]);
            world.boards.board_faults(1).slow_ms = slow_ms;
            world.expect(point(1, 1));
            world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
            world.pull_open(1, 1);
            world.run_for(15_000);
            assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 0, "{slow_ms} ms");
            world.boards.board_faults(1).slow_ms = 0;
            world.run_to(11_000, &door(1, 1, true));
        }
    }
}

every_kind! {
    fn lb_13_a_garbling_board_is_not_pulsed(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.board_faults(1).garbled = true;
        world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
        let opening = world.pulse(point(1, 1));
        world.run_to(600 + kind.rests_ms, &not_sent(opening, DeviceError::Garbled));
        assert_eq!(world.boards.coil_pulses(), []);
    }
}

every_kind! {
    fn lb_14_an_answer_to_unlock_proves_nothing_and_its_loss_neither(kind) {
        let mut world = World::started(kind, &[1]);
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
}

every_kind! {
    fn lb_15_garbage_before_each_answer_is_no_hindrance(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.board_faults(1).garbage_prefix = true;
        let opening = world.pulse(point(1, 1));
        world.run_to(1_000, &outcome(opening, PulseResult::Opened));
        world.run_for(10_000);
        assert_eq!(world.count(|report| *report == SILENT), 0);
    }
}

every_kind! {
    fn lb_16_a_lock_wired_the_other_way_round_is_cured_by_its_polarity(kind) {
        let options = [kind.lifelike(1)];
        let mut drawing = wiring(&[(1, kind.profile, kind.channels)]);
        // It already reads open, and shut once it has sprung, which a board that answers after its pulse shows at once: the
        // installer's test finds the mistake.
        let mistaken =
            if kind.firmware == WKLY.firmware { PulseResult::StillClosed } else { PulseResult::Opened };
        for (polarity, expected) in [
            (None, mistaken),
            (Some(FeedbackPolarity::ShortWhenOpen), PulseResult::Opened),
        ] {
            drawing.boards[0].points[0].polarity = polarity;
            let mut world = World::of(kind, &drawing, &options);
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
}

every_kind! {
    fn lb_17_a_stuck_contact_reads_closed_after_the_pulse(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.door_faults(1, 1).stuck_sensor = Some(true);
        let opening = world.pulse(point(1, 1));
        world.run_to(3_000, &outcome(opening, PulseResult::StillClosed));
        assert!(world.boards.door(1, 1).unwrap().ajar);
    }
}

every_kind! {
    fn lb_18_two_boards_on_one_address_are_found_and_not_pulsed(kind) {
        let twins = [kind.lifelike(1), kind.lifelike(1)];
        let mut world = World::of(kind, &wiring(&[(1, kind.profile, kind.channels)]), &twins);
        world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
        let opening = world.pulse(point(1, 1));
        world.run_to(600 + kind.rests_ms, &not_sent(opening, DeviceError::Garbled));
        assert_eq!(world.boards.coil_pulses(), []);
        assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 0);
    }
}

every_kind! {
    fn lb_19_unplugged_in_the_middle_of_an_opening(kind) {
        let mut world = World::started(kind, &[1]);
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
        assert_eq!(world.doors_told(), usize::from(kind.channels), "every door is told anew");
        assert_eq!(world.boards.coil_pulses().len(), 1, "nothing is pulsed later");
    }
}

every_kind! {
    fn lb_20_a_short_break_of_the_line_still_tells_the_outcome(kind) {
        let mut world = World::started(kind, &[1]);
        let opening = world.pulse(point(1, 1));
        world.run_for(50);
        world.unplug();
        world.run_for(200);
        world.plug_in();
        world.run_to(1_500 + kind.rests_ms, &outcome(opening, PulseResult::Opened));
    }
}

every_kind! {
    fn lb_21_noise_on_an_idle_line_opens_nothing_and_shows_nothing(kind) {
        let mut world = World::started(kind, &[1]);
        let look = world.sent.iter().rfind(|(_, bytes)| kind.is_look(bytes)).unwrap().1.clone();
        let noise = kind.said_with_all_open(&look);
        assert!(!noise.is_empty());
        for _ in 0..400 {
            world.run_for(13);
            // While a question is under way, a frame that answers it is its answer, whoever sent it.
            if world.sent.last().is_some_and(|(at, _)| world.now - at > 120) {
                world.noise(&noise);
            }
        }
        assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 0);
        assert_eq!(world.boards.coil_pulses(), []);
    }
}

every_kind! {
    fn lb_54_what_is_counted_is_what_happened(kind) {
        let mut world = World::started(kind, &[1]);
        let (board, line) = (world.health.boards[&1].clone(), world.health.line.clone());
        let well = board.look();
        assert!(well.asked > 0 && well.failed == 0, "{well:?}");
        assert_eq!((well.fault, well.away, line.look().away), (None, None, None));
        let (usual, slowest) = well.took_ms.expect("it answered");
        assert!(usual >= kind.lifelike(1).answer_ms && usual <= slowest && slowest < 250, "{well:?}");
        assert!(well.answered.is_some_and(|at| at <= Millis(world.now)), "{well:?}");
        world.boards.board_faults(1).silent = true;
        world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
        let silent = board.look();
        assert_eq!((silent.failed, silent.away), (3, Some(DeviceError::Timeout)));
        world.run_for(20_000);
        assert_eq!(board.look().answered, silent.answered, "it has not answered since");
        world.boards.board_faults(1).silent = false;
        world.run_to(11_000, &BACK);
        assert_eq!((board.look().away, board.look().fault), (None, None));
        world.unplug();
        assert_eq!(line.look().away, Some(DeviceError::Timeout));
        world.plug_in();
        world.run_to(3_000, &Report::BusBack);
        world.run_for(2_000);
        assert_eq!(line.look().away, None);
    }
}

every_kind! {
    fn lb_55_a_board_that_was_away_and_answers_the_next_driver_is_not_away(kind) {
        let mut world = World::started(kind, &[1]);
        let board = world.health.boards[&1].clone();
        world.boards.board_faults(1).silent = true;
        world.run_to(6_000 + 2 * kind.rests_ms, &SILENT);
        assert_eq!(board.look().away, Some(DeviceError::Timeout));
        world.boards.board_faults(1).silent = false;
        world.drive_anew(&wiring(&[(1, kind.profile, kind.channels)]));
        assert_eq!(board.look().away, Some(DeviceError::Timeout), "nothing was heard yet");
        world.run_for(1_500);
        assert_eq!(world.doors_told(), usize::from(kind.channels), "it answers");
        assert_eq!(board.look().away, None);
    }
}
