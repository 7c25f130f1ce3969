//! The family on the line: what a session needs to speak with its boards.

use super::{BoardAddress, Frame, Request, State, decode};
use crate::session::{self, Conflict, Dialect, find_one};

/// A state answer: `02 ADDR 35 L1 L2 IR1 IR2 03 SUM`.
const STATE_LEN: usize = 9;
/// Boards are asked every 50 ms by others and answer; what is not there after this never comes.
const LATE_MS: u64 = 1_500;

/// `kerong_cu` on a line. Nothing answers "unlock", and there is one question only, so nothing tells a late answer from a
/// new one: after a failure a board is left alone until no answer can be on its way any more.
#[derive(Clone, Copy, Debug, Default)]
pub struct KerongCu;

/// One line of `kerong_cu` boards.
pub type Session = session::Session<KerongCu>;

impl Dialect for KerongCu {
    type Board = BoardAddress;
    type Request = Request;
    type Answer = State;

    fn board(request: Request) -> BoardAddress {
        request.board()
    }

    fn encode(&mut self, request: Request) -> Vec<u8> {
        request.encode().to_vec()
    }

    fn find(&self, bytes: &[u8], request: Request, _least: usize) -> Result<Option<State>, Conflict> {
        find_one(bytes, |here| {
            let frame = decode(here.get(..STATE_LEN)?).ok()?;
            match frame {
                Frame::StateAll { state, .. } if frame.answers(request) => Some((state, STATE_LEN)),
                _ => None,
            }
        })
    }

    fn is_answered(request: Request) -> bool {
        match request {
            Request::ReadAll { .. } => true,
            Request::Unlock { .. } => false,
        }
    }

    fn late_ms() -> u64 {
        LATE_MS
    }
}
