//! Bytes from a bad line into every driver: random, cut short, with a bit flipped, or behind noise. No panic, and no closed
//! door is ever told open. `VESTIBULE_LB_INPUTS` says how many a family; the full number is 1000000, in a release build.

use vestibule_devices::{Bus, Input, Millis, Output, Report};
use vestibule_simulators::lock_boards::{BoardOptions, LockBoards};

use crate::kind::{Kind, every_kind};
use crate::world::{Intent, profiles, wiring};

const INPUTS: u64 = 4_000;
/// So many answers at most come damaged before one comes whole. Frames without a check are protected against one damaged
/// answer, not against two in a row that are damaged alike.
const DAMAGED_IN_A_ROW: u64 = 1;

/// Repeatable chance (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ word >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..=self.below(most)).map(|_| self.next().to_le_bytes()[3]).collect()
    }
}

fn damaged(answer: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = answer.to_vec();
    match chance.below(5) {
        0 => return chance.bytes(40),
        1 => bytes.truncate(chance.below(answer.len())),
        2 => bytes[chance.below(answer.len())] ^= 1 << chance.below(8),
        3 => {
            let mut noisy = chance.bytes(12);
            noisy.extend(bytes);
            return noisy;
        }
        _ => {
            let at = chance.below(answer.len());
            bytes[at] ^= 1 << chance.below(8);
            bytes.truncate(at + chance.below(answer.len()));
            let noise = chance.bytes(6);
            return [noise, bytes].concat();
        }
    }
    bytes
}

fn shut_boards(kind: Kind) -> LockBoards {
    let mut line = kind.line();
    line.add_board(BoardOptions::instant(1, kind.channels));
    line
}

/// A bus whose every question is answered by a board with all doors shut, over a line that damages answers.
fn play(kind: Kind, inputs: u64) {
    let mut chance = Chance(inputs);
    let mut bus: Bus<Intent> = Bus::new(&wiring(&[(1, kind.profile, kind.channels)]), &profiles()).unwrap();
    let mut board = shut_boards(kind);
    let (mut now, mut fed, mut in_a_row, mut closed_told) = (0u64, 0u64, 0u64, 0u64);
    bus.handle(Input::TransportOpened, Millis(now));
    while fed < inputs {
        let mut reopen = false;
        let mut asked = None;
        while let Some(output) = bus.poll_output() {
            match output {
                Output::Transmit(bytes) => asked = Some(bytes),
                Output::Reopen => reopen = true,
                Output::Report(Report::DoorSeen { open, point: told }) => {
                    assert!(!open, "door {told} told open after {fed} inputs");
                    closed_told += 1;
                }
                Output::Report(_) => {}
            }
        }
        if reopen {
            // As if the adapter had been pulled: doors are told anew, so that what is told next is looked at again.
            bus.handle(Input::TransportLost, Millis(now));
            bus.handle(Input::TransportOpened, Millis(now));
        } else if let Some(asked) = asked {
            board.receive(&asked, now);
            let answer = board.next_output(now).unwrap_or_default();
            let is_damaged = !answer.is_empty() && in_a_row < DAMAGED_IN_A_ROW;
            in_a_row = if is_damaged { in_a_row + 1 } else { 0 };
            let bytes = if is_damaged { damaged(&answer, &mut chance) } else { answer };
            fed += u64::from(is_damaged);
            now += 1;
            bus.handle(Input::Received(&bytes), Millis(now));
        } else {
            now = bus.next_deadline().expect("a bus always has something to do").0.max(now);
            bus.handle(Input::Deadline, Millis(now));
        }
    }
    assert!(closed_told > 0, "answers that come whole are believed");
}

fn inputs() -> u64 {
    std::env::var("VESTIBULE_LB_INPUTS").ok().and_then(|number| number.parse().ok()).unwrap_or(INPUTS)
}

every_kind! {
    fn lb_60_no_bad_bytes_are_a_panic_or_an_open_door(kind) {
        play(kind, inputs());
    }
}
