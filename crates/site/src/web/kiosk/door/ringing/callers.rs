//! How often phones try to ring, by where they come from and by door: what is typed may be guessed at from afar.
//!
//! Owns: these counts, in memory and bounded; rings themselves are counted by the rules, and a start forgets none of those.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use vestibule_core::{AccessPointId, Span, Timestamp};

/// From one address so many tries in an hour.
pub const TRIES_AN_ADDRESS: usize = 10;
/// At one door so many in an hour, wherever they come from.
pub const TRIES_A_DOOR: usize = 60;
/// So many phones are told at once what becomes of their rings.
pub const TOLD_AT_ONCE: usize = 32;
const HOUR: Span = Span::hours(1);

struct Try {
    at: Timestamp,
    door: AccessPointId,
    address: String,
}

/// The tries of the last hour, and the phones that are told now.
pub struct PhoneCallers {
    tries: Mutex<VecDeque<Try>>,
    told: Arc<Semaphore>,
}

impl Default for PhoneCallers {
    fn default() -> Self {
        Self { tries: Mutex::default(), told: Arc::new(Semaphore::new(TOLD_AT_ONCE)) }
    }
}

impl PhoneCallers {
    /// A place among those who are told; None: there is none. It is free again when this is dropped.
    pub fn is_told(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.told).try_acquire_owned().ok()
    }

    /// Counts one more try, if it may be made.
    ///
    /// # Errors
    /// In so many seconds the next may be made.
    pub fn count(&self, door: AccessPointId, address: &str, now: Timestamp) -> Result<(), u32> {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.retain(|past| now - past.at < HOUR);
        let first = |most: usize, is: &dyn Fn(&&Try) -> bool| {
            let same: Vec<Timestamp> = tries.iter().filter(is).map(|past| past.at).collect();
            same.len().checked_sub(most).map(|over| same[over])
        };
        let full = first(TRIES_AN_ADDRESS, &|past| past.address == address)
            .or_else(|| first(TRIES_A_DOOR, &|past| past.door == door));
        if let Some(oldest) = full {
            let left = (oldest + HOUR) - now;
            return Err(u32::try_from(left.0 / 1_000).unwrap_or(u32::MAX).max(1));
        }
        tries.push_back(Try { at: now, door, address: address.to_owned() });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOOR: AccessPointId = AccessPointId(1);

    #[test]
    fn an_address_tries_so_often_in_an_hour_and_others_go_on() {
        let callers = PhoneCallers::default();
        for minute in 0..10 {
            assert_eq!(callers.count(DOOR, "10.0.0.1", Timestamp(minute * 60_000)), Ok(()));
        }
        assert_eq!(callers.count(DOOR, "10.0.0.1", Timestamp(600_000)), Err(3_000), "50 minutes are left");
        assert_eq!(
            callers.count(AccessPointId(2), "10.0.0.1", Timestamp(600_000)),
            Err(3_000),
            "at any door"
        );
        assert_eq!(callers.count(DOOR, "10.0.0.2", Timestamp(600_000)), Ok(()));
        assert_eq!(callers.count(DOOR, "10.0.0.1", Timestamp(3_600_000)), Ok(()));
    }

    #[test]
    fn so_many_phones_are_told_at_once() {
        let callers = PhoneCallers::default();
        let mut told: Vec<_> = (0..TOLD_AT_ONCE).map(|_| callers.is_told().expect("there is room")).collect();
        assert!(callers.is_told().is_none());
        told.pop();
        assert!(callers.is_told().is_some(), "one hung up");
    }

    #[test]
    fn a_door_takes_so_many_whoever_they_are() {
        let callers = PhoneCallers::default();
        for n in 0..TRIES_A_DOOR {
            assert_eq!(callers.count(DOOR, &n.to_string(), Timestamp(0)), Ok(()));
        }
        assert_eq!(callers.count(DOOR, "another", Timestamp(1_000)), Err(3_599));
        assert_eq!(callers.count(AccessPointId(2), "another", Timestamp(1_000)), Ok(()));
    }
}
