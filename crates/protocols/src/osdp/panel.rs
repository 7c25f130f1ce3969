//! The control panel's side of one OSDP line: who is asked next, and what the answers mean.
//!
//! Nothing is believed and nothing ordered outside a secure channel, and there is no way back to a plain one. One question is
//! on the line at a time; a question without an answer is repeated with the same number, so that a reader that did hear it
//! does not do it twice. It reads no clock and draws no random number: both are given.

use std::collections::VecDeque;

use super::peripheral::{Asked, Peripheral, Queued};
use super::{
    CommandKind, Frame, FrameKind, Next, PanelCommand, PeripheralConfig, ReplyKind, Tally, decode, next_frame,
};
use crate::Millis;

/// A reader begins to answer within this time.
const REPLY_MS: u64 = 200;
/// A frame that has begun goes on within this time; enough for a serial server's pause.
const CONTINUE_MS: u64 = 100;
/// And is over within this time.
const REPLY_WHOLE_MS: u64 = 1_500;
/// The line rests between an answer and the next question.
const TURN_MS: u64 = 2;
/// How long a busy reader is left alone.
const BUSY_MS: u64 = 100;
/// How often a question is sent before the reader is believed to have lost the thread.
const TRIES: u8 = 3;

/// What happens to a panel.
#[derive(Clone, Copy, Debug)]
pub enum PanelInput<'a> {
    /// The line was opened.
    Opened,
    /// The line is gone.
    Lost,
    /// Bytes came.
    Received(&'a [u8]),
    /// Time passed.
    Deadline,
}

/// What a panel wants.
#[derive(Clone, PartialEq, Eq)]
pub enum PanelOutput {
    /// Hand these bytes to the line now.
    Transmit(Vec<u8>),
    /// Something about the peripheral with this address.
    Event(u8, PanelEvent),
}

impl std::fmt::Debug for PanelOutput {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PanelOutput::Transmit(bytes) => write!(out, "Transmit({} bytes)", bytes.len()),
            PanelOutput::Event(address, event) => write!(out, "Event({address}, {event:?})"),
        }
    }
}

/// What is known of one peripheral.
#[derive(Clone, PartialEq, Eq)]
pub enum PanelEvent {
    /// The secure channel stands, with the reader's own key.
    Online,
    /// There is none.
    Offline(OfflineReason),
    /// A card: how many bits, and they, left-aligned.
    Card(u16, Vec<u8>),
    /// Keys, as `0` to `9`, `*` and `#`.
    Keys(String),
    /// Its inputs, from the first on.
    Inputs(Vec<bool>),
    /// It does not tell its inputs.
    NoInputs,
    /// Whether its case is open.
    Tampered(bool),
    /// It has its own key now.
    KeySet,
    /// The order with this tag was carried out.
    Done(u64),
    /// The order with this tag was not, or nobody knows.
    Failed(u64, OrderFault),
}

impl std::fmt::Debug for PanelEvent {
    /// Cards and keys are secrets.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PanelEvent::Online => out.write_str("Online"),
            PanelEvent::Offline(reason) => write!(out, "Offline({reason:?})"),
            PanelEvent::Card(bits, _) => write!(out, "Card({bits} bits)"),
            PanelEvent::Keys(keys) => write!(out, "Keys({} keys)", keys.len()),
            PanelEvent::Inputs(inputs) => write!(out, "Inputs({inputs:?})"),
            PanelEvent::NoInputs => out.write_str("NoInputs"),
            PanelEvent::Tampered(is) => write!(out, "Tampered({is})"),
            PanelEvent::KeySet => out.write_str("KeySet"),
            PanelEvent::Done(tag) => write!(out, "Done({tag})"),
            PanelEvent::Failed(tag, fault) => write!(out, "Failed({tag}, {fault:?})"),
        }
    }
}

/// Why there is no secure channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineReason {
    /// It has not answered for 8 s.
    Silent,
    /// The line is away.
    LineLost,
    /// It has another key than ours, or only the default key while no new reader is let in.
    WrongKey,
    /// It speaks in plain text alone.
    PlainOnly,
}

/// Why an order was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderFault {
    /// It was not sent: there is no secure channel.
    NotOnline,
    /// It was not sent: its last moment was over.
    Expired,
    /// It was not sent: no frame says that.
    Unsayable,
    /// It was sent and not answered. It may have been carried out.
    Unanswered,
    /// The reader refused: the first byte of its `NAK`.
    Refused(u8),
}

/// A question to a peripheral and what came of it, by the kinds of its frames alone: what is in them may be a key, a card or a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelExchange {
    /// Of the peripheral.
    pub address: u8,
    /// The command.
    pub sent: CommandKind,
    /// The reply. `None`: nothing that is one came in time.
    pub heard: Option<ReplyKind>,
    /// When the command was handed to the line.
    pub sent_at: Millis,
    /// How long it took, in ms.
    pub took_ms: u64,
}

/// What is kept of them until somebody takes them.
const EXCHANGES_MAX: usize = 16;

struct Flight {
    index: usize,
    asked: Asked,
    sequence: u8,
    frame: Vec<u8>,
    tries: u8,
    sent_at: Millis,
    answer_by: Millis,
    /// When it is sent again, if the reader is busy.
    again_at: Option<Millis>,
}

impl Flight {
    /// What it has come to so far.
    fn exchange(&self, address: u8, heard: Option<ReplyKind>, now: Millis) -> PanelExchange {
        let sent = self.asked.command();
        PanelExchange { address, sent, heard, sent_at: self.sent_at, took_ms: now.since(self.sent_at) }
    }
}

/// Eight bytes nobody can guess.
pub type Random = Box<dyn FnMut() -> [u8; 8] + Send>;

/// One line and its peripherals.
pub struct ControlPanel {
    peripherals: Vec<Peripheral>,
    random: Random,
    is_open: bool,
    flight: Option<Flight>,
    free_at: Millis,
    /// Whose turn it was last.
    last: usize,
    received: Vec<u8>,
    outputs: VecDeque<PanelOutput>,
    exchanges: VecDeque<PanelExchange>,
    now: Millis,
}

impl std::fmt::Debug for ControlPanel {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("ControlPanel")
            .field("peripherals", &self.peripherals)
            .field("is_open", &self.is_open)
            .finish_non_exhaustive()
    }
}

impl ControlPanel {
    /// A panel whose line is not open yet. `random` draws the challenges.
    #[must_use]
    pub fn new(peripherals: Vec<PeripheralConfig>, random: Random) -> Self {
        Self {
            peripherals: peripherals.into_iter().map(Peripheral::new).collect(),
            random,
            is_open: false,
            flight: None,
            free_at: Millis(0),
            last: 0,
            received: Vec::new(),
            outputs: VecDeque::new(),
            exchanges: VecDeque::new(),
            now: Millis(0),
        }
    }

    /// Takes one input. `now` may stand still but not go back.
    pub fn handle(&mut self, input: PanelInput<'_>, now: Millis) {
        self.now = self.now.max(now);
        match input {
            PanelInput::Opened => self.on_opened(),
            PanelInput::Lost => self.on_lost(),
            PanelInput::Received(bytes) => self.on_received(bytes),
            PanelInput::Deadline => {}
        }
        self.go_on();
    }

    /// Orders something, to be sent until `not_after` and never again after it was refused or given up. Its result comes
    /// as [`PanelEvent::Done`] or [`PanelEvent::Failed`] with this tag.
    pub fn order(&mut self, address: u8, command: PanelCommand, tag: u64, not_after: Millis, now: Millis) {
        self.now = self.now.max(now);
        let is_open = self.is_open;
        let Some(peripheral) = self.peripherals.iter_mut().find(|one| one.address == address) else {
            let failed = PanelEvent::Failed(tag, OrderFault::NotOnline);
            return self.outputs.push_back(PanelOutput::Event(address, failed));
        };
        match command.encode() {
            None => peripheral.tell(PanelEvent::Failed(tag, OrderFault::Unsayable)),
            Some(_) if !is_open || !peripheral.takes_orders() => {
                peripheral.tell(PanelEvent::Failed(tag, OrderFault::NotOnline));
            }
            Some((command, data)) => peripheral.queue.push_back(Queued { tag, command, data, not_after }),
        }
        self.go_on();
    }

    /// Lets a reader that knows only the default key in until then, to be given its own key at once.
    pub fn admit_default_key(&mut self, address: u8, until: Millis, now: Millis) {
        self.now = self.now.max(now);
        if let Some(peripheral) = self.peripherals.iter_mut().find(|one| one.address == address) {
            peripheral.admit_default_key(until, self.now);
        }
        self.go_on();
    }

    /// How a peripheral has answered so far. `None`: there is none with this address.
    #[must_use]
    pub fn tally(&self, address: u8) -> Option<Tally> {
        self.peripherals.iter().find(|one| one.address == address).map(|one| one.tally)
    }

    /// The next thing it wants, in order.
    pub fn poll_output(&mut self) -> Option<PanelOutput> {
        self.outputs.pop_front()
    }

    /// The next question that is over; of those nobody takes the oldest go.
    pub fn poll_exchange(&mut self) -> Option<PanelExchange> {
        self.exchanges.pop_front()
    }

    /// When [`PanelInput::Deadline`] is wanted at the latest.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Millis> {
        if !self.is_open {
            return None;
        }
        let expiries = self.peripherals.iter().flat_map(Peripheral::expires_at);
        let turn = match &self.flight {
            Some(flight) => Some(flight.again_at.unwrap_or(flight.answer_by)),
            None => self.peripherals.iter().map(|one| one.due(self.now).max(self.free_at)).min(),
        };
        expiries.chain(turn).min()
    }

    fn on_opened(&mut self) {
        self.is_open = true;
        self.flight = None;
        self.received.clear();
        self.free_at = self.now;
        for peripheral in &mut self.peripherals {
            peripheral.begin(self.now);
        }
    }

    fn on_lost(&mut self) {
        self.is_open = false;
        if let Some(flight) = self.flight.take() {
            self.peripherals[flight.index].give_up(flight.asked, self.now);
        }
        for peripheral in &mut self.peripherals {
            peripheral.on_line_lost(self.now);
        }
    }

    fn on_received(&mut self, bytes: &[u8]) {
        let Some(flight) = &mut self.flight else { return };
        self.received.extend_from_slice(bytes);
        let whole_by = flight.sent_at.plus(REPLY_WHOLE_MS);
        flight.answer_by = flight.answer_by.max(self.now.plus(CONTINUE_MS)).min(whole_by);
        while let Next::Frame(bytes) = next_frame(&mut self.received) {
            if let Ok(frame) = decode(&bytes) {
                self.on_frame(&frame, &bytes);
            }
        }
    }

    /// A right frame came. It is an answer only if it is from whom was asked, to what was asked, and proves it.
    fn on_frame(&mut self, frame: &Frame<'_>, bytes: &[u8]) {
        let Some(flight) = &mut self.flight else { return };
        let peripheral = &mut self.peripherals[flight.index];
        let FrameKind::Reply(reply) = frame.kind else { return };
        if frame.address != peripheral.address {
            return;
        }
        // A busy reader numbers its answer 0 and does not prove it; all that can do is cost time.
        if reply == ReplyKind::Busy && frame.security.is_none() {
            flight.again_at = Some(self.now.plus(BUSY_MS));
            let exchange = flight.exchange(peripheral.address, Some(reply), self.now);
            return self.note(exchange);
        }
        // Nor does one that has lost the channel prove its refusal; all that can do is cost a new handshake.
        let is_numbered = frame.sequence == flight.sequence || reply == ReplyKind::Nak && frame.sequence == 0;
        if !is_numbered {
            return;
        }
        let took_ms = self.now.since(flight.sent_at);
        if peripheral.on_answer(&mut flight.asked, frame, bytes, self.now) {
            peripheral.tally.answered += 1;
            peripheral.tally.took_ms = took_ms;
            let exchange = flight.exchange(peripheral.address, Some(reply), self.now);
            self.flight = None;
            self.received.clear();
            self.free_at = self.now.plus(TURN_MS);
            self.note(exchange);
        }
    }

    fn note(&mut self, exchange: PanelExchange) {
        if self.exchanges.len() == EXCHANGES_MAX {
            self.exchanges.pop_front();
        }
        self.exchanges.push_back(exchange);
    }

    fn go_on(&mut self) {
        self.on_time();
        if self.is_open && self.flight.is_none() && self.free_at <= self.now {
            self.ask_next();
        }
        for peripheral in &mut self.peripherals {
            let address = peripheral.address;
            let events = peripheral.events.drain(..).map(|event| PanelOutput::Event(address, event));
            self.outputs.extend(events);
        }
    }

    fn on_time(&mut self) {
        for peripheral in &mut self.peripherals {
            peripheral.on_time(self.now);
        }
        let Some(flight) = &mut self.flight else { return };
        let at = flight.again_at.unwrap_or(flight.answer_by);
        if self.now < at {
            return;
        }
        let was_busy = flight.again_at.take().is_some();
        let peripheral = &mut self.peripherals[flight.index];
        let may_repeat = flight.asked.not_after().is_none_or(|last| self.now <= last)
            && !peripheral.has_been_silent(self.now)
            && (was_busy || flight.tries < TRIES);
        peripheral.tally.unanswered += u64::from(!was_busy);
        let unanswered = (!was_busy).then(|| flight.exchange(peripheral.address, None, self.now));
        self.received.clear();
        if may_repeat {
            flight.tries += u8::from(!was_busy);
            flight.sent_at = self.now;
            flight.answer_by = self.now.plus(REPLY_MS);
            self.outputs.push_back(PanelOutput::Transmit(flight.frame.clone()));
        } else if let Some(flight) = self.flight.take() {
            self.peripherals[flight.index].give_up(flight.asked, self.now);
            self.free_at = self.now.plus(TURN_MS);
        }
        if let Some(exchange) = unanswered {
            self.note(exchange);
        }
    }

    /// Asks the peripheral that has waited longest, in turn where several have.
    fn ask_next(&mut self) {
        let count = self.peripherals.len();
        let turns = (1..=count).map(|step| (self.last + step) % count);
        let Some(index) = turns.min_by_key(|index| self.peripherals[*index].due(self.now)) else { return };
        if self.peripherals[index].due(self.now) > self.now {
            return;
        }
        self.last = index;
        let Some((asked, sequence, frame)) = self.peripherals[index].ask(&mut self.random, self.now) else {
            return;
        };
        self.received.clear();
        self.outputs.push_back(PanelOutput::Transmit(frame.clone()));
        let (sent_at, answer_by) = (self.now, self.now.plus(REPLY_MS));
        self.flight =
            Some(Flight { index, asked, sequence, frame, tries: 1, sent_at, answer_by, again_at: None });
    }
}
