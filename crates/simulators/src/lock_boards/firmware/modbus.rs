//! Modbus relay boards with inputs: relays at 0, flashes at 0200 and 0400, inputs at 0, modes at 1000.

use super::{Heard, Identity, Order, Sight};

const ILLEGAL_FUNCTION: u8 = 1;
const ILLEGAL_ADDRESS: u8 = 2;
const ILLEGAL_VALUE: u8 = 3;

/// An RTU order that begins here.
pub(super) fn rtu_order(heard: &[u8]) -> Option<(Heard, usize)> {
    let body = match heard.get(1)? {
        1..=6 => 6,
        0x2B => 5,
        0x0F => 7 + usize::from(*heard.get(6)?),
        _ => return None,
    };
    let frame = heard.get(..body + 2)?;
    if crc16(&frame[..body]).to_le_bytes() != frame[body..] {
        return None;
    }
    Some((Heard { address: frame[0], order: order(&frame[1..body]), tag: 0 }, body + 2))
}

/// A TCP order that begins here.
pub(super) fn tcp_order(heard: &[u8]) -> Option<(Heard, usize)> {
    let [tag_high, tag_low, 0, 0, high, low, unit] = *heard.first_chunk()? else { return None };
    let end = 6 + usize::from(u16::from_be_bytes([high, low]));
    let request = heard.get(7..end)?;
    let tag = u16::from_be_bytes([tag_high, tag_low]);
    Some((Heard { address: unit, order: order(request), tag }, end))
}

fn order(request: &[u8]) -> Order {
    if let [0x2B, kind, code, _] = *request {
        let refused = Order::Refuse { function: 0x2B, code: ILLEGAL_FUNCTION };
        return if kind == 0x0E { Order::Identify { code } } else { refused };
    }
    let [function, at_high, at_low, high, low, ref rest @ ..] = *request else {
        return Order::Refuse { function: request.first().copied().unwrap_or(0), code: ILLEGAL_VALUE };
    };
    let (at, value) = (u16::from_be_bytes([at_high, at_low]), u16::from_be_bytes([high, low]));
    let refuse = |code| Order::Refuse { function, code };
    let range =
        || Some((u8::try_from(at & 0xFFF).ok()?, u8::try_from(value).ok().filter(|count| *count > 0)?));
    match (function, at >> 8, range()) {
        (1, 0, Some((first, count))) => Order::ReadRelays { first, count },
        (2, 0, Some((first, count))) => Order::ReadInputs { first, count },
        (3, 0x10, Some((first, count))) => Order::ReadModes { first, count },
        (1..=3, ..) => refuse(ILLEGAL_ADDRESS),
        (5, ..) => coil(at, value).unwrap_or(refuse(ILLEGAL_VALUE)),
        (6, 0x10, _) => Order::SetMode { lock: ((at & 0xFF) as u8).saturating_add(1), mode: value },
        (6, ..) => refuse(ILLEGAL_ADDRESS),
        (0x0F, 0, Some((first, count)))
            if count <= 64 && rest.len() == 1 + usize::from(count.div_ceil(8)) =>
        {
            let bits = rest[1..].iter().rev().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
            Order::Switch { first, count, on: bits, is_many: true }
        }
        (0x0F, ..) => refuse(ILLEGAL_VALUE),
        _ => refuse(ILLEGAL_FUNCTION),
    }
}

fn coil(at: u16, value: u16) -> Option<Order> {
    let index = (at & 0xFF) as u8;
    let on = match value {
        0xFF00 => u64::MAX,
        0x0000 => 0,
        _ if at >> 8 == 0x02 && (1..=0x7FFF).contains(&value) => {
            return Some(Order::Unlock {
                lock: index.saturating_add(1),
                for_ms: Some(u64::from(value) * 100),
            });
        }
        _ => return None,
    };
    match at {
        0x00FF => Some(Order::Switch { first: 0, count: 0xFF, on, is_many: false }),
        0x0000..=0x00FE => Some(Order::Switch { first: index, count: 1, on, is_many: false }),
        _ => None,
    }
}

/// The answer without unit and check.
pub(super) fn answer(order: Order, sight: &Sight) -> Option<Vec<u8>> {
    let has = |first: u8, count: u8| usize::from(first) + usize::from(count) <= sight.shorted.len();
    let span = |first: u8, count: u8| usize::from(first)..usize::from(first) + usize::from(count);
    Some(match order {
        Order::ReadRelays { first, count } if has(first, count) => {
            bits(1, &sight.energised[span(first, count)])
        }
        Order::ReadInputs { first, count } if has(first, count) => {
            bits(2, &sight.shorted[span(first, count)])
        }
        Order::ReadModes { first, count } if has(first, count) => {
            let modes = &sight.modes[span(first, count)];
            let mut body = vec![3, (modes.len() * 2) as u8];
            body.extend(modes.iter().flat_map(|mode| mode.to_be_bytes()));
            body
        }
        Order::Unlock { lock, for_ms } if has(lock - 1, 1) => {
            let tenths = ((for_ms? / 100) as u16).to_be_bytes();
            vec![5, 0x02, lock - 1, tenths[0], tenths[1]]
        }
        Order::Switch { first, count: 0xFF, on, is_many: false } => {
            vec![5, 0, first | 0xFF, if on == 0 { 0 } else { 0xFF }, 0]
        }
        Order::Switch { first, count, is_many: true, .. } if has(first, count) => {
            vec![0x0F, 0, first, 0, count]
        }
        Order::Switch { first, on, is_many: false, .. } if has(first, 1) => {
            vec![5, 0, first, if on == 0 { 0 } else { 0xFF }, 0]
        }
        Order::SetMode { lock, mode } if has(lock - 1, 1) => {
            let mode = mode.to_be_bytes();
            vec![6, 0x10, lock - 1, mode[0], mode[1]]
        }
        Order::ReadRelays { .. } => vec![0x81, ILLEGAL_ADDRESS],
        Order::ReadInputs { .. } => vec![0x82, ILLEGAL_ADDRESS],
        Order::ReadModes { .. } => vec![0x83, ILLEGAL_ADDRESS],
        Order::Unlock { .. } => vec![0x85, ILLEGAL_ADDRESS],
        Order::Switch { is_many, .. } => vec![if is_many { 0x8F } else { 0x85 }, ILLEGAL_ADDRESS],
        Order::SetMode { .. } => vec![0x86, ILLEGAL_ADDRESS],
        Order::Identify { code } => return identity(code, sight.identity),
        Order::Refuse { function, code } => vec![function | 0x80, code],
        Order::UnlockAll | Order::ReadOne { .. } | Order::ReadAll { .. } => return None,
    })
}

/// The three basic words, as one stream.
fn identity(code: u8, identity: Identity) -> Option<Vec<u8>> {
    let revision = match identity {
        Identity::Refuses => return Some(vec![0xAB, ILLEGAL_FUNCTION]),
        Identity::Ignores => return None,
        Identity::Tells(_) if code != 1 => return Some(vec![0xAB, ILLEGAL_VALUE]),
        Identity::Tells(revision) => revision,
    };
    let words = ["Relays and Inputs", "RI-8", revision];
    let mut body = vec![0x2B, 0x0E, code, 0x01, 0x00, 0x00, words.len() as u8];
    for (number, word) in (0u8..).zip(words) {
        body.extend([number, word.len() as u8]);
        body.extend(word.as_bytes());
    }
    Some(body)
}

fn bits(function: u8, states: &[bool]) -> Vec<u8> {
    let mut body = vec![function, states.len().div_ceil(8) as u8];
    for eight in states.chunks(8) {
        body.push(eight.iter().rev().fold(0, |byte, state| byte << 1 | u8::from(*state)));
    }
    body
}

pub(super) fn rtu(unit: u8, body: &[u8]) -> Vec<u8> {
    let mut frame = vec![unit];
    frame.extend_from_slice(body);
    frame.extend(crc16(&frame).to_le_bytes());
    frame
}

pub(super) fn tcp(tag: u16, unit: u8, body: &[u8]) -> Vec<u8> {
    let mut frame = tag.to_be_bytes().to_vec();
    frame.extend([0, 0, 0, (body.len() + 1) as u8, unit]);
    frame.extend_from_slice(body);
    frame
}

/// CRC-16/MODBUS, bit by bit.
fn crc16(bytes: &[u8]) -> u16 {
    let mut register = 0xFFFFu16;
    for byte in bytes {
        register ^= u16::from(*byte);
        for _ in 0..8 {
            let carry = register & 1;
            register >>= 1;
            if carry == 1 {
                register ^= 0xA001;
            }
        }
    }
    register
}
