//! What holds for any text, and for every number that a rule can make.

use proptest::prelude::*;
use vestibule_intake::check_digit::Rule;
use vestibule_intake::tracking::plain;
use vestibule_intake::{Carrier, Check, Mark, recognise};

/// A definition, what stands before the digits its check covers, those digits, what follows the check digit.
fn numbers() -> impl Strategy<Value = (&'static str, Rule, String, String, String)> {
    let of = |name, rule, before: &'static str, digits: &'static str, after: &'static str| {
        (before, digits, after).prop_map(move |(before, digits, after)| (name, rule, before, digits, after))
    };
    prop_oneof![
        of("FedEx Express (12)", Rule::FEDEX, "", "[0-9]{11}", ""),
        of("FedEx ASTRA (32)", Rule::FEDEX, "3[0-9]{15}", "[0-9]{11}", "[0-9]{4}"),
        of("FedEx Ground", Rule::Mod10 { even: 1, odd: 3, before: None }, "", "[0-9]{14}", ""),
        of("UPS", Rule::UPS, "1Z", "[A-Z0-9]{15}", ""),
        of("UPS Waybill", Rule::UPS, "[AHJKTV]", "[0-9]{9}", ""),
        of("Old Dominion", Rule::Luhn, "", "(777|778|072|780)[0-9]{7}", ""),
        of("DPD (14)", Rule::Mod37_36, "", "[0-9]{14}", ""),
        of("DHL Express", Rule::Mod7, "", "[0-9]{9,10}", ""),
        of("S10", Rule::S10, "[A-Z]{2}", "[0-9]{8}", "(GB|US|JP|DE|ZW)"),
        of("USPS IMpb N", Rule::Gs1, "(420[0-9]{5})?", "94[0-9]{3}[0-8][0-9]{15}", ""),
        of("USPS IMpb C", Rule::Gs1, "(420[0-9]{5}|420[0-9]{9})?", "92[0-9]{3}9[0-9]{15}", ""),
        of("USPS IMpb C", Rule::Gs1, "", "(93[0-9]{3}[0-8]|95[0-9]{4})[0-9]{19}", ""),
        of("OnTrac", Rule::Mod10 { even: 1, odd: 2, before: Some(b'4') }, "C", "[0-9]{13}", ""),
    ]
}

fn check_of(text: &str, definition: &str) -> Option<Check> {
    let read = recognise(text);
    read.candidates.iter().find(|candidate| candidate.definition == definition).map(|found| found.check)
}

proptest! {
    #[test]
    fn a_number_with_its_check_digit_is_accepted_and_with_another_is_not(
        (name, rule, before, digits, after) in numbers(),
        other in 0_u8..10,
    ) {
        let check = rule.character(digits.as_bytes()).unwrap() as char;
        let text = |check: char| format!("{before}{digits}{check}{after}");
        prop_assert_eq!(check_of(&text(check), name), Some(Check::Ok), "{}", text(check));
        let other = (b'0' + other) as char;
        if other != check && name != "DHL Express" {
            prop_assert_eq!(check_of(&text(other), name), Some(Check::Bad), "{}", text(other));
        }
    }

    #[test]
    fn a_changed_digit_under_single_weights_is_noticed(
        digits in "1Z[0-9]{15}", at in 2_usize..17, by in 1_u8..10,
    ) {
        let check = Rule::UPS.character(&digits.as_bytes()[2..]).unwrap();
        let mut text = digits.into_bytes();
        text.push(check);
        text[at] = b'0' + (text[at] - b'0' + by) % 10;
        // A doubled digit changed by five changes the sum by ten: the rule's own blind spot.
        let noticed = check_of(std::str::from_utf8(&text).unwrap(), "UPS") == Some(Check::Bad);
        prop_assert!(noticed || (by == 5 && at % 2 == 1));
    }

    #[test]
    fn grouping_and_case_change_nothing((_, rule, before, digits, after) in numbers(), gap in "[ \t\u{a0}-]{1,2}") {
        let check = rule.character(digits.as_bytes()).unwrap() as char;
        let text = format!("{before}{digits}{check}{after}");
        let apart: String = text.to_lowercase().chars().flat_map(|c| [c.to_string(), gap.clone()]).collect();
        prop_assert_eq!(recognise(&apart), recognise(&text));
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}|[\\x00-\\x7f]{0,60}|(420|9[1-6]|1Z|\\])[0-9A-Z]{0,45}") {
        let read = recognise(&text);
        prop_assert!(!read.normalized.chars().any(|c| c.is_control() || c.is_whitespace()));
        prop_assert_eq!(&plain(&read.normalized), &read.normalized);
        prop_assert!(read.number().len() <= read.normalized.len());
        prop_assert_eq!(read.valid(), read.carrier() != Carrier::Other);
        let proofs = read.candidates.iter().filter(|found| found.mark == Mark::Own && found.check != Check::Bad);
        prop_assert_eq!(read.proven().is_some(), proofs.map(|found| found.carrier).collect::<std::collections::BTreeSet<_>>().len() == 1);
    }
}

/// Scans that begin like labels and go on anyhow.
fn scans() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,80}",
        "[\\x00-\\x7f]{0,200}",
        "(\\[\\)>\\x1e(01\\x1d)?|V01~|\\]C1|420|1 ABC123 )[\\x00-\\x7f]{0,120}",
        "\\[\\)>(01)?[0-9]{0,20}(1Z[0-9]{8}UPSN|[0-9]{12}FDEG|\\PC{0,4}FDE|\\PC{0,4}UPSN)\\PC{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn nothing_unprintable_leaves_a_scan(scan in scans()) {
        if let Ok(label) = vestibule_intake::symbol::read(&scan) {
            prop_assert!(label.tracking.len() <= vestibule_intake::symbol::TRACKING_MOST);
            prop_assert!(label.tracking.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()));
            let to = label.recipient;
            let lines = [to.name, to.company, to.phone, to.street, to.second_line, to.city, to.region, to.postal, to.country];
            for line in lines.into_iter().flatten() {
                prop_assert!(!line.chars().any(char::is_control) && line.chars().count() <= 60, "{line:?}");
            }
        }
    }
}
