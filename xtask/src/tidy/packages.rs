//! What cargo knows of the workspace and of everything it is built from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// How one package uses another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    Normal,
    Build,
    Development,
}

/// A member of the workspace.
#[derive(Clone, Debug)]
pub struct Member {
    pub name: String,
    /// Its folder from the workspace folder.
    pub folder: String,
    /// Direct dependencies as written in its manifest.
    pub dependencies: BTreeSet<(Use, String)>,
    /// `lib.rs` from the workspace folder, if it is a library.
    pub library: Option<String>,
}

/// Everything that can end up in a build.
#[derive(Clone, Debug, Default)]
pub struct Packages {
    /// By folder.
    pub members: Vec<Member>,
    /// Licence expression of each package from elsewhere, by name; None where it states none.
    pub licences: BTreeMap<String, Option<String>>,
    /// Names in Cargo.lock, every platform, every feature, with the names of those that use them.
    pub locked: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: String,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    source: Option<String>,
    license: Option<String>,
    manifest_path: String,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: String,
}

#[derive(Deserialize)]
struct LockFile {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

impl Packages {
    pub fn read(root: &Path) -> Result<Self> {
        let platform = host(root)?;
        // Only this platform's packages: others would have to be downloaded to be described.
        let words = ["metadata", "--locked", "--format-version", "1", "--filter-platform", &platform];
        let text = process::output(process::cargo(root).args(words))?;
        let mut packages = Self::parse(&text)?;
        let lock = std::fs::read_to_string(root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
        let lock: LockFile = toml::from_str(&lock).context("cannot read Cargo.lock")?;
        packages.locked = users(&lock.package);
        Ok(packages)
    }

    fn parse(text: &str) -> Result<Self> {
        let metadata: Metadata = serde_json::from_str(text).context("cannot read cargo metadata")?;
        let mut packages = Self::default();
        for package in metadata.packages {
            if package.source.is_none() {
                packages.members.push(member(&metadata.workspace_root, &package));
            } else {
                packages.licences.insert(package.name, package.license);
            }
        }
        packages.members.sort_by(|left, right| left.folder.cmp(&right.folder));
        Ok(packages)
    }

    /// Manifest of a member, for findings.
    pub fn manifest_of(&self, name: &str) -> String {
        let member = self.members.iter().find(|member| member.name == name);
        member.map_or_else(|| "Cargo.toml".to_owned(), Member::manifest)
    }
}

impl Member {
    pub fn manifest(&self) -> String {
        format!("{}/Cargo.toml", self.folder)
    }

    /// Number of direct dependencies that end up in the library itself.
    pub fn normal_count(&self) -> usize {
        self.dependencies.iter().filter(|(kind, _)| *kind == Use::Normal).count()
    }
}

/// A dependency is a name, with a version behind it where there are several.
fn users(locked: &[Locked]) -> BTreeMap<String, BTreeSet<String>> {
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in locked {
        users.entry(package.name.clone()).or_default();
        for dependency in &package.dependencies {
            let name = dependency.split(' ').next().unwrap_or(dependency);
            users.entry(name.to_owned()).or_default().insert(package.name.clone());
        }
    }
    users
}

fn member(root: &str, package: &Package) -> Member {
    let below = |path: &str| path.strip_prefix(root).unwrap_or(path).trim_start_matches('/').to_owned();
    let dependency = |dependency: &Dependency| {
        let kind = match dependency.kind.as_deref() {
            Some("dev") => Use::Development,
            Some("build") => Use::Build,
            Some(_) | None => Use::Normal,
        };
        (kind, dependency.name.clone())
    };
    let is_library = |target: &&Target| target.kind.iter().any(|kind| kind == "lib" || kind == "proc-macro");
    Member {
        name: package.name.clone(),
        folder: below(&package.manifest_path).trim_end_matches("/Cargo.toml").to_owned(),
        dependencies: package.dependencies.iter().map(dependency).collect(),
        library: package.targets.iter().find(is_library).map(|target| below(&target.src_path)),
    }
}

fn host(root: &Path) -> Result<String> {
    let text = process::output(process::cargo(root).args(["version", "--verbose"]))?;
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line.context("cargo does not say for which platform it is built")?.trim().to_owned())
}

#[cfg(test)]
impl Packages {
    /// Members of these names and folders `crates/NAME`, each with its uses of others.
    pub fn of(members: &[(&str, &[(Use, &str)])]) -> Self {
        let member = |(name, uses): &(&str, &[(Use, &str)])| Member {
            name: (*name).to_owned(),
            folder: format!("crates/{}", name.trim_start_matches("vestibule-")),
            dependencies: uses.iter().map(|(kind, name)| (*kind, (*name).to_owned())).collect(),
            library: Some(format!("crates/{}/src/lib.rs", name.trim_start_matches("vestibule-"))),
        };
        Self { members: members.iter().map(member).collect(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Packages, Use};

    #[test]
    fn members_and_others_are_told_apart() {
        let text = r#"{"workspace_root": "/w", "packages": [
            {"name": "vestibule-core", "source": null, "license": "MIT", "manifest_path": "/w/crates/core/Cargo.toml",
             "dependencies": [{"name": "serde", "kind": null}, {"name": "insta", "kind": "dev"}],
             "targets": [{"kind": ["lib"], "src_path": "/w/crates/core/src/lib.rs"}]},
            {"name": "serde", "source": "registry", "license": "MIT OR Apache-2.0", "manifest_path": "/r/Cargo.toml",
             "dependencies": [], "targets": []}]}"#;
        let packages = Packages::parse(text).unwrap();
        let core = &packages.members[0];
        assert_eq!(core.manifest(), "crates/core/Cargo.toml");
        assert_eq!(core.library.as_deref(), Some("crates/core/src/lib.rs"));
        assert_eq!(core.normal_count(), 1);
        assert!(core.dependencies.contains(&(Use::Development, "insta".to_owned())));
        assert_eq!(packages.licences["serde"].as_deref(), Some("MIT OR Apache-2.0"));
    }
}
