//! Boards of `8A` and `80`.

use vestibule_protocols::lock8a::{Answer, BoardAddress, Contact, Lock8a as Speech, LockNumber, Request};

use super::{Family, Meaning, State, To};
use crate::Profile;

#[derive(Debug)]
pub(crate) struct Lock8a;

fn board(to: To<'_>) -> BoardAddress {
    BoardAddress::new(to.address).expect("a checked wiring has boards of the family")
}

fn lock(number: u8) -> LockNumber {
    LockNumber::new(number).expect("a checked wiring has locks of the family")
}

impl Family for Lock8a {
    type Speech = Speech;
    const PROBES_RUN_OUT: bool = false;
    const SIZES: &'static [u8] = &[8];

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
        Request::UnlockOne { board: board(to), lock: lock(number) }
    }

    fn probes(profile: &Profile) -> u8 {
        profile.channels
    }

    fn probe(to: To<'_>, turn: u8) -> Request {
        Request::ReadOne { board: board(to), lock: lock(turn) }
    }

    /// Status bytes.
    fn least(profile: &Profile) -> usize {
        usize::from(profile.channels).div_ceil(8)
    }

    /// Eight a status byte.
    fn tells_of(answer: &Answer) -> u8 {
        let Answer::StateAll { status, .. } = answer else { return 0 };
        u8::try_from(status.as_slice().len() * 8).unwrap_or(u8::MAX).min(LockNumber::LAST)
    }

    fn meaning(profile: &Profile, answer: &Answer) -> Meaning {
        let Answer::StateAll { status, .. } = answer else { return Meaning::Heard };
        let closed = (1..=profile.channels)
            .filter(|number| status.contact(lock(*number), profile.status_order) == Some(Contact::Closed));
        Meaning::State(State::of_closed(closed.fold(0, |bits, number| bits | 1 << (number - 1))))
    }
}
