//! Wire protocols of lock boards, without input or output.
//!
//! Owns the bytes: encoding, decoding, resynchronising, and the order in which a bus may be spoken to. It never
//! opens a port, reads a clock or sleeps: the caller hands in bytes and the time, and takes bytes and events out.
//! One folder a protocol.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod lock8a;
mod millis;

pub use millis::Millis;
