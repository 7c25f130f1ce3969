//! One broken rule at one place.

use std::fmt;

/// Ordered by place, so that a report reads file by file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From the workspace folder, with `/`.
    pub path: String,
    /// From 1; 1 too where the file as a whole is meant.
    pub line: usize,
    pub reason: String,
}

impl Finding {
    pub fn new(path: &str, line: usize, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, reason: reason.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::Finding;

    #[test]
    fn a_finding_reads_as_a_place_that_editors_can_open() {
        assert_eq!(
            Finding::new("crates/core/src/lib.rs", 3, "no").to_string(),
            "crates/core/src/lib.rs:3: no"
        );
    }
}
