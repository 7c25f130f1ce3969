//! The `wkly` family: lock boards whose frames start with `57 4B 4C 59`, 9600 8N1.
//!
//! Owns everything about these bytes: `"WKLY" LEN ADDR CMD DATA.. XOR`, where LEN counts the whole frame and XOR is over
//! everything before it. Sources: a vendor's examples in one public application, and four drivers that repeat the frame.
//! The answer to "unlock" proves nothing about the door, though it names one.
//!
//! - [`Request`] is all that can be sent: read one, read all, unlock one. Frames that open several locks or all of them,
//!   keep a lock open or flash a lamp have no encoder.
//! - [`decode`] reads any [`Frame`] of the family, both ways, also those this program never sends.
//! - [`Session`] speaks to one line, one transaction at a time.
//! - [`decode_for_people`] puts it into words.

mod dialect;
mod frame;
mod frame_error;
mod people;
mod request;

pub use dialect::{Session, Wkly};
pub use frame::{Door, Frame, Order, Outcome, decode};
pub use frame_error::FrameError;
pub use people::decode_for_people;
pub use request::{BoardAddress, LockNumber, Request};

/// The exclusive or of all bytes: the last byte of every frame is this over the bytes before it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}
