//! `57 4B 4C 59 LEN ADDR CMD DATA.. XOR`; LEN counts the whole frame.

use super::{Heard, Order, Sight};

/// An order that begins here.
pub(super) fn order(heard: &[u8]) -> Option<(Heard, usize)> {
    let [0x57, 0x4B, 0x4C, 0x59, length, address, command] = *heard.first_chunk()? else { return None };
    let length = usize::from(length);
    let frame = heard.get(..length)?;
    let (sum, body) = frame.split_last()?;
    if body.iter().fold(0, |sum, byte| sum ^ byte) != *sum {
        return None;
    }
    let order = match (command, body.get(7..)?) {
        (0x82, [lock]) => Order::Unlock { lock: *lock, for_ms: None },
        (0x83, [lock]) => Order::ReadOne { lock: *lock },
        (0x84, []) => Order::ReadAll { mask: u64::MAX },
        (0x86, []) => Order::UnlockAll,
        _ => return None,
    };
    Some((Heard { address, order, tag: 0 }, length))
}

pub(super) fn answer(order: Order, sight: &Sight) -> Option<Vec<u8>> {
    let door = |lock: u8| sight.shorted.get(usize::from(lock).checked_sub(1)?).map(|shut| u8::from(*shut));
    // A lock the board does not have: failed.
    let one = |lock: u8| door(lock).map_or(vec![0xFF, lock, 0], |door| vec![0, lock, door]);
    let (command, data) = match order {
        Order::Unlock { lock, .. } => (0x82, one(lock)),
        Order::ReadOne { lock } => (0x83, one(lock)),
        Order::ReadAll { .. } => {
            let mut data = vec![0, u8::try_from(sight.shorted.len()).ok()?];
            data.extend(sight.shorted.iter().map(|shut| u8::from(*shut)));
            (0x84, data)
        }
        Order::UnlockAll => (0x86, vec![0]),
        _ => return None,
    };
    Some(frame(sight.address, command, &data))
}

/// `85`: a door moved.
pub(super) fn changed(address: u8, lock: u8, shut: bool) -> Vec<u8> {
    frame(address, 0x85, &[lock, u8::from(shut)])
}

fn frame(address: u8, command: u8, data: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x57, 0x4B, 0x4C, 0x59];
    frame.push((data.len() + 8) as u8);
    frame.extend([address, command]);
    frame.extend_from_slice(data);
    let mut sum = 0;
    for byte in &frame {
        sum ^= *byte;
    }
    frame.push(sum);
    frame
}
