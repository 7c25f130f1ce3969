//! Wire protocols of lock boards and door readers, without input or output.
//!
//! Owns the bytes: encoding, decoding, resynchronising, and the order in which a bus may be spoken to. It never
//! opens a port, reads a clock or sleeps: the caller hands in bytes and the time, and takes bytes and events out.
//! One folder a protocol, and one [`session`] for all families of lock boards. No encoder of any family can open
//! several locks, hold a coil or speak to every board.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod decoded;
pub mod kerong_cu;
pub mod lock8a;
mod millis;
pub mod modbus;
mod number;
pub mod osdp;
pub mod session;
pub mod winnsen;
pub mod wkly;

pub use decoded::{Channels, Decoded};
pub use millis::Millis;
pub use number::OutOfRange;
