//! Doors people walk through: the port the site sees.
//!
//! Owns what a door controller may be told and what it may say. It never decides who may pass: a lock is released only for
//! a [`ReleaseIntent`], which the site alone can make, and every release is timed by the device, so that nothing stays
//! unlocked when the program or the line dies. That a release was taken proves nothing about the door; only a contact does.

mod config;
mod http;
mod osdp;
mod report;
mod wiring;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};
use vestibule_protocols::Millis;

use crate::{Clock, DeviceError, DeviceHealth};

pub use config::{
    ContactConfig, DoorConfig, DoorConfigError, HttpDoorConfig, HttpDoorsConfig, OsdpConfig, ReaderConfig,
    RequestDoorConfig, RequestDoorsConfig, RequestMethod, SerialLine, TcpLine, TimedBy,
};
use http::{Akuvox, DoorBird, Hikvision, HttpDoors, Shelly, TwoN};
use osdp::OsdpDoors;
pub use report::{Card, DoorFact, DoorReport, Keys};
pub use wiring::DoorWiring;

/// The shortest release a driver accepts, in milliseconds: the step of OSDP's timer.
pub const RELEASE_MIN_MS: u32 = 100;
/// The longest release a driver accepts, in milliseconds.
pub const RELEASE_MAX_MS: u32 = 60_000;

/// A recorded wish to release one door once. Neither copied nor kept: the controller consumes it.
pub trait ReleaseIntent: Send + Debug + 'static {
    /// The entry this belongs to.
    fn entry(&self) -> u64;
    /// Which attempt of that entry, from 1.
    fn attempt(&self) -> u8;
    /// The door, as numbered by the site.
    fn door(&self) -> u32;
    /// How long the device is to hold the lock released, [`RELEASE_MIN_MS`] to [`RELEASE_MAX_MS`]. Where
    /// [`DoorAbilities::release_time`] is [`ReleaseTime::SetInDevice`] the device's own time holds instead.
    fn release_ms(&self) -> u32;
    /// The last moment at which the order may go out, on the clock of the controller.
    fn not_after(&self) -> Millis;
}

/// What one door's controller can do besides releasing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoorAbilities {
    /// It tells whether the door stands open.
    pub contact: bool,
    /// It tells that the button inside was pressed.
    pub request_to_exit: bool,
    /// It reads cards.
    pub reader: bool,
    /// It has keys for a PIN.
    pub keypad: bool,
    /// It can show a [`Look`] with light and sound.
    pub look: bool,
    /// Its reader has a key of its own, which a new one is to be given.
    pub own_key: bool,
    /// Who says how long a release lasts.
    pub release_time: ReleaseTime,
}

/// Who says how long a release lasts. The device does the timing in both cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseTime {
    /// Each order does.
    PerOrder,
    /// The device's own setting does.
    SetInDevice,
}

/// What a reader shows the person in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Ready for the next person.
    Ready,
    /// Come in.
    Granted,
    /// Not here, or not now.
    Denied,
    /// More is wanted: the rest of a PIN, or a moment.
    Waiting,
}

/// What ties a controller to its site.
#[derive(Debug)]
pub struct DoorLinks {
    /// The clock in which intents say their last moment.
    pub clock: Clock,
    /// What the controller saw. A slow receiver delays reports, never a release.
    pub reports: mpsc::Sender<DoorReport>,
    /// True ends the task.
    pub shutdown: watch::Receiver<bool>,
}

/// The work of one controller: to be spawned, ends with the shutdown of its links.
pub type DoorTask = Pin<Box<dyn Future<Output = ()> + Send>>;

/// An order to a controller, with the way back for what became of it.
#[derive(Debug)]
pub enum Order<I> {
    /// Release this intent's door once.
    Release(I, Answer),
    /// Show this at that door.
    Show(u32, Look, Answer),
    /// Let a new reader in at that door, for so many milliseconds.
    AdmitNewReader(u32, u64, Answer),
}

/// Where an order's result goes.
pub type Answer = oneshot::Sender<Result<(), DeviceError>>;

/// How many orders may wait. More than the doors of one controller ever need.
const ORDERS_MAX: usize = 16;

/// The site's end of one door controller. Cheap to clone.
#[derive(Debug)]
pub struct DoorController<I> {
    orders: mpsc::Sender<Order<I>>,
    abilities: Arc<BTreeMap<u32, DoorAbilities>>,
    health: Arc<BTreeMap<u32, DeviceHealth>>,
}

// By hand: an intent need not be cloned for it, and cannot be.
impl<I> Clone for DoorController<I> {
    fn clone(&self) -> Self {
        Self {
            orders: self.orders.clone(),
            abilities: Arc::clone(&self.abilities),
            health: Arc::clone(&self.health),
        }
    }
}

impl<I: ReleaseIntent> DoorController<I> {
    /// A handle to doors with these abilities, and the orders for whichever driver carries them out and counts in `health` how the
    /// device of each door answers.
    #[must_use]
    pub fn new(
        abilities: BTreeMap<u32, DoorAbilities>,
        health: BTreeMap<u32, DeviceHealth>,
    ) -> (Self, mpsc::Receiver<Order<I>>) {
        let (orders, received) = mpsc::channel(ORDERS_MAX);
        (Self { orders, abilities: Arc::new(abilities), health: Arc::new(health) }, received)
    }

    /// How the device of each door answers. Doors of one device share its counters.
    #[must_use]
    pub fn health(&self) -> &BTreeMap<u32, DeviceHealth> {
        &self.health
    }

    /// Its doors, as numbered by the site, and what it can do at each.
    #[must_use]
    pub fn abilities(&self) -> &BTreeMap<u32, DoorAbilities> {
        &self.abilities
    }

    /// Releases a door once. `Ok`: the device took the order, which proves nothing about the door. Never retried here.
    ///
    /// # Errors
    /// The device did not take it, or not in time: `Timeout` means that it may have been released all the same, `Away` that
    /// nothing was sent.
    pub async fn release(&self, intent: I) -> Result<(), DeviceError> {
        self.ask(|answer| Order::Release(intent, answer)).await
    }

    /// Shows something at a door's reader.
    ///
    /// # Errors
    /// `Unsupported` where [`DoorAbilities::look`] is false; else why the reader did not take it.
    pub async fn show(&self, door: u32, look: Look) -> Result<(), DeviceError> {
        self.ask(|answer| Order::Show(door, look, answer)).await
    }

    /// Lets a door's OSDP reader that knows only the public default key in, for `for_ms` from now (at most
    /// [`INSTALL_MAX_MS`]), and gives it its own key at once. [`DoorFact::KeySet`] tells when it has it. `Ok`: the time has begun.
    ///
    /// # Errors
    /// `Unsupported` for doors without such a reader and longer times.
    pub async fn admit_new_reader(&self, door: u32, for_ms: u64) -> Result<(), DeviceError> {
        self.ask(|answer| Order::AdmitNewReader(door, for_ms, answer)).await
    }

    async fn ask(&self, order: impl FnOnce(Answer) -> Order<I>) -> Result<(), DeviceError> {
        let (answer, result) = oneshot::channel();
        // Neither fails while the task runs; a task that has ended is a device that is away, or was left in the middle.
        self.orders.send(order(answer)).await.map_err(|_| DeviceError::Away)?;
        result.await.map_err(|_| DeviceError::Timeout)?
    }
}

/// The longest time in which a reader with the default key is let in: ten minutes.
pub const INSTALL_MAX_MS: u64 = 10 * 60 * 1000;

/// The doors of a configuration, with the work of their controller. `known` numbers doors by the names the site gives them. Reads
/// passwords and keys; asks the device nothing until the task runs.
///
/// # Errors
/// See [`DoorConfigError`]; [`DoorConfigError::UnknownDoor`] for a name that is not in `known`.
pub fn open_doors<I: ReleaseIntent>(
    config: &DoorConfig,
    known: &BTreeMap<String, u32>,
    links: DoorLinks,
) -> Result<(DoorController<I>, DoorTask), DoorConfigError> {
    config.check()?;
    let number =
        |name: &str| known.get(name).copied().ok_or_else(|| DoorConfigError::UnknownDoor(name.to_owned()));
    let http = match config {
        DoorConfig::Osdp(config) => {
            let doors = OsdpDoors::open(config, &number)?;
            let (controller, orders) = DoorController::new(doors.abilities(), doors.health());
            return Ok((controller, Box::pin(doors.run(orders, links))));
        }
        DoorConfig::TwoN(config) => HttpDoors::of(config, TwoN, &number),
        DoorConfig::DoorBird(config) => HttpDoors::of(config, DoorBird, &number),
        DoorConfig::Akuvox(config) => HttpDoors::of(config, Akuvox, &number),
        DoorConfig::Hikvision(config) => HttpDoors::of(config, Hikvision, &number),
        DoorConfig::Shelly(config) => HttpDoors::of(config, Shelly, &number),
        DoorConfig::Onvif(config) => HttpDoors::access_doors(config, &number),
        DoorConfig::Request(config) => HttpDoors::by_request(config, &number),
    };
    let doors = http?;
    let (controller, orders) = DoorController::new(doors.abilities(), doors.health());
    Ok((controller, Box::pin(doors.run(orders, links))))
}

/// How doors are numbered by their names.
type Numbering<'a> = &'a dyn Fn(&str) -> Result<u32, DoorConfigError>;
