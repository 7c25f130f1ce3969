//! The real program killed with SIGKILL at random moments while people use it over HTTP.
//!
//! Every request carries an `Idempotency-Key` and is sent again after the kill until it is answered. What was answered is
//! there after every start, nothing is there twice, no coil is pulsed by a start, and `check` and `verify` find nothing.
//!
//! `cargo xtask prove` runs it in a release build with `VESTIBULE_KILLS`; without that there are a few kills only.
//! `VESTIBULE_KILLS_SEED` repeats a run's choices.

mod books;
mod client;
mod egress;
mod life;
mod people;
mod property;
mod wall;

use books::Tally;
use people::Street;
use serde_json::json;
use std::time::{Duration, Instant};

/// Sites that are run at once in a full run.
const SITES: u64 = 2;
const KILLS_OF_A_TEST: u64 = 10;
const SEED_OF_A_TEST: u64 = 20_261_122;

/// How much, from the environment.
struct Extent {
    kills: u64,
    sites: u64,
    seed: u64,
    time: Duration,
}

impl Extent {
    fn asked() -> Self {
        let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let kills = number("VESTIBULE_KILLS");
        Self {
            kills: kills.unwrap_or(KILLS_OF_A_TEST),
            sites: if kills.is_some() { SITES } else { 1 },
            seed: number("VESTIBULE_KILLS_SEED").unwrap_or(SEED_OF_A_TEST),
            time: Duration::from_secs(number("VESTIBULE_KILLS_SECONDS").unwrap_or(3_600)),
        }
    }
}

#[test]
fn what_was_answered_is_there_after_every_kill_and_nothing_is_there_twice() {
    let extent = Extent::asked();
    let (each, begun) = (extent.kills.div_ceil(extent.sites), Instant::now());
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let run = |n| {
            let seed = extent.seed + n;
            (seed, scope.spawn(move || live_through(seed, each, extent.time)))
        };
        let running: Vec<_> = (0..extent.sites).map(run).collect();
        running.into_iter().map(|(seed, run)| (seed, run.join())).collect()
    });
    let mut total = Tally::default();
    let mut failed = Vec::new();
    for (seed, outcome) in outcomes {
        match outcome {
            Ok(tally) => total.add(&tally),
            Err(_) => failed.push(seed),
        }
    }
    eprintln!("{total:?} in {:.1} s", begun.elapsed().as_secs_f64());
    report(&total, failed.len());
    let again = failed.first().unwrap_or(&0);
    assert!(
        failed.is_empty(),
        "seeds {failed:?} failed; repeat: VESTIBULE_KILLS={} VESTIBULE_KILLS_SEED={again} cargo test --release -p vestibule \
         --test it kills",
        extent.kills
    );
}

/// One site until it was killed so often, or the time is over.
fn live_through(seed: u64, kills: u64, time: Duration) -> Tally {
    let begun = Instant::now();
    let mut street = Street::new(seed);
    while street.kills() < kills && begun.elapsed() < time {
        street.act();
    }
    street.close()
}

/// Figures for the run that asked for them.
fn report(total: &Tally, violations: usize) {
    let Some(path) = std::env::var_os("VESTIBULE_KILLS_REPORT") else { return };
    let figures = json!({
        "real_kills": total.kills,
        "real_kills_in_flight": total.in_flight,
        "real_kills_acknowledged": total.acknowledged,
        "real_kills_pulses": total.pulses,
        "violations": violations,
    });
    std::fs::write(path, figures.to_string()).expect("the report can be written");
}
