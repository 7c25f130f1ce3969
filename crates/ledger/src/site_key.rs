//! The name a site's ledger carries in every event. Never shown as the property's name: that lives in the
//! directory and may change, this may not.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// 1 to 64 characters out of `a-z`, `0-9` and `-`; fixed for the life of a ledger. Cloning is cheap.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteKey(Arc<str>);

/// The text cannot be a site key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a site key is 1 to 64 characters out of a-z, 0-9 and '-'")]
pub struct SiteKeyError;

impl SiteKey {
    /// The longest key, in bytes.
    pub const MAX_LEN: usize = 64;

    /// Checks `text` and takes it as a key.
    ///
    /// # Errors
    /// [`SiteKeyError`] for an empty or too long text or any other character.
    pub fn new(text: &str) -> Result<Self, SiteKeyError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > Self::MAX_LEN || !text.bytes().all(allowed) {
            return Err(SiteKeyError);
        }
        Ok(Self(text.into()))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SiteKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for SiteKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SiteKey({})", self.0)
    }
}

impl FromStr for SiteKey {
    type Err = SiteKeyError;

    fn from_str(text: &str) -> Result<Self, SiteKeyError> {
        Self::new(text)
    }
}
