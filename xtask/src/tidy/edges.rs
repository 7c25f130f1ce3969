//! Which crate may use which: the shape of the workspace, as the design draws it.

use super::finding::Finding;
use super::packages::{Packages, Use};

/// Who may use whom. A crate that is not in this table is a decision nobody has taken yet.
///
/// The binary wires everything, so it also names the types of core, ledger and notices that pass through
/// its commands (`verify`, `import`, settings of mail).
const EDGES: [(&str, &[&str]); 14] = [
    ("vestibule-core", &[]),
    ("vestibule-ledger", &[]),
    ("vestibule-protocols", &[]),
    ("vestibule-intake", &[]),
    ("vestibule-vision", &[INTAKE]),
    ("vestibule-simulators", &[]),
    ("vestibule-notices", &[]),
    ("vestibule-devices", &[PROTOCOLS]),
    ("vestibule-site", &[CORE, LEDGER, DEVICES, PROTOCOLS, INTAKE, NOTICES]),
    ("vestibule", &[SITE, SIMULATORS, PROTOCOLS, INTAKE, VISION, NOTICES, LEDGER, CORE]),
    ("vestibule-bench", &[SITE, SIMULATORS, PROTOCOLS, CORE, DEVICES, LEDGER, INTAKE, NOTICES]),
    ("vestibule-proof", &[SITE, SIMULATORS, CORE, DEVICES, LEDGER, NOTICES, PROTOCOLS, INTAKE]),
    ("vestibule-e2e", &[]),
    ("xtask", &[]),
];

const CORE: &str = "vestibule-core";
const LEDGER: &str = "vestibule-ledger";
const PROTOCOLS: &str = "vestibule-protocols";
const INTAKE: &str = "vestibule-intake";
const VISION: &str = "vestibule-vision";
const DEVICES: &str = "vestibule-devices";
const NOTICES: &str = "vestibule-notices";
const SIMULATORS: &str = "vestibule-simulators";
const SITE: &str = "vestibule-site";

/// The crates that stand outside: they drive or check the product as a stranger would.
const OUTSIDE: [&str; 2] = ["vestibule-e2e", "xtask"];

/// Tests of a library may reach the simulators besides what the library itself may use.
fn allowed_in_tests(name: &str, used: &str) -> bool {
    used == SIMULATORS && name != SIMULATORS && !OUTSIDE.contains(&name)
}

pub fn check(packages: &Packages) -> Vec<Finding> {
    let ours = |name: &str| packages.members.iter().any(|member| member.name == name);
    let mut findings = Vec::new();
    for member in &packages.members {
        let Some((_, allowed)) = EDGES.iter().find(|(name, _)| *name == member.name) else {
            let reason = format!("{} is not in the table of crates in xtask/src/tidy/edges.rs", member.name);
            findings.push(Finding::new(&member.manifest(), 1, reason));
            continue;
        };
        for (kind, used) in member.dependencies.iter().filter(|(_, used)| ours(used)) {
            let in_tests = *kind == Use::Development && allowed_in_tests(&member.name, used);
            if !allowed.contains(&used.as_str()) && !in_tests {
                let reason = format!("{} must not use {used} ({kind:?} dependency)", member.name);
                findings.push(Finding::new(&member.manifest(), 1, reason));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::packages::{Packages, Use};

    fn reasons(members: &[(&str, &[(Use, &str)])]) -> Vec<String> {
        check(&Packages::of(members)).into_iter().map(|finding| finding.reason).collect()
    }

    #[test]
    fn an_edge_against_the_table_is_found() {
        let members: &[(&str, &[(Use, &str)])] =
            &[("vestibule-core", &[(Use::Normal, "vestibule-ledger")]), ("vestibule-ledger", &[])];
        assert_eq!(reasons(members), ["vestibule-core must not use vestibule-ledger (Normal dependency)"]);
    }

    #[test]
    fn tests_reach_the_simulators_and_libraries_do_not() {
        let tests: &[(&str, &[(Use, &str)])] = &[
            ("vestibule-devices", &[(Use::Development, "vestibule-simulators")]),
            ("vestibule-simulators", &[]),
        ];
        assert!(reasons(tests).is_empty());
        let library: &[(&str, &[(Use, &str)])] =
            &[("vestibule-devices", &[(Use::Normal, "vestibule-simulators")]), ("vestibule-simulators", &[])];
        assert_eq!(reasons(library).len(), 1);
        let outside: &[(&str, &[(Use, &str)])] = &[
            ("vestibule-e2e", &[(Use::Development, "vestibule-simulators")]),
            ("vestibule-simulators", &[]),
        ];
        assert_eq!(reasons(outside).len(), 1);
    }

    #[test]
    fn a_crate_nobody_placed_is_found() {
        assert_eq!(reasons(&[("vestibule-extras", &[])]).len(), 1);
    }
}
