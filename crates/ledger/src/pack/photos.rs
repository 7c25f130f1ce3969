//! Photos in a pack. Owns the list that says what each photo's name was salted with, and the check of it; never looks at a
//! picture.
//!
//! A line is a JSON object without blanks, its keys in this order: `file` (`photos/HASH.ENDING`), `seq` of the event that names
//! the photo, `hash`, `salt`, `media` (what the bytes are, in the site's word).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Files, PackFault, PackFlaw, text};
use crate::{Hash, Sealed, hex};

/// Where photos lie, each under its salted hash.
pub const PHOTOS: &str = "photos/";
/// What shows that they are the ones the events name.
pub const PHOTO_LIST: &str = "photos.jsonl";

/// A photo that goes into a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedPhoto {
    /// The event that names it.
    pub seq: u64,
    /// SHA-256 of salt and bytes.
    pub hash: Hash,
    /// What its name was salted with.
    pub salt: [u8; 32],
    /// What its bytes are, in the site's word.
    pub media: String,
    /// How its file's name ends, without the dot.
    pub ending: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    file: String,
    seq: u64,
    hash: String,
    salt: String,
    media: String,
}

impl Line {
    fn text(&self) -> String {
        serde_json::to_string(self).expect("numbers and strings always have a JSON form")
    }
}

impl PackedPhoto {
    /// The name of its file.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{PHOTOS}{}.{}", self.hash, self.ending)
    }
}

/// The lines of [`PHOTO_LIST`].
#[must_use]
pub fn photos_file(photos: &[PackedPhoto]) -> Vec<u8> {
    let line = |photo: &PackedPhoto| {
        let (hash, salt) = (photo.hash.to_string(), hex::encode(&photo.salt));
        Line { file: photo.file(), seq: photo.seq, hash, salt, media: photo.media.clone() }.text() + "\n"
    };
    photos.iter().map(line).collect::<String>().into_bytes()
}

/// Checks the photos, as far as list, photos and events are what was signed; `events` are those of the pack where they are good.
/// How many photos are.
pub(super) fn check(
    files: &Files,
    events: Option<&[Sealed]>,
    differing: &BTreeSet<String>,
    faults: &mut Vec<PackFault>,
) -> u64 {
    let mut note = |file: &str, flaw| faults.push(PackFault { file: file.to_owned(), flaw });
    if differing.contains(PHOTO_LIST) {
        return 0;
    }
    let listed = match text(files, PHOTO_LIST).and_then(read) {
        Ok(listed) => listed,
        // A pack without photos has no list.
        Err(PackFlaw::Missing) => Vec::new(),
        Err(flaw) => {
            note(PHOTO_LIST, flaw);
            return 0;
        }
    };
    let mut good = 0;
    let mut named = BTreeSet::new();
    for (seq, hash, salt, file) in &listed {
        if !named.insert(file.as_str()) {
            note(PHOTO_LIST, PackFlaw::Form);
            continue;
        }
        let is_changed = differing.contains(file);
        match files.get(file) {
            _ if is_changed => {}
            None => note(file, PackFlaw::Missing),
            Some(bytes) if digest(salt, bytes) != *hash => note(file, PackFlaw::OtherPhoto),
            Some(_) if events.is_some_and(|events| !names(events, *seq, hash)) => {
                note(file, PackFlaw::Unnamed { seq: *seq });
            }
            Some(_) => good += 1,
        }
    }
    let is_photo = |file: &&String| file.starts_with(PHOTOS) && !differing.contains(*file);
    for file in files.keys().filter(is_photo).filter(|file| !named.contains(file.as_str())) {
        note(file, PackFlaw::Unlisted);
    }
    good
}

type Listed = (u64, Hash, Vec<u8>, String);

fn read(lines: &str) -> Result<Vec<Listed>, PackFlaw> {
    if !lines.is_empty() && !lines.ends_with('\n') {
        return Err(PackFlaw::Form);
    }
    let one = |text: &str| -> Option<Listed> {
        let line: Line = serde_json::from_str(text).ok().filter(|line: &Line| line.text() == text)?;
        let (hash, salt): (Hash, _) = (line.hash.parse().ok()?, hex::decode(&line.salt)?);
        let is_named = line.file.starts_with(&format!("{PHOTOS}{hash}."));
        (is_named && salt.len() == 32).then_some((line.seq, hash, salt, line.file))
    };
    lines.lines().map(one).collect::<Option<_>>().ok_or(PackFlaw::Form)
}

fn digest(salt: &[u8], bytes: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update(salt).chain_update(bytes).finalize().into())
}

/// Whether that event's bytes hold the hash, as a text in quotes: what else they say is the site's.
fn names(events: &[Sealed], seq: u64, hash: &Hash) -> bool {
    let quoted = format!("\"{hash}\"");
    let of_seq = events.iter().find(|event| event.envelope.seq == seq);
    of_seq.is_some_and(|event| event.envelope.payload.windows(quoted.len()).any(|at| at == quoted.as_bytes()))
}
