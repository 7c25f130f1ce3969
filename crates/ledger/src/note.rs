//! Signed notes: C2SP `signed-note` with Ed25519 (signature type `0x01`). Owns the text form of keys and signatures;
//! never makes a key (the seed is handed in) and never says what a text means.
//!
//! A note is a text that ends in a line feed, an empty line, and signature lines: em dash, blank, key name, blank, base64
//! over the key's id and the signature, line feed. The id is the first four bytes of SHA-256 over name, line feed,
//! `0x01` and the public key.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::hex;

const ED25519: u8 = 1;
const ID: usize = 4;
/// More signatures than this are refused, as the form advises.
const MOST_SIGNATURES: usize = 16;

/// An Ed25519 public key, 32 bytes. Its text is 64 lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// What people compare: the first 16 bytes of SHA-256 over the key, as eight groups of four hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(self.0).into();
        let groups: Vec<String> = digest[..16].chunks(2).map(hex::encode).collect();
        groups.join(" ")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex::encode(&self.0))
    }
}

/// Text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteKeyError {
    /// Names are not empty and have neither blanks nor `+`.
    #[error("a key's name has neither blanks nor '+', and is not empty")]
    Name,
    /// Not `NAME+ID+KEY`.
    #[error("a verifier key is NAME+ID+KEY: a name, 8 lower-case hex digits, and base64")]
    Form,
    /// The id belongs to another key.
    #[error("the id in the verifier key is not that of its key")]
    Id,
}

/// Checks notes: a name and the public key that goes with it. Its text is the verifier key, `NAME+ID+KEY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    public: PublicKey,
}

impl NoteKey {
    /// A key under a name.
    ///
    /// # Errors
    /// [`NoteKeyError::Name`].
    pub fn new(name: &str, public: PublicKey) -> Result<Self, NoteKeyError> {
        let is_refused = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if name.is_empty() || name.contains(is_refused) {
            return Err(NoteKeyError::Name);
        }
        Ok(Self { name: name.to_owned(), public })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its public key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.public
    }

    fn id(&self) -> [u8; ID] {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_bytes());
        hasher.update([b'\n', ED25519]);
        hasher.update(self.public.0);
        let digest: [u8; 32] = hasher.finalize().into();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// The text of `note`, if this key signed it.
    ///
    /// # Errors
    /// [`NoteError`]; the text must not be looked at then.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let parsed = Note::parse(note)?;
        let id = self.id();
        let mut is_signed = false;
        let ours = parsed.signatures.iter().filter(|line| line.name == self.name && line.id == id);
        for line in ours {
            self.check(parsed.text, &line.signature)?;
            is_signed = true;
        }
        if is_signed { Ok(parsed.text) } else { Err(NoteError::NotSigned { name: self.name.clone() }) }
    }

    fn check(&self, text: &str, signature: &[u8]) -> Result<(), NoteError> {
        let wrong = || NoteError::WrongSignature { name: self.name.clone() };
        let key = VerifyingKey::from_bytes(&self.public.0).map_err(|_| wrong())?;
        let signature = Signature::from_slice(signature).map_err(|_| wrong())?;
        key.verify_strict(text.as_bytes(), &signature).map_err(|_| wrong())
    }
}

impl fmt::Display for NoteKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[ED25519], self.public.0.as_slice()].concat());
        write!(out, "{}+{}+{key}", self.name, hex::encode(&self.id()))
    }
}

impl FromStr for NoteKey {
    type Err = NoteKeyError;

    fn from_str(text: &str) -> Result<Self, NoteKeyError> {
        let mut parts = text.splitn(3, '+');
        let (name, id, key) = (parts.next(), parts.next(), parts.next());
        let (Some(name), Some(id), Some(key)) = (name, id, key) else { return Err(NoteKeyError::Form) };
        let bytes = STANDARD.decode(key).map_err(|_| NoteKeyError::Form)?;
        let [ED25519, public @ ..] = bytes.as_slice() else { return Err(NoteKeyError::Form) };
        let public = PublicKey(public.try_into().map_err(|_| NoteKeyError::Form)?);
        let read = Self::new(name, public)?;
        let id = hex::decode(id).ok_or(NoteKeyError::Form)?;
        if id == read.id() { Ok(read) } else { Err(NoteKeyError::Id) }
    }
}

/// Signs notes. No Debug: the seed never reaches a trace line; it is wiped when this is dropped.
#[derive(Clone)]
pub struct NoteSigner(SigningKey);

impl NoteSigner {
    /// The key pair of a secret seed of 32 random bytes (RFC 8032).
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// `text` as a note, signed under `name`.
    ///
    /// # Errors
    /// A name that no key may have; [`NoteError::Form`] for a text that does not end in a line feed or holds other
    /// control characters.
    pub fn sign(&self, name: &str, text: &str) -> Result<String, NoteError> {
        let key = NoteKey::new(name, self.public()).map_err(NoteError::Name)?;
        if !text.ends_with('\n') || has_controls(text) {
            return Err(NoteError::Form);
        }
        let signature = self.0.sign(text.as_bytes()).to_bytes();
        let line = STANDARD.encode([key.id().as_slice(), &signature].concat());
        Ok(format!("{text}\n\u{2014} {name} {line}\n"))
    }
}

/// Why a note is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not text, empty line, signature lines.
    #[error("this is not a signed note")]
    Form,
    /// A name that no key may have.
    #[error(transparent)]
    Name(NoteKeyError),
    /// The key it should be signed with did not.
    #[error("it is not signed by {name}")]
    NotSigned {
        /// The key's name.
        name: String,
    },
    /// The text or the signature was changed.
    #[error("the signature of {name} is not that of this text")]
    WrongSignature {
        /// The key's name.
        name: String,
    },
}

struct Note<'a> {
    text: &'a str,
    signatures: Vec<Line<'a>>,
}

struct Line<'a> {
    name: &'a str,
    id: [u8; ID],
    signature: Vec<u8>,
}

impl<'a> Note<'a> {
    fn parse(note: &'a str) -> Result<Self, NoteError> {
        let end = note.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, lines) = (&note[..=end], &note[end + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Form)?;
        if has_controls(note) || lines.split('\n').count() > MOST_SIGNATURES {
            return Err(NoteError::Form);
        }
        let signatures = lines.split('\n').map(Line::parse).collect::<Option<_>>();
        Ok(Self { text, signatures: signatures.ok_or(NoteError::Form)? })
    }
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let (id, signature) = bytes.split_at_checked(ID)?;
        let is_whole = !name.is_empty() && !signature.is_empty();
        is_whole.then_some(Self { name, id: id.try_into().ok()?, signature: signature.to_vec() })
    }
}

fn has_controls(text: &str) -> bool {
    text.chars().any(|c| c < ' ' && c != '\n')
}
