//! Boards of `57 4B 4C 59`.

use vestibule_protocols::wkly::{BoardAddress, Door, Frame, LockNumber, Outcome, Request, Wkly as Speech};

use super::{Family, Meaning, State, To};
use crate::Profile;

/// What a board says when it will not.
const FAILED: u16 = 0xFF;

#[derive(Debug)]
pub(crate) struct Wkly;

fn board(to: To<'_>) -> BoardAddress {
    BoardAddress::new(to.address).expect("a checked wiring has boards of the family")
}

fn lock(number: u8) -> LockNumber {
    LockNumber::new(number).expect("a checked wiring has locks of the family")
}

impl Family for Wkly {
    type Speech = Speech;
    const PROBES_RUN_OUT: bool = false;
    const SIZES: &'static [u8] = &[1];

    fn speech(_: &Profile) -> Speech {
        Speech
    }

    fn address(board: BoardAddress) -> u8 {
        board.get()
    }

    fn look(to: To<'_>) -> Request {
        Request::ReadAll { board: board(to) }
    }

    fn unlock(to: To<'_>, number: u8) -> Request {
        Request::Unlock { board: board(to), lock: lock(number) }
    }

    fn probes(profile: &Profile) -> u8 {
        profile.channels
    }

    fn probe(to: To<'_>, turn: u8) -> Request {
        Request::ReadOne { board: board(to), lock: lock(turn) }
    }

    /// Doors.
    fn least(profile: &Profile) -> usize {
        usize::from(profile.channels)
    }

    fn tells_of(frame: &Frame) -> u8 {
        let Frame::StateAll { doors, .. } = frame else { return 0 };
        u8::try_from(doors.len()).unwrap_or(u8::MAX).min(LockNumber::LAST)
    }

    fn meaning(_: &Profile, frame: &Frame) -> Meaning {
        match frame {
            Frame::StateAll { outcome: Outcome::Failed, .. } => Meaning::Refused(FAILED),
            Frame::StateAll { doors, .. } => {
                let closed = (0u32..).zip(doors).filter(|(_, door)| **door == Door::Closed);
                Meaning::State(State::of_closed(
                    closed.fold(0, |bits, (at, _)| bits | 1u64.checked_shl(at).unwrap_or(0)),
                ))
            }
            _ => Meaning::Heard,
        }
    }
}
