//! The proof's own command line; `cargo xtask sim` and `cargo xtask prove` call it.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use vestibule_proof::attack::strangers::{ROUNDS, attack};
use vestibule_proof::fuzz::Stock;
use vestibule_proof::fuzz::targets::TARGETS;
use vestibule_proof::hunt::{self, Total};
use vestibule_proof::prove::{Figures, page, with_page};
use vestibule_proof::world;

/// What the product itself allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
        /// Play this attack of strangers alone.
        #[arg(long, conflicts_with = "seed")]
        attack: Option<u64>,
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
        /// Plant this bug first (a build with the feature `planted`).
        #[arg(long)]
        planted: Option<String>,
    },
    /// Every stage but the planted bugs; figures go into a file.
    Prove {
        /// Of the whole run, the planted bugs counted in.
        #[arg(long, default_value_t = 60.0)]
        minutes: f64,
        /// Threads.
        #[arg(long, default_value_t = 2)]
        threads: u64,
        /// The first seed.
        #[arg(long, default_value_t = 1)]
        first: u64,
        /// What is proven, as git names it.
        #[arg(long)]
        commit: String,
        /// The inputs that runs of the fuzzing with coverage left.
        #[arg(long)]
        found: Option<PathBuf>,
        /// Where the figures go.
        #[arg(long)]
        figures: PathBuf,
    },
    /// Hunts every planted bug (a build with the feature `planted`) and adds to the figures.
    Planted {
        /// For each at most.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// What is proven, as git names it.
        #[arg(long)]
        commit: String,
        /// Where the figures are.
        #[arg(long)]
        figures: PathBuf,
    },
    /// Writes right inputs of every parser into a folder, and prints the parsers' names.
    Examples {
        /// One folder a parser goes there.
        #[arg(long)]
        folder: PathBuf,
    },
    /// Writes the figures into a document, between its marks.
    Page {
        /// Where the figures are.
        #[arg(long)]
        figures: PathBuf,
        /// The document.
        #[arg(long)]
        document: PathBuf,
    },
}

fn main() -> ExitCode {
    run(Arguments::parse().what).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(what: What) -> Result<ExitCode> {
    match what {
        What::Sim { attack: Some(seed), trace, planted, .. } => {
            plant(planted.as_deref())?;
            let asked = attack(seed, ROUNDS, &world::founded(), trace).map_err(anyhow::Error::msg)?;
            println!("{asked} operations, nothing was violated");
            Ok(ExitCode::SUCCESS)
        }
        What::Sim { seed, trace, minutes, first, threads, planted, .. } => {
            plant(planted.as_deref())?;
            let start = Instant::now();
            let total = match seed {
                Some(seed) => hunt::run_seed(seed, &world::founded(), trace),
                None => {
                    let time = Duration::from_secs_f64(minutes.unwrap_or(1.0) * 60.0);
                    hunt::hunt_on(threads, first, time)
                }
            };
            Ok(told(&total, start))
        }
        What::Prove { minutes, threads, first, commit, found, figures } => {
            let stock = Stock::gathered(found.as_deref()).context("the inputs that were found")?;
            let mut run = Figures::of(minutes, threads, None);
            run.prove(first, &stock);
            written(run, &commit, &figures)
        }
        What::Planted { seconds, commit, figures } => {
            let before = std::fs::read_to_string(&figures).ok();
            let mut run = Figures::of(0.0, 1, before.as_deref());
            planted(&mut run, seconds)?;
            written(run, &commit, &figures)
        }
        What::Examples { folder } => {
            Stock::lay_out(&folder).with_context(|| folder.display().to_string())?;
            TARGETS.iter().for_each(|target| println!("{}", target.name));
            Ok(ExitCode::SUCCESS)
        }
        What::Page { figures, document } => {
            let part = page(&std::fs::read_to_string(&figures).context("the figures")?);
            let text = std::fs::read_to_string(&document).context("the document")?;
            let text = with_page(&text, &part).context("the document has no marks for the figures")?;
            std::fs::write(&document, text).context("the document")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn written(run: Figures, commit: &str, path: &PathBuf) -> Result<ExitCode> {
    let (text, violations) = run.finish(commit);
    std::fs::write(path, &text).with_context(|| format!("{}", path.display()))?;
    print!("{text}");
    for violation in &violations {
        println!("VIOLATION: {violation}");
    }
    Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(feature = "planted")]
fn plant(name: Option<&str>) -> Result<()> {
    let known = vestibule_core::planted::plant(name);
    anyhow::ensure!(
        known,
        "there is no such bug; these can be planted: {:?}",
        vestibule_core::planted::NAMES
    );
    Ok(())
}

#[cfg(not(feature = "planted"))]
fn plant(name: Option<&str>) -> Result<()> {
    anyhow::ensure!(name.is_none(), "nothing can be planted in this build; add --features planted");
    Ok(())
}

#[cfg(feature = "planted")]
fn planted(run: &mut Figures, seconds: u64) -> Result<()> {
    run.planted(Duration::from_secs(seconds));
    Ok(())
}

#[cfg(not(feature = "planted"))]
fn planted(_: &mut Figures, _: u64) -> Result<()> {
    anyhow::bail!("nothing can be planted in this build; add --features planted")
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
