//! A site's folder: who has it, and which site it belongs to.

use crate::store::{DATABASE, StoreError, load};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use vestibule_ledger::SiteKey;

const LOCK: &str = "lock";

/// Another process has the folder, or it cannot be locked.
#[derive(Debug, thiserror::Error)]
pub enum InUse {
    /// A site runs in it.
    #[error(
        "{folder} is in use by a running site (process {process}); stop it first, or do this on its staff pages"
    )]
    Running {
        /// Which.
        folder: String,
        /// Its process number.
        process: String,
    },
    /// The file system says no.
    #[error("cannot lock {folder}: {source}; check that this account may write there")]
    Io {
        /// Which.
        folder: String,
        /// Why.
        source: std::io::Error,
    },
}

/// A locked folder; free again when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held, never read")] File);

impl FolderLock {
    /// Makes the folder if need be and locks it.
    ///
    /// # Errors
    /// [`InUse`].
    pub fn take(folder: &Path) -> Result<Self, InUse> {
        let shown = folder.display().to_string();
        let io = |source| InUse::Io { folder: shown.clone(), source };
        // Names and addresses lie in it.
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
        let path = folder.join(LOCK);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let process = std::fs::read_to_string(&path).unwrap_or_default().trim().to_owned();
                return Err(InUse::Running { folder: shown, process });
            }
            Err(error) => return Err(io(error.into())),
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(io)?;
        Ok(Self(file))
    }
}

/// The key of the site whose database is in the folder, if there is one.
///
/// # Errors
/// A database that cannot be read.
pub fn stored_site_key(folder: &Path) -> Result<Option<SiteKey>, StoreError> {
    let path = folder.join(DATABASE);
    if !path.exists() {
        return Ok(None);
    }
    let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let has_meta: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'meta')",
        [],
        |row| row.get(0),
    )?;
    if !has_meta {
        return Ok(None);
    }
    load::stored_key(&connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_site_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = FolderLock::take(folder.path()).unwrap();
        let refused = FolderLock::take(folder.path()).unwrap_err().to_string();
        assert!(refused.contains(&std::process::id().to_string()), "{refused}");
        drop(held);
        FolderLock::take(folder.path()).unwrap();
    }
}
