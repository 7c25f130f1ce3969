//! The master's side of one half-duplex line, whatever the boards on it speak: one transaction at a time, and no late
//! byte ever taken for an answer.
//!
//! Owns the order of events on the line. It never opens a port, never repeats a request, and knows nothing of doors. What
//! the bytes mean is a [`Dialect`]'s.
//!
//! How late bytes are kept out. (1) What comes while nothing is asked is dropped, and nothing is sent before the line
//! was quiet for one gap. (2) An answer must match the question in form, board and lock. (3) After any fault the
//! line is reopened and a gap waited for. (4) The one thing no matching can tell apart is the late answer to the same
//! question: so [`Session::begin`] refuses to repeat an unanswered question until that board has answered another
//! one (boards answer in order, so everything older has then arrived) or [`Dialect::late_ms`] have passed. A dialect that
//! numbers its questions needs no such care.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use thiserror::Error;

use crate::Millis;

/// The longest time a board may be waited for when it is asked for its state.
pub const RESPONSE_TIMEOUT_MAX_MS: u64 = 250;
/// How long after a fault an answer may still arrive and be mistaken, unless the family is known to be quicker.
pub const LATE_MS: u64 = 5_000;
/// How long the line rests after an order nobody answers: the order itself, and the answer some boards send all the same.
const UNANSWERED_REST_MS: u64 = 100;
/// More than any sensible burst between two gaps; older bytes are let go.
const RECEIVED_MAX: usize = 256;

/// What the boards of one family say and hear.
pub trait Dialect {
    /// Who is spoken to.
    type Board: Copy + Ord + std::fmt::Debug;
    /// What can be asked.
    type Request: Copy + Ord + std::fmt::Debug;
    /// What can be answered.
    type Answer: Clone + PartialEq + std::fmt::Debug;

    /// The board a request is for.
    fn board(request: Self::Request) -> Self::Board;

    /// The bytes of a request that is sent now.
    fn encode(&mut self, request: Self::Request) -> Vec<u8>;

    /// Finds the answer to the last encoded request, which was `request`, anywhere in `bytes`; `Ok(None)`: not there, or not
    /// yet whole. `least`: how much of its state a board must tell, in families whose answers differ in length: status bytes
    /// for `lock8a`, doors for `wkly`.
    ///
    /// # Errors
    /// Two different answers.
    fn find(
        &self,
        bytes: &[u8],
        request: Self::Request,
        least: usize,
    ) -> Result<Option<Self::Answer>, Conflict>;

    /// Boards that told unasked that something changed. None in most families.
    fn find_changes(&self, _bytes: &[u8]) -> Vec<Self::Board> {
        Vec::new()
    }

    /// Whether boards answer this at all.
    fn is_answered(_request: Self::Request) -> bool {
        true
    }

    /// How long this may take to be answered, where that is longer than asking for a state.
    fn answer_within_ms(_request: Self::Request) -> Option<u64> {
        None
    }

    /// Whether an answer says which question it belongs to, so that a late one is never taken for another.
    fn numbers_questions(&self) -> bool {
        false
    }

    /// How late the answer to a question given up may still come.
    fn late_ms() -> u64 {
        LATE_MS
    }
}

/// The times of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    response_timeout_ms: u64,
    quiet_gap_ms: u64,
}

/// A time-out that no board needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("response time-out of {0} ms: expected 1 to {RESPONSE_TIMEOUT_MAX_MS} ms")]
pub struct TimingError(pub u64);

impl Timing {
    /// `response_timeout_ms` is 1 to 250; `quiet_gap_ms` ends a frame (5 ms at 9600 baud; 0 only for simulated lines).
    pub fn new(response_timeout_ms: u64, quiet_gap_ms: u64) -> Result<Self, TimingError> {
        match response_timeout_ms {
            1..=RESPONSE_TIMEOUT_MAX_MS => Ok(Self { response_timeout_ms, quiet_gap_ms }),
            _ => Err(TimingError(response_timeout_ms)),
        }
    }
}

/// What happens to a session.
#[derive(Clone, Copy, Debug)]
pub enum SessionInput<'a> {
    /// The line was opened, for the first time or again.
    Opened,
    /// The line is gone; whatever was under way failed.
    Lost,
    /// Bytes came.
    Received(&'a [u8]),
    /// Time passed.
    Deadline,
}

/// What a session has to say, of boards `B`, requests `R` and answers `A`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEvent<B, R, A> {
    /// The question was answered.
    Answered {
        /// The question.
        request: R,
        /// Its answer; always one that matches.
        answer: A,
    },
    /// An order that boards do not answer went out. Nothing is known of it.
    Sent {
        /// The order.
        request: R,
    },
    /// The question will not be answered.
    Failed {
        /// The question.
        request: R,
        /// Why.
        fault: Fault,
    },
    /// A board spoke unasked: ask it soon.
    Changed {
        /// Which one.
        board: B,
    },
    /// The line chattered for longer than a response may take while nothing was asked.
    Noise,
    /// Close and reopen the line, then tell [`SessionInput::Opened`].
    ReopenWanted,
}

/// The events of a session in the dialect `D`.
pub type EventOf<D> = SessionEvent<<D as Dialect>::Board, <D as Dialect>::Request, <D as Dialect>::Answer>;

/// Why a question was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing came in time.
    Timeout,
    /// Something came in time, but no answer to this question.
    Garbled,
    /// The line was lost meanwhile.
    LineLost,
}

/// Why a question cannot be asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BeginError {
    /// Another is under way, the line is not open, or it is not quiet yet.
    #[error("the bus is not free")]
    NotReady,
    /// The same question failed lately: its late answer could not be told from a new one.
    #[error("a late answer to this question could be taken for a new one: ask another first")]
    Indistinct,
}

/// Two different answers to one question: two boards share an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("two different answers to one question: do two boards share an address?")]
pub struct Conflict;

/// Finds the one answer in `bytes`. `read` looks at the bytes from some place on and says what stands there and how long it
/// is. Noise around it is skipped; the same answer twice is one.
///
/// # Errors
/// Two different answers.
pub fn find_one<A: PartialEq>(
    bytes: &[u8],
    read: impl Fn(&[u8]) -> Option<(A, usize)>,
) -> Result<Option<A>, Conflict> {
    let mut found: Option<A> = None;
    let mut start = 0;
    while start < bytes.len() {
        let Some((answer, length)) = read(&bytes[start..]) else {
            start += 1;
            continue;
        };
        if found.as_ref().is_some_and(|first| *first != answer) {
            return Err(Conflict);
        }
        found = Some(answer);
        start += length.max(1);
    }
    Ok(found)
}

#[derive(Clone, Copy, Debug)]
enum State<R> {
    Closed,
    /// Open; nothing asked. `busy_since`: the first byte since the line was last quiet.
    Idle {
        quiet_at: Millis,
        busy_since: Option<Millis>,
    },
    Asked {
        request: R,
        least: usize,
        answer_by: Millis,
        /// When what came so far has stood for one gap.
        ended_at: Option<Millis>,
    },
    /// Waiting for the reopened line.
    Faulted,
}

/// The state machine of one line.
#[derive(Debug)]
pub struct Session<D: Dialect> {
    dialect: D,
    timing: Timing,
    state: State<D::Request>,
    received: Vec<u8>,
    transmit: Option<Vec<u8>>,
    events: VecDeque<EventOf<D>>,
    unanswered: BTreeMap<D::Board, BTreeSet<D::Request>>,
    unanswered_at: BTreeMap<D::Board, Millis>,
}

impl<D: Dialect + Default> Session<D> {
    /// A session whose line is not open yet.
    #[must_use]
    pub fn new(timing: Timing) -> Self {
        Self::speaking(D::default(), timing)
    }
}

impl<D: Dialect> Session<D> {
    /// The same in a dialect that has something to be chosen.
    #[must_use]
    pub fn speaking(dialect: D, timing: Timing) -> Self {
        Self {
            dialect,
            timing,
            state: State::Closed,
            received: Vec::new(),
            transmit: None,
            events: VecDeque::new(),
            unanswered: BTreeMap::new(),
            unanswered_at: BTreeMap::new(),
        }
    }

    /// Whether [`Session::begin`] would send at once.
    #[must_use]
    pub fn is_ready(&self, now: Millis) -> bool {
        matches!(self.state, State::Idle { quiet_at, .. } if quiet_at <= now)
    }

    /// Whether this question may be asked although an earlier one failed.
    #[must_use]
    pub fn is_distinct(&self, request: D::Request, now: Millis) -> bool {
        self.distinct_at(request) <= now
    }

    /// From when on this question may be asked, if its board answers no other one before.
    #[must_use]
    pub fn distinct_at(&self, request: D::Request) -> Millis {
        let board = D::board(request);
        let has_failed = self.unanswered.get(&board).is_some_and(|failed| failed.contains(&request));
        match self.unanswered_at.get(&board) {
            Some(at) if has_failed && !self.dialect.numbers_questions() => at.plus(D::late_ms()),
            Some(_) | None => Millis(0),
        }
    }

    /// Asks `request`: the bytes are ready in [`Session::poll_transmit`] when this returns. `least` is as in
    /// [`Dialect::find`].
    pub fn begin(&mut self, request: D::Request, least: usize, now: Millis) -> Result<(), BeginError> {
        if !self.is_ready(now) {
            return Err(BeginError::NotReady);
        }
        if !self.is_distinct(request, now) {
            return Err(BeginError::Indistinct);
        }
        self.received.clear();
        self.transmit = Some(self.dialect.encode(request));
        if D::is_answered(request) {
            let within = D::answer_within_ms(request).unwrap_or(self.timing.response_timeout_ms);
            let answer_by = now.plus(within);
            self.state = State::Asked { request, least, answer_by, ended_at: None };
        } else {
            self.state = State::Idle { quiet_at: now.plus(UNANSWERED_REST_MS), busy_since: None };
            self.events.push_back(SessionEvent::Sent { request });
        }
        Ok(())
    }

    /// Takes one input. `now` never goes back.
    pub fn handle(&mut self, input: SessionInput<'_>, now: Millis) {
        match input {
            SessionInput::Opened => {
                self.abandon(now);
                self.state = State::Idle { quiet_at: now.plus(self.timing.quiet_gap_ms), busy_since: None };
            }
            SessionInput::Lost => {
                self.abandon(now);
                self.state = State::Closed;
            }
            SessionInput::Received(bytes) => {
                // What stood for a gap before these bytes came is judged first, and without them.
                self.on_time(now);
                self.on_bytes(bytes, now);
                self.on_time(now);
            }
            SessionInput::Deadline => self.on_time(now),
        }
    }

    /// Bytes to send now.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.transmit.take()
    }

    /// The next thing that happened.
    pub fn poll_event(&mut self) -> Option<EventOf<D>> {
        self.events.pop_front()
    }

    /// When [`SessionInput::Deadline`] is wanted next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Millis> {
        match self.state {
            State::Closed | State::Faulted => None,
            State::Idle { busy_since: None, .. } => None,
            State::Idle { quiet_at, busy_since: Some(_) } => Some(quiet_at),
            State::Asked { answer_by, ended_at, .. } => {
                Some(ended_at.map_or(answer_by, |at| at.min(answer_by)))
            }
        }
    }

    /// When a request may be begun at the earliest, if nothing more comes; `None` while one is under way.
    #[must_use]
    pub fn quiet_at(&self) -> Option<Millis> {
        match self.state {
            State::Idle { quiet_at, .. } => Some(quiet_at),
            State::Closed | State::Asked { .. } | State::Faulted => None,
        }
    }

    fn on_bytes(&mut self, bytes: &[u8], now: Millis) {
        if bytes.is_empty() {
            return;
        }
        let gap_end = now.plus(self.timing.quiet_gap_ms);
        match &mut self.state {
            State::Closed | State::Faulted => return,
            State::Idle { quiet_at, busy_since } => {
                *quiet_at = gap_end.max(*quiet_at);
                busy_since.get_or_insert(now);
            }
            State::Asked { ended_at, .. } => *ended_at = Some(gap_end),
        }
        self.received.extend_from_slice(bytes);
        let excess = self.received.len().saturating_sub(RECEIVED_MAX);
        self.received.drain(..excess);
    }

    fn on_time(&mut self, now: Millis) {
        match self.state {
            State::Closed | State::Faulted => {}
            State::Idle { busy_since: None, .. } => {}
            State::Idle { quiet_at, .. } if quiet_at <= now => {
                self.tell_changes();
                self.received.clear();
                self.state = State::Idle { quiet_at, busy_since: None };
            }
            State::Idle { busy_since: Some(since), .. } => {
                if now.since(since) >= RESPONSE_TIMEOUT_MAX_MS {
                    self.events.push_back(SessionEvent::Noise);
                    self.want_reopen();
                }
            }
            State::Asked { request, least, answer_by, ended_at } => {
                let ended = ended_at.is_some_and(|at| at <= now);
                if ended || answer_by <= now {
                    self.judge(request, least, now, answer_by <= now);
                }
            }
        }
    }

    /// Looks at what has come: an answer, two, or nothing yet.
    fn judge(&mut self, request: D::Request, least: usize, now: Millis, is_last: bool) {
        match self.dialect.find(&self.received, request, least) {
            Ok(Some(answer)) => {
                self.tell_changes();
                self.received.clear();
                self.unanswered.remove(&D::board(request));
                self.unanswered_at.remove(&D::board(request));
                self.state = State::Idle { quiet_at: now, busy_since: None };
                self.events.push_back(SessionEvent::Answered { request, answer });
            }
            Err(_) => self.fail(request, Fault::Garbled, now),
            Ok(None) if is_last && self.received.is_empty() => self.fail(request, Fault::Timeout, now),
            Ok(None) if is_last => self.fail(request, Fault::Garbled, now),
            // A part of a frame, or noise before it: the time-out decides, not a gap.
            Ok(None) => {
                if let State::Asked { ended_at, .. } = &mut self.state {
                    *ended_at = None;
                }
            }
        }
    }

    fn fail(&mut self, request: D::Request, fault: Fault, now: Millis) {
        self.mark_unanswered(request, now);
        self.tell_changes();
        self.events.push_back(SessionEvent::Failed { request, fault });
        self.want_reopen();
    }

    fn mark_unanswered(&mut self, request: D::Request, now: Millis) {
        let board = D::board(request);
        let failed = self.unanswered.entry(board).or_default();
        if self.unanswered_at.insert(board, now).is_none_or(|at| now.since(at) >= D::late_ms()) {
            failed.clear();
        }
        failed.insert(request);
    }

    fn want_reopen(&mut self) {
        self.received.clear();
        self.transmit = None;
        self.state = State::Faulted;
        self.events.push_back(SessionEvent::ReopenWanted);
    }

    fn abandon(&mut self, now: Millis) {
        if let State::Asked { request, .. } = self.state {
            self.mark_unanswered(request, now);
            self.events.push_back(SessionEvent::Failed { request, fault: Fault::LineLost });
        }
        self.received.clear();
        self.transmit = None;
    }

    fn tell_changes(&mut self) {
        let boards = self.dialect.find_changes(&self.received);
        self.events.extend(boards.into_iter().map(|board| SessionEvent::Changed { board }));
    }
}
