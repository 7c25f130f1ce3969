//! A power cut at some calls of every workflow; `cargo xtask prove` does it at all of them.

use vestibule_proof::attack::strangers::{ATTACKS, attack};
use vestibule_proof::attack::{guess_for_years, replay_spent_codes};
use vestibule_proof::fuzz::{Stock, fuzz};
use vestibule_proof::hunt::FURNISHED;
use vestibule_proof::hunt::years::live;
use vestibule_proof::points::{WORKFLOWS, an_old_disk_comes_back, crash_everywhere};
use vestibule_proof::world::founded;

/// Prime, so that the calls are not always of the same kind.
const STRIDE: u64 = 13;

#[test]
fn every_workflow_survives_cuts_at_some_of_its_calls() {
    let founded = founded();
    for workflow in WORKFLOWS {
        let crashed = crash_everywhere(workflow, 1, STRIDE, &founded);
        assert!(crashed.total.violations.is_empty(), "{}: {:?}", crashed.name, crashed.total.violations);
        assert!(crashed.points > 0, "{} touches the disk", crashed.name);
    }
}

#[test]
fn a_disk_that_went_back_in_time_begins_a_new_epoch() {
    let total = an_old_disk_comes_back(1, &founded());
    assert!(total.violations.is_empty(), "{:?}", total.violations);
}

#[test]
fn spent_codes_open_nothing_however_often_they_are_shown() {
    assert_eq!(replay_spent_codes(6_000, 1, &founded()), Ok(6_000));
}

#[test]
fn parsers_bear_strange_bytes() {
    let stock = Stock::gathered(None).expect("examples alone");
    let fuzzed = fuzz(60_000, std::time::Duration::from_secs(60), 1, &stock);
    assert!(fuzzed.violations.is_empty(), "{:?}", fuzzed.violations);
    assert!(fuzzed.inputs >= 60_000);
}

#[test]
fn guesses_at_a_keypad_hit_as_often_as_the_formula_says() {
    let guessed = guess_for_years(1, 1, &founded()).expect("nothing is violated");
    assert!(guessed.expected > 40.0 && guessed.sigmas() <= 4.0, "{guessed:?}");
}

#[test]
fn strangers_at_a_kiosk_get_nothing() {
    let founded = founded();
    for seed in 1..=ATTACKS.len() as u64 {
        let asked = attack(seed, (3, 25), &founded, false);
        assert!(asked.as_ref().is_ok_and(|asked| *asked > 20), "{asked:?}");
    }
}

#[test]
fn a_calm_fortnight_leaves_nothing_over() {
    for seed in [1, FURNISHED + 1] {
        let total = live(14, seed, &founded());
        assert!(total.violations.is_empty(), "{:?}", total.violations);
        assert!(total.simulated_ms >= 14 * 86_400_000 && total.pulses > 14, "{total:?}");
    }
}
