//! The tokio half: moves bytes between a line of readers and a stream. Decides nothing.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use super::OsdpReader;
use crate::lock_boards::open_pty;

/// One line of readers, shared between the stream that talks to it and the hands that use them.
#[derive(Clone, Debug)]
pub struct ReaderLine {
    readers: Arc<Mutex<Vec<OsdpReader>>>,
    started: Instant,
}

impl ReaderLine {
    /// Puts readers into real time.
    #[must_use]
    pub fn new(readers: Vec<OsdpReader>) -> Self {
        Self { readers: Arc::new(Mutex::new(readers)), started: Instant::now() }
    }

    /// Anything with the reader of this place, with the line's own time in ms.
    ///
    /// # Panics
    /// There is no such reader.
    pub fn with<T>(&self, index: usize, act: impl FnOnce(&mut OsdpReader, u64) -> T) -> T {
        let now_ms = self.now_ms();
        act(&mut self.readers.lock().unwrap_or_else(PoisonError::into_inner)[index], now_ms)
    }

    fn receive(&self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let now_ms = self.now_ms();
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        readers.iter_mut().flat_map(|reader| reader.receive(bytes, now_ms)).collect()
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// A reader needs a moment to answer.
const ANSWERS_AFTER: Duration = Duration::from_millis(2);

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(line: ReaderLine, mut stream: S) -> io::Result<()> {
    let mut buffer = [0; 256];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        for answer in line.receive(&buffer[..count]) {
            tokio::time::sleep(ANSWERS_AFTER).await;
            stream.write_all(&answer).await?;
            stream.flush().await?;
        }
    }
}

/// Accepts panels on `listener`, as a serial server does; ends only with an error of the listener.
///
/// # Errors
/// The listener's.
pub async fn serve_readers_tcp(line: ReaderLine, listener: TcpListener) -> io::Result<()> {
    let mut panels = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                // Fails only if the panel is gone already, which serving it finds out.
                let _ = stream.set_nodelay(true);
                panels.spawn(serve(line.clone(), stream));
            }
            Some(ended) = panels.join_next() => tracing::trace!(?ended, "a panel left"),
        }
    }
}

/// Opens a pseudo-terminal and talks on it until the task is ended. Returns the path for the driver.
///
/// # Errors
/// The system gives no pseudo-terminal.
pub fn serve_reader_pty(line: ReaderLine) -> io::Result<(PathBuf, JoinHandle<io::Result<()>>)> {
    let (path, stream) = open_pty()?;
    Ok((path, tokio::spawn(serve(line, stream))))
}
