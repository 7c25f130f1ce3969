//! The `kerong_cu` family: Kerong CU12 and CU16 lock boards, on RS-485 (19200 8N1) or raw on TCP port 5000.
//!
//! Owns everything about these bytes: `02 ADDR CMD .. 03 SUM`, the sum of the bytes before it modulo 256. ADDR is the
//! board in the high half and the lock in the low half, both from 0. Sources: four public drivers that agree on the state
//! and unlock frames. It never waits for an answer to "unlock": most boards send none.
//!
//! - [`Request`] is all that can be sent: read the state of one board, unlock one lock. Frames that unlock a whole board,
//!   ask every board or change a setting have no encoder.
//! - [`decode`] reads any [`Frame`] of the family, both ways, also those this program never sends.
//! - [`Session`] speaks to one line, one transaction at a time.
//! - [`decode_for_people`] puts it into words.

mod dialect;
mod frame;
mod people;
mod request;

pub use dialect::{KerongCu, Session};
pub use frame::{Frame, FrameError, State, decode};
pub use people::decode_for_people;
pub use request::{BoardAddress, LockNumber, Request};

/// The sum of all bytes modulo 256: the last byte of every frame is this over the bytes before it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte))
}
