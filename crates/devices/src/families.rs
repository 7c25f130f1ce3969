//! The port between the one driver of a line and the families of boards: which bytes ask for what, what answers, and what
//! an answer says of the doors. Never decides when something is said.

#[cfg(test)]
mod blueprint;
mod kerong_cu;
mod lock8a;
mod modbus;
mod winnsen;
mod wkly;

pub(crate) use kerong_cu::KerongCu;
pub(crate) use lock8a::Lock8a;
pub(crate) use modbus::{Modbus, PULSE_UNIT_MS};
pub(crate) use winnsen::Winnsen;
pub(crate) use wkly::Wkly;

use vestibule_protocols::lock8a::Contact;
use vestibule_protocols::session::Dialect;

use crate::{Firmware, Profile};

/// What can be asked of the boards of a family.
pub(crate) type Ask<F> = <<F as Family>::Speech as Dialect>::Request;
/// What they answer.
pub(crate) type Reply<F> = <<F as Family>::Speech as Dialect>::Answer;

/// A board of a checked wiring, as a family needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct To<'a> {
    /// One that the family has.
    pub address: u8,
    pub profile: &'a Profile,
}

/// A family of boards.
pub(crate) trait Family: std::fmt::Debug + Send + Sized + 'static {
    /// Its bytes.
    type Speech: Dialect<Board: Send, Request: Send, Answer: Send> + std::fmt::Debug + Send;

    /// Its bytes as boards of this profile speak them.
    fn speech(profile: &Profile) -> Self::Speech;

    /// The number of a board that spoke unasked.
    fn address(board: <Self::Speech as Dialect>::Board) -> u8;

    /// Asks for all doors.
    fn look(to: To<'_>) -> Ask<Self>;

    /// Pulses one coil. `lock` is one that the board has.
    fn unlock(to: To<'_>, lock: u8) -> Ask<Self>;

    /// How many questions there are whose answers cannot be taken for each other's.
    fn probes(profile: &Profile) -> u8;

    /// The probe `turn`, 1 to [`Family::probes`]: shows that a board answers and that nothing older can come any more. In
    /// families with one question only it is that question; a late answer to it is kept out by time.
    fn probe(to: To<'_>, turn: u8) -> Ask<Self>;

    /// Whether a board may be left without a probe to ask for a while.
    const PROBES_RUN_OUT: bool;

    /// How much of its state a board must tell at least, as [`Dialect::find`] counts it.
    fn least(_profile: &Profile) -> usize {
        0
    }

    /// Whether one answer alone proves nothing, because its frame has no check.
    fn reads_twice(_profile: &Profile) -> bool {
        false
    }

    /// What is said to a board once, before anything else.
    fn prepare(_to: To<'_>) -> Vec<Ask<Self>> {
        Vec::new()
    }

    /// What is to be said besides, after this answer to a preparation.
    fn prepare_more(_to: To<'_>, _asked: Ask<Self>, _reply: &Reply<Self>) -> Vec<Ask<Self>> {
        Vec::new()
    }

    /// Asks a board what runs on it. None: boards of this profile are not asked.
    fn identify(_to: To<'_>) -> Option<Ask<Self>> {
        None
    }

    /// What runs on it, in the answer to that.
    fn firmware(_reply: &Reply<Self>) -> Option<Firmware> {
        None
    }

    /// Locks a question may be about, where it says so, the fewest first; one number in families that tell of all they have.
    const SIZES: &'static [u8];

    /// How many locks a state tells of at most.
    fn tells_of(reply: &Reply<Self>) -> u8;

    /// What an answer means.
    fn meaning(profile: &Profile, reply: &Reply<Self>) -> Meaning;
}

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// How all locks stand.
    State(State),
    /// The board heard, and more is not to be believed.
    Heard,
    /// The board will not, in words of its vendor.
    Refused(u16),
}

/// The contacts and sensors of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Bit n - 1: the contact of lock n is closed.
    closed: u64,
    /// Bit n - 1: something is in the compartment of lock n; `None` without sensors.
    occupied: Option<u64>,
}

impl State {
    /// Lock 1 is the lowest bit.
    pub fn of_closed(closed: u64) -> Self {
        Self { closed, occupied: None }
    }

    /// With sensors.
    pub fn and_occupied(self, occupied: Option<u64>) -> Self {
        Self { occupied, ..self }
    }

    pub fn contact(self, lock: u8) -> Contact {
        if self.is_closed(lock) { Contact::Closed } else { Contact::Open }
    }

    pub fn is_closed(self, lock: u8) -> bool {
        bit(self.closed, lock)
    }

    pub fn is_occupied(self, lock: u8) -> Option<bool> {
        self.occupied.map(|occupied| bit(occupied, lock))
    }
}

fn bit(bits: u64, lock: u8) -> bool {
    lock.checked_sub(1).and_then(|at| bits.checked_shr(u32::from(at))).is_some_and(|bits| bits & 1 == 1)
}

/// Bytes as one number, the first the lowest.
fn low_first(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}
