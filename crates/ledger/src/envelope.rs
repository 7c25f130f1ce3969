//! What surrounds every event, and its hash. Owns the byte layout of the preimage; never looks inside a
//! payload and never encodes one anew.
//!
//! The preimage is thirteen fields one after the other, each as its length in bytes (unsigned, 64 bits,
//! big-endian) and then its bytes:
//!
//! | # | field | bytes |
//! |---|---|---|
//! | 1 | domain tag | `vestibule/event/1` |
//! | 2 | site | ASCII |
//! | 3 | epoch | 4, unsigned big-endian |
//! | 4 | seq | 8, unsigned big-endian |
//! | 5 | kind | UTF-8 |
//! | 6 | version | 2, unsigned big-endian |
//! | 7 | occurred_at | 8, two's complement big-endian |
//! | 8 | recorded_at | 8, two's complement big-endian |
//! | 9 | boot_id | 4, unsigned big-endian |
//! | 10 | actor | UTF-8 |
//! | 11 | cause | UTF-8 |
//! | 12 | prev_hash | 32 |
//! | 13 | payload | as they are |
//!
//! Every field carries its length, so no byte can move from one field to its neighbour unseen.

use sha2::{Digest, Sha256};

use crate::{Hash, SiteKey};

const EVENT_TAG: &[u8] = b"vestibule/event/1";
const GENESIS_TAG: &[u8] = b"vestibule/genesis/1";

/// One event with everything that says where, when, by whom and after what it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Whose ledger.
    pub site: SiteKey,
    /// Which life of the ledger, from 1. Rises when a site was restored or found its disk rolled back.
    pub epoch: u32,
    /// Place in the site's ledger, dense from 1; goes on across epochs. The only order there is.
    pub seq: u64,
    /// What happened, as a stable word of the writer's vocabulary.
    pub kind: String,
    /// Version of the payload's form for this kind.
    pub version: u16,
    /// When it happened, as the device says: milliseconds since 1970-01-01 UTC. A claim; may be wrong.
    pub occurred_at: i64,
    /// When it was recorded, in site time: milliseconds since 1970-01-01 UTC; never falls along a ledger.
    pub recorded_at: i64,
    /// Which start of the site's process wrote it.
    pub boot_id: u32,
    /// Who or what acted: an id, never a name.
    pub actor: String,
    /// Why: the key of the command or the event that led to it; may be empty.
    pub cause: String,
    /// Hash of the event before, or [`Hash::genesis`] for the first.
    pub prev_hash: Hash,
    /// The event itself, in the bytes it was first written in.
    pub payload: Vec<u8>,
}

/// An [`Envelope`] whose texts and bytes belong to somebody else: hashing one allocates nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnvelopeRef<'a> {
    /// See [`Envelope::site`].
    pub site: &'a SiteKey,
    /// See [`Envelope::epoch`].
    pub epoch: u32,
    /// See [`Envelope::seq`].
    pub seq: u64,
    /// See [`Envelope::kind`].
    pub kind: &'a str,
    /// See [`Envelope::version`].
    pub version: u16,
    /// See [`Envelope::occurred_at`].
    pub occurred_at: i64,
    /// See [`Envelope::recorded_at`].
    pub recorded_at: i64,
    /// See [`Envelope::boot_id`].
    pub boot_id: u32,
    /// See [`Envelope::actor`].
    pub actor: &'a str,
    /// See [`Envelope::cause`].
    pub cause: &'a str,
    /// See [`Envelope::prev_hash`].
    pub prev_hash: Hash,
    /// See [`Envelope::payload`].
    pub payload: &'a [u8],
}

impl Envelope {
    /// The same event, borrowed.
    #[must_use]
    pub fn view(&self) -> EnvelopeRef<'_> {
        EnvelopeRef {
            site: &self.site,
            epoch: self.epoch,
            seq: self.seq,
            kind: &self.kind,
            version: self.version,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            boot_id: self.boot_id,
            actor: &self.actor,
            cause: &self.cause,
            prev_hash: self.prev_hash,
            payload: &self.payload,
        }
    }

    /// SHA-256 over the preimage described at the head of this module.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.view().hash()
    }
}

impl EnvelopeRef<'_> {
    /// SHA-256 over the preimage described at the head of this module. Feeds the hasher field by field
    /// and allocates nothing.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        feed(&mut hasher, EVENT_TAG);
        feed(&mut hasher, self.site.as_str().as_bytes());
        feed(&mut hasher, &self.epoch.to_be_bytes());
        feed(&mut hasher, &self.seq.to_be_bytes());
        feed(&mut hasher, self.kind.as_bytes());
        feed(&mut hasher, &self.version.to_be_bytes());
        feed(&mut hasher, &self.occurred_at.to_be_bytes());
        feed(&mut hasher, &self.recorded_at.to_be_bytes());
        feed(&mut hasher, &self.boot_id.to_be_bytes());
        feed(&mut hasher, self.actor.as_bytes());
        feed(&mut hasher, self.cause.as_bytes());
        feed(&mut hasher, &self.prev_hash.0);
        feed(&mut hasher, self.payload);
        Hash(hasher.finalize().into())
    }
}

impl Hash {
    /// What the first event of `site` names as the hash before it: SHA-256 over the tag
    /// `vestibule/genesis/1` and the site key, each with its 64-bit length in front. Different for every
    /// site, so that the first event of one ledger cannot pass as the first of another.
    #[must_use]
    pub fn genesis(site: &SiteKey) -> Self {
        let mut hasher = Sha256::new();
        feed(&mut hasher, GENESIS_TAG);
        feed(&mut hasher, site.as_str().as_bytes());
        Self(hasher.finalize().into())
    }
}

fn feed(hasher: &mut Sha256, field: &[u8]) {
    hasher.update((field.len() as u64).to_be_bytes());
    hasher.update(field);
}
