//! Measures a site as a whole: real writer, store, router and bus driver, over loopback HTTP, on a real disk.
//!
//! What is measured and how to repeat it: `docs/bench.md`. Read next: [`cycles`], then [`kiosk`] (what a client does)
//! and [`yardstick`] (what it is compared with).
#![forbid(unsafe_code)]

mod cycles;
mod demo;
mod doors;
mod founding;
mod http;
mod kiosk;
mod load;
mod mail;
mod past;
mod post;
mod report;
mod rows;
mod running;
mod wire;
mod yardstick;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use load::Plan;
use report::Report;
use std::path::PathBuf;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NAMES: [&str; 8] = ["cycles", "past", "pin", "doors", "bus", "entry", "mail", "demo"];

/// Measures Vestibule beside a yardstick on this machine
#[derive(Parser)]
struct Arguments {
    /// Shorter turns and a smaller past: for a look, not for a claim
    #[arg(long)]
    quick: bool,
    /// Only this: cycles, past, pin, doors, bus, entry, mail or demo
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Also write the measures to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Where the measured sites are stored meanwhile; must be a real disk
    #[arg(long, value_name = "FOLDER", default_value = "target/bench")]
    scratch: PathBuf,
    /// Parcels of the past
    #[arg(long)]
    parcels: Option<usize>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let unknown = arguments.only.iter().find(|name| !NAMES.contains(&name.as_str()));
    ensure!(unknown.is_none(), "no measure is called {unknown:?}; there are {NAMES:?}");
    std::fs::create_dir_all(&arguments.scratch).context("the scratch folder can be made")?;
    let mut report = Report::default();
    report.note(format!(
        "bench profile: pulse 0, gap 0, boards that answer at once and tell of changes; breaker raised to {} openings a \
         minute and bank; authorisation and audit on; synchronous=FULL; the post is taken from the outbox in process",
        founding::BREAKER_RAISED_TO
    ));
    let measured = measure(&arguments, &mut report).await;
    if let Some(path) = &arguments.json {
        report.write(path)?;
    }
    measured
}

async fn measure(arguments: &Arguments, report: &mut Report) -> Result<()> {
    let wants = |name: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == name);
    let seconds = Duration::from_secs;
    let (plan, parcels, length) = if arguments.quick {
        (Plan { warm_up: seconds(1), turn: seconds(2), turns: 3 }, 10_000, seconds(20))
    } else {
        (Plan { warm_up: seconds(2), turn: seconds(4), turns: 5 }, 100_000, seconds(60))
    };
    let scratch = &arguments.scratch;
    if wants("cycles") {
        cycles::against_yardstick(scratch, plan, report).await?;
    }
    if wants("past") {
        cycles::with_a_past(scratch, (arguments.parcels.unwrap_or(parcels), plan), report).await?;
    }
    if wants("pin") {
        cycles::by_pin(scratch, plan, report).await?;
    }
    if wants("doors") {
        doors::seen_shut(scratch, length, report).await?;
    }
    if wants("bus") {
        doors::bus::cost(length.min(seconds(30)), report).await?;
    }
    if wants("entry") {
        let (entries, days) = if arguments.quick { (60, 40) } else { (300, 365) };
        doors::entry::by_the_door(scratch, entries, report).await?;
        doors::year::of_entries(scratch, days, report).await?;
    }
    if wants("mail") {
        mail::accepted(scratch, report).await?;
    }
    if wants("demo") {
        demo::cold_start(report).await?;
    }
    Ok(())
}
