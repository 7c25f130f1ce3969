//! Lines of tests to lines of other code: printed, not judged.

use super::rust_file::RustFile;

/// The packages whose ratio is of interest by itself.
const PURE: [&str; 3] = ["crates/core", "crates/ledger", "crates/protocols"];

pub fn summary(files: &[RustFile]) -> String {
    let product = |file: &&RustFile| file.path.starts_with("crates/") || file.path.starts_with("e2e/");
    let mut parts = vec![format!("all {}", ratio(files.iter().filter(product)))];
    for folder in PURE {
        let ours = files.iter().filter(|file| file.package_folder() == folder);
        parts.push(format!("{folder} {}", ratio(ours)));
    }
    parts.join(", ")
}

fn ratio<'a>(files: impl Iterator<Item = &'a RustFile>) -> String {
    let (mut tests, mut others) = (0, 0);
    for file in files {
        tests += file.test_line_count();
        others += file.line_count - file.test_line_count();
    }
    // Hundredths in whole numbers: two digits are all that is meant.
    let hundredths = (tests * 100).checked_div(others).unwrap_or(0);
    format!("{}.{:02} ({tests}:{others})", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::summary;
    use crate::tidy::rust_file::RustFile;

    #[test]
    fn lines_are_counted_by_what_they_are() {
        let code = "fn a() {}\nfn b() {}\nfn c() {}\n#[test]\nfn d() {}\nfn e() {}\n";
        let file = RustFile::parse("crates/core/src/a.rs", code).unwrap();
        let summary = summary(&[file]);
        assert!(
            summary.starts_with("all 0.50 (2:4), crates/core 0.50 (2:4), crates/ledger 0.00"),
            "{summary}"
        );
    }
}
