//! The deciding thread: takes messages as they come, decides them into a round, and hands the round over as soon as the
//! store is back from the one before.
//!
//! Owns: what shares a round and what stands alone. Never: lets anything leave that is not durable: a look waits until
//! nothing is on its way, what the database may refuse is a round of its own, and so is a request with a key.

use super::committer::{Committer, Done, Outlet, Then, Work};
use crate::handle::standing::Standing;
use crate::handle::time::SiteTime;
use crate::handle::{Look, Message, Request};
use crate::rows::Row;
use crate::store::{Store, StoreError};
use crate::writer::deciding::Deciding;
use crate::writer::round::Round;
use crate::writer::{Incoming, Stepped, recover, step};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};
use vestibule_core::Actor;

/// Inputs of one round, and messages taken at once.
const MOST: usize = 256;
/// Facts wait so long for company: nobody waits for their commit, and a request that follows shares it.
const GATHER: Duration = Duration::from_millis(2);
/// Even without a deadline the clocks and the disk are looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// One part in so many of a commit is waited for those who were just answered.
const COMPANY: u32 = 4;
/// While a round is being committed, messages are taken in handfuls: to be woken for each would cost more than it.
const HANDFUL: Duration = Duration::from_micros(250);
/// What is due and could not be written is tried again so much later: a full disk is not read again and again for it.
pub(super) const REST: Duration = Duration::from_secs(1);

/// The deciding thread's own.
pub(super) struct Rounds {
    deciding: Deciding,
    /// None while a round is being committed.
    store: Option<Box<Store>>,
    committer: Committer,
    outlet: Outlet,
    time: SiteTime,
    /// As of the newest round handed over.
    standing: Arc<Standing>,
    open: Option<Open>,
    last: Last,
    /// What the clock brings is not tried before.
    rests_until: Instant,
    looks: Vec<Look>,
    stop: Option<oneshot::Sender<()>>,
}

/// The round handed over last.
struct Last {
    requests: usize,
    handed_over: Instant,
    /// How long it took to commit.
    took: Duration,
    home: Instant,
}

impl Last {
    /// Who was answered a moment ago is about to ask again. To wait a small part of a commit for them is cheaper than the
    /// whole one they would have to wait for.
    fn is_followed(&self, requests: usize) -> bool {
        requests < self.requests && self.home.elapsed() < (self.took / COMPANY).min(GATHER)
    }
}

/// The round in the making.
struct Open {
    round: Round,
    then: Vec<Then>,
    since: Instant,
}

impl Rounds {
    pub(super) fn new(
        (deciding, store): (Deciding, Store),
        (committer, outlet): (Committer, Outlet),
        (time, standing): (SiteTime, Arc<Standing>),
    ) -> Self {
        let store = Some(Box::new(store));
        let now = Instant::now();
        let last = Last { requests: 0, handed_over: now, took: Duration::ZERO, home: now };
        let (open, looks, stop) = (None, Vec::new(), None);
        let rests_until = now;
        Self { deciding, store, committer, outlet, time, standing, open, last, rests_until, looks, stop }
    }

    pub(super) fn run(mut self, mut received: mpsc::Receiver<Message>) -> Result<(), StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|source| StoreError::Io { path: "writer thread".to_owned(), source })?;
        let mut taken = Vec::with_capacity(MOST);
        loop {
            let goes_on = self.wait(&runtime, (&mut received, &mut taken))?;
            for message in taken.drain(..) {
                self.take(message)?;
            }
            if !self.looks.is_empty() || self.stop.is_some() || !goes_on {
                self.settle()?;
            }
            for look in self.looks.drain(..) {
                look(self.deciding.site(), self.deciding.time_at(self.time.moment()));
            }
            if let Some(stopped) = self.stop.take() {
                // All answers have left when the committer has.
                drop(self);
                let _ = stopped.send(());
                return Ok(());
            }
            if !goes_on {
                return Ok(());
            }
            self.hand_over()?;
            self.time.follow(self.deciding.clock());
        }
    }

    /// Waits for something to do. False: nobody is left to say anything.
    fn wait(
        &mut self,
        runtime: &Runtime,
        (received, taken): (&mut mpsc::Receiver<Message>, &mut Vec<Message>),
    ) -> Result<bool, StoreError> {
        let room = MOST - self.open.as_ref().map_or(0, |open| open.round.len()).min(MOST);
        if self.store.is_none() {
            if room == 0 {
                self.come_home()?;
            } else if let Some(done) = self.committer.done_within(HANDFUL) {
                self.home(done)?;
            }
            take_all(received, (taken, room));
            return Ok(true);
        }
        if room == 0 {
            return Ok(true);
        }
        if self.open.as_ref().is_some_and(|open| self.last.is_followed(open.round.requests())) {
            std::thread::sleep(HANDFUL);
            take_all(received, (taken, room));
            return Ok(true);
        }
        let until = self.wake_at();
        let count = runtime
            .block_on(async { tokio::time::timeout_at(until.into(), received.recv_many(taken, room)).await });
        if count.is_err() && self.open.is_none() {
            self.by_the_clock()?;
        }
        Ok(!matches!(count, Ok(0)))
    }

    /// What is due without anybody asking. What remains due then could not be written.
    pub(super) fn by_the_clock(&mut self) -> Result<(), StoreError> {
        let due = self.deciding.next_deadline();
        self.alone(Vec::new(), Vec::new())?;
        let now = self.deciding.time_at(self.time.moment());
        if due.is_some_and(|at| at <= now) && self.deciding.next_deadline() == due {
            self.rests_until = Instant::now() + REST;
        }
        Ok(())
    }

    pub(super) fn wake_at(&self) -> Instant {
        if let Some(open) = &self.open {
            return open.since + GATHER;
        }
        let now = self.deciding.time_at(self.time.moment());
        let wait = self.deciding.next_deadline().map_or(LOOK_EVERY, |at| {
            let left = u64::try_from((at - now).0).unwrap_or(0);
            Duration::from_millis(left.max(1)).min(LOOK_EVERY)
        });
        (Instant::now() + wait).max(self.rests_until)
    }

    fn take(&mut self, message: Message) -> Result<(), StoreError> {
        match message {
            Message::Ask(request, answer) => {
                let (is_alone, then) = (is_alone(&request), Then::Answer(answer));
                self.input(is_alone, Incoming::Ask(request), then)
            }
            Message::Observe(observations) => {
                for observation in observations {
                    self.input(false, Incoming::Observe(observation), Then::Nothing)?;
                }
                Ok(())
            }
            Message::Write(rows, durable) => {
                let is_alone = !rows.iter().all(is_never_refused);
                self.input(is_alone, Incoming::Write(rows), Then::Durable(durable))
            }
            // When all that came before it is durable; it does not cut a round in two.
            Message::Read(look) => {
                self.looks.push(look);
                Ok(())
            }
            Message::ConfirmClock => {
                self.deciding.confirm_clock(self.time.moment());
                Ok(())
            }
            Message::Stop(stopped) => {
                self.stop = Some(stopped);
                Ok(())
            }
        }
    }

    fn input(&mut self, is_alone: bool, input: Incoming, then: Then) -> Result<(), StoreError> {
        if is_alone {
            self.settle()?;
            return self.alone(vec![input], vec![then]);
        }
        let (deciding, time) = (&mut self.deciding, &self.time);
        let open = self.open.get_or_insert_with(|| Open {
            round: deciding.begin(time.moment()),
            then: Vec::new(),
            since: Instant::now(),
        });
        open.then.push(then);
        deciding.take(&mut open.round, input, None)
    }

    /// Hands the open round over, unless the store is away or company is awaited. What the clock brings goes with it.
    fn hand_over(&mut self) -> Result<(), StoreError> {
        let Some(open) = &self.open else { return Ok(()) };
        let requests = open.round.requests();
        let is_company_wanted = requests == 0 && open.since.elapsed() < GATHER;
        let waits = open.round.len() < MOST && (is_company_wanted || self.last.is_followed(requests));
        let now = self.deciding.time_at(self.time.moment());
        let is_due = self.deciding.next_deadline().is_some_and(|at| at <= now);
        if self.store.is_none() || (waits && !is_due) {
            return Ok(());
        }
        if let (Some(store), Some(open)) = (self.store.take(), self.open.take()) {
            let Open { mut round, then, .. } = open;
            let batch = self.deciding.close(&mut round, &store)?;
            let standing = self.changed_standing();
            (self.last.requests, self.last.handed_over) = (requests, Instant::now());
            let Round { said, facts, .. } = round;
            self.committer.commit(Work { store, batch, said, then, facts, standing });
        }
        Ok(())
    }

    /// Until nothing is on its way: the state is then what is durable, and the store is here.
    fn settle(&mut self) -> Result<(), StoreError> {
        loop {
            self.come_home()?;
            let Some(open) = &mut self.open else { return Ok(()) };
            // Whoever settles waits for it: then it waits for nobody.
            open.since -= GATHER;
            self.last.requests = 0;
            self.hand_over()?;
        }
    }

    fn come_home(&mut self) -> Result<(), StoreError> {
        while self.store.is_none() {
            let done = self.committer.done();
            self.home(done)?;
        }
        Ok(())
    }

    /// The store is back. What was decided on a round that could not be written falls with it.
    fn home(&mut self, done: Done) -> Result<(), StoreError> {
        let Done { mut store, came_to } = done;
        (self.last.took, self.last.home) = (self.last.handed_over.elapsed(), Instant::now());
        let failed = match came_to {
            Ok(unsent) => {
                self.store = Some(store);
                return unsent
                    .into_iter()
                    .try_for_each(|fact| self.input(false, Incoming::Observe(fact), Then::Nothing));
            }
            Err(failed) => failed,
        };
        // Who may come in was to be published with that round and was not: what follows is compared with what was.
        self.standing = Arc::clone(&self.outlet.standing.borrow());
        let (mut facts, mut then) = (failed.facts, failed.then);
        if let Some(open) = self.open.take() {
            facts = facts.followed_by(open.round.facts);
            then.extend(open.then);
        }
        let moment = self.time.moment();
        let stepped = recover(&mut self.deciding, &mut store, (failed.error, facts, moment))?;
        self.store = Some(store);
        self.leave(stepped, then)
    }

    /// A round of its own, here and now; the store is at home.
    fn alone(&mut self, inputs: Vec<Incoming>, then: Vec<Then>) -> Result<(), StoreError> {
        let moment = self.time.moment();
        let store = self.store.as_mut().expect("whoever wants to be alone has waited for the store");
        let before = store.head().seq;
        let stepped = step(&mut self.deciding, store, (inputs, moment))?;
        // Nobody is woken if nothing was done.
        if then.is_empty() && stepped.seq == before { Ok(()) } else { self.leave(stepped, then) }
    }

    fn leave(&mut self, stepped: Stepped, then: Vec<Then>) -> Result<(), StoreError> {
        let standing = self.changed_standing();
        let unsent = self.outlet.let_out((stepped.intents, stepped.releases, stepped.photos), standing);
        self.outlet.answer(stepped.outcomes, then, stepped.seq);
        unsent.into_iter().try_for_each(|fact| self.input(false, Incoming::Observe(fact), Then::Nothing))
    }

    fn changed_standing(&mut self) -> Option<Arc<Standing>> {
        self.standing = Arc::new(self.standing.after(self.deciding.site())?);
        Some(Arc::clone(&self.standing))
    }
}

fn take_all(received: &mut mpsc::Receiver<Message>, (taken, room): (&mut Vec<Message>, usize)) {
    while taken.len() < room
        && let Ok(message) = received.try_recv()
    {
        taken.push(message);
    }
}

/// Requests of staff and console carry rows the database may refuse; a repeated key is looked up in what is durable.
fn is_alone(request: &Request) -> bool {
    request.key.is_some() || matches!(request.actor, Actor::Staff(_) | Actor::Console)
}

/// Rows of the message runner change or remove what is there, a salt is added once: they break no constraint.
fn is_never_refused(row: &Row) -> bool {
    matches!(row, Row::OutboxTried { .. } | Row::OutboxDone { .. } | Row::PhotoSalt { .. })
}
