//! Purolator's PDF417: `KEY~value` pairs between bars, with the receiver's name and two address lines.
//!
//! Known from one public description only; [`super::Source::is_single_source`] says so of every label read here.

use super::line::{is_clean, postal, printable};
use super::{Label, Recipient, Source};
use crate::carrier::Carrier;
use crate::tracking::{Check, recognise};

const CANADA: &str = "124";

pub fn begins(text: &str) -> bool {
    text.starts_with("V01~")
}

pub fn read(text: &str) -> Option<Label> {
    let pairs: Vec<(&str, &str)> = text.split('|').filter_map(|pair| pair.split_once('~')).collect();
    let value = |key: &str| pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
    let line = |key: &str| value(key).and_then(printable);
    let read = recognise(value("S01")?);
    let is_theirs =
        |known: &crate::Candidate| known.carrier == Carrier::Purolator && known.check != Check::Bad;
    if !is_clean(text) || !read.candidates.iter().any(is_theirs) {
        return None;
    }
    let recipient = Recipient {
        name: line("R01"),
        street: line("R04"),
        second_line: line("R05"),
        city: line("R06"),
        postal: Some(postal(value("R07")?, CANADA)?),
        country: Some(CANADA.to_owned()),
        ..Recipient::default()
    };
    let (source, carrier) = (Source::Purolator2d, Some(Carrier::Purolator));
    Some(Label { source, tracking: read.normalized, carrier, recipient, separators_lost: false })
}
