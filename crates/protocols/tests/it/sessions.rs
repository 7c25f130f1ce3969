//! What differs between families in the one session: orders nobody answers, questions nothing tells apart, numbered questions,
//! slow answers.

use vestibule_protocols::session::{
    BeginError, Dialect, EventOf, Fault, Session, SessionEvent, SessionInput, Timing,
};
use vestibule_protocols::{Millis, kerong_cu, modbus, winnsen, wkly};

use crate::bytes;

struct Line<D: Dialect> {
    session: Session<D>,
    now: Millis,
}

impl<D: Dialect> Line<D> {
    fn open(dialect: D) -> Self {
        let session = Session::speaking(dialect, Timing::new(250, 5).unwrap());
        let mut line = Line { session, now: Millis(0) };
        line.reopen();
        line
    }

    fn reopen(&mut self) {
        self.session.handle(SessionInput::Opened, self.now);
        self.wait(5);
    }

    fn wait(&mut self, ms: u64) {
        self.now = self.now.plus(ms);
        self.session.handle(SessionInput::Deadline, self.now);
    }

    fn receive(&mut self, hex: &str) {
        self.session.handle(SessionInput::Received(&bytes(hex)), self.now);
        self.wait(5);
    }

    fn ask(&mut self, request: D::Request) -> Vec<u8> {
        self.session.begin(request, 0, self.now).unwrap();
        self.session.poll_transmit().unwrap()
    }

    fn event(&mut self) -> Option<EventOf<D>> {
        self.session.poll_event()
    }
}

fn kerong() -> (kerong_cu::Request, kerong_cu::Request) {
    let (board, lock) = (kerong_cu::BoardAddress::new(0).unwrap(), kerong_cu::LockNumber::new(1).unwrap());
    (kerong_cu::Request::ReadAll { board }, kerong_cu::Request::Unlock { board, lock })
}

#[test]
fn an_unlock_nobody_answers_is_over_when_the_line_has_rested() {
    let (look, unlock) = kerong();
    let mut line = Line::open(kerong_cu::KerongCu);
    assert_eq!(line.ask(unlock), bytes("02 00 31 03 36"));
    assert_eq!(line.event(), Some(SessionEvent::Sent { request: unlock }));
    assert_eq!(line.session.begin(look, 0, line.now), Err(BeginError::NotReady));
    // The answer some boards send all the same is none to what is asked next.
    line.wait(20);
    line.receive("02 00 35 FF FF 00 00 03 38");
    assert!(!line.session.is_ready(line.now), "the rest is not cut short");
    line.wait(80);
    assert_eq!(line.ask(look), bytes("02 00 30 03 35"));
    assert_eq!(line.event(), None);
    line.receive("FA 02 00 35 FE FF 01 00 03 38");
    let state = kerong_cu::State { locks: [0xFE, 0xFF], occupied: [1, 0] };
    assert_eq!(line.event(), Some(SessionEvent::Answered { request: look, answer: state }));
}

#[test]
fn where_nothing_tells_answers_apart_a_failed_question_waits_until_none_can_be_late() {
    let (look, _) = kerong();
    let mut line = Line::open(kerong_cu::KerongCu);
    line.ask(look);
    line.wait(250);
    assert_eq!(line.event(), Some(SessionEvent::Failed { request: look, fault: Fault::Timeout }));
    let failed_at = line.now;
    line.reopen();
    assert_eq!(line.session.begin(look, 0, line.now), Err(BeginError::Indistinct));
    assert_eq!(line.session.distinct_at(look), failed_at.plus(1_500));
    line.wait(1_000);
    line.receive("02 00 35 FF FF 00 00 03 38");
    line.wait(490);
    line.ask(look);
    let station = winnsen::Station::new(1).unwrap();
    let read = winnsen::Request::ReadAll { station, last: winnsen::LockNumber::new(12).unwrap() };
    let mut line = Line::open(winnsen::Winnsen);
    assert_eq!(line.ask(read), bytes("90 07 02 01 FF 0F 03"));
    line.receive("90 07 82 02 00 00 03");
    line.wait(250);
    assert_eq!(line.event(), Some(SessionEvent::Failed { request: read, fault: Fault::Garbled }));
}

#[test]
fn a_numbered_question_may_be_repeated_and_an_old_answer_is_none_to_it() {
    let (unit, last) = (modbus::Unit::new(1).unwrap(), modbus::Channel::new(8).unwrap());
    let look = modbus::Request::ReadInputs { unit, last };
    let mut line = Line::open(modbus::Modbus::framed(modbus::Framing::Tcp));
    assert_eq!(line.ask(look), bytes("00 01 00 00 00 06 01 02 00 00 00 08"));
    line.wait(250);
    line.reopen();
    assert_eq!(line.ask(look), bytes("00 02 00 00 00 06 01 02 00 00 00 08"));
    while line.event().is_some() {}
    line.receive("00 01 00 00 00 04 01 02 01 00");
    assert_eq!(line.event(), None, "late");
    line.receive("00 02 00 00 00 04 01 02 01 FF");
    let answer = modbus::Message::Bits { table: modbus::Table::Inputs, bits: vec![0xFF] };
    assert_eq!(line.event(), Some(SessionEvent::Answered { request: look, answer }));
    let mut line = Line::open(modbus::Modbus::framed(modbus::Framing::Rtu));
    assert_eq!(line.ask(look), bytes("01 02 00 00 00 08 79 CC"));
    line.wait(250);
    line.reopen();
    assert_eq!(line.session.begin(look, 0, line.now), Err(BeginError::Indistinct), "RTU has no numbers");
    line.ask(modbus::Request::ReadRelays { unit, last });
}

#[test]
fn a_refusal_and_an_echo_with_another_value_are_answers() {
    let (unit, channel) = (modbus::Unit::new(1).unwrap(), modbus::Channel::new(1).unwrap());
    let pulse = modbus::Request::Pulse { unit, channel, time: modbus::PulseTime::new(7).unwrap() };
    let mut line = Line::open(modbus::Modbus::framed(modbus::Framing::Rtu));
    assert_eq!(line.ask(pulse), bytes("01 05 02 00 00 07 8D B0"));
    line.receive("01 05 02 00 FF 00 8D 82");
    assert!(matches!(line.event(), Some(SessionEvent::Answered { .. })), "as pymodbus echoes");
    line.ask(pulse);
    line.receive("01 85 02 C3 51");
    let answer = modbus::Message::Refusal { function: 5, code: 2 };
    assert_eq!(line.event(), Some(SessionEvent::Answered { request: pulse, answer }));
}

#[test]
fn a_board_that_answers_after_its_pulse_is_waited_for() {
    let (board, lock) = (wkly::BoardAddress::new(0).unwrap(), wkly::LockNumber::new(1).unwrap());
    let unlock = wkly::Request::Unlock { board, lock };
    let mut line = Line::open(wkly::Wkly);
    assert_eq!(line.ask(unlock), bytes("57 4B 4C 59 09 00 82 01 83"));
    line.wait(450);
    line.receive("57 4B 4C 59 0B 00 82 00 01 00 81");
    assert!(matches!(line.event(), Some(SessionEvent::Answered { .. })));
    line.receive("57 4B 4C 59 0A 00 85 01 01 86");
    assert_eq!(line.event(), Some(SessionEvent::Changed { board }));
    let all = wkly::Request::ReadAll { board };
    line.session.begin(all, 3, line.now).unwrap();
    line.receive("57 4B 4C 59 0C 00 84 00 02 01 01 83");
    line.wait(250);
    assert_eq!(
        line.event(),
        Some(SessionEvent::Failed { request: all, fault: Fault::Garbled }),
        "two doors of three"
    );
}
