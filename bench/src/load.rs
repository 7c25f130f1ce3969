//! Load in slices: two sides take turns on the same machine, so that what slows one slows the other.
//!
//! Owns: who may work when, and what was counted meanwhile. Never: knows what is counted.

use anyhow::{Result, bail};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Work done.
#[derive(Default)]
pub struct Count(AtomicU64);

impl Count {
    /// More was done.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }
    /// How much so far.
    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Paused,
    Going,
    Closed,
}

/// Where workers ask whether they may go on.
pub struct Floor(watch::Receiver<State>);

impl Floor {
    /// Waits while the other side has its turn.
    pub async fn wait(&mut self) {
        // The sender outlives every worker; without it nothing is left to wait for.
        let _ = self.0.wait_for(|state| *state != State::Paused).await;
    }
    /// Whether a new round may begin.
    pub fn is_open(&self) -> bool {
        *self.0.borrow() != State::Closed
    }
}

/// One side: its workers and what they count.
pub struct Side {
    state: watch::Sender<State>,
    workers: JoinSet<Result<()>>,
    count: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl Side {
    /// A side without workers yet.
    pub fn new(count: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self { state: watch::channel(State::Paused).0, workers: JoinSet::new(), count: Arc::new(count) }
    }

    /// A worker; it asks the floor before each piece of work.
    pub fn spawn<F>(&mut self, work: impl FnOnce(Floor) -> F)
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        self.workers.spawn(work(Floor(self.state.subscribe())));
    }

    /// Works for a while; pieces a second.
    pub async fn turn(&mut self, length: Duration) -> Result<f64> {
        self.state.send_replace(State::Going);
        let (began, before) = (Instant::now(), (self.count)());
        tokio::select! {
            () = tokio::time::sleep(length) => {}
            ended = self.workers.join_next() => match ended {
                Some(Ok(Err(error))) => return Err(error),
                other => bail!("a worker ended early: {other:?}"),
            },
        }
        let rate = ((self.count)() - before) as f64 / began.elapsed().as_secs_f64();
        self.state.send_replace(State::Paused);
        Ok(rate)
    }

    /// Lets everybody finish what they have in hand.
    pub async fn close(mut self) -> Result<()> {
        self.state.send_replace(State::Closed);
        while let Some(ended) = self.workers.join_next().await {
            ended??;
        }
        Ok(())
    }
}

/// How two sides are compared.
#[derive(Clone, Copy)]
pub struct Plan {
    pub warm_up: Duration,
    pub turn: Duration,
    pub turns: usize,
}

/// Both sides in turn; the rates of each turn.
pub async fn compare(one: &mut Side, other: &mut Side, plan: Plan) -> Result<Vec<(f64, f64)>> {
    one.turn(plan.warm_up).await?;
    other.turn(plan.warm_up).await?;
    let mut rates = Vec::new();
    for _ in 0..plan.turns {
        rates.push((one.turn(plan.turn).await?, other.turn(plan.turn).await?));
    }
    Ok(rates)
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The value below which so many percent lie.
pub fn percentile(values: &mut [u32], percent: usize) -> f64 {
    values.sort_unstable();
    let at = (values.len() * percent / 100).min(values.len().saturating_sub(1));
    values.get(at).map_or(f64::NAN, |value| f64::from(*value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_tail() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        let mut values: Vec<u32> = (1..=100).rev().collect();
        assert_eq!(percentile(&mut values, 50), 51.0);
        assert_eq!(percentile(&mut values, 99), 100.0);
    }
}
