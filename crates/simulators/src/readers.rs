//! Readers on an OSDP line as they really talk (SIA OSDP 2.2): card, keypad, light, buzzer, a relay, inputs, and the secure channel.
//!
//! [`OsdpReader`] holds all meaning: bytes and a time in, bytes out. [`ReaderLine`] is several of them behind tokio, on TCP or a
//! pseudo-terminal. Frames, MACs and keys are written from the published tables alone: nothing here uses the code it is there to test.

mod channel;
mod faults;
mod frame;
mod line;
mod reader;

pub use faults::ReaderFaults;
pub use line::{ReaderLine, serve_reader_pty, serve_readers_tcp};
pub use reader::{Light, OsdpReader, ReaderOptions, Relayed};
