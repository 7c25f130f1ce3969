//! Explains a frame to an installer. Never used to drive a board.

use super::{Door, Frame, LockNumber, Order, Outcome, decode};
use crate::decoded::{Decoded, explain};

/// Reads a frame written in hexadecimal. `channels` is the number of locks of the board (1 to 50), if known: it limits
/// what is listed.
#[must_use]
pub fn decode_for_people(hex: &str, channels: Option<u8>) -> Decoded {
    explain(hex, channels, LockNumber::LAST, |bytes| {
        decode(bytes).map(|frame| in_words(&frame)).map_err(|error| error.to_string())
    })
}

fn in_words(frame: &Frame) -> Decoded {
    match frame {
        Frame::UnlockSeveral { board, is_in_turn, locks } => {
            let kind = if *is_in_turn { "unlock_in_turn" } else { "unlock_several" };
            let locks: Vec<String> = locks.iter().map(|lock| lock.get().to_string()).collect();
            Decoded::of(kind, board.get()).note(format!("locks {}", locks.join(", ")))
        }
        Frame::UnlockAll { board } => {
            Decoded::of("unlock_all", board.get()).note("this program never sends it")
        }
        Frame::ManyAnswer { board, command, outcome } => {
            let kind = match command {
                0x80 => "unlock_several_answer",
                0x87 => "unlock_in_turn_answer",
                _ => "unlock_all_answer",
            };
            told(Decoded::of(kind, board.get()), *outcome)
        }
        Frame::One { board, order, lock } => Decoded::of(question(*order), board.get()).lock(lock.get()),
        Frame::OneAnswer { board, order, lock, outcome, door } => {
            let decoded = Decoded::of(answer(*order), board.get()).lock(lock.get());
            let decoded = match door {
                Some(door) => decoded.channels([(lock.get(), word(*door))].into()),
                None => decoded,
            };
            told(decoded, *outcome)
        }
        Frame::ReadAll { board } => Decoded::of("read_all", board.get()),
        Frame::StateAll { board, outcome, doors } => {
            let states = (LockNumber::FIRST..=u8::MAX).zip(doors.iter().map(|door| word(*door)));
            told(Decoded::of("state_all", board.get()).channels(states.collect()), *outcome)
        }
        Frame::Changed { board, lock, door } => Decoded::of("changed", board.get())
            .lock(lock.get())
            .channels([(lock.get(), word(*door))].into())
            .note("sent unasked"),
    }
}

fn told(decoded: Decoded, outcome: Outcome) -> Decoded {
    match outcome {
        Outcome::Done => decoded,
        Outcome::Failed => decoded.note("the board says it failed"),
    }
}

fn question(order: Order) -> &'static str {
    match order {
        Order::Flash => "flash",
        Order::Unlock => "unlock",
        Order::Read => "read_one",
        Order::HoldOn => "hold_on",
        Order::HoldOff => "hold_off",
    }
}

fn answer(order: Order) -> &'static str {
    match order {
        Order::Flash => "flash_answer",
        Order::Unlock => "unlock_answer",
        Order::Read => "state_one",
        Order::HoldOn => "hold_on_answer",
        Order::HoldOff => "hold_off_answer",
    }
}

fn word(door: Door) -> &'static str {
    match door {
        Door::Open => "open",
        Door::Closed => "closed",
    }
}
