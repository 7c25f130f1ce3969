//! The `lock8a` family: RS-485 lock boards whose frames start with `8A` and `80` and end with an XOR.
//!
//! Owns everything about these bytes. Sources: Shuoming's board documents of 2021 and 2024 and the public drivers
//! that repeat them. It never says that a door opened because a board answered "unlock": only a later state does.
//!
//! - [`Request`] is all that can be sent: read one, read all, unlock one. Frames that open several locks, all locks
//!   or hold a coil have no encoder; [`BoardAddress`] and [`LockNumber`] exclude the broadcast numbers.
//! - [`find_answer`] finds a board's answer in what came, whatever noise is around it.
//! - [`Session`] speaks to one bus, one transaction at a time.
//! - [`decode_for_people`] explains any frame of the family, also those this program never sends.

mod address;
mod answer;
mod dialect;
mod people;
mod people_forms;
mod request;
mod status;

pub use address::{BoardAddress, LockNumber};
pub use answer::{Answer, FrameError, decode_answer, find_answer, find_changes};
pub use dialect::{Lock8a, Session, SessionEvent};
pub use people::decode_for_people;
pub use request::Request;
pub use status::{Contact, FeedbackPolarity, StatusBytes, StatusOrder};

pub use crate::session::{
    BeginError, Conflict, Fault, RESPONSE_TIMEOUT_MAX_MS, SessionInput, Timing, TimingError,
};

/// The exclusive or of all bytes: the last byte of every frame is this over the bytes before it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}
