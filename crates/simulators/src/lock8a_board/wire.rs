//! The frames as the board's firmware reads and writes them, straight from the published tables.

/// What the line heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Unlock { address: u8, lock: u8 },
    UnlockAll { address: u8 },
    ReadOne { address: u8, lock: u8 },
    ReadAll { address: u8 },
}

impl Order {
    pub(super) fn address(self) -> u8 {
        match self {
            Order::Unlock { address, .. }
            | Order::UnlockAll { address }
            | Order::ReadOne { address, .. }
            | Order::ReadAll { address } => address,
        }
    }
}

/// Takes the next order off `heard`, byte by byte past what is none.
pub(super) fn next_order(heard: &mut Vec<u8>) -> Option<Order> {
    while heard.len() >= 5 {
        let frame = [heard[0], heard[1], heard[2], heard[3]];
        let order = match frame {
            [0x8A, address, 0, 0x11] => Some(Order::UnlockAll { address }),
            [0x8A, address, lock, 0x11] => Some(Order::Unlock { address, lock }),
            [0x80, address, 0, 0x33] => Some(Order::ReadAll { address }),
            [0x80, address, lock, 0x33] => Some(Order::ReadOne { address, lock }),
            _ => None,
        };
        let is_right = frame[0] ^ frame[1] ^ frame[2] ^ frame[3] == heard[4];
        if let (Some(order), true) = (order, is_right) {
            heard.drain(..5);
            return Some(order);
        }
        heard.remove(0);
    }
    None
}

/// `HH AA LL ST BCC`.
pub(super) fn one_lock(header: u8, address: u8, lock: u8, shorted: bool) -> Vec<u8> {
    with_checksum(vec![header, address, lock, if shorted { 0x11 } else { 0x00 }])
}

/// `80 AA S.. 33 BCC`.
pub(super) fn all_locks(address: u8, status: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80, address];
    frame.extend_from_slice(status);
    frame.push(0x33);
    with_checksum(frame)
}

/// `8A AA 00 11 BCC`, after all were opened.
pub(super) fn all_unlocked(address: u8) -> Vec<u8> {
    with_checksum(vec![0x8A, address, 0x00, 0x11])
}

fn with_checksum(mut frame: Vec<u8>) -> Vec<u8> {
    let mut sum = 0;
    for byte in &frame {
        sum ^= *byte;
    }
    frame.push(sum);
    frame
}
