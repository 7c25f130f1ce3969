//! The world of the doors' story: each make with a simulated controller, over a real socket.

use std::collections::BTreeMap;
use std::time::Duration;

use tempfile::NamedTempFile;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use vestibule_devices::{
    Clock, DeviceError, DoorConfig, DoorController, DoorFact, DoorLinks, DoorReport, Millis, ReleaseIntent,
    open_doors,
};
use vestibule_simulators::doors::{
    DoorDeviceFaults, DoorMake, DoorOptions, DoorServer, HttpAccount, Leaf, Scheme,
};

pub const USER: &str = "vestibule";
pub const PASSWORD: &str = "d00r: pass wörd";
/// The number the site gives its door.
pub const FRONT: u32 = 7;
/// How long the wish asks for, and how long the device is set to, in ms.
pub const WISHED_MS: u32 = 3_000;
pub const SET_MS: i64 = 7_000;
/// In place of more configuration: nobody is told who asks.
pub const NOBODY: &str = "# nobody\n";
/// What takes longer than its last moment and this is a hang.
const SLACK: Duration = Duration::from_secs(10);

/// A recorded wish, as the site makes one.
#[derive(Debug)]
pub struct Wish {
    pub door: u32,
    pub ms: u32,
    pub not_after: Millis,
}

impl ReleaseIntent for Wish {
    fn entry(&self) -> u64 {
        1
    }
    fn attempt(&self) -> u8 {
        1
    }
    fn door(&self) -> u32 {
        self.door
    }
    fn release_ms(&self) -> u32 {
        self.ms
    }
    fn not_after(&self) -> Millis {
        self.not_after
    }
}

/// A make, and how its door is written down.
#[derive(Clone, Copy, Debug)]
pub struct Make {
    pub kind: &'static str,
    pub make: DoorMake,
    pub relay: &'static str,
    /// As configured.
    pub contact: Option<&'static str>,
    /// The line of the order.
    pub order: &'static str,
    /// Whether the order says how long.
    pub says_time: bool,
}

const fn of(
    kind: &'static str,
    make: DoorMake,
    (relay, contact): (&'static str, Option<&'static str>),
    (order, says_time): (&'static str, bool),
) -> Make {
    Make { kind, make, relay, contact, order, says_time }
}

pub const TWO_N: Make = of("2n", DoorMake::TwoN, ("1", Some("input1")), ("GET /api/switch/ctrl", false));
pub const DOORBIRD: Make =
    of("doorbird", DoorMake::DoorBird, ("1", None), ("GET /bha-api/open-door.cgi", false));
pub const AKUVOX: Make = of("akuvox", DoorMake::Akuvox, ("1", None), ("POST /api/relay/trig", true));
pub const HIKVISION: Make = of(
    "hikvision",
    DoorMake::Hikvision,
    ("1", None),
    ("PUT /ISAPI/AccessControl/RemoteControl/door/1", false),
);
pub const SHELLY: Make = of("shelly", DoorMake::Shelly, ("0", Some("0")), ("GET /rpc/Switch.Set", true));
pub const ONVIF: Make =
    of("onvif", DoorMake::Onvif, ("Door_1", Some("door")), ("POST /onvif/doorcontrol_service", false));
pub const REQUEST: Make = of("request", DoorMake::Gate, ("1", None), ("POST /gate", true));

/// A controller that runs, and the driver that asks it.
pub struct Entrance {
    pub server: DoorServer,
    pub make: Make,
    pub controller: DoorController<Wish>,
    pub clock: Clock,
    reports: mpsc::Receiver<DoorReport>,
    _stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    _password: NamedTempFile,
}

impl Drop for Entrance {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// How the controller at the other end is set up.
pub fn options(make: Make) -> DoorOptions {
    let account = HttpAccount { user: USER.to_owned(), password: PASSWORD.to_owned() };
    let leaf = Leaf { set_ms: SET_MS, ..Leaf::new(make.relay, make.contact.unwrap_or("none")) };
    DoorOptions { make: make.make, account: Some(account), leaves: vec![leaf], ..DoorOptions::default() }
}

pub fn offering(make: Make, schemes: &[Scheme]) -> DoorOptions {
    DoorOptions { schemes: schemes.to_vec(), ..options(make) }
}

/// As an installer writes it.
pub fn written(make: Make, url: &str, more: &str) -> String {
    let login = format!("kind = \"{}\"\nurl = \"{url}\"\n{more}", make.kind);
    if make.make == DoorMake::Gate {
        return format!(
            "{login}[[door]]\nname = \"Front\"\nmethod = \"POST\"\npath = \"/gate\"\nbody = \"relay=1&ms={{milliseconds}}\"\n\
             content_type = \"application/x-www-form-urlencoded\"\nsuccess_text = \"gate opens\"\ntimed_by = \"device\"\n"
        );
    }
    let contact = make.contact.map(|contact| format!("contact = \"{contact}\"\n")).unwrap_or_default();
    format!("{login}[[door]]\nname = \"Front\"\nrelay = \"{}\"\n{contact}", make.relay)
}

impl Entrance {
    pub async fn start(make: Make) -> Self {
        Self::with(make, options(make), "").await
    }

    /// The same with other settings at the other end, and more in the configuration.
    pub async fn with(make: Make, options: DoorOptions, more: &str) -> Self {
        let server = DoorServer::start(options).await.unwrap();
        let url = server.url();
        Self::reached(make, server, &url, more)
    }

    /// Reached at another address than its own.
    pub fn reached(make: Make, server: DoorServer, url: &str, more: &str) -> Self {
        let password = NamedTempFile::new().unwrap();
        std::fs::write(password.path(), format!("{PASSWORD}\n")).unwrap();
        let login = match more == NOBODY {
            true => String::new(),
            false => format!("user = \"{USER}\"\npassword_file = \"{}\"\n", password.path().display()),
        };
        let config: DoorConfig = toml::from_str(&written(make, url, &format!("{login}{more}"))).unwrap();
        let clock = Clock::start();
        let (report, reports) = mpsc::channel(64);
        let (stop, shutdown) = watch::channel(false);
        let links = DoorLinks { clock, reports: report, shutdown };
        let known = BTreeMap::from([("Front".to_owned(), FRONT)]);
        let (controller, task) = open_doors(&config, &known, links).unwrap();
        let task = tokio::spawn(task);
        Self { server, make, controller, clock, reports, _stop: stop, task, _password: password }
    }

    /// A wish that holds for so long from now.
    pub fn wish(&self, holds_ms: u64) -> Wish {
        Wish { door: FRONT, ms: WISHED_MS, not_after: self.clock.now().plus(holds_ms) }
    }

    /// One release; a hang fails the test.
    pub async fn release(&self) -> Result<(), DeviceError> {
        self.carry_out(self.wish(6_000)).await
    }

    pub async fn carry_out(&self, wish: Wish) -> Result<(), DeviceError> {
        timeout(SLACK, self.controller.release(wish)).await.expect("a release ends with its last moment")
    }

    /// One release with these faults, which may have been carried out once and no more; then one without them.
    pub async fn failing(&self, change: impl FnOnce(&mut DoorDeviceFaults)) -> DeviceError {
        let before = self.releases();
        self.server.set_faults(change);
        let error = self.carry_out(self.wish(1_500)).await.expect_err("the fault was not seen");
        self.server.set_faults(|faults| *faults = DoorDeviceFaults::default());
        let after = self.releases();
        assert!(after <= before + 1, "released {after} times instead of {before}");
        assert_eq!(self.release().await, Ok(()));
        assert_eq!(self.releases(), after + 1);
        error
    }

    /// How often the lock was released.
    pub fn releases(&self) -> usize {
        self.server.leaf(self.make.relay).unwrap().releases.len()
    }

    /// How long the lock was released last.
    pub fn held_ms(&self) -> Option<i64> {
        self.server.leaf(self.make.relay).unwrap().releases.last().and_then(|release| release.for_ms)
    }

    /// How often the order was given.
    pub fn orders(&self) -> usize {
        self.server.asked().iter().filter(|asked| asked.line == self.make.order).count()
    }

    /// Whether anybody said in this scheme who asks.
    pub fn heard(&self, scheme: &str) -> bool {
        self.server.asked().iter().any(|asked| asked.scheme.as_deref() == Some(scheme))
    }

    /// The next thing told of the door.
    pub async fn told(&mut self) -> DoorFact {
        let report = timeout(SLACK, self.reports.recv()).await.expect("nothing was told").unwrap();
        assert_eq!(report.door, FRONT);
        report.fact
    }
}

/// Tells each story of every make: one test a make, named after it.
macro_rules! every_make {
    ($($(#[$doc:meta])* async fn $name:ident($make:ident) $story:block)*) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            $(#[$doc])*
            async fn story($make: $crate::dr_world::Make) $story
            #[tokio::test] async fn two_n() { story($crate::dr_world::TWO_N).await; }
            #[tokio::test] async fn doorbird() { story($crate::dr_world::DOORBIRD).await; }
            #[tokio::test] async fn akuvox() { story($crate::dr_world::AKUVOX).await; }
            #[tokio::test] async fn hikvision() { story($crate::dr_world::HIKVISION).await; }
            #[tokio::test] async fn shelly() { story($crate::dr_world::SHELLY).await; }
            #[tokio::test] async fn onvif() { story($crate::dr_world::ONVIF).await; }
            #[tokio::test] async fn request() { story($crate::dr_world::REQUEST).await; }
        }
    )* };
}

pub(crate) use every_make;
