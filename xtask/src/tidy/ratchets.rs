//! Places that are over a limit today, with how far. An entry can only be lowered, and goes when the place
//! is within the limit.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::finding::Finding;

const FILE: &str = "xtask/ratchets.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratchets {
    #[serde(default, rename = "function")]
    functions: Vec<Entry>,
    #[serde(default, rename = "file")]
    files: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    /// Of a function; none for a file as a whole.
    #[serde(default)]
    name: String,
    lines: usize,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Function,
    File,
}

impl Measure {
    pub const fn lines_max(self) -> usize {
        match self {
            Self::Function => 70,
            Self::File => 600,
        }
    }
}

/// One thing measured.
pub struct Measured<'a> {
    pub measure: Measure,
    pub path: &'a str,
    /// Empty for a file as a whole.
    pub name: &'a str,
    pub line: usize,
    pub lines: usize,
}

impl Ratchets {
    pub fn read(root: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(root.join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
        Self::parse(&text).with_context(|| format!("cannot read {FILE}"))
    }

    pub fn parse(text: &str) -> Result<Self> {
        Ok(toml::from_str(text)?)
    }

    fn entries(&self, measure: Measure) -> &[Entry] {
        match measure {
            Measure::Function => &self.functions,
            Measure::File => &self.files,
        }
    }

    /// What is over its limit, has grown, or needs its entry no longer.
    pub fn check(&self, measured: &[Measured<'_>]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = measured.iter().filter_map(|one| self.over(one)).collect();
        for measure in [Measure::Function, Measure::File] {
            for entry in self.entries(measure) {
                findings.extend(spent(entry, measure, measured));
            }
        }
        findings
    }

    fn over(&self, one: &Measured<'_>) -> Option<Finding> {
        let limit = one.measure.lines_max();
        let entry = self.entries(one.measure).iter().find(|entry| entry.is_for(one));
        let allowed = entry.map_or(limit, |entry| entry.lines.max(limit));
        let what = if one.name.is_empty() { "the file".to_owned() } else { format!("`{}`", one.name) };
        let reason = format!("{what} has {} lines, at most {allowed}", one.lines);
        (one.lines > allowed).then(|| Finding::new(one.path, one.line, reason))
    }
}

impl Entry {
    fn is_for(&self, one: &Measured<'_>) -> bool {
        self.file == one.path && self.name == one.name
    }
}

/// An entry that allows more than is used.
fn spent(entry: &Entry, measure: Measure, measured: &[Measured<'_>]) -> Option<Finding> {
    let same = |one: &&Measured<'_>| one.measure == measure && entry.is_for(one);
    // Two functions of one name share an entry: the longest counts.
    let lines = measured.iter().filter(same).map(|one| one.lines).max().unwrap_or(0);
    let place = format!("{} {}", entry.file, entry.name);
    let place = place.trim_end();
    let reason = if lines <= measure.lines_max() {
        format!("{place} is within the limit: remove its entry")
    } else if lines < entry.lines {
        format!("{place} has {lines} lines: lower its entry from {}", entry.lines)
    } else {
        return None;
    };
    Some(Finding::new(FILE, 1, reason))
}

#[cfg(test)]
mod tests {
    use super::{Measure, Measured, Ratchets};

    fn reasons(ratchets: &str, lines: usize) -> Vec<String> {
        let one = Measured { measure: Measure::Function, path: "a.rs", name: "decide", line: 7, lines };
        let findings = Ratchets::parse(ratchets).unwrap().check(&[one]);
        findings.into_iter().map(|finding| finding.to_string()).collect()
    }

    const ENTRY: &str = "[[function]]\nfile = \"a.rs\"\nname = \"decide\"\nlines = 90\n";

    #[test]
    fn without_an_entry_the_limit_holds() {
        assert!(reasons("", 70).is_empty());
        assert_eq!(reasons("", 71), ["a.rs:7: `decide` has 71 lines, at most 70"]);
    }

    #[test]
    fn an_entry_holds_and_cannot_grow() {
        assert!(reasons(ENTRY, 90).is_empty());
        assert_eq!(reasons(ENTRY, 91), ["a.rs:7: `decide` has 91 lines, at most 90"]);
    }

    #[test]
    fn an_entry_is_lowered_and_then_removed() {
        let file = "xtask/ratchets.toml:1: a.rs decide";
        assert_eq!(reasons(ENTRY, 80), [format!("{file} has 80 lines: lower its entry from 90")]);
        assert_eq!(reasons(ENTRY, 70), [format!("{file} is within the limit: remove its entry")]);
    }

    #[test]
    fn an_entry_for_nothing_is_found() {
        let ratchets = Ratchets::parse("[[file]]\nfile = \"gone.rs\"\nlines = 700\n").unwrap();
        assert_eq!(ratchets.check(&[]).len(), 1);
        assert!(Ratchets::parse("[[functions]]\nfile = \"a.rs\"\nlines = 90\n").is_err());
    }
}
