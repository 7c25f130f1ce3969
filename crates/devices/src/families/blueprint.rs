//! A whole driver for a board that does not exist, to copy from: facts, bytes, dialect, family, a board to try it on, and what
//! must be seen to hold. It is built and run with the tests and is in no binary. `docs/how-to/add-a-driver.md` says where each
//! part goes in earnest.
//!
//! The facts. Frames have five bytes: `AA` from the master or `55` from a board, the board 1 to 9, the function, one byte of
//! data, and the exclusive-or of the four before. Function `01` asks for all doors (data 0) and is answered with one bit a
//! door, lock 1 the lowest, 1 a closed contact. Function `02` pulses the lock in its data for 300 ms and is answered with the
//! same data. There are eight locks.

use vestibule_protocols::Millis;
use vestibule_protocols::session::{Conflict, Dialect, find_one};

use crate::families::{Family, Meaning, State, To};
use crate::wiring::{CheckedBoard, CheckedPoint};
use crate::{Bus, FeedbackPolarity, Input, Output, Profile, Profiles, PulseIntent, PulseResult, Report};

// 1. Bytes. In earnest: `crates/protocols/src/<family>/frame.rs` and `request.rs`, tested with the vendor's published bytes.

const FRAME_LEN: usize = 5;
const MASTER: u8 = 0xAA;
const BOARD: u8 = 0x55;
const READ: u8 = 0x01;
const UNLOCK: u8 = 0x02;
const LOCKS: u8 = 8;

/// Everything that can be asked. One lock at a time is all there are words for: no frame opens two, and none holds a coil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Request {
    Read { board: u8 },
    Unlock { board: u8, lock: u8 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Answer {
    board: u8,
    function: u8,
    data: u8,
}

impl Request {
    fn parts(self) -> (u8, u8, u8) {
        match self {
            Request::Read { board } => (board, READ, 0),
            Request::Unlock { board, lock } => (board, UNLOCK, lock),
        }
    }
}

fn frame(start: u8, board: u8, function: u8, data: u8) -> [u8; FRAME_LEN] {
    [start, board, function, data, start ^ board ^ function ^ data]
}

fn read_answer(bytes: &[u8]) -> Option<Answer> {
    let [start, board, function, data, check] = *bytes.first_chunk::<FRAME_LEN>()?;
    let is_whole = start == BOARD && check == start ^ board ^ function ^ data;
    is_whole.then_some(Answer { board, function, data })
}

// 2. Dialect. In earnest: `crates/protocols/src/<family>/dialect.rs`. What answers a question must match it in board,
// function and, where the answer tells it, lock; then no late answer is taken for another question's.

#[derive(Debug)]
struct Speech;

impl Dialect for Speech {
    type Board = u8;
    type Request = Request;
    type Answer = Answer;

    fn board(request: Request) -> u8 {
        request.parts().0
    }

    fn encode(&mut self, request: Request) -> Vec<u8> {
        let (board, function, data) = request.parts();
        frame(MASTER, board, function, data).to_vec()
    }

    fn find(&self, bytes: &[u8], request: Request, _least: usize) -> Result<Option<Answer>, Conflict> {
        let (board, function, data) = request.parts();
        find_one(bytes, |here| {
            let answer = read_answer(here)?;
            let is_ours = (answer.board, answer.function) == (board, function);
            let is_same = function != UNLOCK || answer.data == data;
            (is_ours && is_same).then_some((answer, FRAME_LEN))
        })
    }
}

// 3. Family. In earnest: `crates/devices/src/families/<family>.rs`, a variant of `profile::Family` and an arm in `Bus::new`.

#[derive(Debug)]
struct Blueprint;

impl Family for Blueprint {
    type Speech = Speech;
    /// There is one question only, so a board that failed is left alone until no old answer can come.
    const PROBES_RUN_OUT: bool = true;
    const SIZES: &'static [u8] = &[LOCKS];

    fn speech(_: &Profile) -> Speech {
        Speech
    }

    fn address(board: u8) -> u8 {
        board
    }

    fn look(to: To<'_>) -> Request {
        Request::Read { board: to.address }
    }

    fn unlock(to: To<'_>, lock: u8) -> Request {
        Request::Unlock { board: to.address, lock }
    }

    fn probes(_: &Profile) -> u8 {
        1
    }

    fn probe(to: To<'_>, _turn: u8) -> Request {
        Self::look(to)
    }

    fn tells_of(_: &Answer) -> u8 {
        LOCKS
    }

    /// What it says to "unlock" is heard and proves nothing.
    fn meaning(_: &Profile, answer: &Answer) -> Meaning {
        match answer.function {
            READ => Meaning::State(State::of_closed(u64::from(answer.data))),
            _ => Meaning::Heard,
        }
    }
}

// 4. A board. In earnest: `crates/simulators/src/lock_boards/firmware/<family>.rs`, written from the facts by reading them
// again, without a line of the codec; doors, coils and fault knobs are there for all families.

struct Board {
    doors_closed: u8,
    pulses: Vec<u8>,
    is_jammed: bool,
}

impl Board {
    fn hear(&mut self, bytes: &[u8]) -> Vec<u8> {
        let &[0xAA, 0x01, function, data, _] = bytes else { return Vec::new() };
        let told = match function {
            0x01 => self.doors_closed,
            _ => {
                self.pulses.push(data);
                if !self.is_jammed {
                    self.doors_closed &= !(1 << (data - 1));
                }
                data
            }
        };
        vec![0x55, 0x01, function, told, 0x55 ^ 0x01 ^ function ^ told]
    }
}

// 5. What must be seen to hold. In earnest: its `Kind` in `crates/devices/tests/it/kind.rs`, and every `LB-` case is run.

#[derive(Debug)]
struct Intent {
    lock: u8,
}

impl PulseIntent for Intent {
    fn opening(&self) -> u64 {
        1
    }
    fn attempt(&self) -> u8 {
        1
    }
    fn point(&self) -> u32 {
        u32::from(self.lock)
    }
    fn not_after(&self) -> Millis {
        Millis(60_000)
    }
}

fn line() -> Bus<Intent> {
    let known = Profiles::built_in().expect("the profiles that are shipped are right");
    // Times and polarity of its data sheet are the profile's: any with eight locks does here.
    let profile = known.get("generic-lock8a-8").expect("it is shipped").clone();
    let polarity = FeedbackPolarity::ShortWhenClosed;
    let points =
        (1..=8).map(|lock| CheckedPoint { point: u32::from(lock), lock, contact: lock, polarity }).collect();
    Bus::of_family::<Blueprint>(vec![CheckedBoard { address: 1, profile, points }])
}

/// Lets bus and board talk for so long, 1 ms at a time, and says what the bus reported.
fn talk(bus: &mut Bus<Intent>, board: &mut Board, (from, ms): (u64, u64)) -> Vec<Report> {
    let mut reports = Vec::new();
    for now in from..from + ms {
        bus.handle(Input::Deadline, Millis(now));
        while let Some(output) = bus.poll_output() {
            match output {
                Output::Transmit(bytes) => {
                    let answer = board.hear(&bytes);
                    bus.handle(Input::Received(&answer), Millis(now));
                }
                Output::Reopen => bus.handle(Input::TransportOpened, Millis(now)),
                Output::Report(report) => reports.push(report),
            }
        }
    }
    reports
}

fn pulsed(is_jammed: bool) -> (Board, Vec<Report>) {
    let (mut bus, mut board) = (line(), Board { doors_closed: 0xFF, pulses: Vec::new(), is_jammed });
    bus.handle(Input::TransportOpened, Millis(0));
    let mut reports = talk(&mut bus, &mut board, (0, 1_000));
    bus.handle(Input::Pulse(Intent { lock: 3 }), Millis(1_000));
    reports.extend(talk(&mut bus, &mut board, (1_000, 5_000)));
    (board, reports)
}

fn outcome(outcome: PulseResult) -> Report {
    Report::PulseOutcome { opening: 1, attempt: 1, outcome }
}

#[test]
fn doors_are_told_and_one_pulse_opens_one() {
    let (board, reports) = pulsed(false);
    assert_eq!(board.pulses, [3], "one pulse an intent, and none at the start");
    assert!(reports.contains(&Report::DoorSeen { point: 8, open: false }), "{reports:?}");
    assert!(reports.contains(&Report::DoorSeen { point: 3, open: true }), "{reports:?}");
    assert!(reports.contains(&outcome(PulseResult::Opened)), "{reports:?}");
}

#[test]
fn a_board_that_says_yes_and_stays_shut_is_not_believed() {
    let (board, reports) = pulsed(true);
    assert_eq!(board.pulses, [3], "nothing is repeated");
    assert!(reports.contains(&outcome(PulseResult::StillClosed)), "{reports:?}");
    assert!(!reports.contains(&outcome(PulseResult::Opened)), "{reports:?}");
}

#[test]
fn published_bytes_are_these() {
    assert_eq!(Speech.encode(Request::Unlock { board: 1, lock: 3 }), [0xAA, 0x01, 0x02, 0x03, 0xAA]);
    assert_eq!(Speech.encode(Request::Read { board: 9 }), [0xAA, 0x09, 0x01, 0x00, 0xA2]);
    let doors = [0x55, 0x01, 0x01, 0xFB, 0xAE];
    assert_eq!(read_answer(&doors), Some(Answer { board: 1, function: READ, data: 0xFB }));
    for at in 0..doors.len() {
        for bit in 0..8 {
            let mut flipped = doors;
            flipped[at] ^= 1 << bit;
            assert_eq!(read_answer(&flipped), None, "{flipped:02X?}");
        }
    }
}

#[test]
fn an_answer_to_another_question_is_none() {
    let unlock = Request::Unlock { board: 1, lock: 3 };
    let other = [0xFF, 0x55, 0x01, 0x02, 0x04, 0x52];
    assert_eq!(Speech.find(&other, unlock, 0), Ok(None), "of another lock");
    let ours = [0xFF, 0x55, 0x01, 0x02, 0x03, 0x55];
    assert_eq!(Speech.find(&ours, unlock, 0).map(|found| found.is_some()), Ok(true), "noise before it");
    let both = [frame(BOARD, 1, READ, 0xFF), frame(BOARD, 1, READ, 0xFE)].concat();
    assert_eq!(Speech.find(&both, Request::Read { board: 1 }, 0), Err(Conflict), "two boards on an address");
}
