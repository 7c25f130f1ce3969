//! Where a ledger ends, and how the next event is joined to it. Owns seq, epoch and prev_hash of every new
//! event; never stores anything and never decides what is recorded.

use std::fmt;
use std::str::FromStr;

use crate::{Envelope, Hash, SiteKey};

/// The kind of the one event that opens a new epoch. No other event may raise the epoch, and this one must.
pub const EPOCH_RAISED: &str = "epoch-raised";

/// The epoch of a ledger that was never restored.
pub const FIRST_EPOCH: u32 = 1;

/// The end of a ledger: what the next event must follow. Its text is `EPOCH/SEQ/HASH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Epoch of the last event, [`FIRST_EPOCH`] when there is none.
    pub epoch: u32,
    /// seq of the last event, 0 when there is none.
    pub seq: u64,
    /// Hash of the last event, [`Hash::genesis`] when there is none.
    pub hash: Hash,
}

/// The text is not `EPOCH/SEQ/HASH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a head is EPOCH/SEQ/HASH: two decimal numbers and 64 lower-case hex digits")]
pub struct HeadError;

impl Head {
    /// The head of a ledger without events.
    #[must_use]
    pub fn genesis(site: &SiteKey) -> Self {
        Self { epoch: FIRST_EPOCH, seq: 0, hash: Hash::genesis(site) }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}/{}", self.epoch, self.seq, self.hash)
    }
}

impl FromStr for Head {
    type Err = HeadError;

    fn from_str(text: &str) -> Result<Self, HeadError> {
        let mut parts = text.splitn(3, '/');
        let mut next = || parts.next().ok_or(HeadError);
        Ok(Self {
            epoch: next()?.parse().map_err(|_| HeadError)?,
            seq: next()?.parse().map_err(|_| HeadError)?,
            hash: next()?.parse().map_err(|_| HeadError)?,
        })
    }
}

/// An event before it has a place. The fields mean what they mean in [`Envelope`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// See [`Envelope::kind`].
    pub kind: String,
    /// See [`Envelope::version`].
    pub version: u16,
    /// See [`Envelope::occurred_at`].
    pub occurred_at: i64,
    /// See [`Envelope::recorded_at`].
    pub recorded_at: i64,
    /// See [`Envelope::boot_id`].
    pub boot_id: u32,
    /// See [`Envelope::actor`].
    pub actor: String,
    /// See [`Envelope::cause`].
    pub cause: String,
    /// See [`Envelope::payload`].
    pub payload: Vec<u8>,
}

/// An event with its place and the hash that is stored beside it. One that comes out of a [`Chain`] is
/// right; one that was read from anywhere is a claim until a [`crate::Verifier`] has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The event.
    pub envelope: Envelope,
    /// Its hash as stored.
    pub hash: Hash,
}

impl Sealed {
    /// The head of a ledger that ends with this event.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { epoch: self.envelope.epoch, seq: self.envelope.seq, hash: self.hash }
    }
}

/// A draft that no ledger may hold after this head. The chain is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Site time must never fall.
    #[error("recorded_at {given} is before {last}, that of the event before")]
    RecordedBackwards {
        /// `recorded_at` of the last event.
        last: i64,
        /// `recorded_at` of the draft.
        given: i64,
    },
    /// [`EPOCH_RAISED`] goes through [`Chain::raise_epoch`], and nothing else does.
    #[error("kind {kind:?} does not fit: only {EPOCH_RAISED:?} raises an epoch, and it always does")]
    EpochKind {
        /// The draft's kind.
        kind: String,
    },
    /// The new epoch must be higher.
    #[error("epoch {given} is not above {current}")]
    EpochNotHigher {
        /// The epoch in force.
        current: u32,
        /// The epoch asked for.
        given: u32,
    },
}

/// Gives drafts their place after a head. Clone it to try a batch that may yet fail to be stored.
#[derive(Clone, Debug)]
pub struct Chain {
    site: SiteKey,
    head: Head,
    recorded_at: i64,
}

impl Chain {
    /// A chain at the very beginning of `site`'s ledger.
    #[must_use]
    pub fn new(site: SiteKey) -> Self {
        let head = Head::genesis(&site);
        Self::resume(site, head, i64::MIN)
    }

    /// A chain that goes on after `head`; `recorded_at` is that of the last event (`i64::MIN` when none).
    #[must_use]
    pub fn resume(site: SiteKey, head: Head, recorded_at: i64) -> Self {
        Self { site, head, recorded_at }
    }

    /// The site whose ledger this is.
    #[must_use]
    pub fn site(&self) -> &SiteKey {
        &self.site
    }

    /// Where the ledger ends now.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Seals `draft` as the next event of the epoch in force.
    ///
    /// # Errors
    /// [`DraftError::RecordedBackwards`]; [`DraftError::EpochKind`] for a draft that must raise the epoch.
    pub fn append(&mut self, draft: Draft) -> Result<Sealed, DraftError> {
        if draft.kind == EPOCH_RAISED {
            return Err(DraftError::EpochKind { kind: draft.kind });
        }
        self.seal(self.head.epoch, draft)
    }

    /// Seals `draft`, of kind [`EPOCH_RAISED`], as the first event of `epoch`.
    ///
    /// # Errors
    /// [`DraftError::EpochNotHigher`], [`DraftError::EpochKind`], [`DraftError::RecordedBackwards`].
    pub fn raise_epoch(&mut self, epoch: u32, draft: Draft) -> Result<Sealed, DraftError> {
        if epoch <= self.head.epoch {
            return Err(DraftError::EpochNotHigher { current: self.head.epoch, given: epoch });
        }
        if draft.kind != EPOCH_RAISED {
            return Err(DraftError::EpochKind { kind: draft.kind });
        }
        self.seal(epoch, draft)
    }

    fn seal(&mut self, epoch: u32, draft: Draft) -> Result<Sealed, DraftError> {
        if draft.recorded_at < self.recorded_at {
            return Err(DraftError::RecordedBackwards { last: self.recorded_at, given: draft.recorded_at });
        }
        let envelope = Envelope {
            site: self.site.clone(),
            epoch,
            seq: self.head.seq.checked_add(1).expect("a site never records 2^64 events"),
            kind: draft.kind,
            version: draft.version,
            occurred_at: draft.occurred_at,
            recorded_at: draft.recorded_at,
            boot_id: draft.boot_id,
            actor: draft.actor,
            cause: draft.cause,
            prev_hash: self.head.hash,
            payload: draft.payload,
        };
        let sealed = Sealed { hash: envelope.hash(), envelope };
        self.head = sealed.head();
        self.recorded_at = sealed.envelope.recorded_at;
        Ok(sealed)
    }
}
