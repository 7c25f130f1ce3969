//! One event as one line of text, for a file that can be checked far from the site. Owns the form of the
//! line; never reads or writes the file.
//!
//! A line is a JSON object without blanks, its keys in a fixed order: `export` (1, the form of the line),
//! then the fields of the envelope under their own names, then `hash`. Hashes and the payload are
//! lower-case hex, so that every byte survives. An event has exactly one line: [`decode_line`] refuses any
//! other spelling of it, so nothing can hide beside what the hash covers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Envelope, Hash, SiteKey, SiteKeyError, hex};

/// The form of line written here and the only one read.
const EXPORT_FORM: u16 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    export: u16,
    #[serde(borrow)]
    site: Cow<'a, str>,
    epoch: u32,
    seq: u64,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    version: u16,
    occurred_at: i64,
    recorded_at: i64,
    boot_id: u32,
    #[serde(borrow)]
    actor: Cow<'a, str>,
    #[serde(borrow)]
    cause: Cow<'a, str>,
    #[serde(borrow)]
    prev_hash: Cow<'a, str>,
    #[serde(borrow)]
    payload: Cow<'a, str>,
    #[serde(borrow)]
    hash: Cow<'a, str>,
}

/// Why a line is not an event.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Not the JSON object described above, or cut short.
    #[error("the line is not an exported event")]
    Json(#[source] serde_json::Error),
    /// Written by another version.
    #[error("the line has form {found}; this program reads form {EXPORT_FORM}")]
    Form {
        /// The form it names.
        found: u16,
    },
    /// `site` is no site key.
    #[error(transparent)]
    Site(#[from] SiteKeyError),
    /// A field is not lower-case hex of the right length.
    #[error("{field} is not lower-case hex of the right length")]
    Hex {
        /// Which field.
        field: &'static str,
    },
    /// The line says the same as an event, but not in the one way an event is written.
    #[error("the line is not written the one way this event is written")]
    NotCanonical,
}

/// `event` and the hash stored beside it as one line, without a line break.
#[must_use]
pub fn encode_line(event: &Envelope, hash: &Hash) -> String {
    let line = Line {
        export: EXPORT_FORM,
        site: event.site.as_str().into(),
        epoch: event.epoch,
        seq: event.seq,
        kind: event.kind.as_str().into(),
        version: event.version,
        occurred_at: event.occurred_at,
        recorded_at: event.recorded_at,
        boot_id: event.boot_id,
        actor: event.actor.as_str().into(),
        cause: event.cause.as_str().into(),
        prev_hash: event.prev_hash.to_string().into(),
        payload: hex::encode(&event.payload).into(),
        hash: hash.to_string().into(),
    };
    serde_json::to_string(&line).expect("numbers and strings always have a JSON form")
}

/// The event of `text` (one line, without its line break) and the hash stored beside it. The hash is what
/// the line claims: feed both to a [`crate::Verifier`].
///
/// # Errors
/// [`LineError`] for anything that [`encode_line`] would not have written.
pub fn decode_line(text: &str) -> Result<(Envelope, Hash), LineError> {
    let line: Line<'_> = serde_json::from_str(text).map_err(LineError::Json)?;
    if line.export != EXPORT_FORM {
        return Err(LineError::Form { found: line.export });
    }
    let hash = line.hash.parse().map_err(|_| LineError::Hex { field: "hash" })?;
    let event = Envelope {
        site: SiteKey::new(&line.site)?,
        epoch: line.epoch,
        seq: line.seq,
        kind: line.kind.into_owned(),
        version: line.version,
        occurred_at: line.occurred_at,
        recorded_at: line.recorded_at,
        boot_id: line.boot_id,
        actor: line.actor.into_owned(),
        cause: line.cause.into_owned(),
        prev_hash: line.prev_hash.parse().map_err(|_| LineError::Hex { field: "prev_hash" })?,
        payload: hex::decode(&line.payload).ok_or(LineError::Hex { field: "payload" })?,
    };
    if encode_line(&event, &hash) != text {
        return Err(LineError::NotCanonical);
    }
    Ok((event, hash))
}
