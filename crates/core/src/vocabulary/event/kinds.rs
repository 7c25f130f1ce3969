//! How a list of facts becomes [`super::Event`] with its kinds as the envelope has them.

macro_rules! events {
    ($($(#[$doc:meta])* $kind:literal $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? }),* $(,)?) => {
        /// One fact.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "kind")]
        pub enum Event {
            $($(#[$doc])* #[serde(rename = $kind)] $name { $($(#[$fdoc])* $field: $type),* }),*
        }
        impl Event {
            /// Every kind, for the tests that freeze them.
            pub const KINDS: &'static [&'static str] = &[$($kind),*];
            /// The kind as written into the ledger's envelope.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$name { $($field: _),* } => $kind),* }
            }
        }
    };
}

pub(super) use events;
