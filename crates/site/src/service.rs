//! The thread around the writer: receives, steps, dispatches. No meaning lives here.

use crate::clock::Moment;
use crate::handle::standing::Standing;
use crate::handle::{Message, Outcome, Request, SiteHandle};
use crate::keys::Keys;
use crate::store::read::ReadPool;
use crate::store::{DATABASE, DurableIntent, StoreError, StoreOptions};
use crate::writer::{Incoming, Stepped, Writer};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::{mpsc, oneshot, watch};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::{Actor, BankId, Observation, OpeningId, Timestamp};
use vestibule_devices::PulseIntent;

const QUEUE: usize = 1024;
const BATCH: usize = 256;
/// Facts wait so long for company: nobody waits for their commit, and a request that follows shares it.
const GATHER: Duration = Duration::from_millis(2);
/// Even without a deadline the clocks and the disk are looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Both clocks of the machine, the monotonic one shared with the buses.
pub type ReadClocks = Arc<dyn Fn() -> Moment + Send + Sync>;

/// The machine's clocks; the monotonic one is that of the buses.
pub fn machine_clocks(clock: vestibule_devices::Clock) -> ReadClocks {
    Arc::new(move || {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        Moment { wall: Timestamp(i64::try_from(wall).unwrap_or(i64::MAX)), monotonic_ms: clock.now().0 }
    })
}

/// Where pulses of each bank go. Banks may be added while the site runs.
#[derive(Clone, Default)]
pub struct IntentRoutes(Arc<Mutex<BTreeMap<BankId, mpsc::Sender<DurableIntent>>>>);

impl IntentRoutes {
    /// From now on pulses of this bank go here.
    pub fn register(&self, bank: BankId, intents: mpsc::Sender<DurableIntent>) {
        self.0.lock().expect("routes are never held across a panic").insert(bank, intents);
    }

    /// Hands a pulse over, or says what became of it instead.
    fn send(&self, intent: DurableIntent) -> Option<Observation> {
        let routes = self.0.lock().expect("routes are never held across a panic");
        let (opening, attempt) = (OpeningId(intent.opening()), intent.attempt());
        let sent = routes.get(&intent.bank()).is_some_and(|route| route.try_send(intent).is_ok());
        (!sent).then_some(Observation::Pulse { opening, attempt, outcome: PulseOutcome::NotSent })
    }
}

/// A running site.
pub struct Running {
    /// To talk to it.
    pub handle: SiteHandle,
    /// Where buses register.
    pub routes: IntentRoutes,
    /// Promises found broken at start; empty when all hold.
    pub broken_invariants: Vec<String>,
    /// Resolves when the writer has ended: with an error if the disk failed and the process must end.
    pub ended: oneshot::Receiver<Result<(), StoreError>>,
}

/// Opens the store and starts the writer's thread.
///
/// # Errors
/// See [`StoreError`]: nothing runs then.
pub fn start(options: StoreOptions, keys: Arc<Keys>, clocks: ReadClocks) -> Result<Running, StoreError> {
    let database = options.folder.join(DATABASE);
    let (mut writer, first) = Writer::open(options, keys, clocks())?;
    writer.checkpoint_beside()?;
    let broken_invariants = writer.broken_invariants().to_vec();
    let (messages, received) = mpsc::channel(QUEUE);
    let (changed, changes) = watch::channel(first.seq);
    let (publish, standing) = watch::channel(Arc::new(Standing::of(writer.site())));
    let routes = IntentRoutes::default();
    let (end, ended) = oneshot::channel();
    let service = Service { writer, clocks, routes: routes.clone(), changed, standing: publish };
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || drop(end.send(service.run(received))))
        .map_err(|source| StoreError::Io { path: "writer thread".to_owned(), source })?;
    let handle =
        SiteHandle { writer: messages, changes, standing, reads: Arc::new(ReadPool::new(&database)) };
    Ok(Running { handle, routes, broken_invariants, ended })
}

struct Service {
    writer: Writer,
    clocks: ReadClocks,
    routes: IntentRoutes,
    changed: watch::Sender<u64>,
    standing: watch::Sender<Arc<Standing>>,
}

/// What to do once a step is durable.
enum Then {
    Answer(oneshot::Sender<Outcome>),
    Durable(oneshot::Sender<()>),
    Nothing,
}

/// A run of inputs that share a transaction.
#[derive(Default)]
struct Group {
    inputs: Vec<Incoming>,
    then: Vec<Then>,
}

impl Service {
    fn run(mut self, mut received: mpsc::Receiver<Message>) -> Result<(), StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|source| StoreError::Io { path: "writer thread".to_owned(), source })?;
        let mut buffer = Vec::new();
        loop {
            let deadline = self.wake_at();
            let count = runtime.block_on(async {
                tokio::time::timeout_at(deadline.into(), received.recv_many(&mut buffer, BATCH)).await
            });
            if matches!(count, Ok(0)) {
                return Ok(());
            }
            if buffer.is_empty() {
                self.look()?;
                continue;
            }
            if buffer.iter().all(|message| matches!(message, Message::Observe(_))) {
                // That nothing came in time is as good.
                let more =
                    async { tokio::time::timeout(GATHER, received.recv_many(&mut buffer, BATCH)).await };
                let _ = runtime.block_on(more);
            }
            let stop = self.work(std::mem::take(&mut buffer))?;
            if let Some(stopped) = stop {
                let _ = stopped.send(());
                return Ok(());
            }
        }
    }

    fn wake_at(&self) -> Instant {
        let now = self.writer.time_at((self.clocks)());
        let wait = self.writer.next_deadline().map_or(LOOK_EVERY, |at| {
            let left = u64::try_from((at - now).0).unwrap_or(0);
            Duration::from_millis(left.max(1)).min(LOOK_EVERY)
        });
        Instant::now() + wait
    }

    /// One round: everything that came, in order; some of it in transactions of its own.
    fn work(&mut self, messages: Vec<Message>) -> Result<Option<oneshot::Sender<()>>, StoreError> {
        let mut group = Group::default();
        let mut looks = Vec::new();
        let mut stop = None;
        for message in messages {
            match message {
                Message::Ask(request, answer) => {
                    let alone = is_alone(&request);
                    if alone {
                        self.step(std::mem::take(&mut group))?;
                    }
                    group.add(Incoming::Ask(request), Then::Answer(answer));
                    if alone {
                        self.step(std::mem::take(&mut group))?;
                    }
                }
                Message::Observe(observations) => {
                    for observation in observations {
                        group.add(Incoming::Observe(observation), Then::Nothing);
                    }
                }
                Message::Write(rows, durable) => {
                    self.step(std::mem::take(&mut group))?;
                    group.add(Incoming::Write(rows), Then::Durable(durable));
                    self.step(std::mem::take(&mut group))?;
                }
                // After the round's commit: a look sees all that came before it and does not cut the group in two.
                Message::Read(look) => looks.push(look),
                Message::ConfirmClock => self.writer.confirm_clock((self.clocks)()),
                Message::Stop(stopped) => stop = Some(stopped),
            }
        }
        self.step(group)?;
        for look in looks {
            look(self.writer.site(), self.writer.time_at((self.clocks)()));
        }
        Ok(stop)
    }

    /// Nobody came: the clocks and the disk are looked at, and what is due is done. Nobody is woken if nothing was.
    fn look(&mut self) -> Result<(), StoreError> {
        let stepped = self.writer.step(Vec::new(), (self.clocks)())?;
        if stepped.seq != *self.changed.borrow() {
            self.leave_all(stepped, Vec::new())?;
        }
        Ok(())
    }

    /// One transaction, and what leaves after it.
    fn step(&mut self, group: Group) -> Result<(), StoreError> {
        let moment = (self.clocks)();
        let due = self.writer.next_deadline().is_some_and(|at| at <= self.writer.time_at(moment));
        if group.inputs.is_empty() && !due {
            return Ok(());
        }
        let stepped = self.writer.step(group.inputs, moment)?;
        self.leave_all(stepped, group.then)
    }

    /// Pulses that find no bus are told at once.
    fn leave_all(&mut self, stepped: Stepped, then: Vec<Then>) -> Result<(), StoreError> {
        let mut unsent = self.leave(stepped, then);
        while !unsent.is_empty() {
            let inputs = unsent.drain(..).map(Incoming::Observe).collect();
            let stepped = self.writer.step(inputs, (self.clocks)())?;
            unsent = self.leave(stepped, Vec::new());
        }
        Ok(())
    }

    fn leave(&self, stepped: Stepped, then: Vec<Then>) -> Vec<Observation> {
        if !self.standing.borrow().holds_for(self.writer.site()) {
            self.standing.send_replace(Arc::new(Standing::of(self.writer.site())));
        }
        let unsent = stepped.intents.into_iter().filter_map(|intent| self.routes.send(intent)).collect();
        for (outcome, then) in stepped.outcomes.into_iter().zip(then) {
            match then {
                Then::Answer(answer) => drop(answer.send(outcome)),
                Then::Durable(durable) => drop(outcome.answer.is_ok().then(|| durable.send(()))),
                Then::Nothing => {}
            }
        }
        self.changed.send_replace(stepped.seq);
        unsent
    }
}

impl Group {
    fn add(&mut self, input: Incoming, then: Then) {
        self.inputs.push(input);
        self.then.push(then);
    }
}

/// Requests of staff and console carry rows the database may refuse; they get a transaction of their own.
fn is_alone(request: &Request) -> bool {
    matches!(request.actor, Actor::Staff(_) | Actor::Console)
}
