//! What the QR on a shelf's label says: `VS`, two characters of site tag, the shelf's number in seven, one check character.
//!
//! It opens nothing; anybody may read it. The label alone would not do: a scanner that types sends too few keys to be told from
//! fingers, and an apartment may be called the same. Letters and digits of the same alphabet as [`super::token`].

use super::token::{ALPHABET, SiteTag, TokenProblem, as_meant, check_character, value};
use crate::ids::ShelfId;

const PREFIX: &str = "VS";
/// 35 bits: every number there can be.
const NUMBER_LENGTH: u32 = 7;
/// Length of the whole in characters.
pub const SHELF_CODE_LENGTH: usize = 12;

/// What is printed for a shelf.
pub fn shelf_code(shelf: ShelfId, tag: SiteTag) -> String {
    let mut text = format!("{PREFIX}{}", tag.text());
    for at in (0..NUMBER_LENGTH).rev() {
        let five_bits = (u64::from(shelf.0) >> (at * 5)) & 31;
        text.push(char::from(ALPHABET[usize::try_from(five_bits).expect("five bits")]));
    }
    text.push(check_character(&text));
    text
}

/// Reads a scan. Upper-cases it and reads O as 0, I and L as 1 behind the prefix. Whether there is such a shelf is not looked at.
///
/// # Errors
/// Not of a shelf at all; of this site and damaged; of another building.
pub fn read(scan: &str, tag: SiteTag) -> Result<ShelfId, TokenProblem> {
    let upper = scan.trim().to_ascii_uppercase();
    if upper.len() != SHELF_CODE_LENGTH || !upper.is_ascii() || !upper.starts_with(PREFIX) {
        return Err(TokenProblem::NotAToken);
    }
    let body: String = upper[PREFIX.len()..].chars().map(as_meant).collect();
    let text = format!("{PREFIX}{body}");
    let (whole, check) = text.split_at(SHELF_CODE_LENGTH - 1);
    let is_ours = whole[2..4] == tag.text();
    let digits: Option<Vec<u32>> = whole[4..].bytes().map(value).collect();
    let number = digits.map(|digits| digits.iter().fold(0_u64, |sum, digit| (sum << 5) | u64::from(*digit)));
    let number = number.and_then(|number| u32::try_from(number).ok());
    match number.filter(|_| check.starts_with(check_character(whole))) {
        Some(number) if is_ours => Ok(ShelfId(number)),
        Some(_) => Err(TokenProblem::OtherSite),
        None if is_ours => Err(TokenProblem::Damaged),
        // A carrier's number may begin like that.
        None => Err(TokenProblem::NotAToken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> SiteTag {
        SiteTag::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_shelf_reads_back_at_its_own_site_alone() {
        for number in [0, 1, 31, 32, 4_711, u32::MAX] {
            let code = shelf_code(ShelfId(number), tag("M7"));
            assert_eq!(code.len(), SHELF_CODE_LENGTH, "{code}");
            assert!(code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()), "{code}");
            assert_eq!(read(&format!(" {}\r\n", code.to_lowercase()), tag("M7")), Ok(ShelfId(number)));
            assert_eq!(read(&code.replace('0', "O"), tag("M7")), Ok(ShelfId(number)));
            assert_eq!(read(&code, tag("K2")), Err(TokenProblem::OtherSite));
        }
        assert_eq!(shelf_code(ShelfId(7), tag("M7")), "VSM70000007S");
    }

    #[test]
    fn a_wrong_character_shows() {
        let code = shelf_code(ShelfId(12), tag("M7"));
        for at in 4..SHELF_CODE_LENGTH {
            let mut wrong = code.clone().into_bytes();
            wrong[at] = if wrong[at] == b'7' { b'8' } else { b'7' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(read(&wrong, tag("M7")), Err(TokenProblem::Damaged), "{wrong}");
        }
    }

    #[test]
    fn other_barcodes_are_no_shelves() {
        let code = shelf_code(ShelfId(12), tag("M7"));
        for scan in
            ["", "VS", "A1", "VS123456789US", "VS9876543210", &code[..11], &format!("{code}0"), "VSM7é00000"]
        {
            assert_eq!(read(scan, tag("M7")), Err(TokenProblem::NotAToken), "{scan}");
        }
        assert_eq!(
            super::super::token::read(&code, tag("M7")),
            Err(TokenProblem::NotAToken),
            "it opens nothing"
        );
    }
}
