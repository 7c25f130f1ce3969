//! A process that dies, for real, at the step it is told: a test runs itself again as a child and looks at what is left.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

const STEP: &str = "VESTIBULE_TEST_DIES_AT";
const FOLDER: &str = "VESTIBULE_TEST_FOLDER";

static DIES_AT: OnceLock<String> = OnceLock::new();
static ARMED: AtomicBool = AtomicBool::new(false);

/// The step and folder this process was told as a child; None: nobody made it one.
pub fn told() -> Option<(String, PathBuf)> {
    let (step, folder) = (std::env::var(STEP).ok()?, std::env::var(FOLDER).ok()?);
    DIES_AT.set(step.clone()).expect("a child is told once");
    Some((step, folder.into()))
}

/// From now on the step may be the one.
pub fn arm() {
    ARMED.store(true, Ordering::SeqCst);
}

/// Dies at the step it was told, once it is armed.
pub fn die_at(step: &'static str) {
    let told = DIES_AT.get().map(String::as_str);
    // The first checkpoint comes with the first commit.
    let armed = step.starts_with(['S', 'K']) || ARMED.load(Ordering::SeqCst);
    if told == Some(step) && armed {
        let me = rustix::process::getpid();
        rustix::process::kill_process(me, rustix::process::Signal::KILL).expect("a process may kill itself");
    }
}

/// Runs that test as a child which is to die at this step.
fn child(test: &str, step: &str, folder: &Path) -> Output {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", test, "--nocapture"])
        .env(STEP, step)
        .env(FOLDER, folder)
        .output()
        .expect("runs")
}

/// The child of this test died at the step.
pub fn dies(test: &str, step: &str, folder: &Path) {
    let died = child(test, step, folder);
    assert_eq!(died.status.signal(), Some(9), "{step}: {}", String::from_utf8_lossy(&died.stderr));
}

/// The child of this test comes to its end where it is told of no step.
pub fn ends(test: &str, step: &str, folder: &Path) {
    let ended = child(test, "never", folder);
    assert!(ended.status.success(), "after {step}: {}", String::from_utf8_lossy(&ended.stdout));
}
