//! What code must not say: panics without an invariant, prints from libraries, unfinished work, tests that
//! sleep or are switched off.

use super::finding::Finding;
use super::rust_file::RustFile;

/// Where a rule holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Tests,
    OutsideTests,
    /// Outside tests, in crates that do not own the terminal.
    Libraries,
}

struct Rule {
    /// Words in a row, separated by spaces.
    words: &'static str,
    place: Place,
    reason: &'static str,
}

const fn rule(words: &'static str, place: Place, reason: &'static str) -> Rule {
    Rule { words, place, reason }
}

const PRINTS: &str = "only the binary, the proof, xtask and the benchmark print; a library returns or traces";
const UNFINISHED: &str = "unfinished work is not committed";
const SLEEPS: &str = "a test waits on a condition with a deadline or moves the clock; it never sleeps";

const RULES: [Rule; 14] = [
    rule(". unwrap ( )", Place::OutsideTests, "say the invariant: `expect(\"why this cannot fail\")`"),
    rule("todo !", Place::Anywhere, UNFINISHED),
    rule("unimplemented !", Place::Anywhere, UNFINISHED),
    rule("dbg !", Place::Anywhere, UNFINISHED),
    rule("print ! (", Place::Libraries, PRINTS),
    rule("println ! (", Place::Libraries, PRINTS),
    rule("eprint ! (", Place::Libraries, PRINTS),
    rule("eprintln ! (", Place::Libraries, PRINTS),
    rule("# [ ignore ]", Place::Anywhere, "a test runs or goes"),
    rule("# [ ignore =", Place::Anywhere, "a test runs or goes"),
    rule("sleep (", Place::Tests, SLEEPS),
    rule("sleep_until (", Place::Tests, SLEEPS),
    rule("thread :: sleep", Place::Tests, SLEEPS),
    rule("park_timeout (", Place::Tests, SLEEPS),
];

/// Packages that own the terminal they run in.
const PRINTERS: [&str; 4] = ["crates/vestibule", "crates/proof", "xtask", "bench"];

pub fn check(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for rule in &RULES {
            let lines = file.lines_with(rule.words).into_iter().filter(|line| applies(rule, file, *line));
            let finding =
                |line| Finding::new(&file.path, line, format!("`{}`: {}", shown(rule.words), rule.reason));
            findings.extend(lines.map(finding));
        }
    }
    findings
}

fn applies(rule: &Rule, file: &RustFile, line: usize) -> bool {
    match rule.place {
        Place::Anywhere => true,
        Place::Tests => file.is_test(line),
        Place::OutsideTests => !file.is_test(line),
        Place::Libraries => !file.is_test(line) && !owns_terminal(file),
    }
}

/// Programs: some packages as a whole, and every example.
fn owns_terminal(file: &RustFile) -> bool {
    PRINTERS.contains(&file.package_folder()) || file.path.contains("/examples/")
}

/// The words as one would type them.
fn shown(words: &str) -> String {
    words.replace(' ', "").trim_end_matches('(').to_owned()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rust_file::RustFile;

    fn count(path: &str, content: &str) -> usize {
        check(&[RustFile::parse(path, content).unwrap()]).len()
    }

    #[test]
    fn unwrap_is_for_tests() {
        let code = "fn a() {\n    b()\n        .unwrap();\n}\n";
        assert_eq!(count("crates/site/src/a.rs", code), 1);
        assert_eq!(count("crates/site/src/a/tests.rs", code), 0);
        assert_eq!(count("crates/site/src/a.rs", "fn a() { b().unwrap_or(1); }"), 0);
    }

    #[test]
    fn libraries_do_not_print() {
        for print in ["print", "println", "eprint", "eprintln"] {
            let code = format!("fn a() {{ {print}!(\"b\"); }}");
            assert_eq!(count("crates/site/src/a.rs", &code), 1, "{print}");
            assert_eq!(count("crates/vestibule/src/a.rs", &code), 0, "{print}");
            assert_eq!(count("bench/src/a.rs", &code), 0, "{print}");
            assert_eq!(count("crates/site/examples/gallery/main.rs", &code), 0, "{print}");
        }
    }

    #[test]
    fn unfinished_work_is_found_everywhere() {
        for code in ["fn a() { todo!() }", "fn a() { unimplemented!(\"b\") }", "fn a() { dbg!(1); }"] {
            assert_eq!(count("crates/site/src/a.rs", code), 1, "{code}");
            assert_eq!(count("crates/site/tests/it/a.rs", code), 1, "{code}");
        }
    }

    #[test]
    fn tests_neither_sleep_nor_rest() {
        for code in [
            "#[tokio::test]\nasync fn a() { tokio::time::sleep(b).await; }",
            "#[tokio::test]\nasync fn a() { tokio::time::sleep_until(b).await; }",
            "#[test]\n#[ignore]\nfn a() {}",
            "#[test]\n#[ignore = \"slow\"]\nfn a() {}",
            "#[test]\nfn a() { std::thread::park_timeout(b); }",
            "#[cfg(test)]\nmod tests { use std::thread::sleep; }",
        ] {
            assert_eq!(count("crates/site/src/a.rs", code), 1, "{code}");
        }
        assert_eq!(count("crates/site/src/a.rs", "async fn a() { tokio::time::sleep(b).await; }"), 0);
    }
}
