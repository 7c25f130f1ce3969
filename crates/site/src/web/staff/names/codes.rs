//! Whose a code is: its number tells one of a company's codes from another, and is not what is typed or scanned.
//!
//! Never: digits, not even the first.

use std::collections::BTreeMap;

use vestibule_core::task::TaskKind;
use vestibule_core::{CarrierId, CredentialId, PersonId, Site, UnitId};

use super::super::say::{Put, Say};
use super::Names;

/// Who holds a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeHolder {
    /// Couriers of a company.
    Courier(CarrierId),
    /// Whoever was given a pass, to a unit if it names one.
    Pass(Option<UnitId>),
    /// A person of a household: a pickup code or a card.
    Person(PersonId),
}

impl CodeHolder {
    /// As the site knows it; None: it is over and forgotten.
    pub fn of(site: &Site, credential: CredentialId) -> Option<Self> {
        let known = &site.credentials;
        let courier = || known.courier.all.get(&credential).map(|code| Self::Courier(code.carrier));
        let pass = || known.passes.live.get(&credential).map(|pass| Self::Pass(pass.unit));
        let pickup = || known.pickup.live.get(&credential).map(|code| Self::Person(code.person));
        let card = || known.cards.get(&credential).map(|card| Self::Person(card.person));
        courier().or_else(pass).or_else(pickup).or_else(card)
    }

    /// The person to be looked up.
    pub fn person(&self) -> Option<PersonId> {
        if let Self::Person(person) = self { Some(*person) } else { None }
    }

    /// The unit to be looked up.
    pub fn unit(&self) -> Option<UnitId> {
        if let Self::Pass(unit) = self { *unit } else { None }
    }
}

/// The holders of the codes that open tasks speak of.
pub(super) fn of_tasks(site: &Site) -> BTreeMap<CredentialId, CodeHolder> {
    let spoken_of = site.tasks.open.values().filter_map(|task| match task.what {
        TaskKind::CodeMisused { credential } => Some(credential),
        _ => None,
    });
    spoken_of.filter_map(|code| CodeHolder::of(site, code).map(|holder| (code, holder))).collect()
}

impl Names {
    /// What kind of code it is, and the company or unit it was given to: for the words of a task.
    pub fn code(&self, say: Say, credential: CredentialId) -> Vec<(&'static str, Put)> {
        let (kind, who) = match self.codes.get(&credential) {
            Some(CodeHolder::Courier(carrier)) => ("courier", self.courier(say, *carrier, Some(credential))),
            Some(CodeHolder::Pass(None)) => ("pass", String::new()),
            Some(CodeHolder::Pass(Some(unit))) => ("pass-to", self.unit(say, *unit)),
            Some(CodeHolder::Person(person)) => {
                let unit = self.people.get(person).map(|known| self.unit(say, known.unit));
                ("person", unit.unwrap_or_else(|| self.person(say, *person)))
            }
            None => ("unknown", String::new()),
        };
        vec![("n", credential.to_string().into()), ("kind", kind.into()), ("who", who.into())]
    }
}
