//! What a label says: whose number it bears, which company brought the parcel, whom its symbols name, and who of a
//! building that is, whether the label is for this building at all, and what confirmations teach.
//!
//! Owns the shapes and check digits of tracking numbers, the fields of label symbols, the blocks of printed text, and matching
//! names and apartments with a directory. Everything it reads is a claim that anybody could
//! have printed: it returns candidates with their evidence, never one guess as if it were known. Never reads a picture,
//! a file or a clock, and knows nothing of custody.
//!
//! Read in this order: [`carrier`], [`tracking`], [`check_digit`], [`symbol`], [`gathered`], [`printed`], [`matching`],
//! [`address`], [`evidence`], [`learning`], [`scoreboard`]. Method and figures are in `docs/intake.md`.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod address;
pub mod carrier;
pub mod check_digit;
pub mod evidence;
pub mod gathered;
pub mod learning;
pub mod mail;
pub mod matching;
pub mod printed;
pub mod scoreboard;
pub mod symbol;
pub mod tracking;

pub use carrier::Carrier;
pub use gathered::{Gathered, Problem, Symbol};
pub use matching::{Decision, Directory, Found, Ranked, Resident};
pub use printed::{Addressed, Line, Place, Unaddressed};
pub use symbol::{Label, Recipient, Source, Unread};
pub use tracking::{Candidate, Check, Mark, Recognised, recognise};
