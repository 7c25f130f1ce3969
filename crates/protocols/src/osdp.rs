//! OSDP 2.2 (IEC 60839-11-5): the line between a control panel and the readers and door outputs behind it, on RS-485.
//!
//! Owns the shape of a frame, both ways: `53 ADDR LENLO LENHI CTRL [SCB..] CODE DATA.. [MAC] CRCLO CRCHI`, a mark byte `FF`
//! before it or not, a sum of eight bits instead of the CRC where CTRL says so. Sources: the published vectors of SIA's
//! Annex E, and frames captured between two public implementations. Keys, cryptograms and what is encrypted are not read
//! here: [`decode`] names a frame of a secure channel and gives its bytes as they came.
//!
//! - [`decode`] reads one [`Frame`].
//! - [`ControlPanel`] speaks to the readers of one line, over secure channels alone.
//! - [`decode_for_people`] puts it into words, without card numbers and keys pressed.

mod channel;
mod code;
mod command;
mod frame;
mod panel;
mod people;
mod peripheral;
mod stream;

pub use code::{CommandKind, FrameKind, ReplyKind};
pub use command::{Color, PanelCommand};
pub use frame::{Check, Frame, FrameError, Security, decode};
pub use panel::{
    ControlPanel, OfflineReason, OrderFault, PanelEvent, PanelExchange, PanelInput, PanelOutput, Random,
};
pub use people::decode_for_people;
pub use peripheral::{Key, PeripheralConfig, Tally};
use stream::{Next, next as next_frame};

/// The address every device listens to.
pub const BROADCAST: u8 = 0x7F;

/// CRC-16 of a frame without its CRC: polynomial `1021`, initial value `1D0F`, not reflected; sent low byte first.
#[must_use]
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0x1D0F, |crc: u16, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
            },
        )
    })
}

/// The other check: what makes the sum of all bytes zero modulo 256.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte)).wrapping_neg()
}
