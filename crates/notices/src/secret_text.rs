//! A text that must not leave by accident: a PIN, a QR token, a link that reveals a code.
//! It is wiped when dropped; its Debug form says nothing. Reading it is one visible word: `expose`.

use std::fmt;

use zeroize::Zeroizing;

/// A PIN, token or link. No Clone, no Display, no Serialize, on purpose.
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for the message to its owner and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_text() {
        assert_eq!(format!("{:?}", Some(SecretText::new("482913905"))), "Some(SecretText(hidden))");
    }
}
