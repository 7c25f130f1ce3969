//! The ledger's signed checkpoints (I8): the Merkle tree's right edge beside the chain, and when a root is signed. Nothing to
//! do with [`super::connection::Checkpointer`], which carries pages of SQLite's WAL.
//!
//! Owns: `ledger_block` and `ledger_checkpoint`, written in the transaction of the events they cover, so that a signed root is
//! seen by nobody before its events are durable. Never: changes or removes either.

use super::StoreError;
use super::statements::Statements;
use rusqlite::{Connection, OptionalExtension, Row, params};
use vestibule_core::Timestamp;
use vestibule_core::planted::is_planted;
use vestibule_ledger::merkle::{self, BLOCK};
use vestibule_ledger::{Checkpoint, Edge, Hash, NoteSigner, PublicKey, SiteKey};

/// So many events are signed at the latest.
pub const CHECKPOINT_EVERY: u64 = 256;
/// And what has happened is signed within this time, in milliseconds.
pub const CHECKPOINT_WITHIN_MS: i64 = 60 * 60 * 1000;

/// A checkpoint as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// Events it covers: seq 1 to this.
    pub size: u64,
    /// Epoch of the last of them.
    pub epoch: u32,
    /// When it was signed, in site time.
    pub at: Timestamp,
    /// The key that checks it.
    pub public: PublicKey,
    /// The signed note.
    pub note: String,
}

impl StoredCheckpoint {
    pub(super) const COLUMNS: &str = "size, epoch, at, public, note";

    pub(super) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            size: row.get(0)?,
            epoch: row.get(1)?,
            at: Timestamp(row.get(2)?),
            public: PublicKey(row.get(3)?),
            note: row.get(4)?,
        })
    }
}

/// The newest checkpoint, if there is one yet.
///
/// # Errors
/// What SQLite says.
pub fn newest(connection: &Connection) -> rusqlite::Result<Option<StoredCheckpoint>> {
    let columns = StoredCheckpoint::COLUMNS;
    connection
        .prepare_cached(&format!("SELECT {columns} FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"))?
        .query_row([], StoredCheckpoint::of)
        .optional()
}

/// How many checkpoints there are.
///
/// # Errors
/// What SQLite says.
pub fn count(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT count(*) FROM ledger_checkpoint", [], |row| row.get(0))
}

#[derive(Clone, Copy)]
struct Last {
    size: u64,
    epoch: u32,
    at: Timestamp,
}

/// The tree as far as the ledger reaches, and what of it is signed. Cloned for each batch, as the chain is.
#[derive(Clone)]
pub(super) struct LedgerCheckpoints {
    signer: NoteSigner,
    edge: Edge,
    last: Option<Last>,
}

impl LedgerCheckpoints {
    /// As it is durable: the roots of blocks, and the events after the last of them.
    pub(super) fn load(connection: &Connection, signer: NoteSigner) -> Result<Self, StoreError> {
        let mut loaded = Self { signer, edge: Edge::new(), last: None };
        loaded.reload(connection)?;
        Ok(loaded)
    }

    /// As it is durable now, after a batch failed.
    pub(super) fn reload(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut edge = Edge::new();
        let mut blocks = connection.prepare_cached("SELECT root FROM ledger_block ORDER BY block")?;
        let mut rows = blocks.query([])?;
        while let Some(row) = rows.next()? {
            edge.push_block(Hash(row.get(0)?));
        }
        let mut tail = connection.prepare_cached("SELECT hash FROM event WHERE seq > ?1 ORDER BY seq")?;
        let mut rows = tail.query([edge.size()])?;
        while let Some(row) = rows.next()? {
            edge.push(merkle::leaf(&Hash(row.get(0)?)));
        }
        self.edge = edge;
        self.last = newest(connection)?.map(|stored| {
            let StoredCheckpoint { size, epoch, at, .. } = stored;
            Last { size, epoch, at }
        });
        Ok(())
    }

    /// One more event.
    pub(super) fn push(&mut self, statements: &mut Statements<'_>, hash: &Hash) -> rusqlite::Result<()> {
        let leaf = if is_planted("event-left-out-of-the-tree") && self.edge.size() % 64 == 40 {
            merkle::empty_root()
        } else {
            merkle::leaf(hash)
        };
        let Some(root) = self.edge.push(leaf) else { return Ok(()) };
        let block = self.edge.size() / BLOCK - 1;
        statements.run("INSERT INTO ledger_block (block, root) VALUES (?1, ?2)", params![block, root.0])
    }

    /// Whether what has happened is to be signed now: the first of an epoch at once, since each epoch is a log of its own.
    pub(super) fn is_due(&self, epoch: u32, now: Timestamp) -> bool {
        let size = self.edge.size();
        match self.last {
            None => size > 0,
            Some(last) if last.size == size => false,
            Some(last) => {
                last.epoch != epoch
                    || size - last.size >= CHECKPOINT_EVERY
                    || (now - last.at).0 >= CHECKPOINT_WITHIN_MS
            }
        }
    }

    /// Signs the tree as it is, in the transaction of its last events.
    pub(super) fn sign(
        &mut self,
        transaction: &Connection,
        (site, epoch): (&SiteKey, u32),
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        let size = self.edge.size();
        let checkpoint = Checkpoint { site: site.clone(), epoch, size, root: self.edge.root() };
        let note = checkpoint.sign(&self.signer);
        transaction
            .prepare_cached(
                "INSERT INTO ledger_checkpoint (size, epoch, at, public, note) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![size, epoch, now.0, self.signer.public().0, note])?;
        self.last = Some(Last { size, epoch, at: now });
        Ok(())
    }
}

/// Holds stored checkpoints and blocks against the events they are of, which are read past it in order (I8).
pub(super) struct Comparison<'c> {
    checkpoints: rusqlite::Rows<'c>,
    next: Option<StoredCheckpoint>,
    blocks: rusqlite::Rows<'c>,
    site: &'c SiteKey,
    edge: Edge,
    seen: u64,
    problems: Vec<String>,
}

impl<'c> Comparison<'c> {
    pub(super) fn begin(
        (checkpoints, blocks): (&'c mut rusqlite::Statement<'_>, &'c mut rusqlite::Statement<'_>),
        site: &'c SiteKey,
    ) -> Result<Self, StoreError> {
        let mut checkpoints = checkpoints.query([])?;
        let next = checkpoints.next()?.map(StoredCheckpoint::of).transpose()?;
        let blocks = blocks.query([])?;
        Ok(Self { checkpoints, next, blocks, site, edge: Edge::new(), seen: 0, problems: Vec::new() })
    }

    /// One more event, and its epoch.
    pub(super) fn push(&mut self, hash: &Hash, epoch: u32) -> Result<(), StoreError> {
        if let Some(root) = self.edge.push(merkle::leaf(hash)) {
            let block = self.edge.size() / BLOCK - 1;
            let stored = self.blocks.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?)));
            if stored.transpose()? != Some((block, root.0)) {
                self.problems.push(format!("block {block} of the Merkle tree is not that of its events"));
            }
        }
        while let Some(stored) = self.next.take_if(|stored| stored.size <= self.edge.size()) {
            let expected =
                Checkpoint { site: self.site.clone(), epoch, size: stored.size, root: self.edge.root() };
            let size = stored.size;
            let wrong = match Checkpoint::open(&stored.note, stored.public) {
                Err(why) => Some(why.to_string()),
                Ok(signed) if signed != expected || stored.epoch != epoch || size != self.edge.size() => {
                    Some("what it signed is not what the ledger holds".to_owned())
                }
                Ok(_) => None,
            };
            let told = wrong.map(|why| format!("the checkpoint of {size} events: {why}"));
            self.problems.extend(told);
            self.seen += 1;
            self.next = self.checkpoints.next()?.map(StoredCheckpoint::of).transpose()?;
        }
        Ok(())
    }

    /// Everything that is not as it must be.
    pub(super) fn finish(mut self) -> Result<Vec<String>, StoreError> {
        if let Some(stored) = self.next {
            let (size, events) = (stored.size, self.edge.size());
            self.problems.push(format!("a checkpoint covers {size} events, the ledger has {events}"));
        }
        if self.blocks.next()?.is_some() {
            self.problems.push("the Merkle tree has blocks of events that are not there".to_owned());
        }
        if self.seen == 0 && self.edge.size() > 0 {
            self.problems.push("no checkpoint of the ledger was ever signed".to_owned());
        }
        Ok(self.problems)
    }
}

/// The statements that [`Comparison::begin`] takes.
pub(super) fn compared(
    connection: &Connection,
) -> rusqlite::Result<(rusqlite::Statement<'_>, rusqlite::Statement<'_>)> {
    let columns = StoredCheckpoint::COLUMNS;
    Ok((
        connection.prepare(&format!("SELECT {columns} FROM ledger_checkpoint ORDER BY size"))?,
        connection.prepare("SELECT block, root FROM ledger_block ORDER BY block")?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Moment;
    use crate::store::{Step, Store, StoreOptions};
    use vestibule_core::{Actor, Event, Site};

    fn low(low: bool) -> Step {
        let events = vec![Event::DiskLow { low }];
        let (cause, rows, sealed) = ("test".to_owned(), Vec::new(), Vec::new());
        Step { actor: Actor::Site, cause, events, rows, sealed, answer: None }
    }

    #[test]
    fn while_space_is_low_nothing_is_signed_and_afterwards_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let options = StoreOptions::in_folder(folder.path(), SiteKey::new("low").expect("key"));
        let (mut store, _) = Store::open(options, NoteSigner::from_seed(&[1; 32])).expect("opens");
        let mut state = Site { disk_low: true, ..Site::default() };
        let now = |hour| {
            let at = Timestamp(1_772_442_000_000 + hour * CHECKPOINT_WITHIN_MS);
            (at, Moment { wall: at, monotonic_ms: 0 })
        };
        let mut commit = |steps, state: &Site, hour| {
            let batch = store.batch(steps, state, now(hour));
            store.commit(batch).expect("the disk works");
            newest(store.connection()).expect("readable").map(|stored| stored.size)
        };
        assert_eq!(commit(vec![low(true)], &state, 0), None);
        assert_eq!(commit(vec![low(true)], &state, 5), None);
        state.disk_low = false;
        assert_eq!(commit(Vec::new(), &state, 5), Some(2), "an idle look signs what is left");
        assert_eq!(commit(vec![low(false)], &state, 5), Some(2), "within the hour");
        assert_eq!(commit(Vec::new(), &state, 6), Some(3));
    }
}
