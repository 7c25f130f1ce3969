//! The one door through which events are kept, and a store in memory. Never chains or numbers events: they
//! arrive sealed. [`crate::conformance`] is the story every store must pass.

use std::convert::Infallible;

use crate::{Fault, Head, Sealed, SiteKey, Verifier};

/// Keeps the events of one site, in order, for ever.
pub trait EventStore {
    /// What can go wrong beneath.
    type Error: std::error::Error;

    /// Stores `events` after `expected`: all of them, durably, or none.
    ///
    /// # Errors
    /// [`AppendError`]; nothing was stored, unless the store says otherwise in its own error.
    fn append(&mut self, expected: &Head, events: &[Sealed]) -> Result<(), AppendError<Self::Error>>;

    /// Up to `limit` events in order, from `from_seq` on (0 and 1 both mean the first). Fewer only at the end.
    ///
    /// # Errors
    /// The store's own.
    fn read(&self, from_seq: u64, limit: usize) -> Result<Vec<Sealed>, Self::Error>;

    /// Where the stored ledger ends; [`Head::genesis`] when it is empty.
    ///
    /// # Errors
    /// The store's own.
    fn head(&self) -> Result<Head, Self::Error>;
}

/// Why nothing was appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError<E> {
    /// Somebody else appended, or the caller holds an old head.
    #[error("the ledger ends at {actual}, not where the writer thought")]
    HeadMoved {
        /// Where it ends.
        actual: Head,
    },
    /// The events do not follow the head; the index counts within the batch.
    #[error("the batch does not follow the ledger: {0}")]
    NotNext(Fault),
    /// The store's own error.
    #[error("the store failed")]
    Store(#[source] E),
}

/// A store in memory: for tests and for whatever needs a ledger without a disk.
#[derive(Clone, Debug)]
pub struct MemStore {
    site: SiteKey,
    events: Vec<Sealed>,
}

impl MemStore {
    /// An empty store for `site`.
    #[must_use]
    pub fn new(site: SiteKey) -> Self {
        Self { site, events: Vec::new() }
    }

    fn end(&self) -> (Head, i64) {
        match self.events.last() {
            Some(last) => (last.head(), last.envelope.recorded_at),
            None => (Head::genesis(&self.site), i64::MIN),
        }
    }
}

impl EventStore for MemStore {
    type Error = Infallible;

    fn append(&mut self, expected: &Head, events: &[Sealed]) -> Result<(), AppendError<Infallible>> {
        let (actual, recorded_at) = self.end();
        if actual != *expected {
            return Err(AppendError::HeadMoved { actual });
        }
        let mut verifier = Verifier::resume(self.site.clone(), actual, recorded_at);
        for event in events {
            verifier.push(event.envelope.view(), &event.hash).map_err(AppendError::NotNext)?;
        }
        self.events.extend_from_slice(events);
        Ok(())
    }

    fn read(&self, from_seq: u64, limit: usize) -> Result<Vec<Sealed>, Infallible> {
        let start = usize::try_from(from_seq.saturating_sub(1)).unwrap_or(usize::MAX);
        Ok(self.events.iter().skip(start).take(limit).cloned().collect())
    }

    fn head(&self) -> Result<Head, Infallible> {
        Ok(self.end().0)
    }
}
