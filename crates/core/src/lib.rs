//! The rules of one site: custody of parcels, compartments, codes, openings, visits, notices. Pure.
//!
//! ```text
//! Command      (may be refused)  --+
//! Observation  (never refused)   --+-->  Site::apply  -->  Decision { events, answer, secrets }
//! tick         (the clock)       --+         |
//!                                            +-- decide / interpret / tick  read the state, decide events
//!                                            +-- evolve                     folds an event into the state, no rules
//!                                            +-- settle                     what now follows by itself (next door, end of visit)
//! effects(&Event) names what the world must be asked to do; it is never called on replay.
//! ```
//!
//! Nothing here reads a clock, draws randomness, waits, or knows a name: time, seed and the keyed hash arrive in
//! [`Context`], persons are numbers. Read next: [`vocabulary`] (the five word lists), then [`custody`] (the spine), then
//! the part you came for.
//!
//! Promises kept here, each checked by [`site::Site::check_invariants`] or by the property tests in `tests/it`:
//! - **I1, I2, I11** of doors one walks through: an entry is recorded before its one release, an opening nothing explains alarms ([`access`]).
//! - **I1, I2** an opening is authorised by an event before its pulse; one pulse an attempt, at most three an opening, none at start-up ([`opening`]).
//! - **I3** every parcel has exactly one custodian and the place agrees ([`custody`]).
//! - **I4** a compartment that is not empty is never offered to a courier, but to the same visit for the same entitlement ([`place::allocation`]).
//! - **I5** a code opens only what it is for; spent, expired or revoked it opens nothing ([`credential`]).
//! - **I9** guess budgets are folded from events, so no restart refills them ([`credential::budget`]).
//! - **I10** the opening-rate breaker holds ([`opening`]); one coil at a time is the bus's promise.
//! - **I11** a door change without an opening raises an alarm ([`place::compartment`]).
//! - **I15** no event, answer or refusal has room for a live code: codes leave only as [`code::Secret`].
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod access;
pub mod code;
pub mod credential;
pub mod custody;
pub mod directory;
pub mod evidence;
pub mod notice;
pub mod place;
pub mod planted;
pub mod policy;
pub mod site;
pub mod task;
pub mod time;
pub mod visit;
pub mod vocabulary;

pub use place::opening;
pub use site::Site;
pub use time::{Span, Timestamp};
pub use vocabulary::answer::Answer;
pub use vocabulary::command::Command;
pub use vocabulary::decision::{Context, Decision, Input};
pub use vocabulary::effect::Effect;
pub use vocabulary::event::Event;
pub use vocabulary::ids::{self, *};
pub use vocabulary::observation::Observation;
pub use vocabulary::refusal::Refusal;
