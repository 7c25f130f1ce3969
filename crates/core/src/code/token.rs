//! QR tokens: two letters of kind, two characters of site tag, 26 characters of 128 random bits, one check character.
//!
//! Crockford base32, upper case, letters and digits only: a scanner with a foreign keyboard layout or caps lock shows
//! itself, and nothing in it looks like an address to a phone.

use super::{Draw, Secret};
use serde::{Deserialize, Serialize};

pub(super) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Length of a whole token in characters.
pub const TOKEN_LENGTH: usize = 31;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// `VP`: collects parcels.
    Pickup,
    /// `VC`: a courier's badge.
    Courier,
    /// `VR`: a resident's printed card.
    Card,
    /// `VL`: a link page.
    Link,
    /// `VK`: pairs a kiosk.
    Kiosk,
    /// `VE`: a visitor's or delivery pass, for doors alone.
    Pass,
}

impl TokenKind {
    /// The two letters in front.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Pickup => "VP",
            Self::Courier => "VC",
            Self::Card => "VR",
            Self::Link => "VL",
            Self::Kiosk => "VK",
            Self::Pass => "VE",
        }
    }
    fn from_prefix(prefix: &str) -> Option<Self> {
        [Self::Pickup, Self::Courier, Self::Card, Self::Link, Self::Kiosk, Self::Pass]
            .into_iter()
            .find(|kind| kind.prefix() == prefix)
    }
}

/// Two characters that tell this site's tokens from another building's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SiteTag([u8; 2]);

impl SiteTag {
    /// A tag drawn at random when the site is founded.
    pub fn draw(draw: &mut Draw) -> Self {
        Self(std::array::from_fn(|_| ALPHABET[usize::from(draw.byte() % 32)]))
    }
    pub(super) fn text(self) -> String {
        self.0.iter().map(|byte| char::from(*byte)).collect()
    }
}

impl TryFrom<String> for SiteTag {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match text.as_bytes() {
            [a, b] if ALPHABET.contains(a) && ALPHABET.contains(b) => Ok(Self([*a, *b])),
            _ => Err(format!("'{text}' is no site tag: two characters of Crockford base32")),
        }
    }
}

impl From<SiteTag> for String {
    fn from(tag: SiteTag) -> String {
        tag.text()
    }
}

/// Why a scan is not a token of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenProblem {
    /// Not a token at all: some other barcode.
    NotAToken,
    /// It begins like a token but a character is wrong: scan again, or the scanner's keyboard layout is foreign.
    Damaged,
    /// A token of another building.
    OtherSite,
}

/// Draws a token: 128 random bits in 26 characters.
pub fn draw_token(draw: &mut Draw, kind: TokenKind, tag: SiteTag) -> Secret {
    let random = u128::from_be_bytes(draw.bytes());
    let mut text = format!("{}{}", kind.prefix(), tag.text());
    for at in (0..26u32).rev() {
        text.push(char::from(ALPHABET[usize::try_from((random >> (at * 5)) & 31).expect("five bits")]));
    }
    text.push(check_character(&text));
    Secret::new(text)
}

/// A weighted sum modulo 31 over all characters, shown as one of the first 31 of the alphabet: weights 1..=30 are all
/// coprime to the prime 31, so any single wrong character and any swap of neighbours changes it, but for the one pair
/// of characters whose values are equal modulo 31 (0 and Z).
pub(super) fn check_character(text: &str) -> char {
    let sum = text.bytes().zip(1u32..).map(|(byte, weight)| value(byte).unwrap_or(0) * weight).sum::<u32>();
    char::from(ALPHABET[(sum % 31) as usize])
}

/// O is read as 0, I and L as 1.
pub(super) fn as_meant(upper: char) -> char {
    match upper {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

pub(super) fn value(byte: u8) -> Option<u32> {
    ALPHABET.binary_search(&byte).ok().and_then(|at| u32::try_from(at).ok())
}

/// Reads a scan. Upper-cases it and reads O as 0, I and L as 1 behind the prefix, as Crockford base32 asks.
///
/// # Errors
/// What is wrong with it, in a form the kiosk can put into words.
pub fn read(scan: &str, tag: SiteTag) -> Result<(TokenKind, String), TokenProblem> {
    let upper = scan.trim().to_ascii_uppercase();
    let Some(kind) = upper.get(..2).and_then(TokenKind::from_prefix) else {
        return Err(TokenProblem::NotAToken);
    };
    // A French keyboard types digits as letters with accents: one character each.
    if upper.len() != TOKEN_LENGTH || !upper.is_ascii() {
        let is_long = upper.chars().count() > 24;
        return Err(if is_long { TokenProblem::Damaged } else { TokenProblem::NotAToken });
    }
    let token: String = kind.prefix().chars().chain(upper[2..].chars().map(as_meant)).collect();
    if !token[2..].bytes().all(|byte| value(byte).is_some()) {
        return Err(TokenProblem::Damaged);
    }
    let (text, check) = token.split_at(TOKEN_LENGTH - 1);
    if !check.starts_with(check_character(text)) {
        return Err(TokenProblem::Damaged);
    }
    if token[2..4] != tag.text() {
        return Err(TokenProblem::OtherSite);
    }
    Ok((kind, token))
}

#[cfg(test)]
mod tests {
    use super::super::Seed;
    use super::*;

    fn tag(text: &str) -> SiteTag {
        SiteTag::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_token_reads_back_and_a_wrong_character_shows() {
        let mut draw = Draw::new(Seed([3; 32]));
        let token = draw_token(&mut draw, TokenKind::Pickup, tag("M7"));
        let text = token.expose();
        assert_eq!(text.len(), TOKEN_LENGTH);
        assert_eq!(read(text, tag("M7")), Ok((TokenKind::Pickup, text.to_owned())));
        assert_eq!(
            read(&format!(" {}\r", text.to_lowercase()), tag("M7")),
            Ok((TokenKind::Pickup, text.to_owned()))
        );
        let french = text.replace('7', "è").replace('2', "é").replace('A', "Q").replace('M', ",");
        assert_eq!(read(&french, tag("M7")), Err(TokenProblem::Damaged), "{french}");
        let as_long = format!("VP0{}", "é".repeat((TOKEN_LENGTH - 3) / 2));
        for other in ["VPé", &as_long] {
            assert_eq!(read(other, tag("M7")), Err(TokenProblem::NotAToken), "{other}");
        }
        assert_eq!(read(text, tag("K2")), Err(TokenProblem::OtherSite));
        let mut damaged = 0;
        for at in 4..TOKEN_LENGTH {
            let mut wrong = text.as_bytes().to_vec();
            wrong[at] = if wrong[at] == b'7' { b'8' } else { b'7' };
            damaged += usize::from(
                read(std::str::from_utf8(&wrong).unwrap(), tag("M7")) == Err(TokenProblem::Damaged),
            );
        }
        assert_eq!(damaged, TOKEN_LENGTH - 4);
    }

    #[test]
    fn a_token_cut_short_or_with_a_foreign_letter_is_damaged_and_not_another_barcode() {
        let mut draw = Draw::new(Seed([3; 32]));
        let token = draw_token(&mut draw, TokenKind::Card, tag("M7"));
        let text = token.expose();
        for scan in [text[..TOKEN_LENGTH - 1].to_owned(), format!("{text}0"), text.replace(&text[9..10], "U")]
        {
            assert_eq!(read(&scan, tag("M7")), Err(TokenProblem::Damaged), "{scan}");
        }
    }

    #[test]
    fn a_site_tag_is_two_characters_that_every_scanner_reads() {
        for text in ["I7", "7O", "M", "M77", "m7", ""] {
            assert!(SiteTag::try_from(text.to_owned()).unwrap_err().contains(text), "{text}");
        }
    }

    #[test]
    fn other_barcodes_are_not_tokens() {
        for scan in ["1Z999AA10123456784", "", "VP", "https://example.com/VP", "V\u{e9}", "VPAB12"] {
            assert_eq!(read(scan, tag("M7")), Err(TokenProblem::NotAToken), "{scan}");
        }
    }
}
