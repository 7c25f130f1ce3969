//! Every planted bug, hunted with its own time: the seed that finds it, or none.

use crate::hunt::{FURNISHED, run_seed};
use crate::points::an_old_disk_comes_back;
use crate::world::founded;
use std::time::{Duration, Instant};
use vestibule_core::planted::{NAMES, plant};

/// What hunting one bug came to.
#[derive(Debug)]
pub struct Hunted {
    /// Its name.
    pub name: &'static str,
    /// The seed that found it, and in which words.
    pub found: Option<(u64, String)>,
    /// How long that took.
    pub seconds: f64,
}

/// Plants one after the other and hunts each for at most so long.
pub fn hunt_all(each: Duration, only: Option<&str>) -> Vec<Hunted> {
    let names = NAMES.iter().filter(|name| only.is_none_or(|only| only == **name));
    names.map(|name| hunt(name, each)).collect()
}

fn hunt(name: &'static str, time: Duration) -> Hunted {
    let founded = founded();
    assert!(plant(Some(name)), "{name} is no bug that can be planted");
    let start = Instant::now();
    let mut found = None;
    for seed in 1.. {
        let mut total = run_seed(seed, &founded, false);
        if total.violations.is_empty() {
            total.add(&run_seed(FURNISHED + seed, &founded, false));
        }
        if seed == 1 {
            total.add(&an_old_disk_comes_back(seed, &founded));
        }
        found = total.violations.pop();
        if found.is_some() || start.elapsed() >= time {
            break;
        }
    }
    plant(None);
    Hunted { name, found, seconds: start.elapsed().as_secs_f64() }
}
