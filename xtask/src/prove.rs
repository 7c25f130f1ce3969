//! The full proof: every stage in a release build, then the planted bugs in a build of their own, then the document.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::process;

const FIGURES: &str = "docs/proof/figures.json";
const DOCUMENT: &str = "docs/proof.md";

/// Runs all stages in about so many minutes; red when anything was violated or a planted bug was not found.
pub fn run(root: &Path, minutes: &str, seconds_a_bug: &str) -> Result<ExitCode> {
    let commit = process::output(process::git(root).args(["rev-parse", "--short=12", "HEAD"]))?;
    let commit = commit.trim();
    let common = ["--commit", commit, "--figures", FIGURES];
    let stages = process::exit_code(proof(root, false).args(["prove", "--minutes", minutes]).args(common))?;
    let bugs =
        process::exit_code(proof(root, true).args(["planted", "--seconds", seconds_a_bug]).args(common))?;
    process::run(proof(root, false).args(["page", "--figures", FIGURES, "--document", DOCUMENT]))?;
    Ok(if stages == ExitCode::SUCCESS { bugs } else { stages })
}

fn proof(root: &Path, planted: bool) -> std::process::Command {
    let mut command = process::cargo(root);
    command.args(["run", "--quiet", "--release", "--package", "vestibule-proof"]);
    if planted {
        command.args(["--features", "planted"]);
    }
    command.arg("--");
    command
}
