//! One frame, both ways, read from its bytes. Owns shape, length and check; says nothing about what is encrypted.

use thiserror::Error;

use super::{FrameKind, checksum, crc};

const MARK: u8 = 0xFF;
const START: u8 = 0x53;
const REPLY: u8 = 0x80;
const HAS_CRC: u8 = 0x04;
const HAS_SECURITY: u8 = 0x08;
/// Start, address, length, control.
const HEAD: usize = 5;
const MAC: usize = 4;
/// Types of security block: the four of a handshake, then MAC alone, then MAC and encryption; the even ones from a device.
const FIRST_SECURE: u8 = 0x11;
const FIRST_WITH_MAC: u8 = 0x15;
const FIRST_ENCRYPTED: u8 = 0x17;
const LAST_SECURE: u8 = 0x18;

/// A frame whose length and check are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The device, 0 to 126, or [`super::BROADCAST`].
    pub address: u8,
    /// Which command or reply.
    pub kind: FrameKind,
    /// 0 begins anew; then 1, 2, 3, 1 and so on.
    pub sequence: u8,
    /// How it is checked.
    pub check: Check,
    /// Of a secure channel.
    pub security: Option<Security<'a>>,
    /// What comes with it, encrypted where the security block says so.
    pub data: &'a [u8],
}

/// How a frame is checked against noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The last byte makes the sum of all zero.
    Sum,
    /// [`super::crc`].
    Crc,
}

/// The part of a frame that belongs to a secure channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Security<'a> {
    /// `11` to `14` a handshake, `15` and `16` with MAC, `17` and `18` encrypted too.
    pub kind: u8,
    /// What the block carries.
    pub data: &'a [u8],
    /// The first four bytes of the MAC, where it has one.
    pub mac: Option<[u8; MAC]>,
}

impl Security<'_> {
    /// Whether the data of the frame cannot be read without the keys of the session.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.kind >= FIRST_ENCRYPTED
    }
}

/// Why some bytes are not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Nothing came.
    #[error("no bytes: expected a frame such as 53 05 08 00 04 60 BB AA")]
    Empty,
    /// The first byte starts no frame.
    #[error("starts with {0:02X}: expected 53, or FF 53")]
    Start(u8),
    /// Too short to say what it is.
    #[error("{0} bytes: the shortest frame has 7, or 8 with a CRC")]
    Short(usize),
    /// The length it names is not the length it has.
    #[error("says it has {said} bytes and has {found}")]
    Length {
        /// Bytes 3 and 4.
        said: u16,
        /// How many came, the mark not counted.
        found: usize,
    },
    /// The sum is wrong.
    #[error("checksum is {found:02X}, expected {expected:02X}")]
    Sum {
        /// The last byte that came.
        found: u8,
        /// What it should be.
        expected: u8,
    },
    /// The CRC is wrong.
    #[error("CRC is {found:04X}, expected {expected:04X} (sent low byte first)")]
    Crc {
        /// The last two bytes that came.
        found: u16,
        /// What they should be.
        expected: u16,
    },
    /// The security block does not fit into the frame.
    #[error("a security block of {length} bytes does not fit")]
    SecurityLength {
        /// Its first byte.
        length: u8,
    },
    /// No such security block, or it goes the other way.
    #[error("a security block of type {kind:02X} is not sent by a {}", if *is_reply { "device" } else { "control panel" })]
    SecurityKind {
        /// Its second byte.
        kind: u8,
        /// The frame comes from a device.
        is_reply: bool,
    },
    /// No such command or reply.
    #[error("{} {code:02X} is not known", if *is_reply { "reply" } else { "command" })]
    Code {
        /// The code.
        code: u8,
        /// The frame comes from a device.
        is_reply: bool,
    },
}

/// Reads exactly one frame, from its first to its last byte, a mark byte before it or not.
///
/// # Errors
/// Why it is none.
pub fn decode(bytes: &[u8]) -> Result<Frame<'_>, FrameError> {
    let bytes = match *bytes {
        [] => return Err(FrameError::Empty),
        [MARK, START, ..] => &bytes[1..],
        [START, ..] => bytes,
        [other, ..] => return Err(FrameError::Start(other)),
    };
    let &[_, address, low, high, control, ..] = bytes else { return Err(FrameError::Short(bytes.len())) };
    let said = u16::from_le_bytes([low, high]);
    if usize::from(said) != bytes.len() {
        return Err(FrameError::Length { said, found: bytes.len() });
    }
    let (body, check) = checked(bytes, control & HAS_CRC != 0)?;
    let is_reply = address & REPLY != 0;
    let (security, body) = if control & HAS_SECURITY == 0 { (None, body) } else { secured(body, is_reply)? };
    let (&code, data) = body.split_first().ok_or(FrameError::Short(bytes.len()))?;
    let kind = FrameKind::of(code, is_reply).ok_or(FrameError::Code { code, is_reply })?;
    Ok(Frame { address: address & !REPLY, kind, sequence: control & 0x03, check, security, data })
}

/// What lies between the head and a check that is right.
fn checked(bytes: &[u8], has_crc: bool) -> Result<(&[u8], Check), FrameError> {
    let short = FrameError::Short(bytes.len());
    if has_crc {
        let (rest, &last) = bytes.split_last_chunk().ok_or(short)?;
        let (found, expected) = (u16::from_le_bytes(last), crc(rest));
        if found != expected {
            return Err(FrameError::Crc { found, expected });
        }
        return Ok((rest.get(HEAD..).ok_or(short)?, Check::Crc));
    }
    let (&found, rest) = bytes.split_last().ok_or(short)?;
    let expected = checksum(rest);
    if found != expected {
        return Err(FrameError::Sum { found, expected });
    }
    Ok((rest.get(HEAD..).ok_or(short)?, Check::Sum))
}

/// The security block at the front, the MAC at the end, and what lies between.
fn secured(body: &[u8], is_reply: bool) -> Result<(Option<Security<'_>>, &[u8]), FrameError> {
    let length = body.first().copied().unwrap_or(0);
    let Some((block, rest)) = body.split_at_checked(usize::from(length)) else {
        return Err(FrameError::SecurityLength { length });
    };
    let &[_, kind, ref data @ ..] = block else { return Err(FrameError::SecurityLength { length }) };
    let is_from_device = kind % 2 == 0;
    if !(FIRST_SECURE..=LAST_SECURE).contains(&kind) || is_from_device != is_reply {
        return Err(FrameError::SecurityKind { kind, is_reply });
    }
    if kind < FIRST_WITH_MAC {
        return Ok((Some(Security { kind, data, mac: None }), rest));
    }
    let (rest, mac) = rest.split_last_chunk::<MAC>().ok_or(FrameError::Short(body.len()))?;
    Ok((Some(Security { kind, data, mac: Some(*mac) }), rest))
}
