//! The head file: the newest durable event, kept beside the database or on another disk. A database older than it was
//! rolled back (an old disk image, a restored copy), and the site then begins a new epoch (I7, I12).
//!
//! It is written after the commit and flushed at most every second, so it may lag behind the database and is never
//! ahead of it unless the database lost something.

use super::StoreError;
use super::machine::{Machine, RecordFile};
use crate::clock::Moment;
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
        let text = format!("{head} {boot}");
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
    let (head, boot) = text.trim_end().split_once(' ')?;
    Some(Noted { head: head.parse().ok()?, boot: boot.trim().parse().ok()? })
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
        std::fs::write(&path, b"1/7/").unwrap();
        assert_eq!(HeadFile::open(&path, &ThisMachine).unwrap().1, None);
    }
}
