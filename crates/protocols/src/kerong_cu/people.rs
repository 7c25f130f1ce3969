//! Explains a frame to an installer. Never used to drive a board.

use super::{Frame, LockNumber, State, decode};
use crate::decoded::{Decoded, bit_states, explain};

/// Reads a frame written in hexadecimal. `channels` is the number of locks of the board (1 to 16), if known; without it
/// 16 are listed. A lock bit 1 is read as closed.
#[must_use]
pub fn decode_for_people(hex: &str, channels: Option<u8>) -> Decoded {
    explain(hex, channels, LockNumber::LAST, |bytes| {
        decode(bytes).map(in_words).map_err(|error| error.to_string())
    })
}

fn in_words(frame: Frame) -> Decoded {
    match frame {
        Frame::ReadAll { board } => Decoded::of("read_all", board),
        Frame::ReadEveryBoard => Decoded { board: None, ..Decoded::of("read_every_board", 0) }
            .note("asks every board on the bus; this program never sends it"),
        Frame::Unlock { board, lock } => {
            Decoded::of("unlock", board).lock(lock).note("most boards send no answer")
        }
        Frame::UnlockAll { board } => Decoded::of("unlock_all", board).note("this program never sends it"),
        Frame::StateAll { board, state } => {
            let word = |bit| if bit { "closed" } else { "open" };
            Decoded::of("state_all", board).channels(bit_states(&state.locks, word)).note(occupancy(state))
        }
        Frame::ReadPulse { board } => Decoded::of("read_pulse", board),
        Frame::SetPulse { board, pulse_ms } => {
            Decoded::of("set_pulse", board).note(format!("pulse {pulse_ms} ms"))
        }
        Frame::SetDelay { board, delay_s } => {
            Decoded::of("set_delay", board).note(format!("unlocks after {delay_s} s"))
        }
        Frame::SetBaud { board, choice } => Decoded::of("set_baud", board).note(format!("choice {choice}")),
        Frame::ReadVersion { board } => Decoded::of("read_version", board),
    }
}

fn occupancy(state: State) -> String {
    let sensors = bit_states(&state.occupied, |bit| if bit { "occupied" } else { "empty" });
    let occupied: Vec<String> =
        sensors.iter().filter(|(_, word)| **word == "occupied").map(|(lock, _)| lock.to_string()).collect();
    if occupied.is_empty() {
        return "no occupancy sensor sees anything".to_owned();
    }
    format!("occupancy sensors see something in {}", occupied.join(", "))
}
