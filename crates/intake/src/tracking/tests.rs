use super::{Check, Mark, Recognised, definition::DEFINITIONS, recognise};
use crate::carrier::Carrier;

fn definitions(read: &Recognised) -> Vec<(&'static str, &'static str)> {
    read.candidates.iter().map(|candidate| (candidate.definition, candidate.check.code())).collect()
}

#[test]
fn all_thirty_nine_kinds_are_there() {
    let mut names: Vec<&str> = DEFINITIONS.iter().map(|definition| definition.name).collect();
    names.extend(["USPS 20", "USPS IMpb N", "USPS Legacy", "USPS IMpb C"]);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 39);
    let mut carriers: Vec<Carrier> = DEFINITIONS.iter().map(|definition| definition.carrier).collect();
    carriers.push(Carrier::Usps);
    carriers.sort_unstable();
    carriers.dedup();
    assert_eq!(carriers.len(), 18);
}

#[test]
fn digits_that_fit_two_carriers_are_not_guessed_away() {
    let read = recognise("2878 0946 8872");
    assert_eq!(read.normalized, "287809468872");
    assert!(read.valid());
    assert_eq!(read.proven(), None, "digits alone prove nobody");
    let both = recognise(&both_fedex_and_purolator());
    assert!(both.ambiguous(), "{both:?}");
    let carriers: Vec<Carrier> = both.candidates.iter().map(|candidate| candidate.carrier).collect();
    assert!(carriers.contains(&Carrier::FedEx) && carriers.contains(&Carrier::Purolator));
}

/// The first number from 300000000000 on whose last digit both rules compute.
fn both_fedex_and_purolator() -> String {
    let fits = |number: &u64| {
        recognise(&number.to_string()).candidates.iter().filter(|known| known.check == Check::Ok).count() == 2
    };
    (300_000_000_000_u64..).find(fits).unwrap().to_string()
}

#[test]
fn a_prefix_of_its_own_proves_a_carrier() {
    for (number, carrier) in [
        ("1Z5R89390357567127", Carrier::Ups),
        ("TBA000000000000", Carrier::Amazon),
        ("9400111206206407628746", Carrier::Usps),
        ("GFUS01011884214464", Carrier::Gofo),
        ("RB123456785GB", Carrier::S10),
    ] {
        let read = recognise(number);
        assert_eq!((read.proven(), read.carrier(), read.ambiguous()), (Some(carrier), carrier, false));
    }
    assert_eq!(recognise("1Z5R89390357567128").proven(), None, "not with a wrong check digit");
}

#[test]
fn a_destination_in_front_is_not_the_number() {
    for text in ["420787459400111206206406260787", "]C142078745\u{1d}9400111206206406260787"] {
        let read = recognise(text);
        assert_eq!(read.number(), "9400111206206406260787");
        assert_eq!(read.proven(), Some(Carrier::Usps));
        assert_eq!(read.candidates[0].symbology, text.starts_with(']'));
    }
}

#[test]
fn a_longer_zip_is_told_by_the_length() {
    let read = recognise("4201002334249200190132607600833457");
    assert_eq!(definitions(&read)[0], ("USPS IMpb C", "ok"));
    assert_eq!(read.number(), "9200190132607600833457");
}

#[test]
fn a_number_that_could_have_either_zip_is_read_with_the_longer_one() {
    let number = "9263797879851971012490";
    let read = recognise(&format!("420000009366{number}"));
    assert_eq!(definitions(&read)[0].0, "USPS IMpb C");
    assert_eq!(
        read.candidates[0].start, 12,
        "93669263... would be a number of 26 digits behind a ZIP of five"
    );
}

#[test]
fn the_long_codes_of_one_parcel_have_its_number() {
    for (code, number) in [
        ("1001921334250001000300779017972697", "779017972697"),
        ("9622001900000000000000776632517510", "776632517510"),
        ("9611020987654312345672", "987654312345672"),
    ] {
        let read = recognise(code);
        assert_eq!((read.number(), read.carrier()), (number, Carrier::FedEx));
    }
}

#[test]
fn an_unknown_number_is_a_number_of_another_company() {
    let read = recognise("vh-77 12 ab");
    assert_eq!((read.normalized.as_str(), read.carrier(), read.valid()), ("VH7712AB", Carrier::Other, false));
    assert!(read.candidates.is_empty());
    assert_eq!(read.number(), "VH7712AB");
}

#[test]
fn a_misread_digit_is_shown_as_one() {
    let read = recognise("1Z5R89390357567121");
    assert_eq!(definitions(&read), [("UPS", "bad")]);
    assert_eq!((read.valid(), read.carrier()), (false, Carrier::Other));
    assert!(read.candidates[0].evidence().contains("does not hold"));
}

#[test]
fn an_unknown_postal_service_counts_against_a_number() {
    assert_eq!(definitions(&recognise("RB123456785ZZ")), [("S10", "bad")]);
}

#[test]
fn the_evidence_is_in_order() {
    // Fourteen digits are anybody's; fifteen may pass two check digits.
    let read = recognise("60120172242323");
    assert_eq!(definitions(&read), [("DHL E-Commerce (14)", "none")]);
    assert_eq!(read.candidates[0].mark, Mark::Bare);
}
