//! The site's secret keys: the pepper of code hashes, the key that seals outbox rows, and what follows from both: the
//! signer of the ledger. In a 0600 file, never in the database, a backup in the clear, or an event.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use vestibule_core::code::{CodeHash, CodeHasher};
use vestibule_ledger::NoteSigner;
use zeroize::Zeroizing;

const LENGTH: usize = 32;

/// The keys of one site. No Debug: they never reach a trace line.
#[derive(Clone)]
pub struct Keys {
    pepper: [u8; LENGTH],
    outbox: [u8; LENGTH],
    /// Made when it is first asked for.
    signer: OnceLock<NoteSigner>,
}

/// Why keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("key file {path}: {source}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Others can read it.
    #[error("key file {0} can be read by others; run: chmod 600 {0}")]
    Open(String),
    /// It is not a key file.
    #[error("key file {0} is damaged: it must be 64 bytes; restore it from a backup (vestibule restore)")]
    Damaged(String),
}

impl Keys {
    /// Fresh keys from the operating system.
    pub fn generate() -> Self {
        Self { pepper: fresh_bytes(), outbox: fresh_bytes(), signer: OnceLock::new() }
    }

    /// Keys from their 64 bytes, as a restored backup holds them.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (pepper, outbox) = bytes.split_at_checked(LENGTH)?;
        let (pepper, outbox) = (pepper.try_into().ok()?, outbox.try_into().ok()?);
        Some(Self { pepper, outbox, signer: OnceLock::new() })
    }

    /// The 64 bytes, to be sealed into a backup.
    pub fn to_bytes(&self) -> [u8; 2 * LENGTH] {
        let mut bytes = [0; 2 * LENGTH];
        bytes[..LENGTH].copy_from_slice(&self.pepper);
        bytes[LENGTH..].copy_from_slice(&self.outbox);
        bytes
    }

    /// Reads the key file; never makes one.
    ///
    /// # Errors
    /// No such file, one that others can read, or that is not a key file.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let bytes = std::fs::read(path).map_err(|source| io(path, source))?;
        refuse_open_mode(path)?;
        Self::from_bytes(&bytes).ok_or_else(|| KeyError::Damaged(path.display().to_string()))
    }

    /// Reads the key file, or makes one.
    ///
    /// # Errors
    /// A file that others can read, or that is not a key file.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
        match Self::load(path) {
            Err(KeyError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                let keys = Self::generate();
                keys.save(path)?;
                Ok(keys)
            }
            loaded => loaded,
        }
    }

    /// Writes the key file, durable before it returns. Under its name there is never a part of it: power that fails
    /// meanwhile leaves the keys of before, or none, and a draft that nobody reads.
    ///
    /// # Errors
    /// What the file system says.
    pub fn save(&self, path: &Path) -> Result<(), KeyError> {
        replace(path, &self.to_bytes()).map_err(|source| io(path, source))
    }

    /// Seals text for the outbox: nonce and ciphertext.
    pub fn seal(&self, text: &str) -> Vec<u8> {
        seal_with(&self.outbox, text.as_bytes())
    }

    /// Opens what [`Self::seal`] sealed. None: it was sealed under other keys or changed.
    pub fn unseal(&self, sealed: &[u8]) -> Option<String> {
        String::from_utf8(unseal_with(&self.outbox, sealed)?).ok()
    }

    /// Signs the ledger's checkpoints and packs of evidence. Its seed follows from the key file, so the pair is made with the
    /// keys at the first start, stays with them in a backup, and comes back with them.
    pub fn note_signer(&self) -> NoteSigner {
        let made = self.signer.get_or_init(|| {
            let bytes = Zeroizing::new(self.to_bytes());
            let seed = Zeroizing::new(hmac(bytes.as_slice(), &[b"vestibule/ledger-signer/1"]));
            NoteSigner::from_seed(&seed)
        });
        made.clone()
    }

    /// A key for one purpose, derived from a secret that is not stored (a link's token).
    pub fn derive(purpose: &str, secret: &str) -> [u8; LENGTH] {
        hmac(secret.as_bytes(), &[b"vestibule/derive/1", purpose.as_bytes()])
    }
}

/// Seals under a 256-bit key with a fresh nonce in front.
pub fn seal_with(key: &[u8; LENGTH], plain: &[u8]) -> Vec<u8> {
    let nonce: [u8; 12] = fresh_bytes();
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher.encrypt(&Nonce::from(nonce), plain).expect("short texts can always be sealed");
    [nonce.as_slice(), &sealed].concat()
}

/// Opens what [`seal_with`] sealed.
pub fn unseal_with(key: &[u8; LENGTH], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(12)?;
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    ChaCha20Poly1305::new(&Key::from(*key)).decrypt(&Nonce::from(nonce), sealed).ok()
}

/// Bytes from the operating system's generator.
pub fn fresh_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; LENGTH] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
        mac.update(&[0]);
    }
    mac.finalize().into_bytes().into()
}

impl CodeHasher for Keys {
    fn hash(&self, purpose: &str, text: &str) -> CodeHash {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.pepper).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        CodeHash(mac.finalize().into_bytes().into())
    }
}

/// Writes a file for this account alone, durable before it returns. Under its name there is never a part of it.
///
/// # Errors
/// What the file system says; the file of before is whole then.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = draft_of(path);
    // A draft that was left over may have another mode: it is made anew.
    match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Where a file is written before it gets its name.
fn draft_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".draft");
    path.with_file_name(name)
}

fn refuse_open_mode(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_err(|source| io(path, source))?.permissions().mode();
    if mode & 0o077 != 0 { Err(KeyError::Open(path.display().to_string())) } else { Ok(()) }
}

fn io(path: &Path, source: std::io::Error) -> KeyError {
    KeyError::Io { path: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_the_file_and_refuse_open_modes() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        assert!(
            matches!(Keys::load(&path), Err(KeyError::Io { .. })) && !path.exists(),
            "a look makes nothing"
        );
        let keys = Keys::load_or_create(&path).unwrap();
        let sealed = keys.seal("482913905");
        assert_eq!(Keys::load_or_create(&path).unwrap().unseal(&sealed).as_deref(), Some("482913905"));
        assert_eq!(Keys::generate().unseal(&sealed), None);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Keys::load_or_create(&path), Err(KeyError::Open(_))));
    }

    #[test]
    fn the_ledgers_signer_comes_back_with_the_keys_and_is_nobody_elses() {
        let keys = Keys::generate();
        let restored = Keys::from_bytes(&keys.to_bytes()).unwrap();
        assert_eq!(restored.note_signer().public(), keys.note_signer().public());
        let mut other = keys.to_bytes();
        for at in [0, 63] {
            other[at] ^= 1;
            let other = Keys::from_bytes(&other).unwrap();
            assert_ne!(other.note_signer().public(), keys.note_signer().public());
        }
    }

    #[test]
    fn power_that_fails_at_the_very_first_start_leaves_nothing_that_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let part = &Keys::generate().to_bytes()[..17];
        std::fs::write(draft_of(&path), part).unwrap();
        std::fs::set_permissions(draft_of(&path), std::fs::Permissions::from_mode(0o644)).unwrap();
        let keys = Keys::load_or_create(&path).unwrap();
        assert!(!draft_of(&path).exists(), "the draft became the key file");
        assert_eq!(std::fs::read(&path).unwrap(), keys.to_bytes());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn keys_that_cannot_be_written_whole_leave_the_ones_of_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let before = Keys::load_or_create(&path).unwrap();
        // A folder stands where the draft would be: the write fails before anything has its name.
        std::fs::create_dir(draft_of(&path)).unwrap();
        assert!(matches!(Keys::generate().save(&path), Err(KeyError::Io { .. })));
        assert_eq!(Keys::load_or_create(&path).unwrap().to_bytes(), before.to_bytes());
    }
}
