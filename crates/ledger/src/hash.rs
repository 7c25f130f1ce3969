//! A SHA-256 value as the ledger writes and prints it. Holds no secret and computes nothing by itself.

use std::fmt;
use std::str::FromStr;

use crate::hex;

/// The SHA-256 of an event's preimage, of a site's genesis or of a part of the Merkle tree, 32 bytes. Its text is 64
/// lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

/// The text was not exactly 64 lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 lower-case hex digits")]
pub struct HashError;

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Self, HashError> {
        let bytes = hex::decode(text).ok_or(HashError)?;
        bytes.try_into().map(Hash).map_err(|_| HashError)
    }
}
