use super::*;
use vestibule_core::evidence::{PhotoReason, PhotoSubject};

const LOBBY: CameraId = CameraId(1);

fn queue(look_back: Option<Duration>) -> CameraQueue {
    let camera = (LOBBY, CameraKind::TwoN, CameraAbilities { look_back });
    let mut queue = CameraQueue::new([camera], Millis(0));
    let (first, _) = queue.next(Millis(0));
    let first = first.expect("each camera is looked at once");
    assert_eq!(first.asked, None);
    assert_eq!(queue.answered(first, Ok(None), Millis(10)), [Observation::CameraBack { camera: LOBBY }]);
    queue
}

fn photo(opening: u64) -> PhotoAsked {
    let subject = PhotoSubject { opening: Some(OpeningId(opening)), ..PhotoSubject::default() };
    PhotoAsked { camera: LOBBY, reason: PhotoReason::Deposit, subject }
}

fn take(queue: &mut CameraQueue, now: u64) -> StillToTake {
    let (still, late) = queue.next(Millis(now));
    assert_eq!(late, []);
    still.unwrap_or_else(|| panic!("a still is due at {now}"))
}

fn idle(queue: &mut CameraQueue, now: u64) {
    assert_eq!(queue.next(Millis(now)), (None, vec![]), "nothing is due at {now}");
}

#[test]
fn a_door_that_opens_is_photographed_when_hands_can_be_seen() {
    let mut queue = queue(None);
    assert_eq!(queue.wanted(photo(1), PhotoMoment::DoorOpened, Millis(1_000)), None);
    idle(&mut queue, 2_999);
    assert_eq!(queue.next_deadline(), Some(Millis(3_000)));
    let still = take(&mut queue, 3_000);
    assert_eq!((still.asked.clone(), still.back), (Some(photo(1)), Duration::ZERO));
    idle(&mut queue, 3_000);
    assert_eq!(queue.answered(still, Ok(Some(40)), Millis(3_100)), []);
    assert_eq!(queue.health()[&LOBBY].took_ms, Some(100));
    queue.wanted(photo(1), PhotoMoment::DoorShut, Millis(6_000));
    idle(&mut queue, 6_000);
}

#[test]
fn a_door_shut_at_once_is_photographed_at_once_and_in_the_past_where_that_is_kept() {
    for (kept, back) in [(None, Duration::ZERO), (Some(Duration::from_secs(30)), BEFORE_IT_SHUT)] {
        let mut queue = queue(kept);
        queue.wanted(photo(1), PhotoMoment::DoorOpened, Millis(1_000));
        queue.wanted(photo(1), PhotoMoment::DoorShut, Millis(1_700));
        let still = take(&mut queue, 1_700);
        assert_eq!((still.asked.clone(), still.back), (Some(photo(1)), back));
        queue.answered(still, Ok(None), Millis(1_800));
        idle(&mut queue, 9_000);
    }
    let mut queue = queue(Some(Duration::from_secs(30)));
    queue.wanted(photo(1), PhotoMoment::DoorShut, Millis(6_000));
    let still = take(&mut queue, 6_000);
    assert_eq!(still.back, BEFORE_IT_SHUT, "once more, as it was before it shut");
    assert_eq!(queue.answered(still, Err(DeviceError::Unsupported), Millis(6_100)), [], "owed to nobody");
}

#[test]
fn a_past_that_is_not_kept_yet_is_the_present_instead() {
    let mut queue = queue(Some(Duration::from_secs(30)));
    queue.wanted(photo(1), PhotoMoment::DoorOpened, Millis(1_000));
    queue.wanted(photo(1), PhotoMoment::DoorShut, Millis(1_500));
    let still = take(&mut queue, 1_500);
    assert_eq!(queue.answered(still, Err(DeviceError::Vendor { code: 15 }), Millis(1_600)), []);
    let still = take(&mut queue, 1_600);
    assert_eq!((still.asked.clone(), still.back), (Some(photo(1)), Duration::ZERO));
    let said = queue.answered(still, Err(DeviceError::Vendor { code: 15 }), Millis(1_700));
    assert_eq!(said, [missing(photo(1), PhotoTrouble::Refused)], "once");
}

#[test]
fn one_request_at_a_time_and_a_short_queue() {
    let mut queue = queue(None);
    let mut first = None;
    for opening in 1..=9 {
        assert_eq!(queue.wanted(photo(opening), PhotoMoment::Now, Millis(1_000)), None);
        if opening == 1 {
            first = Some(take(&mut queue, 1_000));
        }
    }
    assert_eq!(first.as_ref().map(|still| still.asked.clone()), Some(Some(photo(1))));
    let too_many = queue.wanted(photo(10), PhotoMoment::Now, Millis(1_000));
    assert_eq!(too_many, Some(missing(photo(10), PhotoTrouble::Busy)));
    idle(&mut queue, 1_000);
    queue.answered(first.expect("it is asked"), Ok(None), Millis(11_000));
    let (still, late) = queue.next(Millis(11_000));
    assert_eq!(late.len(), 8, "what shows something else by now is not taken");
    assert_eq!(still, None);
}

#[test]
fn a_dead_camera_is_silent_once_left_in_peace_and_comes_back() {
    let mut queue = queue(None);
    let mut now = 1_000;
    for failure in 1..=3 {
        assert_eq!(queue.wanted(photo(failure), PhotoMoment::Now, Millis(now)), None);
        let still = take(&mut queue, now);
        let said = queue.answered(still, Err(DeviceError::Timeout), Millis(now + 10));
        assert_eq!(said[0], missing(photo(failure), PhotoTrouble::NoAnswer));
        assert_eq!(said.get(1), (failure == 3).then_some(&Observation::CameraSilent { camera: LOBBY }));
        now += 20;
    }
    for opening in 0..100 {
        let said = queue.wanted(photo(opening), PhotoMoment::Now, Millis(now));
        assert_eq!(said, Some(missing(photo(opening), PhotoTrouble::NoAnswer)));
    }
    idle(&mut queue, now);
    let look = take(&mut queue, now + 10_000);
    assert_eq!(queue.answered(look, Err(DeviceError::Garbled), Millis(now + 10_000)), [], "said once");
    let look = take(&mut queue, now + 20_000);
    let back = queue.answered(look, Ok(None), Millis(now + 20_000));
    assert_eq!(back, [Observation::CameraBack { camera: LOBBY }]);
    assert_eq!(queue.wanted(photo(1), PhotoMoment::Now, Millis(now + 20_000)), None);
    assert_eq!(queue.health()[&LOBBY].failures(), (4, 6));
}

#[test]
fn what_somebody_must_repair_is_not_tried_every_ten_seconds() {
    for (error, every_ms, fault) in [
        (DeviceError::Vendor { code: 401 }, LOOK_EVERY_MS, CameraFault::PasswordRefused),
        (DeviceError::Vendor { code: 46 }, LOOK_EVERY_MS, CameraFault::CertificateUnknown),
        (DeviceError::Vendor { code: 503 }, SILENT_EVERY_MS, CameraFault::Busy),
        (DeviceError::Timeout, SILENT_EVERY_MS, CameraFault::Silent),
    ] {
        let mut queue = queue(None);
        let mut now = LOOK_EVERY_MS + 10;
        for failure in 1..=3 {
            let still = take(&mut queue, now);
            queue.answered(still, Err(error), Millis(now));
            assert_eq!(queue.health()[&LOBBY].fault, Some(fault), "{error}");
            now += if failure < 3 { SILENT_EVERY_MS } else { every_ms };
        }
        idle(&mut queue, now - 1);
        let said = queue.wanted(photo(1), PhotoMoment::Now, Millis(now - 1));
        assert_eq!(said, Some(missing(photo(1), trouble(error))), "why is said, not that it is silent");
        let still = take(&mut queue, now);
        queue.answered(still, Ok(None), Millis(now));
        assert_eq!(queue.health()[&LOBBY].fault, None);
    }
}

#[test]
fn only_a_camera_without_that_past_is_asked_for_the_present_instead() {
    for code in [401, 403, 46] {
        let mut queue = queue(Some(Duration::from_secs(30)));
        queue.wanted(photo(1), PhotoMoment::DoorOpened, Millis(1_000));
        queue.wanted(photo(1), PhotoMoment::DoorShut, Millis(1_500));
        let still = take(&mut queue, 1_500);
        let said = queue.answered(still, Err(DeviceError::Vendor { code }), Millis(1_600));
        assert_eq!(said, [missing(photo(1), PhotoTrouble::Refused)], "{code}");
        idle(&mut queue, 1_600);
    }
}

#[test]
fn what_is_owed_at_the_end_is_said_and_what_nobody_owes_is_not() {
    let mut queue = queue(Some(Duration::from_secs(30)));
    queue.wanted(photo(1), PhotoMoment::Now, Millis(1_000));
    queue.wanted(photo(2), PhotoMoment::DoorOpened, Millis(1_000));
    queue.wanted(photo(3), PhotoMoment::DoorShut, Millis(1_000));
    let flying = take(&mut queue, 1_000);
    let second_look = StillToTake { is_owed: false, ..flying.clone() };
    let said = queue.given_up([flying, second_look]);
    assert_eq!(said, [1, 2].map(|opening| missing(photo(opening), PhotoTrouble::Stopped)));
}

#[test]
fn a_camera_nobody_configured_here_is_said_to_be_so() {
    let mut queue = queue(None);
    let other = PhotoAsked { camera: CameraId(7), ..photo(1) };
    let said = queue.wanted(other.clone(), PhotoMoment::Now, Millis(0));
    assert_eq!(said, Some(missing(other.clone(), PhotoTrouble::NotConfigured)));
    assert_eq!(queue.wanted(other, PhotoMoment::DoorShut, Millis(0)), None, "nobody owes that one");
}

#[test]
fn a_camera_that_stays_keeps_what_waits_and_one_that_goes_owes_nothing() {
    let mut queue = queue(None);
    let abilities = CameraAbilities { look_back: None };
    queue.wanted(photo(1), PhotoMoment::DoorOpened, Millis(1_000));
    assert_eq!(queue.exchange([(LOBBY, CameraKind::TwoN, abilities, true)], Millis(1_100)), []);
    idle(&mut queue, 1_200);
    assert_eq!(queue.health()[&LOBBY].answered, Some(Millis(10)), "it was not looked at anew");
    assert_eq!(queue.exchange([(LOBBY, CameraKind::Snapshot, abilities, false)], Millis(1_300)), []);
    let look = take(&mut queue, 1_300);
    assert_eq!(look.asked, None, "another camera is looked at once");
    assert_eq!(queue.answered(look, Ok(None), Millis(1_400)), [], "that it answers is no news");
    let still = take(&mut queue, 3_000);
    assert_eq!(still.asked, Some(photo(1)), "and takes what was asked of the one before");
    queue.wanted(photo(2), PhotoMoment::Now, Millis(3_000));
    let gone = missing(photo(2), PhotoTrouble::NotConfigured);
    assert_eq!(queue.exchange([], Millis(3_100)), [gone]);
    let flying = missing(photo(1), PhotoTrouble::NotConfigured);
    assert_eq!(queue.answered(still, Err(DeviceError::Timeout), Millis(3_200)), [flying]);
    assert_eq!(queue.next_deadline(), None);
}
#[test]
fn what_the_device_before_answers_says_nothing_of_the_one_that_is_there() {
    let abilities = CameraAbilities { look_back: None };
    let other = (LOBBY, CameraKind::Snapshot, abilities, false);
    for (answer, owed) in
        [(Ok(None), vec![]), (Err(DeviceError::Timeout), vec![missing(photo(1), PhotoTrouble::NoAnswer)])]
    {
        let mut queue = queue(None);
        queue.wanted(photo(1), PhotoMoment::Now, Millis(1_000));
        let before = take(&mut queue, 1_000);
        assert_eq!(queue.exchange([other], Millis(1_100)), []);
        idle(&mut queue, 1_100);
        assert_eq!(queue.answered(before, answer, Millis(1_200)), owed);
        assert_eq!(queue.health()[&LOBBY], CameraHealth::default(), "it has not been asked yet");
        let look = take(&mut queue, 1_200);
        assert_eq!(look.asked, None);
        queue.answered(look, Ok(None), Millis(1_300));
        assert_eq!(queue.health()[&LOBBY].failures(), (0, 1));
    }
}

#[test]
fn a_camera_that_went_and_came_back_is_asked_one_thing_at_a_time() {
    let mut queue = queue(None);
    queue.wanted(photo(1), PhotoMoment::Now, Millis(1_000));
    let before = take(&mut queue, 1_000);
    queue.exchange([], Millis(1_100));
    let abilities = CameraAbilities { look_back: None };
    queue.exchange([(LOBBY, CameraKind::Snapshot, abilities, false)], Millis(1_200));
    let look = take(&mut queue, 1_200);
    queue.wanted(photo(2), PhotoMoment::Now, Millis(1_300));
    queue.answered(before, Ok(None), Millis(1_300));
    idle(&mut queue, 1_300);
    queue.answered(look, Ok(None), Millis(1_400));
    assert_eq!(take(&mut queue, 1_400).asked, Some(photo(2)));
}

#[test]
fn the_moment_a_door_opened_is_asked_for_however_long_the_camera_was_busy() {
    for (kept, at_once, later) in [
        (None, Duration::ZERO, Duration::ZERO),
        (Some(Duration::from_secs(30)), OPENED_AGO, OPENED_AGO + Duration::from_millis(1_800)),
        (Some(Duration::from_secs(2)), OPENED_AGO, Duration::from_secs(2)),
    ] {
        let mut queue = queue(kept);
        queue.wanted(photo(1), PhotoMoment::PassageOpened, Millis(1_000));
        queue.wanted(photo(2), PhotoMoment::PassageOpened, Millis(1_200));
        let still = take(&mut queue, 1_000);
        assert_eq!((still.asked.clone(), still.back), (Some(photo(1)), at_once));
        queue.answered(still, Ok(None), Millis(3_000));
        let still = take(&mut queue, 3_000);
        assert_eq!((still.asked.clone(), still.back), (Some(photo(2)), later), "kept for {kept:?}");
        let said = queue.answered(still, Err(DeviceError::Timeout), Millis(5_000));
        assert_eq!(said, [missing(photo(2), PhotoTrouble::NoAnswer)], "it is owed");
    }
}

#[test]
fn an_opening_that_is_not_kept_yet_is_photographed_as_it_is_now() {
    let mut queue = queue(Some(Duration::from_secs(30)));
    queue.wanted(photo(1), PhotoMoment::PassageOpened, Millis(1_000));
    let still = take(&mut queue, 1_000);
    assert_eq!(queue.answered(still, Err(DeviceError::Vendor { code: 15 }), Millis(1_100)), []);
    let still = take(&mut queue, 1_100);
    assert_eq!((still.asked, still.back), (Some(photo(1)), Duration::ZERO));
}
