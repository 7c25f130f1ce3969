//! The files of the repository: what git tracks and what it would track next.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::finding::Finding;
use crate::process;

/// A file that is text.
pub struct Text {
    /// From the workspace folder, with `/`.
    pub path: String,
    pub content: String,
}

/// Every file that is not ignored, with the content of those that are text.
pub struct Repository {
    /// Sorted; text or not.
    pub paths: Vec<String>,
    /// Sorted by path.
    pub texts: Vec<Text>,
    lock_file_committed: bool,
}

impl Repository {
    pub fn read(root: &Path) -> Result<Self> {
        let listed = git(root, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let (mut paths, lock_file_committed) = match listed {
            Ok(list) => {
                let lock_file = git(root, &["ls-files", "Cargo.lock"])?;
                (list.split_terminator('\0').map(str::to_owned).collect(), !lock_file.is_empty())
            }
            // An unpacked archive has no git: what lies there is what was released.
            Err(_) => {
                let mut found = Vec::new();
                walk(root, "", &mut found)?;
                let has_lock_file = found.iter().any(|path| path == "Cargo.lock");
                (found, has_lock_file)
            }
        };
        paths.retain(|path: &String| root.join(path).is_file());
        paths.sort();
        paths.dedup();
        let mut texts = Vec::new();
        for path in &paths {
            let bytes = std::fs::read(root.join(path)).with_context(|| format!("cannot read {path}"))?;
            if let Ok(content) = String::from_utf8(bytes) {
                texts.push(Text { path: path.clone(), content });
            }
        }
        Ok(Self { paths, texts, lock_file_committed })
    }

    /// Everybody builds the same versions.
    pub fn committed_lock_file(&self) -> Option<Finding> {
        let reason = "is not committed: everybody must build the same versions";
        (!self.lock_file_committed).then(|| Finding::new("Cargo.lock", 1, reason))
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let text = |(path, content): &(&str, &str)| Text { path: (*path).into(), content: (*content).into() };
        let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let lock_file_committed = paths.iter().any(|path| path == "Cargo.lock");
        Self { paths, texts: files.iter().map(text).collect(), lock_file_committed }
    }
}

/// Third-party files that are shipped as they came.
pub fn is_vendored(path: &str) -> bool {
    path.split('/').any(|part| part == "vendor" || part == "vendored")
}

fn git(root: &Path, words: &[&str]) -> Result<String> {
    let mut command = Command::new("git");
    process::output(command.arg("-C").arg(root).args(words))
}

fn walk(root: &Path, below: &str, found: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            if !matches!(path.as_str(), "target" | ".git" | "e2e/shots") {
                walk(root, &path, found)?;
            }
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Repository, is_vendored};

    #[test]
    fn a_missing_lock_file_is_found() {
        assert!(Repository::of(&[("Cargo.toml", "")]).committed_lock_file().is_some());
        assert!(Repository::of(&[("Cargo.lock", "")]).committed_lock_file().is_none());
    }

    #[test]
    fn vendored_files_are_known_by_their_folder() {
        assert!(is_vendored("e2e/vendor/axe.min.js"));
        assert!(!is_vendored("crates/site/src/vendors.rs"));
    }
}
