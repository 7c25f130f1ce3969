//! Winnsen: `90 LEN FUNCTION STATION .. 03`, without any check.

use super::{Heard, Order, Sight};

/// An order that begins here.
pub(super) fn order(heard: &[u8]) -> Option<(Heard, usize)> {
    let (address, order, length) = match *heard {
        [0x90, 0x06, 0x05, station, lock, 0x03, ..] => (station, Order::Unlock { lock, for_ms: None }, 6),
        [0x90, 0x07, 0x02, station, low, high, 0x03, ..] => {
            (station, Order::ReadAll { mask: u64::from(low) | u64::from(high) << 8 }, 7)
        }
        _ => return None,
    };
    Some((Heard { address, order, tag: 0 }, length))
}

/// It says "opened" because it pulsed, whatever the door did.
pub(super) fn answer(order: Order, sight: &Sight) -> Option<Vec<u8>> {
    match order {
        Order::Unlock { lock, .. } => {
            let exists = (1..=sight.shorted.len()).contains(&usize::from(lock));
            Some(vec![0x90, 0x07, 0x85, sight.address, lock, u8::from(exists), 0x03])
        }
        Order::ReadAll { mask } => {
            let mut open = 0u64;
            for (index, _) in sight.shorted.iter().enumerate().take(16).filter(|(_, shut)| !**shut) {
                open |= 1 << index;
            }
            let [low, high] = ((open & mask) as u16).to_le_bytes();
            Some(vec![0x90, 0x07, 0x82, sight.address, low, high, 0x03])
        }
        _ => None,
    }
}
