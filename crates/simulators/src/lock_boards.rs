//! Lock boards as they really talk, with the doors that hang on them: five families, one kind of wall.
//!
//! [`LockBoards`] is one line with its boards: bytes in, bytes out, with the time given by the caller. [`Line`] is
//! the same behind tokio: on TCP, on a pseudo-terminal, or on any stream. What the boards speak is [`Firmware`], written
//! from the published frames alone: nothing here uses the codecs it is there to test.

mod boards;
mod door;
mod firmware;
mod line;
mod pty;

pub use boards::{BoardFaults, BoardOptions, Cable, CoilPulse, Identity, LineFault, LockBoards, StatusOrder};
pub use door::{DoorFaults, DoorModel, Wiring};
pub use firmware::Firmware;
pub use line::{Line, serve_stream, serve_tcp};
pub(crate) use pty::open_pty;
pub use pty::serve_pty;
