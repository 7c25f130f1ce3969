//! FedEx's PDF417: the one label of a large carrier that names recipient, company, phone and second address line.
//!
//! Format 01 has fifteen fields by position; format 06 adds more by data identifiers, in any order.

use super::envelope::Segment;
use super::line::{is_clean, is_country, postal, printable};
use super::{Label, Recipient, Source};
use crate::carrier::Carrier;
use crate::check_digit::Rule;

const FIELDS: usize = 15;
const NUMBER: usize = 12;
/// A form number follows the tracking number of the Express services.
const FORM: usize = 4;
const EXPRESS: &str = "FDE";
const GROUND: &str = "FDEG";

pub fn read(segments: &[Segment<'_>]) -> Option<Label> {
    let (first, others) = segments.split_first()?;
    let fields: &[&str; FIELDS] = first.fields.get(..FIELDS)?.try_into().ok()?;
    let [postal_code, country, _, number, service, .., street, city, region, name] = *fields;
    let is_whole = first.format == "01" && first.closed && fields.iter().all(|field| is_clean(field));
    if !is_whole || !matches!(service, EXPRESS | GROUND) || !is_country(country) {
        return None;
    }
    let more = |identifier: &str| {
        let mut data =
            others.iter().filter(|segment| segment.format == "06").flat_map(|segment| &segment.fields);
        data.find_map(|field| field.strip_prefix(identifier)).and_then(printable)
    };
    let recipient = Recipient {
        name: printable(name),
        company: more("11Z"),
        phone: more("12Z"),
        street: printable(street),
        second_line: more("14Z"),
        city: printable(city),
        region: printable(region),
        postal: Some(postal(postal_code.strip_prefix("02")?, country)?),
        country: Some(country.to_owned()),
    };
    Some(label(tracking(number)?, recipient, false))
}

/// A scanner that drops separators runs the fields together: the number still stands right before the service.
pub fn without_separators(body: &str) -> Option<Label> {
    let at = body.find(EXPRESS)?;
    let digits = body[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    let length = if body[at..].starts_with(GROUND) { NUMBER } else { NUMBER + FORM };
    let number = (digits > length).then(|| &body[at - length..at])?;
    Some(label(tracking(number)?, Recipient::default(), true))
}

fn label(tracking: &str, recipient: Recipient, separators_lost: bool) -> Label {
    let (source, carrier) = (Source::FedEx2d, Some(Carrier::FedEx));
    Label { source, tracking: tracking.to_owned(), carrier, recipient, separators_lost }
}

fn tracking(field: &str) -> Option<&str> {
    let is_number = matches!(field.len(), NUMBER | 16) && field.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| &field[..NUMBER])?;
    let (serial, check) = number.as_bytes().split_at(NUMBER - 1);
    Rule::FEDEX.holds(serial, check[0]).then_some(number)
}
