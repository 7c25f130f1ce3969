//! The half of a bus that holds all meaning, one piece of code for all families of boards.
//!
//! - Pulses go ahead of polls, one at a time, the next only after the coil of the one before is off (I10).
//! - A pulse is sent once or never: not after its last moment, not while the line is away, not before every board was
//!   asked once, not to a board that fails to answer a probe. Nothing here repeats one.
//! - What a board answers to "unlock" is not believed: later door states decide the outcome.

use std::collections::VecDeque;

use vestibule_protocols::Millis;
use vestibule_protocols::session::{Dialect, EventOf, Fault, Session, SessionEvent, SessionInput, Timing};

use super::board::{Board, Turn};
use super::watch::Watch;
use super::{Input, Machine, Output};
use crate::families::{Ask, Family, Meaning, Reply, State};
use crate::wiring::CheckedBoard;
use crate::{
    BusHealth, DeviceError, DeviceHealth, Exchange, FramePurpose, HEARD_MAX, PulseIntent, PulseResult,
    Report, Said,
};

/// A board so much overdue is asked although doors are moving elsewhere.
const OVERDUE_MS: u64 = 500;
/// From an order nobody answers until its coil is surely on.
const UNANSWERED_MS: u64 = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineState {
    NeverOpened,
    Open,
    /// Being opened anew after a fault; it was not lost.
    Reopening,
    Lost,
}

/// The question under way: which board, and why.
#[derive(Clone, Copy, Debug)]
struct Flight {
    board: usize,
    asked_at: Millis,
    purpose: Purpose,
}

#[derive(Clone, Copy, Debug)]
enum Purpose {
    Prepare,
    Look,
    Probe,
    Identify,
    Unlock,
}

/// A line, its boards and their doors.
#[derive(Debug)]
pub(super) struct Driver<F: Family, I> {
    session: Session<F::Speech>,
    boards: Vec<Board>,
    /// What is still to be said to each board before anything else.
    preparing: Vec<VecDeque<Ask<F>>>,
    pulses: VecDeque<I>,
    watches: Vec<Watch>,
    flight: Option<Flight>,
    /// The bytes of that question, and what was heard since.
    sent: Vec<u8>,
    heard: Vec<u8>,
    coil_off_at: Millis,
    /// Nothing is pulsed any more.
    finishing: bool,
    urgent_was_last: bool,
    line: LineState,
    /// Whether the line can be opened, for pages.
    line_health: DeviceHealth,
    outputs: VecDeque<Output>,
    now: Millis,
}

impl<F: Family, I: PulseIntent> Machine<I> for Driver<F, I> {
    fn handle(&mut self, input: Input<'_, I>, now: Millis) {
        self.now = self.now.max(now);
        match input {
            Input::Received(bytes) => {
                let room = HEARD_MAX.saturating_sub(self.heard.len());
                self.heard.extend_from_slice(&bytes[..bytes.len().min(room)]);
                self.session.handle(SessionInput::Received(bytes), self.now);
            }
            Input::Pulse(intent) => self.on_pulse(intent),
            Input::TransportOpened => self.on_opened(),
            Input::TransportLost => self.on_lost(),
            Input::Expect { point } => {
                let now = self.now;
                self.boards.iter_mut().any(|board| board.expect(point, now));
            }
            Input::Deadline => self.session.handle(SessionInput::Deadline, self.now),
            Input::Finish => {
                self.finishing = true;
                self.refuse_where(DeviceError::Away, |_| true);
            }
        }
        self.go_on();
    }

    fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    fn next_deadline(&self) -> Option<Millis> {
        let expiry = self.pulses.iter().map(|pulse| pulse.not_after().plus(1));
        let given_up = self.watches.iter().map(Watch::given_up_at);
        let coil_off = (self.finishing && self.coil_off_at > self.now).then_some(self.coil_off_at);
        let session = self.session.next_deadline();
        expiry.chain(given_up).chain(session).chain(self.next_start()).chain(coil_off).min()
    }

    fn is_finished(&self) -> bool {
        let pulses_now = matches!(self.flight, Some(Flight { purpose: Purpose::Unlock, .. }));
        self.finishing && !pulses_now && self.watches.is_empty() && self.coil_off_at <= self.now
    }

    fn count_in(&mut self, health: &BusHealth) {
        self.line_health = health.line.clone();
        for board in &mut self.boards {
            if let Some(health) = health.boards.get(&board.address) {
                board.health = health.clone();
            }
        }
    }
}

impl<F: Family, I: PulseIntent> Driver<F, I> {
    /// Of a checked wiring, whose boards are all of the family.
    pub fn new(boards: Vec<CheckedBoard>) -> Self {
        let boards: Vec<Board> = boards.into_iter().map(Board::new).collect();
        let slowest = |of: fn(&Board) -> u64| boards.iter().map(of).max().unwrap_or_default();
        let response_timeout_ms = slowest(|board| board.profile.response_timeout_ms);
        let quiet_gap_ms = slowest(|board| board.profile.quiet_gap_ms);
        let timing = Timing::new(response_timeout_ms, quiet_gap_ms).expect("profiles are checked");
        let first = boards.first().expect("a checked wiring has a board");
        Self {
            session: Session::speaking(F::speech(&first.profile), timing),
            preparing: boards.iter().map(|board| F::prepare(board.to()).into()).collect(),
            boards,
            pulses: VecDeque::new(),
            watches: Vec::new(),
            flight: None,
            sent: Vec::new(),
            heard: Vec::new(),
            coil_off_at: Millis(0),
            finishing: false,
            urgent_was_last: false,
            line: LineState::NeverOpened,
            line_health: DeviceHealth::default(),
            outputs: VecDeque::new(),
            now: Millis(0),
        }
    }

    /// When the next question can be asked, if nothing comes in between.
    fn next_start(&self) -> Option<Millis> {
        if self.flight.is_some() {
            return None;
        }
        let quiet_at = self.session.quiet_at()?;
        let look =
            self.boards.iter().map(|board| if board.was_asked { board.turn(self.now).due } else { self.now });
        let pulse = self.pulses.iter().map(|pulse| self.rests_until(pulse).max(self.coil_off_at));
        let identity = self.next_unknown().map(|_| self.now);
        look.chain(pulse).chain(identity).min().map(|at| at.max(quiet_at))
    }

    fn on_pulse(&mut self, intent: I) {
        if self.finishing {
            return self.refuse(&intent, DeviceError::Away);
        }
        match self.line {
            LineState::Open | LineState::Reopening if self.place_of(intent.point()).is_none() => {
                self.refuse(&intent, DeviceError::Unsupported);
            }
            LineState::Open | LineState::Reopening => self.pulses.push_back(intent),
            LineState::NeverOpened | LineState::Lost => self.refuse(&intent, DeviceError::Timeout),
        }
    }

    fn on_opened(&mut self) {
        let before = std::mem::replace(&mut self.line, LineState::Open);
        if before == LineState::Lost {
            self.report(Report::BusBack);
        }
        if matches!(before, LineState::Lost | LineState::NeverOpened) {
            self.boards.iter_mut().for_each(Board::forget);
        }
        self.session.handle(SessionInput::Opened, self.now);
    }

    fn on_lost(&mut self) {
        self.line_health.failed(DeviceError::Timeout);
        self.line_health.is_away(DeviceError::Timeout);
        self.session.handle(SessionInput::Lost, self.now);
        self.take_events();
        if std::mem::replace(&mut self.line, LineState::Lost) != LineState::Lost {
            self.report(Report::BusLost);
        }
        self.refuse_where(DeviceError::Timeout, |_| true);
    }

    /// Everything that follows from an input or from time.
    fn go_on(&mut self) {
        self.take_events();
        let now = self.now;
        self.refuse_where(DeviceError::Expired, |pulse| pulse.not_after() < now);
        self.settle_watches(|watch| (watch.given_up_at() <= now).then_some(PulseResult::Unknown));
        while self.flight.is_none() && self.session.is_ready(now) && self.start_next() {
            self.take_events();
        }
    }

    /// Asks the most urgent question, or puts off a board that cannot be asked. False if nothing is due.
    fn start_next(&mut self) -> bool {
        if let Some(board) = self.boards.iter().position(|board| !board.was_asked) {
            return self.look_at(board);
        }
        let ready = |pulse: &I| self.rests_until(pulse) <= self.now;
        if self.coil_off_at <= self.now
            && let Some(at) = self.pulses.iter().position(ready)
            && let Some(pulse) = self.pulses.remove(at)
        {
            return self.start_pulse(pulse);
        }
        match self.next_turn() {
            Some((index, turn)) => {
                self.urgent_was_last = turn.is_urgent;
                self.look_at(index)
            }
            None => self.next_unknown().is_some_and(|index| self.identify(index)),
        }
    }

    /// The board to ask what runs on it: one that answers in order, while nothing is ordered and no door moves.
    fn next_unknown(&self) -> Option<usize> {
        let is_busy = self.finishing || !self.pulses.is_empty() || !self.watches.is_empty();
        if is_busy || self.coil_off_at > self.now || self.boards.iter().any(|board| board.is_moving(self.now))
        {
            return None;
        }
        let may_be_asked = |(index, board): &(usize, &Board)| {
            let is_well = board.was_asked && !board.is_suspect && board.refusal.is_none();
            board.is_unknown && is_well && self.preparing[*index].is_empty()
        };
        let askable = self.boards.iter().enumerate().filter(may_be_asked);
        askable.map(|(index, _)| index).find(|index| F::identify(self.boards[*index].to()).is_some())
    }

    /// Asks once; a board that does not say it stays unknown.
    fn identify(&mut self, index: usize) -> bool {
        self.boards[index].is_unknown = false;
        let request = F::identify(self.boards[index].to());
        request.is_some_and(|request| self.ask(index, request, Purpose::Identify))
    }

    /// The board to look at: one with a moving door, else the one due longest. On a line too slow for all of them the
    /// two take turns, so that a moving door waits for one other board at most and none is forgotten.
    fn next_turn(&self) -> Option<(usize, Turn)> {
        let most_due = |is_urgent: bool| {
            let turns = self.boards.iter().map(|board| board.turn(self.now)).enumerate();
            let due = turns.filter(|(_, turn)| turn.is_urgent == is_urgent && turn.due <= self.now);
            due.min_by_key(|(_, turn)| turn.due)
        };
        let is_overdue = |turn: &Turn| self.now.since(turn.due) >= OVERDUE_MS;
        let neglected = most_due(false).filter(|(_, turn)| self.urgent_was_last && is_overdue(turn));
        neglected.or_else(|| most_due(true)).or_else(|| most_due(false))
    }

    fn look_at(&mut self, index: usize) -> bool {
        let board = &self.boards[index];
        let was_asked = if board.is_suspect { self.probe(index) } else { self.prepare_or_look(index) };
        if !was_asked {
            let earliest = if F::PROBES_RUN_OUT { self.probe_at(index) } else { Millis(0) };
            self.boards[index].put_off(self.now, earliest);
        }
        true
    }

    fn prepare_or_look(&mut self, index: usize) -> bool {
        match self.preparing[index].front() {
            Some(request) => self.ask(index, *request, Purpose::Prepare),
            None => self.ask(index, F::look(self.boards[index].to()), Purpose::Look),
        }
    }

    /// Asks a suspect board something whose answer cannot be an old one. False if there is no such question.
    fn probe(&mut self, index: usize) -> bool {
        let count = F::probes(&self.boards[index].profile);
        (0..count).any(|_| {
            let turn = self.boards[index].next_probe(count);
            let request = F::probe(self.boards[index].to(), turn);
            self.ask(index, request, Purpose::Probe)
        })
    }

    /// When there is such a question again at the latest.
    fn probe_at(&self, index: usize) -> Millis {
        let board = &self.boards[index];
        let probes = (1..=F::probes(&board.profile)).map(|turn| F::probe(board.to(), turn));
        probes.map(|request| self.session.distinct_at(request)).min().unwrap_or(self.now)
    }

    /// Until when the board of a pulse is left alone.
    fn rests_until(&self, pulse: &I) -> Millis {
        self.place_of(pulse.point()).map_or(Millis(0), |(index, _)| self.boards[index].rests_until)
    }

    fn start_pulse(&mut self, pulse: I) -> bool {
        let Some((index, door)) = self.place_of(pulse.point()) else {
            self.refuse(&pulse, DeviceError::Unsupported);
            return true;
        };
        let board = &self.boards[index];
        if let Some(code) = board.refusal {
            self.refuse(&pulse, DeviceError::Vendor { code });
            return true;
        }
        let request = F::unlock(board.to(), board.doors[door].point.lock);
        let is_prepared = self.preparing[index].is_empty();
        if !board.is_suspect && is_prepared && self.ask(index, request, Purpose::Unlock) {
            self.on_pulse_sent(&pulse, (index, door));
        } else if self.prove(index) {
            self.pulses.push_front(pulse);
        } else if F::PROBES_RUN_OUT && (self.now..=pulse.not_after()).contains(&self.probe_at(index)) {
            // It is asked as soon as its answer can be told from an old one.
            self.boards[index].rests_until = self.probe_at(index).max(self.now.plus(1));
            self.pulses.push_front(pulse);
        } else {
            self.refuse(&pulse, DeviceError::Timeout);
        }
        true
    }

    /// Brings a board nearer to being pulsed: prepares one that answers, probes one that may not.
    fn prove(&mut self, index: usize) -> bool {
        if self.boards[index].is_suspect || self.preparing[index].is_empty() {
            return self.probe(index);
        }
        self.prepare_or_look(index)
    }

    fn ask(&mut self, index: usize, request: Ask<F>, purpose: Purpose) -> bool {
        let board = &mut self.boards[index];
        if self.session.begin(request, F::least(&board.profile), self.now).is_err() {
            return false;
        }
        if !matches!(purpose, Purpose::Identify) {
            board.on_asked(self.now);
        }
        self.flight = Some(Flight { board: index, asked_at: self.now, purpose });
        let bytes = self.session.poll_transmit().expect("a question begun is ready to be sent");
        self.heard.clear();
        self.sent.clone_from(&bytes);
        self.outputs.push_back(Output::Transmit(bytes));
        true
    }

    fn on_pulse_sent(&mut self, pulse: &I, place: (usize, usize)) {
        let (opening, attempt) = (pulse.opening(), pulse.attempt());
        let board = &mut self.boards[place.0];
        board.doors[place.1].awaited += 1;
        let until = self.now.plus(board.profile.open_window_ms);
        self.watches.push(Watch { opening, attempt, place, until });
        self.report(Report::PulseSent { opening, attempt });
    }

    fn take_events(&mut self) {
        while let Some(event) = self.session.poll_event() {
            let event: EventOf<F::Speech> = event;
            match event {
                SessionEvent::Answered { request, answer } => self.on_answer(request, &answer),
                SessionEvent::Sent { .. } => self.on_sent(),
                SessionEvent::Failed { fault, .. } => self.on_failure(fault),
                SessionEvent::Changed { board } => self.on_hint(board),
                SessionEvent::Noise => {
                    for board in &mut self.boards {
                        board.on_failure(DeviceError::Garbled, self.now, &mut self.outputs);
                    }
                }
                SessionEvent::ReopenWanted => {
                    self.line = LineState::Reopening;
                    self.outputs.push_back(Output::Reopen);
                }
            }
        }
    }

    fn on_hint(&mut self, board: <F::Speech as Dialect>::Board) {
        let address = F::address(board);
        if let Some(board) = self.boards.iter_mut().find(|board| board.address == address) {
            board.hint();
        }
    }

    fn on_answer(&mut self, request: Ask<F>, reply: &Reply<F>) {
        let Some(flight) = self.flight.take() else { return };
        let meaning = F::meaning(&self.boards[flight.board].profile, reply);
        let error = match (flight.purpose, meaning) {
            // Many boards do not know the question, and need not.
            (Purpose::Identify, _) => None,
            (_, Meaning::Refused(code)) => Some(DeviceError::Vendor { code }),
            (_, Meaning::State(_) | Meaning::Heard) => None,
        };
        self.note(flight, error);
        let board = &mut self.boards[flight.board];
        if let (Purpose::Look, Meaning::Refused(code)) = (flight.purpose, meaning) {
            return board.on_refusal(code, self.now, &mut self.outputs);
        }
        board.health.answered(self.now.since(flight.asked_at), self.now);
        self.line_health.is_back();
        board.on_answer(&mut self.outputs);
        match (flight.purpose, meaning) {
            // The door springs now: look at it next.
            (Purpose::Unlock, _) => {
                self.coil_off_at = self.now.plus(board.profile.pulse_ms);
                board.hint();
            }
            (Purpose::Prepare, _) => {
                board.hint();
                let more = F::prepare_more(board.to(), request, reply);
                self.preparing[flight.board].pop_front();
                self.preparing[flight.board].extend(more);
            }
            (Purpose::Identify, _) => {
                if let Some(firmware) = F::firmware(reply) {
                    board.health.says_firmware(firmware);
                }
            }
            (Purpose::Look | Purpose::Probe, Meaning::State(state)) => self.on_state(flight, state),
            // It answers in order, so nothing older can come any more: now look.
            (Purpose::Probe, _) => board.hint(),
            (Purpose::Look, _) => {}
        }
    }

    /// For whoever looks for a fault.
    fn note(&mut self, flight: Flight, error: Option<DeviceError>) {
        let purpose = match flight.purpose {
            Purpose::Prepare => FramePurpose::Prepare,
            Purpose::Look => FramePurpose::Look,
            Purpose::Probe => FramePurpose::Probe,
            Purpose::Identify => FramePurpose::Identify,
            Purpose::Unlock => FramePurpose::Unlock,
        };
        let board = self.boards[flight.board].address;
        let (sent, heard) = (std::mem::take(&mut self.sent), std::mem::take(&mut self.heard));
        self.line_health.exchanged(Exchange {
            at: flight.asked_at,
            said: Said::Frames { board, purpose, sent, heard },
            took_ms: self.now.since(flight.asked_at),
            error,
        });
    }

    fn on_state(&mut self, flight: Flight, state: State) {
        let board = &mut self.boards[flight.board];
        let twice = F::reads_twice(&board.profile);
        if let Some(asked_at) = board.on_state(state, (flight.asked_at, twice), &mut self.outputs) {
            self.judge_watches(flight.board, asked_at);
        }
    }

    /// An order without an answer is on its way; whether it is obeyed, the door will show.
    fn on_sent(&mut self) {
        let Some(flight) = self.flight.take() else { return };
        self.note(flight, None);
        let board = &mut self.boards[flight.board];
        self.coil_off_at = self.now.plus(UNANSWERED_MS + board.profile.pulse_ms);
        board.hint();
    }

    fn on_failure(&mut self, fault: Fault) {
        let Some(flight) = self.flight.take() else { return };
        let error = match fault {
            Fault::Timeout => DeviceError::Timeout,
            Fault::Garbled => DeviceError::Garbled,
            Fault::LineLost => DeviceError::Timeout,
        };
        self.note(flight, Some(error));
        let board = &mut self.boards[flight.board];
        match fault {
            // That says nothing of the board, but an answer may still come.
            Fault::Timeout | Fault::Garbled if matches!(flight.purpose, Purpose::Identify) => {
                board.is_suspect = true;
            }
            Fault::Timeout | Fault::Garbled => {
                // The line stayed open for as long as that took: a server that hangs up at once is away all the same.
                self.line_health.is_back();
                board.on_failure(error, self.now, &mut self.outputs);
            }
            // The line's fault, not the board's; its answer may still come late.
            Fault::LineLost => board.is_suspect = true,
        }
        match flight.purpose {
            // It may have fired all the same.
            Purpose::Unlock => self.coil_off_at = self.now.plus(board.profile.pulse_ms),
            Purpose::Probe => {
                let points: Vec<u32> = board.doors.iter().map(|door| door.point.point).collect();
                self.refuse_where(error, |pulse| points.contains(&pulse.point()));
            }
            Purpose::Look | Purpose::Prepare | Purpose::Identify => {}
        }
    }

    fn judge_watches(&mut self, board: usize, asked_at: Millis) {
        let seen: Vec<Option<bool>> = self.boards[board].doors.iter().map(|door| door.open).collect();
        self.settle_watches(|watch| match watch.place {
            (of, door) if of == board => watch.judge(seen[door], asked_at),
            _ => None,
        });
    }

    fn settle_watches(&mut self, outcome_of: impl Fn(&Watch) -> Option<PulseResult>) {
        let (boards, outputs) = (&mut self.boards, &mut self.outputs);
        self.watches.retain(|watch| match outcome_of(watch) {
            None => true,
            Some(outcome) => {
                let awaited = &mut boards[watch.place.0].doors[watch.place.1].awaited;
                *awaited = awaited.saturating_sub(1);
                outputs.push_back(Output::Report(watch.report(outcome)));
                false
            }
        });
    }

    fn place_of(&self, point: u32) -> Option<(usize, usize)> {
        self.boards.iter().enumerate().find_map(|(index, board)| {
            Some((index, board.doors.iter().position(|door| door.point.point == point)?))
        })
    }

    fn refuse_where(&mut self, error: DeviceError, is_refused: impl Fn(&I) -> bool) {
        let (refused, kept) = std::mem::take(&mut self.pulses).into_iter().partition(is_refused);
        self.pulses = kept;
        let refused: VecDeque<I> = refused;
        for pulse in &refused {
            self.refuse(pulse, error);
        }
    }

    fn refuse(&mut self, pulse: &I, error: DeviceError) {
        let (opening, attempt) = (pulse.opening(), pulse.attempt());
        self.report(Report::PulseNotSent { opening, attempt, error });
    }

    fn report(&mut self, report: Report) {
        self.outputs.push_back(Output::Report(report));
    }
}
