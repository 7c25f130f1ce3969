//! The family on the line: what a session needs to speak with its boards.

use super::{Answer, BoardAddress, Request, find_answer, find_changes};
use crate::session::{self, Conflict, Dialect};

/// `lock8a` on a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lock8a;

/// One line of `lock8a` boards.
pub type Session = session::Session<Lock8a>;
/// What such a line has to say.
pub type SessionEvent = session::EventOf<Lock8a>;

impl Dialect for Lock8a {
    type Board = BoardAddress;
    type Request = Request;
    type Answer = Answer;

    fn board(request: Request) -> BoardAddress {
        request.board()
    }

    fn encode(&mut self, request: Request) -> Vec<u8> {
        request.encode().to_vec()
    }

    fn find(&self, bytes: &[u8], request: Request, least: usize) -> Result<Option<Answer>, Conflict> {
        find_answer(bytes, request, least)
    }

    fn find_changes(&self, bytes: &[u8]) -> Vec<BoardAddress> {
        find_changes(bytes).collect()
    }
}
