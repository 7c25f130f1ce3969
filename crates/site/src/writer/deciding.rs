//! The half of the writer that decides: inputs one after the other on the working state, ahead of what is durable.
//!
//! Owns: the working state, site time, the look at the disk's space. Never: writes, or lets anything leave; what it decided
//! on a round that could not be written is dropped with the state.

use super::Incoming;
use super::round::{Decided, Round};
use crate::clock::{Moment, SiteClock};
use crate::handle::{Request, Revealed};
use crate::keys::Keys;
use crate::rows::RowsFrom;
use crate::store::answers::Kept;
use crate::store::load::Loaded;
use crate::store::machine::Machine;
use crate::store::space::Space;
use crate::store::{Batch, Step, Store, StoreError};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use vestibule_core::vocabulary::decision::IssuedCode;
use vestibule_core::{Actor, Context, Input, NoticeId, Observation, Refusal, Site, Timestamp};

/// The deciding half.
pub(crate) struct Deciding {
    pub(super) site: Site,
    clock: SiteClock,
    keys: Arc<Keys>,
    pub(super) space: Space,
    machine: Arc<dyn Machine>,
    now: Timestamp,
    /// Found after each round: it looks at every visit and opening, so it is found once.
    deadline: Option<Timestamp>,
}

impl Deciding {
    pub(super) fn new(
        loaded: Loaded,
        (space, machine): (Space, Arc<dyn Machine>),
        (keys, moment): (Arc<Keys>, Moment),
    ) -> Self {
        Self {
            clock: SiteClock::resume(loaded.last_recorded, moment),
            now: loaded.last_recorded.unwrap_or(moment.wall),
            deadline: loaded.site.next_deadline(),
            site: loaded.site,
            keys,
            space,
            machine,
        }
    }

    /// The working state.
    pub(crate) fn site(&self) -> &Site {
        &self.site
    }

    /// Site time of the last round.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Site time at this moment, for a look between two rounds: a quiet site's time goes on too.
    pub(crate) fn time_at(&self, moment: Moment) -> Timestamp {
        self.clock.clone().read(moment).now
    }

    /// The clock it keeps.
    pub(crate) fn clock(&self) -> &SiteClock {
        &self.clock
    }

    /// When the clock alone has something to do.
    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        self.deadline
    }

    /// Staff or the time service confirmed the wall clock.
    pub(crate) fn confirm_clock(&mut self, moment: Moment) {
        self.clock.confirm(moment);
    }

    /// Begins a round: its site time is this moment's.
    pub(crate) fn begin(&mut self, moment: Moment) -> Round {
        let reading = self.clock.read(moment);
        self.now = reading.now;
        Round::new(moment, reading.doubted)
    }

    /// Decides one more input of a round. A repeated request is looked up in `store`; without one there must be no key.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn take(
        &mut self,
        round: &mut Round,
        input: Incoming,
        store: Option<&Store>,
    ) -> Result<(), StoreError> {
        round.facts.note(&input);
        let decided = match input {
            Incoming::Write(rows) => Decided::rows(rows),
            Incoming::Observe(observation) => self.observe(observation),
            Incoming::Ask(request) => self.ask(*request, (round, store))?,
        };
        round.steps.push(decided.step);
        round.said.outcomes.push(decided.outcome);
        round.said.photos.extend(decided.photos);
        Ok(())
    }

    /// The round as the store takes it, with what follows without anybody asking.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn close(&mut self, round: &mut Round, store: &Store) -> Result<Batch, StoreError> {
        self.by_itself(round)?;
        let steps = std::mem::take(&mut round.steps).into_iter().filter(|step| !step.is_empty()).collect();
        Ok(store.batch(steps, &self.site, (self.now, round.moment)))
    }

    /// Goes on from what is durable: what was decided since is dropped.
    pub(super) fn resume(&mut self, site: Site) {
        self.site = site;
        self.deadline = self.site.next_deadline();
    }

    /// What follows without anybody asking: a doubted clock, low space, what the clock brings.
    fn by_itself(&mut self, round: &mut Round) -> Result<(), StoreError> {
        let mut decided = Vec::new();
        if let Some(wall) = round.doubted.take() {
            decided.push(self.observe(Observation::ClockDoubted { wall }));
        }
        if let Some(low) = self.space.look(round.moment.monotonic_ms, self.site.disk_low)? {
            decided.push(self.observe(Observation::DiskLow { low }));
        }
        self.deadline = self.site.next_deadline();
        if self.deadline.is_some_and(|at| at <= self.now) {
            decided.push(self.apply(&Input::Tick, (Actor::Site, "tick".to_owned()), None));
            self.deadline = self.site.next_deadline();
        }
        for decided in decided {
            round.steps.push(decided.step);
            round.said.photos.extend(decided.photos);
        }
        Ok(())
    }

    fn observe(&mut self, observation: Observation) -> Decided {
        self.apply(&Input::Observation(observation), (Actor::Device, "observation".to_owned()), None)
    }

    /// A command, unless its key was seen: then the first answer, without its codes.
    fn ask(
        &mut self,
        request: Request,
        (round, store): (&mut Round, Option<&Store>),
    ) -> Result<Decided, StoreError> {
        let Request { actor, command, key, rows } = request;
        let Some(key) = key else {
            return Ok(self.apply(&Input::Command { actor, command }, (actor, "command".to_owned()), rows));
        };
        let hash: [u8; 32] =
            Sha256::digest(serde_json::to_vec(&command).expect("commands are plain data")).into();
        let first = match (round.kept.get(&(actor, key.clone())), store) {
            (Some(first), _) => Some(first.clone()),
            (None, Some(store)) => store.kept_answer(actor, &key)?,
            (None, None) => unreachable!("a request with a key is decided with the store at hand"),
        };
        if let Some(first) = first {
            let answer = if first.request == hash { first.answer } else { Err(Refusal::KeyReused) };
            return Ok(Decided::answered(answer, true));
        }
        let mut decided =
            self.apply(&Input::Command { actor, command }, (actor, format!("command:{key}")), rows);
        let answer = Kept { actor, key: key.clone(), request: hash, answer: decided.outcome.answer.clone() };
        round.kept.insert((actor, key), answer.clone());
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
        let mut cause = cause;
        if vestibule_core::planted::is_planted("code-in-the-ledger") {
            decision.secrets.iter().for_each(|code| cause.push_str(code.token.expose()));
        }
        let (sealed, revealed) = self.place_codes(decision.secrets);
        Decided {
            step: Step { actor, cause, events: decision.events, rows, sealed, answer: None },
            outcome: crate::handle::Outcome { answer: decision.answer, repeated: false, revealed },
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
