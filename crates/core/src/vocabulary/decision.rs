//! What goes into the rules besides the words, and what comes out.

use super::{answer::Answer, command::Command, event::Event, observation::Observation, refusal::Refusal};
use crate::code::{CodeHasher, Secret, Seed};
use crate::ids::{Actor, CredentialId, NoticeId};
use crate::time::Timestamp;

/// Time, randomness and the keyed hash, as arguments. The zone is the site's own, in its policy.
pub struct Context<'a> {
    /// Site time.
    pub now: Timestamp,
    /// Fresh for every input.
    pub seed: Seed,
    /// The pepper as a function.
    pub hasher: &'a dyn CodeHasher,
}

/// One thing that happened at the border.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time and is handed on by reference")]
pub enum Input {
    /// Somebody asks.
    Command {
        /// Who, as established by the shell.
        actor: Actor,
        /// What.
        command: Command,
    },
    /// The outside reports.
    Observation(Observation),
    /// The clock moved on.
    Tick,
}

/// Codes issued by a decision, on their way to a sealed outbox row or an explicit reveal.
pub struct IssuedCode {
    /// Of which credential; None for a kiosk's pairing token.
    pub credential: Option<CredentialId>,
    /// The notice that carries it; None where it is revealed to whoever asked.
    pub notice: Option<NoticeId>,
    /// Digits for the keypad, if it has any.
    pub digits: Option<Secret>,
    /// The QR token.
    pub token: Secret,
}

/// The outcome of one input.
pub struct Decision {
    /// What happened, in order. A refusal may carry events: a wrong PIN does.
    pub events: Vec<Event>,
    /// The answer; `Answer::Done` for observations and ticks.
    pub answer: Result<Answer, Refusal>,
    /// Codes issued on the way.
    pub secrets: Vec<IssuedCode>,
    /// Photos asked for; evidence never blocks a decision.
    pub photos: Vec<super::effect::Effect>,
}
