//! Backup and restore: one file with the database, taken while the site runs, and the keys sealed under a passphrase.
//!
//! The file, in order: the line `vestibule backup 1`, one line of JSON ([`Contents`]), the sealed keys, the database, and
//! the SHA-256 of everything before it. The database in it has no outbox secrets, kept answers, sessions, one-time links
//! or link pages: a stolen backup opens nothing, and without the passphrase it verifies nothing either.
//!
//! Owns: the form of that file. Never: decides what a new epoch means; core does.

mod file;

pub use file::{Contents, read_contents};

use crate::assembly::{AssemblyError, FolderLock, KEYS, SitePlace};
use crate::clock::Moment;
use crate::keys::{Keys, fresh_bytes, seal_with, unseal_with};
use crate::store::connection::schema;
use crate::store::{DATABASE, StoreError};
use crate::writer::{Incoming, Writer};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vestibule_core::Observation;
use zeroize::Zeroizing;

/// Pages copied between two looks at the clock; a writer waits no longer than for these.
const PAGES_AT_ONCE: i32 = 256;
/// Argon2id of a passphrase: 64 MiB, three passes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Why a backup or restore did not happen; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no backup, or was cut short or changed.
    #[error("{path} is not a whole backup: {why}; take another copy of it")]
    Damaged {
        /// Which.
        path: String,
        /// What was found.
        why: String,
    },
    /// The passphrase opens nothing.
    #[error("the passphrase does not open this backup")]
    Passphrase,
    /// There is no site in the folder.
    #[error("there is no site in {0}; name its folder with --data or --config")]
    NoSite(String),
    /// SQLite.
    #[error("the database could not be copied: {0}")]
    Database(#[from] rusqlite::Error),
    /// The restored site does not open.
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
    /// Its store does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a backup of the site in `folder` to `to`, which must not exist. `progress` hears pages done and pages in all.
///
/// # Errors
/// See [`BackupError`]; no file is left behind.
pub fn back_up(
    folder: &Path,
    to: &Path,
    passphrase: &str,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Contents, BackupError> {
    let database = folder.join(DATABASE);
    if !database.exists() {
        return Err(BackupError::NoSite(folder.display().to_string()));
    }
    let key_file = folder.join(KEYS);
    // A backup with fresh keys would look whole, and no code in it would ever work again.
    std::fs::metadata(&key_file).map_err(|source| io(&key_file, source))?;
    let keys = Keys::load_or_create(&key_file).map_err(AssemblyError::from)?;
    let copy = TemporaryCopy(beside(to, "database"));
    let contents = copy_database(&database, &copy.0, progress)?;
    let salt: [u8; 16] = fresh_bytes();
    let sealed = seal_with(&stretch(passphrase, &salt), &keys.to_bytes());
    let contents = Contents { salt: hex(&salt), sealed_keys: sealed.len() as u64, ..contents };
    file::write(to, &contents, &sealed, &copy.0)?;
    Ok(contents)
}

/// Puts a backup into `place`, under a new epoch: all codes die and are sent anew, and every compartment no sensor shows
/// empty goes to *check*. A database that is there already is moved aside, never overwritten.
///
/// # Errors
/// See [`BackupError`]; before passphrase and checksum are found right and its tables are known, nothing is changed.
pub fn restore(
    from: &Path,
    place: &SitePlace,
    passphrase: &str,
    moment: Moment,
) -> Result<Restored, BackupError> {
    let (contents, sealed) = file::verify(from)?;
    let salt = unhex(&contents.salt).ok_or_else(|| damaged(from, "its salt is not hex"))?;
    let plain = unseal_with(&stretch(passphrase, &salt), &sealed).map(Zeroizing::new);
    let keys = plain.as_deref().and_then(|bytes| Keys::from_bytes(bytes)).ok_or(BackupError::Passphrase)?;
    let _lock = FolderLock::take(&place.folder).map_err(AssemblyError::from)?;
    let database = place.folder.join(DATABASE);
    let unpacked = TemporaryCopy(beside(&database, "restored"));
    file::extract_database(from, &contents, &unpacked.0)?;
    schema::know(&Connection::open_with_flags(&unpacked.0, OpenFlags::SQLITE_OPEN_READ_ONLY)?)?;
    let moved = move_aside(&place.folder)?;
    std::fs::rename(&unpacked.0, &database).map_err(|source| io(&database, source))?;
    keys.save(&place.folder.join(KEYS)).map_err(AssemblyError::from)?;
    let epoch = begin_new_epoch(place, keys, (contents.epoch, moment))?;
    Ok(Restored { epoch, contents, moved })
}

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// The epoch the site lives in now.
    pub epoch: u32,
    /// What the backup was of.
    pub contents: Contents,
    /// Where the database that was there lies now.
    pub moved: Option<PathBuf>,
}

fn begin_new_epoch(place: &SitePlace, keys: Keys, (old, moment): (u32, Moment)) -> Result<u32, BackupError> {
    let (mut writer, _) = Writer::open(place.store_options()?, Arc::new(keys), moment)?;
    // A head file that knows of later events has raised it already.
    if writer.site().epoch <= old {
        let epoch = old + 1;
        writer.step(vec![Incoming::Observe(Observation::EpochRaised { epoch })], moment)?;
    }
    Ok(writer.site().epoch)
}

fn copy_database(
    from: &Path,
    to: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Contents, BackupError> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    source.busy_timeout(std::time::Duration::from_secs(10))?;
    // Of tables it does not know, it does not know either what in them is secret.
    schema::know(&source)?;
    let mut copy = Connection::open(to)?;
    {
        let backup = Backup::new(&source, &mut copy)?;
        loop {
            let step = backup.step(PAGES_AT_ONCE)?;
            let pages = backup.progress();
            let total = u64::try_from(pages.pagecount).unwrap_or(0);
            progress(total.saturating_sub(u64::try_from(pages.remaining).unwrap_or(0)), total);
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::yield_now(),
            }
        }
    }
    copy.pragma_update(None, "secure_delete", true)?;
    copy.execute_batch(
        "UPDATE outbox SET sealed = NULL;
         DELETE FROM answer; DELETE FROM staff_session; DELETE FROM one_time_link; DELETE FROM link_page;
         DELETE FROM sign_in_miss;",
    )?;
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.execute_batch("VACUUM")?;
    let contents = contents_of(&copy)?;
    drop(copy);
    let size = std::fs::metadata(to).map_err(|source| io(to, source))?.len();
    Ok(Contents { database: size, ..contents })
}

fn contents_of(connection: &Connection) -> Result<Contents, BackupError> {
    let site = connection.query_row("SELECT value FROM meta WHERE key = 'site'", [], |row| row.get(0))?;
    let newest =
        "SELECT coalesce(max(seq), 0), coalesce(max(epoch), 1), coalesce(max(recorded_at), 0) FROM event";
    let (seq, epoch, recorded_at) =
        connection.query_row(newest, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(Contents { site, epoch, seq, recorded_at, salt: String::new(), sealed_keys: 0, database: 0 })
}

fn move_aside(folder: &Path) -> Result<Option<PathBuf>, BackupError> {
    if !folder.join(DATABASE).exists() {
        return Ok(None);
    }
    let aside = (1..).map(|n| folder.join(format!("before-restore-{n}"))).find(|path| !path.exists());
    let aside = aside.expect("there is always a higher number");
    std::fs::create_dir(&aside).map_err(|source| io(&aside, source))?;
    for name in [DATABASE.to_owned(), format!("{DATABASE}-wal"), format!("{DATABASE}-shm"), KEYS.to_owned()] {
        let path = folder.join(&name);
        if path.exists() {
            std::fs::rename(&path, aside.join(&name)).map_err(|source| io(&path, source))?;
        }
    }
    Ok(Some(aside))
}

fn stretch(passphrase: &str, salt: &[u8]) -> Zeroizing<[u8; 32]> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).expect("fixed and within bounds");
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .expect("a salt of 16 bytes and a key of 32 are within bounds");
    key
}

/// A copy that holds personal data and must not be left behind.
struct TemporaryCopy(PathBuf);

impl Drop for TemporaryCopy {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{ending}-{}", std::process::id()));
    path.with_file_name(name)
}

fn io(path: &Path, source: std::io::Error) -> BackupError {
    BackupError::Io { path: path.display().to_string(), source }
}

fn damaged(path: &Path, why: &str) -> BackupError {
    BackupError::Damaged { path: path.display().to_string(), why: why.to_owned() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (text.len().is_multiple_of(2)).then(|| (0..text.len()).step_by(2).map(pair).collect())?
}
