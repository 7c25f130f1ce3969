//! One record of one label, from all of its symbols, whoever read them: a scanner, a camera in a browser, a photo on the site.
//!
//! Owns which symbols count, and which belong together: those with one number, and numbers that contain each other. Two labels
//! are never mixed and never chosen between: there is no record then, and it says why.

use crate::carrier::Carrier;
use crate::symbol::{self, Label, SCAN_MOST, Source, Unread};
use std::fmt;

/// So many symbols are kept; a label has six.
pub const SYMBOLS_MOST: usize = 24;
/// Shorter ones of the kinds without a check character are read out of print and texture.
const LINEAR_LEAST: usize = 8;
/// How formats 15434 begin and which of them carriers of parcels use.
const TRANSPORT: &str = "[)>\u{1e}01\u{1d}";

/// One symbol as a reader gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// As scanners call it: `Code128`, `PDF417`, `QRCode`, `MaxiCode`.
    pub format: String,
    /// Its AIM identifier, `]C1` for GS1-128; empty where the reader gave none.
    pub identifier: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Symbol {
    /// UTF-8 where it is that, Latin-1 otherwise.
    pub fn text(&self) -> String {
        symbol::text_of(&self.bytes)
    }

    /// Identifier and text, as a scanner would type them.
    pub fn scan(&self) -> String {
        format!("{}{}", self.identifier, self.text())
    }

    /// What the symbol says of a parcel.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn meaning(&self) -> Result<Label, Unread> {
        if self.bytes.len() > SCAN_MOST {
            return Err(Unread::TooLong);
        }
        symbol::read(&self.scan())
    }

    /// Linear codes without a check character of their own need some length to be believed.
    fn is_plausible(&self) -> bool {
        let weak = matches!(self.format.as_str(), "ITF" | "Codabar" | "Code39");
        !weak || self.bytes.len() >= LINEAR_LEAST
    }

    /// Correct as far as it can be told: a label of a carrier is whole, and anything else has nothing to be checked by.
    fn is_whole(&self) -> bool {
        !(matches!(self.meaning(), Err(Unread::Damaged)) && self.text().starts_with(TRANSPORT))
    }
}

/// The symbols of one look at a label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Each once.
    pub symbols: Vec<Symbol>,
    /// A 2D label was there and did not hold together.
    pub damaged: bool,
}

impl Gathered {
    /// One more: kept once, if it can be believed and there is room.
    pub fn add(&mut self, symbol: Symbol) {
        if !symbol.is_whole() {
            self.damaged = true;
        } else if symbol.is_plausible()
            && self.symbols.len() < SYMBOLS_MOST
            && !self.symbols.iter().any(|known| known.bytes == symbol.bytes && known.format == symbol.format)
        {
            self.symbols.push(symbol);
        }
    }

    /// Enough for a record: a label whose carrier has a fuller symbol beside it is searched for that.
    pub fn is_enough(&self) -> bool {
        let meanings: Vec<_> = self.symbols.iter().filter_map(|symbol| symbol.meaning().ok()).collect();
        let fuller = |carrier| {
            meanings.iter().any(|label| {
                label.carrier == Some(carrier)
                    && matches!(label.source, Source::FedEx2d | Source::Purolator2d)
            })
        };
        let wants = |label: &Label| match label.carrier {
            Some(carrier @ (Carrier::FedEx | Carrier::Purolator)) => !fuller(carrier),
            Some(_) | None => false,
        };
        !self.symbols.is_empty() && !meanings.iter().any(wants)
    }

    /// What all of them say together.
    ///
    /// # Errors
    /// Why there is no number of one parcel.
    pub fn label(&self) -> Result<Label, Problem> {
        let read: Vec<_> = self.symbols.iter().map(|symbol| (symbol, symbol.meaning())).collect();
        let mut groups: Vec<Label> = Vec::new();
        let labels = read.iter().filter_map(|(_, read)| read.as_ref().ok());
        let (sure, unsure): (Vec<_>, Vec<_>) = labels.partition(|label| label.carrier.is_some());
        // Any number of digits beside a label, an order's for one, reads as a number of somebody unknown.
        for label in if sure.is_empty() { unsure } else { sure } {
            match groups.iter_mut().find(|known| is_one(known, label)) {
                Some(known) => join(known, label),
                None => groups.push(label.clone()),
            }
        }
        let several = groups.len() > 1;
        let one = groups.into_iter().next().filter(|_| !several);
        let why = || if several { Problem::SeveralLabels } else { without_number(&read, self.damaged) };
        one.ok_or_else(why)
    }
}

/// Why a look at a label makes no record. There is always a way on: another look, typing, the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No symbol at all.
    NoSymbol,
    /// A 2D label is there and is damaged.
    Damaged,
    /// More than one parcel's number.
    SeveralLabels,
    /// A symbol that opens a page.
    WebAddress,
    /// Symbols, and none of a parcel.
    NoLabel,
}

impl Problem {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NoSymbol, Self::Damaged, Self::SeveralLabels, Self::WebAddress, Self::NoLabel];

    /// The stable code: lower case letters and `-`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSymbol => "no-symbol",
            Self::Damaged => "damaged",
            Self::SeveralLabels => "several-labels",
            Self::WebAddress => "web-address",
            Self::NoLabel => "no-label",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSymbol => "no barcode could be read: hold the label flat and closer, or type the number",
            Self::Damaged => "the large code is damaged or cut off: take it again, or type the number",
            Self::SeveralLabels => {
                "there are several labels in the picture: cover the others, or take one at a time"
            }
            Self::WebAddress => "the code is a web address, not a parcel's label",
            Self::NoLabel => "the codes in the picture are not those of a parcel's label",
        })
    }
}

fn without_number(read: &[(&Symbol, Result<Label, Unread>)], damaged: bool) -> Problem {
    if damaged || read.iter().any(|(_, read)| matches!(read, Err(Unread::Damaged))) {
        Problem::Damaged
    } else if read.is_empty() {
        Problem::NoSymbol
    } else if read.iter().any(|(symbol, _)| is_web_address(&symbol.text())) {
        Problem::WebAddress
    } else {
        Problem::NoLabel
    }
}

/// A code that opens a page is nobody's parcel.
pub fn is_web_address(text: &str) -> bool {
    let text = text.trim_start().to_ascii_lowercase();
    ["http://", "https://", "www."].iter().any(|start| text.starts_with(start))
}

/// Linear codes of one label may put routing around the number that its 2D code states plainly.
fn is_one(known: &Label, other: &Label) -> bool {
    let company = known.carrier.is_none() || other.carrier.is_none() || known.carrier == other.carrier;
    company && (known.tracking.contains(&other.tracking) || other.tracking.contains(&known.tracking))
}

/// The shorter number is the one without routing; the recipient is whoever one of them names.
fn join(known: &mut Label, other: &Label) {
    if other.tracking.len() < known.tracking.len() {
        known.tracking.clone_from(&other.tracking);
    }
    if other.recipient.addressed_to().is_some() && known.recipient.addressed_to().is_none() {
        known.source = other.source;
    }
    known.separators_lost &= other.separators_lost;
    known.carrier = known.carrier.or(other.carrier);
    known.recipient.complete(&other.recipient);
}

#[cfg(test)]
mod tests;
