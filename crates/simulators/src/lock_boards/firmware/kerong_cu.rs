//! Kerong CU12 and CU16: `02 ADDR CMD 03 SUM`, the board in the high half of ADDR, the lock less one in the low half.

use super::{Heard, Order, Sight};

/// An order that begins here.
pub(super) fn order(heard: &[u8]) -> Option<(Heard, usize)> {
    let [0x02, address, command, 0x03, sum] = *heard.first_chunk()? else { return None };
    if (5 + u32::from(address) + u32::from(command)) % 256 != u32::from(sum) {
        return None;
    }
    let order = match command {
        0x30 | 0x32 => Order::ReadAll { mask: u64::MAX },
        0x31 => Order::Unlock { lock: (address & 0x0F) + 1, for_ms: None },
        0x33 => Order::UnlockAll,
        _ => return None,
    };
    Some((Heard { address: address >> 4, order, tag: 0 }, 5))
}

/// Only a question for the state is answered.
pub(super) fn answer(order: Order, sight: &Sight) -> Option<Vec<u8>> {
    let Order::ReadAll { .. } = order else { return None };
    let [locks_low, locks_high] = sixteen(&sight.shorted);
    let [occupied_low, occupied_high] = sixteen(&sight.occupied);
    let mut frame = vec![0x02, sight.address << 4, 0x35];
    frame.extend([locks_low, locks_high, occupied_low, occupied_high, 0x03]);
    let sum: u32 = frame.iter().map(|byte| u32::from(*byte)).sum();
    frame.push((sum % 256) as u8);
    Some(frame)
}

fn sixteen(states: &[bool]) -> [u8; 2] {
    let mut word = 0u16;
    for (index, _) in states.iter().enumerate().take(16).filter(|(_, state)| **state) {
        word |= 1 << index;
    }
    word.to_le_bytes()
}
