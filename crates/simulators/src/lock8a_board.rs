//! A lock board of the `lock8a` family as it really talks, with the doors that hang on it.
//!
//! [`Lock8aBoards`] is one line with its boards: bytes in, bytes out, with the time given by the caller. [`Line`] is
//! the same behind tokio: on TCP, on a pseudo-terminal, or on any stream. Written from the published frames alone;
//! it never uses the codec it is there to test.

mod boards;
mod door;
mod line;
mod pty;
mod wire;

pub use boards::{BoardFaults, BoardOptions, CoilPulse, Lock8aBoards, StatusOrder};
pub use door::{DoorFaults, DoorModel, Wiring};
pub use line::{Line, serve_stream, serve_tcp};
pub use pty::serve_pty;
