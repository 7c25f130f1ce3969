//! A site of one's own as a process: `vestibule serve` on an empty folder and a free port, as after an installation.

use std::path::Path;
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::product::{START_DEADLINE, STOP_DEADLINE, binary, end};

/// A configuration with nothing but a bank: no mail, no lock boards, this machine alone.
const CONFIG: &str = "data = \"data\"\nlisten = [\"127.0.0.1:0\"]\nzone = \"America/New_York\"\n\
    [[bank]]\nname = \"Lobby\"\nfoot_mm = 100\n[[bank.column]]\nwidth_mm = 450\n\
    doors = [{ label = \"1\", size = \"S\", height_mm = 150 }, { label = \"2\", size = \"M\", height_mm = 300 }]\n";

/// A running `vestibule serve`. Dropping it kills the process.
pub struct Served {
    process: Child,
    base: String,
    link: String,
    folder: TempDir,
}

impl Served {
    /// With a bank and nothing else.
    pub async fn start() -> Self {
        Self::start_with(CONFIG).await
    }

    /// With a configuration of one's own; `listen` is to be on a free port.
    pub async fn start_with(configuration: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("vestibule-e2e-").tempdir();
        let folder = folder.unwrap_or_else(|error| panic!("no folder for data: {error}"));
        let config = folder.path().join("vestibule.toml");
        std::fs::write(&config, configuration).unwrap_or_else(|error| panic!("no configuration: {error}"));
        let mut process = Command::new(binary())
            .args(["serve", "--config"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start the product: {error}"));
        let output = process.stdout.take().unwrap_or_else(|| panic!("no standard output"));
        let mut lines = BufReader::new(output).lines();
        let mut said = Vec::new();
        let is_link = |line: &str| line.contains("/setup?");
        while !said.last().is_some_and(|line: &String| is_link(line)) {
            match timeout(START_DEADLINE, lines.next_line()).await {
                Ok(Ok(Some(line))) => said.push(line),
                _ => panic!("no set-up link was printed, but: {said:#?}"),
            }
        }
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let link = said.pop().unwrap_or_default().trim().to_owned();
        let base = link.split("/setup").next().unwrap_or_default().to_owned();
        Self { process, base, link, folder }
    }

    /// Where its configuration lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// An address of this site.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The link that was printed for whoever started it.
    pub fn setup_link(&self) -> &str {
        &self.link
    }

    /// End it as an operator would; it ends in order.
    pub async fn stop(mut self) {
        let ended = timeout(STOP_DEADLINE, end(&mut self.process)).await;
        let code = ended.unwrap_or_else(|_| panic!("it did not end within {STOP_DEADLINE:?} of SIGTERM"));
        assert!(code.success(), "it ended with {code}");
    }
}
