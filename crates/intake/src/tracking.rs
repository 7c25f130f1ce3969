//! Whose number a text may be: every kind of number it fits, with the evidence for each.
//!
//! Owns normalising and ranking. Never guesses ambiguity away: digits alone fit several carriers, and their check digits
//! hold by chance in one number of ten. A number nobody described is a number all the same.

mod definition;
mod operators;
mod plain;
mod postal;
mod shape;

use crate::carrier::Carrier;
use definition::DEFINITIONS;
pub use plain::{plain, without_symbology};

/// What a check digit says of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// It holds.
    Ok,
    /// This kind of number has none.
    None,
    /// It does not: a misread digit, or not this kind of number at all.
    Bad,
}

impl Check {
    /// The stable word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::None => "none",
            Self::Bad => "bad",
        }
    }
}

/// How much of its carrier a number's form shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing but a count of digits.
    Bare,
    /// A letter or two that others use as well.
    Letters,
    /// A prefix or a field layout that is this carrier's own.
    Own,
}

/// One kind of number that a text fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Whose it would be.
    pub carrier: Carrier,
    /// The kind of number.
    pub definition: &'static str,
    /// What its check digit says.
    pub check: Check,
    /// How telling its form is.
    pub mark: Mark,
    /// The barcode's own kind says the same as the form.
    pub symbology: bool,
    /// Where the number itself begins in the normalised text, behind a destination or routing.
    pub start: usize,
}

impl Candidate {
    /// How strong the evidence is; zero where a check digit speaks against it.
    fn strength(&self) -> u8 {
        let own = match (self.check, self.mark) {
            (Check::Bad, _) => return 0,
            (Check::Ok, Mark::Own) => 6,
            (Check::None, Mark::Own) => 5,
            (Check::Ok, Mark::Letters) => 4,
            (Check::Ok, Mark::Bare) => 3,
            (Check::None, Mark::Letters) => 2,
            (Check::None, Mark::Bare) => 1,
        };
        own + u8::from(self.symbology)
    }

    /// The form and its check leave no reasonable doubt whose number this is.
    fn is_proof(&self) -> bool {
        self.check != Check::Bad && self.mark == Mark::Own
    }

    /// The evidence in words.
    pub fn evidence(&self) -> String {
        let form = match self.mark {
            Mark::Own => "a prefix and layout of its own",
            Mark::Letters => "letters and length",
            Mark::Bare => "a count of digits alone",
        };
        let check = match self.check {
            Check::Ok => "the check digit holds",
            Check::None => "no check digit",
            Check::Bad => "the check digit does not hold",
        };
        let symbology = if self.symbology { ", in the kind of barcode this carrier prints" } else { "" };
        format!("{form}; {check}{symbology}")
    }
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// Capitals and digits; spaces, dashes and control characters gone.
    pub normalized: String,
    /// Every kind of number it fits, the best supported first; those whose check digit speaks against them last.
    pub candidates: Vec<Candidate>,
}

impl Recognised {
    /// It fits at least one kind of number, and no check digit speaks against that.
    pub fn valid(&self) -> bool {
        self.supported().next().is_some()
    }

    /// The best supported carrier, [`Carrier::Other`] where there is none. Others may be supported as well:
    /// [`Recognised::ambiguous`].
    pub fn carrier(&self) -> Carrier {
        self.supported().next().map_or(Carrier::Other, |best| best.carrier)
    }

    /// Several carriers have numbers like this, and none of them is proven.
    pub fn ambiguous(&self) -> bool {
        self.proven().is_none() && self.supported().any(|candidate| candidate.carrier != self.carrier())
    }

    /// The one carrier whose own form this is. Digits alone prove nobody.
    pub fn proven(&self) -> Option<Carrier> {
        let mut proofs = self.supported().filter(|candidate| candidate.is_proof());
        let carrier = proofs.next()?.carrier;
        proofs.all(|other| other.carrier == carrier).then_some(carrier)
    }

    /// The number itself, without the destination or routing that some barcodes put in front.
    pub fn number(&self) -> &str {
        let start = self.supported().next().map_or(0, |best| best.start);
        &self.normalized[start..]
    }

    fn supported(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| candidate.check != Check::Bad)
    }
}

/// Reads a text as a tracking number. An AIM symbology identifier in front of it is evidence.
pub fn recognise(text: &str) -> Recognised {
    let (symbology, text) = without_symbology(text);
    let normalized = plain(text);
    let bytes = normalized.as_bytes();
    let mut candidates = Vec::new();
    for definition in DEFINITIONS.iter().filter(|definition| definition.shape.fits(bytes)) {
        let check = match &definition.check {
            None => Check::None,
            Some(checked) if checked.holds(bytes) => Check::Ok,
            Some(_) => Check::Bad,
        };
        candidates.push(Candidate {
            carrier: definition.carrier,
            definition: definition.name,
            check,
            mark: definition.mark,
            symbology: false,
            start: definition.start(bytes),
        });
    }
    postal::read(bytes, &mut candidates);
    if symbology == Some("C1") {
        for candidate in candidates.iter_mut().filter(|candidate| candidate.carrier == Carrier::Usps) {
            candidate.symbology = true;
        }
    }
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.strength()));
    Recognised { normalized, candidates }
}

#[cfg(test)]
mod tests;
