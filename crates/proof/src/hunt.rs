//! Runs of seeds: each is a property, some hundred acts and faults, and an end. A violation is a panic with its words, which
//! is caught here and told with the command that repeats it.

pub mod years;

use crate::disk::Tally;
use crate::vfs;
use crate::world::{Counted, Founded, World, founded};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::time::{Duration, Instant};

/// Acts of one seed.
pub const ACTS: u32 = 120;

/// Seeds from here on are of a furnished property, where more is done; a seed below means what it meant before that was so.
pub const FURNISHED: u64 = 1 << 32;

/// What seeds came to.
#[derive(Clone, Debug, Default)]
pub struct Total {
    /// Seeds run.
    pub seeds: u64,
    /// Power cuts.
    pub power_cuts: u64,
    /// Process deaths without a power cut.
    pub kills: u64,
    /// I/O errors.
    pub errors: u64,
    /// Disk calls.
    pub disk_calls: u64,
    /// Sectors dropped by cuts.
    pub dropped: u64,
    /// Sectors torn by cuts.
    pub torn: u64,
    /// Things said to sites.
    pub operations: u64,
    /// Events.
    pub events: u64,
    /// Coil pulses.
    pub pulses: u64,
    /// Simulated milliseconds.
    pub simulated_ms: u64,
    /// What was violated, by seed.
    pub violations: Vec<(u64, String)>,
}

impl Total {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.power_cuts += other.power_cuts;
        self.kills += other.kills;
        self.errors += other.errors;
        self.disk_calls += other.disk_calls;
        self.dropped += other.dropped;
        self.torn += other.torn;
        self.operations += other.operations;
        self.events += other.events;
        self.pulses += other.pulses;
        self.simulated_ms += other.simulated_ms;
        self.violations.extend(other.violations.iter().cloned());
    }

    /// Counts one world.
    pub fn count(&mut self, counted: Counted, tally: Tally, ms: u64) {
        self.seeds += 1;
        self.power_cuts += tally.cuts;
        self.kills += tally.kills;
        self.errors += tally.errors;
        self.disk_calls += tally.calls;
        self.dropped += tally.dropped;
        self.torn += tally.torn;
        self.operations += counted.operations;
        self.events += counted.events;
        self.pulses += counted.pulses;
        self.simulated_ms += ms;
    }
}

thread_local! {
    static LAST_WORDS: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs something that may find a violation; its words.
///
/// # Errors
/// What was violated.
pub fn watched<T>(act: impl FnOnce() -> T) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_ours = LAST_WORDS.with_borrow(Option::is_some);
            if !is_ours {
                return before(info);
            }
            let words = info.payload_as_str().unwrap_or("a panic without words");
            let at = info.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
            LAST_WORDS.with_borrow_mut(|last| *last = Some(format!("{words}{at}")));
        }));
    });
    LAST_WORDS.with_borrow_mut(|last| *last = Some(String::new()));
    let done = catch_unwind(AssertUnwindSafe(act));
    let words = LAST_WORDS.with_borrow_mut(Option::take).unwrap_or_default();
    done.map_err(|_| words)
}

/// Runs one seed from its founding to its end.
pub fn run_seed(seed: u64, founded: &Founded, traced: bool) -> Total {
    let mut total = Total::default();
    let mut world = World::new(seed, founded);
    world.traced = traced;
    world.harried = true;
    let begun = world.now_ms;
    let outcome = watched(|| {
        if seed >= FURNISHED {
            world.furnishes();
        }
        for _ in 0..ACTS {
            world.somebody_acts();
            if !world.chance.once_in(4) {
                world.arm();
            }
            if seed >= FURNISHED && world.chance.once_in(4) {
                world.act_more();
            } else {
                world.act();
            }
        }
        world.ends();
    });
    world.leaves_no_process();
    total.count(world.counted, vfs::disk(|disk| disk.tally), world.now_ms - begun);
    if let Err(words) = outcome {
        total.violations.push((seed, words));
    }
    total
}

/// Runs seeds from `first` until the time is up or something is violated, each at a plain property and at a furnished one.
pub fn hunt(first: u64, step: u64, time: Duration) -> Total {
    let start = Instant::now();
    let founded = founded();
    let mut total = Total::default();
    let mut seed = first;
    while start.elapsed() < time && total.violations.is_empty() {
        total.add(&run_seed(seed, &founded, false));
        if total.violations.is_empty() {
            total.add(&run_seed(FURNISHED + seed, &founded, false));
        }
        seed += step;
    }
    total
}

/// The same on so many threads.
pub fn hunt_on(threads: u64, first: u64, time: Duration) -> Total {
    let mut total = Total::default();
    std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..threads).map(|n| scope.spawn(move || hunt(first + n, threads, time))).collect();
        for run in runs {
            total.add(&run.join().expect("violations are caught"));
        }
    });
    total
}

/// The command that repeats a seed.
pub fn repeat(seed: u64) -> String {
    format!("cargo xtask sim --seed {seed} --trace")
}
