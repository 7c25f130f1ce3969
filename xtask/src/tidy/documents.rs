//! Documents are found by reading: every file under `docs/` is linked, and no link is broken.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::repository::{Repository, is_vendored};

/// Where a newcomer begins.
const STARTS: [&str; 2] = ["README.md", "ARCHITECTURE.md"];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let known: BTreeSet<&str> = repository.paths.iter().map(String::as_str).collect();
    let mut findings = Vec::new();
    for text in repository.texts.iter().filter(|text| text.path.ends_with(".md") && !is_vendored(&text.path))
    {
        for (target, line) in links(&text.path, &text.content) {
            let folder = format!("{}/", target.trim_end_matches('/'));
            if !known.contains(target.as_str()) && !known.iter().any(|path| path.starts_with(&folder)) {
                findings.push(Finding::new(&text.path, line, format!("the link to {target} is broken")));
            }
        }
    }
    let reached = reachable(repository);
    for path in repository.paths.iter().filter(|path| path.starts_with("docs/")) {
        if !reached.contains(path) {
            let reason = format!("no link leads here from {}", STARTS.join(" or "));
            findings.push(Finding::new(path, 1, reason));
        }
    }
    findings
}

fn reachable(repository: &Repository) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<String> = STARTS.iter().map(|path| (*path).to_owned()).collect();
    while let Some(path) = waiting.pop() {
        if let Some(text) = repository.texts.iter().find(|text| text.path == path && path.ends_with(".md")) {
            let targets = links(&path, &text.content).into_iter().map(|(target, _)| target);
            waiting.extend(targets.filter(|target| !reached.contains(target)));
        }
        reached.insert(path);
    }
    reached
}

/// Targets of the inline links and pictures of a Markdown text that point into the repository, with their
/// lines. What stands in fenced code is no link.
fn links(path: &str, content: &str) -> Vec<(String, usize)> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in content.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        for (start, _) in line.match_indices("](").filter(|_| !in_code) {
            let rest = &line[start + 2..];
            let target = rest.split([')', ' ']).next().unwrap_or_default();
            let target = target.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') {
                found.push((join(folder, target), number + 1));
            }
        }
    }
    found
}

/// A relative link seen from a folder, without `.` and `..`.
fn join(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{check, links};
    use crate::tidy::repository::Repository;

    fn findings(files: &[(&str, &str)]) -> Vec<String> {
        check(&Repository::of(files)).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn a_document_nobody_links_is_found() {
        let files = [
            ("README.md", "See [the ledger](docs/ledger.md).\n"),
            ("docs/ledger.md", "And [drivers](how-to/add-a-driver.md#start), ![x](../docs/x.svg)\n"),
            ("docs/how-to/add-a-driver.md", "Back to [README](../../README.md).\n"),
            ("docs/x.svg", ""),
            ("docs/lost.md", "I link to [the ledger](ledger.md).\n"),
        ];
        assert_eq!(
            findings(&files),
            ["docs/lost.md:1: no link leads here from README.md or ARCHITECTURE.md"]
        );
    }

    #[test]
    fn a_broken_link_is_found() {
        let files = [("README.md", "\n[a](docs/gone.md) [b](https://example.org/gone) [c](#here)\n")];
        assert_eq!(findings(&files), ["README.md:2: the link to docs/gone.md is broken"]);
        assert!(findings(&[("README.md", "[core](crates/core)"), ("crates/core/Cargo.toml", "")]).is_empty());
    }

    #[test]
    fn code_is_no_link() {
        assert!(links("README.md", "```\n[a](b.md)\n```\n").is_empty());
        assert_eq!(
            links("docs/a.md", "[a](<b>)\n```\n```\n[a](b.md)"),
            [("docs/<b>".into(), 1), ("docs/b.md".into(), 4)]
        );
    }
}
