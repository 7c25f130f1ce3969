//! A mail server for demonstrations and tests: accepts SMTP on loopback and keeps what came, readable.
//!
//! `session` is the conversation without any I/O, `mime` reads what a message says, `faults` are the ways
//! it can be made to fail; this file moves bytes and keeps the messages. It relays nothing to anybody.

mod faults;
mod mime;
mod session;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast;
use tokio::task::{JoinHandle, JoinSet};

pub use faults::{DropAt, Faults};
pub use mime::{InlineImage, ReadableMail};
pub use session::{Envelope, Output, Session};

/// How a sink listens and how much it keeps.
#[derive(Clone, Debug)]
pub struct MailSinkOptions {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Older messages are forgotten beyond this number.
    pub kept: usize,
}

impl Default for MailSinkOptions {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 0)), kept: 500 }
    }
}

/// A message as it came. Holds live codes: Debug says only who and how much.
pub struct ReceivedMail {
    /// 1 for the first message of this sink.
    pub number: u64,
    pub received_at: SystemTime,
    pub envelope: Envelope,
    /// Header and body with CRLF, dots unstuffed.
    pub raw: Vec<u8>,
    /// The same, read.
    pub mail: ReadableMail,
}

impl fmt::Debug for ReceivedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedMail")
            .field("number", &self.number)
            .field("envelope", &self.envelope)
            .field("bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

struct Shared {
    kept: usize,
    messages: Mutex<VecDeque<Arc<ReceivedMail>>>,
    faults: Mutex<Faults>,
    arrivals: broadcast::Sender<Arc<ReceivedMail>>,
    received: AtomicU64,
    connections: AtomicU64,
}

/// A running sink; dropping it closes the port and every connection.
pub struct MailSink {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: JoinHandle<()>,
}

impl MailSink {
    /// Listens at once.
    pub async fn start(options: MailSinkOptions) -> std::io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            kept: options.kept.max(1),
            messages: Mutex::new(VecDeque::new()),
            faults: Mutex::new(Faults::default()),
            arrivals: broadcast::channel(64).0,
            received: AtomicU64::new(0),
            connections: AtomicU64::new(0),
        });
        let listener = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, listener })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What is kept, oldest first.
    pub fn messages(&self) -> Vec<Arc<ReceivedMail>> {
        lock(&self.shared.messages).iter().cloned().collect()
    }

    /// One message by its number, if it is still kept.
    pub fn message(&self, number: u64) -> Option<Arc<ReceivedMail>> {
        lock(&self.shared.messages).iter().find(|message| message.number == number).cloned()
    }

    /// Each message that comes from now on. Who lags by more than 64 is told so by the channel.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<ReceivedMail>> {
        self.shared.arrivals.subscribe()
    }

    /// Changes how the sink misbehaves, for connections that exist too.
    pub fn set_faults(&self, change: impl FnOnce(&mut Faults)) {
        change(&mut lock(&self.shared.faults));
    }

    /// Connections taken since the start.
    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::Relaxed)
    }

    /// Forgets what is kept; numbers go on.
    pub fn clear(&self) {
        lock(&self.shared.messages).clear();
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().expect("no holder of a sink's lock panics")
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Connections live in the set, so that they end with the sink.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    shared.connections.fetch_add(1, Ordering::Relaxed);
                    connections.spawn(serve(stream, Arc::clone(&shared)));
                }
                // A connection given up before it was taken, or no file left for it: go on with the others.
                Err(error) => {
                    tracing::debug!(%error, "mail sink could not take a connection");
                    tokio::task::yield_now().await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    // A peer that goes away ends its conversation; nothing else depends on it.
    if let Err(error) = converse(stream, &shared).await {
        tracing::debug!(%error, "mail sink connection ended");
    }
}

async fn converse(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut session = Session::new();
    session.greet(&mut lock(&shared.faults));
    let mut buffer = [0; 16 * 1024];
    loop {
        while let Some(output) = session.poll_output() {
            match output {
                Output::Reply(line) => {
                    let delay = lock(&shared.faults).reply_delay;
                    if let Some(delay) = delay {
                        tokio::time::sleep(delay).await;
                    }
                    stream.write_all(line.as_bytes()).await?;
                }
                Output::Message { envelope, raw } => keep(shared, envelope, raw),
                Output::Close => return stream.shutdown().await,
            }
        }
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        session.receive(&buffer[..read], &mut lock(&shared.faults));
    }
}

fn keep(shared: &Shared, envelope: Envelope, raw: Vec<u8>) {
    let mail = mime::read(&raw);
    let number = shared.received.fetch_add(1, Ordering::Relaxed) + 1;
    let message = Arc::new(ReceivedMail { number, received_at: SystemTime::now(), envelope, raw, mail });
    let mut messages = lock(&shared.messages);
    if messages.len() == shared.kept {
        messages.pop_front();
    }
    messages.push_back(Arc::clone(&message));
    drop(messages);
    // No subscriber is no error: the message is kept.
    let _ = shared.arrivals.send(message);
}
