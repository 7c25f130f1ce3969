//! Kerong CU12 and CU16.

use vestibule_protocols::kerong_cu::{
    self, BoardAddress, KerongCu as Speech, LockNumber, Request, State as Read,
};

use super::{Family, Meaning, State, To, low_first};
use crate::Profile;

#[derive(Debug)]
pub(crate) struct KerongCu;

fn board(to: To<'_>) -> BoardAddress {
    BoardAddress::new(to.address).expect("a checked wiring has boards of the family")
}

impl Family for KerongCu {
    type Speech = Speech;
    const PROBES_RUN_OUT: bool = true;
    const SIZES: &'static [u8] = &[16];

    fn speech(_: &Profile) -> Speech {
        Speech
    }

    fn address(board: BoardAddress) -> u8 {
        board.get()
    }

    fn look(to: To<'_>) -> Request {
        Request::ReadAll { board: board(to) }
    }

    fn unlock(to: To<'_>, lock: u8) -> Request {
        let lock = LockNumber::new(lock).expect("a checked wiring has locks of the family");
        Request::Unlock { board: board(to), lock }
    }

    fn probes(_: &Profile) -> u8 {
        1
    }

    fn probe(to: To<'_>, _turn: u8) -> Request {
        Self::look(to)
    }

    fn tells_of(_: &kerong_cu::State) -> u8 {
        LockNumber::LAST
    }

    fn meaning(profile: &Profile, read: &kerong_cu::State) -> Meaning {
        let Read { locks, occupied } = read;
        let occupied = profile.has_occupancy.then(|| low_first(occupied));
        Meaning::State(State::of_closed(low_first(locks)).and_occupied(occupied))
    }
}
