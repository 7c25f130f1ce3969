//! Progress of a long run: one line when a stage starts, one with its time when it ends.

use std::time::Instant;

use anyhow::{Context, Result};

/// Counts the stages of one run. Prints to standard error only, so that its lines and those of the
/// programs it starts keep their order.
pub struct Stages {
    total: usize,
    started: usize,
    since: Instant,
}

impl Stages {
    pub fn new(total: usize) -> Self {
        Self { total, started: 0, since: Instant::now() }
    }

    /// Announce a stage, do it, print how long it took; an error carries the stage's name.
    pub fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.announce(name);
        let start = Instant::now();
        let done = work().with_context(|| format!("stage \"{name}\""))?;
        eprintln!("      {name}: {:.1} s", start.elapsed().as_secs_f64());
        Ok(done)
    }

    /// Announce the last stage, which prints its own end.
    pub fn announce(&mut self, name: &str) {
        self.started += 1;
        let minutes = self.since.elapsed().as_secs() / 60;
        let seconds = self.since.elapsed().as_secs() % 60;
        eprintln!("[{}/{}] {name} (at {minutes}:{seconds:02})", self.started, self.total);
    }
}
