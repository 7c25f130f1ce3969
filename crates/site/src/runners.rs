//! The tasks that touch the world: buses pulse coils and watch doors of compartments, controllers release doors one walks
//! through, messages are handed to servers, slips and labels to printers, and scanners are heard.
//!
//! Each is two halves: one that holds all meaning and is driven with facts, and a tokio shell that waits and moves.

pub mod bus;
pub mod cameras;
pub mod certificate;
pub mod devices;
pub mod doors;
pub mod messages;
pub mod printing;
pub mod scanning;
