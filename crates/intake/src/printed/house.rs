//! What a building knows of itself, as evidence of which block of print is the recipient's.

use super::{Addressed, field};
use crate::address::{OwnAddress, is_street_of, spoken_of};
use crate::matching::{Decision, Directory, unit_on_label};
use crate::symbol::Recipient;

/// Shorter codes end other lines too.
const POSTAL_LEAST: usize = 5;

/// Where the buildings stand and who lives there. Nothing of it is needed: a house of which nothing is known decides nothing.
#[derive(Default)]
pub struct House {
    /// Its streets and postal codes.
    pub addresses: Vec<OwnAddress>,
    /// Its residents.
    pub directory: Option<Directory>,
}

/// What the house says of a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// It bears the house's street or postal code, or the very name of somebody who lives here.
    Here,
    /// Neither can be told.
    #[default]
    Untold,
    /// Another street and postal code.
    Elsewhere,
}

impl House {
    /// Compares a block with what is known; print is misread by a letter or two.
    pub fn standing(&self, block: &Addressed) -> Standing {
        let recipient = &block.recipient;
        let spoken = self.addresses.iter().map(|own| spoken_of(recipient, own));
        let (mut is_here, mut is_told) = (false, false);
        for said in spoken {
            is_here |= said == Some(true);
            is_told |= said.is_some();
        }
        match (is_here, is_told) {
            (true, _) => Standing::Here,
            (false, true) => Standing::Elsewhere,
            (false, false) if self.names(block) => Standing::Here,
            (false, false) => Standing::Untold,
        }
    }

    /// The last line of an address is another place's: whatever stands above it is nobody's of this house.
    pub fn is_elsewhere(&self, last_line: &str) -> bool {
        let Some(town) = field::town(last_line) else { return false };
        self.is_spoken_of_nowhere(&Recipient { postal: Some(town.postal), ..Recipient::default() })
    }

    /// A line ends with a ZIP that is none of this house, whatever was made of the town before it.
    pub fn is_of_other_code(&self, line: &str) -> bool {
        // A state that was read as digits may stand before it.
        let digits: Vec<char> =
            line.chars().rev().filter(|c| c.is_alphanumeric()).take(POSTAL_LEAST).collect();
        if digits.len() < POSTAL_LEAST || !digits.iter().all(char::is_ascii_digit) {
            return false;
        }
        let code = digits.iter().rev().collect();
        let block = Recipient { postal: Some(code), ..Recipient::default() };
        self.is_spoken_of_nowhere(&block)
    }

    fn is_spoken_of_nowhere(&self, block: &Recipient) -> bool {
        let spoken = || self.addresses.iter().map(|own| spoken_of(block, own));
        !self.addresses.is_empty() && spoken().all(|said| said == Some(false))
    }

    /// The postal code of this house with which a line ends, whatever was made of the town before it.
    pub fn code_at_the_end(&self, line: &str) -> Option<String> {
        let plain: String = line.chars().filter(char::is_ascii_alphanumeric).collect();
        let mut own = self.addresses.iter().map(|own| own.postal.trim());
        let ends = |own: &&str| own.len() >= POSTAL_LEAST && plain.len() > own.len() && plain.ends_with(own);
        own.find(ends).map(str::to_owned)
    }

    /// The street of this house, misread or without its spaces.
    pub fn is_own_street(&self, line: &str) -> bool {
        self.addresses.iter().any(|own| is_street_of(line, own))
    }

    /// The apartment where its designator was misread: `6 2G` or `62G` for `# 2G`, in a house that has the one and not the
    /// other; or lost behind the house's own street.
    pub fn mend(&self, block: &mut Addressed) {
        let Some(directory) = &self.directory else { return };
        let is_door = |text: &str| unit_on_label(text, true).is_some_and(|unit| directory.has_unit(&unit));
        let recipient = &mut block.recipient;
        let Some(second) = recipient.second_line.as_deref().map(str::trim) else {
            if recipient.unit().is_none() {
                recipient.second_line = self.behind_the_street(recipient, is_door);
            }
            return;
        };
        let behind_a_word = second.split_once(' ').map(|(_, rest)| rest.trim());
        let from_a_digit = second.find(|c: char| c.is_ascii_digit()).map(|at| &second[at..]);
        let part = [behind_a_word, from_a_digit, behind_a_sign(second)]
            .into_iter()
            .flatten()
            .find(|part| !is_door(second) && is_door(part))
            .map(str::to_owned);
        if part.is_some() {
            recipient.second_line = part;
        }
    }

    fn behind_the_street(&self, recipient: &Recipient, is_door: impl Fn(&str) -> bool) -> Option<String> {
        let street = recipient.street.as_deref().filter(|street| self.is_own_street(street))?;
        let last = street.split_whitespace().next_back()?;
        let is_of_street = |own: &OwnAddress| own.street.split_whitespace().any(|word| word == last);
        if self.addresses.iter().any(is_of_street) {
            return None;
        }
        [Some(last), behind_a_sign(last)].into_iter().flatten().find(|part| is_door(part)).map(str::to_owned)
    }

    /// How well a name fits somebody who lives here, 0 to 1; 0 of all where nobody is known.
    pub fn likeness(&self, name: &str) -> f32 {
        let best = |directory: &Directory| directory.find(name, None).ranked.first().map(|best| best.score);
        self.directory.as_ref().and_then(best).unwrap_or(0.0)
    }

    /// Its name and its apartment agree on a household of this house: what is hard to read besides matters no more.
    pub fn has_home_of(&self, block: &Addressed) -> bool {
        block.recipient.unit().is_some() && self.names(block)
    }

    fn names(&self, block: &Addressed) -> bool {
        let recipient = &block.recipient;
        let found = |directory: &Directory| {
            let name = recipient.addressed_to().unwrap_or_default();
            directory.find(name, recipient.unit().as_deref()).decision
        };
        self.directory.as_ref().map(found) == Some(Decision::Auto)
    }
}

/// What cameras make of `#`.
fn behind_a_sign(text: &str) -> Option<&str> {
    text.strip_prefix(['4', '6', '8'])
}
