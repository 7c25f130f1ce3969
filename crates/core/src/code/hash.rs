//! What is kept of a code: a keyed hash.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use subtle::ConstantTimeEq;

/// HMAC-SHA256 of a code under the site's pepper. Useless without the pepper, which is in no event and no database.
#[derive(Clone, Copy, PartialOrd, Ord)]
pub struct CodeHash(pub [u8; 32]);

impl PartialEq for CodeHash {
    /// In constant time, so that the answer's delay tells nothing.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for CodeHash {}

impl fmt::Debug for CodeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeHash(..)")
    }
}

impl Serialize for CodeHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(64);
        for byte in self.0 {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for CodeHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("a code hash is 64 hexadecimal digits");
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}

/// The site's pepper as a function. A pure function of its inputs; the shell holds the key.
pub trait CodeHasher {
    /// HMAC-SHA256 over `purpose`, a zero byte and `text`.
    fn hash(&self, purpose: &str, text: &str) -> CodeHash;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_sixty_four_hexadecimal_digits_and_is_not_shown() {
        let hash = CodeHash([0xA7; 32]);
        let json = serde_json::to_string(&hash).unwrap();
        assert_eq!(json, format!("\"{}\"", "a7".repeat(32)));
        assert_eq!(serde_json::from_str::<CodeHash>(&json).unwrap(), hash);
        assert_eq!(format!("{hash:?}"), "CodeHash(..)");
    }

    #[test]
    fn what_is_no_hash_is_refused_in_words() {
        for text in ["", "a7", &"a7".repeat(33), &"\u{e9}".repeat(32), &"g7".repeat(32), &"+7".repeat(32)] {
            let refused = serde_json::from_str::<CodeHash>(&format!("\"{text}\"")).unwrap_err();
            assert!(refused.to_string().contains("64 hexadecimal digits"), "{text}: {refused}");
        }
    }
}
