//! What README says of hardware, held against the cases that exist.

use std::collections::BTreeSet;
use std::path::Path;

/// Such as `lb_26` of every test below a folder that is named after a case.
fn cases(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            cases(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let named = text.split("fn ").skip(1).filter_map(|name| name.get(..6));
            found.extend(named.filter(|name| name.ends_with('_')).map(|name| name[..5].to_owned()));
        }
    }
}

/// The case ids a text names, such as `LB-26`, as tests are named.
fn named(text: &str) -> Vec<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_case = |word: &&str| {
        matches!(word.split_once('-'), Some((kind, number)) if kind.len() == 2
            && kind.bytes().all(|b| b.is_ascii_uppercase())
            && number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()))
    };
    quoted.filter(is_case).map(|word| word.to_lowercase().replace('-', "_")).collect()
}

#[test]
fn every_row_of_the_hardware_table_names_cases_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut known = BTreeSet::new();
    cases(&root.join("crates/devices/tests/it"), &mut known);
    cases(&root.join("e2e/tests/it"), &mut known);
    assert!(known.contains("lb_26") && known.contains("sc_10"), "{known:?}");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let hardware = readme.split("\n## ").find(|part| part.starts_with("Hardware\n")).expect("it is there");
    let rows: Vec<&str> = hardware.lines().filter(|line| line.starts_with("| ")).collect();
    let heads = rows.iter().filter(|row| row.ends_with("| conformance |")).count();
    assert!(heads == 4 && rows.len() > 20, "{heads} tables with {} rows", rows.len());
    for row in rows.iter().filter(|row| !row.ends_with("| conformance |")) {
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let ids = named(last);
        assert!(!ids.is_empty(), "no case is named: {row}");
        assert!(ids.iter().all(|id| known.contains(id)), "no test is called so: {ids:?} of {row}");
    }
}
