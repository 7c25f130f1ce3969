//! What a scanned symbol says: the number, and on some carriers' labels the recipient and the apartment.
//!
//! Owns the guard: at most 2 KB, no control character past the parsers, a 2D code believed only when it is whole and its
//! number's check digit holds (decoders return "corrected" garbage with a right beginning). Scanned text is anybody's
//! typing; all of it is a claim.

mod canada_post;
mod envelope;
mod fedex;
mod gs1;
mod keyboard;
mod line;
mod maxicode;
mod purolator;

use crate::carrier::Carrier;
use crate::matching::unit_on_label;
use crate::tracking::{recognise, without_symbology};
pub use line::printable;

/// The longest scan that is read, in bytes; a 2D label holds less.
pub const SCAN_MOST: usize = 2_048;
/// The longest tracking number that is kept, in characters.
pub const TRACKING_MOST: usize = 48;
const TRACKING_LEAST: usize = 6;
const DIGITS_LEAST: usize = 4;

const GROUP: char = '\u{1d}';

/// What kind of symbol a label was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A bare number: a one-dimensional code, or typed.
    Number,
    /// A USPS barcode with the destination in front.
    UspsGs1,
    /// A GS1 logistic unit (SSCC): names the company that numbered it, which may be any.
    Sscc,
    /// FedEx's PDF417.
    FedEx2d,
    /// The UPS MaxiCode.
    UpsMaxiCode,
    /// Purolator's PDF417.
    Purolator2d,
    /// Canada Post's 2D code.
    CanadaPost2d,
}

impl Source {
    /// One public description of the bytes is all there is: to be confirmed before anything rests on it.
    pub const fn is_single_source(self) -> bool {
        matches!(self, Self::Purolator2d | Self::CanadaPost2d)
    }
}

/// Whom a label names, as far as its symbol does. Printable lines of at most 60 characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipient {
    /// As printed: family name first or last.
    pub name: Option<String>,
    /// The company, where a person is named beside it.
    pub company: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Street and house number.
    pub street: Option<String>,
    /// The second line of the address, where an apartment usually stands.
    pub second_line: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State or province.
    pub region: Option<String>,
    /// Postal code without spaces.
    pub postal: Option<String>,
    /// ISO 3166 numeric country.
    pub country: Option<String>,
}

impl Recipient {
    /// Whom the label addresses: the person, or else the company.
    pub fn addressed_to(&self) -> Option<&str> {
        self.name.as_deref().or(self.company.as_deref())
    }

    /// Lines in which an apartment may stand, the likeliest first.
    pub fn address_lines(&self) -> impl Iterator<Item = &str> {
        [&self.second_line, &self.street].into_iter().flatten().map(String::as_str)
    }

    /// The apartment without its designator, where a line of the address names one.
    pub fn unit(&self) -> Option<String> {
        let second = self.second_line.as_deref().and_then(|line| unit_on_label(line, true));
        second.or_else(|| self.street.as_deref().and_then(|line| unit_on_label(line, false)))
    }

    /// Takes over what is missing; what is known stays.
    pub fn complete(&mut self, other: &Self) {
        let fields = [
            (&mut self.name, &other.name),
            (&mut self.company, &other.company),
            (&mut self.phone, &other.phone),
            (&mut self.street, &other.street),
            (&mut self.second_line, &other.second_line),
            (&mut self.city, &other.city),
            (&mut self.region, &other.region),
            (&mut self.postal, &other.postal),
            (&mut self.country, &other.country),
        ];
        for (field, value) in fields {
            if field.is_none() {
                field.clone_from(value);
            }
        }
    }
}

/// What a label says; all of it a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What it was read from.
    pub source: Source,
    /// Its number in plain form: capitals and digits.
    pub tracking: String,
    /// The company, where structure or number leave no doubt.
    pub carrier: Option<Carrier>,
    /// Whom it is for.
    pub recipient: Recipient,
    /// The scanner dropped the separators between the fields: the number could be told, the recipient could not.
    pub separators_lost: bool,
}

/// Why a scan is not a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// More than [`SCAN_MOST`] bytes.
    TooLong,
    /// It begins like a 2D label and is cut off, or does not hold together: scan it again.
    Damaged,
    /// A scanner that types, and a machine set to another keyboard than the scanner.
    ForeignKeyboard,
    /// Nothing of a label: an address of a page, a command, a word.
    NotALabel,
}

/// Reads a scan: a 2D label, a barcode, or a typed number.
///
/// # Errors
/// Why it is not a label.
pub fn read(scan: &str) -> Result<Label, Unread> {
    if scan.len() > SCAN_MOST {
        return Err(Unread::TooLong);
    }
    let scan = scan.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let (symbology, text) = without_symbology(scan);
    if text.starts_with(envelope::HEADER) {
        return envelope::read(text).ok_or(Unread::Damaged);
    }
    if purolator::begins(text) {
        return purolator::read(text).ok_or(Unread::Damaged);
    }
    if keyboard::is_foreign(text) {
        return Err(Unread::ForeignKeyboard);
    }
    gs1::read(symbology, text)
        .or_else(|| canada_post::read(text))
        .or_else(|| number(text))
        .ok_or(Unread::NotALabel)
}

/// The bytes of a symbol as text: UTF-8 where they are, Latin-1 otherwise.
pub fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn number(text: &str) -> Option<Label> {
    let (tracking, carrier) = tracking_number(text)?;
    let recipient = Recipient::default();
    Some(Label { source: Source::Number, tracking, carrier, recipient, separators_lost: false })
}

/// The plain form of a tracking number of any company, known or not, with the company that its form proves. None unless it
/// is 6 to 48 letters and digits with at least four digits among them.
pub fn tracking_number(text: &str) -> Option<(String, Option<Carrier>)> {
    let text = text.rsplit(GROUP).find(|part| !part.is_empty()).unwrap_or(text);
    let read = recognise(text);
    let number = read.number();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let fits = (TRACKING_LEAST..=TRACKING_MOST).contains(&number.len()) && digits >= DIGITS_LEAST;
    let plain = number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (fits && plain).then(|| (number.to_owned(), read.proven()))
}

#[cfg(test)]
mod tests;
