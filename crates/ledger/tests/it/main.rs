//! The ledger's tests: published vectors, tampering, the export line, the store story.

mod chain;
mod export;
mod ledgers;
mod store;
mod tamper;
mod vectors;
