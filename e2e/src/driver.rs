//! Starting chromedriver and a browser for one test: own processes, an own port, an own profile.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::screen::Look;

/// What makes a browser quiet, alone and repeatable.
///
/// The pipe instead of a port ties the browser to its driver: when a failing test ends the driver, the
/// browser sees the pipe close and ends too.
const FLAGS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
    "--window-size=1280,900",
];

/// Ends with the value: the process it started is killed by its own handle.
pub struct Driver {
    process: Child,
    /// Read to the end of the driver's life: its next line must find a reader.
    _output: Lines<BufReader<ChildStdout>>,
    profile: TempDir,
    address: String,
}

impl Driver {
    pub async fn start() -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("vestibule-browser-").tempdir()?;
        let mut process = Command::new("chromedriver")
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("cannot start chromedriver; `cargo xtask test` installs it")?;
        let output = process.stdout.take().context("chromedriver has no standard output")?;
        let mut output = BufReader::new(output).lines();
        let port = loop {
            let Some(line) = output.next_line().await? else { bail!("chromedriver ended at once") };
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').parse::<u16>().context("chromedriver's port")?;
            }
        };
        Ok(Self { process, _output: output, profile, address: format!("http://127.0.0.1:{port}") })
    }

    /// A browser with an empty profile.
    pub async fn browser(&self, look: &Look) -> Result<Client> {
        let mut arguments: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        arguments.push(format!("--user-data-dir={}", self.profile.path().display()));
        arguments.push(format!("--accept-lang={}", look.language));
        arguments.extend(look.camera.arguments());
        let mut capabilities = Map::new();
        let mut set = |name: &str, value: Value| capabilities.insert(name.to_owned(), value);
        set("browserName", json!("chrome"));
        set("acceptInsecureCerts", json!(true));
        set("goog:loggingPrefs", json!({ "browser": "ALL" }));
        set("goog:chromeOptions", json!({ "args": arguments }));
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.address)
            .await
            .context("chromedriver could not start chromium")?;
        Ok(client)
    }

    /// End the driver, after its browser has been closed.
    pub async fn stop(mut self) -> Result<()> {
        self.process.kill().await.context("cannot end chromedriver")
    }
}
