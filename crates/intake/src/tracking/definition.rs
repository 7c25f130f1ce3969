//! The numbers of seventeen carriers as data: shape, covered digits, rule. USPS numbers, whose fields depend on each
//! other, are in [`super::postal`].
//!
//! The facts are those of the public collection `jkeen/tracking_number_data` (MIT).

use super::Mark::{self, Bare, Letters, Own};
use super::operators::is_operator;
use super::shape::{Class, Part, Shape, digits, one_of};
use crate::carrier::Carrier;
use crate::check_digit::Rule;

/// One kind of number of one carrier.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    pub carrier: Carrier,
    pub name: &'static str,
    pub mark: Mark,
    pub shape: Shape,
    pub check: Option<Checked>,
    /// Characters before the number that the carrier's own pages know.
    lead: usize,
}

impl Definition {
    /// Where the number itself begins. The long FedEx codes pad its twelve digits with zeros; without those, all of it is.
    pub fn start(&self, text: &[u8]) -> usize {
        if self.lead == PADDED && !text[..PADDED].ends_with(b"00") { 0 } else { self.lead }
    }

    const fn behind(mut self, lead: usize) -> Self {
        self.lead = lead;
        self
    }
}

/// Which characters a check digit covers, and by what rule.
#[derive(Debug, Clone, Copy)]
pub struct Checked {
    /// Characters before the serial number.
    skipped: usize,
    /// Characters after the check digit.
    after: usize,
    rule: Rule,
    /// What else must hold for the digits to be believed.
    also: Option<fn(&[u8]) -> bool>,
}

impl Checked {
    /// Whether the check digit of a text of the definition's shape holds.
    pub fn holds(&self, text: &[u8]) -> bool {
        let at = text.len() - 1 - self.after;
        self.also.is_none_or(|also| also(text)) && self.rule.holds(&text[self.skipped..at], text[at])
    }
}

const fn covers(skipped: usize, after: usize, rule: Rule) -> Option<Checked> {
    Some(Checked { skipped, after, rule, also: None })
}

const fn mod10(even: u32, odd: u32) -> Rule {
    Rule::Mod10 { even, odd, before: None }
}

const fn number(
    carrier: Carrier,
    name: &'static str,
    mark: Mark,
    parts: &'static [Part],
    check: Option<Checked>,
) -> Definition {
    Definition { carrier, name, mark, shape: Shape::of(parts), check, lead: 0 }
}

/// The S10 country code stands at the end.
fn from_an_operator(text: &[u8]) -> bool {
    is_operator(&text[text.len() - 2..])
}

const GROUND: Rule = Rule::Weighted(&[1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]);
/// Digits before the twelve in a code of 34.
const PADDED: usize = 22;
const ANY: Class = Class::DigitOrLetter;
const ECOMMERCE: &[&[u8]] = &[b"GM", b"LX", b"RX", b"UV", b"CN", b"SG", b"TH", b"IN", b"HK", b"MY"];
const OLD_DOMINION: &[&[u8]] = &[b"777", b"778", b"072", b"780"];

/// Every kind of number but those of USPS, carrier by carrier.
#[rustfmt::skip]
pub const DEFINITIONS: &[Definition] = &[
    number(Carrier::Amazon, "Amazon Logistics", Own,
        &[Part::Text(b"TB"), one_of(b"ACM"), digits(12)], None),
    number(Carrier::Amazon, "Amazon International", Letters, &[one_of(b"AFC"), digits(10)], None),
    number(Carrier::CanadaPost, "Canada Post (16)", Bare, &[digits(16)], covers(0, 0, mod10(3, 1))),
    number(Carrier::Canpar, "Canpar (22)", Letters, &[one_of(b"CDKLSUXZ"), digits(21)], None),
    number(Carrier::Dhl, "DHL Express", Bare, &[Part::Run(Class::Digit, 10, 11)], covers(0, 0, Rule::Mod7)),
    number(Carrier::Dhl, "DHL Express (Piece ID)", Letters,
        &[Part::Text(b"J"), Part::Run(Class::Letter, 2, 3), Part::Run(Class::Digit, 9, 10)], None),
    number(Carrier::Dhl, "DHL E-Commerce", Letters,
        &[Part::AnyOf(ECOMMERCE), digits(1), Part::Run(ANY, 9, 38)], None),
    number(Carrier::Dhl, "DHL E-Commerce (14)", Bare, &[digits(14)], None),
    number(Carrier::Dpd, "DPD (28)", Bare, &[digits(27), Part::Run(ANY, 1, 1)], covers(0, 0, Rule::Mod37_36)),
    number(Carrier::Dpd, "DPD (14)", Bare, &[digits(14), Part::Run(ANY, 1, 1)], covers(0, 0, Rule::Mod37_36)),
    number(Carrier::FedEx, "FedEx Express (12)", Bare, &[digits(12)], covers(0, 0, Rule::FEDEX)),
    number(Carrier::FedEx, "FedEx Express (34)", Bare,
        &[one_of(b"012345678"), digits(33)], covers(20, 0, GROUND)).behind(PADDED),
    number(Carrier::FedEx, "FedEx ASTRA (32)", Bare, &[Part::Text(b"3"), digits(31)], covers(16, 4, Rule::FEDEX)),
    number(Carrier::FedEx, "FedEx Ground", Bare, &[digits(15)], covers(0, 0, mod10(1, 3))),
    number(Carrier::FedEx, "FedEx Ground (SSCC-18)", Bare, &[digits(18)], covers(2, 0, mod10(3, 1))),
    number(Carrier::FedEx, "FedEx Ground 96 (22)", Own,
        &[Part::Text(b"96"), digits(20)], covers(7, 0, mod10(1, 3))).behind(7),
    number(Carrier::FedEx, "FedEx Ground GSN", Own, &[Part::Text(b"96"), digits(32)], covers(20, 0, GROUND)).behind(PADDED),
    number(Carrier::Gofo, "GOFO Express (US)", Own, &[Part::Text(b"GFUS"), digits(14)], None),
    number(Carrier::Landmark, "Landmark Global LTN", Own,
        &[Part::Text(b"LTN"), digits(8), Part::Text(b"N1")], None),
    number(Carrier::LaserShip, "LaserShip LX", Letters,
        &[Part::Text(b"L"), one_of(b"AIEHNX"), one_of(b"123"), digits(7)], None),
    number(Carrier::LaserShip, "LaserShip 1LS7 (15)", Own,
        &[Part::Text(b"1LS7"), one_of(b"12"), digits(10)], None),
    number(Carrier::LaserShip, "LaserShip 1LS7 (18)", Own,
        &[Part::Text(b"1LS7"), one_of(b"12"), digits(2), Part::Text(b"01"), one_of(b"1234"), digits(6),
          Part::Text(b"1")], None),
    number(Carrier::LaserShip, "LaserShip 1LSCX (15)", Own,
        &[Part::Text(b"1LSCX"), Part::Run(ANY, 10, 10)], None),
    number(Carrier::OldDominion, "Old Dominion", Bare,
        &[Part::AnyOf(OLD_DOMINION), digits(8)], covers(0, 0, Rule::Luhn)),
    number(Carrier::OldDominion, "Old Dominion Guaranteed Shipment", Bare,
        &[Part::Text(b"80"), digits(9)], covers(0, 0, Rule::Luhn)),
    number(Carrier::OnTrac, "OnTrac", Letters, &[Part::Text(b"C"), digits(14)],
        covers(1, 0, Rule::Mod10 { even: 1, odd: 2, before: Some(b'4') })),
    number(Carrier::OnTrac, "OnTrac D", Letters, &[Part::Text(b"D"), digits(14)],
        covers(1, 0, Rule::Mod10 { even: 1, odd: 2, before: Some(b'5') })),
    number(Carrier::Purolator, "Purolator (12)", Bare,
        &[one_of(b"012345"), digits(11)], covers(0, 0, Rule::Luhn)),
    number(Carrier::Purolator, "Purolator (alpha + 9)", Letters,
        &[Part::Run(Class::Letter, 3, 3), digits(9)], None),
    number(Carrier::S10, "S10", Own,
        &[Part::Run(Class::Letter, 2, 2), digits(9), Part::Run(Class::Letter, 2, 2)],
        Some(Checked { skipped: 2, after: 2, rule: Rule::S10, also: Some(from_an_operator) })),
    number(Carrier::SpeeDee, "Spee-Dee (20)", Own, &[Part::Text(b"SP"), digits(18)], None),
    number(Carrier::Ups, "UPS", Own, &[Part::Text(b"1Z"), Part::Run(ANY, 15, 15), digits(1)],
        covers(2, 0, mod10(1, 2))),
    number(Carrier::Ups, "UPS Waybill", Letters, &[one_of(b"AHJKTV"), digits(10)], covers(1, 0, mod10(1, 2))),
    number(Carrier::Yodel, "Yodel", Own,
        &[Part::Run(Class::Of(b"J"), 1, 2), Part::Text(b"D"), digits(16)], None),
    number(Carrier::YunExpress, "YunExpress", Own, &[Part::Text(b"YT"), digits(16)], None),
];
