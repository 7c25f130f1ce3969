//! A reserve of disk space: freed when space runs low, so that collections go on while photos stop and deposits are refused.

use super::StoreError;
use std::path::{Path, PathBuf};

/// Size of the reserve file in bytes.
pub const RESERVE: u64 = 64 << 20;
const LOW: u64 = 64 << 20;
const ENOUGH: u64 = 4 * RESERVE;

/// The reserve of one site.
pub struct Space {
    reserve: PathBuf,
    low: bool,
    unsaid: bool,
}

impl Space {
    /// Makes the reserve file if there is room for it. `was_low`: so it was said last, and it is to be taken back once
    /// there is room.
    ///
    /// # Errors
    /// What the file system says, other than that it is full.
    pub fn open(folder: &Path, was_low: bool) -> Result<Self, StoreError> {
        let space = Self { reserve: folder.join("reserve"), low: was_low, unsaid: false };
        if !space.reserve.exists() && free_bytes(folder)? > ENOUGH {
            space.fill()?;
        }
        Ok(space)
    }

    /// Looks at the disk. Some: whether space is low, when that has changed.
    ///
    /// # Errors
    /// What the file system says.
    pub fn look(&mut self) -> Result<Option<bool>, StoreError> {
        let folder = self.reserve.parent().unwrap_or(Path::new(".")).to_owned();
        let free = free_bytes(&folder)?;
        if !self.low && free < LOW {
            self.free();
        }
        if std::mem::take(&mut self.unsaid) {
            return Ok(Some(true));
        }
        if self.low && free > ENOUGH {
            self.fill()?;
            self.low = false;
            return Ok(Some(false));
        }
        Ok(None)
    }

    /// Frees the reserve now: a write has just failed for want of space.
    pub fn free(&mut self) {
        self.unsaid = !self.low;
        self.low = true;
        if let Err(error) = std::fs::remove_file(&self.reserve) {
            tracing::warn!(%error, "the reserve file could not be freed");
        }
    }

    /// That space is low could not be recorded: it is still to be said.
    pub fn say_again(&mut self) {
        self.unsaid = true;
    }

    fn fill(&self) -> Result<(), StoreError> {
        let fill = || -> std::io::Result<()> {
            let file = std::fs::File::create(&self.reserve)?;
            rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, RESERVE)?;
            file.sync_all()
        };
        match fill() {
            Err(error)
                if error.kind() != std::io::ErrorKind::StorageFull
                    && error.kind() != std::io::ErrorKind::Unsupported =>
            {
                Err(StoreError::Io { path: self.reserve.display().to_string(), source: error })
            }
            _ => Ok(()),
        }
    }
}

/// Free space for this account, in bytes.
///
/// # Errors
/// What the file system says.
pub fn free_bytes(folder: &Path) -> Result<u64, StoreError> {
    let found = rustix::fs::statvfs(folder)
        .map_err(|error| StoreError::Io { path: folder.display().to_string(), source: error.into() })?;
    Ok(found.f_bavail * found.f_frsize)
}
