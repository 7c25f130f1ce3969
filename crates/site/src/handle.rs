//! How pages, API and runners talk to the writer: ask, observe, write rows, read the state after the last commit.

pub mod rows;
pub mod standing;
pub mod time;

use crate::rows::{Row, RowsFrom};
use crate::store::read::ReadPool;
use standing::{Standing, Wirings};
use std::sync::Arc;
use time::SiteTime;
use tokio::sync::{mpsc, oneshot, watch};
use vestibule_core::code::Secret;
use vestibule_core::{Actor, Answer, Command, CredentialId, Observation, Refusal, Site, Timestamp};

/// A request with everything the writer needs.
pub struct Request {
    /// Who asks, as established by the page or API.
    pub actor: Actor,
    /// What.
    pub command: Command,
    /// The caller's key: a repeat of the same request gets the first answer.
    pub key: Option<String>,
    /// Rows to write in the same transaction if it is granted.
    pub rows: Option<RowsFrom>,
}

impl Request {
    /// A request without key or rows.
    pub fn new(actor: Actor, command: Command) -> Self {
        Self { actor, command, key: None, rows: None }
    }
    /// With rows made from the answer.
    pub fn with_rows(mut self, rows: impl FnOnce(&Answer) -> Vec<Row> + Send + 'static) -> Self {
        self.rows = Some(Box::new(rows));
        self
    }
    /// With an idempotency key.
    pub fn with_key(mut self, key: Option<String>) -> Self {
        self.key = key;
        self
    }
}

/// A code that was issued to whoever asked; shown once.
pub struct Revealed {
    /// Of which credential; None for a kiosk's token.
    pub credential: Option<CredentialId>,
    /// Digits, if it has any.
    pub digits: Option<Secret>,
    /// The token.
    pub token: Secret,
}

/// What a request came to.
pub struct Outcome {
    /// The answer, or why not.
    pub answer: Result<Answer, Refusal>,
    /// The first answer to a repeated key; its codes are not shown again.
    pub repeated: bool,
    /// Codes to show once.
    pub revealed: Vec<Revealed>,
}

/// The writer is gone: the process is about to end.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the site is shutting down; try again in a moment")]
pub struct Gone;

/// Rows were not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    /// See [`Gone`].
    #[error("{Gone}")]
    Gone,
    /// Nothing of them: the disk is full, or the database has something that contradicts them.
    #[error("nothing was written: {}", .0.code())]
    Refused(Refusal),
}

impl From<Gone> for Unwritten {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

pub(crate) type Look = Box<dyn FnOnce(&Site, Timestamp) + Send>;

/// What reaches the writer.
pub enum Message {
    /// A command.
    Ask(Box<Request>, oneshot::Sender<Outcome>),
    /// Facts from outside.
    Observe(Vec<Observation>),
    /// Rows alone; acknowledged once they are durable.
    Write(Vec<Row>, oneshot::Sender<Result<(), Refusal>>),
    /// A look at the state after the last commit.
    Read(Look),
    /// Staff confirmed the wall clock.
    ConfirmClock,
    /// Finish what came before and stop.
    Stop(oneshot::Sender<()>),
}

/// A handle to the writer. Cheap to clone.
#[derive(Clone)]
pub struct SiteHandle {
    pub(crate) writer: mpsc::Sender<Message>,
    pub(crate) changes: watch::Receiver<u64>,
    pub(crate) standing: watch::Receiver<Arc<Standing>>,
    pub(crate) wirings: watch::Receiver<Arc<Wirings>>,
    pub(crate) reads: Arc<ReadPool>,
    pub(crate) time: SiteTime,
}

impl SiteHandle {
    /// Asks; the answer comes after the commit.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn ask(&self, request: Request) -> Result<Outcome, Gone> {
        let (answer, answered) = oneshot::channel();
        self.writer.send(Message::Ask(Box::new(request), answer)).await.map_err(|_| Gone)?;
        answered.await.map_err(|_| Gone)
    }

    /// Reports facts; durable soon, not acknowledged.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn observe(&self, observations: Vec<Observation>) -> Result<(), Gone> {
        self.writer.send(Message::Observe(observations)).await.map_err(|_| Gone)
    }

    /// Writes rows; returns once they are durable.
    ///
    /// # Errors
    /// See [`Unwritten`].
    pub async fn write(&self, rows: Vec<Row>) -> Result<(), Unwritten> {
        let (done, durable) = oneshot::channel();
        self.writer.send(Message::Write(rows, done)).await.map_err(|_| Gone)?;
        durable.await.map_err(|_| Gone)?.map_err(Unwritten::Refused)
    }

    /// Site time at this moment; nobody is waited for.
    pub fn now(&self) -> Timestamp {
        self.time.now()
    }

    /// Looks at the committed state, with site time. Keep it short: the writer waits.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Site, Timestamp) -> T + Send + 'static,
    ) -> Result<T, Gone> {
        let (seen, sight) = oneshot::channel();
        let look: Look = Box::new(move |site, now| drop(seen.send(look(site, now))));
        self.writer.send(Message::Read(look)).await.map_err(|_| Gone)?;
        sight.await.map_err(|_| Gone)
    }

    /// Queries the tables on a read connection; transactions there last at most a second.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn query<T: Send + 'static>(
        &self,
        query: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let reads = Arc::clone(&self.reads);
        tokio::task::spawn_blocking(move || reads.with(query)).await.expect("queries do not panic")
    }

    /// Looks up one row by an index, where it is asked: handing it to another thread would cost more than the row.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn look_up<T>(
        &self,
        query: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.reads.with(query)
    }

    /// Staff or the time service confirmed the wall clock.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn confirm_clock(&self) -> Result<(), Gone> {
        self.writer.send(Message::ConfirmClock).await.map_err(|_| Gone)
    }

    /// Which kiosks are paired and which visits go on, as of the last commit; nobody is waited for.
    pub fn standing(&self) -> Arc<Standing> {
        Arc::clone(&self.standing.borrow())
    }

    /// By which maps the banks are wired, as of the last commit; for buses, which are woken only when one changes.
    pub(crate) fn wirings(&self) -> watch::Receiver<Arc<Wirings>> {
        self.wirings.clone()
    }

    /// Changes whenever something was committed: the newest seq. For live pages.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    /// Finishes what was asked before and stops the writer.
    pub async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.writer.send(Message::Stop(done)).await.is_ok() {
            let _ = stopped.await;
        }
    }
}
