//! The head file: the newest durable event, kept beside the database or on another disk. A database older than it was
//! rolled back (an old disk image, a restored copy), and the site then begins a new epoch (I7, I12).
//!
//! It is written after the commit and flushed at most every second, so it may lag behind the database and is never
//! ahead of it unless the database lost something.

use super::StoreError;
use super::machine::{Machine, RecordFile};
use crate::clock::Moment;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use vestibule_ledger::Head;

const LENGTH: usize = 160;
const FLUSHED_EVERY_MS: u64 = 1_000;

/// What the head file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// The newest event it knows.
    pub head: Head,
    /// The newest start it knows.
    pub boot: u32,
}

/// The open head file.
pub struct HeadFile {
    file: Box<dyn RecordFile>,
    path: PathBuf,
    /// On the monotonic clock of the machine.
    flushed_ms: Option<u64>,
    dirty: bool,
}

impl HeadFile {
    /// Opens or creates it, and reads what it says. A file that is empty or torn says nothing.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(path: &Path, machine: &dyn Machine) -> Result<(Self, Option<Noted>), StoreError> {
        let mut file = machine
            .open_record(path)
            .map_err(|source| StoreError::Io { path: path.display().to_string(), source })?;
        let mut bytes = [0; LENGTH];
        let noted = match file.read(&mut bytes) {
            Ok(()) => std::str::from_utf8(&bytes).ok().and_then(parse),
            Err(_) => None,
        };
        Ok((Self { file, path: path.to_owned(), flushed_ms: None, dirty: false }, noted))
    }

    /// Notes the newest event. One write of one small record; flushed at most every second.
    ///
    /// # Errors
    /// What the file system says.
    pub fn note(&mut self, head: &Head, boot: u32, moment: Moment) -> Result<(), StoreError> {
        if vestibule_core::planted::is_planted("head-not-noted") {
            return Ok(());
        }
        let text = format!("{head} {boot}");
        let text = format!("{text} {}", sum(&text));
        let line = format!("{text:<width$}\n", width = LENGTH - 1);
        self.file.write(line.as_bytes()).map_err(|source| self.error(source))?;
        self.dirty = true;
        let flushed = *self.flushed_ms.get_or_insert(moment.monotonic_ms);
        if moment.monotonic_ms.saturating_sub(flushed) >= FLUSHED_EVERY_MS {
            self.flush()?;
            self.flushed_ms = Some(moment.monotonic_ms);
        }
        Ok(())
    }

    /// Makes the last note durable.
    ///
    /// # Errors
    /// What the file system says.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if self.dirty {
            self.file.sync().map_err(|source| self.error(source))?;
            self.dirty = false;
        }
        Ok(())
    }

    fn error(&self, source: std::io::Error) -> StoreError {
        StoreError::Io { path: self.path.display().to_string(), source }
    }
}

impl Drop for HeadFile {
    fn drop(&mut self) {
        // Nothing depends on it: a head file that lags is right.
        let _ = self.flush();
    }
}

fn parse(text: &str) -> Option<Noted> {
    let (said, stored) = text.trim_end().rsplit_once(' ')?;
    let (head, boot) = said.split_once(' ').filter(|_| sum(said) == stored)?;
    Some(Noted { head: head.parse().ok()?, boot: boot.parse().ok()? })
}

/// Shows a record that is half the new one and half the old, which would otherwise look like lost events.
fn sum(said: &str) -> String {
    Sha256::digest(said)[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::machine::ThisMachine;
    use vestibule_core::Timestamp;
    use vestibule_ledger::SiteKey;

    #[test]
    fn remembers_the_newest_and_ignores_a_torn_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("head");
        let head = Head::genesis(&SiteKey::new("maple-court").unwrap());
        let (mut file, noted) = HeadFile::open(&path, &ThisMachine).unwrap();
        assert_eq!(noted, None);
        file.note(&head, 3, Moment { wall: Timestamp(0), monotonic_ms: 0 }).unwrap();
        drop(file);
        assert_eq!(HeadFile::open(&path, &ThisMachine).unwrap().1, Some(Noted { head, boot: 3 }));
        let whole = std::fs::read(&path).unwrap();
        for digit in ["1/9", "2/0", "1/1"] {
            std::fs::write(&path, [digit.as_bytes(), &whole[digit.len()..]].concat()).unwrap();
            assert_eq!(
                HeadFile::open(&path, &ThisMachine).unwrap().1,
                None,
                "{digit} and the rest of another"
            );
        }
        std::fs::write(&path, b"1/7/").unwrap();
        assert_eq!(HeadFile::open(&path, &ThisMachine).unwrap().1, None);
    }
}
