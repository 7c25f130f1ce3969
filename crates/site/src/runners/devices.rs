//! The devices this process speaks to and how each is doing, for pages.
//!
//! Owns: which there are. Never: asks one anything. Their drivers count without waiting for anybody; the lock here is between pages
//! and the start of a driver alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vestibule_core::{AccessPointId, BankId};
use vestibule_devices::{BusHealth, Clock, DeviceHealth, Millis};

/// All of them. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub struct DeviceBoard {
    clock: Clock,
    known: Arc<Mutex<KnownDevices>>,
}

/// The devices of one moment, in the order in which they were started.
#[derive(Debug, Clone, Default)]
pub struct KnownDevices {
    /// Lines of lock boards.
    pub buses: Vec<KnownBus>,
    /// Controllers of doors.
    pub doors: Vec<KnownDoors>,
    /// Scanners on this machine's serial ports.
    pub scanners: Vec<KnownScanner>,
}

/// A line and its boards.
#[derive(Debug, Clone)]
pub struct KnownBus {
    /// As the configuration calls it.
    pub name: String,
    /// Its port or address.
    pub line: String,
    /// Its counters.
    pub health: BusHealth,
    /// Its boards by address: profile and bank.
    pub boards: BTreeMap<u8, (String, BankId)>,
}

/// A controller and its doors.
#[derive(Debug, Clone)]
pub struct KnownDoors {
    /// As the configuration calls it.
    pub name: String,
    /// The counters of the device at each door.
    pub health: BTreeMap<AccessPointId, DeviceHealth>,
}

/// A scanner.
#[derive(Debug, Clone)]
pub struct KnownScanner {
    /// Its port.
    pub line: String,
    /// The kiosk it lies beside, by name.
    pub kiosk: String,
    /// Its counters: an answer is a scan, and that its port could be opened.
    pub health: DeviceHealth,
}

impl DeviceBoard {
    /// None yet.
    pub fn new(clock: Clock) -> Self {
        Self { clock, known: Arc::default() }
    }

    /// The devices, and the time by the clock of their counters.
    pub fn look(&self) -> (KnownDevices, Millis) {
        (self.known().clone(), self.clock.now())
    }

    /// The time by that clock.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    pub(super) fn add_bus(&self, bus: KnownBus) {
        self.known().buses.push(bus);
    }

    /// Instead of the one of the same name, if there is one.
    pub(super) fn put_doors(&self, doors: KnownDoors) {
        let mut known = self.known();
        match known.doors.iter_mut().find(|one| one.name == doors.name) {
            Some(before) => *before = doors,
            None => known.doors.push(doors),
        }
    }

    /// The site speaks to this controller no more.
    pub(crate) fn remove_doors(&self, name: &str) {
        self.known().doors.retain(|one| one.name != name);
    }

    pub(super) fn add_scanner(&self, scanner: KnownScanner) {
        self.known().scanners.push(scanner);
    }

    fn known(&self) -> MutexGuard<'_, KnownDevices> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
