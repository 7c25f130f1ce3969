//! The proof's own command line; `cargo xtask sim` and `cargo xtask prove` call it.

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use vestibule_proof::hunt::{self, Total};
use vestibule_proof::world;

#[derive(Parser)]
#[command(about = "Tries to lose a parcel")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Runs one seed, or hunts.
    Sim {
        /// Run this seed alone.
        #[arg(long)]
        seed: Option<u64>,
        /// Print what happens.
        #[arg(long)]
        trace: bool,
        /// Hunt for so many minutes.
        #[arg(long)]
        minutes: Option<f64>,
        /// The first seed of a hunt.
        #[arg(long, default_value_t = 1)]
        first: u64,
        /// Threads of a hunt.
        #[arg(long, default_value_t = 2)]
        threads: u64,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().what {
        What::Sim { seed: Some(seed), trace, .. } => {
            let founded = world::founded();
            told(&hunt::run_seed(seed, &founded, trace), Instant::now())
        }
        What::Sim { seed: None, minutes, first, threads, .. } => {
            let start = Instant::now();
            let time = Duration::from_secs_f64(minutes.unwrap_or(1.0) * 60.0);
            told(&hunt::hunt_on(threads, first, time), start)
        }
    }
}

fn told(total: &Total, since: Instant) -> ExitCode {
    let seconds = since.elapsed().as_secs_f64().max(0.001);
    println!(
        "{} seeds, {} power cuts ({:.0} a second), {} kills, {} I/O errors, {} disk calls, {} sectors dropped, {} torn",
        total.seeds,
        total.power_cuts,
        total.power_cuts as f64 / seconds,
        total.kills,
        total.errors,
        total.disk_calls,
        total.dropped,
        total.torn
    );
    println!(
        "{} operations, {} events, {} pulses, {:.1} simulated days",
        total.operations,
        total.events,
        total.pulses,
        total.simulated_ms as f64 / 86_400_000.0
    );
    for (seed, words) in &total.violations {
        println!("VIOLATION at seed {seed}: {words}\n  {}", hunt::repeat(*seed));
    }
    if total.violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
