//! Opaque tokens: 256 bits from the operating system, handed out once, stored as a digest.

use crate::keys::fresh_bytes;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A fresh token, safe in cookies and addresses.
pub(super) fn fresh() -> String {
    URL_SAFE_NO_PAD.encode(fresh_bytes::<32>())
}

/// What is stored of a token.
pub(super) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
