//! Reads a frame of either transport from its bytes. Owns shape and checksum; never decides when a frame has ended.

use super::{CoilOrder, Frame, FrameError, Message, Table, crc};

/// The most bits and registers the standard lets one question ask for.
const BITS_MAX: u16 = 2000;
const REGISTERS_MAX: u16 = 125;
const COILS_MAX: u16 = 1968;
/// The kind of function 2B that reads who a board is.
const IDENTITY: u8 = 0x0E;

/// A frame of Modbus TCP: its transaction number ties an answer to its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcpFrame {
    /// Chosen by who asks, repeated by who answers.
    pub transaction: u16,
    /// The frame.
    pub frame: Frame,
}

/// Reads exactly one RTU frame, from its first to its last byte.
pub fn decode_rtu(bytes: &[u8]) -> Result<Frame, FrameError> {
    match bytes {
        [] => Err(FrameError::Empty),
        [unit, function, data @ .., low, high] => {
            let (found, expected) = (u16::from_le_bytes([*low, *high]), crc(&bytes[..bytes.len() - 2]));
            if found != expected {
                return Err(FrameError::Checksum { found, expected });
            }
            Ok(Frame { unit: *unit, message: decode_message(*function, data)? })
        }
        _ => Err(FrameError::Short { found: bytes.len(), shortest: 5 }),
    }
}

/// Reads exactly one TCP frame, from its first to its last byte.
pub fn decode_tcp(bytes: &[u8]) -> Result<TcpFrame, FrameError> {
    let [t1, t2, p1, p2, l1, l2, after @ ..] = bytes else {
        return Err(FrameError::Short { found: bytes.len(), shortest: 9 });
    };
    let protocol = u16::from_be_bytes([*p1, *p2]);
    if protocol != 0 {
        return Err(FrameError::Protocol(protocol));
    }
    let declared = u16::from_be_bytes([*l1, *l2]);
    if usize::from(declared) != after.len() {
        return Err(FrameError::DeclaredLength { declared, found: after.len() });
    }
    let [unit, function, data @ ..] = after else {
        return Err(FrameError::Short { found: bytes.len(), shortest: 9 });
    };
    let frame = Frame { unit: *unit, message: decode_message(*function, data)? };
    Ok(TcpFrame { transaction: u16::from_be_bytes([*t1, *t2]), frame })
}

fn decode_message(function: u8, data: &[u8]) -> Result<Message, FrameError> {
    match (function, data) {
        (0x01, _) => decode_bits(Table::Relays, function, data),
        (0x02, _) => decode_bits(Table::Inputs, function, data),
        (0x03, [a1, a2, c1, c2]) => {
            let count = counted(*c1, *c2, REGISTERS_MAX)?;
            Ok(Message::Read { table: Table::Registers, address: u16::from_be_bytes([*a1, *a2]), count })
        }
        (0x03, [length, values @ ..])
            if !values.is_empty() && values.len() % 2 == 0 && usize::from(*length) == values.len() =>
        {
            let values = values.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            Ok(Message::Registers { values: values.collect() })
        }
        (0x05, [a1, a2, v1, v2]) => {
            decode_coil(u16::from_be_bytes([*a1, *a2]), u16::from_be_bytes([*v1, *v2]))
        }
        (0x06, [a1, a2, v1, v2]) => Ok(Message::Register {
            address: u16::from_be_bytes([*a1, *a2]),
            value: u16::from_be_bytes([*v1, *v2]),
        }),
        (0x0F, [a1, a2, c1, c2, rest @ ..]) => {
            let (address, count) = (u16::from_be_bytes([*a1, *a2]), counted(*c1, *c2, COILS_MAX)?);
            decode_coils(address, count, rest).ok_or(FrameError::Length { function, found: data.len() })
        }
        (0x2B, [IDENTITY, code, first]) => Ok(Message::Identify { code: *code, first: *first }),
        (0x2B, [IDENTITY, code, _conformity, more, next, count, words @ ..]) => {
            let words = words_of(words, *count).ok_or(FrameError::Length { function, found: data.len() })?;
            Ok(Message::Identity { code: *code, next: (*more == 0xFF).then_some(*next), words })
        }
        (0x81 | 0x82 | 0x83 | 0x85 | 0x86 | 0x8F | 0xAB, [0]) => Err(FrameError::RefusalCode),
        (0x81 | 0x82 | 0x83 | 0x85 | 0x86 | 0x8F | 0xAB, [code]) => {
            Ok(Message::Refusal { function: function & 0x7F, code: *code })
        }
        (0x03 | 0x05 | 0x06 | 0x0F | 0x2B | 0x81 | 0x82 | 0x83 | 0x85 | 0x86 | 0x8F | 0xAB, _) => {
            Err(FrameError::Length { function, found: data.len() })
        }
        (other, _) => Err(FrameError::Function(other)),
    }
}

/// So many words, each with its number and its length before it, and nothing after them.
fn words_of(mut bytes: &[u8], count: u8) -> Option<Vec<(u8, Vec<u8>)>> {
    let mut words = Vec::new();
    for _ in 0..count {
        let [number, length, rest @ ..] = bytes else { return None };
        let (word, rest) = rest.split_at_checked(usize::from(*length))?;
        words.push((*number, word.to_vec()));
        bytes = rest;
    }
    bytes.is_empty().then_some(words)
}

/// A question at `03xx` is as long as an answer of three bytes and is taken for one: no board has relays or inputs there.
fn decode_bits(table: Table, function: u8, data: &[u8]) -> Result<Message, FrameError> {
    match data {
        [length, bits @ ..] if !bits.is_empty() && usize::from(*length) == bits.len() => {
            Ok(Message::Bits { table, bits: bits.to_vec() })
        }
        [a1, a2, c1, c2] => {
            let count = counted(*c1, *c2, BITS_MAX)?;
            Ok(Message::Read { table, address: u16::from_be_bytes([*a1, *a2]), count })
        }
        _ => Err(FrameError::Length { function, found: data.len() }),
    }
}

fn counted(high: u8, low: u8, last: u16) -> Result<u16, FrameError> {
    let found = u16::from_be_bytes([high, low]);
    if (1..=last).contains(&found) { Ok(found) } else { Err(FrameError::Count { found, last }) }
}

fn decode_coil(address: u16, value: u16) -> Result<Message, FrameError> {
    let is_timed = matches!(address, 0x0200..=0x02FF | 0x0400..=0x04FF);
    let order = match value {
        0xFF00 if is_timed => CoilOrder::PulseEcho,
        1..=0x7FFF if address >> 8 == 0x02 => CoilOrder::Pulse(value),
        1..=0x7FFF if address >> 8 == 0x04 => CoilOrder::PulseOff(value),
        _ if is_timed => return Err(FrameError::PulseValue(value)),
        0xFF00 => CoilOrder::On,
        0x0000 => CoilOrder::Off,
        0x5500 => CoilOrder::Toggle,
        other => return Err(FrameError::CoilValue(other)),
    };
    Ok(Message::Coil { address, order })
}

fn decode_coils(address: u16, count: u16, rest: &[u8]) -> Option<Message> {
    match rest {
        [] => Some(Message::CoilsAnswer { address, count }),
        [length, bits @ ..] => {
            let is_right = usize::from(*length) == bits.len() && bits.len() == usize::from(count.div_ceil(8));
            is_right.then(|| Message::Coils { address, count, bits: bits.to_vec() })
        }
    }
}
