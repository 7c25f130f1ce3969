//! Measures the crate: `cargo xtask bench intake [--febrl FOLDER]`. Method and figures: `docs/intake.md`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a program beside the crate: it reads files and a clock for whoever runs it"
)]

mod febrl;
mod generator;

use rustix::time::{ClockId, clock_gettime};
use std::path::PathBuf;
use vestibule_intake::{Decision, Directory, Resident, recognise};

const SET: &str = include_str!("../../tests/fixtures/tracking-numbers.tsv");
const SEED: u64 = 20_261_122;

/// A directory and what is asked of it.
pub struct Round {
    /// The building.
    residents: Vec<Resident>,
    /// A name on a label, and who in the directory is meant.
    asked: Vec<(String, usize)>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.iter().position(|word| word == "--febrl").and_then(|at| arguments.get(at + 1));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "load average {}; times are of the process on the CPU",
        load.split(' ').next().unwrap_or_default()
    );
    tracking();
    let folder = folder.map_or_else(|| PathBuf::from("target/bench/febrl"), PathBuf::from);
    let people = match febrl::read(&folder) {
        Ok(people) => Some(people),
        Err(why) => {
            println!("FEBRL 4 is not measured: {}: {why}", folder.display());
            None
        }
    };
    for size in [150, 300, 1_000] {
        match &people {
            Some(people) => {
                let (seen, held_out) = people.rounds(size);
                names("FEBRL 4, names only", size, &seen);
                names("FEBRL 4, held out", size, &held_out);
            }
            None => names(&format!("generated, seed {SEED}"), size, &generator::rounds(SEED, size)),
        }
    }
}

/// What this process has used.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn tracking() {
    let numbers: Vec<&str> = SET
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(3))
        .collect();
    let (rounds, started) = (10_000, cpu_seconds());
    let mut valid = 0_usize;
    for _ in 0..rounds {
        valid += numbers.iter().filter(|number| recognise(std::hint::black_box(number)).valid()).count();
    }
    let seconds = cpu_seconds() - started;
    let count = rounds * numbers.len();
    println!(
        "tracking: {count} numbers ({} of {} valid), {:.0} a second",
        valid / rounds,
        numbers.len(),
        count as f64 / seconds
    );
}

/// Identical names are one: nothing but an apartment could tell them apart.
fn names(what: &str, size: usize, rounds: &[Round]) {
    let (mut asked, mut top, mut auto, mut right, mut seconds) = (0_u32, 0_u32, 0_u32, 0_u32, 0.0);
    for round in rounds {
        let directory = Directory::new(round.residents.clone());
        for (name, meant) in &round.asked {
            let started = cpu_seconds();
            let found = directory.find(name, None);
            seconds += cpu_seconds() - started;
            let meant = &round.residents[*meant];
            let is_meant = found.ranked.first().is_some_and(|best| {
                (&best.resident.first, &best.resident.last) == (&meant.first, &meant.last)
            });
            asked += 1;
            top += u32::from(is_meant);
            if found.decision == Decision::Auto {
                auto += 1;
                right += u32::from(is_meant);
            }
        }
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    println!(
        "{what}: {size} residents, {asked} labels: top-1 {:.4}, automatic {:.4} of them, right {:.4}, {:.3} ms a label",
        share(top, asked),
        share(auto, asked),
        share(right, auto),
        seconds * 1e3 / f64::from(asked.max(1))
    );
}
