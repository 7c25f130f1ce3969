//! Explains a frame to an installer. Never used to drive a board.

use super::{Frame, LockNumber, UnlockResult, decode};
use crate::decoded::{Decoded, bit_states, explain};

const UNPROTECTED: &str = "without a checksum a damaged frame may look right";

/// Reads a frame written in hexadecimal. `channels` is the number of locks of the board (1 to 16), if known; without it
/// 16 are listed.
#[must_use]
pub fn decode_for_people(hex: &str, channels: Option<u8>) -> Decoded {
    explain(hex, channels, LockNumber::LAST, |bytes| {
        decode(bytes).map(|frame| in_words(frame).note(UNPROTECTED)).map_err(|error| error.to_string())
    })
}

fn in_words(frame: Frame) -> Decoded {
    match frame {
        Frame::Unlock { station, lock } => Decoded::of("unlock", station.get()).lock(lock.get()),
        Frame::UnlockAnswer { station, lock, result } => {
            let answer = Decoded::of("unlock_answer", station.get()).lock(lock.get());
            let state = |word| [(lock.get(), word)].into();
            match result {
                UnlockResult::Opened => answer.channels(state("open")).note("the board says it opened"),
                UnlockResult::Failed => answer.channels(state("closed")).note("the board says it failed"),
                UnlockResult::CoolingDown => answer.note("not pulsed: the coil must cool down first"),
            }
        }
        Frame::ReadAll { station, mask } => {
            Decoded::of("read_all", station.get()).note(format!("asks about {} locks", mask.count_ones()))
        }
        Frame::StateAll { station, open } => {
            let word = |bit| if bit { "open" } else { "closed" };
            Decoded::of("state_all", station.get())
                .channels(bit_states(&open.to_le_bytes(), word))
                .note("a door that was not asked about reads closed")
        }
    }
}
