//! The only entry point for checks and generated files: `cargo xtask COMMAND`.
//!
//! It depends on none of the product's crates, so that it builds in seconds and works when they do not.

mod coverage;
mod gate;
mod generate;
mod guided;
mod models;
mod process;
mod prove;
mod stage;
mod tidy;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Checks and generated files of this workspace")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Every check and every test, with what they need installed first
    Test,
    /// What CI runs: `test`, and cargo-deny where it is installed
    Ci,
    /// The rules of the code base that no compiler checks
    Tidy,
    /// Write the generated files
    Gen {
        /// Write nothing; fail when a file on disk is not what would be written
        #[arg(long)]
        check: bool,
    },
    /// Measure a release build; everything after `bench` goes to the benchmark, `bench intake` to that of labels, `bench pages` to
    /// that of the kiosk's screens in a browser
    Bench {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Try to lose a parcel in a simulated property: `--seed N --trace` repeats one, `--minutes M` hunts
    Sim {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run the whole proof in a release build and write its figures into `docs/proof`
    Prove {
        /// For everything but the planted bugs
        #[arg(long, default_value_t = 60.0)]
        minutes: f64,
        /// For each planted bug at most
        #[arg(long, default_value = "60")]
        seconds_a_bug: String,
    },
    /// Fetch the models with which printed text is read, checked against their pinned sums, into `models/`
    Models {
        /// Another folder, an installed product's for one
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
    /// Count the branches of the rules that their own tests take, and name those they do not
    Coverage,
    /// Format every crate
    Fmt,
}

fn main() -> ExitCode {
    let root = process::root();
    let outcome = match Arguments::parse().command {
        Task::Test => gate::run(&root, gate::Extent::Test),
        Task::Ci => gate::run(&root, gate::Extent::Ci),
        Task::Tidy => tidy::run(&root).map(|()| ExitCode::SUCCESS),
        Task::Gen { check: true } => generate::check(&root).map(|()| ExitCode::SUCCESS),
        Task::Gen { check: false } => generate::write(&root).map(|()| ExitCode::SUCCESS),
        Task::Bench { arguments } if arguments.first().is_some_and(|part| part == "intake") => {
            bench_intake(&root, &arguments[1..])
        }
        Task::Bench { arguments } if arguments.first().is_some_and(|part| part == "pages") => {
            bench_pages(&root, &arguments[1..])
        }
        Task::Bench { arguments } => bench_site(&root, &arguments),
        Task::Sim { arguments } => process::exit_code(
            process::cargo(&root)
                .args([
                    "run",
                    "--quiet",
                    "--release",
                    "--package",
                    "vestibule-proof",
                    "--bin",
                    "vestibule-proof",
                    "--",
                    "sim",
                ])
                .args(arguments),
        ),
        Task::Prove { minutes, seconds_a_bug } => prove::run(&root, minutes, &seconds_a_bug),
        Task::Models { into } => models::fetch(&root, into).map(|folder| {
            println!("{}", folder.display());
            ExitCode::SUCCESS
        }),
        Task::Coverage => coverage::branches_of_core(&root).map(|_| ExitCode::SUCCESS),
        Task::Fmt => process::exit_code(process::cargo(&root).args(["fmt", "--all"])),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

/// The site as a whole, and where nothing was chosen its screens in a browser too.
fn bench_site(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let built = process::exit_code(process::cargo(root).args(RELEASE))?;
    if built != ExitCode::SUCCESS {
        return Ok(built);
    }
    let run = ["run", "--quiet", "--release", "--package", "vestibule-bench", "--"];
    let done = process::exit_code(process::cargo(root).args(run).args(arguments))?;
    let is_whole = !arguments.iter().any(|argument| argument.starts_with("--only") || argument == "--help");
    if done == ExitCode::SUCCESS && is_whole { bench_pages(root, &[]) } else { Ok(done) }
}

/// What `bench` measures as it is shipped: the binary.
const RELEASE: [&str; 5] = ["build", "--quiet", "--release", "--package", "vestibule"];

fn bench_pages(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let built = process::exit_code(process::cargo(root).args(RELEASE))?;
    if built != ExitCode::SUCCESS {
        return Ok(built);
    }
    let run = ["run", "--quiet", "--release", "--package", "vestibule-e2e", "--example", "pages", "--"];
    process::exit_code(process::cargo(root).args(run).args(arguments))
}

/// The crates measure themselves: nothing of a site has to be built for that.
fn bench_intake(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let run = ["run", "--quiet", "--release", "--package"];
    let text = ["vestibule-intake", "--example", "figures", "--"];
    let done = process::exit_code(process::cargo(root).args(run).args(text).args(arguments))?;
    if done != ExitCode::SUCCESS {
        return Ok(done);
    }
    let pictures = ["vestibule-vision", "--example", "measure", "--features", "vision", "--"];
    process::exit_code(process::cargo(root).args(run).args(pictures).args(arguments))
}
