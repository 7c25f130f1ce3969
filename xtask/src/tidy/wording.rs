//! Texts that hold everywhere: no host of a package registry and no absolute path of one machine, because
//! both are the business of whoever builds.

use super::finding::Finding;
use super::repository::{Repository, is_vendored};

/// Hosts, written in halves so that this file passes its own check.
const HOSTS: [&str; 9] = [
    concat!("crates", ".io"),
    concat!("docs.rs", "/crate"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("yarnpkg", ".com"),
    concat!("deb.debian", ".org"),
    concat!("proxy.golang", ".org"),
];

/// Beginnings of absolute paths that exist on one machine only.
const PATHS: [&str; 2] = [concat!("/ro", "ot/"), concat!("/wo", "rk/")];

/// Cargo itself writes the registry's address here.
const EXEMPT: [&str; 1] = ["Cargo.lock"];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    let ours = repository.texts.iter().filter(|text| !is_vendored(&text.path));
    for text in ours.filter(|text| !EXEMPT.contains(&text.path.as_str())) {
        for (number, line) in text.content.lines().enumerate() {
            for host in HOSTS.iter().filter(|host| line.contains(**host)) {
                let reason = format!("names {host}: a package is named, not where it is fetched from");
                findings.push(Finding::new(&text.path, number + 1, reason));
            }
            for path in PATHS.iter().filter(|path| begins_in(line, path)) {
                let reason = format!("an absolute path below {path} exists on one machine only");
                findings.push(Finding::new(&text.path, number + 1, reason));
            }
        }
    }
    findings
}

/// The path stands at its own beginning, not in the middle of a longer one.
fn begins_in(line: &str, path: &str) -> bool {
    let inside = |character: char| character.is_alphanumeric() || "_-./}".contains(character);
    line.match_indices(path).any(|(start, _)| !line[..start].ends_with(inside))
}

#[cfg(test)]
mod tests {
    use super::{HOSTS, PATHS, check};
    use crate::tidy::repository::Repository;

    fn count(path: &str, content: &str) -> usize {
        check(&Repository::of(&[(path, content)])).len()
    }

    #[test]
    fn hosts_of_registries_are_found() {
        for host in HOSTS {
            let content = format!("see https://{host}/x\n");
            assert_eq!(count("README.md", &content), 1, "{host}");
            assert_eq!(count("Cargo.lock", &content), 0, "{host}");
            assert_eq!(count("e2e/vendor/axe.min.js", &content), 0, "{host}");
        }
    }

    #[test]
    fn paths_of_one_machine_are_found() {
        for path in PATHS {
            assert_eq!(count("README.md", &format!("in `{path}x`\n")), 1, "{path}");
            assert_eq!(count("README.md", &format!("in target{path}x and https://example.org{path}\n")), 0);
        }
    }
}
