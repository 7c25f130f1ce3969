//! The ledger of a site: what an event is on disk, how events are chained, and how anyone checks them.
//!
//! Owns the envelope and its hash, the chain, the verifier, the export line, the Merkle tree with its signed
//! checkpoints, and the story every event store must pass. Never knows what a payload means (it is bytes), never reads a clock, a file or a
//! socket, and never depends on the rules of a site: so a hub can keep and check ledgers of sites newer
//! than itself.
//!
//! Read in this order: [`envelope`], [`chain`], [`verifier`], [`store`], [`export`], [`merkle`], [`note`],
//! [`checkpoint`], [`pack`].
//! The byte layout with vectors is in `docs/ledger.md`.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod chain;
pub mod checkpoint;
pub mod conformance;
pub mod envelope;
pub mod export;
pub mod hash;
mod hex;
pub mod merkle;
pub mod note;
pub mod pack;
pub mod site_key;
pub mod store;
pub mod verifier;

pub use chain::{Chain, Draft, DraftError, EPOCH_RAISED, FIRST_EPOCH, Head, HeadError, Sealed};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use envelope::{Envelope, EnvelopeRef};
pub use export::{LineError, decode_line, encode_line};
pub use hash::{Hash, HashError};
pub use merkle::Edge;
pub use note::{NoteError, NoteKey, NoteKeyError, NoteSigner, PublicKey};
pub use site_key::{SiteKey, SiteKeyError};
pub use store::{AppendError, EventStore, MemStore};
pub use verifier::{Fault, Flaw, Verifier};
