//! Units, tenancies and persons as numbers: who belongs to which household, and who may collect what. Names live elsewhere.

use crate::custody::Entitlement;
use crate::ids::*;
use crate::time::Timestamp;
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Digits typed at a keypad to say whose code follows: a unit's number, or the first three digits of a courier code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeypadNumber(String);

impl KeypadNumber {
    /// 1 to 8 decimal digits.
    ///
    /// # Errors
    /// A sentence that says what is asked for.
    pub fn new(digits: &str) -> Result<Self, String> {
        if (1..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(digits.to_owned()))
        } else {
            Err(format!("'{digits}' cannot be typed at a keypad: 1 to 8 digits are needed"))
        }
    }
    /// The digits.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for KeypadNumber {
    type Error = String;
    fn try_from(digits: String) -> Result<Self, String> {
        Self::new(&digits)
    }
}

impl From<KeypadNumber> for String {
    fn from(number: KeypadNumber) -> String {
        number.0
    }
}

/// Who may collect what comes for a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Everybody of the household.
    Shared,
    /// The addressee alone, where one is named.
    Private,
}

/// What becomes of parcels that wait for people who move out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leavers {
    /// They can collect them for the policy's time (14 days).
    Keep,
    /// They lose them at once.
    Lose,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Typed at the keypad.
    pub keypad: KeypadNumber,
    /// The tenancy now, if anybody lives there.
    pub tenancy: Option<TenancyId>,
}

/// A person's place in the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The tenancy joined last.
    pub tenancy: TenancyId,
    /// When they left, and until when what waited then can be collected.
    pub left: Option<Left>,
    /// Their own wish on sharing.
    pub sharing: Option<Sharing>,
}

/// That a person left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// When.
    pub at: Timestamp,
    /// None: lost at once.
    pub keeps_until: Option<Timestamp>,
}

/// The households of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// Units.
    pub units: BTreeMap<UnitId, Unit>,
    /// Unit by keypad number.
    pub unit_by_keypad: BTreeMap<KeypadNumber, UnitId>,
    /// The unit of each tenancy.
    pub tenancies: BTreeMap<TenancyId, UnitId>,
    /// Persons.
    pub persons: BTreeMap<PersonId, Person>,
    /// Those who live in each tenancy now.
    pub households: BTreeMap<TenancyId, Vec<PersonId>>,
}

impl Directory {
    /// The people who live in a unit now.
    pub fn household(&self, unit: UnitId) -> &[PersonId] {
        self.units
            .get(&unit)
            .and_then(|unit| unit.tenancy)
            .and_then(|tenancy| self.households.get(&tenancy))
            .map_or(&[], Vec::as_slice)
    }

    /// The unit a person lives or lived in.
    pub fn unit_of(&self, person: PersonId) -> Option<UnitId> {
        self.persons.get(&person).and_then(|person| self.tenancies.get(&person.tenancy)).copied()
    }

    /// The keypad number a person types before a PIN.
    pub fn keypad_of(&self, person: PersonId) -> Option<&KeypadNumber> {
        self.unit_of(person).and_then(|unit| self.units.get(&unit)).map(|unit| &unit.keypad)
    }

    /// Whom a parcel for this unit belongs to, fixed now: the household, or the addressee alone. None: nobody lives there.
    pub fn entitlement(
        &self,
        unit: UnitId,
        addressee: Option<PersonId>,
        policy: Sharing,
    ) -> Option<Entitlement> {
        let tenancy = self.units.get(&unit)?.tenancy?;
        let household = self.households.get(&tenancy).filter(|people| !people.is_empty())?;
        let alone = addressee.filter(|person| {
            household.contains(person)
                && self.persons.get(person).and_then(|p| p.sharing).unwrap_or(policy) == Sharing::Private
        });
        let persons = match alone {
            Some(person) => vec![person],
            None => household.clone(),
        };
        Some(Entitlement { tenancy, persons })
    }

    /// Whether a person may still collect what they were entitled to when it came.
    pub fn may_still_collect(&self, person: PersonId, now: Timestamp) -> bool {
        now < self.heard_until(person)
    }

    /// Until when a person hears of what happens to parcels that were for them: who left hears of nothing later than they could collect.
    pub fn heard_until(&self, person: PersonId) -> Timestamp {
        match self.persons.get(&person).map(|person| person.left) {
            Some(None) => Timestamp(i64::MAX),
            Some(Some(left)) => left.keeps_until.unwrap_or(left.at),
            None => Timestamp(i64::MIN),
        }
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::UnitAdded { unit, keypad } => {
                self.unit_by_keypad.insert(keypad.clone(), *unit);
                self.units.insert(*unit, Unit { keypad: keypad.clone(), tenancy: None });
            }
            Event::TenancyBegan { tenancy, unit } => {
                self.tenancies.insert(*tenancy, *unit);
                self.households.entry(*tenancy).or_default();
                if let Some(unit) = self.units.get_mut(unit) {
                    unit.tenancy = Some(*tenancy);
                }
            }
            Event::PersonJoined { person, tenancy } => {
                let sharing = self.persons.get(person).and_then(|person| person.sharing);
                // Who moves inside the building lives in one place: the old household goes on without them.
                let earlier = self.persons.get(person).map(|person| person.tenancy);
                if let Some(household) = earlier.and_then(|tenancy| self.households.get_mut(&tenancy)) {
                    household.retain(|other| other != person);
                }
                self.persons.insert(*person, Person { tenancy: *tenancy, left: None, sharing });
                let household = self.households.entry(*tenancy).or_default();
                household.push(*person);
                household.sort_unstable();
            }
            Event::PersonLeft { person, keeps_until } => {
                if let Some(gone) = self.persons.get_mut(person) {
                    gone.left = Some(Left { at: now, keeps_until: *keeps_until });
                    self.households.entry(gone.tenancy).or_default().retain(|other| other != person);
                }
            }
            Event::SharingSet { person, sharing } => {
                if let Some(person) = self.persons.get_mut(person) {
                    person.sharing = *sharing;
                }
            }
            _ => {}
        }
    }
}
