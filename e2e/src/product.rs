//! The product as a process: the real binary with a data folder of its own on a free port.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// A debug build with a seeded property on a busy machine.
pub(crate) const START_DEADLINE: Duration = Duration::from_secs(30);
pub(crate) const STOP_DEADLINE: Duration = Duration::from_secs(15);

/// A running `vestibule demo`. Dropping it kills the process; `stop` ends it as an operator would and
/// looks at what it said.
pub struct Product {
    process: Child,
    trace: Arc<Mutex<Vec<String>>>,
    /// The line the program prints when it is ready.
    ready: Value,
    data: TempDir,
    arguments: Vec<String>,
}

impl Product {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With more arguments, such as `--days 3`.
    pub async fn start_with(arguments: &[&str]) -> Self {
        let data = tempfile::Builder::new().prefix("vestibule-e2e-").tempdir();
        let data = data.unwrap_or_else(|error| panic!("no folder for data: {error}"));
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let trace = Arc::default();
        let (process, ready) = launch(data.path(), "127.0.0.1:0", &arguments, &trace).await;
        Self { process, trace, ready, data, arguments }
    }

    /// An address the program named when it was ready: `start`, `kiosk`, `staff`, `inbox` and so on.
    pub fn url(&self, name: &str) -> String {
        let found = self.ready[name].as_str();
        found.unwrap_or_else(|| panic!("the ready line names no {name:?}: {}", self.ready)).to_owned()
    }

    /// All that the program said when it was ready.
    pub fn ready(&self) -> &Value {
        &self.ready
    }

    /// Where the program keeps its data.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Another command of the same program, to its end: it needs no running product.
    pub async fn command(arguments: &[&str]) -> Output {
        let ended = Command::new(binary()).args(arguments).stdin(Stdio::null()).output();
        match timeout(STOP_DEADLINE, ended).await {
            Ok(output) => output.unwrap_or_else(|error| panic!("cannot run {arguments:?}: {error}")),
            Err(_) => panic!("{arguments:?} did not end within {STOP_DEADLINE:?}"),
        }
    }

    /// What it has written to standard error so far.
    pub fn trace(&self) -> Vec<String> {
        self.trace.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// Pull the plug: no word of farewell, nothing flushed that was not.
    pub async fn kill(&mut self) {
        self.process.kill().await.unwrap_or_else(|error| panic!("cannot kill the product: {error}"));
    }

    /// Start again on the same data and the same port, so that pages left open find it.
    pub async fn restart(&mut self) {
        let start = url::Url::parse(&self.url("start")).unwrap_or_else(|error| panic!("start: {error}"));
        let (host, port) = (start.host_str().unwrap_or("127.0.0.1"), start.port().unwrap_or(80));
        let listen = format!("{host}:{port}");
        let (process, ready) = launch(self.data.path(), &listen, &self.arguments, &self.trace).await;
        self.process = process;
        self.ready = ready;
    }

    /// End it as an operator would. It ends in order and has not complained.
    pub async fn stop(mut self) {
        match timeout(STOP_DEADLINE, end(&mut self.process)).await {
            Ok(code) => assert!(code.success(), "the product ended with {code}: {:#?}", self.trace()),
            Err(_) => panic!("the product did not end within {STOP_DEADLINE:?} of SIGTERM"),
        }
        let is_error = |line: &&String| line.contains(" ERROR ") || line.contains("\"level\":\"ERROR\"");
        let trace = self.trace();
        let errors: Vec<&String> = trace.iter().filter(is_error).collect();
        assert!(errors.is_empty(), "the product traced errors: {errors:#?}");
    }
}

/// Ask a process to end, and wait until it has.
pub(crate) async fn end(process: &mut Child) -> ExitStatus {
    let pid = process.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
    let pid = pid.unwrap_or_else(|| panic!("the product ended by itself"));
    kill_process(pid, Signal::TERM).unwrap_or_else(|error| panic!("cannot signal the product: {error}"));
    process.wait().await.unwrap_or_else(|error| panic!("cannot wait for the product: {error}"))
}

type Trace = Arc<Mutex<Vec<String>>>;

async fn launch(data: &Path, listen: &str, arguments: &[String], trace: &Trace) -> (Child, Value) {
    let binary = binary();
    // Without a word on days somebody came yesterday evening: of that a story must know.
    let has_days = arguments.iter().any(|argument| argument == "--days");
    let blank: &[&str] = if has_days { &[] } else { &["--days", "0"] };
    let mut process = Command::new(&binary)
        .args(["demo", "--listen", listen, "--json", "--data"])
        .arg(data)
        .args(blank)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|error| panic!("cannot start {}: {error}; `cargo build` makes it", binary.display()));
    let errors = process.stderr.take().unwrap_or_else(|| panic!("no standard error"));
    tokio::spawn(keep(errors, Arc::clone(trace)));
    let output = process.stdout.take().unwrap_or_else(|| panic!("no standard output"));
    let mut lines = BufReader::new(output).lines();
    let said = || trace.lock().map(|lines| lines.join("\n")).unwrap_or_default();
    let line = match timeout(START_DEADLINE, lines.next_line()).await {
        Ok(Ok(Some(line))) => line,
        Ok(_) => {
            let end = process.wait().await;
            panic!("the product ended before it was ready ({end:?}):\n{}", said());
        }
        Err(_) => panic!("the product was not ready within {START_DEADLINE:?}:\n{}", said()),
    };
    let ready = serde_json::from_str(&line);
    let ready = ready.unwrap_or_else(|error| panic!("the first line is not JSON ({error}): {line}"));
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (process, ready)
}

/// Read to the end, so that the program never waits for a reader.
async fn keep(stream: impl AsyncRead + Unpin, trace: Trace) {
    let mut lines = BufReader::new(stream).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        trace.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(line);
    }
}

/// `VESTIBULE_BIN`, or the binary of the build that these tests are part of.
pub(crate) fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("VESTIBULE_BIN") {
        return PathBuf::from(path);
    }
    let own = std::env::current_exe().unwrap_or_else(|error| panic!("no path of this test: {error}"));
    // The test is PROFILE/deps/it-HASH, the binary PROFILE/vestibule.
    let profile = own.parent().and_then(Path::parent);
    profile.unwrap_or_else(|| panic!("{} has no parent", own.display())).join("vestibule")
}
