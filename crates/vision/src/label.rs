//! One record of one label, from all of its symbols.
//!
//! Owns which symbols belong together: those with one number, and numbers that contain each other. Two labels in a photo are
//! never mixed and never chosen between: the record is empty then, and says why.

use crate::grey::Grey;
use crate::photo::{self, Unreadable};
use crate::symbols::{self, Found, Symbol};
use std::fmt;
use vestibule_intake::symbol::{self as meaning, Unread};
use vestibule_intake::{Carrier, Recipient, recognise};

/// What a photo says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// Everything that was read, labels or not.
    pub symbols: Vec<Symbol>,
    /// The number of the one parcel.
    pub tracking: Option<String>,
    /// Its company: the best supported where the number alone speaks.
    pub carrier: Option<Carrier>,
    /// Whom its symbols name.
    pub recipient: Recipient,
    /// Why there is no number.
    pub problem: Option<Problem>,
}

/// Why a photo makes no record. There is always a way on: another photo, typing, the desk.
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

/// Reads a photo's bytes.
///
/// # Errors
/// Why it is no picture.
pub fn read(bytes: &[u8]) -> Result<Label, Unreadable> {
    Ok(of_picture(&photo::decode(bytes)?))
}

/// Reads a picture.
pub fn of_picture(picture: &Grey) -> Label {
    merged(symbols::find(picture))
}

/// Makes the record.
pub fn merged(found: Found) -> Label {
    let read: Vec<_> = found.symbols.iter().map(|symbol| (symbol, symbol.meaning())).collect();
    let mut groups: Vec<meaning::Label> = Vec::new();
    let labels = read.iter().filter_map(|(_, read)| read.as_ref().ok());
    let (sure, unsure): (Vec<_>, Vec<_>) = labels.partition(|label| label.carrier.is_some());
    // Any number of digits beside a label, an order's for one, reads as a number of somebody unknown.
    for label in if sure.is_empty() { unsure } else { sure } {
        match groups.iter_mut().find(|known| is_one(known, label)) {
            Some(known) => join(known, label),
            None => groups.push(label.clone()),
        }
    }
    let problem = match groups.len() {
        1 => None,
        0 => Some(without_number(&read, found.damaged)),
        _ => Some(Problem::SeveralLabels),
    };
    let one = groups.into_iter().next().filter(|_| problem.is_none());
    let carrier = one.as_ref().map(|one| one.carrier.unwrap_or_else(|| recognise(&one.tracking).carrier()));
    let (tracking, recipient) = one.map(|one| (one.tracking, one.recipient)).unzip();
    let recipient = recipient.unwrap_or_default();
    drop(read);
    Label { symbols: found.symbols, tracking, carrier, recipient, problem }
}

fn without_number(read: &[(&Symbol, Result<meaning::Label, Unread>)], damaged: bool) -> Problem {
    let is_address = |symbol: &Symbol| {
        let text = symbol.text().to_ascii_lowercase();
        ["http://", "https://", "www."].iter().any(|start| text.starts_with(start))
    };
    if damaged || read.iter().any(|(_, read)| matches!(read, Err(Unread::Damaged))) {
        Problem::Damaged
    } else if read.is_empty() {
        Problem::NoSymbol
    } else if read.iter().any(|(symbol, _)| is_address(symbol)) {
        Problem::WebAddress
    } else {
        Problem::NoLabel
    }
}

/// Linear codes of one label may put routing around the number that its 2D code states plainly.
fn is_one(known: &meaning::Label, other: &meaning::Label) -> bool {
    let company = known.carrier.is_none() || other.carrier.is_none() || known.carrier == other.carrier;
    company && (known.tracking.contains(&other.tracking) || other.tracking.contains(&known.tracking))
}

/// The shorter number is the one without routing; the recipient is whoever one of them names.
fn join(known: &mut meaning::Label, other: &meaning::Label) {
    if other.tracking.len() < known.tracking.len() {
        known.tracking.clone_from(&other.tracking);
    }
    known.carrier = known.carrier.or(other.carrier);
    let (into, from) = (&mut known.recipient, &other.recipient);
    let fields = [
        (&mut into.name, &from.name),
        (&mut into.company, &from.company),
        (&mut into.phone, &from.phone),
        (&mut into.street, &from.street),
        (&mut into.second_line, &from.second_line),
        (&mut into.city, &from.city),
        (&mut into.region, &from.region),
        (&mut into.postal, &from.postal),
        (&mut into.country, &from.country),
    ];
    for (field, value) in fields {
        if field.is_none() {
            field.clone_from(value);
        }
    }
}

#[cfg(test)]
mod tests;
