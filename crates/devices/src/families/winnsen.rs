//! Winnsen boards. Their frames have no check, so a state is read twice.

use vestibule_protocols::winnsen::{Frame, LockNumber, Request, Station, Winnsen as Speech};

use super::{Family, Meaning, State, To};
use crate::Profile;

#[derive(Debug)]
pub(crate) struct Winnsen;

fn station(to: To<'_>) -> Station {
    Station::new(to.address).expect("a checked wiring has boards of the family")
}

fn lock(number: u8) -> LockNumber {
    LockNumber::new(number).expect("a checked wiring has locks of the family")
}

impl Family for Winnsen {
    type Speech = Speech;
    const PROBES_RUN_OUT: bool = true;
    const SIZES: &'static [u8] = &[16];

    fn speech(_: &Profile) -> Speech {
        Speech
    }

    fn address(board: Station) -> u8 {
        board.get()
    }

    fn look(to: To<'_>) -> Request {
        Request::ReadAll { station: station(to), last: lock(to.profile.channels) }
    }

    fn unlock(to: To<'_>, number: u8) -> Request {
        Request::Unlock { station: station(to), lock: lock(number) }
    }

    fn probes(_: &Profile) -> u8 {
        1
    }

    fn probe(to: To<'_>, _turn: u8) -> Request {
        Self::look(to)
    }

    fn reads_twice(_: &Profile) -> bool {
        true
    }

    fn tells_of(_: &Frame) -> u8 {
        LockNumber::LAST
    }

    /// A bit 1 is an open door, which the default wiring has as an open contact.
    fn meaning(_: &Profile, frame: &Frame) -> Meaning {
        match frame {
            Frame::StateAll { open, .. } => Meaning::State(State::of_closed(u64::from(!open))),
            Frame::Unlock { .. } | Frame::UnlockAnswer { .. } | Frame::ReadAll { .. } => Meaning::Heard,
        }
    }
}
