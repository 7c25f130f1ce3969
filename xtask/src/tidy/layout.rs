//! Where code lies: modules a folder, names of modules, no logic in `mod.rs`, no unsafe code in libraries.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use super::packages::Packages;
use super::rust_file::RustFile;

const MODULES_MAX: usize = 15;

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "common", "helper", "helpers", "misc"];

pub fn check(files: &[RustFile], packages: &Packages) -> Vec<Finding> {
    let mut findings = crowded(files);
    for file in files {
        findings.extend(empty_names(file));
        findings.extend(logic_in_mod(file));
    }
    findings.extend(unsafe_not_forbidden(files, packages));
    findings
}

/// A module is a file, a folder, or both under one name. Stories of a test binary may be as many as there are to tell.
fn crowded(files: &[RustFile]) -> Vec<Finding> {
    let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.path.contains("/tests/")) {
        if !matches!(file.stem(), "lib" | "main" | "mod" | "tests" | "build") {
            modules.entry(file.folder()).or_default().insert(file.stem());
        }
        if let Some((parent, folder)) = file.folder().rsplit_once('/')
            && parent.split('/').any(|part| part == "src" || part == "tests")
        {
            modules.entry(parent).or_default().insert(folder);
        }
    }
    let full = modules.into_iter().filter(|(_, names)| names.len() > MODULES_MAX);
    let reason = |count: usize| format!("{count} modules in one folder, at most {MODULES_MAX}");
    full.map(|(folder, names)| Finding::new(folder, 1, reason(names.len()))).collect()
}

fn empty_names(file: &RustFile) -> Vec<Finding> {
    let reason = |name: &str| format!("`{name}` says nothing of what is inside: name the concept");
    let mut findings = Vec::new();
    let in_path = |name: &&&str| file.path.trim_end_matches(".rs").split('/').any(|part| part == **name);
    findings.extend(EMPTY_NAMES.iter().filter(in_path).map(|name| Finding::new(&file.path, 1, reason(name))));
    for name in EMPTY_NAMES {
        let lines = file.lines_with(&format!("mod {name}"));
        findings.extend(lines.into_iter().map(|line| Finding::new(&file.path, line, reason(name))));
    }
    findings
}

fn logic_in_mod(file: &RustFile) -> Option<Finding> {
    let is_plain = |item: &syn::Item| match item {
        syn::Item::Mod(module) => module.content.is_none(),
        syn::Item::Use(_) => true,
        _ => false,
    };
    let has_logic = file.stem() == "mod" && !file.syntax.items.iter().all(is_plain);
    let reason = "mod.rs declares and re-exports; logic has a file of its own name";
    has_logic.then(|| Finding::new(&file.path, 1, reason))
}

/// The proof stands under SQLite, whose interface is pointers; the workspace's own lint still denies unsafe code outside
/// the one module that allows it.
const SPEAKS_TO_SQLITE: &str = "crates/proof/src/lib.rs";

fn unsafe_not_forbidden(files: &[RustFile], packages: &Packages) -> Vec<Finding> {
    let libraries: BTreeSet<&str> =
        packages.members.iter().filter_map(|member| member.library.as_deref()).collect();
    let without = |file: &&RustFile| {
        libraries.contains(file.path.as_str())
            && file.path != SPEAKS_TO_SQLITE
            && file.lines_with("# ! [ forbid ( unsafe_code ) ]").is_empty()
    };
    let reason = "a library begins with #![forbid(unsafe_code)]";
    files.iter().filter(without).map(|file| Finding::new(&file.path, 1, reason)).collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::packages::Packages;
    use crate::tidy::rust_file::RustFile;

    fn findings(files: &[(&str, &str)]) -> Vec<String> {
        let parse = |(path, content): &(&str, &str)| RustFile::parse(path, content).unwrap();
        let files: Vec<RustFile> = files.iter().map(parse).collect();
        let packages = Packages::of(&[("vestibule-core", &[])]);
        check(&files, &packages).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn a_crowded_folder_is_found() {
        let names: Vec<String> = (0..16).map(|number| format!("crates/core/src/part{number}.rs")).collect();
        let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert!(findings(&all[..15]).is_empty());
        assert_eq!(findings(&all), ["crates/core/src:1: 16 modules in one folder, at most 15"]);
    }

    #[test]
    fn a_module_with_a_folder_counts_once() {
        let mut names: Vec<String> =
            (0..15).map(|number| format!("crates/core/src/part{number}.rs")).collect();
        names.push("crates/core/src/part1/inner.rs".to_owned());
        let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert!(findings(&all).is_empty());
    }

    #[test]
    fn empty_names_are_found() {
        assert_eq!(findings(&[("crates/core/src/util.rs", "")]).len(), 1);
        assert_eq!(findings(&[("crates/core/src/a.rs", "mod common {\n}\n")]).len(), 1);
        assert!(findings(&[("crates/core/src/common_area.rs", "")]).is_empty());
    }

    #[test]
    fn logic_in_mod_is_found() {
        assert_eq!(findings(&[("crates/core/src/a/mod.rs", "mod b;\nfn c() {}\n")]).len(), 1);
        assert!(findings(&[("crates/core/src/a/mod.rs", "mod b;\npub use b::C;\n")]).is_empty());
    }

    #[test]
    fn a_library_that_allows_unsafe_is_found() {
        assert_eq!(findings(&[("crates/core/src/lib.rs", "#![deny(unsafe_code)]\n")]).len(), 1);
        assert!(findings(&[("crates/core/src/lib.rs", "//! Head.\n#![forbid(unsafe_code)]\n")]).is_empty());
    }
}
