//! A line that is opened again whenever it breaks, after growing pauses. It knows nothing of what is said on it.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use super::{Connection, Opening, TransportConfig};

const BACKOFF_FIRST: Duration = Duration::from_millis(50);
const BACKOFF_MAX: Duration = Duration::from_secs(2);
/// A line that does not take a frame in this time is gone.
const WRITE_TIMEOUT: Duration = Duration::from_millis(500);

/// A line, open or on its way to it.
pub(crate) struct Link {
    transport: TransportConfig,
    state: State,
    backoff: Duration,
}

enum State {
    Open(Box<dyn Connection>),
    /// Waited for across wakes, so that nothing keeps it from coming about.
    Opening(Opening),
}

/// What happened to a line.
pub(crate) enum LinkEvent {
    /// It is open, with nothing old on it.
    Opened,
    /// So many bytes came.
    Received(usize),
    /// It is gone, and will be opened again.
    Lost,
}

impl Link {
    /// A line that is opened at once.
    pub(crate) fn new(mut transport: TransportConfig) -> Self {
        let state = State::Opening(transport.open(Duration::ZERO));
        Self { transport, state, backoff: BACKOFF_FIRST }
    }

    /// Waits for the next thing. Dropping the future loses nothing.
    pub(crate) async fn next(&mut self, buffer: &mut [u8]) -> LinkEvent {
        let happened = match &mut self.state {
            State::Open(connection) => connection.read(buffer).await.map(Some),
            State::Opening(opening) => match opening.await {
                Ok(connection) => {
                    self.state = State::Open(connection);
                    Ok(None)
                }
                Err(error) => Err(error),
            },
        };
        match happened {
            Ok(None) => LinkEvent::Opened,
            Ok(Some(0)) => self.lose(&io::ErrorKind::UnexpectedEof.into()),
            Ok(Some(count)) => {
                self.backoff = BACKOFF_FIRST;
                LinkEvent::Received(count)
            }
            Err(error) => self.lose(&error),
        }
    }

    /// Hands bytes to the line. False: it is gone, and will be opened again. What is not open yet takes nothing.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> bool {
        let State::Open(connection) = &mut self.state else { return true };
        let sending = async {
            connection.write_all(bytes).await?;
            connection.flush().await
        };
        match timeout(WRITE_TIMEOUT, sending).await.unwrap_or_else(|late| Err(late.into())) {
            Ok(()) => true,
            Err(error) => {
                self.lose(&error);
                false
            }
        }
    }

    /// Drops the line and opens it again at once.
    pub(crate) fn reopen(&mut self) {
        self.state = State::Opening(self.transport.open(Duration::ZERO));
    }

    fn lose(&mut self, error: &io::Error) -> LinkEvent {
        tracing::info!(transport = ?self.transport, %error, "the line of a bus is away");
        self.state = State::Opening(self.transport.open(self.backoff));
        self.backoff = (self.backoff * 2).min(BACKOFF_MAX);
        LinkEvent::Lost
    }
}
