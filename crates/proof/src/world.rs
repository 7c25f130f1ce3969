//! One simulated property: a disk, boards and doors, clocks, codes in people's hands, and the process while it lives.
//!
//! Owns: how a thing is said to the site, what a death does, and every comparison after a step. Never: what people do
//! ([`crate::acts`]) or what a power cut does to a disk ([`crate::disk`]).

mod agreement;
mod devices;
mod ending;
mod founding;
mod guesses;
mod hands;
mod ledger;
mod letters;
mod passages;
mod taint;
mod truth;
mod weighed;

pub use founding::{DOORS, DOORWAY, Founded, K1, K2, K3, PEOPLE, STAFF, UNITS, founded, moving_in, nothing};
pub use letters::{Code, Server, typed};

use crate::chance::Chance;
use crate::disk::Fault;
use crate::line::{Heard, Line};
use crate::model::Model;
use crate::mouth::{Given, tell};
use crate::process::{FOLDER, Process};
use crate::vfs;
use ledger::Ledger;
use letters::Letters;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use truth::Truth;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::evidence::PhotoAsked;
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;
use vestibule_devices::{PulseIntent, ReleaseIntent};
use vestibule_site::clock::Moment;
use vestibule_site::handle::Outcome;
use vestibule_site::keys::Keys;
use vestibule_site::store::{DurableIntent, StoreError};
use vestibule_site::writer::Stepped;

/// Monday 2026-03-02 09:00 UTC.
pub const MONDAY: i64 = 1_772_442_000_000;
/// Deaths in a row after which a start is to succeed: faults are armed for one call each.
const DEATHS_IN_A_ROW: u32 = 12;
/// Disk calls of a start and of what comes right after it.
const CALLS_OF_A_START: u64 = 24;

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    /// Things said to the site that it answered.
    pub operations: u64,
    /// Events.
    pub events: u64,
    /// Process starts.
    pub starts: u64,
    /// Coil pulses.
    pub pulses: u64,
    /// Pulses or openings that no rule allows.
    pub wrong_openings: u64,
}

/// How a process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// The power goes.
    Power,
    /// The process alone.
    Process,
}

/// One simulated property.
pub struct World {
    /// All chance of the people.
    pub chance: Chance,
    /// The boards and doors.
    pub line: Line,
    /// Codes and mail.
    pub letters: Letters,
    /// The reference.
    pub model: Model,
    /// The site while it runs.
    pub process: Option<Process>,
    /// What happened.
    pub counted: Counted,
    /// Milliseconds since the run began.
    pub now_ms: u64,
    /// The wall clock is set off by so much.
    pub wall_off: Span,
    /// What is said is printed.
    pub traced: bool,
    /// The power is bad: after a cut another one may follow while the site starts.
    pub harried: bool,
    /// Deaths since people last did something.
    deaths: u32,
    keys: Arc<Keys>,
    ledger: Ledger,
    truth: Truth,
    /// What was being said when the process died, and at which site time.
    unresolved: Option<(Given, Timestamp)>,
    next_key: u64,
    /// Everything the site ever answered, for the taint scan.
    said: String,
    /// What the first answer to a key was.
    answers: BTreeMap<String, Result<Answer, Refusal>>,
    /// Keys whose command was durable when the process died before it could answer.
    kept: BTreeSet<String>,
    /// Events of the last step.
    last: Vec<Event>,
    /// Entries whose lock has not answered.
    pub(crate) released: Vec<EntryId>,
    /// Until when digits after a keypad number are refused.
    paused: BTreeMap<String, Timestamp>,
    /// Photos that cameras were asked for and have not answered; they die with the process.
    pub(crate) wishes: Vec<PhotoAsked>,
    /// Of a lock that was pulsed in the newest test another door was said: nobody goes on with such a test.
    pub(crate) lied_in_test: bool,
}

impl World {
    /// The founded property, with the site not started.
    pub fn new(seed: u64, founded: &Founded) -> Self {
        vfs::insert(founded.disk.reseeded(seed));
        let mut chance = Chance::new(seed);
        let _ = chance.number();
        Self {
            chance,
            line: Line::default(),
            letters: founded.letters.clone(),
            model: founded.model.clone(),
            process: None,
            counted: Counted::default(),
            now_ms: founded.now_ms,
            wall_off: Span(0),
            traced: false,
            harried: false,
            deaths: 0,
            keys: founding::keys(),
            ledger: founded.ledger.clone(),
            truth: founded.truth.clone(),
            unresolved: None,
            // The founding had the ones before.
            next_key: 1_000 + founded.now_ms,
            said: String::new(),
            answers: BTreeMap::new(),
            kept: BTreeSet::new(),
            last: Vec::new(),
            released: Vec::new(),
            paused: BTreeMap::new(),
            wishes: Vec::new(),
            lied_in_test: false,
        }
    }

    /// Both clocks of the machine.
    pub fn moment(&self) -> Moment {
        let ms = i64::try_from(self.now_ms).expect("a run is short");
        Moment { wall: Timestamp(MONDAY + ms) + self.wall_off, monotonic_ms: self.now_ms }
    }

    /// The site's keys, which are in a file that no power cut harms once it is there.
    pub fn keys(&self) -> &Arc<Keys> {
        &self.keys
    }

    /// Prints a line of the trace.
    pub fn trace(&self, line: impl FnOnce() -> String) {
        if self.traced {
            println!("{:>9} {}", self.now_ms, line());
        }
    }

    // -- saying

    /// Asks under a fresh key. None: the process died on it, and whether it was heard is not known.
    pub fn ask(&mut self, actor: Actor, command: Command) -> Option<Outcome> {
        let key = format!("k{}", self.next_key);
        self.next_key += 1;
        let given = Given::Ask(actor, command, Some(key));
        let first = self.give(given.clone());
        if first.is_some() || !self.chance.once_in(2) {
            return first;
        }
        // The page sends it again once the site is back.
        self.start();
        self.give(given)
    }

    /// Asks without a key, as a scanner does that nobody answers for.
    pub fn say(&mut self, actor: Actor, command: Command) -> Option<Result<Answer, Refusal>> {
        self.give(Given::Ask(actor, command, None)).map(|outcome| outcome.answer)
    }

    /// Asks, and wants only the answer.
    pub fn answer(&mut self, actor: Actor, command: Command) -> Option<Result<Answer, Refusal>> {
        self.ask(actor, command).map(|outcome| outcome.answer)
    }

    /// Says one thing to the site, which is started if it is not running.
    pub fn give(&mut self, given: Given) -> Option<Outcome> {
        self.start();
        let due = self.process.as_ref().and_then(|process| {
            let now = process.writer.time_at(self.moment());
            process.writer.next_deadline().filter(|at| *at <= now)
        });
        if due.is_some() && !matches!(given, Given::Nothing) {
            self.give(Given::Nothing);
            self.start();
        }
        let moment = self.moment();
        let process = self.process.as_mut().expect("started");
        self.unresolved = Some((given.clone(), process.writer.time_at(moment)));
        match process.writer.step(given.incoming(), moment) {
            Ok(stepped) => self.leave(given, stepped),
            Err(error) => {
                self.died(&error);
                None
            }
        }
    }

    /// What leaves a step: it is heard by the model, then answers and pulses go out.
    fn leave(&mut self, given: Given, mut stepped: Stepped) -> Option<Outcome> {
        self.trace(|| given.name());
        if self.absorb().is_err() {
            return None;
        }
        self.counted.operations += 1;
        let rewired = self.follows_the_map();
        self.wishes_for(std::mem::take(&mut stepped.photos));
        let intents = std::mem::take(&mut stepped.intents);
        for release in std::mem::take(&mut stepped.releases) {
            self.ledger.passages.may_leave(&release);
            self.released.push(EntryId(release.entry()));
        }
        if self.send(intents).is_err() || self.take(rewired).is_err() {
            return None;
        }
        let outcome = stepped.outcomes.pop();
        if let Some(outcome) = &outcome {
            self.check_answer(&given, outcome);
            self.letters.revealed(outcome);
        }
        self.agrees();
        outcome
    }

    fn check_answer(&mut self, given: &Given, outcome: &Outcome) {
        self.said.push_str(&serde_json::to_string(&outcome.answer).expect("plain data"));
        let Given::Ask(_, _, Some(key)) = given else { return };
        if let Some(first) = self.answers.get(key) {
            assert!(
                *first == outcome.answer,
                "a repeat of {key} got another answer: {first:?}, {:?}",
                outcome.answer
            );
            assert!(outcome.repeated && outcome.revealed.is_empty(), "a repeat of {key} was done twice");
        } else if outcome.answer != Err(Refusal::DiskLow) {
            self.answers.insert(key.clone(), outcome.answer.clone());
        }
        assert!(
            outcome.repeated || !self.kept.contains(key),
            "{key} was durable before the death and was done again"
        );
        self.check_guess(given, outcome);
        if let Err(refusal) = &outcome.answer {
            self.trace(|| format!("  refused: {}", refusal.code()));
        }
    }

    /// Reads what is new in the ledger and lets model and truth live it.
    fn absorb(&mut self) -> Result<(), ()> {
        let process = self.process.as_ref().ok_or(())?;
        let fresh = match self.ledger.read(process) {
            Ok(fresh) => fresh.into_iter().unzip::<_, _, Vec<_>, Vec<_>>().0,
            Err(error) => {
                self.died(&error);
                return Err(());
            }
        };
        let said = self.unresolved.take();
        self.hear(said.as_ref(), &fresh);
        Ok(())
    }

    fn hear(&mut self, said: Option<&(Given, Timestamp)>, events: &[Event]) {
        let given = said.map(|(given, _)| given);
        // A moment that died with its step never was, nor one of which a full disk kept nothing.
        let found_no_room = vfs::disk(crate::disk::Disk::takes_too_small) && events.is_empty();
        if let Some((_, at)) = said.filter(|_| !found_no_room) {
            self.model.clock(*at);
        }
        self.counted.events += events.len() as u64;
        for event in events {
            self.trace(|| format!("    {} {event:?}", event.kind()));
        }
        self.notes(events);
        tell(&mut self.model, given, (events, self.ledger.weighed.is_tested()));
        if let Some(Given::Observe(Observation::DoorSeen { compartment, open })) = given
            && self.ledger.weighed.hangs(*compartment)
        {
            assert_eq!(
                self.model.is_open(*compartment),
                *open,
                "door {compartment} was seen, and nothing said so"
            );
        }
        self.truth.hears(events, &self.model);
        self.letters.hears(events);
    }

    fn notes(&mut self, events: &[Event]) {
        self.last = events.to_vec();
        for event in events {
            match event {
                Event::SelectorPaused { selector, until, purpose: Purpose::PickUp } => {
                    self.paused.insert(selector.digits().to_owned(), *until);
                }
                Event::PausesLifted { .. } => self.paused.clear(),
                Event::BankChanged { compartments, .. } => {
                    let drawn: Vec<_> = compartments.iter().map(|(id, _)| *id).collect();
                    self.line.rehang(&drawn, DOORS);
                }
                _ => {}
            }
        }
    }

    /// Pulses go to the bus; what it says at once is heard.
    fn send(&mut self, intents: Vec<DurableIntent>) -> Result<(), ()> {
        let start = self.counted.starts;
        for intent in intents {
            if self.counted.starts != start {
                return Err(());
            }
            let (opening, attempt, point) = (intent.opening(), intent.attempt(), intent.point());
            self.ledger.may_leave(opening, attempt, CompartmentId(point));
            let now = self.now_ms;
            let process = self.process.as_mut().ok_or(())?;
            let mut heard = process.bus.pulse(&mut self.line, intent, now);
            heard.extend(process.bus.expect(&mut self.line, point, now));
            self.take(heard)?;
        }
        Ok(())
    }

    fn take(&mut self, heard: Vec<Heard>) -> Result<(), ()> {
        let start = self.counted.starts;
        // What is on the wire is there, whether or not the process lives to tell.
        for one in &heard {
            if let Heard::Sent { opening, attempt } = one {
                self.ledger.sent(*opening, *attempt, self.now_ms);
            }
        }
        for one in heard {
            if self.counted.starts != start {
                return Err(());
            }
            match one {
                Heard::Sent { .. } => {}
                Heard::Observation(observation) => {
                    if let Observation::Pulse { outcome: PulseOutcome::NotSent, .. } = observation {
                        self.truth.trouble();
                    }
                    self.give(Given::Observe(observation)).ok_or(())?;
                }
            }
        }
        Ok(())
    }

    // -- time

    /// Time passes with people about: the line runs.
    pub fn run(&mut self, ms: u64) {
        let end = self.now_ms + ms;
        for _ in 0..20_000 {
            self.look_at_coils();
            let Some(next) = self.next_moment().filter(|at| *at <= end) else { break };
            self.now_ms = self.now_ms.max(next);
            self.step_line();
        }
        self.now_ms = self.now_ms.max(end);
        self.step_line();
        self.deliver();
    }

    /// Nobody is about: hours pass, the clock ticks where the site asked for it.
    pub fn skip(&mut self, span: Span) {
        let end = self.now_ms + u64::try_from(span.0).expect("time goes on");
        self.run(500);
        for _ in 0..2_000 {
            self.start();
            // Bytes on the wire do not wait for hours to pass.
            while self.ledger.is_on_the_wire(self.now_ms) {
                self.run(10);
            }
            let Some(process) = self.process.as_ref() else { continue };
            let now = process.writer.time_at(self.moment());
            let next =
                process.writer.next_deadline().map(|at| u64::try_from((at - now).0).unwrap_or(0).max(1));
            let mail = self.next_mail_ms(now);
            let step = next.into_iter().chain(mail).min().unwrap_or(u64::MAX);
            if self.now_ms.saturating_add(step) >= end {
                break;
            }
            self.now_ms += step;
            self.give(Given::Nothing);
            self.deliver();
            if self.line.next_moment().is_some() {
                self.run(500);
            }
        }
        self.now_ms = self.now_ms.max(end);
        self.give(Given::Nothing);
        self.run(1_000);
    }

    fn next_moment(&self) -> Option<u64> {
        let bus = self.process.as_ref().and_then(|process| process.bus.next_moment());
        let site = self.process.as_ref().and_then(|process| {
            let now = process.writer.time_at(self.moment());
            let left = (process.writer.next_deadline()? - now).0;
            Some(self.now_ms + u64::try_from(left).unwrap_or(0).max(1))
        });
        bus.into_iter().chain(self.line.next_moment()).chain(site).min()
    }

    fn step_line(&mut self) {
        self.line.step(self.now_ms);
        self.look_at_coils();
        let now = self.now_ms;
        let Some(process) = self.process.as_mut() else { return };
        let heard = process.bus.step(&mut self.line, now);
        if self.take(heard).is_err() {
            return;
        }
        let due = self.process.as_ref().is_some_and(|process| {
            let now = process.writer.time_at(self.moment());
            process.writer.next_deadline().is_some_and(|at| at <= now)
        });
        if due {
            self.give(Given::Nothing);
        }
    }

    /// I1, I2 and I10 at the coils themselves.
    fn look_at_coils(&mut self) {
        for (lock, at, pulse_ms) in self.line.new_pulses() {
            self.counted.pulses += 1;
            self.ledger.coil(self.line.door(lock), at, pulse_ms);
        }
    }

    // -- death and start

    fn died(&mut self, error: &StoreError) {
        self.trace(|| format!("  dies: {error:?}"));
        assert!(
            vfs::disk(|disk| disk.is_off())
                || matches!(error, StoreError::Disk(_) | StoreError::Io { .. } | StoreError::Full),
            "the process ended and the disk had not failed: {error}"
        );
        // After an error the process is gone; whether the power is too was drawn when the fault was armed.
        let death =
            if vfs::disk(|disk| disk.is_off() && disk.is_cut()) { Death::Power } else { Death::Process };
        self.end(death);
    }

    /// The process ends now.
    pub fn end(&mut self, death: Death) {
        vfs::disk(|disk| disk.stop());
        self.process = None;
        self.wishes.clear();
        // What was on the wire arrives.
        self.now_ms += 20;
        self.line.step(self.now_ms);
        self.look_at_coils();
        vfs::forget_processes();
        self.truth.trouble();
        self.trace(|| format!("  {death:?} is gone"));
        match death {
            Death::Power => {
                vfs::disk(|disk| disk.power_on());
                self.now_ms += 5_000 + self.chance.below(40_000);
            }
            Death::Process => {
                vfs::disk(|disk| disk.revive());
                self.now_ms += 500;
            }
        }
        self.line.step(self.now_ms);
        self.look_at_coils();
        self.deaths += 1;
        if self.harried && self.deaths < DEATHS_IN_A_ROW / 2 && !self.chance.once_in(3) {
            let within = 1 + self.chance.below(CALLS_OF_A_START);
            self.trace(|| format!("  and again within {within} calls"));
            vfs::disk(|disk| disk.arm(within, Fault::PowerCut));
        }
    }

    /// People do something: whatever dies next died of something else.
    pub fn somebody_acts(&mut self) {
        self.deaths = 0;
    }

    /// The site runs when this returns.
    pub fn start(&mut self) {
        for _ in 0..DEATHS_IN_A_ROW {
            if self.process.is_some() {
                return;
            }
            let moment = self.moment();
            let was_armed = vfs::disk(|disk| disk.is_armed());
            match Process::start(&self.keys, DOORS, moment) {
                Ok((process, first)) => self.started(process, first),
                Err(error) => {
                    // Who lost power meanwhile, or was struck by a fault, could free nothing: the next start does.
                    let is_struck = vfs::disk(|disk| disk.is_off() || (was_armed && !disk.is_armed()));
                    let is_full = matches!(error, StoreError::Full) && !is_struck;
                    self.died(&error);
                    if is_full {
                        self.disk_is_full();
                    }
                }
            }
        }
        assert!(self.process.is_some(), "the site does not start, though nothing is wrong any more");
    }

    /// A start failed for want of space: there was no reserve left to free. Somebody makes room.
    fn disk_is_full(&mut self) {
        let reserve = format!("{FOLDER}/reserve");
        assert!(
            !vfs::disk(|disk| disk.exists(&reserve)),
            "the site did not start, and its reserve was not freed"
        );
        vfs::disk(|disk| disk.leave_free(1 << 40));
    }

    fn started(&mut self, process: Process, first: Stepped) {
        self.counted.starts += 1;
        assert!(first.intents.is_empty(), "I2: a start pulsed {:?}", first.intents);
        assert!(first.releases.is_empty(), "I2: a start released {:?}", first.releases);
        assert_eq!(process.writer.broken_invariants(), [""; 0], "promises broken at start");
        let now = process.writer.now();
        let kept = self.ledger.still_holds(&process);
        let fresh = kept.and_then(|()| self.ledger.read(&process));
        self.process = Some(process);
        let (fresh, times): (Vec<Event>, Vec<Timestamp>) = match fresh {
            Ok(fresh) => fresh.into_iter().unzip(),
            Err(error) => return self.died(&error),
        };
        let start = |event: &Event| matches!(event, Event::SiteStarted { .. } | Event::EpochRaised { .. });
        let at = fresh.iter().position(start).expect("a start is recorded");
        assert!(
            !matches!(fresh[at], Event::EpochRaised { .. }),
            "I12: an epoch was raised and no disk was rolled back"
        );
        let heard = self.unresolved.take().filter(|_| at > 0);
        // On a full disk requests are dropped and only facts are durable.
        let was_full = fresh[..at].iter().any(|event| matches!(event, Event::DiskLow { .. }));
        if let Some((Given::Ask(_, _, Some(key)), _)) = heard.as_ref().filter(|_| !was_full) {
            self.kept.insert(key.clone());
        }
        self.hear(heard.as_ref(), &fresh[..at]);
        // A start that died when it had spoken was a start, at its own time.
        let mut rest = (&fresh[at..], &times[at..]);
        while let Some(begun) = rest.1.first() {
            self.model.clock(*begun);
            let next = rest.0[1..].iter().position(start).map_or(rest.0.len(), |more| more + 1);
            self.hear(None, &rest.0[..next]);
            rest = (&rest.0[next..], &rest.1[next..]);
        }
        self.model.clock(now);
        self.agrees();
    }
}
