//! Events as bytes: written once, hashed as written, read back for ever.

use super::Event;

impl Event {
    /// The version its payload is written in.
    pub fn version(&self) -> u16 {
        1
    }

    /// The payload: JSON, integers only, written once and hashed as written.
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("events are plain data")
    }

    /// Reads a payload of any version ever written.
    ///
    /// # Errors
    /// What does not decode, with the kind and version it claims.
    pub fn decode(kind: &str, version: u16, payload: &[u8]) -> Result<Self, String> {
        if version != 1 {
            return Err(format!(
                "event kind '{kind}' version {version} is newer than this program; install a newer one"
            ));
        }
        serde_json::from_slice(payload)
            .map_err(|error| format!("event kind '{kind}' version {version}: {error}"))
    }
}
