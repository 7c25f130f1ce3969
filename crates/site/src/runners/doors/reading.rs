//! What digits without `*` mean at the keypad of a door: a code for doors, or a unit's number with a PIN behind it.
//!
//! Owns: which of the two is meant where only one can be, by the check digit each of them ends with. Where both may be, it is a
//! code for doors, and a resident parts number and PIN by `*`. Never: asks the rules twice for one try.

use super::watch::CODE_DIGITS;
use crate::web::given::Given;
use vestibule_core::code::damm;
use vestibule_core::credential::budget::Purpose;

/// Digits a unit's number has at most.
const NUMBER_MOST: usize = 8;

/// How these digits are read. `pin_digits`: of a PIN with its check digit.
pub fn reading(keys: &str, pin_digits: usize) -> (Purpose, Given<'_>) {
    let as_code = (Purpose::Enter, Given::Code(keys));
    let all_digits = keys.bytes().all(|key| key.is_ascii_digit());
    let number = keys.len().checked_sub(pin_digits).filter(|number| (1..=NUMBER_MOST).contains(number));
    let Some(number) = number.filter(|_| all_digits && keys.len() <= CODE_DIGITS) else { return as_code };
    let (selector, digits) = keys.split_at(number);
    // A number that is its own check digit's leaves both readings open.
    if damm::is_valid(digits) && !damm::is_valid(keys) {
        (Purpose::EnterToCollect, Given::Digits { selector, digits })
    } else {
        as_code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_check(digits: &str) -> String {
        let checked = (0..10).map(|check| format!("{digits}{check}"));
        checked.into_iter().find(|text| damm::is_valid(text)).expect("each number has a check digit")
    }

    fn collects(keys: &str) -> Option<(String, String)> {
        match reading(keys, 9) {
            (Purpose::EnterToCollect, Given::Digits { selector, digits }) => {
                Some((selector.to_owned(), digits.to_owned()))
            }
            (Purpose::Enter, Given::Code(code)) => {
                assert_eq!(code, keys);
                None
            }
            _ => panic!("a purpose has its own form"),
        }
    }

    #[test]
    fn a_number_with_a_pin_behind_it_is_read_without_a_star_where_nothing_else_can_be_meant() {
        let pin = with_check("48291390");
        let mut both = 0;
        for number in 100..1_000 {
            let keys = format!("{number}{pin}");
            match collects(&keys) {
                Some(read) => assert_eq!(read, (number.to_string(), pin.clone())),
                None => both += 1,
            }
            assert_eq!(collects(&keys).is_none(), damm::is_valid(&number.to_string()), "{number}");
        }
        assert_eq!(both, 90, "one number in ten could be a code as well");
        assert_eq!(collects(&format!("7{pin}")), Some(("7".to_owned(), pin)), "a short one ends with #");
    }

    #[test]
    fn a_code_for_doors_stays_one_and_a_typo_in_it_is_no_pin() {
        let code = with_check("41712345678");
        assert_eq!(collects(&code), None);
        let typo = format!("{}{}", &code[..11], (code.as_bytes()[11] - b'0' + 1) % 10);
        assert_eq!(collects(&typo).is_some(), damm::is_valid(&typo[3..]), "but where its end is a whole PIN");
        for other in ["", "48291390", "1234567890123456", "VPM7", "12*48291390"] {
            assert_eq!(collects(other), None, "{other}");
        }
    }
}
