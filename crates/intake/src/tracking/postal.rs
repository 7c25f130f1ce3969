//! USPS numbers: fixed fields, some of which decide how long others are.
//!
//! A routing prefix (`420` and a ZIP of 5 or 9 digits), then the number itself: an application identifier, a service of
//! three digits, a mailer of nine digits if it begins with 9 and of six otherwise, a serial number, and one check digit
//! over everything after the prefix. Without separators only the length tells a ZIP from a ZIP+4.

use super::{Candidate, Check, Mark};
use crate::carrier::Carrier;
use crate::check_digit::Rule;

const ROUTING: &[u8] = b"420";

/// How much of the number is a destination.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Routing {
    None,
    Zip5,
    Zip9,
}

impl Routing {
    fn length(self) -> usize {
        match self {
            Self::None => 0,
            Self::Zip5 => 8,
            Self::Zip9 => 12,
        }
    }
}

/// Adds what a text may be at USPS.
pub fn read(text: &[u8], candidates: &mut Vec<Candidate>) {
    if !(20..=42).contains(&text.len()) || !text.iter().all(u8::is_ascii_digit) {
        return;
    }
    let prefixed = text.starts_with(ROUTING);
    // The longer destination first: a definition keeps the first reading that fits.
    for routing in [Routing::None, Routing::Zip9, Routing::Zip5] {
        if (routing == Routing::None || prefixed) && text.len() >= routing.length() + 20 {
            let number = &text[routing.length()..];
            let kinds = [intelligent(routing, number), legacy(routing, number), bare(routing, number)];
            for (definition, mark, check) in kinds.into_iter().flatten() {
                let (carrier, start) = (Carrier::Usps, routing.length());
                if candidates.iter().all(|known| known.definition != definition) {
                    candidates.push(Candidate { carrier, definition, mark, check, symbology: false, start });
                }
            }
        }
    }
}

type Kind = (&'static str, Mark, Check);

/// The Intelligent Mail package barcode, by its application identifier, mailer and length.
fn intelligent(routing: Routing, number: &[u8]) -> Option<Kind> {
    let long_mailer = number[5] == b'9';
    let name = match (&number[..2], long_mailer) {
        (b"94", _) => "USPS IMpb N",
        (b"92", true) | (b"93", false) | (b"95", _) => "USPS IMpb C",
        _ => return None,
    };
    let fits = match number.len() {
        22 => true,
        26 => routing != Routing::Zip9,
        30 => routing == Routing::None && long_mailer && number.starts_with(b"94"),
        _ => false,
    };
    fits.then(|| (name, Mark::Own, holds(&[], number)))
}

/// The older number: 22 digits from `91` on, or 20 printed without the `91` that its check digit counts.
fn legacy(routing: Routing, number: &[u8]) -> Option<Kind> {
    let identified = number.starts_with(b"91");
    let mark = if identified || routing != Routing::None { Mark::Own } else { Mark::Bare };
    let unprinted: &[u8] = if identified { &[] } else { b"91" };
    let fits = number.len() == 20 || (number.len() == 22 && identified);
    fits.then(|| ("USPS Legacy", mark, holds(unprinted, number)))
}

fn bare(routing: Routing, number: &[u8]) -> Option<Kind> {
    let fits = routing == Routing::None && number.len() == 20;
    fits.then(|| ("USPS 20", Mark::Bare, holds(&[], number)))
}

fn holds(unprinted: &[u8], number: &[u8]) -> Check {
    let mut covered = [0; 44];
    let (serial, digit) = number.split_at(number.len() - 1);
    let length = unprinted.len() + serial.len();
    covered[..unprinted.len()].copy_from_slice(unprinted);
    covered[unprinted.len()..length].copy_from_slice(serial);
    if Rule::Gs1.holds(&covered[..length], digit[0]) { Check::Ok } else { Check::Bad }
}
