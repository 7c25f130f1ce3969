//! When a certificate is asked for and what is the next step: told what happened, answers what to do. No clock, no network, no files.
//!
//! ```text
//! resting --now and then--> ask when it is to be renewed -> resting
//! resting --due--> sign in -> order -> [answer -> look ..] -> finalize -> [look ..] -> download -> resting
//!                     \________________ any failure: rest, longer each time ______________________/
//! ```
//! Owns: renewal when the authority suggests it, else at two thirds of a certificate's life, pauses after failures, how many tries an
//! hour the authority sees, when staff are needed. Never: asks anybody.

use super::failure::{Failure, Trouble};
use super::suggestion::{Suggestion, Window};
use serde::{Deserialize, Serialize};
use vestibule_core::Timestamp;

const SECOND: i64 = 1_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// No earlier time is believed than that this program was written at: 2026-01-01.
const NEVER_BEFORE: Timestamp = Timestamp(1_767_225_600_000);
/// A rest is never longer: clocks are set, and files change.
const LOOKS_AGAIN: i64 = 10 * MINUTE;
/// So many tries an hour may fail at the authority; Let's Encrypt shuts the door after five.
const FAILURES_AN_HOUR: usize = 3;
/// A try that takes longer has failed.
const TRY_MOST: i64 = 10 * MINUTE;
/// Between two looks at an order, first and at most.
const LOOK_FIRST: i64 = SECOND;
const LOOK_MOST: i64 = 20 * SECOND;
/// After a certificate none is asked for so soon, or for a tenth of its life if that is less: one that is old when it comes must not
/// make it spin.
const HAD_REST: i64 = DAY / 2;
/// No pause is longer, whatever the authority says.
const PAUSE_MOST: i64 = 7 * DAY;
/// Staff are told when a certificate ends within this time, or a sixth of its life if that is less.
const TOLD_BEFORE: i64 = 7 * DAY;
/// Staff are told if there was no certificate for so long because the authority was not reached.
const TOLD_AFTER: i64 = DAY;

/// How long a certificate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// From this moment.
    pub from: Timestamp,
    /// Until this one.
    pub until: Timestamp,
}

impl Validity {
    fn life(self) -> i64 {
        (self.until.0 - self.from.0).max(0)
    }

    /// When a new one is asked for, if the authority suggests nothing: a third of its life before its end.
    pub fn renewed_from(self) -> Timestamp {
        Timestamp(self.until.0 - self.life() / 3)
    }

    /// When it ends so soon that somebody has to look: it was not renewed in time.
    pub fn ends_soon_from(self) -> Timestamp {
        Timestamp(self.until.0 - TOLD_BEFORE.min(self.life() / 6))
    }
}

/// A try that came to an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// When it ended, by the wall clock.
    pub at: Timestamp,
    /// Why it failed; None: a certificate was had.
    pub failure: Option<Failure>,
}

/// What is remembered of tries across a restart, so that a machine that starts over and over does not ask over and over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// Failures since the last certificate.
    pub failed: u32,
    /// The last one.
    pub last: Option<Try>,
    /// No try before this moment.
    pub not_before: Timestamp,
    /// When the authority saw tries fail lately.
    pub seen_failing: Vec<Timestamp>,
    /// The first failure since there was a certificate.
    pub failing_since: Option<Timestamp>,
    /// What the authority suggests for the certificate that is held.
    #[serde(default)]
    pub suggestion: Suggestion,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing before this moment.
    Rest(Timestamp),
    /// Ask when the authority wants the certificate renewed. It is no try.
    AskWhen,
    /// Open the account, or make one.
    SignIn,
    /// Order a certificate for the domains.
    Order,
    /// Put the proofs up and say that they are there.
    Answer,
    /// Ask how the order stands, not before this moment.
    Look(Timestamp),
    /// Send the request for the certificate, with a fresh key.
    Finalize,
    /// Fetch the certificate and keep it.
    Download,
}

/// How an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// The authority waits for proof, or looks at it.
    Pending,
    /// It believes us.
    Ready,
    /// It makes the certificate.
    Processing,
    /// The certificate is there.
    Valid,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// The authority suggests this window, or none, and wants to be asked again after so many ms, if it said that.
    Suggested(Option<Window>, Option<i64>),
    /// It was asked when the certificate is to be renewed, and did not say.
    NotSuggested(Failure),
    /// The account is open.
    SignedIn,
    /// The order stands so; the authority wants to be asked again after so many ms, if it said that.
    Stands(Stands, Option<i64>),
    /// The proofs are up.
    Answered,
    /// A certificate is kept.
    Kept(Validity),
    /// The step failed.
    Failed(Failure),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Resting,
    SigningIn,
    Ordering,
    Answering,
    Waiting { from: Timestamp },
    Finalizing,
    Downloading,
}

/// The life of one site's certificate.
#[derive(Debug, Clone)]
pub struct Renewal {
    held: Option<Validity>,
    tries: Tries,
    stage: Stage,
    began: Timestamp,
    looks: u32,
    answered: bool,
    wished: bool,
    seed: u64,
}

impl Renewal {
    /// `held`: the certificate that is kept and is for these domains from this authority. The seed spreads pauses.
    pub fn new(held: Option<Validity>, tries: Tries, seed: u64) -> Self {
        let (stage, began) = (Stage::Resting, Timestamp(0));
        Self { held, tries, stage, began, looks: 0, answered: false, wished: false, seed }
    }

    /// Staff want a try now. It ends a pause; it brings no new certificate while there is a young one, of which authorities give few.
    pub fn wish(&mut self) {
        self.wished = true;
    }

    /// Whether a certificate is wanted now, pauses aside.
    pub fn is_wanted(&self, now: Timestamp) -> bool {
        self.held.is_none_or(|held| self.tries.suggestion.renewed_from(held) <= now)
    }

    /// The certificate that is kept.
    pub fn held(&self) -> Option<Validity> {
        self.held
    }

    /// What is remembered.
    pub fn tries(&self) -> &Tries {
        &self.tries
    }

    /// Whether a try is under way.
    pub fn is_trying(&self) -> bool {
        self.stage != Stage::Resting
    }

    /// Whether there is a certificate that holds now.
    fn holds(&self, now: Timestamp) -> bool {
        self.held.is_some_and(|held| now < held.until)
    }

    /// When the next try is due, as things are.
    pub fn due(&self, now: Timestamp) -> Timestamp {
        let wanted = self.held.map_or(now, |held| self.tries.suggestion.renewed_from(held));
        let failure = self.tries.last.as_ref().and_then(|last| last.failure.as_ref());
        let ends_pause = failure.is_some_and(|failure| failure.trouble != Trouble::RateLimited);
        // A clock that was wrong may have put the pause further ahead than any is.
        let is_real = self.tries.not_before.0 - now.0 <= PAUSE_MOST + PAUSE_MOST / 8;
        let ends = !is_real || (self.wished && ends_pause);
        let pause = if ends { now } else { self.tries.not_before };
        wanted.max(pause).max(self.hour_ends(now))
    }

    /// When the authority is asked about the certificate: as long as it holds. None: there is none to ask about.
    fn asked_from(&self, now: Timestamp) -> Option<Timestamp> {
        self.holds(now).then(|| self.tries.suggestion.asked_from(now))
    }

    /// When the authority has seen few enough failures within an hour.
    fn hour_ends(&self, now: Timestamp) -> Timestamp {
        let within = |at: &&Timestamp| now.0 - HOUR < at.0 && at.0 <= now.0;
        let mut lately: Vec<Timestamp> = self.tries.seen_failing.iter().filter(within).copied().collect();
        lately.sort();
        match lately.len().checked_sub(FAILURES_AN_HOUR) {
            Some(at) => Timestamp(lately[at].0 + HOUR),
            None => now,
        }
    }

    /// What to do now. `believed`: nobody doubts the clock.
    pub fn next(&mut self, now: Timestamp, believed: bool) -> Next {
        if self.stage == Stage::Resting {
            if is_lost(now) || !believed {
                return Next::Rest(Timestamp(now.0 + LOOKS_AGAIN));
            }
            let asked = self.asked_from(now);
            if asked.is_some_and(|asked| asked <= now) {
                return Next::AskWhen;
            }
            let due = self.due(now);
            self.wished &= self.is_wanted(now);
            if now < due {
                let soonest = asked.map_or(due, |asked| asked.min(due));
                return Next::Rest(soonest.min(Timestamp(now.0 + LOOKS_AGAIN)));
            }
            (self.stage, self.began, self.wished) = (Stage::SigningIn, now, false);
            (self.looks, self.answered) = (0, false);
        }
        // Back in time counts as late: how long it takes cannot be said then.
        if !(0..TRY_MOST).contains(&(now.0 - self.began.0)) {
            self.failed(now, Failure::new(Trouble::Slow, ""));
            return self.next(now, believed);
        }
        match self.stage {
            Stage::Resting => Next::Rest(Timestamp(now.0 + LOOKS_AGAIN)),
            Stage::SigningIn => Next::SignIn,
            Stage::Ordering => Next::Order,
            Stage::Answering => Next::Answer,
            Stage::Waiting { from } => Next::Look(from),
            Stage::Finalizing => Next::Finalize,
            Stage::Downloading => Next::Download,
        }
    }

    /// Takes in what happened.
    pub fn happened(&mut self, now: Timestamp, what: Happened) {
        match what {
            Happened::Suggested(window, again_ms) => {
                self.tries.suggestion.answered(now, (window, again_ms), self.seed);
            }
            Happened::NotSuggested(failure) => self.tries.suggestion.not_answered(now, &failure),
            Happened::SignedIn => self.stage = Stage::Ordering,
            Happened::Stands(Stands::Ready, _) => self.stage = Stage::Finalizing,
            Happened::Stands(Stands::Valid, _) => self.stage = Stage::Downloading,
            Happened::Stands(Stands::Pending, _) if !self.answered => self.stage = Stage::Answering,
            Happened::Stands(Stands::Pending | Stands::Processing, again_ms) => self.wait(now, again_ms),
            Happened::Answered => {
                self.answered = true;
                self.wait(now, None);
            }
            Happened::Kept(validity) => {
                self.held = Some(validity);
                let not_before = Timestamp(now.0 + HAD_REST.min(validity.life() / 10));
                let last = Some(Try { at: now, failure: None });
                self.tries = Tries { last, not_before, ..Tries::default() };
                self.stage = Stage::Resting;
            }
            Happened::Failed(failure) => self.failed(now, failure),
        }
    }

    fn wait(&mut self, now: Timestamp, again_ms: Option<i64>) {
        let pause = LOOK_MOST.min(LOOK_FIRST << self.looks.min(8));
        let pause = again_ms.map_or(pause, |wanted| wanted.clamp(LOOK_FIRST, TRY_MOST));
        self.looks += 1;
        self.stage = Stage::Waiting { from: Timestamp(now.0 + pause) };
    }

    fn failed(&mut self, now: Timestamp, failure: Failure) {
        self.stage = Stage::Resting;
        let tries = &mut self.tries;
        tries.failed = tries.failed.saturating_add(1);
        tries.failing_since.get_or_insert(now);
        tries.not_before = Timestamp(now.0 + pause(&failure, tries.failed, self.seed));
        tries.seen_failing.retain(|at| now.0 - HOUR < at.0 && at.0 <= now.0);
        if failure.trouble.reached_the_authority() {
            tries.seen_failing.push(now);
        }
        tries.last = Some(Try { at: now, failure: Some(failure) });
    }

    /// Whether somebody has to look: the certificate ends soon or is over, or there is none and a try failed for another reason than
    /// a line that is down for a while.
    pub fn needs_staff(&self, now: Timestamp) -> bool {
        if is_lost(now) {
            return false;
        }
        if let Some(held) = self.held.filter(|_| self.holds(now)) {
            return now >= held.ends_soon_from();
        }
        let failure = self.tries.last.as_ref().and_then(|last| last.failure.as_ref());
        let was_refused = failure.is_some_and(|failure| failure.trouble.reached_the_authority());
        let for_long = self.tries.failing_since.is_some_and(|since| now.0 - since.0 >= TOLD_AFTER);
        self.held.is_some() || was_refused || for_long
    }
}

/// Whether a machine that shows this time has lost its clock.
pub fn is_lost(now: Timestamp) -> bool {
    now < NEVER_BEFORE
}

/// How long to rest after a failure, in ms: doubling, up to a limit, and up to an eighth longer, so that sites do not all come at once.
fn pause(failure: &Failure, failed: u32, seed: u64) -> i64 {
    let (first, most) = match failure.trouble {
        Trouble::Unreachable | Trouble::Here => (MINUTE, HOUR),
        Trouble::RateLimited => (HOUR, DAY),
        _ => (15 * MINUTE, DAY),
    };
    let pause = most.min(first << failed.saturating_sub(1).min(12));
    let pause = pause.max(failure.again_ms.unwrap_or(0)).min(PAUSE_MOST);
    let spread = mixed(seed ^ u64::from(failed)) % 1_000;
    pause + pause / 8 * i64::try_from(spread).unwrap_or(0) / 1_000
}

/// A number that looks like none of its neighbours (the finisher of splitmix64).
pub(super) fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests;
