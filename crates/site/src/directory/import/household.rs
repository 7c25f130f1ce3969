//! Who comes to live with whom: a new tenancy, or the one that is there.
//!
//! The rule, for an apartment into which the file brings people:
//! 1. Nobody lives there (any more, after the move-outs of this file): a new tenancy.
//! 2. Somebody who lives there is in the file too: the new ones join them.
//! 3. Those who live there are not in the file: if a newcomer's move-in date is later than the day the tenancy began, a new
//!    family has come: a new tenancy, and who was there moves out. Without such a date [`Strangers`] says; by default
//!    neither is done and the line is a conflict.
//!
//! Parcels keep the people they came for, so a new tenancy never inherits one.

use super::known::Known;
use super::{Date, Options, Strangers};
use std::collections::BTreeMap;
use vestibule_core::TenancyId;

/// What happens in one apartment.
pub(super) enum Turn {
    /// A new tenancy; these known people move out because of it.
    New { replaced: Vec<usize> },
    /// Into the tenancy that is there.
    Join(TenancyId),
    /// Nobody knows.
    Unclear,
}

/// The people of one apartment as the file leaves them.
#[derive(Default)]
pub(super) struct Home {
    /// Known people who stay and are in the file.
    pub confirmed: Vec<usize>,
    /// Known people the file does not mention and who were not moved out.
    pub silent: Vec<usize>,
    /// Entries of people who come.
    pub coming: Vec<usize>,
    /// The latest move-in date of those who come.
    pub latest: Option<Date>,
}

/// Homes by their place in the plan.
pub(super) type Homes = BTreeMap<usize, Home>;

impl Home {
    /// What the rule says.
    pub fn turn(&self, known: &Known, options: &Options) -> Turn {
        if let Some(somebody) = self.confirmed.first() {
            return Turn::Join(known.people[*somebody].tenancy);
        }
        if self.coming.is_empty() {
            return Turn::New { replaced: Vec::new() };
        }
        let Some(somebody) = self.silent.first() else { return Turn::New { replaced: Vec::new() } };
        let tenancy = known.people[*somebody].tenancy;
        let began = known.moved_in.get(&tenancy);
        let is_newer = self.latest.zip(began).is_some_and(|(coming, began)| coming > *began);
        match options.strangers {
            _ if is_newer => Turn::New { replaced: self.silent.clone() },
            Strangers::Replace => Turn::New { replaced: self.silent.clone() },
            Strangers::Join => Turn::Join(tenancy),
            Strangers::Ask => Turn::Unclear,
        }
    }
}
