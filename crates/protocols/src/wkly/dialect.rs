//! The family on the line: what a session needs to speak with its boards.

use super::{BoardAddress, Frame, Request, decode};
use crate::session::{self, Conflict, Dialect, find_one};

/// Where a frame says how long it is.
const LENGTH_AT: usize = 4;
/// A board answers "unlock" when its pulse is over: 350 to 450 ms.
const UNLOCK_WITHIN_MS: u64 = 600;

/// `wkly` on a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wkly;

/// One line of `wkly` boards.
pub type Session = session::Session<Wkly>;

impl Dialect for Wkly {
    type Board = BoardAddress;
    type Request = Request;
    type Answer = Frame;

    fn board(request: Request) -> BoardAddress {
        request.board()
    }

    fn encode(&mut self, request: Request) -> Vec<u8> {
        request.encode()
    }

    /// A state that tells of fewer doors than `least` is none.
    fn find(&self, bytes: &[u8], request: Request, least: usize) -> Result<Option<Frame>, Conflict> {
        find_one(bytes, |here| {
            let length = usize::from(*here.get(LENGTH_AT)?);
            let frame = decode(here.get(..length)?).ok()?;
            let is_whole = !matches!(&frame, Frame::StateAll { doors, .. } if doors.len() < least);
            (is_whole && frame.answers(request)).then_some((frame, length))
        })
    }

    fn find_changes(&self, bytes: &[u8]) -> Vec<BoardAddress> {
        let starts = (0..bytes.len()).filter_map(|start| {
            let here = &bytes[start..];
            match decode(here.get(..usize::from(*here.get(LENGTH_AT)?))?) {
                Ok(Frame::Changed { board, .. }) => Some(board),
                Ok(_) | Err(_) => None,
            }
        });
        starts.collect()
    }

    fn answer_within_ms(request: Request) -> Option<u64> {
        match request {
            Request::Unlock { .. } => Some(UNLOCK_WITHIN_MS),
            Request::ReadOne { .. } | Request::ReadAll { .. } => None,
        }
    }
}
