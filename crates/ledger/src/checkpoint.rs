//! A checkpoint: what a ledger was at one size, signed (I8). Owns the text, C2SP `tlog-checkpoint`; never makes one by
//! itself and never keeps one.
//!
//! The text has three lines: the origin, the number of events, the Merkle root in base64. The origin is
//! `vestibule/SITE/EPOCH`, and so is the name of the key. Each epoch is a log of its own to whoever watches it: a
//! restored site has lost events, so what it signs from then on need not go on from what it had signed. All checkpoints
//! of one epoch are consistent with each other, and the tree always begins with the site's first event.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{Hash, NoteError, NoteKey, NoteKeyError, NoteSigner, PublicKey, SiteKey};

const ORIGIN: &str = "vestibule";

/// The root of a site's ledger at one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose ledger.
    pub site: SiteKey,
    /// Epoch of the last event it covers.
    pub epoch: u32,
    /// How many events: those with seq 1 to this.
    pub size: u64,
    /// The root of their Merkle tree.
    pub root: Hash,
}

/// Why a text is no checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The key's name is no origin.
    #[error(transparent)]
    Key(#[from] NoteKeyError),
    /// Not the three lines, or not as they are written.
    #[error("this is not a checkpoint: vestibule/SITE/EPOCH, a number of events and a root in base64")]
    Form,
}

impl Checkpoint {
    /// The origin of what `site` signs in `epoch`: the first line, and the name of the key.
    #[must_use]
    pub fn origin_of(site: &SiteKey, epoch: u32) -> String {
        format!("{ORIGIN}/{site}/{epoch}")
    }

    /// The key that checks what `site` signs in `epoch`.
    ///
    /// # Panics
    /// Never: a site key has only characters that a name may have.
    #[must_use]
    pub fn key_of(site: &SiteKey, epoch: u32, public: PublicKey) -> NoteKey {
        NoteKey::new(&Self::origin_of(site, epoch), public).expect("an origin is a name")
    }

    /// The signed text of the three lines.
    #[must_use]
    pub fn text(&self) -> String {
        let origin = Self::origin_of(&self.site, self.epoch);
        format!("{origin}\n{}\n{}\n", self.size, STANDARD.encode(self.root.0))
    }

    /// As a signed note.
    ///
    /// # Panics
    /// Never: its text and its origin have the form of a note.
    #[must_use]
    pub fn sign(&self, signer: &NoteSigner) -> String {
        let origin = Self::origin_of(&self.site, self.epoch);
        signer.sign(&origin, &self.text()).expect("three lines are a note's text")
    }

    /// The checkpoint in `note`, if `public` signed it under the checkpoint's own origin.
    ///
    /// # Errors
    /// [`CheckpointError`]: nothing of it may be believed.
    pub fn open(note: &str, public: PublicKey) -> Result<Self, CheckpointError> {
        let origin = note.lines().next().unwrap_or_default();
        let text = NoteKey::new(origin, public)?.open(note)?;
        Self::parse(text)
    }

    /// Reads the text; every other spelling of it is refused.
    ///
    /// # Errors
    /// [`CheckpointError::Form`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let parsed = Self::read(text).ok_or(CheckpointError::Form)?;
        if parsed.text() == text { Ok(parsed) } else { Err(CheckpointError::Form) }
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let (site, epoch) = origin.strip_prefix(ORIGIN)?.strip_prefix('/')?.split_once('/')?;
        Some(Self {
            site: SiteKey::new(site).ok()?,
            epoch: epoch.parse().ok()?,
            size: size.parse().ok()?,
            root: Hash(STANDARD.decode(root).ok()?.try_into().ok()?),
        })
    }
}
