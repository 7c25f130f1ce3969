//! What carriers say they delivered, against what came: *carrier says delivered, nobody scanned*.
//!
//! Owns: what was said lately, and which numbers came lately. Somebody says that a number was delivered ([`rules`]): it is met by a
//! parcel that bears the number, or it waits for its carrier's grace, and then it is a task. Saying it again changes nothing.
//! Carriers use numbers again, so that number, company and time must agree; a carrier that hands parcels on to others agrees with
//! any company. The number itself is not known here, only its mark.

pub mod adoption;
pub(crate) mod again;
pub(crate) mod rules;

use crate::custody::label::LabelMark;
use crate::custody::{Custodian, Parcel};
use crate::ids::*;
use crate::planted::is_planted;
use crate::policy::Policy;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is said of a number and what came under it belong together if no more time lies between them. What is older is not
/// listened to any more, and forgotten.
pub const WINDOW: Span = Span::days(14);
/// A clock that is ahead of ours by less is believed: carriers write times of day without a zone.
pub const AHEAD_AT_MOST: Span = Span::hours(26);
/// So many one person may ask after within a day.
pub const MOST_A_DAY: usize = 10;
/// So many persons are known to ask after one and the same delivery.
pub const ASKERS_MOST: usize = 8;

/// Who says that something was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimSource {
    /// Staff typed or pasted the number.
    Staff,
    /// A resident did, on the page of their link.
    Resident,
    /// It stood in a message of a carrier.
    Mail,
    /// EasyPost's webhook.
    EasyPost,
    /// Shippo's webhook.
    Shippo,
    /// AfterShip's webhook.
    AfterShip,
}

impl ClaimSource {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Staff, Self::Resident, Self::Mail, Self::EasyPost, Self::Shippo, Self::AfterShip];

    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Resident => "resident",
            Self::Mail => "mail",
            Self::EasyPost => "easy_post",
            Self::Shippo => "shippo",
            Self::AfterShip => "after_ship",
        }
    }
}

/// Why a number that nobody scanned is looked for no more, though no parcel was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explanation {
    /// The recipient has it.
    WithRecipient,
    /// It was left at another address.
    AnotherAddress,
    /// The carrier takes back what it said.
    Corrected,
    /// The carrier answers for the loss.
    Compensated,
    /// Anything else: words required by the page.
    Other,
}

impl Explanation {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::WithRecipient, Self::AnotherAddress, Self::Corrected, Self::Compensated, Self::Other];

    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::WithRecipient => "with_recipient",
            Self::AnotherAddress => "another_address",
            Self::Corrected => "corrected",
            Self::Compensated => "compensated",
            Self::Other => "other",
        }
    }

    /// The explanation of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.word() == word)
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimEnd {
    /// Staff know which parcel it is.
    Found {
        /// Which.
        parcel: ParcelId,
    },
    /// It is not here.
    Explained {
        /// Why.
        why: Explanation,
    },
}

/// Why a parcel that bears the number is not the one that is asked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmet {
    /// It was taken in for another unit than the one that asks.
    AnotherUnit,
    /// Its courier took it back.
    TakenBack,
}

impl Unmet {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::AnotherUnit, Self::TakenBack];

    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::AnotherUnit => "another_unit",
            Self::TakenBack => "taken_back",
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It may still come.
    Waiting {
        /// Until then.
        until: Timestamp,
    },
    /// Nobody scanned it: staff are asked.
    Due,
    /// Staff wrote to the carrier.
    Asked {
        /// An answer is waited for until then.
        until: Timestamp,
    },
    /// A parcel came that bears the number.
    Met {
        /// Which.
        parcel: ParcelId,
    },
    /// It ended by somebody's word.
    Ended {
        /// How.
        how: ClaimEnd,
        /// When.
        at: Timestamp,
    },
}

/// That something was delivered, as somebody says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryClaim {
    /// The mark of its number.
    pub label: LabelMark,
    /// The company, if it is one of the site's.
    pub carrier: Option<CarrierId>,
    /// When it was delivered, as it is said.
    pub at: Timestamp,
    /// When it was said.
    pub heard: Timestamp,
    /// By what way.
    pub source: ClaimSource,
    /// By whom.
    pub by: Actor,
    /// The unit named, if one was.
    pub unit: Option<UnitId>,
    /// Who asks after it besides the first, and since when; at most [`ASKERS_MOST`].
    pub asked: BTreeMap<PersonId, Timestamp>,
    /// How far it is.
    pub standing: Standing,
}

impl DeliveryClaim {
    /// Nobody knows yet where it is.
    pub fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Waiting { .. } | Standing::Due | Standing::Asked { .. })
    }

    /// The parcel that is the one, as far as is known.
    fn parcel(&self) -> Option<ParcelId> {
        match self.standing {
            Standing::Met { parcel } | Standing::Ended { how: ClaimEnd::Found { parcel }, .. } => {
                Some(parcel)
            }
            Standing::Waiting { .. } | Standing::Due | Standing::Asked { .. } | Standing::Ended { .. } => {
                None
            }
        }
    }

    /// When the clock has something to say of it.
    fn moment(&self) -> Option<Timestamp> {
        match self.standing {
            Standing::Waiting { until } | Standing::Asked { until } => Some(until),
            Standing::Due | Standing::Met { .. } | Standing::Ended { .. } => None,
        }
    }
}

/// A number that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// Its mark.
    pub label: LabelMark,
    /// The company that brought it, if it is known.
    pub carrier: Option<CarrierId>,
    /// The unit it is for, as far as is known.
    pub unit: Option<UnitId>,
    /// When the parcel became known.
    pub registered: Timestamp,
    /// When it was first where its recipient can find it; until then, and once its courier has it again, it was not delivered.
    pub arrived: Option<Timestamp>,
}

/// What was said lately, and what came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// By number: those that are open, and those that ended within the [`WINDOW`].
    pub known: BTreeMap<ClaimId, DeliveryClaim>,
    /// The same by mark.
    pub by_label: BTreeMap<LabelMark, BTreeSet<ClaimId>>,
    /// Those the clock has something to say of.
    pub moments: BTreeSet<(Timestamp, ClaimId)>,
    /// Parcels with a number that became known within the [`WINDOW`].
    pub came: BTreeMap<ParcelId, Came>,
}

/// Whether two companies can be one and the same delivery's: nobody named may be any, and who hands on is followed by others.
fn agree(policy: &Policy, said: Option<CarrierId>, came: Option<CarrierId>) -> bool {
    let hands_on = |carrier: Option<CarrierId>| carrier.is_some_and(|id| policy.claims.hand_on.contains(&id));
    let is_one = said.is_none() || came.is_none() || said == came || hands_on(said) || hands_on(came);
    is_one || is_planted("claim-met-by-another-company")
}

/// Whether what is asked for one unit may be what came for the other: nobody named may be any.
fn is_for(asked: Option<UnitId>, came: Option<UnitId>) -> bool {
    asked.is_none() || came.is_none() || asked == came
}

/// Whether its courier has a parcel again, or has taken it away. What staff give back was delivered.
pub fn is_back_in_hand(to: Custodian, by: Actor) -> bool {
    match to {
        Custodian::Courier(_) => true,
        Custodian::Carrier(_) => !matches!(by, Actor::Staff(_)),
        _ => false,
    }
}

fn is_near(one: Timestamp, other: Timestamp) -> bool {
    (one - other).0.abs() <= WINDOW.0
}

impl Claims {
    /// One of them.
    pub fn get(&self, claim: ClaimId) -> Option<&DeliveryClaim> {
        self.known.get(&claim)
    }

    /// Those of a mark.
    fn of_label(&self, label: LabelMark) -> impl Iterator<Item = (ClaimId, &DeliveryClaim)> {
        let ids = self.by_label.get(&label).into_iter().flatten();
        ids.filter_map(|id| self.known.get(id).map(|claim| (*id, claim)))
    }

    /// The one that says the same already. What was explained before is said anew: carriers correct themselves, and then come.
    /// What another unit asks for, or has, is no answer to this one.
    fn same(
        &self,
        policy: &Policy,
        (label, carrier): (LabelMark, Option<CarrierId>),
        (at, unit): (Timestamp, Option<UnitId>),
    ) -> Option<ClaimId> {
        let is_over = |claim: &DeliveryClaim| matches!(claim.standing, Standing::Ended { how: ClaimEnd::Explained { .. }, at: ended } if ended < at);
        let same = |(_, claim): &(ClaimId, &DeliveryClaim)| {
            agree(policy, carrier, claim.carrier)
                && is_near(at, claim.at)
                && !is_over(claim)
                && is_for(unit, claim.unit.or_else(|| self.unit_of(claim.parcel()?)))
        };
        let alike = self.of_label(label).filter(same);
        alike.min_by_key(|(_, claim)| claim.unit != unit).map(|(id, _)| id)
    }

    fn unit_of(&self, parcel: ParcelId) -> Option<UnitId> {
        self.came.get(&parcel)?.unit
    }

    /// The parcel that came under this number, by this company, about this time, for the unit that is named.
    pub fn parcel_for(&self, policy: &Policy, claim: &DeliveryClaim) -> Option<ParcelId> {
        self.newest(policy, claim, |came| is_for(claim.unit, came.unit))
    }

    /// The one that came so for another unit.
    fn parcel_of_another(&self, policy: &Policy, claim: &DeliveryClaim) -> Option<ParcelId> {
        self.newest(policy, claim, |came| !is_for(claim.unit, came.unit))
    }

    fn newest(
        &self,
        policy: &Policy,
        claim: &DeliveryClaim,
        is_whose: impl Fn(&Came) -> bool,
    ) -> Option<ParcelId> {
        let is_it = |came: &Came| {
            came.label == claim.label
                && agree(policy, claim.carrier, came.carrier)
                && came.arrived.is_some_and(|arrived| is_near(arrived, claim.at))
                && is_whose(came)
        };
        self.came.iter().rev().find(|(_, came)| is_it(came)).map(|(id, _)| *id)
    }

    /// The open ones that say the same number came as this, by this company, about the time it arrived: those it is for, and
    /// those that another unit asks for.
    fn met_by(&self, policy: &Policy, came: &Came, arrived: Timestamp) -> (Vec<ClaimId>, Vec<ClaimId>) {
        let fits = |claim: &DeliveryClaim| {
            claim.is_open() && agree(policy, claim.carrier, came.carrier) && is_near(arrived, claim.at)
        };
        let (met, others): (Vec<_>, Vec<_>) = self
            .of_label(came.label)
            .filter(|(_, claim)| fits(claim))
            .partition(|(_, claim)| is_for(claim.unit, came.unit));
        let ids = |claims: Vec<(ClaimId, _)>| claims.into_iter().map(|(id, _)| id).collect();
        (ids(met), ids(others))
    }

    /// Those a parcel met.
    fn that_met(&self, parcel: ParcelId) -> impl Iterator<Item = (ClaimId, &DeliveryClaim)> {
        let label = self.came.get(&parcel).map(|came| came.label);
        let claims = label.into_iter().flat_map(move |label| self.of_label(label));
        claims.filter(move |(_, claim)| claim.standing == Standing::Met { parcel })
    }

    /// A parcel that is here bears a number, as was read later.
    pub(crate) fn labelled(&mut self, parcel: ParcelId, label: LabelMark, facts: &Parcel) {
        let (carrier, unit) = (facts.carrier, facts.unit);
        let (registered, arrived) = (facts.registered, facts.arrived);
        self.came.insert(parcel, Came { label, carrier, unit, registered, arrived });
    }

    /// How many somebody asked after within a day.
    fn asked_by(&self, by: Actor, now: Timestamp) -> usize {
        let is_late = |at: Timestamp| now - at < Span::days(1);
        let joined = |claim: &DeliveryClaim| match by {
            Actor::Person(person) => claim.asked.get(&person).is_some_and(|at| is_late(*at)),
            _ => false,
        };
        let lately = |claim: &&DeliveryClaim| (claim.by == by && is_late(claim.heard)) || joined(claim);
        self.known.values().filter(lately).count()
    }

    /// When the next one is due.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.moments.first().map(|(at, _)| *at)
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::DeliveryClaimed { claim, label, carrier, at, source, unit, until, by } => {
                self.forget(now);
                let standing = Standing::Waiting { until: *until };
                let (carrier, at, source, by, unit) = (*carrier, *at, *source, *by, *unit);
                let (label, heard, asked) = (*label, now, BTreeMap::new());
                let said = DeliveryClaim { label, carrier, at, heard, source, by, unit, asked, standing };
                self.known.insert(*claim, said);
                self.by_label.entry(label).or_default().insert(*claim);
                self.moments.insert((*until, *claim));
            }
            Event::ClaimMet { claim, parcel } => self.stands(*claim, Standing::Met { parcel: *parcel }),
            Event::ClaimDue { claim } | Event::ClaimUnmet { claim, .. } => self.stands(*claim, Standing::Due),
            Event::ClaimJoined { claim, unit, by } => self.joined(*claim, (*unit, *by), now),
            Event::CarrierAsked { claim, until, .. } => {
                self.stands(*claim, Standing::Asked { until: *until })
            }
            Event::ClaimEnded { claim, how, .. } => {
                self.stands(*claim, Standing::Ended { how: *how, at: now });
            }
            _ => self.comes(event, now),
        }
    }

    /// What parcels came, where they are, and for whom.
    fn comes(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::ParcelRegistered { parcel, label: Some(label), carrier, unit, .. } => {
                self.forget_came(now);
                let (label, carrier, unit) = (*label, *carrier, *unit);
                self.came.insert(*parcel, Came { label, carrier, unit, registered: now, arrived: None });
            }
            Event::RecipientCorrected { parcel, unit, .. } => {
                if let Some(came) = self.came.get_mut(parcel) {
                    came.unit = *unit;
                }
            }
            Event::CustodyTransferred { parcel, to, .. } if to.is_waiting_place() => {
                if let Some(came) = self.came.get_mut(parcel) {
                    came.arrived.get_or_insert(now);
                }
            }
            Event::CustodyTransferred { parcel, to, by, .. } if is_back_in_hand(*to, *by) => {
                if let Some(came) = self.came.get_mut(parcel) {
                    came.arrived = None;
                }
            }
            _ => {}
        }
    }

    fn joined(&mut self, claim: ClaimId, (unit, by): (UnitId, Actor), now: Timestamp) {
        let Some(claim) = self.known.get_mut(&claim) else { return };
        claim.unit.get_or_insert(unit);
        if let Actor::Person(person) = by {
            claim.asked.insert(person, now);
        }
    }

    fn stands(&mut self, id: ClaimId, standing: Standing) {
        let Some(claim) = self.known.get_mut(&id) else { return };
        if let Some(moment) = claim.moment() {
            self.moments.remove(&(moment, id));
        }
        claim.standing = standing;
        if let Some(moment) = claim.moment() {
            self.moments.insert((moment, id));
        }
    }

    /// What ended and is older than anything that is still listened to.
    fn forget(&mut self, now: Timestamp) {
        let is_over = |claim: &DeliveryClaim| !claim.is_open() && now - claim.at > WINDOW;
        let over: Vec<_> =
            self.known.iter().filter(|(_, claim)| is_over(claim)).map(|(id, c)| (*id, c.label)).collect();
        for (id, label) in over {
            self.known.remove(&id);
            let ids = self.by_label.entry(label).or_default();
            ids.remove(&id);
            if ids.is_empty() {
                self.by_label.remove(&label);
            }
        }
    }

    fn forget_came(&mut self, now: Timestamp) {
        while self.came.first_key_value().is_some_and(|(_, came)| now - came.registered > WINDOW) {
            self.came.pop_first();
        }
    }
}

/// How long is waited before staff are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimTimes {
    /// For a carrier that brings what it delivers; nothing to three days.
    pub brings: Span,
    /// For one that hands on, and for one that is not known; nothing to two weeks.
    pub hands_on: Span,
    /// For the answer of a carrier that was written to; a day to 90 days.
    pub answer: Span,
    /// Residents see pictures of parcels without a scan in their building for so long; nothing: never; up to two weeks.
    pub drops_shown: Span,
    /// The carriers that hand parcels on to others and call that delivered.
    pub hand_on: BTreeSet<CarrierId>,
}

impl Default for ClaimTimes {
    fn default() -> Self {
        Self {
            brings: Span::hours(2),
            hands_on: Span::days(1),
            answer: Span::days(7),
            drops_shown: Span::seconds(0),
            hand_on: BTreeSet::new(),
        }
    }
}

impl ClaimTimes {
    /// Whether it is the one that is written as nothing.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// How long a parcel of this carrier may still come after it was called delivered.
    pub fn grace(&self, carrier: Option<CarrierId>) -> Span {
        match carrier {
            Some(carrier) if !self.hand_on.contains(&carrier) => self.brings,
            Some(_) | None => self.hands_on,
        }
    }

    /// Each time with its name, the shortest and the longest it may be.
    pub(crate) fn ranges(&self) -> [(&'static str, Span, Span, Span); 4] {
        let none = Span::seconds(0);
        [
            ("claims.brings", self.brings, none, Span::days(3)),
            ("claims.hands_on", self.hands_on, none, WINDOW),
            ("claims.answer", self.answer, Span::days(1), Span::days(90)),
            ("claims.drops_shown", self.drops_shown, none, WINDOW),
        ]
    }
}
