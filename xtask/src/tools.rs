//! What the tests need beside cargo: rustfmt, clippy, cargo-nextest, Chromium and its driver.
//!
//! Installs what it may and stops with the exact command where it may not.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Who runs the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    Nextest,
    CargoTest,
}

/// Everything in place, or an error that says what to type.
pub fn ensure(root: &Path) -> Result<Runner> {
    ensure_component(root, "fmt", "rustfmt")?;
    ensure_component(root, "clippy", "clippy")?;
    ensure_browser()?;
    Ok(ensure_nextest(root))
}

fn ensure_component(root: &Path, subcommand: &str, component: &str) -> Result<()> {
    let present = || process::succeeds(process::cargo(root).args([subcommand, "--version"]));
    if present() {
        return Ok(());
    }
    if process::on_path("rustup") {
        process::run(Command::new("rustup").args(["component", "add", component]))?;
    }
    if !present() {
        bail!("cargo {subcommand} is missing; install it with: rustup component add {component}");
    }
    Ok(())
}

fn ensure_nextest(root: &Path) -> Runner {
    let present = || process::succeeds(process::cargo(root).args(["nextest", "--version"]));
    if present() {
        return Runner::Nextest;
    }
    eprintln!("      cargo-nextest is missing: installing it, once, takes a few minutes");
    let installed = process::run(process::cargo(root).args(["install", "cargo-nextest", "--locked"]));
    if installed.is_ok() && present() {
        return Runner::Nextest;
    }
    eprintln!("      note: cargo-nextest could not be installed; the tests run with `cargo test` instead");
    Runner::CargoTest
}

/// Debian's packages of the browser and of its driver.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

fn browser_is_there() -> bool {
    process::on_path("chromium") && process::on_path("chromedriver")
}

fn ensure_browser() -> Result<()> {
    if browser_is_there() {
        return Ok(());
    }
    let debian = Path::new("/etc/debian_version").exists() && process::on_path("apt-get");
    let Some(prefix) = debian.then(administrator).flatten() else {
        bail!("{}", browser_advice(debian));
    };
    eprintln!("      chromium and chromium-driver are missing: installing them");
    process::run(&mut apt(prefix, &["update"]))?;
    let mut words = vec!["install", "--yes", "--no-install-recommends"];
    words.extend(PACKAGES);
    process::run(&mut apt(prefix, &words))?;
    if !browser_is_there() {
        bail!("chromium and chromedriver are still not on the PATH after the installation");
    }
    Ok(())
}

/// The words to put before a command that needs root: none for root itself; None when we may not.
fn administrator() -> Option<&'static [&'static str]> {
    if process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        Some(&[])
    } else if process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

fn apt(prefix: &[&str], words: &[&str]) -> Command {
    let mut line = prefix.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).chain(words);
    let mut command = Command::new(line.next().expect("the line begins with sudo or env"));
    command.args(line);
    command
}

fn browser_advice(debian: bool) -> String {
    let packages = PACKAGES.join(" ");
    let what = "the browser tests need `chromium` and `chromedriver` on the PATH";
    if debian {
        let install = format!("apt-get install --yes --no-install-recommends {packages}");
        format!("{what}; install them with:\n    sudo sh -c 'apt-get update && {install}'")
    } else {
        format!("{what}; on Debian these are the packages {packages}")
    }
}

#[cfg(test)]
mod tests {
    use super::{apt, browser_advice};

    #[test]
    fn without_rights_the_exact_command_is_said() {
        assert!(browser_advice(true).contains("apt-get update && apt-get install"));
        assert!(browser_advice(true).ends_with("chromium chromium-driver'"));
        assert!(!browser_advice(false).contains("apt-get"));
    }

    #[test]
    fn apt_asks_nothing_and_sudo_comes_first() {
        let words = |prefix: &[&str]| {
            let command = apt(prefix, &["update"]);
            let mut words = vec![command.get_program().to_owned()];
            words.extend(command.get_args().map(ToOwned::to_owned));
            words.join(std::ffi::OsStr::new(" ")).into_string().expect("plain words")
        };
        assert_eq!(words(&[]), "env DEBIAN_FRONTEND=noninteractive apt-get update");
        assert_eq!(words(&["sudo", "-n"]), "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update");
    }
}
