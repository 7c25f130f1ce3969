//! A live code on its way to its owner.

/// Text that opens something. Deliberately without Debug, Clone, Display or Serialize: it can only be moved, and is
/// sealed into its outbox row or shown on an explicit reveal.
pub struct Secret(String);

impl Secret {
    /// Wraps a code.
    pub fn new(text: String) -> Self {
        Self(text)
    }
    /// The code itself, for sealing or for an explicit reveal and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
