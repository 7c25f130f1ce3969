//! Who of a building a label means: its name and apartment against the building's own directory.
//!
//! Owns scores and the decision: `Auto` fills in one household and still asks for one visible confirmation, `Ask` offers at
//! most three, `None` nobody. Never returns the directory, never chooses between namesakes of two units, and never fills in a
//! unit that the label contradicts.

mod distance;
pub(crate) mod fold;
mod name;
pub(crate) mod nicknames;
mod phonetic;
mod similarity;
mod unit;

use name::{Form, Names, Wanted};
pub use unit::unit_on_label;
use unit::{Agreement, UnitText};

/// So many are offered at most: one and two alternates.
pub const OFFERED_MOST: usize = 3;

/// What must be reached with nothing but a name: fitted on the first 2,400 of FEBRL 4.
const NAME_ALONE: Limits = Limits { score: 0.78, margin: 0.10 };
/// What must be reached together with an apartment that agrees.
const NAME_AND_UNIT: Limits = Limits { score: 0.66, margin: 0.06 };
/// Below this a name is nobody's here.
const NOBODY: f32 = 0.34;
const NAME_SHARE: f32 = 0.7;
const UNIT_SHARE: f32 = 0.3;

#[derive(Clone, Copy)]
struct Limits {
    score: f32,
    margin: f32,
}

/// Somebody of the building.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resident {
    /// Given names.
    pub first: String,
    /// Surname.
    pub last: String,
    /// The label on the door.
    pub unit: String,
    /// Tells doors apart that bear the same label in two buildings; anything else where labels are unique.
    pub home: u32,
    /// Other names under which parcels came and were confirmed.
    pub aliases: Vec<String>,
    /// No longer lives here: shown as such, never filled in.
    pub moved_out: bool,
}

/// Whether a match may be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Fill in this unit; people confirm it.
    Auto,
    /// Offer what was found.
    Ask,
    /// Nobody here.
    None,
}

impl Decision {
    /// The same where nothing may be filled in.
    #[must_use]
    pub const fn asked(self) -> Self {
        match self {
            Self::Auto | Self::Ask => Self::Ask,
            Self::None => Self::None,
        }
    }

    /// The stable word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Ask => "ask",
            Self::None => "none",
        }
    }
}

/// One of those a label may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked<'a> {
    /// Who.
    pub resident: &'a Resident,
    /// Their place in the directory, as it was given.
    pub at: usize,
    /// 0 to 1.
    pub score: f32,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    /// Whether the first may be filled in.
    pub decision: Decision,
    /// At most [`OFFERED_MOST`], the best first; empty where nobody is meant.
    pub ranked: Vec<Ranked<'a>>,
    /// Several of the first one's household fit alike: the unit is meant, whoever of it.
    pub household: bool,
    /// Units of the building that are easily taken for the one on the label.
    pub look_alikes: Vec<&'a str>,
}

/// A building's directory, prepared for many questions.
pub struct Directory {
    residents: Vec<Resident>,
    units: Vec<UnitText>,
    names: Names,
    /// The resident of each form of a name.
    owners: Vec<usize>,
}

impl Directory {
    /// Prepares a directory.
    pub fn new(residents: Vec<Resident>) -> Self {
        let (mut names, mut owners) = (Names::default(), Vec::new());
        for (at, resident) in residents.iter().enumerate() {
            names.add(Form { given: &resident.first, surname: &resident.last });
            owners.push(at);
            for alias in &resident.aliases {
                names.add(Form { given: alias, surname: "" });
                owners.push(at);
            }
        }
        let units = residents.iter().map(|resident| UnitText::of_door(&resident.unit)).collect();
        Self { residents, units, names, owners }
    }

    /// Whom a name means, and the apartment beside it where the label has one.
    pub fn find(&self, name: &str, unit: Option<&str>) -> Found<'_> {
        let wanted = unit.map(UnitText::of_label).filter(|unit| !unit.is_empty());
        let names = self.name_scores(name);
        let scores = wanted.as_ref().map_or_else(|| names.clone(), |unit| self.with_unit(&names, unit));
        let mut order: Vec<usize> = (0..scores.len()).filter(|at| scores[*at] >= NOBODY).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        let look_alikes = wanted.as_ref().map_or_else(Vec::new, |wanted| self.look_alikes(wanted));
        let Some(&best) = order.first() else {
            return Found { decision: Decision::None, ranked: Vec::new(), household: false, look_alikes };
        };
        let limits = if wanted.is_some() { NAME_AND_UNIT } else { NAME_ALONE };
        let elsewhere = order.iter().find(|other| !self.share_a_home(**other, best));
        let margin = scores[best] - elsewhere.map_or(0.0, |other| scores[*other]);
        let agrees = wanted.as_ref().is_none_or(|wanted| wanted.agrees(&self.units[best]) == Agreement::Same);
        let sure = scores[best] >= limits.score && margin >= limits.margin;
        // Whoever bears the very name lives elsewhere: either part of the label may be the wrong one.
        let better =
            |at: usize| names[at] >= NAME_ALONE.score && names[at] - names[best] >= NAME_AND_UNIT.margin;
        let named_elsewhere = (0..names.len()).any(|at| better(at) && !self.share_a_home(at, best));
        let may_be_filled_in = sure && agrees && !named_elsewhere && !self.residents[best].moved_out;
        let near = |other: &&usize| scores[best] - scores[**other] < limits.margin;
        let household = order[1..].iter().take_while(near).any(|other| self.share_a_home(*other, best));
        let offered = order.iter().take(OFFERED_MOST);
        Found {
            decision: if may_be_filled_in { Decision::Auto } else { Decision::Ask },
            ranked: offered
                .map(|at| Ranked { resident: &self.residents[*at], at: *at, score: scores[*at] })
                .collect(),
            household,
            look_alikes,
        }
    }

    /// Some door here is called so, in any spelling.
    pub fn has_unit(&self, text: &str) -> bool {
        let wanted = UnitText::of_label(text);
        !wanted.is_empty() && self.units.iter().any(|unit| wanted.agrees(unit) == Agreement::Same)
    }

    /// Everybody, for rules that compare; none of it leaves them.
    pub(crate) fn residents(&self) -> &[Resident] {
        &self.residents
    }

    fn share_a_home(&self, one: usize, other: usize) -> bool {
        self.units[one] == self.units[other] && self.residents[one].home == self.residents[other].home
    }

    fn name_scores(&self, name: &str) -> Vec<f32> {
        let wanted = Wanted::of(name);
        let mut scores = vec![0.0_f32; self.residents.len()];
        for (form, score) in self.names.similarities(&wanted).into_iter().enumerate() {
            let owner = self.owners[form];
            scores[owner] = scores[owner].max(score);
        }
        scores
    }

    fn with_unit(&self, names: &[f32], unit: &UnitText) -> Vec<f32> {
        let known = self.units.iter().any(|known| unit.agrees(known) == Agreement::Same);
        let score = |(name, own): (&f32, &UnitText)| {
            let agreement = match unit.agrees(own) {
                Agreement::Same => 1.0,
                // A unit the building has is meant as written; one it does not have was misread.
                Agreement::LooksAlike if !known => 0.55,
                Agreement::LooksAlike | Agreement::Other => 0.0,
            };
            NAME_SHARE * name + UNIT_SHARE * agreement
        };
        names.iter().zip(&self.units).map(score).collect()
    }

    fn look_alikes(&self, wanted: &UnitText) -> Vec<&str> {
        let alike = self.units.iter().zip(&self.residents);
        let alike = alike.filter(|(unit, _)| wanted.agrees(unit) == Agreement::LooksAlike);
        let mut units: Vec<&str> = alike.map(|(_, resident)| resident.unit.as_str()).collect();
        units.sort_unstable();
        units.dedup();
        units.truncate(OFFERED_MOST);
        units
    }
}

/// How well a name fits one person's own, 0 to 1; their aliases do not count.
pub(crate) fn name_likeness(name: &str, person: &Resident) -> f32 {
    let mut names = Names::default();
    names.add(Form { given: &person.first, surname: &person.last });
    names.similarities(&Wanted::of(name)).first().copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests;
