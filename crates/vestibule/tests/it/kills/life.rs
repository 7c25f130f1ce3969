//! One life of the program: from its start to its death, and what `check` and `verify` say of what it left.

use crate::process::{command, run, until};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Stdio};

use super::client::Ask;

/// A running `vestibule serve`; dropping it kills the process.
pub struct Life {
    process: Child,
    pub address: SocketAddr,
    /// The rest of its standard output; a new site prints its set-up link there.
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Life {
    /// Starts the program and waits for the address it serves.
    pub fn begin(config: &Path) -> Self {
        let mut process = command()
            .args(["serve", "--config"])
            .arg(config)
            .env("VESTIBULE_TRACE", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.next().expect("the program says what it serves").unwrap();
        let (_, address) = line.split_once("http://").unwrap_or_else(|| panic!("no address: {line}"));
        Self { process, address: address.parse().unwrap(), lines }
    }

    /// The link with which the first owner sets the site up.
    pub fn setup_token(&mut self) -> String {
        let link = self.lines.by_ref().map(Result::unwrap).find(|line| line.contains("token="));
        link.expect("a set-up link is printed").split("token=").nth(1).unwrap().trim().to_owned()
    }

    /// Waits until doors, disk and clock are as they should be.
    pub fn until_ready(&self) {
        let ask = Ask {
            method: "GET",
            path: "/readyz".into(),
            bearer: String::new(),
            kind: "text/plain",
            body: String::new(),
            key: String::new(),
        };
        until("the site is ready", || {
            let answer = ask.send(self.address)?.answer()?;
            (answer.code == 200).then_some(())
        });
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `vestibule check` with an export, and `vestibule verify` of it.
pub fn is_well(data: &Path) {
    let ledger = data.with_extension("ledger");
    let _ = std::fs::remove_file(&ledger);
    let (data, ledger) = (data.to_str().unwrap(), ledger.to_str().unwrap());
    let checked = run(&["check", "--data", data, "--export", ledger, "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap_or_default();
    assert_eq!(checked.status.code(), Some(0), "check: {said} {}", String::from_utf8_lossy(&checked.stderr));
    let verified = run(&["verify", ledger, "--head", said["head"].as_str().unwrap(), "--json"]);
    assert_eq!(verified.status.code(), Some(0), "verify: {}", String::from_utf8_lossy(&verified.stdout));
}

/// Pulses the ledger allows, by compartment.
pub fn attempts(data: &Path) -> BTreeMap<usize, u64> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = rusqlite::Connection::open_with_flags(data.join("site.sqlite3"), flags).unwrap();
    let kinds =
        "SELECT payload FROM event WHERE kind IN ('opening-authorised', 'opening-attempted') ORDER BY seq";
    let mut statement = database.prepare(kinds).unwrap();
    let payloads = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let (mut compartments, mut attempts) = (BTreeMap::new(), BTreeMap::new());
    for payload in payloads {
        let event: serde_json::Value = serde_json::from_slice(&payload.unwrap()).unwrap();
        let opening = event["opening"].as_u64().expect("it is about an opening");
        if let Some(compartment) = event["compartment"].as_u64() {
            compartments.insert(opening, usize::try_from(compartment).unwrap());
        }
        *attempts.entry(compartments[&opening]).or_insert(0) += 1;
    }
    attempts
}
