//! How a line is reached: serial port, TCP, or a stream in memory. Opens; never reads, writes or decides.

pub(crate) mod link;

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serial2_tokio::SerialPort;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// A gateway that does not accept within this time is away.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// An open line.
pub trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}

/// Makes a new stream each time the line is to be opened.
pub type Connect = Arc<dyn Fn() -> io::Result<Box<dyn Connection>> + Send + Sync>;

/// A line on its way to being open.
pub(crate) type Opening = Pin<Box<dyn Future<Output = io::Result<Box<dyn Connection>>> + Send>>;

/// Where the line is.
#[derive(Clone)]
pub enum TransportConfig {
    /// A serial port, 8N1, no flow control.
    Serial {
        /// Such as `/dev/ttyUSB0`.
        path: PathBuf,
        /// Bits a second, from the boards' profile.
        baud: u32,
    },
    /// A serial server that passes bytes through.
    Tcp {
        /// Such as `192.168.1.200:5000`.
        address: String,
    },
    /// Streams made by the program itself: simulated boards, tests, the bench.
    InMemory(Connect),
}

impl TransportConfig {
    /// The port or address, for people; empty in memory.
    #[must_use]
    pub fn place(&self) -> String {
        match self {
            TransportConfig::Serial { path, .. } => path.display().to_string(),
            TransportConfig::Tcp { address } => address.clone(),
            TransportConfig::InMemory(_) => String::new(),
        }
    }

    /// Opens the line after `wait`, with nothing old left in its buffers.
    pub(crate) fn open(&mut self, wait: Duration) -> Opening {
        match self {
            TransportConfig::Serial { path, baud } => {
                let (path, baud) = (path.clone(), *baud);
                Box::pin(async move {
                    sleep(wait).await;
                    let port = SerialPort::open(path, baud)?;
                    port.discard_buffers()?;
                    Ok(Box::new(port) as Box<dyn Connection>)
                })
            }
            TransportConfig::Tcp { address } => {
                let address = address.clone();
                Box::pin(async move {
                    sleep(wait).await;
                    let stream = timeout(CONNECT_TIMEOUT, TcpStream::connect(address)).await??;
                    stream.set_nodelay(true)?;
                    Ok(Box::new(stream) as Box<dyn Connection>)
                })
            }
            TransportConfig::InMemory(connect) => {
                let connect = connect.clone();
                Box::pin(async move {
                    sleep(wait).await;
                    connect()
                })
            }
        }
    }
}

impl std::fmt::Debug for TransportConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TransportConfig::Serial { path, baud } => write!(out, "serial {} at {baud}", path.display()),
            TransportConfig::Tcp { address } => write!(out, "tcp {address}"),
            TransportConfig::InMemory(_) => write!(out, "in memory"),
        }
    }
}
