//! How many branches of the rules their own tests take, both ways.
//!
//! Never counts a branch that no build of the product has: those of planted bugs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{process, tools};

const RULES: &str = "crates/core/src/";
/// The condition of a branch that exists only where a bug is planted.
const PLANTED: &str = "is_planted(";

/// A branch: where its condition stands (line, column), and how often it was true and false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    file: PathBuf,
    at: (u64, u64),
    taken: [u64; 2],
}

/// Runs the tests of core with counters and gives the branches taken in percent, one decimal. What was not taken is printed.
pub fn branches_of_core(root: &Path) -> Result<f64> {
    tools::ensure_coverage()?;
    let target = process::target(root)?.join("coverage");
    let raw = target.join("raw");
    if raw.exists() {
        std::fs::remove_dir_all(&raw).context("the counts of the run before")?;
    }
    let tests = ["test", "--quiet", "--package", "vestibule-core", "--lib", "--tests"];
    let built = process::output(counting(root, &target, &raw).args(tests).args([
        "--no-run",
        "--message-format",
        "json",
    ]))?;
    process::run(counting(root, &target, &raw).args(tests))?;
    let profile = target.join("core.profdata");
    let mut merge = Command::new(tools::PROFDATA);
    process::run(merge.args(["merge", "--sparse", "--output"]).arg(&profile).arg(&raw))?;
    let mut export = Command::new(tools::COV);
    export.args(["export", "--instr-profile"]).arg(&profile);
    for program in programs(&built) {
        export.arg("--object").arg(program);
    }
    let branches = branches(&serde_json::from_str(&process::output(&mut export)?)?);
    ensure!(!branches.is_empty(), "no branch of {RULES} was counted");
    Ok(told(&branches))
}

fn counting(root: &Path, target: &Path, raw: &Path) -> Command {
    let mut command = process::cargo(root);
    command.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", target);
    command.env("RUSTFLAGS", "-Cinstrument-coverage -Zcoverage-options=branch");
    command.env("LLVM_PROFILE_FILE", raw.join("%p-%m.profraw"));
    command
}

/// The test programs among cargo's messages.
fn programs(messages: &str) -> Vec<String> {
    let program = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(str::to_owned)
    };
    messages.lines().filter_map(program).collect()
}

/// The branches of the rules in llvm-cov's export, each once: a generic function has one copy for each of its types.
fn branches(export: &Value) -> Vec<Branch> {
    let mut found: BTreeMap<(PathBuf, (u64, u64)), [u64; 2]> = BTreeMap::new();
    for file in export["data"][0]["files"].as_array().into_iter().flatten() {
        let name = file["filename"].as_str().unwrap_or_default();
        if !name.contains(RULES) {
            continue;
        }
        for branch in file["branches"].as_array().into_iter().flatten() {
            let number = |at: usize| branch[at].as_u64().unwrap_or(0);
            let taken = found.entry((name.into(), (number(0), number(1)))).or_default();
            *taken = [taken[0] + number(4), taken[1] + number(5)];
        }
    }
    let branches = found.into_iter().map(|((file, at), taken)| Branch { file, at, taken });
    branches.filter(|branch| !branch.condition().contains(PLANTED)).collect()
}

impl Branch {
    /// The line of its condition, from its condition on.
    fn condition(&self) -> String {
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        let line = usize::try_from(self.at.0).ok().and_then(|line| text.lines().nth(line.checked_sub(1)?));
        let from = usize::try_from(self.at.1).unwrap_or(1).saturating_sub(1);
        let condition: String = line.unwrap_or_default().chars().skip(from).collect();
        // The next operand of `&&` or `||` is a branch of its own.
        condition.split(['&', '|']).next().unwrap_or_default().to_owned()
    }
}

fn told(branches: &[Branch]) -> f64 {
    for branch in branches {
        let [yes, no] = branch.taken;
        let never = if yes == 0 { "true" } else { "false" };
        if yes == 0 || no == 0 {
            eprintln!(
                "      never {never}: {}:{} {}",
                branch.file.display(),
                branch.at.0,
                branch.condition()
            );
        }
    }
    let taken: usize = branches.iter().flat_map(|branch| branch.taken).filter(|times| *times > 0).count();
    let percent = 100.0 * taken as f64 / (2 * branches.len()) as f64;
    eprintln!("[coverage] {taken} of {} branches of the rules: {percent:.1} %", 2 * branches.len());
    (percent * 10.0).floor() / 10.0
}

#[cfg(test)]
mod tests {
    use super::{branches, programs};
    use serde_json::json;

    #[test]
    fn copies_of_a_generic_function_count_once_and_other_crates_do_not() {
        let file = |name: &str| {
            json!({ "filename": name, "branches": [
            [3, 8, 3, 12, 4, 0, 0, 0, 4], [3, 8, 3, 12, 0, 1, 0, 0, 4], [9, 8, 9, 12, 0, 0, 0, 0, 4],
        ] })
        };
        let export = json!({ "data": [{ "files": [file("/x/crates/core/src/a.rs"), file("/x/crates/site/src/b.rs")] }] });
        let taken: Vec<_> = branches(&export).into_iter().map(|branch| branch.taken).collect();
        assert_eq!(taken, [[4, 1], [0, 0]]);
    }

    #[test]
    fn a_branch_of_a_planted_bug_is_in_no_build_of_the_product() {
        let folder =
            std::env::temp_dir().join(format!("coverage-{}", std::process::id())).join("crates/core/src");
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("a.rs");
        std::fs::write(&path, "if is_planted(\"x\") || sound {\n").expect("a file");
        let found = [[1, 4, 1, 19, 0, 2, 0, 0, 4], [1, 23, 1, 28, 0, 2, 0, 0, 4]];
        let export = json!({ "data": [{ "files": [{ "filename": path, "branches": found }] }] });
        let left: Vec<_> = branches(&export).into_iter().map(|branch| branch.at).collect();
        assert_eq!(left, [(1, 23)]);
    }

    #[test]
    fn the_programs_are_found_among_the_messages() {
        let messages =
            "{\"reason\":\"compiler-artifact\",\"executable\":null}\n{\"executable\":\"/t/it-1\"}\nnoise\n";
        assert_eq!(programs(messages), ["/t/it-1"]);
    }
}
