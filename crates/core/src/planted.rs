//! Bugs planted on purpose, one at a time, so that the proof can show that it finds each. Only a build with the feature
//! `planted` can have any; in every other build the answer is no at compile time and nothing of this is left in the binary.

#[cfg(feature = "planted")]
mod chosen {
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Every bug that can be planted: in these rules, or in the store and writer that keep them.
    pub const NAMES: &[&str] = &[
        "acknowledged-without-commit",
        "attempt-not-recorded",
        "breaker-off",
        "cache-believed",
        "claim-met-by-another-company",
        "claim-of-another-house",
        "claim-said-twice-is-two",
        "code-in-the-ledger",
        "commits-on-opening",
        "counters-in-memory",
        "courier-code-collects",
        "disowned-opens",
        "door-off-by-one",
        "epoch-not-raised",
        "event-left-out-of-the-tree",
        "everything-opens",
        "fix-without-the-code",
        "forced-door-says-nothing",
        "four-pulses",
        "freed-before-the-outcome",
        "full-compartment-offered",
        "goes-on-after-a-failed-sync",
        "guesses-cost-nothing",
        "head-not-noted",
        "held-photo-erased",
        "key-hides-a-forced-door",
        "keys-forgotten",
        "meal-waits-for-ever",
        "medicine-on-a-shelf",
        "message-lost",
        "outside-its-windows",
        "pass-lives",
        "pause-ignored",
        "photo-erased-early",
        "pile-forgets-a-parcel",
        "pile-left-in-hand",
        "pulse-before-commit",
        "redraw-drops-a-full-door",
        "redraw-forgets-the-lock",
        "redraw-gives-a-number-twice",
        "reopened-by-a-stranger",
        "replayed-at-start",
        "scanned-twice-is-two",
        "spent-code-lives",
        "strangers-share",
        "synchronous-normal",
        "synchronous-off",
        "two-doors-a-visit",
        "wall-clock-followed",
        "wiring-keeps-half-a-swap",
        "wiring-pulses-twice",
    ];

    static CHOSEN: AtomicUsize = AtomicUsize::new(usize::MAX);

    /// Plants one, or none. False: there is no such bug.
    pub fn plant(name: Option<&str>) -> bool {
        let at = name.map_or(Some(usize::MAX), |name| NAMES.iter().position(|known| *known == name));
        if let Some(at) = at {
            CHOSEN.store(at, Ordering::Relaxed);
        }
        at.is_some()
    }

    /// Whether this one is planted.
    pub fn is_planted(name: &str) -> bool {
        NAMES.get(CHOSEN.load(Ordering::Relaxed)).is_some_and(|chosen| *chosen == name)
    }
}

#[cfg(feature = "planted")]
pub use chosen::{NAMES, is_planted, plant};

/// Whether this one is planted: never, in this build.
#[cfg(not(feature = "planted"))]
#[inline(always)]
pub const fn is_planted(_: &str) -> bool {
    false
}
