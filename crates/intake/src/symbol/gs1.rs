//! GS1-128: the USPS barcode, whose destination stands in an element of its own, and logistic units (SSCC).

use super::{GROUP, Label, Recipient, Source};
use crate::carrier::Carrier;
use crate::check_digit::Rule;
use crate::tracking::recognise;

const DESTINATION: &str = "420";
const SSCC: &str = "00";
const SSCC_DIGITS: usize = 18;
const UNITED_STATES: &str = "840";

pub fn read(symbology: Option<&str>, text: &str) -> Option<Label> {
    let elements: Vec<&str> = text.split(GROUP).filter(|element| !element.is_empty()).collect();
    match elements[..] {
        [destination, number] => separate(destination, number),
        [element] if symbology == Some("C1") => logistic_unit(element).or_else(|| joined(element)),
        [element] => joined(element),
        _ => None,
    }
}

/// The separator says where the destination ends.
fn separate(destination: &str, number: &str) -> Option<Label> {
    let zip = destination.strip_prefix(DESTINATION)?;
    let read = recognise(number);
    let is_usps = read.proven() == Some(Carrier::Usps) && read.number() == read.normalized;
    (is_usps && is_zip(zip)).then(|| usps(read.normalized, zip))
}

/// A scanner or decoder that drops the separator leaves the length to tell.
fn joined(element: &str) -> Option<Label> {
    let read = recognise(element);
    let destination = &read.normalized[..read.normalized.len() - read.number().len()];
    let zip = destination.strip_prefix(DESTINATION).filter(|zip| is_zip(zip))?;
    (read.proven() == Some(Carrier::Usps)).then(|| usps(read.number().to_owned(), zip))
}

fn is_zip(text: &str) -> bool {
    matches!(text.len(), 5 | 9) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn usps(tracking: String, zip: &str) -> Label {
    let recipient = Recipient {
        postal: Some(zip.to_owned()),
        country: Some(UNITED_STATES.to_owned()),
        ..Recipient::default()
    };
    let (source, carrier) = (Source::UspsGs1, Some(Carrier::Usps));
    Label { source, tracking, carrier, recipient, separators_lost: false }
}

fn logistic_unit(element: &str) -> Option<Label> {
    let number = element.strip_prefix(SSCC)?;
    if number.len() != SSCC_DIGITS || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (serial, check) = number.as_bytes().split_at(SSCC_DIGITS - 1);
    let (tracking, recipient) = (number.to_owned(), Recipient::default());
    let label = Label { source: Source::Sscc, tracking, carrier: None, recipient, separators_lost: false };
    Rule::Gs1.holds(serial, check[0]).then_some(label)
}
