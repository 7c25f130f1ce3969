//! Openings: authorised by an event, pulsed at most three times, ended by what the door shows. Never replayed.

use crate::ids::*;
use crate::time::{Span, Timestamp};
use crate::visit::Turn;
use crate::vocabulary::command::StaffReason;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Pulses an opening may have (I2).
pub const ATTEMPTS: u8 = 3;
/// If nothing at all is heard of a pulse for so long after its deadline, its outcome is unknown.
pub const SILENCE: Span = Span::seconds(10);
const MINUTE: Span = Span::minutes(1);

/// What an opening is for. The only targets: empty or own-visit compartments for couriers, entitled ones for residents,
/// one compartment with a reason for staff. There is no "all".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningPurpose {
    /// A courier puts a parcel in.
    Deposit {
        /// Whose visit.
        visit: VisitId,
        /// Which parcel.
        parcel: ParcelId,
    },
    /// A courier looks again at an earlier deposit of the same visit.
    FixDeposit {
        /// Whose visit.
        visit: VisitId,
        /// Which parcel.
        parcel: ParcelId,
    },
    /// A resident collects.
    Collect {
        /// Whose visit.
        visit: VisitId,
        /// With which code or card.
        credential: CredentialId,
        /// Who.
        person: PersonId,
        /// What is in it for them.
        parcels: Vec<ParcelId>,
    },
    /// A resident looks again within the grace.
    Reopen {
        /// Whose visit.
        visit: VisitId,
        /// Who.
        person: PersonId,
    },
    /// Staff look into it.
    StaffOpen {
        /// Who.
        staff: StaffId,
        /// Why.
        reason: StaffReason,
    },
    /// Staff take a parcel out.
    StaffRemove {
        /// Who.
        staff: StaffId,
        /// Which parcel.
        parcel: ParcelId,
        /// Why.
        reason: StaffReason,
    },
    /// Staff put a parcel in.
    StaffPlace {
        /// Who.
        staff: StaffId,
        /// Which parcel.
        parcel: ParcelId,
    },
}

impl OpeningPurpose {
    /// The visit it belongs to.
    pub fn visit(&self) -> Option<VisitId> {
        match self {
            Self::Deposit { visit, .. }
            | Self::FixDeposit { visit, .. }
            | Self::Collect { visit, .. }
            | Self::Reopen { visit, .. } => Some(*visit),
            Self::StaffOpen { .. } | Self::StaffRemove { .. } | Self::StaffPlace { .. } => None,
        }
    }
    /// The parcel a place is held for.
    pub fn incoming(&self) -> Option<ParcelId> {
        match self {
            Self::Deposit { parcel, .. } | Self::StaffPlace { parcel, .. } => Some(*parcel),
            _ => None,
        }
    }
}

/// How far an opening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// A pulse is on its way or was sent; the door has not shown open.
    Pulsed {
        /// Later than this it is not sent.
        not_after: Timestamp,
    },
    /// The door stayed shut; the next pulse comes at.
    Again {
        /// When.
        at: Timestamp,
    },
    /// The door is open, or was seen open and its closing is awaited.
    Open,
    /// Nobody knows: kept until the door is seen to move or staff have looked.
    Unknown,
}

/// One opening that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Of which compartment.
    pub compartment: CompartmentId,
    /// What for.
    pub purpose: OpeningPurpose,
    /// Who caused it.
    pub by: Actor,
    /// When it was authorised.
    pub authorised: Timestamp,
    /// Pulses so far.
    pub attempt: u8,
    /// How far it is.
    pub progress: Progress,
    /// When the door showed open.
    pub opened: Option<Timestamp>,
    /// The process was restarted since it was authorised, or the door was held open: whoever closes it, it is a word.
    pub doubtful: bool,
    /// A collection that was committed while the door was still open.
    pub committed: bool,
    /// What was said at the open door; outlives the visit, since the door may shut after it.
    pub turn: Option<Turn>,
}

impl Opening {
    /// Whether nobody knows what became of it.
    pub fn is_unknown(&self) -> bool {
        self.progress == Progress::Unknown
    }
}

/// All openings that are not over, and how many there were lately.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Openings {
    /// By number.
    pub live: BTreeMap<OpeningId, Opening>,
    by_visit: BTreeMap<VisitId, BTreeSet<OpeningId>>,
    recent: BTreeMap<BankId, VecDeque<Timestamp>>,
}

impl Openings {
    /// One of them.
    pub fn get(&self, id: OpeningId) -> Option<&Opening> {
        self.live.get(&id)
    }

    /// The opening a visit is at, if any; one that nobody knows anything of no longer counts.
    pub fn of_visit(&self, visit: VisitId) -> Option<(OpeningId, &Opening)> {
        self.by_visit
            .get(&visit)?
            .iter()
            .filter_map(|id| self.live.get(id).map(|opening| (*id, opening)))
            .find(|(_, opening)| !opening.is_unknown())
    }

    /// The breaker: openings in the last minute at a bank stay under the policy's number (I10).
    ///
    /// # Errors
    /// [`Refusal::Breaker`].
    pub fn admits(&self, bank: BankId, most: u32, now: Timestamp) -> Result<(), Refusal> {
        // In the order of time: only the old ones in front are passed over.
        let recent = self
            .recent
            .get(&bank)
            .map_or(0, |times| times.len() - times.partition_point(|at| now - *at >= MINUTE));
        if recent < most as usize || crate::planted::is_planted("breaker-off") {
            Ok(())
        } else {
            Err(Refusal::Breaker)
        }
    }

    /// When the breaker of a bank admits one more, as far as is known now: a minute after the oldest that counts.
    pub fn breaker_ends(&self, bank: BankId, most: u32) -> Option<Timestamp> {
        let recent = self.recent.get(&bank)?;
        let counted = recent.len().checked_sub(most.max(1) as usize)?;
        recent.get(counted).map(|at| *at + MINUTE)
    }

    pub(crate) fn authorised(&mut self, id: OpeningId, opening: Opening, bank: BankId) {
        let times = self.recent.entry(bank).or_default();
        while times.front().is_some_and(|at| opening.authorised - *at >= MINUTE) {
            times.pop_front();
        }
        times.push_back(opening.authorised);
        if let Some(visit) = opening.purpose.visit() {
            self.by_visit.entry(visit).or_default().insert(id);
        }
        self.live.insert(id, opening);
    }

    pub(crate) fn evolve(&mut self, event: &Event, (now, retry_after): (Timestamp, Span)) {
        match event {
            Event::OpeningAttempted { opening, attempt, not_after } => self.with(*opening, |o| {
                o.attempt = *attempt;
                o.progress = Progress::Pulsed { not_after: *not_after };
            }),
            Event::PulseFailed { opening, .. } => {
                self.with(*opening, |o| o.progress = Progress::Again { at: now + retry_after });
            }
            Event::OpeningUnknown { opening } => self.with(*opening, |o| {
                o.progress = Progress::Unknown;
                o.doubtful = true;
            }),
            Event::CompartmentOpened { opening: Some(opening), .. } => self.with(*opening, |o| {
                o.progress = Progress::Open;
                o.opened = Some(now);
            }),
            Event::CompartmentHeldOpen { compartment } => {
                for opening in self.live.values_mut().filter(|o| o.compartment == *compartment) {
                    opening.doubtful = true;
                }
            }
            Event::Turned { visit, compartment, turn } => {
                let at_door =
                    |o: &&mut Opening| o.compartment == *compartment && o.purpose.visit() == Some(*visit);
                for opening in self.live.values_mut().filter(at_door) {
                    opening.turn = Some(*turn);
                }
            }
            Event::SiteStarted { .. } => {
                for opening in self.live.values_mut() {
                    opening.doubtful = true;
                }
            }
            Event::CustodyTransferred { parcel, to: crate::custody::Custodian::Recipient(_), .. } => {
                for opening in self.live.values_mut() {
                    if let OpeningPurpose::Collect { parcels, .. } = &opening.purpose
                        && parcels.contains(parcel)
                    {
                        opening.committed = true;
                    }
                }
            }
            _ => {}
        }
    }

    pub(crate) fn over(&mut self, id: OpeningId) -> Option<Opening> {
        let over = self.live.remove(&id)?;
        if let Some(visit) = over.purpose.visit() {
            let of_visit = self.by_visit.entry(visit).or_default();
            of_visit.remove(&id);
            if of_visit.is_empty() {
                self.by_visit.remove(&visit);
            }
        }
        Some(over)
    }

    fn with(&mut self, id: OpeningId, change: impl FnOnce(&mut Opening)) {
        if let Some(opening) = self.live.get_mut(&id) {
            change(opening);
        }
    }
}
