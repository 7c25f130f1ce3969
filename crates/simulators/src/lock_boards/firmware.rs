//! What the boards of a line speak, straight from the published tables: orders read from the bytes heard, and answers made
//! of what a board sees. Never moves a door.

mod kerong_cu;
mod lock8a;
mod modbus;
mod winnsen;
mod wkly;

use super::boards::Identity;

/// The language of all boards of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Firmware {
    /// `8A` and `80`.
    #[default]
    Lock8a,
    /// Kerong CU12 and CU16.
    KerongCu,
    /// `57 4B 4C 59`.
    Wkly,
    /// Winnsen.
    Winnsen,
    /// Modbus relay boards on a serial line, or on TCP with the same bytes.
    ModbusRtu,
    /// Modbus relay boards that speak Modbus TCP.
    ModbusTcp,
}

/// An order as the line heard it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// For whom; see [`Heard::is_for`].
    pub address: u8,
    /// What is to be done.
    pub order: Order,
    /// Modbus TCP's transaction.
    pub tag: u16,
}

/// What a board can be told. Locks count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `for_ms` where the order says so, else as long as the board is set to.
    Unlock {
        lock: u8,
        for_ms: Option<u64>,
    },
    UnlockAll,
    ReadOne {
        lock: u8,
    },
    /// The lowest bit is lock 1.
    ReadAll {
        mask: u64,
    },
    /// Modbus: switches relays `first`.. to the bits of `on`, the lowest first.
    Switch {
        first: u8,
        count: u8,
        on: u64,
        is_many: bool,
    },
    ReadRelays {
        first: u8,
        count: u8,
    },
    ReadInputs {
        first: u8,
        count: u8,
    },
    ReadModes {
        first: u8,
        count: u8,
    },
    SetMode {
        lock: u8,
        mode: u16,
    },
    /// Modbus: who it is, in as many words as `code` says.
    Identify {
        code: u8,
    },
    /// Modbus: understood and refused.
    Refuse {
        function: u8,
        code: u8,
    },
}

/// What a board sees when it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    pub address: u8,
    /// Feedback contacts, lock 1 first; true = short-circuited.
    pub shorted: Vec<bool>,
    /// Occupancy sensors.
    pub occupied: Vec<bool>,
    /// Coils that are on.
    pub energised: Vec<bool>,
    /// Control modes of Modbus boards; 0 is normal.
    pub modes: Vec<u16>,
    /// `lock8a`: which status byte carries locks 1 to 8.
    pub first_is_low: bool,
    /// Modbus: who it says it is.
    pub identity: Identity,
}

impl Heard {
    /// Modbus boards obey unit 0 too, and do not answer it.
    pub fn is_for(&self, firmware: Firmware, address: u8) -> bool {
        self.address == address || self.is_for_all(firmware)
    }

    pub fn is_for_all(&self, firmware: Firmware) -> bool {
        self.address == 0 && matches!(firmware, Firmware::ModbusRtu | Firmware::ModbusTcp)
    }
}

impl Firmware {
    /// Takes the next order off `heard`, past what is none.
    pub(super) fn next_order(self, heard: &mut Vec<u8>) -> Option<Heard> {
        let read: fn(&[u8]) -> Option<(Heard, usize)> = match self {
            Firmware::Lock8a => lock8a::order,
            Firmware::KerongCu => kerong_cu::order,
            Firmware::Wkly => wkly::order,
            Firmware::Winnsen => winnsen::order,
            Firmware::ModbusRtu => modbus::rtu_order,
            Firmware::ModbusTcp => modbus::tcp_order,
        };
        let (start, (order, length)) =
            (0..heard.len()).find_map(|start| Some((start, read(&heard[start..])?)))?;
        heard.drain(..start + length);
        Some(order)
    }

    /// What a board says to an order it has obeyed, if it says anything.
    pub(super) fn answer(self, heard: &Heard, sight: &Sight) -> Option<Vec<u8>> {
        match self {
            Firmware::Lock8a => lock8a::answer(heard.order, sight),
            Firmware::KerongCu => kerong_cu::answer(heard.order, sight),
            Firmware::Wkly => wkly::answer(heard.order, sight),
            Firmware::Winnsen => winnsen::answer(heard.order, sight),
            Firmware::ModbusRtu => Some(modbus::rtu(sight.address, &modbus::answer(heard.order, sight)?)),
            Firmware::ModbusTcp => {
                Some(modbus::tcp(heard.tag, sight.address, &modbus::answer(heard.order, sight)?))
            }
        }
    }

    /// What a board says unasked when a door moved, in families that can.
    pub(super) fn change(self, address: u8, lock: u8, shorted: bool) -> Option<Vec<u8>> {
        match self {
            Firmware::Lock8a => Some(lock8a::one_lock(0x81, address, lock, shorted)),
            Firmware::Wkly => Some(wkly::changed(address, lock, shorted)),
            Firmware::KerongCu | Firmware::Winnsen | Firmware::ModbusRtu | Firmware::ModbusTcp => None,
        }
    }

    /// Whether a board keeps its answer to "unlock" until its pulse is over.
    pub(super) fn answers_after_pulse(self) -> bool {
        self == Firmware::Wkly
    }

    /// Spoils a frame so that whoever looks closely sees it: its check where it has one.
    pub(super) fn garble(self, frame: &mut [u8]) {
        let at = if self == Firmware::ModbusTcp { 2 } else { frame.len().saturating_sub(1) };
        if let Some(byte) = frame.get_mut(at) {
            *byte ^= 0x5A;
        }
    }
}
