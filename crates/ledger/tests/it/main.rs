//! The ledger's tests: published vectors, tampering, the export line, the store story, the Merkle tree and
//! its checkpoints against other implementations.

mod chain;
mod checkpoint;
mod export;
mod ledgers;
mod merkle;
mod note;
mod others_tree;
mod pack;
mod store;
mod tamper;
mod vectors;
