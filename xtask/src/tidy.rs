//! Rules of the code base that no compiler checks, each in a module of its own with a test that shows it
//! red on a small example.
//!
//! A rule reads and reports; it never changes a file. Limits that old code may not meet yet stand in
//! `xtask/ratchets.toml` and can only be lowered.

mod calls;
mod documents;
mod edges;
mod finding;
mod layout;
mod packages;
mod policy;
mod purity;
mod ratchets;
mod ratio;
mod repository;
mod rust_file;
mod sizes;
mod wording;

use std::path::Path;

use anyhow::{Result, bail};

use finding::Finding;
use packages::Packages;
use policy::Policy;
use ratchets::Ratchets;
use repository::Repository;

/// Check everything; print each finding as `file:line: reason` and fail when there is one.
pub fn run(root: &Path) -> Result<()> {
    let repository = Repository::read(root)?;
    let packages = Packages::read(root)?;
    let policy = Policy::read(root)?;
    let ratchets = Ratchets::read(root)?;
    let (sources, mut findings) = rust_file::parse_all(&repository);

    findings.extend(repository.committed_lock_file());
    findings.extend(edges::check(&packages));
    findings.extend(policy.check(&packages));
    findings.extend(purity::check_tree(root, &packages)?);
    findings.extend(purity::check_sources(&sources));
    findings.extend(sizes::check(&sources, &ratchets));
    findings.extend(layout::check(&sources, &packages));
    findings.extend(calls::check(&sources));
    findings.extend(documents::check(&repository));
    findings.extend(wording::check(&repository));
    report(findings)?;
    eprintln!("      {} Rust files, {} texts, no findings", sources.len(), repository.texts.len());
    eprintln!("      test:prod lines: {}", ratio::summary(&sources));
    Ok(())
}

fn report(mut findings: Vec<Finding>) -> Result<()> {
    findings.sort();
    findings.dedup();
    for finding in &findings {
        eprintln!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("tidy: {count} finding{}", if count == 1 { "" } else { "s" }),
    }
}
