//! The one writer of a site: decides each input on the working state, commits all of them in one transaction, and only
//! then lets answers, intents and views leave.
//!
//! Two halves: [`deciding`] knows the state and never writes, the store writes and knows no rule. [`Writer`] is both, a
//! plain synchronous struct; the threads around them, where one round is decided while the one before it is being
//! committed, are [`crate::service`].

pub(crate) mod deciding;
pub(crate) mod round;

use crate::clock::Moment;
use crate::handle::{Outcome, Request};
use crate::keys::Keys;
use crate::rows::Row;
use crate::store::space::{self, Space};
use crate::store::{Committed, DurableIntent, DurableRelease, Store, StoreError, StoreOptions};
use deciding::Deciding;
use round::{Facts, Said};
use rusqlite::Connection;
use std::sync::Arc;
use vestibule_core::credential::budget::Budgets;
use vestibule_core::planted::is_planted;
use vestibule_core::{Answer, Effect, Observation, Refusal, Site, Timestamp};

/// One thing for the writer.
pub enum Incoming {
    /// A command.
    Ask(Box<Request>),
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
    /// Releases of doors that may go out.
    pub releases: Vec<DurableRelease>,
    /// Photos asked for.
    pub photos: Vec<Effect>,
    /// The newest event.
    pub seq: u64,
}

/// The writer.
pub struct Writer {
    deciding: Deciding,
    store: Store,
    invariants: Vec<String>,
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
        let first = Store::open(options.clone(), keys.note_signer());
        let is_full = matches!(first, Err(StoreError::Full));
        if is_full {
            space::free_reserve(&folder, &*machine);
        }
        let (store, mut loaded) = if is_full { Store::open(options, keys.note_signer())? } else { first? };
        if is_planted("counters-in-memory") {
            loaded.site.credentials.budgets = Budgets::default();
        }
        let space = Space::open(&folder, loaded.site.disk_low || is_full, Arc::clone(&machine))?;
        let invariants = loaded.site.check_invariants();
        let mut first = vec![Incoming::Observe(Observation::Started { boot: store.boot() })];
        if let Some(noted) = loaded.lost
            && !is_planted("epoch-not-raised")
        {
            let raised = noted.head.epoch.max(store.head().epoch) + 1;
            first.insert(0, Incoming::Observe(Observation::EpochRaised { epoch: raised }));
        }
        let deciding = Deciding::new(loaded, (space, machine), (keys, moment));
        let mut writer = Self { deciding, store, invariants };
        let stepped = writer.step(first, moment)?;
        Ok((writer, stepped))
    }

    /// The state after the last commit.
    pub fn site(&self) -> &Site {
        self.deciding.site()
    }

    /// Site time of the last step.
    pub fn now(&self) -> Timestamp {
        self.deciding.now()
    }

    /// Site time at this moment, for a look between two steps: a quiet site's time goes on too.
    pub fn time_at(&self, moment: Moment) -> Timestamp {
        self.deciding.time_at(moment)
    }

    /// Promises that were found broken at start; empty when all hold.
    pub fn broken_invariants(&self) -> &[String] {
        &self.invariants
    }

    /// When the clock alone has something to do.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deciding.next_deadline()
    }

    /// Staff or the time service confirmed the wall clock.
    pub fn confirm_clock(&mut self, moment: Moment) {
        self.deciding.confirm_clock(moment);
    }

    /// The database as it is stored, for a look between two steps.
    pub fn connection(&self) -> &Connection {
        self.store.connection()
    }

    /// Decides and commits, all or nothing. Requests of staff carry rows that the database may refuse (a name that is
    /// taken), so [`crate::service`] gives each of them a step of its own: a refusal then harms nobody else.
    ///
    /// # Errors
    /// Only what ends the process: the disk.
    pub fn step(&mut self, inputs: Vec<Incoming>, moment: Moment) -> Result<Stepped, StoreError> {
        step(&mut self.deciding, &mut self.store, (inputs, moment))
    }

    /// Its halves, for threads of their own.
    pub(crate) fn into_halves(self) -> (Deciding, Store) {
        (self.deciding, self.store)
    }
}

/// A whole round at once.
///
/// # Errors
/// Only what ends the process: the disk.
pub(crate) fn step(
    deciding: &mut Deciding,
    store: &mut Store,
    (inputs, moment): (Vec<Incoming>, Moment),
) -> Result<Stepped, StoreError> {
    let mut round = deciding.begin(moment);
    for input in inputs {
        deciding.take(&mut round, input, Some(store))?;
    }
    let batch = deciding.close(&mut round, store)?;
    match store.commit(batch) {
        Ok(committed) => Ok(Stepped::durable(round.said, committed)),
        Err(error) => recover(deciding, store, (error, round.facts, moment)),
    }
}

/// A round could not be written. Goes on from what is durable, or ends the process.
///
/// # Errors
/// Only what ends the process: the disk.
pub(crate) fn recover(
    deciding: &mut Deciding,
    store: &mut Store,
    (error, facts, moment): (StoreError, Facts, Moment),
) -> Result<Stepped, StoreError> {
    match error {
        StoreError::Full => {
            deciding.space.free();
            without_requests((deciding, store), facts, (Refusal::DiskLow, moment))
        }
        StoreError::Refused(error) => {
            tracing::error!(%error, "a batch was refused by the database and rolled back");
            let why = "it was not accepted: something with this name or address is there already".to_owned();
            without_requests((deciding, store), facts.without_rows(), (Refusal::Invalid { why }, moment))
        }
        _ if is_planted("goes-on-after-a-failed-sync") => {
            without_requests((deciding, store), facts, (Refusal::DiskLow, moment))
        }
        fatal => Err(fatal),
    }
}

/// The batch could not be written: requests are refused in words, facts are recorded all the same, and on a full disk
/// also the runners' rows, for which the reserve was freed. A door that was seen is seen once; if even that cannot be
/// written the process ends, and the next start asks the boards again.
fn without_requests(
    (deciding, store): (&mut Deciding, &mut Store),
    facts: Facts,
    (refusal, moment): (Refusal, Moment),
) -> Result<Stepped, StoreError> {
    deciding.resume(store.reload()?);
    let (asked, must_be_recorded) = (facts.asked, facts.must_be_recorded());
    let mut granted = Vec::new();
    let mut round = deciding.begin(moment);
    round.doubts(facts.doubted);
    for (at, fact) in facts.kept {
        deciding.take(&mut round, fact, Some(store))?;
        granted.push(at);
    }
    let batch = deciding.close(&mut round, store)?;
    let committed = match store.commit(batch) {
        Err(StoreError::Full) if !must_be_recorded => {
            deciding.resume(store.reload()?);
            return Ok(Stepped::refused(asked, refusal, store.head().seq));
        }
        committed => committed?,
    };
    let mut stepped = Stepped::refused(asked, refusal, committed.head.seq);
    for at in granted {
        stepped.outcomes[at].answer = Ok(Answer::Done);
    }
    stepped.intents = committed.intents;
    stepped.releases = committed.releases;
    stepped.photos = round.said.photos;
    Ok(stepped)
}

impl Stepped {
    fn durable(said: Said, committed: Committed) -> Self {
        let Said { outcomes, photos } = said;
        let Committed { head, intents, releases } = committed;
        Self { outcomes, intents, releases, photos, seq: head.seq }
    }

    fn refused(count: usize, refusal: Refusal, seq: u64) -> Self {
        let outcomes = (0..count)
            .map(|_| Outcome { answer: Err(refusal.clone()), repeated: false, revealed: Vec::new() })
            .collect();
        Self { outcomes, intents: Vec::new(), releases: Vec::new(), photos: Vec::new(), seq }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::policy::Policy;
    use vestibule_core::vocabulary::command::Command;
    use vestibule_core::{Actor, CompartmentId, Timestamp};
    use vestibule_ledger::SiteKey;

    fn at(ms: u64) -> Moment {
        Moment { wall: Timestamp(1_772_442_000_000 + i64::try_from(ms).expect("small")), monotonic_ms: ms }
    }

    fn ask(command: Command) -> Incoming {
        Incoming::Ask(Box::new(Request::new(Actor::Console, command)))
    }

    /// SQLite itself says the disk is full: its file may not grow.
    fn fill_disk(writer: &Writer) {
        let used: i64 =
            writer.connection().pragma_query_value(None, "page_count", |row| row.get(0)).expect("count");
        writer.connection().pragma_update(None, "max_page_count", used).expect("limit");
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
        writer.connection().pragma_update(None, "max_page_count", 1_000_000).expect("limit");
        writer.step(vec![fact], at(20_000)).expect("facts go on");
        assert!(writer.site().disk_low, "that space is low is recorded as soon as anything can be");
        drop(writer);
        let options = StoreOptions::in_folder(folder.path(), SiteKey::new("full").expect("key"));
        let (mut writer, _) = Writer::open(options, Arc::new(Keys::generate()), at(30_000)).expect("opens");
        writer.step(vec![], at(30_010)).expect("steps");
        assert!(!writer.site().disk_low, "a start that finds room again says so");
    }
}
