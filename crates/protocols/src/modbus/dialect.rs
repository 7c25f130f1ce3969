//! The family on the line: what a session needs to speak with its boards.

use super::{Frame, Message, Request, Unit, decode_rtu, decode_tcp};
use crate::session::{self, Conflict, Dialect, find_one};

/// What is not there after this never comes.
const LATE_MS: u64 = 1_500;
/// Unit, function, code and CRC.
const RTU_REFUSAL_LEN: usize = 5;
/// Unit, function, address, value or count, and CRC: the answer to every order.
const RTU_ORDER_LEN: usize = 8;
/// Unit, function, kind, code, conformity, whether more follows, the next word, and how many words there are.
const IDENTITY_HEAD_LEN: usize = 8;
/// Transaction, protocol and length, before the bytes the length counts.
const TCP_HEAD_LEN: usize = 6;

/// How a frame is wrapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// With a CRC, on a serial line or on TCP.
    #[default]
    Rtu,
    /// With a transaction number, on TCP. Nothing in it tells a flipped bit: who asks has to ask twice.
    Tcp,
}

/// `modbus` on a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Modbus {
    framing: Framing,
    transaction: u16,
}

/// One line of `modbus` boards.
pub type Session = session::Session<Modbus>;

impl Modbus {
    /// The family in this framing.
    #[must_use]
    pub fn framed(framing: Framing) -> Self {
        Self { framing, transaction: 0 }
    }
}

impl Dialect for Modbus {
    type Board = Unit;
    type Request = Request;
    type Answer = Message;

    fn board(request: Request) -> Unit {
        request.unit()
    }

    fn encode(&mut self, request: Request) -> Vec<u8> {
        match self.framing {
            Framing::Rtu => request.encode_rtu(),
            Framing::Tcp => {
                self.transaction = self.transaction.wrapping_add(1);
                request.encode_tcp(self.transaction)
            }
        }
    }

    fn find(&self, bytes: &[u8], request: Request, _least: usize) -> Result<Option<Message>, Conflict> {
        find_one(bytes, |here| {
            let (frame, length) = match self.framing {
                Framing::Rtu => rtu_at(here, request)?,
                Framing::Tcp => tcp_at(here, self.transaction)?,
            };
            frame.answers(request).then_some((frame.message, length))
        })
    }

    fn numbers_questions(&self) -> bool {
        self.framing == Framing::Tcp
    }

    fn late_ms() -> u64 {
        LATE_MS
    }
}

fn rtu_at(here: &[u8], request: Request) -> Option<(Frame, usize)> {
    let (_, _, count) = request.head();
    let lengths = [
        match request {
            Request::Identify { .. } => identity_length(here).unwrap_or(RTU_REFUSAL_LEN),
            Request::ReadRelays { .. } | Request::ReadInputs { .. } => 5 + usize::from(count.div_ceil(8)),
            Request::ReadModes { .. } => 5 + 2 * usize::from(count),
            Request::Pulse { .. }
            | Request::Release { .. }
            | Request::ReleaseAll { .. }
            | Request::SetNormalMode { .. } => RTU_ORDER_LEN,
        },
        RTU_REFUSAL_LEN,
    ];
    lengths.into_iter().find_map(|length| {
        let frame = decode_rtu(here.get(..length)?).ok()?;
        frame.answers(request).then_some((frame, length))
    })
}

/// How long an answer to [`Request::Identify`] is that begins here, as far as it says so.
fn identity_length(here: &[u8]) -> Option<usize> {
    let mut length = IDENTITY_HEAD_LEN;
    for _ in 0..*here.get(IDENTITY_HEAD_LEN - 1)? {
        length += 2 + usize::from(*here.get(length + 1)?);
    }
    Some(length + 2)
}

fn tcp_at(here: &[u8], transaction: u16) -> Option<(Frame, usize)> {
    let length = TCP_HEAD_LEN + usize::from(u16::from_be_bytes([*here.get(4)?, *here.get(5)?]));
    let found = decode_tcp(here.get(..length)?).ok()?;
    (found.transaction == transaction).then_some((found.frame, length))
}
