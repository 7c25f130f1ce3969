//! The name of a photo: a salted hash of its bytes. The salt lies in a table and is erased with the file.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// SHA-256 of salt and bytes. Written as 64 lower-case hexadecimal digits, which are also the name of the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoHash(pub [u8; 32]);

impl fmt::Display for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhotoHash({self})")
    }
}

impl FromStr for PhotoHash {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "the hash of a photo is 64 hexadecimal digits in lower case".to_owned();
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 64 || !text.bytes().all(is_digit) {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for PhotoHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PhotoHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_back_from_what_it_writes_and_from_nothing_else() {
        let hash = PhotoHash([0x0A; 32]);
        assert_eq!(hash.to_string(), "0a".repeat(32));
        assert_eq!(hash.to_string().parse(), Ok(hash));
        let wrong = ["0a".repeat(31), "0A".repeat(32), "0g".repeat(32), format!("../{}", "a".repeat(61))];
        for wrong in wrong {
            assert!(wrong.parse::<PhotoHash>().is_err(), "{wrong}");
        }
    }
}
