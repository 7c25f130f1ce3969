//! A controller behind tokio, on a TCP port.

use std::net::SocketAddr;

use super::{Asked, DoorDevice, DoorDeviceFaults, DoorMake, Leaf};
use crate::http::{
    Device, HttpAccount, LineFaults, Question, Reply, Scheme, Server, TrueClock, machine_clock,
};

/// How a controller is set up.
#[derive(Clone)]
pub struct DoorOptions {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    pub make: DoorMake,
    /// Who may ask; nothing lets everybody ask.
    pub account: Option<HttpAccount>,
    /// How it wants to be told who asks.
    pub schemes: Vec<Scheme>,
    /// Its doors.
    pub leaves: Vec<Leaf>,
    pub clock: TrueClock,
}

impl Default for DoorOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            make: DoorMake::default(),
            account: None,
            schemes: vec![Scheme::DigestSha256, Scheme::DigestMd5, Scheme::Basic],
            leaves: vec![Leaf::new("1", "input1")],
            clock: machine_clock(),
        }
    }
}

impl Device for DoorDevice {
    fn answer(&mut self, question: &Question, now_ms: i64) -> Reply {
        DoorDevice::answer(self, question, now_ms)
    }

    fn line(&self) -> LineFaults {
        let DoorDeviceFaults { silent, drips, garbled, .. } = self.faults;
        LineFaults { silent, thinks: None, drips, garbled }
    }
}

/// A running controller; dropping it closes the port and every line.
pub struct DoorServer {
    make: DoorMake,
    server: Server<DoorDevice>,
}

impl DoorServer {
    /// Listens at once.
    pub async fn start(options: DoorOptions) -> std::io::Result<Self> {
        let (make, listen) = (options.make, options.listen);
        let server = Server::start(DoorDevice::new(&options), listen, options.clock).await?;
        Ok(Self { make, server })
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The address as it stands in a configuration.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address(), self.make.path())
    }

    /// A door as it is now.
    pub fn leaf(&self, relay: &str) -> Option<Leaf> {
        self.server.with(|device, _| device.leaf(relay).cloned())
    }

    /// Whether a door's lock is released now.
    pub fn is_released(&self, relay: &str) -> bool {
        self.server.with(|device, now_ms| device.leaf(relay).is_some_and(|leaf| leaf.is_released(now_ms)))
    }

    /// Pulls a door open or pushes it shut. False if it is locked, or not there.
    pub fn move_door(&self, relay: &str, open: bool) -> bool {
        self.server.with(|device, now_ms| device.move_door(relay, open, now_ms))
    }

    /// Somebody inside turns the handle and opens a door. False if it is not there.
    pub fn go_out(&self, relay: &str) -> bool {
        self.server.with(|device, _| device.go_out(relay))
    }

    /// Breaks a door open although it is locked. False if it is not there.
    pub fn force_door(&self, relay: &str) -> bool {
        self.server.with(|device, _| device.force_door(relay))
    }

    /// How it misbehaves.
    pub fn faults(&self) -> DoorDeviceFaults {
        self.server.with(|device, _| device.faults().clone())
    }

    /// Changes how it misbehaves, for lines that exist too.
    pub fn set_faults(&self, change: impl FnOnce(&mut DoorDeviceFaults)) {
        self.server.with(|device, _| change(device.faults()));
    }

    /// What it was asked, oldest first.
    pub fn asked(&self) -> Vec<Asked> {
        self.server.with(|device, _| device.asked().to_vec())
    }
}
