//! What the tests need beside cargo: rustfmt, clippy, cargo-nextest, cmake, Chromium and its driver, and programs of others to
//! talk to.
//!
//! Installs what it may and stops with the exact command where it may not.

use std::path::{Path, PathBuf};
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
    PICTURES.ensure()?;
    BROWSER.ensure()?;
    // Without it the models cannot be fetched, and the tests that need them say so.
    if let Err(error) = PIP.ensure() {
        eprintln!("      note: {error:#}");
    }
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

/// Something of the system: programs that must be on the PATH, and Debian's packages of them.
struct Needed {
    what: &'static str,
    programs: &'static [&'static str],
    packages: &'static [&'static str],
}

const BROWSER: Needed = Needed {
    what: "the browser tests need",
    programs: &["chromium", "chromedriver"],
    packages: &["chromium", "chromium-driver"],
};
const PICTURES: Needed = Needed {
    what: "reading pictures, which the tests build in, needs",
    programs: &["cmake", "c++"],
    packages: &["cmake", "g++", "make"],
};

/// A C++ compiler in place, or an error that says what to type.
pub fn ensure_compiler() -> Result<()> {
    PICTURES.ensure()
}

const PIP: Needed = Needed {
    what: "fetching the models for printed text needs",
    programs: &["python3", "pip3"],
    packages: &["python3", "python3-pip"],
};

impl Needed {
    fn is_there(&self) -> bool {
        self.programs.iter().all(|program| process::on_path(program))
    }

    fn ensure(&self) -> Result<()> {
        if self.is_there() {
            return Ok(());
        }
        let debian = Path::new("/etc/debian_version").exists() && process::on_path("apt-get");
        let Some(prefix) = debian.then(administrator).flatten() else {
            bail!("{}", self.advice(debian));
        };
        eprintln!("      {} are missing: installing them", self.packages.join(" and "));
        process::run(&mut apt(prefix, &["update"]))?;
        let mut words = vec!["install", "--yes", "--no-install-recommends"];
        words.extend(self.packages);
        process::run(&mut apt(prefix, &words))?;
        if !self.is_there() {
            bail!("{} are still not on the PATH after the installation", self.programs.join(" and "));
        }
        Ok(())
    }

    fn advice(&self, debian: bool) -> String {
        let packages = self.packages.join(" ");
        let what = format!("{} `{}` on the PATH", self.what, self.programs.join("` and `"));
        if debian {
            let install = format!("apt-get install --yes --no-install-recommends {packages}");
            format!("{what}; install them with:\n    sudo sh -c 'apt-get update && {install}'")
        } else {
            format!("{what}; on Debian these are the packages {packages}")
        }
    }
}

/// Reads the counts that instrumented tests leave, and makes them into a report: of an LLVM that reads this compiler's.
pub const PROFDATA: &str = "llvm-profdata-19";
pub const COV: &str = "llvm-cov-19";

/// Both in place, or an error that says what to type.
pub fn ensure_coverage() -> Result<()> {
    let there = || process::on_path(PROFDATA) && process::on_path(COV);
    let words = ["install", "--yes", "--no-install-recommends", "llvm-19"];
    if !there()
        && process::on_path("apt-get")
        && let Some(prefix) = administrator()
    {
        eprintln!("      llvm-19 is missing: installing it");
        process::run(&mut apt(prefix, &words))?;
    }
    if !there() {
        bail!(
            "the coverage needs {PROFDATA} and {COV} on the PATH; on Debian they are in the package llvm-19"
        );
    }
    Ok(())
}

/// Programs of others that talk with ours. The tests skip what is missing and say so; where `CI` is set they fail.
const PEERS: Needed =
    Needed { what: "the tests of relay boards need", programs: &["mbpoll"], packages: &["mbpoll"] };

/// Packages of Python that play a device.
struct PythonPeer {
    /// What its script imports, beside its own packages.
    imports: &'static str,
    /// As requirements. Their dependencies are listed too, where the package names one that needs a library of the system.
    packages: &'static [&'static str],
    alone: bool,
}

const PYTHON_PEERS: [PythonPeer; 5] = [
    PythonPeer { imports: "escpos", packages: &["python-escpos==3.1"], alone: false },
    PythonPeer { imports: "pymodbus, serial", packages: &["pymodbus[serial]==3.16.1"], alone: false },
    PythonPeer {
        imports: "numpy, cv2",
        packages: &["numpy==2.4.6", "opencv-python-headless==5.0.0.93"],
        alone: false,
    },
    PythonPeer { imports: "osdp", packages: &["libosdp==3.2.9"], alone: false },
    PythonPeer { imports: "ipycam", packages: &["ipycam==1.3.0"], alone: true },
];

impl PythonPeer {
    fn ensure(&self, python: &Path) -> Result<()> {
        let import = format!("import {}", self.imports);
        if process::succeeds(Command::new(python).args(["-c", &import])) {
            return Ok(());
        }
        eprintln!("      {} is missing: installing it into an environment of its own", self.imports);
        let mut install = Command::new(python);
        install.args(["-m", "pip", "install", "--quiet"]).args(self.alone.then_some("--no-deps"));
        process::run(install.args(self.packages))
    }
}

/// Installs the peers as far as it may. Returns their folder, which is a Python environment with Debian's programs beside it.
pub fn ensure_peers(root: &Path) -> Result<Option<PathBuf>> {
    if let Err(error) = PEERS.ensure() {
        eprintln!("      note: {error}");
    }
    let folder = process::target(root)?.join("peers");
    let python = folder.join("bin").join("python");
    if !python.exists() {
        let made = process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        if let Err(error) = made {
            eprintln!("      note: no environment for Python's peers ({error}); their tests are skipped");
            return Ok(None);
        }
    }
    for peer in PYTHON_PEERS {
        if let Err(error) = peer.ensure(&python) {
            eprintln!("      note: {} could not be installed ({error}); its tests are skipped", peer.imports);
        }
    }
    for (package, program) in UNPACKED {
        if let Err(error) = ensure_unpacked(&folder, package, program) {
            eprintln!("      note: {package} could not be unpacked ({error}); its tests are skipped");
        }
    }
    Ok(Some(folder))
}

/// Debian's packages that are unpacked and not installed, each with its program: an installed lighttpd would serve the machine's port 80
/// from then on, and pebble, an ACME authority, is for tests alone.
const UNPACKED: [(&str, &str); 2] = [("lighttpd", "sbin/lighttpd"), ("pebble", "bin/pebble")];

fn ensure_unpacked(peers: &Path, package: &str, program: &str) -> Result<()> {
    let folder = peers.join(package);
    if folder.join("usr").join(program).exists() {
        return Ok(());
    }
    eprintln!("      {package} is missing: unpacking it beside the other peers");
    std::fs::create_dir_all(&folder)?;
    process::run(Command::new("apt-get").args(["download", package]).current_dir(&folder))?;
    let archives = std::fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let Some(archive) =
        archives.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "deb"))
    else {
        bail!("apt-get downloaded no package");
    };
    process::run(Command::new("dpkg-deb").arg("--extract").arg(archive).arg(&folder))
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

#[cfg(test)]
mod tests {
    use super::{BROWSER, PICTURES, apt};

    #[test]
    fn without_rights_the_exact_command_is_said() {
        assert!(BROWSER.advice(true).contains("apt-get update && apt-get install"));
        assert!(BROWSER.advice(true).ends_with("chromium chromium-driver'"));
        assert!(PICTURES.advice(true).contains("cmake"));
        assert!(!BROWSER.advice(false).contains("apt-get"));
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
