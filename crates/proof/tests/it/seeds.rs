//! Seeds: a fixed number at every push, and each that ever failed.

use vestibule_proof::attack::strangers::{ROUNDS, attack};
use vestibule_proof::hunt::{FURNISHED, Total, repeat, run_seed};
use vestibule_proof::world::founded;

const FOUND: &str = include_str!("../../regressions.txt");

fn run(seeds: impl Iterator<Item = u64>) -> Total {
    let founded = founded();
    let mut total = Total::default();
    for seed in seeds {
        total.add(&run_seed(seed, &founded, false));
        if let Some((seed, words)) = total.violations.first() {
            panic!("seed {seed}: {words}\n  {}", repeat(*seed));
        }
    }
    total
}

fn lively(total: &Total) {
    assert!(total.power_cuts > 4 * total.seeds, "{total:?}");
    assert!(total.pulses > 2 * total.seeds && total.torn > 0 && total.errors > total.seeds / 2, "{total:?}");
}

#[test]
fn seeds_of_the_smoke_hold() {
    lively(&run(1..=14));
}

#[test]
fn more_seeds_of_the_smoke_hold() {
    lively(&run(1_001..=1_014));
}

#[test]
fn seeds_of_a_furnished_property_hold() {
    lively(&run(FURNISHED + 1..=FURNISHED + 14));
}

#[test]
fn every_seed_that_ever_failed_holds() {
    run(found().0.into_iter());
}

#[test]
fn every_attack_that_ever_got_through_is_held() {
    let founded = founded();
    for seed in found().1 {
        attack(seed, ROUNDS, &founded, false).unwrap_or_else(|words| panic!("{words}"));
    }
}

/// Seeds and attacks that once failed. A line that is neither is no comment but a seed that nobody runs.
fn found() -> (Vec<u64>, Vec<u64>) {
    let (mut seeds, mut attacks) = (Vec::new(), Vec::new());
    for line in FOUND.lines().filter(|line| !line.starts_with('#')) {
        let number = |text: &str| text.split(' ').next().and_then(|word| word.parse().ok());
        let (list, seed) = match line.strip_prefix("attack ") {
            Some(rest) => (&mut attacks, number(rest)),
            None => (&mut seeds, number(line)),
        };
        list.push(seed.unwrap_or_else(|| panic!("no seed and no attack: {line:?}")));
    }
    assert!(!seeds.is_empty() && !attacks.is_empty(), "{} seeds, {} attacks", seeds.len(), attacks.len());
    (seeds, attacks)
}

#[test]
fn a_seed_is_the_same_run_every_time() {
    let founded = founded();
    let [first, second] = [7, 7].map(|seed| run_seed(seed, &founded, false));
    assert_eq!(first.disk_calls, second.disk_calls);
    assert_eq!((first.events, first.pulses, first.dropped), (second.events, second.pulses, second.dropped));
}
