//! The backup file: written through a temporary name and synced, verified before anything is taken out of it.

use super::{BackupError, beside, damaged, io};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const FIRST_LINE: &str = "vestibule backup 1\n";
const LONGEST_LINE: u64 = 4096;
const SUM: u64 = 32;
const CHUNK: usize = 64 * 1024;

/// What a backup says of itself. No secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// The site's key.
    pub site: String,
    /// Epoch of the newest event.
    pub epoch: u32,
    /// The newest event.
    pub seq: u64,
    /// When it was recorded, site time in ms.
    pub recorded_at: i64,
    /// Salt of the passphrase, hex.
    pub salt: String,
    /// Length of the sealed keys in bytes.
    pub sealed_keys: u64,
    /// Length of the database in bytes.
    pub database: u64,
}

/// Reads what a backup says of itself, without checking the rest.
///
/// # Errors
/// It is no backup.
pub fn read_contents(path: &Path) -> Result<Contents, BackupError> {
    let file = File::open(path).map_err(|source| io(path, source))?;
    head(path, &mut BufReader::new(file)).map(|(contents, _)| contents)
}

fn head(path: &Path, from: &mut impl BufRead) -> Result<(Contents, Vec<u8>), BackupError> {
    let mut bytes = Vec::new();
    let mut line = |bytes: &mut Vec<u8>| {
        let before = bytes.len();
        from.by_ref().take(LONGEST_LINE).read_until(b'\n', bytes).map_err(|source| io(path, source))?;
        Ok::<_, BackupError>(before)
    };
    line(&mut bytes)?;
    if bytes != FIRST_LINE.as_bytes() {
        return Err(damaged(path, "it does not begin like one"));
    }
    let at = line(&mut bytes)?;
    let contents = serde_json::from_slice(&bytes[at..]).map_err(|error| damaged(path, &error.to_string()))?;
    Ok((contents, bytes))
}

pub(super) fn write(
    to: &Path,
    contents: &Contents,
    sealed: &[u8],
    database: &Path,
) -> Result<(), BackupError> {
    if to.exists() {
        let there = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(io(to, there));
    }
    let partial = beside(to, "partial");
    let written = write_whole(&partial, contents, sealed, database)
        .and_then(|()| std::fs::rename(&partial, to))
        .and_then(|()| match to.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
            _ => File::open(".")?.sync_all(),
        });
    written.map_err(|source| {
        let _ = std::fs::remove_file(&partial);
        io(to, source)
    })
}

fn write_whole(to: &Path, contents: &Contents, sealed: &[u8], database: &Path) -> std::io::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    let mut out = Summed { to: std::io::BufWriter::new(file), sum: Sha256::new() };
    out.write_all(FIRST_LINE.as_bytes())?;
    out.write_all(&serde_json::to_vec(contents)?)?;
    out.write_all(b"\n")?;
    out.write_all(sealed)?;
    std::io::copy(&mut File::open(database)?, &mut out)?;
    let Summed { mut to, sum } = out;
    to.write_all(&sum.finalize())?;
    to.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
}

struct Summed<W> {
    to: W,
    sum: Sha256,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

/// Checks the whole file; what it says of itself and the sealed keys.
pub(super) fn verify(path: &Path) -> Result<(Contents, Vec<u8>), BackupError> {
    let file = File::open(path).map_err(|source| io(path, source))?;
    let mut from = BufReader::new(file);
    let (contents, first) = head(path, &mut from)?;
    let mut sum = Sha256::new();
    sum.update(&first);
    let sealed = exactly(path, &mut from, contents.sealed_keys.min(LONGEST_LINE))?;
    sum.update(&sealed);
    let mut left = contents.database;
    let mut chunk = vec![0; CHUNK];
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let count = from.read(&mut chunk[..most]).map_err(|source| io(path, source))?;
        if count == 0 {
            return Err(damaged(path, "it ends too early"));
        }
        sum.update(&chunk[..count]);
        left -= count as u64;
    }
    let stored = exactly(path, &mut from, SUM)?;
    let found: [u8; 32] = sum.finalize().into();
    if stored != found || from.read(&mut [0]).map_err(|source| io(path, source))? != 0 {
        return Err(damaged(path, "its checksum does not hold"));
    }
    Ok((contents, sealed))
}

fn exactly(path: &Path, from: &mut impl Read, count: u64) -> Result<Vec<u8>, BackupError> {
    let mut bytes = Vec::new();
    from.by_ref().take(count).read_to_end(&mut bytes).map_err(|source| io(path, source))?;
    if bytes.len() as u64 == count { Ok(bytes) } else { Err(damaged(path, "it ends too early")) }
}

/// Writes the database of a verified backup to `to`.
pub(super) fn extract_database(path: &Path, contents: &Contents, to: &Path) -> Result<(), BackupError> {
    let file = File::open(path).map_err(|source| io(path, source))?;
    let mut from = BufReader::new(file);
    head(path, &mut from)?;
    exactly(path, &mut from, contents.sealed_keys)?;
    let write = |from: &mut BufReader<File>| -> std::io::Result<()> {
        let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
        std::io::copy(&mut from.take(contents.database), &mut out)?;
        out.sync_all()
    };
    write(&mut from).map_err(|source| io(to, source))
}
