//! How a list of facts becomes [`super::Event`] with its kinds as the envelope has them, and how one is read.

use super::Event;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::fmt;

macro_rules! events {
    ($($(#[$doc:meta])* $kind:literal $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? }),* $(,)?) => {
        /// One fact.
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
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

            /// The fields of a fact whose kind is known.
            fn of_kind<'de, D: serde::Deserializer<'de>>(kind: &str, fields: D) -> Result<Self, D::Error> {
                match kind {
                    $($kind => {
                        #[derive(serde::Deserialize)]
                        struct Fields { $($(#[$fdoc])* $field: $type),* }
                        <Fields as serde::Deserialize>::deserialize(fields)
                            .map(|Fields { $($field),* }| Self::$name { $($field),* })
                    })*
                    _ => Err(serde::de::Error::unknown_variant(kind, Self::KINDS)),
                }
            }
        }
    };
}

pub(super) use events;

/// The key of an event's kind, which is written before its fields.
const KIND: &str = "kind";

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KindFirst)
    }
}

/// Reads the kind, then its fields as they come. Replaying a ledger is mostly this, so nothing is put aside to find the kind;
/// only where somebody wrote the keys in another order.
struct KindFirst;

impl<'de> Visitor<'de> for KindFirst {
    type Value = Event;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Event, A::Error> {
        let first: String = map.next_key()?.ok_or_else(|| A::Error::missing_field(KIND))?;
        if first == KIND {
            let kind: String = map.next_value()?;
            return Event::of_kind(&kind, MapAccessDeserializer::new(map));
        }
        let mut fields = serde_json::Map::from_iter([(first, map.next_value()?)]);
        while let Some((key, value)) = map.next_entry()? {
            fields.insert(key, value);
        }
        match fields.remove(KIND) {
            Some(Value::String(kind)) => {
                Event::of_kind(&kind, Value::Object(fields)).map_err(A::Error::custom)
            }
            _ => Err(A::Error::missing_field(KIND)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CompartmentId, OpeningId};

    #[test]
    fn the_kind_may_stand_anywhere() {
        let opened = Event::CompartmentOpened {
            compartment: CompartmentId(3),
            opening: Some(OpeningId(8)),
            key: None,
        };
        for text in [
            r#"{"kind":"compartment-opened","compartment":3,"opening":8}"#,
            r#"{"compartment":3,"kind":"compartment-opened","opening":8}"#,
            r#"{"opening":8,"compartment":3,"kind":"compartment-opened"}"#,
        ] {
            assert_eq!(serde_json::from_str::<Event>(text).expect(text), opened);
        }
    }

    #[test]
    fn without_a_kind_that_is_known_it_is_no_event() {
        for (text, why) in [
            ("{}", "missing field `kind`"),
            (r#"{"compartment":3}"#, "missing field `kind`"),
            (r#"{"kind":"compartment-melted","compartment":3}"#, "unknown variant `compartment-melted`"),
            (r#"{"kind":"compartment-opened"}"#, "missing field `compartment`"),
            (r#"{"compartment":"three","kind":"compartment-opened"}"#, "invalid type"),
        ] {
            let error = serde_json::from_str::<Event>(text).expect_err(text).to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
