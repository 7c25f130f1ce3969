//! Modbus relay boards: a relay unlocks, a discrete input is the door contact. The board itself times each pulse.

use vestibule_protocols::modbus::{Channel, Message, Modbus as Speech, PulseTime, Request, Table, Unit};

use super::{Family, Meaning, State, To, low_first};
use crate::{Firmware, Framing, Profile};

/// The unit of a pulse time.
pub(crate) const PULSE_UNIT_MS: u64 = 100;
/// The number of the word that says a board's revision.
const REVISION: u8 = 2;

#[derive(Debug)]
pub(crate) struct Modbus;

fn unit(to: To<'_>) -> Unit {
    Unit::new(to.address).expect("a checked wiring has boards of the family")
}

fn channel(number: u8) -> Channel {
    Channel::new(number).expect("a checked wiring has locks of the family")
}

fn pulse_time(profile: &Profile) -> PulseTime {
    let tenths = u16::try_from(profile.pulse_ms / PULSE_UNIT_MS).unwrap_or(u16::MAX);
    PulseTime::new(tenths).expect("a checked profile has a pulse the boards can time")
}

impl Family for Modbus {
    type Speech = Speech;
    const PROBES_RUN_OUT: bool = true;
    const SIZES: &'static [u8] = &[8, 16, 32, 64];

    fn speech(profile: &Profile) -> Speech {
        Speech::framed(profile.framing.into())
    }

    fn address(board: Unit) -> u8 {
        board.get()
    }

    fn look(to: To<'_>) -> Request {
        Request::ReadInputs { unit: unit(to), last: channel(to.profile.channels) }
    }

    fn unlock(to: To<'_>, lock: u8) -> Request {
        Request::Pulse { unit: unit(to), channel: channel(lock), time: pulse_time(to.profile) }
    }

    fn probes(profile: &Profile) -> u8 {
        if profile.has_channel_modes { 2 } else { 1 }
    }

    fn probe(to: To<'_>, turn: u8) -> Request {
        let last = channel(to.profile.channels);
        match turn {
            2.. => Request::ReadModes { unit: unit(to), last },
            _ => Request::ReadRelays { unit: unit(to), last },
        }
    }

    fn reads_twice(profile: &Profile) -> bool {
        profile.framing == Framing::Tcp
    }

    /// All outputs off, whatever switched them on; and no input may switch a relay by itself.
    fn prepare(to: To<'_>) -> Vec<Request> {
        let last = channel(to.profile.channels);
        let modes = to.profile.has_channel_modes.then(|| Request::ReadModes { unit: unit(to), last });
        [Request::ReleaseAll { unit: unit(to), last }].into_iter().chain(modes).collect()
    }

    fn prepare_more(to: To<'_>, asked: Request, reply: &Message) -> Vec<Request> {
        match (asked, reply) {
            // A board that cannot switch several: one by one.
            (Request::ReleaseAll { unit, last }, Message::Refusal { .. }) => {
                (1..=last.get()).map(|number| Request::Release { unit, channel: channel(number) }).collect()
            }
            (Request::ReadModes { unit, .. }, Message::Registers { values }) => {
                let channels = (1..=to.profile.channels).zip(values).filter(|(_, mode)| **mode != 0);
                let set = |(number, _)| Request::SetNormalMode { unit, channel: channel(number) };
                channels.map(set).collect()
            }
            _ => Vec::new(),
        }
    }

    fn identify(to: To<'_>) -> Option<Request> {
        to.profile.may_tell_identity.then(|| Request::Identify { unit: unit(to) })
    }

    fn firmware(message: &Message) -> Option<Firmware> {
        let Message::Identity { words, .. } = message else { return None };
        let (_, word) = words.iter().find(|(number, _)| *number == REVISION)?;
        Firmware::new(std::str::from_utf8(word).ok()?)
    }

    fn tells_of(message: &Message) -> u8 {
        let Message::Bits { bits, .. } = message else { return 0 };
        u8::try_from(bits.len() * 8).unwrap_or(u8::MAX).min(Channel::LAST)
    }

    fn meaning(_: &Profile, message: &Message) -> Meaning {
        match message {
            Message::Bits { table: Table::Inputs, bits } => Meaning::State(State::of_closed(low_first(bits))),
            Message::Refusal { code, .. } => Meaning::Refused(u16::from(*code)),
            _ => Meaning::Heard,
        }
    }
}
