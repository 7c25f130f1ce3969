//! How a device answers, counted by its driver and read by pages. Neither side ever waits for the other.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use vestibule_protocols::Millis;

use super::exchanges::{Exchange, ExchangeLog};
use super::firmware::Firmware;
use crate::{BusWiring, DeviceError};

/// The failures of so many of the newest questions are counted.
const COUNTED: u64 = 64;
/// Of the usual time of an answer, the newest one is this part.
const NEWEST_IS_ONE_OF: u64 = 8;
/// The usual time is kept in so many parts of a millisecond.
const PARTS_OF_MS: u64 = 16;

/// The counters of one device. Cheap to clone; all clones are the same counters. One driver writes them, whoever likes reads.
#[derive(Clone, Debug, Default)]
pub struct DeviceHealth(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    asked: AtomicU64,
    /// One bit a question, the newest lowest: whether it failed.
    failed: AtomicU64,
    /// When it answered last, plus one; 0: never.
    answered: AtomicU64,
    usual: AtomicU64,
    slowest_ms: AtomicU64,
    /// Why the newest question failed; see [`coded`].
    fault: AtomicU32,
    /// Why it counts as away; see [`coded`].
    away: AtomicU32,
    /// Told once or twice in its life.
    firmware: Mutex<Option<Firmware>>,
    exchanges: ExchangeLog,
}

/// What the counters said at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HealthSight {
    /// When it answered last, on the clock of its driver.
    pub answered: Option<Millis>,
    /// Of so many of the newest questions, at most 64,
    pub asked: u32,
    /// so many came to nothing.
    pub failed: u32,
    /// How long an answer takes, in ms: usually, and the slowest one so far.
    pub took_ms: Option<(u64, u64)>,
    /// Why the newest question came to nothing; None: it did not.
    pub fault: Option<DeviceError>,
    /// Why it counts as away; None: it does not.
    pub away: Option<DeviceError>,
    /// What it says its firmware is.
    pub firmware: Option<Firmware>,
}

impl DeviceHealth {
    /// It answered, after so many ms.
    pub fn answered(&self, took_ms: u64, now: Millis) {
        let counters = &*self.0;
        let is_first = counters.answered.load(Ordering::Relaxed) == 0;
        let (before, newest) = (counters.usual.load(Ordering::Relaxed), took_ms.saturating_mul(PARTS_OF_MS));
        let usual = if is_first {
            newest
        } else {
            (before.saturating_mul(NEWEST_IS_ONE_OF - 1).saturating_add(newest)) / NEWEST_IS_ONE_OF
        };
        counters.usual.store(usual, Ordering::Relaxed);
        counters.slowest_ms.fetch_max(took_ms, Ordering::Relaxed);
        counters.answered.store(now.0.saturating_add(1), Ordering::Relaxed);
        counters.fault.store(0, Ordering::Relaxed);
        self.count(false);
    }

    /// A question came to nothing.
    pub fn failed(&self, error: DeviceError) {
        self.0.fault.store(coded(error), Ordering::Relaxed);
        self.count(true);
    }

    /// It counts as away from now on.
    pub fn is_away(&self, error: DeviceError) {
        self.0.away.store(coded(error), Ordering::Relaxed);
    }

    /// It does not count as away any more.
    pub fn is_back(&self) {
        self.0.away.store(0, Ordering::Relaxed);
    }

    /// It says what its firmware is.
    pub fn says_firmware(&self, firmware: Firmware) {
        *self.0.firmware.lock().unwrap_or_else(PoisonError::into_inner) = Some(firmware);
    }

    /// One exchange is over.
    pub fn exchanged(&self, exchange: Exchange) {
        self.0.exchanges.note(exchange);
    }

    /// The last exchanges, the newest at the end; empty for devices whose exchanges are not kept.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.0.exchanges.look()
    }

    /// What the counters say now.
    #[must_use]
    pub fn look(&self) -> HealthSight {
        let counters = &*self.0;
        let asked = counters.asked.load(Ordering::Relaxed).min(COUNTED);
        let answered = counters.answered.load(Ordering::Relaxed).checked_sub(1).map(Millis);
        let usual = counters.usual.load(Ordering::Relaxed).div_ceil(PARTS_OF_MS);
        HealthSight {
            answered,
            asked: u32::try_from(asked).unwrap_or(u32::MAX),
            failed: counters.failed.load(Ordering::Relaxed).count_ones(),
            took_ms: answered.map(|_| (usual, counters.slowest_ms.load(Ordering::Relaxed))),
            fault: decoded(counters.fault.load(Ordering::Relaxed)),
            away: decoded(counters.away.load(Ordering::Relaxed)),
            firmware: *counters.firmware.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    fn count(&self, failed: bool) {
        let before = self.0.failed.load(Ordering::Relaxed);
        self.0.failed.store(before << 1 | u64::from(failed), Ordering::Relaxed);
        self.0.asked.fetch_add(1, Ordering::Relaxed);
    }
}

/// The counters of a line and of the boards on it, by address.
#[derive(Clone, Debug, Default)]
pub struct BusHealth {
    /// Whether the line can be opened.
    pub line: DeviceHealth,
    /// Its boards.
    pub boards: BTreeMap<u8, DeviceHealth>,
}

impl BusHealth {
    /// Fresh counters for every board of a wiring.
    #[must_use]
    pub fn of(wiring: &BusWiring) -> Self {
        let boards = wiring.boards.iter().map(|board| (board.address, DeviceHealth::default()));
        Self { line: DeviceHealth::default(), boards: boards.collect() }
    }
}

const VENDOR: u32 = 1 << 16;

/// An error as one number above 0.
fn coded(error: DeviceError) -> u32 {
    match error {
        DeviceError::Timeout => 1,
        DeviceError::Garbled => 2,
        DeviceError::UnexpectedOpen => 3,
        DeviceError::UnexpectedClosed => 4,
        DeviceError::FailedToOpen => 5,
        DeviceError::FailedToClose => 6,
        DeviceError::Unsupported => 7,
        DeviceError::Expired => 8,
        DeviceError::Forbidden => 9,
        DeviceError::Blocked => 10,
        DeviceError::Untrusted => 11,
        DeviceError::Away => 12,
        DeviceError::Vendor { code } => VENDOR | u32::from(code),
    }
}

fn decoded(number: u32) -> Option<DeviceError> {
    let error = match number {
        1 => DeviceError::Timeout,
        2 => DeviceError::Garbled,
        3 => DeviceError::UnexpectedOpen,
        4 => DeviceError::UnexpectedClosed,
        5 => DeviceError::FailedToOpen,
        6 => DeviceError::FailedToClose,
        7 => DeviceError::Unsupported,
        8 => DeviceError::Expired,
        9 => DeviceError::Forbidden,
        10 => DeviceError::Blocked,
        11 => DeviceError::Untrusted,
        12 => DeviceError::Away,
        VENDOR.. => DeviceError::Vendor { code: u16::try_from(number & 0xFFFF).unwrap_or(u16::MAX) },
        _ => return None,
    };
    Some(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_nobody_asked_says_nothing() {
        assert_eq!(DeviceHealth::default().look(), HealthSight::default());
    }

    #[test]
    fn clones_are_the_same_counters() {
        let health = DeviceHealth::default();
        let driver = health.clone();
        driver.answered(12, Millis(0));
        driver.failed(DeviceError::Garbled);
        driver.is_away(DeviceError::Vendor { code: 423 });
        driver.says_firmware(Firmware::of_numbers([0, 2, 7]).expect("plain text"));
        let sight = health.look();
        assert_eq!((sight.answered, sight.asked, sight.failed), (Some(Millis(0)), 2, 1));
        assert_eq!(sight.fault, Some(DeviceError::Garbled));
        assert_eq!(sight.away, Some(DeviceError::Vendor { code: 423 }));
        assert_eq!(sight.firmware, Firmware::of_numbers([0, 2, 7]));
        driver.answered(12, Millis(5));
        driver.is_back();
        let sight = health.look();
        assert_eq!((sight.fault, sight.away, sight.answered), (None, None, Some(Millis(5))));
    }

    #[test]
    fn old_failures_are_forgotten() {
        let health = DeviceHealth::default();
        (0..10).for_each(|_| health.failed(DeviceError::Timeout));
        assert_eq!((health.look().failed, health.look().asked), (10, 10));
        (0..60).for_each(|at| health.answered(3, Millis(at)));
        assert_eq!((health.look().failed, health.look().asked), (4, 64));
        (0..4).for_each(|at| health.answered(3, Millis(at)));
        assert_eq!(health.look().failed, 0);
    }

    #[test]
    fn the_usual_time_follows_slowly_and_the_slowest_stays() {
        let health = DeviceHealth::default();
        health.answered(20, Millis(0));
        assert_eq!(health.look().took_ms, Some((20, 20)));
        health.answered(180, Millis(1));
        assert_eq!(health.look().took_ms, Some((40, 180)));
        (2..60).for_each(|at| health.answered(20, Millis(at)));
        assert_eq!(health.look().took_ms, Some((20, 180)));
    }

    #[test]
    fn every_error_comes_back_as_it_went() {
        for number in (1..=12).chain([VENDOR, VENDOR | 0xFFFF]) {
            let error = decoded(number).expect("an error");
            assert_eq!(coded(error), number);
        }
        assert_eq!((decoded(0), decoded(13), decoded(VENDOR - 1)), (None, None, None));
    }
}
