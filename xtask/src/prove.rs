//! The full proof: every stage in a release build, real kills, the coverage of the rules, then the planted bugs in a build
//! of their own, then the document.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::{coverage, guided, process};

const FIGURES: &str = "docs/proof/figures.json";
const DOCUMENT: &str = "docs/proof.md";
const KILLS: u64 = 2_000;
/// The part of a run's minutes in which the real program is killed; the proof knows its own stages' parts.
const KILLS_SHARE: f64 = 0.10;
/// The part in which inputs are chosen by the branches they reach.
const GUIDED_SHARE: f64 = 0.05;

/// Runs all stages in about so many minutes; red when anything was violated or a planted bug was not found.
pub fn run(root: &Path, minutes: f64, seconds_a_bug: &str) -> Result<ExitCode> {
    let commit = process::output(process::git(root).args(["rev-parse", "--short=12", "HEAD"]))?;
    let commit = commit.trim();
    let common = ["--commit", commit, "--figures", FIGURES];
    let whole = minutes.to_string();
    std::fs::create_dir_all(root.join(FIGURES).parent().unwrap_or(root))
        .context("the folder of the figures")?;
    let guided = guided::run(root, minutes * 60.0 * GUIDED_SHARE)?;
    let mut prove = proof(root, false);
    prove.args(["prove", "--minutes", &whole]).args(common).arg("--found").arg(&guided.found);
    let stages = process::exit_code(&mut prove)?;
    let parsers = if guided.figures["violations"] == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    merge(root, &guided.figures)?;
    let kills = kills(root, minutes * 60.0 * KILLS_SHARE)?;
    let branches = coverage::branches_of_core(root)?;
    merge(root, &Map::from_iter([("branch_coverage".to_owned(), branches.into())]))?;
    let bugs =
        process::exit_code(proof(root, true).args(["planted", "--seconds", seconds_a_bug]).args(common))?;
    process::run(proof(root, false).args(["page", "--figures", FIGURES, "--document", DOCUMENT]))?;
    let first_red = [stages, parsers, kills].into_iter().find(|code| *code != ExitCode::SUCCESS);
    Ok(first_red.unwrap_or(bugs))
}

/// The release binary under SIGKILL, with a client that drives it.
pub fn kills(root: &Path, seconds: f64) -> Result<ExitCode> {
    let report = process::target(root)?.join("kills.json");
    if report.exists() {
        std::fs::remove_file(&report).context("the report of the run before")?;
    }
    let build = ["test", "--quiet", "--release", "--package", "vestibule", "--test", "it"];
    process::run(process::cargo(root).args(build).arg("--no-run"))?;
    eprintln!("[kills] {seconds:.0} s, at most {KILLS} kills");
    let start = Instant::now();
    let mut command = process::cargo(root);
    // What is shipped is looked through as well: only a release build drops what no build of the product has.
    command.args(build).args(["--", "--nocapture", "kills::", "shipped::"]);
    command.env("VESTIBULE_KILLS", KILLS.to_string()).env("VESTIBULE_KILLS_REPORT", &report);
    command.env("VESTIBULE_KILLS_SECONDS", format!("{seconds:.0}"));
    let code = process::exit_code(&mut command)?;
    let text = std::fs::read_to_string(&report).context("the kills left no report")?;
    let figures: Map<String, Value> = serde_json::from_str(&text)?;
    eprintln!("[kills] took {:.0} s, {} kills", start.elapsed().as_secs_f64(), figures["real_kills"]);
    merge(root, &figures)?;
    Ok(code)
}

/// Puts figures into the file and keeps what other stages wrote there.
fn merge(root: &Path, figures: &Map<String, Value>) -> Result<()> {
    let path = root.join(FIGURES);
    let before = std::fs::read_to_string(&path).ok();
    let mut all = before.map_or(Ok(Map::new()), |text| serde_json::from_str(&text))?;
    add(&mut all, figures);
    let text = serde_json::to_string_pretty(&all)?;
    std::fs::write(&path, text + "\n").with_context(|| path.display().to_string())
}

/// Violations and inputs add up; every other figure is one stage's own.
fn add(all: &mut Map<String, Value>, figures: &Map<String, Value>) {
    for (key, value) in figures {
        let before = all.get(key).and_then(Value::as_u64).unwrap_or(0);
        let value = match value.as_u64() {
            Some(more) if key == "violations" || key == "fuzz_inputs" => (before + more).into(),
            _ => value.clone(),
        };
        all.insert(key.clone(), value);
    }
}

fn proof(root: &Path, planted: bool) -> std::process::Command {
    let mut command = process::cargo(root);
    command.args(["run", "--quiet", "--release", "--package", "vestibule-proof", "--bin", "vestibule-proof"]);
    if planted {
        command.args(["--features", "planted"]);
    }
    command.arg("--");
    command
}

#[cfg(test)]
mod tests {
    use super::{GUIDED_SHARE, KILLS_SHARE, add};
    use serde_json::json;

    /// Minutes of sixty as the proof's own stages have them.
    #[test]
    fn the_parts_of_a_run_are_not_more_than_the_run() {
        let source = include_str!("../../crates/proof/src/prove.rs");
        let list = source.split("const BUDGETS").nth(1).and_then(|rest| rest.split("];\n").next());
        let minutes: Vec<f64> = list
            .expect("the list of stages")
            .lines()
            .filter_map(|line| {
                line.trim().strip_prefix("(\"")?.split_once("\", ")?.1.strip_suffix("),")?.parse().ok()
            })
            .collect();
        assert_eq!(minutes.len(), 7, "{minutes:?}");
        let parts = minutes.iter().sum::<f64>() / 60.0 + KILLS_SHARE + GUIDED_SHARE;
        assert!(parts <= 1.0, "{parts}");
    }

    #[test]
    fn violations_add_up_and_the_figures_of_other_stages_stay() {
        let mut all = json!({ "power_cuts": 7, "violations": 1, "real_kills": 5 });
        let figures = json!({ "real_kills": 2000, "violations": 2 });
        let (all_figures, figures) =
            (all.as_object_mut().expect("an object"), figures.as_object().expect("one too"));
        add(all_figures, figures);
        assert_eq!(all, json!({ "power_cuts": 7, "violations": 3, "real_kills": 2000 }));
    }
}
