//! The head file: the newest durable event, kept beside the database or on another disk. A database older than it was
//! rolled back (an old disk image, a restored copy), and the site then begins a new epoch (I7, I12).
//!
//! It is written after the commit and flushed at most every second, so it may lag behind the database and is never
//! ahead of it unless the database lost something.

use super::StoreError;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vestibule_ledger::Head;

const LENGTH: usize = 160;
const FLUSHED_EVERY: Duration = Duration::from_secs(1);

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
    file: File,
    path: PathBuf,
    flushed: Instant,
    dirty: bool,
}

impl HeadFile {
    /// Opens or creates it, and reads what it says. A file that is empty or torn says nothing.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(path: &Path) -> Result<(Self, Option<Noted>), StoreError> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|source| StoreError::Io { path: path.display().to_string(), source })?;
        let mut bytes = [0; LENGTH];
        let noted = match file.read_exact_at(&mut bytes, 0) {
            Ok(()) => std::str::from_utf8(&bytes).ok().and_then(parse),
            Err(_) => None,
        };
        Ok((Self { file, path: path.to_owned(), flushed: Instant::now(), dirty: false }, noted))
    }

    /// Notes the newest event. One write of one small record; flushed at most every second.
    ///
    /// # Errors
    /// What the file system says.
    pub fn note(&mut self, head: &Head, boot: u32) -> Result<(), StoreError> {
        let text = format!("{head} {boot}");
        let line = format!("{text:<width$}\n", width = LENGTH - 1);
        self.file.write_all_at(line.as_bytes(), 0).map_err(|source| self.error(source))?;
        self.dirty = true;
        if self.flushed.elapsed() >= FLUSHED_EVERY { self.flush() } else { Ok(()) }
    }

    /// Makes the last note durable.
    ///
    /// # Errors
    /// What the file system says.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if self.dirty {
            self.file.sync_data().map_err(|source| self.error(source))?;
            self.dirty = false;
            self.flushed = Instant::now();
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
    use vestibule_ledger::SiteKey;

    #[test]
    fn remembers_the_newest_and_ignores_a_torn_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("head");
        let head = Head::genesis(&SiteKey::new("maple-court").unwrap());
        let (mut file, noted) = HeadFile::open(&path).unwrap();
        assert_eq!(noted, None);
        file.note(&head, 3).unwrap();
        drop(file);
        assert_eq!(HeadFile::open(&path).unwrap().1, Some(Noted { head, boot: 3 }));
        std::fs::write(&path, b"1/7/").unwrap();
        assert_eq!(HeadFile::open(&path).unwrap().1, None);
    }
}
