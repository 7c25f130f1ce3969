//! A camera behind tokio, on a TCP port.

use std::net::SocketAddr;

use super::{Asked, CameraDevice, CameraFaults, CameraMake, Scene};
use crate::http::{
    Device, HttpAccount, LineFaults, Question, Reply, Scheme, Server, TrueClock, machine_clock,
};

/// How a camera is set up.
#[derive(Clone)]
pub struct CameraOptions {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    pub make: CameraMake,
    /// Who may look; nothing lets everybody look.
    pub account: Option<HttpAccount>,
    /// How it wants to be told who asks.
    pub schemes: Vec<Scheme>,
    /// Widths and heights in pixels a 2N can make.
    pub sizes: Vec<(u16, u16)>,
    /// What is before it at first.
    pub scene: Scene,
    pub clock: TrueClock,
}

impl Default for CameraOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            make: CameraMake::default(),
            account: None,
            schemes: vec![Scheme::DigestSha256, Scheme::DigestMd5, Scheme::Basic],
            sizes: vec![(160, 120), (320, 240), (640, 480)],
            scene: Scene::default(),
            clock: machine_clock(),
        }
    }
}

/// A running camera; dropping it closes the port and every line.
pub struct CameraServer {
    make: CameraMake,
    server: Server<CameraDevice>,
}

impl Device for CameraDevice {
    fn answer(&mut self, question: &Question, now_ms: i64) -> Reply {
        CameraDevice::answer(self, question, now_ms)
    }

    fn line(&self) -> LineFaults {
        let CameraFaults { silent, thinks, drips, garbled, .. } = self.faults;
        LineFaults { silent, thinks, drips, garbled }
    }
}

impl CameraServer {
    /// Listens at once.
    pub async fn start(options: CameraOptions) -> std::io::Result<Self> {
        let device = CameraDevice::new(&options, (options.clock)());
        let server = Server::start(device, options.listen, options.clock).await?;
        Ok(Self { make: options.make, server })
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The address as it stands in a camera's configuration.
    pub fn url(&self) -> String {
        format!("{}://{}{}", self.make.scheme(), self.address(), self.make.path())
    }

    /// Puts another scene before the camera.
    pub fn set_scene(&self, scene: Scene) {
        self.server.with(|device, now_ms| device.set_scene(scene, now_ms));
    }

    /// Changes what is before the camera.
    pub fn change_scene(&self, change: impl FnOnce(&mut Scene)) {
        self.server.with(|device, now_ms| {
            let mut scene = device.scene().clone();
            change(&mut scene);
            device.set_scene(scene, now_ms);
        });
    }

    /// What is before the camera.
    pub fn scene(&self) -> Scene {
        self.server.with(|device, _| device.scene().clone())
    }

    /// How it misbehaves.
    pub fn faults(&self) -> CameraFaults {
        self.server.with(|device, _| device.faults().clone())
    }

    /// Changes how it misbehaves, for lines that exist too.
    pub fn set_faults(&self, change: impl FnOnce(&mut CameraFaults)) {
        self.server.with(|device, _| change(device.faults()));
    }

    /// What it was asked, oldest first.
    pub fn asked(&self) -> Vec<Asked> {
        self.server.with(|device, _| device.asked().to_vec())
    }
}
