//! The SQLite store of a site. [`Store::commit`] is the only write: events, projections, outbox, directory rows, answers
//! and snapshot in one transaction. The numbered steps are those of `docs/durability.md`.

mod aftermath;
pub mod answers;
pub mod check;
pub mod connection;
pub mod head_file;
pub mod intent;
pub mod ledger_checkpoints;
pub mod load;
pub mod machine;
pub mod outbox;
pub mod projection;
pub mod read;
pub mod rows;
pub mod space;
mod statements;

pub use intent::{DurableIntent, DurableRelease};

use crate::clock::Moment;
use crate::rows::Row;
use connection::Checkpointer;
use head_file::HeadFile;
use intent::{Pulse, Release};
use ledger_checkpoints::LedgerCheckpoints;
use machine::{Machine, ThisMachine};
use rusqlite::{Connection, TransactionBehavior};
use statements::Statements;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vestibule_core::planted::is_planted;
use vestibule_core::{Actor, Event, NoticeId, Site, Timestamp};
use vestibule_ledger::{Chain, Draft, Head, Sealed, SiteKey};

/// File name of the database in the site's folder.
pub const DATABASE: &str = "site.sqlite3";
/// A snapshot is due after so many events, or more when the state is large.
pub const SNAPSHOT_EVERY: u64 = 10_000;
/// A snapshot may cost so much a commit: a small part of what the events themselves take.
const SNAPSHOT_BYTES_PER_EVENT: u64 = 10;
/// However large the state: so many events are replayed at a start within a second.
const SNAPSHOT_AT_LAST: u64 = 200_000;

/// Where and how a site is stored.
#[derive(Clone)]
pub struct StoreOptions {
    /// The site's folder.
    pub folder: PathBuf,
    /// The head file; on another disk if that is wanted.
    pub head_file: PathBuf,
    /// The site's key, given at the first start.
    pub site: SiteKey,
    /// Called at each numbered step of `docs/durability.md`: tests die there.
    pub at_step: Option<fn(&'static str)>,
    /// What it stands on.
    pub machine: Arc<dyn Machine>,
}

impl StoreOptions {
    /// The usual places in a folder.
    pub fn in_folder(folder: &Path, site: SiteKey) -> Self {
        Self {
            folder: folder.to_owned(),
            head_file: folder.join("head"),
            site,
            at_step: None,
            machine: Arc::new(ThisMachine),
        }
    }

    fn step(&self, step: &'static str) {
        if let Some(at_step) = self.at_step {
            at_step(step);
        }
    }
}

/// Why the store cannot be used or a commit failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused, for reasons of the data: the batch is rolled back, the state reloaded.
    #[error("the database refused a change")]
    Refused(#[source] rusqlite::Error),
    /// The disk is full: the reserve is freed and the batch tried again.
    #[error("the disk is full")]
    Full,
    /// The disk failed. Nothing more may be said or done: the process ends and starts again.
    #[error("the disk failed")]
    Disk(#[source] rusqlite::Error),
    /// Files.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The database is not one this program can use.
    #[error("{0}")]
    Unusable(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::CannotOpen,
            ) => Self::Disk(error),
            _ => Self::Refused(error),
        }
    }
}

/// What one input decided, ready to be written.
pub struct Step {
    /// Who caused it.
    pub actor: Actor,
    /// Which request or observation.
    pub cause: String,
    /// The facts.
    pub events: Vec<Event>,
    /// Directory and account rows.
    pub rows: Vec<Row>,
    /// Sealed codes by the notice that carries them.
    pub sealed: Vec<(NoticeId, Vec<u8>)>,
    /// The answer to keep for a repeat.
    pub answer: Option<answers::Kept>,
}

/// Everything of one transaction. Only [`Store::batch`] makes one: what it lets pulse is what its events authorise.
pub struct Batch {
    /// Site time of all of it.
    now: Timestamp,
    /// Both clocks, for the deadlines of intents.
    moment: Moment,
    /// In order.
    steps: Vec<Step>,
    pulses: Vec<Pulse>,
    releases: Vec<Release>,
    /// The state after it, when a snapshot is due.
    snapshot: Option<Vec<u8>>,
    /// Whether there is room for more than what happened.
    is_disk_low: bool,
}

/// What is durable now.
pub struct Committed {
    /// The newest event.
    pub head: Head,
    /// Pulses that may go out.
    pub intents: Vec<DurableIntent>,
    /// Releases of doors that may go out.
    pub releases: Vec<DurableRelease>,
}

/// The store of one site, with its single write connection.
pub struct Store {
    /// Ends before the connection does, which then tidies up as the last one. None: SQLite copies after a commit.
    checkpointer: Option<Checkpointer>,
    connection: Connection,
    options: StoreOptions,
    chain: Chain,
    checkpoints: LedgerCheckpoints,
    boot: u32,
    head_file: HeadFile,
    since_snapshot: u64,
    snapshot_bytes: u64,
}

impl Store {
    /// The newest event.
    pub fn head(&self) -> &Head {
        self.chain.head()
    }

    /// Which start of the site this is.
    pub fn boot(&self) -> u32 {
        self.boot
    }

    /// The write connection, for a look between two commits.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// From now on a thread carries committed pages into the database file, so that no commit waits for it. Who drives a
    /// store by hand leaves it to SQLite.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn checkpoint_beside(&mut self) -> Result<(), StoreError> {
        let database = self.options.folder.join(DATABASE);
        self.checkpointer = Some(Checkpointer::start(&mut self.connection, &database)?);
        Ok(())
    }

    /// Where it is.
    pub fn options(&self) -> &StoreOptions {
        &self.options
    }

    /// The kept answer to a repeated key.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn kept_answer(&self, actor: Actor, key: &str) -> Result<Option<answers::Kept>, StoreError> {
        Ok(answers::find(&self.connection, actor, key)?)
    }

    /// Steps that were decided, as one transaction; `state` is the one after the last of them.
    pub fn batch(&self, steps: Vec<Step>, state: &Site, (now, moment): (Timestamp, Moment)) -> Batch {
        let pulses = intent::authorised(&steps, state);
        let releases = intent::released(&steps, state);
        let snapshot = self.snapshot_due(&steps, state);
        Batch { now, moment, steps, pulses, releases, snapshot, is_disk_low: state.disk_low }
    }

    /// Steps C1 to C5: everything of the batch or nothing of it.
    ///
    /// # Errors
    /// See [`StoreError`]. After any error the caller drops its state and reloads it.
    pub fn commit(&mut self, batch: Batch) -> Result<Committed, StoreError> {
        // An idle site has its last events signed too.
        let is_checkpoint_due = |checkpoints: &LedgerCheckpoints, epoch| {
            !batch.is_disk_low && checkpoints.is_due(epoch, batch.now)
        };
        if batch.steps.is_empty() && !is_checkpoint_due(&self.checkpoints, self.chain.head().epoch) {
            return Ok(Committed { head: *self.chain.head(), intents: Vec::new(), releases: Vec::new() });
        }
        // Before the next commit and not after the last one: then nobody's answer waits for it.
        if let Some(checkpointer) = &mut self.checkpointer {
            checkpointer.look(&self.connection)?;
        }
        self.options.step("C1");
        let mut chain = self.chain.clone();
        let mut checkpoints = self.checkpoints.clone();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let written = write_steps(&transaction, (&batch, self.boot), (&mut chain, &mut checkpoints))?;
        if let Some(bytes) = &batch.snapshot {
            load::insert_snapshot(&transaction, chain.head(), bytes)?;
        }
        if is_checkpoint_due(&checkpoints, chain.head().epoch) {
            checkpoints.sign(&transaction, (chain.site(), chain.head().epoch), batch.now)?;
            self.options.step("K1");
        }
        self.options.step("C2");
        let opens = || {
            let mut events = batch.steps.iter().flat_map(|step| &step.events);
            events.any(|event| event.kind() == "opening-authorised")
        };
        if is_planted("pulse-before-commit") && opens()
            || is_planted("acknowledged-without-commit") && !opens()
        {
            drop(transaction);
            let (intents, releases) = (intent::of_batch(&batch), intent::releases_of_batch(&batch));
            return Ok(Committed { head: *self.chain.head(), intents, releases });
        }
        transaction.commit()?;
        self.options.step("C3");
        (self.chain, self.checkpoints) = (chain, checkpoints);
        self.since_snapshot += written;
        if let Some(bytes) = &batch.snapshot {
            self.since_snapshot = 0;
            self.snapshot_bytes = bytes.len() as u64;
        }
        self.head_file.note(self.chain.head(), self.boot, batch.moment)?;
        self.options.step("C4");
        let (intents, releases) = (intent::of_batch(&batch), intent::releases_of_batch(&batch));
        self.options.step("C5");
        Ok(Committed { head: *self.chain.head(), intents, releases })
    }

    fn snapshot_due(&self, steps: &[Step], state: &Site) -> Option<Vec<u8>> {
        let coming: usize = steps.iter().map(|step| step.events.len()).sum();
        let due = self.snapshot_bytes / SNAPSHOT_BYTES_PER_EVENT;
        let is_due = self.since_snapshot + coming as u64 >= due.clamp(SNAPSHOT_EVERY, SNAPSHOT_AT_LAST);
        is_due.then(|| {
            let likely = usize::try_from(self.snapshot_bytes).unwrap_or(0);
            let mut bytes = Vec::with_capacity(likely + likely / 4);
            serde_json::to_writer(&mut bytes, state).expect("the state is plain data");
            bytes
        })
    }
}

/// Everything that the steps of a batch say; how many events that is.
fn write_steps(
    transaction: &Connection,
    (batch, boot): (&Batch, u32),
    (chain, checkpoints): (&mut Chain, &mut LedgerCheckpoints),
) -> Result<u64, StoreError> {
    let mut written = 0;
    let mut statements = Statements::on(transaction);
    for step in &batch.steps {
        for event in &step.events {
            if is_planted("attempt-not-recorded") && event.kind() == "opening-attempted" {
                continue;
            }
            let sealed = seal(chain, event, (step, boot, batch.now))?;
            load::insert_event(&mut statements, &sealed)?;
            checkpoints.push(&mut statements, &sealed.hash)?;
            projection::apply(&mut statements, event, (sealed.envelope.seq, batch.now))?;
            aftermath::apply(&mut statements, event, batch.now)?;
            outbox::apply(&mut statements, event, (&step.sealed, batch.now))?;
            written += 1;
        }
        for row in &step.rows {
            rows::write(transaction, row)?;
        }
        if let Some(answer) = step.answer.as_ref().filter(|_| !is_planted("keys-forgotten")) {
            answers::keep(transaction, answer, batch.now)?;
        }
    }
    Ok(written)
}

fn seal(
    chain: &mut Chain,
    event: &Event,
    (step, boot, now): (&Step, u32, Timestamp),
) -> Result<Sealed, StoreError> {
    let draft = Draft {
        kind: event.kind().to_owned(),
        version: event.version(),
        occurred_at: now.0,
        recorded_at: now.0,
        boot_id: boot,
        actor: step.actor.to_string(),
        cause: step.cause.clone(),
        payload: event.encode(),
    };
    let sealed = match event {
        Event::EpochRaised { epoch } => chain.raise_epoch(*epoch, draft),
        _ => chain.append(draft),
    };
    sealed.map_err(|error| StoreError::Unusable(format!("the ledger refused an event: {error}")))
}
