//! Printers on TCP, as they really listen on port 9100: bytes become lines, pictures and cuts on paper that tests can read.
//!
//! [`Head`] is a printer without any I/O; [`PrinterSim`] puts it on a socket. Written from the printers' manuals, without a
//! line of the encoders it is there to check.

mod escpos;
mod head;
mod zpl;

pub use head::{Head, Knobs, Mark, Sheet, Speech};

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A printer that listens; dropping it switches it off.
pub struct PrinterSim {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: JoinHandle<()>,
}

struct Shared {
    head: Mutex<Head>,
    /// Counts whatever came or was turned.
    moved: watch::Sender<u64>,
}

impl PrinterSim {
    /// Listens at once, on a free port of this machine.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(speech: Speech) -> std::io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { head: Mutex::new(Head::new(speech)), moved: watch::channel(0).0 });
        let listener = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, listener })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The paper so far, sheet by sheet.
    pub fn sheets(&self) -> Vec<Sheet> {
        self.shared.head.lock().unwrap_or_else(PoisonError::into_inner).sheets().to_vec()
    }

    /// Waits until so many sheets have come.
    pub async fn sheets_when(&self, count: usize) -> Vec<Sheet> {
        let mut moved = self.shared.moved.subscribe();
        loop {
            moved.borrow_and_update();
            let sheets = self.sheets();
            if sheets.len() >= count || moved.changed().await.is_err() {
                return sheets;
            }
        }
    }

    /// How its knobs stand.
    pub fn knobs(&self) -> Knobs {
        self.shared.head.lock().unwrap_or_else(PoisonError::into_inner).knobs.clone()
    }

    /// Turns knobs, for jobs under way too.
    pub fn set(&self, turn: impl FnOnce(&mut Knobs)) {
        self.shared.with(|head| turn(&mut head.knobs));
    }
}

impl Drop for PrinterSim {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Shared {
    fn with<T>(&self, act: impl FnOnce(&mut Head) -> T) -> T {
        let result = act(&mut self.head.lock().unwrap_or_else(PoisonError::into_inner));
        self.moved.send_modify(|count| *count += 1);
        result
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Connections live in the set, so that they end with the printer.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { connections.spawn(serve(stream, Arc::clone(&shared))); }
                Err(error) => {
                    tracing::debug!(%error, "a printer could not take a connection");
                    tokio::task::yield_now().await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// One connection, until the other side or a knob ends it.
async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = [0u8; 64];
    let mut taken = 0;
    let mut moved = shared.moved.subscribe();
    loop {
        moved.borrow_and_update();
        let (stalls, delay, most) =
            shared.with(|head| (head.knobs.stalls, head.knobs.delay_ms, head.knobs.hangs_up_after));
        if most.is_some_and(|most| taken >= most) {
            return;
        }
        if stalls {
            // Holds the connection and takes nothing, until it is torn away or the knob turned back.
            if moved.changed().await.is_err() {
                return;
            }
            continue;
        }
        if let Some(delay) = delay {
            tokio::time::sleep(Duration::from_millis(delay)).await;
        }
        let replies = match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => {
                taken += count;
                shared.with(|head| head.receive(&buffer[..count]))
            }
        };
        if stream.write_all(&replies).await.is_err() {
            return;
        }
    }
}
