//! The tokio half: moves bytes and time between a camera and whoever asks it. Decides nothing but how bytes go out.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use super::question::{Parsed, Question, Reply};
use super::{Asked, CameraAccount, CameraDevice, CameraFaults, CameraMake, Scene, Scheme};

/// The true clock, Unix time in ms.
pub type CameraClock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How a camera is set up.
#[derive(Clone)]
pub struct CameraOptions {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    pub make: CameraMake,
    /// Who may look; nothing lets everybody look.
    pub account: Option<CameraAccount>,
    /// How it wants to be told who asks.
    pub schemes: Vec<Scheme>,
    /// Widths and heights in pixels a 2N can make.
    pub sizes: Vec<(u16, u16)>,
    /// What is before it at first.
    pub scene: Scene,
    pub clock: CameraClock,
}

impl Default for CameraOptions {
    fn default() -> Self {
        let since = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            make: CameraMake::default(),
            account: None,
            schemes: vec![Scheme::DigestSha256, Scheme::DigestMd5, Scheme::Basic],
            sizes: vec![(160, 120), (320, 240), (640, 480)],
            scene: Scene::default(),
            clock: Arc::new(move || i64::try_from(since().as_millis()).unwrap_or(i64::MAX)),
        }
    }
}

/// A running camera; dropping it closes the port and every line.
pub struct CameraServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: JoinHandle<()>,
}

struct Shared {
    make: CameraMake,
    device: Mutex<CameraDevice>,
    clock: CameraClock,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, CameraDevice> {
        self.device.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn faults(&self) -> CameraFaults {
        self.lock().faults().clone()
    }
}

impl CameraServer {
    /// Listens at once.
    pub async fn start(options: CameraOptions) -> std::io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let device = CameraDevice::new(&options, (options.clock)());
        let shared =
            Arc::new(Shared { make: options.make, device: Mutex::new(device), clock: options.clock });
        let listener = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, listener })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address as it stands in a camera's configuration.
    pub fn url(&self) -> String {
        format!("{}://{}{}", self.shared.make.scheme(), self.address, self.shared.make.path())
    }

    /// Puts another scene before the camera.
    pub fn set_scene(&self, scene: Scene) {
        let now_ms = (self.shared.clock)();
        self.shared.lock().set_scene(scene, now_ms);
    }

    /// Changes what is before the camera.
    pub fn change_scene(&self, change: impl FnOnce(&mut Scene)) {
        let now_ms = (self.shared.clock)();
        let mut device = self.shared.lock();
        let mut scene = device.scene().clone();
        change(&mut scene);
        device.set_scene(scene, now_ms);
    }

    /// What is before the camera.
    pub fn scene(&self) -> Scene {
        self.shared.lock().scene().clone()
    }

    /// Changes how it misbehaves, for lines that exist too.
    pub fn set_faults(&self, change: impl FnOnce(&mut CameraFaults)) {
        change(self.shared.lock().faults());
    }

    /// What it was asked, oldest first.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.lock().asked().to_vec()
    }
}

impl Drop for CameraServer {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Lines live in the set, so that they end with the camera.
    let mut lines = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { lines.spawn(serve(stream, Arc::clone(&shared))); }
                // A line given up before it was taken, or no file left for it: go on with the others.
                Err(error) => {
                    tracing::debug!(%error, "a simulated camera could not take a line");
                    tokio::task::yield_now().await;
                }
            },
            Some(_) = lines.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    // Whoever goes away ends its own line; nothing else depends on it.
    if let Err(error) = converse(stream, &shared).await {
        tracing::debug!(%error, "a line of a simulated camera ended");
    }
}

async fn converse(mut stream: TcpStream, shared: &Arc<Shared>) -> std::io::Result<()> {
    let mut received = Vec::new();
    let mut buffer = [0; 4 * 1024];
    loop {
        match Question::parse(&received) {
            Parsed::Partly => match stream.read(&mut buffer).await? {
                0 => return Ok(()),
                count => received.extend_from_slice(&buffer[..count]),
            },
            Parsed::Nonsense => {
                return stream.write_all(b"HTTP/1.1 400 Answer\r\nContent-Length: 0\r\n\r\n").await;
            }
            Parsed::Whole(question, taken) => {
                received.drain(..taken);
                let reply = draw(shared, question).await;
                if !send(&mut stream, &shared.faults(), reply).await? {
                    return stream.shutdown().await;
                }
            }
        }
    }
}

/// Drawing takes a while: it is not done where others wait.
async fn draw(shared: &Arc<Shared>, question: Question) -> Reply {
    let shared = Arc::clone(shared);
    let drawing = move || shared.lock().answer(&question, (shared.clock)());
    tokio::task::spawn_blocking(drawing).await.unwrap_or_else(|_| Reply::new(500, "text/plain", Vec::new()))
}

/// False ends the line.
async fn send(stream: &mut TcpStream, faults: &CameraFaults, reply: Reply) -> std::io::Result<bool> {
    if faults.silent {
        std::future::pending::<()>().await;
    }
    if faults.garbled {
        stream.write_all(&[0xA5; 64]).await?;
        return Ok(false);
    }
    let bytes = reply.bytes();
    match faults.drips {
        None => stream.write_all(&bytes).await?,
        Some(pause) => drip(stream, &bytes, pause).await?,
    }
    Ok(!reply.hangs_up)
}

async fn drip(stream: &mut TcpStream, bytes: &[u8], pause: Duration) -> std::io::Result<()> {
    for byte in bytes {
        stream.write_all(&[*byte]).await?;
        sleep(pause).await;
    }
    Ok(())
}
