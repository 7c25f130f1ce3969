//! The tokio half of a device with a web server: moves bytes and time. Decides nothing but how bytes go out.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use super::question::{Parsed, Question, Reply};

/// The true clock, Unix time in ms.
pub type TrueClock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The machine's own.
pub(crate) fn machine_clock() -> TrueClock {
    let since = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Arc::new(move || i64::try_from(since().as_millis()).unwrap_or(i64::MAX))
}

/// The half that holds all meaning.
pub(crate) trait Device: Send + 'static {
    /// Answers one question at a moment of the true clock.
    fn answer(&mut self, question: &Question, now_ms: i64) -> Reply;

    /// How its line misbehaves.
    fn line(&self) -> LineFaults;
}

/// The ways a line fails whoever asks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineFaults {
    /// Takes a question and never answers.
    pub(crate) silent: bool,
    /// Takes so long before each answer.
    pub(crate) thinks: Option<Duration>,
    /// Sends a byte each so long.
    pub(crate) drips: Option<Duration>,
    /// Answers with bytes that are no HTTP.
    pub(crate) garbled: bool,
}

/// A running device; dropping it closes the port and every line.
pub(crate) struct Server<D> {
    address: SocketAddr,
    shared: Arc<Shared<D>>,
    listener: JoinHandle<()>,
}

struct Shared<D> {
    device: Mutex<D>,
    clock: TrueClock,
}

impl<D: Device> Shared<D> {
    fn lock(&self) -> MutexGuard<'_, D> {
        self.device.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D: Device> Server<D> {
    /// Listens at once; port 0 takes a free one.
    pub(crate) async fn start(device: D, listen: SocketAddr, clock: TrueClock) -> std::io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { device: Mutex::new(device), clock });
        let listener = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, listener })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Anything with the device and the true clock.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut D, i64) -> T) -> T {
        let now_ms = (self.shared.clock)();
        act(&mut self.shared.lock(), now_ms)
    }
}

impl<D> Drop for Server<D> {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

async fn accept<D: Device>(listener: TcpListener, shared: Arc<Shared<D>>) {
    // Lines live in the set, so that they end with the device.
    let mut lines = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { lines.spawn(serve(stream, Arc::clone(&shared))); }
                // A line given up before it was taken, or no file left for it: go on with the others.
                Err(error) => {
                    tracing::debug!(%error, "a simulated device could not take a line");
                    tokio::task::yield_now().await;
                }
            },
            Some(_) = lines.join_next() => {}
        }
    }
}

async fn serve<D: Device>(stream: TcpStream, shared: Arc<Shared<D>>) {
    // Whoever goes away ends its own line; nothing else depends on it.
    if let Err(error) = converse(stream, &shared).await {
        tracing::debug!(%error, "a line of a simulated device ended");
    }
}

async fn converse<D: Device>(mut stream: TcpStream, shared: &Arc<Shared<D>>) -> std::io::Result<()> {
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
                let faults = shared.lock().line();
                if !send(&mut stream, faults, reply).await? {
                    return stream.shutdown().await;
                }
            }
        }
    }
}

/// Drawing takes a while: it is not done where others wait.
async fn draw<D: Device>(shared: &Arc<Shared<D>>, question: Question) -> Reply {
    let shared = Arc::clone(shared);
    let drawing = move || shared.lock().answer(&question, (shared.clock)());
    tokio::task::spawn_blocking(drawing).await.unwrap_or_else(|_| Reply::new(500, "text/plain", Vec::new()))
}

/// False ends the line.
async fn send(stream: &mut TcpStream, faults: LineFaults, reply: Reply) -> std::io::Result<bool> {
    if faults.silent {
        std::future::pending::<()>().await;
    }
    if let Some(pause) = faults.thinks {
        sleep(pause).await;
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
