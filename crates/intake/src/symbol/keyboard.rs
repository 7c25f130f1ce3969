//! Scanners that type, at a machine set to another keyboard: the keys are right, and what they say there is not.
//!
//! Owns telling such a scan from a label. Nothing is put right: what one layout did to some letters, another does to others.

use crate::tracking::recognise;

/// What a scanner's keys for `[)>`, the beginning of 2D labels, say on a French keyboard; and on those of Germany, Spain, Italy
/// and their neighbours behind the first, which differs.
const FRENCH_HEADER: &str = "^0/";
const REST_OF_HEADER: &str = "=:";
/// What the digit keys say on a French keyboard, from 0 to 9.
const FRENCH_DIGITS: [char; 10] = ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç'];
/// So many of them are no words of anybody.
const FRENCH_LEAST: usize = 6;

/// A label as another keyboard types it.
pub fn is_foreign(text: &str) -> bool {
    is_header(text) || is_french(text) || is_german(text)
}

fn is_header(text: &str) -> bool {
    let behind_first = text.char_indices().nth(1).map_or("", |(at, _)| &text[at..]);
    let is_sign = !text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == ' ');
    text.starts_with(FRENCH_HEADER) || (is_sign && behind_first.starts_with(REST_OF_HEADER))
}

fn is_french(text: &str) -> bool {
    let digits = text.chars().filter(|c| FRENCH_DIGITS.contains(c)).count();
    let others = text.chars().filter(char::is_ascii_digit).count();
    digits >= FRENCH_LEAST && digits > 4 * others && digits * 2 > text.chars().count()
}

/// Y and Z have changed places: with both put back it is a number of a company, and as it is of none.
fn is_german(text: &str) -> bool {
    let back = |c: char| match c.to_ascii_uppercase() {
        'Y' => 'Z',
        'Z' => 'Y',
        other => other,
    };
    text.contains(['y', 'Y', 'z', 'Z'])
        && !recognise(text).valid()
        && recognise(&text.chars().map(back).collect::<String>()).proven().is_some()
}

#[cfg(test)]
mod tests {
    use crate::symbol::{Unread, read};

    #[test]
    fn a_number_typed_by_another_keyboard_is_told() {
        for scan in [
            // 1Z5R89390357567127 and a FedEx label on a German, a Spanish and a French keyboard.
            "1Y5R89390357567127",
            "ü=:01+0210001+840+01+7766325175100201+FDE",
            "`=:01+0210001+840+01+7766325175100201+FDE",
            "è=:01+0210001",
            "^0/à&$àé&ààà&",
            "&W(R_ç\"ç à\"(è(-è&éè",
            "ç'àà&&&éà-é",
        ] {
            assert_eq!(read(scan), Err(Unread::ForeignKeyboard), "{scan}");
        }
    }

    #[test]
    fn what_anybody_might_type_is_no_foreign_keyboard() {
        for scan in [
            "1Z5R89390357567127",
            "YT2423421272000030",
            "JJD0099999999YZ",
            "[)>\u{1e}",
            "Zoë O'Brien, apt 4-5-6",
            "from the florist",
            "(217) 555-0134",
            "a=:b",
            "",
            "ñ",
            "C'est à l'été",
            "0073-9380-0054-9297",
        ] {
            assert_ne!(read(scan).err(), Some(Unread::ForeignKeyboard), "{scan}");
        }
    }
}
