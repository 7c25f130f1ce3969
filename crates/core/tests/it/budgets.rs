//! Guessing at the keypad costs; scanning, typos, dead codes and staff do not.

use crate::world::*;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::directory::KeypadNumber;
use vestibule_core::place::compartment::Size;
use vestibule_core::policy::{GuessProfile, Policy};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::*;

fn guess(w: &mut World, kiosk: KioskId, selector: &str) -> Refusal {
    w.pick_up(kiosk, wrong(selector)).unwrap_err()
}

#[test]
fn five_misses_pause_a_selector_and_each_further_five_twice_as_long_up_to_a_day() {
    let mut w = World::new();
    let mut minutes = Vec::new();
    while minutes.len() < 9 {
        match guess(&mut w, K1, "101") {
            Refusal::WrongCode => {}
            Refusal::KioskPaused { until } | Refusal::SelectorPaused { until } => w.wait(until - w.now),
            other => panic!("{other:?}"),
        }
        for event in &w.last {
            if let Event::SelectorPaused { until, .. } = event {
                minutes.push((*until - w.now).0 / 60_000);
            }
        }
    }
    assert_eq!(minutes, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    let selectors = w.log.iter().filter(|e| matches!(e, Event::CodeMissed { .. })).count();
    assert_eq!(selectors, 45, "five misses a pause");
}

#[test]
fn five_in_a_row_pause_a_kiosk_half_a_minute_then_a_minute_and_a_right_code_ends_the_run() {
    let mut w = World::new();
    w.delivered(&["101"]);
    for n in 0..4 {
        guess(&mut w, K1, &format!("20{n}"));
    }
    let proof = w.code_of("ana").typed();
    let visit = w.pick_up(K1, proof).unwrap();
    w.takes_all(visit);
    w.finish(visit);
    for n in 0..5 {
        assert_eq!(guess(&mut w, K1, &format!("30{n}")), Refusal::WrongCode);
    }
    let until = w.now + Span::seconds(30);
    assert_eq!(guess(&mut w, K1, "400"), Refusal::KioskPaused { until });
    assert_eq!(guess(&mut w, K3, "400"), Refusal::WrongCode, "another kiosk goes on");
    w.seconds(30);
    for n in 0..5 {
        assert_eq!(guess(&mut w, K1, &format!("50{n}")), Refusal::WrongCode);
    }
    let until = w.now + Span::seconds(60);
    assert_eq!(guess(&mut w, K1, "400"), Refusal::KioskPaused { until });
}

#[test]
fn the_twentieth_in_a_day_is_an_attack() {
    let mut w = World::new();
    w.delivered(&["102"]);
    for n in 0..19 {
        assert_eq!(guess(&mut w, K1, &format!("6{n:02}")), Refusal::WrongCode);
        w.minutes(60);
    }
    assert!(!w.has_task(&TaskKind::Guessing { kiosk: K1 }));
    let photos = w.photos.len();
    guess(&mut w, K1, "700");
    assert!(w.has_task(&TaskKind::Guessing { kiosk: K1 }));
    assert_eq!(w.photos.len(), photos + 1);
    let until = w.now + Span::hours(1);
    assert_eq!(guess(&mut w, K1, "701"), Refusal::KioskPaused { until });
    let proof = w.code_of("cleo").typed();
    assert_eq!(w.pick_up(K1, proof), Err(Refusal::KioskPaused { until }));
    w.scans(K1, "cleo").expect("scanning is never paused");
    w.ok(STAFF, Command::LiftPauses);
    assert!(!w.has_task(&TaskKind::Guessing { kiosk: K1 }));
    assert_eq!(guess(&mut w, K1, "702"), Refusal::WrongCode);
}

#[test]
fn a_rolling_day_forgets() {
    let mut w = World::new();
    for n in 0..19 {
        guess(&mut w, K1, &format!("6{n:02}"));
        w.minutes(80);
    }
    guess(&mut w, K1, "700");
    assert!(!w.has_task(&TaskKind::Guessing { kiosk: K1 }), "the first was more than a day ago");
}

#[test]
fn the_high_profile_turns_keypads_off_until_staff() {
    let mut w = World::with_policy(Policy { guesses: GuessProfile::High, ..Policy::default() });
    w.delivered(&["102"]);
    for n in 0..20 {
        guess(&mut w, K1, &format!("6{n:02}"));
        w.minutes(30);
    }
    w.wait(Span::days(3));
    let proof = w.code_of("cleo").typed();
    assert_eq!(w.pick_up(K3, proof.clone()), Err(Refusal::KeypadsOff));
    let code = w.ups();
    let visit =
        match w.ask(Actor::Kiosk(K3), Command::CourierLogIn { kiosk: K3, proof: code.typed_by_courier() }) {
            Ok(Answer::Visit { visit }) => visit,
            other => panic!("deliver and pick up have separate budgets: {other:?}"),
        };
    w.finish(visit);
    w.ok(STAFF, Command::LiftPauses);
    w.pick_up(K3, proof).unwrap();
}

#[test]
fn a_typo_costs_nothing() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let selector = KeypadNumber::new("101").unwrap();
    let hash = vestibule_core::code::CodeHash([1; 32]);
    for _ in 0..30 {
        let typo = Proof::Digits { selector: selector.clone(), check_ok: false, hash };
        assert_eq!(w.pick_up(K1, typo), Err(Refusal::Mistyped));
        assert!(w.last.is_empty());
    }
    assert_eq!(w.misses(), 0);
}

#[test]
fn an_unknown_selector_and_wrong_digits_cannot_be_told_apart() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let known = guess(&mut w, K1, "101");
    let said_of_known = w.last.clone();
    let unknown = guess(&mut w, K3, "999");
    assert_eq!(known, unknown);
    assert_eq!(said_of_known.len(), w.last.len());
    assert_eq!(
        w.last,
        [Event::CodeMissed {
            kiosk: K3,
            purpose: Purpose::PickUp,
            selector: KeypadNumber::new("999").unwrap()
        }]
    );
}

#[test]
fn budgets_survive_a_restart() {
    let mut w = World::new();
    for n in 0..5 {
        guess(&mut w, K1, &format!("30{n}"));
    }
    let before = w.site.credentials.budgets.clone();
    w.restart();
    assert!(w.site.credentials.budgets == before);
    assert!(matches!(guess(&mut w, K1, "400"), Refusal::KioskPaused { .. }));
}

#[test]
fn a_couriers_code_never_dies_by_wrong_tries() {
    let mut w = World::new();
    let code = w.ups();
    for _ in 0..40 {
        let proof = wrong(&code.digits[..3]);
        let _ = w.ask(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof });
        w.minutes(1);
    }
    let visit = w.log_in(K1, &code).expect("the badge is never paused");
    w.put(visit, "101", Size::S);
}

#[test]
fn what_is_paused_is_shown_until_it_is_over_or_lifted() {
    let mut w = World::new();
    let paused = |w: &World| w.site.credentials.budgets.is_anything_paused(w.now);
    for kiosk in [K1, K1, K3, K3, K2] {
        assert!(!paused(&w));
        guess(&mut w, kiosk, "101");
    }
    assert!(paused(&w), "the apartment's number alone: no kiosk saw five");
    w.minutes(15);
    assert!(!paused(&w));
    w.ok(STAFF, Command::SetPolicy { policy: Policy { guesses: GuessProfile::High, ..Policy::default() } });
    let mut number = 200;
    while guess(&mut w, K1, &number.to_string()) != Refusal::KeypadsOff {
        number += 1;
        w.minutes(61);
    }
    w.wait(Span::days(3));
    assert!(paused(&w), "off until staff lift it");
    w.ok(STAFF, Command::LiftPauses);
    assert!(!paused(&w));
}
