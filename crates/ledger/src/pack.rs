//! A pack of evidence: some events of a ledger with what shows that they are in it, in files that are checked without the
//! site. Owns what the files are called, the signed manifest and the order of checks; never opens an archive and never
//! reads what people are shown.
//!
//! | file | what |
//! |---|---|
//! | `manifest.txt` | a signed note, key name `vestibule/SITE/pack`: a line with the form, then `SHA-256 LENGTH FILE` for every other file, by name |
//! | `key.txt` | the verifier key of the manifest, and its fingerprint |
//! | `checkpoint.txt` | a signed checkpoint that covers every event |
//! | `events.jsonl` | the events, one exported line each, in the order of seq |
//! | `proofs.txt` | a line for each event: its seq and the hashes of its inclusion proof |
//! | `photos/` | photos, each under its salted hash |
//! | `photos.jsonl` | a line for each photo: the event that names it, and the salt |
//! | any other | what goes with them |
//!
//! A manifest cannot be read as a checkpoint, nor a checkpoint as a manifest: their first lines differ.

mod photos;

pub use photos::{PHOTO_LIST, PHOTOS, PackedPhoto, photos_file};

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::merkle::{leaf, proof};
use crate::{
    Checkpoint, CheckpointError, Hash, LineError, NoteError, NoteKey, NoteKeyError, NoteSigner, PublicKey,
    Sealed, SiteKey, decode_line, encode_line,
};

const FORM: &str = "vestibule evidence pack 1";
/// The signed list of all other files.
pub const MANIFEST: &str = "manifest.txt";
/// The key that signed it, and its fingerprint.
pub const KEY: &str = "key.txt";
/// The signed root of the ledger.
pub const CHECKPOINT: &str = "checkpoint.txt";
/// The events.
pub const EVENTS: &str = "events.jsonl";
/// What leads from each event to the root.
pub const PROOFS: &str = "proofs.txt";

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Something in a pack that is not as it was signed.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {flaw}")]
pub struct PackFault {
    /// In which file.
    pub file: String,
    /// What.
    pub flaw: PackFlaw,
}

/// Everything that can be wrong with a file of a pack.
#[derive(Debug, thiserror::Error)]
pub enum PackFlaw {
    /// It should be there.
    #[error("it is missing")]
    Missing,
    /// Nobody signed it.
    #[error("it is not in the manifest: it was added afterwards")]
    Added,
    /// Not the bytes that were signed.
    #[error("it was changed: it is not what the manifest names")]
    Changed,
    /// It cannot be read as what it must be.
    #[error("it is not written the one way it is written")]
    Form,
    /// The key in the pack is none.
    #[error(transparent)]
    Key(#[from] NoteKeyError),
    /// The key is not the one it should be.
    #[error("the key is {found}, not {expected}")]
    OtherKey {
        /// Fingerprint of the key in the pack.
        found: String,
        /// Fingerprint of the one that was named.
        expected: String,
    },
    /// The manifest is not signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is not signed, or is none.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A checkpoint or an event of another site.
    #[error("it is of another site than the key")]
    OtherSite,
    /// A line is no event.
    #[error("line {line}: {why}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// Why.
        why: LineError,
    },
    /// An event's bytes are not what its hash is of.
    #[error("event {seq} was changed: its bytes are not what its hash is of")]
    Event {
        /// Which.
        seq: u64,
    },
    /// Events twice or out of order.
    #[error("event {seq} is out of order")]
    Order {
        /// Which.
        seq: u64,
    },
    /// The proof does not lead to the root.
    #[error("event {seq} is not shown to be in the ledger")]
    NotIncluded {
        /// Which.
        seq: u64,
    },
    /// The name of a photo is not that of its bytes under the salt in the list.
    #[error("it is not the photo it is named after, or its salt in {PHOTO_LIST} is another")]
    OtherPhoto,
    /// The event does not speak of the photo, or is not in the pack.
    #[error("event {seq} does not name this photo")]
    Unnamed {
        /// Which.
        seq: u64,
    },
    /// A photo without a line.
    #[error("{PHOTO_LIST} does not name it")]
    Unlisted,
}

/// What a pack is of.
#[derive(Debug)]
pub struct Verified {
    /// The key that signed it; what people compare is its fingerprint.
    pub public: PublicKey,
    /// The checkpoint, if it is good.
    pub checkpoint: Option<Checkpoint>,
    /// Good events.
    pub events: u64,
    /// Photos that are the ones these events name.
    pub photos: u64,
    /// Everything that is not as it was signed; empty when all is.
    pub faults: Vec<PackFault>,
}

fn key_name(site: &SiteKey) -> String {
    format!("vestibule/{site}/pack")
}

/// The lines of [`EVENTS`].
#[must_use]
pub fn events_file(events: &[Sealed]) -> Vec<u8> {
    let lines = events.iter().map(|event| encode_line(&event.envelope, &event.hash) + "\n");
    lines.collect::<String>().into_bytes()
}

/// The lines of [`PROOFS`], from seq and inclusion path.
#[must_use]
pub fn proofs_file(proofs: &[(u64, Vec<Hash>)]) -> Vec<u8> {
    let line = |(seq, path): &(u64, Vec<Hash>)| {
        let hashes: String = path.iter().map(|hash| format!(" {hash}")).collect();
        format!("{seq}{hashes}\n")
    };
    proofs.iter().map(line).collect::<String>().into_bytes()
}

/// Adds key and manifest to `files`, which are then a pack.
///
/// # Panics
/// When a name is none that [`is_name`] admits.
pub fn seal(files: &mut Files, site: &SiteKey, signer: &NoteSigner) {
    let name = key_name(site);
    let key = NoteKey::new(&name, signer.public()).expect("a site key has only characters of a name");
    files.insert(KEY.to_owned(), key_file(&key).into_bytes());
    files.remove(MANIFEST);
    assert!(files.keys().all(|file| is_name(file)), "every file has a plain name");
    let text = manifest(files);
    let note = signer.sign(&name, &text).expect("lines of digits and names are a note's text");
    files.insert(MANIFEST.to_owned(), note.into_bytes());
}

/// Names of files in a pack: letters, digits, `.`, `-`, `_`, and `/` between folders; no folder above.
#[must_use]
pub fn is_name(file: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_part = |part: &str| !part.is_empty() && part.chars().all(plain) && !part.starts_with('.');
    file.len() <= 200 && file.split('/').all(is_part)
}

fn key_file(key: &NoteKey) -> String {
    format!("{key}\nfingerprint {}\n", key.public().fingerprint())
}

fn manifest(files: &Files) -> String {
    let line = |(file, bytes): (&String, &Vec<u8>)| {
        format!("{} {} {file}\n", Hash(Sha256::digest(bytes).into()), bytes.len())
    };
    let lines: String = files.iter().filter(|(file, _)| *file != MANIFEST).map(line).collect();
    format!("{FORM}\n{lines}")
}

/// Checks a pack. `expected` is the key it must be signed with, when that is known from elsewhere: the key in the pack alone
/// shows only that all of it is of one hand.
#[must_use]
pub fn verify(files: &Files, expected: Option<&str>) -> Verified {
    let mut verified =
        Verified { public: PublicKey([0; 32]), checkpoint: None, events: 0, photos: 0, faults: Vec::new() };
    let key = match read_key(files) {
        Ok(key) => key,
        Err(flaw) => return verified.and(KEY, flaw),
    };
    verified.public = key.public();
    let fingerprint = key.public().fingerprint();
    if let Some(expected) = expected
        && !is_same(expected, &fingerprint)
        && !is_same(expected, &key.public().to_string())
    {
        let flaw = PackFlaw::OtherKey { found: fingerprint, expected: expected.to_owned() };
        verified = verified.and(KEY, flaw);
    }
    let site = key.name().split('/').nth(1).and_then(|site| SiteKey::new(site).ok());
    let Some(site) = site.filter(|site| key.name() == key_name(site)) else {
        return verified.and(KEY, PackFlaw::Form);
    };
    let listed = match text(files, MANIFEST).and_then(|note| Ok(key.open(note)?)).and_then(read_manifest) {
        Ok(listed) => listed,
        Err(flaw) => return verified.and(MANIFEST, flaw),
    };
    let differing = compare(files, &listed, &mut verified.faults);
    check_contents(files, (&site, key.public()), &differing, &mut verified);
    verified
}

impl Verified {
    fn and(mut self, file: &str, flaw: PackFlaw) -> Self {
        self.fault(file, flaw);
        self
    }

    fn fault(&mut self, file: &str, flaw: PackFlaw) {
        self.faults.push(PackFault { file: file.to_owned(), flaw });
    }
}

/// People type fingerprints with and without blanks.
fn is_same(typed: &str, known: &str) -> bool {
    let digits = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
    };
    digits(typed) == digits(known)
}

fn text<'a>(files: &'a Files, file: &str) -> Result<&'a str, PackFlaw> {
    let bytes = files.get(file).ok_or(PackFlaw::Missing)?;
    std::str::from_utf8(bytes).map_err(|_| PackFlaw::Form)
}

fn read_key(files: &Files) -> Result<NoteKey, PackFlaw> {
    let text = text(files, KEY)?;
    let key: NoteKey = text.lines().next().unwrap_or_default().parse()?;
    if key_file(&key) == text { Ok(key) } else { Err(PackFlaw::Form) }
}

fn read_manifest(text: &str) -> Result<BTreeMap<&str, (Hash, usize)>, PackFlaw> {
    let lines = text.strip_prefix(FORM).and_then(|rest| rest.strip_prefix('\n')).ok_or(PackFlaw::Form)?;
    let read = |line| -> Option<(&str, (Hash, usize))> {
        let mut words = str::splitn(line, 3, ' ');
        let (hash, length, file) = (words.next()?, words.next()?, words.next()?);
        is_name(file).then_some((file, (hash.parse().ok()?, length.parse().ok()?)))
    };
    lines.lines().map(read).collect::<Option<_>>().ok_or(PackFlaw::Form)
}

/// The files that are not what was signed.
fn compare(
    files: &Files,
    listed: &BTreeMap<&str, (Hash, usize)>,
    faults: &mut Vec<PackFault>,
) -> BTreeSet<String> {
    let mut differing = BTreeSet::new();
    let mut note = |file: &str, flaw| {
        differing.insert(file.to_owned());
        faults.push(PackFault { file: file.to_owned(), flaw });
    };
    for (file, (hash, length)) in listed {
        match files.get(*file) {
            None => note(file, PackFlaw::Missing),
            Some(bytes) if bytes.len() != *length || Hash(Sha256::digest(bytes).into()) != *hash => {
                note(file, PackFlaw::Changed);
            }
            Some(_) => {}
        }
    }
    for file in files.keys().filter(|file| *file != MANIFEST && !listed.contains_key(file.as_str())) {
        note(file, PackFlaw::Added);
    }
    differing
}

/// What the files say, as far as they are what was signed; a changed file is only read for where it was changed.
fn check_contents(
    files: &Files,
    (site, public): (&SiteKey, PublicKey),
    differing: &BTreeSet<String>,
    verified: &mut Verified,
) {
    match text(files, CHECKPOINT).and_then(|note| Ok(Checkpoint::open(note, public)?)) {
        Ok(checkpoint) if checkpoint.site == *site => verified.checkpoint = Some(checkpoint),
        Ok(_) => verified.fault(CHECKPOINT, PackFlaw::OtherSite),
        Err(PackFlaw::Missing) if differing.contains(CHECKPOINT) => {}
        Err(flaw) => verified.fault(CHECKPOINT, flaw),
    }
    let events = match text(files, EVENTS).and_then(|lines| read_events(lines, site)) {
        Ok(events) => Some(events),
        Err(PackFlaw::Missing) if differing.contains(EVENTS) => None,
        Err(flaw) => {
            verified.fault(EVENTS, flaw);
            None
        }
    };
    let signed = events.as_deref().filter(|_| !differing.contains(EVENTS));
    verified.photos = photos::check(files, signed, differing, &mut verified.faults);
    let Some(events) = events else { return };
    if [CHECKPOINT, EVENTS, PROOFS].iter().any(|file| differing.contains(*file)) {
        return;
    }
    let Some(checkpoint) = &verified.checkpoint else { return };
    match text(files, PROOFS).and_then(|lines| check_proofs(lines, &events, checkpoint)) {
        Ok(()) => verified.events = events.len() as u64,
        Err(flaw) => verified.fault(PROOFS, flaw),
    }
}

fn read_events(lines: &str, site: &SiteKey) -> Result<Vec<Sealed>, PackFlaw> {
    if !lines.is_empty() && !lines.ends_with('\n') {
        return Err(PackFlaw::Form);
    }
    let mut events: Vec<Sealed> = Vec::new();
    for (line, text) in lines.lines().enumerate() {
        let (envelope, hash) = decode_line(text).map_err(|why| PackFlaw::Line { line: line + 1, why })?;
        let seq = envelope.seq;
        if envelope.hash() != hash {
            return Err(PackFlaw::Event { seq });
        }
        if envelope.site != *site {
            return Err(PackFlaw::OtherSite);
        }
        if events.last().is_some_and(|last| last.envelope.seq >= seq) {
            return Err(PackFlaw::Order { seq });
        }
        events.push(Sealed { envelope, hash });
    }
    Ok(events)
}

fn check_proofs(lines: &str, events: &[Sealed], checkpoint: &Checkpoint) -> Result<(), PackFlaw> {
    let mut proofs = lines.lines();
    for Sealed { envelope, hash } in events {
        let seq = &envelope.seq;
        let mut words = proofs.next().ok_or(PackFlaw::NotIncluded { seq: *seq })?.split(' ');
        let named = words.next().and_then(|word| word.parse::<u64>().ok()).ok_or(PackFlaw::Form)?;
        let path: Option<Vec<Hash>> = words.map(|word| word.parse().ok()).collect();
        let path = path.ok_or(PackFlaw::Form)?;
        let place = (seq.saturating_sub(1), checkpoint.size);
        if named != *seq || !proof::is_included(&leaf(hash), place, &path, &checkpoint.root) {
            return Err(PackFlaw::NotIncluded { seq: *seq });
        }
    }
    if proofs.next().is_some() { Err(PackFlaw::Form) } else { Ok(()) }
}
