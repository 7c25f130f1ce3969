//! One bus over time: one transaction at a time, faults, and late bytes.

use vestibule_protocols::Millis;
use vestibule_protocols::lock8a::{
    Answer, BeginError, BoardAddress, Fault, LockNumber, Request, Session, SessionEvent, SessionInput, Timing,
};

use crate::bytes;

struct Line {
    session: Session,
    now: Millis,
}

impl Line {
    /// Open and quiet at 10 ms.
    fn open() -> Self {
        let mut line = Line { session: Session::new(Timing::new(250, 5).unwrap()), now: Millis(0) };
        line.session.handle(SessionInput::Opened, line.now);
        line.wait(10);
        line
    }

    fn wait(&mut self, ms: u64) {
        self.now = self.now.plus(ms);
        self.session.handle(SessionInput::Deadline, self.now);
    }

    fn receive(&mut self, hex: &str) {
        self.session.handle(SessionInput::Received(&bytes(hex)), self.now);
    }

    fn begin(&mut self, request: Request) -> Result<(), BeginError> {
        self.session.begin(request, 3, self.now)
    }

    fn events(&mut self) -> Vec<SessionEvent> {
        std::iter::from_fn(|| self.session.poll_event()).collect()
    }

    fn reopen(&mut self) {
        self.session.handle(SessionInput::Opened, self.now);
        self.wait(5);
    }
}

fn read_all() -> Request {
    Request::ReadAll { board: BoardAddress::new(1).unwrap() }
}

fn read_one(lock: u8) -> Request {
    Request::ReadOne { board: BoardAddress::new(1).unwrap(), lock: LockNumber::new(lock).unwrap() }
}

const ALL_OPEN: &str = "80 01 00 00 00 33 B2";
const LOCK_1_OPEN: &str = "80 01 01 00 80";
const LOCK_2_OPEN: &str = "80 01 02 00 83";

fn is_answered(events: &[SessionEvent]) -> bool {
    events.iter().any(|event| matches!(event, SessionEvent::Answered { .. }))
}

#[test]
fn a_question_is_sent_at_once_and_answered_after_the_gap() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    assert_eq!(line.session.poll_transmit().unwrap().to_vec(), bytes("80 01 00 33 B2"));
    line.wait(20);
    line.receive(ALL_OPEN);
    assert_eq!(line.events(), [], "the frame has not ended yet");
    assert_eq!(line.session.next_deadline(), Some(line.now.plus(5)));
    line.wait(5);
    let events = line.events();
    assert!(
        matches!(events[..], [SessionEvent::Answered { answer: Answer::StateAll { .. }, .. }]),
        "{events:?}"
    );
    assert!(line.session.is_ready(line.now));
}

#[test]
fn an_answer_in_pieces_longer_apart_than_a_gap_is_put_together() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    line.receive("FA FD 99 99 80 01 00");
    line.wait(40);
    line.receive("00 00 33 B2");
    line.wait(5);
    assert!(is_answered(&line.events()));
}

#[test]
fn one_transaction_at_a_time_and_only_on_an_open_quiet_line() {
    let mut line = Line { session: Session::new(Timing::new(250, 5).unwrap()), now: Millis(0) };
    assert_eq!(line.begin(read_all()), Err(BeginError::NotReady));
    line.session.handle(SessionInput::Opened, line.now);
    assert_eq!(line.begin(read_all()), Err(BeginError::NotReady), "a gap first");
    line.wait(5);
    line.begin(read_all()).unwrap();
    assert_eq!(line.begin(read_one(1)), Err(BeginError::NotReady));
    assert!(line.session.poll_transmit().is_some());
    assert!(line.session.poll_transmit().is_none());
}

#[test]
fn silence_ends_after_the_time_out_and_asks_for_the_line_to_be_reopened() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    line.wait(249);
    assert_eq!(line.events(), []);
    line.wait(1);
    let failed = SessionEvent::Failed { request: read_all(), fault: Fault::Timeout };
    assert_eq!(line.events(), [failed, SessionEvent::ReopenWanted]);
    assert_eq!(line.begin(read_one(1)), Err(BeginError::NotReady), "not before it was reopened");
    line.session.handle(SessionInput::Opened, line.now);
    assert_eq!(line.begin(read_one(1)), Err(BeginError::NotReady), "not before a gap");
    line.wait(5);
    line.begin(read_one(1)).unwrap();
}

#[test]
fn a_wrong_checksum_is_garbled_at_the_time_out() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    line.receive("80 01 00 00 00 33 B3");
    line.wait(250);
    assert_eq!(line.events()[0], SessionEvent::Failed { request: read_all(), fault: Fault::Garbled });
}

#[test]
fn two_boards_on_one_address_are_garbled() {
    let mut line = Line::open();
    line.begin(read_one(1)).unwrap();
    line.receive("80 01 01 11 91 80 01 01 00 80");
    line.wait(5);
    assert_eq!(line.events()[0], SessionEvent::Failed { request: read_one(1), fault: Fault::Garbled });
}

#[test]
fn bytes_after_the_time_out_are_dropped_and_delay_the_next_question() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    line.wait(250);
    line.receive(ALL_OPEN);
    line.session.handle(SessionInput::Opened, line.now);
    line.wait(3);
    line.receive(ALL_OPEN);
    line.wait(4);
    assert_eq!(line.begin(read_one(1)), Err(BeginError::NotReady));
    line.wait(1);
    line.begin(read_one(1)).unwrap();
    line.wait(100);
    assert!(!is_answered(&line.events()));
}

#[test]
fn what_came_before_a_question_is_never_its_answer() {
    let mut line = Line::open();
    line.receive(ALL_OPEN);
    line.now = line.now.plus(5); // quiet long enough, though nobody told the session that time passed
    line.begin(read_all()).unwrap();
    line.receive("00");
    line.wait(5);
    assert!(!is_answered(&line.events()));
}

#[test]
fn a_late_answer_never_satisfies_the_next_question() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    line.wait(250);
    line.reopen();
    assert_eq!(line.begin(read_all()), Err(BeginError::Indistinct));
    line.begin(read_one(1)).unwrap();
    line.receive(ALL_OPEN); // the answer to the question before
    line.wait(100);
    assert!(!is_answered(&line.events()));
    line.receive(LOCK_1_OPEN);
    line.wait(5);
    assert!(is_answered(&line.events()));
    line.begin(read_all()).expect("the board answered: nothing older is on its way");
}

#[test]
fn each_failed_question_stays_excluded_until_the_board_answers_another() {
    let mut line = Line::open();
    for lock in [1, 2] {
        line.begin(read_one(lock)).unwrap();
        line.wait(250);
        line.reopen();
    }
    assert!(!line.session.is_distinct(read_one(1), line.now));
    assert!(!line.session.is_distinct(read_one(2), line.now));
    line.begin(read_one(3)).unwrap();
    line.receive(LOCK_2_OPEN);
    line.wait(100);
    line.receive("80 01 03 11 93");
    line.wait(5);
    assert!(is_answered(&line.events()));
    assert!(line.session.is_distinct(read_one(2), line.now));
}

#[test]
fn an_excluded_question_may_be_asked_again_when_nothing_can_be_late_any_more() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    line.wait(250);
    line.reopen();
    line.wait(4_990);
    assert!(!line.session.is_distinct(read_all(), line.now));
    line.wait(5);
    line.begin(read_all()).unwrap();
}

#[test]
fn unasked_frames_are_hints_whether_idle_or_asked() {
    let board = BoardAddress::new(1).unwrap();
    let mut line = Line::open();
    line.receive("81 01 01 11 90");
    line.wait(5);
    assert_eq!(line.events(), [SessionEvent::Changed { board }]);
    line.begin(read_one(1)).unwrap();
    line.receive("82 01 01 11 93 80 01 01 00 80");
    line.wait(5);
    let events = line.events();
    assert!(
        matches!(events[..], [SessionEvent::Changed { .. }, SessionEvent::Answered { .. }]),
        "{events:?}"
    );
}

#[test]
fn a_lost_line_ends_the_question() {
    let mut line = Line::open();
    line.begin(read_all()).unwrap();
    line.session.handle(SessionInput::Lost, line.now);
    assert_eq!(line.events(), [SessionEvent::Failed { request: read_all(), fault: Fault::LineLost }]);
    assert!(line.session.poll_transmit().is_none());
    assert_eq!(line.session.next_deadline(), None);
}

#[test]
fn a_chattering_line_is_reopened() {
    let mut line = Line::open();
    for _ in 0..130 {
        line.wait(2);
        line.receive("55");
    }
    assert_eq!(line.events(), [SessionEvent::Noise, SessionEvent::ReopenWanted]);
}

#[test]
fn without_a_gap_an_answer_ends_with_its_last_byte() {
    let mut session = Session::new(Timing::new(250, 0).unwrap());
    session.handle(SessionInput::Opened, Millis(0));
    session.begin(read_all(), 3, Millis(0)).unwrap();
    session.handle(SessionInput::Received(&bytes(ALL_OPEN)), Millis(0));
    assert!(matches!(session.poll_event(), Some(SessionEvent::Answered { .. })));
    assert!(session.is_ready(Millis(0)));
}

#[test]
fn no_longer_time_out_than_the_family_needs_is_accepted() {
    assert!(Timing::new(0, 5).is_err());
    assert!(Timing::new(250, 5).is_ok());
    assert!(Timing::new(251, 5).is_err());
}
