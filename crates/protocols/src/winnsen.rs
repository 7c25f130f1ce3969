//! The `winnsen` family: lock boards of the "Winnsen Serial Command Document V202104", 9600 8N1.
//!
//! Owns everything about these bytes: `90 LEN FUNCTION STATION .. 03`, without a checksum. A damaged frame may therefore
//! look right: one answer alone is never to be believed, state is read twice before anything is made of it, and
//! [`Frame::confirms`] says whether two answers agree. The answer to "unlock" proves nothing about the door.
//!
//! - [`Request`] is all that can be sent: read the state of one board, unlock one lock.
//! - [`decode`] reads any [`Frame`] of the family, both ways.
//! - [`Session`] speaks to one line, one transaction at a time.
//! - [`decode_for_people`] puts it into words.

mod dialect;
mod frame;
mod people;
mod request;

pub use dialect::{Session, Winnsen};
pub use frame::{Frame, FrameError, UnlockResult, decode};
pub use people::decode_for_people;
pub use request::{LockNumber, Request, Station};
