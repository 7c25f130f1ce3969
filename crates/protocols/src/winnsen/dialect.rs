//! The family on the line: what a session needs to speak with its boards.

use super::{Frame, Request, Station, decode};
use crate::session::{self, Conflict, Dialect, find_one};

/// Every answer: `90 07 FUNCTION STATION .. 03`.
const ANSWER_LEN: usize = 7;
/// What is not there after this never comes.
const LATE_MS: u64 = 1_500;

/// `winnsen` on a line. A state does not say which locks it was asked about, so nothing tells a late one from a new one:
/// after a failure a board is left alone until no answer can be on its way any more. An answer alone proves nothing; who
/// asks has to ask twice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Winnsen;

/// One line of `winnsen` boards.
pub type Session = session::Session<Winnsen>;

impl Dialect for Winnsen {
    type Board = Station;
    type Request = Request;
    type Answer = Frame;

    fn board(request: Request) -> Station {
        request.station()
    }

    fn encode(&mut self, request: Request) -> Vec<u8> {
        request.encode()
    }

    fn find(&self, bytes: &[u8], request: Request, _least: usize) -> Result<Option<Frame>, Conflict> {
        find_one(bytes, |here| {
            let frame = decode(here.get(..ANSWER_LEN)?).ok()?;
            frame.answers(request).then_some((frame, ANSWER_LEN))
        })
    }

    fn late_ms() -> u64 {
        LATE_MS
    }
}
