//! Residents from a file: read, compared with who is known, and shown as a plan before anything changes.
//!
//! ```text
//! bytes --text--> lines --columns, record--> entries --matching, households--> Plan --command--> Command + rows
//! ```
//! A plan is all or nothing. Nobody is moved out for missing from the file unless the file is said to be the complete
//! list; nothing here ever mails anybody; empty fields of the file erase nothing.

mod columns;
mod command;
mod date;
mod household;
mod keypad;
mod known;
mod matching;
mod plan;
mod record;
mod text;
mod units;

pub use columns::Field;
pub use command::NotImported;
pub use date::Date;
pub use keypad::KeypadReason;
pub use known::Known;
pub use plan::{
    Changed, FieldChange, LineNote, MovedOut, NewPerson, NewUnit, Place, Plan, Unreachable, WhyOut,
};
pub use text::FileFault;

use serde::{Deserialize, Serialize};
use vestibule_core::Timestamp;
use vestibule_core::directory::Leavers;
use vestibule_core::time::{Zone, civil};

/// What to make of new people in an apartment whose present people the file does not mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strangers {
    /// Import neither; list them as a conflict.
    #[default]
    Ask,
    /// They are new tenants: the people there now move out.
    Replace,
    /// They are room-mates: everybody stays.
    Join,
}

/// How a file is read.
#[derive(Debug, Clone)]
pub struct Options {
    /// Site time.
    pub now: Timestamp,
    /// The building's zone: "today" is a day there.
    pub zone: Zone,
    /// The file names everybody: whoever is missing moves out.
    pub complete_list: bool,
    /// What people who move out may still collect.
    pub leavers: Leavers,
    /// Import the good rows although there are bad ones.
    pub skip_bad_rows: bool,
    /// New people beside people the file does not mention.
    pub strangers: Strangers,
    /// Country code of phone numbers written without one.
    pub country_code: Option<String>,
    /// Language of people whose row does not say.
    pub language: String,
    /// Text messages are sent, so a phone number is a channel.
    pub texts_sent: bool,
}

impl Options {
    /// The careful choice everywhere.
    pub fn new(now: Timestamp, zone: Zone) -> Self {
        Self {
            now,
            zone,
            complete_list: false,
            leavers: Leavers::Keep,
            skip_bad_rows: false,
            strangers: Strangers::Ask,
            country_code: None,
            language: "en".to_owned(),
            texts_sent: false,
        }
    }

    fn today(&self) -> Date {
        let (year, month, day) = civil(self.now, &self.zone).date;
        Date { year, month, day }
    }
}

/// Reads a file and compares it with who is known. `progress` gets bytes done and bytes in all, now and then.
///
/// # Errors
/// Only what makes the whole file unreadable; bad rows are in the plan.
pub fn plan(
    bytes: &[u8],
    known: &Known,
    options: &Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Plan, FileFault> {
    let file = text::read(bytes)?;
    let (read, entries) = record::read(&file, options, progress)?;
    let names_nobody = read.bad_rows.is_empty() && entries.iter().all(|entry| entry.person.is_none());
    if options.complete_list && names_nobody {
        return Err(FileFault::Nobody);
    }
    plan::draw(read, entries, known, options)
}

#[cfg(test)]
mod tests;
