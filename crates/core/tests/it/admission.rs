//! Who may come in: codes and the doors they name, hours, modes, the night, guesses, passes, residents.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::admission::{WayOn, ways_on};
use vestibule_core::access::point::DoorMode;
use vestibule_core::access::policy::{LateNightRule, NoCode};
use vestibule_core::code::{CodeHash, damm};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::directory::Leavers;
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::time::{Date, WeekWindow};
use vestibule_core::vocabulary::command::{DirectoryChange, Proof, StaffReason};
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

/// Monday to Friday, 8 to 18.
const OFFICE: WeekWindow = WeekWindow { days: 0b001_1111, from: 8 * 60, to: 18 * 60 };

#[test]
fn a_couriers_code_opens_the_doors_it_names_and_no_other() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT, ROOM]);
    let entry = w.types_at(FRONT, &code).unwrap();
    assert_eq!(w.releases, [(entry, FRONT, Span::seconds(5))]);
    w.goes_in(entry);
    assert_eq!(w.types_at(BANK_ROOM, &code), Err(Refusal::NotThisDoor));
    assert_eq!(w.scans_at(BANK_ROOM, &code), Err(Refusal::NotThisDoor));
    assert_eq!(w.releases.len(), 1, "a denial releases nothing");
    w.types_at(ROOM, &code).unwrap();
    let doorless = w.ups();
    assert_eq!(w.scans_at(FRONT, &doorless), Err(Refusal::NotThisDoor));
}

#[test]
fn a_code_that_opens_a_door_is_longer() {
    let mut w = World::with_doors();
    let (with, without) = (w.ups_for(&[FRONT]), w.ups());
    assert_eq!(
        (with.digits.len(), without.digits.len()),
        (12, 10),
        "selector, 8 or 6 random digits, check digit"
    );
    assert!(damm::is_valid(&with.digits));
    w.log_in(K1, &with).expect("it delivers as well");
}

#[test]
fn the_release_is_recorded_before_it_goes_out_and_once() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT]);
    let entry = w.scans_at(FRONT, &code).unwrap();
    let began = |event: &&Event| matches!(event, Event::EntryBegan { release: Some(_), .. });
    assert_eq!(w.last.iter().filter(began).count(), 1);
    assert_eq!(w.scans_at(FRONT, &code), Ok(entry), "a double tap is the same entry");
    assert_eq!(w.releases.len(), 1);
    w.release(entry, ReleaseOutcome::Taken);
    assert_eq!(w.scans_at(FRONT, &code), Ok(entry), "the lock is still released");
    assert_eq!(w.releases.len(), 1);
    w.seconds(8);
    let again = w.scans_at(FRONT, &code).unwrap();
    assert_ne!(again, entry, "who was too slow comes again, by another entry");
    assert_eq!(w.releases.len(), 2);
}

#[test]
fn outside_its_hours_a_code_is_denied_with_a_photo_and_a_way_on() {
    let mut w = World::with_doors();
    let code = w.courier_for(&[FRONT], vec![OFFICE]);
    w.scans_at(FRONT, &code).expect("Monday 8:00");
    w.wait(Span::hours(10));
    let photos = w.photos.len();
    assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::OutsideHours), "18:00 is no longer in it");
    assert_eq!(w.photos.len(), photos + 1);
    assert!(matches!(&w.last[..], [Event::EntryDenied { why, credential, .. }]
        if why == "outside-hours" && *credential == code.credential));
    assert_eq!(ways_on(&w.site, w.now), [WayOn::Ring, WayOn::HelpLine]);
    w.door_policy(|p| p.no_code = NoCode::Off);
    w.ok(STAFF, Command::SetDeskHours { hours: vec![WeekWindow::ALWAYS] });
    assert_eq!(ways_on(&w.site, w.now), [WayOn::Desk, WayOn::HelpLine]);
}

#[test]
fn a_code_tried_again_and_again_outside_its_hours_may_have_been_passed_on() {
    let mut w = World::with_doors();
    let code = w.courier_for(&[FRONT], vec![OFFICE]);
    let task = TaskKind::CodeMisused { credential: code.credential.unwrap() };
    w.wait(Span::hours(12));
    for _ in 0..2 {
        w.scans_at(FRONT, &code).unwrap_err();
        w.seconds(5);
    }
    assert!(!w.has_task(&task), "a courier may be early twice");
    w.scans_at(FRONT, &code).unwrap_err();
    assert!(w.has_task(&task));
}

fn denials(w: &World) -> usize {
    w.log.iter().filter(|event| matches!(event, Event::EntryDenied { .. })).count()
}

#[test]
fn a_badge_waved_at_a_reader_again_and_again_is_denied_each_time_and_written_down_once() {
    let mut w = World::with_doors();
    let (code, other) = (w.courier_for(&[FRONT, ROOM], vec![OFFICE]), w.courier_for(&[FRONT], vec![OFFICE]));
    w.wait(Span::hours(12));
    for _ in 0..30 {
        assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::OutsideHours), "whoever waves it sees why not");
    }
    assert_eq!(denials(&w), 1);
    assert!(!w.has_task(&TaskKind::CodeMisused { credential: code.credential.unwrap() }), "a reader repeats");
    w.scans_at(FRONT, &other).unwrap_err();
    w.scans_at(FRONT, &code).unwrap_err();
    assert_eq!(denials(&w), 2, "another's code is another's, and does not hide that the first repeats");
    w.scans_at(ROOM, &code).unwrap_err();
    assert_eq!(denials(&w), 3, "another door");
    w.mode(FRONT, DoorMode::ClosedToCouriers, vec![]);
    assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::ClosedToCouriers));
    assert_eq!(denials(&w), 4, "another reason");
    w.seconds(4);
    w.scans_at(FRONT, &code).unwrap_err();
    assert_eq!(denials(&w), 4);
    w.seconds(1);
    w.scans_at(FRONT, &code).unwrap_err();
    assert_eq!(denials(&w), 5, "five seconds after the one that was written down");
}

#[test]
fn a_door_keeps_few_denials_however_many_codes_are_waved_at_it() {
    let mut w = World::with_doors();
    let codes: Vec<_> = (0..40).map(|_| w.courier_for(&[FRONT], vec![OFFICE])).collect();
    w.wait(Span::hours(12));
    let size = |w: &World| serde_json::to_string(&w.site.access.points[&FRONT]).unwrap().len();
    for code in &codes[..16] {
        w.scans_at(FRONT, code).unwrap_err();
    }
    let full = size(&w);
    for code in &codes[16..] {
        w.scans_at(FRONT, code).unwrap_err();
    }
    assert_eq!((denials(&w), size(&w) <= full + 32), (40, true));
}

#[test]
fn a_wrong_clock_lets_nobody_in_at_another_hour() {
    let mut w = World::with_doors();
    let code = w.courier_for(&[FRONT], vec![OFFICE]);
    w.wait(Span::hours(12));
    w.see(Observation::ClockDoubted { wall: MONDAY_8 });
    assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::OutsideHours), "site time goes on as it did");
}

#[test]
fn a_door_closed_to_couriers_lets_residents_and_staff_in() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[BANK_ROOM]);
    let resident = waits_in_bank_room(&mut w);
    w.mode(BANK_ROOM, DoorMode::ClosedToCouriers, vec![]);
    assert_eq!(w.scans_at(BANK_ROOM, &code), Err(Refusal::ClosedToCouriers));
    w.shows(BANK_ROOM, Purpose::EnterToCollect, resident.scanned()).unwrap();
    let reason = StaffReason::HelpCourier;
    w.lets_in(STAFF, Command::LetInOnce { point: BANK_ROOM, reason }).unwrap();
}

/// A parcel for 101 in the second bank; the code of ana.
fn waits_in_bank_room(w: &mut World) -> Code {
    let code = w.ups();
    let visit = w.log_in(K2, &code).unwrap();
    w.put(visit, "101", Size::S);
    w.finish(visit);
    w.code_of("ana")
}

#[test]
fn a_scheduled_door_lets_anyone_in_in_its_hours_but_not_on_holidays() {
    let mut w = World::with_doors();
    let walk_in = |w: &mut World| w.lets_in(Actor::Door(FRONT), Command::WalkIn { point: FRONT });
    assert_eq!(walk_in(&mut w), Err(Refusal::CodeNeeded), "locked");
    w.mode(FRONT, DoorMode::Scheduled, vec![OFFICE]);
    let entry = walk_in(&mut w).unwrap();
    assert_eq!(walk_in(&mut w), Ok(entry), "pressed twice");
    w.goes_in(entry);
    w.wait(Span::hours(10));
    assert_eq!(walk_in(&mut w), Err(Refusal::CodeNeeded), "18:00");
    let tuesday = Date::try_from("2026-11-24".to_owned()).unwrap();
    w.ok(STAFF, Command::SetHolidays { days: vec![tuesday] });
    w.wait(Span::hours(14));
    assert_eq!(walk_in(&mut w), Err(Refusal::CodeNeeded), "Tuesday 8:00, a holiday");
    w.wait(Span::days(1));
    walk_in(&mut w).expect("Wednesday 8:00");
}

#[test]
fn the_night_refuses_couriers_or_tells_staff_and_never_residents() {
    let mut w = World::with_doors();
    let (code, resident) = (w.ups_for(&[BANK_ROOM]), waits_in_bank_room(&mut w));
    let night = vec![WeekWindow { days: 0x7F, from: 22 * 60, to: 6 * 60 }];
    w.door_policy(|p| {
        p.late_hours = night;
        p.late_night = LateNightRule::Refuse;
    });
    w.scans_at(BANK_ROOM, &code).expect("8:00");
    w.wait(Span::hours(15));
    assert_eq!(w.scans_at(BANK_ROOM, &code), Err(Refusal::LateNight), "23:00");
    w.shows(BANK_ROOM, Purpose::EnterToCollect, resident.scanned()).unwrap();
    w.door_policy(|p| p.late_night = LateNightRule::TellStaff);
    let entry = w.scans_at(BANK_ROOM, &code).unwrap();
    assert!(w.has_task(&TaskKind::LateEntry { entry, point: BANK_ROOM }));
}

#[test]
fn a_vandal_at_the_keypad_pauses_the_keypad_alone() {
    let mut w = World::with_doors();
    let (code, other) = (w.ups_for(&[FRONT, ROOM]), w.ups_for(&[FRONT]));
    let selector = code.digits[..3].to_owned();
    for _ in 0..5 {
        assert_eq!(w.shows(FRONT, Purpose::Enter, wrong(&selector)), Err(Refusal::WrongCode));
    }
    let paused = w.types_at(FRONT, &other);
    assert!(matches!(paused, Err(Refusal::DoorPaused { .. })), "{paused:?}");
    w.seconds(31);
    w.types_at(FRONT, &other).expect("the door hears others again");
    let selector_paused = w.types_at(FRONT, &code);
    assert!(matches!(selector_paused, Err(Refusal::SelectorPaused { .. })), "{selector_paused:?}");
    w.scans_at(FRONT, &code).expect("scanning is never paused, and the code lives");
    let visit = w.ask(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof: code.typed_by_courier() });
    visit.expect("who guesses in the street pauses nobody at a kiosk inside");
    w.wait(Span::minutes(15));
    w.types_at(ROOM, &code).expect("a pause ends");
}

#[test]
fn guesses_at_doors_are_not_refilled_and_bring_staff() {
    let mut w = World::with_doors();
    for n in 0..20 {
        w.shows(FRONT, Purpose::Enter, wrong(&format!("{:03}", 100 + n))).unwrap_err();
        w.wait(Span::minutes(20));
    }
    assert!(w.has_task(&TaskKind::GuessingAtDoor { point: FRONT }));
    w.shows(FRONT, Purpose::Enter, wrong("777")).unwrap_err();
    w.restart();
    let still = w.shows(FRONT, Purpose::Enter, wrong("778"));
    assert!(matches!(still, Err(Refusal::DoorPaused { .. })), "{still:?}");
    w.ok(STAFF, Command::LiftPauses);
    assert!(!w.has_task(&TaskKind::GuessingAtDoor { point: FRONT }));
    assert_eq!(w.shows(FRONT, Purpose::Enter, wrong("779")), Err(Refusal::WrongCode));
}

#[test]
fn a_residents_code_opens_the_room_in_which_something_waits() {
    let mut w = World::with_doors();
    let code = waits_in_bank_room(&mut w);
    let purpose = Purpose::EnterToCollect;
    assert_eq!(
        w.shows(ROOM, purpose, code.scanned()),
        Err(Refusal::NotThisDoor),
        "nothing of theirs is there"
    );
    assert_eq!(
        w.shows(FRONT, purpose, code.scanned()),
        Err(Refusal::NotThisDoor),
        "their own key opens the house"
    );
    let entry = w.shows(BANK_ROOM, purpose, code.typed()).unwrap();
    w.goes_in(entry);
    let visit = w.scans(K2, "ana").unwrap();
    assert_eq!(w.takes_all(visit).len(), 1);
    w.leaves_by(BANK_ROOM);
    w.shows(BANK_ROOM, purpose, code.scanned()).expect("within the grace they may look again");
    w.minutes(11);
    assert_eq!(w.shows(BANK_ROOM, purpose, code.scanned()), Err(Refusal::CodeDead), "all is collected");
}

#[test]
fn a_residents_code_opens_no_entrance_though_what_waits_is_behind_it() {
    let mut w = World::with_doors();
    w.delivered(&["102"]);
    let code = w.code_of("cleo");
    let shown = w.shows(FRONT, Purpose::EnterToCollect, code.scanned());
    assert_eq!(shown, Err(Refusal::NotThisDoor), "whoever finds a notice does not get into the house by it");
}

#[test]
fn a_card_opens_the_room_of_what_waits_and_each_use_is_told() {
    let mut w = World::with_doors();
    waits_in_bank_room(&mut w);
    w.ok(STAFF, Command::IssueCard { person: person("ben") });
    let card = w.revealed.take().unwrap();
    w.shows(BANK_ROOM, Purpose::EnterToCollect, card.scanned()).unwrap();
    assert_eq!(w.notes("ben").last(), Some(&notice::NoticeKind::CardUsed));
    w.ok(STAFF, Command::IssueCard { person: person("cleo") });
    let nothing = w.revealed.take().unwrap();
    assert_eq!(w.shows(BANK_ROOM, Purpose::EnterToCollect, nothing.scanned()), Err(Refusal::NothingWaits));
}

#[test]
fn a_pass_lets_in_once() {
    let mut w = World::with_doors();
    let pass = w.pass_for(&[FRONT, ROOM], vec![OFFICE]);
    assert_eq!(pass.digits.len(), 12);
    let first = w.types_at(FRONT, &pass).unwrap();
    w.seconds(20);
    assert!(!w.is_live(first), "nobody went in");
    let entry = w.types_at(FRONT, &pass).expect("a pass nobody went in with is not spent");
    assert_eq!(w.types_at(ROOM, &pass), Err(Refusal::PassInUse), "one pass at two doors at once");
    w.goes_in(entry);
    assert_eq!(w.scans_at(FRONT, &pass), Err(Refusal::CodeDead), "spent there");
    let inside = w.scans_at(ROOM, &pass).expect("the room is its other door");
    w.goes_in(inside);
    assert_eq!(w.scans_at(ROOM, &pass), Err(Refusal::CodeDead));
    assert_eq!(w.pick_up(K1, pass.scanned()), Err(Refusal::WrongCode), "spent, and never a locker's");
}

#[test]
fn a_pass_ends_by_itself_or_by_staff_and_opens_no_locker() {
    let mut w = World::with_doors();
    let evenings = WeekWindow { days: 0b000_0001, from: 18 * 60, to: 20 * 60 };
    let pass = w.pass_for(&[FRONT], vec![OFFICE, evenings]);
    w.wait(Span::hours(11));
    let entry = w.scans_at(FRONT, &pass).expect("19:00 on a Monday is in its second window");
    w.seconds(20);
    assert!(!w.is_live(entry));
    w.wait(Span::hours(2));
    assert_eq!(w.scans_at(FRONT, &pass), Err(Refusal::OutsideHours));
    assert_eq!(w.pick_up(K1, pass.scanned()), Err(Refusal::OtherPurpose));
    w.wait(Span::days(30));
    assert!(w.site.credentials.passes.live.is_empty(), "its end has come");
    assert_eq!(w.scans_at(FRONT, &pass), Err(Refusal::CodeDead));
    let other = w.pass_for(&[FRONT], vec![WeekWindow::ALWAYS]);
    w.ok(STAFF, Command::RevokePass { credential: other.credential.unwrap() });
    assert_eq!(w.scans_at(FRONT, &other), Err(Refusal::CodeDead));
    let third = w.pass_for(&[FRONT], vec![WeekWindow::ALWAYS]);
    w.see(Observation::EpochRaised { epoch: 2 });
    assert_eq!(w.scans_at(FRONT, &third), Err(Refusal::CodeDead), "it may have been used since the backup");
}

#[test]
fn nobody_shows_anything_at_a_door_they_do_not_stand_at() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT, ROOM]);
    let at = |point| Command::Admit { point, purpose: Purpose::Enter, proof: code.scanned() };
    w.lets_in(Actor::Kiosk(K3), at(FRONT)).expect("the kiosk stands at the front door");
    assert_eq!(w.lets_in(Actor::Kiosk(K3), at(ROOM)), Err(Refusal::NotYours));
    assert_eq!(w.lets_in(Actor::Kiosk(K1), at(FRONT)), Err(Refusal::NotYours));
    assert_eq!(w.lets_in(Actor::Door(ROOM), at(FRONT)), Err(Refusal::NotYours));
    let reason = StaffReason::HelpCourier;
    for actor in [Actor::Door(FRONT), Actor::Kiosk(K3), Actor::Console] {
        assert_eq!(w.lets_in(actor, Command::LetInOnce { point: FRONT, reason }), Err(Refusal::NotYours));
    }
}

#[test]
fn a_silent_controller_and_a_run_of_releases_are_told_in_words() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT]);
    w.see(Observation::DoorAnswers { point: FRONT, answers: false });
    assert!(w.has_task(&TaskKind::DoorSilent { point: FRONT }));
    assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::DoorSilent));
    w.see(Observation::DoorAnswers { point: FRONT, answers: true });
    assert!(!w.has_task(&TaskKind::DoorSilent { point: FRONT }));
    let staff = Command::LetInOnce { point: FRONT, reason: StaffReason::Inspect };
    for _ in 0..20 {
        w.lets_in(STAFF, staff.clone()).unwrap();
    }
    assert_eq!(w.lets_in(STAFF, staff.clone()), Err(Refusal::Breaker));
    w.minutes(1);
    w.lets_in(STAFF, staff).unwrap();
}

#[test]
fn what_makes_no_sense_is_refused() {
    use vestibule_core::access::point::PointKind;
    use vestibule_core::credential::courier::DoorGrant;
    use vestibule_core::credential::pass::PassKind;
    let mut w = World::with_doors();
    let install = |spec| Command::InstallAccessPoint { spec };
    let room = || spec("Other", PointKind::RoomDoor);
    let mut blind = room();
    blind.contact = false;
    let mut nowhere = room();
    nowhere.banks.insert(BankId(9));
    let mode = |point, hours| Command::SetDoorMode { point, mode: DoorMode::Scheduled, hours };
    let pass = |days, doors: Vec<u32>| Command::IssuePass {
        kind: PassKind::Delivery,
        unit: None,
        windows: vec![WeekWindow::ALWAYS],
        expires: MONDAY_8 + Span::days(days),
        doors: doors.into_iter().map(|n| DoorGrant { point: AccessPointId(n) }).collect(),
    };
    w.refuses(vec![
        ("no name", install(spec(" ", PointKind::RoomDoor)), "invalid"),
        ("a name that is taken", install(spec("front", PointKind::RoomDoor)), "invalid"),
        ("exits nobody sees", install(blind), "invalid"),
        ("a bank that is not there", install(nowhere), "not-found"),
        ("no hours", mode(FRONT, vec![]), "invalid"),
        ("no such door", mode(AccessPointId(9), vec![OFFICE]), "not-found"),
        ("a pass for no door", pass(1, vec![]), "invalid"),
        ("a pass for a door twice", pass(1, vec![1, 1]), "invalid"),
        ("a pass for a door that is not there", pass(1, vec![9]), "not-found"),
        ("a pass for years", pass(91, vec![1]), "invalid"),
        ("a pass that is over", pass(0, vec![1]), "invalid"),
        ("no such pass", Command::RevokePass { credential: CredentialId(99) }, "not-found"),
        ("no such kiosk", Command::SetKioskDoors { kiosk: KioskId(9), doors: vec![FRONT] }, "not-found"),
    ]);
    let broken = |change: fn(&mut vestibule_core::access::policy::DoorPolicy)| {
        let mut policy = vestibule_core::access::policy::DoorPolicy::default();
        change(&mut policy);
        Command::SetDoorPolicy { policy }
    };
    w.refuses(vec![
        ("a lock released for two minutes", broken(|p| p.hold = Span::minutes(2)), "invalid"),
        ("a lock released for no time", broken(|p| p.hold = Span(0)), "invalid"),
        ("no release at all", broken(|p| p.releases_per_minute = 0), "invalid"),
        ("nought parcels an hour", broken(|p| p.no_code = NoCode::OneParcel { an_hour: 0 }), "invalid"),
        (
            "a night without a day",
            broken(|p| p.late_hours = vec![WeekWindow { days: 0, from: 0, to: 9 }]),
            "invalid",
        ),
    ]);
}

#[test]
fn a_typo_at_a_door_costs_nothing_and_nobody_is_photographed() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[FRONT]);
    let Proof::Digits { selector, hash, .. } = code.typed_by_courier() else { panic!("digits") };
    let (photos, typo) = (w.photos.len(), Proof::Digits { selector, check_ok: false, hash });
    for _ in 0..6 {
        assert_eq!(w.shows(FRONT, Purpose::Enter, typo.clone()), Err(Refusal::Mistyped));
        assert_eq!((w.photos.len(), w.last.len()), (photos, 0));
    }
    w.types_at(FRONT, &code).expect("nothing is paused");
}

#[test]
fn a_code_that_is_over_is_told_from_one_that_never_was() {
    let mut w = World::with_doors();
    let (resident, purpose) = (waits_in_bank_room(&mut w), Purpose::EnterToCollect);
    let visit = w.scans(K2, "ana").unwrap();
    w.takes_all(visit);
    w.minutes(11);
    for _ in 0..6 {
        assert_eq!(w.shows(BANK_ROOM, purpose, resident.typed()), Err(Refusal::CodeDead), "it is no guess");
    }
    assert_eq!(w.shows(BANK_ROOM, purpose, wrong(&resident.selector)), Err(Refusal::WrongCode));
    let code = w.ups_for(&[FRONT]);
    let (credential, at) = (code.credential.unwrap(), w.now);
    w.ok(STAFF, Command::RevokeCourierCode { credential, at });
    assert_eq!(w.scans_at(FRONT, &code), Err(Refusal::CodeDead));
    let nobodys = Proof::Token(CodeHash([7; 32]));
    assert_eq!(w.shows(FRONT, Purpose::Enter, nobodys), Err(Refusal::WrongCode));
}

#[test]
fn a_pass_is_over_at_its_end_and_not_when_the_clock_says_so() {
    let mut w = World::with_doors();
    let pass = w.pass_for(&[FRONT], vec![WeekWindow::ALWAYS]);
    w.now = w.now + Span::days(30);
    assert_eq!(w.scans_at(FRONT, &pass), Err(Refusal::CodeDead));
}

#[test]
fn who_moved_out_comes_in_for_what_waits_as_long_as_it_is_kept() {
    let mut w = World::with_doors();
    waits_in_bank_room(&mut w);
    w.ok(STAFF, Command::IssueCard { person: person("ben") });
    let card = w.revealed.take().unwrap();
    let leave = DirectoryChange::Leave { person: person("ben"), leavers: Leavers::Keep };
    w.ok(STAFF, Command::ChangeDirectory { changes: vec![leave] });
    w.wait(Span(w.site.policy.leavers_keep.0 - 1));
    w.shows(BANK_ROOM, Purpose::EnterToCollect, card.scanned()).expect("it is kept for them");
    w.wait(Span(1));
    let late = w.shows(BANK_ROOM, Purpose::EnterToCollect, card.scanned());
    assert_eq!(late, Err(Refusal::CodeDead));
}

#[test]
fn once_more_into_the_room_is_for_who_collected_there_and_for_ten_minutes() {
    let mut w = World::with_doors();
    let purpose = Purpose::EnterToCollect;
    waits_in_bank_room(&mut w);
    w.delivered(&["104"]);
    w.ok(STAFF, Command::IssueCard { person: person("ana") });
    let (anas, fays) = (w.revealed.take().unwrap(), w.code_of("fay"));
    let visit = w.scans(K2, "ana").unwrap();
    w.takes_all(visit);
    w.finish(visit);
    assert_eq!(w.shows(BANK_ROOM, purpose, fays.scanned()), Err(Refusal::NotThisDoor), "another collected");
    w.shows(BANK_ROOM, purpose, anas.scanned()).unwrap();
    w.now = w.now + w.site.policy.grace;
    assert_eq!(w.shows(BANK_ROOM, purpose, anas.scanned()), Err(Refusal::NothingWaits));
}

#[test]
fn a_door_that_is_not_there_lets_nobody_in_and_is_not_set_up() {
    let mut w = World::with_doors();
    let (point, zone) = (AccessPointId(9), w.site.policy.zone.clone());
    let day = |n| Date::of(MONDAY_8 + Span::days(n), &zone);
    let days = |n| Command::SetHolidays { days: (0..n).map(day).collect() };
    let named = |label: &str| Command::InstallAccessPoint {
        spec: spec(label, vestibule_core::access::point::PointKind::RoomDoor),
    };
    let leads = |change: fn(&mut vestibule_core::access::point::PointSpec)| {
        let mut spec = spec("Other", vestibule_core::access::point::PointKind::RoomDoor);
        change(&mut spec);
        Command::InstallAccessPoint { spec }
    };
    let no_day = vec![WeekWindow { days: 0, from: 0, to: 60 }];
    let other = spec("Other", vestibule_core::access::point::PointKind::RoomDoor);
    w.refuses(vec![
        ("nobody walks in", Command::WalkIn { point }, "not-found"),
        ("changed", Command::ChangeAccessPoint { point, spec: other }, "not-found"),
        ("at a kiosk", Command::SetKioskDoors { kiosk: K1, doors: vec![FRONT, point] }, "not-found"),
        ("a name of 41 characters", named(&"x".repeat(41)), "invalid"),
        ("blanks around its name", named(" Other"), "invalid"),
        ("a shelf that is not there", leads(|spec| spec.shelves.extend([ShelfId(9)])), "not-found"),
        ("a drop place that is not there", leads(|spec| spec.areas.extend([AreaId(9)])), "not-found"),
        (
            "hours without a weekday",
            Command::SetDoorMode { point: FRONT, mode: DoorMode::Locked, hours: no_day },
            "invalid",
        ),
        ("holidays for years", days(1_001), "invalid"),
    ]);
    w.ok(STAFF, days(1_000));
    w.ok(STAFF, named(&"x".repeat(40)));
}
