//! A reserve of disk space: freed when space runs low, so that collections go on while photos stop and deposits are refused.

use super::StoreError;
use super::machine::{Machine, ThisMachine};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const RESERVE_FILE: &str = "reserve";
/// Size of the reserve file in bytes.
pub const RESERVE: u64 = 64 << 20;
const LOW: u64 = 64 << 20;
const ENOUGH: u64 = 4 * RESERVE;
/// A disk does not fill up faster than this can be seen: what is written in a second fits into the reserve.
const LOOK_EVERY_MS: u64 = 1_000;

/// The reserve of one site.
pub struct Space {
    machine: Arc<dyn Machine>,
    reserve: PathBuf,
    low: bool,
    /// When the disk was looked at last, by the monotonic clock.
    looked: Option<u64>,
}

impl Space {
    /// Makes the reserve file if there is room for it. `was_low`: so it was said last, and it is to be taken back once
    /// there is room.
    ///
    /// # Errors
    /// What the file system says, other than that it is full.
    pub fn open(folder: &Path, was_low: bool, machine: Arc<dyn Machine>) -> Result<Self, StoreError> {
        let space = Self { machine, reserve: folder.join(RESERVE_FILE), low: was_low, looked: None };
        if !space.machine.exists(&space.reserve) && space.free_now()? > ENOUGH {
            space.fill()?;
        }
        Ok(space)
    }

    /// Looks at the disk, once a second at most. Some: whether space is low, when that is to be recorded. `said`: what was
    /// recorded last, so that a batch that failed with it is made good, and nothing is taken back that was never said.
    ///
    /// # Errors
    /// What the file system says.
    pub fn look(&mut self, monotonic_ms: u64, said: bool) -> Result<Option<bool>, StoreError> {
        if self.looked.is_some_and(|at| monotonic_ms.saturating_sub(at) < LOOK_EVERY_MS) {
            return Ok(self.unsaid(said));
        }
        self.looked = Some(monotonic_ms);
        let free = self.free_now()?;
        if !self.low && free < LOW {
            self.free();
        }
        if self.low && said && free > ENOUGH {
            self.fill()?;
            self.low = false;
            return Ok(Some(false));
        }
        Ok(self.unsaid(said))
    }

    fn unsaid(&self, said: bool) -> Option<bool> {
        (self.low && !said).then_some(true)
    }

    /// Frees the reserve now: a write has just failed for want of space.
    pub fn free(&mut self) {
        self.low = true;
        free(&self.reserve, &*self.machine);
    }

    fn free_now(&self) -> Result<u64, StoreError> {
        free_on(&*self.machine, self.reserve.parent().unwrap_or(Path::new(".")))
    }

    fn fill(&self) -> Result<(), StoreError> {
        match self.machine.reserve(&self.reserve, RESERVE) {
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

/// Frees the reserve of a site that is not running: even to start takes some space.
pub fn free_reserve(folder: &Path, machine: &dyn Machine) {
    free(&folder.join(RESERVE_FILE), machine);
}

fn free(reserve: &Path, machine: &dyn Machine) {
    if let Err(error) = machine.remove(reserve) {
        tracing::warn!(%error, "the reserve file could not be freed");
    }
}

/// Free space for this account, in bytes.
///
/// # Errors
/// What the file system says.
pub fn free_bytes(folder: &Path) -> Result<u64, StoreError> {
    free_on(&ThisMachine, folder)
}

fn free_on(machine: &dyn Machine, folder: &Path) -> Result<u64, StoreError> {
    machine.free_bytes(folder).map_err(|source| StoreError::Io { path: folder.display().to_string(), source })
}
