//! `test` and `ci`: every check in the order in which a failure costs least.
//!
//! The last thing printed is the test runner's own summary.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::stage::Stages;
use crate::tools::Runner;
use crate::{generate, models, process, tidy, tools};

/// How much to check.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Test,
    Ci,
}

/// What packages are built with. The same everywhere, so that nothing is compiled twice.
const FEATURES: [&str; 2] = ["--features", "vestibule/vision"];

/// Run every stage; the exit code is the test runner's, an error is any earlier stage's.
pub fn run(root: &Path, extent: Extent) -> Result<ExitCode> {
    let deny = extent == Extent::Ci && process::succeeds(process::cargo(root).args(["deny", "--version"]));
    let mut stages = Stages::new(if deny { 8 } else { 7 });
    let ready = || Ok((tools::ensure(root)?, tools::ensure_peers(root)?, models::ensure(root)));
    let (runner, peers, models) = stages.run("tools", ready)?;
    stages.run("formatting", || process::run(process::cargo(root).args(["fmt", "--all", "--check"])))?;
    stages.run("tidy", || tidy::run(root))?;
    if deny {
        // Advisories need a copy of their database, which is not part of a clone.
        let checks = ["deny", "check", "bans", "licenses", "sources"];
        stages.run("cargo deny", || process::run(process::cargo(root).args(checks)))?;
    }
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked"];
    let denied = ["--", "--deny", "warnings"];
    stages.run("clippy", || process::run(process::cargo(root).args(clippy).args(FEATURES).args(denied)))?;
    // One build for the binary and the tests: two with different sets of crates would select different
    // features of the dependencies and compile them twice.
    let build = ["build", "--workspace", "--all-targets", "--locked"];
    stages.run("debug build", || process::run(process::cargo(root).args(build).args(FEATURES)))?;
    let binary = debug_binary(root)?;
    stages.run("generated files", || generate::check_with(root, || Ok(Command::new(&binary))))?;
    stages.announce("tests");
    let mut tests = test_command(root, runner);
    tests.env("VESTIBULE_BIN", &binary).envs(peers.map(|folder| ("VESTIBULE_PEERS", folder)));
    tests.envs(models.map(|folder| ("VESTIBULE_MODELS", folder)));
    process::exit_code(&mut tests)
}

fn test_command(root: &Path, runner: Runner) -> Command {
    let mut command = process::cargo(root);
    match runner {
        Runner::Nextest => command.args(["nextest", "run", "--workspace", "--locked"]).args(FEATURES),
        // Plain cargo knows no test groups: two at a time is what the browser tests bear.
        Runner::CargoTest => {
            let tests = ["test", "--workspace", "--all-targets", "--locked"];
            command.args(tests).args(FEATURES).args(["--", "--test-threads=2"])
        }
    };
    command
}

/// Where a debug build leaves the product's binary.
fn debug_binary(root: &Path) -> Result<PathBuf> {
    Ok(process::target(root)?.join("debug").join("vestibule"))
}
