//! Modbus relay boards with discrete inputs: RTU, RTU over TCP (the same bytes) and TCP.
//!
//! Owns everything about these bytes. A relay unlocks a compartment, a discrete input is its door contact. A lock is
//! pulsed by the board's own clock (function 05 to `0200` + channel), never by an "on" and a later "off" of ours: a coil
//! would burn if we died between them. The echo of a pulse proves nothing about the door.
//!
//! - [`Request`] is all that can be sent: pulse one relay, switch relays off, read relays, inputs, modes and who the board is,
//!   set a channel to its normal mode. Frames that switch a relay on and leave it, or speak to all relays or all units, have no encoder.
//! - [`decode_rtu`] and [`decode_tcp`] read any [`Frame`], both ways, also those this program never sends.
//! - [`Session`] speaks to one line, one transaction at a time.
//! - [`decode_for_people`] puts it into words, whichever of the two it is.

mod decoding;
mod dialect;
mod frame;
mod frame_error;
mod people;
mod request;

pub use decoding::{TcpFrame, decode_rtu, decode_tcp};
pub use dialect::{Framing, Modbus, Session};
pub use frame::{CoilOrder, Frame, Message, Table};
pub use frame_error::FrameError;
pub use people::decode_for_people;
pub use request::{Channel, PulseTime, Request, Unit};

/// CRC-16/MODBUS of all bytes; on the line its low byte comes first.
#[must_use]
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xA001 } else { sum >> 1 })
    })
}
