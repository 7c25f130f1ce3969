//! The number on a parcel's label as the rules know it: a keyed mark that tells a second scan, and nothing else.

use crate::code::CodeHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The first 64 bits of the keyed hash of a number. Without the site's key nobody can tell the number from it; two numbers
/// of one day share a mark by chance once in 10^19 pairs, and then a courier is asked a question too many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelMark(u64);

impl LabelMark {
    /// The mark of a number in plain form: capitals and digits.
    pub fn of(hasher: &dyn CodeHasher, number: &str) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = hasher.hash("label", number).0;
        Self(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
    }
}

impl fmt::Debug for LabelMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LabelMark(..)")
    }
}

impl Serialize for LabelMark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{:016x}", self.0))
    }
}

impl<'de> Deserialize<'de> for LabelMark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let is_hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let wrong = || serde::de::Error::custom("the mark of a label is 16 hexadecimal digits");
        let bits = u64::from_str_radix(&text, 16).ok().filter(|_| is_hex);
        bits.map(Self).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::CodeHash;

    struct Keyed(u8);

    impl CodeHasher for Keyed {
        fn hash(&self, purpose: &str, text: &str) -> CodeHash {
            let mut hash = [self.0; 32];
            for (at, byte) in purpose.bytes().chain(text.bytes()).enumerate() {
                hash[at % 8] = hash[at % 8].rotate_left(3) ^ byte;
            }
            CodeHash(hash)
        }
    }

    #[test]
    fn a_mark_depends_on_number_and_key_and_is_not_shown() {
        let mark = LabelMark::of(&Keyed(1), "1Z999AA10123456784");
        assert_eq!(mark, LabelMark::of(&Keyed(1), "1Z999AA10123456784"));
        assert_ne!(mark, LabelMark::of(&Keyed(1), "1Z999AA10123456785"));
        assert_ne!(mark, LabelMark::of(&Keyed(2), "1Z999AA10123456784"));
        assert_eq!(format!("{mark:?}"), "LabelMark(..)");
    }

    #[test]
    fn a_mark_reads_back_and_what_is_none_is_refused_in_words() {
        let json = serde_json::to_string(&LabelMark(0xA7)).unwrap();
        assert_eq!(json, "\"00000000000000a7\"");
        assert_eq!(serde_json::from_str::<LabelMark>(&json).unwrap(), LabelMark(0xA7));
        for text in ["", "a7", "+0000000000000a7", "00000000000000g7", "000000000000000a7"] {
            let refused = serde_json::from_str::<LabelMark>(&format!("\"{text}\"")).unwrap_err();
            assert!(refused.to_string().contains("16 hexadecimal digits"), "{text}: {refused}");
        }
    }
}
