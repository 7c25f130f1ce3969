//! What this program may say to a board. Never a frame that leaves a relay on, or speaks to all relays or all units.

use super::crc;
use crate::number::checked_number;

checked_number! {
    /// The address of a board. Zero would speak to every board on the line.
    Unit(u8), "unit", 1 to 247
}

checked_number! {
    /// A relay and the input beside it, as printed on the board; one less on the line, so that `FF`, which is every relay
    /// of a board, cannot be written.
    Channel(u8), "channel", 1 to 64
}

checked_number! {
    /// How long a relay is pulsed, in tenths of a second. A longer pulse than ten seconds burns a solenoid.
    PulseTime(u16), "pulse in tenths of a second", 1 to 100
}

/// Kind 0E, code 01: the basic words as one stream.
const BASIC_IDENTITY: u16 = 0x0E01;

/// One question or order to one board. There is deliberately no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// Function 05 to `0200` + channel: the board itself pulses one relay for this time.
    Pulse {
        /// The board told.
        unit: Unit,
        /// The relay that is pulsed.
        channel: Channel,
        /// For how long.
        time: PulseTime,
    },
    /// Function 05, `0000`: switches one relay off.
    Release {
        /// The board told.
        unit: Unit,
        /// The relay.
        channel: Channel,
    },
    /// Function 0F, all zero: switches relays 1 to `last` off.
    ReleaseAll {
        /// The board told.
        unit: Unit,
        /// The last relay of the board.
        last: Channel,
    },
    /// Function 01: relays 1 to `last`.
    ReadRelays {
        /// The board asked.
        unit: Unit,
        /// The last relay of the board.
        last: Channel,
    },
    /// Function 02: inputs 1 to `last`.
    ReadInputs {
        /// The board asked.
        unit: Unit,
        /// The last input of the board.
        last: Channel,
    },
    /// Function 03 from `1000`: the modes of channels 1 to `last`; 0 is normal, and nothing else may be found.
    ReadModes {
        /// The board asked.
        unit: Unit,
        /// The last channel of the board.
        last: Channel,
    },
    /// Function 2B, kind 0E: who made the board and what runs on it, in the three words every board that knows the function has.
    Identify {
        /// The board asked.
        unit: Unit,
    },
    /// Function 06 to `1000` + channel, 0: normal mode, in which no input switches a relay.
    SetNormalMode {
        /// The board told.
        unit: Unit,
        /// The channel.
        channel: Channel,
    },
}

impl Request {
    /// The bytes on a serial line, or on TCP for boards that speak RTU there.
    #[must_use]
    pub fn encode_rtu(self) -> Vec<u8> {
        let mut frame = vec![self.unit().get()];
        frame.extend(self.body());
        frame.extend(crc(&frame).to_le_bytes());
        frame
    }

    /// The bytes of Modbus TCP. The answer carries the same `transaction`.
    #[must_use]
    pub fn encode_tcp(self, transaction: u16) -> Vec<u8> {
        let body = self.body();
        let length = u16::try_from(body.len() + 1).expect("no request has more than 15 bytes");
        let mut frame = [transaction.to_be_bytes(), [0, 0], length.to_be_bytes()].concat();
        frame.push(self.unit().get());
        frame.extend(body);
        frame
    }

    /// The board this is for.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Request::Pulse { unit, .. }
            | Request::Release { unit, .. }
            | Request::ReleaseAll { unit, .. }
            | Request::ReadRelays { unit, .. }
            | Request::ReadInputs { unit, .. }
            | Request::ReadModes { unit, .. }
            | Request::Identify { unit }
            | Request::SetNormalMode { unit, .. } => unit,
        }
    }

    /// Function, address, and value or count. Of [`Request::Identify`] the kind and the code of what is read, and the first word.
    pub(super) fn head(self) -> (u8, u16, u16) {
        let index = |channel: Channel| u16::from(channel.get() - 1);
        let count = |last: Channel| u16::from(last.get());
        match self {
            Request::Pulse { channel, time, .. } => (0x05, 0x0200 + index(channel), time.get()),
            Request::Release { channel, .. } => (0x05, index(channel), 0),
            Request::ReleaseAll { last, .. } => (0x0F, 0, count(last)),
            Request::ReadRelays { last, .. } => (0x01, 0, count(last)),
            Request::ReadInputs { last, .. } => (0x02, 0, count(last)),
            Request::ReadModes { last, .. } => (0x03, 0x1000, count(last)),
            Request::Identify { .. } => (0x2B, BASIC_IDENTITY, 0),
            Request::SetNormalMode { channel, .. } => (0x06, 0x1000 + index(channel), 0),
        }
    }

    fn body(self) -> Vec<u8> {
        let (function, address, value) = self.head();
        let mut body = vec![function];
        body.extend(address.to_be_bytes());
        if let Request::Identify { .. } = self {
            body.push(0);
            return body;
        }
        body.extend(value.to_be_bytes());
        if let Request::ReleaseAll { last, .. } = self {
            let zeros = last.get().div_ceil(8);
            body.push(zeros);
            body.resize(body.len() + usize::from(zeros), 0);
        }
        body
    }
}
