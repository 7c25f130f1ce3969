//! Changes of the directory: all of a batch or nothing. Parcels that wait keep the people they came for.

use super::Site;
use super::decider::Decider;
use crate::custody::Parcel;
use crate::directory::{Leavers, Person};
use crate::ids::*;
use crate::notice;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::DirectoryChange;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::BTreeSet;

/// Checks the whole batch against the state, then makes every change.
pub(crate) fn change(d: &mut Decider<'_>, changes: &[DirectoryChange]) -> Result<Answer, Refusal> {
    check(d.site, changes)?;
    for change in changes {
        match change {
            DirectoryChange::AddUnit { unit, keypad } => {
                d.push(Event::UnitAdded { unit: *unit, keypad: keypad.clone() })
            }
            DirectoryChange::BeginTenancy { tenancy, unit, leavers } => {
                for person in d.site.directory.household(*unit).to_vec() {
                    leave(d, person, *leavers);
                }
                d.push(Event::TenancyBegan { tenancy: *tenancy, unit: *unit });
            }
            DirectoryChange::Join { person, tenancy } => {
                d.push(Event::PersonJoined { person: *person, tenancy: *tenancy })
            }
            DirectoryChange::Leave { person, leavers } => leave(d, *person, *leavers),
            DirectoryChange::Share { person, sharing } => {
                d.push(Event::SharingSet { person: *person, sharing: *sharing })
            }
        }
    }
    Ok(Answer::Done)
}

fn leave(d: &mut Decider<'_>, person: PersonId, leavers: Leavers) {
    let keeps_until = match leavers {
        Leavers::Keep => Some(d.now() + d.site.policy.leavers_keep),
        Leavers::Lose => None,
    };
    d.push(Event::PersonLeft { person, keeps_until });
    if let Some(credential) = d.site.credentials.card_of(person).filter(|_| keeps_until.is_none()) {
        d.push(Event::CardRevoked { credential });
    }
    if keeps_until.is_none() {
        for credential in d.site.credentials.pickup.of_person(person).to_vec() {
            d.push(Event::PickupCodeEnded { credential });
        }
        for parcel in stranded(d.site, person) {
            d.raise(crate::task::TaskKind::Assign { parcel });
        }
    } else {
        notice::end_codes_without_use(d, person);
    }
}

/// Parcels that nobody may collect any more once this person lost theirs.
fn stranded(site: &Site, person: PersonId) -> Vec<ParcelId> {
    let waiting = site.custody.waiting_for(person);
    waiting.filter(|(_, parcel)| is_lost(site, parcel)).map(|(id, _)| id).collect()
}

/// Whether nobody may collect it: it came for nobody known, or all it came for lost what waited when they left.
pub(crate) fn is_lost(site: &Site, parcel: &Parcel) -> bool {
    let lost = |person: &Person| person.left.is_some_and(|left| left.keeps_until.is_none());
    let mut entitled = parcel.entitlement.iter().flat_map(|e| &e.persons);
    entitled.all(|id| site.directory.persons.get(id).is_none_or(lost))
}

/// What would hold after the changes so far, for checking the next.
#[derive(Default)]
struct Ahead {
    units: BTreeSet<UnitId>,
    keypads: BTreeSet<String>,
    tenancies: BTreeSet<TenancyId>,
    persons: BTreeSet<PersonId>,
}

fn check(site: &Site, changes: &[DirectoryChange]) -> Result<(), Refusal> {
    let mut ahead = Ahead::default();
    let (mut unit_at, mut tenancy_at, mut person_at) =
        (site.counters.next_unit(), site.counters.next_tenancy(), site.counters.next_person());
    for change in changes {
        match change {
            DirectoryChange::AddUnit { unit, keypad } => {
                if site.directory.unit_by_keypad.contains_key(keypad)
                    || !ahead.keypads.insert(keypad.digits().to_owned())
                {
                    return Err(Refusal::KeypadNumberTaken);
                }
                expect_next(*unit, &mut unit_at.0, unit.0)?;
                ahead.units.insert(*unit);
            }
            DirectoryChange::BeginTenancy { tenancy, unit, .. } => {
                known(site.directory.units.contains_key(unit) || ahead.units.contains(unit))?;
                expect_next(*tenancy, &mut tenancy_at.0, tenancy.0)?;
                ahead.tenancies.insert(*tenancy);
            }
            DirectoryChange::Join { person, tenancy } => {
                let current = site.directory.tenancies.get(tenancy).is_some_and(|unit| {
                    site.directory.units.get(unit).is_some_and(|unit| unit.tenancy == Some(*tenancy))
                });
                known(current || ahead.tenancies.contains(tenancy))?;
                if !site.directory.persons.contains_key(person) && !ahead.persons.contains(person) {
                    expect_next(*person, &mut person_at.0, person.0)?;
                    ahead.persons.insert(*person);
                }
            }
            DirectoryChange::Leave { person, .. } | DirectoryChange::Share { person, .. } => {
                known(site.directory.persons.contains_key(person) || ahead.persons.contains(person))?;
            }
        }
    }
    Ok(())
}

fn known(holds: bool) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Numbers are dense: the one named must be the next. A batch made against another state is refused whole.
fn expect_next<I: std::fmt::Display>(id: I, next: &mut u32, given: u32) -> Result<(), Refusal> {
    if given != *next {
        let why = format!(
            "number {id} is not the next one ({next}); the directory changed meanwhile, make the dry run again"
        );
        return Err(Refusal::Invalid { why });
    }
    *next += 1;
    Ok(())
}
