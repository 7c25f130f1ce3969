//! How each tracking feed is heard: when it last spoke well signed, when it was last refused, and why.
//!
//! Owns: counting in the memory of this process. Never: keeps a secret, a signature or anything that was sent.

use super::Provider;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use vestibule_core::Timestamp;

/// So many bad signatures in a row are a task: the secrets differ, or somebody tries theirs.
pub const BAD_MOST: u32 = 5;

/// How one feed is heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FeedHealth {
    /// When it last spoke well signed.
    pub heard: Option<Timestamp>,
    /// When what it told was last refused, and by which code.
    pub refused: Option<(Timestamp, &'static str)>,
    /// Bad signatures since it was last well signed.
    pub bad: u32,
}

/// All of them, shared by whoever hears and whoever looks.
#[derive(Debug, Clone, Default)]
pub struct Heard(Arc<Mutex<BTreeMap<Provider, FeedHealth>>>);

impl Heard {
    fn with<T>(&self, provider: Provider, change: impl FnOnce(&mut FeedHealth) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(all.entry(provider).or_default())
    }

    /// How one is heard.
    pub fn look(&self, provider: Provider) -> FeedHealth {
        self.with(provider, |health| *health)
    }

    /// It spoke well signed. Whether that may end a task: there were many bad ones, or this process has not heard it before.
    pub fn well_signed(&self, provider: Provider, now: Timestamp) -> bool {
        self.with(provider, |health| {
            let may_end = health.heard.is_none() || health.bad >= BAD_MOST;
            (health.heard, health.bad) = (Some(now), 0);
            may_end
        })
    }

    /// What it told is refused.
    pub fn refused(&self, provider: Provider, now: Timestamp, why: &'static str) {
        self.with(provider, |health| health.refused = Some((now, why)));
    }

    /// It was not signed with its secret. Whether that makes [`BAD_MOST`] in a row.
    pub fn badly_signed(&self, provider: Provider, now: Timestamp) -> bool {
        self.refused(provider, now, "bad-signature");
        self.with(provider, |health| {
            health.bad = health.bad.saturating_add(1);
            health.bad == BAD_MOST
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_bad_signatures_in_a_row_are_told_once_and_a_good_one_ends_them() {
        let (heard, shippo) = (Heard::default(), Provider::Shippo);
        assert!(heard.well_signed(shippo, Timestamp(1)), "a task of an earlier process may be open");
        assert!(!heard.well_signed(shippo, Timestamp(2)));
        let told: Vec<bool> = (3..10).map(|at| heard.badly_signed(shippo, Timestamp(at))).collect();
        assert_eq!(told, [false, false, false, false, true, false, false]);
        assert_eq!(heard.look(Provider::EasyPost), FeedHealth::default(), "of another nothing is said");
        let (heard_at, refused) = (Some(Timestamp(2)), Some((Timestamp(9), "bad-signature")));
        assert_eq!(heard.look(shippo), FeedHealth { heard: heard_at, refused, bad: 7 });
        assert!(heard.well_signed(shippo, Timestamp(10)));
        heard.refused(shippo, Timestamp(10), "another-building");
        let refused = Some((Timestamp(10), "another-building"));
        assert_eq!(heard.look(shippo), FeedHealth { heard: Some(Timestamp(10)), refused, bad: 0 });
    }
}
