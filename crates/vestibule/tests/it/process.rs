//! The program as a process.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(30);

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command.env_remove("VESTIBULE_CONFIG").env_remove("VESTIBULE_PASSPHRASE").env_remove("VESTIBULE_TRACE");
    command
}

pub fn run(arguments: &[&str]) -> Output {
    command().args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// A running demonstration; dropping it kills the process.
pub struct Demo {
    process: Child,
    pub ready: Value,
}

impl Demo {
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        // Without a word on days somebody came yesterday evening.
        let blank: &[&str] = if arguments.contains(&"--days") { &[] } else { &["--days", "0"] };
        let mut process = command()
            .args(["demo", "--listen", "127.0.0.1:0", "--json", "--data"])
            .arg(data)
            .args(blank)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Self { process, ready }
    }

    pub fn base(&self) -> String {
        self.ready["start"].as_str().unwrap().trim_end_matches('/').to_owned()
    }

    /// As a power cut does.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// As an operator does; it ends well.
    pub fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).output().unwrap();
        assert!(asked.status.success());
        let ended = until("the program ends", || self.process.try_wait().unwrap());
        assert!(ended.success(), "{ended}");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Looks again until there is something, or fails.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < DEADLINE, "waited {DEADLINE:?} for this: {what}");
        std::thread::yield_now();
    }
}
