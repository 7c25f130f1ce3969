//! The UPS MaxiCode: courier, number and postal code, never a name.
//!
//! It holds the last eight characters of the number only; shipper and service, which stand elsewhere in it, complete the
//! number that the barcode beside it shows. What follows in format 07 is compressed by a method of the carrier's own.

use super::envelope::Segment;
use super::line::{is_clean, is_country, postal, printable};
use super::{Label, Recipient, Source};
use crate::carrier::Carrier;
use crate::check_digit::Rule;

const PREFIX: &str = "1Z";
const CARRIER: &str = "UPSN";
const END: usize = 8;
const SHIPPER: usize = 6;
const CLASS: usize = 3;

pub fn read(segments: &[Segment<'_>]) -> Option<Label> {
    let first = segments.first()?;
    let fields = &first.fields;
    let [destination, country, class, end, CARRIER, shipper, ..] = fields[..] else { return None };
    if first.format != "01" || !is_country(country) || !fields.iter().all(|field| is_clean(field)) {
        return None;
    }
    // The postal code follows the year of the format; four zeros stand for an unknown ZIP+4.
    let code = destination.strip_prefix(|c: char| c.is_ascii_digit())?;
    let code = postal(code.strip_prefix(|c: char| c.is_ascii_digit())?.trim(), country)?;
    let code = match code.strip_suffix("0000") {
        Some(short) if code.len() == 9 => short.to_owned(),
        _ => code,
    };
    let field = |at: usize| fields.get(at).and_then(|field| printable(field));
    let recipient = Recipient {
        street: field(11),
        city: field(12),
        region: field(13),
        postal: Some(code),
        country: Some(country.to_owned()),
        ..Recipient::default()
    };
    label(rebuilt(end.strip_prefix(PREFIX)?, shipper, class)?, recipient, false)
}

/// Without separators the fields around the carrier's word are still of fixed length.
pub fn without_separators(body: &str) -> Option<Label> {
    let (before, after) = body.split_once(CARRIER)?;
    let start = before.len().checked_sub(END)?;
    let (end, before) = (before.get(start..)?, before.get(..start)?.strip_suffix(PREFIX)?);
    let class = before.get(before.len().checked_sub(CLASS)?..)?;
    label(rebuilt(end, after.get(..SHIPPER)?, class)?, Recipient::default(), true)
}

fn label(tracking: String, recipient: Recipient, separators_lost: bool) -> Option<Label> {
    let (source, carrier) = (Source::UpsMaxiCode, Some(Carrier::Ups));
    Some(Label { source, tracking, carrier, recipient, separators_lost })
}

fn rebuilt(end: &str, shipper: &str, class: &str) -> Option<String> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let fits = end.len() == END && shipper.len() == SHIPPER && class.len() == CLASS;
    if !fits || ![end, shipper, class].into_iter().all(plain) {
        return None;
    }
    let serial = format!("{shipper}{}{end}", &class[1..]);
    let (covered, check) = serial.as_bytes().split_at(serial.len() - 1);
    Rule::UPS.holds(covered, check[0]).then(|| format!("{PREFIX}{serial}"))
}
