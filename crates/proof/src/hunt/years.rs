//! A calm life: a property day by day for a year, with the parcels a house of four apartments gets, honest people and few
//! faults. What a hunt never sees are long ledgers, snapshots, high numbers, codes and tasks that grow old.

use crate::acts::Act;
use crate::hunt::{FURNISHED, Total, watched};
use crate::vfs;
use crate::world::{Death, Founded, World};
use std::time::{Duration, Instant};
use vestibule_core::*;

/// Days of one life. The couriers' codes of the founding last longer.
pub const DAYS: u64 = 365;
const DAY_MS: u64 = 86_400_000;

/// So many days of one property; each is a day of `365 = one building-year`.
pub fn live(days: u64, seed: u64, founded: &Founded) -> Total {
    let mut total = Total::default();
    let mut world = World::new(seed, founded);
    let begun = world.now_ms;
    let is_furnished = seed >= FURNISHED;
    let outcome = watched(|| {
        if is_furnished {
            world.furnishes();
        }
        for day in 1..=days {
            world.lives_a_day(begun + day * DAY_MS, is_furnished);
        }
        world.ends();
    });
    world.leaves_no_process();
    total.count(world.counted, vfs::disk(|disk| disk.tally), world.now_ms - begun);
    // It is counted in years, not as a seed of the hunt.
    total.seeds = 0;
    if let Err(words) = outcome {
        total.violations.push((seed, format!("a calm life: {words}")));
    }
    total
}

/// Whole lives on so many threads, until there are so many years or the time is up.
pub fn lives(years: u64, threads: u64, (first, time): (u64, Duration)) -> Total {
    let start = Instant::now();
    let mut total = Total::default();
    std::thread::scope(|scope| {
        let share = |n| {
            scope.spawn(move || {
                let founded = crate::world::founded();
                let mut total = Total::default();
                for life in (n..years).step_by(usize::try_from(threads).unwrap_or(1)) {
                    if start.elapsed() >= time || !total.violations.is_empty() {
                        break;
                    }
                    // Every other property is a furnished one.
                    let seed = first + life + FURNISHED * (life / threads % 2);
                    total.add(&live(DAYS, seed, &founded));
                }
                total
            })
        };
        let runs: Vec<_> = (0..threads).map(share).collect();
        for run in runs {
            total.add(&run.join().expect("violations are caught"));
        }
    });
    total
}

impl World {
    /// Until `end`: couriers in the morning, residents in the evening, staff once a day, at night nobody. At a furnished property
    /// something more is done on one day of three.
    fn lives_a_day(&mut self, end: u64, is_furnished: bool) {
        self.somebody_acts();
        for _ in 0..=self.chance.below(3) {
            self.does(Act::DeliversWell);
        }
        self.skip(Span::hours(4));
        for _ in 0..=self.chance.below(4) {
            self.does(Act::CollectsWell);
        }
        if self.chance.once_in(6) {
            let rarely = [Act::Types, Act::Codes, Act::Moves, Act::HandsOver, Act::Says, Act::Probes];
            let act = self.chance.pick(&rarely).expect("some");
            self.does(act);
        }
        if is_furnished && self.chance.once_in(3) {
            self.act_more();
            self.run(15_000);
        }
        if self.chance.once_in(60) {
            let death = if self.chance.once_in(2) { Death::Power } else { Death::Process };
            self.end(death);
        }
        self.run(15_000);
        self.shuts_all(true);
        self.tidies();
        self.skip(Span(i64::try_from(end.saturating_sub(self.now_ms)).expect("a day")));
        self.shuts_all(true);
        self.all_is_where_it_should_be();
    }
}
