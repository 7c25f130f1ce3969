//! The photos of a pack: those of the chosen events that are kept.
//!
//! Owns: which they are, and reading them. Never: decides who may see one; whoever makes a pack asks the rules for each first.

use super::choice::{self, Choice};
use super::{PackError, recorded};
use crate::evidence::photos::{Photo, one, salt};
use crate::evidence::{PhotoFault, PhotoFolder};
use crate::store::load::{one_event, stored_key};
use crate::web::staff::story::Recorded;
use rusqlite::Connection;
use vestibule_core::Event;
use vestibule_ledger::Hash;
use vestibule_ledger::pack::PackedPhoto;

/// More bytes of photos than this are in no pack, so that an archive stays one that is read; the rest is counted as left out.
pub const MOST_PHOTO_BYTES: usize = 256 << 20;
/// More photos than this neither.
pub const MOST_PHOTOS: usize = 5_000;

/// A photo that may be put into a pack, and the event that names it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The photo.
    pub photo: Photo,
    /// The event that names it.
    pub seq: u64,
    salt: [u8; 32],
}

/// A photo with what is in it.
#[derive(Debug, Clone)]
pub struct WholePhoto {
    /// Which.
    pub of: Candidate,
    bytes: Vec<u8>,
}

/// The photos of the chosen events that are kept, in the order of the ledger.
///
/// # Errors
/// See [`PackError`].
pub fn candidates(tables: &Connection, choice: &Choice) -> Result<Vec<Candidate>, PackError> {
    let look = tables.unchecked_transaction()?;
    let site = stored_key(&look)?.ok_or(PackError::Nothing)?;
    let seqs = choice::seqs(&look, choice)?;
    let events =
        seqs.iter().map(|seq| one_event(&look, &site, *seq)).collect::<rusqlite::Result<Vec<_>>>()?;
    of_story(&look, &recorded(&events))
}

/// The same, of events that were read.
pub(super) fn of_story(tables: &Connection, story: &[Recorded]) -> Result<Vec<Candidate>, PackError> {
    let mut kept = Vec::new();
    for recorded in story {
        let Event::PhotoTaken { photo, .. } = &recorded.event else { continue };
        let Some(photo) = one(tables, *photo)?.filter(|photo| photo.gone.is_none()) else { continue };
        let Some(salt) = salt(tables, photo.hash)? else { continue };
        kept.push(Candidate { photo, seq: recorded.seq, salt });
    }
    Ok(kept)
}

/// Reads them from the disk; one that is not there, or not what was recorded, is left out.
pub fn read(candidates: Vec<Candidate>, folder: &PhotoFolder) -> Vec<WholePhoto> {
    let mut left = MOST_PHOTO_BYTES;
    let mut whole = Vec::new();
    for of in candidates.into_iter().take(MOST_PHOTOS) {
        match folder.read(of.photo.hash, of.photo.media, &of.salt) {
            Ok(bytes) if bytes.len() <= left => {
                left -= bytes.len();
                whole.push(WholePhoto { of, bytes });
            }
            Ok(_) => break,
            Err(PhotoFault::Gone) => {}
            Err(fault) => tracing::warn!(%fault, photo = %of.photo.photo, "a photo is not put into a pack"),
        }
    }
    whole
}

impl WholePhoto {
    /// As the list of the pack names it.
    pub(super) fn packed(&self) -> PackedPhoto {
        let Candidate { photo, seq, salt } = &self.of;
        PackedPhoto {
            seq: *seq,
            hash: Hash(photo.hash.0),
            salt: *salt,
            media: photo.media.content_type().to_owned(),
            ending: photo.media.ending().to_owned(),
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
