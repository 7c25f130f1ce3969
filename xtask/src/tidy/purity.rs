//! What makes the pure crates pure: nothing in their tree or their text can wait, talk, read a clock or
//! draw a random number.

use std::path::Path;

use anyhow::Result;

use super::finding::Finding;
use super::packages::Packages;
use super::rust_file::RustFile;
use crate::process;

/// A pure package, its folder, and the most direct dependencies it may have.
struct Pure {
    name: &'static str,
    folder: &'static str,
    dependencies_max: usize,
}

const PURE: [Pure; 4] = [
    Pure { name: "vestibule-core", folder: "crates/core", dependencies_max: 6 },
    Pure { name: "vestibule-ledger", folder: "crates/ledger", dependencies_max: 6 },
    Pure { name: "vestibule-protocols", folder: "crates/protocols", dependencies_max: 4 },
    Pure { name: "vestibule-intake", folder: "crates/intake", dependencies_max: 4 },
];

/// Crates that wait, talk, store, or know the time or chance.
const FORBIDDEN_CRATES: [&str; 34] = [
    "async-std",
    "axum",
    "chrono",
    "crossbeam",
    "dirs",
    "fastrand",
    "futures",
    "futures-util",
    "getrandom",
    "hyper",
    "lettre",
    "libsqlite3-sys",
    "log",
    "mio",
    "parking_lot",
    "rand",
    "rand_core",
    "rayon",
    "reqwest",
    "rusqlite",
    "rustix",
    "rustls",
    "serial2",
    "serial2-tokio",
    "smol",
    "socket2",
    "sqlx",
    "tempfile",
    "time",
    "tokio",
    "tokio-postgres",
    "tower",
    "tracing",
    "uuid",
];

/// What the standard library (or jiff) offers and a pure crate must not touch, with what to do instead.
const FORBIDDEN_NAMES: [(&str, &str); 14] = [
    ("std::net", "sockets belong to the shell"),
    ("std::fs", "files belong to the shell"),
    ("std::thread", "threads belong to the shell"),
    ("std::process", "processes belong to the shell"),
    ("std::env", "settings are arguments"),
    ("std::time::SystemTime", "time is an argument"),
    ("std::time::Instant", "time is an argument"),
    ("SystemTime", "time is an argument"),
    ("Instant::now", "time is an argument"),
    ("Timestamp::now", "time is an argument"),
    ("Zoned::now", "time is an argument"),
    ("HashMap", "its order differs from run to run; use BTreeMap"),
    ("HashSet", "its order differs from run to run; use BTreeSet"),
    ("RandomState", "randomness is an argument"),
];

/// Only this file of core knows the calendar library.
const CALENDAR: (&str, &str) = ("crates/core/src/", "crates/core/src/time.rs");

/// Dependencies: none forbidden at any depth, not too many direct ones.
pub fn check_tree(root: &Path, packages: &Packages) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for pure in &PURE {
        // `cargo tree` for this package alone: the workspace as a whole selects more features.
        let words = ["tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
        let tree = process::output(process::cargo(root).args(words).args(["--package", pure.name]))?;
        let names: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
        findings.extend(forbidden_in_tree(pure.name, &names, packages));
        let member = packages.members.iter().find(|member| member.name == pure.name);
        let count = member.map_or(0, super::packages::Member::normal_count);
        findings.extend(too_many(pure, count, packages));
    }
    Ok(findings)
}

fn forbidden_in_tree(name: &str, tree: &[&str], packages: &Packages) -> Vec<Finding> {
    let found = FORBIDDEN_CRATES.iter().filter(|forbidden| tree.contains(forbidden));
    let reason = |forbidden: &&str| format!("{name} is pure and must not have {forbidden} in its tree");
    found.map(|forbidden| Finding::new(&packages.manifest_of(name), 1, reason(forbidden))).collect()
}

fn too_many(pure: &Pure, count: usize, packages: &Packages) -> Option<Finding> {
    let reason = format!("{} has {count} direct dependencies, at most {}", pure.name, pure.dependencies_max);
    (count > pure.dependencies_max).then(|| Finding::new(&packages.manifest_of(pure.name), 1, reason))
}

/// Names in the text, outside tests.
pub fn check_sources(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        // An example is a program beside the crate: it may read and write files for the person who runs it.
        let is_example = file.path.contains("/examples/");
        if !is_example && PURE.iter().any(|pure| pure.folder == file.package_folder()) {
            for (name, instead) in FORBIDDEN_NAMES {
                for line in file.lines_naming(name).into_iter().filter(|line| !file.is_test(*line)) {
                    let reason = format!("`{name}` in a pure crate: {instead}");
                    findings.push(Finding::new(&file.path, line, reason));
                }
            }
        }
        if file.path.starts_with(CALENDAR.0) && file.path != CALENDAR.1 {
            for line in file.lines_with("jiff") {
                findings.push(Finding::new(&file.path, line, format!("only {} may name jiff", CALENDAR.1)));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{FORBIDDEN_NAMES, PURE, check_sources, forbidden_in_tree, too_many};
    use crate::tidy::packages::Packages;
    use crate::tidy::rust_file::RustFile;

    fn findings(path: &str, content: &str) -> Vec<String> {
        let file = RustFile::parse(path, content).unwrap();
        check_sources(&[file]).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn a_runtime_in_the_tree_is_found() {
        let packages = Packages::of(&[("vestibule-core", &[])]);
        let found = forbidden_in_tree("vestibule-core", &["serde", "tokio"], &packages);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "crates/core/Cargo.toml");
    }

    #[test]
    fn one_dependency_too_many_is_found() {
        let packages = Packages::default();
        assert!(too_many(&PURE[2], 4, &packages).is_none());
        assert!(too_many(&PURE[2], 5, &packages).is_some());
    }

    #[test]
    fn every_forbidden_name_is_found_outside_tests_only() {
        for (name, _) in FORBIDDEN_NAMES {
            let used = format!("fn a() {{ {name}; }}\n");
            assert!(!findings("crates/ledger/src/a.rs", &used).is_empty(), "{name}");
            let tested = format!("#[cfg(test)]\nmod tests {{ {used} }}\n");
            assert!(findings("crates/ledger/src/a.rs", &tested).is_empty(), "{name}");
            assert!(findings("crates/site/src/a.rs", &used).is_empty(), "{name}");
        }
    }

    #[test]
    fn imports_do_not_hide_a_forbidden_name() {
        let found =
            findings("crates/protocols/src/a.rs", "use std::{fmt, time::{Duration, SystemTime as S}};\n");
        assert!(!found.is_empty());
        assert!(findings("crates/protocols/src/a.rs", "use std::time::Duration;\n").is_empty());
    }

    #[test]
    fn the_calendar_library_stays_in_one_file() {
        let content = "use jiff::Timestamp;\n";
        assert_eq!(findings("crates/core/src/overdue.rs", content).len(), 1);
        assert!(findings("crates/core/src/time.rs", content).is_empty());
    }
}
