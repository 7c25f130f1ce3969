//! What a person hears of a parcel of theirs: where it was put, who opened its compartment while it lay there, and how it left.
//!
//! Owns: which events are told, and how those who did it are spoken of. Of people only their own household is told apart; everybody
//! else is a courier, staff, or somebody. Never: tells of a compartment before the parcel lay in it or after it left.

use super::{Assurance, Custodian, Entitlement};
use crate::ids::*;
use crate::opening::OpeningPurpose;
use crate::site::Site;
use crate::time::{Span, Timestamp};
use crate::vocabulary::command::StaffReason;
use crate::vocabulary::event::Event;
use std::collections::{BTreeMap, BTreeSet};

/// So long after its end a parcel is told of, and so long the page behind the link of a code that ended stays.
pub const TOLD_FOR: Span = Span::days(30);

/// What follows the end of a code so soon belongs to what it was for, however short the grace is: the collection that ended it.
const BELONGS: Span = Span::minutes(10);

/// Until when a person hears of their parcels; `ended`: when the code behind the link they read by did. What came later is told by
/// a later link, but for a second look within the grace.
pub fn told_until(site: &Site, person: PersonId, ended: Option<Timestamp>) -> Timestamp {
    let belongs = Span(site.policy.grace.0.max(BELONGS.0));
    ended.map_or(Timestamp(i64::MAX), |at| at + belongs).min(site.directory.heard_until(person))
}

/// Whom a parcel was for by what was said last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whose {
    entitlement: Option<Entitlement>,
    disowned: BTreeSet<PersonId>,
}

impl Whose {
    /// Folds the events of one parcel, in the order of the ledger.
    pub fn of<'a>(parcel: ParcelId, events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut whose = Self::default();
        for event in events {
            whose.told(parcel, event);
        }
        whose
    }

    fn told(&mut self, of: ParcelId, event: &Event) {
        match event {
            Event::ParcelRegistered { parcel, entitlement, .. } if *parcel == of => {
                self.entitlement.clone_from(entitlement);
            }
            Event::RecipientCorrected { parcel, entitlement, .. } if *parcel == of => {
                self.entitlement.clone_from(entitlement);
                self.disowned.clear();
            }
            Event::ParcelDisowned { parcel, person } if *parcel == of => {
                self.disowned.insert(*person);
            }
            _ => {}
        }
    }

    /// The household this person may collect it for; None: it is not for them.
    pub fn household_of(&self, person: PersonId) -> Option<TenancyId> {
        let entitlement = self.entitlement.as_ref()?;
        let is_for = entitlement.persons.contains(&person) && !self.disowned.contains(&person);
        is_for.then_some(entitlement.tenancy)
    }

    fn seen_by(&self, reader: PersonId, other: PersonId) -> Whom {
        if other == reader {
            return Whom::Reader;
        }
        let household = self.entitlement.as_ref().is_some_and(|e| e.persons.contains(&other));
        if household { Whom::Household(other) } else { Whom::Somebody }
    }
}

/// A recipient, as another is told of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Who reads it.
    Reader,
    /// Somebody it is for too.
    Household(PersonId),
    /// Somebody it is not for, and was for a while.
    Somebody,
}

/// Who opened a compartment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// A recipient, at a kiosk.
    Recipient {
        /// Who.
        whom: Whom,
        /// In which visit.
        visit: VisitId,
        /// With which code or card; None: they looked once more into what they had taken out before.
        credential: Option<CredentialId>,
    },
    /// The courier of a visit.
    Courier {
        /// Which.
        visit: VisitId,
    },
    /// Staff; None: to put a parcel in.
    Staff {
        /// Why.
        reason: Option<StaffReason>,
    },
    /// Staff, with the mechanical key, as they had said before.
    Key,
    /// Nothing explains it.
    Nobody,
}

/// One thing that happened to a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// It was put where it waits.
    Put {
        /// A compartment, shelf, drop place or staff.
        place: Custodian,
        /// By staff, not by who brought it.
        by_staff: bool,
    },
    /// The door of its compartment opened.
    Opened {
        /// Which.
        compartment: CompartmentId,
        /// By whom.
        by: Opener,
    },
    /// Staff said who had opened it with the mechanical key.
    Explained {
        /// Which.
        compartment: CompartmentId,
    },
    /// The door of its compartment stood open for too long.
    StoodOpen {
        /// Which.
        compartment: CompartmentId,
    },
    /// Somebody said that it is not theirs.
    Disowned {
        /// Who.
        whom: Whom,
    },
    /// A recipient has it.
    Collected {
        /// Who.
        whom: Whom,
        /// At the kiosk of this visit; None: staff handed it over, or said so.
        visit: Option<VisitId>,
        /// How we know.
        known_by: Assurance,
    },
    /// It went back to its carrier.
    WentBack,
    /// It is not where it should be.
    Missing,
    /// It was given up.
    GivenUp,
}

/// One thing that happened, and when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Site time.
    pub at: Timestamp,
    /// What.
    pub what: Happened,
}

/// What one person hears of one parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelHistory {
    /// Which.
    pub parcel: ParcelId,
    /// Who brought it.
    pub carrier: Option<CarrierId>,
    /// Oldest first, never empty.
    pub moments: Vec<Moment>,
}

/// The history of a parcel for a person who is told of what happened before `until`. `events` are those of the parcel and of the compartments it
/// lay in, in the order of the ledger. None: it is not for them, or nothing happened that they are told.
pub fn of(
    parcel: ParcelId,
    (reader, until): (PersonId, Timestamp),
    events: &[(Timestamp, Event)],
) -> Option<ParcelHistory> {
    let whose = Whose::of(parcel, events.iter().map(|(_, event)| event));
    whose.household_of(reader)?;
    let mut telling = Telling { parcel, reader, whose, lies_in: None, openings: BTreeMap::new() };
    let told = events.iter().filter_map(|(at, event)| {
        let what = telling.tell(event);
        telling.follow(event);
        what.map(|what| Moment { at: *at, what })
    });
    let moments: Vec<_> = told.filter(|moment| moment.at < until).collect();
    let carrier = events.iter().find_map(|(_, event)| match event {
        Event::ParcelRegistered { parcel: of, carrier, .. } if *of == parcel => *carrier,
        _ => None,
    });
    (!moments.is_empty()).then_some(ParcelHistory { parcel, carrier, moments })
}

/// Where the parcel is while its events are told one after the other.
struct Telling {
    parcel: ParcelId,
    reader: PersonId,
    whose: Whose,
    lies_in: Option<CompartmentId>,
    openings: BTreeMap<OpeningId, OpeningPurpose>,
}

impl Telling {
    fn follow(&mut self, event: &Event) {
        match event {
            Event::CustodyTransferred { parcel, to, .. } if *parcel == self.parcel => {
                self.lies_in = if let Custodian::Compartment(id) = to { Some(*id) } else { None };
            }
            Event::OpeningAuthorised { opening, purpose, .. } => {
                self.openings.insert(*opening, purpose.clone());
            }
            _ => {}
        }
    }

    fn tell(&self, event: &Event) -> Option<Happened> {
        match event {
            Event::CustodyTransferred { parcel, to, by, assurance, .. } if *parcel == self.parcel => {
                self.moved(*to, *by, *assurance)
            }
            Event::ParcelDisowned { parcel, person } if *parcel == self.parcel => {
                Some(Happened::Disowned { whom: self.seen(*person) })
            }
            Event::CompartmentOpened { compartment, opening, key } if self.lies_in == Some(*compartment) => {
                let by = if key.is_some() { Opener::Key } else { self.opener(*opening) };
                Some(Happened::Opened { compartment: *compartment, by })
            }
            Event::ForceExplained { compartment, .. } if self.lies_in == Some(*compartment) => {
                Some(Happened::Explained { compartment: *compartment })
            }
            Event::CompartmentHeldOpen { compartment } if self.lies_in == Some(*compartment) => {
                Some(Happened::StoodOpen { compartment: *compartment })
            }
            _ => None,
        }
    }

    fn seen(&self, person: PersonId) -> Whom {
        self.whose.seen_by(self.reader, person)
    }

    fn opener(&self, opening: Option<OpeningId>) -> Opener {
        let Some(purpose) = opening.and_then(|id| self.openings.get(&id)) else { return Opener::Nobody };
        match purpose {
            OpeningPurpose::Deposit { visit, .. } | OpeningPurpose::FixDeposit { visit, .. } => {
                Opener::Courier { visit: *visit }
            }
            OpeningPurpose::Collect { visit, credential, person, .. } => {
                Opener::Recipient { whom: self.seen(*person), visit: *visit, credential: Some(*credential) }
            }
            OpeningPurpose::Reopen { visit, person } => {
                Opener::Recipient { whom: self.seen(*person), visit: *visit, credential: None }
            }
            OpeningPurpose::StaffOpen { reason, .. } | OpeningPurpose::StaffRemove { reason, .. } => {
                Opener::Staff { reason: Some(*reason) }
            }
            OpeningPurpose::StaffPlace { .. } => Opener::Staff { reason: None },
        }
    }

    fn moved(&self, to: Custodian, by: Actor, known_by: Assurance) -> Option<Happened> {
        match to {
            Custodian::Compartment(_)
            | Custodian::Shelf(_)
            | Custodian::CommonArea(_)
            | Custodian::Staff(_) => {
                let by_staff = matches!(by, Actor::Staff(_)) || known_by == Assurance::StaffWord;
                Some(Happened::Put { place: to, by_staff })
            }
            Custodian::Recipient(person) => {
                let visit = if let Actor::Visit(visit) = by { Some(visit) } else { None };
                Some(Happened::Collected { whom: self.seen(person), visit, known_by })
            }
            Custodian::Carrier(_) => Some(Happened::WentBack),
            Custodian::Missing { .. } => Some(Happened::Missing),
            Custodian::WrittenOff => Some(Happened::GivenUp),
            Custodian::Courier(_) => None,
        }
    }
}
