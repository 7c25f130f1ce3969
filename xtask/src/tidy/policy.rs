//! Crates that must not be in the tree, and the licences that may: both read from `deny.toml`, so that
//! cargo-deny and this check cannot disagree.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::finding::Finding;
use super::packages::Packages;

#[derive(Deserialize)]
struct DenyFile {
    bans: Bans,
    licenses: Licences,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
    /// Who may use it nevertheless.
    #[serde(default)]
    wrappers: Vec<String>,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
}

pub struct Policy {
    bans: Vec<Ban>,
    licences: Vec<String>,
}

impl Policy {
    pub fn read(root: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(root.join("deny.toml")).context("cannot read deny.toml")?;
        Self::parse(&text).context("cannot read deny.toml")
    }

    fn parse(text: &str) -> Result<Self> {
        let file: DenyFile = toml::from_str(text)?;
        Ok(Self { bans: file.bans.deny, licences: file.licenses.allow })
    }

    pub fn check(&self, packages: &Packages) -> Vec<Finding> {
        let mut findings = Vec::new();
        let is_used = |ban: &&Ban| {
            let users = packages.locked.get(&ban.name);
            users.is_some_and(|users| {
                users.is_empty() || users.iter().any(|user| !ban.wrappers.contains(user))
            })
        };
        for ban in self.bans.iter().filter(is_used) {
            let reason = format!("{} is banned: {}", ban.name, ban.reason);
            findings.push(Finding::new("Cargo.lock", 1, reason));
        }
        for (name, licence) in &packages.licences {
            let reason = match licence {
                None => format!("{name} states no licence"),
                Some(expression) if !self.allows(expression) => {
                    format!("{name} is under {expression}, which deny.toml does not allow")
                }
                Some(_) => continue,
            };
            findings.push(Finding::new("Cargo.lock", 1, reason));
        }
        findings
    }

    /// Whether an SPDX expression can be met with the allowed licences alone.
    fn allows(&self, expression: &str) -> bool {
        let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut expression = Expression { words: &words, licences: &self.licences };
        expression.any() && expression.words.is_empty()
    }
}

/// What is left to read of an SPDX expression.
struct Expression<'a> {
    words: &'a [&'a str],
    licences: &'a [String],
}

impl Expression<'_> {
    fn any(&mut self) -> bool {
        let mut met = self.all();
        while self.take("OR") {
            met |= self.all();
        }
        met
    }

    fn all(&mut self) -> bool {
        let mut met = self.one();
        while self.take("AND") {
            met &= self.one();
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let met = self.any();
            return self.take(")") && met;
        }
        let Some((licence, rest)) = self.words.split_first() else { return false };
        self.words = rest;
        if self.take("WITH") {
            // An exception only ever permits more than the licence it belongs to.
            self.words = self.words.get(1..).unwrap_or_default();
        }
        self.licences.iter().any(|allowed| allowed == licence)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.words.first() == Some(&word);
        if found {
            self.words = &self.words[1..];
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Policy;
    use crate::tidy::packages::Packages;

    const DENY: &str = r#"
        [bans]
        deny = [{ crate = "openssl-sys", reason = "TLS is rustls" }]
        [licenses]
        allow = ["MIT", "Apache-2.0", "ISC"]
    "#;

    #[test]
    fn a_banned_crate_is_found() {
        let mut packages = Packages::default();
        packages.locked.insert("openssl-sys".to_owned(), ["x".to_owned()].into());
        let findings = Policy::parse(DENY).unwrap().check(&packages);
        assert_eq!(findings[0].to_string(), "Cargo.lock:1: openssl-sys is banned: TLS is rustls");
    }

    #[test]
    fn a_banned_crate_is_left_to_those_who_may_use_it() {
        let deny = DENY.replace("reason =", r#"wrappers = ["tls"], reason ="#);
        let policy = Policy::parse(&deny).unwrap();
        let mut packages = Packages::default();
        packages.locked.insert("openssl-sys".to_owned(), ["tls".to_owned()].into());
        assert!(policy.check(&packages).is_empty());
        packages.locked.insert("openssl-sys".to_owned(), ["tls".to_owned(), "other".to_owned()].into());
        assert_eq!(policy.check(&packages).len(), 1);
    }

    #[test]
    fn licences_outside_the_list_are_found() {
        let mut packages = Packages::default();
        packages.licences.insert("good".to_owned(), Some("MIT".to_owned()));
        packages.licences.insert("bad".to_owned(), Some("AGPL-3.0-only".to_owned()));
        packages.licences.insert("silent".to_owned(), None);
        let findings = Policy::parse(DENY).unwrap().check(&packages);
        let reasons: Vec<&str> = findings.iter().map(|finding| finding.reason.as_str()).collect();
        assert_eq!(reasons.len(), 2, "{reasons:?}");
        assert!(reasons[0].starts_with("bad is under AGPL-3.0-only"));
        assert_eq!(reasons[1], "silent states no licence");
    }

    #[test]
    fn licence_expressions_are_understood() {
        let policy = Policy::parse(DENY).unwrap();
        for met in ["MIT", "MIT/GPL-3.0", "Apache-2.0 / MIT", "GPL-3.0 OR MIT", "(MIT OR GPL-3.0) AND ISC"] {
            assert!(policy.allows(met), "{met}");
        }
        assert!(policy.allows("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
        for unmet in ["GPL-3.0", "MIT AND GPL-3.0", "GPL-3.0 OR LGPL-3.0", "(MIT", "", "MIT ISC"] {
            assert!(!policy.allows(unmet), "{unmet}");
        }
    }
}
