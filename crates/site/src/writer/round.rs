//! What one transaction will hold: the inputs decided so far and what each came to. Nothing of it has left yet.

use super::Incoming;
use crate::clock::Moment;
use crate::handle::Outcome;
use crate::rows::Row;
use crate::store::Step;
use crate::store::answers::Kept;
use std::collections::BTreeMap;
use vestibule_core::{Actor, Answer, Effect, Refusal, Timestamp};

/// A round in the making. All of it has one site time: that of its first input.
pub(crate) struct Round {
    pub(super) moment: Moment,
    /// The wall clock, when it just began to be doubted.
    pub(super) doubted: Option<Timestamp>,
    pub(super) steps: Vec<Step>,
    pub(super) kept: BTreeMap<(Actor, String), Kept>,
    /// What has to be said when it is durable.
    pub(crate) said: Said,
    /// What is tried once more when it cannot be written.
    pub(crate) facts: Facts,
}

/// What a round says, in the order of its inputs.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) photos: Vec<Effect>,
}

impl Round {
    pub(super) fn new(moment: Moment, doubted: Option<Timestamp>) -> Self {
        Self {
            moment,
            doubted,
            steps: Vec::new(),
            kept: BTreeMap::new(),
            said: Said::default(),
            facts: Facts { doubted, ..Facts::default() },
        }
    }

    /// That the wall clock is doubted was to be recorded by a round that could not be written.
    pub(super) fn doubts(&mut self, wall: Option<Timestamp>) {
        self.doubted = self.doubted.or(wall);
        self.facts.doubted = self.doubted;
    }

    /// How many inputs it has.
    pub(crate) fn len(&self) -> usize {
        self.facts.asked
    }

    /// How many of them are requests, whose askers wait.
    pub(crate) fn requests(&self) -> usize {
        self.facts.asked - self.facts.kept.len()
    }
}

/// What of a round is tried once more when the whole of it could not be written, by its place in the round.
#[derive(Default)]
pub(crate) struct Facts {
    pub(super) asked: usize,
    /// The wall clock, when it just began to be doubted.
    pub(super) doubted: Option<Timestamp>,
    pub(super) kept: Vec<(usize, Incoming)>,
}

impl Facts {
    /// One more input.
    pub(super) fn note(&mut self, input: &Incoming) {
        let at = self.asked;
        self.asked += 1;
        match input {
            Incoming::Observe(observation) => {
                self.kept.push((at, Incoming::Observe(observation.clone())));
            }
            Incoming::Write(rows) => self.kept.push((at, Incoming::Write(rows.clone()))),
            Incoming::Ask(_) => {}
        }
    }

    /// These, and behind them those of the next round, which stood on this one.
    pub(crate) fn followed_by(mut self, next: Self) -> Self {
        let before = self.asked;
        self.asked += next.asked;
        self.doubted = self.doubted.or(next.doubted);
        self.kept.extend(next.kept.into_iter().map(|(at, input)| (before + at, input)));
        self
    }

    /// Rows may be what the database refused.
    pub(super) fn without_rows(mut self) -> Self {
        self.kept.retain(|(_, input)| matches!(input, Incoming::Observe(_)));
        self
    }

    pub(super) fn must_be_recorded(&self) -> bool {
        self.kept.iter().any(|(_, input)| matches!(input, Incoming::Observe(_)))
    }
}

/// What one input came to, before it is durable.
pub(super) struct Decided {
    pub(super) step: Step,
    pub(super) outcome: Outcome,
    pub(super) photos: Vec<Effect>,
}

impl Decided {
    pub(super) fn rows(rows: Vec<Row>) -> Self {
        let mut decided = Self::answered(Ok(Answer::Done), false);
        decided.step.rows = rows;
        decided
    }

    pub(super) fn answered(answer: Result<Answer, Refusal>, repeated: bool) -> Self {
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

    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.rows.is_empty() && self.answer.is_none()
    }
}
