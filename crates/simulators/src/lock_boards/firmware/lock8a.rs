//! `8A` and `80`: five bytes and an exclusive or.

use super::{Heard, Order, Sight};

/// An order that begins here.
pub(super) fn order(heard: &[u8]) -> Option<(Heard, usize)> {
    let [header, address, lock, word, sum] = *heard.first_chunk()?;
    if header ^ address ^ lock ^ word != sum {
        return None;
    }
    let order = match (header, lock, word) {
        (0x8A, 0, 0x11) => Order::UnlockAll,
        (0x8A, lock, 0x11) => Order::Unlock { lock, for_ms: None },
        (0x80, 0, 0x33) => Order::ReadAll { mask: u64::MAX },
        (0x80, lock, 0x33) => Order::ReadOne { lock },
        _ => return None,
    };
    Some((Heard { address, order, tag: 0 }, 5))
}

pub(super) fn answer(order: Order, sight: &Sight) -> Option<Vec<u8>> {
    let contact = |lock: u8| sight.shorted.get(usize::from(lock).checked_sub(1)?).copied();
    Some(match order {
        Order::Unlock { lock, .. } => one_lock(0x8A, sight.address, lock, contact(lock)?),
        Order::UnlockAll => with_checksum(vec![0x8A, sight.address, 0x00, 0x11]),
        Order::ReadOne { lock } => one_lock(0x80, sight.address, lock, contact(lock)?),
        Order::ReadAll { .. } => all_locks(sight),
        _ => return None,
    })
}

/// `HH AA LL ST BCC`.
pub(super) fn one_lock(header: u8, address: u8, lock: u8, shorted: bool) -> Vec<u8> {
    with_checksum(vec![header, address, lock, if shorted { 0x11 } else { 0x00 }])
}

/// `80 AA S.. 33 BCC`: 3 status bytes up to 24 locks (also with 8: measured on a real one), 7 above.
fn all_locks(sight: &Sight) -> Vec<u8> {
    let mut status = vec![0u8; if sight.shorted.len() > 24 { 7 } else { 3 }];
    for (index, _) in sight.shorted.iter().enumerate().filter(|(_, shorted)| **shorted) {
        status[index / 8] |= 1 << (index % 8);
    }
    if !sight.first_is_low {
        status.reverse();
    }
    let mut frame = vec![0x80, sight.address];
    frame.extend_from_slice(&status);
    frame.push(0x33);
    with_checksum(frame)
}

fn with_checksum(mut frame: Vec<u8>) -> Vec<u8> {
    let mut sum = 0;
    for byte in &frame {
        sum ^= *byte;
    }
    frame.push(sum);
    frame
}
