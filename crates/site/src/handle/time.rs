//! Site time for whoever needs no more of the state than that.
//!
//! Owns: a copy of the writer's clock. To ask the writer would make it finish what is on its way first, and every page
//! asks for the time.

use crate::clock::{Moment, SiteClock};
use std::sync::{Arc, RwLock};
use vestibule_core::Timestamp;

/// Both clocks of the machine, the monotonic one shared with the buses.
pub type ReadClocks = Arc<dyn Fn() -> Moment + Send + Sync>;

/// Site time as the writer keeps it. Cheap to clone.
#[derive(Clone)]
pub struct SiteTime {
    clocks: ReadClocks,
    kept: Arc<RwLock<SiteClock>>,
}

impl SiteTime {
    /// Of a site whose writer keeps this clock.
    pub(crate) fn new(clocks: ReadClocks, kept: &SiteClock) -> Self {
        Self { clocks, kept: Arc::new(RwLock::new(kept.clone())) }
    }

    /// Site time at this moment.
    pub(crate) fn now(&self) -> Timestamp {
        let mut kept = self.kept.read().expect("a clock is never held across a panic").clone();
        kept.read(self.moment()).now
    }

    /// What the machine's clocks say.
    pub(crate) fn moment(&self) -> Moment {
        (self.clocks)()
    }

    /// The writer has read its clock, or staff confirmed it.
    pub(crate) fn follow(&self, kept: &SiteClock) {
        kept.clone_into(&mut self.kept.write().expect("a clock is never held across a panic"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn it_goes_on_by_itself_and_follows_what_the_writer_knows() {
        let ms = Arc::new(AtomicU64::new(0));
        let wall = Arc::new(AtomicU64::new(1_000_000));
        let clocks: ReadClocks = {
            let (ms, wall) = (Arc::clone(&ms), Arc::clone(&wall));
            Arc::new(move || Moment {
                wall: Timestamp(wall.load(Ordering::Relaxed).cast_signed()),
                monotonic_ms: ms.load(Ordering::Relaxed),
            })
        };
        let mut writers = SiteClock::resume(None, clocks());
        let time = SiteTime::new(Arc::clone(&clocks), &writers);
        assert_eq!(time.now(), Timestamp(1_000_000));
        ms.store(500, Ordering::Relaxed);
        wall.store(1_000_500, Ordering::Relaxed);
        assert_eq!(time.now(), Timestamp(1_000_500), "without the writer");
        // Set by an hour: believed when somebody confirms it.
        wall.store(4_600_500, Ordering::Relaxed);
        assert_eq!(time.now(), Timestamp(1_000_500));
        writers.confirm(clocks());
        time.follow(&writers);
        assert_eq!(time.now(), Timestamp(4_600_500));
    }
}
