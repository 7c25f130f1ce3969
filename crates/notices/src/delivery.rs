//! When each waiting message is tried: the synchronous half of the message runner.
//!
//! Owns back-off, the bound on tries under way, and one circuit a server. Knows rows by number only:
//! bodies, addresses and connections are the shell's. No clock and no randomness: time comes in, jitter
//! comes from the seed. A message that fails for a passing reason is tried for ever, at most five
//! minutes apart; one not handed over after 15 minutes is reported overdue, once. A row that came to its end is not
//! sent again, however often its removal fails on a full disk.
//!
//! The shell's side: for each [`Output::Try`] exactly one [`Input::Tried`], for each [`Output::Remove`] exactly one
//! [`Input::Removed`]; call [`Delivery::handle`] with
//! [`Input::Wake`] at [`Delivery::next_deadline`]; take all outputs after each call.

mod circuit;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use circuit::Circuit;

/// The longest pause between two tries of one message.
pub const LONGEST_PAUSE_MS: u64 = 5 * 60 * 1000;
/// From here on a message not handed over is told to staff.
pub const OVERDUE_AFTER_MS: u64 = 15 * 60 * 1000;
const FIRST_PAUSE_MS: u64 = 4 * 1000;
/// A row that could not be removed is removed again after so long: the disk is full, and staff know.
pub const REMOVE_AGAIN_MS: u64 = 60 * 1000;

/// The outbox row's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId(pub u64);

/// Which server takes the row (the mail server, a text message gateway), as numbered by the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerId(pub u8);

/// A row of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: RowId,
    pub server: ServerId,
    /// When the row was committed, site time in ms.
    pub queued_ms: u64,
    /// Overdue was reported before a restart: not again.
    pub overdue_reported: bool,
}

/// What the shell tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A row is waiting (new, or loaded at start). A row already known is ignored.
    Row(Row),
    /// A try ended.
    Tried { id: RowId, result: TryResult },
    /// The row need not be sent any more (collected, expired). Nothing more is reported of it.
    Withdrawn(RowId),
    /// Whether the row is durably out of the outbox.
    Removed { id: RowId, is_durable: bool },
    /// Reason to believe the server answers again (settings changed, staff pressed *try now*): its
    /// messages are due at once.
    ServerUp(ServerId),
    /// The deadline came.
    Wake,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryResult {
    /// The server took responsibility.
    Accepted,
    /// This message not now; the server itself is well.
    Later,
    /// The server will never take this message for this address.
    AddressRefused,
    /// The server cannot be reached or says it is closing.
    ServerDown,
    /// The server answers and refuses us whatever we send (login, sender, certificate).
    ServerRefuses,
}

/// What the shell is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    Try(RowId),
    /// Record what became of a row.
    Report(RowId, Outcome),
    /// Take the row with its sealed codes out of the outbox: what became of it was reported.
    Remove(RowId),
    /// A server stopped (false) or started again (true) taking our messages. Once a change.
    ServerChanged(ServerId, bool),
}

/// What became of a row. After all but `Overdue` it is to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Delivered,
    AddressRefused,
    /// Not handed over for 15 minutes; it is still being tried.
    Overdue,
}

struct Waiting {
    row: Row,
    failures: u32,
    /// Next try; while `under_way` the answer is awaited instead.
    due_ms: u64,
    under_way: bool,
    /// Withdrawn while under way: the answer only frees its place.
    withdrawn: bool,
    /// Its end was reported: all that is left to do is to remove it.
    ended: bool,
}

struct Server {
    circuit: Circuit,
    under_way: usize,
    /// (due, row) of all rows not under way.
    queue: BTreeSet<(u64, RowId)>,
}

/// The scheduler. One for all servers.
pub struct Delivery {
    seed: u64,
    most_under_way: usize,
    rows: BTreeMap<RowId, Waiting>,
    servers: BTreeMap<ServerId, Server>,
    /// (when, row) of overdue reports still to be made.
    overdue: BTreeSet<(u64, RowId)>,
    /// (when, row) of ended rows to be removed once more.
    removals: BTreeSet<(u64, RowId)>,
    outputs: VecDeque<Output>,
}

impl Delivery {
    /// `seed` varies the jitter from site to site; at most `most_under_way` (at least 1) tries a server
    /// run at once.
    pub fn new(seed: u64, most_under_way: usize) -> Self {
        Self {
            seed,
            most_under_way: most_under_way.max(1),
            rows: BTreeMap::new(),
            servers: BTreeMap::new(),
            overdue: BTreeSet::new(),
            removals: BTreeSet::new(),
            outputs: VecDeque::new(),
        }
    }

    /// Takes one input at site time `now_ms` (monotone).
    pub fn handle(&mut self, input: Input, now_ms: u64) {
        match input {
            Input::Row(row) => self.add(row, now_ms),
            Input::Tried { id, result } => self.tried(id, result, now_ms),
            Input::Withdrawn(id) => self.withdraw(id),
            Input::Removed { id, is_durable } => self.removed(id, is_durable, now_ms),
            Input::ServerUp(id) => self.server_up(id, now_ms),
            Input::Wake => {}
        }
        self.report_overdue(now_ms);
        self.remove_again(now_ms);
        self.start_tries(now_ms);
    }

    /// The next thing to do; None until the next input.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When [`Input::Wake`] is wanted, if anything is waiting for time to pass.
    pub fn next_deadline(&self) -> Option<u64> {
        let others = self.overdue.first().into_iter().chain(self.removals.first()).map(|(at, _)| *at);
        let tries = self.servers.values().filter_map(|server| {
            let (due, _) = server.queue.first()?;
            let may_start = server.under_way < self.most_under_way;
            match server.circuit.probe_at() {
                Some(probe_at) => (server.under_way == 0).then_some(probe_at),
                None => may_start.then_some(*due),
            }
        });
        tries.chain(others).min()
    }

    /// Rows not yet handed over.
    pub fn waiting(&self) -> usize {
        self.rows.values().filter(|waiting| !waiting.withdrawn && !waiting.ended).count()
    }

    fn add(&mut self, row: Row, now_ms: u64) {
        if self.rows.contains_key(&row.id) {
            return;
        }
        let waiting =
            Waiting { row, failures: 0, due_ms: now_ms, under_way: false, withdrawn: false, ended: false };
        self.rows.insert(row.id, waiting);
        self.server(row.server).queue.insert((now_ms, row.id));
        if !row.overdue_reported {
            self.overdue.insert((row.queued_ms.saturating_add(OVERDUE_AFTER_MS), row.id));
        }
    }

    fn server(&mut self, id: ServerId) -> &mut Server {
        self.servers.entry(id).or_insert_with(|| Server {
            circuit: Circuit::Closed,
            under_way: 0,
            queue: BTreeSet::new(),
        })
    }

    fn tried(&mut self, id: RowId, result: TryResult, now_ms: u64) {
        let Some(waiting) = self.rows.get_mut(&id).filter(|waiting| waiting.under_way) else { return };
        waiting.under_way = false;
        let (server_id, was_withdrawn) = (waiting.row.server, waiting.withdrawn);
        self.server(server_id).under_way -= 1;
        self.note_server(server_id, result, now_ms);
        if was_withdrawn {
            self.forget(id);
            return;
        }
        match result {
            TryResult::Accepted => self.finish(id, Outcome::Delivered),
            TryResult::AddressRefused => self.finish(id, Outcome::AddressRefused),
            TryResult::Later | TryResult::ServerDown | TryResult::ServerRefuses => self.again(id, now_ms),
        }
    }

    fn note_server(&mut self, id: ServerId, result: TryResult, now_ms: u64) {
        let seed = self.seed ^ u64::from(id.0);
        let circuit = &mut self.server(id).circuit;
        let was_closed = circuit.is_closed();
        match result {
            TryResult::Accepted | TryResult::Later | TryResult::AddressRefused => *circuit = Circuit::Closed,
            TryResult::ServerDown => circuit.failed(now_ms, circuit::DOWN_LONGEST_MS, seed),
            TryResult::ServerRefuses => circuit.failed(now_ms, circuit::REFUSES_LONGEST_MS, seed),
        }
        let is_closed = circuit.is_closed();
        if was_closed != is_closed {
            self.outputs.push_back(Output::ServerChanged(id, is_closed));
        }
    }

    fn again(&mut self, id: RowId, now_ms: u64) {
        let seed = self.seed;
        let Some(waiting) = self.rows.get_mut(&id) else { return };
        waiting.failures = waiting.failures.saturating_add(1);
        let pause = pause_ms(seed ^ id.0, waiting.failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
        waiting.due_ms = now_ms.saturating_add(pause);
        let (due_ms, server) = (waiting.due_ms, waiting.row.server);
        self.server(server).queue.insert((due_ms, id));
    }

    fn finish(&mut self, id: RowId, outcome: Outcome) {
        let Some(waiting) = self.rows.get_mut(&id) else { return };
        waiting.ended = true;
        self.overdue.remove(&(waiting.row.queued_ms.saturating_add(OVERDUE_AFTER_MS), id));
        self.outputs.extend([Output::Report(id, outcome), Output::Remove(id)]);
    }

    fn removed(&mut self, id: RowId, is_durable: bool, now_ms: u64) {
        let Some(waiting) = self.rows.get_mut(&id).filter(|waiting| waiting.ended) else { return };
        if is_durable {
            return self.forget(id);
        }
        waiting.due_ms = now_ms.saturating_add(REMOVE_AGAIN_MS);
        self.removals.insert((waiting.due_ms, id));
    }

    fn remove_again(&mut self, now_ms: u64) {
        while let Some((at, id)) = self.removals.first().copied().filter(|(at, _)| *at <= now_ms) {
            self.removals.remove(&(at, id));
            self.outputs.push_back(Output::Remove(id));
        }
    }

    fn withdraw(&mut self, id: RowId) {
        let Some(waiting) = self.rows.get_mut(&id) else { return };
        if waiting.under_way {
            waiting.withdrawn = true;
            let overdue_at = waiting.row.queued_ms.saturating_add(OVERDUE_AFTER_MS);
            self.overdue.remove(&(overdue_at, id));
        } else {
            self.forget(id);
        }
    }

    fn forget(&mut self, id: RowId) {
        let Some(waiting) = self.rows.remove(&id) else { return };
        self.overdue.remove(&(waiting.row.queued_ms.saturating_add(OVERDUE_AFTER_MS), id));
        self.removals.remove(&(waiting.due_ms, id));
        self.server(waiting.row.server).queue.remove(&(waiting.due_ms, id));
    }

    fn server_up(&mut self, id: ServerId, now_ms: u64) {
        let server = self.server(id);
        server.circuit.probe_now(now_ms);
        let queue = std::mem::take(&mut server.queue);
        let due_now: BTreeSet<(u64, RowId)> =
            queue.into_iter().map(|(due, row)| (due.min(now_ms), row)).collect();
        for (due_ms, row) in &due_now {
            if let Some(waiting) = self.rows.get_mut(row) {
                waiting.due_ms = *due_ms;
            }
        }
        self.server(id).queue = due_now;
    }

    fn report_overdue(&mut self, now_ms: u64) {
        while let Some((at, id)) = self.overdue.first().copied().filter(|(at, _)| *at <= now_ms) {
            self.overdue.remove(&(at, id));
            self.outputs.push_back(Output::Report(id, Outcome::Overdue));
        }
    }

    fn start_tries(&mut self, now_ms: u64) {
        for server in self.servers.values_mut() {
            while let Some((due, id)) = startable(server, self.most_under_way, now_ms) {
                server.queue.remove(&(due, id));
                server.under_way += 1;
                let waiting = self.rows.get_mut(&id).expect("a queued row is a known row");
                waiting.under_way = true;
                self.outputs.push_back(Output::Try(id));
            }
        }
    }
}

/// The row to try now, if any. A server that is down gets one message at a time, and the probe takes the
/// row that has waited longest since its own last try, so that no single row can keep a server down.
fn startable(server: &Server, most_under_way: usize, now_ms: u64) -> Option<(u64, RowId)> {
    let first = server.queue.first().copied()?;
    match server.circuit.probe_at() {
        Some(probe_at) => (server.under_way == 0 && probe_at <= now_ms).then_some(first),
        None => (server.under_way < most_under_way && first.0 <= now_ms).then_some(first),
    }
}

/// Doubling from `first_ms`, never over `longest_ms`, shortened by up to a quarter so that what failed
/// together is not tried together.
fn pause_ms(seed: u64, failures: u32, first_ms: u64, longest_ms: u64) -> u64 {
    let doublings = failures.saturating_sub(1).min(20);
    let full = first_ms.saturating_mul(1 << doublings).min(longest_ms);
    full - mix(seed ^ (u64::from(failures) << 40)) % (full / 4 + 1)
}

/// SplitMix64's finaliser: spreads neighbouring numbers over the whole range.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
