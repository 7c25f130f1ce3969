//! Door controllers in the network that are asked over HTTP. One task a device moves orders, looks and time; what is asked and
//! what an answer means is each make's ([`language`]), what looking comes to is [`watch`]'s.
//!
//! An order goes out once. An answer that is no clear yes ends as one of the closed list of errors; what may have been carried out
//! all the same ends as `Timeout` or `Garbled`.

mod access_door;
mod akuvox;
mod doorbird;
mod hikvision;
mod language;
mod request;
mod shelly;
mod two_n;
mod verdict;
mod watch;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::config::{
    DoorConfigError, HttpDoorConfig, HttpDoorsConfig, RequestDoorConfig, RequestDoorsConfig,
};
use super::{
    Answer, DoorAbilities, DoorFact, DoorLinks, DoorReport, Numbering, Order, RELEASE_MAX_MS, RELEASE_MIN_MS,
    ReleaseIntent, ReleaseTime,
};
use crate::http::soap::SoapDevice;
use crate::report::identity::Identity;
use crate::report::keeper::Paths;
use crate::{Clock, DeviceError, DeviceHealth, HttpAnswer, HttpDevice, HttpQuestion};
use access_door::AccessDoor;
pub(super) use akuvox::Akuvox;
pub(super) use doorbird::DoorBird;
pub(super) use hikvision::Hikvision;
use language::{LOOK_BUDGET, Language, RELEASE_BUDGET, get};
use request::Request;
pub(super) use shelly::Shelly;
pub(super) use two_n::TwoN;
use verdict::of_failure;
use watch::DoorsWatch;

/// One door of a device.
#[derive(Clone, Debug)]
pub(super) struct HttpDoor {
    number: u32,
    relay: String,
    contact: Option<String>,
    open_when_on: bool,
}

/// A device, ready to be asked.
pub(super) struct HttpDoors {
    device: Arc<Device>,
    doors: Vec<HttpDoor>,
    health: DeviceHealth,
}

enum Device {
    Plain(Plain),
    AccessDoor(AccessDoor),
}

/// A device that carries an order out at one question.
struct Plain {
    device: HttpDevice,
    language: Box<dyn Language>,
    /// Relays known to lock by themselves.
    locking: Mutex<BTreeSet<String>>,
    /// When it may be asked next.
    turn: tokio::sync::Mutex<Instant>,
}

impl HttpDoors {
    /// A device of a make, and its doors. Reads the password file; asks the device nothing.
    pub(super) fn of(
        config: &HttpDoorsConfig,
        make: impl Language + 'static,
        number: Numbering<'_>,
    ) -> Result<Self, DoorConfigError> {
        let device = plain_device(config.open()?.0, Box::new(make));
        Ok(Self::with(device, doors_of(config, number)?))
    }

    /// The same for ONVIF.
    pub(super) fn access_doors(
        config: &HttpDoorsConfig,
        number: Numbering<'_>,
    ) -> Result<Self, DoorConfigError> {
        let (device, credentials) = config.open()?;
        let device = SoapDevice::new(device, credentials, LOOK_BUDGET);
        Ok(Self::with(Device::AccessDoor(AccessDoor { device }), doors_of(config, number)?))
    }

    /// The same for a device of no known make.
    pub(super) fn by_request(
        config: &RequestDoorsConfig,
        number: Numbering<'_>,
    ) -> Result<Self, DoorConfigError> {
        let named = |door: &RequestDoorConfig| {
            let (relay, number) = (door.name.clone(), number(&door.name)?);
            Ok(HttpDoor { number, relay, contact: None, open_when_on: true })
        };
        let doors = config.door.iter().map(named).collect::<Result<_, DoorConfigError>>()?;
        let device = plain_device(config.open()?, Box::new(Request { doors: config.door.clone() }));
        Ok(Self::with(device, doors))
    }

    fn with(device: Device, doors: Vec<HttpDoor>) -> Self {
        let health = device.http().keeper().health().clone();
        Self { device: Arc::new(device), doors, health }
    }

    /// How it answers, for each door the same.
    pub(super) fn health(&self) -> BTreeMap<u32, DeviceHealth> {
        self.doors.iter().map(|door| (door.number, self.health.clone())).collect()
    }

    /// What it can do at each door.
    pub(super) fn abilities(&self) -> BTreeMap<u32, DoorAbilities> {
        let of = |door: &HttpDoor| {
            let abilities = DoorAbilities {
                contact: door.contact.is_some(),
                request_to_exit: false,
                reader: false,
                keypad: false,
                look: false,
                own_key: false,
                release_time: self.device.release_time(door),
            };
            (door.number, abilities)
        };
        self.doors.iter().map(of).collect()
    }

    /// Carries orders out and looks at the doors until it is told to stop.
    pub(super) async fn run<I: ReleaseIntent>(self, orders: mpsc::Receiver<Order<I>>, links: DoorLinks) {
        self.device.keep_by(links.clock);
        let can_look = self.doors.first().is_some_and(|door| self.device.can_look(door));
        let contacts = self.doors.iter().map(|door| (door.number, door.contact.is_some()));
        let watch = DoorsWatch::new(contacts, can_look);
        let (unsent, working) = (VecDeque::new(), JoinSet::new());
        let mut shell = Shell { doors: self, watch, orders, links, working, unsent, looks: false };
        while shell.turn().await.is_some() {}
    }
}

fn plain_device(device: HttpDevice, language: Box<dyn Language>) -> Device {
    let (locking, turn) = (Mutex::default(), tokio::sync::Mutex::new(Instant::now()));
    Device::Plain(Plain { device, language, locking, turn })
}

fn doors_of(config: &HttpDoorsConfig, number: Numbering<'_>) -> Result<Vec<HttpDoor>, DoorConfigError> {
    let door = |door: &HttpDoorConfig| {
        Ok(HttpDoor {
            number: number(&door.name)?,
            relay: door.relay.clone(),
            contact: door.contact.clone(),
            open_when_on: door.open_when_on,
        })
    };
    config.door.iter().map(door).collect()
}

impl Device {
    fn http(&self) -> &HttpDevice {
        match self {
            Device::Plain(plain) => &plain.device,
            Device::AccessDoor(device) => device.device.http(),
        }
    }

    /// Its exchanges are kept from now on, told by this clock.
    fn keep_by(&self, clock: Clock) {
        let paths = match self {
            Device::Plain(plain) if !plain.language.has_known_paths() => Paths::OfTheInstaller,
            Device::Plain(_) | Device::AccessDoor(_) => Paths::Known,
        };
        self.http().keeper().keep_by(clock, paths);
    }

    /// Asks what its firmware is, if no look tells it. It says so or not.
    async fn learn_firmware(&self, doors: &[HttpDoor]) {
        match self {
            Device::Plain(plain) => plain.learn_firmware(doors).await,
            Device::AccessDoor(device) => device.learn_firmware().await,
        }
    }

    fn release_time(&self, door: &HttpDoor) -> ReleaseTime {
        match self {
            Device::Plain(plain) => plain.language.release_time(door),
            Device::AccessDoor(_) => ReleaseTime::SetInDevice,
        }
    }

    fn can_look(&self, door: &HttpDoor) -> bool {
        match self {
            Device::Plain(plain) => plain.language.look(door).is_some(),
            Device::AccessDoor(_) => true,
        }
    }

    /// One release, not after its last moment.
    async fn release(&self, door: &HttpDoor, order: Due) -> Result<(), DeviceError> {
        match self {
            Device::Plain(plain) => plain.release(door, order).await,
            Device::AccessDoor(device) => {
                let budget = order.left()?;
                let asking = tokio::time::timeout(budget, device.release(door));
                asking.await.unwrap_or(Err(DeviceError::Timeout))
            }
        }
    }

    /// Each door in turn, up to the first that could not be looked at.
    async fn look(&self, doors: &[HttpDoor]) -> Vec<Result<Option<bool>, DeviceError>> {
        let mut results = Vec::new();
        for door in doors {
            let result = match self {
                Device::Plain(plain) => plain.look(door).await,
                Device::AccessDoor(device) => device.look(door).await,
            };
            let goes_on =
                matches!(result, Ok(_) | Err(DeviceError::Unsupported | DeviceError::Vendor { .. }));
            results.push(result);
            if !goes_on {
                break;
            }
        }
        results
    }
}

/// How long an order holds, and how long it releases.
#[derive(Clone, Copy)]
struct Due {
    clock: Clock,
    not_after: vestibule_protocols::Millis,
    ms: u32,
}

impl Due {
    /// What is left for the order to be carried out.
    fn left(&self) -> Result<Duration, DeviceError> {
        let now = self.clock.now();
        if now > self.not_after {
            return Err(DeviceError::Expired);
        }
        Ok(RELEASE_BUDGET.min(Duration::from_millis(self.not_after.since(now).max(1))))
    }
}

impl Plain {
    async fn release(&self, door: &HttpDoor, order: Due) -> Result<(), DeviceError> {
        order.left()?;
        self.know_that_it_locks(door, order).await?;
        let question = self.language.release(door, order.ms);
        let answer = self.ask(question, Some(order)).await?;
        self.language.released(door, &answer)
    }

    async fn know_that_it_locks(&self, door: &HttpDoor, order: Due) -> Result<(), DeviceError> {
        let known = || self.locking.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(question) = self.language.asks_who_locks(door) else { return Ok(()) };
        if known().contains(&door.relay) {
            return Ok(());
        }
        let answer = self.ask(question, Some(order)).await?;
        self.language.locks_itself(door, &answer)?;
        known().insert(door.relay.clone());
        Ok(())
    }

    async fn look(&self, door: &HttpDoor) -> Result<Option<bool>, DeviceError> {
        let Some(question) = self.language.look(door) else { return Ok(None) };
        let tells_firmware = self.identity().filter(|identity| identity.target == question.target);
        let answer = self.ask(question, None).await?;
        self.hear_firmware(tells_firmware, &answer);
        self.language.looked(door, &answer)
    }

    fn identity(&self) -> Option<Identity> {
        self.language.identity()
    }

    /// On a line of its own: no order waits for it, and none is refused because this was.
    async fn learn_firmware(&self, doors: &[HttpDoor]) {
        let Some(identity) = self.identity() else { return };
        let looks = doors.first().and_then(|door| self.language.look(door));
        if looks.is_some_and(|look| look.target == identity.target) {
            return;
        }
        if let Ok(answer) = self.device.ask_beside(&get(identity.target)).await {
            self.hear_firmware(Some(identity), &answer);
        }
    }

    fn hear_firmware(&self, identity: Option<Identity>, answer: &HttpAnswer) {
        if let Some(firmware) = identity.and_then(|identity| identity.firmware(answer)) {
            self.device.keeper().health().says_firmware(firmware);
        }
    }

    /// Asks when the device wants to be asked, and no order after its last moment.
    async fn ask(&self, mut question: HttpQuestion, order: Option<Due>) -> Result<HttpAnswer, DeviceError> {
        let pace = self.language.pace();
        let mut turn = None;
        if pace > Duration::ZERO {
            let next = self.turn.lock().await;
            sleep_until(*next).await;
            turn = Some(next);
        }
        question.budget = order.map_or(Ok(question.budget), |order| order.left())?;
        let answer = self.device.ask(&question).await.map_err(|error| of_failure(&self.device, &error));
        if let Some(next) = &mut turn {
            **next = Instant::now() + pace;
        }
        answer
    }
}

/// What was done beside the waiting.
enum Done {
    Looked(Vec<Result<Option<bool>, DeviceError>>),
    Ordered(Result<(), DeviceError>),
    /// Its firmware was asked for.
    Learnt,
}

/// What was done, and how many ms it took.
type Timed = (Done, u64);

/// What woke the shell.
enum Wake<I> {
    Order(Order<I>),
    Done(Timed),
    Look,
    Reported,
    Stop,
}

struct Shell<I> {
    doors: HttpDoors,
    watch: DoorsWatch,
    orders: mpsc::Receiver<Order<I>>,
    links: DoorLinks,
    /// Orders and looks on their way; they end with the shell.
    working: JoinSet<Timed>,
    unsent: VecDeque<DoorReport>,
    /// A look is on its way.
    looks: bool,
}

impl<I: ReleaseIntent> Shell<I> {
    /// Waits for one thing and passes it on. `None` ends the task.
    async fn turn(&mut self) -> Option<()> {
        match self.wake().await {
            Wake::Order(order) => self.order(order),
            Wake::Done((Done::Looked(results), took_ms)) => {
                self.looks = false;
                let each_ms = took_ms / u64::try_from(results.len().max(1)).unwrap_or(1);
                results.iter().for_each(|result| self.count(result.as_ref().err().copied(), each_ms));
                let reports = self.watch.looked(&results, self.links.clock.now());
                self.tell(reports);
            }
            Wake::Done((Done::Ordered(result), took_ms)) => {
                if !matches!(result, Err(DeviceError::Unsupported | DeviceError::Expired)) {
                    self.count(result.err(), took_ms);
                }
                let reports = self.watch.ordered(result, self.links.clock.now());
                self.tell(reports);
            }
            Wake::Done((Done::Learnt, _)) => {}
            Wake::Look => {
                self.looks = true;
                let (device, doors) = (Arc::clone(&self.doors.device), self.doors.doors.clone());
                let clock = self.links.clock;
                self.working.spawn(async move {
                    let began = clock.now();
                    (Done::Looked(device.look(&doors).await), clock.now().since(began))
                });
            }
            Wake::Reported => {}
            Wake::Stop => return None,
        }
        Some(())
    }

    /// Counts one question; what it does not know it has answered, too.
    fn count(&self, error: Option<DeviceError>, took_ms: u64) {
        match error {
            None | Some(DeviceError::Unsupported | DeviceError::Vendor { .. }) => {
                self.doors.health.answered(took_ms, self.links.clock.now());
            }
            Some(error) => self.doors.health.failed(error),
        }
    }

    fn tell(&mut self, reports: Vec<DoorReport>) {
        if reports.iter().any(|report| report.fact == DoorFact::Online) {
            self.learn_firmware();
        }
        for report in &reports {
            match report.fact {
                DoorFact::Online => self.doors.health.is_back(),
                DoorFact::Offline(error) => self.doors.health.is_away(error),
                _ => {}
            }
        }
        self.unsent.extend(reports);
    }

    async fn wake(&mut self) -> Wake<I> {
        let look_at = self.watch.next_look().filter(|_| !self.looks).map(|at| self.links.clock.instant(at));
        let (working, unsent) = (&mut self.working, &mut self.unsent);
        let DoorLinks { reports, shutdown, .. } = &mut self.links;
        tokio::select! {
            biased;
            stopped = shutdown.wait_for(|stop| *stop) => { drop(stopped); Wake::Stop }
            order = self.orders.recv() => order.map_or(Wake::Stop, Wake::Order),
            Some(Ok(done)) = working.join_next(), if !working.is_empty() => Wake::Done(done),
            permit = reports.reserve(), if !unsent.is_empty() => match (permit, unsent.pop_front()) {
                (Ok(permit), Some(report)) => { permit.send(report); Wake::Reported }
                (Ok(_), None) => Wake::Reported,
                (Err(_), _) => Wake::Stop,
            },
            () = sleep_until(look_at.unwrap_or_else(Instant::now)), if look_at.is_some() => Wake::Look,
        }
    }

    /// It answers for the first time or again, and may be another one by now.
    fn learn_firmware(&mut self) {
        let (device, doors) = (Arc::clone(&self.doors.device), self.doors.doors.clone());
        self.working.spawn(async move {
            device.learn_firmware(&doors).await;
            (Done::Learnt, 0)
        });
    }

    fn order(&mut self, order: Order<I>) {
        match order {
            Order::Release(intent, answer) => self.release(&intent, answer),
            Order::Show(_, _, answer) | Order::AdmitNewReader(_, _, answer) => {
                // Whoever asked may have gone.
                let _ = answer.send(Err(DeviceError::Unsupported));
            }
        }
    }

    fn release(&mut self, intent: &I, answer: Answer) {
        let (number, ms) = (intent.door(), intent.release_ms());
        let found = self.doors.doors.iter().find(|door| door.number == number);
        let in_range = (RELEASE_MIN_MS..=RELEASE_MAX_MS).contains(&ms);
        let Some(door) = found.filter(|_| in_range).cloned() else {
            let _ = answer.send(Err(DeviceError::Unsupported));
            return;
        };
        let order = Due { clock: self.links.clock, not_after: intent.not_after(), ms };
        let device = Arc::clone(&self.doors.device);
        self.working.spawn(async move {
            let began = order.clock.now();
            let result = device.release(&door, order).await;
            let took_ms = order.clock.now().since(began);
            let _ = answer.send(result);
            (Done::Ordered(result), took_ms)
        });
    }
}
