//! The kinds of boards the conformance story is told of: each family, and Modbus in both of its framings.

use vestibule_simulators::lock_boards::{BoardOptions, Firmware, LockBoards};

/// One kind.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub firmware: Firmware,
    pub profile: &'static str,
    pub channels: u8,
    pub baud: u64,
    /// How long a board that failed may be left alone, because no question is left whose answer could not be an old one.
    pub rests_ms: u64,
    /// Whether some boards of it tell of door changes unasked.
    pub can_tell_unasked: bool,
}

pub const LOCK8A: Kind = Kind {
    firmware: Firmware::Lock8a,
    profile: "shuoming-2024a1-24",
    channels: 24,
    baud: 9_600,
    rests_ms: 0,
    can_tell_unasked: true,
};
pub const KERONG_CU: Kind = Kind {
    firmware: Firmware::KerongCu,
    profile: "kerong-kr-cu16",
    channels: 16,
    baud: 19_200,
    rests_ms: 1_500,
    can_tell_unasked: false,
};
pub const WKLY: Kind = Kind {
    firmware: Firmware::Wkly,
    profile: "generic-wkly-24",
    channels: 24,
    baud: 9_600,
    rests_ms: 0,
    can_tell_unasked: true,
};
pub const WINNSEN: Kind = Kind {
    firmware: Firmware::Winnsen,
    profile: "winnsen-16",
    channels: 16,
    baud: 9_600,
    rests_ms: 1_500,
    can_tell_unasked: false,
};
pub const MODBUS_RTU: Kind = Kind {
    firmware: Firmware::ModbusRtu,
    profile: "waveshare-modbus-rtu-relay-d",
    channels: 8,
    baud: 9_600,
    rests_ms: 1_500,
    can_tell_unasked: false,
};
pub const MODBUS_TCP: Kind = Kind {
    firmware: Firmware::ModbusTcp,
    profile: "waveshare-poe-eth-relay-b",
    channels: 8,
    baud: 115_200,
    rests_ms: 0,
    can_tell_unasked: false,
};

impl Kind {
    /// A board of this kind at the pace of real ones.
    pub fn lifelike(self, address: u8) -> BoardOptions {
        BoardOptions::lifelike(address, self.channels)
    }

    /// A line without boards.
    pub fn line(self) -> LockBoards {
        LockBoards::speaking(self.firmware)
    }

    /// One way on the wire.
    pub fn wire_ms(self, bytes: &[u8]) -> u64 {
        (bytes.len() as u64 * 10_000).div_ceil(self.baud)
    }

    /// The address in a request.
    pub fn address_in(self, request: &[u8]) -> u8 {
        match self.firmware {
            Firmware::Lock8a => request[1],
            Firmware::KerongCu => request[1] >> 4,
            Firmware::Wkly => request[5],
            Firmware::Winnsen => request[3],
            Firmware::ModbusRtu => request[0],
            Firmware::ModbusTcp => request[6],
        }
    }

    /// Whether a request pulses a coil.
    pub fn is_unlock(self, request: &[u8]) -> bool {
        match self.firmware {
            Firmware::Lock8a => request[0] == 0x8A,
            Firmware::KerongCu => request[2] == 0x31,
            Firmware::Wkly => request[6] == 0x82,
            Firmware::Winnsen => request[2] == 0x05,
            Firmware::ModbusRtu => request[1..3] == [0x05, 0x02],
            Firmware::ModbusTcp => request[7..9] == [0x05, 0x02],
        }
    }

    /// Whether a request asks for all doors.
    pub fn is_look(self, request: &[u8]) -> bool {
        match self.firmware {
            Firmware::Lock8a => request[0] == 0x80 && request[2] == 0,
            Firmware::KerongCu => request[2] == 0x30,
            Firmware::Wkly => request[6] == 0x84,
            Firmware::Winnsen => request[2] == 0x02,
            Firmware::ModbusRtu => request[1] == 0x02,
            Firmware::ModbusTcp => request[7] == 0x02,
        }
    }

    /// What a board at 1 with every door open would answer to this.
    pub fn said_with_all_open(self, request: &[u8]) -> Vec<u8> {
        let mut ghost = self.line();
        ghost.add_board(BoardOptions::instant(1, self.channels));
        for lock in 1..=self.channels {
            ghost.pull_open(1, lock, 0);
        }
        ghost.receive(request, 0);
        ghost.next_output(0).unwrap_or_default()
    }

    /// What a board at 1 says unasked when this door opens, if it can.
    pub fn said_unasked(self, lock: u8) -> Vec<u8> {
        let mut ghost = self.line();
        ghost.add_board(BoardOptions::instant(1, self.channels));
        ghost.board_faults(1).unsolicited = true;
        ghost.pull_open(1, lock, 0);
        ghost.next_output(0).unwrap_or_default()
    }
}

/// Tells each story of every kind: one test a kind, named after it.
macro_rules! every_kind {
    ($($(#[$doc:meta])* fn $name:ident($kind:ident) $story:block)*) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            $(#[$doc])*
            fn story($kind: $crate::kind::Kind) $story
            #[test] fn lock8a() { story($crate::kind::LOCK8A); }
            #[test] fn kerong_cu() { story($crate::kind::KERONG_CU); }
            #[test] fn wkly() { story($crate::kind::WKLY); }
            #[test] fn winnsen() { story($crate::kind::WINNSEN); }
            #[test] fn modbus_rtu() { story($crate::kind::MODBUS_RTU); }
            #[test] fn modbus_tcp() { story($crate::kind::MODBUS_TCP); }
        }
    )* };
}

pub(crate) use every_kind;
