//! Every frame the relay boards use, in words of the board. Never says what a contact means for a door.

use super::Request;

/// A frame: from whom or to whom, and what it says. Unit 0 is every unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The board's address.
    pub unit: u8,
    /// What it says.
    pub message: Message,
}

/// What a frame says. Addresses are those on the line, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Functions 01, 02, 03: asks for `count` from `address` on.
    Read {
        /// What is read.
        table: Table,
        /// The first.
        address: u16,
        /// How many.
        count: u16,
    },
    /// The answer to 01 or 02, the lowest bit first. It does not say from which address on.
    Bits {
        /// What was read.
        table: Table,
        /// As they came.
        bits: Vec<u8>,
    },
    /// The answer to 03.
    Registers {
        /// As they came.
        values: Vec<u16>,
    },
    /// Function 05, question and echo alike.
    Coil {
        /// The coil.
        address: u16,
        /// What is done to it.
        order: CoilOrder,
    },
    /// Function 06, question and echo alike.
    Register {
        /// The register.
        address: u16,
        /// Its value.
        value: u16,
    },
    /// Function 0F: sets several relays.
    Coils {
        /// The first.
        address: u16,
        /// How many.
        count: u16,
        /// The lowest bit first.
        bits: Vec<u8>,
    },
    /// The answer to 0F.
    CoilsAnswer {
        /// The first.
        address: u16,
        /// How many.
        count: u16,
    },
    /// Function 2B, kind 0E: asks who made the board and what runs on it.
    Identify {
        /// 1 the basic words, 2 the regular ones, 3 all, 4 a single one.
        code: u8,
        /// The first word that is wanted.
        first: u8,
    },
    /// The answer to that.
    Identity {
        /// What was asked.
        code: u8,
        /// More follows, from this word on, if it is asked for. `None`: this is all.
        next: Option<u8>,
        /// Words by their number: 0 the maker, 1 the code of the product, 2 its revision, more by the maker's will. As they came.
        words: Vec<(u8, Vec<u8>)>,
    },
    /// The board refuses.
    Refusal {
        /// The function that was asked.
        function: u8,
        /// Why: 1 function, 2 address, 3 value, 4 board failure and so on.
        code: u8,
    },
}

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Function 01.
    Relays,
    /// Function 02.
    Inputs,
    /// Function 03.
    Registers,
}

/// What function 05 does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoilOrder {
    /// `FF00`.
    On,
    /// `0000`.
    Off,
    /// `5500`.
    Toggle,
    /// To `0200` + channel: on for so many tenths of a second, then off.
    Pulse(u16),
    /// To `0400` + channel: off for so many tenths of a second, then on.
    PulseOff(u16),
    /// To `0200` or `0400` + channel: an echo that says `FF00` instead of the time, as some boards do.
    PulseEcho,
}

impl Frame {
    /// Whether this is what `request` asks for: same unit, function and address, and as many bits or registers. A refusal
    /// answers its function. Any echo of the same function and address answers an order: not every board repeats the value.
    #[must_use]
    pub fn answers(&self, request: Request) -> bool {
        let (function, at, count) = request.head();
        let bytes = usize::from(count.div_ceil(8));
        self.unit == request.unit().get()
            && match &self.message {
                Message::Bits { table: Table::Relays, bits } => function == 0x01 && bits.len() == bytes,
                Message::Bits { table: Table::Inputs, bits } => function == 0x02 && bits.len() == bytes,
                Message::Registers { values } => function == 0x03 && values.len() == usize::from(count),
                Message::Coil { address, .. } => function == 0x05 && *address == at,
                Message::Register { address, .. } => function == 0x06 && *address == at,
                Message::CoilsAnswer { address, count: of } => {
                    function == 0x0F && (*address, *of) == (at, count)
                }
                Message::Identity { code, .. } => function == 0x2B && u16::from(*code) == at & 0xFF,
                Message::Refusal { function: of, .. } => function == *of,
                Message::Read { .. }
                | Message::Coils { .. }
                | Message::Bits { .. }
                | Message::Identify { .. } => false,
            }
    }
}
