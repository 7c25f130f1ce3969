//! The `vestibule` program: one site, its demonstration, and the commands around it.
//!
//! Owns: the command line, exit codes, and putting a running site together. Never: a rule or a page.
//!
//! Exit codes: 0 done - 1 it failed, and the words say what to do - 2 the command line is wrong - 3 `check`, `verify`,
//! `bus decode` or `detect` found something that is not as it should be.
#![forbid(unsafe_code)]

mod commands;
mod demo;
mod failure;
#[cfg(feature = "vision")]
mod models;
mod output;
mod place;
mod progress;
mod signals;
mod site;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Parcels of apartment buildings: lockers, shelves, the desk, couriers and residents.
#[derive(Parser)]
#[command(
    name = "vestibule",
    version,
    after_help = "Exit codes: 0 done; 1 failed; 2 wrong command line; 3 check, verify, decode or detect found something wrong.\n\
                  VESTIBULE_TRACE=debug shows what the program does, on standard error."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Try everything: two invented buildings with simulated lockers and an inbox. No configuration, no network.
    Demo(demo::DemoArguments),
    /// Run a site.
    Serve(commands::serve::ServeArguments),
    /// Look whether a site is well: ledger, rows, promises, settings, clock, disk, mail server.
    Check(commands::check::CheckArguments),
    /// Verify a ledger that `check --export` wrote, or a pack of evidence, far from its site.
    Verify(commands::verify::VerifyArguments),
    /// Write what happened into a file that anybody can check.
    #[command(subcommand)]
    Export(commands::export::Export),
    /// Write a backup of a site, running or not, into one file.
    Backup(commands::backup::BackupArguments),
    /// Put a backup back, under a new epoch: all codes die and are sent anew.
    Restore(commands::restore::RestoreArguments),
    /// Import from files.
    #[command(subcommand)]
    Import(commands::import::Import),
    /// Read what a parcel's label says.
    #[command(subcommand)]
    Intake(commands::intake::Intake),
    /// Look at the bytes of a lock board.
    #[command(subcommand)]
    Bus(commands::bus::Bus),
    /// Find lock boards on serial ports and in the network. Asks only for states; no door moves.
    Detect(commands::detect::DetectArguments),
    /// Play a lock board and a mail server on this machine, to try a configuration without hardware.
    Simulate(commands::bus::simulate::SimulateArguments),
    /// Doors one walks through, with the site stopped.
    #[command(subcommand)]
    Doors(commands::doors::Doors),
    /// Print a fresh one-time link with which the first owner sets the site up.
    SetupLink(commands::setup_link::SetupLinkArguments),
    /// Staff accounts.
    #[command(subcommand)]
    Staff(commands::staff::Staff),
    /// Print the OpenAPI document of the site's API.
    #[command(hide = true)]
    Openapi,
}

fn main() -> ExitCode {
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("no other provider was installed before");
    let arguments = Arguments::parse();
    trace();
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Demo(arguments) => in_runtime(demo::run(arguments)),
        Command::Serve(arguments) => in_runtime(commands::serve::run(arguments)),
        Command::Check(arguments) => in_runtime(commands::check::run(arguments)),
        Command::Verify(arguments) => commands::verify::run(&arguments),
        Command::Export(export) => commands::export::run(&export),
        Command::Backup(arguments) => commands::backup::run(&arguments),
        Command::Restore(arguments) => commands::restore::run(&arguments),
        Command::Import(import) => in_runtime(commands::import::run(import)),
        Command::Intake(intake) => commands::intake::run(&intake),
        Command::Bus(bus) => commands::bus::run(&bus),
        Command::Detect(arguments) => in_runtime(commands::detect::run(arguments)),
        Command::Simulate(arguments) => in_runtime(commands::bus::simulate::run(arguments)),
        Command::Doors(doors) => in_runtime(commands::doors::run(doors)),
        Command::SetupLink(arguments) => in_runtime(commands::setup_link::run(arguments)),
        Command::Staff(staff) => in_runtime(commands::staff::run(staff)),
        Command::Openapi => commands::openapi::run(),
    }
}

/// Few threads: a site waits for doors and disks, and its writer has a thread of its own.
fn in_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("the program's threads cannot be started: {error}")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_background();
    result
}

fn trace() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("VESTIBULE_TRACE").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}
