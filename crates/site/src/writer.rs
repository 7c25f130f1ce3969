//! The one writer of a site, a plain synchronous struct: decides each input on the working state, commits all of them in
//! one transaction, and only then lets answers, intents and views leave. The async task around it is [`crate::service`].

use crate::clock::{Moment, SiteClock};
use crate::handle::{Outcome, Request, Revealed};
use crate::keys::Keys;
use crate::rows::{Row, RowsFrom};
use crate::store::answers::Kept;
use crate::store::machine::Machine;
use crate::store::space::{self, Space};
use crate::store::{Batch, DurableIntent, Step, Store, StoreError, StoreOptions};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use vestibule_core::vocabulary::decision::IssuedCode;
use vestibule_core::{
    Actor, Answer, Context, Effect, Input, NoticeId, Observation, Refusal, Site, Timestamp,
};

/// One thing for the writer.
pub enum Incoming {
    /// A command.
    Ask(Request),
    /// A fact.
    Observe(Observation),
    /// Rows alone.
    Write(Vec<Row>),
}

/// What a step brought.
pub struct Stepped {
    /// One outcome for each incoming, in order.
    pub outcomes: Vec<Outcome>,
    /// Pulses that may go out.
    pub intents: Vec<DurableIntent>,
    /// Photos asked for.
    pub photos: Vec<Effect>,
    /// The newest event.
    pub seq: u64,
}

/// The writer.
pub struct Writer {
    site: Site,
    store: Store,
    clock: SiteClock,
    keys: Arc<Keys>,
    space: Space,
    machine: Arc<dyn Machine>,
    now: Timestamp,
    /// Found after each step: it looks at every visit and opening, so it is found once.
    deadline: Option<Timestamp>,
    invariants: Vec<String>,
}

/// What one input came to, before it is durable.
struct Decided {
    step: Step,
    outcome: Outcome,
    photos: Vec<Effect>,
}

impl Writer {
    /// Opens the store, begins a new epoch if events were lost, and records the start.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open(
        options: StoreOptions,
        keys: Arc<Keys>,
        moment: Moment,
    ) -> Result<(Self, Stepped), StoreError> {
        let (folder, machine) = (options.folder.clone(), Arc::clone(&options.machine));
        let first = Store::open(options.clone());
        let is_full = matches!(first, Err(StoreError::Full));
        if is_full {
            space::free_reserve(&folder, &*machine);
        }
        let (store, loaded) = if is_full { Store::open(options)? } else { first? };
        let space = Space::open(&folder, loaded.site.disk_low || is_full, Arc::clone(&machine))?;
        let clock = SiteClock::resume(loaded.last_recorded, moment);
        let invariants = loaded.site.check_invariants();
        let (now, boot) = (loaded.last_recorded.unwrap_or(moment.wall), store.boot());
        let epoch = store.head().epoch;
        let deadline = loaded.site.next_deadline();
        let mut writer =
            Self { site: loaded.site, store, clock, keys, space, machine, now, deadline, invariants };
        let mut first = vec![Incoming::Observe(Observation::Started { boot })];
        if let Some(noted) = loaded.lost {
            let raised = noted.head.epoch.max(epoch) + 1;
            first.insert(0, Incoming::Observe(Observation::EpochRaised { epoch: raised }));
        }
        let stepped = writer.step(first, moment)?;
        Ok((writer, stepped))
    }

    /// The state after the last commit.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Site time of the last step.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Site time at this moment, for a look between two steps: a quiet site's time goes on too.
    pub fn time_at(&self, moment: Moment) -> Timestamp {
        self.clock.clone().read(moment).now
    }

    /// Promises that were found broken at start; empty when all hold.
    pub fn broken_invariants(&self) -> &[String] {
        &self.invariants
    }

    /// See [`Store::checkpoint_beside`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn checkpoint_beside(&mut self) -> Result<(), StoreError> {
        self.store.checkpoint_beside()
    }

    /// When the clock alone has something to do.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadline
    }

    /// Staff or the time service confirmed the wall clock.
    pub fn confirm_clock(&mut self, moment: Moment) {
        self.clock.confirm(moment);
    }

    /// Decides and commits, all or nothing. Requests of staff carry rows that the database may refuse (a name that is
    /// taken), so [`crate::service`] gives each of them a step of its own: a refusal then harms nobody else.
    ///
    /// # Errors
    /// Only what ends the process: the disk.
    pub fn step(&mut self, inputs: Vec<Incoming>, moment: Moment) -> Result<Stepped, StoreError> {
        let reading = self.clock.read(moment);
        self.now = reading.now;
        let kept_inputs = Facts::of(&inputs, reading.doubted);
        let mut decided = Vec::with_capacity(inputs.len() + 1);
        let mut kept = BTreeMap::new();
        let mut incoming = inputs.into_iter();
        for input in incoming.by_ref() {
            decided.push(self.decide(input, &mut kept)?);
        }
        let asked = decided.len();
        self.by_itself((reading.doubted, moment), &mut decided)?;
        let committed = self.commit(
            decided.iter_mut().map(|d| std::mem::replace(&mut d.step, Step::nothing())).collect(),
            moment,
        );
        let committed = match committed {
            Ok(committed) => committed,
            Err(StoreError::Full) => {
                self.space.free();
                return self.without_requests(kept_inputs, (Refusal::DiskLow, moment));
            }
            Err(StoreError::Refused(error)) => {
                tracing::error!(%error, "a batch was refused by the database and rolled back");
                let why =
                    "it was not accepted: something with this name or address is there already".to_owned();
                return self.without_requests(kept_inputs.without_rows(), (Refusal::Invalid { why }, moment));
            }
            Err(fatal) => return Err(fatal),
        };
        let photos = decided.iter_mut().flat_map(|d| std::mem::take(&mut d.photos)).collect();
        let outcomes = decided.into_iter().take(asked).map(|d| d.outcome).collect();
        Ok(Stepped { outcomes, intents: committed.intents, photos, seq: committed.head.seq })
    }

    /// The batch could not be written: requests are refused in words, facts are recorded all the same, and on a full disk
    /// also the runners' rows, for which the reserve was freed. A door that was seen is seen once; if even that cannot be
    /// written the process ends, and the next start asks the boards again.
    fn without_requests(
        &mut self,
        facts: Facts,
        (refusal, moment): (Refusal, Moment),
    ) -> Result<Stepped, StoreError> {
        self.site = self.store.reload()?;
        self.now = self.clock.read(moment).now;
        let (asked, doubted, must_be_recorded) = (facts.asked, facts.doubted, facts.must_be_recorded());
        let mut granted = Vec::new();
        let mut decided = Vec::new();
        for (at, fact) in facts.kept {
            decided.push(self.decide(fact, &mut BTreeMap::new())?);
            granted.push(at);
        }
        self.by_itself((doubted, moment), &mut decided)?;
        let steps = decided.iter_mut().map(|d| std::mem::replace(&mut d.step, Step::nothing())).collect();
        let committed = match self.commit(steps, moment) {
            Err(StoreError::Full) if !must_be_recorded => {
                self.site = self.store.reload()?;
                self.deadline = self.site.next_deadline();
                return Ok(Stepped::refused(asked, refusal, self.store.head().seq));
            }
            committed => committed?,
        };
        let mut stepped = Stepped::refused(asked, refusal, committed.head.seq);
        for at in granted {
            stepped.outcomes[at].answer = Ok(Answer::Done);
        }
        stepped.intents = committed.intents;
        stepped.photos = decided.into_iter().flat_map(|d| d.photos).collect();
        Ok(stepped)
    }

    /// What follows without anybody asking: a doubted clock, low space, what the clock brings.
    fn by_itself(
        &mut self,
        (doubted, moment): (Option<Timestamp>, Moment),
        decided: &mut Vec<Decided>,
    ) -> Result<(), StoreError> {
        let mut kept = BTreeMap::new();
        if let Some(wall) = doubted {
            decided.push(self.decide(Incoming::Observe(Observation::ClockDoubted { wall }), &mut kept)?);
        }
        if let Some(low) = self.space.look(moment.monotonic_ms, self.site.disk_low)? {
            decided.push(self.decide(Incoming::Observe(Observation::DiskLow { low }), &mut kept)?);
        }
        self.deadline = self.site.next_deadline();
        if self.deadline.is_some_and(|at| at <= self.now) {
            decided.push(self.apply(&Input::Tick, (Actor::Site, "tick".to_owned()), None));
            self.deadline = self.site.next_deadline();
        }
        Ok(())
    }

    fn commit(&mut self, steps: Vec<Step>, moment: Moment) -> Result<crate::store::Committed, StoreError> {
        let steps: Vec<_> = steps.into_iter().filter(|step| !step.is_empty()).collect();
        if steps.is_empty() {
            // Nothing is to be made durable: looking at the clock costs no write.
            return Ok(crate::store::Committed { head: *self.store.head(), intents: Vec::new() });
        }
        self.store.commit(Batch { now: self.now, state: &self.site, moment, steps })
    }

    fn decide(
        &mut self,
        input: Incoming,
        kept: &mut BTreeMap<(Actor, String), Kept>,
    ) -> Result<Decided, StoreError> {
        match input {
            Incoming::Write(rows) => Ok(Decided::rows(rows)),
            Incoming::Observe(observation) => Ok(self.apply(
                &Input::Observation(observation),
                (Actor::Device, "observation".to_owned()),
                None,
            )),
            Incoming::Ask(request) => self.ask(request, kept),
        }
    }

    /// A command, unless its key was seen: then the first answer, without its codes.
    fn ask(
        &mut self,
        request: Request,
        kept: &mut BTreeMap<(Actor, String), Kept>,
    ) -> Result<Decided, StoreError> {
        let Request { actor, command, key, rows } = request;
        let Some(key) = key else {
            return Ok(self.apply(&Input::Command { actor, command }, (actor, "command".to_owned()), rows));
        };
        let hash: [u8; 32] =
            Sha256::digest(serde_json::to_vec(&command).expect("commands are plain data")).into();
        let first = match kept.get(&(actor, key.clone())) {
            Some(first) => Some(first.clone()),
            None => self.store.kept_answer(actor, &key)?,
        };
        if let Some(first) = first {
            let answer = if first.request == hash { first.answer } else { Err(Refusal::KeyReused) };
            return Ok(Decided::answered(answer, true));
        }
        let mut decided =
            self.apply(&Input::Command { actor, command }, (actor, format!("command:{key}")), rows);
        let answer = Kept { actor, key: key.clone(), request: hash, answer: decided.outcome.answer.clone() };
        kept.insert((actor, key), answer.clone());
        decided.step.answer = Some(answer);
        Ok(decided)
    }

    fn apply(&mut self, input: &Input, (actor, cause): (Actor, String), rows: Option<RowsFrom>) -> Decided {
        let keys = Arc::clone(&self.keys);
        let context = Context { now: self.now, seed: self.machine.seed(), hasher: &*keys };
        let decision = self.site.apply(input, &context);
        let rows = match (&decision.answer, rows) {
            (Ok(answer), Some(rows)) => rows(answer),
            _ => Vec::new(),
        };
        let (sealed, revealed) = self.place_codes(decision.secrets);
        Decided {
            step: Step { actor, cause, events: decision.events, rows, sealed, answer: None },
            outcome: Outcome { answer: decision.answer, repeated: false, revealed },
            photos: decision.photos,
        }
    }

    /// Codes go into their sealed outbox row, or to whoever asked; nowhere else.
    fn place_codes(&self, secrets: Vec<IssuedCode>) -> (Vec<(NoticeId, Vec<u8>)>, Vec<Revealed>) {
        let mut sealed = Vec::new();
        let mut revealed = Vec::new();
        for code in secrets {
            match code.notice {
                Some(notice) => {
                    let digits = code.digits.as_ref().map_or("", |digits| digits.expose());
                    let text = serde_json::json!({ "pin": digits, "qr": code.token.expose() }).to_string();
                    sealed.push((notice, self.keys.seal(&text)));
                }
                None => revealed.push(Revealed {
                    credential: code.credential,
                    digits: code.digits,
                    token: code.token,
                }),
            }
        }
        (sealed, revealed)
    }
}

/// What of a step is tried once more when the whole of it could not be written, by its place in the step.
struct Facts {
    asked: usize,
    /// The wall clock, when it just began to be doubted.
    doubted: Option<Timestamp>,
    kept: Vec<(usize, Incoming)>,
}

impl Facts {
    fn of(inputs: &[Incoming], doubted: Option<Timestamp>) -> Self {
        let kept = inputs.iter().enumerate().filter_map(|(at, input)| match input {
            Incoming::Observe(observation) => Some((at, Incoming::Observe(observation.clone()))),
            Incoming::Write(rows) => Some((at, Incoming::Write(rows.clone()))),
            Incoming::Ask(_) => None,
        });
        Self { asked: inputs.len(), doubted, kept: kept.collect() }
    }

    /// Rows may be what the database refused.
    fn without_rows(mut self) -> Self {
        self.kept.retain(|(_, input)| matches!(input, Incoming::Observe(_)));
        self
    }

    fn must_be_recorded(&self) -> bool {
        self.kept.iter().any(|(_, input)| matches!(input, Incoming::Observe(_)))
    }
}

impl Decided {
    fn rows(rows: Vec<Row>) -> Self {
        let mut decided = Self::answered(Ok(Answer::Done), false);
        decided.step.rows = rows;
        decided
    }

    fn answered(answer: Result<Answer, Refusal>, repeated: bool) -> Self {
        Self {
            step: Step::nothing(),
            outcome: Outcome { answer, repeated, revealed: Vec::new() },
            photos: Vec::new(),
        }
    }
}

impl Step {
    fn nothing() -> Self {
        Self {
            actor: Actor::Site,
            cause: String::new(),
            events: Vec::new(),
            rows: Vec::new(),
            sealed: Vec::new(),
            answer: None,
        }
    }

    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.rows.is_empty() && self.answer.is_none()
    }
}

impl Stepped {
    fn refused(count: usize, refusal: Refusal, seq: u64) -> Self {
        let outcomes = (0..count)
            .map(|_| Outcome { answer: Err(refusal.clone()), repeated: false, revealed: Vec::new() })
            .collect();
        Self { outcomes, intents: Vec::new(), photos: Vec::new(), seq }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::policy::Policy;
    use vestibule_core::vocabulary::command::Command;
    use vestibule_core::{CompartmentId, Timestamp};
    use vestibule_ledger::SiteKey;

    fn at(ms: u64) -> Moment {
        Moment { wall: Timestamp(1_772_442_000_000 + i64::try_from(ms).expect("small")), monotonic_ms: ms }
    }

    fn ask(command: Command) -> Incoming {
        Incoming::Ask(Request::new(Actor::Console, command))
    }

    /// SQLite itself says the disk is full: its file may not grow.
    fn fill_disk(writer: &Writer) {
        let used: i64 = writer
            .store
            .connection()
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .expect("count");
        writer.store.connection().pragma_update(None, "max_page_count", used).expect("limit");
    }

    #[test]
    fn on_a_full_disk_requests_are_refused_and_facts_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let options = StoreOptions::in_folder(folder.path(), SiteKey::new("full").expect("key"));
        let (mut writer, _) = Writer::open(options, Arc::new(Keys::generate()), at(0)).expect("opens");
        writer.step(vec![ask(Command::Found { policy: Policy::default() })], at(10)).expect("steps");
        fill_disk(&writer);
        let long = "x".repeat(40);
        let mut outcome = Ok(Answer::Done);
        for n in 0..10_000 {
            let stepped = writer
                .step(vec![ask(Command::NameCarrier { name: format!("{n}{}", &long[5..]) })], at(20 + n));
            let Ok(mut stepped) = stepped else { panic!("the reserve was not enough for one fact") };
            outcome = stepped.outcomes.remove(0).answer;
            if outcome.is_err() {
                break;
            }
        }
        assert_eq!(outcome, Err(Refusal::DiskLow));
        assert!(!folder.path().join("reserve").exists(), "the reserve was freed");
        let fact = Incoming::Observe(Observation::DoorSeen { compartment: CompartmentId(1), open: true });
        writer.store.connection().pragma_update(None, "max_page_count", 1_000_000).expect("limit");
        writer.step(vec![fact], at(20_000)).expect("facts go on");
        assert!(writer.site().disk_low, "that space is low is recorded as soon as anything can be");
        drop(writer);
        let options = StoreOptions::in_folder(folder.path(), SiteKey::new("full").expect("key"));
        let (mut writer, _) = Writer::open(options, Arc::new(Keys::generate()), at(30_000)).expect("opens");
        writer.step(vec![], at(30_010)).expect("steps");
        assert!(!writer.site().disk_low, "a start that finds room again says so");
    }
}
