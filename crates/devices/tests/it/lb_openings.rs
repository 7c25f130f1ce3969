//! Openings: what is pulsed, when, and what is said of it.

use vestibule_devices::{DeviceError, EXCHANGES_KEPT, Exchange, FramePurpose, PulseResult, Report, Said};
use vestibule_simulators::lock_boards::BoardOptions;

use crate::kind::{LOCK8A, every_kind};
use crate::world::{World, point, wiring};

pub fn outcome(opening: u64, outcome: PulseResult) -> Report {
    Report::PulseOutcome { opening, attempt: 1, outcome }
}

pub fn not_sent(opening: u64, error: DeviceError) -> Report {
    Report::PulseNotSent { opening, attempt: 1, error }
}

pub fn door(board: u8, lock: u8, open: bool) -> Report {
    Report::DoorSeen { point: point(board, lock), open }
}

every_kind! {
    fn lb_01_a_pulse_opens_one_door_once(kind) {
        let mut world = World::started(kind, &[1]);
        let opening = world.pulse(point(1, 5));
        world.run_for(3_000);
        let sent = Report::PulseSent { opening, attempt: 1 };
        assert_eq!(world.seen(), [sent, door(1, 5, true), outcome(opening, PulseResult::Opened)]);
        let pulses: Vec<_> = world.boards.coil_pulses().iter().map(|pulse| (pulse.board, pulse.lock)).collect();
        assert_eq!(pulses, [(1, 5)]);
        world.push_shut(1, 5);
        world.run_to(600, &door(1, 5, false));
    }
}

every_kind! {
    fn lb_02_a_jammed_door_stays_closed_and_is_not_pulsed_again(kind) {
        let mut world = World::started(kind, &[1]);
        world.boards.door_faults(1, 5).jammed = true;
        let opening = world.pulse(point(1, 5));
        let took = world.run_to(3_000, &outcome(opening, PulseResult::StillClosed));
        assert!((1_500..2_200).contains(&took), "{took} ms");
        world.run_for(20_000);
        assert_eq!(world.boards.coil_pulses().len(), 1);
        assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 0);
    }
}

every_kind! {
    fn lb_03_an_idle_bus_hands_a_pulse_to_the_line_at_once(kind) {
        for pause in 0..50 {
            let mut world = World::started(kind, &[1]);
            world.run_for(100 + pause);
            let start = world.now;
            world.pulse(point(1, 1));
            assert_eq!(world.unlocks_sent(), [start]);
        }
    }
}

every_kind! {
    fn lb_04_a_pulse_during_a_poll_waits_for_its_answer_only(kind) {
        let mut world = World::started(kind, &[1]);
        let polls = world.sent.len();
        while world.sent.len() == polls {
            world.run_for(1);
        }
        let start = world.now;
        world.pulse(point(1, 1));
        world.run_for(300);
        let [sent] = world.unlocks_sent()[..] else { panic!("not sent once") };
        assert!((1..80).contains(&(sent - start)), "{} ms", sent - start);
    }
}

every_kind! {
    fn lb_05_one_coil_at_a_time_on_a_bus(kind) {
        let mut world = World::started(kind, &[1, 2, 3]);
        let places = [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)];
        let openings = places.map(|(board, lock)| world.pulse(point(board, lock)));
        world.run_for(5_000);
        let pulses = world.boards.coil_pulses();
        assert_eq!(pulses.iter().map(|pulse| (pulse.board, pulse.lock)).collect::<Vec<_>>(), places);
        for pair in pulses.windows(2) {
            assert!(pair[1].at >= pair[0].at + pair[0].pulse_ms, "{pair:?} overlap");
        }
        for opening in openings {
            assert!(world.seen().contains(&outcome(opening, PulseResult::Opened)));
        }
    }
}

every_kind! {
    fn lb_06_a_pulse_is_never_sent_after_its_last_moment(kind) {
        let mut world = World::started(kind, &[1]);
        let first = world.pulse(point(1, 1));
        let late = world.pulse_within(point(1, 2), 200); // the first coil is on for 300 ms
        world.run_for(5_000);
        assert!(world.seen().contains(&outcome(first, PulseResult::Opened)));
        assert!(world.seen().contains(&not_sent(late, DeviceError::Expired)));
        assert_eq!(world.boards.coil_pulses().len(), 1);
    }
}

every_kind! {
    fn lb_07_a_pulse_for_an_unknown_point_is_refused(kind) {
        let mut world = World::started(kind, &[1]);
        let opening = world.pulse(point(9, 1));
        assert_eq!(world.seen(), [not_sent(opening, DeviceError::Unsupported)]);
    }
}

every_kind! {
    fn lb_08_nothing_is_pulsed_before_every_board_was_asked_once(kind) {
        let mut world = World::new(kind, &[1, 2, 3]);
        let early = world.pulse(point(1, 1));
        assert_eq!(world.seen(), [not_sent(early, DeviceError::Timeout)], "the line is not open yet");
        world.run_for(1);
        world.pulse(point(1, 1));
        world.run_for(1_000);
        let first_unlock = world.sent.iter().position(|(_, bytes)| kind.is_unlock(bytes)).unwrap();
        let looks = world.sent[..first_unlock].iter().filter(|(_, bytes)| kind.is_look(bytes));
        let asked: Vec<u8> = looks.map(|(_, bytes)| kind.address_in(bytes)).collect();
        assert_eq!(asked[..3], [1, 2, 3]);
        assert_eq!(world.unlocks_sent().len(), 1);
    }
}

/// A pulse that is on its way to lock 1 of board 1.
fn sent(world: &mut World) -> u64 {
    let opening = world.pulse(point(1, 1));
    while world.unlocks_sent().is_empty() {
        world.run_for(1);
    }
    opening
}

every_kind! {
    fn lb_36_a_bus_that_is_to_end_pulses_nothing_more_and_waits_for_what_it_pulsed(kind) {
        let mut world = World::started(kind, &[1]);
        assert!(!world.bus.is_finished(), "nobody asked it to end");
        let sent = sent(&mut world);
        let waits = world.pulse(point(1, 2));
        world.finish();
        let late = world.pulse(point(1, 3));
        assert!(world.seen().contains(&not_sent(waits, DeviceError::Away)), "{:?}", world.seen());
        assert!(world.seen().contains(&not_sent(late, DeviceError::Away)), "{:?}", world.seen());
        assert!(!world.bus.is_finished(), "its door is awaited");
        world.run_to(3_000, &outcome(sent, PulseResult::Opened));
        world.run_for(2_000);
        assert!(world.bus.is_finished());
        let pulses: Vec<_> = world.boards.coil_pulses().iter().map(|pulse| (pulse.board, pulse.lock)).collect();
        assert_eq!(pulses, [(1, 1)]);
    }
}

#[test]
fn lb_37_a_bus_that_is_to_end_gives_up_a_door_it_cannot_see() {
    let mut world = World::started(LOCK8A, &[1]);
    let opening = sent(&mut world);
    world.boards.set_unplugged(true);
    world.finish();
    world.run_to(5_000, &outcome(opening, PulseResult::Unknown));
    world.run_for(1);
    assert!(world.bus.is_finished());
    assert_eq!(world.unlocks_sent().len(), 1);
}

every_kind! {
    fn lb_39_the_last_exchanges_are_kept_with_their_bytes_and_faults(kind) {
        let mut world = World::started(kind, &[1]);
        sent(&mut world);
        world.run_for(500);
        let kept = world.health.line.exchanges();
        let (_, order) = world.sent.iter().find(|(_, bytes)| kind.is_unlock(bytes)).unwrap();
        let is_order = |one: &Exchange| match &one.said {
            Said::Frames { board: 1, purpose: FramePurpose::Unlock, sent, .. } => sent == order,
            _ => false,
        };
        assert!(kept.iter().any(is_order), "{kept:?}");
        let is_look = |one: &Exchange| match &one.said {
            Said::Frames { purpose: FramePurpose::Look, heard, .. } => !heard.is_empty() && one.error.is_none(),
            _ => false,
        };
        assert!(kept.iter().any(is_look), "{kept:?}");
        world.boards.set_unplugged(true);
        world.run_for(60_000);
        let kept = world.health.line.exchanges();
        let newest = kept.last().unwrap();
        assert_eq!(newest.error, Some(DeviceError::Timeout));
        assert!(kept.len() <= EXCHANGES_KEPT && kept.is_sorted_by_key(|one| one.at));
    }
}

#[test]
fn lb_09_boards_of_8_and_50_locks_open_the_right_door() {
    let wiring = wiring(&[(1, "generic-lock8a-8", 8), (2, "generic-lock8a-50", 50)]);
    let boards = [BoardOptions::lifelike(1, 8), BoardOptions::lifelike(2, 50)];
    let mut world = World::of(LOCK8A, &wiring, &boards);
    world.run_for(1_000);
    assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { open: false, .. })), 58);
    for (board, lock) in [(1, 1), (1, 8), (2, 1), (2, 26), (2, 50)] {
        world.reports.clear();
        let opening = world.pulse(point(board, lock));
        world.run_for(2_500);
        assert!(world.seen().contains(&outcome(opening, PulseResult::Opened)), "{board} {lock}");
        assert_eq!(world.count(|report| matches!(report, Report::DoorSeen { .. })), 1);
        assert!(world.seen().contains(&door(board, lock, true)));
    }
}
