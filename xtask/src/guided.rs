//! Fuzzing with the compiler's coverage counters: libFuzzer keeps what reaches new branches, parser by parser, for the
//! much larger number of inputs that are bred from it afterwards.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, json};

use crate::{process, tools};

/// What makes a program count: an 8-bit counter a branch, the operands of comparisons, and where each counter is.
const COUNTING: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";
/// At once; as many as the machine of the figures has cores.
const SIDE_BY_SIDE: usize = 2;
/// An input that takes longer hangs, in seconds; a parser that holds more has no bound, in MiB.
const LIMITS: [&str; 4] = ["-timeout=10", "-rss_limit_mb=768", "-malloc_limit_mb=256", "-max_len=600"];
const DONE: &str = "stat::number_of_executed_units:";

/// What the runs left: inputs worth keeping, and figures.
pub struct Guided {
    pub found: PathBuf,
    pub figures: Map<String, serde_json::Value>,
}

/// Runs every parser within about so many seconds in all.
pub fn run(root: &Path, seconds: f64) -> Result<Guided> {
    tools::ensure_compiler()?;
    let target = process::target(root)?.join("guided");
    let program = build(root, &target)?;
    let found = target.join("found");
    let folder = found.to_string_lossy().into_owned();
    let proof =
        ["run", "--quiet", "--release", "--package", "vestibule-proof", "--bin", "vestibule-proof", "--"];
    let names = process::output(process::cargo(root).args(proof).args(["examples", "--folder", &folder]))?;
    let names: Vec<&str> = names.lines().collect();
    ensure!(!names.is_empty(), "the proof names no parsers");
    let each = (seconds * SIDE_BY_SIDE as f64 / names.len() as f64).max(1.0);
    eprintln!(
        "[guided] {seconds:.0} s: {} parsers, {each:.0} s each, {SIDE_BY_SIDE} side by side",
        names.len()
    );
    let (mut inputs, mut violations) = (0, 0);
    for pair in names.chunks(SIDE_BY_SIDE) {
        let running: Result<Vec<_>> =
            pair.iter().map(|name| Ok((*name, start(&program, &found, name, each)?))).collect();
        for (name, child) in running? {
            let output = child.wait_with_output().context("a run of libFuzzer")?;
            let said = String::from_utf8_lossy(&output.stderr);
            let done = executed(&said).unwrap_or(0);
            eprintln!("[guided] {name}: {done} inputs");
            inputs += done;
            if !output.status.success() {
                violations += 1;
                eprintln!("[guided] VIOLATION: {name}\n{said}");
            }
        }
    }
    let figures = json!({ "fuzz_inputs": inputs, "fuzz_inputs_guided": inputs, "violations": violations });
    Ok(Guided { found, figures: figures.as_object().cloned().unwrap_or_default() })
}

/// The program, built for a named machine: what runs while building must not count.
fn build(root: &Path, target: &Path) -> Result<PathBuf> {
    let host = process::output(Command::new("rustc").arg("-vV"))?;
    let host =
        host.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names its machine")?;
    let mut build = process::cargo(root);
    build.args(["build", "--quiet", "--release", "--package", "vestibule-proof", "--bin", "guided"]);
    build.args(["--features", "guided", "--target", host, "--target-dir"]).arg(target);
    process::run(build.env("RUSTFLAGS", COUNTING))?;
    Ok(target.join(host).join("release/guided"))
}

fn start(program: &Path, found: &Path, name: &str, seconds: f64) -> Result<Child> {
    let mut run = Command::new(program);
    run.args(LIMITS).args([format!("-max_total_time={seconds:.0}"), "-print_final_stats=1".to_owned()]);
    run.arg(format!("-artifact_prefix={}/{name}-", found.display())).arg(found.join(name));
    run.env("VESTIBULE_FUZZ", name).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    run.spawn().with_context(|| program.display().to_string())
}

fn executed(said: &str) -> Option<u64> {
    said.lines().find_map(|line| line.strip_prefix(DONE)?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::executed;

    #[test]
    fn the_number_of_inputs_is_read_from_what_libfuzzer_says() {
        let said = "#2097152 pulse\nDone 2097153 runs in 11 second(s)\nstat::number_of_executed_units: 2097153\n\
                    stat::average_exec_per_sec: 190650\n";
        assert_eq!(executed(said), Some(2_097_153));
        assert_eq!(executed("==1== ERROR: libFuzzer: deadly signal"), None);
    }
}
