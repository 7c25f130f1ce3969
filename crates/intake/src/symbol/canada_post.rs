//! Canada Post's 2D code: the 16-digit number among routing words. It names nobody.
//!
//! Known from one public description only; [`super::Source::is_single_source`] says so of every label read here.

use super::{Label, Recipient, Source};
use crate::carrier::Carrier;
use crate::tracking::{Check, recognise};

pub fn read(text: &str) -> Option<Label> {
    let words: Vec<&str> = text.split(' ').collect();
    let [kind, route, number, rest] = words[..] else { return None };
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let is_route = route.len() == 6
        && route.is_ascii()
        && route[..3].bytes().all(|byte| byte.is_ascii_uppercase())
        && digits(&route[3..], 3);
    let theirs =
        recognise(number).candidates.into_iter().find(|known| known.carrier == Carrier::CanadaPost)?;
    let fits = digits(kind, 1) && is_route && digits(number, 16) && digits(rest, 5);
    let (source, carrier) = (Source::CanadaPost2d, Some(Carrier::CanadaPost));
    let (tracking, recipient) = (number.to_owned(), Recipient::default());
    let label = Label { source, tracking, carrier, recipient, separators_lost: false };
    (fits && theirs.check == Check::Ok).then_some(label)
}
