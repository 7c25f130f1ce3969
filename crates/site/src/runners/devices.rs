//! The devices this process speaks to and how each is doing, for pages.
//!
//! Owns: which there are. Never: asks one anything. Their drivers count without waiting for anybody; the lock here is between pages
//! and the start of a driver alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot};
use vestibule_core::{AccessPointId, BankId};
use vestibule_devices::{BusHealth, Clock, DeviceError, DeviceHealth, HealthSight, Millis};

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
    /// How it went when the configuration was read anew the last time; None: not since the start.
    pub read_anew: Option<ReadAnew>,
}

/// A configuration that was read while the site ran.
#[derive(Debug, Clone)]
pub struct ReadAnew {
    /// When, by the clock of the counters.
    pub at: Millis,
    /// What it came to, or why nothing is otherwise.
    pub end: Result<Taken, String>,
}

/// What came of a configuration that was taken over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// What is otherwise now.
    pub changed: Vec<DeviceChange>,
    /// What could not be started though it had been found usable, and why, each in words. All else runs.
    pub not_started: Vec<String>,
}

/// One device that a configuration changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceChange {
    /// What it is.
    pub kind: DeviceKind,
    /// As the configuration calls it.
    pub name: String,
    /// How it changed.
    pub how: Change,
}

/// What a configuration can change while the site runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKind {
    /// A line of lock boards.
    Bus,
    /// A controller of doors.
    Doors,
    /// A camera.
    Camera,
    /// A scanner, by its kiosk.
    Scanner,
    /// A printer.
    Printer,
}

/// How a device changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    New,
    /// It is reached or wired otherwise.
    Changed,
    /// It is there no more.
    Gone,
}

impl DeviceKind {
    /// For traces and programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bus => "bus",
            Self::Doors => "doors",
            Self::Camera => "camera",
            Self::Scanner => "scanner",
            Self::Printer => "printer",
        }
    }
}

impl Change {
    /// For traces and programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// For traces.
impl std::fmt::Display for DeviceChange {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} \"{}\" {}", self.kind.word(), self.name, self.how.word())
    }
}

/// What differs between the devices of one kind before and after, each by its name: those that are not the same any more have
/// changed.
pub(crate) fn changes<T>(
    kind: DeviceKind,
    (before, after): (&BTreeMap<String, T>, &BTreeMap<String, T>),
    is_same: impl Fn(&T, &T) -> bool,
) -> Vec<DeviceChange> {
    let change = |name: &String, how| DeviceChange { kind, name: name.clone(), how };
    let gone = before.keys().filter(|name| !after.contains_key(*name)).map(|name| change(name, Change::Gone));
    let there = after.iter().filter_map(|(name, now)| match before.get(name) {
        None => Some(change(name, Change::New)),
        Some(was) if !is_same(was, now) => Some(change(name, Change::Changed)),
        Some(_) => None,
    });
    gone.chain(there).collect()
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

impl KnownBus {
    /// How one of its boards is doing: it is away with its line.
    pub fn board(&self, address: u8) -> HealthSight {
        let sight = self.health.boards.get(&address).map(DeviceHealth::look).unwrap_or_default();
        HealthSight { away: self.health.line.look().away.or(sight.away), ..sight }
    }
}

/// A controller and its doors.
#[derive(Debug, Clone)]
pub struct KnownDoors {
    /// As the configuration calls it.
    pub name: String,
    /// The counters of the device at each door.
    pub health: BTreeMap<AccessPointId, DeviceHealth>,
    /// The doors whose readers have keys of their own.
    pub own_keys: BTreeSet<AccessPointId>,
    /// The way to let a new one in.
    pub new_readers: mpsc::Sender<AdmitReader>,
}

/// A new reader is to be let in at a door.
#[derive(Debug)]
pub struct AdmitReader {
    /// Which door.
    pub point: AccessPointId,
    /// For so long, in ms.
    pub for_ms: u64,
    /// Whether the line took it.
    pub taken: oneshot::Sender<Result<(), DeviceError>>,
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

    /// Says how it went when the configuration was read anew.
    pub fn was_read(&self, end: Result<Taken, String>) {
        self.known().read_anew = Some(ReadAnew { at: self.clock.now(), end });
    }

    /// Instead of the one of the same name, if there is one.
    pub(super) fn put_bus(&self, bus: KnownBus) {
        let mut known = self.known();
        match known.buses.iter_mut().find(|one| one.name == bus.name) {
            Some(before) => *before = bus,
            None => known.buses.push(bus),
        }
    }

    /// The site speaks to this line no more.
    pub(crate) fn remove_bus(&self, name: &str) {
        self.known().buses.retain(|one| one.name != name);
    }

    /// Whether the reader of a door has a key of its own, which a new one could be given.
    pub fn has_own_key(&self, point: AccessPointId) -> bool {
        self.known().doors.iter().any(|doors| doors.own_keys.contains(&point))
    }

    /// Lets a new reader in at a door for so many ms, and has it given its own key.
    ///
    /// # Errors
    /// `Unsupported` where no reader has one, `Away` where its line is not driven any more.
    pub async fn admit_new_reader(&self, point: AccessPointId, for_ms: u64) -> Result<(), DeviceError> {
        let has_it = |doors: &&KnownDoors| doors.own_keys.contains(&point);
        let way = self.known().doors.iter().find(has_it).map(|doors| doors.new_readers.clone());
        let (taken, told) = oneshot::channel();
        let admit = AdmitReader { point, for_ms, taken };
        way.ok_or(DeviceError::Unsupported)?.send(admit).await.map_err(|_| DeviceError::Away)?;
        told.await.map_err(|_| DeviceError::Away)?
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

    /// Nothing is read from this port any more.
    pub(super) fn remove_scanner(&self, line: &str) {
        self.known().scanners.retain(|one| one.line != line);
    }

    fn known(&self) -> MutexGuard<'_, KnownDevices> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_away_with_its_line() {
        let board = DeviceHealth::default();
        let health =
            BusHealth { line: DeviceHealth::default(), boards: BTreeMap::from([(1, board.clone())]) };
        let (name, line) = ("Lobby".to_owned(), "/dev/ttyS0".to_owned());
        let bus = KnownBus { name, line, health, boards: BTreeMap::new() };
        board.answered(3, Millis(1));
        assert_eq!(bus.board(1).away, None);
        bus.health.line.is_away(DeviceError::Away);
        assert_eq!((bus.board(1).away, bus.board(1).answered), (Some(DeviceError::Away), Some(Millis(1))));
        assert_eq!(bus.board(2).away, Some(DeviceError::Away), "one that was never asked is too");
        bus.health.line.is_back();
        board.is_away(DeviceError::Timeout);
        assert_eq!(bus.board(1).away, Some(DeviceError::Timeout), "alone");
    }

    #[test]
    fn what_came_went_and_changed_is_told_and_what_stayed_is_not() {
        let known = |all: &[(&str, u8)]| -> BTreeMap<String, u8> {
            all.iter().map(|(name, port)| ((*name).to_owned(), *port)).collect()
        };
        let (before, after) =
            (known(&[("a", 1), ("b", 2), ("c", 3)]), known(&[("b", 2), ("c", 4), ("d", 5)]));
        let told = changes(DeviceKind::Bus, (&before, &after), |was, now| was == now);
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["bus \"a\" gone", "bus \"c\" changed", "bus \"d\" new"]);
        assert!(changes(DeviceKind::Bus, (&before, &before), |was, now| was == now).is_empty());
    }
}
